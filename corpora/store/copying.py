"""Every row of a project into another database, whichever the two are, and a look whether all arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, text, update

from corpora.errors import ProjectError
from corpora.store.base import Base
from corpora.store.writing import batched

AT_ONCE = 1_000
"""Rows on their way at one time."""

Report = Callable[[float, float], object]
"""Called now and then with how much is done of how much; what it raises ends the copying."""


def copy_rows(source: Connection, target: Connection, report: Report) -> dict[str, int]:
    """Copy all tables into empty ones, numbers and all; returns rows per table. Raises ProjectError when what arrived
    is not what was sent."""
    tables = Base.metadata.sorted_tables
    counts = {table.name: _count(source, table) for table in tables}
    total, done = 2 * sum(counts.values()) or 1, 0
    for table in tables:
        for rows in _rows(source, table):
            report(done, total)
            _put(target, table, rows)
            done += len(rows)
        _put_self_references(source, target, table)
        _keep_numbers(source, target, table)
    for table in tables:
        for n in _compared(source, target, table):
            report(done, total)
            done += n
    return counts


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    for some in found.mappings().partitions():
        yield [dict(row) for row in some]


def _self_references(table: Table) -> list[str]:
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _put(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    # A row may point at a later one of its table; the pointers follow when all rows are there.
    own = dict.fromkeys(_self_references(table))
    target.execute(insert(table), [{**row, **own} for row in rows])


def _put_self_references(source: Connection, target: Connection, table: Table) -> None:
    for name in _self_references(table):
        column = table.c[name]
        pointing = source.execute(select(table.c.id, column).where(column.is_not(None)).order_by(table.c.id))
        statement = update(table).where(table.c.id == bindparam("_id")).values({name: bindparam("_to")})
        for some in batched(pointing, AT_ONCE):
            target.execute(statement, [{"_id": number, "_to": to} for number, to in some])


def _keep_numbers(source: Connection, target: Connection, table: Table) -> None:
    """Numbers that were given out once are not given out again, as undo puts rows back under their own number."""
    if "id" not in table.c:
        return
    last = _last_number(source, table)
    if target.dialect.name == "postgresql":
        target.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), :last, :used)"),
                       {"last": max(last, 1), "used": last > 0})
    elif last:
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        target.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                       {"name": table.name, "last": last})


def _last_number(connection: Connection, table: Table) -> int:
    if connection.dialect.name == "postgresql":
        sequence = connection.execute(text(f"SELECT pg_get_serial_sequence('{table.name}', 'id')")).scalar_one()
        query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"
    else:
        query = f"SELECT max(seq) FROM sqlite_sequence WHERE name = '{table.name}'"
    return int(connection.execute(text(query)).scalar() or 0)


def _compared(source: Connection, target: Connection, table: Table) -> Iterator[int]:
    for sent, arrived in zip_longest(_rows(source, table), _rows(target, table)):
        if sent != arrived:
            raise ProjectError("Not everything arrived unchanged ({table}), so nothing was kept at the new place.",
                               table=table.name)
        yield len(sent)
