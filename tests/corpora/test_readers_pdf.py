"""PDF: paragraphs from lines, broken words, running headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import ReadError
from corpora.readers import SourceText, read
from tests.corpora.pdf_files import Placed, write_pdf

FULL = "Toen ben ik naar het wijkteam gegaan omdat mijn buurvrouw zei dat daar iemand zat met"


def lines(*words: str, top: float = 780, bold: bool = False) -> list[Placed]:
    return [(70, top - 14 * at, line, bold) for at, line in enumerate(words)]


def pdf(folder: Path, *pages: list[Placed]) -> SourceText:
    path = folder / "gesprek.pdf"
    write_pdf(path, pages)
    return read(path)


def test_lines_of_a_paragraph_are_joined(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines(FULL, "tijd voor mij.", "En daarna was het goed."))
    assert source.text == FULL + " tijd voor mij.\nEn daarna was het goed."
    assert len(source.blocks) == 2


def test_a_label_begins_a_paragraph(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines(FULL, "R1: Ja, zo was het.", "[Kunt u daar meer over vertellen?]", "I: Nog iets?"))
    assert source.text.count("\n") == 3


def test_white_space_parts_paragraphs(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines(FULL, FULL) + lines(FULL, top=730))
    assert source.text == f"{FULL} {FULL}\n{FULL}"


@pytest.mark.parametrize(("end", "begin", "joined"), [
    ("met het samen-", "werkingsverband", "met het samenwerkingsverband"),
    ("met de voor-", "en nadelen", "met de voor- en nadelen"),
    ("in heel Noord-", "Holland zo", "in heel Noord-Holland zo")])
def test_broken_words_are_mended(tmp_path: Path, end: str, begin: str, joined: str) -> None:
    source = pdf(tmp_path, lines(FULL[:-4] + " " + end, begin + "."))
    assert source.text == FULL[:-4] + " " + joined + "."


def test_a_hyphen_that_the_text_has_elsewhere_stays(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines("Een wijk-gids.", FULL[:-4] + " een wijk-", "gids."))
    assert source.text.endswith("een wijk-gids.")


def test_page_numbers_and_headers_are_left_out_with_a_warning(tmp_path: Path) -> None:
    pages = [[(70.0, 810.0, "Interview wijkteam", False), *lines(f"R: Verhaal {chr(65 + n)}."),
              (290.0, 30.0, f"Pagina {n + 1} van 4", False)] for n in range(4)]
    source = pdf(tmp_path, *pages)
    assert source.text == "R: Verhaal A.\nR: Verhaal B.\nR: Verhaal C.\nR: Verhaal D."
    said = " ".join(map(str, source.warnings))
    assert "Interview wijkteam" in said and "Pagina 1 van 4" in said


def test_a_paragraph_runs_over_the_page(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines(FULL, top=60), lines("tijd voor mij."))
    assert source.text == FULL + " tijd voor mij."


def test_bold_stretches_are_kept(tmp_path: Path) -> None:
    source = pdf(tmp_path, lines("Hoe was dat?", bold=True) + lines("Goed, één keer.", top=750))
    assert source.text == "Hoe was dat?\nGoed, één keer."
    assert [block.bold for block in source.blocks] == [((0, 12),), ()]


def test_a_scan_a_lock_and_a_cut_file_say_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "oud.pdf"
    for pages, locked, said in (([[]], False, "scan"), ([lines("x")], True, "password")):
        write_pdf(path, pages, locked)
        with pytest.raises(ReadError, match=said):
            read(path)
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages")
    with pytest.raises(ReadError, match=r"oud\.pdf is damaged"):
        read(path)
