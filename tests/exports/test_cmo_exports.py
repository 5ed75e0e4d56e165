"""CMO as a workbook and as a Word document: every line is there, and no name gets in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from codebook import cmo, cmo_answers, cmo_sheets, cmo_synthesis, coding, kernelementen, memos
from codebook.cmo_answers import Answers
from codebook.reading import Reading
from corpora import narratives
from corpora.errors import RefusedError
from corpora.messages import message
from corpora.models import Pseudonym
from exports.cmo_paper import write_cmo
from exports.excel import write_cmo as write_book
from exports.paper import Table
from tests.exports.studies import DUTCH, reading
from tests.exports.test_form_cmo import convert

LINES = {("context_intern", ""): ["=1+1 rust", "- minder & <meer>"], ("outcome", "wijk"): ["merkt het 😀"],
         ("verbeterpunten", ""): ["vaker\nen langer"]}


@pytest.fixture
def study(tmp_path: Path) -> Reading:
    found = reading(tmp_path)
    found.project.step(message("CMO"), _fill)
    return found


def _fill(session: Session) -> None:
    noor = coding.coder_id(session, "Noor")
    kern = kernelementen.add(session, "Dialogisch werken", "Praten om te leren.")
    kernelementen.set_codes(session, kern, [1])
    one = cmo.add(session, noor, kern, "Rust geeft ruimte", statement="Als er rust is, dan …",
                  intervention="spelregels")
    two = cmo.add(session, noor, kern, "Haast", status="verworpen")
    cmo.link(session, one, two, "rivaal")
    element = cmo.add_element(session, one, "outcome", "wordt gehoord", actor="klant", valence=1, basis="verwacht")
    pieces = narratives.of_document(session, 1)
    cmo.add_evidence(session, noor, one, narratief_ids=[pieces[1].id], element_id=element, direction="weerspreekt",
                     note="@let op")
    quote = memos.quote(session, noor, 1, pieces[7].start, pieces[7].end)
    cmo.add_evidence(session, noor, one, quote_ids=[quote])
    sheet = cmo_sheets.add(session, kern, held="12 mei", note="Half af.")
    for (field, actor), texts in LINES.items():
        for text in texts:
            cmo_sheets.add_entry(session, sheet, field, text, actor=actor, author_role="leercoach")
    cmo_synthesis.write(session, noor, kern, "wording", "Rust werkt.")
    cmo_synthesis.write(session, noor, kern, "conclusion", "Blijven doen.")


def asked(study: Reading) -> Answers:
    return cmo_answers.ask(Reading(study.project))


WORDS = ["Rust geeft ruimte", "Als er rust is, dan …", "spelregels", "wordt gehoord", "klant", "weerspreekt", "@let op",
         "gewoon 😀 woord", "Half af.", "Rust werkt.", "Blijven doen.", "verwacht", "=Gesprek"]


def test_the_workbook_holds_every_line(study: Reading, tmp_path: Path) -> None:
    path = tmp_path / "cmo.xlsx"
    assert write_book(study, asked(study), path, DUTCH) == []
    book = load_workbook(path)
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    for text in [*WORDS, *(text for texts in LINES.values() for text in texts)]:
        assert any(text in cell for cell in cells), text
    lines = [[c.value for c in row] for row in book["Formulieren samen"].iter_rows(min_row=2)]
    assert [row[2] for row in lines] == ["=1+1 rust", "- minder & <meer>", "merkt het 😀", "vaker\nen langer"]
    roles = {(row[1], row[2]): row[3] for row in book["Rol en actor"].iter_rows(min_row=2, values_only=True)}
    assert len(roles) == 4 * 3
    compared = [row[1:4] for row in book["Vergelijking"].iter_rows(min_row=2, values_only=True)]
    assert compared == [("respondentgroep", "@Groep", 8), ("respondentgroep", "–", 1),
                        ("documentsoort", "interview", 8), ("documentsoort", "logboek", 1)]
    write_book(study, asked(study), tmp_path / "again.xlsx", DUTCH)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_the_document_holds_every_line(study: Reading, tmp_path: Path) -> None:
    path = tmp_path / "cmo.docx"
    write_cmo(study, asked(study), path, DUTCH)
    document = Document(str(path))
    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in [*WORDS, *(text for texts in LINES.values() for text in texts)]:
        assert any(text in one for one in texts), text
    heads = [p.text for p in document.paragraphs if p.style and str(p.style.name).startswith("Heading")]
    assert any("Dialogisch werken" in head for head in heads)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this computer")
def test_libreoffice_opens_the_document(study: Reading, tmp_path: Path) -> None:
    path = tmp_path / "cmo.docx"
    write_cmo(study, asked(study), path, DUTCH)
    assert convert(path, "pdf", tmp_path / "pdf").stat().st_size > 5000


def _name(session: Session) -> None:
    session.add(Pseudonym(name="Fatima Jansen", pseudonym="Naam1"))
    cmo_sheets.add_entry(session, 1, "waarom_werkt", "Omdat Fatima Jansen het vertelt")


def test_a_name_stops_both(study: Reading, tmp_path: Path) -> None:
    study.project.step(message("N"), _name)
    for write in (write_book, write_cmo):
        with pytest.raises(RefusedError, match="Fatima Jansen"):
            write(study, asked(study), tmp_path / "cmo.out", DUTCH)
    assert not (tmp_path / "cmo.out").exists()


def test_rows_that_belong_together_stay_on_one_page() -> None:
    def kept(*fronts: str) -> list[int]:
        return sorted(Table("", ("a", "b"), tuple((front, "x") for front in fronts), (1, 1)).kept())

    assert kept("a", "b", "c") == [0, 1, 2], "a short table whole"
    long = [str(n) for n in range(20)]
    assert kept(*long) == [0, 19], "the heads with the first row, and no row alone"
    assert kept("a", "", "", *long) == [0, 1, 2, 22], "rows that say nothing in front with the one that does"
    assert kept("a", *[""] * 30, "b") == [0, 31], "more than fit may be parted"
    assert kept() == []
