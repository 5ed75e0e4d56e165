"""A reading list: any narratieven, one below the other with their codes, for Word, for a browser, for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from codebook.query.index import ANY
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.messages import Translator
from exports import word
from exports.files import written
from exports.sheets_codes import codings_named
from exports.transcript_values import Passage, coded_transcript

ENDINGS = (".docx", ".html")

# Only what Qt's rich text knows too, as the same page is printed from the window.
STYLE = """
body { font-family: Literata, Georgia, 'Times New Roman', serif; font-size: 11pt; line-height: 130%; color: #22252b;
  background: #ffffff; max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 18pt; margin-top: 0; margin-bottom: 2px; }
h2 { font-size: 11pt; font-family: Inter, sans-serif; margin-top: 22px; margin-bottom: 2px; }
p { margin-top: 0; margin-bottom: 6px; } .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.about, .codes, .memo { color: #4d525a; font-family: Inter, sans-serif; font-size: 9pt; }
.memo { white-space: pre-wrap; font-style: italic; } .interviewer { color: #5b6068; font-style: italic; }
"""


@dataclass(frozen=True)
class ReadingItem:
    """A narratief with its place and what stands beside it."""

    document: str
    group: str
    passage: Passage

    @property
    def heading(self) -> str:
        """Document, nr and group."""
        return " · ".join(part for part in (self.document, str(self.passage.nr), self.group) if part)


@dataclass(frozen=True)
class ReadingList:
    """Narratieven in the order in which they are read. `title` says what was asked, `codings` whose codes are shown,
    `day` when the list was made."""

    title: str
    codings: str
    day: date
    items: tuple[ReadingItem, ...]

    @property
    def documents(self) -> int:
        """How many documents they come from."""
        return len({item.document for item in self.items})


def reading_list(reading: Reading, ids: Sequence[int], title: str, *, codings: str = ANY,
                 day: date | None = None) -> ReadingList:
    """Narratieven with words, codes, *niet genoemd* and memos, in the order of `ids`."""
    places = reading.places(ids)
    read = {name: coded_transcript(reading, name, codings) for name in dict.fromkeys(p.document for p in places)}
    passages = {(name, passage.nr): passage for name, found in read.items() for passage in found.passages}
    items = tuple(ReadingItem(p.document, read[p.document].group, passages[p.document, p.nr]) for p in places)
    return ReadingList(title, codings, day or date.today(), items)


def write_reading_list(found: ReadingList, path: Path, translator: Translator) -> None:
    """Write to `.docx` or `.html`."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("A reading list can be written to .docx or .html: {file} is neither.", file=path.name)
    if ending == ".docx":
        word.save(_document(found, translator), path)
        return
    with written(path) as draft:
        draft.write_text(page(found, translator), encoding="utf-8", errors="replace", newline="\n")


def about(found: ReadingList, _: Translator) -> str:
    """How many narratieven, of how many documents, whose codes, and the day."""
    return _("n = {n} narratieven, documents: {documents} · codings: {codings} · {day}", n=len(found.items),
             documents=found.documents, codings=codings_named(_, found.codings), day=f"{found.day:%d-%m-%Y}")


def page(found: ReadingList, translator: Translator) -> str:
    """The list as one page for a browser or for printing."""
    return "\n".join(_page(found, translator))


def _page(found: ReadingList, _: Translator) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(_.language)}">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{_safe(found.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<h1>{_safe(found.title)}</h1>\n<p class="about">{_safe(about(found, _))}</p>'
    for item in found.items:
        yield f"<h2>{_safe(item.heading)}</h2>"
        yield from (f'<p class="codes">{_safe(line)}</p>' for line in [codes_line(item.passage, _)] if line)
        yield f'<p class="text">{_words(item.passage)}</p>'
        yield from (f'<p class="memo">{_safe(memo)}</p>' for memo in item.passage.memos)
    yield "</body>\n</html>\n"


def codes_line(passage: Passage, _: Translator) -> str:
    """The codes of a narratief on one line, by facet."""
    given = [f"{facet.label}: {'; '.join(facet.codes)}" for facet in passage.codes]
    return " · ".join([*given, *(_("{facet}: niet genoemd", facet=label) for label in passage.absent)])


def _words(passage: Passage) -> str:
    return "".join(f'<span class="interviewer">{_safe(run.text)}</span>' if run.interviewer else _safe(run.text)
                   for run in passage.runs)


def _safe(text: str) -> str:
    return escape(text).replace("\x00", "\ufffd")


# Word


def _document(found: ReadingList, _: Translator) -> Any:
    from docx import Document
    from docx.shared import Cm

    document = Document()
    word.set_up(document, found.title, lying=False)
    for side in ("left_margin", "right_margin"):
        setattr(document.sections[0], side, Cm(2.5))
    document.add_heading(word.safe(found.title), 1)
    _quiet(document.add_paragraph(), about(found, _))
    for item in found.items:
        _add(document, item, _)
    _number_pages(document.sections[0].footer.paragraphs[0])
    return document


def _add(document: Any, item: ReadingItem, _: Translator) -> None:
    document.add_heading(word.safe(item.heading), 2)
    codes = codes_line(item.passage, _)
    if codes:
        margin = document.add_paragraph()
        margin.paragraph_format.keep_with_next = True
        _quiet(margin, codes)
    words = document.add_paragraph()
    for run in item.passage.runs:
        words.add_run(word.safe(run.text)).italic = run.interviewer or None
    for memo in item.passage.memos:
        _quiet(document.add_paragraph(), memo).italic = True


def _quiet(paragraph: Any, text: str) -> Any:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(word.safe(text))
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x4D, 0x52, 0x5A)
    return run


def _number_pages(paragraph: Any) -> None:
    """A page number in the footer, counted by Word itself."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for code in ("PAGE", " / ", "NUMPAGES"):
        if code == " / ":
            paragraph.add_run(code)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)
