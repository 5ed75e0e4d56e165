"""A `Paper` as a PDF, set in the shipped typefaces; the same contents give the same bytes."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from corpora.messages import Translator
from exports.faces import SANS, SANS_BOLD, SANS_STRONG, TEXT, TEXT_ITALIC, register
from exports.figures import ACCENT, INK, LINE, PALE, QUIET
from exports.files import written
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

CENTIMETRE = 72 / 2.54
UNCODED = ("report_text", "deelvraag", "kernelement")
"""Tables whose rows have no code in the text."""


def write(paper: Paper, path: Path, translator: Translator) -> None:
    """Write a paper as a PDF, whole or not at all."""
    made = _Writer(paper, translator).made()
    with written(path) as draft:
        draft.write_bytes(made)


def page_count(paper: Paper, translator: Translator) -> int:
    """How many pages a paper takes."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(_Writer(paper, translator).made()))


class _Writer:
    def __init__(self, paper: Paper, translator: Translator) -> None:
        register()
        self._paper, self.translate = paper, translator
        self._styles = _styles(small=not paper.title_page)
        self._side = 2.5 if paper.title_page else 2.1

    def made(self) -> bytes:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        buffer, paper = BytesIO(), self._paper
        side, foot = self._side * CENTIMETRE, (2.2 if paper.title_page else 1.6) * CENTIMETRE
        document = BaseDocTemplate(
            buffer, pagesize=(21 * CENTIMETRE, 29.7 * CENTIMETRE), invariant=1, title=paper.title, author="Narratief",
            subject=paper.subtitle, lang="nl-NL" if paper.language == "nl" else "en-GB", pageCompression=1)
        frame = Frame(side, foot, document.pagesize[0] - 2 * side, document.pagesize[1] - 2 * foot, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=partial(_page, paper)))
        document.afterFlowable = partial(_note_heading, document)
        flows = [self._flow(part, number) for part, number in numbered(filled(paper.parts))]
        document.multiBuild(self._beginning() + [one for some in flows for one in some])
        return buffer.getvalue()

    def _beginning(self) -> list[Any]:
        from reportlab.platypus import Spacer

        paper = self._paper
        found: list[Any] = [Spacer(1, 7 * CENTIMETRE)] if paper.title_page else []
        found += [self._words("title", paper.title)]
        found += [self._words("subtitle", paper.subtitle)] if paper.subtitle else []
        return found + [self._words("cover", fact) for fact in paper.facts]

    def _words(self, style: str, text: str) -> Any:
        from reportlab.platypus import Paragraph as Flow

        return Flow(escape(text).replace("\n", "<br/>"), self._styles[style])

    def _marked(self, style: str, markup: str) -> Any:
        from reportlab.platypus import Paragraph as Flow

        return Flow(markup, self._styles[style])

    def _flow(self, part: Part, number: str) -> list[Any]:
        match part:
            case Heading():
                return self._heading(part, number)
            case Paragraph():
                return [self._body(part)]
            case Quotation():
                return [self._quotation(part)]
            case Table():
                return self._table(part, number)
            case Figure():
                return self._figure(part, number)
            case Own():
                return [self._words("body", line) for line in part.body.splitlines() if line.strip()]
            case Room():
                return self._room(part)
            case Contents():
                return self._contents(part)
            case PageBreak():
                return _new_page()

    def _heading(self, part: Heading, number: str) -> list[Any]:
        from reportlab.platypus import CondPageBreak

        level = min(part.level, 4)
        text = escape(part.text)
        if number:
            text = f'<font color="{QUIET}">{number}</font>&nbsp;&nbsp;&nbsp;{text}'
        made = self._marked(f"h{level}", text)
        if level <= 2 and not part.bare and not (part.appendix and level > 1):
            made.entry = (level - 1, f"{number}&nbsp;&nbsp;&nbsp;{escape(part.text)}", part.key or part.text)
        begins = level == 1 and self._paper.title_page
        return [*(_new_page() if begins else [CondPageBreak(2.6 * CENTIMETRE)]), made]

    def _body(self, part: Paragraph) -> Any:
        markup = "".join(_look(run.text, run.bold or part.style == "lead", run.italic) for run in part.runs)
        if part.style == "bullet":
            from reportlab.platypus import Paragraph as Flow

            return Flow(markup, self._styles["bullet"], bulletText="•")
        style = {"quiet": "quiet", "small": "small"}.get(part.style, "body")
        return self._marked(style, markup + self._reference(part.source))

    def _quotation(self, part: Quotation) -> Any:
        words = [self._words("quote", f"“{part.text}”"),
                 self._marked("role", escape(f"({part.role})") + self._reference(part.source))]
        return _boxed(words, self._width)

    def _reference(self, source: Source | None) -> str:
        """The code of what a paragraph of a report rests on; deelvragen and own words need none."""
        if source is None or not self._paper.title_page or source.about in UNCODED:
            return ""
        return f' <font name="{SANS}" size="6.5" color="{QUIET}">[{source.code}]</font>'

    @property
    def _width(self) -> float:
        return (21 - 2 * self._side) * CENTIMETRE

    def _table(self, part: Table, number: str) -> list[Any]:
        from reportlab.platypus import CondPageBreak, LongTable, Spacer

        widths = [self._width * share / sum(part.widths) for share in part.widths]
        rows = [[self._words("headright" if n in part.numeric else "head", text) for n, text in enumerate(part.heads)]]
        for at, row in enumerate(part.rows):
            source = part.sources[at] if part.sources and not part.anchors else None
            rows.append([self._marked("cellright" if n in part.numeric else "cell", escape(text).replace(
                "\n", "<br/>") + (self._reference(source) if n == 0 else "")) for n, text in enumerate(row)])
        made = LongTable(rows, colWidths=widths, repeatRows=1, style=_lines(), hAlign="LEFT")
        caption = f"{self.translate('Table')} {number}. {part.caption}"
        return [CondPageBreak(3 * CENTIMETRE), *([self._words("caption", caption)] if part.caption else []), made,
                Spacer(1, 9)]

    def _figure(self, part: Figure, number: str) -> list[Any]:
        from reportlab.platypus import KeepTogether, Spacer

        caption = self._words("caption", f"{self.translate('Figure')} {number}. {part.caption}")
        return [KeepTogether([Spacer(1, 4), part.drawing, caption])]

    def _room(self, part: Room) -> list[Any]:
        from reportlab.platypus import HRFlowable, KeepTogether, Spacer

        # Spaces, as the room that a rule asks for itself is folded into that of its neighbours.
        rules = [one for _ in range(part.lines) for one in (
            Spacer(1, 17), HRFlowable(width="100%", thickness=0.5, color="#8a8493", spaceBefore=0, spaceAfter=0))]
        return [KeepTogether([self._words("body", part.text), *rules]), Spacer(1, 10)]

    def _contents(self, part: Contents) -> list[Any]:
        from reportlab.platypus.tableofcontents import TableOfContents

        made = TableOfContents(dotsMinLevel=9, levelStyles=[self._styles["toc1"], self._styles["toc2"]])
        return [*_new_page(), self._words("h1", part.title), made]


