"""coders and assign on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.cli_project import TRANSCRIPT, Line


@pytest.fixture
def study(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    line = Line(tmp_path, capsys)
    line.fill()
    for n in range(2, 6):
        assert line("import", line.file(f"Interview {n}.txt", TRANSCRIPT + f"R: En {n}.\n"), "--segment").code == 0
    return line


def test_coders_are_listed_added_and_given_a_role(study: Line) -> None:
    found = study("coders", "--json").json
    assert found["blind"] is False
    [noor] = found["coders"]
    assert set(noor) == {"name", "role", "assigned", "documents", "done", "narratieven", "complete", "codings", "last"}
    assert (noor["name"], noor["documents"], noor["narratieven"], noor["complete"], noor["codings"]) == (
        "Noor", 1, 3, 3, 8)
    found = study("coders", "--add", "Mirthe", "--role", "onderzoeker", "--blind", "on", "--json").json
    assert (found["blind"], {c["name"]: c["role"] for c in found["coders"]}) == (
        True, {"Mirthe": "onderzoeker", "Noor": "student"})
    assert len(study("coders", "--add", "noor", "--json").json["coders"]) == 2, "one name is one coder"
    assert study("coders", "--role", "student").code == 2
    assert study("query", "positief", "--json").json["count"] == 2, "the command line is not blind"


def test_documents_are_assigned_by_title(study: Line) -> None:
    found = study("assign", "Interview 2", "Interview 3", "--coder", "noor", "--json").json
    assert [one["coders"] for one in found["documents"]] == [[], ["Noor"], ["Noor"], [], []]
    found = study("assign", "Interview 2", "--coder", "Noor", "--remove", "--json").json
    assert [one["coders"] for one in found["documents"]] == [[], [], ["Noor"], [], []]
    assert "There is no coder «Bas»" in study("assign", "Interview 2", "--coder", "Bas").fault
    assert "Interview 9" in study("assign", "Interview 9", "--coder", "Noor").fault
    assert study("assign", "Interview 2").code == 2


def test_a_plan_is_shown_and_made(study: Line) -> None:
    for name in ("Sem", "Yara"):
        study("coders", "--add", name)
    words = ("--plan", "Noor,Sem,Yara", "--overlap", "40", "--seed", "3")
    shown = study("assign", *words, "--dry-run", "--json").json
    assert shown["applied"] is False and 0.2 <= shown["overlap"] <= 0.6
    assert sum(len(one["coders"]) > 1 for one in shown["documents"]) == 2
    assert study("coders", "--json").json["coders"][0]["assigned"] is False
    made = study("assign", *words, "--json")
    assert made.json["documents"] == shown["documents"]
    assert all(one["assigned"] for one in study("coders", "--json").json["coders"])
    assert "takes 5 coders; 3 chosen" in study("assign", *words, "--times", "5").fault
    assert study("assign", *words, "--overlap", "140").code == 2
    again = study("assign", *words, "--only-new", "--json").json
    assert again["load"].keys() == made.json["load"].keys()
    assert again["documents"] == made.json["documents"], "nothing is left to divide"
