"""Where in which table an RTF paragraph stands; RTF knows no tables, only cells and rows that end."""

from __future__ import annotations

from dataclasses import dataclass

_MAX_NESTING = 50


@dataclass
class _Open:
    index: int
    row: int = 0
    column: int = 0


class Tables:
    """Counts tables, rows and columns while the cells go by; nesting level 1 is a table on the page."""

    def __init__(self) -> None:
        self._count = 0
        self._open: list[_Open] = []
        self._level = 0

    def enter(self, level: int) -> None:
        """The paragraph is in a table of this nesting level (0: in none)."""
        self._level = min(max(0, level), _MAX_NESTING)

    def leave(self) -> None:
        """Paragraph properties are reset: what follows is in no table until it says so."""
        self._level = 0

    def place(self) -> tuple[int, int, int] | None:
        """Table, row and column of a paragraph that ends here."""
        del self._open[self._level:]
        if self._level == 0:
            return None
        return self._at(self._level)

    def close_cell(self, nested: bool) -> tuple[int, int, int]:
        """Table, row and column of the paragraph whose end is the end of its cell."""
        level = max(2, self._level) if nested else 1
        del self._open[level:]
        place = self._at(level)
        self._open[level - 1].column += 1
        return place

    def close_row(self, nested: bool) -> None:
        """The row ends."""
        level = max(2, self._level) if nested else 1
        del self._open[level:]
        self._at(level)
        self._open[-1].row += 1
        self._open[-1].column = 0

    def _at(self, level: int) -> tuple[int, int, int]:
        while len(self._open) < level:
            self._open.append(_Open(self._count))
            self._count += 1
        table = self._open[level - 1]
        return table.index, table.row, table.column
