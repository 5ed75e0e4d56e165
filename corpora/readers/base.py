"""What a reader gives: the text of a file with the marks that help to tell who speaks.

Offsets are Unicode code points in `text`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpora.messages import Message


@dataclass(frozen=True)
class Block:
    """A paragraph or table cell of the source, `text[start:end]` without its line end.

    `cell` is (table, row, column), counted from 0, for text in a table; `bold` lists the bold stretches.
    """

    start: int
    end: int
    bold: tuple[tuple[int, int], ...] = ()
    cell: tuple[int, int, int] | None = None
    heading: bool = False


@dataclass(frozen=True)
class SourceText:
    """A file read: its text as a person sees it, its blocks, and what the user should know about the reading.

    In text from a table the cells of a row are parted by a tab and rows by a line feed; a soft line break is a
    line feed inside a block. `encoding` is set for plain text.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    encoding: str | None = None
    warnings: tuple[Message, ...] = field(default_factory=tuple)
