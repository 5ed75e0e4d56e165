"""The change log: one log, four uses (undo and redo, audit trail, merging, live refresh).

A step is one entry: who, when, under which name, and the rows before and after. Undo and redo are steps too, so the
log only grows; `state` of a step says whether it stands now:

    done ⇄ undone      undo and redo
    dropped            undone, and overtaken by later work: no redo
    barred             from before names were destroyed: it can be read, not taken back

`kind` is do, undo or redo; `merged` is a step of another copy that a merge took in (`target_id` names the merge): its
rows tell who did what when, and were brought in by the merge, with which they are undone and done again. A copy made
for a coder begins with one `genesis` step and knows by name the steps that it stands for (`change_known`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Interval,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from corpora.errors import ConflictError
from corpora.messages import Message
from corpora.store.base import Base, UtcDateTime, now
from corpora.store.rows import RowChange, to_plain, values_of
from corpora.store.server import CHANNEL
from corpora.store.writing import batched

PIECE = 2_000
"""Rows per stored entry."""

change_step = Table(
    "change_step", Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("uuid", Uuid(as_uuid=True), nullable=False, unique=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("author", String(200), nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("target_id", Integer, ForeignKey("change_step.id")),
    Column("state", String(8), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("derived", Boolean, nullable=False, default=False),
    Column("parted", Integer),
    Index("ix_change_step_state", "state", "id"),
    Index("ix_change_step_at", "at"),
    Index("ix_change_step_target_id", "target_id"),
    sqlite_autoincrement=True,
)

change_rows = Table(
    "change_rows", Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, ForeignKey("change_step.id"), nullable=False, index=True),
    Column("table_name", String(60), nullable=False),
    Column("op", String(6), nullable=False),
    Column("first_id", Integer, nullable=False),
    Column("last_id", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("ix_change_rows_table_ids", "table_name", "first_id", "last_id"),
    sqlite_autoincrement=True,
)

change_known = Table("change_known", Base.metadata, Column("uuid", Uuid(as_uuid=True), primary_key=True))
"""Steps that the genesis of a copy stands for."""


@dataclass(frozen=True)
class ForeignStep:
    """A step of another copy with its rows under this project's numbers; `parted`: this project's newest step that
    the copy knew."""

    uuid: UUID
    at: datetime
    author: str
    label: str
    rows: Sequence[RowChange]
    parted: int = 0


@dataclass(frozen=True)
class Step:
    """An entry of the change log. `changes` counts rows."""

    id: int
    at: datetime
    author: str
    label: Message
    kind: str
    state: str
    changes: int
    derived: bool = False


@dataclass
class Entry:
    """An entry to be, with the uuid by which it is known again; `number` once it was written."""

    author: str
    label: Message
    uuid: UUID = field(default_factory=uuid4)
    number: int = 0

    def write(self, connection: Connection, changes: Sequence[RowChange], *, derived: bool = False) -> int:
        """Add it to the log; returns its number there."""
        self.number = write_step(connection, self.author, self.label, changes, uuid=self.uuid, derived=derived)
        return self.number


def write_step(connection: Connection, author: str, label: Message, changes: Sequence[RowChange],
               *, kind: str = "do", target_id: int | None = None, uuid: UUID | None = None,
               derived: bool = False) -> int:
    """Add an entry with its rows and return its number; a new deed drops what its author had undone. `derived`: it
    follows from other steps, as a merge does, and is nobody's own work. On a server the number is told to who listens,
    when the step is committed."""
    values = {"uuid": uuid or uuid4(), "author": author, "label": label.to_json(), "kind": kind, "target_id": target_id,
              "state": "done", "changes": sum(len(c) for c in changes), "derived": derived}
    if connection.dialect.name == "postgresql":
        given = {f"_{name}": value for name, value in values.items()} | {"_now": now()}
        found = connection.execute(*((_ENTRY_AND_DROP, {**given, "_who": author}) if kind == "do" else (_ENTRY, given)))
    else:
        if kind == "do":
            connection.execute(_DROP, {"_who": author})
        found = connection.execute(insert(change_step).values(at=_moment(connection), **values).returning(
            change_step.c.id))
    step_id = int(found.one()[0])
    _write_rows(connection, step_id, changes)
    return step_id


def _moment(connection: Connection) -> datetime:
    """Now, or just after the newest step: on a clock that runs behind, what follows still comes later."""
    newest: datetime | None = connection.execute(select(func.max(change_step.c.at))).scalar()
    moment = now()
    return moment if newest is None or moment > newest else newest + timedelta(microseconds=1)


_DROP = update(change_step).where(
    change_step.c.state == "undone", change_step.c.author == bindparam("_who")).values(state="dropped")

# On a server each question is a journey there and back, and all of a step's are made while others wait: so one in the
# place of three. The moment is reckoned as in `_moment`.
_GIVEN: dict[str, Any] = {name: bindparam(f"_{name}") for name in (
    "uuid", "author", "label", "kind", "target_id", "state", "changes", "derived")}
_ENTRY = insert(change_step).values(**_GIVEN, at=func.greatest(
    bindparam("_now", type_=change_step.c.at.type),
    select(func.max(change_step.c.at) + literal(timedelta(microseconds=1), Interval)).scalar_subquery())).returning(
        change_step.c.id, func.pg_notify(CHANNEL, cast(change_step.c.id, String)))
_ENTRY_AND_DROP = _ENTRY.add_cte(_DROP.cte("dropped"))


def _write_rows(connection: Connection, step_id: int, changes: Sequence[RowChange]) -> None:
    rows = [_stored(step_id, piece) for change in changes for piece in _pieces(change)]
    if rows:
        connection.execute(insert(change_rows), rows)


def write_merged(connection: Connection, merge_id: int, foreign: Sequence[ForeignStep]) -> None:
    """Note the steps that a merge took in; one that an earlier merge had brought and undo took away comes anew."""
    if not foreign:
        return
    uuids = {s.uuid for s in foreign}
    known = {row.uuid: row.id for part in batched(sorted(uuids), PIECE) for row in connection.execute(
        select(change_step.c.uuid, change_step.c.id).where(change_step.c.uuid.in_(part)))}
    for step in (s for s in foreign if s.uuid in known):
        connection.execute(delete(change_rows).where(change_rows.c.step_id == known[step.uuid]))
        connection.execute(update(change_step).where(change_step.c.id == known[step.uuid]).values(
            _merged(step, merge_id)))
    new = [s for s in foreign if s.uuid not in known]
    if new:
        made = connection.execute(insert(change_step).returning(change_step.c.id, sort_by_parameter_order=True),
                                  [{"uuid": s.uuid, **_merged(s, merge_id)} for s in new])
        known.update(zip((s.uuid for s in new), made.scalars(), strict=True))
    rows = [_stored(known[s.uuid], piece) for s in foreign for change in s.rows for piece in _pieces(change)]
    if rows:
        connection.execute(insert(change_rows), rows)


def _merged(step: ForeignStep, merge_id: int) -> dict[str, Any]:
    return {"at": step.at, "author": step.author, "label": step.label, "kind": "merged", "target_id": merge_id,
            "state": "done", "changes": sum(len(c) for c in step.rows), "parted": step.parted}


def known_steps(connection: Connection) -> set[UUID]:
    """The steps whose work is in the project; those of a merge that was undone are not."""
    gone = and_(change_step.c.kind == "merged", change_step.c.state != "done")
    return {*connection.execute(select(change_step.c.uuid).where(~gone)).scalars(),
            *connection.execute(select(change_known.c.uuid)).scalars()}


def _pieces(change: RowChange) -> Iterator[RowChange]:
    for start in range(0, len(change), PIECE):
        part = slice(start, start + PIECE)
        yield RowChange(change.table, change.op, change.columns,
                        change.before[part] if change.before is not None else None,
                        change.after[part] if change.after is not None else None)


def _stored(step_id: int, change: RowChange) -> dict[str, Any]:
    return {"step_id": step_id, "table_name": change.table, "op": change.op, "first_id": min(change.ids),
            "last_id": max(change.ids), "payload": change.pack()}


def rows_of(connection: Connection, step_id: int) -> list[RowChange]:
    """What a step changed, in the order of writing."""
    found = connection.execute(select(change_rows.c.table_name, change_rows.c.op, change_rows.c.payload).where(
        change_rows.c.step_id == step_id).order_by(change_rows.c.id))
    return [RowChange.unpack(table, op, payload) for table, op, payload in found]


def steps(connection: Connection, *, after: int = 0, limit: int | None = None) -> list[Step]:
    """The log in order of time, from the entry after number `after`; merged steps stand at their own time."""
    query = select(change_step).where(change_step.c.id > after).order_by(change_step.c.at, change_step.c.id)
    return [step_of(row) for row in connection.execute(query.limit(limit) if limit else query)]


def after(connection: Connection, number: int, limit: int) -> list[Step]:
    """What was done, undone and redone in this project after entry `number`, in the order in which it was kept."""
    query = select(change_step).where(change_step.c.id > number, change_step.c.kind.in_(("do", "undo", "redo")))
    return [step_of(row) for row in connection.execute(query.order_by(change_step.c.id).limit(limit))]


def step_of(row: Any) -> Step:
    """An entry from a row of `change_step`."""
    return Step(row.id, row.at, row.author, Message.from_json(row.label), row.kind, row.state, row.changes,
                row.derived)


def next_undo(connection: Connection, author: str | None, but: Collection[int] = ()) -> Step | None:
    """The step that undo takes back: the newest that stands, of one author when `author` is given; none of `but`."""
    return _newest(connection, "done", author, but, newest=True)


def next_redo(connection: Connection, author: str | None, but: Collection[int] = ()) -> Step | None:
    """The step that redo does again: the one undone last."""
    return _newest(connection, "undone", author, but, newest=False)


def _newest(connection: Connection, state: str, author: str | None, but: Collection[int], *,
            newest: bool) -> Step | None:
    wanted = and_(change_step.c.kind == "do", change_step.c.state == state, change_step.c.id.not_in(but))
    if author is not None:
        wanted = and_(wanted, change_step.c.author == author)
    order = change_step.c.id.desc() if newest else change_step.c.id
    row = connection.execute(select(change_step).where(wanted).order_by(order).limit(1)).first()
    return None if row is None else step_of(row)


def take_back(connection: Connection, step: Step, author: str) -> tuple[list[RowChange], int]:
    """Undo a step and log that: its rows and the number of the new entry; raises ConflictError when somebody else's
    later change stands on it."""
    changes = [change.inverse() for change in reversed(rows_of(connection, step.id))]
    return _apply(connection, step, author, changes, "undo", "undone")


def do_again(connection: Connection, step: Step, author: str) -> tuple[list[RowChange], int]:
    """Redo a step and log that, as `take_back`."""
    return _apply(connection, step, author, rows_of(connection, step.id), "redo", "done")


def _apply(connection: Connection, step: Step, author: str, changes: list[RowChange], kind: str,
           state: str) -> tuple[list[RowChange], int]:
    try:
        for change in changes:
            apply_change(connection, change)
    except IntegrityError as error:
        raise ConflictError("«{label}» cannot be taken back: later work builds on it.", label=step.label) from error
    derived = connection.execute(select(change_step.c.derived).where(change_step.c.id == step.id)).scalar_one()
    number = write_step(connection, author, step.label, changes, kind=kind, target_id=step.id, derived=derived)
    merged = and_(change_step.c.target_id == step.id, change_step.c.kind == "merged")
    connection.execute(update(change_step).where((change_step.c.id == step.id) | merged).values(state=state))
    return changes, number


def apply_change(connection: Connection, change: RowChange) -> None:
    """Write a logged change to its table; what it expects to find must be there."""
    table = Base.metadata.tables[change.table]
    if change.before is not None:
        _expect(connection, table, change.columns, change.before)
    if change.op == "insert":
        connection.execute(insert(table), [values_of(table, change.columns, r) for r in change.after or []])
    elif change.op == "delete":
        for some in batched(reversed(change.ids), 500):
            connection.execute(delete(table).where(table.c.id.in_(some)))
    else:
        for row in change.after or []:
            values = values_of(table, change.columns, row)
            connection.execute(update(table).where(table.c.id == values.pop("id")).values(values))


def _expect(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    columns = [table.c[name] for name in names]
    for some in batched(rows, 500):
        found = connection.execute(select(*columns).where(table.c.id.in_([row[0] for row in some])))
        present = {row[0]: [to_plain(value) for value in row] for row in found}
        if any(present.get(row[0]) != list(row) for row in some):
            raise ConflictError("This has been changed since by somebody else, so it was left as it is.")


def bar_earlier(connection: Connection) -> None:
    """No step so far can be undone or redone any more."""
    connection.execute(update(change_step).where(
        change_step.c.state.in_(("done", "undone")), change_step.c.kind != "merged").values(state="barred"))


def newest(connection: Connection) -> int:
    """The number of the last entry, 0 when there is none."""
    return int(connection.execute(select(func.max(change_step.c.id))).scalar() or 0)


def is_kept(connection: Connection, uuid: UUID) -> bool:
    """Whether the log has an entry."""
    return connection.execute(select(change_step.c.id).where(change_step.c.uuid == uuid)).first() is not None


def count(connection: Connection) -> int:
    """How many entries the log has."""
    return int(connection.execute(select(func.count()).select_from(change_step)).scalar_one())


def row_history(connection: Connection, table_name: str, row_id: int) -> list[tuple[Step, RowChange]]:
    """Every change of one row with its step, oldest first; of what a merge brought, the steps of those who did it."""
    found = connection.execute(
        select(change_step, change_rows.c.op.label("row_op"), change_rows.c.payload)
        .join(change_rows, change_rows.c.step_id == change_step.c.id)
        .where(change_rows.c.table_name == table_name, change_rows.c.first_id <= row_id,
               change_rows.c.last_id >= row_id)
        .order_by(change_rows.c.id))
    pairs = ((step_of(row), RowChange.unpack(table_name, row.row_op, row.payload)) for row in found)
    told = [(step, one) for step, change in pairs if (one := _only(change, row_id)) is not None]
    if any(step.kind == "merged" and step.state == "done" for step, _ in told):
        # What a merge brought is told by those who did it, at their own time.
        told = [(step, one) for step, one in told if not step.derived]
    return sorted(told, key=lambda pair: pair[0].at)


def _only(change: RowChange, row_id: int) -> RowChange | None:
    if row_id not in change.ids:
        return None
    at = change.ids.index(row_id)
    return RowChange(change.table, change.op, change.columns, change.before and [change.before[at]],
                     change.after and [change.after[at]])


