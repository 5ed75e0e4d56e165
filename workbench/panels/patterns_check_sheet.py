"""The factsheet of a group: own words around chosen findings, each with a quote beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import memberchecks
from codebook.memberchecks import Finding, SheetContent, SheetItem
from codebook.reading import Reading
from codebook.tracing import narratieven_of
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.note_edit import NoteEdit
from workbench.theme import theme
from workbench.widgets.flow import FlowLayout
from workbench.widgets.parts import button, heading, quiet
from workbench.widgets.wrapped_tree import WrappedTree

ROW = Qt.ItemDataRole.UserRole
Row = tuple[Finding, SheetItem | None]


class _Findings(WrappedTree):
    """`carried(way)` for Ctrl+↑ and Ctrl+↓, `opened()` for Enter."""

    carried = Signal(int)
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in ways:
            self.carried.emit(ways[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class SheetEditor(QWidget):
    """`openPattern(number)`, `readWanted(ids, title)`."""

    openPattern = Signal(int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._group, self._content = 0, SheetContent(0, "", "", "", "", ())
        self.head, self.warn = heading(""), QLabel()
        self.title = QLineEdit()
        self.opening = NoteEdit(_("Opening"), _("Opening: thank them, and say what this is about"), 64)
        self.closing = NoteEdit(_("Closing"), _("Closing: how and until when they can answer"), 52)
        self._carried: dict[tuple[str, int], tuple[int, int]] = {}
        self._shown: list[tuple[Finding, SheetItem | None, str]] = []
        self.findings, self.quote = _Findings(lead=24), Choice(_("Quote beside the finding"))
        self.text, self.hint = quiet(), quiet(_("As long as nothing is ticked, the findings that this group carries "
                                                "most stand in it."))
        self.word = button(_("Word…"), lambda: self._ask_file(".docx"), _("Write this factsheet to Word"))
        self.pdf = button(_("PDF…"), lambda: self._ask_file(".pdf"), _("Write this factsheet to PDF"))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, column = theme().px, QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.warn.setProperty("role", "danger")
        self.warn.setWordWrap(True)
        self.title.setPlaceholderText(_("Title of the factsheet"))
        self.title.setAccessibleName(_("Title of the factsheet"))
        tree = self.findings
        tree.setAccessibleName(_("Findings in the factsheet"))
        tree.setHeaderHidden(False)
        tree.setHeaderLabels([_("Findings: tick what is given back"), _("Of this group")])
        tree.headerItem().setToolTip(1, _("How many of the narratieven behind it this group told"))
        self.up = button("↑", lambda: self._carry(-1), _("Earlier in the factsheet   Ctrl+↑"), "flat")
        self.down = button("↓", lambda: self._carry(1), _("Later in the factsheet   Ctrl+↓"), "flat")
        self.open = button(_("To the pattern"), self._open, _("Show this pattern on its board   Enter"), "flat")
        self.read = button(_("Read"), self._read, _("Read the narratieven behind this finding"), "flat")
        for step, said in ((self.up, _("Earlier")), (self.down, _("Later"))):
            step.setAccessibleName(said)
        self.quote.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.quote.setMinimumContentsLength(16)
        row = FlowLayout()
        for widget in (self.quote, self.up, self.down, self.read, self.open):
            row.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.head, 1)
        self.head.setWordWrap(True)
        for way in (self.word, self.pdf):
            head.addWidget(way)
        column.addLayout(head)
        for part in (self.warn, self.title, self.opening):
            column.addWidget(part)
        column.addWidget(self.hint)
        column.addWidget(tree, 1)
        column.addWidget(self.text)
        column.addLayout(row)
        column.addWidget(self.closing)

    def _connect(self) -> None:
        self.title.editingFinished.connect(lambda: self._write("title", self.title.text().strip()))
        self.opening.written.connect(lambda text: self._write("opening", text))
        self.closing.written.connect(lambda text: self._write("closing", text))
        self.findings.itemChanged.connect(self._ticked)
        self.findings.currentItemChanged.connect(lambda _now, _old: self._show_current())
        self.findings.carried.connect(self._carry)
        self.findings.opened.connect(self._open)
        self.findings.itemDoubleClicked.connect(lambda _item, _column: self._open())
        self.quote.picked.connect(self._set_quote)

    def show_group(self, group: int) -> None:
        """Show the factsheet of a group."""
        other = group != self._group
        if other:
            self.opening.save()
            self.closing.save()
        self._group = group
        with self._opened.project.read() as session:
            self._content = found = memberchecks.content(session, group)
            names = memberchecks.names_on(session, group)
            every = memberchecks.findings(session)
            self._carried = memberchecks.carried(session, group)
        self.head.setText(_("Factsheet for {group}", group=found.group))
        self.warn.setText(_("⚠ A name of the key stands in it: {names}. It cannot go out like this.",
                            names=", ".join(names)))
        self.warn.setVisible(bool(names))
        if other or not self.title.hasFocus():
            self.title.setText(found.title)
        for edit, text in ((self.opening, found.opening), (self.closing, found.closing)):
            (edit.replace_text if other else edit.show_text)(text)
        self.hint.setVisible(not found.items and bool(every))
        self._show_findings(every)

    def _show_findings(self, every: list[Finding]) -> None:
        held, chosen = self._current(), {(i.finding.about, i.finding.about_id): i for i in self._content.items}
        rows: list[Row] = [(item.finding, item) for item in self._content.items]
        rows += [(one, None) for one in every if (one.about, one.about_id) not in chosen]
        shown = [(finding, item, self._counts(finding)) for finding, item in rows]
        if shown != self._shown:
            self._shown = shown
            self._fill(rows, held)
        self._show_current()

    def _fill(self, rows: list[Row], held: Row | None) -> None:
        at = self.findings.verticalScrollBar().value()
        with QSignalBlocker(self.findings):
            self.findings.clear()
            for finding, item in rows:
                row = self._row(finding, item)
                self.findings.addTopLevelItem(row)
                if held is not None and (held[0].about, held[0].about_id) == (finding.about, finding.about_id):
                    self.findings.setCurrentItem(row)
            first = self.findings.topLevelItem(0)
            if self.findings.currentItem() is None and first is not None:
                self.findings.setCurrentItem(first)
        self.findings.fit()
        self.findings.verticalScrollBar().setValue(at)

    def _counts(self, finding: Finding) -> str:
        behind, own = self._carried[finding.about, finding.about_id]
        return _("{own} of {n}", own=own, n=behind) if behind else "–"

    def _row(self, finding: Finding, item: SheetItem | None) -> QTreeWidgetItem:
        quoted = "  “”" if item and item.quote else ""
        under = f"  ({finding.under})" if finding.under != finding.label else ""
        row = QTreeWidgetItem([f"{finding.label}{quoted}{under}", self._counts(finding)])
        row.setData(0, ROW, (finding, item))
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        row.setCheckState(0, Qt.CheckState.Checked if item else Qt.CheckState.Unchecked)
        row.setToolTip(0, "\n".join(filter(None, (f"{finding.label} ({finding.under})", finding.text))))
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return row

    def _current(self) -> Row | None:
        item = self.findings.currentItem()
        found: Row | None = None if item is None else item.data(0, ROW)
        return found

    def _show_current(self) -> None:
        here = self._current()
        finding, item = here if here else (None, None)
        told = finding.text or _("Nothing is written about it yet.") if finding else _(
            "Nothing is concluded yet. Patterns and syntheses stand here as soon as they are there.")
        self.text.setText(told)
        offered = [("", _("no quote beside it"))]
        if finding and item:
            with self._opened.project.read() as session:
                offered += [(str(one.id), one.line) for one in memberchecks.quotes_for(
                    session, finding.about, finding.about_id)]
        self.quote.offer(offered)
        self.quote.choose(str(item.quote_id or "") if item else "")
        self.quote.setEnabled(len(offered) > 1)
        for widget in (self.up, self.down):
            widget.setEnabled(item is not None)
        self.open.setEnabled(bool(finding and finding.about == memberchecks.FINDINGS[0]))
        self.read.setEnabled(finding is not None)

    # deeds

    def _write(self, name: str, text: str) -> None:
        if self._group and text != getattr(self._content, name):
            self._opened.do(message("Factsheet for {group}", group=self._content.group), memberchecks.write,
                            self._group, **{name: text})

    def _ticked(self, row: QTreeWidgetItem) -> None:
        finding, _item = row.data(0, ROW)
        on = row.checkState(0) == Qt.CheckState.Checked
        self.findings.setCurrentItem(row)
        # The tree is written anew by the change, and is still at work on this row.
        QTimer.singleShot(0, self, lambda: self._choose(finding, on))

    def _choose(self, finding: Finding, on: bool) -> None:
        label = message("«{label}» in a factsheet", label=finding.label) if on else message(
            "«{label}» out of a factsheet", label=finding.label)
        self._opened.do(label, memberchecks.choose, self._group, finding.about, finding.about_id, on)

    def _carry(self, way: int) -> None:
        here = self._current()
        order = [item.id for item in self._content.items]
        if here and here[1] and 0 <= order.index(here[1].id) + way < len(order):
            self._opened.do(message("Order of a factsheet"), memberchecks.place_item, here[1].id,
                            order.index(here[1].id) + way)

    def _set_quote(self) -> None:
        here, wanted = self._current(), self.quote.value()
        if here and here[1]:
            self._opened.do(message("Quote in a factsheet"), memberchecks.set_item_quote, here[1].id,
                            int(wanted) if wanted else None)

    def _open(self) -> None:
        here = self._current()
        if here and here[0].about == memberchecks.FINDINGS[0]:
            self.openPattern.emit(here[0].about_id)

    def _read(self) -> None:
        here = self._current()
        if here:
            with self._opened.project.read() as session:
                ids = narratieven_of(session, here[0].about, here[0].about_id)
            if ids:
                self.readWanted.emit(ids, here[0].label)

    # on paper

    def _ask_file(self, ending: str) -> None:
        name = _("Factsheet for {group}", group=self._content.group)
        path, _kind = QFileDialog.getSaveFileName(self, _("Export"), self._opened.beside(f"{name}{ending}"),
                                                  f"*{ending}")
        if path:
            self.export_to(Path(path if path.endswith(ending) else f"{path}{ending}"))

    def export_to(self, path: Path) -> None:
        """Write the factsheet to a file, in the background; with a name in it nothing is written."""
        jobs().run(_write, self._opened.project, path, self._content.group, title=_("Writing {file}", file=path.name),
                   on_result=lambda done: self._opened.message.emit(message("Written: {file}", file=done.name), False),
                   on_error=self._opened.tell)


def _write(_progress: Any, project: Project, path: Path, group: str) -> Path:
    # A reading of its own, as that of the window may change meanwhile.
    from exports import giving
    from workbench.cli.projects import project_translator

    wanted = giving.Wanted(path, "factsheet", group=group)
    giving.write(Reading(project, project.author), wanted, project_translator(project))
    return path
