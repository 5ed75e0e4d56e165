"""A CMO form that was filled in with Word or LibreOffice, read back: who wrote what (by role), and in which phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from codebook.cmo_files import Finding, FoundLine
from codebook.cmo_sheets import PLACES, Place, place_name
from codebook.models import PHASES
from corpora.errors import ReadError
from corpora.messages import LANGUAGES, Message, Translator
from corpora.readers.archive import Archive
from exports.form_cmo import HELD, KERNELEMENT, PHASE_NAMES, ROLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SKIPPED = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "tcPr", "instrText", "delText")}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}

Cell = list[str]
"""The paragraphs of a cell that hold anything."""


def read_form(path: Path) -> list[Finding]:
    """What was filled in, a finding per form in the document. ReadError when the file is damaged, hostile, or no CMO
    form, or when it holds something that has no place."""
    with Archive(path) as archive:
        if archive.document_format() != "docx":
            raise ReadError("{file} is no Word document. Save the form as .docx and give that.", file=path.name)
        name = "word/document.xml"
        root = archive.parse(archive.read(name).replace(_STRICT, _TRANSITIONAL), name)
    tables = [rows for rows in map(_table, root.iter(W + "tbl")) if rows and _is(rows[0], KERNELEMENT)]
    if not tables:
        raise ReadError("{file} holds no CMO form. Make one with «narratief form cmo FILE.docx».", file=path.name)
    found = [_finding(path.name, rows) for rows in tables]
    filled = [one for one in found if one.lines]
    if not filled:
        raise ReadError("Nothing was filled in on the form in {file}.", file=path.name)
    return _told_apart(filled)


def _table(table: etree._Element) -> list[list[Cell]]:
    return [[_cell(cell) for cell in _inner(row, W + "tc")] for row in _inner(table, W + "tr")
            if row.find(f"{W}trPr/{W}del") is None]


def _inner(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with a tag, also inside content controls and tracked changes; those of tables inside are left alone."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _inner(child, tag)


def _cell(cell: etree._Element) -> Cell:
    texts = ["".join(_words(paragraph)).strip() for paragraph in cell.iter(W + "p")]
    return [text for text in texts if text]


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SKIPPED and child.tag != W + "p":
            yield from _words(child)


def _is(row: Sequence[Cell], label: Message) -> bool:
    return bool(row) and bool(row[0]) and _same(row[0][0]) in {_same(Translator(n)(label)) for n in LANGUAGES}


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def _labels() -> dict[str, Place]:
    return {_same(Translator(language)(place_name(place))): place for place in PLACES for language in LANGUAGES}


def _finding(file: str, rows: Sequence[Sequence[Cell]]) -> Finding:
    name = " ".join(" ".join(rows[0][1]).split()) if len(rows[0]) > 1 else ""
    if not name:
        raise ReadError("A form in {file} does not say of which kernelement it is. Write its name in the first row.",
                        file=file)
    held = next((" ".join(row[1]) for row in rows if _is(row, HELD) and len(row) > 1), "")
    phases = _phases(rows)
    roles = next((_columns(row) for row in rows if _is(row, ROLE)), {})
    by_phase = {phases[at]: "; ".join(texts) for at, texts in roles.items() if at in phases}
    lines = tuple(_lines(file, rows, phases, by_phase))
    reached = [phase for phase in PHASES if any(line.phase == phase for line in lines)]
    return Finding(name, lines, source=file, held=held, phase=reached[-1] if reached else PHASES[0], is_form=True,
                   participant=next((by_phase[p] for p in PHASES if by_phase.get(p)), ""))


def _columns(row: Sequence[Cell]) -> dict[int, Cell]:
    return {at: cell for at, cell in enumerate(row) if at and cell}


def _phases(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Column → phase, by the heads; in order when somebody took those away."""
    heads = {_same(Translator(n)(label)): phase for phase, label in PHASE_NAMES.items() for n in LANGUAGES}
    for row in rows:
        found = {at: heads[_same(cell[0])] for at, cell in _columns(row).items() if _same(cell[0]) in heads}
        if found:
            return found
    return dict(enumerate(PHASES, 1))


def _lines(file: str, rows: Sequence[Sequence[Cell]], phases: dict[int, str],
           roles: dict[str, str]) -> Iterator[FoundLine]:
    labels = _labels()
    for row in rows[1:]:
        label = _same(row[0][0]) if row and row[0] else ""
        if _is(row, HELD) or _is(row, ROLE) or not _columns(row) or (not label and _is_head(row, phases)):
            continue
        for at, texts in _columns(row).items():
            if label not in labels or at not in phases:
                raise ReadError("{file}: «{text}» stands in a place that the form does not have. Put it in one of its "
                                "fields.", file=file, text=texts[0][:80])
            yield from (FoundLine(labels[label], text, roles.get(phases[at], ""), phases[at]) for text in texts)


def _is_head(row: Sequence[Cell], phases: dict[int, str]) -> bool:
    heads = {_same(Translator(n)(label)) for label in PHASE_NAMES.values() for n in LANGUAGES}
    return all(_same(cell[0]) in heads for cell in _columns(row).values())


def _told_apart(found: Sequence[Finding]) -> list[Finding]:
    """Forms of several participants about one kernelement, in one document, are not the same form."""
    seen: Counter[tuple[str, str, str]] = Counter()
    told = []
    for one in found:
        key = (one.kernelement.casefold(), one.held, one.participant)
        seen[key] += 1
        told.append(one if seen[key] == 1 else replace(one, participant=f"{one.participant} ({seen[key]})".strip()))
    return told
