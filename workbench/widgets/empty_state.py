"""What an empty place says: one sentence and one button, seldom a quieter second."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.icons import pixmap
from workbench.theme import theme


class EmptyState(QWidget):
    """A drawing, a sentence, and the next step as a button (`clicked`); without `button` there is none. `other` is
    another way to the same end (`otherClicked`)."""

    clicked = Signal()
    otherClicked = Signal()

    def __init__(self, sentence: str, button: str = "", icon_name: str = "", parent: QWidget | None = None,
                 other: str = "") -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._drawing, self._sentence = QLabel(), QLabel(sentence)
        # With their parent from the start: a button without one that is made visible is a window of its own.
        self._button, self._other = QPushButton(button, self), QPushButton(other, self)
        box = QVBoxLayout(self)
        box.setSpacing(theme().px(16))
        box.addStretch(2)
        self._sentence.setWordWrap(True)
        self._button.setProperty("role", "primary")
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.clicked)
        self._other.setVisible(bool(other))
        self._other.clicked.connect(self.otherClicked)
        ways = QHBoxLayout()
        ways.setSpacing(theme().px(8))
        ways.addStretch(1)
        ways.addWidget(self._button)
        ways.addWidget(self._other)
        ways.addStretch(1)
        for widget in (self._drawing, self._sentence):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(ways)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)
        self.setFocusProxy(self._button)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._fit()

    def set_button(self, text: str) -> None:
        """Offer another next step; none without text."""
        self._button.setText(text)
        self._button.setVisible(bool(text))

    def _restyle(self) -> None:
        if self._icon_name:
            self._drawing.setPixmap(pixmap(self._icon_name, theme().px(56), theme().tokens.accent))
        self._sentence.setFont(theme().ui_font(2))
        self._fit()

    def _fit(self) -> None:
        # By hand, as a layout would give a centred label the height of another width and cut it off.
        width = theme().px(460)
        self._sentence.setFixedSize(width, max(0, self._sentence.heightForWidth(width)))
