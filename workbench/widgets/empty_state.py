"""What an empty place says: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.icons import pixmap
from workbench.theme import theme


class EmptyState(QWidget):
    """A drawing, a sentence, and the next step as a button (`clicked`); without `button` there is none."""

    clicked = Signal()

    def __init__(self, sentence: str, button: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._drawing, self._sentence = QLabel(), QLabel(sentence)
        self._button = QPushButton(button)
        box = QVBoxLayout(self)
        box.setSpacing(theme().px(16))
        box.addStretch(2)
        self._sentence.setWordWrap(True)
        self._button.setProperty("role", "primary")
        self._button.setVisible(bool(button))
        self._button.clicked.connect(self.clicked)
        for widget in (self._drawing, self._sentence, self._button):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._fit()

    def _restyle(self) -> None:
        if self._icon_name:
            self._drawing.setPixmap(pixmap(self._icon_name, theme().px(56), theme().tokens.accent))
        self._sentence.setFont(theme().ui_font(2))
        self._fit()

    def _fit(self) -> None:
        # By hand, as a layout would give a centred label the height of another width and cut it off.
        width = theme().px(460)
        self._sentence.setFixedSize(width, self._sentence.heightForWidth(width))
