"""Agreement on one value per unit, with chance taken off in different ways.

pa is the share of agreeing pairs of coders, averaged over the units that two or more rated; pe is what chance alone
would give; every coefficient here is (pa − pe) / (1 − pe) and differs in pe. A coefficient is None where it is
undefined: nobody to compare, or nothing but chance agreement possible (one value used only).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

import numpy as np

from codebook.analysis.agreement_intervals import Interval, t_interval, z_interval
from codebook.analysis.agreement_ratings import MISSING, Floats, Ratings

_NOTHING = 1e-12  # a difference from 1 that is rounding only


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its standard error over `n` units; the error is None with a single unit."""

    value: float
    error: float | None
    n: int

    @property
    def interval(self) -> Interval | None:
        """95 %, with Student's t on n − 1 degrees of freedom, capped at 1."""
        return None if self.error is None else t_interval(self.value, self.error, self.n - 1)


# -- without chance ------------------------------------------------------------------------------------------------


def percent_agreement(ratings: Ratings) -> float | None:
    """pa: the mean over units of the share of agreeing pairs of coders."""
    agreeing, pairable = _agreeing(ratings)
    return float(agreeing[pairable].mean()) if pairable.any() else None


def percent_agreement_all(ratings: Ratings) -> float | None:
    """The share of completely rated units on which all coders agree."""
    complete = ratings.values[:, (ratings.values != MISSING).all(axis=0)]
    if ratings.coders < 2 or not complete.shape[1]:
        return None
    return float((complete == complete[0]).all(axis=0).mean())


def positive_agreement(both: int, only_a: int, only_b: int) -> float | None:
    """2 n11 / (2 n11 + n10 + n01): of a code's uses, how many are shared; for spans this is Dice's index."""
    return holsti(both, both + only_a, both + only_b)


def holsti(agreements: float, first: float, second: float) -> float | None:
    """Holsti's coefficient of reliability, 2 M / (N1 + N2); no chance correction (Holsti 1969)."""
    return 2 * agreements / (first + second) if first + second else None


def _agreeing(ratings: Ratings) -> tuple[Floats, Any]:
    """Per unit the share of agreeing pairs (0 for units with one value), and which units have two values or more."""
    counts, raters = ratings.counts, ratings.raters
    pairable = raters >= 2
    pairs = np.where(pairable, raters * (raters - 1), 1)
    return (counts * (counts - 1)).sum(axis=1) / pairs, pairable


# -- any number of coders, values missing --------------------------------------------------------------------------


def gwet_ac1(ratings: Ratings) -> Estimate | None:
    """AC1 (Gwet 2008): pe = Σ p_k (1 − p_k) / (q − 1), p_k the mean share of value k over all rated units."""
    q = len(ratings.categories)
    if q < 2 or not ratings.raters.size:
        return None
    per_unit = ratings.counts / ratings.raters[:, None]
    shares = per_unit.mean(axis=0)
    expected = float((shares * (1 - shares)).sum()) / (q - 1)
    return _estimate(ratings, expected, per_unit @ (1 - shares) / (q - 1))


def fleiss_kappa(ratings: Ratings) -> Estimate | None:
    """Fleiss' kappa (1971), in Gwet's form for missing values: pe = Σ p_k²; the error is Gwet's linearisation, as
    the 1971 and 1979 variances hold only for kappa = 0 (Gwet 2021)."""
    if not ratings.raters.size:
        return None
    per_unit = ratings.counts / ratings.raters[:, None]
    shares = per_unit.mean(axis=0)
    return _estimate(ratings, float((shares**2).sum()), per_unit @ shares)


def brennan_prediger(ratings: Ratings) -> Estimate | None:
    """Brennan & Prediger (1981), also Bennett's S or free-marginal kappa: pe = 1 / number of categories."""
    q = len(ratings.categories)
    return _estimate(ratings, 1 / q, None) if q else None


def _estimate(ratings: Ratings, pe: float, chance_of_unit: Floats | None) -> Estimate | None:
    """(pa − pe)/(1 − pe) with Gwet's linearised variance over units."""
    agreeing, pairable = _agreeing(ratings)
    n, n2 = pairable.size, int(pairable.sum())
    if not n2 or 1 - pe < _NOTHING:
        return None
    value = (float(agreeing[pairable].mean()) - pe) / (1 - pe)
    linear = n / n2 * (agreeing * pairable - pe * pairable) / (1 - pe)
    if chance_of_unit is not None:
        linear = linear - 2 * (1 - value) * (chance_of_unit - pe) / (1 - pe)
    error = sqrt(float(((linear - value) ** 2).sum()) / (n * (n - 1))) if n > 1 else None
    return Estimate(value, error, n)


def conger_kappa(ratings: Ratings) -> float | None:
    """Conger's exact kappa: pe is the mean over pairs of coders of Σ p_ak p_bk, each from all that coder's values."""
    pa = percent_agreement(ratings)
    rated = [row[row != MISSING] for row in ratings.values]
    shares = [np.bincount(row, minlength=len(ratings.categories)) / row.size for row in rated if row.size]
    if pa is None or len(shares) < 2:
        return None
    pe = float(np.mean([a @ b for a, b in combinations(shares, 2)]))
    return (pa - pe) / (1 - pe) if 1 - pe > _NOTHING else None


