"""Where something is on the board, and how narratieven are carried to it."""

from __future__ import annotations

import json
from typing import NamedTuple

from PySide6.QtCore import QMimeData

from codebook.models.realist import ELEMENT_ROLES

MIME = "application/x-narratief-evidence"
CARD = "application/x-narratief-card"
HEAD = -1


class Place(NamedTuple):
    """A place on the board: `lane` is a configuration (0: a new one), `column` its head (−1) or a part, `element` a
    card (0: a new one)."""

    lane: int
    column: int
    element: int = 0

    @property
    def role(self) -> str:
        """The part of a configuration, empty at its head."""
        return ELEMENT_ROLES[self.column] if self.column >= 0 else ""


class Carried(NamedTuple):
    """What is carried to the board."""

    narratieven: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()


def packed(carried: Carried) -> QMimeData:
    """Narratieven and quotes for a drag."""
    data = QMimeData()
    data.setData(MIME, json.dumps([list(carried.narratieven), list(carried.quotes)]).encode("ascii"))
    return data


def unpacked(data: QMimeData) -> Carried | None:
    """What a drag carries; None when it is nothing of ours."""
    if not data.hasFormat(MIME):
        return None
    narratieven, quotes = json.loads(bytes(data.data(MIME).data()).decode("ascii"))
    return Carried(tuple(narratieven), tuple(quotes))


def packed_card(place: Place) -> QMimeData:
    """A card for a drag."""
    data = QMimeData()
    data.setData(CARD, json.dumps(place).encode("ascii"))
    return data


def unpacked_card(data: QMimeData) -> Place | None:
    """The card that a drag carries; None when it is something else."""
    return Place(*json.loads(bytes(data.data(CARD).data()).decode("ascii"))) if data.hasFormat(CARD) else None
