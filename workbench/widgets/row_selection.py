"""Current row, anchor and selected rows of a list (no Qt here)."""

from __future__ import annotations


class RowSelection:
    """`current` is where the keyboard is; a selection grows from the last row chosen without Shift."""

    def __init__(self) -> None:
        self.current = 0
        self._from = 0
        self._rows: set[int] = set()
        self._all = False

    def contains(self, row: int) -> bool:
        """Whether a row is selected."""
        return self._all or row in self._rows

    def rows(self, count: int) -> list[int]:
        """The selected rows in order."""
        return list(range(count)) if self._all else sorted(self._rows)

    def select_all(self, count: int) -> None:
        """Select every row."""
        self._all = count > 0

    def toggle(self, row: int) -> None:
        """Select a row or take it from the selection; after *all*, the selection begins anew with this row."""
        if self._all:
            self._all, self._rows = False, set()
        self._rows ^= {row}
        self._from = row

    def move(self, row: int, extend: bool, select: bool) -> bool:
        """Make a row current; returns whether the selection changed."""
        before = (self._all, self._rows)
        self.current = row
        if extend:
            low, high = sorted((self._from, row))
            self._all, self._rows = False, set(range(low, high + 1))
        elif select:
            self._all, self._rows, self._from = False, {row}, row
        return before != (self._all, self._rows)
