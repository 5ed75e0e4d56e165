"""The right side of the place Rapport: what a sentence rests on, down to narratieven, codings, coders and dates."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from codebook import memos, report_texts
from corpora.messages import Message, message
from corpora.models import KINDS
from exports.paper import Source
from exports.report_end import day
from exports.report_sources import Given, Trace, Witness, title_of, trace
from workbench.i18n import _
from workbench.icons import icon
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button, heading, key, quiet

WHAT, KEPT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
BARE = ("report_text", "deelvraag", "kernelement")
"""Tables whose rows need no narratief behind them."""
EXPLAINED: Mapping[str, Message] = {
    "materiaal": message("Counted from Material: documents by kind, respondents who speak or write in them, words of "
                         "the texts in force, and narratieven that count."),
    "codering": message("Counted from Coding: the codes of the codebook, codings of everybody on narratieven that "
                        "count, and «niet genoemd» apart."),
    "overeenstemming": message("Computed as in Agreement, over narratieven that two or more coders looked at."),
    "beeld": message("Counted as in Questions, Pictures: narratieven that carry a code, each once."),
    "cmo": message("Counted as in the place CMO: narratieven with a code of the kernelement and one of the role."),
    "conclusie": message("Each row comes from a pattern or a synthesis. Choose a row to see what it rests on.")}
"""What the numbers of a part are made of, by the part's key."""


