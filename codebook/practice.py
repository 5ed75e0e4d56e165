"""Oefenmodus: a fixed set of narratieven that one codes blind, in rounds, to be compared with a key. What one answers
stays apart from the codings of the study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import (
    Code,
    Coder,
    Coding,
    Decision,
    NotMentioned,
    PracticeAnswer,
    PracticeItem,
    PracticeRound,
    PracticeSet,
)
from corpora.errors import UsageError
from corpora.models import Narratief
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import batched, delete_rows, insert_rows


@dataclass(frozen=True)
class SetRow:
    """A practice set; `key_id` is None when the decided set is the key."""

    id: int
    name: str
    key_id: int | None
    key: str
    n: int


@dataclass(frozen=True)
class RoundRow:
    """A round of a coder, the `nr`-th on that set; `ended` is None while it goes on."""

    id: int
    set_id: int
    coder_id: int
    coder: str
    nr: int
    begun: datetime
    ended: datetime | None


@dataclass
class Answer:
    """What was said of one narratief: codes, and facets that are *niet genoemd*."""

    codes: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)


Answers = Mapping[int, Answer]
"""Narratief → what was said of it; a narratief that is not there was not looked at."""


# -- sets ----------------------------------------------------------------------------------------------------------


def make_set(session: Session, name: str, narratief_ids: Iterable[int], key_id: int | None) -> int:
    """A set of those of these narratieven that the key codes, in the order given; UsageError when there is none."""
    wanted = _free_name(session, name)
    items = coded_by(session, list(dict.fromkeys(narratief_ids)), key_id)
    if not items:
        raise UsageError("The key has coded none of these narratieven, so there is nothing to compare with. Choose "
                         "others, or another key.")
    made = PracticeSet(name=wanted, key_id=key_id)
    session.add(made)
    session.flush()
    insert_rows(session, PracticeItem, [{"set_id": made.id, "narratief_id": n, "position": place}
                                        for place, n in enumerate(items)])
    return made.id


def _free_name(session: Session, name: str, but: int | None = None) -> str:
    wanted = " ".join(name.split())[:200]
    if not wanted:
        raise UsageError("A practice set needs a name.")
    for other in session.scalars(select(PracticeSet)):
        if other.id != but and other.name.casefold() == wanted.casefold():
            raise UsageError("There is a practice set «{name}» already.", name=other.name)
    return wanted


def coded_by(session: Session, narratief_ids: Sequence[int], key_id: int | None) -> list[int]:
    """Those of the narratieven that a coder (None: the decided set) said something of, in the order given."""
    said = key_answers(session, narratief_ids, key_id)
    return [n for n in narratief_ids if n in said]


def rename_set(session: Session, set_id: int, name: str) -> None:
    """Give a set another name."""
    session.get_one(PracticeSet, set_id).name = _free_name(session, name, set_id)


def remove_set(session: Session, set_id: int) -> None:
    """Take a set away, with every round on it."""
    delete_with_dependants(session, PracticeSet, [set_id])


def sets(session: Session) -> list[SetRow]:
    """All practice sets, the oldest first."""
    counts = {key: int(n) for key, n in session.execute(
        select(PracticeItem.set_id, func.count(PracticeItem.id)).group_by(PracticeItem.set_id))}
    names = {key: name for key, name in session.execute(select(Coder.id, Coder.name))}
    return [SetRow(s.id, s.name, s.key_id, names.get(s.key_id or 0, ""), counts.get(s.id, 0))
            for s in session.scalars(select(PracticeSet).order_by(PracticeSet.id))]


def items(session: Session, set_id: int) -> list[int]:
    """The narratieven of a set that still count, in order."""
    return list(session.scalars(
        select(PracticeItem.narratief_id).join(Narratief, Narratief.id == PracticeItem.narratief_id)
        .where(PracticeItem.set_id == set_id, Narratief.counts).order_by(PracticeItem.position)))


# -- rounds --------------------------------------------------------------------------------------------------------


def begin(session: Session, set_id: int, coder: int) -> int:
    """The round that the coder has under way on a set, or a new one."""
    known = session.scalars(select(PracticeRound).where(
        PracticeRound.set_id == set_id, PracticeRound.coder_id == coder, PracticeRound.ended_at.is_(None))).first()
    if known is not None:
        return known.id
    made = PracticeRound(set_id=set_id, coder_id=coder)
    session.add(made)
    session.flush()
    return made.id


def toggle(session: Session, round_id: int, narratief_id: int, code_id: int) -> bool:
    """Give a code in a round, or take it off; *niet genoemd* of its facet goes. Returns whether it stands now."""
    _require_open(session, round_id)
    facet = session.get_one(Code, code_id).facet_id
    here = _of_facet(session, round_id, narratief_id, facet)
    standing = [key for key, code in here if code == code_id]
    delete_rows(session, PracticeAnswer, standing or [key for key, code in here if code is None])
    if not standing:
        _put(session, round_id, narratief_id, facet, code_id)
    return not standing


def toggle_absent(session: Session, round_id: int, narratief_id: int, facet_id: int) -> bool:
    """Say in a round that a facet is not there, or take that off; its codes go. Returns whether it stands now."""
    _require_open(session, round_id)
    here = _of_facet(session, round_id, narratief_id, facet_id)
    delete_rows(session, PracticeAnswer, [key for key, _code in here])
    if any(code is None for _key, code in here):
        return False
    _put(session, round_id, narratief_id, facet_id, None)
    return True


def _of_facet(session: Session, round_id: int, narratief_id: int, facet_id: int) -> list[tuple[int, int | None]]:
    """The answers in one facet: number of the row, code."""
    rows = session.execute(select(PracticeAnswer.id, PracticeAnswer.code_id).where(
        PracticeAnswer.round_id == round_id, PracticeAnswer.narratief_id == narratief_id,
        PracticeAnswer.facet_id == facet_id))
    return [(key, code) for key, code in rows]


def _put(session: Session, round_id: int, narratief_id: int, facet_id: int, code_id: int | None) -> None:
    insert_rows(session, PracticeAnswer, [{"round_id": round_id, "narratief_id": narratief_id, "facet_id": facet_id,
                                           "code_id": code_id}])


def _require_open(session: Session, round_id: int) -> None:
    if session.get_one(PracticeRound, round_id).ended_at is not None:
        raise UsageError("This round is finished. Begin a new one.")


def end(session: Session, round_id: int) -> None:
    """Finish a round: from here on it can be compared with the key, and not be changed."""
    _require_open(session, round_id)
    session.get_one(PracticeRound, round_id).ended_at = now()


def rounds(session: Session, set_id: int) -> list[RoundRow]:
    """All rounds on a set, per coder in order of time."""
    query = (select(PracticeRound, Coder.name).join(Coder, Coder.id == PracticeRound.coder_id)
             .where(PracticeRound.set_id == set_id).order_by(Coder.name, PracticeRound.id))
    found: list[RoundRow] = []
    for one, name in session.execute(query):
        nr = 1 + sum(r.coder_id == one.coder_id for r in found)
        found.append(RoundRow(one.id, one.set_id, one.coder_id, name, nr, one.begun_at, one.ended_at))
    return found


# -- answers and key -----------------------------------------------------------------------------------------------


def answers(session: Session, round_id: int) -> Answers:
    """What was answered in a round."""
    found: dict[int, Answer] = {}
    rows = session.execute(select(PracticeAnswer.narratief_id, PracticeAnswer.facet_id, PracticeAnswer.code_id)
                           .where(PracticeAnswer.round_id == round_id).order_by(PracticeAnswer.id))
    for narratief, facet, code in rows:
        here = found.setdefault(narratief, Answer())
        here.absent.add(facet) if code is None else here.codes.add(code)
    return found


def key_answers(session: Session, narratief_ids: Iterable[int], key_id: int | None) -> Answers:
    """What the key says: a coder's codings, or with None the decided set, where a decision goes before what coders
    gave."""
    found: dict[int, Answer] = {}
    for some in batched(narratief_ids, 500):
        given = select(Coding.narratief_id, Coding.code_id).where(Coding.narratief_id.in_(some))
        absent = select(NotMentioned.narratief_id, NotMentioned.facet_id).where(NotMentioned.narratief_id.in_(some))
        if key_id is not None:
            given, absent = given.where(Coding.coder_id == key_id), absent.where(NotMentioned.coder_id == key_id)
        for narratief, code in session.execute(given):
            found.setdefault(narratief, Answer()).codes.add(code)
        for narratief, facet in session.execute(absent):
            found.setdefault(narratief, Answer()).absent.add(facet)
        if key_id is None:
            _decide(session, some, found)
    return found


def _decide(session: Session, narratief_ids: Sequence[int], found: dict[int, Answer]) -> None:
    for narratief, code, yes in session.execute(
            select(Decision.narratief_id, Decision.code_id, Decision.yes)
            .where(Decision.narratief_id.in_(narratief_ids))):
        codes = found.setdefault(narratief, Answer()).codes
        codes.add(code) if yes else codes.discard(code)
