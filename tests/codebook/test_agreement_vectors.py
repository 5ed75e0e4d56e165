"""Every check of the reference vectors on agreement, within its tolerance, through what `statistics` answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codebook.analysis.agreement_answers import KINDS, UnknownStatistic, answer
from corpora.errors import UsageError

VECTORS = Path(__file__).parents[1] / "reference" / "vectors"
FOUND = {path.stem: found for path in sorted(VECTORS.glob("*.json"))
         if (found := json.loads(path.read_text(encoding="utf-8")))["kind"] in KINDS}
CHECKS = [(name, check["statistic"]) for name, vector in FOUND.items() for check in vector["checks"]]


def test_all_kinds_but_the_one_without_public_data_are_there() -> None:
    assert {vector["kind"] for vector in FOUND.values()} == set(KINDS) - {"segmentation_multi"}
    assert len(CHECKS) == 412


@pytest.mark.parametrize("name, statistic", CHECKS)
def test_reference_vectors(name: str, statistic: str) -> None:
    vector = FOUND[name]
    check = next(check for check in vector["checks"] if check["statistic"] == statistic)
    value, note = answer(vector["kind"], vector["data"], statistic, check.get("params"))
    if check["expected"] is None:
        assert value is None
        assert note is not None
    else:
        assert value == pytest.approx(check["expected"], abs=check["tolerance"] + 1e-12)
        assert note is None


MULTI = {"a": [2, 3, 6], "b": [2, 2, 7], "c": [5, 6]}


@pytest.mark.parametrize("data", [
    {"masses": MULTI}, {"masses": list(MULTI.values())}, {"coders": MULTI},
    {"masses_a": MULTI["a"], "masses_b": MULTI["b"], "masses_c": MULTI["c"]},
])
def test_several_segmentations_are_pooled_over_pairs(data: dict[str, Any]) -> None:
    # a-b: one match, one shift of 1: 1.5 of 2. a-c: one match, one miss: 1 of 2. b-c: 5 and 4 are near, 2 is missed:
    # 2 cuts of b against 1 of c: one shift and one miss, 0.5 of 2.
    assert answer("segmentation_multi", data, "boundary_similarity")[0] == pytest.approx(3 / 6)
    assert answer("segmentation_multi", data, "boundary_similarity_pooled")[0] == pytest.approx(3 / 6)
    assert answer("segmentation_multi", data, "boundary_similarity_mean")[0] == pytest.approx((0.75 + 0.5 + 0.25) / 3)
    assert answer("segmentation_multi", data, "boundary_similarity_pairwise")[0] == pytest.approx([0.75, 0.5, 0.25])
    assert answer("segmentation_multi", data, "segmentation_similarity")[0] == pytest.approx(1 - 3 / 30)


def test_window_diff_of_several_takes_each_as_reference() -> None:
    pair = {"a": MULTI["a"], "c": MULTI["c"]}
    # With c as reference the window is 3 and 2 of 8 differ; with a as reference it is 2 and 2 of 9 differ.
    assert answer("segmentation_multi", {"masses": pair}, "window_diff")[0] == pytest.approx(4 / 17)


TINY: dict[str, dict[str, Any]] = {
    "coding": {"values": [[1], [1]]}, "sets": {"values": [[[]], [[]]]}, "gamma": {},
    "unitizing": {"begin": 0, "end": 1, "coders": {}}, "segmentation": {"masses_a": [1], "masses_b": [1]},
    "segmentation_multi": {"masses": [[1], [1]]}, "spans_one_code": {"length": 1, "coder_a": [], "coder_b": []},
    "holsti": {"cases": []},
}


@pytest.mark.parametrize("kind, statistic", [
    ("coding", "kappa_of_nobody"), ("coding", "gwet_ac1_ci"), ("sets", "mv_alpha_ratio"), ("gamma", "gamma"),
    ("unitizing", "u_beta"), ("segmentation", "boundary"), ("holsti", "pi"), ("spans_one_code", "chars"),
    ("segmentation_multi", "mass")])
def test_unknown_statistics_and_kinds_are_refused(kind: str, statistic: str) -> None:
    with pytest.raises(UnknownStatistic):
        answer(kind, TINY[kind], statistic)


def test_data_that_contradicts_itself_is_refused_in_words() -> None:
    overlapping = {"begin": 0, "end": 10, "coders": {"Noor": [[0, 5, "a"], [4, 8, "b"]], "Sem": []}}
    with pytest.raises(UsageError, match="Noor: two units overlap at 4"):
        answer("unitizing", overlapping, "u_alpha")
    with pytest.raises(UsageError, match="does not lie within 0 to 10"):
        answer("unitizing", {"begin": 0, "end": 10, "coders": {"Noor": [[5, 12, "a"]]}}, "u_alpha")
    with pytest.raises(UsageError, match="4 and 5 positions"):
        answer("segmentation", {"masses_a": [2, 2], "masses_b": [2, 3]}, "pk")
    with pytest.raises(UsageError, match="differ in length"):
        answer("coding", {"values": [[1, 2], [1]]}, "cohen_kappa")
    with pytest.raises(UsageError, match="not among the declared"):
        answer("coding_declared_categories", {"values": [[1], [7]], "declared_categories": [0, 1]}, "gwet_ac1")
    with pytest.raises(UsageError, match="need numbers"):
        answer("coding", {"values": [["a", "b"], ["a", "a"]]}, "krippendorff_alpha_interval")
    with pytest.raises(UsageError, match="no value “z”; it has a, b"):
        answer("coding", {"values": [["a", "b"], ["a", "a"]]}, "fleiss_kappa_category[z]")
    with pytest.raises(UsageError, match="within a text of 5"):
        answer("spans_one_code", {"length": 5, "coder_a": [[0, 9]], "coder_b": []}, "chars_both")


def test_a_table_of_two_coders_is_the_same_as_their_values() -> None:
    table = {"table": [[20, 5], [10, 15]], "categories": ["yes", "no"]}
    assert answer("coding", table, "cohen_kappa")[0] == pytest.approx(0.4)
    assert answer("coding", table, "percent_agreement")[0] == pytest.approx(0.7)
