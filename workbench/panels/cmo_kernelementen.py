"""The kernelementen at the side of the place: made, renamed, ordered, taken away; one of them is in hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import kernelementen
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import Counting
from workbench.itemmodels.question_names import narratieven
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.wrapped_tree import WrappedTree

NUMBER = Qt.ItemDataRole.UserRole


class _Tree(WrappedTree):
    """`keyed(name)`: remove, up, down, add."""

    keyed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = {Qt.Key.Key_Delete: "remove", Qt.Key.Key_Insert: "add"}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            names |= {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        name = names.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
        else:
            self.keyed.emit(name)


class KernelementList(QWidget):
    """`chosen(number)` when another is taken in hand."""

    chosen = Signal(int)

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self._filling = False
        self.current = 0
        self.tree = _Tree()
        self.tools: dict[str, QPushButton] = {}
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        tree = self.tree
        tree.setAccessibleName(_("Kernelementen"))
        tree.setToolTip(_("F2 renames · Ins makes one · Alt+↑ ↓ moves · Del takes away"))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.currentItemChanged.connect(lambda *_items: self._choose())
        tree.itemChanged.connect(self._renamed)
        tree.keyed.connect(self.work)
        self.setFocusProxy(tree)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        row.setSpacing(0)
        heading = QLabel(_("Kernelementen"))
        heading.setProperty("role", "heading")
        told = (("add", _("+ New"), _("Make a kernelement   Ins")), ("up", "↑", _("Move up   Alt+↑")),
                ("down", "↓", _("Move down   Alt+↓")), ("rename", _("Name"), _("Rename   F2")),
                ("remove", "✕", _("Take away   Del")))
        for name, text, tip in told:
            button = self.tools[name] = QPushButton(text)
            button.setProperty("role", "link" if name != "add" else "flat")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _on=False, n=name: self.work(n))
            row.addWidget(button)
        row.addStretch(1)
        outer.addWidget(heading)
        outer.addWidget(self.tree, 1)
        outer.addLayout(row)

    def refresh(self) -> None:
        """Read them again with their counts; the one in hand stays in hand."""
        board = self._counting.board
        self._filling = True
        self.tree.clear()
        for one in board.kernelementen:
            count = board.narratieven(one.id)
            item = QTreeWidgetItem([one.label, str(count) if one.codes else "–"])
            item.setData(0, NUMBER, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            codes = ", ".join(board.labels[c] for c in one.codes) or _("no code yet")
            item.setToolTip(0, _("{name}: {n}, codes: {codes}", name=one.label, n=narratieven(count), codes=codes))
            self.tree.addTopLevelItem(item)
        self._filling = False
        self.tree.fit()
        self.choose(self.current)

    def choose(self, number: int) -> None:
        """Take a kernelement in hand; the first when it is not there."""
        items = self.tree.items()
        found = next((item for item in items if item.data(0, NUMBER) == number), items[0] if items else None)
        if found is not None:
            self.tree.setCurrentItem(found)
        else:
            self.current = 0

    def _choose(self) -> None:
        item = self.tree.currentItem()
        if self._filling or item is None:
            return
        number = int(item.data(0, NUMBER))
        if number != self.current:
            self.current = number
            self.chosen.emit(number)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            number, label = int(item.data(0, NUMBER)), item.text(0).strip()
            # The list is written anew by the change, and its field is still at work on this item.
            QTimer.singleShot(0, self, lambda: self.rename(number, label))

    def rename(self, number: int, label: str) -> None:
        """Give a kernelement another name; a name that is refused, or empty, changes nothing."""
        if label and label != self._counting.label(number):
            self._opened.do(message("Rename kernelement to «{name}»", name=label), kernelementen.rename, number, label)
        self.refresh()

    # work

    def work(self, name: str) -> None:
        """Do what a key or button says."""
        deeds: dict[str, Callable[[], None]] = {
            "add": self.add, "rename": self._edit, "remove": self._remove,
            "up": lambda: self._shift(-1), "down": lambda: self._shift(1)}
        deeds[name]()

    def add(self) -> None:
        """Make a kernelement and let its name be typed."""
        taken = {one.label.casefold() for one in self._counting.board.kernelementen}
        label, n = _("New kernelement"), 2
        while label.casefold() in taken:
            label, n = f"{_('New kernelement')} {n}", n + 1
        made = self._opened.do(message("Make kernelement"), kernelementen.add, label)
        if made is not None:
            self.choose(made)
            self._edit()

    def _edit(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.setFocus()
            self.tree.editItem(item, 0)

    def _remove(self) -> None:
        if self.current:
            self._opened.do(message("Take away kernelement «{name}»", name=self._counting.label(self.current)),
                            kernelementen.remove, self.current)

    def _shift(self, step: int) -> None:
        order = [one.id for one in self._counting.board.kernelementen]
        place = order.index(self.current) + step if self.current in order else -1
        if 0 <= place < len(order):
            self._opened.do(message("Move kernelement «{name}»", name=self._counting.label(self.current)),
                            kernelementen.move, self.current, place)
