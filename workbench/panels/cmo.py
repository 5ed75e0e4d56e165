"""CMO: per kernelement who says what, the configurations and their evidence, the focus group's sheet, the synthesis."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from codebook import kernelementen
from codebook.models import Configuration, Synthesis
from codebook.query.index import ANY, DECIDED
from codebook.reading import NAMES
from corpora.messages import message
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import COUNTED, Counting
from workbench.itemmodels.question_names import QuestionNames, whose
from workbench.panels.cmo_board import BoardPage
from workbench.panels.cmo_codes import CodesPage
from workbench.panels.cmo_giving import GiveButton
from workbench.panels.cmo_kernelementen import KernelementList
from workbench.panels.cmo_matrix import MatrixPage
from workbench.panels.cmo_pictures import CmoPicturesPage
from workbench.panels.cmo_sheet import SheetPage
from workbench.panels.cmo_synthesis import SynthesisPage
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.late_tabs import LateTabs
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState


class CmoPanel(QWidget):
    """The place *CMO*. `openNarratief(id)` shows a narratief in its transcript, `readWanted(ids, title)` narratieven to
    read one by one. Only the page in sight is read again after a change; the rest when it comes into sight."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.counting = Counting(opened, self)
        self.list = KernelementList(opened, self.counting)
        self._names = QuestionNames()
        self.tabs, self._stack = LateTabs(_("Parts of CMO")), QStackedWidget()
        for key, title, page in (("matrix", _("Matrix"), MatrixPage), ("board", _("Board"), BoardPage),
                                 ("pictures", _("Pictures"), CmoPicturesPage), ("sheet", _("Form"), SheetPage),
                                 ("synthesis", _("Synthesis"), SynthesisPage),
                                 ("codes", _("Codes and roles"), CodesPage)):
            self.tabs.add(key, title, partial(page, opened, self.counting))
        self._stale = set(self.tabs.in_order())
        self.codings, self.give = Choice(_("Whose codes count")), GiveButton(opened, self.counting)
        self.empty = EmptyState(_("There is no kernelement yet: the core elements of the approach that you evaluate. "
                                  "Take the six of the method, or make your own."),
                                _("Take those of the method"), "cmo", other=_("Make my own"))
        self._arrange()
        self._connect()
        self._read_names()

    def _arrange(self) -> None:
        px, split = theme().px, QSplitter(Qt.Orientation.Horizontal)
        self.tabs.setCornerWidget(self._corner())
        split.setHandleWidth(px(12))
        split.addWidget(self.list)
        split.addWidget(self.tabs)
        split.setStretchFactor(1, 1)
        split.setSizes([px(186), px(980)])
        split.setCollapsible(1, False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        self._stack.addWidget(split)
        self._stack.addWidget(self.empty)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.list)

    def _corner(self) -> QWidget:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.codings)
        row.addWidget(self.give)
        return corner

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self.list.chosen.connect(self._take)
        self.tabs.made.connect(self._take_page)
        self.tabs.currentChanged.connect(lambda _n: self._refresh_in_sight())
        self.codings.picked.connect(self._choose_codings)
        self.empty.clicked.connect(lambda: self._opened.do(message("Kernelementen of the method"), kernelementen.ship))
        self.empty.otherClicked.connect(self.list.add)

    def _take_page(self, _key: str, page: Any) -> None:
        """Connect a page that was made just now."""
        page.set_names(self._names)
        for name, answer in (("openNarratief", self.openNarratief), ("readWanted", self.readWanted),
                             ("kernelementWanted", self._show_named),
                             ("configurationWanted", self.show_configuration)):
            if hasattr(page, name):
                getattr(page, name).connect(answer)

    @property
    def matrix(self) -> MatrixPage:
        """Who says what, counted."""
        return cast(MatrixPage, self.tabs.page("matrix"))

    @property
    def board(self) -> BoardPage:
        """The configurations."""
        return cast(BoardPage, self.tabs.page("board"))

    @property
    def pictures(self) -> CmoPicturesPage:
        """The pictures."""
        return cast(CmoPicturesPage, self.tabs.page("pictures"))

    @property
    def sheet(self) -> SheetPage:
        """The forms of the focus group."""
        return cast(SheetPage, self.tabs.page("sheet"))

    @property
    def synthesis(self) -> SynthesisPage:
        """What is concluded."""
        return cast(SynthesisPage, self.tabs.page("synthesis"))

    @property
    def codes(self) -> CodesPage:
        """The codes with their parts."""
        return cast(CodesPage, self.tabs.page("codes"))

    # going somewhere

    def show_page(self, key: str) -> None:
        """Bring a page into sight."""
        self.tabs.show_page(key)

    def show_kernelement(self, number: int, key: str = "") -> None:
        """Take a kernelement in hand, on one of the pages."""
        if key:
            self.show_page(key)
        self.list.choose(number)
        self._refresh_in_sight()

    def _show_named(self, label: str) -> None:
        """Take the kernelement of this name in hand."""
        wanted = label.casefold()
        for one in self.counting.board.kernelementen:
            if one.label.casefold() == wanted:
                self.show_kernelement(one.id)

    def show_configuration(self, number: int) -> None:
        """Take a configuration in hand on the board of its kernelement."""
        with self._opened.project.read() as session:
            found = session.get(Configuration, number)
            kernelement = found.kernelement_id if found is not None else 0
        if kernelement:
            self.show_kernelement(kernelement, "board")
            self.board.show_configuration(number)

    def show_finding(self, kind: str, number: int) -> None:
        """Show a configuration or the synthesis of a kernelement, by its number."""
        if kind == "configuration":
            self.show_configuration(number)
            return
        with self._opened.project.read() as session:
            found = session.get(Synthesis, number)
            kernelement = found.kernelement_id if found is not None else 0
        if kernelement:
            self.show_kernelement(kernelement, "synthesis")

    # keeping up with the project

    def _read_names(self) -> None:
        with self._opened.project.read() as session:
            names = self._names = QuestionNames.read(session, self._opened.reading.catalogue)
        coders = [(coder.name, whose(coder.name)) for coder in names.catalogue.coders]
        self.codings.offer([(ANY, whose(ANY)), (DECIDED, whose(DECIDED)), *coders])
        for page in self.tabs.pages().values():
            page.set_names(names)

    def _choose_codings(self) -> None:
        self.counting.choose(self.codings.value())
        self._everything_is_stale()

    def _changed(self, changed: Changed) -> None:
        self.counting.take_in(changed)
        tables = changed.tables()
        if tables & NAMES:
            self._read_names()
        if tables & COUNTED:
            self._stale |= {"list"}
        self._stale |= {key for key, page in self.tabs.pages().items() if tables & page.follows}
        if self.isVisible():
            self._refresh_in_sight()

    def _everything_is_stale(self) -> None:
        self._stale = {"list", *self.tabs.in_order()}
        if self.isVisible():
            self._refresh_in_sight()

    def _take(self, _number: int) -> None:
        self._stale |= set(self.tabs.in_order())
        if self.isVisible():
            self._refresh_in_sight()

    def _refresh_in_sight(self) -> None:
        has_any = bool(self.counting.board.kernelementen)
        self._stack.setCurrentIndex(0 if has_any else 1)
        if "list" in self._stale or not self.list.current:
            self._stale.discard("list")
            self.list.refresh()
        key = self.tabs.here()
        if has_any and key in self._stale:
            self._stale.discard(key)
            self.give.current = self.list.current
            self.tabs.page(key).show_kernelement(self.list.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_in_sight()


