"""What a facet picker offers, and how typed letters find a code (no Qt here)."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PickerCode:
    """A code as the coder sees it. `number` is what digits choose; `certain` False marks a code whose place
    in the instrument is in doubt."""

    id: Hashable
    number: int
    label: str
    definition: str = ""
    use_when: str = ""
    use_not: str = ""
    example: str = ""
    synonyms: tuple[str, ...] = ()
    group: str = ""
    certain: bool = True


@dataclass(frozen=True)
class PickerFacet:
    """A facet with its codes in order. `name` decides hue and form."""

    id: Hashable
    name: str
    codes: tuple[PickerCode, ...]


def folded(text: str) -> str:
    """Text without case and diacritics, for comparing."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def rank(code: PickerCode, typed: str) -> int | None:
    """How well a code answers what was typed (folded): 0 is best, None is not at all.

    0 label begins so · 1 a word of the label does · 2 number · 3 inside the label · 4 a synonym begins so ·
    5 inside a synonym · 6 in the definition.
    """
    label = folded(code.label)
    synonyms = [folded(s) for s in code.synonyms]
    tests = (
        label.startswith(typed),
        any(word.startswith(typed) for word in label.replace("-", " ").split()),
        str(code.number) == typed,
        typed in label,
        any(s.startswith(typed) for s in synonyms),
        any(typed in s for s in synonyms),
        typed in folded(code.definition),
    )
    return next((n for n, holds in enumerate(tests) if holds), None)


def matches(facets: Sequence[PickerFacet], typed: str, in_hand: int = 0) -> list[tuple[int, int]]:
    """The codes that answer, best first, as (facet, code) indices; the facet in hand goes before its equals."""
    wanted = folded(typed.strip())
    found = []
    for f, facet in enumerate(facets):
        for c, code in enumerate(facet.codes):
            place = rank(code, wanted) if wanted else None
            if place is not None:
                found.append((place, f != in_hand, f, c))
    return [(f, c) for _place, _elsewhere, f, c in sorted(found)]
