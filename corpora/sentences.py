"""Where sentences begin and end in Dutch speech and writing, by rules that can be read.

A full stop, question mark, exclamation mark or ellipsis ends a sentence when what follows begins one; a line end
does so unless the line only wraps. Abbreviations, initials, numbered items, notes in brackets (`[lacht]`) and
remarks in parentheses do not. The list of abbreviations belongs to the caller: a team that writes `wpl.` adds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<closing>[\"'”’»)\]]*)(?=\s|$)|(?P<line>\n)")
_NEXT = re.compile(r"\s*(?P<note>(?:\[[^\]\n?]{1,40}\]|\([^)\n?]{1,40}\))\s*)?(?P<opening>[\"'“‘„«(\[–—-]*)\s*")
_LABEL = re.compile(r"[ \t]*(?:\[|#|[-–—•*]\s|\d{1,2}[.:)]|[A-Z][\w.]{0,14}(?: \d{1,2})?\s?:\s|[IRVQAO]\d?[:.\t])")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_WRAPPED_LINE = range(55, 111)
_PARENTHESIS = 200
_FAR = 2_000  # how far back is looked, so that a text without any sentence end stays linear
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def word_lists() -> dict[str, Any]:
    """The Dutch word lists that ship (`language_nl.json`): abbreviations, sentence starters, lemmas."""
    text = (resources.files("corpora") / "language_nl.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


DEFAULT_ABBREVIATIONS: frozenset[str] = frozenset(word_lists()["abbreviations"])
_MAY_END = frozenset(word_lists()["may_end"])
_BEFORE_NUMBER = frozenset(word_lists()["before_number"])
_STARTERS = frozenset(word_lists()["sentence_starters"])


def sentences(text: str, abbreviations: Collection[str] = DEFAULT_ABBREVIATIONS) -> list[tuple[int, int]]:
    """The sentences of a text as half-open offsets in code points, in order and without outer white space.

    `abbreviations` are written as in the text, lower case and with their full stop (`"bijv."`, `"o.a."`).
    Every character that is not white space lies in exactly one sentence.
    """
    known = abbreviations if isinstance(abbreviations, frozenset) else frozenset(a.lower() for a in abbreviations)
    found: list[tuple[int, int]] = []
    start = 0
    style = _Style(_is_casual(text, known), _gap(text))
    for match in _END.finditer(text):
        end = _end_of_sentence(text, start, match, known, style)
        if end > start:
            _append_trimmed(found, text, start, end)
            start = end
    _append_trimmed(found, text, start, len(text))
    return found


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    trimmed = piece.strip()
    if trimmed:
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(trimmed)))


def _is_casual(text: str, known: frozenset[str]) -> bool:
    """Whether the typist begins sentences with small letters, so that capitals say nothing."""
    small = large = 0
    for match in re.finditer(r"(\S*)[.!?]\s+(\w)", text[:20_000]):
        if not (match[1].lower() + "." in known or _DOTTED.fullmatch(match[1])):
            small += match[2].islower()
            large += match[2].isupper()
    return small >= 3 and small > large


class _Style(NamedTuple):
    """How a text was typed: sentences begin with small letters too; so many line ends part paragraphs."""

    casual: bool
    gap: int


def _gap(text: str) -> int:
    """Line ends that part paragraphs: two, or three in a text from a PDF that has a blank line after every line."""
    single = len(re.findall(r"\S[ \t]*\n[ \t]*(?=\S)", text))
    double = len(re.findall(r"\S[ \t]*\n[ \t]*\n[ \t]*[a-z]", text))
    return 3 if double >= 8 and double > single else 2


def _end_of_sentence(text: str, start: int, match: re.Match[str], known: frozenset[str], style: _Style) -> int:
    """Where the sentence that began at `start` ends at this mark, or -1 when it goes on."""
    if match["line"] is not None:
        return match.end() if _line_ends(text, start, match.start(), style.gap) else -1
    end = match.end()
    following = _NEXT.match(text, end)
    assert following is not None
    place = following.end()
    if place >= len(text) or "\n" in text[end:place]:
        return -1
    if _inside_brackets(text, start, match.start()):
        return -1
    if match["mark"] == "." and _is_abbreviation(text, start, match.start(), place, known):
        return -1
    if not _begins_sentence(text, place, following, style.casual):
        return -1
    note = following["note"]
    return following.end("note") if note and _is_note(note) else end


def _is_note(note: str) -> bool:
    """`[lacht]`, `(zucht)` and `[00:12]` belong to what was said before; a question in brackets does not."""
    return note.strip()[1:2].islower() or note.strip(" []….").replace(":", "").isdigit()


def _begins_sentence(text: str, place: int, following: re.Match[str], casual: bool) -> bool:
    first = text[place]
    if first.isupper() or first.isdigit():
        return True
    if "'" in following["opening"] or "‘" in following["opening"]:
        return re.match(r"\w{1,2} [A-Z]", text[place:place + 4]) is not None
    return casual and first.isalpha()


def _line_ends(text: str, start: int, at: int, gap: int) -> bool:
    """Whether a line end is more than a wrap: it is, unless the words clearly run on into the next line."""
    before = text[max(start, at - _FAR):at].rstrip()
    after = _next_word(text, at) if before else len(text)
    if after >= len(text) or _LABEL.match(text, after):
        return True
    line = before[before.rfind("\n") + 1:]
    if before[-1] in ".!?…:]" and not (before[-1] == "." and before.split()[-1].lower() in DEFAULT_ABBREVIATIONS):
        return True
    if text[after].islower() or text[after] in "'’":
        return False
    blank = text.count("\n", max(start, at - _FAR) + len(before), after) >= gap
    return blank or len(line.strip()) not in _WRAPPED_LINE


def _next_word(text: str, at: int) -> int:
    following = _SPACE.match(text, at)
    return following.end() if following else at


def _is_abbreviation(text: str, start: int, at: int, place: int, known: frozenset[str]) -> bool:
    start = max(start, at - _FAR)
    token = text[max(start, text.rfind(" ", start, at) + 1, text.rfind("\n", start, at) + 1):at]
    token = token.lstrip("\"'“‘„«([")
    short = token.lower() + "."
    if short in _BEFORE_NUMBER:
        return text[place].isdigit() or text[place].islower()
    if short in _MAY_END:
        return text[place].islower()
    if short in known:
        return True
    if token.isdigit():
        return len(token) < 3 and not text[start:at].replace(token, "", 1).strip()
    initial = (len(token) == 1 and token.isupper()) or _DOTTED.fullmatch(token) is not None
    return initial and not _starts_with_starter(text, place)


def _starts_with_starter(text: str, place: int) -> bool:
    word = _WORD.match(text, place)
    return word is not None and word[0][0].isupper() and word[0].lower() in _STARTERS


def _inside_brackets(text: str, start: int, at: int) -> bool:
    """Whether a mark stands in a remark between brackets that opened after the sentence began."""
    start = max(start, at - _FAR)
    for opening, closing in ("()", "[]"):
        opened = text.rfind(opening, start, at)
        if opened > start and text[start:opened].strip() and text.find(closing, opened, at) < 0:
            closed = text.find(closing, at, at + _PARENTHESIS)
            if closed > at + 1 or (closed == at + 1 and text[closed + 1:closed + 3].strip()[:1].islower()):
                return True
    return False
