"""The narratieven and quotes behind patterns: adding and judging them, and how much there is behind each pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import DIRECTIONS, Coder, Pattern, PatternEvidence, Quote
from codebook.query.bits import Ints
from codebook.reading import load_respondents
from codebook.tracing import places_of
from corpora.errors import UsageError
from corpora.models import Document, Narratief, RespondentGroup
from corpora.store.base import now
from corpora.store.writing import batched, delete_rows, insert_rows, update_rows


@dataclass(frozen=True)
class EvidenceLine:
    """A row of evidence as a list shows it. `narratief_id` is None when the narratief is gone; `is_quote_lost` when it
    was a quote that was let go of. `nr` is None too for what is *geen narratief* now: that does not count."""

    id: int
    pattern_id: int
    narratief_id: int | None
    quote_id: int | None
    place: str
    nr: int | None
    direction: str
    note: str
    coder: str
    is_quote_lost: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether nothing is behind this row any more that counts."""
        return self.nr is None


@dataclass(frozen=True)
class Weight:
    """How much is behind a pattern: distinct narratieven with their documents, respondents and respondent groups;
    of the rows how many support, contradict and nuance, how many are quotes, and how many lost their narratief or
    quote."""

    narratieven: int = 0
    documents: int = 0
    respondents: int = 0
    groups: int = 0
    supports: int = 0
    contradicts: int = 0
    nuances: int = 0
    quotes: int = 0
    lost: int = 0


def add(session: Session, coder: int, pattern_id: int, narratief_ids: Iterable[int], direction: str = "steunt",
        note: str = "") -> int:
    """Put narratieven behind a pattern; what is there already in this direction stays as it is. Returns how many were
    new."""
    _check_direction(direction)
    have = set(session.scalars(select(PatternEvidence.narratief_id).where(
        PatternEvidence.pattern_id == pattern_id, PatternEvidence.quote_id.is_(None),
        PatternEvidence.direction == direction)))
    wanted = [n for n in dict.fromkeys(int(n) for n in narratief_ids) if n not in have]
    return len(insert_rows(session, PatternEvidence, _rows(session, coder, pattern_id, [(n, None) for n in wanted],
                                                           direction, note)))


def add_quotes(session: Session, coder: int, pattern_id: int, quote_ids: Iterable[int], direction: str = "steunt",
               note: str = "") -> int:
    """Put quotes behind a pattern; one that is there already stays as it is. Returns how many were new."""
    _check_direction(direction)
    have = set(session.scalars(select(PatternEvidence.quote_id).where(
        PatternEvidence.pattern_id == pattern_id, PatternEvidence.quote_id.is_not(None))))
    wanted = [session.get_one(Quote, n) for n in dict.fromkeys(quote_ids) if n not in have]
    pairs = [(quote.narratief_id, quote.id) for quote in wanted]
    return len(insert_rows(session, PatternEvidence, _rows(session, coder, pattern_id, pairs, direction, note)))


def _check_direction(direction: str) -> None:
    if direction not in DIRECTIONS:
        raise UsageError("Evidence supports, contradicts or nuances: {choices}.", choices=", ".join(DIRECTIONS))


def _rows(session: Session, coder: int, pattern_id: int, pairs: Sequence[tuple[int, int | None]], direction: str,
          note: str) -> list[dict[str, object]]:
    session.get_one(Pattern, pattern_id)
    places = places_of(session, [n for n, _ in pairs])
    missing = [n for n, _ in pairs if n not in places]
    if missing:
        raise UsageError("There is no narratief with number {id} in this project.", id=missing[0])
    return [{"pattern_id": pattern_id, "narratief_id": narratief, "quote_id": quote, "direction": direction,
             "quoted": quote is not None, "place": places[narratief].words, "note": note.strip(), "coder_id": coder,
             "made_at": now()} for narratief, quote in pairs]


def judge(session: Session, evidence_ids: Iterable[int], direction: str) -> None:
    """Say what evidence does to its pattern: supports, contradicts or nuances it."""
    _check_direction(direction)
    update_rows(session, PatternEvidence, {n: {"direction": direction} for n in evidence_ids})


def annotate(session: Session, evidence_id: int, note: str) -> None:
    """Write why something is evidence."""
    session.get_one(PatternEvidence, evidence_id).note = note.strip()


def set_quote(session: Session, evidence_id: int, quote_id: int | None) -> None:
    """Let a quote out of its own narratief stand for a row of evidence, or (None) the narratief as a whole."""
    found = session.get_one(PatternEvidence, evidence_id)
    if quote_id is not None and session.get_one(Quote, quote_id).narratief_id != found.narratief_id:
        raise UsageError("That quote is out of another narratief.")
    found.quote_id, found.quoted = quote_id, quote_id is not None


