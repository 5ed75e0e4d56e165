"""OpenDocument texts (.odt), read from their XML as Writer shows them with changes accepted.

odfpy hands out no tracked changes and no white space as the standard collapses it, so the XML is read directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpora.readers.archive import Archive
from corpora.readers.base import SourceText
from corpora.readers.builder import Cell, Run, TextBuilder
from corpora.readers.odt_styles import OFFICE, TEXT, Look, OdtStyles

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_MAX_SPACES = 1000
_SPACE = re.compile(r"[ \t\n\r]+")
_NOT_SHOWN = frozenset(
    [TEXT + name for name in ("tracked-changes", "note", "hidden-text", "hidden-paragraph", "ruby-text",
                              "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls",
                              "alphabetical-index-auto-mark-file", "script")]
    + [OFFICE + name for name in ("annotation", "annotation-end", "forms", "event-listeners")]
    + [_DRAW + "object", _DRAW + "object-ole", _SVG + "title", _SVG + "desc", _TABLE + "title", _TABLE + "desc"])
_PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
_BOXES = frozenset(_DRAW + name for name in ("frame", "text-box", "custom-shape", "g", "rect", "ellipse", "a"))


def read_odt(path: Path) -> SourceText:
    """Read an `.odt`. Paragraphs are joined by a line feed; headers, notes and comments are left out."""
    with Archive(path) as archive:
        _refuse_locked(archive)
        content = archive.xml("content.xml")
        styles = OdtStyles()
        if "styles.xml" in archive:
            styles.add(archive.xml("styles.xml"))
    styles.add(content)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise archive.damaged("content.xml")
    builder = TextBuilder(path.name)
    _Reader(builder, styles).read(body)
    return builder.finish()


def _refuse_locked(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in archive or (manifest in archive and b"encryption-data" in archive.read(manifest)):
        raise archive.locked()


class _Reader:
    """Walks the document in reading order; `_runs` is the paragraph being read."""

    def __init__(self, builder: TextBuilder, styles: OdtStyles) -> None:
        self._builder = builder
        self._styles = styles
        self._runs: list[Run] = []
        self._after_space = True
        self._boxes: list[etree._Element] = []
        self._tables = 0

    def read(self, body: etree._Element) -> None:
        """Read the whole body."""
        self._blocks(body, None)

    def _blocks(self, parent: etree._Element, cell: Cell | None) -> None:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                self._paragraph(child, cell)
            elif child.tag == _TABLE + "table":
                self._table(child)
            elif child.tag not in _NOT_SHOWN:
                self._blocks(child, cell)

    def _paragraph(self, paragraph: etree._Element, cell: Cell | None) -> None:
        name = paragraph.get(TEXT + "style-name")
        self._runs, self._after_space = [], True
        self._inline(paragraph, self._styles.look("paragraph", name, Look()))
        heading = paragraph.tag == TEXT + "h" or self._styles.is_title(name)
        self._builder.block(self._runs, cell, heading)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box, cell)

    def _inline(self, parent: etree._Element, look: Look) -> None:
        self._text(parent.text, look)
        for child in parent:
            self._element(child, look)
            self._text(child.tail, look)

    def _element(self, child: etree._Element, look: Look) -> None:
        tag = child.tag
        if tag in _NOT_SHOWN:
            return
        if tag in _BOXES:
            self._boxes.append(child)
        elif tag == TEXT + "line-break":
            self._sign("\n", look)
        elif tag == TEXT + "tab":
            self._sign("\t", look)
        elif tag == TEXT + "s":
            self._sign(" " * _count(child, TEXT + "c", _MAX_SPACES), look)
        else:
            name = child.get(TEXT + "style-name")
            self._inline(child, self._styles.look("text", name, look) if tag == TEXT + "span" else look)

    def _sign(self, sign: str, look: Look) -> None:
        if not look.hidden:
            self._runs.append((sign, look.bold))
            self._after_space = False

    def _text(self, text: str | None, look: Look) -> None:
        """White space in the XML counts as one space, and as none at the start (OpenDocument 1.2, 6.1.2)."""
        if not text or look.hidden:
            return
        text = _SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._runs.append((text, look.bold))
            self._after_space = text.endswith(" ")

    def _table(self, table: etree._Element) -> None:
        index = self._tables
        self._tables += 1
        row_number = 0
        for row in _inner(table, _TABLE + "table-row"):
            column = 0
            for cell in _cells(row):
                self._cell(cell, (index, row_number, column))
                column += _count(cell, _TABLE + "number-columns-repeated", 1 << 20)
            row_number += _count(row, _TABLE + "number-rows-repeated", 1 << 20)

    def _cell(self, cell: etree._Element, place: Cell) -> None:
        if len(cell):
            self._blocks(cell, place)
        else:
            self._builder.block([], place)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            yield child


def _inner(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table, also in its heading rows and row groups, but not those of a table inside it."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group"):
            yield from _inner(child, tag)


def _count(element: etree._Element, name: str, limit: int) -> int:
    value = element.get(name, "1")
    return min(int(value), limit) if value.isdecimal() and len(value) < 12 else 1
