"""The board of the kernelement in hand, with what can be put on it and what stands behind it beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from codebook.cmo_views import ConfigurationView, configurations
from codebook.models.realist import SHEET_ACTORS
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import BOARD, COUNTED, Counting
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.cmo_deeds import Deeds
from workbench.panels.cmo_evidence import EvidenceSide, HistorySide
from workbench.panels.cmo_tray import Tray
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.board import Board
from workbench.widgets.board.places import HEAD, Carried, Place

SIDES = ("tray", "evidence", "history")


class BoardPage(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    follows = BOARD | COUNTED

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.deeds = Deeds(opened)
        self.kernelement = 0
        self.shown: dict[int, ConfigurationView] = {}
        self.board, self.side = Board(), QTabWidget()
        self.tray = Tray(opened, counting)
        self.evidence, self.history = EvidenceSide(opened, self.deeds), HistorySide(opened)
        self.tools: dict[str, QPushButton] = {}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, left, split = theme().px, QWidget(), QSplitter(Qt.Orientation.Horizontal)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(self._toolbar())
        column.addWidget(self.board, 1)
        titles = (_("Tray"), _("Evidence"), _("Earlier"))
        for page, title in zip((self.tray, self.evidence, self.history), titles, strict=True):
            self.side.addTab(page, title)
        self.side.setDocumentMode(True)
        self.side.tabBar().setDrawBase(False)
        self.side.setMinimumWidth(px(236))
        split.setHandleWidth(px(10))
        split.addWidget(left)
        split.addWidget(self.side)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([px(720), px(268)])
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.addWidget(split)
        self.setFocusProxy(self.board)

    def _toolbar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(2))
        told = (("new", _("+ Configuration"), "N"), ("edit", _("Change"), "Enter"), ("link", _("Link"), "L"),
                ("up", "↑", "Alt+↑"), ("down", "↓", "Alt+↓"), ("remove", _("Delete"), "Del"))
        names = {"up": _("Move up"), "down": _("Move down")}
        for key, text, keys in told:
            button = self.tools[key] = QPushButton(f"{text}  {keys}" if key not in names else text)
            button.setProperty("role", "flat")
            button.setToolTip(f"{names.get(key, text)}   {keys}")
            button.setAccessibleName(names.get(key, text))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, k=key: self._work(k))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        board = self.board
        board.changed.connect(self.deeds.change)
        board.written.connect(self.deeds.write)
        board.removed.connect(self.deeds.remove)
        board.moved.connect(self._move)
        board.shifted.connect(self._shift)
        board.linked.connect(self.deeds.link)
        board.unlinked.connect(self.deeds.unlink)
        board.dropped.connect(self._drop)
        board.wanted.connect(self._want)
        board.currentChanged.connect(lambda _place: self._show_side())
        self.tray.put.connect(self.put)
        self.side.currentChanged.connect(lambda _n: self._show_side())
        for side in (self.tray, self.evidence):
            side.openNarratief.connect(self.openNarratief)
        self.evidence.readWanted.connect(self.readWanted)

    # what is shown

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self.tray.set_names(names)

    def show_kernelement(self, number: int) -> None:
        """Show the board of a kernelement."""
        if number != self.kernelement:
            self.board.finish_open()
            self.kernelement, self.board.current = number, None
        self.refresh()

    def show_configuration(self, number: int) -> None:
        """Take a configuration in hand."""
        self.board.go_to(Place(number, HEAD))

    def refresh(self) -> None:
        """Read the configurations again."""
        with self._opened.project.read() as session:
            found = configurations(session, self.kernelement)
        self.shown = {one.id: one for one in found}
        counts = self._counting.board
        self.board.show_lanes(found, [*SHEET_ACTORS, *(counts.labels[a] for a in counts.actors)])
        self.tray.show_kernelement(self.kernelement)
        self._show_side()

    def _show_side(self) -> None:
        place = self.board.current
        shown = self.shown.get(place.lane) if place is not None else None
        names = list(self.shown)
        self.tray.set_aim(words.thread_name(names.index(shown.id)) if shown is not None else "")
        for key in ("edit", "link", "up", "down", "remove"):
            self.tools[key].setEnabled(shown is not None)
        if self.side.currentWidget() is self.evidence:
            self.evidence.show_place(place, shown)
        elif self.side.currentWidget() is self.history:
            self.history.show_place(place, shown)

    # deeds

    def _work(self, key: str) -> None:
        if key in ("up", "down"):
            self.board.shift(0, -1 if key == "up" else 1)
        elif key == "new":
            self.new()
        else:
            self.board.act(key)

    def new(self) -> None:
        """Make a configuration and give it its title in place."""
        number = self.deeds.new(self.kernelement)
        if number is not None:
            self.board.go_to(Place(number, HEAD))
            self.board.edit(Place(number, HEAD), is_fresh=True)

    def _want(self, name: str) -> None:
        if name == "new":
            self.new()
        else:
            self.show_side(name)

    def show_side(self, name: str) -> None:
        """Bring the tray, the evidence or the earlier wordings into sight and take it in hand."""
        self.side.setCurrentIndex(SIDES.index(name))
        self.side.currentWidget().setFocus()

    def _move(self, number: int, step: int) -> None:
        place = list(self.shown).index(number) + step
        if 0 <= place < len(self.shown):
            self.deeds.move(number, place)

    def _shift(self, card: Place, to: Place) -> None:
        # Not while the drag is still at work: the card that is dragged is made anew.
        QTimer.singleShot(0, self, lambda: self.deeds.shift(card, to))

    def _drop(self, place: Place, what: Carried) -> None:
        if not place.lane:
            self.board.take_next()
        # Not while the drag is still at work: what is dropped on may be made anew.
        QTimer.singleShot(0, self, lambda: self.deeds.place(self.kernelement, place, what, self.tray.direction()))

    def put(self, part: str, what: Carried) -> None:
        """Put what is chosen in the tray where a key says: on the card in hand when it is of that part."""
        here = self.board.current
        if part == "new" or here is None:
            column = HEAD if part in ("new", "") else words.COLUMN[part]
            self.board.current = None
            self.deeds.place(self.kernelement, Place(0, column), what, self.tray.direction())
            self._take_last()
        elif not part:
            self.deeds.place(self.kernelement, Place(here.lane, HEAD), what, self.tray.direction())
        elif here.element and here.role == part:
            self.deeds.place(self.kernelement, here, what, self.tray.direction())
        else:
            self.deeds.place_in(here.lane, part, what, self.tray.direction())

    def _take_last(self) -> None:
        """Let the letters work on the configuration that was just begun; the focus stays in the tray."""
        if self.shown:
            self.board.take_in_hand(Place(list(self.shown)[-1], HEAD))
