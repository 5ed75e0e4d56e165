"""Whole numbers as people type them in tables."""

from __future__ import annotations

_LONGEST = 15
"""Digits; nothing that is counted or placed in a text needs more, and what has more is no number to compute with."""


def whole(text: str) -> int | None:
    """The whole number that a cell spells in digits 0 to 9, None when it spells none (`²`, `1.5`, `-3`)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None
