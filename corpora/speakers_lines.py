"""The lines of a source and how a line begins: time stamp, label, separator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.readers.base import Block, SourceText
from corpora.speakers_words import label_key, meaning, role_in, split_label, word_set

_CLOCK = r"(?:\d{1,2}[:.]\d{1,2}[:.]\d{1,2}(?:[.,:-]\d{1,3})?|\d{1,3}:\d{2}(?:[.,-]\d{1,3})?)(?!\d)"
_RANGE = rf"{_CLOCK}(?:\s{{0,3}}(?:-->|–|-)\s{{0,3}}{_CLOCK})?"
STAMP = rf"(?:[\[(<{{#]{{1,2}}\s?{_RANGE}\s?[\])>}}#]{{1,2}}|{_RANGE})"
_FULL_CLOCK = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[.,:-]\d{1,3})?(?![\d:])"
SURE_STAMP = (rf"(?:[\[(<{{#]{{1,2}}\s?{_RANGE}\s?[\])>}}#]{{1,2}}"
              rf"|{_FULL_CLOCK}(?:\s{{0,3}}(?:-->|–|-)\s{{0,3}}{_FULL_CLOCK})?)")
"""A stamp that cannot be a time somebody mentions: in brackets, between hashes or with seconds."""

_WORD = r"(?:[\w.'’&/+]|-(?=\w))*+"
_NAME = rf"[^\W\d_]{_WORD}(?:[ \xa0](?!\d{{1,2}}[:.]\d\d)\w{_WORD}){{0,3}}"
_HEAD = re.compile(rf"""
    (?P<lead>[\s>|*_•·▪‣\-–—]*+)
    (?P<number>\d{{1,4}}[.)]?[ \t]++(?!\d))?
    (?:(?P<before>{STAMP})[\s,;:|*_\-–—]*+)?
    (?P<open>[\[(<{{])?+(?P<label>{_NAME})(?P<close>[\])>}}])?+[*_]*+
    (?:[ \t\xa0,]*+(?P<after>{STAMP}))?+
    (?:[ \t]*+\((?P<aside>[^()\n]{{1,40}})\))?+[*_]*+
    (?P<sep>[ \t\xa0]*:(?!//|\d)(?:[ \t]*[*_]+)?|[ \t]*\t\s*|[ \t\xa0]+[-–—]+(?=[\s\w])|[-–—]+(?=\s)
        |[ \t]*[;|>](?=\s)|[ \xa0]{{2,}}(?=\S)|\s*$)
    """, re.VERBOSE)
_CODE = re.compile(rf"""
    (?P<lead>[\s*_]*+)(?P<number>\d{{1,4}}[.)]?[ \t]++(?!\d))?(?:(?P<before>{STAMP})[\s,;:|*_\-–—]*+)?
    (?:(?P<open>[\[(<])(?P<inner>[A-Z][A-Za-z]{{0,3}}\d{{0,2}})[\])>]|(?P<label>[A-Z](?:[a-z]{{2,3}})?\d{{0,2}}))
    (?P<sep>\.?[*_]*[ \t]++)(?=\S)
    """, re.VERBOSE)
_PARTS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?(?:[.,:-](\d{1,3}))?|(\d{1,2})\.(\d{1,2})\.(\d{1,2})")
_PARTICLES = word_set("van|de|der|den|te|ter|ten|von|el|en|la|'t")
_HEAD_REACH = 140
LONGEST_LABEL = 32


@dataclass(frozen=True, slots=True)
class Line:
    """A line without outer white space; `bold` is the share of its visible characters that is bold (0-1),
    `lead_bold` where its opening bold stretch ends (its start if there is none)."""

    start: int
    end: int
    bold: float = 0.0
    lead_bold: int = 0
    heading: bool = False
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A possible label: `text[start:end]` is what is not speech, `separator` how label and words are parted
    (":", "\\t", "-", ";", "alone", ".", " " or "[]"). `line` is the number of its line; `mid` inside a line;
    `role` what the label itself adds between brackets ("Sanne (interviewer):")."""

    start: int
    end: int
    label: str
    key: str
    separator: str
    line: int
    seconds: float | None = None
    bullet: bool = False
    mid: bool = False
    role: str = ""

    @property
    def strength(self) -> int:
        """How much the label means by itself, as in `speakers_words.meaning`."""
        return meaning(self.label)[1]


