"""Imports the panels of the places one by one while nobody waits, so that a place opens without reading its code."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

LATER, BETWEEN = 1500, 250
"""Milliseconds before the first import, and between two."""


class Warming(QObject):
    """`modules` are imported in the window's thread, where Qt's classes belong: each takes some tens of ms, with room
    for keys and mouse in between."""

    def __init__(self, modules: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._modules = iter(modules)
        QTimer.singleShot(LATER, self, self._next)

    def _next(self) -> None:
        module = next(self._modules, None)
        if module is not None:
            import_module(module)
            QTimer.singleShot(BETWEEN, self, self._next)
