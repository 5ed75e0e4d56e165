"""Keys that Qt gives to what has the focus in another way than a hand expects.

On Linux a text field goes to the end of its line at Ctrl+E, so that the key of the Excel workbook did nothing for
somebody whose cursor stands in a field, as it nearly always does. End does the same in the field.

Outside a dialog only Space presses a button. Enter does so too: at once when the keyboard came to the button, and when
it was clicked, if the page has no other use for Enter.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

OURS = (QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E),)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIELDS = QLineEdit | QPlainTextEdit | QTextEdit
BUTTONS = QPushButton | QToolButton


class FieldKeys(QObject):
    """Watches what has the focus in a window: keeps the program's own keys out of a field, and lets Enter press a
    button."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._focus: QWidget | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            self._moved(None, app.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        clicked = isinstance(new, BUTTONS) and QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._focus = new if isinstance(new, FIELDS | BUTTONS) and not clicked else None
        if self._focus is not None:
            self._focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, FIELDS) and (
                    event.keyCombination() in OURS):
                event.ignore()
                return True
            entered = event.type() == QEvent.Type.KeyPress and event.key() in ENTER and not event.isAutoRepeat()
            if entered and _press(QApplication.focusWidget()):
                return True
        return super().eventFilter(watched, event)


def _press(button: QWidget | None) -> bool:
    """Press a button outside a dialog; False for anything else."""
    if not isinstance(button, BUTTONS) or isinstance(button.window(), QDialog):
        return False
    if isinstance(button, QToolButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    return True
