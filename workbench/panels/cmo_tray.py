"""The tray beside the board: narratieven of the kernelement, and quotes, to be dragged or sent to a configuration.

Keys: C, M, R, O put what is selected on that part of the configuration in hand, G behind it as a whole, N in a new
one · 1, 2, 3 what it does · Enter opens the transcript.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from codebook.models.realist import DIRECTIONS
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import Counting
from workbench.itemmodels.cmo_rows import TrayRows, hint, quote_rows, quotes_of
from workbench.itemmodels.question_names import QuestionNames, narratieven
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.places import Carried, packed
from workbench.widgets.narrative_list import NarrativeList

SMALLER = -2.0
NEW, ALL, QUOTES = "new", "all", "quotes"
PARTS = {Qt.Key.Key_C: "context", Qt.Key.Key_M: "mechanisme-hulpbron", Qt.Key.Key_R: "mechanisme-redenering",
         Qt.Key.Key_O: "outcome", Qt.Key.Key_G: "", Qt.Key.Key_N: "new"}
DIRECTION_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}


class TrayList(NarrativeList):
    """Rows that can be dragged; `keyed(part)` for a letter of a part, `directed(n)` for a digit."""

    keyed = Signal(str)
    directed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, SMALLER)
        self._pressed: QPoint | None = None
        self.setAccessibleName(_("Narratieven to put in a configuration"))

    def carried(self) -> Carried:
        """The rows selected, or the one in hand; a quote has a negative number."""
        ids = [int(str(number)) for number in self.selected_ids()]
        return Carried(tuple(n for n in ids if n > 0), tuple(-n for n in ids if n < 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        row = self.row_at(self._pressed.y())
        plain = not event.modifiers()
        # A press on what is selected may begin a drag of all of it.
        if not (plain and 0 <= row < self.count() and self._selection.contains(row)):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        moved = event.position().toPoint()
        if self._pressed is not None and self.count() and (moved - self._pressed).manhattanLength() >= far:
            self._pressed = None
            self.drag().exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self.set_current_index(self.row_at(self._pressed.y()))
        self._pressed = None

    def drag(self) -> QDrag:
        """The drag of what is selected."""
        drag = QDrag(self)
        drag.setMimeData(packed(self.carried()))
        return drag

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not self.count() or (key not in PARTS and key not in DIRECTION_KEYS):
            super().keyPressEvent(event)
        elif key in PARTS:
            self.keyed.emit(PARTS[key])
        else:
            self.directed.emit(DIRECTION_KEYS[key])


class Tray(QWidget):
    """`put(part, Carried)` when a key sends something to the board; `openNarratief(id)`."""

    put = Signal(str, object)
    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self._names, self._kernelement = QuestionNames(), 0
        self._narratief_of: dict[int, int] = {}
        self.list, self.line, self.aim = TrayList(), QLabel(), QLabel()
        self.shown = Choice(_("What stands in the tray"))
        self.directions = Choice(_("What it does there"))
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.shown.offer([(NEW, _("In no configuration yet")), (ALL, _("All of this kernelement")),
                          (QUOTES, _("Quotes"))])
        self.shown.picked.connect(self.refresh)
        self.line.setWordWrap(True)
        self.aim.setWordWrap(True)
        self.aim.setProperty("role", "quiet")
        self.list.activated.connect(self._open)
        self.list.keyed.connect(lambda part: self.put.emit(part, self.list.carried()))
        self.list.directed.connect(lambda n: self.directions.choose(DIRECTIONS[n]))
        self.setFocusProxy(self.list)
        self.directions.offer([(d, f"{words.SIGNS[d]} {words.direction_word(d)}") for d in DIRECTIONS])
        self.directions.setToolTip(_("What you put on the board does there: 1 supports, 2 contradicts, 3 nuances"))

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, theme().px(6), 0, 0)
        outer.setSpacing(theme().px(4))
        row.addWidget(self.line, 1)
        row.addWidget(self.directions)
        outer.addWidget(self.shown)
        outer.addLayout(row)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.aim)

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self._names = names

    def direction(self) -> str:
        """What that which is put on the board does there."""
        return self.directions.value()

    def set_aim(self, name: str) -> None:
        """Say which configuration the letters work on."""
        self.aim.setText(_("C M R O puts it in {name}, G behind it as a whole, N in a new one. Or drag it.", name=name)
                         if name else _("N begins a configuration with it. Or drag it to the board."))

    def show_kernelement(self, number: int) -> None:
        """Show what belongs to a kernelement."""
        if number != self._kernelement:
            self._kernelement = number
            self.list.set_rows(quote_rows(self._opened.reading, {}, {}))
        self.refresh()

    def refresh(self) -> None:
        """Read the tray again; what is in hand stays in hand."""
        board, kernelement = self._counting.board, self._kernelement
        if not any(one.id == kernelement for one in board.kernelementen):
            return
        at = self.list.current_index()
        if self.shown.value() == QUOTES:
            self._show_quotes()
        else:
            found = board.proposals(kernelement) if self.shown.value() == NEW else board.proposed(kernelement)
            self.list.set_rows(TrayRows(self._opened.reading, self._names, found, self._counting.codings,
                                        board.labels), keep=True)
            self._say(narratieven(len(found)), bool(found))
        if self.list.current_index() == 0 < at:
            self.list.set_current_index(min(at, self.list.count() - 1))

    def _show_quotes(self) -> None:
        board, ids = self._counting.board, self._counting.board.ids(self._kernelement)
        hints = {one.narratief_id: hint(one, board.labels) for one in board.proposed(self._kernelement)}
        with self._opened.project.read() as session:
            found = quotes_of(session, ids)
        self._narratief_of = {-number: narratief for number, (narratief, *_rest) in found.items()}
        self.list.set_rows(quote_rows(self._opened.reading, found, hints), keep=True)
        self._say(_("1 quote") if len(found) == 1 else _("{n} quotes", n=len(found)), bool(found))

    def _say(self, line: str, has_rows: bool) -> None:
        self.line.setText(line)
        codes = bool(self._counting.codes(self._kernelement))
        empty = {NEW: _("Every narratief with the codes of this kernelement stands in a configuration."),
                 ALL: _("No narratief carries the codes of this kernelement."),
                 QUOTES: _("No quotes in these narratieven yet. Mark them while coding (;).")}[self.shown.value()]
        if not codes:
            empty = _("No code is named for this kernelement yet. Do that on the tab Codes and roles.")
        self.list.set_empty_text("" if has_rows else empty)

    def _open(self, number: object) -> None:
        wanted = int(str(number))
        self.openNarratief.emit(wanted if wanted > 0 else self._narratief_of.get(wanted, 0))
