"""Interviews without labels whose questions look different: bold, asterisks, a dash, a number, capitals."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpora.speakers_lines import Head, Line, trimmed

INTERVIEWER_NAME = "Interviewer"
RESPONDENT_NAME = "Respondent"

_MARKDOWN = re.compile(r"[>\s]*(\*{1,3}|_{1,3})(?=[^\s*_])([^\n]*?)(?<=[^\s])\1\s*")
_NUMBERED = re.compile(r"(?:vraag )?\d{1,3}(?:\.\d{1,2})?[.):]?\s+(?=\w)", re.IGNORECASE)
_DASH = re.compile(r"[-–—>•·]+\s*(?=\S)")

Style = Callable[[str, Line], tuple[int, int] | None]


def _bold(text: str, line: Line) -> tuple[int, int] | None:
    if line.bold >= 0.8 or line.heading:
        return line.start, line.end
    lead = text[line.start:line.lead_bold].rstrip()
    return (line.start, line.start + len(lead)) if lead.endswith("?") and len(lead.split()) > 2 else None


def _markdown(text: str, line: Line) -> tuple[int, int] | None:
    if text[line.start] not in "*_> ":
        return None
    found = _MARKDOWN.fullmatch(text, line.start, line.end)
    return found.span(2) if found else None


def _numbered(text: str, line: Line) -> tuple[int, int] | None:
    found = _NUMBERED.match(text, line.start, line.end)
    return (found.end(), line.end) if found else None


def _dashed(text: str, line: Line) -> tuple[int, int] | None:
    found = _DASH.match(text, line.start, line.end)
    return (found.end(), line.end) if found else None


def _capitals(text: str, line: Line) -> tuple[int, int] | None:
    words = text[line.start:min(line.end, line.start + 400)]
    return (line.start, line.end) if words.isupper() and len(words.split()) > 2 else None


_STYLES: tuple[Style, ...] = (_bold, _markdown, _numbered, _dashed, _capitals)


def heads_by_style(text: str, lines: list[Line]) -> list[Head]:
    """Labels of no width before every stretch of speech, if one style marks the questions; else none."""
    for style in _STYLES:
        marked = {number: span for number, line in enumerate(lines) if (span := style(text, line))}
        if len(marked) > 1 or (marked and style in (_bold, _markdown)):
            role = _marked_speaker(text, lines, marked)
            if role:
                return _heads(text, lines, marked, role)
    return []


def _marked_speaker(text: str, lines: list[Line], marked: dict[int, tuple[int, int]]) -> str:
    """Who the marked lines are: the interviewer if they ask and the rest does not, or the other way round."""
    rest = [trimmed(text, marked[number][1] if number in marked else line.start, line.end)
            for number, line in enumerate(lines)]
    rest = [(start, end) for start, end in rest if any(map(str.isalnum, text[start:end]))]
    if not rest:
        return ""
    asked = sum("?" in text[a:b] for a, b in marked.values()) / len(marked)
    asked_rest = sum("?" in text[a:b] for a, b in rest) / len(rest)
    if asked >= 0.5 and asked - asked_rest >= 0.3:
        return INTERVIEWER_NAME
    answers = len(marked) > 1 and asked <= 0.25 and asked_rest >= 0.5
    return RESPONDENT_NAME if answers else ""


def _heads(text: str, lines: list[Line], marked: dict[int, tuple[int, int]], role: str) -> list[Head]:
    other = RESPONDENT_NAME if role == INTERVIEWER_NAME else INTERVIEWER_NAME
    found: list[Head] = []
    for number, line in enumerate(lines):
        if number not in marked:
            if not found or found[-1].label != other:
                found.append(Head(line.start, line.start, other, other.casefold(), ":", number))
            continue
        start, end = marked[number]
        if not (found and found[-1].label == role and found[-1].line == number - 1 and start == line.start):
            found.append(Head(line.start, start, role, role.casefold(), ":", number))
        rest = trimmed(text, end, line.end)
        if rest[0] < rest[1]:
            found.append(Head(end, rest[0], other, other.casefold(), ":", number))
    return found
