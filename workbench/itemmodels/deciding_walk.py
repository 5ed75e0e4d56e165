"""The differences that one walks through: all of them, those a filter lets through, the next open one (no Qt here)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import select

from codebook import adjudicating, agreeing
from codebook.adjudicating import Difference, Key
from codebook.models import Decision
from codebook.reading import Reading
from corpora.store.project import Changed

Wanted = Literal["", "todo", "decided", "changed", "flagged"]
FOLLOWED = {"coding", "not_mentioned", "decision", "flag"}
"""Tables whose rows say which narratief they are about."""
RELOADED = {"done", "narratief", "document", "code", "facet", "coder", "setting"}
"""Tables whose change may touch any difference."""


@dataclass(frozen=True)
class Filters:
    """What is walked: 0, "" and () let everything through."""

    facet: int = 0
    code: int = 0
    document: int = 0
    coders: tuple[int, ...] = ()
    state: Wanted = ""

    def lets(self, one: Difference) -> bool:
        """Whether a difference is walked."""
        if self.state in ("decided", "changed") and one.state != self.state:
            return False
        if (self.state == "todo" and one.state == "decided") or (self.state == "flagged" and not one.flagged):
            return False
        return (self.facet in (0, one.facet_id) and self.document in (0, one.place.document_id)
                and (not self.code or self.code in one.disputed))


@dataclass
class Walk:
    """The differences of the coders chosen, in order, kept current by each step."""

    reading: Reading
    filters: Filters = field(default_factory=Filters)
    all: dict[Key, Difference] = field(default_factory=dict)
    kept: set[Key] = field(default_factory=set)

    def load(self) -> None:
        """Read all differences."""
        self.all = {one.key: one for one in adjudicating.differences(self.reading, self.filters.coders)}

    def take(self, found: Iterable[Difference]) -> None:
        """Differences that were read elsewhere."""
        self.all = {one.key: one for one in found}

    def follow(self, changed: Changed) -> bool:
        """Take a step in; False when everything has to be read again."""
        if changed.tables() & RELOADED:
            return False
        touched = self._touched(changed)
        if touched is None:
            return False
        if touched:
            fresh = {one.key: one for one in adjudicating.differences(self.reading, self.filters.coders, touched)}
            rest = {key: one for key, one in self.all.items() if key[0] not in touched}
            if fresh.keys() == self.all.keys() - rest.keys():
                self.all |= fresh
            else:
                self.all = self._sorted({**rest, **fresh})
        return True

    def _touched(self, changed: Changed) -> set[int] | None:
        found: set[int] = set()
        for change in changed.rows:
            if change.table not in FOLLOWED:
                continue
            if "narratief_id" in change.columns:
                at = change.columns.index("narratief_id")
                found.update(int(row[at]) for row in [*(change.before or []), *(change.after or [])])
            elif change.table == "decision":
                with self.reading.project.read() as session:
                    found.update(session.scalars(select(Decision.narratief_id).where(Decision.id.in_(change.ids))))
            else:
                return None
        return found if len(found) <= 200 else None

    def _sorted(self, found: Mapping[Key, Difference]) -> dict[Key, Difference]:
        index = self.reading.index
        facets = {facet.id: n for n, facet in enumerate(self.reading.catalogue.facets)}
        keys = sorted(found, key=lambda key: (int(index.ranks[index.slot(key[0])]), facets[key[1]]))
        return {key: found[key] for key in keys}

    def narrow(self, **changes: object) -> bool:
        """Change filters; True when the differences have to be read again, of other coders."""
        before = self.filters
        self.filters = replace(before, **changes)  # type: ignore[arg-type]
        self.kept.clear()
        return self.filters.coders != before.coders

    def shown(self) -> list[Difference]:
        """What the filters let through, and what was decided under them meanwhile, so that one can go back to it."""
        return [one for one in self.all.values() if self.filters.lets(one) or one.key in self.kept]

    def next_open(self, after: Key | None) -> Key | None:
        """The next difference that is not decided, round the end to the beginning."""
        shown = self.shown()
        keys = [one.key for one in shown]
        at = keys.index(after) + 1 if after in keys else 0
        turned = [*shown[at:], *shown[:at]]
        return next((one.key for one in turned if one.state != "decided" and one.key != after), None)

    def progress(self) -> tuple[int, int]:
        """How many are decided, of how many."""
        shown = self.shown()
        return sum(one.state == "decided" for one in shown), len(shown)

    def coders(self) -> Mapping[int, str]:
        """Those who coded, by number."""
        active = agreeing.active_coders(self.reading)
        return {coder.id: coder.name for coder in self.reading.catalogue.coders if coder.id in active}


def answer_of(one: Difference, coder: int) -> list[int]:
    """The codes that a coder gave, of those that are not agreed on."""
    return [code for code in one.gave.get(coder, ()) if code not in one.agreed]


def verdicts(one: Difference, right: Sequence[int]) -> dict[int, bool]:
    """The decisions when just these codes are right beside those that all agree on. What was decided before is decided
    again, so that it no longer counts as changed since."""
    found = {code: verdict.yes and code in one.agreed for code, verdict in one.decided.items()}
    found |= {code: False for code in one.disputed}
    return found | {code: True for code in right}


def as_decided(one: Difference) -> dict[int, bool]:
    """The decisions as they are."""
    return {code: verdict.yes for code, verdict in one.decided.items()}


def majority(one: Difference) -> list[int] | None:
    """The codes that more than half of the coders gave; None when one of them has half exactly."""
    total = len(one.gave)
    if any(2 * one.votes(code) == total for code in one.disputed):
        return None
    return [code for code in one.disputed if 2 * one.votes(code) > total]
