"""The places of the window: one line each, and the wires between them, as panels do not know each other.

A panel's module is imported when its place is first opened, or before that when nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget

from workbench.copying import Copying
from workbench.finding import Finder
from workbench.giving import Giving
from workbench.i18n import _
from workbench.mainwindow import MainWindow
from workbench.sharing import Sharing
from workbench.warming import Warming
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
        ("cmo", _("CMO"), "cmo", "workbench.panels.cmo:CmoPanel"),
        ("patterns", _("Patterns"), "patterns", "workbench.panels.patterns:PatternsPanel"),
        ("agreement", _("Agreement"), "agreement", "workbench.panels.together:TogetherPanel"),
        ("report", _("Report"), "report", "workbench.panels.report:ReportPanel"),
    ]


def furnish(desk: Desk, window: MainWindow) -> None:
    """Put the places in a window and answer its wishes."""
    wishes = Wishes(desk, window)
    for key, title, icon, where in places():
        window.register_place(key, title, icon, _factory(desk, wishes, window, where))
    Warming((where.split(":")[0] for _key, _title, _icon, where in places()), window)
    Giving(desk, window)
    wishes.copyWanted.connect(Copying(desk, window).ask_package)
    Sharing(desk, window)
    window.newRequested.connect(wishes.begin_project)
    window.coderRequested.connect(wishes.ask_who)
    window.projectShown.connect(lambda _project: wishes.greet())
    window.sampleRequested.connect(wishes.open_sample)
    window.filesDropped.connect(wishes.bring_in)
    window.helpRequested.connect(wishes.show_help)
    window.add_provider(Finder(desk, window, wishes).items)


def _factory(desk: Desk, wishes: Wishes, window: MainWindow, where: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        module, name = where.split(":")
        panel: Any = getattr(import_module(module), name)(desk.project)
        _connect(panel, wishes, window)
        return cast(QWidget, panel)

    return make


def _connect(panel: Any, wishes: Wishes, window: MainWindow) -> None:
    """Fulfil what a panel wishes of other places, as far as it wishes anything."""
    answers = {"openPlace": window.open_place, "openNarratief": wishes.show_narratief,
               "openDocument": wishes.show_document, "readWanted": wishes.read,
               "openCode": wishes.show_code, "historyWanted": wishes.show_history,
               "findingWanted": wishes.show_finding, "copyWanted": wishes.copyWanted}
    for name, answer in answers.items():
        if hasattr(panel, name):
            getattr(panel, name).connect(answer)
