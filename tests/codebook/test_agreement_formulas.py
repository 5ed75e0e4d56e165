"""The formulas of agreement against other programs, against enumeration, and against what must hold always."""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from codebook.analysis import agreement_alpha as alphas
from codebook.analysis import agreement_kappas as kappas
from codebook.analysis import agreement_sets as sets
from codebook.analysis.agreement import Marks, code_agreements, set_agreement
from codebook.analysis.agreement_intervals import bootstrap, percentile_interval, rounds_of, t_interval, t_quantile
from codebook.analysis.agreement_ratings import Ratings
from codebook.analysis.segment_agreement import Cuts, compare, cuts_of_spans, edits, pk, window_diff
from codebook.analysis.unitizing import Continuum, merged, span_counts

VALUES = st.one_of(st.none(), st.integers(0, 3))
ROWS = st.integers(2, 4).flatmap(lambda coders: st.integers(1, 12).flatmap(
    lambda units: st.lists(st.lists(VALUES, min_size=units, max_size=units), min_size=coders, max_size=coders)))


# -- one value per unit --------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_that_of_the_package(rows: list[list[int | None]], metric: alphas.Metric) -> None:
    ours = alphas.krippendorff_alpha(Ratings.read(rows), metric)
    table = np.array([[np.nan if value is None else value for value in row] for row in rows])
    pairable = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    used = np.unique(pairable[~np.isnan(pairable)])
    if used.size < 2:
        assert ours is None
    else:
        theirs = krippendorff.alpha(reliability_data=table, level_of_measurement=metric)
        assert ours == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_coefficients_do_not_depend_on_the_order_of_coders_and_units(rows: list[list[int | None]], random: Any) -> None:
    mixed = [list(column) for column in zip(*rows, strict=True)]
    random.shuffle(mixed)
    shuffled = [list(row) for row in zip(*mixed, strict=True)]
    random.shuffle(shuffled)
    one, other = Ratings.read(rows, range(4)), Ratings.read(shuffled, range(4))
    for measure in (kappas.percent_agreement, kappas.percent_agreement_all, alphas.krippendorff_alpha,
                    kappas.conger_kappa, kappas.light_kappa):
        assert measure(one) == pytest.approx(measure(other), abs=1e-9), measure
    for estimate in (kappas.gwet_ac1, kappas.fleiss_kappa, kappas.brennan_prediger):
        ours, theirs = estimate(one), estimate(other)
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            assert (ours.value, ours.error) == pytest.approx((theirs.value, theirs.error))


def test_full_agreement_is_one_and_rare_codes_have_low_kappa() -> None:
    same = Ratings.read([[0, 1, 0, 1, 1], [0, 1, 0, 1, 1]])
    assert kappas.cohen_kappa(same) == alphas.krippendorff_alpha(same) == 1
    assert kappas.kappa_of_counts(1, 2, 2, 95) == pytest.approx(
        kappas.cohen_kappa(Ratings.of_table([[1, 2], [2, 95]], (1, 0))))
    assert kappas.kappa_of_counts(0, 0, 0, 9) is None
    assert kappas.positive_agreement(0, 0, 0) is None


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 57, 1347, 100_000])
@pytest.mark.parametrize("p", [0.025, 0.5, 0.9, 0.975, 0.9999])
def test_quantiles_of_t(p: float, freedom: int) -> None:
    assert t_quantile(p, freedom) == pytest.approx(stats.t.ppf(p, freedom), abs=1e-8, rel=1e-9)


def test_an_interval_ends_at_one() -> None:
    assert t_interval(0.9, 0.2, 10)[1] == 1


def test_rounds_are_the_same_however_they_are_cut() -> None:
    whole = np.concatenate(list(rounds_of(30, 50)))
    assert (whole == np.concatenate(list(rounds_of(30, 50)))).all()
    assert (whole.sum(axis=1) == 30).all()
    assert whole.std() > 0.5
    assert (np.concatenate(list(rounds_of(30, 50, seed=1))) != whole).any()
    large = list(rounds_of(400_000, 5))
    assert [len(block) for block in large] == [2, 2, 1]


def test_rounds_without_a_value_are_left_out() -> None:
    values = bootstrap(np.arange(8.0)[:, None], lambda sums: np.where(sums[:, 0] > 28, np.nan, sums[:, 0]))
    low, high = percentile_interval(values) or (0, 0)
    assert low < high <= 28
    assert percentile_interval(np.array([np.nan])) is None


# -- sets ----------------------------------------------------------------------------------------------------------

