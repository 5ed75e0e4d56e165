"""The shape of a project on disk: made, recognised, brought up to date with a backup first, and checked."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, String, Table, inspect, text

from corpora.errors import ProjectError
from corpora.store import server
from corpora.store.base import Base

APPLICATION_ID = 0x4E415252
"""`NARR` in a SQLite file's header: tells a project from any other database."""

Migration = Callable[[Any], None]


def _known_of_copies(operations: Any) -> None:
    """Steps that a merge takes in say which of our steps their copy knew, and a row for which others it stands."""
    operations.add_column("change_step", Column("parted", Integer))
    operations.add_column("placed", Column("stands_for", Integer, nullable=False, server_default="0"))
    operations.add_column("placed", Column("said_at", String(80), nullable=False, server_default=""))


MIGRATIONS: list[Migration] = [_known_of_copies]
"""Ordered; entry n brings version n + 1 to n + 2. Each takes Alembic's `Operations`, which know both databases."""

BASE_VERSION = 1


def version() -> int:
    """The schema version that this program writes."""
    return BASE_VERSION + len(MIGRATIONS)


def create(connection: Connection) -> None:
    """Make all tables in an empty database."""
    if connection.dialect.name == "postgresql":
        server.make_room(connection)
        server.stored(Base.metadata).create_all(connection)
    else:
        Base.metadata.create_all(connection)
    for statement in _search_tables(connection):
        connection.execute(text(statement))
    stamp(connection, version())


def _search_tables(connection: Connection) -> list[str]:
    # Full text: passages of every text, found by words with diacritics folded; `corpora.search` reads and fills it.
    if connection.dialect.name == "sqlite":
        return ["CREATE VIRTUAL TABLE IF NOT EXISTS passage_index USING fts5("
                "body, hash UNINDEXED, start UNINDEXED, tokenize = \"unicode61 remove_diacritics 2\")"]
    return ["CREATE TABLE IF NOT EXISTS passage_index (body text NOT NULL, folded text NOT NULL, "
            "hash text NOT NULL COLLATE \"C\", start integer NOT NULL)",
            "CREATE INDEX IF NOT EXISTS ix_passage_index_folded ON passage_index "
            "USING gin (to_tsvector('simple', folded))",
            "CREATE INDEX IF NOT EXISTS ix_passage_index_hash ON passage_index (hash)"]


def stamp(connection: Connection, number: int) -> None:
    """Write the schema version."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version = {number}"))
    else:
        connection.execute(text("CREATE TABLE IF NOT EXISTS narratief_schema (version integer NOT NULL)"))
        connection.execute(text("DELETE FROM narratief_schema"))
        connection.execute(text("INSERT INTO narratief_schema VALUES (:n)"), {"n": number})


def stored_version(connection: Connection) -> int:
    """The schema version of a project; 0 when the database holds no project."""
    if connection.dialect.name == "sqlite":
        if connection.execute(text("PRAGMA application_id")).scalar() != APPLICATION_ID:
            return 0
        return int(connection.execute(text("PRAGMA user_version")).scalar() or 0)
    if not inspect(connection).has_table("narratief_schema"):
        return 0
    return int(connection.execute(text("SELECT version FROM narratief_schema")).scalar() or 0)


def bring_up_to_date(engine: Engine, path: Path | None) -> None:
    """Run the migrations that a project still needs, after a backup of the file beside it."""
    with engine.connect() as connection:
        found = stored_version(connection)
    if found == 0:
        raise ProjectError("{name} is not a Narratief project.", name=path.name if path else engine.url.database)
    if found > version():
        raise ProjectError("{name} was made by a newer Narratief. Install the newest version to open it.",
                           name=path.name if path else engine.url.database)
    if found == version():
        return
    if path is not None:
        back_up(path, path.with_name(f"{path.stem}.backup-v{found}{path.suffix}"))
    with engine.begin() as connection:
        _migrate(connection, found)


def _migrate(connection: Connection, found: int) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    operations = Operations(MigrationContext.configure(connection))
    for step in MIGRATIONS[found - BASE_VERSION:]:
        step(operations)
    stamp(connection, version())


def back_up(source: Path, target: Path) -> Path:
    """A whole copy of a project file, taken through SQLite so that it is never torn."""
    free = shutil.disk_usage(target.parent).free
    if free < source.stat().st_size * 1.1:
        raise ProjectError("There is no room for a backup of {name}. Free some disk space and try again.",
                           name=source.name)
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    new.close()
    old.close()
    return target


def damage(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file: pages, indexes, references; empty when sound."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(r[0]) for r in connection.execute(text("PRAGMA integrity_check")) if r[0] != "ok"]
    found += [f"{r[0]} {r[1]} → {r[2]}" for r in connection.execute(text("PRAGMA foreign_key_check"))]
    return found + [f"table {name} is missing" for name in _missing(connection)]


def _missing(connection: Connection) -> list[str]:
    present = set(inspect(connection).get_table_names())
    tables: list[Table] = Base.metadata.sorted_tables
    return [table.name for table in tables if table.name not in present]
