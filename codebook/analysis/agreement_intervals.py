"""Intervals: resampling in rounds with a fixed seed, and the quantiles of Student's t.

The bootstrap draws *clusters* (narratieven, or whole documents) with replacement. Statistics that are built from sums
over units need only the sums of each round, so that a round costs a row of one matrix product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float]

ROUNDS = 2000
SEED = 20_110_125
"""Any fixed number: the same project gives the same interval."""
LEVEL = 0.95
_BLOCK = 1_000_000  # draws held in memory at once


def rounds_of(clusters: int, rounds: int = ROUNDS, seed: int = SEED) -> Iterator[Floats]:
    """How often each cluster is drawn: blocks of rows, one row per round, `rounds` rows in all."""
    random = np.random.default_rng(seed)
    block = max(1, _BLOCK // max(1, clusters))
    for first in range(0, rounds, block):
        size = min(block, rounds - first)
        drawn = random.integers(0, clusters, size=(size, clusters)) + clusters * np.arange(size)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * clusters).reshape(size, clusters).astype(np.float64)


def bootstrap(sums: Floats, statistic: Callable[[Floats], Floats], rounds: int = ROUNDS, seed: int = SEED) -> Floats:
    """`statistic` of the resampled column sums in every round; `sums` has a row per cluster. NaN is undefined."""
    return np.concatenate([statistic(drawn @ sums) for drawn in rounds_of(len(sums), rounds, seed)])


def percentile_interval(values: Floats, level: float = LEVEL) -> Interval | None:
    """The middle `level` of the defined rounds; None when no round is defined."""
    defined = values[~np.isnan(values)]
    if not defined.size:
        return None
    outside = 50 * (1 - level)
    low, high = np.percentile(defined, [outside, 100 - outside]).tolist()
    return low, high


def jackknife_error(left_out: Floats) -> float | None:
    """Standard error from the values with one unit left out each: SE² = (n − 1)/n Σ (value − mean)²; None when one
    of them is undefined."""
    n = left_out.size
    if n < 2 or np.isnan(left_out).any():
        return None
    return sqrt((n - 1) / n * float(np.sum((left_out - left_out.mean()) ** 2)))


def t_interval(value: float, error: float, freedom: int, level: float = LEVEL) -> Interval:
    """value ± t × error; a coefficient cannot exceed 1, so the upper limit is capped there."""
    reach = t_quantile((1 + level) / 2, freedom) * error
    return value - reach, min(1.0, value + reach)


def z_interval(value: float, error: float, level: float = LEVEL) -> Interval:
    """value ± z × error, the normal approximation."""
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return value - reach, value + reach


def t_quantile(p: float, freedom: float) -> float:
    """The quantile of Student's t, by bisection on its distribution function; exact to about 12 digits."""
    if not 0 < p < 1 or freedom <= 0:
        raise ValueError("A quantile of t needs 0 < p < 1 and a positive number of degrees of freedom.")
    if p < 0.5:
        return -t_quantile(1 - p, freedom)
    low, high = 0.0, 1.0
    while t_chance(high, freedom) < p and high < inf:
        low, high = high, 2 * high
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_chance(middle, freedom) < p else (low, middle)
    return (low + high) / 2


def t_chance(t: float, freedom: float) -> float:
    """P(T ≤ t) for t ≥ 0: 1 − I(ν / (ν + t²); ν/2, 1/2) / 2."""
    return 1 - incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I(x; a, b), by its continued fraction."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges quickly only below its mean
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + …)), evaluated from far below."""
    value = 1.0
    for m in range(400, 0, -1):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        value = 1 + even / (1 + odd / value)
    return 1 - (a + b) * x / (a + 1) / value
