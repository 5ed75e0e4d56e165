"""A table of counts as a heat map whose every number opens the narratieven behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.i18n import _, current_language
from workbench.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
STEPS = 9
LONGEST_HEAD = 190


@dataclass(frozen=True)
class HeatData:
    """Values to show. `row_totals` and `column_totals` are the caller's (units that carry the code, not
    sums), empty when there are none; `decimals` says how a value is written; `unit` names what is counted.
    None is a value that is undefined, such as a share of nothing: it stays blank, unlike zero.

    `texts` say how the values are written, in place of `decimals`; `notes` are cautions at cells, which then have a
    mark; `each_column` shades every column by itself, where columns count different things; `corner` is the total of
    both totals; `below` is more to say of a cell, without a mark."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Sequence[Sequence[float | None]]
    row_totals: tuple[float, ...] = ()
    column_totals: tuple[float, ...] = ()
    unit: str = ""
    decimals: int = 0
    texts: Sequence[Sequence[str]] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    each_column: bool = False
    corner: float | None = None
    below: Mapping[tuple[int, int], str] = field(default_factory=dict)


def number_text(value: float, decimals: int) -> str:
    """A number in the language in force: Dutch has a comma."""
    written = f"{value:.{decimals}f}"
    return written.replace(".", ",") if current_language() == "nl" else written


