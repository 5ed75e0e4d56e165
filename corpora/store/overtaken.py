"""No lost update: a step that was meant for the project as somebody saw it is refused when others changed the same
thing since.

The change log knows what others did after that moment. A step of one's own is held against it, row by row:

    update     a column that somebody else gave another value
    delete     a row that somebody else made or changed (a code that was just used, a narratief that was just coded)
    insert     a row on a stretch of text (a coding on a narratief) that somebody else cut anew

Different columns of a row, and rows that only one of the two touched, do not collide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from corpora.errors import ConflictError
from corpora.messages import Message
from corpora.store.base import Base
from corpora.store.changes import change_rows, change_step
from corpora.store.rows import RowChange

WORDS_MOVED = "text_version"
"""A step that wrote this table gave a document other words: its stretches moved with them and were not cut anew."""


@dataclass
class Past:
    """What others did to one row: who was last, with which step, the values before and after; `made` when they made
    the row, `gone` when they took it away, `recut` when its bounds are others."""

    author: str
    label: Message
    made: bool = False
    gone: bool = False
    recut: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def is_other(self, column: str) -> bool:
        """Whether the column has another value than before."""
        return column in self.after and self.before.get(column) != self.after[column]


Pasts = dict[tuple[str, int], Past]


@dataclass(frozen=True)
class View:
    """What somebody saw who makes a step: the project after step `seen`; the words in a field were begun after step
    `typed`, as a field is left alone while somebody types in it."""

    seen: int
    typed: int


Restored = dict[tuple[str, int], dict[str, Any]]
"""Texts of others that stay: (table, number) → column → value."""


def refuse(connection: Connection, done: Sequence[RowChange], view: View, own: Collection[int]) -> Restored:
    """ConflictError when a step collides with what others did; `own` steps are no others'. Where a step only wrote
    back a text that somebody else changed meanwhile, as a form does that keeps all its fields, theirs is returned: it
    must be put back."""
    restored: Restored = {}
    rows = _later(connection, view.typed, [number for number in own if number > view.typed], _tables(done))
    if not rows:
        return restored
    since_typed, since_seen = _pasts(rows), _pasts([row for row in rows if row.id > view.seen])
    for change in done:
        if change.op == "update":
            _update(change, since_seen, since_typed, restored)
        elif change.op == "delete":
            _delete(change, since_seen)
        else:
            _insert(change, since_seen)
    return restored


def _tables(done: Sequence[RowChange]) -> set[str]:
    found = {change.table for change in done}
    for change in done:
        if change.op == "insert":
            found |= {target for _, target in _stretches(change.table)}
    return found


def _later(connection: Connection, after: int, own: Sequence[int], tables: Collection[str]) -> list[Any]:
    return list(connection.execute(
        select(change_step.c.id, change_step.c.author, change_step.c.label, change_rows.c.table_name, change_rows.c.op,
               change_rows.c.payload)
        .join(change_rows, change_rows.c.step_id == change_step.c.id)
        .where(change_step.c.id > after, change_step.c.id.not_in(own), change_step.c.kind.in_(("do", "undo", "redo")),
               change_rows.c.table_name.in_(sorted({*tables, WORDS_MOVED})))
        .order_by(change_rows.c.id)))


def _pasts(rows: Sequence[Any]) -> Pasts:
    moved = {row.id for row in rows if row.table_name == WORDS_MOVED}
    pasts: Pasts = {}
    for row in rows:
        change = RowChange.unpack(row.table_name, row.op, row.payload)
        for number in range(len(change)):
            _note(pasts, row, change, number, cut=row.id not in moved)
    return pasts


def _note(pasts: Pasts, row: Any, change: RowChange, number: int, *, cut: bool) -> None:
    before = dict(zip(change.columns, change.before[number], strict=True)) if change.before is not None else {}
    after = dict(zip(change.columns, change.after[number], strict=True)) if change.after is not None else {}
    past = pasts.setdefault((change.table, (after or before)["id"]), Past("", Message("")))
    past.author, past.label = row.author, Message.from_json(row.label)
    past.made = past.made or change.op == "insert"
    past.gone = change.op == "delete"
    past.before = {**before, **past.before}
    past.after.update(after)
    if cut and change.op == "update":
        spans = _spans().get(change.table, ())
        past.recut = past.recut or any(before[name] != after[name] for name in spans if name in after)


def _update(change: RowChange, seen: Pasts, typed: Pasts, restored: Restored) -> None:
    texts = _named().get(change.table, ())
    for before, after in zip(change.before or (), change.after or (), strict=True):
        for column, old, new in zip(change.columns, before, after, strict=True):
            past = (typed if column in texts else seen).get((change.table, before[0]))
            if old == new or past is None or past.made or not past.is_other(column):
                continue
            if column not in texts or new != past.before.get(column):
                raise _conflict(past, change.table, column, old, new)
            restored.setdefault((change.table, before[0]), {})[column] = old


def _delete(change: RowChange, pasts: Pasts) -> None:
    for row in change.before or ():
        past = pasts.get((change.table, row[0]))
        if past is not None and (past.made or any(past.is_other(column) for column in past.after)):
            raise ConflictError("{who} has just worked on this («{label}»), and it would have been lost. Nothing was "
                                "done; look at it and do it again if you still want to.", who=past.author,
                                label=past.label)


def _insert(change: RowChange, pasts: Pasts) -> None:
    for column, target in _stretches(change.table):
        at = change.columns.index(column)
        for row in change.after or ():
            past = pasts.get((target, row[at]))
            if past is not None and (past.gone or past.recut):
                raise ConflictError("{who} has just cut this narratief anew («{label}»). Nothing was kept; look at it "
                                    "and do it again.", who=past.author, label=past.label)


def _conflict(past: Past, table: str, column: str, theirs: Any, mine: Any) -> ConflictError:
    texts = column in _named().get(table, ()) and isinstance(theirs, str) and isinstance(mine, str)
    return ConflictError("{who} has changed this meanwhile («{label}»). Yours was not put over it.", who=past.author,
                         label=past.label, mine=mine if texts else None, theirs=theirs if texts else None)


def _spans() -> Mapping[str, tuple[str, ...]]:
    return {m.class_.__tablename__: m.class_.__spans__ for m in Base.registry.mappers if m.class_.__spans__}


def _named() -> Mapping[str, tuple[str, ...]]:
    return {m.class_.__tablename__: m.class_.__named__ for m in Base.registry.mappers if m.class_.__named__}


def _stretches(table: str) -> list[tuple[str, str]]:
    """The columns of a table that point at stretches of text, each with the table it points at."""
    spans = _spans()
    return [(key.parent.name, key.column.table.name) for key in Base.metadata.tables[table].foreign_keys
            if key.column.table.name in spans]
