"""The combination grid: every cell equals its query, empty ones too; totals, documents, respondents."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.analysis.grid import Respondents, cell, fractional, grid
from codebook.query.catalogue import Catalogue, CodeName
from codebook.query.evaluate import evaluate
from codebook.query.index import CodeIndex
from codebook.query.text import parse

AXES = [[1, 2], [3], [4, 5, 6]]
Codings = frozenset[tuple[int, int, int]]
_DOCUMENTS = {n: (n - 1) // 3 for n in range(1, 10)}
_codings = st.frozensets(st.tuples(st.integers(1, 9), st.integers(1, 6), st.sampled_from([1, 2])), max_size=60)
_hearing = st.frozensets(st.tuples(st.integers(1, 9), st.integers(50, 54)), max_size=20)


def _index(codings: Codings) -> CodeIndex:
    return CodeIndex.build(range(1, 10), list(_DOCUMENTS.values()), [1, 2, 3] * 3, sorted(codings), [])


@settings(max_examples=60)
@given(_codings, _hearing, st.sampled_from(["any", 1]), st.booleans())
def test_every_cell_equals_plain_sets(codings: Codings, hearing: frozenset[tuple[int, int]], whose: str | int,
                                      shuffled: bool) -> None:
    index = _index(codings)
    if shuffled:
        index.order_documents([2, 0, 1])
    pairs = sorted(hearing)
    respondents = Respondents.build(index, [n for n, _ in pairs], [r for _, r in pairs])
    found = grid(index, AXES, codings=whose, respondents=respondents)
    held = {code: {n for n, k, c in codings if k == code and whose in ("any", c)} for code in range(1, 7)}
    cells = list(found.cells())
    assert [one.codes for one in cells] == list(product(*AXES))
    for one in cells:
        narratieven = set.intersection(*(held[int(str(code))] for code in one.codes))
        assert (one.count, one.documents, one.respondents) == (
            len(narratieven), len({_DOCUMENTS[n] for n in narratieven}),
            len({r for n, r in hearing if n in narratieven}))
        assert set(index.ids(cell(index, one.codes, codings=whose)).tolist()) == narratieven
    complete = set.intersection(*(set().union(*(held[code] for code in axis)) for axis in AXES))
    assert (found.n, found.complete) == (9, len(complete))
    assert fractional(index, AXES, codings=whose).sum() == pytest.approx(len(complete))
    assert found.total >= len(complete)


@settings(max_examples=20)
@given(_codings)
def test_grid_equals_the_query_tool(codings: Codings) -> None:
    index = _index(codings)
    names = Catalogue(codes=[CodeName(code, 1, f"c{code}") for code in range(1, 7)])
    for one in grid(index, AXES).cells():
        asked = parse(" and ".join(f"c{code}" for code in one.codes))
        result = evaluate(asked, index, names)
        assert (result.count, result.documents) == (one.count, one.documents)


def test_where_narrows_everything() -> None:
    index = _index(frozenset({(1, 1, 1), (1, 3, 1), (1, 4, 1), (9, 1, 1), (9, 3, 1), (9, 4, 1)}))
    where = index.of_documents([0])
    found = grid(index, AXES, where=where)
    assert (found.n, found.complete, found.total) == (3, 1, 1)
    assert index.ids(cell(index, (1, 3, 4), where=where)).tolist() == [1]
    assert fractional(index, AXES, where=where).sum() == 1


def test_folded_codes_and_a_single_axis() -> None:
    index = _index(frozenset({(1, 4, 1), (2, 5, 1), (2, 4, 1)}))
    found = grid(index, [[(4, 5), 6]])
    assert [(one.codes, one.count) for one in found.cells()] == [(((4, 5),), 2), ((6,), 0)]


def test_fractions_of_a_narratief_in_several_cells() -> None:
    index = _index(frozenset({(1, 1, 1), (1, 2, 1), (1, 3, 1), (1, 4, 1), (1, 5, 1), (2, 1, 1), (2, 3, 1), (2, 4, 1)}))
    assert fractional(index, AXES).ravel().tolist() == [1.25, .25, 0, .25, .25, 0]


def test_without_respondents_the_grid_says_none() -> None:
    index = _index(frozenset({(1, 1, 1), (1, 3, 1), (1, 4, 1)}))
    assert not np.any(grid(index, AXES).respondents)
    nobody = Respondents.build(index, [], [])
    assert not np.any(grid(index, AXES, respondents=nobody).respondents)
