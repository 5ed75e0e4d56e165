"""From the lines on PDF pages to paragraphs: a PDF knows where letters stand, not what belongs together.

A line begins a new paragraph when the line before it had room for its first word, when it stands lower or further
in than a next line would, or when it begins with a speaker's label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpora.readers.builder import Run

_LABEL = re.compile(r"\[?(?:\d{1,2}:)?\d{1,2}:\d{2}\]?|[A-Z][\w.]{0,14}(?: \d{1,2})?\s?:(?:\s|$)|[-–•]\s")
_SIGN = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:(?:pagina|blz\.?|page|p\.)\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:van|of|/)\s*\d{1,4})?",
                          re.IGNORECASE)
_AND = frozenset({"en", "of", "tot", "and", "or"})
_EDGE_LINES = 2
_WHOLE = 3
_TOLERANCE = 2.0
"""Points by which justified and kerned lines may differ."""
_HYPHENS = "-\u2010\u00ad"
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Line:
    """A line of text with its place in points from the left and from the foot of its page.

    `first_word` is how wide its first word is.
    """

    runs: tuple[Run, ...]
    left: float
    right: float
    bottom: float
    height: float
    first_word: float

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


def drop_running_lines(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Pages without headers, footers and page numbers, and what was left out.

    Only what stands in the outer lines, at the same height, on at least three pages and most of them (or, as a page
    number, on every page) counts as such.
    """
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    need = max(3, round(len(pages) * 0.6))
    drop = {key for key, n in counts.items() if n >= need or (_is_number(key) and 2 <= len(pages) == n)}
    samples: dict[tuple[str, int], str] = {}
    kept = [[line for line in page if not _is_running(line, page, drop, samples)] for page in pages]
    return kept, list(samples.values())


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= 2 * _EDGE_LINES else page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _key(line: Line) -> tuple[str, int]:
    return _SIGN.sub("#", line.text.strip()), round(line.bottom / 4)


def _is_number(key: tuple[str, int]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(key[0].replace("#", "1")))


def _is_running(line: Line, page: list[Line], drop: set[tuple[str, int]],
                samples: dict[tuple[str, int], str]) -> bool:
    key = _key(line)
    if key not in drop or not any(line is edge for edge in _edges(page)):
        return False
    samples.setdefault(key, line.text.strip())
    return True


def paragraphs(pages: Sequence[list[Line]]) -> list[list[Run]]:
    """The paragraphs of all pages in order; one that runs over a page's end stays whole."""
    lines = [(line, number) for number, page in enumerate(pages) for line in page]
    if not lines:
        return []
    right = _right_edge([line for line, _ in lines])
    pitch = _pitch(pages)
    words = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line, _ in lines)))
    found: list[list[Run]] = [list(lines[0][0].runs)]
    for (before, page), (line, own_page) in pairwise(lines):
        gap = before.bottom - line.bottom if page == own_page else pitch
        if _begins(before, line, gap, right, pitch):
            found.append(list(line.runs))
        else:
            _join(found[-1], line, words)
    return found


def _right_edge(lines: list[Line]) -> float:
    """Where lines end at most; the highest hundredth is left out, for a line may stick out."""
    ends = sorted(line.right for line in lines)
    return ends[min(len(ends) - 1, int(len(ends) * 0.99))]


def _pitch(pages: Sequence[list[Line]]) -> float:
    """The usual distance between lines of a paragraph: the median of the lower half, at most double spacing."""
    lines = [line for page in pages for line in page]
    most = 2.3 * median(line.height for line in lines)
    gaps = sorted(upper.bottom - lower.bottom for page in pages for upper, lower in pairwise(page)
                  if upper.bottom > lower.bottom)
    return min(most, median(gaps[: max(1, len(gaps) // 2)])) if gaps else most / 2


def _begins(before: Line, line: Line, gap: float, right: float, pitch: float) -> bool:
    text = line.text
    if _LABEL.match(text) or text.startswith("[") or _weight(before) ^ _weight(line) == _WHOLE:
        return True
    if gap > 1.35 * pitch or gap < -pitch or abs(line.height - before.height) > 0.35 * before.height:
        return True
    space = 0.25 * line.height
    return before.right + space + line.first_word < right - _TOLERANCE


def _weight(line: Line) -> int:
    """1 for a plain line, 2 for a bold one, 3 for one that is both."""
    return sum({2 if bold else 1 for text, bold in line.runs if text.strip()})


def _join(runs: list[Run], line: Line, words: frozenset[str]) -> None:
    """Put a line behind a paragraph, with a space, or without its hyphen where a word was broken."""
    last, bold = runs[-1]
    head = last.rstrip()
    if not head or head[-1] not in _HYPHENS:
        runs[-1] = (head + " ", bold)
    else:
        runs[-1] = (_mend(head, line.text, words), bold)
    runs.extend(line.runs)


def _mend(head: str, after: str, words: frozenset[str]) -> str:
    """`head`, which ends with a hyphen, as it stands before the next line.

    "voor- / en nadelen" keeps hyphen and space, "Noord- / Holland" its hyphen; a form that the text has elsewhere
    decides; else a small letter after the hyphen says that the word was only broken.
    """
    first = (re.match(r"[^\W\d_]+", after) or [""])[0]
    stem = (re.search(r"[^\W\d_]*$", head[:-1]) or [""])[0]
    if head[-1] == _SOFT_HYPHEN:
        return head[:-1]
    if first in _AND or not stem:
        return head[:-1] + "- "
    if stem + first in words:
        return head[:-1]
    if f"{stem}-{first}" in words or not first[:1].islower():
        return head[:-1] + "-"
    return head[:-1]
