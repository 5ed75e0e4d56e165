"""Small questions asked in place, never in a dialog: a reason in one line, a memo of some lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Strip(QFrame):
    """A question in place. `closed` when it is done with; then the focus goes back to the codes."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.box = QVBoxLayout(self)
        px = theme().px
        self.box.setContentsMargins(px(12), px(8), px(12), px(8))
        self.box.setSpacing(px(6))
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.box.addWidget(self.head)

    def close_strip(self) -> None:
        """Done: out of sight."""
        self.hide()
        self.closed.emit()


class ReasonStrip(Strip):
    """Asks why, in one line that may stay empty. Digits typed first are not a reason: `keyPassed` hands them on, so
    that coding goes on without an Enter in between."""

    keyPassed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[str], object] = lambda _text: None
        row = QHBoxLayout()
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Why? Enter skips"))
        self.field.installEventFilter(self)
        row.addWidget(self.head)
        row.addWidget(self.field, 1)
        self.box.addLayout(row)

    def ask(self, head: str, answer: Callable[[str], object], text: str = "") -> None:
        """Ask; `answer(text)` is called only with a reason that is new."""
        self._answer = answer
        self.head.setText(head)
        self.field.setAccessibleName(head)
        self.field.setText(text)
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in ENTER:
            self._finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        elif not self.field.text() and event.text() and event.text() in "0123456789,+.":
            self.close_strip()
            self.keyPassed.emit(event)
        else:
            return False
        return True

    def _finish(self) -> None:
        reason = self.field.text().strip()
        self.close_strip()
        if reason:
            self._answer(reason)


class MemoStrip(Strip):
    """A memo of some lines. It is kept when one leaves it (`Esc`, Ctrl+Enter, another narratief): nothing is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[str], object] = lambda _text: None
        self._before = ""
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.field.setMaximumHeight(theme().px(88))
        self.keep = QPushButton(_("Keep"))
        self.keep.setToolTip(_("Keep the memo and go back (Esc)"))
        self.keep.clicked.connect(self.close_strip)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(row)

    def ask(self, head: str, answer: Callable[[str], object], text: str = "") -> None:
        """Show a memo to write on; `answer(text)` is called with a text that changed."""
        self.put_away()
        self._answer, self._before = answer, text
        self.head.setText(head)
        self.field.setAccessibleName(head)
        self.field.setPlainText(text)
        self.show()
        self.field.setFocus()

    def put_away(self) -> None:
        """Keep what was written; also when the view moves on."""
        text, answer = self.field.toPlainText(), self._answer
        if not self.isHidden() and text != self._before:
            self._before = text
            answer(text)
        self.hide()

    def close_strip(self) -> None:
        self.put_away()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape or (held and event.key() in ENTER):
                self.close_strip()
                return True
        return super().eventFilter(watched, event)
