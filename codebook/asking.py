"""Questions asked by name, answered with names: what the command line and the window both call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import select

from codebook.analysis import cooccurrence as crossing
from codebook.analysis import grid as grids
from codebook.analysis.axes import Fold
from codebook.query.algebra import Code
from codebook.query.bits import Bits
from codebook.query.catalogue import CodeName
from codebook.query.evaluate import Part
from codebook.query.index import ANY
from codebook.query.units import Unit, units_of
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.models import Document, Narratief, TextContent
from corpora.store.writing import batched

EVERY = "*"
"""Stands for all codes of a facet."""


@dataclass(frozen=True)
class Shown:
    """A narratief as a list shows it: where it stands, its words, and its codes as `FACET:label`."""

    id: int
    document: str
    nr: int
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The narratieven that answer a question, in order of title and nr. `count` of them in `documents` documents;
    `units` says in how many units the expression holds, `parts` how often each part of it does."""

    expression: str
    unit: Unit
    codings: str
    count: int
    documents: int
    units: int
    narratieven: tuple[Shown, ...]
    parts: tuple[Part, ...]


def query(reading: Reading, expression: str, *, unit: Unit = "narratief", codings: str = ANY) -> Answer:
    """Ask an expression and read the narratieven that answer it."""
    found = reading.ask(expression, unit=unit, codings=codings)
    return Answer(expression, unit, found.codings, found.count, found.documents, found.units,
                  tuple(shown(reading, found.ids.tolist(), codings=found.codings)), found.parts)


def shown(reading: Reading, ids: Sequence[int], *, codings: str = ANY) -> list[Shown]:
    """Narratieven with their words and codes, in the order given."""
    texts = texts_of(reading, ids)
    names = code_names(reading)
    slots = reading.index.slots_of(ids).astype(np.int64)
    given = reading.index.codes_of(slots, reading.codings(codings))
    return [Shown(place.narratief_id, place.document, place.nr, texts[place.narratief_id],
                  tuple(names[c] for c in _in_order(reading, codes)))
            for place, codes in zip(reading.places(ids), given, strict=True)]


def _in_order(reading: Reading, codes: Iterable[int]) -> list[int]:
    rank = {code.id: n for n, code in enumerate(ordered_codes(reading))}
    return sorted(codes, key=lambda c: rank[c])


def ordered_codes(reading: Reading) -> list[CodeName]:
    """The codes in order of facet and place in the codebook."""
    rank = {facet.id: n for n, facet in enumerate(reading.catalogue.facets)}
    return sorted(reading.catalogue.codes, key=lambda c: rank[c.facet_id])


def code_names(reading: Reading) -> dict[int, str]:
    """Code number → `FACET:label`."""
    facets = {f.id: f.label for f in reading.catalogue.facets}
    return {c.id: f"{facets[c.facet_id]}:{c.label}" for c in reading.catalogue.codes}


def texts_of(reading: Reading, ids: Sequence[int]) -> dict[int, str]:
    """The words of narratieven; each document's text is read once."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    found: dict[int, str] = {}
    with reading.project.read() as session:
        for some in batched(ids, 500):
            for row in session.execute(select(Narratief.id, Narratief.document_id, Narratief.start, Narratief.end)
                                       .where(Narratief.id.in_(some))):
                spans.setdefault(row.document_id, []).append((row.id, row.start, row.end))
        for document_id, pieces in spans.items():
            body = session.scalar(select(TextContent.body).join(Document, Document.content_hash == TextContent.hash)
                                  .where(Document.id == document_id)) or ""
            found.update((number, body[start:end].strip()) for number, start, end in pieces)
    return found


@dataclass(frozen=True)
class GridCell:
    """A combination with its labels; `folds` are the codes behind them."""

    codes: tuple[str, ...]
    folds: tuple[Fold, ...]
    count: int
    documents: int
    respondents: int


@dataclass(frozen=True)
class NamedGrid:
    """A grid with labels: `facets` and their chosen codes, every combination, empty ones too."""

    facets: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    codings: str
    grid: grids.Grid

    @cached_property
    def cells(self) -> tuple[GridCell, ...]:
        """All combinations; the last facet runs fastest."""
        label = {fold: name for axis, names in zip(self.grid.axes, self.codes, strict=True)
                 for fold, name in zip(axis, names, strict=True)}
        return tuple(GridCell(tuple(label[f] for f in cell.codes), cell.codes, cell.count, cell.documents,
                              cell.respondents) for cell in self.grid.cells())


def grid(reading: Reading, choices: Sequence[tuple[str, Sequence[str]]], *, codings: str = ANY) -> NamedGrid:
    """Every combination of the chosen codes, one per facet: `("WAT", ["Werkzame factor"])`, `("HOE", ["*"])`."""
    axes = [_chosen(reading, facet, names) for facet, names in choices]
    persons = grids.Respondents.build(reading.index, *reading.respondents)
    found = grids.grid(reading.index, [[c.id for c in codes] for _, codes in axes],
                       codings=reading.codings(codings), respondents=persons)
    return NamedGrid(tuple(facet for facet, _ in axes), tuple(tuple(c.label for c in codes) for _, codes in axes),
                     codings, found)


def _chosen(reading: Reading, facet_label: str, names: Sequence[str]) -> tuple[str, list[CodeName]]:
    facet = reading.catalogue.facet(facet_label)
    codes = [c for c in ordered_codes(reading) if c.facet_id == facet.id]
    if list(names) == [EVERY]:
        return facet.label, codes
    found = [reading.catalogue.code(Code(label=name, facet=facet.label)) for name in names]
    return facet.label, list(dict.fromkeys(found))


@dataclass(frozen=True)
class NamedCooccurrence:
    """A co-occurrence table with labels and the names of its facets."""

    row_facet: str
    column_facet: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    unit: Unit
    codings: str
    n: int
    where: str | None
    table: crossing.Cooccurrence


def cooccurrence(reading: Reading, rows: str, columns: str, *, unit: Unit = "narratief", codings: str = ANY,
                 where: str | None = None) -> NamedCooccurrence:
    """Count every code of one facet with every code of another (or the same), within the narratieven of `where`."""
    row_facet, row_codes = _chosen(reading, rows, [EVERY])
    column_facet, column_codes = _chosen(reading, columns, [EVERY])
    if not row_codes or not column_codes:
        raise UsageError("Facet {facet} has no codes yet.", facet=column_facet if row_codes else row_facet)
    units = units_of(reading.index, unit, reading.catalogue)
    found = crossing.cooccurrence(reading.index, [c.id for c in row_codes], [c.id for c in column_codes], units=units,
                                  codings=reading.codings(codings), where=_within(reading, where, codings))
    return NamedCooccurrence(row_facet, column_facet, tuple(c.label for c in row_codes),
                             tuple(c.label for c in column_codes), unit, codings, found.n, where, found)


def _within(reading: Reading, where: str | None, codings: str) -> Bits | None:
    return reading.ask(where, codings=codings).bits if where else None


def cell_ids(reading: Reading, found: NamedCooccurrence, row: int, column: int) -> list[int]:
    """The narratieven behind a cell of a table."""
    units = units_of(reading.index, found.unit, reading.catalogue)
    chosen = crossing.cell(reading.index, found.table.rows[row], found.table.columns[column], units=units,
                           codings=reading.codings(found.codings), where=_within(reading, found.where, found.codings))
    return [int(n) for n in reading.index.ids(chosen)]
