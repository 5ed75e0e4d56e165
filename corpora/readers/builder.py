"""Puts paragraphs together into a `SourceText` and keeps the marks in place while it does so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.errors import ReadError
from corpora.messages import Message
from corpora.readers.base import Block, SourceText

MAX_CHARACTERS = 20_000_000
"""Longest text that is read, in code points: some three hundred interviews in one file."""
MAX_BLOCKS = 400_000
"""Most paragraphs that are read from one file."""
PAGE_BREAK = "\f"

Cell = tuple[int, int, int]
Run = tuple[str, bool]
"""A stretch of text and whether it is bold."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\r\ud800-\udfff]")


def check_size(file: str, characters: int, blocks: int) -> None:
    """Refuse what no transcript is, before it fills the memory."""
    if characters > MAX_CHARACTERS or blocks > MAX_BLOCKS:
        raise ReadError(
            "{file} is too large to be a transcript: more than {limit} million characters or {lines} paragraphs. "
            "Split it into one file per conversation.",
            file=file, limit=MAX_CHARACTERS // 1_000_000, lines=MAX_BLOCKS)


class TextBuilder:
    """Collects paragraphs in reading order; `file` is the name that stands in error messages."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._places: dict[int, tuple[int, int]] = {}

    def block(self, runs: Sequence[Run], cell: Cell | None = None, heading: bool = False) -> None:
        """Add a paragraph; in a table, `cell` decides whether a tab or a line feed parts it from the last one."""
        if self._blocks:
            self._append(self._separator(cell))
        if cell is not None:
            self._places[cell[0]] = cell[1:]
        start = self._length
        bold = self._append_runs(runs)
        self._blocks.append(Block(start, self._length, bold, cell, heading))
        check_size(self.file, self._length, len(self._blocks))

    def finish(self, warnings: Sequence[Message] = ()) -> SourceText:
        """The text so far. Raises `ReadError` when nothing but white space was found."""
        text = "".join(self._parts)
        if not text.strip():
            raise ReadError("{file} holds no text. Choose the file that holds the transcript itself.",
                            file=self.file)
        return SourceText(text, tuple(self._blocks), None, tuple(warnings))

    def _separator(self, cell: Cell | None) -> str:
        if cell is None:
            return "\n"
        row, column = self._places.get(cell[0], (-1, -1))
        return "\t" if row == cell[1] and column != cell[2] else "\n"

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _append_runs(self, runs: Sequence[Run]) -> tuple[tuple[int, int], ...]:
        stretches: list[tuple[int, int]] = []
        for text, bold in _shown(runs):
            start = self._length
            self._append(text)
            if not bold or not text:
                continue
            if stretches and stretches[-1][1] == start:
                start = stretches.pop()[0]
            stretches.append((start, self._length))
        return tuple(stretches)


def _shown(runs: Sequence[Run]) -> list[Run]:
    """Runs without control characters; a page break is a line feed, but not at the edge of a paragraph."""
    clean = [(_CONTROL.sub("", text), bold) for text, bold in runs]
    if not any(PAGE_BREAK in text for text, _ in clean):
        return clean
    _strip_edge(clean, 0)
    _strip_edge(clean, -1)
    return [(text.replace(PAGE_BREAK, "\n"), bold) for text, bold in clean]


def _strip_edge(runs: list[Run], at: int) -> None:
    while runs:
        text, bold = runs[at]
        text = text.lstrip(PAGE_BREAK) if at == 0 else text.rstrip(PAGE_BREAK)
        if text:
            runs[at] = (text, bold)
            return
        del runs[at]
