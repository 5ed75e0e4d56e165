"""The thread that hears of others' steps, and that notices when the server is away and back.

It has a connection of its own on which it listens. Whenever a step is told, or nothing was heard for a beat, it looks
whether the server answers. A server that does not is reported once; from then on the thread tries again by itself, at
growing distances.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from corpora.errors import NarratiefError
from corpora.store.gate import Gate, cut
from corpora.store.server import CHANNEL

BEAT = 1.0
"""Seconds of silence after which the server is asked whether it is there."""
ANSWER = 2.0
"""Seconds that it may take for an answer."""
CATCHING_UP = 10.0
"""Seconds that it may take to read what was missed."""
FIRST, LONGEST = 0.25, 8.0
"""Seconds between two attempts to get through again."""


class Link(threading.Thread):
    """`arrived()` is called when there may be new steps, `back()` first when the server is there (again), `lost()` once
    when it is gone; all in this thread."""

    def __init__(self, engine: Engine, gate: Gate, arrived: Callable[[], None], back: Callable[[], None],
                 lost: Callable[[], None]) -> None:
        super().__init__(name="narratief-link", daemon=True)
        self._engine, self._gate = engine, gate
        self._arrived, self._back, self._lost = arrived, back, lost
        self._ended = threading.Event()
        self._line: Any = None
        self._is_lost = False

    def run(self) -> None:
        self._gate.keeper = threading.get_ident()
        wait = FIRST
        while not self._ended.is_set():
            with contextlib.suppress(psycopg.Error, DBAPIError, NarratiefError, OSError):
                self._line = self._dial()
                if not self._ended.is_set():
                    self._greet()
                wait = FIRST
                self._hear()
            if not self._ended.is_set():
                self._report()
                self._ended.wait(wait)
                wait = min(2 * wait, LONGEST)
        self._hang_up()

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        line = self._line
        if line is not None:
            cut(line)
        if threading.current_thread() is not self and self.is_alive():
            self.join(0.5)

    def _dial(self) -> Any:
        raw = self._engine.raw_connection()
        raw.detach()
        line: Any = raw.dbapi_connection
        line.autocommit = True
        line.execute(f"LISTEN {CHANNEL}")
        return line

    def _greet(self) -> None:
        with self._watched(CATCHING_UP):
            self._gate.open()
            self._back()
            self._is_lost = False
            self._arrived()

    def _hear(self) -> None:
        while not self._ended.is_set():
            told = sum(1 for _ in self._line.notifies(timeout=BEAT, stop_after=1))
            told += sum(1 for _ in self._line.notifies(timeout=0))
            with self._watched(ANSWER):
                self._line.execute("SELECT 1")
            if told:
                with self._watched(CATCHING_UP):
                    self._arrived()

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Cut everything off when this takes too long: the server has gone without a word."""
        timer = threading.Timer(seconds, self._gate.shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _report(self) -> None:
        self._gate.shut()
        self._hang_up()
        if not self._is_lost:
            self._is_lost = True
            self._lost()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(psycopg.Error):
                line.close()
