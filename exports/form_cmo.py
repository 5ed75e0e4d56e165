"""The CMO form of the focus group as a Word document: a page per kernelement, to print or to fill in.

The table says by the words of its first column what stands in a row, so that it can be read back (`form_cmo_reading`)
from whatever program saved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from codebook import kernelementen
from codebook.cmo_sheets import PLACES, Place, place_name
from codebook.models import PHASES
from corpora.messages import Message, Translator, message
from exports.forms import PAPERS, Wanted
from exports.word import safe, save, set_up

KERNELEMENT = message("Kernelement")
HELD = message("Session (date and place)")
ROLE = message("Role of the writer")
PHASE_NAMES: dict[str, Message] = {
    "alleen": message("1 · Alone"), "samen": message("2 · With a second"), "plenair": message("3 · With all")}
"""What stands above the columns."""

HINTS: dict[Place, Message] = {
    ("mechanisme_interventie", ""): message("What do we do, and what does that set going?"),
    ("waarom_werkt", ""): message("What makes people act otherwise because of it?"),
    ("context_intern", ""): message("What in the team helps or hinders it?"),
    ("context_extern", ""): message("What around the team helps or hinders it?"),
    ("outcome", "klant"): message("What comes of it, wanted or not?"),
    ("verbeterpunten", ""): message("What should change in the sequel?")}

STEPS = (
    message("Fill in column 1 by yourself: every thought a line of its own. Short and concrete is best."),
    message("Talk it over with a second participant, and write in column 2 what that adds or changes."),
    message("Speak about it with the whole group, and write in column 3 what is added there."),
    message("Write the role above a column and never a name: it is the role that counts."),
    message("An empty field says something too. Leave open what you do not know."))
ACCENT, PALE = "6D3A7C", "F3ECF5"
BORDER = 1.5
"""Centimetres of white around the page."""


def write_form(wanted: Wanted, translate: Translator) -> None:
    """Write the form for the wanted kernelementen."""
    save(_document(wanted, translate), wanted.path)


def _document(wanted: Wanted, _: Translator) -> Any:
    from docx import Document

    document: Any = Document()
    set_up(document, _("CMO form"))
    width, height = _paper(document, wanted.paper)
    _colour_headings(document)
    for n, name in enumerate(wanted.subjects or kernelementen.SHIPPED):
        head = document.add_heading(safe(name), 1)
        head.paragraph_format.page_break_before = n > 0
        _explain(document, _)
        _table(document, name, _, width, height - 6.6)
    return document


def _explain(document: Any, _: Translator) -> None:
    """How it is filled in, in small: every page goes to other hands."""
    from docx.shared import Pt

    made = document.add_paragraph()
    made.add_run(f"{_('CMO form')} · {_('What works, for whom, and why?')} ").bold = True
    made.add_run(" ".join(f"({n}) {_(step)}" for n, step in enumerate(STEPS, 1)))
    for run in made.runs:
        run.font.size = Pt(8.5)
    made.paragraph_format.space_after = Pt(4)


def _paper(document: Any, paper: str) -> tuple[float, float]:
    """Lay the paper down; returns width and height of what can be written on, in centimetres."""
    from docx.shared import Cm

    height, width = PAPERS[paper]
    page = document.sections[0]
    page.page_width, page.page_height = Cm(width), Cm(height)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(BORDER)
    return width - 2 * BORDER, height - 2 * BORDER


def _colour_headings(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    document.styles["Heading 1"].font.color.rgb = RGBColor.from_string(ACCENT)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)


def _table(document: Any, name: str, _: Translator, width: float, height: float) -> None:
    table = document.add_table(rows=0, cols=1 + len(PHASES), style="Table Grid")
    for label, hint, texts, tall in _rows(name, _):
        row = table.add_row()
        _label(row.cells[0], label, hint)
        if len(texts) == 1:
            row.cells[1].merge(row.cells[len(PHASES)])
        for at, text in enumerate(texts, 1):
            _write(row.cells[at], text, bold=label == "")
        if tall:
            _at_least(row, height / (len(PLACES) + 0.4))
    _pad(table)
    _widen(table, [width * 0.22] + [width * 0.26] * len(PHASES))


def _rows(name: str, _: Translator) -> Iterator[tuple[str, str, Sequence[str], bool]]:
    """Label, hint, cells, and whether it is a row to write in."""
    yield _(KERNELEMENT), "", [name], False
    yield _(HELD), "", [""], False
    yield "", "", [_(PHASE_NAMES[phase]) for phase in PHASES], False
    yield _(ROLE), "", [""] * len(PHASES), False
    for place in PLACES:
        hint = HINTS.get(place)
        yield _(place_name(place)), _(hint) if hint else "", [""] * len(PHASES), True


def _label(cell: Any, label: str, hint: str) -> None:
    from docx.shared import Pt

    _write(cell, label, bold=True)
    _shade(cell, PALE)
    if hint:
        run = cell.add_paragraph().add_run(hint)
        run.font.size, run.italic = Pt(8.5), True
        _tight(cell.paragraphs[-1])


def _write(cell: Any, text: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(safe(text))
    run.bold = bold or None
    _tight(cell.paragraphs[0])


def _tight(paragraph: Any) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _pad(table: Any) -> None:
    """Some air in every cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 45), ("left", 90), ("bottom", 45), ("right", 90)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    # The schema wants the margins before what the table looks like.
    looks = table._tbl.tblPr.find(qn("w:tblLook"))
    looks.addprevious(margins) if looks is not None else table._tbl.tblPr.append(margins)


def _at_least(row: Any, height: float) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST


def _widen(table: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        cells = row._tr.tc_lst
        spans = widths if len(cells) == len(widths) else [widths[0], sum(widths[1:])]
        for cell, width in zip(cells, spans, strict=True):
            cell.width = Cm(width)
