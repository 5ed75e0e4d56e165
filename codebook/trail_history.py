"""What a step did, row by row, and the history of one coding: who gave it, took it off, decided on it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.trail import rows_of
from codebook.trail_words import INNER, THINGS, Names, column_word
from corpora.messages import Message, message
from corpora.models import Narratief
from corpora.store.changes import change_rows, change_step
from corpora.store.rows import RowChange

HISTORY = ("coding", "not_mentioned", "decision")
Row = dict[str, Any]
MOST = 200
"""So many rows of a step are told one by one."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a coding: when, by whom, what, and whose coding it was. `step` is its entry in the
    log; `kind` do, undo or redo."""

    step: int
    at: datetime
    author: str
    what: Message
    coder: str
    kind: str
    reason: str = ""


# -- one coding ----------------------------------------------------------------------------------------------------


def history(session: Session, narratief_id: int, code_id: int | None = None, veil: Veil = NO_VEIL) -> list[Event]:
    """What happened to a code on a narratief, or to all its codes, in order of time: given and taken off by whom,
    *niet genoemd* of its facet, decided and why."""
    names = Names(session)
    facet = names.facet_of.get(code_id) if code_id is not None else None
    document = session.scalar(select(Narratief.document_id).where(Narratief.id == narratief_id)) or -1
    found, by_merge = list[Event](), set[int]()
    known: dict[tuple[str, int], Row] = {}
    for head, change in _changes(session, narratief_id):
        for before, after in _pairs(change):
            row = _whole(change, before, after, known)
            if row.get("narratief_id") != narratief_id or not _is_asked(row, change.table, code_id, facet, before):
                continue
            if not veil.hides(document, row.get("coder_id") if change.table != "decision" else None):
                found.append(Event(head.id, head.at, head.author, _told(change, before, after, row, names),
                                   names.coders.get(row.get("coder_id", 0), "?"), head.kind,
                                   str((after or before or {}).get("reason") or "")))
                by_merge |= {head.id} if head.derived and head.kind == "do" else set()
    return _in_time(found, by_merge)


def _in_time(events: list[Event], by_merge: set[int]) -> list[Event]:
    """In order of time, as a merge takes in work that is older than it. What a coder did in a copy is told once, as
    that coder's, and not again as the deed of whoever merged."""
    told = {(str(e.what), e.coder) for e in events if e.kind == "merged"}
    kept = [e for e in events if e.step not in by_merge or (str(e.what), e.coder) not in told]
    return sorted(kept, key=lambda e: e.at)


def _changes(session: Session, narratief_id: int) -> Iterator[tuple[Any, RowChange]]:
    """The changes of codings in which a narratief may stand. Most of a long log is left unread: a short entry is plain
    text, in which the number must occur. An update of a coding may not name its narratief, so all are read."""
    sign = b"%d" % narratief_id
    query = (select(change_rows.c.table_name, change_rows.c.op, change_rows.c.payload, change_rows.c.step_id)
             .where(change_rows.c.table_name.in_(HISTORY)).order_by(change_rows.c.id))
    heads: dict[int, Any] = {}
    for table, op, payload, step in session.connection().execute(query):
        packed = bytes(payload)
        if packed[:1] == b"j" and op != "update" and sign not in packed:
            continue
        if step not in heads:
            heads[step] = session.connection().execute(select(change_step).where(change_step.c.id == step)).one()
        yield heads[step], RowChange.unpack(table, op, packed)


def _pairs(change: RowChange) -> Iterator[tuple[Row | None, Row | None]]:
    before = [dict(zip(change.columns, row, strict=True)) for row in change.before or []]
    after = [dict(zip(change.columns, row, strict=True)) for row in change.after or []]
    for k in range(len(change)):
        yield (before[k] if before else None), (after[k] if after else None)


def _whole(change: RowChange, before: Row | None, after: Row | None, known: dict[tuple[str, int], Row]) -> Row:
    """The row with the columns that an update does not name, known from earlier entries."""
    row = {**(before or {}), **(after or {})}
    whole = known[change.table, row["id"]] = {**known.get((change.table, row["id"]), {}), **row}
    return whole


