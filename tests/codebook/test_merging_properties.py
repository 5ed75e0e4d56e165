"""Whatever is done in copies, merging them gives the same project in any order, and loses nobody's work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from codebook import merging
from codebook.checks import problems
from corpora.store.project import Project
from tests.codebook.merge_plays import CODERS, DEEDS, Deed, begin, copy, picture, play
from tests.codebook.places import Rows, dump

NUMBER = st.integers(0, 11)
DEED = st.tuples(st.sampled_from([*DEEDS, "apply", "apply", "remove", "undo", "redo"]), NUMBER, NUMBER, NUMBER)
PLAYS = st.lists(st.lists(DEED, max_size=4), min_size=2, max_size=3)
FUZZ = int(os.environ.get("NARRATIEF_FUZZ_MERGES", "0"))
"""So many plays, other ones every time and shrunk when one fails; without it they are always the same."""
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=not FUZZ, database=None,
                max_examples=FUZZ or 20, phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if FUZZ else ())))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("base"))


def merged_in(order: Sequence[int], base: Path, places: Sequence[Path], folder: Path) -> tuple[Project, Rows]:
    """The base with copies merged one by one, and its rows before the last."""
    project = copy(base, folder / f"{''.join(map(str, order))}.narratief", "Mirthe")
    before = dump(project)
    for n in order:
        before = dump(project)
        merging.merge(project, [str(places[n])])
    return project, before


def check_play(base: Path, plays: Sequence[Sequence[Deed]]) -> None:
    """Play in copies, merge them in several orders, and hold the results against each other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        places = [away(base, folder, n, deeds) for n, deeds in enumerate(plays)]
        first = None
        orders = list(permutations(range(len(plays))))
        for order in dict.fromkeys((orders[0], orders[-1], orders[len(orders) // 2])):
            project, before = merged_in(order, base, places, folder)
            assert not [str(p) for p in problems(project)], order
            seen = picture(project)
            first = first or seen
            other = {k: (seen[k] - first[k], first[k] - seen[k]) for k in seen if seen[k] != first[k]}
            assert other == {}, (order, other)
            assert_nothing_lost(base, plays, seen)
            assert_settled(project, places, before)


def away(base: Path, folder: Path, n: int, deeds: Sequence[Deed]) -> Path:
    """A copy in which somebody worked."""
    place = folder / f"copy{n}.narratief"
    project = copy(base, place, CODERS[n])
    play(project, deeds)
    project.close()
    return place


def assert_settled(project: Project, places: Sequence[Path], before: Rows) -> None:
    """Merging again changes nothing; undo takes the last merge back exactly."""
    after, steps = dump(project), len(project.log())
    for place in places:
        merging.merge(project, [str(place)])
    assert (dump(project), len(project.log())) == (after, steps)
    if after != before:
        project.undo()
        assert dump(project) == before
    project.close()


TAKING = {"remove", "absent", "replace", "undo", "redo", "drop_code", "recut"}
"""Deeds with which coders take codings of their own away."""


def assert_nothing_lost(base: Path, plays: Sequence[Sequence[Deed]], seen: dict[str, Any]) -> None:
    """Every coding of the base is there, at its words, unless its own coder may have taken it away."""
    project = Project.open(base)
    start = picture(project)["codings"]
    project.close()
    played = {name for deeds in plays for name, *_ in deeds}
    for document, begin_, end, _counts, code, coder in start:
        deeds = plays[CODERS.index(coder)] if CODERS.index(coder) < len(plays) else []
        if TAKING & {name for name, *_ in deeds}:
            continue
        found = [one for one in seen["codings"] if one[0] == document and one[5] == coder and (
            "correct" in played or (one[1] < end and one[2] > begin_))]
        if not {"merge_codes", "split_code"} & played:
            found = [one for one in found if one[4] == code]
        assert found, (document, begin_, end, code, coder)


@CALM
@given(plays=PLAYS)
def test_any_order_gives_the_same_project(base: Path, plays: list[list[Deed]]) -> None:
    check_play(base, plays)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(CALM, max_examples=FUZZ or 120)
@given(plays=st.lists(st.lists(DEED, max_size=7), min_size=2, max_size=3))
def test_any_order_gives_the_same_project_after_long_work(base: Path, plays: list[list[Deed]]) -> None:
    check_play(base, plays)


def test_of_three_cuts_two_alike(base: Path) -> None:
    """Found by the test above: of the two that are alike the earlier one was kept in some orders only."""
    check_play(base, [[("recut", 3, 10, 0)], [("recut", 9, 1, 4)], [("recut", 9, 1, 4), ("new_code", 3, 6, 1)]])
    check_play(base, [[("recut", 9, 1, 4)], [("recut", 3, 10, 0)], [("recut", 9, 1, 4)]])
