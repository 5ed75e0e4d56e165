"""The two views of a grid: a pivot of two facets, and the list of all combinations. Both are walked with the keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from codebook.gridding import Place, WorkGrid
from codebook.grids import ANSWERED, EMPTY, OPEN, READ
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.grid_cells import CellList, mark_of, matches
from workbench.theme import theme
from workbench.widgets.heat_table import AnyIndex, HeatData, HeatDelegate, HeatModel, HeatTable

NUMBER_WIDTH, STATUS_WIDTH = 48, 92
"""Pixels in the list for a count, and at least for the status."""
KEYS = {Qt.Key.Key_G: READ, Qt.Key.Key_B: ANSWERED, Qt.Key.Key_O: OPEN, Qt.Key.Key_L: EMPTY}
NEXT, MEMO = "next", "memo"


def asked_by(event: QKeyEvent) -> str:
    """What a key asks of the cell in hand: a status, the next cell, the memo; "" for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return ""
    key = Qt.Key(event.key())
    return {Qt.Key.Key_N: NEXT, Qt.Key.Key_M: MEMO}.get(key) or KEYS.get(key, "")


class _Marked(HeatDelegate):
    """Numbers with the sign of their status before them."""

    def __init__(self, model: HeatModel, parent: GridPivot) -> None:
        super().__init__(model, parent)
        self._table = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        mark = self._table.mark(index.row(), index.column())
        if mark:
            area = option.rect
            painter.setPen(QColor(theme().tokens.danger if mark == "!" else theme().tokens.accent))
            painter.drawText(area.left() + self._edge, area.top() + self._baseline, mark)


class GridPivot(HeatTable):
    """One facet down, one across; the others stand still at the codes of a tab. `placeChosen(place)` when a cell comes
    in hand, `keyed(what)` for a key that asks something of it."""

    placeChosen = Signal(object)
    keyed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid: WorkGrid | None = None
        self._down, self._across = 0, -1
        self._tab: Place = ()
        self._shown: list[int] = []
        self._filling = False
        self._delegate = _Marked(self._model, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Grid of combinations"))
        self.selectionModel().currentChanged.connect(lambda now, _old: self._tell(now))

    def show_grid(self, grid: WorkGrid, down: int, across: int, tab: Place, wanted: str) -> None:
        """Show a layer of a grid: the numbers of two of its facets (`across` −1 for none), `tab` says the codes of the
        others. Rows without a cell that the filter lets through are left out."""
        self._grid, self._down, self._across, self._tab = grid, down, across, tab
        let = matches(grid, wanted).reshape(grid.counts.shape)
        rows, columns = range(len(grid.axes[down].labels)), self._columns()
        self._shown = [row for row in rows if any(let[self._at(row, column)] for column in range(len(columns)))]
        values = [[int(grid.counts[self._at(row, column)]) for column in range(len(columns))] for row in self._shown]
        self._filling = True
        self.set_data(HeatData(tuple(grid.axes[down].labels[n] for n in self._shown), columns, values,
                               unit=_("narratieven")))
        self._filling = False

    def show_nothing(self) -> None:
        """Show no cells."""
        self._shown = []
        self.set_data(HeatData((), (), [], unit=_("narratieven")))

    def _columns(self) -> tuple[str, ...]:
        assert self._grid is not None
        return self._grid.axes[self._across].labels if self._across >= 0 else (_("Narratieven"),)

    def _at(self, row: int, column: int) -> Place:
        place = list(self._tab)
        place[self._down] = row
        if self._across >= 0:
            place[self._across] = column
        return tuple(place)

    def place(self, row: int, column: int) -> Place:
        """The cell that stands here."""
        return self._at(self._shown[row], column)

    def mark(self, row: int, column: int) -> str:
        """The sign of the cell that stands here."""
        return "" if self._grid is None or row >= len(self._shown) else mark_of(self._grid, self.place(row, column))

    def bring(self, place: Place) -> None:
        """Take a cell in hand, when it is in this layer."""
        if self._grid is None or place[self._down] not in self._shown:
            return
        row = self._shown.index(place[self._down])
        self.setCurrentIndex(self._model.index(row, place[self._across] if self._across >= 0 else 0))
        self.viewport().update()

    def _tell(self, index: QModelIndex) -> None:
        if not self._filling and index.isValid() and index.row() < len(self._shown):
            self.placeChosen.emit(self.place(index.row(), index.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := asked_by(event):
            self.keyed.emit(asked)
        else:
            super().keyPressEvent(event)


class GridLines(QTableView):
    """All combinations on lines, sorted by a click on a head. `placeChosen(place)`, `keyed(what)` as the pivot."""

    placeChosen = Signal(object)
    keyed = Signal(str)

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = CellList(asker)
        self._wanted: list[int] = []
        self.setModel(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAccessibleName(_("List of combinations"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(26))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentChanged.connect(lambda now, _old: self._tell(now))

    def show_grid(self, grid: WorkGrid, wanted: str) -> None:
        """Show the combinations that a filter lets through."""
        self._cells.fill(grid, wanted)
        advance = self.fontMetrics().horizontalAdvance
        self._wanted = [max(map(advance, (axis.facet, *axis.labels))) + theme().px(20) for axis in grid.axes]
        self._fit()

    def _fit(self) -> None:
        """Codes get the width they need; where the numbers and the status leave too little, the longest give in."""
        px, head = theme().px, self.horizontalHeader()
        if not self._wanted or head.count() != len(self._wanted) + 4:
            return
        room = self.viewport().width() - 3 * px(NUMBER_WIDTH) - px(STATUS_WIDTH)
        most = max(self._wanted)
        while most > px(NUMBER_WIDTH) and sum(min(width, most) for width in self._wanted) > room:
            most -= 1
        widths = [*(min(width, most) for width in self._wanted), *[px(NUMBER_WIDTH)] * 3]
        for column, width in enumerate(widths):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def bring(self, place: Place) -> None:
        """Take a cell in hand, when it is shown."""
        row = self._cells.row_of(place)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._cells.index(row, 0),
                                                  QItemSelectionModel.SelectionFlag.ClearAndSelect
                                                  | QItemSelectionModel.SelectionFlag.Rows)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.placeChosen.emit(self._cells.place(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := asked_by(event):
            self.keyed.emit(asked)
        else:
            super().keyPressEvent(event)
