"""Small tables that people hand in: what was written for a spreadsheet is read as the text that was meant."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.tables import read_table
from exports.delimited import write_delimited

MEANT = ["=1+1", "+31 6", "-vrij-", "@team", "'s avonds", "'", "", "gewoon", "''=x", "a'=b"]


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_what_was_guarded_against_formulas_comes_back_as_it_was(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tabel.{ending}"
    write_delimited(["Code", "nr"], [[text, n] for n, text in enumerate(MEANT)], path)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
    assert [row["code"] for row in read_table(path).dicts()] == MEANT


@given(st.lists(st.text(st.sampled_from("=+-@ a;,\"éß"), min_size=1, max_size=8), min_size=1, max_size=5))
def test_any_text_without_an_apostrophe_comes_back(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.csv"
        write_delimited(["nr", "code"], [[n, text] for n, text in enumerate(texts)], path)
        assert [row["code"] for row in read_table(path).dicts()] == [text.strip() for text in texts]


def test_a_heading_is_read_without_its_apostrophe(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("'=code,'n\n'-x,'t\n", encoding="utf-8")
    assert read_table(path).heads == ("=code", "'n")
    assert read_table(path).rows == (("-x", "'t"),)