class ReportSources(QWidget):
    """`openNarratief(id)` by Enter or a double click on a narratief, `readWanted(ids, title)` to read all of them,
    `sourceWanted(Source)` by Enter on a finding that this one rests on."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    sourceWanted = Signal(object)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._source: Source | None = None
        self._trace: Trace | None = None
        self.head, self.title, self.about = heading(_("Sources")), QLabel(), quiet()
        self.tree = QTreeWidget()
        self.open = button(_("Open"), self._open, _("Open the narratief in its transcript   Enter"), "flat")
        self.read = button(_("Read all"), self._read, _("Read all of these narratieven   Ctrl+L"), "flat")
        self._arrange()
        self.tree.itemActivated.connect(lambda *_items: self._open())
        key(self, "Ctrl+L", self._read)
        key(self.tree, "Delete", self._let_go)
        self.show_nothing()

    def _arrange(self) -> None:
        box, tools, px = QVBoxLayout(self), QHBoxLayout(), theme().px
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self.title.setWordWrap(True)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("What this rests on"))
        self.tree.setIndentation(px(14))
        self.tree.setWordWrap(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        tools.addWidget(self.open)
        tools.addWidget(self.read)
        tools.addStretch(1)
        for widget in (self.head, self.title, self.about):
            box.addWidget(widget)
        box.addLayout(tools)
        box.addWidget(self.tree, 100)
        box.addStretch(1)

    # what is shown

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._show("", _("Choose a sentence, quote or row to see the narratieven, coders and dates behind it."))

    def show_key(self, part_key: str) -> None:
        """Say how the numbers of a part are made."""
        found = EXPLAINED.get(part_key.partition(":")[0])
        if found is None:
            self.show_nothing()
            return
        self._show(_("These numbers"), _(found))
        self._add_material(part_key)

    def show_source(self, source: Source) -> None:
        """Show what stands behind a claim."""
        reading = self._opened.reading
        with self._opened.project.read() as session:
            found = trace(session, source, reading.veil)
            titles = {one.code: title_of(session, one) for one in found.below}
            kept = report_texts.kept_beside(session).get(source.about_id, []) if source.about == "report_text" else []
        self._source, self._trace = source, found
        title = found.title if source.about == "report_text" else f"{source.code}  {found.title}"
        self._fill(_("Own words") if source.about == "report_text" else title, found, titles)
        for memo in kept:
            item = QTreeWidgetItem(self.tree.invisibleRootItem(), [memo.body])
            item.setIcon(0, icon("memo"))
            item.setToolTip(0, _("Kept when copies were merged. Delete takes it away."))
            item.setData(0, KEPT, (memo.coder_id, memo.about_id))

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._source is not None:
            self.show_source(self._source)

    def _show(self, title: str, about: str) -> None:
        self._source = self._trace = None
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.about.setText(about)
        self.tree.clear()
        for widget in (self.open, self.read):
            widget.setVisible(False)
        self.tree.setVisible(False)

    def _add_material(self, part_key: str) -> None:
        if part_key != "materiaal":
            return
        self.tree.setVisible(True)
        for kind in KINDS:
            own = [d.title for d in self._opened.reading.catalogue.documents if d.kind == kind]
            if own:
                top = QTreeWidgetItem(self.tree.invisibleRootItem(), [f"{kind} ({len(own)})"])
                for title in own:
                    QTreeWidgetItem(top, [title])

    def _fill(self, title: str, found: Trace, titles: Mapping[str, str]) -> None:
        self._show(title, self._summary(found))
        self._source, self._trace = found.source, found
        self.tree.setVisible(True)
        root = self.tree.invisibleRootItem()
        for one in found.below:
            item = QTreeWidgetItem(root, [f"{one.code}  {titles[one.code]}"])
            item.setIcon(0, icon("next"))
            item.setToolTip(0, titles[one.code])
            item.setData(0, WHAT, one)
        for witness in found.witnesses:
            self._add_witness(root, witness)
        if found.events:
            top = QTreeWidgetItem(root, [_("History")])
            for event in found.events:
                said = f"{day(event.at)} · {event.who or '–'} · {_(event.what)}"
                QTreeWidgetItem(top, [f"{said}\n{_('because: {why}', why=event.why)}" if event.why else said])
            top.setExpanded(not found.witnesses)
        for widget in (self.open, self.read):
            widget.setVisible(bool(found.witnesses))

    def _summary(self, found: Trace) -> str:
        if found.below and not found.witnesses:
            return _("{n} findings stand under this.", n=len(found.below))
        if not found.witnesses:
            return "" if found.source.about in BARE else _("No narratief stands behind this yet.")
        when = found.coded_between
        said = _("{n} narratieven · coded by {coders}", n=len(found.witnesses), coders=", ".join(found.coders) or "–")
        return said if when is None else f"{said} · {day(when[0])} – {day(when[1])}"

    def _add_witness(self, root: QTreeWidgetItem, witness: Witness) -> None:
        mark = {"weerspreekt": _("contradicts"), "nuanceert": _("nuances")}.get(witness.direction, "")
        item = QTreeWidgetItem(root, [witness.place.words + (f" ({mark})" if mark else "")])
        item.setData(0, WHAT, witness.narratief_id)
        item.setIcon(0, icon("quote" if witness.quote else "fragments"))
        item.setToolTip(0, witness.quote or witness.place.words)
        if witness.quote:
            QTreeWidgetItem(item, [witness.quote])
        if witness.note:
            QTreeWidgetItem(item, [witness.note])
        if witness.at is not None:
            QTreeWidgetItem(item, [_("put here by {coder}, {day}", coder=witness.coder, day=day(witness.at))])
        for given in witness.codings:
            QTreeWidgetItem(item, [_given(given)])

    # what is done

    def _open(self) -> None:
        item = self.tree.currentItem() or self.tree.topLevelItem(0)
        while item is not None and item.data(0, WHAT) is None:
            item = item.parent()
        wanted = item.data(0, WHAT) if item is not None else None
        if isinstance(wanted, Source):
            self.sourceWanted.emit(wanted)
        elif isinstance(wanted, int):
            self.openNarratief.emit(wanted)

    def _let_go(self) -> None:
        """Take away words that were kept beside own words."""
        item = self.tree.currentItem()
        kept = item.data(0, KEPT) if item is not None else None
        if kept is not None:
            coder, number = kept
            self._opened.do(message("Take away words that were kept"), memos.write, coder, "report_text", number, "")

    def _read(self) -> None:
        if self._trace is not None and self._trace.witnesses:
            ids = [one.narratief_id for one in self._trace.witnesses]
            self.readWanted.emit(list(dict.fromkeys(ids)), self.title.text())


def _given(given: Given) -> str:
    """A coding or a decision in a line."""
    said = f"{given.code} · {given.coder} · {day(given.at)}"
    if given.decided is None:
        return said
    verdict = _("decided: yes") if given.decided else _("decided: no")
    return f"{said} · {verdict}" + (f" ({given.reason})" if given.reason else "")
