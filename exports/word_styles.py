"""The styles of a report in Word: built-in ones where Word has them (headings, captions, contents), so that a
researcher's own template and Word's tools work with them."""

from __future__ import annotations

from typing import Any

from exports.word_xml import element, number_headings

FACE, INK, ACCENT, QUIET, LINE, PALE = "Arial", "2A2730", "5A2E68", "625C6B", "D9D4DE", "F7F3F8"
QUOTE, ROLE, REFERENCE, APPENDIX, PROMPT, GROUNDS, COVER, CELL, REPLY, TABLE = (
    "Citaatkader", "Citaatrol", "Bronverwijzing", "Bijlagekop", "Invulplek", "Grondslag", "Titelgegevens",
    "Tabeltekst", "Schrijfregel", "Tabel Narratief")
"""Own styles, by the name that a user of Word sees. The face is one that every system has, or one as wide: so pages
break alike in Word and LibreOffice."""
IDS = {name: name.replace(" ", "") for name in (
    QUOTE, ROLE, REFERENCE, APPENDIX, PROMPT, GROUNDS, COVER, CELL, REPLY, TABLE)}


AFTER_NUMBER = ("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind",
                "contextualSpacing", "jc", "outlineLvl")
"""What stands behind the numbering among the properties of a paragraph, in the order of the schema."""


def set_up(document: Any, language: str, *, small: bool = False) -> None:
    """Typefaces, sizes, colours, spaces and numbering of a document's styles. `small` is for a factsheet."""
    _language(document, "nl-NL" if language == "nl" else "en-GB")
    _modern(document)
    _body(document, 9.5 if small else 10)
    _headings(document, small)
    _captions(document)
    _own(document, small)
    _table(document)
    if not small:
        _numbered(document)


def _language(document: Any, tag: str) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element(f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/>'))


def _modern(document: Any) -> None:
    """The layout of today's Word, not that of 2010 with «compatibility mode» in its title."""
    from docx.oxml.ns import qn

    for one in document.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")


def _face(style: Any, size: float, *, bold: bool | None = None, italic: bool | None = None, colour: str = INK) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)  # those of the theme would win
    style.font.name, style.font.size, style.font.bold, style.font.italic = FACE, Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)


def _space(style: Any, before: float, after: float, *, line: float = 1.15, keep: bool = False) -> None:
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.keep_with_next = Pt(before), Pt(after), line, keep
    form.widow_control = True


def _body(document: Any, size: float) -> None:
    normal = document.styles["Normal"]
    _face(normal, size)
    _space(normal, 0, 7)
    bullet = document.styles["List Bullet"]
    _face(bullet, size)
    _space(bullet, 0, 4)
    for name in ("Header", "Footer"):
        _face(document.styles[name], 8.5, colour=QUIET)
    title, subtitle = document.styles["Title"], document.styles["Subtitle"]
    _face(title, 20 if size < 10 else 28, bold=True, colour=ACCENT)
    _space(title, 0, 6, line=1.0)
    _unframe(title)
    _face(subtitle, 11 if size < 10 else 14, colour=QUIET, italic=False)
    _space(subtitle, 0, 14)


def _unframe(style: Any) -> None:
    from docx.oxml.ns import qn

    for mark in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(mark)


def _headings(document: Any, small: bool) -> None:
    sizes = (14, 11.5, 10.5, 10) if small else (19, 14, 11.5, 10.5)
    for level, size in enumerate(sizes, 1):
        style = document.styles[f"Heading {level}"]
        _face(style, size, bold=True, italic=False, colour=ACCENT if level < 3 else INK)
        _space(style, (0 if small else 6, 18, 14, 12)[level - 1] if not small else 12, (10, 6, 4, 3)[level - 1],
               line=1.05, keep=True)
    contents = document.styles["TOC Heading"]
    _face(contents, sizes[0], bold=True, colour=ACCENT)
    _space(contents, 0, 10, line=1.0)
    _before(contents.element.get_or_add_pPr(), element('<w:numPr><w:numId w:val="0"/></w:numPr>'), AFTER_NUMBER)


