"""Work that takes longer than a blink: in a thread or in the worker process, with progress, cancel and an
answer.

    jobs().run(import_files, paths, title=_("Importing"), on_result=..., on_error=...)

The function gets a `Progress` as its first argument and calls `progress(done, total, text)` now and then;
that call raises `Cancelled` once the user has cancelled, so a long function stops at its next report. Answers
arrive in the window's thread. Work that holds Python's lock for long (language work, large exports) belongs
in the worker process (`process=True`): there function, arguments and answer must be picklable, and the
process stays for the next job.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from workbench.worker import Cancelled, Worker

GRACE_MILLISECONDS = 2000
__all__ = ["Cancelled", "Job", "Jobs", "Progress", "jobs"]


class Progress(Protocol):
    """What a job's function calls: how much is done of how much, and in words with what."""

    def __call__(self, done: float, total: float = 1.0, text: str = "") -> None: ...


class Job(QObject):
    """One piece of work under way. Exactly one of `finished`, `failed`, `cancelled` comes, and `ended` after it."""

    progressed = Signal(float, str)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _reported = Signal(str, object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.share = 0.0
        self.text = ""
        self.is_running = True
        self._stop = threading.Event()
        self._reported.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._stop.set()

    @property
    def is_cancelling(self) -> bool:
        """Whether the user has asked to stop."""
        return self._stop.is_set()

    def report(self, done: float, total: float = 1.0, text: str = "") -> None:
        """Report progress from the working thread; raises `Cancelled` after `cancel`."""
        if self._stop.is_set():
            raise Cancelled
        self._reported.emit("progress", (done / total if total else 1.0, text))

    def tell(self, kind: str, value: object) -> None:
        """Pass `"result"`, `"error"` or `"cancelled"` to the window's thread; callable from any thread."""
        self._reported.emit(kind, value)

    def _receive(self, kind: str, value: Any) -> None:
        if not self.is_running:
            return
        if kind == "progress":
            self.share, self.text = value
            self.progressed.emit(self.share, self.text)
            return
        self.is_running = False
        if kind == "result":
            self.finished.emit(value)
        elif kind == "error":
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        self.ended.emit()


class Jobs(QObject):
    """All work under way; `started` lets the window show a strip for each."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Job] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._worker: Worker | None = None

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,
        title: str = "",
        process: bool = False,
        on_result: Callable[[Any], object] | None = None,
        on_error: Callable[[BaseException], object] | None = None,
    ) -> Job:
        """Start `work(progress, *args)`; an empty title keeps the job out of sight."""
        job = Job(title, self)
        self.running.append(job)
        job.ended.connect(lambda: self._forget(job))
        if on_result is not None:
            job.finished.connect(on_result)
        if on_error is not None:
            job.failed.connect(on_error)
        self.started.emit(job)
        if process:
            self._start_in_process(job, work, args)
        else:
            self._pool.start(_Runnable(job, work, args))
        return job

    def cancel_all(self) -> None:
        """Ask everything to stop, as on closing a project."""
        for job in list(self.running):
            job.cancel()

    def shut_down(self) -> None:
        """Stop all work and the worker process; for the end of the program."""
        self.cancel_all()
        self._pool.waitForDone(GRACE_MILLISECONDS)
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _forget(self, job: Job) -> None:
        if job in self.running:
            self.running.remove(job)
        job.deleteLater()

    def _start_in_process(self, job: Job, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if self._worker is None or not self._worker.is_alive:
            self._worker = Worker()
        ticket = self._worker.submit(work, args, job.tell)
        watch = QTimer(job)
        watch.timeout.connect(lambda: self._watch(job, ticket))
        watch.start(100)

    def _watch(self, job: Job, ticket: int) -> None:
        """Pass a wish to cancel on to the process, and end the process when it does not listen."""
        if job.is_cancelling and self._worker is not None:
            self._worker.cancel(ticket, patience=GRACE_MILLISECONDS / 1000)


class _Runnable(QRunnable):
    def __init__(self, job: Job, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__()
        self._job, self._work, self._args = job, work, args

    def run(self) -> None:
        try:
            self._job.tell("result", self._work(self._job.report, *self._args))
        except Cancelled:
            self._job.tell("cancelled", None)
        except Exception as error:
            self._job.tell("error", error)


@lru_cache(maxsize=1)
def jobs() -> Jobs:
    """The jobs of this process; stopped with the application."""
    made = Jobs()
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(made.shut_down)
    return made
