"""Pieces of written material: logboek, kantelbox and reports, cut by headings, fields and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpora.messages import Message, message
from corpora.segmentation_cohesion import cohesion, content_lemmas
from corpora.sentences import sentences
from corpora.transcript_types import Turn

LEAST_WORDS = 25
MOST_WORDS = 180
_FAR_APART = 0.08
_HEADING_WORDS = 10
_FIELD = re.compile(r"(?P<name>[^\W\d_][^\n:?]{1,60}[:?])(?:\s|$)")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Z]")


@dataclass(frozen=True)
class ProseStart:
    """Where a piece begins, with the score that speaks for it and the reasons why. `narratief` is False for the
    head of a form (names, date, who was there)."""

    place: int
    score: float
    reasons: tuple[Message, ...]
    narratief: bool = True


@dataclass(frozen=True)
class _Paragraph:
    start: int
    end: int
    words: int
    heading: bool
    field: bool


def prose_starts(text: str, turns: Sequence[Turn], abbreviations: Collection[str]) -> list[ProseStart]:
    """The beginnings of the pieces of a text without an interviewer, in order.

    A heading or a form's field with its answer begins a piece; so does a paragraph when the piece so far is long
    enough and the words change, or when it grows too long to be read at once. Turns other than the first are
    paragraphs of their own.
    """
    parts = _paragraphs(text, turns, abbreviations)
    found: list[ProseStart] = []
    words = 0
    since: list[str] = []
    for nth, part in enumerate(parts):
        lemmas = content_lemmas(text[part.start:part.end])
        why = _reasons(parts, nth, words, cohesion(since, lemmas), text)
        if not found or why:
            story = nth > 0 or not _is_form_head(parts)
            found.append(ProseStart(part.start, 1.0, why or (message("beginning of the text"),), story))
            words, since = 0, []
        words += part.words
        since = since[-200:] + lemmas
    return found


def _is_form_head(parts: Sequence[_Paragraph]) -> bool:
    """Whether a text begins with short filled fields and then its first heading."""
    head = next((nth for nth, part in enumerate(parts) if part.heading), 0)
    return head > 0 and all(part.field and part.words <= _HEADING_WORDS for part in parts[:head])


def _reasons(parts: Sequence[_Paragraph], nth: int, words: int, likeness: float, text: str) -> tuple[Message, ...]:
    part = parts[nth]
    after_heading = nth > 0 and parts[nth - 1].heading
    if (part.heading or part.field) and not after_heading and (words >= LEAST_WORDS or part.heading):
        title = " ".join(text[part.start:part.end].split()[:8])
        return (message("heading or field: “{words}”", words=title),)
    if after_heading or words < LEAST_WORDS or (part.words < LEAST_WORDS and likeness > 0):
        return ()
    if words + part.words > MOST_WORDS:
        return (message("a new paragraph after a long piece"),)
    if likeness < _FAR_APART and words >= 2 * LEAST_WORDS and part.words >= LEAST_WORDS:
        return (message("other words than before: a change of subject"),)
    return ()


def _paragraphs(text: str, turns: Sequence[Turn], abbreviations: Collection[str]) -> list[_Paragraph]:
    edges = {turn.start for turn in turns[1:]}
    found: list[_Paragraph] = []
    for start, end in _blocks(text, abbreviations):
        inner = [edge for edge in sorted(edges) if start < edge < end and text.rfind("\n", start, edge) >= 0]
        starts = [start, *(text.rfind("\n", 0, edge) + 1 for edge in inner)]
        for nth, begin in enumerate(starts):
            stop = starts[nth + 1] if nth + 1 < len(starts) else end
            found.append(_paragraph(text, begin, begin + len(text[begin:stop].rstrip())))
    return found


def _paragraph(text: str, start: int, end: int) -> _Paragraph:
    words = len(text[start:end].split())
    piece = text[start:end].strip()
    field = _FIELD.match(piece)
    titled = piece.isupper() or piece[-1:] in ":?" or _NUMBERED.match(piece) is not None or piece[-1:] not in ".!…,;"
    filled = field is not None and bool(piece[field.end():].strip())
    heading = words <= _HEADING_WORDS and titled and not filled and "\n" not in piece and piece[:1].isupper()
    heading = heading or (piece.isupper() and words <= 2 * _HEADING_WORDS)
    return _Paragraph(start, end, words, heading, field is not None)


def _blocks(text: str, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    """Paragraphs: sentences joined as long as no line end stands between them. A sentence that wraps over lines, or
    over an empty line of a converted PDF, stays whole."""
    start = end = -1
    for begin, stop in sentences(text, abbreviations):
        if start >= 0 and "\n" in text[end:begin]:
            yield start, end
            start = -1
        start = begin if start < 0 else start
        end = stop
    if start >= 0:
        yield start, end