def _is_asked(row: Mapping[str, Any], table: str, code_id: int | None, facet: int | None, before: Row | None) -> bool:
    if code_id is None:
        return True
    if table == "not_mentioned":
        return row.get("facet_id") == facet
    return code_id in (row.get("code_id"), (before or {}).get("code_id"))


def _told(change: RowChange, before: Row | None, after: Row | None, row: Row, names: Names) -> Message:
    if change.table == "not_mentioned":
        facet = names.facets.get(row["facet_id"], "?")
        return (message("{facet} not mentioned taken off", facet=facet) if change.op == "delete" else
                message("{facet} not mentioned", facet=facet))
    code = names.code(row["code_id"])
    if change.table == "decision":
        if change.op == "delete":
            return message("decision on {code} taken back", code=code)
        return message("{code} decided: yes", code=code) if row["yes"] else message("{code} decided: no", code=code)
    if change.op == "update" and before is not None and "code_id" in before:
        return message("{old} became {new}", old=names.code(before["code_id"]), new=code)
    return message("{code} taken off", code=code) if change.op == "delete" else message("{code} given", code=code)


# -- one step ------------------------------------------------------------------------------------------------------


def lines(session: Session, changes: list[RowChange]) -> list[Message]:
    """What a step changed, row by row in words, at most `MOST` of them."""
    names, found = Names(session), list[Message]()
    for change in changes:
        for before, after in _pairs(change):
            if len(found) >= MOST:
                return [*found, message("… and {n} rows more", n=sum(len(c) for c in changes) - MOST)]
            found += _line(change, before, after, names)
    return found


def _line(change: RowChange, before: Row | None, after: Row | None, names: Names) -> list[Message]:
    """A row in words; nothing when only what the program itself reads has changed."""
    row = {**(before or {}), **(after or {})}
    if change.table in HISTORY and "narratief_id" in row:
        return [message("{place}: {what} ({coder})", place=names.place(row["narratief_id"]),
                        what=_told(change, before, after, row, names),
                        coder=names.coders.get(row.get("coder_id", 0), "?"))]
    thing = THINGS[change.table]
    if change.op != "update":
        what = message("added") if change.op == "insert" else message("removed")
        return [message("{thing} {what}: {name}", thing=thing, what=what,
                        name=names.name(change.table, row))]
    parts = [_part(change.table, column, before or {}, after or {}, names) for column in change.columns
             if column not in INNER]
    name = names.name(change.table, {"id": row["id"]})
    return [message("{thing} «{name}» changed: {part}", thing=thing, name=name, part=part) for part in parts]


def _part(table: str, column: str, before: Row, after: Row, names: Names) -> Message:
    old, new = (names.value(table, column, row.get(column), row) for row in (before, after))
    return message("{column}: {old} → {new}", column=column_word(table, column), old=old, new=new)


def target(changes: list[RowChange]) -> tuple[str, int] | None:
    """What a step was about, to open: narratief, code or document, the first that it names."""
    for change in changes:
        for row in rows_of(change):
            if change.table == "narratief" or row.get("narratief_id") is not None:
                return "narratief", int(row["id"] if change.table == "narratief" else row["narratief_id"])
            if row.get("about") in ("narratief", "code", "document"):
                return str(row["about"]), int(row["about_id"])
            for table in ("code", "document"):
                if change.table == table or row.get(f"{table}_id") is not None:
                    return table, int(row["id"] if change.table == table else row[f"{table}_id"])
    return None


def coding_of(changes: list[RowChange]) -> tuple[int, int | None] | None:
    """The narratief and code of the first coding that a step touched, to see its history; without a code it was
    *niet genoemd*."""
    for change in changes:
        if change.table in HISTORY:
            for row in rows_of(change):
                if row.get("narratief_id") is not None:
                    code = row.get("code_id")
                    return int(row["narratief_id"]), None if code is None else int(code)
    return None
