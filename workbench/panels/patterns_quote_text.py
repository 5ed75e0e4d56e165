"""The words of a quote in full, with what is left out struck through; stretches are left out by key or by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.utf16 import Utf16Map


class QuoteText(QTextEdit):
    """Read-only. `cutWanted(start, end)` for the chosen words by Del, `restoreWanted(start, end)` by Backspace where
    the cursor stands; code points of the quote's own text."""

    cutWanted = Signal(int, int)
    restoreWanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units = Utf16Map("")
        self._shown: tuple[str, tuple[tuple[int, int], ...]] = ("", ())
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                     | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("The quote in full"))
        self.setToolTip(_("Choose words (Shift+arrows or the mouse) and press Del to leave them out; Backspace puts "
                          "back what is struck through"))
        theme().changed.connect(self._paint)

    def show_quote(self, text: str, cuts: Sequence[tuple[int, int]]) -> None:
        """Show a quote; `cuts` are stretches of it that are left out."""
        if (text, tuple(cuts)) == self._shown:
            return
        at = self.textCursor().position() if text == self._shown[0] else 0
        self._units, self._shown = Utf16Map(text), (text, tuple(cuts))
        self._paint()
        cursor = self.textCursor()
        cursor.setPosition(min(at, self._units.units))
        self.setTextCursor(cursor)

    def _paint(self) -> None:
        text, cuts = self._shown
        self.setFont(theme().reading_font())
        self.setPlainText(text)
        cursor, left_out = self.textCursor(), QTextCharFormat()
        left_out.setFontStrikeOut(True)
        left_out.setForeground(QColor(theme().tokens.quiet))
        left_out.setBackground(QColor(theme().tokens.ground))
        for start, end in cuts:
            cursor.setPosition(self._units.unit(start))
            cursor.setPosition(self._units.unit(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(left_out)

    def chosen(self) -> tuple[int, int]:
        """The stretch that is chosen; empty where the cursor stands."""
        cursor = self.textCursor()
        return self._units.point(cursor.selectionStart()), self._units.point(cursor.selectionEnd())

    def leave_out(self) -> None:
        """Ask to leave the chosen words out."""
        start, end = self.chosen()
        if start < end:
            self.cutWanted.emit(start, end)

    def put_back(self) -> None:
        """Ask to put back what is left out here."""
        start, end = self.chosen()
        self.restoreWanted.emit(start, max(end, start + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.leave_out()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Insert):
            self.put_back()
        else:
            super().keyPressEvent(event)
