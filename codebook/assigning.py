"""Who codes what: documents assigned to coders, and a plan for that with overlap for double coding."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Assignment, Coder
from corpora.errors import UsageError
from corpora.store.writing import delete_rows, insert_rows


def assign(session: Session, coder: int, document_ids: Iterable[int], on: bool = True) -> int:
    """Ask a coder to code documents, or take that back; returns how many assignments changed."""
    wanted = dict.fromkeys(document_ids)
    standing = {document: key for document, key in session.execute(
        select(Assignment.document_id, Assignment.id).where(Assignment.coder_id == coder))}
    if not on:
        return delete_rows(session, Assignment, [standing[d] for d in wanted if d in standing])
    new = [d for d in wanted if d not in standing]
    insert_rows(session, Assignment, [{"document_id": d, "coder_id": coder} for d in new])
    return len(new)


def assignments(session: Session) -> dict[int, list[int]]:
    """Document → the coders asked to code it, in order of name."""
    found: dict[int, list[int]] = defaultdict(list)
    for document, coder in session.execute(select(Assignment.document_id, Assignment.coder_id)
                                           .join(Coder, Coder.id == Assignment.coder_id).order_by(Coder.name)):
        found[document].append(coder)
    return dict(found)


def documents_of(session: Session, coder: int) -> list[int]:
    """The documents assigned to a coder."""
    return list(session.scalars(select(Assignment.document_id).where(Assignment.coder_id == coder)
                                .order_by(Assignment.document_id)))


# -- the plan ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Material:
    """A document to divide: `weight` is its work (narratieven or words), `stratum` its group and kind."""

    id: int
    weight: int
    stratum: tuple[str, str] = ("", "")


class Divisible(Protocol):
    """A document with what a plan needs to know of it."""

    @property
    def id(self) -> int: ...
    @property
    def group(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def narratieven(self) -> int: ...
    @property
    def words(self) -> int: ...


def material_of(documents: Iterable[Divisible], assigned: Mapping[int, Sequence[int]], *, by_words: bool = False,
                only_new: bool = False) -> tuple[list[Material], dict[int, int]]:
    """What there is to divide: documents with narratieven, with `only_new` those that nobody has yet; and the work
    that coders have already, which counts then."""
    chosen, begun = [], defaultdict[int, int](int)
    for one in documents:
        weight = one.words if by_words else one.narratieven
        if only_new and assigned.get(one.id):
            for coder in assigned[one.id]:
                begun[coder] += weight
        elif one.narratieven:
            chosen.append(Material(one.id, weight, (one.group, one.kind)))
    return chosen, dict(begun)


@dataclass(frozen=True)
class Plan:
    """Document → coders. `load` is the weight per coder, `overlap` the share of all weight that is coded by more than
    one."""

    coders: Mapping[int, tuple[int, ...]]
    load: Mapping[int, int]
    overlap: float

    @property
    def doubled(self) -> list[int]:
        """The documents for more than one coder."""
        return [document for document, coders in self.coders.items() if len(coders) > 1]


def plan(material: Sequence[Material], coders: Sequence[int], overlap: float, seed: int = 1, *, times: int = 2,
         begun: Mapping[int, int] | None = None) -> Plan:
    """Divide documents over coders so that their work is even, `overlap` (0-1) of it coded `times` times. What is
    coded more than once is spread over groups and kinds, and over the pairs of coders. `begun` is the work that
    coders have already. The same seed gives the same plan."""
    if not coders:
        raise UsageError("Choose at least one coder.")
    if overlap > 0 and len(coders) < times:
        raise UsageError("To code {n} times takes {n} coders; {chosen} chosen.", n=times, chosen=len(coders))
    chance = random.Random(seed)
    doubled = _overlapping(material, overlap, chance)
    hands = _Hands(coders, begun or {}, chance)
    wanted = {one.id: hands.give(one.weight, times if one.id in doubled else 1)
              for one in sorted(material, key=lambda m: (m.id not in doubled, -m.weight, m.id))}
    total = sum(one.weight for one in material)
    shared = sum(one.weight for one in material if one.id in doubled)
    return Plan({one.id: wanted[one.id] for one in material}, hands.load, shared / total if total else 0.0)


def _overlapping(material: Sequence[Material], share: float, chance: random.Random) -> set[int]:
    """Documents that together weigh about `share` of all, taken in turn from the strata."""
    total, found, weight = sum(one.weight for one in material), set[int](), 0
    for one in _in_turn(material, chance):
        more = weight + one.weight
        if share <= 0 or weight >= share * total or (found and more - share * total > share * total - weight):
            break
        found.add(one.id)
        weight = more
    return found


def _in_turn(material: Sequence[Material], chance: random.Random) -> list[Material]:
    """All documents, so that any first part of the row has of every stratum about its share."""
    strata: dict[tuple[str, str], list[Material]] = defaultdict(list)
    for one in sorted(material, key=lambda m: m.id):
        strata[one.stratum].append(one)
    placed = []
    for name in sorted(strata):
        members = strata[name]
        chance.shuffle(members)
        step = 1 / len(members)
        placed += [((n + chance.random()) * step, one) for n, one in enumerate(members)]
    return [one for _place, one in sorted(placed, key=lambda pair: (pair[0], pair[1].id))]


class _Hands:
    """Gives documents to whoever has least to do; of those with as little, by chance."""

    def __init__(self, coders: Sequence[int], begun: Mapping[int, int], chance: random.Random) -> None:
        self.load = {coder: begun.get(coder, 0) for coder in coders}
        self._turn = {coder: chance.random() for coder in coders}
        self._together: dict[frozenset[int], int] = defaultdict(int)

    def give(self, weight: int, times: int) -> tuple[int, ...]:
        """Choose the coders of one document."""
        chosen: list[int] = []
        for _time in range(times):
            free = [coder for coder in self.load if coder not in chosen]
            chosen.append(min(free, key=lambda coder: (self.load[coder] + self._met(coder, chosen) * weight / 2,
                                                       self._turn[coder])))
        for coder in chosen:
            self.load[coder] += weight
            for other in chosen:
                if other != coder:
                    self._together[frozenset((coder, other))] += 1
        return tuple(sorted(chosen))

    def _met(self, coder: int, others: Sequence[int]) -> float:
        # Two who met often before are put together less soon, so that every pair can be compared.
        return sum(self._together[frozenset((coder, other))] for other in others) / 2


def apply(session: Session, wanted: Plan, *, replace: bool = True) -> int:
    """Make the assignments of a plan; with `replace` those that its documents had go. Returns how many documents are
    assigned."""
    if replace:
        old: list[int] = []
        for document, key in session.execute(select(Assignment.document_id, Assignment.id)):
            if document in wanted.coders:
                old.append(key)
        delete_rows(session, Assignment, old)
    standing = assignments(session)
    insert_rows(session, Assignment, [
        {"document_id": document, "coder_id": coder} for document, coders in wanted.coders.items()
        for coder in coders if coder not in standing.get(document, [])])
    return len(wanted.coders)
