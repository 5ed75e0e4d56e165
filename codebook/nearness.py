"""Names as they are compared, and the names that look most like one that does not exist."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


def fold(name: str) -> str:
    """A name as it is compared: without capitals, one form of apostrophe and of accents, single spaces."""
    text = unicodedata.normalize("NFC", name).replace("’", "'").replace("‘", "'")
    return " ".join(text.casefold().split())


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """At most three of the folded names that look most like this one; a word of a longer label counts too."""
    wanted, names = fold(name), list(known)
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    parts = [label for label in names if len(wanted) > 2 and wanted in label]
    begun = sorted((label for label in names if _shared(wanted, label) > 3), key=lambda label: -_shared(wanted, label))
    found = list(dict.fromkeys([*close, *parts, *begun]))[:3]
    return found or difflib.get_close_matches(wanted, names, n=3, cutoff=0.35)


def _shared(name: str, label: str) -> int:
    """With how many of the name's first letters a word of the label begins."""
    return max((n for n in range(len(name) + 1) if any(word.startswith(name[:n]) for word in label.split())), default=0)
