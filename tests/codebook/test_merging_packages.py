"""Packages, blind or not, in which students work: merging them gives the same project in any order, also when some came
in halfway already and their students went on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook import merging
from codebook.checks import problems
from codebook.packages import package
from corpora.store.project import Project
from tests.codebook.merge_plays import CODERS, Deed, begin, copy, picture, play
from tests.codebook.test_merging_properties import CALM, DEED, FUZZ, assert_nothing_lost

WORK = st.lists(DEED, max_size=4)
Play = tuple[bool, Sequence[Deed], Sequence[Deed]]
"""Whether a package is blind, what was done in it before it came in for the first time, and what after that."""
PLAYS = st.lists(st.tuples(st.booleans(), WORK, st.just([])), min_size=2, max_size=3)
GOING_ON = st.lists(st.tuples(st.booleans(), st.lists(DEED, max_size=3), st.lists(DEED, max_size=2)), min_size=2,
                    max_size=3)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("base"))


def packed(base: Path, folder: Path, plays: Sequence[Play]) -> tuple[Path, list[Path], list[Path]]:
    """The project that gave packages away, the packages halfway, and as they are in the end."""
    project = copy(base, folder / "study.narratief", "Mirthe")
    halfway, ends = [], []
    for name, (blind, deeds, later) in zip(CODERS, plays, strict=False):
        end = folder / f"{name}.narratief"
        package(project, end, name, blind=blind)
        _work(end, name, deeds)
        halfway.append(folder / f"{name} halfway.narratief")
        shutil.copy(end, halfway[-1])
        _work(end, name, later)
        ends.append(end)
    project.close()
    return folder / "study.narratief", halfway, ends


def _work(place: Path, name: str, deeds: Sequence[Deed]) -> None:
    project = Project.open(place, name)
    play(project, deeds)
    project.close()


def merged(study: Path, target: Path, order: Sequence[Path]) -> dict[str, Any]:
    """What the study is when packages came in one by one."""
    project = copy(study, target, "Mirthe")
    for place in order:
        merging.merge(project, [str(place)])
    assert [str(p) for p in problems(project)] == []
    found = picture(project)
    project.close()
    return found


def assert_alike(base: Path, plays: Sequence[Play]) -> None:
    """Merge in several orders, with and without what was there halfway, and hold the results against each other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        study, halfway, ends = packed(base, folder, plays)
        orders: list[tuple[Path, ...]] = [tuple(ends), tuple(ends[::-1]), (*ends[1:], ends[0])]
        if any(later for _, _, later in plays):
            orders += [(*halfway, *ends), (*halfway[::-1], *ends), (halfway[0], ends[1], ends[0], *ends[2:])]
        seen = [merged(study, folder / f"merged{n}.narratief", order) for n, order in enumerate(dict.fromkeys(orders))]
        for n, one in enumerate(seen):
            other = {k: (one[k] - seen[0][k], seen[0][k] - one[k]) for k in one if one[k] != seen[0][k]}
            assert other == {}, (n, other)
        assert_nothing_lost(base, [[*deeds, *later] for _, deeds, later in plays], seen[0])


@CALM
@given(plays=PLAYS)
def test_packages_merge_alike_in_any_order(base: Path, plays: list[Play]) -> None:
    assert_alike(base, plays)


@CALM
@given(plays=GOING_ON)
def test_packages_that_come_in_twice_merge_alike(base: Path, plays: list[Play]) -> None:
    assert_alike(base, plays)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(CALM, max_examples=FUZZ or 50)
@given(plays=st.one_of(PLAYS, GOING_ON))
def test_packages_merge_alike_in_many_more_plays(base: Path, plays: list[Play]) -> None:
    assert_alike(base, plays)


@pytest.mark.parametrize("plays", [
    [(True, [("cut", 1, 4, 5)], []), (False, [("remove", 1, 7, 8)], [])],
    [(True, [("cut", 0, 1, 10)], []), (False, [("recut", 0, 3, 10)], [])],
    [(True, [("recut", 2, 8, 6)], []), (False, [("absent", 2, 6, 6)], [])],
    [(True, [("recut", 9, 11, 4)], []), (False, [("drop_code", 10, 0, 7)], [])],
    [(False, [("drop_code", 8, 5, 7)], []), (True, [("recut", 1, 10, 11)], [])],
    [(False, [("split_code", 3, 5, 8)], []), (True, [("recut", 2, 1, 3)], [])],
], ids=["cut and taken off", "cut twice", "not mentioned in a joined one", "dropped in a joined one", "dropped first",
        "code split in a joined one"])
def test_a_statement_stays_one_when_a_blind_copy_cut_its_narratief(base: Path, plays: list[Play]) -> None:
    """Found by the tests above: a coding that a merge had put on two narratieven, or for which it had let another
    stand, was taken off in part only, or not at all."""
    assert_alike(base, plays)


def test_of_three_titles_the_last_holds_and_both_others_stay_readable(base: Path) -> None:
    """Found by the tests above: merged steps stand in the log in the order of merging."""
    assert_alike(base, [(False, [("title", 2, 1, 7)], []), (False, [("title", 6, 7, 10)], []),
                        (False, [("title", 0, 8, 1)], [])])


@pytest.mark.parametrize("plays", [
    [(False, [], [("drop_code", 10, 0, 2)]), (False, [("replace", 9, 3, 0)], [("recut", 2, 1, 2)])],
    [(False, [], []), (False, [], [("recut", 2, 1, 2)]), (False, [("split_code", 5, 3, 8)], [("new_code", 2, 11, 3)])],
    [(False, [], []), (False, [("define", 9, 5, 5), ("merge_codes", 11, 5, 9)],
                       [("split_code", 7, 9, 6), ("drop_code", 9, 1, 8)])],
    [(False, [("absent", 11, 2, 4)], []), (False, [("merge_codes", 0, 3, 8)], [("remove", 6, 3, 1)])],
    [(False, [("join", 1, 11, 5)], [("note", 0, 6, 8)]), (False, [], [("cut", 3, 0, 1)])],
    [(False, [], [("recut", 8, 10, 11)]), (False, [("recut", 10, 3, 2)], []), (False, [], [("join", 2, 3, 11)])],
    [(False, [("split_code", 7, 2, 2)], [("absent", 11, 4, 5)]), (False, [("split_code", 7, 5, 2)], [])],
])
def test_who_comes_in_twice_brings_the_same(base: Path, plays: list[Play]) -> None:
    """Found by the test above."""
    assert_alike(base, plays)
