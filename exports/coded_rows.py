"""The codings of a project row by row, as tables and files want them, a few documents at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import asking
from codebook.coding import NOT_MENTIONED
from codebook.models import Code, Coding, Decision, NotMentioned
from codebook.query import bits
from codebook.query.index import ANY, DECIDED
from codebook.reading import Reading
from corpora.models import Narratief
from corpora.store.writing import batched

DOCUMENTS_AT_A_TIME = 100


@dataclass(frozen=True)
class CodingRow:
    """A coding, or *niet genoemd* with its reason; `number` is the code's, None when it has none."""

    document: str
    document_id: int
    nr: int
    facet: str
    label: str
    number: int | None
    coder: str
    at: datetime
    reason: str = ""

    @property
    def qualified(self) -> str:
        """The code as a bulk file names it, `WAT:Autonomie`."""
        return f"{self.facet}:{self.label}"


@dataclass(frozen=True)
class _Names:
    facets: Mapping[int, str]
    facet_rank: Mapping[int, int]
    codes: Mapping[int, tuple[int, str]]
    code_rank: Mapping[int, int]
    numbers: Mapping[int, int | None]
    coders: Mapping[int, str]


def codings(reading: Reading, whose: str = ANY) -> Iterator[CodingRow]:
    """Every coding on narratieven that count, in order of document, nr, facet, code and coder.

    `whose` is `any`, a coder's name, or `decided`: then what was decided against is left out, and what was decided for
    without anybody having given it stands under the name of who decided.
    """
    names, chosen = _names(reading), reading.codings(whose)
    titles = reading.titles
    with reading.project.read() as session:
        for some in batched(reading.index.documents, DOCUMENTS_AT_A_TIME):
            rows = [*_given(session, some, chosen), *_standing(reading, _absent(session, some, chosen), chosen)]
            seen = [row for row in rows if not reading.hides(row[0], row[3])]
            yield from _in_order(reading, names, titles, some, seen)


def _names(reading: Reading) -> _Names:
    with reading.project.read() as session:
        numbers = {key: value for key, value in session.execute(select(Code.id, Code.number))}
    facets = reading.catalogue.facets
    ordered = asking.ordered_codes(reading)
    return _Names({f.id: f.label for f in facets}, {f.id: n for n, f in enumerate(facets)},
                  {c.id: (c.facet_id, c.label) for c in ordered}, {c.id: n for n, c in enumerate(ordered)},
                  numbers, {c.id: c.name for c in reading.catalogue.coders})


_Found = tuple[int, int | None, int, int, datetime, str]
"""Narratief, code (None for *niet genoemd*), facet (0 with a code), coder, moment, reason."""


def _given(session: Session, documents: Sequence[int], chosen: str | int) -> Iterator[_Found]:
    query = select(Coding.narratief_id, Coding.code_id, Coding.coder_id, Coding.made_at).join(
        Narratief, Narratief.id == Coding.narratief_id).where(Narratief.counts, Narratief.document_id.in_(documents))
    if isinstance(chosen, int):
        query = query.where(Coding.coder_id == chosen)
    verdicts = _verdicts(session, documents) if chosen == DECIDED else {}
    for narratief, code, coder, at in session.execute(query):
        verdict = verdicts.get((narratief, code))
        if verdict is None or verdict[0]:
            yield narratief, code, 0, coder, at, ""
        verdicts.pop((narratief, code), None) if verdict is not None and verdict[0] else None
    for (narratief, code), (yes, coder, at) in verdicts.items():
        if yes:
            yield narratief, code, 0, coder, at, ""


def _verdicts(session: Session, documents: Sequence[int]) -> dict[tuple[int, int], tuple[bool, int, datetime]]:
    rows = session.execute(
        select(Decision.narratief_id, Decision.code_id, Decision.yes, Decision.coder_id, Decision.made_at)
        .join(Narratief, Narratief.id == Decision.narratief_id).where(Narratief.document_id.in_(documents),
                                                                       Narratief.counts))
    return {(n, c): (yes, coder, at) for n, c, yes, coder, at in rows}


def _absent(session: Session, documents: Sequence[int], chosen: str | int) -> Iterator[_Found]:
    query = select(NotMentioned.narratief_id, NotMentioned.facet_id, NotMentioned.coder_id, NotMentioned.made_at,
                   NotMentioned.reason).join(Narratief, Narratief.id == NotMentioned.narratief_id).where(
        Narratief.counts, Narratief.document_id.in_(documents))
    if isinstance(chosen, int):
        query = query.where(NotMentioned.coder_id == chosen)
    for narratief, facet, coder, at, reason in session.execute(query):
        yield narratief, None, facet, coder, at, reason


def _standing(reading: Reading, rows: Iterator[_Found], chosen: str | int) -> list[_Found]:
    """Of rows of *niet genoemd*, those that a decision did not overtake."""
    if chosen != DECIDED:
        return list(rows)
    index, catalogue = reading.index, reading.catalogue
    masks = {f.id: bits.unpack(index.absent(f.id, catalogue.codes_of(f.id), DECIDED)) for f in catalogue.facets}
    return [row for row in rows if masks[row[2]][index.slot(row[0])]]


def _in_order(reading: Reading, names: _Names, titles: Mapping[int, str], documents: Sequence[int],
              rows: Sequence[_Found]) -> Iterator[CodingRow]:
    slots = reading.index.slots_of([row[0] for row in rows])
    ranks, nrs = reading.index.ranks[slots].tolist(), reading.index.nr[slots].tolist()
    owners = reading.index.document_numbers[slots].tolist()
    last = len(names.code_rank)

    def key(at: int) -> tuple[Any, ...]:
        _, code, facet, coder, _, _ = rows[at]
        owner = names.codes[code][0] if code is not None else facet
        return ranks[at], names.facet_rank[owner], last if code is None else names.code_rank[code], names.coders[coder]

    for at in sorted(range(len(rows)), key=key):
        _, code, facet, coder, made, reason = rows[at]
        owner, label = (facet, NOT_MENTIONED) if code is None else names.codes[code]
        document = reading.index.document_id(owners[at])
        yield CodingRow(titles[document], document, nrs[at], names.facets[owner], label,
                        names.numbers[code] if code is not None else None, names.coders[coder], made, reason)
