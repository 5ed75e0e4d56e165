"""The deelvragen with the questions kept under them, each with what it finds now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import questions
from codebook.models import Deelvraag, SavedQuery
from codebook.query.index import ANY
from codebook.query.units import Unit
from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import UNITS, in_words
from workbench.project import OpenProject
from workbench.theme import theme

KIND, NUMBER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LOOSE = -1


class _Tree(QTreeWidget):
    """`keyed(name)`: remove, up, down; `moved(kind, number, target item)` after a drag."""

    keyed = Signal(str)
    moved = Signal(str, int, object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        names = {Qt.Key.Key_Delete: "remove"}
        if alt:
            names |= {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        name = names.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
        else:
            self.keyed.emit(name)

    def dropEvent(self, event: QDropEvent) -> None:
        # The tree is written anew from the project; Qt must not move the items itself.
        item, target = self.currentItem(), self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None and target is not None and item is not target:
            self.moved.emit(item.data(0, KIND), item.data(0, NUMBER), target)


class _Wording(QPlainTextEdit):
    """The full question of a deelvraag; `left` when the focus goes elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class QuestionTree(QWidget):
    """`opened(name, expression, unit, codings, deelvraag number)` when a saved question is chosen, `allWanted()` for
    all narratieven."""

    opened = Signal(str, str, str, str, object)
    allWanted = Signal()

    def __init__(self, project: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._asker = project, asker
        self.tree = _Tree()
        self.wording = _Wording()
        self.tools: dict[str, QPushButton] = {}
        self._filling = False
        self._queries: dict[int, SavedQuery] = {}
        self._deelvragen: dict[int, Deelvraag] = {}
        self._prepare()
        self._arrange()
        self.refresh()

    def _prepare(self) -> None:
        tree = self.tree
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setIndentation(theme().px(16))
        tree.setAccessibleName(_("Deelvragen with their saved questions"))
        tree.setToolTip(_("Enter opens · F2 renames · Alt+↑ ↓ moves · Del takes away"))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        tree.itemClicked.connect(lambda item, _column: self._open(item))
        tree.itemActivated.connect(lambda item, _column: self._open(item))
        tree.itemChanged.connect(self._renamed)
        tree.currentItemChanged.connect(lambda *_: self._show_wording())
        tree.keyed.connect(lambda name: self._work(name))
        tree.moved.connect(self._dropped)
        self.wording.setPlaceholderText(_("The deelvraag in full"))
        self.wording.setAccessibleName(_("The deelvraag in full"))
        self.wording.setFixedHeight(theme().px(92))
        self.wording.setTabChangesFocus(True)
        self.wording.left.connect(self._reword)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        row.setSpacing(theme().px(2))
        heading = QLabel(_("Deelvragen"))
        heading.setProperty("role", "heading")
        buttons = (("add", _("+ Deelvraag"), _("Make a new deelvraag")), ("up", "↑", _("Move up   Alt+↑")),
                   ("down", "↓", _("Move down   Alt+↓")), ("rename", _("Name"), _("Rename   F2")),
                   ("remove", _("Delete"), _("Take away   Del")))
        for name, words, told in buttons:
            button = QPushButton(words)
            button.setProperty("role", "link" if name != "add" else "flat")
            button.setToolTip(told)
            button.setAccessibleName(told)
            button.clicked.connect(lambda _checked=False, n=name: self._work(n))
            self.tools[name] = button
            row.addWidget(button)
        row.addStretch(1)
        for widget in (heading, self.tree, self.wording):
            outer.addWidget(widget, 1 if widget is self.tree else 0)
        outer.insertLayout(2, row)

    # filling

    def refresh(self) -> None:
        """Read deelvragen and questions again."""
        with self._project.project.read() as session:
            self._deelvragen = {d.id: d for d in questions.deelvragen(session)}
            self._queries = {q.id: q for q in questions.queries(session)}
        chosen = self._chosen() if self.tree.topLevelItemCount() else ("all", 0)
        self._filling = True
        self.tree.clear()
        self._add(None, "all", 0, _("All narratieven"))
        for number, deelvraag in self._deelvragen.items():
            self._add_deelvraag(number, deelvraag.label)
        if any(q.deelvraag_id is None for q in self._queries.values()):
            self._add_deelvraag(LOOSE, _("No deelvraag"))
        self.tree.expandAll()
        self._filling = False
        self.refresh_counts()
        self._choose(chosen)
        self._show_wording()

    def _add_deelvraag(self, number: int, label: str) -> None:
        item = self._add(None, "deelvraag" if number != LOOSE else "loose", number, label)
        font = item.font(0)
        font.setWeight(font.Weight.DemiBold)
        item.setFont(0, font)
        own = None if number == LOOSE else number
        for key, query in self._queries.items():
            if query.deelvraag_id == own:
                child = self._add(item, "query", key, query.name)
                child.setToolTip(0, f"{query.name}\n{_shown(query.expression)}")

    def _add(self, parent: QTreeWidgetItem | None, kind: str, number: int, label: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([label, ""])
        item.setData(0, KIND, kind)
        item.setData(0, NUMBER, number)
        item.setToolTip(0, self._deelvragen[number].question if kind == "deelvraag" else label)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if kind in ("deelvraag", "query"):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def refresh_counts(self) -> None:
        """Ask every saved question again."""
        self._filling = True
        for item in self._items():
            if item.data(0, KIND) == "query":
                self._count(item, self._queries[item.data(0, NUMBER)])
            elif item.data(0, KIND) == "all":
                item.setText(1, str(self._project.reading.index.n))
        self._filling = False

    def _count(self, item: QTreeWidgetItem, query: SavedQuery) -> None:
        told, colour = "", theme().tokens.quiet
        try:
            found = self._asker.ask(query.expression, _unit(query.unit), query.codings or ANY)
            text = str(found.count)
        except Waiting:
            text = "…"
        except NarratiefError as error:
            text, told, colour = "!", _(error.message), theme().tokens.danger
        item.setText(1, text)
        item.setToolTip(1, told)
        item.setForeground(1, QColor(colour))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        found: list[QTreeWidgetItem] = []
        for top in tops:
            if top is not None:
                children = (top.child(n) for n in range(top.childCount()))
                found += [top, *(child for child in children if child is not None)]
        return found

    def _chosen(self) -> tuple[str, int]:
        item = self.tree.currentItem()
        return ("", 0) if item is None else (item.data(0, KIND), item.data(0, NUMBER))

    def _choose(self, wanted: tuple[str, int]) -> None:
        for item in self._items():
            if (item.data(0, KIND), item.data(0, NUMBER)) == wanted:
                self.tree.setCurrentItem(item)
                return

    def show_query(self, name: str) -> None:
        """Take a saved question in hand."""
        self._choose(next((("query", number) for number, query in self._queries.items() if query.name == name),
                          self._chosen()))

    def show_all(self) -> None:
        """Take all narratieven in hand."""
        self._choose(("all", 0))

    def follow(self, is_all: bool) -> None:
        """A question that is not kept is in hand, or all narratieven are; a kept one, or a deelvraag, stays chosen."""
        kind = self._chosen()[0]
        if is_all and not kind:
            self.show_all()
        elif kind == "all" and not is_all:
            self.tree.setCurrentIndex(QModelIndex())

    def deelvraag_id(self) -> int | None:
        """The deelvraag in hand, also when one of its questions is."""
        kind, number = self._chosen()
        if kind == "query" and number in self._queries:
            return self._queries[number].deelvraag_id
        return number if kind == "deelvraag" else None

    # choosing and wording

    def _open(self, item: QTreeWidgetItem) -> None:
        if item.data(0, KIND) == "all":
            self.allWanted.emit()
        elif item.data(0, KIND) == "query":
            query = self._queries[item.data(0, NUMBER)]
            self.opened.emit(query.name, query.expression, query.unit, query.codings, query.deelvraag_id)

    def _show_wording(self) -> None:
        found = self._deelvragen.get(self.deelvraag_id() or 0)
        self.wording.setVisible(found is not None)
        if found is not None and not self.wording.hasFocus():
            self.wording.setPlainText(found.question)
        kind = self._chosen()[0]
        for name in ("up", "down", "rename", "remove"):
            self.tools[name].setEnabled(kind in ("deelvraag", "query"))

    def _reword(self) -> None:
        found = self._deelvragen.get(self.deelvraag_id() or 0)
        text = self.wording.toPlainText().strip()
        if found is not None and text != found.question:
            self._project.do(message("Reword deelvraag «{name}»", name=found.label), questions.change_deelvraag,
                             found.id, found.label, text)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            # The tree is written anew by the change, and its field is still at work on this item.
            kind, number, text = item.data(0, KIND), item.data(0, NUMBER), item.text(0).strip()
            QTimer.singleShot(0, self, lambda: self.rename(kind, number, text))

    def rename(self, kind: str, number: int, name: str) -> None:
        """Give a deelvraag or question another name; a name that is refused, or empty, changes nothing."""
        if kind == "deelvraag" and number in self._deelvragen and name != self._deelvragen[number].label:
            if name:
                self._project.do(message("Rename deelvraag to «{name}»", name=name), questions.change_deelvraag,
                                 number, name, self._deelvragen[number].question)
        elif kind == "query" and number in self._queries and name != self._queries[number].name and name:
            self._project.do(message("Rename question to «{name}»", name=name), questions.rename_query, number, name)
        self.refresh()

    # work

    def _work(self, name: str) -> None:
        work: dict[str, Callable[[], None]] = {
            "add": self.add_deelvraag, "rename": self._rename, "remove": self._remove,
            "up": lambda: self._shift(-1), "down": lambda: self._shift(1)}
        work[name]()

    def add_deelvraag(self) -> None:
        """Make a deelvraag and let its name be typed."""
        label = _("New deelvraag")
        number = self._project.do(message("Add deelvraag"), questions.add_deelvraag, label)
        if number is not None:
            self._choose(("deelvraag", number))
            self._rename()

    def _rename(self) -> None:
        item = self.tree.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.tree.setFocus()
            self.tree.editItem(item, 0)

    def _remove(self) -> None:
        kind, number = self._chosen()
        if kind == "deelvraag":
            self._project.do(message("Take away deelvraag «{name}»", name=self._deelvragen[number].label),
                             questions.remove_deelvraag, number)
        elif kind == "query":
            self._project.do(message("Take away question «{name}»", name=self._queries[number].name),
                             questions.remove_query, number)

    def _shift(self, step: int) -> None:
        kind, number = self._chosen()
        order = list(self._deelvragen)
        if kind == "deelvraag":
            self._move_deelvraag(number, order.index(number) + step)
        elif kind == "query":
            own = self._queries[number].deelvraag_id
            at = (order.index(own) if own in order else len(order)) + step
            if 0 <= at < len(order):
                self._file(number, order[at])

    def _move_deelvraag(self, number: int, place: int) -> None:
        if 0 <= place < len(self._deelvragen) and list(self._deelvragen).index(number) != place:
            self._project.do(message("Move deelvraag «{name}»", name=self._deelvragen[number].label),
                             questions.move_deelvraag, number, place)

    def _file(self, number: int, deelvraag_id: int | None) -> None:
        if self._queries[number].deelvraag_id != deelvraag_id:
            self._project.do(message("Move question «{name}»", name=self._queries[number].name),
                             questions.file_query, number, deelvraag_id)

    def _dropped(self, kind: str, number: int, target: QTreeWidgetItem) -> None:
        top = target.parent() or target
        under = top.data(0, NUMBER)
        if top.data(0, KIND) == "all":
            return
        if kind == "query":
            self._file(number, None if under == LOOSE else under)
        elif kind == "deelvraag" and under != LOOSE:
            self._move_deelvraag(number, list(self._deelvragen).index(under))

    def index_of(self, kind: str, number: int) -> QModelIndex:
        """The place of a deelvraag or question in the tree."""
        found = [item for item in self._items() if (item.data(0, KIND), item.data(0, NUMBER)) == (kind, number)]
        return self.tree.indexFromItem(found[0]) if found else QModelIndex()


def _unit(name: str) -> Unit:
    return next((unit for unit in UNITS if unit == name), "narratief")


def _shown(expression: str) -> str:
    try:
        return in_words(expression)
    except NarratiefError:
        return expression
