"""Work for a server, done in a thread of its own while the window stays alive.

A step on a server takes a few milliseconds, and then nobody notices. When the server is slow or has gone, the window
goes on painting (keys and clicks wait for their turn) until the step is done or given up.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QThread

T = TypeVar("T")

BLINK = 0.05
"""Seconds for which the window may stand still."""


class Hand:
    """Does one piece of work after the other. `work` answers what the work answers, or raises what it raises."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="narratief-step")

    def work(self, work: Callable[[], T]) -> T:
        """Do a piece of work; called outside the window's thread it is done there and then."""
        app = QCoreApplication.instance()
        if app is None or QThread.currentThread() is not app.thread():
            return work()
        found: Future[T] = self._pool.submit(work)
        wait([found], BLINK)
        while not found.done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
            wait([found], 0.01)
        return found.result()

    def rest(self) -> None:
        """There is nothing more to do."""
        self._pool.shutdown(wait=False, cancel_futures=True)
