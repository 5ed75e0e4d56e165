"""Finding known names in a text: whole words, the longest first, with possessives and in either Unicode form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from corpora.naming_lists import key, name_lists
from corpora.naming_tokens import PERHAPS_CAPITAL, WORD

_QUOTED = r"['’][st]\b"
_Entry = tuple[str, str]
Found = tuple[int, int, str]


def find_names(text: str, names: Iterable[str]) -> list[Found]:
    """Where the names stand, as (start, end, name) in code points, in order, never overlapping.

    A name matches as a whole word; of two that begin at the same word the longer wins. *Fatima's*, *Jansens* and
    *Overvecht-team* hold the name, without the ending. A name with a capital is not found in lower-case words, so that
    *Bos* does not match *bos*; its particles may have either case (*de Vries*, *De Vries*).
    """
    return NameIndex(names).find(text)


class NameIndex:
    """Names made ready to be found in many texts; `find` does what `find_names` does."""

    def __init__(self, names: Iterable[str]) -> None:
        self._entries = _by_first_word(names)
        lower = [name.split(" ")[0] for per in self._entries.values() for name, _ in per if name[0].islower()]
        starts = [_QUOTED, PERHAPS_CAPITAL, *(re.escape(word) + r"\b" for word in sorted(set(lower)))]
        self._begin = re.compile(rf"(?<![^\W_])(?:{'|'.join(starts)})")

    def find(self, text: str) -> list[Found]:
        """All places of the names in one text."""
        found: list[Found] = []
        reached = 0
        for start, word in self._words(text) if self._entries else ():
            if start < reached:
                continue
            hit = _match(text, start, word, self._entries)
            if hit is not None:
                found.append(hit)
                reached = hit[1]
        return found

    def _words(self, text: str) -> Iterator[tuple[int, str]]:
        """The words where a name can begin; most lower-case words are never looked at."""
        for match in self._begin.finditer(text):
            start = match.start()
            quoted = text[start] in "'’"
            word = WORD.match(text, start + quoted)
            if word is not None:
                yield start, text[start:word.end()]


def _by_first_word(names: Iterable[str]) -> dict[str, list[_Entry]]:
    """First word → (name, its comparison form), the longest first."""
    found: dict[str, list[_Entry]] = {}
    for name in sorted({n.strip() for n in names if n.strip()}, key=lambda n: (-len(n), n)):
        compared = key(name)
        first = WORD.match(compared.lstrip("'"))
        head = ("'" if compared.startswith("'") else "") + (first.group() if first else compared)
        found.setdefault(head, []).append((name, compared))
    return found


def _match(text: str, start: int, word: str, entries: dict[str, list[_Entry]]) -> Found | None:
    compared_word = key(word)
    plain = compared_word[-1] != "s" and "-" not in compared_word
    for head in (compared_word,) if plain else _heads(compared_word):
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
    for length in _lengths(name):
        end = start + length
        piece = text[start:end]
        same = piece == name or (key(piece) == compared and _same_capital(piece, name))
        if same and _bounded(text, start, end):
            return end
    return None


def _lengths(name: str) -> Iterable[int]:
    """How long the name may be in a text: composed or decomposed."""
    if name.isascii():
        return (len(name),)
    return dict.fromkeys((len(name), *(len(unicodedata.normalize(form, name)) for form in ("NFC", "NFD"))))


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
