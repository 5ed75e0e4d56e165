"""`narratief cmo`: findings in, counts and sheets out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.workbench.cli_project import Line

FINDINGS = {"kernelementen": [
    {"kernelement": "dialogisch werken", "mechanisme_interventie": ["om de beurt praten"], "waarom_werkt": ["rust"],
     "context_intern": ["tijd"], "context_extern": [], "verbeterpunten": ["vaker"],
     "outcome": {"klant": ["gehoord"], "professional": ["=1+1"], "expertnetwerk": [], "wijk": []}}]}
KEYS = {"name", "codes", "narratieven", "roles", "actors", "configurations", "sheet"}
MORE = """document,narratief,code
Interview 1,1,Dialogisch werken
Interview 1,2,Dialogisch werken
Interview 1,2,Actie-gericht coachen
Interview 1,2,Belemmerende factor
"""


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    found = Line(tmp_path, capsys)
    found.fill()
    assert found("code", found.file("more.csv", MORE), "--coder", "Sem").code == 0
    return found


def test_the_counts_and_the_sheet_with_their_keys(line: Line) -> None:
    given = line.file("in.json", json.dumps(FINDINGS))
    assert line("cmo", "import", given, "--json").json == {"kernelementen": 0, "sheets": 1, "lines": 6,
                                                           "configurations": 0}
    steps = len(line("log", "--json").json)
    assert line("cmo", "import", given, "--json").json["lines"] == 0
    assert len(line("log", "--json").json) == steps
    found = line("cmo", "--json").json
    assert found["codings"] == "any"
    assert [k["name"] for k in found["kernelementen"]] == [
        "Dialogisch werken", "Casusleren in een team", "Actief leren (leren door te doen)",
        "Collectieve betekenisgeving", "Resultaatgericht coachen", "Samen kantelen"]
    one = found["kernelementen"][0]
    assert set(one) >= KEYS
    assert one["codes"] == ["Dialogisch werken"]
    assert one["narratieven"] == 2
    assert one["roles"] == {"context": 1, "mechanisme": 1, "outcome": 0, "verbeterpunt": 0}
    assert one["actors"]["facilitator"] == {"context": 1, "mechanisme": 1, "outcome": 0, "verbeterpunt": 0}
    assert one["actors"]["burger"]["mechanisme"] == 0
    given_one = FINDINGS["kernelementen"][0]
    assert one["sheet"] == {name: given_one[name] for name in given_one if name != "kernelement"}
    assert found["kernelementen"][3]["codes"] == []


def test_whose_codings_and_which_kernelement(line: Line) -> None:
    # Noor gave the role, Sem the kernelement: together they make a cell, each alone does not.
    for coder, counted in (("any", 1), ("Noor", 0), ("Sem", 0)):
        [one] = line("cmo", "--kernelement", "Resultaatgericht COACHEN", "--codings", coder,
                     "--json").json["kernelementen"]
        assert one["roles"]["mechanisme"] == counted
    assert "Kernlement" in line("cmo", "--kernelement", "Kernlement", "--json").fault
    assert "Pien" in line("cmo", "--codings", "Pien", "--json").fault


def test_workbook_and_document(line: Line) -> None:
    assert line("cmo", "import", line.file("in.json", json.dumps(FINDINGS))).code == 0
    book, paper = line.folder / "cmo.xlsx", line.folder / "cmo.docx"
    assert line("cmo", "--xlsx", book, "--docx", paper).out == ""
    cells = {cell for row in load_workbook(book)["Formulieren samen"].iter_rows(values_only=True) for cell in row}
    table = {cell.text for table in Document(str(paper)).tables for row in table.rows for cell in row.cells}
    assert {"om de beurt praten", "=1+1", "vaker"} <= cells & table


def test_faults_are_one_clear_line(line: Line) -> None:
    assert "bad.json" in line("cmo", "import", line.file("bad.json", "{")).fault
    assert "gone.json" in line("cmo", "import", line.folder / "gone.json").fault
    assert ".docx" in line("cmo", "import", line.file("x.txt", "x")).fault
    assert line("cmo", "import").code == 2
    before = line.place.read_bytes()
    assert ".xlsx" in line("cmo", "--xlsx", line.place).fault
    assert line.place.read_bytes() == before


def test_the_form_listed_written_and_brought_in(line: Line) -> None:
    assert "cmo" in line.raw("form", "--list").out
    path = line.folder / "form.docx"
    assert line.raw("form", "cmo", path, "--project", line.place, "--kernelement", "samen kantelen").code == 0
    document = Document(str(path))
    [table] = document.tables
    assert table.rows[0].cells[1].text == "Samen kantelen"
    table.rows[-1].cells[1].text = "vaker"
    document.save(str(path))
    assert line("cmo", "import", path, "--json").json == {"kernelementen": 0, "sheets": 1, "lines": 1,
                                                          "configurations": 0}
    [one] = line("cmo", "--kernelement", "Samen kantelen", "--json").json["kernelementen"]
    assert one["sheet"]["verbeterpunten"] == ["vaker"]
    assert line.raw("form").code == 2
    assert "cmo" in line.raw("form", "onbekend", path).fault
    assert "damaged.docx" in line("cmo", "import", line.file("damaged.docx", "no zip")).fault
