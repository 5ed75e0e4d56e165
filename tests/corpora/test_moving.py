"""A project moves between file and server and nothing of it is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text

from codebook.checks import problems
from corpora import moving, pseudonyms, search
from corpora.errors import ProjectError
from corpora.messages import message
from corpora.store.base import Base
from corpora.store.project import Project
from tests.postgres import own_database
from workbench import demo
from workbench.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def place() -> Iterator[str]:
    with own_database() as address:
        yield address


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study with a key of names and a step undone."""
    path = tmp_path_factory.mktemp("study") / "studie.narratief"
    demo.make(str(path))
    project = Project.open(path, "Noor")
    project.step(message("Names"), pseudonyms.replace_names, {"Lindenrade": "Plaats 1"})
    project.step(message("No name"), pseudonyms.reject, "Buurthuis")
    project.undo()
    project.close()
    return path


def every_row(place: str | Path) -> Rows:
    project = Project.open(place)
    with project.moment() as connection:
        found = {t.name: [tuple(row) for row in connection.execute(select(t).order_by(*t.primary_key.columns))]
                 for t in Base.metadata.sorted_tables}
    project.close()
    return found


def plain(place: str) -> str:
    return place.replace("postgresql+psycopg", "postgresql")


def test_there_and_back_nothing_is_lost(study: Path, place: str, tmp_path: Path) -> None:
    before = every_row(study)
    assert {name for name, rows in before.items() if rows} >= {"pseudonym", "text_version", "change_rows", "coding"}
    counts = moving.move(str(study), place)
    assert every_row(place) == before
    assert counts == {name: len(rows) for name, rows in before.items()}
    back = tmp_path / "terug.narratief"
    with own_database() as other:
        moving.move(place, other)
        moving.move(other, str(back))
    assert every_row(back) == before
    assert list(tmp_path.iterdir()) == [back], "no draft is left"


def test_work_goes_on_where_it_was(study: Path, place: str, tmp_path: Path) -> None:
    moving.move(str(study), place)
    back = tmp_path / "terug.narratief"
    moving.move(place, str(back))
    labels = []
    for where in (study, place, back):
        project = Project.open(where, "Noor")
        with project.read() as session:
            hits = [hit.text for hit in search.find(session, "buurt")]
        assert hits, "the words can be searched"
        labels.append((hits, str(project.undo_label()), str(project.redo_label())))
        assert problems(project) == []
        if where != study:
            assert str(project.undo()) == "Names"
            assert str(project.redo()) == "Names"
            new = project.step(message("No name"), pseudonyms.reject, "Plein")
            assert problems(project) == []
            labels.append(new)
        project.close()
    assert labels[0] == labels[1] == labels[3]
    assert labels[2] == labels[4], "numbers go on where they were"


def test_numbers_that_undo_may_need_are_not_given_again(study: Path, place: str, tmp_path: Path) -> None:
    project = Project.open(study)
    with project.engine.connect() as connection:
        used = connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
    project.close()
    moving.move(str(study), place)
    with psycopg.connect(plain(place)) as server:
        for name, last in used:
            [found] = server.execute(f"SELECT last_value FROM {name}_id_seq").fetchall()  # type: ignore[arg-type]
            assert found == (last,), name
    back = tmp_path / "terug.narratief"
    moving.move(place, str(back))
    project = Project.open(back)
    with project.engine.connect() as connection:
        assert sorted(connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()) == sorted(used)
    project.close()


def test_what_is_there_is_never_overwritten(study: Path, place: str, tmp_path: Path) -> None:
    there = tmp_path / "er-al.narratief"
    there.write_bytes(b"iets")
    with pytest.raises(ProjectError, match="exists already"):
        moving.move(str(study), str(there))
    assert there.read_bytes() == b"iets"
    moving.move(str(study), place)
    with pytest.raises(ProjectError, match="already"):
        moving.move(str(study), place)
    with own_database() as other:
        with psycopg.connect(plain(other)) as server:
            server.execute("CREATE TABLE coding (word text)")
        with pytest.raises(ProjectError, match="something else"):
            moving.move(str(study), other)


class Stop(Exception):
    pass


def _stopping(done: float, total: float) -> None:
    if done > total / 4:
        raise Stop


def test_a_move_that_is_broken_off_leaves_nothing(study: Path, place: str, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        moving.move(str(study), place, _stopping)
    assert _tables(place) == []
    with pytest.raises(Stop):
        moving.move(str(study), str(tmp_path / "half.narratief"), _stopping)
    assert list(tmp_path.iterdir()) == []
    moving.move(str(study), place)
    assert every_row(place) == every_row(study)


def _tables(place: str) -> list[Any]:
    with psycopg.connect(plain(place)) as server:
        return server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()


SLOWLY = """
import sys, time
import codebook.models
from corpora import moving
def report(done, total):
    if done > total / 4:
        print("half", flush=True)
        time.sleep(60)
moving.move(sys.argv[1], sys.argv[2], report)
"""


def test_a_move_that_is_killed_leaves_nothing(study: Path, place: str, tmp_path: Path) -> None:
    for target in (place, str(tmp_path / "half.narratief")):
        mover = subprocess.Popen([sys.executable, "-c", SLOWLY, str(study), target], stdout=subprocess.PIPE, cwd=ROOT)
        assert mover.stdout is not None and mover.stdout.readline() == b"half\n"
        os.kill(mover.pid, signal.SIGKILL)
        mover.wait()
    until = time.monotonic() + 10
    while _tables(place) and time.monotonic() < until:
        time.sleep(0.05)
    assert _tables(place) == []
    assert not (tmp_path / "half.narratief").exists()
    moving.move(str(study), place)
    moving.move(str(study), str(tmp_path / "half.narratief"))
    assert every_row(place) == every_row(study) == every_row(tmp_path / "half.narratief")


def test_the_command_says_what_it_did(study: Path, place: str, tmp_path: Path,
                                      capsys: pytest.CaptureFixture[str]) -> None:
    secret = place.replace("postgres@", "postgres:geheim@")
    assert main(["move", str(study), secret, "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["target"] == place and "geheim" not in told.out + told.err
    assert found["rows"] == sum(found["tables"].values()) > 1_000
    assert "100 %" not in told.out and "50 %" in told.err
    assert main(["move", str(study), secret]) == 1
    assert "geheim" not in capsys.readouterr().err
