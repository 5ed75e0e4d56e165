"""Place 7, *Overeenstemming*: all that coders do together, one tab each. A tab is made when it is first looked at."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.project import OpenProject
from workbench.shared.late_tabs import LateTabs
from workbench.theme import theme


def tabs() -> list[tuple[str, str, str]]:
    """Key, title and `module:class` of every tab, in order. A page takes the open project and shows its own empty
    state; of the signals `openPlace`, `openNarratief`, `openDocument`, `readWanted`, `openTab` it has what it needs."""
    return [
        ("team", _("Team"), "workbench.panels.team_page:TeamPage"),
        ("agreement", _("Agreement"), "workbench.panels.agreement_page:AgreementPage"),
        ("deciding", _("Differences"), "workbench.panels.deciding_page:DecidingPage"),
        ("practice", _("Practise"), "workbench.panels.practice_page:PracticePage"),
        ("trail", _("Log of changes"), "workbench.panels.trail_page:TrailPage"),
    ]


class TogetherPanel(QWidget):
    """The pages as tabs. `openPlace(key)`, `openNarratief(id)`, `openDocument(place key, number)`, `openCode(id)`,
    `readWanted(ids, title)`, `copyWanted(coder)` are wishes of the pages that the window answers; `openTab(key)` is
    answered here."""

    openPlace = Signal(str)
    openCode = Signal(int)
    copyWanted = Signal(str)
    openNarratief = Signal(int)
    openDocument = Signal(str, int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.tabs = LateTabs(_("Working together"), above=8)
        self.tabs.made.connect(lambda _key, page: self._connect(page))
        for key, title, where in tabs():
            self.tabs.add(key, title, partial(self._make, where))
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)

    def page(self, key: str) -> Any:
        """The page of a tab, made when it is not there yet."""
        return self.tabs.page(key)

    def show_tab(self, key: str) -> Any:
        """Go to a tab, whose keys work at once; returns its page."""
        found = self.tabs.show_page(key)
        found.setFocus()
        return found

    def here(self) -> str:
        """The key of the tab in sight."""
        return self.tabs.here()

    def _make(self, where: str) -> QWidget:
        module, name = where.split(":")
        return cast(QWidget, getattr(import_module(module), name)(self.opened))

    def _connect(self, page: Any) -> None:
        for name in ("openPlace", "openNarratief", "openDocument", "readWanted", "openCode", "copyWanted"):
            if hasattr(page, name):
                getattr(page, name).connect(getattr(self, name))
        if hasattr(page, "openTab"):
            page.openTab.connect(self.show_tab)
