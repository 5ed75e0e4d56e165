"""The transcript of the place Fragmenten: a boundary can be taken in hand, by clicking it or by key."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent

from workbench.widgets.transcript_ink import paint_boundary
from workbench.widgets.transcript_view import TranscriptView


class FragmentText(TranscriptView):
    """`boundaryTaken(key)` when the mouse goes down on a boundary line."""

    boundaryTaken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._hand: Hashable = None

    def set_hand(self, key: Hashable) -> None:
        """Draw one boundary as the one in hand; None for none."""
        self._hand = key
        self.viewport().update()

    def place_caret(self, point: int) -> None:
        """Put the caret somewhere in the text and bring it into sight."""
        self.select(point, point)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for mark in self.boundaries():
            if mark.key == self._hand and self._hand is not None:
                paint_boundary(painter, self.places(), mark, self.viewport().width(), lively=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.boundary_near(event.position().y())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.boundaryTaken.emit(mark.key)
        super().mousePressEvent(event)


def shift_is_down() -> bool:
    """Whether Shift is held now: a dragged boundary then goes to sentences."""
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
