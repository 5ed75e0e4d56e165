"""Codes that somebody deleted and that came back because they were in use: they go after all when nobody uses them any
more, so that it does not matter which copy was merged first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.merging.rows import Outcome, references
from codebook.merging.sides import Sides
from corpora.store.changes import change_rows, change_step
from corpora.store.rows import RowChange
from corpora.store.views import Stamp

LISTS = ("code_group_member", "kernelement_code", "grid_code")
"""Tables that list codes and do not use them."""
Event = tuple[Stamp, str, str]


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
    """Codes of which the last that anybody did was to delete them; a change by somebody else keeps them."""
    events: dict[int, set[Event]] = {}
    for stamp, author, change in _changes(session, sides):
        for number in change.ids:
            events.setdefault(number, set()).add((stamp, change.op, author.casefold()))
    return {number for number, all_of in events.items() if _ends_deleted(all_of)}


def _ends_deleted(events: set[Event]) -> bool:
    last = max((e for e in events if e[1] != "update"), default=None)
    return last is not None and last[1] == "delete" and not any(
        op == "update" and who != last[2] for _, op, who in events)


def _changes(session: Session, sides: Sides) -> list[tuple[Stamp, str, RowChange]]:
    step, part = change_step.c, change_rows.c
    query = (select(step.at, step.uuid, step.author, part.op, part.payload)
             .join(change_step, step.id == part.step_id)
             .where(part.table_name == "code", step.derived.is_(False),
                    (step.kind != "merged") | (step.state == "done")))
    found = [((row.at.isoformat(timespec="microseconds"), row.uuid.hex), row.author,
              RowChange.unpack("code", row.op, row.payload)) for row in session.connection().execute(query)]
    for effects in (sides.here, sides.there):
        found += [(one.stamp, one.author, change) for one, changes in effects.by_step for change in changes
                  if change.table == "code"]
    return found
