"""new, info, check, log, and how the command line behaves whatever the command."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from codebook import founding
from corpora.store import schema
from tests.workbench.cli_project import Line

ROOT = Path(__file__).parents[2]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    return Line(tmp_path, capsys)


@pytest.fixture
def study(line: Line) -> Line:
    line.fill()
    return line


def run(*words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    environment = os.environ | {"NARRATIEF_LANG": language, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-m", "workbench", *words], cwd=ROOT, env=environment, capture_output=True,
                          text=True, encoding="utf-8", timeout=120)


def test_new_makes_an_empty_project_with_the_instrument(line: Line) -> None:
    assert line("new").code == 0
    assert line("info", "--json").json == {"documents": 0, "narratieven": 0, "codes": 46, "coders": 0, "codings": 0,
                                           "words": 0, "schema_version": schema.version()}


def test_new_never_overwrites(line: Line) -> None:
    line("new")
    before = line.place.read_bytes()
    assert "exists already" in line("new").fault
    assert line.place.read_bytes() == before


def test_new_with_no_codebook_and_with_one_of_your_own(line: Line) -> None:
    assert line("new", "--codebook", "leeg").code == 0
    assert line("info", "--json").json["codes"] == 0
    own = line.file("own.csv", "facet,label\nKLEUR,rood\nKLEUR,blauw\n")
    assert line.raw("new", line.folder / "own.narratief", "--codebook", own).code == 0
    found = line.raw("codebook", line.folder / "own.narratief", "list", "--json").json
    assert [(code["facet"], code["label"]) for code in found] == [("KLEUR", "rood"), ("KLEUR", "blauw")]


def test_the_codebooks_that_ship_are_listed(line: Line) -> None:
    assert line.raw("new", "--codebook", "list").out.split() == ["narratieve-analyse", "leeg"]


@pytest.mark.parametrize(("words", "why"), [
    (["new", "{folder}/no.narratief", "--codebook", "{folder}/nothing.csv"], "nothing.csv"),
    (["new", "{folder}/no.narratief", "--codebook", "unknown"], "unknown"),
    (["new", "{folder}/study.txt"], "study.txt"),
    (["new", "{folder}/no such folder/study.narratief"], "no such folder."),
])
def test_new_that_cannot_be_done_leaves_nothing(words: list[str], why: str, line: Line) -> None:
    assert why in line.raw(*(word.format(folder=line.folder) for word in words)).fault
    assert list(line.folder.iterdir()) == []


def test_info_counts(study: Line) -> None:
    counts = study("info", "--json").json
    words = len((study.folder / "Interview 1.txt").read_text().split())
    assert counts == {"documents": 1, "narratieven": 3, "codes": 46, "coders": 1, "codings": 8, "words": words,
                      "schema_version": schema.version()}
    assert "narratieven\t3" in study("info").out


def test_log_tells_who_did_what_in_the_language_of_the_project(study: Line) -> None:
    entries = study("log", "--json").json
    assert [set(entry) for entry in entries] == [{"when", "coder", "label", "changes"}] * len(entries)
    assert entries[-1]["coder"] == "Noor"
    assert entries[-1]["label"] == "Coderen uit noor.csv"
    assert entries[-1]["changes"] == 8 + 1 + 1, "codings, niet genoemd, and the coder"
    assert datetime.fromisoformat(entries[0]["when"]).tzinfo is not None
    assert [e["when"] for e in entries] == sorted(e["when"] for e in entries)


def test_check_finds_a_sound_project_sound(study: Line) -> None:
    answer = study("check")
    assert (answer.code, answer.out) == (0, "")
    assert "sound" in answer.err


def damaged(study: Line, statement: str) -> str:
    """What `check` prints after somebody changed the file behind the program's back."""
    with sqlite3.connect(study.place) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    connection.close()
    before = study.place.read_bytes()
    answer = study("check")
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert study.place.read_bytes() == before, "check changes nothing"
    return answer.out


