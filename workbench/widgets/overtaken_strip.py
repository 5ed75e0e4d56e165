"""Two texts for one place, side by side: what somebody else kept there, and what I wrote. Neither is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.parts import button, quiet


@dataclass(frozen=True)
class TwoTexts:
    """`said` tells what happened; `again` puts mine in the place of theirs."""

    said: str
    mine: str
    theirs: str
    again: Callable[[], object]


class OvertakenStrip(QFrame):
    """Shows one pair of texts after the other, until each was answered; hidden when there is none. `answered` after
    each."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs: deque[TwoTexts] = deque()
        self.said, self.mine, self.theirs = QLabel(), QPlainTextEdit(), QPlainTextEdit()
        self.put = button(_("Put mine in its place"), self._put)
        self.copy = button(_("Copy mine"), self._copy)
        self.leave = button(_("Leave theirs"), self._next, "Esc")
        self._build()
        self.hide()

    def _build(self) -> None:
        px = theme().px
        self.setProperty("role", "card")
        box, texts, row = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        box.setContentsMargins(px(16), px(10), px(16), px(10))
        box.setSpacing(px(6))
        self.said.setWordWrap(True)
        self.said.setProperty("role", "heading")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        for name, field in ((_("What stands there now"), self.theirs), (_("What you wrote"), self.mine)):
            field.setReadOnly(True)
            field.setFixedHeight(px(76))
            field.setTabChangesFocus(True)
            field.setAccessibleName(name)
            column = QVBoxLayout()
            column.addWidget(quiet(name))
            column.addWidget(field)
            texts.addLayout(column, 1)
        row.addStretch(1)
        for each in (self.copy, self.leave, self.put):
            row.addWidget(each)
        box.addWidget(self.said)
        box.addLayout(texts)
        box.addLayout(row)

    def add(self, pair: TwoTexts) -> None:
        """Show a pair, after those that are still in sight."""
        self.pairs.append(pair)
        self._show()

    def clear(self) -> None:
        """Put everything away."""
        self.pairs.clear()
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.pairs))
        if self.pairs:
            self.said.setText(self.pairs[0].said)
            self.mine.setPlainText(self.pairs[0].mine)
            self.theirs.setPlainText(self.pairs[0].theirs)

    def _next(self) -> None:
        if self.pairs:
            self.pairs.popleft()
        self._show()
        self.answered.emit()

    def _put(self) -> None:
        pair = self.pairs[0]
        self._next()
        pair.again()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.pairs[0].mine)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._next()
        else:
            super().keyPressEvent(event)
