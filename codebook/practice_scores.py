"""Rounds of practice compared with their key, by name and with the codebook beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codes, practice
from codebook.analysis import practice as measures
from codebook.analysis.practice import Score
from codebook.models import PracticeRound, PracticeSet
from codebook.practice import Answer, Answers, RoundRow
from corpora.models import Narratief
from corpora.store.writing import batched


@dataclass(frozen=True)
class Compared:
    """A round with its score, and what key and answer say of every narratief."""

    round: RoundRow
    score: Score
    key: Answers
    answer: Answers


def compared(session: Session, round_id: int) -> Compared:
    """A round against the key as it stands now."""
    one = session.get_one(PracticeRound, round_id)
    row = next(r for r in practice.rounds(session, one.set_id) if r.id == round_id)
    return _compared(session, row, session.get_one(PracticeSet, one.set_id).key_id)


def of_set(session: Session, set_id: int, coder: int | None = None) -> list[Compared]:
    """All finished rounds on a set, of one coder or of everybody."""
    key = session.get_one(PracticeSet, set_id).key_id
    return [_compared(session, row, key) for row in practice.rounds(session, set_id)
            if row.ended is not None and (coder is None or row.coder_id == coder)]


def _compared(session: Session, row: RoundRow, key_id: int | None) -> Compared:
    narratieven = practice.items(session, row.set_id)
    key, answer = practice.key_answers(session, narratieven, key_id), practice.answers(session, row.id)
    facets: dict[int, list[int]] = {f.id: [] for f in codes.facets(session)}
    for entry in codes.entries(session):
        facets[entry.facet.id].append(entry.code.id)
    found = measures.score(narratieven, _sets(key), _sets(answer), facets, _documents(session, narratieven))
    return Compared(row, found, key, answer)


def _sets(said: Answers) -> dict[int, set[int]]:
    return {narratief: one.codes for narratief, one in said.items()}


def _documents(session: Session, narratieven: Sequence[int]) -> dict[int, int]:
    return {n: d for some in batched(narratieven, 500) for n, d in session.execute(
        select(Narratief.id, Narratief.document_id).where(Narratief.id.in_(some)))}


def said_of(answers: Answers, narratief: int) -> Answer:
    """What was said of a narratief; nothing when it was not looked at."""
    return answers.get(narratief, Answer())
