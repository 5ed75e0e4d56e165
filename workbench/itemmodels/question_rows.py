"""Narratieven that were found, as rows of a reading list: words and codes are read when a row comes into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence

from codebook import asking
from codebook.query.index import ANY
from codebook.reading import Reading
from workbench.i18n import _
from workbench.itemmodels.question_names import QuestionNames
from workbench.widgets.chips import ChipSpec
from workbench.widgets.narrative_rows import NarrativeRow

CHUNK = 16
KEPT = 24
MEASURED = 3_000
"""Up to so many rows their lengths are looked up for exact scrolling; beyond, they are estimated."""

Highlights = Mapping[int, Sequence[tuple[int, int]]]


class FoundRows:
    """Rows for a `NarrativeList`. Narratieven in `opened` (ids) show the ones before and behind them too; `highlights`
    are ranges of a narratief's document text."""

    def __init__(self, reading: Reading, names: QuestionNames, ids: Sequence[int], codings: str = ANY,
                 highlights: Highlights | None = None, opened: frozenset[int] = frozenset()) -> None:
        self._reading, self._names, self._codings = reading, names, codings
        self._highlights = highlights or {}
        self._hits = ids if not opened else frozenset(ids)
        self._ids = ids if not opened else _with_neighbours(reading, ids, opened)
        self._has_neighbours = bool(opened)
        self._groups = reading.catalogue.groups_of_documents
        self._chunks: OrderedDict[int, list[NarrativeRow]] = OrderedDict()

    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def row_id(self, index: int) -> Hashable:
        """The narratief of a row."""
        return int(self._ids[index])

    def row(self, index: int) -> NarrativeRow:
        """A row in full."""
        number = index // CHUNK
        if number not in self._chunks:
            self._chunks[number] = self._fetch(self._ids[number * CHUNK:(number + 1) * CHUNK])
            if len(self._chunks) > KEPT:
                self._chunks.popitem(last=False)
        return self._chunks[number][index % CHUNK]

    def lengths(self) -> Sequence[int] | None:
        """Characters of every row's text; None when there are too many to look up."""
        return asking.lengths_of(self._reading, self._ids) if len(self._ids) <= MEASURED else None

    def forget(self) -> None:
        """Read words and codes again; the narratieven are the same."""
        self._chunks.clear()

    def _fetch(self, ids: Sequence[int]) -> list[NarrativeRow]:
        wanted = [int(number) for number in ids]
        places = {place.narratief_id: place.document_id for place in self._reading.places(wanted)}
        return [self._row(shown, self._groups.get(places[shown.id], ""))
                for shown in asking.shown(self._reading, wanted, codings=self._codings)]

    def _row(self, shown: asking.Shown, group: str) -> NarrativeRow:
        heading = " · ".join(part for part in (shown.document, str(shown.nr), group) if part)
        if self._has_neighbours and shown.id not in self._hits:
            heading = f"↕ {heading} · {_('beside it')}"
        return NarrativeRow(shown.id, heading, shown.text, self._chips(shown), self._marks(shown))

    def _chips(self, shown: asking.Shown) -> tuple[ChipSpec, ...]:
        given = [self._names.chips.get(code, ChipSpec("", code)) for code in shown.codes]
        absent = [ChipSpec(facet, _("not mentioned"), absent=True) for facet in shown.absent]
        return (*given, *absent)

    def _marks(self, shown: asking.Shown) -> tuple[tuple[int, int], ...]:
        end = shown.start + len(shown.text)
        return tuple((max(a, shown.start) - shown.start, min(b, end) - shown.start)
                     for a, b in self._highlights.get(shown.id, ()) if a < end and b > shown.start)


def _with_neighbours(reading: Reading, ids: Sequence[int], opened: frozenset[int]) -> list[int]:
    """The narratieven with, around every opened one, those beside it in its document."""
    hits, found = frozenset(int(n) for n in ids), []
    shown: set[int] = set()
    for number in map(int, ids):
        beside = asking.neighbours(reading, number) if number in opened else (None, None)
        for one in (beside[0], number, beside[1]):
            if one is not None and one not in shown and (one == number or one not in hits):
                shown.add(one)
                found.append(one)
    return found
