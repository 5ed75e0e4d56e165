"""Words with a capital and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.naming_lists import key
from corpora.naming_words import HEAD_LINKS, PARTICLES

_LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"
WORD = re.compile(rf"{_LETTER}+(?:(?:['’\-]|&(?=\w)){_LETTER}+)*\d*")
_OPENING = " \t\u00a0\"'“”‘’„«»(*_•·-–—<>"
_ENDS = ".!?:…\n\r\u2028[]|;/=#"
_ABBREVIATIONS = frozenset({"mw", "dhr", "mevr", "dr", "drs", "mr", "prof", "ir", "ing", "st", "fam", "ds", "bijv", "bv", "o.a", "jr", "sr"})
_REACH = 60


@dataclass(frozen=True)
class Token:
    """A capitalised word; `first` says that it opens a sentence, so that its capital means little."""

    start: int
    end: int
    text: str
    key: str
    first: bool

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def capitalised(text: str) -> Iterator[Token]:
    """Every word that begins with a capital (the `'s-` of *'s-Hertogenbosch* belongs to it)."""
    for match in WORD.finditer(text):
        word = match.group()
        start = match.start()
        if word[0].isupper():
            yield Token(start, match.end(), word, key(word), opens_sentence(text, start))
        elif word[:2] in ("s-", "t-") and word[2:3].isupper() and text[start - 1:start] in ("'", "’"):
            yield Token(start - 1, match.end(), text[start - 1:match.end()], key("'" + word), False)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word stands where any word would have a capital."""
    at = start - 1
    while at >= 0 and text[at] in _OPENING:
        at -= 1
    if at < 0:
        return True
    if text[at] == "." and at + 1 < start:
        return not _after_abbreviation(text, at)
    return text[at] in _ENDS


def _after_abbreviation(text: str, dot: int) -> bool:
    begin = dot
    while begin > 0 and (text[begin - 1].isalpha() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:dot]
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()) or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word))


def words_before(text: str, start: int, count: int = 4) -> tuple[str, ...]:
    """The last lower-case words before a place, nearest first, as far as the sentence goes."""
    piece = text[max(0, start - _REACH):start]
    cut = max(piece.rfind(mark) for mark in "\n?!:;[]…")
    words = piece[cut + 1:].split()[-count:]
    found: list[str] = []
    for word in reversed(words):
        bare = word.strip(_OPENING + ",.").lower()
        if word.endswith(".") and bare not in _ABBREVIATIONS:
            break
        found.append(bare)
    return tuple(found)


def word_after(text: str, end: int) -> str:
    """The word that follows directly (only spaces between), in lower case; else an empty text."""
    match = re.compile(r" (\w[\w']*)").match(text, end)
    return match.group(1).lower() if match else ""


def gap_kind(gap: str) -> str:
    """What lies between two capitalised words: `space`, `initial`, `particle` (van der),
    `prepositions` (op den), `link` (van de), or `none`."""
    if gap == " ":
        return "space"
    if gap == ". ":
        return "initial"
    if len(gap) > 16 or not gap.startswith(" ") or "\n" in gap:
        return "none"
    middle = gap.strip(" ").lower()
    words = middle.replace("’", "'").split(" ")
    joined = gap.endswith((" ", "'", "’"))
    if joined and all(w in PARTICLES for w in words):
        return "prepositions" if words[0] in ("in", "op", "aan") else "particle"
    return "link" if joined and middle in HEAD_LINKS else "none"
