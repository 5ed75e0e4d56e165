"""Words with a capital and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.naming_lists import key
from corpora.naming_words import HEAD_LINKS, PARTICLES, word_set

WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*|['’\-&][^\W\d_]+)*\d*")
_BEFORE_CAPITAL = r"(?:(?:al|el|as|ad|an|ar|at|ash|az|ul)-|['’][st]-|[dl]['’])?"
PERHAPS_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_BEGIN = re.compile(rf"(?<![^\W_])(?<!\w[-'’&]){_BEFORE_CAPITAL}{PERHAPS_CAPITAL}")
_OPENING = " \t\u00a0\"'“”‘’„«»(*_•·-–—<>"
_ENDS = ".!?:…\n\r\u2028[]|;/=#"
_ABBREVIATIONS = word_set("mw dhr mevr dr drs mr prof ir ing st fam ds bijv bv o.a jr sr")
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
    """Every word that begins with a capital, with the `'s-` of *'s-Hertogenbosch*, the `al-` of *al-Halabi*."""
    reached = 0
    for found in _BEGIN.finditer(text):
        match = WORD.match(text, found.end() - 1) if found.start() >= reached else None
        if match is None or not match.group()[0].isupper():
            continue
        start, reached = found.start(), match.end()
        word = text[start:reached]
        yield Token(start, reached, word, key(word), opens_sentence(text, start))


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word stands where any word would have a capital."""
    at = start - 1
    while at >= 0 and text[at] in _OPENING:
        at -= 1
    if at < 0:
        return True
    if text[at] == ".":
        return not _after_abbreviation(text, at)
    return text[at] in _ENDS


def _after_abbreviation(text: str, dot: int) -> bool:
    begin = dot
    while begin > 0 and (text[begin - 1].isalpha() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:dot]
    return word.lower() in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word))


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
    """What lies between two capitalised words.

    `space`, `initial` (a full stop, perhaps a particle), `particle` (van der), `prepositions` (op den), `link` (van
    de), or `none`.
    """
    if gap == " ":
        return "space"
    if gap.startswith("."):
        rest = gap_kind(gap[1:]) if len(gap) > 1 else "space"
        return "initial" if rest in ("space", "particle") else "none"
    if len(gap) > 16 or not gap.startswith(" ") or "\n" in gap:
        return "none"
    middle = gap.strip(" ").lower()
    words = middle.replace("’", "'").split(" ")
    joined = gap.endswith((" ", "'", "’"))
    if joined and all(w in PARTICLES for w in words):
        return "prepositions" if words[0] in ("in", "op", "aan") else "particle"
    return "link" if joined and middle in HEAD_LINKS else "none"
