"""The gate to a server: shut while the server does not answer, so that nobody waits for a line that is dead.

A server can be gone without a word (a cable, a sleeping laptop): then a question would wait for minutes. Who watches
the server shuts the gate; every connection is cut, which ends the waiting at once, and no new one is tried until the
watcher itself got through again.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any
from weakref import WeakSet

import psycopg
from sqlalchemy import Engine, event


class Gate:
    """Stands between an engine and its server. The thread `keeper` is let through always."""

    def __init__(self, engine: Engine) -> None:
        self.is_shut = False
        self.keeper: int | None = None
        self._lines: WeakSet[Any] = WeakSet()
        self._guard = threading.Lock()
        event.listen(engine, "do_connect", self._refuse)
        event.listen(engine, "connect", self._note)

    def shut(self) -> None:
        """Cut every connection and let none be made."""
        with self._guard:
            self.is_shut = True
            lines = list(self._lines)
        for line in lines:
            cut(line)

    def open(self) -> None:
        """Let everybody through again."""
        self.is_shut = False

    def _refuse(self, *_args: Any) -> None:
        if self.is_shut and threading.get_ident() != self.keeper:
            raise psycopg.OperationalError("the server is away")

    def _note(self, line: Any, _record: Any) -> None:
        with self._guard:
            self._lines.add(line)


def cut(line: Any) -> None:
    """Take a connection down from outside, also while another thread waits on it."""
    with (contextlib.suppress(OSError, ValueError, psycopg.Error),
          socket.fromfd(line.fileno(), socket.AF_INET, socket.SOCK_STREAM) as wire):
        wire.shutdown(socket.SHUT_RDWR)
