"""A text of several lines that is kept when one leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.theme import theme


class NoteEdit(QPlainTextEdit):
    """`written(text)` when the focus leaves it (or Ctrl+Enter is pressed) and the text is another one. Tab goes on to
    the next field."""

    written = Signal(str)

    def __init__(self, name: str, hint: str = "", height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        if height:
            self.setFixedHeight(theme().px(height))

    def show_text(self, text: str) -> None:
        """Show what is kept; what is being typed stays."""
        if text == self._standing and self.toPlainText() == text:
            return
        untouched = self.toPlainText().strip() == self._standing.strip()
        self._standing = text
        if untouched or not self.hasFocus():
            self.setPlainText(text)

    def replace_text(self, text: str) -> None:
        """Show the text of something else, whatever stands there."""
        self._standing = text
        self.setPlainText(text)

    def save(self) -> None:
        """Tell of a text that is new."""
        text = self.toPlainText().strip()
        if text != self._standing.strip():
            self._standing = text
            self.written.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & \
                Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)
