"""How the value of an attribute compares with a value in an expression."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from codebook.nearness import fold
from codebook.query.algebra import Comparison

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_OPERATORS: dict[Comparison, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}


def holds(value: str, comparison: Comparison, wanted: str) -> bool:
    """Numbers compare as numbers (decimal point or comma), dates (2026-03-31 or 31-3-2026) as dates, all else
    as text without capitals. A number and a text are unequal and have no order."""
    ours, theirs = number(value), number(wanted)
    compare = _OPERATORS[comparison]
    if ours is not None and theirs is not None:
        return compare(ours, theirs)
    if (ours is None) != (theirs is None):
        return comparison == "!="
    return compare(_dated(value), _dated(wanted))


def number(value: str) -> float | None:
    """The number that a value spells, or None."""
    text = value.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _dated(value: str) -> str:
    day = _DAY.fullmatch(value.strip())
    return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else fold(value)
