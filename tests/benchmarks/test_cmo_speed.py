"""The aggregation per kernelement on 100,000 narratieven."""

from __future__ import annotations

from time import perf_counter

import pytest

from codebook.cmo_counts import Board
from codebook.reading import Reading
from corpora.store.project import Project
from tests.benchmarks import within
from tests.benchmarks.conftest import Study

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

NARRATIEVEN = 100_000
BUDGET = 0.5


def test_every_kernelement_is_counted_within_half_a_second(study: Study) -> None:
    reading = Reading(Project.open(study(NARRATIEVEN), "Meting"))
    begin = perf_counter()
    board = Board(reading)
    total = sum(int(board.matrix(one.id).all_counts.sum()) for one in board.kernelementen)
    counted = perf_counter() - begin
    begin = perf_counter()
    proposed = sum(len(board.proposals(one.id)) for one in board.kernelementen)
    read = perf_counter() - begin
    print(f"\n{len(board.kernelementen)} kernelementen on {NARRATIEVEN:,}: counted {counted:.3f} s, "
          f"{proposed:,} proposals in {read:.3f} s, budget {BUDGET:g} s each")
    assert total > 0
    assert within(counted, BUDGET)
    assert within(read, 4 * BUDGET)
