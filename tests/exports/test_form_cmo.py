"""The CMO form: made, filled in (with LibreOffice too) and read back equal."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from lxml import etree

from codebook import cmo_files, cmo_sheets, kernelementen
from codebook.cmo_files import Finding
from codebook.cmo_sheets import PLACES, Place, place_name
from corpora.errors import NarratiefError, NotFoundError, ReadError, UsageError
from corpora.messages import Translator, message
from corpora.store.project import Project
from exports import forms
from exports.form_cmo import HELD, ROLE
from exports.form_cmo_reading import read_form
from tests.codebook.places import dump, project_with_text

DUTCH = Translator("nl")
FILLED: dict[tuple[Place, int], list[str]] = {
    (("mechanisme_interventie", ""), 1): ["om de beurt praten", "= luisteren & <doorvragen>"],
    (("mechanisme_interventie", ""), 3): ["ook zwijgen"], (("outcome", "klant"), 1): ["wordt gehoord 😀"],
    (("outcome", "wijk"), 2): ["merkt er niets van, «nog niet»"], (("verbeterpunten", ""), 3): ["vaker doen", "korter"]}
ROLES = {1: "leercoach", 2: "facilitator", 3: "hele groep"}
PHASE = {1: "alleen", 2: "samen", 3: "plenair"}
soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this computer")


def form(folder: Path, *subjects: str, paper: str = "A4", language: str = "nl") -> Path:
    path = folder / "formulier.docx"
    forms.write("cmo", forms.Wanted(path, paper, subjects), Translator(language))
    return path


def expected() -> set[tuple[Place, str, str, str]]:
    return {(place, text, ROLES[at], PHASE[at]) for (place, at), texts in FILLED.items() for text in texts}


def said(found: Finding) -> set[tuple[Place, str, str, str]]:
    return {(line.place, line.text, line.author_role, line.phase) for line in found.lines}


def cells(table: Any, translate: Translator = DUTCH) -> dict[str, Any]:
    return {row.cells[0].paragraphs[0].text: row.cells for row in table.rows}


def fill(path: Path, nth: int = 0, translate: Translator = DUTCH, held: str = "12 mei, wijkhuis") -> Path:
    document = Document(str(path))
    rows = cells(document.tables[nth])
    rows[translate(HELD)][1].paragraphs[0].add_run(held)
    for at, role in ROLES.items():
        rows[translate(ROLE)][at].paragraphs[0].add_run(role)
    for (place, at), texts in FILLED.items():
        cell = rows[translate(place_name(place))][at]
        cell.paragraphs[0].add_run(texts[0])
        for text in texts[1:]:
            cell.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("language", "paper"), [("nl", "A4"), ("en", "A3")])
def test_what_was_filled_in_is_read_back(tmp_path: Path, language: str, paper: str) -> None:
    path = fill(form(tmp_path, paper=paper, language=language), 1, Translator(language))
    [found] = read_form(path)
    assert said(found) == expected()
    assert (found.kernelement, found.held, found.participant, found.phase) == (
        kernelementen.SHIPPED[1], "12 mei, wijkhuis", "leercoach", "plenair")
    width = Document(str(path)).sections[0].page_width
    assert width is not None
    assert round(width.cm, 1) == {"A4": 29.7, "A3": 42.0}[paper]


def test_a_page_for_every_kernelement_and_the_same_bytes(tmp_path: Path) -> None:
    first = form(tmp_path).read_bytes()
    assert form(tmp_path).read_bytes() == first
    document = Document(str(tmp_path / "formulier.docx"))
    assert [t.rows[0].cells[1].text for t in document.tables] == list(kernelementen.SHIPPED)
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"] == list(
        kernelementen.SHIPPED)
    assert len(form(tmp_path, "Eigen element").read_bytes()) < len(first)
    with pytest.raises(NotFoundError, match="cmo"):
        forms.write("mco", forms.Wanted(tmp_path / "x.docx"), DUTCH)
    with pytest.raises(UsageError, match=r"x\.pdf"):
        forms.write("cmo", forms.Wanted(tmp_path / "x.pdf"), DUTCH)


def convert(path: Path, ending: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
                    ending, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=200)
    return folder / f"{path.stem}.{ending}"


def fill_odt(path: Path) -> None:
    """Write into the form as LibreOffice keeps it, in LibreOffice's own format."""
    from odf.opendocument import load
    from odf.table import Table, TableCell, TableRow
    from odf.teletype import extractText
    from odf.text import P

    document = load(str(path))
    rows = {}
    for row in document.getElementsByType(Table)[0].getElementsByType(TableRow):
        inside = [c for c in row.childNodes if c.qname == TableCell().qname]
        heads = inside[0].getElementsByType(P)
        rows[extractText(heads[0]) if heads else ""] = inside
    wanted = {(DUTCH(place_name(place)), at): texts for (place, at), texts in FILLED.items()}
    wanted |= {(DUTCH(ROLE), at): [role] for at, role in ROLES.items()}
    wanted[DUTCH(HELD), 1] = ["12 mei, wijkhuis"]
    for (label, at), texts in wanted.items():
        cell = rows[label][at]
        for empty in cell.getElementsByType(P):
            cell.removeChild(empty)
        for text in texts:
            cell.addElement(P(text=text))
    document.save(str(path))


