"""A strip that asks for one line: the name of something new, or another name. Never in the way, never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from workbench.i18n import _
from workbench.theme import theme


class NameStrip(QFrame):
    """`ask` shows it; Enter keeps, Esc leaves (`left()`)."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[str], object] = lambda _name: None
        self.setProperty("role", "card")
        self.prompt, self.field = QLabel(), QLineEdit()
        self.keep, leave = QPushButton(_("Keep")), QPushButton(_("Cancel"))
        self.keep.setProperty("role", "primary")
        leave.setProperty("role", "flat")
        row, px = QHBoxLayout(self), theme().px
        row.setContentsMargins(px(8), px(6), px(8), px(6))
        row.setSpacing(px(8))
        row.addWidget(self.prompt)
        row.addWidget(self.field, 1)
        row.addWidget(self.keep)
        row.addWidget(leave)
        self.field.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._finish)
        self.keep.clicked.connect(self._finish)
        leave.clicked.connect(self._leave)
        self.hide()

    def ask(self, prompt: str, standing: str, then: Callable[[str], object]) -> None:
        """Ask for a line; `then` gets it."""
        self._then = then
        self.prompt.setText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.setText(standing)
        self.keep.setEnabled(bool(standing.strip()))
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def _finish(self) -> None:
        text = self.field.text().strip()
        if text:
            self.hide()
            self._then(text)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
