"""Square brackets: the interviewer's words (the method's convention) or a note of the transcriber."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from corpora.speakers_lines import SURE_STAMP, Line, trimmed
from corpora.speakers_words import (
    FIRST_PERSON,
    GREETINGS,
    IMPERATIVES,
    NOTE_SUBJECTS,
    NOTE_WORDS,
    QUESTION_WORDS,
    REACTIONS,
    SECOND_PERSON,
    TURN_OPENERS,
)

LONGEST = 4000
"""A bracket that is not closed within so many characters was forgotten to be closed."""
_MOST_OPEN = 200
_SIGN = re.compile(r"[\[\]]")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_INNER = re.compile(r"\[[^\[\]]{0,80}\]")
_STAMP_ONLY = re.compile(rf"\[?\s*(?:{SURE_STAMP})\s*\]?")
_THIRD_PERSON = re.compile(r"\b(?!dat\b|wat\b|niet\b|met\b|het\b|uit\b|want\b)\w{2,}t\b|"
                           r"\b(?:lachen|knikken|praten|kijken)\b")
_ENDS = frozenset(".?!…:\"”’])")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A stretch `[start, end)` with its brackets; `inner` is what stands between them, trimmed."""

    start: int
    end: int
    inner: tuple[int, int]
    closed: bool = True


def brackets_of(text: str, lines: list[Line]) -> list[Bracket]:
    """The outermost brackets in order. One that is never closed reaches to the end of its question or line; one
    that is never opened reaches back to the beginning of its line."""
    pairs, opened, closing = _matched(text)
    found = [Bracket(a, b + 1, trimmed(text, a + 1, b)) for a, b in _outermost(pairs)]
    if lines and (opened or closing):
        found = _with_loose(text, lines, found, opened[:_MOST_OPEN], closing[:_MOST_OPEN])
    return found