@soffice
@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_every_page_has_a_form_and_says_how_it_is_filled_in(tmp_path: Path, paper: str) -> None:
    pages = pypdfium2.PdfDocument(convert(form(tmp_path, paper=paper), "pdf", tmp_path / "pdf"))
    words = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert len(words) == len(kernelementen.SHIPPED), "a page each, and no other"
    for page, name in zip(words, kernelementen.SHIPPED, strict=True):
        assert name in page and "(1) Vul kolom 1 in je eentje in" in page and "Verbeterpunten" in page


@soffice
def test_filled_with_libreoffice_and_read_back_equal(tmp_path: Path) -> None:
    written = convert(form(tmp_path, "Dialogisch werken"), "odt", tmp_path / "odt")
    fill_odt(written)
    [found] = read_form(convert(written, "docx", tmp_path / "docx"))
    assert said(found) == expected()
    assert (found.kernelement, found.held, found.participant) == (
        "Dialogisch werken", "12 mei, wijkhuis", "leercoach")


def test_forms_of_participants_land_as_sheets_of_their_own(tmp_path: Path) -> None:
    project: Project = project_with_text(tmp_path)
    path = form(tmp_path, "Dialogisch werken", "Dialogisch werken", "Samen kantelen")
    fill(path, 0)
    fill(path, 1)
    found = read_form(path)
    assert [(f.kernelement, f.participant) for f in found] == [
        ("Dialogisch werken", "leercoach"), ("Dialogisch werken", "leercoach (2)")]
    landed = project.step(message("I"), cmo_files.put, found)
    assert (landed.sheets, landed.lines) == (2, 14)
    before = dump(project)
    project.step(message("I"), cmo_files.put, read_form(path))
    assert dump(project) == before
    with project.read() as session:
        lines = cmo_sheets.aggregated(cmo_sheets.sheets(session))
    assert [(line.text, line.count, line.roles) for line in lines["verbeterpunten", ""]] == [
        ("vaker doen", 2, ("hele groep",)), ("korter", 2, ("hele groep",))]


def test_tracked_changes_and_content_controls_are_read_as_word_shows_them(tmp_path: Path) -> None:
    path = form(tmp_path, "Dialogisch werken")
    document = Document(str(path))
    paragraph = cells(document.tables[0])["Verbeterpunten"][1].paragraphs[0]._p
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for piece in ("<w:ins {0}><w:r><w:t>erbij</w:t></w:r></w:ins>",
                  "<w:del {0}><w:r><w:delText>weg</w:delText></w:r></w:del>",
                  "<w:sdt {0}><w:sdtContent><w:r><w:br/><w:t>en meer</w:t></w:r></w:sdtContent></w:sdt>"):
        paragraph.append(etree.fromstring(piece.format(w)))
    document.save(str(path))
    assert [line.text for line in read_form(path)[0].lines] == ["erbij\nen meer"]


def spoiled(path: Path, spoil: Any) -> Path:
    parts = {}
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    spoil(parts)
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path


def entity(parts: dict[str, bytes]) -> None:
    body = parts["word/document.xml"]
    parts["word/document.xml"] = body.replace(b"?>", b'?><!DOCTYPE d [<!ENTITY x "y">]>', 1)


def cut(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"][:500]


def gone(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def nameless(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(b">Dialogisch werken<", b"><")


@pytest.mark.parametrize("spoil", [entity, cut, gone, nameless])
def test_a_spoiled_form_is_refused_by_name(tmp_path: Path, spoil: Any) -> None:
    path = spoiled(fill(form(tmp_path, "Dialogisch werken")), spoil)
    with pytest.raises(ReadError, match=r"formulier\.docx"):
        read_form(path)


def test_what_is_no_filled_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"niets|Nothing"):
        read_form(form(tmp_path))
    other = tmp_path / "brief.docx"
    Document().save(str(other))
    for content in (other.read_bytes(), b"PK\x03\x04", b"", b"%PDF-1.4"):
        other.write_bytes(content)
        with pytest.raises(NarratiefError, match=r"brief\.docx"):
            read_form(other)


def test_words_without_a_place_are_not_dropped_silently(tmp_path: Path) -> None:
    path = form(tmp_path, "Dialogisch werken")
    document = Document(str(path))
    cells(document.tables[0])["Verbeterpunten"][1].paragraphs[0].add_run("vaker")
    row = document.tables[0].add_row()
    row.cells[0].text, row.cells[1].text = "Eigen vak", "iets heel anders"
    document.save(str(path))
    with pytest.raises(ReadError, match="iets heel anders"):
        read_form(path)


def test_every_place_is_on_the_form(tmp_path: Path) -> None:
    rows = cells(Document(str(form(tmp_path))).tables[0])
    assert {DUTCH(place_name(place)) for place in PLACES} <= set(rows)
