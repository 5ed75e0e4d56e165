"""One value per coder and unit: the data that kappa, alpha and their family are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpora.errors import UsageError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MISSING = -1
"""A coder who did not look; not the same as a coder who looked and gave nothing."""


class Inapplicable(UsageError):
    """A statistic that this data cannot have: a distance between words, a value that does not occur."""


@dataclass(frozen=True)
class Ratings:
    """`values[coder, unit]` is the place of the value in `categories`, or MISSING.

    `categories` are the declared ones, used or not: Brennan-Prediger and AC1 depend on how many there are.
    """

    values: Ints
    categories: tuple[Any, ...]

    @classmethod
    def read(cls, rows: Sequence[Sequence[Any]], declared: Sequence[Any] | None = None) -> Ratings:
        """From rows of values per coder, None for missing. Without `declared`, the categories are those used."""
        used = {value for row in rows for value in row if value is not None}
        categories = _ordered(used) if declared is None else tuple(declared)
        place = {category: at for at, category in enumerate(categories)}
        if len({len(row) for row in rows}) > 1:
            raise UsageError("Every coder needs a value, or null, for every unit: the rows differ in length.")
        if stray := [value for value in used if value not in place]:
            raise UsageError("The value “{value}” is not among the declared categories.", value=stray[0])
        values = [[MISSING if value is None else place[value] for value in row] for row in rows]
        units = len(rows[0]) if rows else 0
        return cls(np.array(values, dtype=np.int64).reshape(len(rows), units), categories)

    @classmethod
    def of_table(cls, table: Sequence[Sequence[int]], categories: Sequence[Any]) -> Ratings:
        """From counts of units per value of a first coder (rows) and a second (columns)."""
        counts = np.array(table, dtype=np.int64)
        first, second = np.indices(counts.shape)
        values = np.stack([np.repeat(first.ravel(), counts.ravel()), np.repeat(second.ravel(), counts.ravel())])
        return cls(values, tuple(categories))

    @classmethod
    def of_marks(cls, looked: NDArray[np.bool_], given: NDArray[np.bool_]) -> Ratings:
        """One code, there or not, per coder and unit; missing where the coder has not looked."""
        return cls(np.where(looked, given.astype(np.int64), MISSING), (0, 1))

    @cached_property
    def counts(self) -> Ints:
        """[unit, category]: how many coders gave it; units that nobody rated are left out."""
        found = np.stack([(self.values == k).sum(axis=0) for k in range(len(self.categories))], axis=1) \
            if self.categories else np.zeros((self.values.shape[1], 0), dtype=np.int64)
        kept: Ints = found[found.sum(axis=1) > 0].astype(np.int64)
        return kept

    @cached_property
    def raters(self) -> Ints:
        """Per unit of `counts`, how many coders rated it."""
        found: Ints = self.counts.sum(axis=1)
        return found

    @property
    def coders(self) -> int:
        """How many coders there are."""
        return int(self.values.shape[0])

    @property
    def pairable_values(self) -> int:
        """Values in units that at least two coders rated."""
        return int(self.raters[self.raters >= 2].sum())

    def pair(self, first: int, second: int) -> Ratings:
        """Two of the coders, on the units that both rated."""
        two = self.values[[first, second]]
        return Ratings(two[:, (two != MISSING).all(axis=0)], self.categories)

    def pairs(self) -> list[Ratings]:
        """Every two coders, on the units that both rated."""
        return [self.pair(a, b) for a, b in combinations(range(self.coders), 2)]

    def table(self) -> Floats:
        """The shares of a first and a second coder's values among the units that both rated (two coders only)."""
        if self.coders != 2:
            raise ValueError("A table of two coders needs two coders.")
        both = self.pair(0, 1).values
        q = len(self.categories)
        counted = np.bincount(both[0] * q + both[1], minlength=q * q).reshape(q, q)
        shares: Floats = counted / max(1, both.shape[1])
        return shares


def _ordered(used: set[Any]) -> tuple[Any, ...]:
    if all(isinstance(value, int | float) for value in used):
        return tuple(sorted(used))
    return tuple(sorted(used, key=str))
