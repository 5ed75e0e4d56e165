"""Agreement of a whole study against its budget: 1,348 narratieven, 46 codes, 5 coders, 2,000 rounds, under 10 s."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import agreeing, coding, deciding
from codebook.analysis.agreement import Marks, code_agreements, pairs_of, set_agreement
from codebook.models import Code, Coding
from codebook.reading import Reading
from corpora.messages import message
from corpora.models import Narratief
from corpora.store.base import now
from corpora.store.project import Changed, Project
from corpora.store.writing import insert_rows
from tests.benchmarks import within
from workbench import generate
from workbench.itemmodels.deciding_walk import Walk, verdicts

pytestmark = pytest.mark.benchmark

NARRATIEVEN, CODES, CODERS, BUDGET = 1_348, 46, 5, 10.0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A generated study of 34 documents that five coders coded alike for the most part."""
    place = tmp_path_factory.mktemp("agreement") / "study.narratief"
    generate.generate(place, NARRATIEVEN, code_count=CODES, coders=0)
    found = Project.open(str(place))
    found.step(message("Code"), _code)
    yield found
    found.close()


def _code(session: Session) -> None:
    random = np.random.default_rng(5)
    narratieven, codes = list(session.scalars(select(Narratief.id))), list(session.scalars(select(Code.id)))
    true = random.random((len(narratieven), len(codes))) < 0.08
    for n in range(CODERS):
        coder = coding.coder_id(session, f"Codeur {n + 1}")
        units, columns = np.nonzero(true ^ (random.random(true.shape) < 0.02))
        insert_rows(session, Coding, [{"narratief_id": narratieven[u], "code_id": codes[k], "coder_id": coder,
                                       "made_at": now()} for u, k in zip(units, columns, strict=True)])


def test_a_study_is_compared_within_the_budget(project: Project) -> None:
    reading = Reading(project)
    start = perf_counter()
    found = agreeing.agreement(reading)
    seconds = perf_counter() - start
    print(f"\nagreement {found.total} narratieven x {len(found.codes)} codes x {len(found.coders)} coders, "
          f"{found.rounds} rounds: {seconds:.2f} s (budget {BUDGET:.0f} s)", file=sys.stderr)
    assert (found.total, len(found.codes), len(found.coders), len(found.pairs)) == (NARRATIEVEN, CODES, CODERS, 10)
    assert found.drawn == "document"
    assert found.overall.ci is not None
    assert within(seconds, BUDGET)


@pytest.mark.parametrize("share", [0.07, 0.2])
def test_crowded_sets_stay_within_the_budget(share: float) -> None:
    """Sets of up to some 13, and some 20 codes, drawn per narratief instead of per document."""
    random = np.random.default_rng(1)
    true = random.random((NARRATIEVEN, CODES)) < share
    given = true[None] ^ (random.random((CODERS, *true.shape)) < 0.03)
    marks = Marks(np.ones((CODERS, NARRATIEVEN), dtype=np.bool_), given, np.zeros(NARRATIEVEN, dtype=np.int64))
    start = perf_counter()
    code_agreements(marks)
    for a, b in pairs_of(marks):
        code_agreements(marks.of_coders([a, b]), intervals=False)
    for facet in (range(22), range(22, 36), range(36, CODES)):
        set_agreement(marks, facet)
    set_agreement(marks, range(CODES), distances=False)
    seconds = perf_counter() - start
    print(f"\nshare {share}: sets of up to {marks.sets(range(CODES)).largest} codes: {seconds:.2f} s", file=sys.stderr)
    assert within(seconds, BUDGET)


def test_differences_are_walked_without_waiting(project: Project) -> None:
    """All differences of five coders are read within a second; after a decision only one narratief is read again."""
    reading = Reading(project)
    start = perf_counter()
    walk = Walk(reading)
    walk.load()
    loading = perf_counter() - start
    first = next(iter(walk.all.values()))
    changes: list[Changed] = []
    stop = project.listen(lambda changed: (reading.update(changed), changes.append(changed))[0])
    start = perf_counter()
    project.step(message("Decide"), deciding.settle, next(iter(first.gave)), first.place.narratief_id,
                 verdicts(first, list(first.disputed)))
    assert walk.follow(changes[-1])
    following = walk.next_open(first.key)
    deciding_one = perf_counter() - start
    stop()
    print(f"\n{len(walk.all)} differences read: {loading:.2f} s (budget 1 s); one decided: "
          f"{deciding_one * 1000:.0f} ms (budget 100 ms)", file=sys.stderr)
    assert walk.all[first.key].state == "decided"
    assert following is not None
    assert within(loading, 1.0)
    assert within(deciding_one, 0.1)
