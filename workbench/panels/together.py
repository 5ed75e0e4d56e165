"""Place 7, *Overeenstemming*: all that coders do together, one tab each. A tab is made when it is first looked at."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.project import OpenProject
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
        self.tabs = QTabWidget()
        self._where = {key: where for key, _title, where in tabs()}
        self._keys = list(self._where)
        self._pages: dict[str, QWidget] = {}
        self._holders = [_Holder() for _key in self._keys]
        for holder, (_key, title, _module) in zip(self._holders, tabs(), strict=True):
            self.tabs.addTab(holder, title)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Working together"))
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _index: self._look())

    def page(self, key: str) -> Any:
        """The page of a tab, made when it is not there yet."""
        if key not in self._pages:
            module, name = self._where[key].split(":")
            made = cast(QWidget, getattr(import_module(module), name)(self.opened))
            self._connect(made)
            self._holders[self._keys.index(key)].hold(made)
            self._pages[key] = made
        return self._pages[key]

    def show_tab(self, key: str) -> Any:
        """Go to a tab; returns its page."""
        found = self.page(key)
        self.tabs.setCurrentIndex(self._keys.index(key))
        self.setFocusProxy(found)
        return found

    def here(self) -> str:
        """The key of the tab in sight."""
        return self._keys[self.tabs.currentIndex()]

    def _connect(self, page: Any) -> None:
        for name in ("openPlace", "openNarratief", "openDocument", "readWanted", "openCode", "copyWanted"):
            if hasattr(page, name):
                getattr(page, name).connect(getattr(self, name))
        if hasattr(page, "openTab"):
            page.openTab.connect(self.show_tab)

    def _look(self) -> None:
        if self.isVisible():
            self.setFocusProxy(self.page(self.here()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()


class _Holder(QWidget):
    """The place of a page that may not be made yet."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, theme().px(8), 0, 0)

    def hold(self, page: QWidget) -> None:
        """Show the page."""
        self._box.addWidget(page)
        page.show()
        self.setFocusProxy(page)
