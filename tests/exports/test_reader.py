"""Reading lists as Word and as a page: heading, codes, words and memos of every narratief, in the order asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from corpora.errors import UsageError
from exports import reader
from exports.reader import ReadingList
from tests.exports.studies import DUTCH, reading

DAY = date(2026, 3, 1)


def made(folder: Path, codings: str = "any") -> ReadingList:
    found = reading(folder)
    ids = [int(n) for n in found.index.ids(found.index.live)]
    return reader.reading_list(found, [ids[-1], ids[0]], "Steun & <kracht>", codings=codings, day=DAY)


def test_items_stand_in_the_order_asked_with_words_codes_and_memos(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert [item.heading for item in found.items] == ["Tweede · 1", "=Gesprek · 1 · @Groep"]
    assert [reader.codes_line(item.passage, DUTCH) for item in found.items] == [
        "WAT: Casus · WIE: burger · HOE: niet genoemd", "WAT: Casus; Steun · WIE: eigen; burger · HOE: positief"]
    assert found.items[1].passage.memos == ("Noor: +memo\nregel twee",)
    assert reader.about(found, DUTCH).startswith("n = 2 narratieven, documenten: 2")
    assert reader.about(found, DUTCH).endswith("01-03-2026")


def test_only_the_codes_that_count_are_shown(tmp_path: Path) -> None:
    found = made(tmp_path, "Noor")
    assert reader.codes_line(found.items[1].passage, DUTCH) == "WAT: Casus; Steun · WIE: eigen · HOE: positief"
    assert found.items[0].passage.absent == ()


def test_word_has_title_headings_texts_and_page_numbers(tmp_path: Path) -> None:
    reader.write_reading_list(made(tmp_path), tmp_path / "lijst.docx", DUTCH)
    document = Document(str(tmp_path / "lijst.docx"))
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "Steun & <kracht>"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == [
        "Tweede · 1", "=Gesprek · 1 · @Groep"]
    assert "=1+1" in texts
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    assert document.sections[0].page_height > document.sections[0].page_width


def test_the_page_escapes_words_and_sets_the_interviewer_apart(tmp_path: Path) -> None:
    reader.write_reading_list(made(tmp_path), tmp_path / "lijst.html", DUTCH)
    text = (tmp_path / "lijst.html").read_text(encoding="utf-8")
    assert "<h1>Steun &amp; &lt;kracht&gt;</h1>" in text
    assert '<span class="interviewer">' in text
    assert "&lt;b&gt;heel&lt;/b&gt;" in text


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    found = made(tmp_path)
    for name in ("a.docx", "b.docx"):
        reader.write_reading_list(found, tmp_path / name, DUTCH)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx"):
        reader.write_reading_list(made(tmp_path), tmp_path / "lijst.pdf", DUTCH)