def seconds_of(stamp: str) -> float:
    """Seconds of the first clock in a stamp: "00:01:23" → 83.0, "#00:01:23-5#" → 83.5, "01:23" → 83.0."""
    found = _PARTS.search(stamp)
    if found is None:
        return 0.0
    parts = [part for part in found.group(1, 2, 3) if part] if found[1] else list(found.group(5, 6, 7))
    total = 0.0
    for part in parts:
        total = total * 60 + int(part)
    return total + float(f"0.{found[4] or 0}")


def lines_of(source: SourceText) -> list[Line]:
    """The non-empty lines of a source in order; what no block covers counts as plain lines."""
    found: list[Line] = []
    position = 0
    for block in source.blocks:
        if block.start > position:
            found.extend(_plain_lines(source.text, position, block.start, None))
        found.extend(_plain_lines(source.text, max(block.start, position), block.end, block))
        position = max(position, block.end)
    found.extend(_plain_lines(source.text, position, len(source.text), None))
    return found


def _plain_lines(text: str, start: int, end: int, block: Block | None) -> Iterator[Line]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first, last = trimmed(text, start, stop)
        if first < last:
            yield _line(text, first, last, block)
        start = stop + 1


def _line(text: str, start: int, end: int, block: Block | None) -> Line:
    if block is None:
        return Line(start, end, lead_bold=start)
    inside = [(max(a, start), min(b, end)) for a, b in block.bold if a < end and b > start]
    share = sum(b - a for a, b in inside) / (end - start)
    lead = start
    for first, last in inside:
        if text[lead:first].strip():
            break
        lead = max(lead, last)
    return Line(start, end, share, lead, block.heading, block.cell)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without outer white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def head_of(text: str, line: Line, number: int) -> Head | None:
    """The label a line may begin with, or None. Looks at no more than the first characters of the line."""
    limit = min(line.end, line.start + _HEAD_REACH)
    found = _HEAD.match(text, line.start, limit)
    if found is None or (found["sep"].strip(" ") == "" and limit < line.end):
        return _code_head(text, line, number, limit)
    label = found["label"].rstrip(".")
    if len(label) > LONGEST_LABEL:
        return None
    separator = _separator(found["sep"])
    if separator == "alone" and " " in label and not meaning(label)[1]:
        code = _code_head(text, line, number, limit)
        if code is not None:
            return code
    if separator == "alone" and found["label"].endswith(".") and not meaning(label)[1]:
        return None
    if separator == "alone" and (found["open"] or found["number"]) and meaning(label)[1] < 2:
        return None
    return _head(text, line, number, found, label, separator)


def _separator(found: str) -> str:
    for sign in (":", "\t", "|", ";", ">"):
        if sign in found:
            return "\t" if sign == "|" else sign
    if len(found) > 1 and not found.strip(" \xa0"):
        return "\t"
    return "-" if found.strip() else "alone"


def _code_head(text: str, line: Line, number: int, limit: int) -> Head | None:
    found = _CODE.match(text, line.start, limit)
    if found is None:
        return None
    label = found["label"] or found["inner"]
    separator = "[]" if found["open"] else "." if "." in found["sep"] else " "
    return _head(text, line, number, found, label, separator) if meaning(label)[1] else None


def _head(text: str, line: Line, number: int, found: re.Match[str], label: str, separator: str) -> Head:
    groups = found.groupdict()
    stamp = groups.get("after") or groups.get("before")
    bullet = bool(found["lead"].strip(" \t*_>|")) or bool(found["number"])
    return Head(line.start, trimmed(text, found.end(), line.end)[0], label, label_key(label), separator, number,
                seconds_of(stamp) if stamp else None, bullet, role=role_in(groups.get("aside") or ""))


def name_like(label: str) -> bool:
    """Whether an unknown label can be a name, a role or initials: capital first, no more than three words."""
    words = label.split()
    capitals = all(not word[0].islower() or word in _PARTICLES for word in words)
    base, _number = split_label(label)
    return label[:1].isupper() and capitals and len(words) <= 4 and len(base) <= 24
