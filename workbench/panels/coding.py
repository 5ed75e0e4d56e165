"""Place 3, *Coderen*: narratieven coded on the facets, and the codebook as a page of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from corpora.store.project import Changed
from workbench.i18n import _
from workbench.panels.coding_book import CodebookPage
from workbench.panels.coding_page import CodingPage
from workbench.project import OpenProject
from workbench.widgets.empty_state import EmptyState


class CodingPanel(QWidget):
    """`openPlace(key)` when another place is needed first: material without documents, fragments without narratieven.
    `historyWanted(narratief, code)` asks what happened to a coding, `findingWanted(kind, number)` for what a narratief
    stands behind. Others come in with `show_document`,
    `show_narratief`, `show_codebook`."""

    openPlace = Signal(str)
    historyWanted = Signal(int, object)
    findingWanted = Signal(str, int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.coding, self.codebook = CodingPage(opened), CodebookPage(opened)
        self.no_documents = EmptyState(_("There is no material yet. Bring in transcripts first."),
                                       _("To the material"), "material")
        self.no_narratieven = EmptyState(_("No narratieven yet: cut a transcript into narratieven first."),
                                         _("To the fragments"), "fragments")
        self._pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        for page in (self.coding, self.codebook, self.no_documents, self.no_narratieven):
            self._pages.addWidget(page)
        self._connect()
        self._show_coding()

    def _connect(self) -> None:
        self.coding.editWanted.connect(self.show_codebook)
        self.coding.mergeWanted.connect(lambda code: self.show_codebook(code, "merge"))
        self.coding.splitWanted.connect(lambda code: self.show_codebook(code, "split"))
        self.coding.historyWanted.connect(self.historyWanted)
        self.coding.findingWanted.connect(self.findingWanted)
        self.codebook.left.connect(self._show_coding)
        self.no_documents.clicked.connect(lambda: self.openPlace.emit("material"))
        self.no_narratieven.clicked.connect(lambda: self.openPlace.emit("fragments"))
        self.opened.changed.connect(self._changed)

    def _show_coding(self) -> None:
        something = self.coding.start()
        anywhere = something and self.opened.reading.index.n > 0
        page = self.coding if anywhere else self.no_narratieven if something else self.no_documents
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    def _changed(self, changed: Changed) -> None:
        if changed.tables() & {"document", "narratief"} and self._pages.currentWidget() is not self.codebook:
            empty = self.opened.reading.index.n == 0
            if empty or self._pages.currentWidget() is not self.coding:
                self._show_coding()

    def show_document(self, document: int) -> None:
        """Code this document."""
        self._show_coding()
        self.coding.open_document(document)

    def show_narratief(self, narratief: int) -> None:
        """Take this narratief in hand."""
        self._show_coding()
        self.coding.open_narratief(narratief)

    def show_codebook(self, code: int | None = None, way: str = "") -> None:
        """The codebook, with a code in hand, perhaps to merge or split it."""
        self._pages.setCurrentWidget(self.codebook)
        self.setFocusProxy(self.codebook)
        self.codebook.show_code(code)
        if way:
            (self.codebook.ask_merge if way == "merge" else self.codebook.ask_split)()
