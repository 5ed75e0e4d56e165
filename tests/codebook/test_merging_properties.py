"""Whatever is done in copies, merging them gives the same project in any order, and loses nobody's work."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codebook import merging
from codebook.checks import problems
from corpora.store.project import Project
from tests.codebook.merge_plays import CODERS, DEEDS, Deed, begin, copy, picture, play
from tests.codebook.places import dump

NUMBER = st.integers(0, 11)
DEED = st.tuples(st.sampled_from([*DEEDS, "apply", "apply", "remove", "undo", "redo"]), NUMBER, NUMBER, NUMBER)
PLAYS = st.lists(st.lists(DEED, max_size=4), min_size=2, max_size=3)
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=25)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("base"))


def merged_in(order: Sequence[int], base: Path, places: Sequence[Path], folder: Path,
              own: Sequence[Deed] = ()) -> Project:
    """The base with copies merged one by one."""
    project = copy(base, folder / f"{''.join(map(str, order))}.narratief", "Mirthe")
    for n in order:
        merging.merge(project, [str(places[n])])
    return project


def check_play(base: Path, plays: Sequence[Sequence[Deed]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        places = []
        for n, deeds in enumerate(plays):
            one = copy(base, folder / f"copy{n}.narratief", CODERS[n])
            play(one, deeds)
            one.close()
            places.append(folder / f"copy{n}.narratief")
        first = None
        orders = list(permutations(range(len(plays))))
        for order in dict.fromkeys((orders[0], orders[-1], orders[len(orders) // 2])):
            project = merged_in(order, base, places, folder)
            assert not [str(p) for p in problems(project)], order
            seen = picture(project)
            first = first or seen
            other = {k: (seen[k] - first[k], first[k] - seen[k]) for k in seen if seen[k] != first[k]}
            assert other == {}, (order, other)
            before = dump(project)
            for place in places:
                merging.merge(project, [str(place)])
            assert dump(project) == before
            project.close()


@CALM
@given(plays=PLAYS)
def test_any_order_gives_the_same_project(base: Path, plays: list[list[Deed]]) -> None:
    check_play(base, plays)