SETS = st.lists(st.lists(st.one_of(st.none(), st.sets(st.sampled_from("abcd"))), min_size=5, max_size=5), min_size=2,
                max_size=3)


def enumerated(found: sets.SetRatings) -> float:
    """De of mv-alpha by its definition: over all pairs of subsets of the values."""
    chosen = found.given[found.looked & found.pairable[None, :]]
    counts, sizes = chosen.sum(axis=0).tolist(), chosen.sum(axis=1)
    values = range(chosen.shape[1])
    expected = 0.0
    for h, j in product(range(sizes.max() + 1), repeat=2):
        weighted = whole = 0.0
        for one, other in product(combinations(values, h), combinations(values, j)):
            weight = prod(counts[c] for c in one) * prod(counts[k] - (k in one) for k in other)
            whole += weight
            weighted += weight * (1 - 2 * len({*one} & {*other}) / (h + j) if h + j else 0)
        if whole:
            expected += (sizes == h).mean() * (sizes == j).mean() * weighted / whole
    return float(expected)


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_expected_disagreement_of_sets_is_that_of_all_subsets(rows: list[list[set[str] | None]]) -> None:
    found = sets.SetRatings.read([[None if s is None else sorted(s) for s in row] for row in rows])
    if found.pairable.any():
        assert sets.mv_expected(found) == pytest.approx(enumerated(found), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_alpha_of_sets_is_alpha_with_its_distance(rows: list[list[set[str] | None]]) -> None:
    """By Krippendorff's definition over all values, one pair at a time."""
    listed = [[None if s is None else sorted(s) for s in row] for row in rows]
    units = [[set(s) for s in column if s is not None] for column in zip(*listed, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [s for unit in units for s in unit]
    n = len(everything)
    for distance, plain in ((sets.jaccard, plain_jaccard), (sets.masi, plain_masi)):
        observed = sum(plain(a, b) / (len(u) - 1) for u in units for a, b in combinations(u, 2)) * 2
        expected = 2 * sum(plain(a, b) for a, b in combinations(everything, 2))
        value = sets.alpha_of_sets(sets.SetRatings.read(listed), distance)
        if expected == 0:
            assert value is None
        else:
            assert value == pytest.approx(1 - observed * (n - 1) / expected)


def plain_jaccard(a: set[str], b: set[str]) -> float:
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def plain_masi(a: set[str], b: set[str]) -> float:
    m = 1.0 if a == b else 2 / 3 if a and b and (a <= b or b <= a) else 1 / 3 if a & b else 0.0
    return 1 - m * (1 - plain_jaccard(a, b)) if a | b else 0.0


def test_many_values_and_large_sets_stay_in_range() -> None:
    random = np.random.default_rng(1)
    true = random.random((400, 60)) < 0.4
    given_codes = true[None] ^ (random.random((3, 400, 60)) < 0.05)
    found = sets.SetRatings(np.ones((3, 400), dtype=np.bool_), given_codes)
    alpha = sets.mv_alpha(found)
    assert found.largest > 25
    assert alpha is not None
    assert 0.7 < alpha < 0.95


# -- narratieven ---------------------------------------------------------------------------------------------------


def _marks(coders: int = 3, units: int = 90, codes: int = 6, documents: int = 5) -> Marks:
    random = np.random.default_rng(3)
    true = random.random((units, codes)) < 0.3
    given_codes = true[None] ^ (random.random((coders, units, codes)) < 0.1)
    looked = random.random((coders, units)) < 0.85
    return Marks(looked, given_codes & looked[:, :, None], np.arange(units) * documents // units)


def test_codes_of_a_project_have_the_alpha_and_ac1_of_their_ratings() -> None:
    marks = _marks()
    for code, found in enumerate(code_agreements(marks)):
        ratings = marks.ratings(code)
        ac1 = kappas.gwet_ac1(ratings)
        assert found.alpha == pytest.approx(alphas.krippendorff_alpha(ratings))
        assert ac1 is not None
        assert found.ac1 == ac1.value
        assert (found.both, found.kappa, found.percent) == (None, None, None)
        assert found.ci is not None
        assert found.ci == pytest.approx(alphas.alpha_bootstrap_interval(ratings), abs=1e-9)


def test_the_table_of_two_coders_counts_what_both_looked_at() -> None:
    marks = _marks(coders=2)
    for code, found in enumerate(code_agreements(marks, intervals=False)):
        assert None not in (found.both, found.only_a, found.only_b, found.neither)
        assert (found.both or 0) + (found.only_a or 0) + (found.only_b or 0) + (found.neither or 0) == marks.n
        assert found.kappa == pytest.approx(kappas.cohen_kappa(marks.ratings(code)))
        assert found.percent == pytest.approx(((found.both or 0) + (found.neither or 0)) / marks.n)


def test_documents_are_drawn_from_ten_on() -> None:
    few, many = _marks(documents=9), _marks(documents=10)
    assert (few.by_document, many.by_document) == (False, True)
    sums = sets.mv_sums(many.sets(range(6)))
    assert many.clustered(sums).shape[0] == 10
    assert many.clustered(sums).sum(axis=0) == pytest.approx(sums[many.pairable].sum(axis=0))
    assert few.clustered(sums).shape[0] == few.n
    wide, narrow = set_agreement(many, range(6)).ci, set_agreement(few, range(6)).ci
    assert wide is not None and narrow is not None
    assert wide != narrow


def test_missing_is_not_empty() -> None:
    looked = np.array([[True, True, True], [True, True, False]])
    given_codes = np.array([[[True], [False], [True]], [[True], [False], [False]]])
    apart = Marks(looked, given_codes, np.zeros(3, dtype=np.int64))
    taken_as_empty = Marks(np.ones_like(looked), given_codes, np.zeros(3, dtype=np.int64))
    assert (apart.n, taken_as_empty.n) == (2, 3)
    assert code_agreements(apart)[0].alpha == 1
    assert code_agreements(taken_as_empty)[0].alpha != 1


def test_nobody_to_compare_gives_nothing() -> None:
    marks = Marks(np.eye(2, 4, dtype=np.bool_), np.zeros((2, 4, 3), dtype=np.bool_), np.zeros(4, dtype=np.int64))
    assert marks.n == 0
    assert [found.alpha for found in code_agreements(marks)] == [None] * 3
    found = set_agreement(marks, range(3))
    assert (found.alpha_mv, found.alpha_jaccard, found.alpha_masi, found.ci) == (None, None, None, None)


# -- segmentation --------------------------------------------------------------------------------------------------

MASSES = st.lists(st.integers(1, 6), min_size=1, max_size=8)


def _same_length(a: list[int], b: list[int]) -> tuple[Cuts, Cuts]:
    longest = max(sum(a), sum(b)) + 1
    return tuple(Cuts.of_masses([*m, longest - sum(m)]) for m in (a, b))  # type: ignore[return-value]


@given(MASSES, MASSES)
def test_similarity_is_symmetric_and_in_range(a: list[int], b: list[int]) -> None:
    one, other = _same_length(a, b)
    there, back = edits(one, other), edits(other, one)
    assert there.boundary_similarity == pytest.approx(back.boundary_similarity)
    assert 0 <= there.boundary_similarity <= 1
    assert 2 * there.matches + 2 * len(there.shifts) + there.misses == len(one.places) + len(other.places)
    assert edits(one, one).boundary_similarity == 1
    assert window_diff(one, other, 2).differing >= pk(one, other, 2).differing


@given(MASSES, MASSES)
def test_shifts_are_as_many_as_can_be(a: list[int], b: list[int]) -> None:
    """Neighbouring cuts paired from left to right, which is best when only neighbours may be paired."""
    one, other = _same_length(a, b)
    left, right = sorted(one.places - other.places), sorted(other.places - one.places)
    pairs, i, j = 0, 0, 0
    while i < len(left) and j < len(right):
        near = abs(left[i] - right[j]) < 2
        pairs += near
        i, j = i + (near or left[i] < right[j]), j + (near or right[j] < left[i])
    assert len(edits(one, other).shifts) == pairs


def test_wider_reach_takes_the_nearest_cut() -> None:
    one, other = Cuts(20, frozenset({10})), Cuts(20, frozenset({8, 12}))
    assert edits(one, other, 2).misses == 3
    found = edits(Cuts(20, frozenset({10})), Cuts(20, frozenset({9, 12})), 3)
    assert (found.shifts, found.misses) == ((1,), 1)
    assert found.boundary_similarity == pytest.approx(1 - (1 + 1 / 3) / 2)


def test_several_texts_weigh_by_their_cuts() -> None:
    same, long = Cuts(5, frozenset({2})), Cuts(30, frozenset({5, 10, 15, 20}))
    other = Cuts(30, frozenset({5, 10, 15, 25}))
    found = compare([[same, same, None], [long, other, None], [same, None, None]])
    assert found is not None
    assert found.boundary_similarity == pytest.approx(1 - 2 / 6)
    assert (found.texts, list(found.pairs)) == (2, [(0, 1)])
    assert found.alpha is not None
    assert found.window_diff is not None
    assert compare([[same, None]]) is None
    # Each of the two in turn is reference: 2 of 8 windows of three and 2 of 9 of two.
    unequal = compare([[Cuts(11, frozenset({2, 5})), Cuts(11, frozenset({5}))]])
    assert unequal is not None
    assert unequal.window_diff == pytest.approx(4 / 17)
    alone = compare([[Cuts(1, frozenset()), Cuts(1, frozenset())]])
    assert alone is not None
    assert (alone.boundary_similarity, alone.window_diff, alone.alpha) == (1, None, None)


def test_stretches_are_cut_at_the_nearest_place_between_sentences() -> None:
    positions = [(0, 10), (11, 20), (21, 30), (32, 40)]
    assert cuts_of_spans([(0, 20), (21, 40)], positions).places == {2}
    assert cuts_of_spans([(0, 12), (13, 40)], positions).places == {1}
    # What lies outside all stretches is a segment of its own.
    assert cuts_of_spans([(0, 10), (32, 40)], positions).places == {1, 3}
    assert cuts_of_spans([], positions).places == set()


# -- passages ------------------------------------------------------------------------------------------------------

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda s: (min(s), max(s))), max_size=6)


@given(SPANS, SPANS)
def test_characters_are_counted_one_by_one(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    ours, theirs = ({at for start, stop in spans for at in range(start, stop)} for spans in (a, b))
    found = span_counts(50, a, b)
    assert (found.both, found.only_a, found.only_b) == (len(ours & theirs), len(ours - theirs), len(theirs - ours))
    assert found.length == 50
    assert sum(stop - start for start, stop in merged(a)) == len(ours)


def test_passages_with_the_same_units_agree_and_one_coder_cannot() -> None:
    units = [[0, 4, "a"], [4, 9, "b"], [12, 20, "a"]]
    same = Continuum.read(0, 30, {"Noor": units, "Sem": units})
    assert same.u_alpha() == same.u_alpha_binary() == same.cu_alpha() == 1
    assert same.cu_coverage() == pytest.approx(17 / 30)
    alone = Continuum.read(0, 30, {"Noor": units})
    assert (alone.u_alpha(), alone.u_alpha_binary(), alone.cu_alpha(), alone.cu_coverage()) == (None,) * 4
    nothing = Continuum.read(0, 30, {"Noor": [], "Sem": []})
    assert (nothing.u_alpha(), nothing.cu_alpha()) == (None, None)


def test_the_border_of_touching_units_matters() -> None:
    whole = Continuum.read(0, 30, {"Noor": [[0, 10, "a"]], "Sem": [[5, 15, "a"]]})
    halves = Continuum.read(0, 30, {"Noor": [[0, 5, "a"], [5, 10, "a"]], "Sem": [[5, 15, "a"]]})
    assert whole.u_alpha() != halves.u_alpha()


def test_the_worked_example_of_the_guide() -> None:
    """Its figures are those of the functions, so that the explanation cannot drift from the program."""
    text = (Path(__file__).parents[2] / "workbench" / "guide" / "overeenstemming.md").read_text(encoding="utf-8")
    noor, sem = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 1, 0, 0, 0, 0, 0]
    ratings = Ratings.read([noor, sem], [0, 1])
    ac1 = kappas.gwet_ac1(ratings)
    assert ac1 is not None
    for value in (kappas.cohen_kappa(ratings), alphas.krippendorff_alpha(ratings), ac1.value):
        assert f"= {value:.2f}".replace(".", ",") in text
    assert f"= {100 * (kappas.percent_agreement(ratings) or 0):.0f} %" in text
    assert f"= {100 * (kappas.positive_agreement(3, 1, 1) or 0):.0f} %" in text
    for name, distance in (("Dice", sets.dice), ("Jaccard", sets.jaccard), ("MASI", sets.masi)):
        line = next(row for row in text.splitlines() if row.startswith(f"| {name} |"))
        apart = float(distance(np.array([1.0]), np.array([1.0]), np.array([2.0]))[0])
        assert line.endswith(f"| {apart:.2f} |".replace(".", ","))
    cut = edits(Cuts.of_masses([3, 4, 3]), Cuts.of_masses([3, 5, 2]))
    assert f"= {cut.boundary_similarity:.2f}".replace(".", ",") in text
