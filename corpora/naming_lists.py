"""The name lists, read once when first needed (docs/decisions/0005-names.md tells where they come from).

All keys are lower case and in Unicode NFC, so that a decomposed "é" of a Mac finds its name as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

Kind = Literal["persoon", "plaats", "organisatie"]
Phrases = dict[str, tuple[tuple[str, Kind | None], ...]]


def key(word: str) -> str:
    """The form in which words are compared with the lists."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).lower().replace("’", "'").replace("i̇", "i")


@dataclass(frozen=True)
class NameLists:
    """Sets of lower-case words.

    `surnames` holds the last word of every family name, `families` the whole; `phrases` maps a first word to
    (phrase, kind) pairs, the longest first, with no kind for what is not to be suggested.
    """

    given: frozenset[str]
    surnames: frozenset[str]
    families: frozenset[str]
    places: frozenset[str]
    organisations: frozenset[str]
    words: frozenset[str]
    not_names: frozenset[str]
    phrases: Phrases

    def is_word(self, word: str) -> bool:
        """Whether this is an ordinary Dutch word (it may be a name as well)."""
        return word in self.words

    def listed(self, word: str) -> bool:
        """Whether a word is in a list of first names, places or organisations."""
        return word in self.given or word in self.places or word in self.organisations

    def is_compound(self, word: str) -> bool:
        """Whether two ordinary words, or a known name and a word, make this one (*wijkbewoners*)."""
        return any(self._first_part(word[:cut]) and word[cut:] in self.words for cut in range(3, len(word) - 2))

    def _first_part(self, part: str) -> bool:
        return part in self.words or (part[-1] in "se" and part[:-1] in self.words) or (
            part.endswith("en") and len(part) > 4 and part[:-2] in self.words)


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """The lists that ship with the program."""
    places, organisations, others = _lines("places"), _lines("organisations"), _lines("not_names")
    families = _lines("surnames")
    return NameLists(
        given=_single(_lines("given")), surnames=_last_words(families), families=frozenset(map(key, families)),
        places=_single(places), organisations=_single(organisations),
        words=frozenset(_lines("words")), not_names=_single(others),
        phrases=_phrases({"plaats": places, "organisatie": organisations, None: others}))


def _lines(name: str) -> list[str]:
    return (resources.files("corpora") / "namelists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _single(lines: list[str]) -> frozenset[str]:
    return frozenset(key(line) for line in lines if " " not in line)


def _last_words(lines: list[str]) -> frozenset[str]:
    return frozenset(key(line).rpartition(" ")[2] for line in lines)


def _phrases(lists: dict[Kind | None, list[str]]) -> Phrases:
    found: dict[str, list[tuple[str, Kind | None]]] = {}
    for kind, lines in lists.items():
        for line in lines:
            if " " in line:
                found.setdefault(key(line).partition(" ")[0], []).append((key(line), kind))
    return {first: tuple(sorted(rest, key=lambda p: -len(p[0]))) for first, rest in found.items()}
