"""The places of the window: one line each, and the wires between them, as panels do not know each other.

A panel's module is imported when its place is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget

from workbench.giving import Giving
from workbench.i18n import _
from workbench.mainwindow import MainWindow
from workbench.wishes import Wishes

if TYPE_CHECKING:
    from workbench.app import Desk


def places() -> list[tuple[str, str, str, str]]:
    """Key, title, icon and `module:class` of every place, in the order of the method."""
    return [
        ("material", _("Material"), "material", "workbench.panels.material:MaterialPanel"),
        ("fragments", _("Fragments"), "fragments", "workbench.panels.fragments:FragmentsPanel"),
        ("coding", _("Coding"), "coding", "workbench.panels.coding:CodingPanel"),
        ("questions", _("Questions"), "questions", "workbench.panels.questions:QuestionsPanel"),
    ]


def furnish(desk: Desk, window: MainWindow) -> None:
    """Put the places in a window and answer its wishes."""
    for key, title, icon, where in places():
        window.register_place(key, title, icon, _factory(desk, window, where))
    wishes = Wishes(desk, window)
    Giving(desk, window)
    window.newRequested.connect(wishes.begin_project)
    window.coderRequested.connect(wishes.ask_who)
    window.sampleRequested.connect(wishes.open_sample)
    window.filesDropped.connect(wishes.bring_in)
    window.helpRequested.connect(wishes.show_help)


def _factory(desk: Desk, window: MainWindow, where: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        module, name = where.split(":")
        panel: Any = getattr(import_module(module), name)(desk.project)
        _connect(panel, window)
        return cast(QWidget, panel)

    return make


def _connect(panel: Any, window: MainWindow) -> None:
    """Fulfil what a panel wishes of other places, as far as it wishes anything."""
    if hasattr(panel, "openPlace"):
        panel.openPlace.connect(window.open_place)
    if hasattr(panel, "openNarratief"):
        panel.openNarratief.connect(lambda number: _show_narratief(window, number))
    if hasattr(panel, "openDocument"):
        panel.openDocument.connect(lambda key, number: _show_document(window, key, number))


def _show_narratief(window: MainWindow, number: int) -> None:
    coding: Any = window.open_place("coding")
    if coding is not None:
        coding.show_narratief(number)


def _show_document(window: MainWindow, key: str, number: int) -> None:
    panel: Any = window.open_place(key)
    if panel is not None and hasattr(panel, "show_document"):
        panel.show_document(number)
