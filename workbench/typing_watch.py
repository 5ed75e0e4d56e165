"""Since when somebody types: what stands in a field was meant for the project as it was when the typing began.

Every field of the program keeps its words when it is left, and is left alone by changes while it has the focus. So it
is enough to know of the field in hand with which words it was entered, and after which step.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid


def words_in(field: QWidget | None) -> str | None:
    """What stands in a field that can be typed in; None for any other widget."""
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return None if field.isReadOnly() else field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) and not field.isReadOnly() else None


class TypingWatch(QObject):
    """Watches the field that has the focus; `seen()` is the number of the last step taken in."""

    def __init__(self, seen: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen = seen
        self._field: QWidget | None = None
        self._words: str | None = None
        self._since = 0
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            self._moved(None, app.focusWidget())

    def since(self) -> int:
        """The step after which the words in hand were begun; the last one when nobody types."""
        return self._since if self._is_typing() else self._seen()

    def begin_anew(self) -> None:
        """What stands in the field now was told of: what comes is meant for the project as it is."""
        self._since = self._seen()

    def is_renaming(self) -> bool:
        """Whether a line of a list or table is being written in: a change of the list would throw the words away."""
        field = self._field
        return field is not None and isValid(field) and _is_in_list(field)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._words, self._since = words_in(new), self._seen()
        self._field = new if self._words is not None else None

    def _is_typing(self) -> bool:
        return self._field is not None and isValid(self._field) and words_in(self._field) != self._words


def _is_in_list(field: QWidget) -> bool:
    holder = field.parentWidget()
    return isinstance(holder.parentWidget() if holder is not None else None, QAbstractItemView)
