"""A document for people in parts, before it is a file: the Word and the PDF writer, the name guard and the window read
the same ones.

A part that says something knows what it rests on (`Source`), by a code that stays the same as long as the project does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

Style = Literal["body", "lead", "bullet", "quiet", "small"]
SHORT = 8
"""Rows that belong together on one page, at most."""


@dataclass(frozen=True)
class Source:
    """What a part rests on: row `about_id` of table `about`; `code` names it in the document."""

    code: str
    about: str
    about_id: int


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; levels 1 to 3 are numbered, an appendix gets a letter and its sub-heads nothing, nor do
    `bare` ones, which stand outside the contents."""

    text: str
    level: int
    key: str = ""
    source: Source | None = None
    appendix: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `key` says what it is about when it rests on no row (such as the numbers of the method)."""

    runs: tuple[Run, ...]
    style: Style = "body"
    source: Source | None = None
    key: str = ""

    @property
    def text(self) -> str:
        """The words without their look."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Quotation:
    """A citaat in a frame, with the role of who said it."""

    text: str
    role: str
    source: Source | None = None


@dataclass(frozen=True)
class Table:
    """A table with a caption; `widths` are shares of the line, `numeric` columns are aligned right; a row may have a
    source. `anchors` make the source of a row a place to jump to."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()
    sources: tuple[Source | None, ...] = ()
    anchors: bool = False
    key: str = ""

    def kept(self) -> frozenset[int]:
        """The rows (0: the heads) that stay on one page with the row below: all of a short table; of a long one those
        with the rows that say nothing in front and so belong to them, and the last but one, which else left one alone.
        """
        last = len(self.rows)
        if last <= SHORT:
            return frozenset(range(last))
        begins = [n for n, row in enumerate(self.rows, 1) if row[0]] + [last + 1]
        groups = [range(begin, stop - 1) for begin, stop in pairwise(begins) if stop - begin <= SHORT]
        return frozenset({0, last - 1}.union(*groups))


@dataclass(frozen=True)
class Figure:
    """A picture that the program draws: `drawing` is one of `exports.figures`; `alt` says it in words."""

    caption: str
    alt: str
    drawing: Any = field(compare=False)
    key: str = ""


@dataclass(frozen=True)
class Own:
    """A place for the researcher's own words; `prompt` says what belongs there while it is empty."""

    place: str
    title: str
    prompt: str
    body: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Room:
    """Room to write by hand: a question and so many empty lines."""

    text: str
    lines: int = 3


@dataclass(frozen=True)
class Contents:
    """The table of contents."""

    title: str


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Part = Heading | Paragraph | Quotation | Table | Figure | Own | Room | Contents | PageBreak


@dataclass(frozen=True)
class Paper:
    """A whole document. `facts` stand on the title page; without `title_page` the title stands above the text."""

    title: str
    subtitle: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    language: str = "nl"
    title_page: bool = True

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text in the document with the heading that it stands under."""
        yield from (("", text) for text in (self.title, self.subtitle, *self.facts))
        section = ""
        for part, number in numbered(self.parts):
            if isinstance(part, Heading):
                section = f"{number} {part.text}".strip()
            elif isinstance(part, Room):
                section = part.text
            yield from ((section, text) for text in texts_of(part) if text.strip())

    def sources(self) -> list[Source]:
        """All sources, each once, in the order of the document."""
        found: dict[str, Source] = {}
        for part in self.parts:
            for source in sources_of(part):
                found.setdefault(source.code, source)
        return list(found.values())


def texts_of(part: Part) -> Iterator[str]:
    """The texts of a part."""
    match part:
        case Heading() | Paragraph() | Room():
            yield part.text
        case Quotation():
            yield from (part.text, part.role)
        case Table():
            yield part.caption
            yield from part.heads
            yield from (cell for row in part.rows for cell in row)
        case Figure():
            yield from (part.caption, part.alt)
        case Own():
            yield from (part.title, part.body)
        case Contents():
            yield part.title


def sources_of(part: Part) -> list[Source]:
    """What a part rests on."""
    if isinstance(part, Table):
        return [source for source in part.sources if source is not None]
    source = getattr(part, "source", None)
    return [] if source is None else [source]


def numbered(parts: tuple[Part, ...]) -> Iterator[tuple[Part, str]]:
    """Every part with its number: of a heading (2.1, A), a table or a figure; "" for any other."""
    at, tables, figures, letter = [0, 0, 0], 0, 0, ""
    for part in parts:
        number = ""
        if isinstance(part, Heading) and part.bare:
            pass
        elif isinstance(part, Heading) and part.appendix and part.level == 1:
            letter = chr(ord(letter or "@") + 1)
            number = letter
        elif isinstance(part, Heading) and part.level <= 3 and not part.appendix:
            at = [*at[:part.level - 1], at[part.level - 1] + 1, *[0] * (3 - part.level)]
            number = ".".join(map(str, at[:part.level]))
        elif isinstance(part, Table) and part.caption:
            tables += 1
            number = str(tables)
        elif isinstance(part, Figure):
            figures += 1
            number = str(figures)
        yield part, number


def plain(text: str, *, style: Style = "body", source: Source | None = None, key: str = "") -> Paragraph:
    """A paragraph in one look."""
    return Paragraph((Run(text),), style, source, key)


def paragraphs(text: str, *, style: Style = "body", source: Source | None = None) -> list[Paragraph]:
    """The paragraphs of a text that somebody typed; the source hangs on the last."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return [plain(line, style=style, source=source if n == len(lines) else None) for n, line in enumerate(lines, 1)]
