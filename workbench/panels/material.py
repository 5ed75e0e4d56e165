"""The place Materiaal: what was brought in, who speaks in it, and the names taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from corpora.messages import message
from corpora.readers import SUPPORTED
from workbench.i18n import _
from workbench.panels.material_documents import DocumentsPage
from workbench.panels.material_import import ImportPage
from workbench.panels.material_key import KeyPage
from workbench.panels.material_names import NamesPage
from workbench.panels.material_parts import key
from workbench.panels.material_speakers import SpeakersPage
from workbench.project import OpenProject
from workbench.theme import theme

DOCUMENTS, SPEAKERS, NAMES, KEY, IMPORT = range(5)


class MaterialPanel(QWidget):
    """`import_paths(paths)` asks about files and brings them in; `show_document(id)` shows who speaks in one.

    `openDocument(place key, id)` asks for a document in another place, `openPlace(key)` for a place.
    """

    openPlace = Signal(str)
    openDocument = Signal(str, int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.documents, self.speakers = DocumentsPage(opened), SpeakersPage(opened)
        self.names, self.key, self.importing = NamesPage(opened), KeyPage(opened), ImportPage(opened)
        self._pages: tuple[QWidget, ...] = (self.documents, self.speakers, self.names, self.key, self.importing)
        self._build()
        self._connect()
        self.show_page(DOCUMENTS)
        self.names.check_known()

    def _build(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(8), px(16), px(12))
        box.setSpacing(px(12))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Pages of Material"))
        for n, name in enumerate((_("Documents"), _("Who speaks"), _("Names"), _("Key"))):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(n, f"Alt+{n + 1}")
        for page in self._pages:
            self._stack.addWidget(page)
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.turn_to)
        self.documents.filesWanted.connect(self._choose)
        self.documents.speakersWanted.connect(self.show_document)
        self.documents.segmentWanted.connect(lambda number: self.openDocument.emit("fragments", number))
        self.speakers.nameChosen.connect(self._name_chosen)
        self.importing.left.connect(lambda: self.show_page(DOCUMENTS))
        self.names.keyWanted.connect(lambda: self.show_page(KEY))
        self.key.namesWanted.connect(self._look_for_names)
        for n in range(4):
            key(self, f"Alt+{n + 1}", partial(self.turn_to, n))
        key(self, "Ctrl+I", lambda: self._choose(False))
        key(self, "Ctrl+Shift+I", lambda: self._choose(True))
        self.setFocusProxy(self._stack)

    def turn_to(self, page: int) -> None:
        """Turn to a page by its tab or key: *Who speaks* then is about the document selected in the table."""
        chosen = self.documents.selected()
        if page == SPEAKERS and self.page() == DOCUMENTS and len(chosen) == 1:
            self.speakers.show_document(chosen[0])
        self.show_page(page)

    def show_page(self, page: int) -> None:
        """Bring a page into sight; while files come in, the documents are where they are told of."""
        if page == DOCUMENTS and self.importing.is_running:
            page = IMPORT
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(min(page, KEY) if page != IMPORT else DOCUMENTS)
        self.tabs.blockSignals(False)
        self._stack.setCurrentIndex(page)
        shown = self._pages[page]
        self._stack.setFocusProxy(shown)
        shown.setFocus()

    def page(self) -> int:
        """The page in sight."""
        return self._stack.currentIndex()

    def show_document(self, number: int) -> None:
        """Show who speaks in a document."""
        self.speakers.show_document(number)
        self.show_page(SPEAKERS)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Ask what files and folders hold, then bring them in."""
        if self.importing.is_running:
            self._opened.failed.emit(message("Wait until the files before these are in."))
        elif self.importing.ask([Path(path) for path in paths]):
            self.show_page(IMPORT)
        else:
            self._opened.failed.emit(message("There are no transcripts here: Narratief reads {endings}.",
                                             endings=", ".join(sorted(SUPPORTED))))

    def _choose(self, folder: bool) -> None:
        if folder:
            found = QFileDialog.getExistingDirectory(self, _("Choose a folder"), self._opened.beside())
            paths = [found] if found else []
        else:
            kinds = _("Transcripts") + " (" + " ".join(f"*{ending}" for ending in sorted(SUPPORTED)) + ")"
            paths, _kind = QFileDialog.getOpenFileNames(self, _("Choose files"), self._opened.beside(), kinds)
        if paths:
            self.import_paths([Path(path) for path in paths])

    def _name_chosen(self, name: str) -> None:
        self.names.add(name)
        self._opened.message.emit(message("«{name}» is among the accepted names.", name=name), False)

    def _look_for_names(self) -> None:
        self.show_page(NAMES)
        self.names.search()
