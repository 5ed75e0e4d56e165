"""Vragen: ask which narratieven carry which codes, see which codes stand together, search the words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

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
        self.ask, self.cooccurrence = AskPage(opened, self._asker), CooccurrencePage(opened, self._asker)
        self.grid, self.crosstable = GridPage(opened, self._asker), CrossTablePage(opened, self._asker)
        self.pictures = PicturesPage(opened, self._asker)
        self.search, self.sets = SearchPage(opened, self._asker), SetsPage(opened, self._asker)
        self._pages = (self.ask, self.cooccurrence, self.grid, self.crosstable, self.pictures, self.search,
                       self.sets)
        self._stale = set(range(len(self._pages)))
        self.tabs, self._stack = QTabWidget(), QStackedWidget()
        self._empty = EmptyState(_("There are no narratieven to ask about yet. First cut the transcripts."),
                                 _("To Fragments"), "fragments")
        self._arrange()
        self._connect()
        self._read_names()

    def _arrange(self) -> None:
        px = theme().px
        titles = (_("Question"), _("Co-occurrence"), _("Grid"), _("Tables"), _("Pictures"), _("Search"),
                  _("Sets"))
        for page, title in zip(self._pages, titles, strict=True):
            self.tabs.addTab(page, title)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Ways of asking"))
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
        self.tabs.currentChanged.connect(lambda _index: self._refresh_in_sight())
        for page in self._pages:
            page.openNarratief.connect(self.openNarratief)
        for found in self.findChildren(FoundList):
            found.readWanted.connect(self.readWanted)
        self.search.keepWanted.connect(self._keep_search)
        self.grid.questionWanted.connect(self._ask_cell)
        self.search.openText.connect(lambda number: self.openDocument.emit("fragments", number))
        key(self, "F6", self._next_part)

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
        stops = [part for part in self._parts()[self.tabs.currentIndex()] if part.isVisible() and part.isEnabled()]
        at = next((n for n, part in enumerate(stops) if part.hasFocus()), -1)
        stops[(at + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def _parts(self) -> tuple[tuple[QWidget, ...], ...]:
        """What F6 stops at, page by page, from left to right."""
        ask, grid, search = self.ask, self.grid, self.search
        return ((ask.tree.tree, ask.builder.field, ask.found.list),
                (self.cooccurrence.table, self.cooccurrence.found.list),
                (grid.tree.tree, grid.pivot, grid.lines, grid.side.note, grid.side.found.list),
                (self.crosstable.table, self.crosstable.found.list), (self.pictures.view, self.pictures.found.list),
                (search.words, search.forms.list, search.documents.list, search.hits.list, search.found.list),
                (self.sets.tree, self.sets.found.list))

    # keeping up with the project

    def _read_names(self) -> None:
        with self._opened.project.read() as session:
            names = QuestionNames.read(session, self._opened.reading.catalogue)
        for page in self._pages:
            page.set_names(names)

    def _changed(self, changed: Changed) -> None:
        self._asker.take_in(changed)
        tables = changed.tables()
        if tables & NAMES:
            self._read_names()
        if tables & KEPT:
            self.ask.tree.refresh()
        if tables & ANSWERS:
            self._stale = set(range(len(self._pages)))
            if tables & TEXTS:
                self.search.forget_texts()
            if self.isVisible():
                self._refresh_in_sight()

    def _again(self) -> None:
        """Words that were waited for have been found."""
        self._stale = set(range(len(self._pages)))
        if self.isVisible():
            self._refresh_in_sight()

    def _refresh_in_sight(self) -> None:
        self._stack.setCurrentIndex(0 if self._opened.reading.index.n else 1)
        here = self.tabs.currentIndex()
        if here not in self._stale or not self._opened.reading.index.n:
            return
        self._stale.discard(here)
        page = self._pages[here]
        page.refresh()
        if page is self.ask:
            self.ask.tree.refresh_counts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_in_sight()
