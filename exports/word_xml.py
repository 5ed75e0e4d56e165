"""What python-docx has no word for: fields, bookmarks, links, content controls, numbering, custom properties.

Elements are written in the order that the schema of WordprocessingML asks, so that Word opens without repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = f'xmlns:w="{W}"'
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
INDENTS = (567, 680, 794)
"""Room for the number of a heading, per level, in twentieths of a point."""
FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass
class Numbers:
    """Numbers that must be unique in a document: of bookmarks and content controls."""

    marks: int = 0
    controls: int = 100
    names: set[str] = field(default_factory=set)

    def mark(self) -> int:
        """The next bookmark's number."""
        self.marks += 1
        return self.marks

    def control(self) -> int:
        """The next content control's number."""
        self.controls += 1
        return self.controls


def element(xml: str) -> Any:
    """An element from its text; the prefix `w` is known."""
    from docx.oxml import parse_xml

    head, _, rest = xml.partition(">")
    closing = head.endswith("/")
    return parse_xml(f"{head.rstrip('/')} {_SPACE}{'/' if closing else ''}>{rest}")


def run(text: str, style: str = "", properties: str = "") -> Any:
    """A run of text; line breaks become breaks."""
    styled = f'<w:rStyle w:val={quoteattr(style)}/>' if style else ""
    look = f"<w:rPr>{styled}{properties}</w:rPr>" if styled or properties else ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return element(f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>")


def field_of(code: str, shown: str, style: str = "") -> list[Any]:
    """A field (`PAGE`, `SEQ Tabel`) with what it shows until Word counts anew."""
    look = f'<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>' if style else ""
    return [element(f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'),
            element(f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'),
            element(f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'),
            run(shown, style), element(f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>')]


def bookmark(paragraph: Any, name: str, numbers: Numbers) -> None:
    """Make all of a paragraph a place to jump to; a name that is taken is left out."""
    bookmark_of(paragraph._p, name, numbers)


def bookmark_of(paragraph: Any, name: str, numbers: Numbers) -> None:
    """The same for the element of a paragraph (`w:p`)."""
    if name in numbers.names:
        return
    numbers.names.add(name)
    number = numbers.mark()
    start = element(f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>')
    properties = paragraph.pPr
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(element(f'<w:bookmarkEnd w:id="{number}"/>'))


def link(text: str, anchor: str, style: str = "") -> Any:
    """A link to a bookmark."""
    found = element(f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1"></w:hyperlink>')
    found.append(run(text, style))
    return found


def control(tag: str, title: str, paragraphs: Iterable[Any], numbers: Numbers, *, empty: bool) -> Any:
    """A content control around whole paragraphs (their `w:p`), in which a user of Word can type."""
    holder = "<w:showingPlcHdr/>" if empty else ""
    found = element(
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(tag)}/>'
        f'<w:id w:val="{numbers.control()}"/>{holder}</w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>')
    for paragraph in paragraphs:
        found[-1].append(paragraph)
    return found


def number_headings(document: Any, abstract: str, levels: Iterable[tuple[str, str, str]]) -> int:
    """Bind paragraph styles to a list of several levels: (style id, number format, text) per level. Returns the list's
    number."""
    numbering = document.part.numbering_part.element
    wanted = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{INDENTS[n]}"/></w:tabs>'
        f'<w:ind w:left="{INDENTS[n]}" w:hanging="{INDENTS[n]}"/></w:pPr></w:lvl>'
        for n, (style, form, text) in enumerate(levels))
    lists = numbering.findall(f"{{{W}}}abstractNum")
    number = max((int(one.get(f"{{{W}}}abstractNumId")) for one in lists), default=-1) + 1
    made = element(f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{abstract}"/>'
                   f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{abstract}"/>{wanted}</w:abstractNum>')
    if lists:
        lists[-1].addnext(made)
    else:
        numbering.insert(0, made)
    known = [int(one.get(f"{{{W}}}numId")) for one in numbering.findall(f"{{{W}}}num")]
    found = max(known, default=0) + 1
    numbering.append(element(f'<w:num w:numId="{found}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return found


def set_properties(document: Any, values: Mapping[str, str]) -> None:
    """Custom properties of a document, by which a later session knows what it wrote."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    rows = "".join(f'<property fmtid="{FMTID}" pid="{n}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}'
                   f"</vt:lpwstr></property>" for n, (name, value) in enumerate(values.items(), 2))
    blob = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{PROPERTIES}" '
            f'xmlns:vt="{VALUES}">{rows}</Properties>').encode()
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), PROPERTIES_TYPE, blob, package)
    package.relate_to(part, PROPERTIES_RELATION)