class HeatModel(QAbstractTableModel):
    """The values as Qt wants them; a last column and row hold the totals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data_shown = HeatData((), (), ())
        self._highest: list[float] = []

    def fill(self, data: HeatData) -> None:
        """Show other values."""
        self.beginResetModel()
        self.data_shown = data
        self._highest = _highest(data)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.data_shown.rows) + bool(self.data_shown.column_totals)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.data_shown.columns) + bool(self.data_shown.row_totals)

    def value(self, row: int, column: int) -> float | None:
        """The value of a cell or total; None where it is undefined and in the corner of both totals."""
        shown = self.data_shown
        in_rows, in_columns = row < len(shown.rows), column < len(shown.columns)
        if in_rows and in_columns:
            return shown.values[row][column]
        if in_rows:
            return shown.row_totals[row]
        return shown.column_totals[column] if in_columns else shown.corner

    def step(self, row: int, column: int) -> int:
        """The step of the ramp for a cell, 0 for none; −1 for a total."""
        if row >= len(self.data_shown.rows) or column >= len(self.data_shown.columns):
            return -1
        value = self.data_shown.values[row][column]
        if value is None or value <= 0 or self._highest[column] <= 0:
            return 0
        return max(1, round(value / self._highest[column] * (STEPS - 1)))

    def written(self, row: int, column: int) -> str:
        """A value as it stands in the cell: zero is a thin dash, what is undefined stays blank."""
        shown, value = self.data_shown, self.value(row, column)
        in_table = row < len(shown.rows) and column < len(shown.columns)
        if shown.texts and in_table:
            return shown.texts[row][column]
        if value is None:
            return ""
        return "–" if value == 0 else number_text(value, 0 if shown.texts else shown.decimals)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.written(index.row(), index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index.row(), index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        names = self.data_shown.columns if orientation == Qt.Orientation.Horizontal else self.data_shown.rows
        return names[section] if section < len(names) else _("Total")

    def _spoken(self, row: int, column: int) -> str:
        shown = self.data_shown
        names = [shown.rows[row] if row < len(shown.rows) else _("Total")]
        names.append(shown.columns[column] if column < len(shown.columns) else _("Total"))
        value = self.value(row, column)
        cell = " × ".join(names)
        if value is not None:
            spoken = f"{cell}: {self.written(row, column) if value else 0} {shown.unit}".strip()
            more = (shown.below.get((row, column), ""), shown.notes.get((row, column), ""))
            return "\n".join(part for part in (spoken, *more) if part)
        is_corner = row >= len(shown.rows) and column >= len(shown.columns)
        return "" if is_corner else _("{cell}: undefined, there is nothing to divide by", cell=cell)


def _highest(data: HeatData) -> list[float]:
    """The value that gets the darkest ground, per column."""
    tops = [max((float(row[c] or 0) for row in data.values), default=0.0) for c in range(len(data.columns))]
    return tops if data.each_column else [max(tops, default=0.0)] * len(tops)


class HeatDelegate(QStyledItemDelegate):
    """Ground from the ramp, number at the right; all brushes made beforehand."""

    def __init__(self, model: HeatModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._widths: dict[str, int] = {}
        self.mix()

    def mix(self) -> None:
        """Make the brushes of the palette in force."""
        pairs = [theme().heat(step / (STEPS - 1)) for step in range(STEPS)]
        self._inks = [(QBrush(ground), ink) for ground, ink in pairs]
        self._inks[0] = (QBrush(QColor(theme().tokens.surface)), QColor(theme().tokens.quiet))
        self._total = (QBrush(QColor(theme().tokens.ground)), QColor(theme().tokens.text))
        self._caution = QBrush(QColor(theme().tokens.danger))
        self._widths.clear()
        metrics = QFontMetrics(theme().ui_font(-0.5))
        self._edge = theme().px(6)
        self._baseline = (metrics.height() + theme().px(8) + metrics.ascent() - metrics.descent()) // 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect
        row, column = index.row(), index.column()
        step = self._model.step(row, column)
        ground, ink = self._inks[step] if step >= 0 else self._total
        painter.fillRect(area, ground)
        painter.setPen(ink)
        written = self._model.written(row, column)
        width = self._widths.get(written)
        if width is None:
            width = self._widths[written] = painter.fontMetrics().horizontalAdvance(written)
        painter.drawText(area.right() - width - self._edge, area.top() + self._baseline, written)
        if (row, column) in self._model.data_shown.notes:
            self._mark(painter, area)

    def _mark(self, painter: QPainter, area: QRect) -> None:
        """A caution at a cell: a filled corner."""
        at, side = area.topLeft(), self._edge
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._caution)
        painter.drawPolygon(QPolygon([at, at + QPoint(side, 0), at + QPoint(0, side)]))


class TurnedHeader(QHeaderView):
    """Column heads that stand upright, so that sixty columns fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().ui_font(-0.5))
        model = self.model()
        names = [str(model.headerData(c, Qt.Orientation.Horizontal)) for c in range(model.columnCount())]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        return QSize(0, min(longest, theme().px(LONGEST_HEAD)) + theme().px(16))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, QColor(theme().tokens.ground))
        painter.setFont(theme().ui_font(-0.5))
        painter.setPen(QColor(theme().tokens.quiet))
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        room = QRect(theme().px(8), 0, rect.height() - theme().px(12), rect.width())
        name = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class NameHeader(QHeaderView):
    """Row heads, drawn by hand: a style sheet takes ten times as long for each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, QColor(theme().tokens.ground))
        painter.setFont(theme().ui_font(-0.5))
        painter.setPen(QColor(theme().tokens.text))
        name = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical))
        room = rect.adjusted(theme().px(8), 0, -theme().px(8), 0)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class HeatTable(QTableView):
    """Shows a `HeatData`. `cellActivated(row, column)` by click, Enter or Space on any number, totals
    included: a total of a row has column −1, of a column row −1."""

    cellActivated = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HeatModel(self)
        self._delegate = HeatDelegate(self._model, self)
        self.setHorizontalHeader(TurnedHeader(self))
        self.setVerticalHeader(NameHeader(self))
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, Ctrl+Tab goes to the next sheet
        self.setAccessibleName(_("Table of counts"))
        self.clicked.connect(self._open)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_data(self, data: HeatData) -> None:
        """Show other values; the current cell is kept by its place."""
        place = self.currentIndex()
        row, column = place.row(), place.column()
        self._model.fill(data)
        self._set_sizes()
        if row >= 0 and column >= 0:
            self.setCurrentIndex(self._model.index(row, column))

    def _restyle(self) -> None:
        self._delegate.mix()
        self.setFont(theme().ui_font(-0.5))
        self._set_sizes()
        self.viewport().update()

    def _set_sizes(self) -> None:
        """Equal cells, wide enough for the longest number, set without asking every cell."""
        metrics, px = QFontMetrics(theme().ui_font(-0.5)), theme().px
        shown = self._model.data_shown
        values = (value for row in shown.values for value in row if value is not None)
        numbers = [*shown.row_totals, *shown.column_totals, max(values, default=0)]
        if shown.texts:
            numbers = [*shown.row_totals, *shown.column_totals, shown.corner or 0]
        widest = max((len(f"{n:.{shown.decimals}f}") for n in numbers), default=1)
        widest = max(widest, *(len(text) for row in shown.texts for text in row), 1)
        self.horizontalHeader().setMinimumSectionSize(px(16))
        self.horizontalHeader().setDefaultSectionSize(max(px(34), metrics.horizontalAdvance("0") * widest + px(14)))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + px(8))
        heads = max((metrics.horizontalAdvance(name) for name in shown.rows), default=px(40))
        self.verticalHeader().setFixedWidth(min(px(240), heads + px(28)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: AnyIndex) -> None:
        shown = self._model.data_shown
        row = index.row() if index.row() < len(shown.rows) else -1
        column = index.column() if index.column() < len(shown.columns) else -1
        if (row, column) != (-1, -1):
            self.cellActivated.emit(row, column)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(self.palette().window().color()), 1))
        for row in range(self.rowAt(0), self.rowAt(self.viewport().height() - 1) % (self._model.rowCount() + 1)):
            y = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(0, y, self.viewport().width(), y)
        if self.hasFocus() and self.currentIndex().isValid():
            area = self.visualRect(self.currentIndex())
            painter.setPen(QPen(QColor(theme().tokens.raised), 4))
            painter.drawRect(area.adjusted(2, 2, -3, -3))
            painter.setPen(QPen(QColor(theme().tokens.focus), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
