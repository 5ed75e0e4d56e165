"""Agreement of coders on narratieven: per code, per facet (a set of codes), over everything.

Three states are kept apart: a coder gave a code; looked and did not; did not look (missing). Coefficients use the units
that two or more coders looked at. Intervals come from drawing units with replacement, or whole documents when there are
ten or more, as narratieven of one document resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations

import numpy as np

from codebook.analysis.agreement_intervals import Interval, bootstrap, percentile_interval
from codebook.analysis.agreement_kappas import gwet_ac1, kappa_of_counts, percent_agreement, positive_agreement
from codebook.analysis.agreement_ratings import Floats, Ints, Ratings
from codebook.analysis.agreement_sets import (
    Mask,
    SetRatings,
    alpha_of_sets,
    jaccard,
    masi,
    mv_alpha,
    mv_alphas,
    mv_sums,
)

LEAST_DOCUMENTS = 10
"""From this many documents on, documents are drawn instead of narratieven."""


@dataclass(frozen=True)
class Marks:
    """`given[coder, unit, code]` where `looked[coder, unit]`; `documents` has a number per unit."""

    looked: Mask
    given: Mask
    documents: Ints

    @cached_property
    def pairable(self) -> Mask:
        """Which units two or more coders looked at."""
        found: Mask = self.looked.sum(axis=0) >= 2
        return found

    @property
    def n(self) -> int:
        """How many units two or more coders looked at."""
        return int(self.pairable.sum())

    def of_coders(self, coders: Sequence[int]) -> Marks:
        """Some of the coders."""
        chosen = list(coders)
        return Marks(self.looked[chosen], self.given[chosen], self.documents)

    def ratings(self, code: int) -> Ratings:
        """One code as present or absent; absent and missing are different."""
        return Ratings.of_marks(self.looked, self.given[:, :, code])

    def sets(self, codes: Sequence[int]) -> SetRatings:
        """The sets of some codes."""
        return SetRatings(self.looked, self.given[:, :, list(codes)] & self.looked[:, :, None])

    @property
    def by_document(self) -> bool:
        """Whether intervals draw documents."""
        return np.unique(self.documents[self.pairable]).size >= LEAST_DOCUMENTS

    def clustered(self, sums: Floats) -> Floats:
        """Column sums of the pairable units, one row per cluster to draw: per unit, or per document."""
        units = sums[self.pairable]
        if not self.by_document:
            return units
        order = np.argsort(self.documents[self.pairable], kind="stable")
        ordered = self.documents[self.pairable][order]
        return np.add.reduceat(units[order], np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]), axis=0)


@dataclass(frozen=True)
class CodeAgreement:
    """One code. The 2 × 2 table, `percent` and `kappa` belong to two coders and are None for more; `positive` is how
    much of the code's use is shared; `units` how many pairable units have it from anybody, `apart` how many from some
    and not from others; `ci` belongs to `alpha`."""

    both: int | None
    only_a: int | None
    only_b: int | None
    neither: int | None
    percent: float | None
    positive: float | None
    kappa: float | None
    alpha: float | None
    ac1: float | None
    units: int
    apart: int
    ci: Interval | None = None


@dataclass(frozen=True)
class SetAgreement:
    """A facet, or all codes together, as sets of codes; `ci` belongs to `alpha_mv`, `undefined` of the rounds had no
    value and were left out; `apart` is how many units have different sets."""

    alpha_mv: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    ci: Interval | None
    undefined: int
    apart: int


def code_agreements(marks: Marks, *, intervals: bool = True) -> list[CodeAgreement]:
    """Every code of the marks, in their order."""
    sums = code_sums(marks)
    alphas = _of_nan(code_alphas(sums[marks.pairable].sum(axis=0, keepdims=True))[0])
    found = [_code(marks, code, alpha) for code, alpha in enumerate(alphas)]
    if not intervals or not marks.n:
        return found
    rounds = bootstrap(marks.clustered(sums), code_alphas)
    return [one if one.alpha is None else replace(one, ci=percentile_interval(rounds[:, code]))
            for code, one in enumerate(found)]


def _code(marks: Marks, code: int, alpha: float | None) -> CodeAgreement:
    ratings = marks.ratings(code)
    anybody = (marks.given[:, :, code] & marks.looked).any(axis=0) & marks.pairable
    ac1 = gwet_ac1(ratings)
    table = _table(marks, code) if len(marks.looked) == 2 else (None, None, None, None)
    both, only_a, only_b, neither = table
    percent = positive = kappa = None
    if both is not None and only_a is not None and only_b is not None and neither is not None:
        percent, positive = percent_agreement(ratings), positive_agreement(both, only_a, only_b)
        kappa = kappa_of_counts(both, only_a, only_b, neither)
    return CodeAgreement(both, only_a, only_b, neither, percent, positive, kappa, alpha,
                         None if ac1 is None else ac1.value, int(anybody.sum()),
                         int(units_of(marks, "apart", [code]).sum()))


def _table(marks: Marks, code: int) -> tuple[int, int, int, int]:
    """How many pairable units have the code from both, from the first only, the second only, from neither."""
    a, b = marks.given[:, marks.pairable, code]
    return int((a & b).sum()), int((a & ~b).sum()), int((b & ~a).sum()), int((~a & ~b).sum())


def code_sums(marks: Marks) -> Floats:
    """What each unit adds, as columns: values; then per code units' disagreement, values with the code."""
    raters = marks.looked.sum(axis=0)
    with_code = np.einsum("mu,muk->uk", marks.looked.astype(np.float64), marks.given)
    apart = 2 * with_code * (raters[:, None] - with_code) / np.maximum(raters - 1, 1)[:, None]
    return np.concatenate([raters[:, None].astype(np.float64), apart, with_code], axis=1)


