"""The form of the focus group on the screen: a box per place with its lines, and a field for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook.cmo_sheets import PLACES, Place, place_name
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.wrapped_tree import WrappedTree

NUMBER = Qt.ItemDataRole.UserRole
WIDE = 4
"""Columns of the grid on which the boxes stand."""


@dataclass(frozen=True)
class FormLine:
    """A line: its words, who wrote it and when in short (`who`), and in full (`told`)."""

    id: int
    text: str
    who: str = ""
    told: str = ""


class _Lines(WrappedTree):
    """`removed()` for Del."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class LineBox(QFrame):
    """One place of the form. `added(place, text)`, `changed(line, text)`, `removed(line)`."""

    added = Signal(object, str)
    changed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._filling = False
        self._texts: dict[int, str] = {}
        name = _(place_name(place))
        self.name, self.lines, self.field = QLabel(f"<b>{name}</b>"), _Lines(), QLineEdit()
        self.lines.setAccessibleName(name)
        self.field.setAccessibleName(_("New line: {place}", place=name))
        self.setProperty("role", "surface")
        self._prepare()

    def _prepare(self) -> None:
        px, box = theme().px, QVBoxLayout(self)
        box.setContentsMargins(px(8), px(6), px(8), px(8))
        box.setSpacing(px(4))
        self.name.setWordWrap(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setToolTip(_("F2 changes a line · Del takes it off"))
        self.lines.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed |
                                   QAbstractItemView.EditTrigger.DoubleClicked)
        self.lines.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.itemChanged.connect(self._edited)
        self.lines.removed.connect(self._remove)
        self.field.setPlaceholderText(_("New line…"))
        self.field.returnPressed.connect(self._add)
        for widget in (self.name, self.lines, self.field):
            box.addWidget(widget)
        box.addStretch(1)

    def show_lines(self, lines: Sequence[FormLine], can_write: bool) -> None:
        """Show lines; what is being typed below them stays."""
        self._filling = True
        self._texts = {line.id: line.text for line in lines}
        current = self.lines.currentItem()
        held = current.data(0, NUMBER) if current is not None else None
        self.lines.clear()
        for line in lines:
            item = QTreeWidgetItem([line.text, line.who])
            item.setData(0, NUMBER, line.id)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            for column in range(2):
                item.setToolTip(column, line.told)
            if can_write:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.lines.addTopLevelItem(item)
            if line.id == held:
                self.lines.setCurrentItem(item)
        self._filling = False
        self.field.setVisible(can_write)
        self.lines.setVisible(bool(lines))
        self.fit()

    def fit(self) -> None:
        """Be as high as the lines need."""
        self.lines.setFixedHeight(self.lines.fit() + theme().px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _add(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.added.emit(self.place, text)

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        number, text = int(item.data(0, NUMBER)), item.text(0).strip()
        if not self._filling and column == 0 and text != self._texts.get(number):
            # The lines are written anew by the change, and the field is still at work on this one.
            QTimer.singleShot(0, self, lambda: self.changed.emit(number, text))

    def _remove(self) -> None:
        item = self.lines.currentItem()
        if item is not None and not self.field.isHidden():
            self.removed.emit(int(item.data(0, NUMBER)))


class FormView(QScrollArea):
    """The whole form. `added(place, text)`, `changed(line, text)`, `removed(line)`."""

    added = Signal(object, str)
    changed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        page.setObjectName("page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, theme().px(6), 0)
        grid.setSpacing(theme().px(6))
        self.boxes = {place: LineBox(place) for place in PLACES}
        row = column = 0
        for place, box in self.boxes.items():
            span = {"outcome": 1, "verbeterpunten": WIDE}.get(place[0], WIDE // 2)
            grid.addWidget(box, row, column, 1, span)
            row, column = (row + 1, 0) if column + span >= WIDE else (row, column + span)
            box.added.connect(self.added)
            box.changed.connect(self.changed)
            box.removed.connect(self.removed)
        for n in range(WIDE):
            grid.setColumnStretch(n, 1)
        grid.setRowStretch(row, 1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.boxes[PLACES[0]].field)

    def show_lines(self, lines: Mapping[Place, Sequence[FormLine]], can_write: bool) -> None:
        """Show the lines of every place."""
        for place, box in self.boxes.items():
            box.show_lines(lines.get(place, ()), can_write)
