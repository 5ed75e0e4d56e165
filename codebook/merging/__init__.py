"""Merging: the work of copies brought together in one project, without loss and in any order.

The change log tells what each copy did since they parted; rows are matched by UUID or by what makes them one of a kind.
The steps of the copy are taken into the log under their own author and time, so a second merge finds nothing new.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from codebook.merging import (
    cuts,
    keeping,
    match,
    named,
    placing,
    repair,
    resting,
    rows,
    telling,
    texts,
    twins,
    writing,
)
from codebook.merging.sides import Choices, Conflict, Sides
from corpora.messages import Message, message
from corpora.store.changes import ForeignStep
from corpora.store.copies import borrowed
from corpora.store.dependants import model_of
from corpora.store.project import Project
from corpora.store.views import Values, View, after_merge, earlier_values, effects_of, view_of
from corpora.store.writing import Writing, reserve_numbers

__all__ = ["Choices", "Conflict", "Merged", "merge", "preview"]

SECRET = ("pseudonym", "name_decision")


@dataclass
class Merged:
    """What a merge did, or would do: rows per kind, conflicts, and how many rows of the copies were here already;
    `warnings` tell of names in what came."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    unchanged: int = 0
    steps: int = 0
    authors: list[str] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether the copies hold nothing that is not here."""
        return not self.steps


class _NotKept(Exception):
    """Takes a preview back."""


def merge(project: Project, places: Sequence[str], choices: Choices | None = None) -> Merged:
    """Bring the work of copies in as one step, all of them or none."""
    names = ", ".join(place if "://" in place else telling.name_of(place) for place in places)
    with ExitStack() as stack:
        others = [stack.enter_context(borrowed(place, project.path)) for place in places]
        return project.step(message("Merge {names}", names=names), bring_in, others, choices or {})


def preview(project: Project, places: Sequence[str], choices: Choices | None = None) -> Merged:
    """What `merge` would do; nothing is kept."""
    found = Merged()
    with ExitStack() as stack:
        others = [stack.enter_context(borrowed(place, project.path)) for place in places]
        try:
            with project.writing() as session:
                found = bring_in(session, others, choices or {})
                raise _NotKept
        except _NotKept:
            return found


def bring_in(session: Writing, others: Sequence[Connection], choices: Choices) -> Merged:
    """Merge projects that are open for reading into the one of the session."""
    found, names = Merged(), set[str]()
    before = ours = view_of(session.connection())
    for other in others:
        theirs = view_of(other)
        names |= {row["name"] for view in (before, theirs) for row in view.rows["pseudonym"].values()}
        ours = _one(session, ours, theirs, other, choices, found)
    telling.count(found, before.rows, ours.rows)
    found.warnings = named.warnings(session, names, before.rows, ours.rows)
    return found


def _one(session: Writing, ours: View, theirs: View, other: Connection, choices: Choices, found: Merged) -> View:
    news = theirs.news(ours.known)
    if not news:
        found.unchanged += sum(len(table) for table in theirs.rows.values())
        return ours
    here = effects_of(session.connection(), ours, ours.news(theirs.known))
    sides = Sides(ours, theirs, here, effects_of(other, theirs, news), choices, seen_before=_seen_before(ours, theirs),
                  our_way=effects_of(session.connection(), ours, ours.writes(theirs.known)),
                  their_way=effects_of(other, theirs, theirs.writes(ours.known)),
                  our_past=earlier_values(session.connection(), ours, match.BY_RULE),
                  their_past=earlier_values(other, theirs, match.BY_RULE))
    match.match(session, sides)
    texts.settle(session, sides, other)
    twins.unfold(sides)
    twins.mirror(sides)
    cuts.settle(sides)
    outcome = rows.settle(sides)
    numbers = _Numbers(session)
    placing.put(sides, outcome, numbers)
    keeping.keep(session, sides, outcome, numbers)
    repair.repair(sides, outcome, telling.raw_names(session, sides), lambda: resting.rest(session, sides, outcome),
                  lambda table, double: twins.fold(outcome, table, double, numbers))
    telling.tell(sides, outcome)
    writing.write(session, ours.rows, outcome.rows)
    taken = _take_in(sides)
    session.foreign += taken
    found.conflicts += sides.conflicts
    found.unchanged += outcome.unchanged
    found.steps += len(news)
    found.authors += [a for a in dict.fromkeys(s.author for s in news) if a not in found.authors]
    return after_merge(ours, outcome.rows, taken)


def _seen_before(ours: View, theirs: View) -> int:
    """The first step of ours that was taken from this copy's own work; 0 when none was."""
    own = {s.uuid for s in theirs.steps if s.own and s.kind != "genesis"}
    return min((s.id for s in ours.steps if not s.own and s.uuid in own and s.uuid in ours.known), default=0)


class _Numbers:
    """Hands out numbers for rows that a merge makes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, table: str) -> int:
        return reserve_numbers(self._session, model_of(table), 1)[0]


def _take_in(sides: Sides) -> list[ForeignStep]:
    """Their steps into our log; names that were destroyed here do not come back with them."""
    forgotten = any('"Destroy the key of names"' in s.label for s in sides.ours.steps)
    return [ForeignStep(step.uuid, step.at, step.author, step.label,
                        [c for c in changes if not (forgotten and c.table in SECRET)], sides.parted)
            for step, changes in sides.there.by_step]


def added_words(found: Merged) -> Message:
    """What a merge brought, in a line."""
    return telling.line(found.added)


def values_of_kind(found: Merged) -> Values:
    """The counts as one document."""
    return {"added": found.added, "changed": found.changed, "removed": found.removed}
