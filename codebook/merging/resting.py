"""Codes that somebody deleted and that came back because they were in use: they go after all when nobody uses them any
more, so that it does not matter which copy was merged first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.merging.rows import Outcome, references
from codebook.merging.sides import Sides
from corpora.store.changes import change_rows
from corpora.store.rows import RowChange
from corpora.store.views import LOOSE, LogStep, Stamp

LISTS = ("code_group_member", "kernelement_code", "grid_code")
"""Tables that list codes and do not use them."""


@dataclass(frozen=True, order=True)
class Event:
    """That somebody did something to a code: in which step of ours, and up to which one of ours it was known."""

    stamp: Stamp
    op: str
    who: str
    step: int
    knew: int


def rest(session: Session, sides: Sides, outcome: Outcome) -> None:
    """Take out codes that were deleted, came back, and are used by nothing."""
    gone = _deleted(session, sides) & outcome.rows["code"].keys()
    if not gone:
        return
    for table, rows in outcome.rows.items():
        if table not in LISTS:
            for column in [c for c, to, empty in references(table) if to == "code" and not empty]:
                gone -= {row[column] for row in rows.values()}
    for number in gone:
        del outcome.rows["code"][number]
    _without(outcome, gone)


def _without(outcome: Outcome, gone: set[int]) -> None:
    for table, rows in outcome.rows.items():
        for column in [c for c, to, _ in references(table) if to == "code"]:
            for number in [n for n, row in rows.items() if row[column] in gone]:
                if table in LISTS:
                    del rows[number]
                else:
                    rows[number] = {**rows[number], column: None}
        for number in [n for n, row in rows.items() if row.get("about") == "code" and row.get("about_id") in gone]:
            del rows[number]


def _deleted(session: Session, sides: Sides) -> set[int]:
    """Codes of which the last that anybody did was to delete them; what somebody else changed meanwhile keeps them."""
    events: dict[int, set[Event]] = {}
    for event, change in _changes(session, sides):
        for number in change.ids:
            events.setdefault(number, set()).add(event)
    return {number for number, all_of in events.items() if _ends_deleted(all_of)}


def _ends_deleted(events: set[Event]) -> bool:
    last = max((e for e in events if e.op != "update"), default=None)
    return last is not None and last.op == "delete" and not any(
        e.op == "update" and e.who != last.who and e.step > last.knew for e in events)


def _changes(session: Session, sides: Sides) -> Iterator[tuple[Event, RowChange]]:
    own = {step.id: step for step in sides.ours.steps if step.uuid in sides.ours.known and not step.derived}
    part = change_rows.c
    stored = session.connection().execute(select(part.step_id, part.op, part.payload).where(part.table_name == "code"))
    for row in stored:
        if row.step_id in own:
            yield _event(own[row.step_id], row.op), RowChange.unpack("code", row.op, row.payload)
    for step, changes in sides.here.by_step:
        yield from ((_event(step, c.op), c) for c in changes if c.table == "code" and step.id >= LOOSE)
    for step, changes in sides.there.by_step:
        event = replace(_event(step, ""), step=2 * LOOSE, knew=sides.parted)
        yield from ((replace(event, op=c.op), c) for c in changes if c.table == "code")


def _event(step: LogStep, op: str) -> Event:
    return Event(step.stamp, op, step.author.casefold(), step.id, step.knew)
