"""What `narratief statistics` answers about agreement, with the functions that the tables use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from codebook.analysis import agreement_alpha as alphas
from codebook.analysis import agreement_kappas as kappas
from codebook.analysis import agreement_sets as sets
from codebook.analysis import segment_agreement as segments
from codebook.analysis.agreement_intervals import Interval
from codebook.analysis.agreement_ratings import Inapplicable, Ratings
from codebook.analysis.unitizing import Continuum, SpanCounts, span_counts
from corpora.errors import UsageError
from corpora.messages import Message, message

Answer = tuple[Any, Message | None]
Parameters = Mapping[str, Any]
_ABSENT = object()
_OF_ONE = re.compile(r"(?P<name>\w+)\[(?P<label>.*)\]")


class UnknownStatistic(UsageError):
    """A statistic that a kind of data does not have here."""


_PLAIN: dict[str, Callable[[Ratings], float | None]] = {
    "percent_agreement": kappas.percent_agreement,
    "percent_agreement_all": kappas.percent_agreement_all,
    "n_pairable_values": lambda ratings: ratings.pairable_values,
    "conger_kappa": kappas.conger_kappa,
    "light_kappa": kappas.light_kappa,
    "scott_pi": kappas.scott_pi,
    "fleiss_kappa_se0": kappas.fleiss_kappa_error0,
    "cohen_kappa": kappas.cohen_kappa,
    "cohen_kappa_se": kappas.cohen_kappa_error,
    "cohen_kappa_se0": kappas.cohen_kappa_error0,
    "cohen_kappa_max": kappas.cohen_kappa_max,
    "cohen_kappa_ci_low": lambda ratings: _limit(kappas.cohen_kappa_interval(ratings), 0),
    "cohen_kappa_ci_high": lambda ratings: _limit(kappas.cohen_kappa_interval(ratings), 1),
}
_ESTIMATES: dict[str, Callable[[Ratings], kappas.Estimate | None]] = {
    "gwet_ac1": kappas.gwet_ac1, "fleiss_kappa": kappas.fleiss_kappa, "brennan_prediger": kappas.brennan_prediger,
}
_OF_ESTIMATE: dict[str, Callable[[kappas.Estimate], float | None]] = {
    "": lambda found: found.value,
    "_se": lambda found: found.error,
    "_ci_low": lambda found: _limit(found.interval, 0),
    "_ci_high": lambda found: _limit(found.interval, 1),
}
_METRICS: tuple[alphas.Metric, ...] = ("nominal", "ordinal", "interval", "ratio")
_OF_ALPHA: dict[str, Callable[[Ratings, alphas.Metric], Any]] = {
    "": alphas.krippendorff_alpha,
    "_jackknife_se": alphas.alpha_jackknife_error,
    "_jackknife_ci95": lambda ratings, metric: _listed(alphas.alpha_jackknife_interval(ratings, metric)),
    "_unit_bootstrap_ci95": lambda ratings, metric: _listed(alphas.alpha_bootstrap_interval(ratings, metric)),
}
_SETS: dict[str, Callable[[sets.SetRatings], float | None]] = {
    "mv_alpha_nominal": sets.mv_alpha,
    "mv_Do": sets.observed_disagreement,
    "mv_De": sets.mv_expected,
    "alpha_set_jaccard": lambda found: sets.alpha_of_sets(found, sets.jaccard),
    "alpha_set_masi": lambda found: sets.alpha_of_sets(found, sets.masi),
    "alpha_set_nominal": lambda found: sets.alpha_of_sets(found, sets.nominal),
    "alpha_set_dice": lambda found: sets.alpha_of_sets(found, sets.dice),
}
_UNITS: dict[str, Callable[[Continuum], float | None]] = {
    "u_alpha": Continuum.u_alpha, "u_alpha_binary": Continuum.u_alpha_binary, "cu_alpha": Continuum.cu_alpha,
    "cu_coverage": Continuum.cu_coverage,
}
_UNITS_OF_VALUE: dict[str, Callable[[Continuum, Any], float | None]] = {
    "ku_alpha": Continuum.ku_alpha, "ku_coverage": Continuum.ku_coverage,
}
_SPANS: dict[str, Callable[[SpanCounts], float | None]] = {
    "chars_both": lambda found: found.both, "chars_only_a": lambda found: found.only_a,
    "chars_only_b": lambda found: found.only_b, "chars_neither": lambda found: found.neither,
    "char_percent_agreement": lambda found: found.percent, "char_cohen_kappa": lambda found: found.kappa,
    "char_jaccard": lambda found: found.jaccard, "char_positive_agreement_dice": lambda found: found.positive,
    "holsti_chars": lambda found: found.positive,
}


def _limit(interval: Interval | None, side: int) -> float | None:
    return None if interval is None else interval[side]


def _listed(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)


def answer(kind: str, data: Mapping[str, Any], statistic: str, params: Parameters | None = None) -> Answer:
    """The value of one statistic of a data set, and a note when it is undefined.

    Kinds: coding, coding_ci, coding_declared_categories, sets, unitizing, spans_one_code, segmentation,
    segmentation_multi, holsti. UnknownStatistic for any other kind or statistic.
    """
    value = _READERS[kind](data, statistic, params or {}) if kind in _READERS else _ABSENT
    if value is _ABSENT:
        raise UnknownStatistic("Narratief knows no statistic “{statistic}” of the kind “{kind}”.",
                               statistic=statistic, kind=kind)
    undefined = value is None or (isinstance(value, list) and None in value)
    return value, _why(kind, data) if undefined else None


def _of_coding(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    ratings = _ratings(data)
    if statistic in _PLAIN:
        return _PLAIN[statistic](ratings)
    for name, estimate in _ESTIMATES.items():
        if statistic.removeprefix(name) in _OF_ESTIMATE and statistic.startswith(name):
            found = estimate(ratings)
            return None if found is None else _OF_ESTIMATE[statistic.removeprefix(name)](found)
    for metric in _METRICS:
        name = f"krippendorff_alpha_{metric}"
        if statistic.startswith(name) and statistic.removeprefix(name) in _OF_ALPHA:
            return _OF_ALPHA[statistic.removeprefix(name)](ratings, metric)
    return _of_category(ratings, statistic)


def _ratings(data: Mapping[str, Any]) -> Ratings:
    declared = data.get("declared_categories") or data.get("categories")
    if "table" in data:
        return Ratings.of_table(data["table"], declared or range(len(data["table"])))
    return Ratings.read(data["values"], declared)


def _of_category(ratings: Ratings, statistic: str) -> Any:
    match = _OF_ONE.fullmatch(statistic)
    if match is None or match["name"] != "fleiss_kappa_category":
        return _ABSENT
    return kappas.fleiss_kappa_of(ratings, _chosen(ratings.categories, match["label"]))


def _chosen(values: Sequence[Any], label: str) -> int:
    """The place of the value that is written so."""
    names = [str(value) for value in values]
    if label not in names:
        raise Inapplicable("The data has no value “{value}”; it has {values}.", value=label, values=", ".join(names))
    return names.index(label)


def _of_sets(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    return _SETS[statistic](sets.SetRatings.read(data["values"])) if statistic in _SETS else _ABSENT


def _of_units(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    continuum = Continuum.read(data["begin"], data["end"], data["coders"])
    if statistic in _UNITS:
        return _UNITS[statistic](continuum)
    match = _OF_ONE.fullmatch(statistic)
    if match is None or match["name"] not in _UNITS_OF_VALUE:
        return _ABSENT
    value = continuum.values[_chosen(continuum.values, match["label"])]
    return _UNITS_OF_VALUE[match["name"]](continuum, value)


def _of_spans(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    if statistic not in _SPANS:
        return _ABSENT
    return _SPANS[statistic](span_counts(data["length"], data["coder_a"], data["coder_b"]))


def _of_segmentation(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    cuts = {name: segments.Cuts.of_masses(data[f"masses_{name}"]) for name in ("a", "b")}
    found = segments.edits(cuts["a"], cuts["b"], int(params.get("n_t", segments.NEAR)))
    reference = params.get("reference", "b")
    hypothesis = params.get("hypothesis", "a" if reference == "b" else "b")
    windows = {"pk": segments.pk, "window_diff": segments.window_diff}
    if statistic in windows:
        return windows[statistic](cuts[hypothesis], cuts[reference], params.get("window")).share
    counted = {"boundary_similarity": found.boundary_similarity,
               "segmentation_similarity": found.segmentation_similarity, "matches": found.matches,
               "transpositions": len(found.shifts), "full_misses_additions": found.misses}
    return counted.get(statistic, _ABSENT)


def _of_segmentations(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    """Several coders of one text: pooled over pairs (the default), the mean of pairs, or every pair."""
    cuts = [segments.Cuts.of_masses(masses) for masses in _all_masses(data)]
    if len(cuts) < 2:
        return None
    if "alpha" in statistic:
        return segments.boundary_alpha([cuts])
    found = [segments.edits(a, b, int(params.get("n_t", segments.NEAR))) for a, b in combinations(cuts, 2)]
    whole = sum(found, segments.Edits())
    if "boundary_similarity" in statistic:
        return _summary(statistic, [one.boundary_similarity for one in found], whole.boundary_similarity)
    if "segmentation_similarity" in statistic:
        return _summary(statistic, [one.segmentation_similarity for one in found], whole.segmentation_similarity)
    return _several_windows(cuts, statistic, params)


def _several_windows(cuts: Sequence[segments.Cuts], statistic: str, params: Parameters) -> Any:
    """Each coder of a pair in turn is the reference."""
    measure = segments.window_diff if "window_diff" in statistic else segments.pk if "pk" in statistic else None
    if measure is None:
        return _ABSENT
    both = [measure(a, b, params.get("window")) + measure(b, a, params.get("window"))
            for a, b in combinations(cuts, 2)]
    return _summary(statistic, [one.share for one in both], sum(both, segments.Windows()).share)


def _summary(statistic: str, values: Sequence[float | None], pooled: float | None) -> Any:
    defined = [value for value in values if value is not None]
    if "mean" in statistic:
        return sum(defined) / len(defined) if defined else None
    if "pairwise" in statistic or "pairs" in statistic:
        return list(values)
    return pooled


def _all_masses(data: Mapping[str, Any]) -> list[Sequence[int]]:
    """The masses of each coder: under one key, as a list or by name, or under a key per coder."""
    under = [masses for key, masses in data.items() if key.startswith("masses_")]
    for found in () if under else data.values():
        masses = list(found.values()) if isinstance(found, Mapping) else found
        if isinstance(masses, list) and masses and all(isinstance(one, list) for one in masses):
            return masses
    return under


def _of_holsti(data: Mapping[str, Any], statistic: str, params: Parameters) -> Any:
    if statistic != "holsti":
        return _ABSENT
    return [kappas.holsti(case["agreements"], case["n1"], case["n2"]) for case in data["cases"]]


_READERS: dict[str, Callable[[Mapping[str, Any], str, Parameters], Any]] = {
    "coding": _of_coding, "coding_ci": _of_coding, "coding_declared_categories": _of_coding, "sets": _of_sets,
    "unitizing": _of_units, "spans_one_code": _of_spans, "segmentation": _of_segmentation,
    "segmentation_multi": _of_segmentations, "holsti": _of_holsti,
}
KINDS = tuple(_READERS)


def _why(kind: str, data: Mapping[str, Any]) -> Message:
    """Why a value is undefined, as far as the data says."""
    if kind.startswith("coding"):
        ratings = _ratings(data)
        if ratings.coders < 2:
            return message("Undefined: agreement needs at least two coders.")
        if not ratings.pairable_values:
            return message("Undefined: no unit has values of two coders.")
        if len([k for k in range(len(ratings.categories)) if (ratings.values == k).any()]) == 1:
            return message("Undefined: only one value is used, so that chance alone gives full agreement.")
    if kind == "sets" and not sets.SetRatings.read(data["values"]).pairable.any():
        return message("Undefined: no unit has values of two coders.")
    return message("Undefined for this data: there is nothing that could disagree.")
