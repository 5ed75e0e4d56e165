"""The tables of agreement: facets and codes on lines, sorted by a click on a head, every cell opens its narratieven."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from codebook.agreeing_notes import RELIABLE, TENTATIVE
from workbench.itemmodels.agreement_lines import BAR, DOT, Head, Line
from workbench.theme import theme
from workbench.widgets.chips import paint_form

AnyIndex = QModelIndex | QPersistentModelIndex
LOWEST = -0.2
"""The left end of the axis on which an alpha is drawn; what is lower stands there."""


class AgreementModel(QAbstractTableModel):
    """Lines as Qt wants them: the name first, then the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.heads: tuple[Head, ...] = ()
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._given: list[Line] = []

    def fill(self, heads: Sequence[Head], lines: Sequence[Line]) -> None:
        """Show other lines, in the order that was asked for."""
        self.beginResetModel()
        if len(heads) != len(self.heads):
            self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.heads, self._given = tuple(heads), list(lines)
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is undefined stands last. Column −1 is the order of the codebook."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._order()
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted
        self.lines = list(self._given)
        falling = order == Qt.SortOrder.DescendingOrder
        if column == 0:
            self.lines.sort(key=lambda line: line.name.casefold(), reverse=falling)
        elif column > 0:
            sign = -1 if falling else 1
            values = {id(line): line.cells[column - 1].sort for line in self.lines}
            self.lines.sort(key=lambda line: (values[id(line)] is None, sign * (values[id(line)] or 0)))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.heads) + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if index.column() == 0:
            return line.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        cell, head = line.cells[index.column() - 1], self.heads[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            spoken = f"{line.name}, {head.title}: {cell.text}" if head.title else line.name
            return "\n".join(part for part in (spoken, cell.told) if part)
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter \
            if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        head = self.heads[section - 1] if section else None
        if role == Qt.ItemDataRole.DisplayRole:
            return head.title if head else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return head.told if head else None
        if role == Qt.ItemDataRole.TextAlignmentRole and head is not None:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class _Drawing(QStyledItemDelegate):
    """Draws names with the form of their facet, a bar of how narratieven divide, an alpha as dot and line."""

    def __init__(self, model: AgreementModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line, drawn = self._model.lines[index.row()], ""
        if index.column():
            drawn = self._model.heads[index.column() - 1].drawn
        if index.column() == 0:
            self._name(painter, option, index, line)
            return
        super().paint(painter, option, index)
        area = QRectF(option.rect).adjusted(theme().px(6), 0, -theme().px(6), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if drawn == BAR and line.parts is not None:
            _bar(painter, area, line.parts)
        elif drawn == DOT:
            _dot(painter, area, line)
        painter.restore()

    def _name(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, line: Line) -> None:
        side = theme().px(10)
        moved = QStyleOptionViewItem(option)
        area = option.rect
        if line.facet:
            moved.rect = area.adjusted(side + theme().px(8), 0, 0, 0)
        super().paint(painter, moved, index)
        if line.facet:
            look = theme().facet(line.facet)
            box = QRectF(area.left() + theme().px(6), area.center().y() - side / 2, side, side)
            paint_form(painter, look.form, box, QColor(look.strong))


def _bar(painter: QPainter, area: QRectF, parts: tuple[int, int, int, int]) -> None:
    """Both is full, each of the two alone is hatched its own way, neither is empty: readable without colour."""
    height = theme().px(12)
    left, top, total = area.left(), area.center().y() - height / 2, sum(parts)
    ink, edge = QColor(theme().tokens.accent), QColor(theme().tokens.edge)
    brushes = (QBrush(ink), QBrush(ink, Qt.BrushStyle.FDiagPattern), QBrush(ink, Qt.BrushStyle.BDiagPattern),
               QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(QPen(edge, 1))
    for part, brush in zip(parts, brushes, strict=True):
        width = area.width() * part / total if total else 0
        if part:
            painter.setBrush(brush)
            painter.drawRect(QRectF(left, top, width, height))
        left += width


def _dot(painter: QPainter, area: QRectF, line: Line) -> None:
    """An axis from −0,2 to 1 at the left of the number, with marks at ,667 and ,800."""
    width, middle = area.width() - theme().px(38), area.center().y()

    def at(value: float) -> float:
        return area.left() + width * (max(LOWEST, min(1.0, value)) - LOWEST) / (1 - LOWEST)

    painter.setPen(QPen(QColor(theme().tokens.line), 1))
    painter.drawLine(QPointF(at(LOWEST), middle), QPointF(at(1), middle))
    painter.setPen(QPen(QColor(theme().tokens.edge), 1))
    for limit in (TENTATIVE, RELIABLE):
        painter.drawLine(QPointF(at(limit), middle - theme().px(6)), QPointF(at(limit), middle + theme().px(6)))
    if line.value is None:
        return
    ink = QColor(theme().tokens.accent)
    if line.ci is not None:
        painter.setPen(QPen(ink, theme().px(2)))
        painter.drawLine(QPointF(at(line.ci[0]), middle), QPointF(at(line.ci[1]), middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(at(line.value), middle), theme().px(4), theme().px(4))


class AgreementTable(QTableView):
    """`cellOpened(Line, Cell)` by click, Enter or Space on a cell that has narratieven behind it."""

    cellOpened = Signal(object, object)

    def __init__(self, name: str, sortable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = AgreementModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Drawing(self.lines, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sortable)
        self.horizontalHeader().setSectionsClickable(sortable)
        self.clicked.connect(self._open)
        theme().changed.connect(self._size)

    def fill(self, heads: Sequence[Head], lines: Sequence[Line]) -> None:
        """Show lines."""
        place = self.currentIndex()
        same = len(heads) == len(self.lines.heads) and len(lines) == len(self.lines.lines)
        self.lines.fill(heads, lines)
        self._size()
        if same and place.isValid():
            self.setCurrentIndex(self.lines.index(place.row(), place.column()))

    def _size(self) -> None:
        """Columns as wide as what stands in them; the names take what is left."""
        px, heads = theme().px, self.horizontalHeader()
        self.setFont(theme().ui_font(-0.5))
        heads.setFont(theme().ui_font(-0.5))
        self.verticalHeader().setDefaultSectionSize(px(26))
        heads.setMinimumSectionSize(px(30))
        plain, heavy = QFontMetrics(theme().ui_font()), QFontMetrics(theme().ui_font(bold=True))
        for column, head in enumerate(self.lines.heads, 1):
            texts = [line.cells[column - 1].text for line in self.lines.lines]
            widest = max((plain.horizontalAdvance(text) + px(17) for text in texts), default=0)
            drawn = {BAR: px(52), DOT: px(108)}.get(head.drawn)
            heads.resizeSection(column, drawn or max(px(34), heavy.horizontalAdvance(head.title) + px(14), widest))
        self._stretch()

    def _stretch(self) -> None:
        others = sum(self.columnWidth(column) for column in range(1, self.lines.columnCount()))
        self.setColumnWidth(0, max(theme().px(130), self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def whole_height(self) -> int:
        """The height in which every line is in sight."""
        return theme().px(26) * self.lines.rowCount() + self.horizontalHeader().sizeHint().height() + theme().px(4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: AnyIndex) -> None:
        line = self.lines.lines[index.row()]
        cell = line.cells[index.column() - 1] if index.column() else line.cells[-1]
        if cell.behind is not None:
            self.cellOpened.emit(line, cell)