def _captions(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    caption = document.styles["Caption"]
    _face(caption, 8.5, bold=True, colour=QUIET)
    _space(caption, 8, 4, line=1.0)
    for level in (1, 2, 3):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style, style.quick_style, style.hidden = document.styles["Normal"], False, False
        _face(style, 10 if level == 1 else 9.5, bold=level == 1, colour=INK if level < 3 else QUIET)
        _space(style, 7 if level == 1 else 0, 2, line=1.0)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))


def _own(document: Any, small: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles, size = document.styles, 9 if small else 9.5

    def add(name: str, base: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> Any:
        style = styles.add_style(name, kind)
        style.element.set(f"{{{style.element.nsmap['w']}}}styleId", IDS[name])
        if base:
            style.base_style = styles[base]
        return style

    quote = add(QUOTE, "Normal")
    _face(quote, size, italic=True)
    _space(quote, 0, 0)
    _frame(quote, after=60)
    role = add(ROLE, QUOTE)
    _face(role, size - 1, italic=False, colour=QUIET)
    _space(role, 0, 10)
    grounds = add(GROUNDS, "Normal")
    _face(grounds, 8.5, colour=QUIET)
    _space(grounds, 0, 8, line=1.05)
    prompt = add(PROMPT, "Normal")
    _face(prompt, size, italic=True, colour=QUIET)
    cover = add(COVER, "Normal")
    _face(cover, 10, colour=QUIET)
    _space(cover, 0, 2)
    cell = add(CELL, "Normal")
    _face(cell, 8.5)
    _space(cell, 0, 1, line=1.05)
    reply = add(REPLY, "Normal")
    _face(reply, size)
    _space(reply, 0, 0, line=1.5)
    _before(reply.element.get_or_add_pPr(), element(
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="8A8493"/>'
        '<w:between w:val="single" w:sz="4" w:space="1" w:color="8A8493"/></w:pBdr>'), AFTER_NUMBER[2:])
    reference = add(REFERENCE, "", WD_STYLE_TYPE.CHARACTER)
    _face(reference, 7, bold=False, italic=False, colour=QUIET)
    if not small:
        head = add(APPENDIX, "Heading 1")
        head.element.get_or_add_pPr().append(element('<w:outlineLvl w:val="0"/>'))
        head.next_paragraph_style = styles["Normal"]


def _frame(style: Any, after: int) -> None:
    """A line at the left and a pale ground: a quote box."""
    properties = style.element.get_or_add_pPr()
    border = element(f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{ACCENT}"/></w:pBdr>')
    shade = element(f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>')
    for one in (border, shade):
        _before(properties, one, ("spacing", "ind", "jc", "outlineLvl"))
    indent = element('<w:ind w:left="397" w:right="284"/>')
    _before(properties, indent, ("contextualSpacing", "mirrorIndents", "jc", "outlineLvl"))


def _before(properties: Any, one: Any, followers: tuple[str, ...]) -> None:
    from docx.oxml.ns import qn

    names = {qn(f"w:{name}") for name in followers}
    at = next((n for n, child in enumerate(properties) if child.tag in names), len(properties))
    properties.insert(at, one)


def _table(document: Any) -> None:
    """Lines between rows only, a heavier one under the heads."""
    def line(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    inner = "".join(line(side, 4, LINE) for side in ("top", "bottom", "insideH"))
    margins = ('<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
               '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>')
    document.styles.element.append(element(
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{IDS[TABLE]}"><w:name w:val="{TABLE}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f'<w:tblPr><w:tblBorders>{inner}</w:tblBorders>{margins}'
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/>'
        f'<w:color w:val="{ACCENT}"/></w:rPr><w:tcPr><w:tcBorders>{line("bottom", 12, ACCENT)}</w:tcBorders>'
        '</w:tcPr></w:tblStylePr></w:style>'))


def _numbered(document: Any) -> None:
    chapters = number_headings(document, "4E415252", [("Heading1", "decimal", "%1"), ("Heading2", "decimal", "%1.%2"),
                                                      ("Heading3", "decimal", "%1.%2.%3")])
    appendices = number_headings(document, "4249344A", [(IDS[APPENDIX], "upperLetter", "%1")])
    for level in (1, 2, 3):
        _bind(document.styles[f"Heading {level}"], chapters, level - 1)
    _bind(document.styles[APPENDIX], appendices, 0)


def _bind(style: Any, number: int, level: int) -> None:
    bound = element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    _before(style.element.get_or_add_pPr(), bound, AFTER_NUMBER)
