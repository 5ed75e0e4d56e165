"""Coding by keyboard or mouse: the facets side by side, type-ahead over all of them, the definition below.

Keys (while the field, or a text that hands its keys on, has the focus):

    0-9            two digits choose by number in the facet in hand, 0 0 niet genoemd; one digit and Enter too,
                   which in the last facet goes on to the next narratief
    letters        type-ahead over label, synonym and definition of all facets; ↑ ↓ choose, Enter takes, Esc clears
    Enter          next narratief            Shift+Enter   previous
    .              repeat the codes of the previous narratief
    , or +         another code in the facet of the last choice
    Tab ← →        next, previous facet      ↑ ↓ Space     walk through the facet and choose
    /  *  ;  :  =  memo, discuss, quote, code in the words of the text, ready

Letters always type; commands stand on punctuation, so that they never collide. None of them is a dead key.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.code_typing import CodeTyping
from workbench.widgets.definition_card import DefinitionCard
from workbench.widgets.facet_column import FacetColumn
from workbench.widgets.facet_values import PickerCode, PickerFacet, matches

LONG_LIST = 15
COMMANDS = {".": "repeat", "/": "memo", "*": "discuss", ";": "quote", ":": "in_vivo", "=": "ready"}


class FacetPicker(QWidget):
    """See the module for the keys. `toggled(code_id)` and `not_mentioned(facet_id)` ask for a change; the
    answer comes with `set_state`. `commandRequested(name)`: next, previous, repeat, memo, discuss, quote,
    in_vivo, ready. `codeShown(code_id)` when a definition is shown; `menuRequested(code_id, QPoint)` by the
    right button; `unknownNumber(facet_id, number)` when digits name no code."""

    toggled = Signal(object)
    not_mentioned = Signal(object)
    commandRequested = Signal(str)
    facetInHandChanged = Signal(object)
    codeShown = Signal(object)
    menuRequested = Signal(object, QPoint)
    unknownNumber = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facets: tuple[PickerFacet, ...] = ()
        self._columns: list[FacetColumn] = []
        self._given: Collection[Hashable] = frozenset()
        self._absent: Collection[Hashable] = frozenset()
        self._others: Mapping[Hashable, tuple[str, ...]] = {}
        self._typing = CodeTyping()
        self._found: list[tuple[int, int]] = []
        self._marked: tuple[int, int] | None = None
        self._field = QLineEdit()
        self._digits = QLabel()
        self._grid = QGridLayout()
        self._card = DefinitionCard()
        self._prepare()

    def _prepare(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        top = QHBoxLayout()
        top.addWidget(self._field, 1)
        top.addWidget(self._digits)
        box.addLayout(top)
        box.addLayout(self._grid, 1)
        self._grid.setSpacing(theme().px(6))
        self._grid.setRowStretch(0, 5)
        self._grid.setRowStretch(1, 3)
        self._field.setPlaceholderText(_("Type a number or a name…"))
        self._field.setAccessibleName(_("Choose a code by number or name"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._filter)
        self._digits.setProperty("role", "heading")
        self.setFocusProxy(self._field)
        theme().changed.connect(self._show_state)

    # values in

    def set_facets(self, facets: Sequence[PickerFacet]) -> None:
        """Offer these facets, in the order in which they are filled."""
        self._facets = tuple(facets)
        for column in self._columns:
            column.setParent(None)
            column.deleteLater()
        self._columns = [FacetColumn(facet) for facet in facets]
        for f, column in enumerate(self._columns):
            column.picked.connect(lambda code, f=f: self._pick(f, code))
            column.pointed.connect(lambda code, f=f: self._show_definition(f, code))
            column.menuWanted.connect(lambda code, at, f=f: self.menuRequested.emit(self._id_of(f, code), at))
        self._place()
        self._typing = CodeTyping(len(facets))
        self.begin()

    def _place(self) -> None:
        """A long list gets the whole height and the definition stands below the short ones; else below them all."""
        total = len(self._columns)
        short = [f for f, column in enumerate(self._columns) if not _is_long(column)]
        beside = 1 < len(short) < total and short[-1] - short[0] == len(short) - 1
        for f, column in enumerate(self._columns):
            self._grid.addWidget(column, 0, f, 2 if beside and f not in short else 1, 1)
        if beside:
            self._grid.addWidget(self._card, 1, short[0], 1, len(short))
        else:
            self._grid.addWidget(self._card, 1, 0, 1, max(1, total))
        for gone in range(total, self._grid.columnCount()):
            self._grid.setColumnStretch(gone, 0)

    def set_state(
        self,
        given: Collection[Hashable],
        not_mentioned: Collection[Hashable] = (),
        others: Mapping[Hashable, tuple[str, ...]] | None = None,
    ) -> None:
        """Codes given (ids), facets not mentioned (ids), and per code the initials of other coders who gave it."""
        self._given, self._absent, self._others = frozenset(given), frozenset(not_mentioned), others or {}
        self._show_state()

    def begin(self) -> None:
        """A new narratief is in hand: the first facet, nothing typed."""
        self._typing.restart()
        self._field.clear()
        self._mark(None)
        self._show_state()

    # what is shown

    def facet_in_hand(self) -> Hashable:
        """The id of the facet that digits choose in."""
        return self._facets[self._typing.in_hand].id if self._facets else None

    def pending_digits(self) -> str:
        """A digit that waits for its fellow."""
        return self._typing.pending

    def _show_state(self) -> None:
        found = set(self._found)
        filtering = bool(self._field.text().strip())
        for f, column in enumerate(self._columns):
            codes = [c for c in range(len(column.facet.codes)) if not filtering or (f, c) in found]
            absent = column.facet.id in self._absent
            column.show_codes(codes, self._given, self._others, absent, with_absent=not filtering)
            column.set_in_hand(f == self._typing.in_hand)
            column.mark(self._marked[1] if self._marked and self._marked[0] == f else None)
        self._share_width()
        waiting = self._typing.pending
        self._digits.setText(f"{waiting}_" if waiting else "")
        self._digits.setVisible(bool(waiting))

    def _share_width(self) -> None:
        """Where there is little room, the facet in hand gets most of it."""
        narrow = self.width() < theme().px(125) * len(self._columns)
        for f, column in enumerate(self._columns):
            long = 4 if _is_long(column) else 3
            self._grid.setColumnStretch(f, (10 if f == self._typing.in_hand else 3) if narrow else long)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _filter(self) -> None:
        self._found = matches(self._facets, self._field.text(), self._typing.in_hand)
        self._mark(self._found[0] if self._found else None)
        self._show_state()

    def _mark(self, place: tuple[int, int] | None) -> None:
        self._marked = place
        if place is not None:
            self._show_definition(*place)

    def _show_definition(self, facet: int, code: int) -> None:
        if code >= 0:
            self._card.show_code(self._facets[facet].name, self._code_of(facet, code))
            self.codeShown.emit(self._id_of(facet, code))

    def _code_of(self, facet: int, code: int) -> PickerCode:
        return self._facets[facet].codes[code]

    def _id_of(self, facet: int, code: int) -> Hashable:
        return self._code_of(facet, code).id

    # choosing

    def _pick(self, facet: int, code: int) -> None:
        """Choose or unchoose; the next facet comes in hand."""
        self._typing.chosen(facet)
        self._field.clear()
        self._mark(None)
        self._show_definition(facet, code)
        if code < 0:
            self.not_mentioned.emit(self._facets[facet].id)
        else:
            self.toggled.emit(self._id_of(facet, code))
        self._moved()

    def _pick_number(self, number: int) -> bool:
        """Choose a code of the facet in hand; False when it has no such code."""
        facet = self._typing.in_hand
        codes = self._facets[facet].codes
        place = -1 if number == 0 else next((c for c, code in enumerate(codes) if code.number == number), None)
        if place is None:
            self.unknownNumber.emit(self._facets[facet].id, number)
            self._show_state()
            return False
        self._pick(facet, place)
        return place >= 0

    def _moved(self) -> None:
        self._show_state()
        self.facetInHandChanged.emit(self.facet_in_hand())

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.handle_key(event, own=True)
        return super().eventFilter(watched, event)

    def handle_key(self, event: QKeyEvent, own: bool = False) -> bool:
        """Deal with a key; False means that it is not for the picker. Another widget may offer its keys here:
        letters then bring the focus to the field."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        if not self._facets or event.modifiers() & held:
            return False
        text = event.text()
        if self._field.text() and self._handle_while_filtering(event):
            return True
        if not self._field.text() and self._handle_character(text):
            return True
        if not self._field.text() and self._handle_move(event, own):
            return True
        if not own and text.isalpha():
            self._field.setFocus()
            self._field.insert(text)
            return True
        return False

    def _handle_while_filtering(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._field.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._mark_next(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            if self._marked is not None:
                self._pick(*self._marked)
        else:
            return False
        return True

    def _mark_next(self, direction: int) -> None:
        if self._found and self._marked in self._found:
            at = (self._found.index(self._marked) + direction) % len(self._found)
            self._mark(self._found[at])
            self._show_state()

    def _handle_character(self, text: str) -> bool:
        if len(text) == 1 and text in "0123456789":
            number = self._typing.digit(text)
            self._show_state() if number is None else self._pick_number(number)
        elif text in (",", "+"):
            self._typing.another()
            self._moved()
        elif text in COMMANDS:
            self.commandRequested.emit(COMMANDS[text])
        else:
            return False
        return True

    def _handle_move(self, event: QKeyEvent, own: bool) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Backspace and self._typing.pending:
            self._typing.pending = ""
            self._show_state()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Right) and (own or key == Qt.Key.Key_Tab):
            return self._step(1)
        elif key in (Qt.Key.Key_Backtab, Qt.Key.Key_Left) and (own or key == Qt.Key.Key_Backtab):
            return self._step(-1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and own:
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Space and own:
            if self._marked is not None:
                self._pick(*self._marked)
        else:
            return False
        return True

    def _enter(self, back: bool) -> None:
        """A digit that waits is the whole number; behind the last facet, and without a digit, one goes on."""
        is_last, number = self._typing.in_hand == len(self._facets) - 1, self._typing.complete()
        if number is not None and not (self._pick_number(number) and is_last):
            return
        self.commandRequested.emit("previous" if back else "next")

    def _step(self, direction: int) -> bool:
        moved = self._typing.step(direction)
        if moved:
            self._mark(None)
            self._moved()
        return moved

    def _walk(self, direction: int) -> None:
        """Move the frame through the facet in hand."""
        facet = self._typing.in_hand
        shown = self._columns[facet].shown()
        here = self._marked[1] if self._marked and self._marked[0] == facet else None
        at = shown.index(here) + direction if here in shown else (0 if direction > 0 else len(shown) - 1)
        self._mark((facet, shown[at % len(shown)]))
        self._show_state()


def _is_long(column: FacetColumn) -> bool:
    return len(column.facet.codes) > LONG_LIST
