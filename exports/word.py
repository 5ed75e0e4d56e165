"""Coded transcripts for Word: a table with the words at the left and the codes at the right."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from corpora.messages import Translator
from exports.excel_cells import clean
from exports.files import SteadyZip, written
from exports.sheets_codes import codings_named
from exports.tables import Losses
from exports.transcript_values import CodedTranscript, Passage

WIDTHS = (1.1, 15.2, 8.4)
"""Centimetres on a lying A4: number, words, codes."""


def write_transcript(found: CodedTranscript, path: Path, translator: Translator) -> None:
    """Write a coded transcript with its codes in the margin."""
    save(_document(found, translator), path)


def save(made: Any, path: Path) -> None:
    """Write a Word document whole or not at all; the same contents give the same bytes."""
    buffer = BytesIO()
    made.save(buffer)
    with written(path) as draft, ZipFile(buffer) as source, SteadyZip(draft) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))


def _document(found: CodedTranscript, _: Translator) -> Any:
    from docx import Document

    document = Document()
    set_up(document, found.title)
    document.add_heading(safe(found.title), 1)
    about = [found.kind, found.group, _("codings: {codings}", codings=codings_named(_, found.codings))]
    document.add_paragraph(safe(" · ".join(filter(None, about))))
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, head in zip(table.rows[0].cells, (_("Nr"), _("Text"), _("Codes")), strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    _repeat(table.rows[0])
    for passage in found.passages:
        _fill(table.add_row(), passage, _)
    _widen(table)
    return document


def set_up(document: Any, title: str, lying: bool = True) -> None:
    """Paper (A4), margins, typeface and properties of a new document."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if lying:
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10.5)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Narratief", safe(title)[:250], ""
    # Fixed, so that the same project gives the same bytes.
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _repeat(row: Any) -> None:
    """The row comes back on top of every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _fill(row: Any, passage: Passage, _: Translator) -> None:
    number, words, margin = row.cells
    number.paragraphs[0].add_run("" if passage.nr is None else str(passage.nr)).bold = True
    for run in passage.runs:
        words.paragraphs[0].add_run(safe(run.text)).italic = run.interviewer or None
    lines = [(f"{facet.label}: ", "; ".join(facet.codes)) for facet in passage.codes]
    lines += [("", _("{facet}: niet genoemd", facet=label)) for label in passage.absent]
    lines += [("", memo) for memo in passage.memos] + [("", _("Geen narratief"))] * passage.excluded
    for n, (head, text) in enumerate(lines):
        paragraph = margin.paragraphs[0] if n == 0 else margin.add_paragraph()
        paragraph.add_run(safe(head)).bold = True
        paragraph.add_run(safe(text))


def _widen(table: Any) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, WIDTHS, strict=True):
            cell.width = Cm(width)


def safe(text: str) -> str:
    """Text without what XML cannot hold."""
    return clean(text, Losses(), "")
