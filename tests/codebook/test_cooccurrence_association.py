"""Coefficients, exact tests and corrections against reference vectors, scipy and enumeration."""

from __future__ import annotations

import json
from itertools import product
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from codebook.analysis.association import (
    Table2x2,
    benjamini_hochberg,
    c_coefficient,
    holm,
    hypergeometric,
    in_range,
    within_documents,
)
from codebook.analysis.association_answers import answer
from codebook.analysis.association_table import association_table
from codebook.query.index import CodeIndex
from corpora.errors import UsageError

VECTORS = Path(__file__).parents[1] / "reference" / "vectors"
FILES = ["assoc-balanced", "assoc-rare", "assoc-tea", "padjust-bh1995", "c-coefficient-atlas", "cooc-small",
         "cooc-medium", "cooc-small-permutation", "cooc-medium-permutation"]


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _agree(value: Any, expected: Any, tolerance: float, where: str) -> None:
    if isinstance(expected, dict):
        assert set(value) == set(expected), where
        for key in expected:
            _agree(value[key], expected[key], tolerance, f"{where}/{key}")
    elif isinstance(expected, list):
        assert len(value) == len(expected), where
        for at, one in enumerate(expected):
            _agree(value[at], one, tolerance, f"{where}/{at}")
    elif expected is None:
        assert value is None, where
    else:
        assert value == pytest.approx(expected, abs=tolerance), where


@pytest.mark.parametrize("name", FILES)
def test_reference_vectors(name: str) -> None:
    vector = _read(name)
    data = _read(vector["data"]["project"])["data"] if vector["kind"] == "cooccurrence_test" else vector["data"]
    for check in vector["checks"]:
        value, _ = answer(vector["kind"], data, check["statistic"])
        _agree(value, check["expected"], check["tolerance"] + 1e-10, check["statistic"])


def test_what_is_undefined_says_so() -> None:
    empty = Table2x2(0, 0, 0, 0)
    assert [empty.jaccard, empty.expected, empty.lift, empty.phi, empty.chi2, empty.fisher_greater] == [None] * 6
    assert Table2x2(0, 3, 4, 5).pmi is None
    assert Table2x2(4, 0, 0, 0).npmi is None
    value, note = answer("table2x2", {"n11": 0, "n10": 0, "n01": 0, "n00": 4}, "jaccard")
    assert value is None and note is not None
    assert answer("c_coefficient", {"cases": [{"n1": 1, "n2": 2, "n12": 2}]}, "c")[1] is not None
    assert (in_range(c_coefficient(1, 2, 2)), in_range(None), in_range(0.5)) == (False, False, True)


@pytest.mark.parametrize("kind, statistic", [("table2x2", "kappa"), ("p_values", "q"), ("weather", "rain"),
                                             ("c_coefficient", "d"), ("cooccurrence_project", "x")])
def test_unknown_statistics_are_refused(kind: str, statistic: str) -> None:
    with pytest.raises(UsageError, match=statistic):
        answer(kind, _read("cooc-small")["data"], statistic)


_counts = st.integers(0, 12)


@settings(max_examples=60)
@given(_counts, _counts, _counts, _counts)
def test_fisher_equals_scipy(n11: int, n10: int, n01: int, n00: int) -> None:
    table = Table2x2(n11, n10, n01, n00)
    if not table.n:
        return
    cells = [[n11, n10], [n01, n00]]
    assert table.fisher_greater == pytest.approx(stats.fisher_exact(cells, "greater")[1], abs=1e-12)
    assert table.fisher_two_sided == pytest.approx(stats.fisher_exact(cells)[1], abs=1e-12)


def test_large_tables_do_not_overflow() -> None:
    chances, lowest = hypergeometric(1_000_000, 400_000, 300_000)
    mean = float(np.sum(chances * (lowest + np.arange(chances.size))))
    assert mean == pytest.approx(120_000, rel=1e-9)


@given(st.integers(0, 15).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_hypergeometric_equals_counting(numbers: tuple[int, int, int]) -> None:
    n, a, b = numbers
    chances, lowest = hypergeometric(n, a, b)
    exact = [comb(a, k) * comb(n - a, b - k) / comb(n, b) for k in range(lowest, lowest + chances.size)]
    assert chances.tolist() == pytest.approx(exact, abs=1e-12)
    assert sum(exact) == pytest.approx(1)


def test_within_documents_equals_enumerating_all_placements() -> None:
    first = np.array([1, 1, 0, 0, 1, 0, 0], dtype=bool)
    second = np.array([1, 0, 1, 0, 1, 1, 0], dtype=bool)
    document = np.array([0, 0, 0, 0, 1, 1, 1])
    observed = int((first & second).sum())
    outcomes = [int(sum(first & np.array(placed, dtype=bool)))
                for placed in product([0, 1], repeat=7) if sum(placed[:4]) == 2 and sum(placed[4:]) == 2]
    found = within_documents(first, second, document, always=True)
    assert found.p == pytest.approx(np.mean([o >= observed for o in outcomes]))
    assert found.smallest_p == pytest.approx(np.mean([o == max(outcomes) for o in outcomes]))
    assert found.expected == pytest.approx(np.mean(outcomes))


def test_sharing_documents_alone_is_no_association() -> None:
    document = np.repeat([0, 1], 30)
    both = document == 0
    found = within_documents(both, both, document)
    assert found.p == pytest.approx(1)
    assert not found.testable


def test_few_narratieven_or_one_document_get_no_p() -> None:
    marks = np.array([True, False] * 9)
    assert within_documents(marks, marks, np.arange(18) // 9).p is None
    assert within_documents(np.tile(marks, 2), np.tile(marks, 2), np.zeros(36, dtype=int)).p is None
    assert within_documents(np.tile(marks, 2), np.tile(marks, 2), np.arange(36) // 18).p is not None


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
def test_corrections_against_scipy_and_definition(values: list[float | None]) -> None:
    tested = [p for p in values if p is not None]
    adjusted, stepped = benjamini_hochberg(values), holm(values)
    assert [p is None for p in adjusted] == [p is None for p in stepped] == [p is None for p in values]
    if tested:
        assert [p for p in adjusted if p is not None] == pytest.approx(
            stats.false_discovery_control(tested).tolist(), abs=1e-12)
    for p, q in zip(values, stepped, strict=True):
        if p is not None and q is not None:
            below = [other for other in tested if other <= p]
            lowest = max(min(1.0, other * (len(tested) - sum(o < other for o in tested))) for other in below)
            assert q == pytest.approx(lowest)


def test_table_of_tests_shares_one_family() -> None:
    rng = np.random.default_rng(4)
    n = 60
    rows = [(i, code, 1) for code in (1, 2, 3) for i in np.flatnonzero(rng.random(n) < 0.4).tolist()]
    rows += [(i, 4, 1) for i, code, _ in rows if code == 1]
    index = CodeIndex.build(np.arange(n), np.repeat(range(6), 10), np.tile(np.arange(1, 11), 6), rows, [])
    table = association_table(index, [1, 2, 3, 4], [1, 2, 3, 4])
    assert table.family == 6
    assert (0, 0) not in table.tests
    assert table.tests[0, 3] is table.tests[3, 0]
    assert table.tests[0, 3].p == pytest.approx(table.tests[0, 3].smallest_p)
    assert table.adjusted[0, 3] == pytest.approx(min(1, 6 * (table.tests[0, 3].p or 0)))
    pooled = association_table(index, [1], [2], strata=np.zeros(6, dtype=np.int64))
    assert pooled.tests[0, 0].p is None
