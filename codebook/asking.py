"""Questions asked by name, answered with names: what the command line and the window both call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import select

from codebook.analysis import cooccurrence as crossing
from codebook.analysis import frequencies as counting
from codebook.analysis import grid as grids
from codebook.analysis.axes import Fold, code_ids
from codebook.analysis.table_units import RespondentUnits
from codebook.query import bits
from codebook.query.algebra import Code, Expression
from codebook.query.bits import Bits, Ints
from codebook.query.catalogue import CodeName
from codebook.query.evaluate import Part, Result, TextSearch, evaluate
from codebook.query.index import ANY
from codebook.query.text import parse
from codebook.query.units import TableUnit, Unit, Units, units_of
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.models import Document, Narratief, TextContent
from corpora.store.writing import batched

Against = Literal["document", "group", "kind", "attribute", "coder"]
"""What codes can be set against in a table."""

EVERY = "*"
"""Stands for all codes of a facet."""


@dataclass(frozen=True)
class Shown:
    """A narratief as a list shows it: where it stands, its words, its codes as `FACET:label`, and the facets that are
    *niet genoemd*. `start` is the offset of its first word in the document's text."""

    id: int
    document: str
    nr: int
    text: str
    codes: tuple[str, ...]
    absent: tuple[str, ...] = ()
    start: int = 0


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


def ask(reading: Reading, expression: str | Expression, *, unit: Unit = "narratief", codings: str = ANY,
        text: TextSearch | None = None) -> Result:
    """The narratieven that answer an expression, with a count for each of its parts. `text` answers questions about
    words, in place of a search at once."""
    node = parse(expression) if isinstance(expression, str) else expression
    return evaluate(node, reading.index, reading.catalogue, unit=unit, codings=reading.codings(codings),
                    text=text or reading.with_text, parts=True)


_heard: WeakKeyDictionary[Reading, tuple[Ints, grids.Respondents]] = WeakKeyDictionary()


def people(reading: Reading) -> grids.Respondents:
    """Who is heard in which narratief, kept until speakers or narratieven change."""
    narratieven, persons = reading.respondents
    known = _heard.get(reading)
    if known is None or known[0] is not narratieven:
        known = _heard[reading] = (narratieven, grids.Respondents.build(reading.index, narratieven, persons))
    return known[1]


def query(reading: Reading, expression: str, *, unit: Unit = "narratief", codings: str = ANY) -> Answer:
    """Ask an expression and read the narratieven that answer it."""
    found = ask(reading, expression, unit=unit, codings=codings)
    return Answer(expression, unit, found.codings, found.count, found.documents, found.units,
                  tuple(shown(reading, found.ids.tolist(), codings=found.codings)), found.parts)


def shown(reading: Reading, ids: Sequence[int], *, codings: str = ANY) -> list[Shown]:
    """Narratieven with their words and codes, in the order given."""
    pieces = pieces_of(reading, ids)
    names = code_names(reading)
    slots = reading.index.slots_of(ids).astype(np.int64)
    given = reading.index.codes_of(slots, reading.codings(codings))
    return [Shown(place.narratief_id, place.document, place.nr, pieces[place.narratief_id][1],
                  tuple(names[c] for c in _in_order(reading, codes)), absent, pieces[place.narratief_id][0])
            for place, codes, absent in zip(reading.places(ids), given, _absent(reading, slots, codings), strict=True)]


def _absent(reading: Reading, slots: Ints, codings: str) -> list[tuple[str, ...]]:
    """Per slot the facets that are *niet genoemd*."""
    whose = reading.codings(codings)
    marked = [(f.label, bits.unpack(reading.index.absent(f.id, reading.catalogue.codes_of(f.id), whose))[slots])
              for f in reading.catalogue.facets]
    return [tuple(label for label, mask in marked if mask[n]) for n in range(slots.size)]


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
    """The words of narratieven."""
    return {number: words for number, (_, words) in pieces_of(reading, ids).items()}


