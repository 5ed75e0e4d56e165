"""The session that notes every row it writes, and the bulk writers beside it.

Whatever an operation writes, it writes through this session: single objects the usual way, many rows with
`insert_rows`, `update_rows` and `delete_rows`. Both end in `Writing.changes`, the raw material of the change log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, event, func, insert, select, text, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from corpora.store.base import Base
from corpora.store.rows import RowChange, plain_row, to_plain

if TYPE_CHECKING:
    from corpora.store.changes import ForeignStep

CHUNK = 500
"""Rows per statement with a list of ids; below SQLite's limit of bound values."""


class Writing(Session):
    """A session inside a step. `changes` grows in the order of writing; `author` is who writes; `foreign` are steps of
    other copies that the step takes in."""

    author: str = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes: list[RowChange] = []
        self.foreign: list[ForeignStep] = []
        self._old: dict[tuple[str, int], list[Any]] = {}


def batched(items: Iterable[Any], n: int) -> Iterator[list[Any]]:
    """The items in lists of at most `n`."""
    iterator = iter(items)
    while some := list(islice(iterator, n)):
        yield some


def table_of(model: type[Base]) -> Table:
    """The table behind a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def column_names(table: Table) -> tuple[str, ...]:
    """All columns of a table, `id` first."""
    return ("id", *(c.name for c in table.c if c.name != "id"))


def note_old_rows(session: Writing, _context: UOWTransaction, _instances: Any) -> None:
    """Before a flush: read the rows that are about to change, as the database has them."""
    touched = [o for o in (*session.dirty, *session.deleted) if o.__logged__]
    for model, objects in _by_model(touched):
        for row in _rows(session, table_of(model), [o.id for o in objects]):
            session._old[(table_of(model).name, row[0])] = row


def _by_model(objects: Iterable[Any]) -> Iterator[tuple[type[Base], list[Any]]]:
    for model, group in groupby(sorted(objects, key=lambda o: str(o.__tablename__)), key=type):
        yield model, list(group)


def note_new_rows(session: Writing, _context: UOWTransaction) -> None:
    """After a flush: note what was inserted, changed and deleted."""
    for item in sorted((o for o in session.new if o.__logged__), key=_order):
        names = column_names(table_of(type(item)))
        session.changes.append(RowChange(item.__tablename__, "insert", names, None, [_plain_object(item, names)]))
    for item in sorted((o for o in session.dirty if o.__logged__), key=_order):
        _note_update(session, item)
    for item in sorted((o for o in session.deleted if o.__logged__), key=_order):
        names = column_names(table_of(type(item)))
        old = session._old[(item.__tablename__, item.id)]
        session.changes.append(RowChange(item.__tablename__, "delete", names, [old], None))


def _order(item: Base) -> tuple[int, int]:
    # Parents first, so that undo in reverse order never meets a missing parent.
    return _rank()[item.__tablename__], item.id  # type: ignore[attr-defined]


def _rank() -> dict[str, int]:
    return {table.name: n for n, table in enumerate(Base.metadata.sorted_tables)}


def _note_update(session: Writing, item: Any) -> None:
    names = column_names(table_of(type(item)))
    old, new = session._old[(item.__tablename__, item.id)], _plain_object(item, names)
    changed = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if changed:
        keep = [0, *changed]
        session.changes.append(RowChange(item.__tablename__, "update", tuple(names[k] for k in keep),
                                         [[old[k] for k in keep]], [[new[k] for k in keep]]))


def _plain_object(item: Any, names: Sequence[str]) -> list[Any]:
    return [to_plain(getattr(item, name)) for name in names]


def _rows(session: Session, table: Table, ids: Iterable[int]) -> list[list[Any]]:
    names = column_names(table)
    columns = [table.c[name] for name in names]
    found: list[list[Any]] = []
    for some in batched(ids, CHUNK):
        for row in session.connection().execute(select(*columns).where(table.c.id.in_(some)).order_by(table.c.id)):
            found.append([to_plain(value) for value in row])
    return found


def refuse_unlogged(state: ORMExecuteState) -> None:
    """No UPDATE, INSERT or DELETE statement may pass the log by."""
    if state.is_update or state.is_insert or state.is_delete:
        raise RuntimeError("write with insert_rows, update_rows or delete_rows: the change log must see it")


event.listen(Writing, "before_flush", note_old_rows)
event.listen(Writing, "after_flush", note_new_rows)
event.listen(Writing, "do_orm_execute", refuse_unlogged)


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert many rows at once and return their new numbers; every row has the same keys, `id` is given here."""
    if not rows:
        return []
    session.flush()
    table = table_of(model)
    first = _reserve(session, table, len(rows))
    full = [{"id": first + n, **_with_defaults(table, row)} for n, row in enumerate(rows)]
    session.connection().execute(insert(table), full)
    if model.__logged__:
        names = column_names(table)
        _log(session, RowChange(table.name, "insert", names, None, [plain_row(row, names) for row in full]))
    return [first + n for n in range(len(rows))]


