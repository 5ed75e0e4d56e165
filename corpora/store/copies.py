"""Copies of a project: one made for somebody else, and one looked into without touching it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text
from sqlalchemy.exc import DBAPIError

from corpora.errors import ProjectError
from corpora.messages import Message
from corpora.store import schema
from corpora.store.base import Base
from corpora.store.changes import change_known, known_steps, write_step
from corpora.store.project import SUFFIX, Project
from corpora.store.rows import RowChange, plain_row
from corpora.store.views import logged_tables
from corpora.store.writing import batched, column_names

Choose = Callable[[Table, dict[str, Any]], dict[str, Any] | None]


@contextmanager
def borrowed(place: str, own: Path | None) -> Iterator[Connection]:
    """Look into a project: a file through a copy, so that it stays as it is whatever its age; a server as it stands."""
    if "://" in place:
        other = Project.open(place)
        try:
            with other.read() as session:
                yield session.connection()
        finally:
            other.close()
        return
    path = Path(place)
    if not path.is_file():
        raise ProjectError("There is no file {name} to merge.", name=str(place))
    if own is not None and own.exists() and path.samefile(own):
        raise ProjectError("{name} is the project itself. Choose a copy to merge.", name=path.name)
    with tempfile.TemporaryDirectory(prefix="narratief-") as folder:
        other = Project.open(_copied(path, Path(folder)))
        try:
            with other.engine.connect() as connection:
                _require_sound(connection, path)
                yield connection
        finally:
            other.close()


def _copied(path: Path, folder: Path) -> Path:
    target = folder / f"{path.stem or 'copy'}{SUFFIX}"
    try:
        # Read-only, but with the write-ahead log that may still lie beside it.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old, \
                closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.DatabaseError as error:
        raise ProjectError("{name} cannot be read as a project ({why}). Ask for a new copy.", name=path.name,
                           why=str(error)) from error
    return target


def _require_sound(connection: Connection, path: Path) -> None:
    try:
        damaged = bool(schema.damage(connection))
    except DBAPIError:
        damaged = True
    if damaged:
        raise ProjectError("{name} is damaged, so nothing of it was merged. Ask for a new copy.", name=path.name)


def make_copy(source: Connection, target: Path, label: Message, author: str, choose: Choose,
              texts: Callable[[Project], None], changed: Mapping[str, Sequence[Mapping[str, Any]]]) -> Project:
    """A new project file with the rows that `choose` gives and those of `changed`, and nothing else of the source: its
    log begins with one step that stands for all earlier ones. `texts` brings the texts in before the rows."""
    made = Project.create(target, author)
    try:
        texts(made)
        with made.engine.execution_options(narratief_write=True).begin() as connection:
            rows = _copy_rows(source, connection, choose, changed)
            write_step(connection, author, label, rows, kind="genesis")
            connection.execute(text("UPDATE change_step SET state = 'barred'"))
            for some in batched(sorted(known_steps(source), key=str), 500):
                connection.execute(insert(change_known), [{"uuid": uuid} for uuid in some])
    except BaseException:
        made.close()
        for ending in ("", "-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        raise
    return made


def _copy_rows(source: Connection, connection: Connection, choose: Choose,
               changed: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[RowChange]:
    kept: dict[str, set[int]] = {}
    found = []
    for table in logged_tables():
        rows = [dict(row) for row in source.execute(select(table).order_by(table.c.id)).mappings()]
        linked = (_linked(table, row, kept) for row in rows)
        chosen = [found_row for row in linked if row is not None and (found_row := choose(table, row)) is not None]
        chosen += [dict(row) for row in changed.get(table.name, ())]
        kept[table.name] = {row["id"] for row in chosen}
        if chosen:
            connection.execute(insert(table), chosen)
            names = column_names(table)
            found.append(RowChange(table.name, "insert", names, None, [plain_row(row, names) for row in chosen]))
    cleaned = [_without_lost(connection, change, kept) for change in found]
    return [change for change in cleaned if change.after]


def _linked(table: Table, row: dict[str, Any], kept: Mapping[str, set[int]]) -> dict[str, Any] | None:
    """A row without links to rows that were left out; None when it cannot be without one."""
    for column in table.c:
        for key in column.foreign_keys:
            name, value = key.column.table.name, row[column.name]
            if key.column.name != "id" or value is None or name == table.name or value in kept[name]:
                continue
            if not column.nullable:
                return None
            row[column.name] = None
    return row


def _without_lost(connection: Connection, change: RowChange, kept: Mapping[str, set[int]]) -> RowChange:
    """Take out notes on rows that were left out."""
    if "about_id" not in change.columns or change.after is None:
        return change
    about, number = change.columns.index("about"), change.columns.index("about_id")
    stay = [r for r in change.after if r[number] is None or r[about] not in kept or r[number] in kept[r[about]]]
    lost = sorted(set(change.ids) - {r[0] for r in stay})
    table = Base.metadata.tables[change.table]
    for some in batched(lost, 500):
        connection.execute(table.delete().where(table.c.id.in_(some)))
    return RowChange(change.table, change.op, change.columns, None, stay)