def pieces_of(reading: Reading, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Where the words of narratieven begin in their document's text, and the words; each text is read once."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    found: dict[int, tuple[int, str]] = {}
    with reading.project.read() as session:
        for some in batched(ids, 500):
            for row in session.execute(select(Narratief.id, Narratief.document_id, Narratief.start, Narratief.end)
                                       .where(Narratief.id.in_(some))):
                spans.setdefault(row.document_id, []).append((row.id, row.start, row.end))
        for document_id, pieces in spans.items():
            body = session.scalar(select(TextContent.body).join(Document, Document.content_hash == TextContent.hash)
                                  .where(Document.id == document_id)) or ""
            found.update((number, _stripped(body, start, end)) for number, start, end in pieces)
    return found


def _stripped(body: str, start: int, end: int) -> tuple[int, str]:
    words = body[start:end]
    return start + len(words) - len(words.lstrip()), words.strip()


def neighbours(reading: Reading, narratief_id: int) -> tuple[int | None, int | None]:
    """The narratieven before and behind one in its document."""
    index = reading.index
    slot = index.slot(narratief_id)
    document = index.document_id(int(index.document_numbers[slot]))
    own = index.ids(index.of_documents([document])).tolist()
    at = own.index(narratief_id)
    return (own[at - 1] if at else None), (own[at + 1] if at + 1 < len(own) else None)


def lengths_of(reading: Reading, ids: Sequence[int]) -> list[int]:
    """How many characters narratieven have, without reading them."""
    found: dict[int, int] = {}
    with reading.project.read() as session:
        for some in batched(ids, 500):
            found.update(session.execute(select(Narratief.id, Narratief.end - Narratief.start)
                                         .where(Narratief.id.in_(some))).all())
    return [found.get(int(number), 0) for number in ids]


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
    found = grids.grid(reading.index, [[c.id for c in codes] for _, codes in axes],
                       codings=reading.codings(codings), respondents=people(reading))
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
class NamedAxis:
    """The rows or columns of a table: what they are together, and the label and codes of each."""

    name: str
    labels: tuple[str, ...]
    folds: tuple[Fold, ...]


def axis(reading: Reading, facet: str) -> NamedAxis:
    """All codes of a facet; UsageError when it has none."""
    label, found = _chosen(reading, facet, [EVERY])
    if not found:
        raise UsageError("Facet {facet} has no codes yet.", facet=label)
    return NamedAxis(label, tuple(c.label for c in found), tuple(c.id for c in found))


def units(reading: Reading, unit: TableUnit, heard: grids.Respondents | None = None) -> Units:
    """The units of a table; `heard` says who is heard, when that is known already."""
    if unit == "respondent":
        return RespondentUnits.of(heard or people(reading))
    return units_of(reading.index, unit, reading.catalogue)


@dataclass(frozen=True)
class NamedCooccurrence:
    """A co-occurrence table with labels and the names of its facets."""

    row_facet: str
    column_facet: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    unit: TableUnit
    codings: str
    n: int
    where: str | None
    table: crossing.Cooccurrence


def cooccurrence(reading: Reading, rows: str | NamedAxis, columns: str | NamedAxis, *, unit: TableUnit = "narratief",
                 codings: str = ANY, where: str | None = None, text: TextSearch | None = None,
                 heard: grids.Respondents | None = None) -> NamedCooccurrence:
    """Count every code of one facet (or chosen codes) with every code of another or the same, within the narratieven
    of `where`."""
    row_axis = axis(reading, rows) if isinstance(rows, str) else rows
    column_axis = axis(reading, columns) if isinstance(columns, str) else columns
    found = crossing.cooccurrence(reading.index, row_axis.folds, column_axis.folds,
                                  units=units(reading, unit, heard), codings=reading.codings(codings),
                                  where=within(reading, where, codings, text))
    return NamedCooccurrence(row_axis.name, column_axis.name, row_axis.labels, column_axis.labels, unit, codings,
                             found.n, where, found)


def within(reading: Reading, where: str | None, codings: str = ANY, text: TextSearch | None = None) -> Bits | None:
    """The narratieven that a table is confined to; None without a condition."""
    return ask(reading, where, codings=codings, text=text).bits if where else None


def cell_ids(reading: Reading, found: NamedCooccurrence, row: int, column: int, text: TextSearch | None = None,
             heard: grids.Respondents | None = None) -> list[int]:
    """The narratieven behind a number of a table; row or column -1 stands for a total, all that carry the other."""
    where, whose = within(reading, found.where, found.codings, text), reading.codings(found.codings)
    one = found.table.rows[row] if row >= 0 else found.table.columns[column]
    other = found.table.columns[column] if column >= 0 else one
    chosen = crossing.cell(reading.index, one, other, units=units(reading, found.unit, heard), codings=whose,
                           where=where)
    return [int(n) for n in reading.index.ids(chosen)]


@dataclass(frozen=True)
class NamedCrossTable:
    """Codes of a facet against documents, groups, kinds, the values of an attribute, or coders, with labels.
    `columns` are as a question names them; "" stands for what has no group or value."""

    facet: str
    rows: tuple[str, ...]
    dimension: Against
    attribute: str
    codings: str
    where: str | None
    table: counting.CrossTable


def cross_table(reading: Reading, facet: str | NamedAxis, dimension: Against, *, attribute: str = "",
                unit: TableUnit = "narratief", codings: str = ANY, where: str | None = None,
                text: TextSearch | None = None, heard: grids.Respondents | None = None) -> NamedCrossTable:
    """Count every code of a facet per document, group, kind, value of an attribute, or coder (each coder with their
    own codings)."""
    rows = axis(reading, facet) if isinstance(facet, str) else facet
    universe, counted = within(reading, where, codings, text), units(reading, unit, heard)
    if dimension == "coder":
        coders = reading.catalogue.coders
        found = counting.by_coder(reading.index, rows.folds, [c.id for c in coders], [c.name for c in coders],
                                  units=counted, where=universe)
    else:
        found = counting.by_documents(reading.index, rows.folds, dimension, reading.catalogue, attribute=attribute,
                                      units=counted, codings=reading.codings(codings), where=universe)
    return NamedCrossTable(rows.name, rows.labels, dimension, attribute, codings, where, found)


def cross_ids(reading: Reading, found: NamedCrossTable, row: int, column: int,
              text: TextSearch | None = None) -> list[int]:
    """The narratieven behind a number of a table; row -1: with any code of the facet; column -1: anywhere."""
    index, table = reading.index, found.table
    name = table.columns[column] if column >= 0 else None
    whose = reading.codings(found.codings)
    if found.dimension == "coder":
        whose = reading.catalogue.coder(name).id if name is not None else ANY
    codes = [c for fold in table.rows for c in code_ids(fold)] if row < 0 else code_ids(table.rows[row])
    chosen = index.any_of(list(codes), whose) & _universe(reading, found, text)
    if name is not None and found.dimension != "coder":
        chosen = chosen & index.of_documents(_documents_of(reading, found, name))
    return [int(n) for n in index.ids(chosen)]


def _universe(reading: Reading, found: NamedCrossTable, text: TextSearch | None) -> Bits:
    where = within(reading, found.where, found.codings, text)
    return reading.index.live if where is None else where & reading.index.live


def _documents_of(reading: Reading, found: NamedCrossTable, name: str) -> list[int]:
    """The documents of a column."""
    catalogue, groups = reading.catalogue, reading.catalogue.groups_of_documents
    if found.dimension == "document":
        return [d.id for d in catalogue.documents if d.title == name]
    if found.dimension == "kind":
        return [d.id for d in catalogue.documents if d.kind == name]
    values = catalogue.values_of(found.attribute) if found.dimension == "attribute" else groups
    return [d.id for d in catalogue.documents if values.get(d.id, "") == name]
