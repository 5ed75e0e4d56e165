"""Sets of narratieven: live questions and *momentopnamen*, to open and to compare with one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import questions, snapshots
from codebook.models import SavedQuery, Snapshot
from codebook.query.algebra import Property
from codebook.query.index import ANY
from codebook.query.text import to_text
from codebook.query.units import Unit
from codebook.snapshots import Comparison
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.base import now
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import UNITS, QuestionNames, in_words, result_line, whose
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled
from workbench.shared.found import FoundList
from workbench.shared.fresh_page import FreshPage
from workbench.theme import theme

KEPT = {"saved_query", "snapshot", "snapshot_member", "deelvraag"}
NAME = Qt.ItemDataRole.UserRole
PARTS = ("here", "both", "only_here", "only_there")


def moment_name(name: str) -> str:
    """The name that a momentopname gets at first: what was asked, and when."""
    return f"{name[:120]} · {now().astimezone():%d-%m-%Y %H:%M:%S}"


class SetsPage(FreshPage):
    """`openNarratief(id)` shows a narratief in its transcript."""

    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, KEPT, parent)
        self._asker = asker
        self._live: dict[str, SavedQuery] = {}
        self._frozen: dict[str, Snapshot] = {}
        self._filling = False
        self.tree, self.about, self.found = QTreeWidget(), QLabel(), FoundList(opened)
        self.here, self.there = Choice(_("This set")), Choice(_("Set to compare with"))
        self.freeze, self.name, self.delete = (QPushButton(_("Freeze")), QPushButton(_("Name")),
                                               QPushButton(_("Delete")))
        self.parts = {part: QPushButton() for part in PARTS}
        self._group = QButtonGroup(self)
        self._prepare()
        self._arrange()
        self._connect()

    def _prepare(self) -> None:
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed)
        self.tree.setAccessibleName(_("Sets of narratieven"))
        self.about.setWordWrap(True)
        self.about.setProperty("role", "quiet")
        self.freeze.setToolTip(_("Keep the narratieven that answer this question now, whatever is coded later"))
        self.name.setToolTip(_("Rename   F2"))
        self.delete.setToolTip(_("Take this momentopname away; its narratieven stay"))
        for button in (self.freeze, self.name, self.delete):
            button.setProperty("role", "flat" if button is self.freeze else "link")
        for part, button in self.parts.items():
            button.setCheckable(True)
            button.setProperty("role", "flat")
            self._group.addButton(button)
            button.setChecked(part == "here")

    def _arrange(self) -> None:
        px, outer, split = theme().px, QHBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        split.setHandleWidth(px(12))
        left, right = QWidget(), QWidget()
        column, tools = QVBoxLayout(left), QHBoxLayout()
        for button in (self.freeze, self.name, self.delete):
            tools.addWidget(button)
        tools.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(tools)
        column.addWidget(self.tree, 1)
        column.addWidget(self.about)
        other, choices, parts = QVBoxLayout(right), QHBoxLayout(), QHBoxLayout()
        other.setContentsMargins(0, 0, 0, 0)
        choices.addLayout(labelled(_("This set"), self.here), 1)
        choices.addLayout(labelled(_("compared with"), self.there), 1)
        for button in self.parts.values():
            parts.addWidget(button)
        parts.addStretch(1)
        other.addLayout(choices)
        other.addLayout(parts)
        other.addWidget(self.found, 1)
        for side in (left, right):
            split.addWidget(side)
        split.setSizes([px(330), px(780)])
        split.setStretchFactor(1, 1)
        outer.addWidget(split)

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(lambda now_item, _old: self._chosen(now_item))
        self.tree.itemChanged.connect(self._renamed)
        self.here.picked.connect(self.compare)
        self.there.picked.connect(self.compare)
        self._group.buttonClicked.connect(lambda _button: self.compare())
        self.freeze.clicked.connect(self._freeze)
        self.name.clicked.connect(self._begin_name)
        self.delete.clicked.connect(self._remove)
        self.found.openNarratief.connect(self.openNarratief)

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self.found.set_names(names)

    def read_anew(self) -> None:
        with self._opened.project.read() as session:
            self._live = {q.name: q for q in questions.queries(session)}
            self._frozen = {s.name: s for s in snapshots.snapshots(session)}
        held = self._current()
        self._filling = True
        self.tree.clear()
        for title, names in ((_("Slimme codes (live)"), list(self._live)), (_("Momentopnamen"), list(self._frozen))):
            self._add_group(title, names)
        self._filling = False
        names = [*self._live, *self._frozen]
        self.here.offer([(name, name) for name in names])
        self.there.offer([("", _("nothing")), *((name, name) for name in names)])
        self._choose(held)
        self.compare()

    def _add_group(self, title: str, names: Sequence[str]) -> None:
        top = QTreeWidgetItem([title, ""])
        self.tree.addTopLevelItem(top)
        for name in names:
            item = QTreeWidgetItem([name, self._count(name)])
            item.setData(0, NAME, name)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, self._told(name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            top.addChild(item)
        top.setExpanded(True)

    def _count(self, name: str) -> str:
        try:
            return str(len(self.ids(name)))
        except Waiting:
            return "…"
        except NarratiefError:
            return "!"

    def _told(self, name: str) -> str:
        """What a set is: its question, whose codings, and of a momentopname when it was made."""
        if name in self._live:
            query = self._live[name]
            return _("{question} · {whose} · live: asked again each time", question=_shown(query.expression),
                     whose=whose(query.codings))
        kept = self._frozen[name]
        return _("{question} · {whose} · frozen {when}, {n} narratieven then", question=_shown(kept.expression),
                 whose=whose(kept.codings), when=f"{kept.made_at.astimezone():%d-%m-%Y %H:%M}", n=kept.count)

    def ids(self, name: str) -> list[int]:
        """The narratieven of a set, in order."""
        if name in self._live:
            query = self._live[name]
            unit: Unit = next((u for u in UNITS if u == query.unit), "narratief")
            found: list[int] = self._asker.ask(query.expression, unit, query.codings or ANY).ids.tolist()
        else:
            found = self._asker.ask(to_text(Property("query", name))).ids.tolist()
        return found

    # one set

    def _current(self) -> str:
        item = self.tree.currentItem()
        return "" if item is None else str(item.data(0, NAME) or "")

    def _choose(self, name: str) -> None:
        tops = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        items = [top.child(k) for top in tops if top is not None for k in range(top.childCount())]
        for item in items:
            if item is not None and item.data(0, NAME) == name:
                self.tree.setCurrentItem(item)
                return
        self._chosen(None)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        if self._filling:
            return
        name = "" if item is None else str(item.data(0, NAME) or "")
        self.freeze.setEnabled(name in self._live)
        self.name.setEnabled(bool(name))
        self.delete.setEnabled(name in self._frozen)
        self.about.setText(self._told(name) if name else _(
            "A slimme code is a kept question that is asked again each time; a momentopname stays as it was. Both can "
            "be part of a question: query:\"name\"."))
        if name:
            self.here.choose(name)
            self.compare()

    def _freeze(self) -> None:
        name = self._current()
        query = self._live[name]
        try:
            ids = self.ids(name)
        except (Waiting, NarratiefError):
            return
        self._opened.do(message("Momentopname of «{name}»", name=name), snapshots.freeze, self._opened.coder_id,
                        moment_name(name), ids, expression=query.expression, unit=query.unit, codings=query.codings,
                        deelvraag_id=query.deelvraag_id)

    def _begin_name(self) -> None:
        item = self.tree.currentItem()
        if item is not None and item.data(0, NAME):
            self.tree.setFocus()
            self.tree.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            # The tree is written anew by the change, and its field is still at work on this item.
            old, new = str(item.data(0, NAME) or ""), item.text(0).strip()
            QTimer.singleShot(0, self, lambda: self.rename(old, new))

    def rename(self, old: str, new: str) -> None:
        """Give a set another name; a name that is refused, or empty, changes nothing."""
        if new and new != old and old in self._live:
            self._opened.do(message("Rename question to «{name}»", name=new), questions.rename_query,
                            self._live[old].id, new)
        elif new and new != old and old in self._frozen:
            self._opened.do(message("Rename momentopname to «{name}»", name=new), snapshots.rename,
                            self._frozen[old].id, new)
        self.refresh()

    def _remove(self) -> None:
        name = self._current()
        if name in self._frozen:
            self._opened.do(message("Take away momentopname «{name}»", name=name), snapshots.remove,
                            self._frozen[name].id)

    # two sets

    def comparison(self) -> Comparison:
        """The two sets against each other."""
        here, there = self.here.value(), self.there.value()
        return snapshots.compare(self.ids(here) if here else [], self.ids(there) if there else [])

    def compare(self) -> None:
        """Count what the sets share, and show the part that is chosen."""
        try:
            found = self.comparison()
        except Waiting:
            self.found.show_found(_("Searching the texts…"), ())
            return
        except NarratiefError as error:
            self.found.show_found(_(error.message), ())
            return
        sets = {"here": [*found.both, *found.only_here], "both": found.both, "only_here": found.only_here,
                "only_there": found.only_there}
        words = {"here": _("this set {n}", n=len(sets["here"])), "both": _("in both {n}", n=len(found.both)),
                 "only_here": _("only here {n}", n=len(found.only_here)),
                 "only_there": _("only there {n}", n=len(found.only_there))}
        for part, button in self.parts.items():
            button.setText(words[part])
            button.setVisible(part == "here" or bool(self.there.value()))
        chosen = next(p for p, b in self.parts.items() if b.isChecked()) if self.there.value() else "here"
        self._show(self.ids(self.here.value()) if chosen == "here" and self.here.value() else list(sets[chosen]))

    def _show(self, ids: list[int]) -> None:
        index = self._opened.reading.index
        slots = index.slots_of(ids).astype("int64")
        self.found.show_found(result_line(len(ids), index.document_count(slots), self._asker.heard(slots), ANY), ids)


def _shown(expression: str) -> str:
    try:
        return in_words(expression) if expression else "–"
    except NarratiefError:
        return expression
