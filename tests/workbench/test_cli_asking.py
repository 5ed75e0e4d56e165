"""codebook, code, query, search, grid, cooccurrence: the keys of the contract and the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli_project import TRANSCRIPT, Line


@pytest.fixture
def study(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    line = Line(tmp_path, capsys)
    line.fill()
    return line


def code(study: Line, rows: str, *words: str, coder: str = "Noor") -> None:
    answer = study("code", study.file("codes.csv", "document,narratief,code,reason\n" + rows), "--coder", coder, *words)
    assert answer.code == 0, answer.err


def test_the_codebook_is_listed(study: Line) -> None:
    found = study("codebook", "list", "--json").json
    assert len(found) == 46
    assert {"facet", "label", "parent", "groups", "definition", "color", "codings"} <= set(found[0])
    assert {c["label"]: c["codings"] for c in found}["positief"] == 2
    assert [c["facet"] for c in found] == ["WAT"] * 25 + ["WIE"] * 12 + ["HOE"] * 9
    assert not {c["label"]: c["certain"] for c in found}["SWT’s"]


def test_a_codebook_is_imported(study: Line) -> None:
    assert study("codebook", "import", study.file("more.csv", "facet,label\nWAT,Eigen code\n")).code == 0
    assert study("info", "--json").json["codes"] == 47
    assert "facet" in study("codebook", "import", study.file("bad.csv", "label\nx\n")).fault
    lacking = study("codebook", "import")
    assert lacking.code == 2
    assert "file" in lacking.err.casefold()


def test_codings_in_the_codebook_add_up_to_those_of_info(study: Line) -> None:
    code(study, "Interview 1,1,positief,\n", coder="Sem")
    found = study("codebook", "list", "--json").json
    assert {c["label"]: c["codings"] for c in found}["positief"] == 3
    assert sum(c["codings"] for c in found) == study("info", "--json").json["codings"]


def test_many_facets_not_mentioned_in_one_file(study: Line) -> None:
    code(study, "Interview 1,1,HOE:niet genoemd,toon ontbreekt\nInterview 1,2,HOE:niet genoemd,\n"
                "Interview 1,3,WIE:niet genoemd,\nInterview 1,1,hoe:Niet Genoemd,\n")
    assert [n["nr"] for n in study("query", 'HOE:"niet genoemd"', "--json").json["narratieven"]] == [1, 2]
    assert [n["nr"] for n in study("query", "HOE:*", "--json").json["narratieven"]] == [3]
    assert [n["nr"] for n in study("query", 'WIE:"niet genoemd"', "--json").json["narratieven"]] == [3]
    assert study("check").code == 0


@pytest.mark.parametrize("choice", ["WIE", "WIE="])
def test_a_facet_without_codes_is_wrong_usage(choice: str, study: Line) -> None:
    answer = study("grid", "--facet", choice, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "no codes" in answer.err


def test_a_coding_that_stands_is_no_error(study: Line) -> None:
    before = study("info", "--json").out
    code(study, "Interview 1,1,autonomie,\n")
    assert study("info", "--json").out == before


@pytest.mark.parametrize(("rows", "why"), [
    ("Interview 1,1,positief,\nInterview 1,1,Werkzame facter,\n", "Werkzame factor"),
    ("Interview 1,9,positief,\n", "9"), ("Niets,1,positief,\n", "Niets"), ("Interview 1,een,positief,\n", "een"),
    ("Interview 1,²,positief,\n", "²"), (f"Interview 1,{'1' * 5000},positief,\n", "row 3"),
    ("Interview 1,1,WIE:burger,\nInterview 1,1,WIE:niet genoemd,x\n", "niet genoemd")])
def test_a_file_of_codings_is_all_or_nothing(rows: str, why: str, study: Line) -> None:
    log = len(study("log", "--json").json)
    answer = study("code", study.file("codes.csv", "document,narratief,code,reason\nInterview 1,2,vraag,\n" + rows),
                   "--coder", "Nieuw")
    assert why in answer.fault
    assert study("query", "vraag", "--json").json["count"] == 0
    assert study("info", "--json").json["coders"] == 1
    assert len(study("log", "--json").json) == log


def test_codings_are_taken_off(study: Line) -> None:
    code(study, "Interview 1,1,positief,\nInterview 1,3,WIE:niet genoemd,\n", "--remove")
    assert study("query", "positief", "--json").json["count"] == 1
    assert study("query", 'WIE:"niet genoemd"', "--json").json["count"] == 0


def test_a_label_in_two_facets_asks_which(study: Line) -> None:
    study("codebook", "import", study.file("double.csv", "facet,label\nHOE,Autonomie\n"))
    answer = study("query", "Autonomie", "--json")
    assert "WAT:Autonomie" in answer.fault
    assert study("query", "wat:autonomie", "--json").json["count"] == 1


@pytest.mark.parametrize(("expression", "numbers"), [
    ("positief", [1, 2]), ('"Werkzame factor" and facilitator and (positief or betrokken)', [2]),
    ("not positief", [3]), ("niet positief", [3]), ("HOE:*", [1, 2, 3]), ('WIE:"niet genoemd"', [3]),
    ("positief xor Autonomie", [2]), ("oneof(positief, Autonomie)", [2]), ("text:formulier", [3]),
    ('text:"viel het kwartje"', [2]), ("kind:interview", [1, 2, 3]), ("group:Wijkteamleden and oplossing", [3]),
    ("follows(Verbeterpunt, Autonomie, 2)", [3]), ("follows(Verbeterpunt, Autonomie, 1)", []),
    ("precedes(Autonomie, Verbeterpunt, 2)", [1]), ("near(Autonomie, facilitator, 1)", [1]),
    ("coder:Noor and positief", [1, 2]), ("Gemeenschapsactiviteiten", [])])
def test_query(expression: str, numbers: list[int], study: Line) -> None:
    answer = study("query", expression, "--json").json
    assert set(answer) >= {"expression", "unit", "codings", "count", "documents", "narratieven"}
    assert [n["nr"] for n in answer["narratieven"]] == numbers
    assert (answer["count"], answer["documents"]) == (len(numbers), int(bool(numbers)))
    assert all(set(n) == {"document", "nr", "text", "codes"} for n in answer["narratieven"])
    assert all(n["text"] in TRANSCRIPT for n in answer["narratieven"])


@pytest.mark.parametrize(("expression", "why"), [
    ("positief and", "olumn"), ("(positief", "olumn"), ("Werkzame factr", "olumn"),
    ('"Werkzame factr"', "Werkzame factor"),
    ("positief or coder:Noor", "coder"), ("coder:Bestaat", "Bestaat"), ("", "")])
def test_a_query_that_cannot_be_read(expression: str, why: str, study: Line) -> None:
    assert why in study("query", expression, "--json").fault


def test_whose_codings_count(study: Line) -> None:
    code(study, "Interview 1,3,positief,\n", coder="Sem")
    counts = {whose: study("query", "positief", "--codings", whose, "--json").json["count"]
              for whose in ("any", "Noor", "Sem", "decided")}
    assert counts == {"any": 3, "Noor": 2, "Sem": 1, "decided": 3}, "undecided codings stand"


def test_search_gives_places_in_the_text(study: Line) -> None:
    hits = study("search", "formulier", "--json").json
    assert all(set(hit) >= {"document", "nr", "start", "end", "text"} for hit in hits)
    assert [(TRANSCRIPT[h["start"]:h["end"]], h["nr"]) for h in hits] == [("formulieren", 3)]
    assert study("search", "olifant", "--json").json == []


def test_grid_shows_every_combination(study: Line) -> None:
    answer = study("grid", "--facet", 'WAT=Autonomie,"Werkzame factor"', "--facet", "HOE=*", "--json").json
    assert len(answer["cells"]) == 2 * 9
    assert all(set(cell) >= {"codes", "count", "documents", "respondents"} for cell in answer["cells"])
    assert sum(cell["count"] for cell in answer["cells"]) == 2


def test_cooccurrence_totals_are_units_that_carry_the_code(study: Line) -> None:
    answer = study("cooccurrence", "--rows", "WAT", "--columns", "HOE", "--json").json
    assert set(answer) >= {"rows", "columns", "unit", "n", "counts", "row_totals", "column_totals", "jaccard",
                           "p_column_given_row", "p_row_given_column"}
    assert (len(answer["rows"]), len(answer["columns"]), answer["n"]) == (25, 9, 3)
    column = next(k for k, label in enumerate(answer["columns"]) if "positief" in label)
    assert answer["column_totals"][column] == 2
    assert sum(row[column] for row in answer["counts"]) == 2
    where = study("cooccurrence", "--rows", "WAT", "--columns", "HOE", "--where", "facilitator", "--json").json
    assert sum(map(sum, where["counts"])) == 1


def test_cooccurrence_of_chosen_codes(study: Line) -> None:
    answer = study("cooccurrence", "--rows", 'WAT="Werkzame factor",autonomie', "--columns", "HOE=positief",
                   "--json").json
    assert (answer["rows"], answer["columns"]) == (["Werkzame factor", "Autonomie"], ["positief"])
    assert (answer["counts"], answer["expected"], answer["lift"]) == ([[1], [1]], [[2 / 3], [2 / 3]], [[None], [None]])
    people = study("cooccurrence", "--rows", "WAT=*", "--columns", "HOE", "--unit", "respondent", "--json").json
    assert (len(people["rows"]), people["unit"]) == (25, "respondent")
    assert "positeif" in study("cooccurrence", "--rows", "WAT", "--columns", "HOE=positeif", "--json").fault
    assert "no codes" in study("cooccurrence", "--rows", "WAT=", "--columns", "HOE", "--json").fault


def test_without_sub_codes_folding_changes_nothing(study: Line) -> None:
    words = ("cooccurrence", "--rows", "WAT", "--columns", "HOE", "--json")
    assert study(*words, "--fold").json == study(*words).json


@pytest.mark.parametrize("words", [
    ["query", "positief", "--json"], ["search", "de", "--json"], ["text", "Interview 1", "--json"],
    ["codebook", "list", "--json"], ["info", "--json"], ["grid", "--facet", "WAT=*", "--facet", "HOE=*", "--json"],
    ["cooccurrence", "--rows", "WAT", "--columns", "WIE", "--json"]])
def test_the_same_project_gives_the_same_bytes(words: list[str], study: Line) -> None:
    first = study(*words)
    assert first.code == 0, first.err
    assert first.err == ""
    assert study(*words).out == first.out