def code_alphas(sums: Floats) -> Floats:
    """Krippendorff's alpha, present or absent, of every code for each row of column sums; NaN where undefined.

    For two values alpha = 1 − (n − 1) × disagreement / (2 n_0 n_1).
    """
    codes = (sums.shape[1] - 1) // 2
    values, apart, with_code = sums[:, :1], sums[:, 1:1 + codes], sums[:, 1 + codes:]
    chance = 2 * with_code * (values - with_code)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance > 0, 1 - (values - 1) * apart / chance, np.nan)


def set_agreement(marks: Marks, codes: Sequence[int], *, distances: bool = True) -> SetAgreement:
    """A selection of codes as sets; `distances` asks for the alphas with Jaccard and MASI too."""
    sets, apart = marks.sets(codes), int(units_of(marks, "apart", codes).sum())
    value = mv_alpha(sets)
    jaccard_alpha = alpha_of_sets(sets, jaccard) if distances else None
    masi_alpha = alpha_of_sets(sets, masi) if distances else None
    if value is None:
        return SetAgreement(None, jaccard_alpha, masi_alpha, None, 0, apart)
    rounds = bootstrap(marks.clustered(mv_sums(sets)), partial(mv_alphas, largest=sets.largest))
    undefined = int(np.isnan(rounds).sum())
    return SetAgreement(value, jaccard_alpha, masi_alpha, percentile_interval(rounds), undefined, apart)


def pairs_of(marks: Marks) -> list[tuple[int, int]]:
    """Every two coders."""
    return list(combinations(range(len(marks.looked)), 2))


def units_of(marks: Marks, what: str, codes: Sequence[int]) -> Mask:
    """The units behind a number (`codebook.agreeing.Behind`)."""
    looked, lookers = marks.looked[:, :, None], marks.looked.sum(axis=0)
    given, lacked = marks.given[:, :, list(codes)] & looked, ~marks.given[:, :, list(codes)] & looked
    some: Mask = np.asarray(given.any(axis=0))
    not_all: Mask = np.asarray(lacked.any(axis=0))
    found: dict[str, Callable[[], Mask]] = {
        "n": lambda: lookers >= 2, "alone": lambda: lookers < 2,
        "missing": lambda: (lookers >= 2) & (lookers < len(marks.looked)),
        "units": lambda: marks.pairable & given.any(axis=(0, 2)),
        "apart": lambda: np.isin(np.arange(lookers.size), np.nonzero(some & not_all)[0]),
        "both": lambda: marks.pairable & ~lacked.any(axis=(0, 2)),
        "neither": lambda: marks.pairable & ~given.any(axis=(0, 2)),
        "only_a": lambda: marks.pairable & given[0].any(axis=1) & lacked[1].any(axis=1),
        "only_b": lambda: marks.pairable & given[1].any(axis=1) & lacked[0].any(axis=1)}
    return found[what]()


def _of_nan(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]
