"""Packages, blind or not, in which students code: merging them gives the same project in any order.

Held for what a student does to codings and to the words of the codebook. Where several blind packages also cut
narratieven anew, merge codes or take codes out, the order can still show: see docs/decisions/0014-merging.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook import merging
from codebook.checks import problems
from codebook.packages import package
from corpora.store.project import Project
from tests.codebook.merge_plays import CODERS, Deed, begin, copy, picture, play
from tests.codebook.test_merging_properties import CALM, NUMBER

CODING = ("apply", "apply", "remove", "absent", "replace", "note", "quote", "flag", "done", "new_code", "define",
          "rename", "decide")
DEEDS = st.lists(st.tuples(st.sampled_from(CODING), NUMBER, NUMBER, NUMBER), max_size=4)
PLAYS = st.lists(st.tuples(st.booleans(), DEEDS), min_size=2, max_size=3)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("base"))


def packed(base: Path, folder: Path, plays: Sequence[tuple[bool, Sequence[Deed]]]) -> tuple[Path, list[Path]]:
    """The project that gave packages away, and the packages as they come back."""
    project, places = copy(base, folder / "study.narratief", "Mirthe"), []
    for name, (blind, deeds) in zip(CODERS, plays, strict=False):
        place = folder / f"{name}.narratief"
        package(project, place, name, blind=blind)
        theirs = Project.open(place, name)
        play(theirs, deeds)
        theirs.close()
        places.append(place)
    project.close()
    return folder / "study.narratief", places


@CALM
@given(plays=PLAYS)
def test_packages_merge_alike_in_any_order(base: Path, plays: list[tuple[bool, list[Deed]]]) -> None:
    with TemporaryDirectory() as name:
        folder, seen = Path(name), []
        study, places = packed(base, folder, plays)
        for n, order in enumerate([*list(permutations(places))[::-1][:2], tuple(places)]):
            project = copy(study, folder / f"merged{n}.narratief", "Mirthe")
            for place in order:
                merging.merge(project, [str(place)])
            assert [str(p) for p in problems(project)] == []
            seen.append(picture(project))
            project.close()
        assert all(one == seen[0] for one in seen)
