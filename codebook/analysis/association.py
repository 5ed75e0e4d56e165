"""Whether two codes go together more than chance: coefficients of a 2 × 2 table, an exact test that respects
documents, and corrections for many cells.

With n11 units carrying both codes, n10 only the first, n01 only the second, n00 neither. Coefficients treat units
as independent; the test `within_documents` does not, and is the one to use for narratieven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

from codebook.query.bits import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table2x2:
    """The four counts of two codes, and their coefficients; None where one is undefined."""

    n11: int
    n10: int
    n01: int
    n00: int

    @property
    def n(self) -> int:
        """All units."""
        return self.n11 + self.n10 + self.n01 + self.n00

    @property
    def first(self) -> int:
        """Units with the first code."""
        return self.n11 + self.n10

    @property
    def second(self) -> int:
        """Units with the second code."""
        return self.n11 + self.n01

    @property
    def jaccard(self) -> float | None:
        """n11 / (n11 + n10 + n01)."""
        return _ratio(self.n11, self.n11 + self.n10 + self.n01)

    @property
    def expected(self) -> float | None:
        """Units with both codes if they were independent: first × second / n."""
        return _ratio(self.first * self.second, self.n)

    @property
    def lift(self) -> float | None:
        """n11 / expected."""
        return _ratio(self.n11 * self.n, self.first * self.second)

    @property
    def phi(self) -> float | None:
        """(n11 n00 − n10 n01) / √(product of the four margins): the correlation of two yes/no marks."""
        margins = self.first * (self.n - self.first) * self.second * (self.n - self.second)
        return _ratio(self.n11 * self.n00 - self.n10 * self.n01, sqrt(margins))

    @property
    def chi2(self) -> float | None:
        """Pearson's chi-square without continuity correction: n × phi²."""
        return None if self.phi is None else self.n * self.phi**2

    @property
    def pmi(self) -> float | None:
        """Pointwise mutual information in bits: log2 of the lift; undefined when nothing has both codes."""
        return log2(self.lift) if self.lift else None

    @property
    def npmi(self) -> float | None:
        """PMI / −log2(n11 / n): −1 … 1; undefined when all units, or none, have both codes."""
        if not self.n11 or self.n11 == self.n or self.pmi is None:
            return None
        return self.pmi / -log2(self.n11 / self.n)

    @property
    def fisher_greater(self) -> float | None:
        """Fisher's exact test, one-sided: the chance of n11 or more with these margins."""
        chances, lowest = hypergeometric(self.n, self.first, self.second)
        return min(1.0, float(chances[self.n11 - lowest:].sum())) if self.n else None

    @property
    def fisher_two_sided(self) -> float | None:
        """Fisher's exact test, two-sided: the chance of every table at most as likely as this one."""
        chances, lowest = hypergeometric(self.n, self.first, self.second)
        # Tables of equal chance may differ in the last digits; the margin is the one R uses.
        limit = chances[self.n11 - lowest] * (1 + 1e-7)
        return min(1.0, float(chances[chances <= limit].sum())) if self.n else None


def c_coefficient(n1: int, n2: int, n12: int) -> float | None:
    """The c of ATLAS.ti, n12 / (n1 + n2 − n12), fed with overlapping pairs of passages.

    None when the divisor is 0. Above 1 or below 0 when passages overlap several others: not to be shown without
    saying so (`in_range`). On sets of narratieven it is Jaccard's index and stays within 0 … 1.
    """
    return _ratio(n12, n1 + n2 - n12)


def in_range(c: float | None) -> bool:
    """Whether a c can be read as a coefficient at all."""
    return c is not None and 0 <= c <= 1


# -- the test -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WithinTest:
    """Do two codes share narratieven more often than their frequencies *within each document* make likely?

    `observed` narratieven carry both, `expected` were to be expected; `p` is the chance of so many or more;
    `smallest_p` the p that the most extreme outcome would have had. `p` is None with fewer than 20 narratieven or
    fewer than two documents, unless asked for nevertheless.
    """

    observed: int
    expected: float
    p: float | None
    smallest_p: float | None

    @property
    def testable(self) -> bool:
        """Whether any outcome could have had p ≤ .05."""
        return self.smallest_p is not None and self.smallest_p <= 0.05


LEAST_NARRATIEVEN = 20
LEAST_DOCUMENTS = 2


def within_documents(first: NDArray[np.bool_], second: NDArray[np.bool_], document: Ints | NDArray[np.int32],
                     always: bool = False) -> WithinTest:
    """The exact test on narratieven, each with its document (0 …) and whether it carries either code.

    Given how many narratieven of each document carry each code, the number that carries both is a sum of
    hypergeometric variables; its distribution is their convolution. This is the exact Cochran-Mantel-Haenszel test
    with documents as strata: that two codes merely belong to the same documents does not count as association.
    """
    size = int(document.max(initial=-1)) + 1
    totals, ones, others, boths = (np.bincount(document[mask], minlength=size) for mask in
                                   (np.ones_like(first), first, second, first & second))
    observed, expected = int(boths.sum()), float(sum(ones * others / np.maximum(totals, 1)))
    if not always and (first.size < LEAST_NARRATIEVEN or np.count_nonzero(totals) < LEAST_DOCUMENTS):
        return WithinTest(observed, expected, None, None)
    chances, lowest = np.ones(1), 0
    for n, a, b in zip(totals.tolist(), ones.tolist(), others.tolist(), strict=True):
        if a and b:
            inside, least = hypergeometric(n, a, b)
            chances, lowest = np.convolve(chances, inside), lowest + least
    p = min(1.0, float(chances[observed - lowest:].sum()))
    return WithinTest(observed, expected, p, float(chances[-1]))


def hypergeometric(n: int, a: int, b: int) -> tuple[Floats, int]:
    """The chances of lowest, lowest + 1, … shared units when a and b of n are drawn independently, and `lowest`."""
    lowest, highest = max(0, a + b - n), min(a, b)
    k = np.arange(lowest, highest)
    # From one outcome to the next the chance changes by this ratio; a sum of logarithms cannot overflow.
    steps = np.log(((a - k) * (b - k)) / ((k + 1) * (n - a - b + k + 1)))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    return chances / chances.sum(), lowest


# -- many cells ---------------------------------------------------------------------------------------------------

Adjustment = Callable[[Sequence[float | None]], list[float | None]]


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p-values that bound the false discovery rate (Benjamini & Hochberg 1995): p × m / rank, made
    monotone from the largest down. What was not tested (None) is no part of the family of m."""
    return _adjusted(p_values, _hochberg_steps)


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p-values that bound the chance of any false claim (Holm 1979): p × (m − rank + 1), made monotone
    from the smallest up."""
    return _adjusted(p_values, _holm_steps)


def _adjusted(p_values: Sequence[float | None], steps: Callable[[Floats], Floats]) -> list[float | None]:
    tested = [at for at, p in enumerate(p_values) if p is not None]
    values = np.array([p_values[at] for at in tested], dtype=np.float64)
    order = np.argsort(values, kind="stable")
    adjusted: list[float | None] = [None] * len(p_values)
    for at, value in zip(order.tolist(), np.minimum(steps(values[order]), 1.0).tolist(), strict=True):
        adjusted[tested[at]] = value
    return adjusted


def _hochberg_steps(ascending: Floats) -> Floats:
    m = ascending.size
    raised = ascending * m / np.arange(1, m + 1)
    return np.minimum.accumulate(raised[::-1])[::-1]


def _holm_steps(ascending: Floats) -> Floats:
    return np.maximum.accumulate(ascending * np.arange(ascending.size, 0, -1))


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None
