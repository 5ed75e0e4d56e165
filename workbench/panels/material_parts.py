"""Small parts that the pages of Materiaal share: strips; the others come from the widgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.parts import (
    ChoiceDelegate,
    button,
    choose_row,
    free_field,
    heading,
    key,
    quiet,
    table_view,
)

__all__ = ["ChoiceDelegate", "Strip", "button", "choose_row", "free_field", "heading", "key", "quiet", "table_view"]


class Strip(QFrame):
    """A line across the page that says something and offers a way out; hidden until `say`."""

    def __init__(self, action: str, run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        row, px = QHBoxLayout(self), theme().px
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        self._text = QLabel()
        self._text.setWordWrap(True)
        row.addWidget(self._text, 1)
        row.addWidget(button(action, run))
        row.addWidget(button(_("Not now"), self.hide, role="link"))
        self.hide()

    def say(self, text: str) -> None:
        """Show the strip with this text; without text it goes away."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What the strip says."""
        return self._text.text()
