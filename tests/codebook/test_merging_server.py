"""Copies are merged into a project on a PostgreSQL server, and such a project into a file, as with files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from codebook import merging
from codebook.checks import problems
from corpora import moving
from corpora.store.project import Project
from tests.codebook.merge_plays import Deed, begin, copy, picture, play
from tests.codebook.places import dump
from tests.postgres import own_database

PLAYS: tuple[tuple[str, tuple[Deed, ...]], ...] = (
    ("Noor", (("new_code", 1, 0, 0), ("recut", 0, 1, 0), ("rename", 2, 1, 0), ("note", 1, 1, 1), ("define", 0, 1, 0),
              ("quote", 2, 3, 0), ("drop_code", 4, 0, 0), ("correct", 1, 2, 0), ("undo", 0, 0, 0))),
    ("Sem", (("new_code", 1, 0, 3), ("recut", 0, 2, 0), ("rename", 2, 2, 0), ("apply", 3, 4, 0), ("define", 0, 2, 0),
             ("merge_codes", 5, 6, 0), ("correct", 0, 1, 0), ("title", 1, 2, 0), ("decide", 6, 1, 1))))
OTHER: tuple[Deed, ...] = (("rename", 2, 3, 0), ("cut", 8, 4, 0), ("flag", 4, 1, 0), ("apply", 7, 2, 0))


@pytest.fixture()
def server() -> Iterator[str]:
    with own_database() as address:
        yield address


@pytest.fixture()
def copies(tmp_path: Path) -> list[Path]:
    """The base, and a copy of two coders at work."""
    base = begin(tmp_path)
    places = [base]
    for who, deeds in PLAYS:
        places.append(tmp_path / f"{who}.narratief")
        project = copy(base, places[-1], who)
        play(project, deeds)
        project.close()
    return places


def merged(project: Project, places: Sequence[str]) -> list[list[tuple[str, str]]]:
    """What the merges told, of a project that is sound afterwards."""
    found = [merging.merge(project, [place]) for place in places]
    assert [str(p) for p in problems(project)] == []
    return [[(c.kind, str(c.object)) for c in one.conflicts] for one in found]


def test_a_server_merges_as_a_file_does(copies: list[Path], server: str, tmp_path: Path) -> None:
    base, *places = copies
    away = [str(place) for place in places]
    moving.move(str(base), server)
    file, there = copy(base, tmp_path / "file.narratief", "Mirthe"), Project.open(server, "Mirthe")
    assert merged(there, away) == merged(file, away)
    assert picture(there) == picture(file)
    whole = picture(there)
    assert merging.merge(there, away).nothing
    there.undo()
    there.undo()
    assert dump(there) == dump(Project.open(base))
    merging.merge(there, away)
    assert picture(there) == whole
    play(file, OTHER)
    play(there, OTHER)
    there.close()
    target, beside = (copy(base, tmp_path / f"{name}.narratief", "Bo") for name in ("target", "beside"))
    for project in (target, beside):
        play(project, (("title", 1, 3, 0), ("define", 2, 3, 0)))
    assert merged(target, [server]) == merged(beside, [str(tmp_path / "file.narratief")])
    assert picture(target) == picture(beside)
    assert merging.merge(target, [server]).nothing
