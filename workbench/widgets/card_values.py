"""What a board of cards shows, as values (no Qt here)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BoardCard:
    """A card: `look` is which of the facet looks gives form and colour (−1: the neutral one) with `word` beside it,
    `counts` what stands below the title, `warning` a line that asks for attention."""

    key: int
    title: str
    word: str = ""
    look: int = -1
    counts: str = ""
    warning: str = ""


@dataclass(frozen=True)
class BoardColumn:
    """A column: its key (0 for what is not grouped), what it is called, and its cards from top to bottom."""

    key: int
    title: str
    cards: tuple[BoardCard, ...]
    detail: str = ""
