"""The cells of a grid as a list for Qt: nothing is looked up before it comes into sight."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from codebook.gridding import Place, Standing, WorkGrid
from codebook.grids import ANSWERED, EMPTY, OPEN, READ
from workbench.i18n import _
from workbench.itemmodels.asker import Asker

AnyIndex = QModelIndex | QPersistentModelIndex
ALL, FILLED, CHANGED = "", "filled", "changed"
MARKS = {OPEN: "", READ: "•", ANSWERED: "✓", EMPTY: "∅"}
"""How a status looks in a cell."""


def status_word(status: str) -> str:
    """A status in words."""
    return {OPEN: _("open"), READ: _("read"), ANSWERED: _("answered"), EMPTY: _("empty")}[status]


def standing_words(standing: Standing) -> str:
    """How far a cell is, and whether its narratieven changed since."""
    word = status_word(standing.status)
    return _("{status} (changed)", status=word) if standing.is_changed else word


def mark_of(grid: WorkGrid, place: Place) -> str:
    """The sign of a cell; nothing for one that is empty by itself or open."""
    standing = grid.noted.get(place)
    if standing is None:
        return ""
    if standing.is_changed:
        return "!"
    return "" if standing.status == EMPTY and not standing.is_handled else MARKS[standing.status]


def matches(grid: WorkGrid, wanted: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which cells a filter lets through, in the order of the cells."""
    filled = grid.counts.ravel() > 0
    if wanted == ALL:
        return np.ones(filled.size, dtype=np.bool_)
    if wanted == FILLED:
        return filled
    found = filled if wanted == OPEN else ~filled if wanted == EMPTY else np.zeros(filled.size, dtype=np.bool_)
    found = found.copy()
    for place, standing in grid.noted.items():
        at = int(np.ravel_multi_index(place, grid.counts.shape))
        found[at] = standing.is_changed if wanted == CHANGED else standing.status == wanted
    return found


class CellList(QAbstractTableModel):
    """Every combination on a line: its codes, counts and status."""

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self._grid: WorkGrid | None = None
        self._rows = np.zeros(0, dtype=np.int64)
        self._order: tuple[int, bool] = (-1, False)

    def fill(self, grid: WorkGrid, wanted: str) -> None:
        """Show the cells that a filter lets through, in the order chosen."""
        self.beginResetModel()
        self._grid = grid
        self._rows = np.flatnonzero(matches(grid, wanted))
        self._arrange()
        self.endResetModel()

    def is_number(self, column: int) -> bool:
        """Whether a column holds counts."""
        return self._grid is not None and len(self._grid.axes) <= column < len(self._grid.axes) + 3

    def place(self, row: int) -> Place:
        """The cell of a row."""
        assert self._grid is not None
        return tuple(int(n) for n in np.unravel_index(self._rows[row], self._grid.counts.shape))

    def row_of(self, place: Place) -> int:
        """The row of a cell, −1 when it is not shown."""
        if self._grid is None or len(place) != self._grid.counts.ndim:
            return -1
        found = np.flatnonzero(self._rows == np.ravel_multi_index(place, self._grid.counts.shape))
        return int(found[0]) if found.size else -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else int(self._rows.size)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._grid is None else len(self._grid.axes) + 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or self._grid is None:
            return None
        facets = [axis.facet for axis in self._grid.axes]
        full = [*facets, _("Narratieven"), _("Documents"), _("Respondents"), _("Status")]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return full[section]
        short = [*facets, _("Narr."), _("Doc."), _("Resp."), _("Status")]
        return short[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._grid is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self.is_number(index.column()):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._shown(self.place(index.row()), index.column())
        return None

    def _shown(self, place: Place, column: int) -> str:
        assert self._grid is not None
        if column < len(place):
            return self._grid.axes[column].labels[place[column]]
        if column == len(place) + 3:
            return standing_words(self._grid.standing(place))
        number = self._number(place, column - len(place))
        return "…" if number is None else str(number) if number else "–"

    def _number(self, place: Place, which: int) -> int | None:
        assert self._grid is not None
        if which == 0 or not self._grid.counts[place]:
            return int(self._grid.counts[place])
        return self._grid.documents(place) if which == 1 else self._asker.heard(self._grid.counted.slots(place))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, falls = self._order
        self._rows.sort()
        if self._grid is None or not 0 <= column < self.columnCount():
            return
        keys = self._keys(column - len(self._grid.axes), column)
        self._rows = self._rows[np.argsort(-keys if falls else keys, kind="stable")]

    def _keys(self, which: int, column: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        assert self._grid is not None
        if which < 0:
            found: Any = np.unravel_index(self._rows, self._grid.counts.shape)[column]
        elif which == 0:
            found = self._grid.counts.ravel()[self._rows]
        elif which == 3:
            rank = {OPEN: 0, READ: 1, ANSWERED: 2, EMPTY: 3}
            found = [rank[self._grid.standing(self.place(n)).status] for n in range(self._rows.size)]
        else:
            found = [self._number(self.place(n), which) or 0 for n in range(self._rows.size)]
        return np.asarray(found, dtype=np.int64)
