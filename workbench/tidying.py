"""Python's cyclic garbage is collected in the window's thread only.

Python collects in whichever thread happens to make an object, a job's among them; but a Qt object must go in the thread
in which it lives. Collected elsewhere it now and then takes the program down with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

MILLISECONDS = 500


class Tidying(QObject):
    """Turns Python's own collecting off and does it by a timer of the window's thread, by the same limits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        gc.disable()
        gc.freeze()  # modules and classes stay for good; not looking at them keeps a collection short
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tidy)
        self._timer.start(MILLISECONDS)

    def tidy(self) -> int:
        """Collect what is due; returns how many objects could not be reached any more."""
        due = [n for n, (count, limit) in enumerate(zip(gc.get_count(), self._limits, strict=True)) if count > limit]
        return gc.collect(due[-1]) if due else 0

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