def _matched(text: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    closing: list[int] = []
    loose: list[int] = []
    for sign in _SIGN.finditer(text):
        at = sign.start()
        while stack and at - stack[-1] > LONGEST:
            loose.append(stack.pop())
        if sign.group() == "[":
            stack.append(at)
        elif not stack:
            closing.append(at)
        elif _swallows(text, stack[-1], at):
            loose.append(stack.pop())
            closing.append(at)
        else:
            pairs.append((stack.pop(), at))
    return pairs, sorted(loose + stack), closing


def _swallows(text: str, start: int, end: int) -> bool:
    """Whether a bracket would hold an answer: a question, a new paragraph, and then much that is no question."""
    inside = text[start:end]
    question, parted, rest = inside.partition("?\n")
    return bool(parted) and len(rest) > 200 and "?" not in rest and "[" not in question[1:]


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not found or pair[0] > found[-1][1]:
            found.append(pair)
    return found


def _with_loose(text: str, lines: list[Line], found: list[Bracket], opened: list[int],
                closing: list[int]) -> list[Bracket]:
    taken = [(bracket.start, bracket.end) for bracket in found]
    starts = [line.start for line in lines]
    for at in opened:
        line = lines[max(0, bisect_right(starts, at) - 1)]
        if at < line.end:
            stop = _unclosed_end(text, at, line)
            found.append(Bracket(at, stop, trimmed(text, at + 1, stop), closed=False))
    for at in closing:
        line = lines[max(0, bisect_right(starts, at) - 1)]
        if line.start < at == line.end - 1 and not any(a < at and b > line.start for a, b in taken):
            found.append(Bracket(line.start, at + 1, trimmed(text, line.start, at), closed=False))
    found.sort(key=lambda bracket: (bracket.start, bracket.end))
    kept: list[Bracket] = []
    for bracket in found:
        if not kept or bracket.start >= kept[-1].end:
            kept.append(bracket)
    return kept


def _unclosed_end(text: str, at: int, line: Line) -> int:
    """A question at the beginning of a line fills the line; within a line it ends at its question mark."""
    stop = min(line.end, at + LONGEST)
    if at == line.start and stop == line.end and stop - at < 600:
        return stop
    mark = text.find("?", at, stop)
    return mark + 1 if mark >= 0 else stop


def questions_of(text: str, lines: list[Line], brackets: list[Bracket], labelled: bool) -> list[Bracket]:
    """Those brackets that hold words of the interviewer. `labelled`: the labels already show an interviewer, so
    that only what is clearly a question counts."""
    scored = [(bracket, _score(text, bracket)) for bracket in brackets]
    convention = sum(score >= 4 for _bracket, score in scored)
    need = 3.0 if labelled else 1.0 if convention else 1.5
    return [bracket for bracket, score in scored if score >= need + (0 if bracket.closed else 1)]


def _score(text: str, bracket: Bracket) -> float:
    """How sure it is that the bracket holds the interviewer's words; 0 and less: a note."""
    content = text[bracket.inner[0]:bracket.inner[1]]
    alone, flowing = _place(text, bracket)
    return _short_content(content, alone, flowing) if len(content) < 60 else _content_score(content, alone, flowing)


@lru_cache(maxsize=2048)
def _short_content(content: str, alone: bool, flowing: bool) -> float:
    return _content_score(content, alone, flowing)


def _content_score(content: str, alone: bool, flowing: bool) -> float:
    if _STAMP_ONLY.fullmatch(content):
        return 0.0
    bare = _INNER.sub(" ", content).strip()
    words = [word.strip(".-'’").casefold() for word in _WORD.findall(bare[:1500])]
    if not words or not any(char.isalpha() for char in bare):
        return 0.0
    if len(words) <= 2:
        return _short_score(bare, words, alone, flowing)
    if flowing and "?" not in bare and words[0] not in GREETINGS and bare[0].islower():
        return _long_score(bare, words) - 3.5
    return _long_score(bare, words) + (1.0 if alone else -1.5 if flowing else 0.0)


def _place(text: str, bracket: Bracket) -> tuple[bool, bool]:
    """Whether the bracket fills its line, and whether it stands in the middle of a sentence."""
    before = text[max(0, bracket.start - 3):bracket.start].rstrip(" \t*_")
    after = text[bracket.end:bracket.end + 3].lstrip(" \t*_")
    begins = not before or before[-1] == "\n"
    ends = not after or after[0] == "\n"
    flowing = not begins and before[-1] not in _ENDS and not ends and (after[0].islower() or after[0] in ",.;")
    return begins and ends, flowing


def _short_score(bare: str, words: list[str], alone: bool, flowing: bool) -> float:
    opener = words[0]
    if opener in GREETINGS and (len(words) == 1 or words[1] not in NOTE_WORDS):
        return 5.0 if bare.endswith("?") or alone else 2.5
    if bare.endswith("?"):
        if opener in QUESTION_WORDS | TURN_OPENERS | SECOND_PERSON:
            return 4.5
        if opener in REACTIONS and bare[0].isupper():
            return 3.5
        fits = not flowing or (" " in bare and not bare.istitle())
        spoken = opener not in NOTE_WORDS and bare[0].isupper() and fits
        return 3.0 if spoken and len(words) > 1 else 1.5 if spoken else -1.0
    if opener in NOTE_WORDS or flowing:
        return -2.0
    exclaims = opener in ("wat", "hoe") and len(words) == 2 and bare[0].isupper() and bare[-1] in ".!"
    if exclaims or opener in IMPERATIVES or (alone and opener in QUESTION_WORDS | TURN_OPENERS and bare[0].isupper()):
        return 2.5
    return 1.0 if alone and bare[0].isupper() and bare[-1] in ".!" else -1.0


def _long_score(bare: str, words: list[str]) -> float:
    score = 0.0
    opener, known = words[0], set(words)
    question = "?" in bare
    if question:
        score += 4.0 if bare.rstrip("\"”’ .").endswith("?") else 3.0
    if opener in NOTE_WORDS and not question:
        score -= 3.0 if len(words) <= 6 else 1.0
    if opener in NOTE_SUBJECTS and not question and not known & SECOND_PERSON and _THIRD_PERSON.search(bare.casefold()):
        score -= 2.5
    score += 2.0 * bool(known & SECOND_PERSON) + 1.0 * bool(known & FIRST_PERSON)
    if opener in GREETINGS or opener in IMPERATIVES or opener in QUESTION_WORDS:
        score += 2.0
    elif opener in TURN_OPENERS:
        score += 1.0
    score += 0.5 if bare[0].isupper() else -0.5
    score += 0.5 * (bare[-1] in ".!…") + 1.0 * (len(words) >= 6) + 0.5 * (len(words) >= 12)
    return score
