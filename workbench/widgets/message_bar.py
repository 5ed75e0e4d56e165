"""The bar at the foot: what just happened, a way back, and what is under way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from workbench.i18n import _
from workbench.icons import icon
from workbench.theme import theme

HISTORY = 50
SHOWN_MILLISECONDS = 12_000


@dataclass(frozen=True)
class ShownMessage:
    """A message that was shown, with the time of day."""

    text: str
    at: datetime
    error: bool


class MessageBar(QFrame):
    """`show_message` says what happened; with `undoable` a button offers to take it back (`undoRequested`).
    Errors stay until the next message, other messages fade to the history after a while. `set_status` fills
    the right end."""

    undoRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history: deque[ShownMessage] = deque(maxlen=HISTORY)
        self._mark, self._text, self._status = QLabel(), QLabel(), QLabel()
        self._undo = QPushButton(_("Undo"))
        self._earlier = QToolButton()
        self._timer = QTimer(self)
        self._prepare()

    def _prepare(self) -> None:
        px = theme().px
        box = QHBoxLayout(self)
        box.setContentsMargins(px(12), px(4), px(12), px(4))
        box.setSpacing(px(8))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._status.setProperty("role", "quiet")
        self._undo.setProperty("role", "link")
        self._undo.hide()
        self._undo.clicked.connect(self._take_back)
        self._earlier.setProperty("role", "flat")
        self._earlier.setToolTip(_("Earlier messages"))
        self._earlier.setAccessibleName(_("Earlier messages"))
        self._earlier.clicked.connect(self._show_history)
        box.addWidget(self._mark)
        box.addWidget(self._text, 1)
        for widget in (self._undo, self._status, self._earlier):
            box.addWidget(widget)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_message(self, text: str, undoable: bool = False, error: bool = False) -> None:
        """Say something; it is also announced to a screen reader."""
        self.history.appendleft(ShownMessage(text, datetime.now(), error))
        self._text.setText(text)
        self._text.setToolTip(text)
        self._mark.setText("!" if error else "✓")
        for label in (self._mark, self._text):
            label.setProperty("role", "danger" if error else "ok" if label is self._mark else "")
            label.style().polish(label)
        self._undo.setVisible(undoable)
        self._timer.stop() if error else self._timer.start(SHOWN_MILLISECONDS)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def message(self) -> str:
        """The message in sight."""
        return self._text.text()

    def clear(self) -> None:
        """Take the message away; it stays in the history."""
        self._text.clear()
        self._mark.clear()
        self._undo.hide()

    def set_status(self, text: str) -> None:
        """What stands at the right end ("Interview 3 · 41/63")."""
        self._status.setText(text)

    def _take_back(self) -> None:
        self.clear()
        self.undoRequested.emit()

    def _show_history(self) -> None:
        menu = QMenu(self)
        for one in self.history:
            menu.addAction(f"{one.at:%H:%M}  {'! ' if one.error else ''}{one.text}")
        if not self.history:
            menu.addAction(_("No messages yet")).setEnabled(False)
        menu.popup(self._earlier.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))

    def _restyle(self) -> None:
        side = theme().px(16)
        self._earlier.setIconSize(QSize(side, side))
        self._earlier.setIcon(icon("history", theme().tokens.quiet))
