"""Patronen: from narratieven to findings, the quote bank, and the findings given back to the respondents."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from codebook.reading import NAMES
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.patterns_check import CheckPage
from workbench.panels.patterns_page import BoardPage
from workbench.panels.patterns_quotes import QuotesPage
from workbench.project import OpenProject
from workbench.shared.late_tabs import LateTabs
from workbench.theme import theme


class PatternsPanel(QWidget):
    """The place *Patronen*. `openNarratief(id)` shows a narratief in its transcript, `readWanted(ids, title)` several
    to read one by one, `openPlace(key)` another place."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    openPlace = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._asker = Asker(opened, self)
        self.tabs = LateTabs(_("Patterns, quotes and giving back"))
        self.tabs.made.connect(self._connect)
        self.tabs.add("board", _("Patterns"), lambda: BoardPage(opened, self._asker))
        self.tabs.add("quotes", _("Quotes"), lambda: QuotesPage(opened))
        self.tabs.add("check", _("Give back"), lambda: CheckPage(opened))
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.addWidget(self.tabs)
        self._opened.changed.connect(self._changed)
        self._asker.failed.connect(self._opened.failed)
        self.setFocusPolicy(self.focusPolicy().StrongFocus)

    @property
    def page(self) -> BoardPage:
        """The board."""
        return cast(BoardPage, self.tabs.page("board"))

    @property
    def quotes(self) -> QuotesPage:
        """The quote bank."""
        return cast(QuotesPage, self.tabs.page("quotes"))

    @property
    def check(self) -> CheckPage:
        """Giving back."""
        return cast(CheckPage, self.tabs.page("check"))

    def _connect(self, key: str, page: Any) -> None:
        page.openNarratief.connect(self.openNarratief)
        page.readWanted.connect(self.readWanted)
        page.openPlace.connect(self.openPlace)
        if key == "board":
            self._asker.ready.connect(page.refresh)
            self._read_names(page)
        else:
            page.openPattern.connect(self.show_pattern)

    def show_pattern(self, number: int) -> None:
        """Show a pattern on its board."""
        self.tabs.show_page("board")
        self.page.show_pattern(number)

    def show_quote(self, number: int) -> None:
        """Show a quote in the bank."""
        self.tabs.show_page("quotes")
        self.quotes.show_quote(number)

    def show_finding(self, kind: str, number: int) -> None:
        """Show a pattern, a quote or a factsheet."""
        if kind == "factsheet":
            self.tabs.show_page("check")
            self.check.show_factsheet(number)
        else:
            (self.show_quote if kind == "quote" else self.show_pattern)(number)

    def show_replies(self) -> None:
        """Show what respondents answered."""
        self.tabs.show_page("check")
        self.check.show_replies()

    def _read_names(self, page: BoardPage) -> None:
        with self._opened.project.read() as session:
            page.set_names(QuestionNames.read(session, self._opened.reading.catalogue))

    def _changed(self, changed: Changed) -> None:
        self._asker.take_in(changed)
        if changed.tables() & NAMES and "board" in self.tabs.pages():
            self._read_names(self.page)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        page = self.tabs.currentWidget()
        if page is not None:
            page.setFocus()
