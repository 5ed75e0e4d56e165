"""A database of the test's own on a real PostgreSQL server; nothing else on that server is touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
NEEDED = "NARRATIEF_NEEDS_POSTGRES"
"""Set by `.ci/run`: then an unreachable server is a failure and no reason to skip."""


@contextmanager
def own_database() -> Iterator[str]:
    """The address of a new, empty database, as a project is addressed; dropped afterwards."""
    name = f"narratief_test_{os.getpid()}_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:5432/{name}"
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=5) as server:
            server.execute(statement.encode())
    except psycopg.OperationalError as error:
        if os.environ.get(NEEDED):
            raise
        pytest.skip(f"no PostgreSQL server answers on 127.0.0.1:5432 ({str(error).splitlines()[0]})")
