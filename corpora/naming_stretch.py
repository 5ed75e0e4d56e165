"""A stretch of capitalised words in its sentence: what stands before it, and where the name in it begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from corpora.naming_lists import Kind, NameLists
from corpora.naming_tokens import Token, word_after
from corpora.naming_words import ARTICLES, NO_PROPERTY, ORGANISATION_HEADS


class Ground(Enum):
    """Why a stretch is taken for a name; the value is how often that ground is right, from 0 to 1."""

    TITLED = 0.98
    FULL = 0.97
    LISTED = 0.95
    CUED = 0.9
    FORM = 0.88
    CAPITAL = 0.7
    OPENING = 0.6


@dataclass(frozen=True)
class Reading:
    """What a stretch is, and on what ground."""

    kind: Kind
    ground: Ground


@dataclass
class Stretch:
    """Capitalised words in their sentence; rules may move `begin` and `end`."""

    text: str
    tokens: list[Token]
    lists: NameLists
    begin: int
    end: int
    before: tuple[str, ...]

    @property
    def head(self) -> Token:
        return self.tokens[0]

    @property
    def single(self) -> bool:
        return len(self.tokens) == 1

    @property
    def previous(self) -> str:
        return self.before[0] if self.before else ""

    def cue(self) -> str:
        """The nearest word before, articles and *van* passed over."""
        return next((w for w in self.before[:3] if w not in ARTICLES and w != "van"), "")

    def common(self) -> bool:
        return self.lists.is_word(self.head.key)

    def after(self) -> str:
        return word_after(self.text, self.tokens[-1].end)


def bare(tokens: list[Token], lists: NameLists) -> list[Token]:
    """Without capitals-only words at the edges, except the head of an organisation's name or a listed one."""
    found = list(tokens)
    while found and _noise(found[-1], lists):
        found.pop()
    while found and _noise(found[0], lists) and not (len(found) > 1 and _heads(found[0])):
        found.pop(0)
    return _without_compound_tail(found, lists)


def _heads(token: Token) -> bool:
    """Whether a word in capitals or a letter can begin a name: *GGZ Breburg*, *ABC Alexanders*, *J. Pietersen*."""
    if token.shouted and len(token.text) > 2 and not token.first:
        return True
    return token.key in ORGANISATION_HEADS or (token.text[:1].isalpha() and len(token.text) == 1)


def _noise(token: Token, lists: NameLists) -> bool:
    if token.shouted:
        return token.key not in lists.organisations and len(token.text) < 5
    return len(token.text) == 1 or bool(re.fullmatch(r"[A-Z]{2,}['’]?[a-z]{1,3}|[A-Z]\d+", token.text))


def _without_compound_tail(tokens: list[Token], lists: NameLists) -> list[Token]:
    """*Overvecht-team* is read as Overvecht; *Wmo-loket* as nothing."""
    if not tokens or "-" not in tokens[-1].text or not re.search(r"-[a-zà-ÿ]", tokens[-1].text):
        return tokens
    last = tokens[-1]
    stem = last.text.partition("-")[0]
    low = stem.lower()
    if lists.listed(last.key) or last.key in lists.surnames:
        return tokens
    if lists.listed(low) and not lists.is_word(low) and low not in lists.not_names:
        return [*tokens[:-1], Token(last.start, last.start + len(stem), stem, low, last.first)]
    return tokens[:-1]


def without_ending(stretch: Stretch) -> int:
    """The end of the name without the possessive: *Fatima's*, *Sannes*."""
    name = stretch.text[stretch.begin:stretch.end]
    if name[-2:] in ("'s", "’s"):
        return stretch.end - 2
    low, lists = stretch.tokens[-1].key, stretch.lists
    owned = low.endswith("s") and low[:-1] in lists.given and not (low in lists.given or low in lists.surnames)
    owned = owned and stretch.after() not in NO_PROPERTY
    return stretch.end - 1 if owned and stretch.single and len(low) > 4 else stretch.end


def is_given(word: str, lists: NameLists) -> bool:
    """Whether a word is a first name of the lists, also double (Jan-Willem) or with a possessive."""
    if word in lists.given:
        return True
    bare = word[:-2] if word.endswith("'s") else word[:-1] if word.endswith("s") and len(word) > 4 else word
    if bare in lists.given and not lists.is_word(word):
        return bare == word or word not in lists.places
    return "-" in word and all(part in lists.given for part in word.split("-"))
