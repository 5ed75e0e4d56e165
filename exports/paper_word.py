"""A `Paper` as a Word document: real styles, numbered headings, contents, captions that count, quote boxes, and
content controls around the researcher's own words."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from corpora.messages import Translator
from exports import figures
from exports.paper import (
    Contents,
    Figure,
    Heading,
    Own,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Quotation,
    Room,
    Source,
    Table,
    numbered,
)
from exports.word import safe, save
from exports.word import set_up as set_page
from exports.word_styles import (
    APPENDIX,
    CELL,
    COVER,
    GROUNDS,
    IDS,
    PROMPT,
    QUOTE,
    REFERENCE,
    REPLY,
    ROLE,
    TABLE,
    set_up,
)
from exports.word_xml import Numbers, bookmark, bookmark_of, control, element, field_of, link, run

OWN_TAG = "narratief:"
"""What the tag of a content control with own words begins with; the place follows."""
BEGIN, END = "eigen_", "na_"
"""What the bookmarks around own words begin with."""
LINE = 16.0
"""Centimetres of text on a line."""


def write(paper: Paper, path: Path, translator: Translator) -> None:
    """Write a paper as a Word document."""
    save(made(paper, translator), path)


def made(paper: Paper, translator: Translator) -> Any:
    """A paper as a document of python-docx."""
    return _Writer(paper, translator).made()


class _Writer:
    def __init__(self, paper: Paper, translator: Translator) -> None:
        from docx import Document

        self._paper, self.translate = paper, translator
        self._made = Document()
        self._numbers = Numbers()
        self._open = ""
        self._anchors = {s.code for p in paper.parts if isinstance(p, Table) and p.anchors for s in p.sources if s}

    def made(self) -> Any:
        from docx.oxml.ns import qn

        set_page(self._made, self._paper.title, lying=False)
        set_up(self._made, self._paper.language, small=not self._paper.title_page)
        self._margins()
        self._head_and_foot()
        self._begin()
        for part, number in numbered(self._paper.parts):
            last = self._made.element.body.findall(qn("w:p"))[-1]
            self._write(part, number)
            self._mark_own(part, last)
        return self._made

    def _mark_own(self, part: Part, last: Any) -> None:
        """Mark the paragraphs before and behind a place for own words: LibreOffice keeps bookmarks, but no content
        control around several paragraphs."""
        from docx.oxml.ns import qn

        if isinstance(part, Own):
            self._open = part.place
            bookmark_of(last, own_mark(part.place, BEGIN), self._numbers)
        elif self._open:
            following = next((p for p in last.itersiblings(qn("w:p"))), None)
            if following is not None:
                bookmark_of(following, own_mark(self._open, END), self._numbers)
                self._open = ""

    def _margins(self) -> None:
        from docx.shared import Cm

        page = self._made.sections[0]
        page.left_margin = page.right_margin = Cm(2.5)
        page.top_margin, page.bottom_margin = (Cm(2.6), Cm(2.3)) if self._paper.title_page else (Cm(1.8), Cm(1.7))
        page.header_distance = page.footer_distance = Cm(1.1)

    def _head_and_foot(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        page = self._made.sections[0]
        page.different_first_page_header_footer = self._paper.title_page
        head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
        if self._paper.title_page:
            head.text, head.alignment = safe(self._paper.title), WD_ALIGN_PARAGRAPH.RIGHT
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for one in (*field_of("PAGE", "1"), run(" / "), *field_of("NUMPAGES", "1")):
            foot._p.append(one)

    def _begin(self) -> None:
        from docx.shared import Cm

        title = self._paragraph("Title", self._paper.title)
        if self._paper.title_page:
            title.paragraph_format.space_before = Cm(6.5)
        if self._paper.subtitle:
            self._paragraph("Subtitle", self._paper.subtitle)
        for fact in self._paper.facts:
            self._paragraph(COVER, fact)

    def _write(self, part: Part, number: str) -> None:
        match part:
            case Heading():
                self._heading(part)
            case Paragraph():
                self._body(part)
            case Quotation():
                self._quotation(part)
            case Table():
                self._table(part, number)
            case Figure():
                self._figure(part, number)
            case Own():
                self._own(part)
            case Room():
                self._room(part)
            case Contents():
                self._contents(part)
            case PageBreak():
                self._paragraph("Normal", "").paragraph_format.page_break_before = True

    # paragraphs

    def _paragraph(self, style: str, text: str = "") -> Any:
        made = self._made.add_paragraph(style=style)
        if text:
            made._p.append(run(safe(text)))
        return made

    def _heading(self, part: Heading) -> None:
        style = APPENDIX if part.appendix and part.level == 1 else f"Heading {min(part.level, 4)}"
        if part.bare:
            style = "TOC Heading"
        if part.appendix and part.level > 1:
            style = "Heading 4"
        made = self._paragraph(style, part.text)
        if part.level == 1 and self._paper.title_page:
            made.paragraph_format.page_break_before = True
        self._claim(made, part.source)
        if part.level <= 3 and not part.bare and not (part.appendix and part.level > 1):
            bookmark(made, _heading_mark(part), self._numbers)

    def _body(self, part: Paragraph) -> None:
        style = {"bullet": "List Bullet", "quiet": GROUNDS, "small": GROUNDS}.get(part.style, "Normal")
        made = self._made.add_paragraph(style=style)
        for one in part.runs:
            look = ("<w:b/>" if one.bold or part.style == "lead" else "") + ("<w:i/>" if one.italic else "")
            made._p.append(run(safe(one.text), properties=look))
        self._refer(made, part.source)

    def _refer(self, paragraph: Any, source: Source | None) -> None:
        """The code of what a paragraph rests on, which leads to the appendix; the paragraph can be jumped to."""
        if source is None:
            return
        code = f" [{source.code}]"
        if source.code in self._anchors:
            paragraph._p.append(link(code, f"bron_{source.code}", IDS[REFERENCE]))
        self._claim(paragraph, source)

    def _claim(self, paragraph: Any, source: Source | None) -> None:
        """Make a paragraph the place where a source is used first."""
        if source is not None:
            bookmark(paragraph, f"plaats_{source.code}", self._numbers)

    def _quotation(self, part: Quotation) -> None:
        words = self._paragraph(QUOTE, f"“{part.text}”")
        words.paragraph_format.keep_with_next = words.paragraph_format.keep_together = True
        self._refer(self._paragraph(ROLE, f"({part.role})"), part.source)

    def _room(self, part: Room) -> None:
        from docx.shared import Pt

        asked = self._paragraph("Normal", part.text)
        asked.paragraph_format.space_before = Pt(8)
        asked.paragraph_format.keep_with_next = True
        for n in range(part.lines):
            made = self._paragraph(REPLY)
            made.paragraph_format.keep_with_next = n < part.lines - 1

    def _own(self, part: Own) -> None:
        lines = [line.strip() for line in part.body.splitlines() if line.strip()]
        made = [self._paragraph("Normal", line) for line in lines] or [self._paragraph(PROMPT, part.prompt)]
        after = made[0]._p.getprevious()
        for one in made:
            one._p.getparent().remove(one._p)
        held = control(OWN_TAG + part.place, part.title, [one._p for one in made], self._numbers, empty=not lines)
        if after is None:
            self._made.element.body.insert(0, held)
        else:
            after.addnext(held)

    # tables and figures

    def _caption(self, word: str, number: str, text: str) -> Any:
        made = self._made.add_paragraph(style="Caption")
        for one in (run(f"{word} "), *field_of(f"SEQ {word} \\* ARABIC", number), run(f". {safe(text)}")):
            made._p.append(one)
        return made

    def _table(self, part: Table, number: str) -> None:
        if part.caption:
            self._caption(self.translate("Table"), number, part.caption).paragraph_format.keep_with_next = True
        made = self._made.add_table(rows=1 + len(part.rows), cols=len(part.heads))
        _dress(made, part)
        cells, kept = iter(made._cells), part.kept()
        for n, row in enumerate((part.heads, *part.rows)):
            for column, text in enumerate(row):
                self._cell(next(cells), text, part, n, column)
            for cell in made.rows[n].cells if n in kept else ():
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        self._paragraph(CELL)  # tables that touch would become one

    def _cell(self, cell: Any, text: str, part: Table, row: int, column: int) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        lines = text.split("\n")
        for n, line in enumerate(lines):
            made = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            made.style = self._made.styles[CELL]
            if line:
                made._p.append(run(safe(line)))
            if column in part.numeric:
                made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        source = part.sources[row - 1] if row and part.sources else None
        if source is not None and column == 0:
            self._row_source(cell.paragraphs[0], source, part.anchors)

    def _row_source(self, paragraph: Any, source: Source, anchors: bool) -> None:
        if not anchors:
            self._refer(paragraph, source)
            return
        bookmark(paragraph, f"bron_{source.code}", self._numbers)

    def _figure(self, part: Figure, number: str) -> None:
        from io import BytesIO

        from docx.shared import Cm

        made = self._made.add_paragraph(style="Normal")
        made.paragraph_format.keep_with_next = True
        made.add_run().add_picture(BytesIO(figures.png(part.drawing)), width=Cm(LINE))
        shape = made._p.xpath(".//wp:docPr")[0]
        shape.set("descr", safe(part.alt))
        shape.set("name", f"{self.translate('Figure')} {number}")
        self._caption(self.translate("Figure"), number, part.caption)

    # contents

    def _contents(self, part: Contents) -> None:
        top = self._paragraph("TOC Heading", part.title)
        top.paragraph_format.page_break_before = True
        heads = [(one, number) for one, number in numbered(self._paper.parts) if isinstance(one, Heading)
                 and one.level <= 2 and not one.bare and not (one.appendix and one.level > 1)]
        begin, code, separate, _shown, end = field_of('TOC \\o "1-2" \\h \\z \\u', "")
        for n, (head, number) in enumerate(heads):
            made = self._made.add_paragraph(style=f"toc {head.level}")
            for one in (begin, code, separate) if n == 0 else ():
                made._p.append(one)
            made._p.append(link(f"{number}  {safe(head.text)}", _heading_mark(head)))
            if n == len(heads) - 1:
                made._p.append(end)


def own_mark(place: str, end: str) -> str:
    """The bookmark on the paragraph before own words, or (`END`) behind them; a place itself is too long for a name."""
    return end + sha256(place.encode()).hexdigest()[:20]


def _heading_mark(head: Heading) -> str:
    """The bookmark of a heading; Word's own begin with _Toc."""
    return "_Toc" + str(int(sha256(f"{head.level}{head.key or head.text}".encode()).hexdigest()[:12], 16))[:9]


def _dress(table: Any, part: Table) -> None:
    from docx.shared import Cm

    properties = table._tbl.tblPr
    for old in list(properties):
        properties.remove(old)
    for one in (f'<w:tblStyle w:val="{IDS[TABLE]}"/>', f'<w:tblW w:w="{round(LINE * 567)}" w:type="dxa"/>',
                '<w:tblLayout w:type="fixed"/>',
                '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
                'w:noHBand="0" w:noVBand="1"/>'):
        properties.append(element(one))
    widths = [LINE * share / sum(part.widths) for share in part.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element('<w:cantSplit/>'))
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = Cm(width)
    _repeated(table.rows[0])


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element('<w:tblHeader/>'))


