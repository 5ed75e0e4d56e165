"""Word documents (.docx), read from their XML as Word shows them with all changes accepted.

python-docx leaves out tracked insertions, content controls and text boxes, so the XML is read directly.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpora.readers.archive import Archive
from corpora.readers.base import SourceText
from corpora.readers.builder import PAGE_BREAK, Cell, Run, TextBuilder
from corpora.readers.symbols import symbol
from corpora.readers.word_styles import RPR, VAL, Look, W, WordStyles, attribute

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_PPR, _RUN, _TEXT, _FIELD = W + "pPr", W + "r", W + "t", W + "fldChar"
_BOX, _BREAK, _SYMBOL, _RUBY = W + "txbxContent", W + "br", W + "sym", W + "ruby"
_DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
_WRAPPERS = frozenset(
    [W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo",
                           "sdt", "sdtContent", "rubyBase")]
    + [_MATH + name for name in ("oMath", "oMathPara", "f", "num", "den", "sup", "sub", "e", "sSup", "sSub",
                                 "sSubSup", "rad", "deg", "d", "nary", "r")])
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-",
}
_GONE = ("del", "moveFrom")


def read_word(path: Path) -> SourceText:
    """Read a `.docx`. Paragraphs are joined by a line feed; headers, notes and comments are left out."""
    with Archive(path) as archive:
        main = _main_part(archive)
        document = _part(archive, main)
        styles = posixpath.join(posixpath.dirname(main), "styles.xml")
        looks = WordStyles.from_xml(_part(archive, styles) if styles in archive else None)
    body = document.find(W + "body")
    if body is None:
        raise archive.damaged(main)
    builder = TextBuilder(path.name)
    _Reader(builder, looks, _fields_are_balanced(body)).read(body)
    return builder.finish()


def _main_part(archive: Archive) -> str:
    """The document's own part, as the package's relations name it."""
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def _part(archive: Archive, name: str) -> etree._Element:
    """A part as XML; the strict dialect differs in its namespace alone."""
    return archive.parse(archive.read(name).replace(_STRICT, _TRANSITIONAL), name)


def _fields_are_balanced(body: etree._Element) -> bool:
    """Whether every field that begins also ends; else a broken field would swallow the rest of the text."""
    kinds = [found.get(W + "fldCharType") for found in body.iter(_FIELD)]
    return kinds.count("begin") == kinds.count("end")


class _Reader:
    """Walks the document in reading order; `_runs` is the paragraph being read."""

    def __init__(self, builder: TextBuilder, styles: WordStyles, heed_fields: bool) -> None:
        self._builder = builder
        self._styles = styles
        self._heed_fields = heed_fields
        self._fields: list[bool] = []
        self._runs: list[Run] = []
        self._boxes: list[etree._Element] = []
        self._tables = 0

    def read(self, body: etree._Element) -> None:
        """Read the whole body."""
        self._blocks(body, None)
        self._close_open_paragraph(None)

    def _blocks(self, parent: etree._Element, cell: Cell | None) -> None:
        for child in parent:
            if child.tag == _PARAGRAPH:
                self._paragraph(child, cell)
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag in _WRAPPERS:
                self._blocks(child, cell)
            elif child.tag == _ALTERNATE:
                self._blocks(_chosen(child), cell)

    def _paragraph(self, paragraph: etree._Element, cell: Cell | None) -> None:
        properties = paragraph.find(_PPR)
        look = self._styles.paragraph(properties)
        self._inline(paragraph, look)
        if not _mark_is_gone(properties):
            self._end_paragraph(cell, look.heading)

    def _end_paragraph(self, cell: Cell | None, heading: bool) -> None:
        """Close the paragraph, then read the text boxes that are anchored in it."""
        self._builder.block(self._runs, cell, heading)
        boxes, self._runs, self._boxes = self._boxes, [], []
        for box in boxes:
            self._blocks(box, cell)
            self._close_open_paragraph(cell)

    def _close_open_paragraph(self, cell: Cell | None) -> None:
        """A deleted paragraph mark at the very end joins with nothing."""
        if self._runs or self._boxes:
            self._end_paragraph(cell, False)

    def _inline(self, parent: etree._Element, look: Look) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, look)
            elif tag in _WRAPPERS:
                self._inline(child, look)
            elif tag == _ALTERNATE:
                self._inline(_chosen(child), look)
            elif tag == _MATH + "t" and self._visible():
                self._runs.append((child.text or "", look.bold))

    def _run(self, run: etree._Element, look: Look) -> None:
        bold, hidden = self._styles.run(run.find(RPR), look)
        for child in run:
            if child.tag == _FIELD:
                self._field(child)
            elif not hidden and self._visible():
                self._piece(child, bold, look)

    def _piece(self, child: etree._Element, bold: bool, look: Look) -> None:
        tag = child.tag
        if tag == _TEXT:
            self._runs.append(((child.text or "").replace("\n", " "), bold))
        elif tag in _SIGNS:
            self._runs.append((_SIGNS[tag], bold))
        elif tag == _BREAK:
            soft = child.get(W + "type", "textWrapping") == "textWrapping"
            self._runs.append(("\n" if soft else PAGE_BREAK, bold))
        elif tag == _SYMBOL:
            self._runs.append((_symbol(child), bold))
        elif tag == _RUBY:
            self._inline(child, look)
        elif tag in _DRAWINGS or tag == _ALTERNATE:
            self._boxes.extend(_text_boxes(child))

    def _field(self, mark: etree._Element) -> None:
        """Between begin and separate stands the field's code, between separate and end what Word shows."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _visible(self) -> bool:
        return not self._fields or not self._heed_fields or not any(self._fields)

    def _table(self, table: etree._Element) -> None:
        index = self._tables
        self._tables += 1
        for row_number, row in enumerate(_rows(table)):
            column = _number(row.find(W + "trPr"), "gridBefore", 0)
            for cell in _inner(row, _CELL):
                column += self._cell(cell, (index, row_number, column))

    def _cell(self, cell: etree._Element, place: Cell) -> int:
        """Read a cell and give its width in columns; the hidden part of a vertically merged cell stays empty."""
        properties = cell.find(W + "tcPr")
        merge = None if properties is None else properties.find(W + "vMerge")
        if merge is not None and merge.get(VAL, "continue") == "continue":
            self._builder.block([], place)
        elif properties is None or properties.find(W + "cellDel") is None:
            self._blocks(cell, place)
            self._close_open_paragraph(place)
        return _number(properties, "gridSpan", 1)


def _mark_is_gone(properties: etree._Element | None) -> bool:
    """Whether the paragraph's end was deleted or hidden, so that the next paragraph goes on in it."""
    mark = None if properties is None else properties.find(RPR)
    if mark is None:
        return False
    return any(mark.find(W + name) is not None for name in _GONE)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted by a tracked change."""
    for row in _inner(table, _ROW):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            yield row


def _inner(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with a tag, also inside content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inner(child, tag)


def _chosen(alternate: etree._Element) -> etree._Element:
    """The form of an alternate content that Word shows: the first choice, else the fallback."""
    for tag in (_CHOICE, _FALLBACK):
        found = alternate.find(tag)
        if found is not None:
            return found
    return alternate


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once."""
    if element.tag == _BOX:
        yield element
        return
    for child in _chosen(element) if element.tag == _ALTERNATE else element:
        yield from _text_boxes(child)


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(element.get(W + "font", ""), int(element.get(W + "char", ""), 16))
    except ValueError:
        return ""


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    found = attribute(properties, name)
    return int(found) if found is not None and found.isdecimal() and len(found) < 6 else default
