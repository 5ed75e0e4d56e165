"""The keys of the coding page beside those of the picker.

    -            next narratief that is not complete     Backspace, Delete   take off the code chosen last
    Enter        with letters that name no code: make that code
    F2 F4 F9     codebook, replace the code, new code     F6   to the text and back     F7   other coders
    Ctrl+Page Up, Ctrl+Page Down   previous, next document      Menu   what can be done with the code in sight
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from workbench.widgets.facet_values import matches

if TYPE_CHECKING:
    from workbench.panels.coding_page import CodingPage

ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CodingKeys:
    """Deals with keys for the page; each method says whether the key was taken."""

    def __init__(self, page: CodingPage) -> None:
        self._page = page
        self._was_erasing_letters = False
        self._anywhere: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F2: lambda: page.editWanted.emit(page.commands.shown_code),
            Qt.Key.Key_F4: page.commands.ask_replace,
            Qt.Key.Key_F6: self._to_text_or_back, Qt.Key.Key_F7: page.head.toggle_others,
            Qt.Key.Key_F9: page.commands.ask_new_code, Qt.Key.Key_Menu: self._open_menu,
        }

    def anywhere(self, event: QKeyEvent) -> bool:
        """Keys that hold on the whole page."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            direction = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
            if direction is not None:
                self._page.head.step(direction)
            return direction is not None
        if key in self._anywhere:
            self._anywhere[key]()
            return True
        return key == Qt.Key.Key_Escape and self._page.commands.stop_replacing()

    def for_field(self, event: QKeyEvent) -> bool:
        """Keys pressed in the field, before the picker sees them."""
        if self._erase(event):
            return True
        text = self._page.field().text()
        if text and event.key() in ENTER and not matches(self._page.desk.book.facets, text):
            self._page.commands.ask_new_code()
            return True
        if not text and event.text() == "-":
            self._page.commands.step_open()
            return True
        return self.anywhere(event)

    def _erase(self, event: QKeyEvent) -> bool:
        """Backspace on an empty field takes a code off, but not at the end of erasing letters."""
        letters = bool(self._page.field().text())
        if event.key() not in ERASING:
            self._was_erasing_letters = False
            return False
        if letters or self._page.picker.pending_digits():
            self._was_erasing_letters = letters
            return False
        if not self._was_erasing_letters and not event.isAutoRepeat():
            self._page.commands.remove_shown()
        return True

    def for_text(self, event: QKeyEvent) -> bool:
        """Keys pressed in the transcript: digits, letters and commands go to the picker, arrows stay."""
        if event.key() == Qt.Key.Key_Escape and not self._page.view.textCursor().hasSelection():
            self._page.field().setFocus()
            return True
        if event.text() == "-":
            self._page.commands.step_open()
            return True
        return self.anywhere(event) or self._page.picker.handle_key(event)

    def step_to_facet(self, facet: Hashable) -> None:
        """Take a facet in hand, as Tab would."""
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            for _step in self._page.desk.book.facets:
                if self._page.picker.facet_in_hand() == facet:
                    return
                self._press(key)

    def step_on(self) -> None:
        """Take the next facet in hand."""
        self._press(Qt.Key.Key_Tab)

    def _press(self, key: Qt.Key) -> None:
        self._page.picker.handle_key(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))

    def _to_text_or_back(self) -> None:
        """Between the codes and the text; the caret waits at the narratief in hand."""
        view, span = self._page.view, self._page.view.current_span()
        if view.hasFocus():
            self._page.field().setFocus()
            return
        view.setFocus()
        if span is not None and not span.start <= view.caret() < span.end:
            view.select(span.start, span.start)

    def _open_menu(self) -> None:
        self._page.menu().popup(self._page.picker.mapToGlobal(QPoint(24, 64)))
