"""The ground of the board: what is dropped on it, the heads of its columns, and where a new configuration begins."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from codebook.models.realist import ELEMENT_ROLES
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.card import Slot, Spot
from workbench.widgets.board.lane import Lane
from workbench.widgets.board.places import HEAD, Place, unpacked, unpacked_card


class Page(QWidget):
    """What scrolls; it takes what is dropped on any of its parts. `carried(spot or None)`, `dropped(place, what)` for
    narratieven and quotes, `shifted(from, to)` for a card, which stays in its configuration."""

    carried = Signal(object)
    dropped = Signal(object, object)
    shifted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAcceptDrops(True)

    def spot_at(self, at: QPoint) -> Spot | None:
        """The spot that would take what is dropped here; beside the spots of a configuration the nearest of them."""
        widget = self.childAt(at)
        while widget is not None and widget is not self and not isinstance(widget, Spot | Lane):
            widget = widget.parentWidget()
        if isinstance(widget, Lane):
            lane, here = widget, widget.mapFrom(self, at)
            return min(lane.spots.values(), key=lambda spot: _gap(lane, spot, here), default=None)
        return widget if isinstance(widget, Spot) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if unpacked(event.mimeData()) is not None or unpacked_card(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        spot = self._taker(event)
        self.carried.emit(spot)
        event.setAccepted(spot is not None)

    def _taker(self, event: QDropEvent) -> Spot | None:
        """The spot that takes what is carried; a card goes to another part of its own configuration only."""
        spot, card = self.spot_at(event.position().toPoint()), unpacked_card(event.mimeData())
        if spot is None or card is None:
            return spot
        fits = spot.place.lane == card.lane and spot.place.column != HEAD and spot.place != card
        return spot if fits else None

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.carried.emit(None)

    def dropEvent(self, event: QDropEvent) -> None:
        spot, what, card = self._taker(event), unpacked(event.mimeData()), unpacked_card(event.mimeData())
        self.carried.emit(None)
        if spot is None:
            return
        event.acceptProposedAction()
        if card is not None:
            self.shifted.emit(card, spot.place)
        elif what is not None:
            self.dropped.emit(spot.place, what)


def _gap(lane: Lane, spot: Spot, at: QPoint) -> int:
    """How far a point lies from a spot, in whole pixels."""
    box = QRect(spot.mapTo(lane, QPoint(0, 0)), spot.size())
    return max(box.left() - at.x(), 0, at.x() - box.right()) + max(box.top() - at.y(), 0, at.y() - box.bottom())


class ColumnHeads(QWidget):
    """What the columns are; it stays in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(9), 0, theme().px(15), 0)
        row.setSpacing(theme().px(4))
        self._told = []
        for role in ELEMENT_ROLES:
            told = QLabel(f"<b>{words.role_word(role)}</b><br>{words.LETTERS[role]} · {words.role_question(role)}")
            told.setProperty("role", "quiet")
            self._told.append(told)
            told.setWordWrap(True)
            row.addWidget(told, 1, Qt.AlignmentFlag.AlignTop)
        self.restyle()

    def restyle(self) -> None:
        """Take the size of the letters anew."""
        for told in self._told:
            told.setFont(theme().ui_font(-1))


class NewLane(QFrame):
    """Below the last configuration: slots in which a new one begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(9), 0, theme().px(9), 0)
        row.setSpacing(theme().px(4))
        self.slots = [Slot(Place(0, column), words.new_word(role))
                      for column, role in enumerate(ELEMENT_ROLES)]
        for slot in self.slots:
            row.addWidget(slot, 1)
