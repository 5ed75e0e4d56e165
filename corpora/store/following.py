"""Telling the listeners what changed: own steps at once, others' as they are heard of, all in the order of the log.

The project knows the last step that it told. Before an own step is told, those of others that came before it are, so
that every view takes the steps in as they were done. A step whose telling fails, as the server went away just then, is
told when the connection is back: the log has it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine

from corpora.errors import AwayError
from corpora.messages import Message
from corpora.store import changes
from corpora.store.explaining import clear_errors
from corpora.store.rows import RowChange

if TYPE_CHECKING:
    from corpora.store.link import Link

AT_ONCE = 200
"""Steps read in one go."""


@dataclass(frozen=True)
class Changed:
    """What a step did, for those who listen: `label`, kind (do, undo, redo) and the rows; who did it, whether it was
    done in this program (`own`), and its number in the log."""

    label: Message
    kind: str
    rows: tuple[RowChange, ...]
    author: str = ""
    own: bool = True
    number: int = 0

    def tables(self) -> set[str]:
        """The tables that changed."""
        return {change.table for change in self.rows}


class Following:
    """Keeps the listeners of one project; `own` are the numbers of the steps made here, `unsure` the steps of which
    it is not known whether they were kept."""

    def __init__(self, engine: Engine, reader: Engine, writer: Engine) -> None:
        self.own: set[int] = set()
        self.unsure: dict[UUID, Message] = {}
        self._engine, self._reader, self._writer = engine, reader, writer
        self._listeners: list[Callable[[Changed], None]] = []
        self._order = threading.RLock()
        self._seen: int | None = None
        self._link: Link | None = None
        self._settled: Callable[[Message, bool], None] = lambda _label, _kept: None

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` with every change; returns a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, changed: Changed) -> None:
        """Tell the listeners."""
        for listener in list(self._listeners):
            listener(changed)

    def start(self, state: Callable[[bool], None], settled: Callable[[Message, bool], None]) -> int:
        """Hear of others' steps from now on; returns the number of the last one so far."""
        from corpora.store.gate import Gate
        from corpora.store.link import Link

        gate = Gate(self._engine)
        self._engine.dispose()  # connections that the gate does not know could not be cut
        with self._reader.connect() as connection:
            seen = self._seen = changes.newest(connection)
        self._settled = settled
        self._link = Link(self._engine, gate, self.catch_up, lambda: self._back(state),
                          lambda: state(False))
        self._link.start()
        return seen

    def stop(self) -> None:
        """Hear of nothing more."""
        if self._link is not None:
            self._link.stop()

    def tell(self, changed: Changed) -> None:
        """Tell of an own step, after the steps of others that came before it."""
        if self._seen is None:
            self.announce(changed)
            return
        with self._order, suppress(AwayError):  # what cannot be told now is told when the server is back
            if changed.number > self._seen + 1:
                self._tell_later(until=changed.number)
            if changed.number > self._seen:
                self._seen = changed.number
                self.announce(changed)

    def catch_up(self) -> None:
        """Tell of every step in the log that was not told yet."""
        with self._order:
            self._tell_later()

    def _tell_later(self, until: int | None = None) -> None:
        while self._seen is not None:
            found = list(self._later(self._seen))
            for changed in found:
                if until is not None and changed.number >= until:
                    return
                self._seen = changed.number
                self.announce(changed)
            if len(found) < AT_ONCE:
                return

    def _later(self, seen: int) -> Iterator[Changed]:
        with clear_errors(None), self._reader.connect() as connection:
            for step in changes.after(connection, seen, AT_ONCE):
                rows = tuple(changes.rows_of(connection, step.id))
                yield Changed(step.label, step.kind, rows, step.author, step.id in self.own, step.id)

    def _back(self, state: Callable[[bool], None]) -> None:
        """The server answers again. Whether a step was kept is asked as a writer: then it is not under way any more."""
        state(True)
        for uuid, label in list(self.unsure.items()):
            with clear_errors(None), self._writer.begin() as connection:
                kept = changes.is_kept(connection, uuid)
            del self.unsure[uuid]
            self._settled(label, kept)
