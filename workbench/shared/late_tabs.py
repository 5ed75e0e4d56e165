"""Tabs whose pages are made when they are first looked at, so that a place opens with the work of one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from workbench.theme import theme


class LateTabs(QTabWidget):
    """`made(key, page)` when a page was made; the pages are known by key."""

    made = Signal(str, object)

    def __init__(self, name: str, above: int = 0, parent: QWidget | None = None) -> None:
        """`name` for screen readers; `above` is the room over each page, in pixels at 100 %."""
        super().__init__(parent)
        self._above = above
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._holders: dict[str, QWidget] = {}
        self._pages: dict[str, Any] = {}
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setAccessibleName(name)
        self.currentChanged.connect(lambda _index: self._look())
        self._clicked = QTimer(self, singleShot=True, interval=0)  # when the click has been dealt with
        self._clicked.timeout.connect(lambda: self.page(self.here()).setFocus())
        self.tabBarClicked.connect(lambda index: self._clicked.start() if index >= 0 else None)

    def add(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """A tab more, behind the others."""
        self._makers[key] = make
        self._holders[key] = QWidget()
        self.addTab(self._holders[key], title)

    def page(self, key: str) -> Any:
        """The page of a tab, made when it is not there yet."""
        if key not in self._pages:
            page = self._pages[key] = self._makers[key]()
            self.made.emit(key, page)
            holder = self._holders[key]
            box = QVBoxLayout(holder)
            box.setContentsMargins(0, theme().px(self._above), 0, 0)
            box.addWidget(page)
            page.show()
            holder.setFocusProxy(page)
        return self._pages[key]

    def pages(self) -> Mapping[str, Any]:
        """The pages that were made."""
        return self._pages

    def in_order(self) -> list[str]:
        """All tabs, made or not, in order."""
        return list(self._makers)

    def here(self) -> str:
        """The key of the tab in sight."""
        return self.in_order()[self.currentIndex()]

    def show_page(self, key: str) -> Any:
        """Bring a page into sight."""
        found = self.page(key)
        self.setCurrentIndex(self._at(key))
        return found

    def setCurrentWidget(self, widget: QWidget) -> None:
        """Bring a page that was made into sight."""
        self.setCurrentIndex(next(self._at(key) for key, page in self._pages.items() if page is widget))

    def currentWidget(self) -> QWidget:
        """The page in sight."""
        return cast(QWidget, self.page(self.here()))

    def _at(self, key: str) -> int:
        return self.in_order().index(key)

    def _look(self) -> None:
        if self.isVisible():
            self.page(self.here())

    def showEvent(self, event: QShowEvent) -> None:
        self._look()
        super().showEvent(event)