def give_to(session: Session, evidence_ids: Iterable[int], pattern_id: int) -> None:
    """Put evidence behind another pattern."""
    session.get_one(Pattern, pattern_id)
    update_rows(session, PatternEvidence, {n: {"pattern_id": pattern_id} for n in evidence_ids})


def remove(session: Session, evidence_ids: Iterable[int]) -> None:
    """Take evidence away from its pattern; narratieven and quotes stay."""
    delete_rows(session, PatternEvidence, evidence_ids)


# reading


def lines(session: Session, pattern_ids: Iterable[int]) -> dict[int, list[EvidenceLine]]:
    """Pattern → its evidence, in order of document and nr; what is lost comes last."""
    rows = [row for some in batched(pattern_ids, 500) for row in session.execute(
        select(PatternEvidence, Coder.name).join(Coder, Coder.id == PatternEvidence.coder_id)
        .where(PatternEvidence.pattern_id.in_(some)).order_by(PatternEvidence.id))]
    places = places_of(session, [row.narratief_id for row, _ in rows if row.narratief_id is not None])
    found: dict[int, list[EvidenceLine]] = {}
    for row, coder in rows:
        at = places.get(row.narratief_id or 0)
        found.setdefault(row.pattern_id, []).append(EvidenceLine(
            row.id, row.pattern_id, row.narratief_id, row.quote_id, at.words if at else row.place,
            at.nr if at else None, row.direction, row.note, coder, row.quoted and row.quote_id is None))
    order = {number: n for n, number in enumerate(places)}
    for some_lines in found.values():
        some_lines.sort(key=lambda line: (line.is_lost, order.get(line.narratief_id or 0, len(order)), line.id))
    return found


def narratieven(session: Session, pattern_ids: Iterable[int]) -> list[int]:
    """The narratieven behind patterns that count, in order of document and nr."""
    ids = [n for some in batched(pattern_ids, 500) for n in session.scalars(_behind(some).distinct())]
    return list(places_of(session, ids))


def _behind(pattern_ids: Sequence[int]) -> Any:
    return (select(Narratief.id).join(PatternEvidence, PatternEvidence.narratief_id == Narratief.id)
            .where(PatternEvidence.pattern_id.in_(pattern_ids), Narratief.counts))


def weights(session: Session, pattern_ids: Iterable[int] | None = None,
            heard: tuple[Ints, Ints] | None = None) -> dict[int, Weight]:
    """How much is behind patterns (all, when None). `heard` are the pairs of narratief and respondent when they are
    known already (`Reading.respondents`)."""
    wanted = list(session.scalars(select(Pattern.id)) if pattern_ids is None else pattern_ids)
    columns = (PatternEvidence.pattern_id, PatternEvidence.narratief_id, PatternEvidence.quote_id,
               PatternEvidence.quoted, PatternEvidence.direction, Narratief.document_id, Narratief.counts,
               RespondentGroup.label)
    rows = [row for some in batched(wanted, 500) for row in session.execute(
        select(*columns).outerjoin(Narratief, Narratief.id == PatternEvidence.narratief_id)
        .outerjoin(Document, Document.id == Narratief.document_id)
        .outerjoin(RespondentGroup, RespondentGroup.id == Document.group_id)
        .where(PatternEvidence.pattern_id.in_(some)))]
    people = _people(session, {row.narratief_id for row in rows if row.narratief_id is not None}, heard)
    of_pattern: dict[int, list[Any]] = {number: [] for number in wanted}
    for row in rows:
        of_pattern[row.pattern_id].append(row)
    return {number: _weight(some, people) for number, some in of_pattern.items()}


def _people(session: Session, ids: set[int], heard: tuple[Ints, Ints] | None) -> dict[int, set[int]]:
    """Narratief → who is heard in it."""
    found: dict[int, set[int]] = {}
    if ids:
        narratief, respondent = load_respondents(session) if heard is None else heard
        for own in np.flatnonzero(np.isin(narratief, sorted(ids))).tolist():
            found.setdefault(int(narratief[own]), set()).add(int(respondent[own]))
    return found


def _weight(rows: Sequence[Any], people: Mapping[int, set[int]]) -> Weight:
    standing = [row for row in rows if row.narratief_id is not None and row.counts]
    ids = {row.narratief_id for row in standing}
    gone = sum(row.quoted and row.quote_id is None for row in standing)
    supports, contradicts, nuances = (sum(row.direction == one for row in standing) for one in DIRECTIONS)
    return Weight(len(ids), len({row.document_id for row in standing}),
                  len(set().union(*(people.get(n, set()) for n in ids))),
                  len({row.label for row in standing if row.label}), supports, contradicts, nuances,
                  sum(row.quote_id is not None for row in standing), len(rows) - len(standing) + gone)
