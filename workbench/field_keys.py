"""Keys of the program that a field would take for itself.

On Linux a text field goes to the end of its line at Ctrl+E, so that the key of the Excel workbook did nothing for
somebody whose cursor stands in a field, as it nearly always does. End does the same in the field. And the button
that a page leads up to is pressed by Enter too when it has the focus, not by the space bar alone; in dialogs Qt sees
to that.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from shiboken6 import isValid

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OURS = (QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E),)


class FieldKeys(QObject):
    """Watches the field that has the focus and keeps the program's own keys out of it, and lets Enter press a primary
    button."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            self._moved(None, app.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = new if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit | QPushButton) else None
        if self._field is not None:
            self._field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QPushButton):
            return self._press(watched, event) or super().eventFilter(watched, event)
        wanted = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and event.keyCombination() in OURS:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _press(self, button: QPushButton, event: QEvent) -> bool:
        entered = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        if not entered or button.property("role") != "primary" or isinstance(button.window(), QDialog):
            return False
        button.animateClick()
        return True
