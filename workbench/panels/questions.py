"""Vragen: ask which narratieven carry which codes, see which codes stand together, search the words."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from codebook.query.algebra import Expression
from codebook.query.index import ANY
from codebook.query.text import to_text
from codebook.reading import NAMES
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.asker import ANSWERS, TEXTS, Asker
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.grid import GridPage
from workbench.panels.grid_sets import SetsPage
from workbench.panels.pictures import PicturesPage
from workbench.panels.questions_ask import AskPage
from workbench.panels.questions_cooccurrence import CooccurrencePage
from workbench.panels.questions_crosstable import CrossTablePage
from workbench.panels.questions_search import SearchPage
from workbench.project import OpenProject
from workbench.shared.found import FoundList
from workbench.shared.late_tabs import LateTabs
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.parts import key

KEPT = {"deelvraag", "saved_query"}


class QuestionsPanel(QWidget):
    """The place *Vragen*. `openNarratief(id)` shows a narratief in its transcript, `openDocument(place key, number)` a
    document, `openPlace(key)` another place, `readWanted(ids, title)` narratieven to read one by one. Only what is in
    sight is counted again after a change; the rest when it comes into sight."""

    openNarratief = Signal(int)
    openDocument = Signal(str, int)
    openPlace = Signal(str)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._asker = Asker(opened, self)
        self._names = QuestionNames()
        self.tabs, self._stack = LateTabs(_("Ways of asking")), QStackedWidget()
        for name, title, page in (("ask", _("Question"), AskPage), ("cooccurrence", _("Co-occurrence"),
                                                                    CooccurrencePage),
                                  ("grid", _("Grid"), GridPage), ("crosstable", _("Tables"), CrossTablePage),
                                  ("pictures", _("Pictures"), PicturesPage), ("search", _("Search"), SearchPage),
                                  ("sets", _("Sets"), SetsPage)):
            self.tabs.add(name, title, partial(page, opened, self._asker))
        self._stale = set(self.tabs.in_order())
        self._empty = EmptyState(_("There are no narratieven to ask about yet. First cut the transcripts."),
                                 _("To Fragments"), "fragments")
        self._connect()
        self._read_names()
        self._arrange()

    def _arrange(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self._empty)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.ask.builder.field)

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self._asker.ready.connect(self._again)
        self._asker.failed.connect(self._opened.failed)
        self._empty.clicked.connect(lambda: self.openPlace.emit("fragments"))
        self.tabs.made.connect(self._take_page)
        self.tabs.currentChanged.connect(lambda _index: self._refresh_in_sight())
        key(self, "F6", self._next_part)

    def _take_page(self, name: str, page: Any) -> None:
        """Connect a page that was made just now."""
        page.set_names(self._names)
        page.openNarratief.connect(self.openNarratief)
        for found in page.findChildren(FoundList):
            found.readWanted.connect(self.readWanted)
        if name == "search":
            page.keepWanted.connect(self._keep_search)
            page.openText.connect(lambda number: self.openDocument.emit("fragments", number))
        elif name == "grid":
            page.questionWanted.connect(self._ask_cell)

    @property
    def ask(self) -> AskPage:
        """A question in blocks or text, with its narratieven."""
        return cast(AskPage, self.tabs.page("ask"))

    @property
    def cooccurrence(self) -> CooccurrencePage:
        """Which codes stand together."""
        return cast(CooccurrencePage, self.tabs.page("cooccurrence"))

    @property
    def grid(self) -> GridPage:
        """Every combination of codes."""
        return cast(GridPage, self.tabs.page("grid"))

    @property
    def crosstable(self) -> CrossTablePage:
        """Codes against material."""
        return cast(CrossTablePage, self.tabs.page("crosstable"))

    @property
    def pictures(self) -> PicturesPage:
        """The pictures."""
        return cast(PicturesPage, self.tabs.page("pictures"))

    @property
    def search(self) -> SearchPage:
        """The words of the texts."""
        return cast(SearchPage, self.tabs.page("search"))

    @property
    def sets(self) -> SetsPage:
        """Sets to compare."""
        return cast(SetsPage, self.tabs.page("sets"))

    def show_question(self, expression: str, name: str = "", unit: str = "narratief", codings: str = ANY,
                      deelvraag_id: int | None = None) -> None:
        """Ask this question."""
        self.tabs.setCurrentWidget(self.ask)
        self.ask.show_question(name, expression, unit, codings, deelvraag_id)

    def _keep_search(self, expression: Expression) -> None:
        self.show_question(to_text(expression))
        self.ask.keep.click()

    def _ask_cell(self, expression: str, codings: str) -> None:
        """A combination of the grid as a question, to build on."""
        self.tabs.setCurrentWidget(self.ask)
        self.ask.show_question("", expression, "narratief", codings, self.grid.tree.deelvraag_id())

    # from part to part

    def _next_part(self) -> None:
        """The focus goes on to the next part of the page in sight, and from the last back to the first."""
        stops = [part for part in self._parts(self.tabs.here()) if part.isVisible() and part.isEnabled()]
        at = next((n for n, part in enumerate(stops) if part.hasFocus()), -1)
        stops[(at + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def _parts(self, name: str) -> tuple[QWidget, ...]:
        """What F6 stops at on a page, from left to right."""
        page = self.tabs.page(name)
        if name == "ask":
            return page.tree.tree, page.builder.field, page.found.list
        if name == "grid":
            return page.tree.tree, page.pivot, page.lines, page.side.note, page.side.found.list
        if name == "search":
            return page.words, page.forms.list, page.documents.list, page.hits.list, page.found.list
        first = {"pictures": "view", "sets": "tree"}.get(name, "table")
        return getattr(page, first), page.found.list

    # keeping up with the project

    def _read_names(self) -> None:
        with self._opened.project.read() as session:
            self._names = QuestionNames.read(session, self._opened.reading.catalogue)
        for page in self.tabs.pages().values():
            page.set_names(self._names)

    def _changed(self, changed: Changed) -> None:
        self._asker.take_in(changed)
        tables = changed.tables()
        if tables & NAMES:
            self._read_names()
        if tables & KEPT:
            self.ask.tree.refresh()
        if tables & ANSWERS:
            self._stale = set(self.tabs.in_order())
            if tables & TEXTS and "search" in self.tabs.pages():
                self.search.forget_texts()
            if self.isVisible():
                self._refresh_in_sight()

    def _again(self) -> None:
        """Words that were waited for have been found."""
        self._stale = set(self.tabs.in_order())
        if self.isVisible():
            self._refresh_in_sight()

    def _refresh_in_sight(self) -> None:
        self._stack.setCurrentIndex(0 if self._opened.reading.index.n else 1)
        here = self.tabs.here()
        if here not in self._stale or not self._opened.reading.index.n:
            return
        self._stale.discard(here)
        self.tabs.page(here).refresh()
        if here == "ask":
            self.ask.tree.refresh_counts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_in_sight()
