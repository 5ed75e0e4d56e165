"""Where a boundary between narratieven may stand in a text: before a word, before a sentence, never inside a word.

The first word of a turn stands for the label, time stamp or bracket before it, so that a narratief begins with who
speaks. Offsets are code points; the end of the text is an edge too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property

from corpora.segmentation import intro
from corpora.sentences import sentences
from corpora.transcript_types import Turn

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"^[^\S\n]*(?=\S)", re.MULTILINE)
_INTO_SENTENCE = 2  # so many words past the beginning of a sentence, a cut still goes to the beginning
_BEFORE_SENTENCE = 1  # so many words before one


class Edges:
    """The edges of one text, in order; found when first asked for."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self._text, self._turns = text, turns

    @cached_property
    def words(self) -> list[int]:
        """Before every word."""
        return self._edges([(turn.start, turn.end) for turn in self._turns],
                           lambda said: [m.start() for m in _WORD.finditer(said)])

    @cached_property
    def sentences(self) -> list[int]:
        """Before every sentence."""
        return self._edges([(turn.start, turn.end) for turn in self._turns],
                           lambda said: [start for start, _ in sentences(said)])

    def _edges(self, bounds: Sequence[tuple[int, int]], find: Callable[[str], list[int]]) -> list[int]:
        if not bounds:
            return [*find(self._text), len(self._text)]
        found = {len(self._text)}
        for nth, (start, end) in enumerate(bounds):
            inside = [start + place for place in find(self._text[start:end])]
            found.update([intro(self._text, self._turns, nth), *inside[1:]] if inside else [])
        return sorted(found | self._lines_between(bounds))

    def _lines_between(self, bounds: Sequence[tuple[int, int]]) -> set[int]:
        """Lines that begin outside every turn, such as titles and headings."""
        starts = [start for start, _ in bounds]
        lines = [m.end() for m in _LINE.finditer(self._text)]
        return {at for at in lines if (n := bisect_right(starts, at) - 1) < 0 or at >= bounds[n][1]}

    def nearest(self, at: int, *, sentence: bool = False, low: int = 0, high: int | None = None) -> int:
        """The edge nearest to an offset, between `low` and `high` if any lies there, else the offset itself."""
        edges = self._between(self.sentences if sentence else self.words, low, high)
        near = bisect_left(edges, at)
        return min(edges[max(0, near - 1):near + 1], key=lambda edge: abs(edge - at), default=at)

    def next(self, at: int, direction: int, *, sentence: bool = False, low: int = 0, high: int | None = None) -> int:
        """The first edge after (`direction` 1) or before (-1) an offset, or the offset when there is none."""
        edges = self._between(self.sentences if sentence else self.words, low, high)
        if direction > 0:
            return next(iter(edges[bisect_right(edges, at):][:1]), at)
        return next(iter(edges[:bisect_left(edges, at)][-1:]), at)

    def cut(self, caret: int) -> int:
        """Where a cut at the caret goes: before the word with the caret (after its last letter: the next word), and
        to the beginning of a sentence when that is hardly further."""
        words = self.words
        at = bisect_right(words, caret) - 1
        if at < 0 or not self._touches(words[at], caret):
            at = min(at + 1, len(words) - 1)
        near = [bisect_left(words, place) for place in self._around(words[at])]
        close = [n for n in near if -_BEFORE_SENTENCE <= at - n <= _INTO_SENTENCE and n < len(words) - 1]
        return words[min(close, key=lambda n: abs(n - at))] if close else words[at]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """A selection grown to whole words, with the label before its first word."""
        at = bisect_right(self.words, start) - 1
        begin = self.words[at] if at >= 0 and self._touches(self.words[at], start) else start
        rest = _WORD.match(self._text, end) if end and not self._text[end - 1:end].isspace() else None
        return begin, rest.end() if rest is not None else end

    def _touches(self, edge: int, caret: int) -> bool:
        """Whether nothing but the word's own letters, or the label before it, lies between an edge and the caret."""
        return caret == edge or not any(c.isspace() for c in self._text[edge:caret + 1]) or self._in_label(edge, caret)

    def _in_label(self, edge: int, caret: int) -> bool:
        n = bisect_right(self._turns, caret, key=lambda turn: turn.start)
        return n < len(self._turns) and intro(self._text, self._turns, n) == edge

    def _around(self, at: int) -> list[int]:
        n = bisect_right(self.sentences, at)
        return self.sentences[max(0, n - 1):n + 1]

    def _between(self, edges: list[int], low: int, high: int | None) -> list[int]:
        return edges[bisect_left(edges, low):len(edges) if high is None else bisect_right(edges, high)]
