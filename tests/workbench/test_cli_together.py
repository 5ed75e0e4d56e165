"""`package` and `merge` on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.workbench.cli_project import Line

KINDS = {"same_name", "renamed", "definition", "segmentation", "deleted_used", "text", "memo"}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    found = Line(tmp_path, capsys)
    found.fill()
    return found


def test_a_package_goes_out_and_comes_back(line: Line) -> None:
    away = line.folder / "sem.narratief"
    told = line("package", away, "--coder", "Sem", "--blind", "--json").json
    assert (told["coder"], told["blind"], told["codings"], told["narratieven"]) == ("Sem", True, 0, 3)
    assert line.raw("check", away).code == 0
    assert line.raw("code", away, line.file("sem.csv", "document,narratief,code\nInterview 1,1,negatief\n"),
                    "--coder", "Sem").code == 0
    dry = line("merge", away, "--dry-run", "--json").json
    assert line("info", "--json").json["codings"] == 8
    told = line("merge", away, "--json").json
    assert {k: told[k] for k in ("added", "conflicts", "unchanged")} == {
        k: dry[k] for k in ("added", "conflicts", "unchanged")}
    assert (told["added"]["codings"], told["added"]["coders"], told["conflicts"]) == (1, 1, [])
    assert told["unchanged"] > 50
    assert line("info", "--json").json["codings"] == 9
    assert line("check").code == 0
    again = line("merge", away, "--json").json
    assert (sum(again["added"].values()), again["conflicts"]) == (0, [])
    assert ("Sem", 1) in {(step["coder"], step["changes"]) for step in line("log", "--json").json}


def test_conflicts_are_told_and_exit_is_0(line: Line) -> None:
    places = []
    for who, definition in (("Noor", "Warm."), ("Sem", "Koud.")):
        place = line.folder / f"{who}.narratief"
        shutil.copy(line.place, place)
        book = line.file(f"{who}.book.csv", f"facet,label,definition\nWAT,Nieuw,{definition}\n")
        assert line.raw("codebook", place, "import", book).code == 0
        assert line.raw("code", place, line.file(f"{who}.csv", "document,narratief,code\nInterview 1,2,Nieuw\n"),
                        "--coder", who).code == 0
        places.append(place)
    answer = line("merge", *places, "--json")
    assert answer.code == 0
    found = answer.json["conflicts"]
    assert {c["kind"] for c in found} == {"same_name", "definition"} <= KINDS
    assert all(set(c) >= {"kind", "object", "ours", "theirs", "resolution"} and all(
        isinstance(c[k], str) and c[k] for k in ("kind", "object", "ours", "theirs", "resolution")) for c in found)
    assert [c["definition"] for c in line("codebook", "list", "--json").json if c["label"] == "Nieuw"] == ["Koud."]
    assert line("query", "Nieuw", "--json").json["count"] == 1


def test_another_choice(line: Line) -> None:
    for who in ("Noor", "Sem"):
        place = line.folder / f"{who}.narratief"
        shutil.copy(line.place, place)
        assert line.raw("codebook", place, "import", line.file("b.csv", "facet,label\nWAT,Nieuw\n")).code == 0
    places = [line.folder / f"{who}.narratief" for who in ("Noor", "Sem")]
    assert line("merge", *places, "--resolve", "same_name=both").code == 0
    assert [c["label"] for c in line("codebook", "list", "--json").json if "Nieuw" in c["label"]] == [
        "Nieuw", "Nieuw (2)"]
    assert line("merge", *places, "--resolve", "same_name=nee").code == 2


def test_what_is_no_copy_is_refused_in_one_line(line: Line) -> None:
    before = line("info", "--json").json
    assert "brief.narratief" in line("merge", line.file("brief.narratief", "Geachte heer,")).fault
    assert "weg.narratief" in line("merge", line.folder / "weg.narratief").fault
    assert "study.narratief" in line("merge", line.place).fault
    assert "study.narratief" in line("package", line.place, "--coder", "Sem").fault
    assert f"map {line.folder / 'weg'}." in line("package", line.folder / "weg" / "sem.narratief", "--coder",
                                                       "Sem").fault
    assert line("info", "--json").json == before
    assert line("package", line.folder / "x.narratief").code == 2
