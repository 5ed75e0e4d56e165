"""Finding given names in a text: whole words, the longest first, with possessives and loose accents of Unicode forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from corpora.naming_lists import key, name_lists
from corpora.naming_tokens import WORD

_Entry = tuple[str, str]


def find_names(text: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where the names stand, as (start, end, name) in code points, in order, never overlapping.

    A name matches as a whole word; of two that begin at the same word the longer wins. *Fatima's*, *Jansens* and
    *Overvecht-team* hold the name, without the ending. A name with a capital is not found in lower-case words, so that
    *Bos* does not match *bos*; its particles may have either case (*de Vries*, *De Vries*).
    """
    entries = _by_first_word(names)
    found: list[tuple[int, int, str]] = []
    if not entries:
        return found
    reached = 0
    for start, word in _words(text):
        if start < reached:
            continue
        hit = _match(text, start, word, entries)
        if hit is not None:
            found.append(hit)
            reached = hit[1]
    return found


def _words(text: str) -> Iterable[tuple[int, str]]:
    for match in WORD.finditer(text):
        start, word = match.span()[0], match.group()
        if word[:2] in ("s-", "t-") and text[max(0, start - 1):start] in ("'", "’"):
            yield start - 1, text[start - 1:match.end()]
            continue
        yield start, word
        for dash in re.finditer("-", word) if "-" in word else ():
            yield start + dash.end(), word[dash.end():]


def _by_first_word(names: Iterable[str]) -> dict[str, list[_Entry]]:
    """First word → (name, its comparison form), the longest first."""
    found: dict[str, list[_Entry]] = {}
    for name in sorted({n.strip() for n in names if n.strip()}, key=lambda n: (-len(n), n)):
        compared = key(name)
        first = WORD.match(compared.lstrip("'"))
        head = ("'" if compared.startswith("'") else "") + (first.group() if first else compared)
        found.setdefault(head, []).append((name, compared))
    return found


def _match(text: str, start: int, word: str, entries: dict[str, list[_Entry]]) -> tuple[int, int, str] | None:
    for head in _heads(key(word)):
        for name, compared in entries.get(head, ()):
            end = _end_of(text, start, name, compared)
            if end is not None:
                return start, end, name
    return None


def _heads(word: str) -> list[str]:
    """The word itself, and what it is without a possessive or what follows a hyphen."""
    found = [word]
    if "-" in word:
        found += [word[:at] for at in range(len(word) - 1, 0, -1) if word[at] == "-"]
    if word.endswith("'s"):
        found.append(word[:-2])
    elif word.endswith("s"):
        found.append(word[:-1])
    return found


def _end_of(text: str, start: int, name: str, compared: str) -> int | None:
    for length in dict.fromkeys((len(name), len(unicodedata.normalize("NFD", name)), len(unicodedata.normalize("NFC", name)))):
        end = start + length
        piece = text[start:end]
        if key(piece) == compared and _same_capital(piece, name) and _bounded(text, start, end):
            return end
    return None


def _same_capital(piece: str, name: str) -> bool:
    """A capital of the name's last word must be there in the text too."""
    mine, theirs = name.split(" ")[-1].lstrip("'’"), piece.split(" ")[-1].lstrip("'’")
    return theirs[:1].isupper() or not mine[:1].isupper()


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether the name ends where a word ends, but for a possessive."""
    after = text[end:end + 1]
    if not after.isalnum() and not unicodedata.combining(after or " "):
        return True
    return after == "s" and not text[end + 1:end + 2].isalnum() and not _own_name(text, start, end + 1)


def _own_name(text: str, start: int, end: int) -> bool:
    """Whether the word with its s is a name or word by itself (*Jans*, *Hans*)."""
    word, lists = key(text[start:end]).rpartition(" ")[2], name_lists()
    return word in lists.given or word in lists.words or word in lists.places
