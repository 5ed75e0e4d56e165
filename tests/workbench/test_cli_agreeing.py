"""agreement, adjudicate and statistics on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbench.cli_project import Line

VECTORS = Path(__file__).parents[1] / "reference" / "vectors"
CODE_KEYS = {"facet", "code", "both", "only_a", "only_b", "neither", "percent", "kappa", "alpha", "ac1"}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    return Line(tmp_path, capsys)


@pytest.fixture
def study(line: Line) -> Line:
    line.fill()
    rows = "Interview 1,1,Autonomie\nInterview 1,1,positief\nInterview 1,2,Werkzame factor\nInterview 1,3,oplossing\n"
    assert line("code", line.file("sem.csv", "document,narratief,code\n" + rows), "--coder", "Sem").code == 0
    return line


def test_agreement_has_the_keys_of_the_contract(study: Line) -> None:
    found = study("agreement", "--json").json
    assert {"coders", "unit", "n", "codes", "pairs", "facets", "overall", "segmentation", "notes"} <= set(found)
    assert (found["coders"], found["unit"], found["n"]) == (["Noor", "Sem"], "narratief", 3)
    assert len(found["codes"]) == 46
    assert all(set(one) >= CODE_KEYS for one in found["codes"])
    autonomy = next(one for one in found["codes"] if one["code"] == "Autonomie")
    assert [autonomy[key] for key in ("both", "only_a", "only_b", "neither", "percent", "kappa", "alpha", "ac1")] == [
        1, 0, 0, 2, 1, 1, 1, 1]
    burger = next(one for one in found["codes"] if one["code"] == "burger")
    assert [burger[key] for key in ("both", "only_a", "only_b", "neither", "kappa")] == [0, 1, 0, 2, 0]
    unused = next(one for one in found["codes"] if one["code"] == "Bereikbaarheid")
    assert (unused["percent"], unused["kappa"], unused["alpha"], unused["ac1"]) == (1, None, None, 1)
    assert [one["facet"] for one in found["facets"]] == ["WAT", "WIE", "HOE"]
    assert all(set(one) >= {"facet", "alpha_mv", "alpha_jaccard", "alpha_masi", "ci"} for one in found["facets"])
    assert len(found["overall"]["ci"]) == 2
    assert found["segmentation"]["boundary_similarity"] is found["segmentation"]["window_diff"] is None
    assert any("Segmentation is not compared" in note for note in found["notes"])
    assert [pair["coders"] for pair in found["pairs"]] == [["Noor", "Sem"]]
    assert study("agreement", "--json").out == study("agreement", "--json").out


def test_coders_and_condition_can_be_chosen(study: Line) -> None:
    rows = "document,narratief,code\nInterview 1,1,Autonomie\n"
    assert study("code", study.file("yara.csv", rows), "--coder", "Yara").code == 0
    three = study("agreement", "--json").json
    assert three["codes"][0]["both"] is None
    assert len(three["pairs"]) == 3
    assert study("agreement", "--coders", "sem, Yara", "--json").json["coders"] == ["Sem", "Yara"]
    assert study("agreement", "--where", "Autonomie", "--json").json["n"] == 1
    assert "Noo" in study("agreement", "--coders", "Noo,Sem").fault
    assert "at least two coders" in study("agreement", "--coders", "Sem").fault
    assert "Autonomi" in study("agreement", "--where", "Autonomi", "--json").fault


def test_agreement_for_reading(study: Line) -> None:
    answer = study("agreement")
    assert answer.code == 0
    assert [text.split("\t")[0] for text in answer.out.splitlines()] == ["", "WAT", "WIE", "HOE", "∑"]
    assert "coders" in answer.err


def test_own_segmentations_reach_agreement(study: Line) -> None:
    text = study("text", "Interview 1", "--json").json["text"]
    middle = text.index("I: En hoe")
    cuts = f"document,start,end\nInterview 1,0,{middle}\nInterview 1,{middle},{len(text)}\n"
    for coder in ("Noor", "Sem"):
        assert study("segment", "--boundaries", study.file("own.csv", cuts), "--coder", coder).code == 0
    found = study("agreement", "--json").json["segmentation"]
    assert (found["boundary_similarity"], found["window_diff"], found["alpha"], found["documents"]) == (1, 0, 1, 1)


def test_decisions_make_the_decided_set(study: Line) -> None:
    rows = "document,narratief,code,decision,reason\nInterview 1,1,Autonomie,no,te ruim\nInterview 1,3,Autonomie,yes,\n"
    before = study("info", "--json").json["coders"]
    assert study("adjudicate", study.file("besluit.csv", rows), "--coder", "Mirthe").code == 0
    decided = study("query", "Autonomie", "--codings", "decided", "--json").json
    assert [one["nr"] for one in decided["narratieven"]] == [3]
    assert [one["nr"] for one in study("query", "Autonomie", "--json").json["narratieven"]] == [1]
    last = study("log", "--json").json[-1]
    assert (last["coder"], last["changes"] >= 2) == ("Mirthe", True)
    assert study("info", "--json").json["coders"] == before  # who decides between coders is none of them
    assert study("check").code == 0


def test_a_wrong_decision_writes_nothing(study: Line) -> None:
    before = study("log", "--json").out
    rows = "document,narratief,code,decision,reason\nInterview 1,1,Autonomie,no,\nInterview 1,9,Autonomie,yes,\n"
    assert "Row 3" in study("adjudicate", study.file("fout.csv", rows)).fault
    assert study("log", "--json").out == before
    assert "decision" in study("adjudicate", study.file("kolom.csv", "document,narratief,code\n")).fault


@pytest.mark.parametrize("name", ["krippendorff-2011-4x12", "synthetic-sets-3x40", "krippendorff-2019-fig12-11",
                                  "segeval-near-miss", "holsti", "spans-nvivo-1000", "degenerate-1", "assoc-tea",
                                  "cooc-small-permutation"])
def test_statistics_answers_in_the_order_asked(line: Line, name: str) -> None:
    asked = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    results = line.raw("statistics", VECTORS / f"{name}.json", "--json").json["results"]
    assert [one["statistic"] for one in results] == [check["statistic"] for check in asked["checks"]]
    for one, check in zip(results, asked["checks"], strict=True):
        assert (one["value"] is None) == (check["expected"] is None), one
        assert (one["note"] is None) == (one["value"] is not None), one
        if isinstance(one["value"], float):
            assert one["value"] == pytest.approx(check["expected"], abs=check["tolerance"])


def test_an_unknown_statistic_does_not_cost_the_others(line: Line) -> None:
    asked = {"kind": "coding", "data": {"values": [[1, 2], [1, 2]]},
             "checks": [{"statistic": "luck"}, {"statistic": "cohen_kappa"}]}
    first, second = line.raw("statistics", line.file("q.json", json.dumps(asked))).json["results"]
    assert first["value"] is None
    assert "luck" in first["note"]
    assert second == {"statistic": "cohen_kappa", "value": 1.0, "note": None}


@pytest.mark.parametrize("content, said", [
    ("{", "is no JSON"), ("[]", "asks nothing"), ('{"kind": "coding", "data": {}, "checks": [{}]}', "statistic"),
    ('{"kind": "coding", "data": {}, "checks": [{"statistic": "cohen_kappa"}]}', "does not fit the kind “coding”"),
    ('{"kind": "coding", "data": 3, "checks": [{"statistic": "cohen_kappa"}]}', "does not fit"),
    ('{"kind": "moon", "data": {}, "checks": [{"statistic": "x"}]}', "moon"),
])
def test_a_file_that_asks_wrongly_is_refused(line: Line, content: str, said: str) -> None:
    assert said in line.raw("statistics", line.file("q.json", content)).fault


def test_one_statistic_that_the_data_cannot_have_does_not_cost_the_others(line: Line) -> None:
    asked = {"kind": "coding", "data": {"values": [["a", "b"], ["a", "a"]]}, "checks": [
        {"statistic": "krippendorff_alpha_interval"}, {"statistic": "fleiss_kappa_category[z]"},
        {"statistic": "percent_agreement"}]}
    found = line.raw("statistics", line.file("words.json", json.dumps(asked)), "--json").json["results"]
    assert [one["value"] for one in found] == [None, None, 0.5]
    assert "need numbers" in found[0]["note"]
    assert "no value" in found[1]["note"]


@pytest.mark.parametrize("values", [[], [[], []], [[None, None], [None, None]], [[1, 2]]])
def test_nothing_to_compare_is_undefined_and_no_error(line: Line, values: list[list[int | None]]) -> None:
    names = ["krippendorff_alpha_nominal", "cohen_kappa", "gwet_ac1", "percent_agreement", "fleiss_kappa",
             "krippendorff_alpha_nominal_unit_bootstrap_ci95"]
    asked = {"kind": "coding", "data": {"values": values}, "checks": [{"statistic": name} for name in names]}
    found = line.raw("statistics", line.file("none.json", json.dumps(asked)), "--json").json["results"]
    assert all(one["value"] is None and one["note"] for one in found)


def test_agreement_goes_to_excel(study: Line) -> None:
    assert study("code", study.file("yara.csv", "document,narratief,code\nInterview 1,1,Autonomie\n"), "--coder",
                 "Yara").code == 0
    path = study.folder / "eens.xlsx"
    assert study("agreement", "--xlsx", path).code == 0
    book = load_workbook(path)
    assert book.sheetnames == ["Codes", "Facetten", "Paren", "Leeswijzer"]
    heads, *rows = book["Codes"].iter_rows(values_only=True)
    found = {row[1]: dict(zip(heads, row, strict=True)) for row in rows}
    asked = study("agreement", "--json").json
    told = next(one for one in asked["codes"] if one["code"] == "Autonomie")
    assert found["Autonomie"]["alfa"] == pytest.approx(told["alpha"])
    assert found["Bereikbaarheid"]["alfa"] is None
    facets = list(book["Facetten"].iter_rows(values_only=True))
    assert facets[1][0] == "WAT"
    assert facets[1][1] == pytest.approx(asked["facets"][0]["alpha_mv"])
    assert any("Krippendorff" in str(row[2]) for row in book["Leeswijzer"].iter_rows(values_only=True))
