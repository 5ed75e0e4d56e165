"""What is left to decide: where coders differ in a facet of a narratief, what each of them gave, and what was decided.

One difference is one facet of one narratief, as a coder's answer there is a set of codes. It is `open`, `decided`
(every code in dispute has a decision), or `changed`: decided, but what coders gave there is other now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import agreeing, asking, deciding
from codebook.analysis.agreement import Marks
from codebook.analysis.agreement_sets import Mask
from codebook.models import Coder, Decision, Flag, NotMentioned
from codebook.query.bits import Ints
from codebook.query.catalogue import CodeName, CoderName
from codebook.reading import Place, Reading
from corpora.store.writing import batched

State = Literal["open", "decided", "changed"]
Key = tuple[int, int]
"""A narratief and a facet."""


@dataclass(frozen=True)
class Verdict:
    """What was decided about a code, why, and by whom."""

    yes: bool
    reason: str
    by: str
    seen: str = ""


@dataclass(frozen=True)
class Difference:
    """A facet of a narratief on which coders differ, or that was decided and is other now.

    `gave` has the codes of every coder who looked, in order of the codebook; `absent` who said *niet genoemd*;
    `disputed` the codes that some gave and some did not, `agreed` those that all gave; `flagged` who wants to discuss
    the narratief, with the reason.
    """

    place: Place
    facet_id: int
    facet: str
    gave: Mapping[int, tuple[int, ...]]
    absent: frozenset[int] = frozenset()
    disputed: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()
    decided: Mapping[int, Verdict] = field(default_factory=dict)
    has_changed: bool = False
    flagged: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> Key:
        """What tells it from others."""
        return self.place.narratief_id, self.facet_id

    @cached_property
    def state(self) -> State:
        """How far it is."""
        if self.has_changed:
            return "changed"
        return "decided" if all(code in self.decided for code in self.disputed) else "open"

    @property
    def codes(self) -> tuple[int, ...]:
        """All codes that matter here: those in dispute, those that were decided, those all agree on."""
        return tuple(dict.fromkeys((*self.disputed, *(c for c in self.decided if c not in self.agreed), *self.agreed)))

    def votes(self, code: int) -> int:
        """How many of the coders gave a code."""
        return sum(code in codes for codes in self.gave.values())


def differences(reading: Reading, coders: Sequence[int] = (), narratieven: Iterable[int] | None = None
                ) -> list[Difference]:
    """The differences between coders (numbers; all who coded when none are named), in order of title, nr and facet;
    of some narratieven only when they are given."""
    chosen = _coders(reading, coders)
    slots = _slots(reading, narratieven)
    codes = asking.ordered_codes(reading)
    marks = agreeing.read_marks(reading, chosen, codes, slots)
    ids: Ints = reading.index.narratief_id[slots].astype(np.int64)
    with reading.project.read() as session:
        known = _Known.read(session, ids if narratieven is not None else None)
        found: list[tuple[int, int, _Columns]] = []
        for rank, facet in enumerate(reading.catalogue.facets):
            columns = _Columns.of(facet.id, facet.label, codes)
            found += [(unit, rank, columns) for unit in _differing(marks, columns, ids, known)]
    found.sort(key=lambda one: one[:2])
    places = reading.places(ids[[unit for unit, _rank, _columns in found]].tolist())
    return [_difference(place, marks, unit, columns, chosen, known)
            for place, (unit, _rank, columns) in zip(places, found, strict=True)]


def _coders(reading: Reading, numbers: Sequence[int]) -> list[CoderName]:
    active = set(numbers) or agreeing.active_coders(reading)
    return [coder for coder in reading.catalogue.coders if coder.id in active]


def _slots(reading: Reading, narratieven: Iterable[int] | None) -> Ints:
    slots = agreeing.slots_of(reading)
    if narratieven is None:
        return slots
    wanted = list(narratieven)
    return slots[np.isin(reading.index.narratief_id[slots], wanted)]


@dataclass(frozen=True)
class _Columns:
    """The codes of a facet and where they stand among all."""

    facet_id: int
    facet: str
    at: list[int]
    codes: list[int]

    @classmethod
    def of(cls, facet_id: int, label: str, codes: Sequence[CodeName]) -> _Columns:
        at = [k for k, code in enumerate(codes) if code.facet_id == facet_id]
        return cls(facet_id, label, at, [codes[k].id for k in at])


@dataclass(frozen=True)
class _Known:
    """What stands about narratieven beside the codings."""

    decided: Mapping[int, Mapping[int, Verdict]]
    seen_now: Mapping[Key, str]
    absent: Mapping[Key, frozenset[int]]
    flags: Mapping[int, Mapping[int, str]]

    @classmethod
    def read(cls, session: Session, ids: Ints | None) -> _Known:
        """Of some narratieven, or of all."""
        names = {key: name for key, name in session.execute(select(Coder.id, Coder.name))}
        decided: dict[int, dict[int, Verdict]] = {}
        for narratief, code, yes, reason, who, seen in _rows(session, ids, Decision.narratief_id, Decision.code_id,
                                                             Decision.yes, Decision.reason, Decision.coder_id,
                                                             Decision.seen):
            decided.setdefault(narratief, {})[code] = Verdict(yes, reason, names.get(who, ""), seen)
        absent: dict[Key, set[int]] = {}
        for narratief, facet, who in _rows(session, ids, NotMentioned.narratief_id, NotMentioned.facet_id,
                                           NotMentioned.coder_id):
            absent.setdefault((narratief, facet), set()).add(who)
        flags: dict[int, dict[int, str]] = {}
        for narratief, who, reason in _rows(session, ids, Flag.narratief_id, Flag.coder_id, Flag.reason):
            flags.setdefault(narratief, {})[who] = reason
        return cls(decided, deciding.votes(session, decided), {key: frozenset(who) for key, who in absent.items()},
                   flags)

    def has_changed(self, narratief: int, columns: _Columns) -> bool:
        """Whether coders gave something else in this facet than when it was decided."""
        verdicts = self.decided.get(narratief, {})
        now = self.seen_now.get((narratief, columns.facet_id), "")
        return any(verdicts[code].seen != now for code in columns.codes if code in verdicts)


def _rows(session: Session, ids: Ints | None, *columns: Any) -> Iterator[Sequence[Any]]:
    """Columns of a table, the first of them the narratief: of some narratieven, or of all."""
    query = select(*columns)
    if ids is None:
        yield from session.execute(query)
        return
    for some in batched(ids.tolist(), 500):
        yield from session.execute(query.where(columns[0].in_(some)))


def _differing(marks: Marks, columns: _Columns, ids: Ints, known: _Known) -> list[int]:
    """The units on which coders differ in a facet, or that changed after they were decided."""
    looked, given = marks.looked, marks.given[:, :, columns.at]
    some: Mask = np.asarray((given & looked[:, :, None]).any(axis=0))
    not_all: Mask = np.asarray((~given & looked[:, :, None]).any(axis=0))
    differing: set[int] = set(np.nonzero(some & not_all)[0].tolist())
    changed = {unit for unit, narratief in enumerate(ids.tolist())
               if narratief in known.decided and known.has_changed(narratief, columns)}
    return sorted(differing | changed)


def _difference(place: Place, marks: Marks, unit: int, columns: _Columns, coders: Sequence[CoderName],
                known: _Known) -> Difference:
    narratief = place.narratief_id
    gave = {coder.id: tuple(code for at, code in zip(columns.at, columns.codes, strict=True)
                            if marks.given[n, unit, at])
            for n, coder in enumerate(coders) if marks.looked[n, unit]}
    votes = {code: sum(code in codes for codes in gave.values()) for code in columns.codes}
    verdicts = known.decided.get(narratief, {})
    return Difference(
        place, columns.facet_id, columns.facet, gave,
        frozenset(who for who in known.absent.get((narratief, columns.facet_id), ()) if who in gave),
        tuple(code for code in columns.codes if 0 < votes[code] < len(gave)),
        tuple(code for code in columns.codes if len(gave) > 1 and votes[code] == len(gave)),
        {code: verdicts[code] for code in columns.codes if code in verdicts},
        narratief in known.decided and known.has_changed(narratief, columns), known.flags.get(narratief, {}))


def agreed(reading: Reading, coders: Sequence[int] = ()) -> list[tuple[int, int]]:
    """(narratief, code) that every coder who looked gave, two at least, and that nobody decided on yet."""
    chosen, codes, slots = _coders(reading, coders), asking.ordered_codes(reading), agreeing.slots_of(reading)
    marks = agreeing.read_marks(reading, chosen, codes, slots)
    alike = (marks.given | ~marks.looked[:, :, None]).all(axis=0) & marks.pairable[:, None]
    units, columns = np.nonzero(alike)
    ids = reading.index.narratief_id[slots[units]].tolist()
    with reading.project.read() as session:
        standing = {(n, c) for n, c in session.execute(select(Decision.narratief_id, Decision.code_id))}
    pairs = zip(ids, columns.tolist(), strict=True)
    return [pair for narratief, k in pairs if (pair := (int(narratief), codes[k].id)) not in standing]


def flagged(reading: Reading) -> list[tuple[Place, dict[int, str]]]:
    """The narratieven that somebody wants to discuss, with who and why, in order."""
    with reading.project.read() as session:
        said: dict[int, dict[int, str]] = {}
        for one in session.scalars(select(Flag)):
            said.setdefault(one.narratief_id, {})[one.coder_id] = one.reason
    slots = agreeing.slots_of(reading)
    ids = [int(n) for n in reading.index.narratief_id[slots].tolist() if n in said]  # hidden ones have no slot here
    return [(place, said[place.narratief_id]) for place in reading.places(ids)]