def light_kappa(ratings: Ratings) -> float | None:
    """Light's kappa: the mean of Cohen's kappa over pairs of coders; undefined when one of them is."""
    found = [cohen_kappa(pair) for pair in ratings.pairs()]
    defined = [kappa for kappa in found if kappa is not None]
    return float(np.mean(defined)) if defined and len(defined) == len(found) else None


# -- every unit rated by the same number of coders -----------------------------------------------------------------


def fleiss_kappa_of(ratings: Ratings, category: int) -> float | None:
    """Fleiss' kappa of one category: (pbar_k − p_k)/(1 − p_k); None when units have different numbers of values."""
    m = _same_number(ratings)
    if m is None:
        return None
    units = len(ratings.counts)
    column = ratings.counts[:, category]
    share = float(column.sum()) / (units * m)
    if share == 0 or 1 - share < _NOTHING:
        return None
    again = float((column * (column - 1)).sum()) / (units * m * (m - 1) * share)
    return (again - share) / (1 - share)


def fleiss_kappa_error0(ratings: Ratings) -> float | None:
    """Standard error of Fleiss' kappa when kappa is 0 (Fleiss, Nee & Landis 1979): for a test, not an interval."""
    m = _same_number(ratings)
    if m is None:
        return None
    units = len(ratings.counts)
    p = ratings.counts.sum(axis=0) / (units * m)
    spread = float((p * (1 - p)).sum())
    if spread < _NOTHING:
        return None
    above = spread**2 - float((p * (1 - p) * (1 - 2 * p)).sum())
    return sqrt(2 / (units * m * (m - 1)) * above) / spread


def _same_number(ratings: Ratings) -> int | None:
    numbers = set(ratings.raters.tolist())
    return numbers.pop() if len(numbers) == 1 and min(numbers) >= 2 else None


# -- two coders ----------------------------------------------------------------------------------------------------


def cohen_kappa(ratings: Ratings) -> float | None:
    """Cohen's kappa (1960) of two coders on the units that both rated: pe = Σ p_i. p_.i."""
    found = _cohen(ratings)
    return None if found is None else found[0]


def _cohen(ratings: Ratings) -> tuple[float, float, Floats] | None:
    """Kappa, pe and the table of shares."""
    if ratings.coders != 2:
        return None
    p = ratings.table()
    pe = float(p.sum(axis=1) @ p.sum(axis=0))
    if not p.any() or 1 - pe < _NOTHING:
        return None
    return (float(np.trace(p)) - pe) / (1 - pe), pe, p


def kappa_of_counts(both: int, only_a: int, only_b: int, neither: int) -> float | None:
    """Cohen's kappa of a code's 2 × 2 table."""
    n = both + only_a + only_b + neither
    first, second = both + only_a, both + only_b
    chance = first * second + (n - first) * (n - second)  # pe × n²
    return (n * (both + neither) - chance) / (n * n - chance) if n * n - chance else None


def cohen_kappa_max(ratings: Ratings) -> float | None:
    """The highest kappa that these margins allow."""
    found = _cohen(ratings)
    if found is None:
        return None
    _, pe, p = found
    highest = float(np.minimum(p.sum(axis=1), p.sum(axis=0)).sum())
    return (highest - pe) / (1 - pe)


def cohen_kappa_error(ratings: Ratings) -> float | None:
    """Standard error for an interval (Fleiss, Cohen & Everitt 1969)."""
    found = _cohen(ratings)
    if found is None:
        return None
    kappa, pe, p = found
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    # Cell (i, j) is weighed with the second coder's margin of i and the first coder's of j.
    crossed = p * (columns[:, None] + rows[None, :]) ** 2
    agreed = np.diag(p) * (1 - (rows + columns) * (1 - kappa)) ** 2
    apart = (1 - kappa) ** 2 * (crossed.sum() - np.trace(crossed))
    inside = float(agreed.sum() + apart) - (kappa - pe * (1 - kappa)) ** 2
    return sqrt(max(0.0, inside) / _both(ratings)) / (1 - pe)


def cohen_kappa_error0(ratings: Ratings) -> float | None:
    """Standard error when kappa is 0: for a test, not an interval."""
    found = _cohen(ratings)
    if found is None:
        return None
    _, pe, p = found
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    inside = pe + pe**2 - float((rows * columns * (rows + columns)).sum())
    return sqrt(max(0.0, inside) / _both(ratings)) / (1 - pe)


def cohen_kappa_interval(ratings: Ratings) -> Interval | None:
    """95 %, kappa ± z SE."""
    kappa, error = cohen_kappa(ratings), cohen_kappa_error(ratings)
    return None if kappa is None or error is None else z_interval(kappa, error)


def scott_pi(ratings: Ratings) -> float | None:
    """Scott's pi (1955) of two coders: as kappa, with both coders' margins averaged."""
    if ratings.coders != 2:
        return None
    p = ratings.table()
    pe = float((((p.sum(axis=1) + p.sum(axis=0)) / 2) ** 2).sum())
    if not p.any() or 1 - pe < _NOTHING:
        return None
    return (float(np.trace(p)) - pe) / (1 - pe)


def _both(ratings: Ratings) -> int:
    return int(ratings.pair(0, 1).values.shape[1])