def _with_defaults(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    full = dict(row)
    for column in table.c:
        if column.name not in full and column.name != "id":
            default: Any = column.default
            full[column.name] = None if default is None else default.arg(None) if default.is_callable else default.arg
    return full


def _reserve(session: Session, table: Table, n: int) -> int:
    """The first of `n` numbers that no row of the table has or had."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        # Nobody else writes meanwhile, so that the block is connected.
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        last = connection.execute(text(f"SELECT setval({sequence}, nextval({sequence}) + :n - 1)"), {"n": n})
        return int(last.scalar_one()) - n + 1
    used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    highest = connection.execute(select(func.max(table.c.id))).scalar()
    return max(int(used.scalar() or 0), int(highest or 0)) + 1


def reserve_numbers(session: Session, model: type[Base], n: int) -> list[int]:
    """Numbers that no row of the table has, had or will get."""
    if not n:
        return []
    table = table_of(model)
    first = _reserve(session, table, n)
    if session.connection().dialect.name == "sqlite":
        used = {"name": table.name, "last": first + n - 1}
        found = session.connection().execute(
            text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), used)
        if not found.rowcount:
            session.connection().execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), used)
    return list(range(first, first + n))


def put_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows under numbers of their own: reserved ones, or those that they had before."""
    if not rows:
        return
    session.flush()
    table = table_of(model)
    session.connection().execute(insert(table), [dict(row) for row in rows])
    names = column_names(table)
    _log(session, RowChange(table.name, "insert", names, None, [plain_row(row, names) for row in rows]))


def update_rows(session: Session, model: type[Base], values: Mapping[int, Mapping[str, Any]]) -> None:
    """Change many rows at once: number → new values; every row changes the same columns."""
    if not values:
        return
    session.flush()
    table = table_of(model)
    names = ("id", *next(iter(values.values())))
    place = [column_names(table).index(name) for name in names]
    before = [[row[k] for k in place] for row in _rows(session, table, values)]
    after = [[row[0], *(to_plain(values[row[0]][name]) for name in names[1:])] for row in before]
    changed = [n for n in range(len(before)) if before[n] != after[n]]
    if not changed:
        return
    statement = update(table).where(table.c.id == bindparam("_id")).values({n: bindparam(f"_{n}") for n in names[1:]})
    session.connection().execute(statement, [
        {"_id": before[n][0], **{f"_{k}": values[before[n][0]][k] for k in names[1:]}} for n in changed])
    session.expire_all()
    _log(session, RowChange(table.name, "update", names, [before[n] for n in changed], [after[n] for n in changed]))


def delete_rows(session: Session, model: type[Base], ids: Iterable[int]) -> int:
    """Delete many rows at once and return how many there were."""
    session.flush()
    table = table_of(model)
    rows = _rows(session, table, sorted(set(ids)))
    for some in batched((row[0] for row in rows), CHUNK):
        session.connection().execute(delete(table).where(table.c.id.in_(some)))
    session.expire_all()
    if rows:
        _log(session, RowChange(table.name, "delete", column_names(table), rows, None))
    return len(rows)


def _log(session: Session, change: RowChange) -> None:
    assert isinstance(session, Writing), "writes belong in a step"
    session.changes.append(change)