def filled(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts without places that nobody wrote in, and without headings that have nothing below them then: a PDF is
    there to be read, not to be filled in."""
    found: list[Part] = []
    for part in reversed(parts):
        if isinstance(part, Own) and not part.body.strip():
            continue
        if isinstance(part, Heading) and (not found or _stands_above(found[-1], part)):
            continue
        found.append(part)
    return tuple(reversed(found))


def _stands_above(part: Part, heading: Heading) -> bool:
    """Whether a part ends the section of a heading."""
    return isinstance(part, Contents) or (isinstance(part, Heading) and part.level <= heading.level)


def _new_page() -> list[Any]:
    from reportlab.platypus import PageBreak as Flow

    return [Flow()]


def _look(text: str, bold: bool, italic: bool) -> str:
    found = escape(text).replace("\n", "<br/>")
    found = f"<i>{found}</i>" if italic else found
    return f"<b>{found}</b>" if bold else found


def _boxed(words: list[Any], width: float) -> Any:
    from reportlab.platypus import Table as Flow

    return Flow([[words]], colWidths=[width - 20], hAlign="CENTER", spaceBefore=3, spaceAfter=7, style=[
        ("BACKGROUND", (0, 0), (-1, -1), PALE), ("LINEBEFORE", (0, 0), (0, -1), 2.5, ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), 12), ("RIGHTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 6), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)])


def _lines() -> list[tuple[Any, ...]]:
    return [("LINEBELOW", (0, 0), (-1, 0), 1.2, ACCENT), ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5), ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]


def _page(paper: Paper, canvas: Any, document: Any) -> None:
    """Head and foot of a page; a title page has none."""
    from reportlab.lib.colors import HexColor

    if paper.title_page and document.page == 1:
        return
    canvas.setFont(SANS, 8)
    canvas.setFillColor(HexColor(QUIET))
    wide, high = document.pagesize
    canvas.drawCentredString(wide / 2, 0.9 * CENTIMETRE, str(document.page))
    if paper.title_page:
        canvas.drawRightString(wide - 2.5 * CENTIMETRE, high - 1.3 * CENTIMETRE, paper.title)


def _note_heading(document: Any, flowable: Any) -> None:
    """Tell the contents, and the outline beside the pages, of a heading."""
    entry = getattr(flowable, "entry", None)
    if entry is not None:
        level, text, key = entry
        document.canv.bookmarkPage(key)
        document.canv.addOutlineEntry(text.replace("&nbsp;", " ").replace("&amp;", "&"), key, level, closed=level > 0)
        document.notify("TOCEntry", (level, text, document.page, key))


def _styles(*, small: bool) -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    size = 9.2 if small else 10.2

    def style(name: str, font: str, points: float, *, colour: str = INK, before: float = 0, after: float = 0,
              **more: Any) -> tuple[str, Any]:
        lead = more.pop("leading", points * 1.42)
        return name, ParagraphStyle(name, fontName=font, fontSize=points, leading=lead, textColor=colour,
                                    spaceBefore=before, spaceAfter=after, **more)

    heads = (14, 11, 10, 9.6) if small else (19, 13.5, 11.2, 10.4)
    quote = size - 0.2
    return dict([
        style("title", SANS_BOLD, 19 if small else 28, colour=ACCENT, after=5, leading=24 if small else 34),
        style("subtitle", SANS, 11 if small else 14, colour=QUIET, after=10),
        style("cover", SANS, 9.5, colour=QUIET, after=1),
        style("h1", SANS_BOLD, heads[0], colour=ACCENT, before=8 if small else 0, after=8, keepWithNext=1,
              leading=heads[0] * 1.2),
        style("h2", SANS_BOLD, heads[1], colour=ACCENT, before=9 if small else 13, after=4, keepWithNext=1,
              leading=heads[1] * 1.25),
        style("h3", SANS_STRONG, heads[2], before=10, after=3, keepWithNext=1, leading=heads[2] * 1.25),
        style("h4", SANS_STRONG, heads[3], before=8, after=2, keepWithNext=1, leading=heads[3] * 1.25),
        style("body", TEXT, size, after=5), style("bullet", TEXT, size, after=3, leftIndent=13, bulletIndent=2),
        style("quiet", TEXT_ITALIC, size, colour=QUIET, after=5),
        style("small", SANS, 7.8, colour=QUIET, after=7, leading=11),
        style("quote", TEXT_ITALIC, quote), style("role", SANS, 7.8, colour=QUIET, leading=12),
        style("caption", SANS_STRONG, 8.2, colour=QUIET, before=6, after=4),
        style("head", SANS_STRONG, 8, colour=ACCENT, leading=10.5),
        style("headright", SANS_STRONG, 8, colour=ACCENT, leading=10.5, alignment=2),
        style("cell", SANS, 8, leading=11), style("cellright", SANS, 8, leading=11, alignment=2),
        style("toc1", SANS_STRONG, 9.8, before=6, leading=13), style("toc2", SANS, 9.2, leftIndent=16, leading=13)])
