"""Where a long answer holds more than one narratief.

A sentence can begin a new narratief when it opens a story or a subject in so many words, when both sides are long
enough to stand alone, and when more speaks for it than against: the sentence before rounds off, the words change.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from corpora import segmentation_cues as cues
from corpora.messages import Message, message
from corpora.segmentation_cohesion import cohesion, content_lemmas

LEAST_WORDS = 35
LEAST_PARAGRAPH = 25
_WINDOW = 4
_THRESHOLD = 0.9
_CHANGED, _SAME = 0.06, 0.2  # cosines of the four sentences on both sides


@dataclass(frozen=True)
class Sentence:
    """A sentence of a respondent, `text[start:end]`; `place` is where a piece that begins here starts (the label
    before the first sentence of a turn included); `heard` are the words said before it in the document.
    `paragraph`: the transcript starts a new paragraph here in the speech of the same person; `voice`: another
    respondent takes over here, for longer than a remark."""

    start: int
    end: int
    place: int
    heard: int
    words: str
    paragraph: bool = False
    voice: bool = False


@dataclass(frozen=True)
class Split:
    """A new narratief inside an answer, with the score that speaks for it and the reasons why."""

    place: int
    score: float
    reasons: tuple[Message, ...]


def splits(sentences: Sequence[Sentence], begin: int, end: int) -> list[Split]:
    """The splits in a stretch that begins at word `begin` and ends at word `end` of the document, in order.

    The best place goes first, then every next one that leaves `LEAST_WORDS` on both sides.
    """
    judged = [(nth, _judge(sentences, nth)) for nth in range(1, len(sentences))]
    found = sorted(((-split.score, sentences[nth].heard, split) for nth, split in judged if split is not None),
                   key=lambda entry: entry[:2])
    edges, kept = [begin, end], []
    for _, heard, split in found:
        at = bisect(edges, heard)
        if at < len(edges) and min(heard - edges[at - 1], edges[at] - heard) >= LEAST_WORDS:
            edges.insert(at, heard)
            kept.append(split)
    return sorted(kept, key=lambda split: split.place)


def _judge(sentences: Sequence[Sentence], nth: int) -> Split | None:
    """The split before a sentence, or None when too little speaks for it."""
    sentence = sentences[nth]
    total, reasons = _opening(sentence.words)
    if sentence.paragraph:
        total += 0.9
        reasons.append(message("a new paragraph"))
    if sentence.voice:
        total += 0.5
        reasons.append(message("another respondent takes over"))
    if not reasons:
        return None
    if cues.STORY_ENDING.search(sentences[nth - 1].words.lower()):
        total += 0.4
        reasons.append(message("what came before is rounded off"))
    likeness = _likeness(sentences, nth)
    total += 0.3 if likeness < _CHANGED else -0.4 if likeness > _SAME else 0.0
    if likeness < _CHANGED:
        reasons.append(message("other words than before: a change of subject"))
    return Split(sentence.place, total - _THRESHOLD + 0.2, tuple(reasons)) if total >= _THRESHOLD else None


def _opening(words: str) -> tuple[float, list[Message]]:
    """How much the first words of a sentence promise a beginning, and why."""
    lowered, said = words.lower(), " ".join(words.split()[:5])
    if cues.STORY_OPENING.search(lowered):
        return 0.9, [message("a story opens: “{words}”", words=said)]
    if cues.SUBJECT_OPENING.search(lowered):
        return 0.9, [message("a subject opens: “{words}”", words=said)]
    if cues.SHIFT.search(lowered):
        return 0.5, [message("another time, place or person: “{words}”", words=said)]
    return 0.0, []


def _likeness(sentences: Sequence[Sentence], nth: int) -> float:
    left = [w for s in sentences[max(0, nth - _WINDOW):nth] for w in content_lemmas(s.words)]
    right = [w for s in sentences[nth:nth + _WINDOW] for w in content_lemmas(s.words)]
    return cohesion(left, right)
