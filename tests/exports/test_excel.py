"""The workbook read back: equal to the screen, text stays text, nothing cut in silence, the same bytes twice."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import text as sql

from codebook import asking, coding, memos
from codebook.models import Decision
from codebook.reading import Reading
from corpora.messages import Translator, message
from exports import excel, excel_book
from exports.excel_cells import CONTROL, CUT, parts
from exports.tables import Column, Sheet
from tests.exports.studies import DUTCH, PROBES, reading

SHEETS = ["Leeswijzer", "Documenten", "Narratieven", "Codeboek", "Coderingen", "Query's", "Co-occurrence", "Figuren"]


SECOND = "[I: Hoe ging het?] R: Goed, <b>heel</b> goed."


def written(found: Reading, folder: Path, **options: Any) -> Any:
    excel.write_workbook(found, folder / "uit.xlsx", DUTCH, **options)
    return openpyxl.load_workbook(folder / "uit.xlsx")


def table(book: Any, name: str) -> list[dict[str, Any]]:
    heads, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_sheets_have_frozen_heads_filters_widths_and_print_titles(tmp_path: Path) -> None:
    book = written(reading(tmp_path), tmp_path)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes and sheet.freeze_panes.endswith("2")
        assert (sheet.auto_filter.ref is None) == (sheet.title == "Co-occurrence")
        assert sheet.column_dimensions["A"].width >= 8
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
    heads = [cell.value for cell in book["Narratieven"][1]]
    assert heads == ["Document", "Nr", "Groep", "Soort", "Tekst", "WAT", "WIE", "HOE", "Niet genoemd", "Codeurs",
                     "Memo", "Bespreken", "Woorden", "Begin", "Einde"]
    assert book["Narratieven"]["E2"].alignment.wrap_text


def test_rows_are_as_high_as_their_text(tmp_path: Path) -> None:
    sheet = written(reading(tmp_path, ("kort genoeg hier", "woord " * 100, "x " * 30_000)), tmp_path)["Narratieven"]
    heights = [sheet.row_dimensions[n].height for n in (3, 4)]
    assert 100 <= heights[0] <= 150 and heights[1] == 409


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    book = written(reading(tmp_path), tmp_path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type not in ("f", "e"), (sheet.title, cell.coordinate, cell.value)
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix
    assert [row["Tekst"] for row in table(book, "Narratieven")] == [*PROBES, SECOND]


def test_numbers_and_days_are_real(tmp_path: Path) -> None:
    book = written(reading(tmp_path), tmp_path)
    first, second = table(book, "Documenten")
    assert (first["leeftijd"], second["leeftijd"], first["wijk"]) == (41, 7.5, "=Noord")
    assert first["sinds"] in (datetime(2014, 3, 1), date(2014, 3, 1))
    assert isinstance(first["Ingelezen op (UTC)"], datetime)
    assert (first["Narratieven"], second["Narratieven"], second["Geen narratief"]) == (len(PROBES), 1, 1)
    assert first["Klaar volgens"] == "Noor" and first["Groep"] == "@Groep"
    assert all(isinstance(row["Aantal"], int | None) for row in table(book, "Query's"))


def test_narratieven_equal_the_screen(tmp_path: Path) -> None:
    found = reading(tmp_path)
    rows = table(written(found, tmp_path), "Narratieven")
    ids = found.index.ids(found.index.live).tolist()
    for row, shown in zip(rows, asking.shown(found, ids), strict=True):
        codes = [f"{facet}:{label}" for facet in ("WAT", "WIE", "HOE")
                 for label in (row[facet] or "").split("; ") if label]
        assert (row["Document"], row["Nr"], row["Tekst"], codes) == (
            shown.document, shown.nr, shown.text, list(shown.codes))
    assert rows[0]["Codeurs"] == 2 and rows[2]["Codeurs"] == 1
    assert rows[0]["Memo"] == "Noor: +memo\nregel twee" and rows[1]["Bespreken"] == "=Sem: -twijfel"
    assert rows[-1]["Niet genoemd"] == "HOE (=Sem): =geen oordeel"


def test_one_coder_and_decisions(tmp_path: Path) -> None:
    found = reading(tmp_path)
    only = written(found, tmp_path, codings="=Sem")
    assert {row["Codeur"] for row in table(only, "Coderingen")} == {"=Sem"}
    assert [row["WAT"] for row in table(only, "Narratieven")][:2] == ["Casus", None]
    found.project.step(message("Decide"), _decide, found)
    decided = Reading(found.project)
    book = written(decided, tmp_path, codings="decided")
    given = [(r["Nr"], r["Code"]) for r in table(book, "Coderingen") if r["Document"] == "=Gesprek"]
    assert (1, "Casus") not in given and (3, "burger") in given
    narratieven = table(book, "Narratieven")
    assert narratieven[0]["WAT"] == "Steun" and narratieven[2]["WIE"] == "burger"


def _decide(session: Any, found: Reading) -> None:
    ids = found.index.ids(found.index.live).tolist()
    code = {c.label: c.id for c in found.catalogue.codes}
    who = coding.coder_id(session, "Noor")
    session.add(Decision(narratief_id=ids[0], code_id=code["Casus"], yes=False, coder_id=who))
    session.add(Decision(narratief_id=ids[2], code_id=code["burger"], yes=True, coder_id=who))


def test_codings_frequencies_and_cooccurrence_equal_pandas(tmp_path: Path) -> None:
    found = reading(tmp_path)
    book = written(found, tmp_path)
    with found.project.engine.connect() as connection:
        given = pd.read_sql(sql(
            "SELECT d.title, c.narratief_id, f.label AS facet, k.label AS code, o.name FROM coding c "
            "JOIN narratief n ON n.id = c.narratief_id AND n.counts JOIN document d ON d.id = n.document_id "
            "JOIN code k ON k.id = c.code_id JOIN facet f ON f.id = k.facet_id JOIN coder o ON o.id = c.coder_id"),
            connection)
    rows = pd.read_excel(tmp_path / "uit.xlsx", sheet_name="Coderingen")
    rows = rows[rows["Code"] != "niet genoemd"]
    assert sorted(zip(rows["Document"], rows["Code"], rows["Codeur"], strict=True)) == sorted(
        zip(given["title"], given["code"], given["name"], strict=True))
    per_code = given.groupby("code")["narratief_id"].nunique()
    for row in table(book, "Codeboek"):
        assert row["Narratieven"] == per_code.get(row["Code"], 0)
        assert row["Coderingen"] == (given["code"] == row["Code"]).sum()
    _equal_crossings(book, given)


def _equal_crossings(book: Any, given: pd.DataFrame) -> None:
    held = pd.crosstab(given["narratief_id"], [given["facet"], given["code"]]).clip(upper=1)
    lines = iter(list(book["Co-occurrence"].iter_rows(min_row=2, values_only=True)))
    for one, other in combinations(("WAT", "WIE", "HOE"), 2):
        head = next(line for line in lines if line[0] == f"{one} × {other}")
        columns = [h for h in head[1:] if h and h != "Totaal"]
        for line in lines:
            if line[0] == "Totaal":
                break
            row = held.get((one, line[0]), pd.Series(0, index=held.index))
            want = [int((row & held.get((other, c), pd.Series(0, index=held.index))).sum()) for c in columns]
            assert list(line[1:len(columns) + 2]) == [*want, int(row.sum())]


def test_queries_show_count_and_narratieven_and_a_broken_one_its_reason(tmp_path: Path) -> None:
    rows = table(written(reading(tmp_path), tmp_path), "Query's")
    own = {row["Query"]: row for row in rows if row["Expressie"]}
    assert (own["+steun"]["Aantal"], own["+steun"]["Deelvraag"], own["leeg"]["Aantal"]) == (2, "=Deelvraag 1", 0)
    assert [row["Tekst"] for row in rows if row["Query"] == "+steun" and row["Nr"]] == list(PROBES[:2])
    assert "Verdwenen" in own["stuk"]["Tekst"]


def test_a_long_narratief_goes_on_in_the_next_columns(tmp_path: Path) -> None:
    long = "Begin " + "woord 😀 " * 5_000 + "einde"
    found = reading(tmp_path, ("=1+1", "+kort is dit", long, "😀" * 33_000))
    assert excel.write_workbook(found, tmp_path / "uit.xlsx", DUTCH) == []
    rows = table(openpyxl.load_workbook(tmp_path / "uit.xlsx"), "Narratieven")
    names = ["Tekst", "Tekst, deel 2", "Tekst, deel 3"]
    assert "".join(rows[2][n] or "" for n in names) == long
    assert "".join(rows[3][n] or "" for n in names) == "😀" * 33_000
    assert all(len((row[n] or "").encode("utf-16-le")) <= 2 * 32_767 for row in rows for n in names)


def test_parts_put_together_are_the_text() -> None:
    for text in ("", "a" * 10, "😀" * 7, "a😀" * 9, "aaa😀a"):
        found = parts(text, 4)
        assert "".join(found) == text and all(len(p.encode("utf-16-le")) <= 8 for p in found)


def test_what_a_cell_cannot_hold_is_told(tmp_path: Path) -> None:
    found = reading(tmp_path, ("een\x00twee\x07 drie\x0bvier", "kort maar goed " + "x" * 40))
    noor = found.catalogue.coder("Noor").id
    number = found.index.ids(found.index.live).tolist()[0]
    found.project.step(message("Memo"), memos.write, noor, "narratief", number, "m" * 40_000)
    lost = {one.what: one for one in excel.write_workbook(found, tmp_path / "uit.xlsx", DUTCH)
            if one.name == "Narratieven"}
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    row = table(book, "Narratieven")[0]
    assert row["Tekst"] == "een\ufffdtwee\ufffd drie\nvier"
    kept = row["Memo"].partition(" … [+")
    assert kept[1] and len(row["Memo"]) <= 32_767 and lost[CUT].count == 40_006 - len(kept[0])
    assert lost[CONTROL].count == 2
    told = [r["Toelichting"] for r in table(book, "Leeswijzer") if r["Onderwerp"] == "Niet meegenomen"]
    assert f"besturingstekens: {lost[CONTROL].count}" in told


def test_the_guide_names_project_counts_and_every_column(tmp_path: Path) -> None:
    book = written(reading(tmp_path), tmp_path)
    rows = table(book, "Leeswijzer")
    facts = {row["Onderwerp"]: row["Toelichting"] for row in rows if row["Blad"] is None}
    assert (facts["Project"], facts["Narratieven"], facts["Documenten"]) == ("=Proef", len(PROBES) + 1, 2)
    assert facts["Aantal keer «niet genoemd»"] == 1 and facts["Wiens coderingen"] == "alle codeurs"
    for name in SHEETS[1:6]:
        explained = {row["Onderwerp"] for row in rows if row["Blad"] == name}
        assert {cell.value for cell in book[name][1]} <= explained
        assert f"Aantal regels: {book[name].max_row - 1}." in next(
            row["Toelichting"] for row in rows if row["Blad"] == name)


def test_figures_are_native_charts_of_the_counts(tmp_path: Path) -> None:
    sheet = written(reading(tmp_path), tmp_path)["Figuren"]
    assert len(sheet._charts) == 3
    values = [chart.series[0].val.numRef.f for chart in sheet._charts]
    assert values == ["'Figuren'!$C$2:$C$3", "'Figuren'!$C$4:$C$5", "'Figuren'!$C$6:$C$7"]
    counts = [sheet.cell(n, 3).value for n in (2, 3)]
    assert counts == sorted(counts, reverse=True) and counts[0] == len(PROBES) + 1


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    found = reading(tmp_path)
    for name in ("een.xlsx", "twee.xlsx"):
        excel.write_workbook(Reading(found.project), tmp_path / name, DUTCH)
    assert (tmp_path / "een.xlsx").read_bytes() == (tmp_path / "twee.xlsx").read_bytes()


def test_rows_beyond_what_a_sheet_holds_go_on_in_the_next(tmp_path: Path) -> None:
    sheet = Sheet("Veel", (Column("nr", "number"),), ([n] for n in range(10)))
    with excel_book.Book("x", most_rows=5) as book:
        assert book.add(sheet) == 10
        book.save(tmp_path / "veel.xlsx")
    made = openpyxl.load_workbook(tmp_path / "veel.xlsx")
    assert made.sheetnames == ["Veel", "Veel (2)", "Veel (3)"]
    assert [c.value for s in made for (c,) in s.iter_rows(min_row=2)] == list(range(10))


def test_sheet_titles_are_made_fit_and_unique(tmp_path: Path) -> None:
    with excel_book.Book("x") as book:
        titles = [book.place(t).title for t in ("a/b[c]:*?", "A b c", "x" * 40, "x" * 40)]
    assert titles == ["a b c", "A b c (2)", "x" * 31, "x" * 27 + " (2)"]


def test_answers_equal_their_workbooks(tmp_path: Path) -> None:
    found = reading(tmp_path)
    answer = asking.query(found, "Casus")
    excel.write_query(answer, tmp_path / "q.xlsx", DUTCH)
    rows = table(openpyxl.load_workbook(tmp_path / "q.xlsx"), "Query")
    assert [(r["Document"], r["Nr"], r["Tekst"]) for r in rows] == [
        (n.document, n.nr, n.text) for n in answer.narratieven]
    grid = asking.grid(found, [("WAT", ["*"]), ("HOE", ["*"])])
    excel.write_grid(grid, tmp_path / "g.xlsx", DUTCH)
    cells = table(openpyxl.load_workbook(tmp_path / "g.xlsx"), "Combinaties")
    assert [tuple(c.values()) for c in cells] == [
        (*c.codes, c.count, c.documents, c.respondents) for c in grid.cells]
    crossing = asking.cooccurrence(found, "WAT", "HOE")
    excel.write_cooccurrence(crossing, tmp_path / "c.xlsx", DUTCH)
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    lines = [list(r)[1:] for r in book["WAT × HOE"].iter_rows(min_row=2, values_only=True)]
    assert [line[:-1] for line in lines[:-1]] == crossing.table.counts.tolist()
    assert [line[-1] for line in lines[:-1]] == crossing.table.row_totals.tolist()
    assert lines[-1] == [*crossing.table.column_totals.tolist(), crossing.n]
    assert [list(r)[1:] for r in book["Jaccard"].iter_rows(min_row=2, values_only=True)] == crossing.table.jaccard


def test_english_projects_have_english_heads(tmp_path: Path) -> None:
    excel.write_workbook(reading(tmp_path), tmp_path / "uit.xlsx", Translator("en"))
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    assert book.sheetnames[:3] == ["Reading guide", "Documents", "Narratieven"]
    assert book["Documents"]["C1"].value == "Group"


def test_progress_is_told_and_may_stop_the_export(tmp_path: Path) -> None:
    said: list[str] = []

    def stop(done: float, total: float, text: str) -> None:
        said.append(text)
        if text == "Coderingen":
            raise InterruptedError(4, "stop")

    found = reading(tmp_path)
    (tmp_path / "uit.xlsx").write_bytes(b"oud")
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Exception, match="stop"):
        excel.write_workbook(found, tmp_path / "uit.xlsx", DUTCH, progress=stop)
    assert said == ["Documenten", "Narratieven", "Codeboek", "Coderingen"]
    assert (tmp_path / "uit.xlsx").read_bytes() == b"oud"
    assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    written(reading(tmp_path), tmp_path)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to",
                    "ods", "--outdir", str(tmp_path), str(tmp_path / "uit.xlsx")], check=True, timeout=180,
                   capture_output=True)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "terug"), str(tmp_path / "uit.ods")],
                   check=True, timeout=180, capture_output=True)
    ours, theirs = (openpyxl.load_workbook(p) for p in (tmp_path / "uit.xlsx", tmp_path / "terug" / "uit.xlsx"))
    assert theirs.sheetnames == SHEETS
    for name in SHEETS:
        for mine, other in zip(ours[name].iter_rows(), theirs[name].iter_rows(), strict=False):
            for one, two in zip(mine, other, strict=False):
                assert one.value == two.value or one.value == pytest.approx(two.value), (name, one.coordinate)
                assert two.data_type != "f"