@pytest.mark.parametrize(("statement", "said"), [
    ("DELETE FROM coding WHERE id = 1", "is in the change log but not in the project"),
    ("UPDATE coding SET code_id = 5 WHERE id = 1", "is not what the change log says of it"),
    ("INSERT INTO coding (id, narratief_id, code_id, coder_id, made_at) VALUES (99, 1, 40, 1, '2026-01-01')",
     "is in the project but not in the change log"),
    ("UPDATE coding SET narratief_id = 77 WHERE id = 1", "The file is damaged"),
    ("UPDATE narratief SET start = 5 WHERE id = 2", "two narratieven overlap"),
    ("UPDATE narratief SET \"end\" = 9999 WHERE id = 3", "outside the text of «Interview 1»"),
    ("UPDATE turn SET \"end\" = 9999 WHERE id = 2", "outside the text of «Interview 1»"),
    ("UPDATE text_content SET body = replace(body, 'mooi', 'naar')", "is not what was imported"),
    ("DELETE FROM passage_index", "search index"),
    ("DELETE FROM change_rows WHERE id = 3", "of the change log should hold"),
    ("UPDATE change_rows SET payload = x'7a0000' WHERE id = 3", "cannot be read"),
    ("INSERT INTO not_mentioned (narratief_id, facet_id, coder_id, reason, made_at) VALUES (1, 1, 1, '', '2026-01-01')",
     "stands beside codes of its facet"),
    ("UPDATE code SET parent_id = 40 WHERE id = 1", "below a code of another facet"),
    ("UPDATE code SET parent_id = 2 WHERE id = 2", "below itself"),
    ("INSERT INTO memo (about, about_id, coder_id, body, made_at, changed_at, uuid) VALUES ('narratief', 900, 1, 'x', "
     "'2026-01-01', '2026-01-01', '0123456789abcdef0123456789abcdef')", "hangs on something that is gone"),
    ("UPDATE document SET uuid = 'no uuid'", "a value that cannot be read"),
    ("UPDATE document SET imported_at = 'yesterday'", "a value that cannot be read"),
    ("DROP TABLE flag", "table flag is missing"),
])
def test_check_says_what_is_wrong(statement: str, said: str, study: Line) -> None:
    assert said in damaged(study, statement)


def test_check_after_undo_and_redo_is_clean(study: Line) -> None:
    from corpora.store.project import Project

    project = Project.open(study.place)
    for _ in range(3):
        project.undo()
    project.redo()
    project.close()
    assert study("check").code == 0


def test_a_torn_file_is_reported(study: Line) -> None:
    body = study.place.read_bytes()
    study.place.write_bytes(body[:4096] + b"\0" * 8192 + body[12288:])
    answer = study("check")
    assert answer.code == 1
    assert "damaged" in answer.out + answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("content", [b"", b"no database at all, only words", b"SQLite format 3\0" + b"\0" * 4000])
@pytest.mark.parametrize("command", ["info", "check", "log"])
def test_what_is_no_project_is_refused(command: str, content: bytes, line: Line) -> None:
    line.file("study.narratief", content)
    assert "study.narratief" in line(command).fault


@pytest.mark.parametrize("words", [["info"], ["check"], ["log"], ["text", "x"], ["query", "positief"],
                                   ["search", "x"], ["codebook", "list"], ["segment"]])
def test_a_project_that_is_not_there(words: list[str], line: Line) -> None:
    assert "study.narratief" in line(*words).fault
    assert list(line.folder.iterdir()) == []


@pytest.mark.parametrize("words", [["fly"], ["info"], ["new"], ["import", "x.narratief"], ["query", "x.narratief"],
                                   ["code", "x.narratief", "file.csv"], ["info", "x.narratief", "--unknown"],
                                   ["import", "x.narratief", "a.txt", "--kind", "poem"],
                                   ["pseudonymise", "x.narratief"]])
def test_wrong_usage_is_two(words: list[str], line: Line) -> None:
    assert line.raw(*words).code == 2


def test_dutch_and_english(tmp_path: Path) -> None:
    place = str(tmp_path / "nothing.narratief")
    english, dutch = run("info", place), run("info", place, language="nl")
    assert "There is no project" in english.stderr
    assert "Er is geen project" in dutch.stderr
    assert english.returncode == dutch.returncode == 1


def test_a_process_prints_one_json_document_and_nothing_else(tmp_path: Path) -> None:
    place = str(tmp_path / "study.narratief")
    assert run("new", place).returncode == 0
    first, second = run("codebook", place, "list", "--json"), run("codebook", place, "list", "--json")
    assert first.stdout == second.stdout != ""
    assert "SWT’s" in first.stdout
    assert first.stderr == ""


def test_output_that_nobody_reads_is_no_error(tmp_path: Path) -> None:
    place = tmp_path / "study.narratief"
    founding.found(place).close()
    with subprocess.Popen([sys.executable, "-m", "workbench", "codebook", str(place), "list", "--json"], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert b"Traceback" not in said and b"Exception" not in said


def test_the_command_line_needs_no_window_system(tmp_path: Path) -> None:
    place = tmp_path / "study.narratief"
    founding.found(place).close()
    program = ("import sys\nfrom workbench.cli.main import main\n"
               f"assert main(['info', {str(place)!r}, '--json']) == 0\n"
               "heavy = {'PySide6', 'pandas', 'openpyxl', 'spacy', 'alembic', 'matplotlib', 'psycopg', 'pypdfium2'}\n"
               "found = heavy & {name.split('.')[0] for name in sys.modules}\n"
               "assert not found, found\n")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
