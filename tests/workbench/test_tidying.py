"""Garbage with Qt objects in it goes in the window's thread, whoever else makes objects meanwhile."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject

from workbench.tidying import Tidying


class Knot(QObject):
    """An object in a ring, that notes in which thread it went."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.ring = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_rings_are_collected_in_the_thread_of_the_window(qapp: Any, _tidying: Tidying) -> None:
    gone: list[int] = []
    for _n in range(50):
        Knot(gone)
    other = threading.Thread(target=lambda: [[object()] for _n in range(50_000)])
    other.start()
    other.join()
    assert gone == []
    for _n in range(40):
        held = [[n] for n in range(2_000)]
        _tidying.tidy()
        del held
    assert len(gone) == 50
    assert set(gone) == {threading.get_ident()}
