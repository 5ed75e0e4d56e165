"""Patronen: from narratieven to findings, the quote bank, and the findings given back to the respondents."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from codebook.reading import NAMES
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.patterns_check import CheckPage
from workbench.panels.patterns_page import BoardPage
from workbench.panels.patterns_quotes import QuotesPage
from workbench.project import OpenProject
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
        self.page, self.quotes, self.check = BoardPage(opened, self._asker), QuotesPage(opened), CheckPage(opened)
        self.tabs = QTabWidget()
        for page, title in ((self.page, _("Patterns")), (self.quotes, _("Quotes")), (self.check, _("Give back"))):
            self.tabs.addTab(page, title)
            page.openNarratief.connect(self.openNarratief)
            page.readWanted.connect(self.readWanted)
            page.openPlace.connect(self.openPlace)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Patterns, quotes and giving back"))
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.addWidget(self.tabs)
        self._opened.changed.connect(self._changed)
        self._asker.ready.connect(self.page.refresh)
        self._asker.failed.connect(self._opened.failed)
        self.quotes.openPattern.connect(self.show_pattern)
        self.check.openPattern.connect(self.show_pattern)
        self.setFocusPolicy(self.focusPolicy().StrongFocus)
        self._read_names()

    def show_pattern(self, number: int) -> None:
        """Show a pattern on its board."""
        self.tabs.setCurrentWidget(self.page)
        self.page.show_pattern(number)

    def show_quote(self, number: int) -> None:
        """Show a quote in the bank."""
        self.tabs.setCurrentWidget(self.quotes)
        self.quotes.show_quote(number)

    def show_finding(self, kind: str, number: int) -> None:
        """Show a pattern, a quote or a factsheet."""
        if kind == "factsheet":
            self.tabs.setCurrentWidget(self.check)
            self.check.show_factsheet(number)
        else:
            (self.show_quote if kind == "quote" else self.show_pattern)(number)

    def show_replies(self) -> None:
        """Show what respondents answered."""
        self.tabs.setCurrentWidget(self.check)
        self.check.show_replies()

    def _read_names(self) -> None:
        with self._opened.project.read() as session:
            self.page.set_names(QuestionNames.read(session, self._opened.reading.catalogue))

    def _changed(self, changed: Changed) -> None:
        self._asker.take_in(changed)
        if changed.tables() & NAMES:
            self._read_names()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        page = self.tabs.currentWidget()
        if page is not None:
            page.setFocus()
