"""Lexical cohesion: whether two stretches of a talk are about the same things, by the lemmas of their content words.

After Hearst (1997), "TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages": the cosine of the word
counts on both sides of a place, low where the subject changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt

from corpora.lemmas import WORD, lemma
from corpora.segmentation_cues import GENERAL_LEMMAS

_SHORTEST_WORD = 4


def content_lemmas(text: str) -> list[str]:
    """The lemmas of the words that carry a subject: four letters or more, without general words."""
    found = (lemma(match[0]) for match in WORD.finditer(text) if len(match[0]) >= _SHORTEST_WORD)
    return [word for word in found if word not in GENERAL_LEMMAS]


def cohesion(left: Iterable[str], right: Iterable[str]) -> float:
    """Cosine of two bags of lemmas: 0 without a common word, 1 for the same words equally often."""
    a, b = Counter(left), Counter(right)
    common = sum(count * b[word] for word, count in a.items())
    if not common:
        return 0.0
    return common / sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
