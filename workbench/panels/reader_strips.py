"""Choosing the words of a quote, in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.strips import ENTER, Strip
from workbench.widgets.utf16 import Utf16Map


class QuoteStrip(Strip):
    """Shows the words of a narratief; those selected with the mouse or Shift and the arrows are kept by Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[int, int], object] = lambda _start, _end: None
        self._map = Utf16Map("")
        self.field, self.keep = QPlainTextEdit(), QPushButton(_("Keep quote"))
        self.field.setReadOnly(True)
        self.field.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                           | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.field.setMaximumHeight(theme().px(140))
        self.field.installEventFilter(self)
        self.keep.setToolTip(_("Keep the selected words as quote (Enter)"))
        self.keep.clicked.connect(self._finish)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(row)

    def ask(self, head: str, text: str, answer: Callable[[int, int], object]) -> None:
        """Ask for words of `text`; `answer(start, end)` in characters."""
        self._answer, self._map = answer, Utf16Map(text)
        self.head.setText(head)
        self.field.setAccessibleName(head)
        self.field.setFont(theme().reading_font())
        self.field.setPlainText(text)
        self.show()
        self.field.setFocus()

    def _finish(self) -> None:
        cursor = self.field.textCursor()
        start, end = self._map.point(cursor.selectionStart()), self._map.point(cursor.selectionEnd())
        if start < end:
            self.close_strip()
            self._answer(start, end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_strip()
                return True
            if event.key() in ENTER:
                self._finish()
                return True
        return super().eventFilter(watched, event)
