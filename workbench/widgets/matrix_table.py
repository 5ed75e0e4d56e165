"""A heat table of few columns: heads lie flat, and every number has a second line that says where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from workbench.theme import theme
from workbench.widgets.heat_table import AnyIndex, HeatData, HeatDelegate, HeatTable, NameHeader

RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
WRAPPED = Qt.TextFlag.TextWordWrap
LONGEST_NAME = 126


def fitted(metrics: QFontMetrics, room: QRect, name: str) -> str:
    """A name that fits a room on as many lines as there are words; else one line that ends in dots."""
    if room.contains(metrics.boundingRect(room, int(RIGHT | WRAPPED), name)):
        return name
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())


def _write(painter: QPainter, room: QRect, name: str, side: Qt.AlignmentFlag) -> None:
    painter.drawText(room, int(side | WRAPPED), fitted(painter.fontMetrics(), room, name))


class _Names(NameHeader):
    """Row heads on two lines where one is too short."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, QColor(theme().tokens.ground))
        painter.setFont(theme().ui_font(-0.5))
        painter.setPen(QColor(theme().tokens.text))
        name = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical))
        _write(painter, rect.adjusted(theme().px(8), 0, -theme().px(8), 0), name, LEFT)


class _Heads(QHeaderView):
    """Heads in the middle of their columns, drawn with the ground of the table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setMinimumSectionSize(theme().px(40))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, QColor(theme().tokens.ground))
        painter.setFont(theme().ui_font(-1.75))
        painter.setPen(QColor(theme().tokens.quiet))
        name = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        _write(painter, rect.adjusted(theme().px(1), 0, -theme().px(5), 0), name, RIGHT)


class _Delegate(HeatDelegate):
    """The number, and below it quietly where it comes from."""

    seconds: Mapping[tuple[int, int], str]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect
        second = self.seconds.get((index.row(), index.column()), "")
        step = self._model.step(index.row(), index.column())
        ground, ink = self._inks[step] if step >= 0 else self._total
        painter.fillRect(area, ground)
        painter.setPen(ink)
        room = area.adjusted(self._edge, 0, -self._edge, 0)
        if not second:
            painter.drawText(room, RIGHT, self._model.written(index.row(), index.column()))
            return
        upper, lower = QRect(room), QRect(room)
        upper.setBottom(room.center().y() + theme().px(2))
        lower.setTop(room.center().y() + theme().px(1))
        painter.drawText(upper, RIGHT, self._model.written(index.row(), index.column()))
        painter.setFont(theme().ui_font(-2))
        painter.drawText(lower, RIGHT, painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideRight,
                                                                        room.width()))
        painter.setFont(theme().ui_font(-0.5))


class MatrixTable(HeatTable):
    """Shows a `HeatData` with second lines: place → a few words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = _Delegate(self._model, self)
        self._own.seconds = {}
        self._delegate = self._own
        self.setItemDelegate(self._own)
        self.setHorizontalHeader(_Heads(self))
        self.setVerticalHeader(_Names(self))
        self.horizontalHeader().setSectionsClickable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_sizes()

    def show_matrix(self, data: HeatData, seconds: Mapping[tuple[int, int], str]) -> None:
        """Show other values; the current cell is kept by its place."""
        self._own.seconds = seconds
        self.set_data(data)

    def _set_sizes(self) -> None:
        super()._set_sizes()
        metrics = QFontMetrics(theme().ui_font(-0.5))
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.75) + theme().px(4))
        heads = max((metrics.horizontalAdvance(name) for name in self._model.data_shown.rows), default=theme().px(40))
        self.verticalHeader().setFixedWidth(min(theme().px(LONGEST_NAME), heads + theme().px(28)))
        self.horizontalHeader().setFixedHeight(round(QFontMetrics(theme().ui_font(-1.75)).height() * 2) + theme().px(4))
