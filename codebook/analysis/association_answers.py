"""What `narratief statistics` answers about association, with the functions that the tables use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from codebook.analysis import association as assoc
from codebook.analysis.overlaps import PassageProject
from corpora.errors import UsageError
from corpora.messages import Message, message

Answer = tuple[Any, Message | None]

_TABLE_STATISTICS: dict[str, Callable[[assoc.Table2x2], float | None]] = {
    "jaccard": lambda table: table.jaccard,
    "expected_n11": lambda table: table.expected,
    "lift": lambda table: table.lift,
    "phi": lambda table: table.phi,
    "chi2": lambda table: table.chi2,
    "fisher_two_sided": lambda table: table.fisher_two_sided,
    "fisher_greater": lambda table: table.fisher_greater,
    "pmi_log2": lambda table: table.pmi,
    "npmi": lambda table: table.npmi,
}


def answer(kind: str, data: Mapping[str, Any], statistic: str) -> Answer:
    """The value of one statistic of a data set, and a note when it is undefined or must be read with care.

    Kinds: table2x2, p_values, c_coefficient, cooccurrence_project, cooccurrence_test (whose data must be those of
    the project). UsageError for any other kind or statistic.
    """
    readers: dict[str, Callable[[Mapping[str, Any], str], Answer | None]] = {
        "table2x2": _of_table, "p_values": _of_p_values, "c_coefficient": _of_c,
        "cooccurrence_project": _of_project, "cooccurrence_test": _of_project,
    }
    found = readers[kind](data, statistic) if kind in readers else None
    if found is None:
        raise UsageError("Narratief knows no statistic “{statistic}” of the kind “{kind}”.",
                         statistic=statistic, kind=kind)
    return found


def _of_table(data: Mapping[str, Any], statistic: str) -> Answer | None:
    if statistic not in _TABLE_STATISTICS:
        return None
    table = assoc.Table2x2(data["n11"], data["n10"], data["n01"], data["n00"])
    value = _TABLE_STATISTICS[statistic](table)
    return value, None if value is not None else message("Undefined for these counts: the divisor is 0.")


def _of_p_values(data: Mapping[str, Any], statistic: str) -> Answer | None:
    if statistic == "p_bh":
        return assoc.benjamini_hochberg(data["p"]), None
    if statistic == "p_holm":
        return assoc.holm(data["p"]), None
    if statistic == "n_rejected_bh_q05":
        return sum(p is not None and p <= 0.05 for p in assoc.benjamini_hochberg(data["p"])), None
    return None


def _of_c(data: Mapping[str, Any], statistic: str) -> Answer | None:
    if statistic != "c":
        return None
    values = [assoc.c_coefficient(case["n1"], case["n2"], case["n12"]) for case in data["cases"]]
    if all(assoc.in_range(value) for value in values):
        return values, None
    return values, message("A value that is undefined or outside 0 to 1 comes from passages that overlap several "
                           "others; do not read it as a coefficient.")


def _of_project(data: Mapping[str, Any], statistic: str) -> Answer | None:
    project = PassageProject.read(data)
    computed: dict[str, Callable[[], Any]] = {
        "pair_counts": project.pair_counts, "combination_counts_narratives": project.combination_counts,
        "within_document_permutation": project.within_document_tests,
    }
    return (computed[statistic](), None) if statistic in computed else None
