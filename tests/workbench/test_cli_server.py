"""Every command answers on a server as it does on a file, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from codebook import founding
from corpora import moving
from corpora.errors import UsageError
from tests.postgres import own_database
from workbench import demo
from workbench.cli.main import main

QUESTIONS = (
    ["info"], ["log"], ["check"], ["codebook", "list"], ["text", "Interview 1 wijkteamlid"], ["search", "kantelen"],
    ["search", '"de buurt"'], ["query", '"Werkzame factor" and text:leren'], ["query", "WIE:*", "--codings", "Noor"],
    ["query", "kind:logboek and not HOE:positief", "--unit", "document"], ["query", "WAT:*", "--codings", "decided"],
    ["query", "near(HOE:positief, WAT:*, 2)"],
    ["grid", "--facet", "WAT=*", "--facet", "WIE=eigen", "--facet", "HOE=*"],
    ["cooccurrence", "--rows", "WAT", "--columns", "HOE"], ["cooccurrence", "--rows", "WAT", "--columns", "WIE",
                                                            "--unit", "document", "--where", "HOE:*"],
    ["agreement"], ["agreement", "--coders", "Noor,Sem"], ["pseudonymise", "--suggest"], ["cmo"],
    ["cmo", "--kernelement", "Dialogisch werken", "--codings", "Noor"], ["coders"],
    ["assign", "--plan", "Noor,Sem,Yara", "--overlap", "30", "--seed", "7", "--dry-run"])

FILES = (("codes.csv", []), ("codes.tsv", []), ("lang.csv", ["--as", "long"]), ("raster.xlsx", ["--as", "grid"]),
         ("werkboek.xlsx", []), ("boek.csv", ["--as", "codebook"]))


@pytest.fixture
def place() -> Iterator[str]:
    with own_database() as address:
        yield address


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "studie.narratief"
    demo.make(str(path))
    return str(path)


def shuffle(place: str) -> None:
    """Let rows lie in another order on the server's disk than in that of their numbers, as after much work."""
    with psycopg.connect(place.replace("+psycopg", "")) as server:
        names = [name for (name,) in server.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id'")]
        for name in names:
            for rest in (2, 0):
                server.execute(f"UPDATE {name} SET id = id WHERE id % 3 = {rest}")  # type: ignore[arg-type]


def told(capsys: pytest.CaptureFixture[str], where: str, command: list[str], *, is_json: bool = True) -> str:
    capsys.readouterr()
    code = main([command[0], where, *command[1:], *(["--json"] if is_json else [])])
    said = capsys.readouterr()
    assert code == 0, said.err
    return said.out if is_json else said.err


@pytest.mark.slow
def test_questions_and_files_are_those_of_a_file(place: str, file: str, tmp_path: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    moving.move(file, place)
    shuffle(place)
    for command in QUESTIONS:
        assert told(capsys, place, command) == told(capsys, file, command), command
    for name, options in FILES:
        made = []
        for where, folder in ((place, tmp_path / "server"), (file, tmp_path / "file")):
            folder.mkdir(exist_ok=True)
            told(capsys, where, ["export", str(folder / name), *options])
            made.append((folder / name).read_bytes())
        assert made[0] == made[1], name


@pytest.mark.slow
def test_changes_are_those_of_a_file(place: str, file: str, tmp_path: Path,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    moving.move(file, place)
    shuffle(place)
    inputs = {
        "codes.csv": "document,narratief,code\nInterview 1 wijkteamlid,1,positief\nInterview 1 wijkteamlid,2,"
                     "WIE:niet genoemd\n",
        "besluit.csv": "document,narratief,code,decision,reason\n"
                       "Interview 1 wijkteamlid,1,positief,yes,samen besproken\n",
        "kenmerk.csv": "document,jaren\nInterview 1 wijkteamlid,7\n",
        "namen.csv": "name,pseudonym\nLindenrade,Plaats 1\n",
        "boek.csv": "facet,label,definition\nWAT,Zelf bedacht,Wat wij er zelf bij vonden\n",
        "nieuw.txt": "I: Wat viel op?\nR: De buurt deed vanzelf mee. Dat hielp.\nI: En nu?\nR: Nu gaan we door.\n"}
    for name, body in inputs.items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    commands = (
        ["code", str(tmp_path / "codes.csv"), "--coder", "Bram"],
        ["code", str(tmp_path / "codes.csv"), "--coder", "Noor", "--remove"],
        ["adjudicate", str(tmp_path / "besluit.csv")], ["attributes", "import", str(tmp_path / "kenmerk.csv")],
        ["codebook", "import", str(tmp_path / "boek.csv")],
        ["import", str(tmp_path / "nieuw.txt"), "--kind", "logboek", "--group", "Managers", "--segment"],
        ["pseudonymise", "--names", str(tmp_path / "namen.csv")], ["pseudonymise", "--destroy-key"])
    for command in commands:
        for where in (place, file):
            told(capsys, where, command, is_json=False)
        for question in (["info"], ["query", "WAT:* or HOE:* or WIE:*"], ["codebook", "list"], ["search", "buurt"]):
            assert told(capsys, place, question) == told(capsys, file, question), (command, question)
    _packages(place, file, tmp_path, capsys)
    logs = [[(e["coder"], e["label"], e["changes"]) for e in json.loads(told(capsys, where, ["log"]))]
            for where in (place, file)]
    assert logs[0] == logs[1]
    assert told(capsys, place, ["check"]) == told(capsys, file, ["check"])


def _packages(place: str, file: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Coders, their documents, a package that comes back with work, on both alike."""
    (folder / "werk.csv").write_text("document,narratief,code\nInterview 1 wijkteamlid,3,negatief\n", encoding="utf-8")
    packages = [str(folder / name / "pakket.narratief") for name in ("server", "file")]
    for where, away in zip((place, file), packages, strict=True):
        Path(away).parent.mkdir()
        told(capsys, where, ["coders", "--add", "Kees", "--role", "onderzoeker"], is_json=False)
        told(capsys, where, ["assign", "--plan", "Noor,Kees", "--overlap", "20", "--seed", "3"], is_json=False)
        told(capsys, where, ["package", away, "--coder", "Kees", "--blind"], is_json=False)
        told(capsys, away, ["code", str(folder / "werk.csv"), "--coder", "Kees"], is_json=False)
    for command in (["--dry-run"], [], []):
        found = [json.loads(told(capsys, where, ["merge", away, *command]))
                 for where, away in zip((place, file), packages, strict=True)]
        assert found[0] == found[1], command
    for question in (["query", "HOE:negatief", "--codings", "Kees"], ["cmo"], ["agreement"]):
        assert told(capsys, place, question) == told(capsys, file, question), question
    coders = [json.loads(told(capsys, where, ["coders"])) for where in (place, file)]
    for one in (c for found in coders for c in found["coders"]):
        one.pop("last")
    assert coders[0] == coders[1]


ERRORS = {
    "postgresql+psycopg://postgres@127.0.0.1:1/x": "No server answers",
    "postgresql+psycopg://postgres@127.0.0.1:5432/is_er_niet": "no such database",
    "postgresql+psycopg://wie_is_dat@127.0.0.1:5432/postgres": "does not let you in",
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres?sslmode=require": "does not encrypt",
    "postgresql+psycopg://postgres@zo.een.server.is.er.niet/x": "No server of this name",
    "mysql://iemand@ergens/x": "no project",
}


@pytest.mark.parametrize("address", ERRORS)
def test_what_is_wrong_is_said(place: str, address: str, capsys: pytest.CaptureFixture[str],
                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    for command in (["info", address], ["new", address], ["move", place, address]):
        if command[0] == "move":
            assert main(["new", place]) == 0
        capsys.readouterr()
        assert main(command) == 1
        said = capsys.readouterr().err
        assert ERRORS[address] in said and len(said.splitlines()) == 1


def test_a_project_that_could_not_be_begun_leaves_the_database_empty(place: str,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise UsageError("no")

    with monkeypatch.context() as patched:
        patched.setattr(founding, "_begin", fail)
        assert main(["new", place]) == 1
    with psycopg.connect(place.replace("+psycopg", "")) as server:
        assert server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == []
    assert main(["new", place]) == 0


def test_a_password_is_never_shown(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    secret = place.replace("postgres@", "postgres:geheim@")
    for command in (["new", secret], ["new", secret], ["info", secret.replace("5432", "1")], ["info", secret]):
        main(command)
    said = capsys.readouterr()
    assert "geheim" not in said.out + said.err and "postgres@" in said.err
