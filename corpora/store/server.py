"""Projects on a PostgreSQL server: addresses, the engine, and one writer at a time.

A step takes one lock for the whole project before it reads anything, as a writer of a file does. So steps stand in the
log in the order in which they were committed, a number in the log is never filled later than a higher one, and two
people who do the same thing at once meet in the operation itself and not in an error of the database.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, MetaData, String, Text, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from corpora.errors import ProjectError
from corpora.store.base import Base

LOCK = 0x4E415252
"""The advisory lock of whoever writes."""

CHANNEL = "narratief"
"""Where the numbers of new steps are told (LISTEN, NOTIFY)."""

PATIENCE = {"lock_timeout": 30_000, "idle_in_transaction_session_timeout": 60_000,
            "tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}
"""For how long the server waits: for the lock, and for a client that is gone while it holds it."""

LINE: dict[str, Any] = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3,
                        "tcp_user_timeout": 8_000, "application_name": "Narratief"}
"""How the driver looks after a connection, unless the address says otherwise."""

FRESH = 1.0
"""Seconds for which a connection is trusted."""

_passwords: dict[str, str] = {}


def parsed(address: str) -> URL:
    """An address of a project on a server; ProjectError for what is none."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ProjectError("{name} is no project: give a file that ends in {suffix} or a postgresql+psycopg:// "
                           "address.", name=address.split("@")[-1], suffix=".narratief") from None
    if url.get_backend_name() != "postgresql":
        raise ProjectError("{name} is no project: give a file that ends in {suffix} or a postgresql+psycopg:// "
                           "address.", name=url.get_backend_name(), suffix=".narratief")
    return url.set(drivername="postgresql+psycopg")


def bare(address: str) -> str:
    """The address without password, fit to be shown and to be remembered. A password in it is kept for as long as
    this program runs, in memory only."""
    url = parsed(address)
    without = url._replace(password=None).render_as_string()
    if url.password:
        _passwords[without] = str(url.password)
    return without


def full(address: str) -> URL:
    """The address with the password that was given for it, if one was."""
    without = bare(address)
    return parsed(without).set(password=_passwords.get(without))


def engine_for(address: str) -> Engine:
    """The engine for a project on a server."""
    url = full(address)
    settings = " ".join(f"-c {name}={value}" for name, value in PATIENCE.items())
    asked = {name: value for name, value in LINE.items() if name not in url.query}
    asked["options"] = f"{settings} {url.query.get('options', '')}".strip()
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=asked)
    event.listen(engine, "begin", _begin)
    _ask_seldom(engine)
    return engine


def _ask_seldom(engine: Engine) -> None:
    """A connection that answered a moment ago is not asked again whether it is there before it is used."""
    asked: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
    ask = engine.dialect.do_ping

    def do_ping(line: Any) -> bool:
        moment = time.monotonic()
        if moment - asked.get(line, -FRESH) < FRESH:
            return True
        found = ask(line)
        asked[line] = moment
        return found

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign,assignment]


def _begin(connection: Any) -> None:
    if connection.get_execution_options().get("narratief_write"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def make_room(connection: Connection) -> None:
    """Make ready for the tables of a project: they will belong to the role that owns the database, when the user is
    a member of it, so that every member can work in them."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise ProjectError("The database keeps its texts as {encoding}, which lacks many signs. Have one made with "
                           "ENCODING 'UTF8'.", encoding=encoding)
    present = set(inspect(connection).get_table_names())
    if taken := sorted(present & set(Base.metadata.tables)):
        raise ProjectError("The database holds tables of something else ({names}). Have an empty one made for the "
                           "project.", names=", ".join(taken[:3]))
    owner = connection.exec_driver_sql(
        "SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database WHERE datname = current_database() "
        "AND pg_has_role(current_user, datdba, 'MEMBER')").scalar()
    if owner:
        connection.exec_driver_sql(f"SET LOCAL ROLE {owner}")


def unmake(engine: Engine) -> None:
    """Take the tables of a project that was only begun out of the database again."""
    with engine.begin() as connection:
        names = [*(table.name for table in reversed(Base.metadata.sorted_tables)), "passage_index", "narratief_schema"]
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(names)}")


def stored(metadata: MetaData) -> MetaData:
    """The tables as a server keeps them: texts of any length, in the order of their code points, as in a file."""
    made = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        for column in table.to_metadata(made).columns:
            if isinstance(column.type, String):
                column.type = Text(collation="C")
    return made
