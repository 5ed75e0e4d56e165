"""One worker process that does jobs in turn, so that heavy Python work never holds up the window (no Qt here)."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

from corpora.errors import NarratiefError

Tell = Callable[[str, Any], None]


class Cancelled(Exception):
    """The user has cancelled the work."""


class WorkerDied(NarratiefError):
    """The worker process ended before it answered (killed, or out of memory)."""

    def __init__(self) -> None:
        super().__init__("The work in the background broke off, perhaps for lack of memory. Close other programs "
                         "and try again.")


class Worker:
    """A process that is started at the first job and kept; jobs wait for each other.

    `submit` returns a ticket; `tell(kind, value)` is then called from another thread with `"progress"` and
    once with `"result"`, `"error"` or `"cancelled"`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[int, bytes, Tell]] = deque()
        self._current: tuple[int, Tell] | None = None
        self._next_ticket = 1
        self._cancel_since = 0.0
        self._begin_process()

    @property
    def is_alive(self) -> bool:
        """Whether the process can still take work."""
        return self._process.is_alive()

    def submit(self, work: Callable[..., Any], args: tuple[Any, ...], tell: Tell) -> int:
        """Queue `work(progress, *args)`; raises `pickle.PicklingError` when it cannot travel to the process."""
        packed = pickle.dumps((work, args))
        with self._lock:
            ticket, self._next_ticket = self._next_ticket, self._next_ticket + 1
            self._waiting.append((ticket, packed, tell))
            self._send_next()
        return ticket

    def cancel(self, ticket: int, patience: float) -> None:
        """Cancel a job: a waiting one at once, the current one at its next report; a process that does not
        report within `patience` seconds is ended and replaced."""
        with self._lock:
            for entry in [e for e in self._waiting if e[0] == ticket]:
                self._waiting.remove(entry)
                entry[2]("cancelled", None)
            if self._current is None or self._current[0] != ticket:
                return
            if not self._cancel.is_set():
                self._cancel.set()
                self._cancel_since = time.monotonic()
            elif time.monotonic() - self._cancel_since > patience:
                self._process.kill()

    def stop(self) -> None:
        """End the process; jobs under way are told `"cancelled"`."""
        with self._lock:
            self._waiting.clear()
        self._cancel.set()
        self._process.kill()
        self._process.join(2)

    def _begin_process(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._cancel: Event = context.Event()
        self._pipe, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, self._cancel), daemon=True)
        self._process.start()
        far_end.close()
        threading.Thread(target=self._listen, args=(self._pipe,), daemon=True).start()

    def _send_next(self) -> None:
        if self._current is None and self._waiting:
            ticket, packed, tell = self._waiting.popleft()
            self._current = (ticket, tell)
            self._cancel.clear()
            with contextlib.suppress(OSError):
                self._pipe.send_bytes(packed)

    def _listen(self, pipe: Connection) -> None:
        """Pass on what the process says until it ends."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                kind, value = pipe.recv()
                self._pass_on(kind, value)
        self._process_ended()

    def _pass_on(self, kind: str, value: Any) -> None:
        with self._lock:
            current = self._current
            if kind != "progress":
                self._current = None
                self._send_next()
        if current is not None:
            current[1](kind, value)

    def _process_ended(self) -> None:
        with self._lock:
            current, self._current = self._current, None
            was_cancelled = self._cancel.is_set()
            if self._waiting:
                self._begin_process()
                self._send_next()
        if current is not None and was_cancelled:
            current[1]("cancelled", None)
        elif current is not None:
            current[1]("error", WorkerDied())


def _serve(pipe: Connection, cancel: Event) -> None:
    """The process's own loop: take a job, do it, answer."""

    def progress(done: float, total: float = 1.0, text: str = "") -> None:
        if cancel.is_set():
            raise Cancelled
        pipe.send(("progress", (done / total if total else 1.0, text)))

    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            packed = pipe.recv_bytes()
            pipe.send(_answer(packed, progress))


def _answer(packed: bytes, progress: Callable[..., None]) -> tuple[str, Any]:
    try:
        work, args = pickle.loads(packed)
        result = work(progress, *args)
        pickle.dumps(result)
    except Cancelled:
        return "cancelled", None
    except Exception as error:
        return "error", _portable(error)
    return "result", result


def _portable(error: Exception) -> Exception:
    """The error itself where it survives the way back, else its text."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(str(error))
    return error
