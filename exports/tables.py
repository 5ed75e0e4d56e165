"""Tables as values: a title, columns and rows. Excel, CSV and HTML are written from the same ones.

Texts are in the project's language already; moments are in UTC and have no zone of their own, as spreadsheets know
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

Value = str | int | float | datetime | date | None
Kind = Literal["word", "text", "number", "share", "moment"]
"""What a column holds: short words, running text (wrapped), numbers, shares of 1 (shown as %), moments."""


@dataclass(frozen=True)
class Column:
    """A column: its head, what it holds, its width in characters, and what it means (for the reading guide)."""

    head: str
    kind: Kind = "word"
    width: float = 14
    meaning: str = ""


class Strong(tuple[Value, ...]):
    """A row that stands out from those below it, such as a query above its narratieven."""

    __slots__ = ()


class Heads(tuple[Value, ...]):
    """A row of heads inside a sheet, of a second table below the first."""

    __slots__ = ()


Rows = Iterable[Sequence[Value]]


@dataclass(frozen=True)
class Area:
    """Cells of a sheet, from 1, both ends included; the first row of a sheet holds the heads."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Bars:
    """A bar chart of one column of numbers, labelled by another; rows from 1, both ends included."""

    title: str
    labels: int
    numbers: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Sheet:
    """A table to write. `rows` may be run through once only. `about` says what is in it; `kept` columns stay in sight
    at the left; `heat` areas are coloured by value; `bars` are drawn beside the table."""

    title: str
    columns: tuple[Column, ...]
    rows: Rows
    about: str = ""
    kept: int = 1
    filtered: bool = True
    heat: tuple[Area, ...] = ()
    bars: tuple[Bars, ...] = ()


@dataclass(frozen=True)
class Lost:
    """What an export could not take along: a kind of thing (English, translated where it is shown), where, how much."""

    what: str
    name: str
    count: int

    def as_json(self) -> dict[str, str | int]:
        """With the keys of the command line."""
        return {"what": self.what, "name": self.name, "count": self.count}


@dataclass
class Losses:
    """Losses gathered while writing, those of one kind and place added up."""

    found: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, what: str, name: str, count: int = 1) -> None:
        """Note a loss."""
        self.found[what, name] = self.found.get((what, name), 0) + count

    def all(self) -> list[Lost]:
        """The losses in the order they came."""
        return [Lost(what, name, count) for (what, name), count in self.found.items()]


def moment(at: datetime) -> datetime:
    """A moment for a table: UTC, whole seconds, without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def typed(values: Sequence[str]) -> list[Value]:
    """A column of texts as numbers when all that is there is a number as people type it (12 or 3,5; not 007), as days
    when all are days (2015-03-31), else as they are; empty ones are None."""
    for read in (_number, _day):
        found = [read(value.strip()) if value.strip() else None for value in values]
        if all(one is not None or not value.strip() for one, value in zip(found, values, strict=True)):
            return list(found)
    return [value if value.strip() else None for value in values]


def _number(value: str) -> int | float | None:
    plain = value.replace(",", ".", 1)
    digits = plain.removeprefix("-")
    whole, point, broken = digits.partition(".")
    if not (digits.isascii() and whole.isdigit() and (broken.isdigit() or not point)) or len(digits) > 15:
        return None
    if len(whole) > 1 and whole.startswith("0"):
        return None
    return float(plain) if point else int(plain)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
