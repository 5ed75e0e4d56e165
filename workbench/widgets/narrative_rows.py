"""What a narrative list shows: rows as values, fetched one at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.widgets.chips import ChipSpec


@dataclass(frozen=True)
class NarrativeRow:
    """One narratief in a list. `heading` is its line above ("Interview 3 · 11 · leercoaches"), `highlights`
    are code point ranges `[start, end)` of `text`, `note` is a quiet line below (a reason, a memo)."""

    id: Hashable
    heading: str
    text: str
    chips: tuple[ChipSpec, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    note: str = ""


class NarrativeRows(Protocol):
    """Where the list gets its rows; only what is in sight is asked for."""

    def count(self) -> int:
        """How many rows there are."""

    def row_id(self, index: int) -> Hashable:
        """The id of a row, without fetching its text."""

    def row(self, index: int) -> NarrativeRow:
        """A row in full."""

    def lengths(self) -> Sequence[int] | None:
        """Characters of every row's text, for a good first estimate of the heights; None if not known."""


class ListRows:
    """Rows that are already in memory."""

    def __init__(self, rows: Sequence[NarrativeRow]) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def row_id(self, index: int) -> Hashable:
        """The id of a row."""
        return self._rows[index].id

    def row(self, index: int) -> NarrativeRow:
        """A row in full."""
        return self._rows[index]

    def lengths(self) -> Sequence[int]:
        """Characters of every row's text."""
        return [len(row.text) for row in self._rows]
