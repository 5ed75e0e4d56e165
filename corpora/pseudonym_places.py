"""Where the names of a key stand in a text, in any way of writing that would still give somebody away.

`naming.find_names` reads as a careful reader does; replacing must be stricter. Here capitals (FATIMA, fatima), missing
diacritics, other white space between the words and neighbours without a space (Fatima2, InterviewFatima) count as well,
unless the name is an ordinary word too (Bos): then only its own spelling and capitals throughout do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpora.naming_lists import name_lists
from corpora.naming_search import NameIndex
from corpora.search import fold

Place = tuple[int, int, str]
SHORTEST = 3
"""A name with fewer letters is taken in its own spelling only."""


class Places:
    """The names of a key made ready to be found in many texts."""

    def __init__(self, names: Iterable[str]) -> None:
        wanted = [name for name in dict.fromkeys(names) if name.strip()]
        self._index = NameIndex(wanted)
        self._shapes = [_Shape(name) for name in wanted]
        self._any = re.compile("|".join(sorted({re.escape(shape.head) for shape in self._shapes})) or "(?!)")

    def find(self, body: str) -> list[Place]:
        """(start, end, name) of every name in code points, in order, never overlapping; the longest wins."""
        found = set(self._index.find(body))
        folded = fold(body)
        if self._any.search(folded):
            found.update(place for shape in self._shapes for place in shape.find(body, folded))
        taken: list[Place] = []
        reached = 0
        for start, end, name in sorted(found, key=lambda p: (p[0], -p[1], p[2])):
            if start >= reached:
                taken.append((start, end, name))
                reached = end
        return taken


def places_of(body: str, names: Iterable[str]) -> list[Place]:
    """The places of names in one text."""
    return Places(names).find(body)


class _Shape:
    """One name in all its ways of writing."""

    def __init__(self, name: str) -> None:
        words = fold(name).split()
        self.name, self.head = name, words[0]
        self._words = re.compile(r"\s+".join(re.escape(word) for word in words))
        self._ordinary = is_ordinary(name)

    def find(self, body: str, folded: str) -> Iterator[Place]:
        at = folded.find(self.head)
        while at >= 0:
            hit = self._words.match(folded, at)
            if hit is not None and _is_name(body, at, hit.end(), self.name, self._ordinary):
                yield at, hit.end(), self.name
            at = folded.find(self.head, at + 1)


def is_ordinary(name: str) -> bool:
    """Whether the name, without its capitals, is nothing but ordinary Dutch words."""
    lists = name_lists()
    words = name.lower().split()
    if len(words) > 1:
        return all(lists.is_word(word) or len(word) < SHORTEST for word in words)
    if len(name) < SHORTEST or lists.is_word(words[0]) or lists.is_word(fold(name)):
        return True
    return not lists.listed(words[0]) and lists.is_compound(words[0])


def _is_name(body: str, start: int, end: int, name: str, ordinary: bool) -> bool:
    piece = " ".join(body[start:end].split())
    if ordinary and piece not in (name, name.upper()):
        return False
    return _begins(body, start, ordinary) and _ends(body, end, ordinary)


def _begins(body: str, start: int, ordinary: bool) -> bool:
    before = body[start - 1:start]
    return not before.isalpha() or (not ordinary and before.islower() and body[start].isupper())


def _ends(body: str, end: int, ordinary: bool) -> bool:
    after = body[end:end + 1]
    if not after.isalpha() or (not ordinary and after.isupper() and body[end - 1].islower()):
        return True
    return after in "sS" and not body[end + 1:end + 2].isalpha()
