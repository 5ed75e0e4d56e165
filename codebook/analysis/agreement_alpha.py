"""Krippendorff's alpha on one value per coder and unit: 1 − observed / expected disagreement.

Coincidences o_ck = Σ over units of the ordered c-k pairs / (m_u − 1), for units with at least two values; n_c their
margins. Do = Σ o_ck d²(c,k) / n, De = Σ n_c n_k d²(c,k) / (n (n − 1)) (Krippendorff 2011; Hayes & Krippendorff 2007).
Missing values need nothing special. Undefined (None, or NaN inside arrays) when De is 0: one value used only.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from codebook.analysis.agreement_intervals import (
    ROUNDS,
    SEED,
    Interval,
    bootstrap,
    jackknife_error,
    percentile_interval,
    t_interval,
)
from codebook.analysis.agreement_ratings import Floats, Inapplicable, Ratings

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(ratings: Ratings, metric: Metric = "nominal") -> float | None:
    """Alpha of any number of coders. Interval and ratio need numbers; ordinal takes the categories' order."""
    units = coincidences(ratings)
    if not len(units):
        return None
    value = float(_alphas(units.sum(axis=0, keepdims=True), ratings, metric)[0])
    return None if np.isnan(value) else value


def coincidences(ratings: Ratings) -> Floats:
    """[pairable unit, category, category]: what each unit adds to the coincidences."""
    counts = ratings.counts[ratings.raters >= 2].astype(np.float64)
    ordered = counts[:, :, None] * counts[:, None, :]
    places = np.arange(counts.shape[1])
    ordered[:, places, places] -= counts
    scaled: Floats = ordered / (counts.sum(axis=1) - 1)[:, None, None]
    return scaled


def _alphas(summed: Floats, ratings: Ratings, metric: Metric) -> Floats:
    """Alpha of each matrix of coincidences; NaN where undefined."""
    margins = summed.sum(axis=2)
    total = margins.sum(axis=1)
    apart = _squared_distance(margins, ratings, metric)
    observed = (summed * apart).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * apart).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed * (total - 1) / expected, np.nan)


def _squared_distance(margins: Floats, ratings: Ratings, metric: Metric) -> Floats:
    """d²(c, k) per round; only the ordinal one depends on the margins, through midranks."""
    if metric == "nominal":
        return (1 - np.eye(margins.shape[1]))[None]
    if metric == "ordinal":
        midranks = np.cumsum(margins, axis=1) - margins / 2
        return np.asarray((midranks[:, :, None] - midranks[:, None, :]) ** 2, dtype=np.float64)
    values = _numbers(ratings)
    difference = values[:, None] - values[None, :]
    if metric == "interval":
        return (difference**2)[None]
    whole = values[:, None] + values[None, :]
    return (np.where(whole == 0, 0, difference / np.where(whole == 0, 1, whole)) ** 2)[None]


def _numbers(ratings: Ratings) -> Floats:
    if not all(isinstance(category, int | float) for category in ratings.categories):
        raise Inapplicable("Distances between values need numbers; these values are words.")
    return np.array(ratings.categories, dtype=np.float64)


def alpha_bootstrap(ratings: Ratings, metric: Metric = "nominal", rounds: int = ROUNDS, seed: int = SEED) -> Floats:
    """Alpha in every round of drawing pairable units with replacement; NaN where a round is undefined."""
    units = coincidences(ratings)
    q = len(ratings.categories)
    return bootstrap(units.reshape(len(units), q * q),
                     lambda sums: _alphas(sums.reshape(-1, q, q), ratings, metric), rounds, seed)


def alpha_bootstrap_interval(ratings: Ratings, metric: Metric = "nominal") -> Interval | None:
    """95 % percentile interval over pairable units; undefined rounds are left out."""
    if krippendorff_alpha(ratings, metric) is None:
        return None
    return percentile_interval(alpha_bootstrap(ratings, metric))


def alpha_jackknife_error(ratings: Ratings, metric: Metric = "nominal") -> float | None:
    """Standard error by leaving out one pairable unit at a time."""
    units = coincidences(ratings)
    return jackknife_error(_alphas(units.sum(axis=0) - units, ratings, metric)) if len(units) > 1 else None


def alpha_jackknife_interval(ratings: Ratings, metric: Metric = "nominal") -> Interval | None:
    """95 %, alpha ± t SE with one degree of freedom less than there are pairable units, capped at 1."""
    value, error = krippendorff_alpha(ratings, metric), alpha_jackknife_error(ratings, metric)
    if value is None or error is None:
        return None
    return t_interval(value, error, len(coincidences(ratings)) - 1)
