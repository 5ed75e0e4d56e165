"""Agreement when each coder gives a unit a *set* of values, possibly empty: the facets of a narratief.

Distances between two sets of h and j members, t of them shared:
  Dice     1 − 2t / (h + j)
  Jaccard  1 − t / (h + j − t)
  MASI     1 − M × Jaccard similarity; M = 1 equal, 2/3 one within the other, 1/3 overlapping, 0 apart (Passonneau 2006)
  nominal  0 when equal, else 1
Two empty sets have distance 0.

`alpha_of_sets` is Krippendorff's alpha with such a distance, expected disagreement from the sets that occur.
`mv_alpha` (Krippendorff & Craggs 2016, nominal) has Dice's distance and expects not the sets but their members at
random, given how many sets have h members (P_h) and how many sets contain value c (n_c):
  De = Σ_h Σ_j P_h P_j E_hj,  E_hj the mean distance of all pairs of a set C of h and a set K of j values, weighted with
  Π_{c in C} n_c × Π_{k in K, not in C} n_k × Π_{c in both} (n_c − 1).
The distance depends on h, j and t only, and the mean of Dice's distance on the mean of t: E_hj = 1 − 2 E(t) / (h + j).
Sums over all pairs of sets are coefficients of x^h y^j in Π_c (1 + n_c x + n_c y + s n_c (n_c − 1) x y): the weights at
s = 1, the weights times t as derivative there. That is exact and takes values × h × j steps instead of 4^values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codebook.analysis.agreement_ratings import Floats, Ints

Mask = NDArray[np.bool_]
Distance = Callable[[Floats, Floats, Floats], Floats]
"""The distance of sets with (t shared, h, j) members."""

_NOTHING = 1e-12
_BLOCK = 4_000_000  # pairs of sets compared at once
_CACHE = 20_000  # coefficients worked on at once; what fits a processor's cache is several times as fast


def dice(t: Floats, h: Floats, j: Floats) -> Floats:
    """1 − 2t / (h + j)."""
    return _one_minus(2 * t, h + j)


def jaccard(t: Floats, h: Floats, j: Floats) -> Floats:
    """1 − t / (h + j − t)."""
    return _one_minus(t, h + j - t)


def masi(t: Floats, h: Floats, j: Floats) -> Floats:
    """1 − M × Jaccard similarity."""
    share: Floats = np.select([(t == h) & (t == j), (t == h) | (t == j), t > 0], [1.0, 2 / 3, 1 / 3], 0.0)
    return _one_minus(share * t, h + j - t)


def nominal(t: Floats, h: Floats, j: Floats) -> Floats:
    """0 when the sets are equal, else 1."""
    return np.where((t == h) & (t == j), 0.0, 1.0)


def _one_minus(above: Floats, below: Floats) -> Floats:
    empty = below == 0
    return np.where(empty, 0.0, 1 - above / np.where(empty, 1, below))


@dataclass(frozen=True)
class SetRatings:
    """`given[coder, unit, value]` where `looked[coder, unit]`; elsewhere the coder's set is missing, not empty."""

    looked: Mask
    given: Mask

    @classmethod
    def read(cls, rows: Sequence[Sequence[Sequence[Any] | None]]) -> SetRatings:
        """From lists of values per coder and unit; None is missing, an empty list the empty set."""
        labels = {value: None for row in rows for values in row for value in values or ()}
        place = {label: at for at, label in enumerate(labels)}
        units = len(rows[0]) if rows else 0
        looked = np.array([[values is not None for values in row] for row in rows], dtype=np.bool_)
        given = np.zeros((len(rows), units, len(labels)), dtype=np.bool_)
        for coder, row in enumerate(rows):
            for unit, values in enumerate(row):
                given[coder, unit, [place[value] for value in values or ()]] = True
        return cls(looked.reshape(len(rows), units), given)

    @cached_property
    def raters(self) -> Ints:
        """Per unit, how many coders looked."""
        found: Ints = self.looked.sum(axis=0, dtype=np.int64)
        return found

    @cached_property
    def pairable(self) -> Mask:
        """Which units two or more coders looked at."""
        return self.raters >= 2

    @cached_property
    def sizes(self) -> Ints:
        """[coder, unit]: the members of each set."""
        found: Ints = self.given.sum(axis=2, dtype=np.int64)
        return found

    @cached_property
    def largest(self) -> int:
        """The members of the largest set."""
        return int(self.sizes.max(initial=0))

    def disagreement(self, distance: Distance) -> Floats:
        """Per unit, the sum of distances of ordered pairs of coders / (coders who looked − 1); 0 if not pairable."""
        total = np.zeros(self.raters.size)
        for a, b in combinations(range(len(self.looked)), 2):
            both = self.looked[a] & self.looked[b]
            shared = (self.given[a] & self.given[b]).sum(axis=1)
            total += both * distance(shared, self.sizes[a], self.sizes[b])
        return 2 * total / np.maximum(self.raters - 1, 1)

    @cached_property
    def meetings(self) -> dict[tuple[int, int], Floats]:
        """(h, j) → per t, how many ordered pairs of sets of the pairable units have h and j members and share t."""
        return _meetings(self.given[self.looked & self.pairable[None, :]])


def observed_disagreement(sets: SetRatings, distance: Distance = dice) -> float | None:
    """Do: the mean distance of the sets that coders gave the same unit."""
    n = int(sets.raters[sets.pairable].sum())
    return float(sets.disagreement(distance).sum()) / n if n else None


def alpha_of_sets(sets: SetRatings, distance: Distance) -> float | None:
    """Krippendorff's alpha with whole sets as values; None when all sets are the same, or none can be compared."""
    observed = observed_disagreement(sets, distance)
    if observed is None:
        return None
    n = int(sets.raters[sets.pairable].sum())
    expected = sum(_apart(distance, h, j, many) for (h, j), many in sets.meetings.items()) / (n * (n - 1))
    return 1 - observed / expected if expected > _NOTHING else None


def _apart(distance: Distance, h: int, j: int, many: Floats) -> float:
    """The summed distances of pairs of sets of h and j members, `many` of them per number of shared members."""
    shared = np.arange(many.size, dtype=np.float64)
    return float(np.sum(many * distance(shared, np.full(many.size, h), np.full(many.size, j))))


def _meetings(chosen: Mask) -> dict[tuple[int, int], Floats]:
    """(h, j) → per t, the number of ordered pairs of sets with h and j members that share t. Equal sets are taken once,
    with their number; a set meets itself too, at distance 0."""
    packed, counts = np.unique(np.packbits(chosen, axis=1), axis=0, return_counts=True)
    members = np.unpackbits(packed, axis=1, count=chosen.shape[1]).astype(np.float32)
    sizes = members.sum(axis=1).astype(np.int64)
    groups = {int(h): (members[sizes == h], counts[sizes == h]) for h in np.unique(sizes)}
    return {(h, j): (1 if h == j else 2) * _by_shared(*groups[h], *groups[j])
            for h in groups for j in groups if h <= j}


def _by_shared(a: NDArray[np.float32], many_a: Ints, b: NDArray[np.float32], many_b: Ints) -> Floats:
    """Per number of shared members, how many pairs of the sets of a and b there are; some rows at a time."""
    found = np.zeros(a.shape[1] + 1)
    step = max(1, _BLOCK // max(1, len(b)))
    for first in range(0, len(a), step):
        shared = (a[first:first + step] @ b.T).astype(np.int64)
        pairs = np.outer(many_a[first:first + step], many_b).astype(np.float64)
        found += np.bincount(shared.ravel(), weights=pairs.ravel(), minlength=found.size)
    return found


# -- mv-alpha ------------------------------------------------------------------------------------------------------


def mv_alpha(sets: SetRatings) -> float | None:
    """Krippendorff & Craggs' alpha of multi-valued nominal data; None where undefined."""
    if not sets.pairable.any():
        return None
    value = float(mv_alphas(mv_sums(sets).sum(axis=0, keepdims=True), sets.largest)[0])
    return None if np.isnan(value) else value


def mv_expected(sets: SetRatings) -> float | None:
    """De of mv-alpha."""
    if not sets.pairable.any():
        return None
    sums = mv_sums(sets).sum(axis=0, keepdims=True)
    return float(_expected(*_parts(sums, sets.largest)[1:])[0])


def mv_sums(sets: SetRatings) -> Floats:
    """What each unit adds, as columns: disagreement, sets of 0, 1, … members, sets that contain each value. mv-alpha
    of any selection of units follows from the sums of these columns."""
    counted = sets.looked & sets.pairable
    by_size = np.stack([((sets.sizes == h) & counted).sum(axis=0) for h in range(sets.largest + 1)], axis=1)
    by_value = np.einsum("mu,muk->uk", counted.astype(np.float64), sets.given)
    disagreement = sets.disagreement(dice) * sets.pairable
    return np.concatenate([disagreement[:, None], by_size, by_value], axis=1)


def mv_alphas(sums: Floats, largest: int) -> Floats:
    """mv-alpha of each row of column sums (`mv_sums`); NaN where undefined."""
    disagreement, by_size, by_value = _parts(sums, largest)
    expected = _expected(by_size, by_value)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = disagreement / by_size.sum(axis=1)
        return np.where(expected > _NOTHING, 1 - observed / expected, np.nan)


def _parts(sums: Floats, largest: int) -> tuple[Floats, Floats, Floats]:
    return sums[:, 0], sums[:, 1:largest + 2], sums[:, largest + 2:]


def _expected(by_size: Floats, by_value: Floats) -> Floats:
    """De per row: Σ P_h P_j (1 − 2 E(t) / (h + j)), some rows at a time."""
    step = max(1, _CACHE // by_size.shape[1] ** 2)
    return np.concatenate([_expected_of(by_size[first:first + step], by_value[first:first + step])
                           for first in range(0, len(by_size), step)])


def _expected_of(by_size: Floats, by_value: Floats) -> Floats:
    weight, shared = _polynomial(by_value, by_size.shape[1])
    members = np.arange(by_size.shape[1])
    together = (members[:, None] + members[None, :])[:, :, None]
    possible = (weight > 0) & (together > 0)
    mean = shared / np.where(possible, weight, 1)
    distance = np.where(possible, 1 - 2 * mean / np.where(together > 0, together, 1), 0)
    share = (by_size / np.maximum(by_size.sum(axis=1, keepdims=True), 1)).T
    return np.asarray(np.einsum("hb,jb,hjb->b", share, share, distance), dtype=np.float64)


def _polynomial(by_value: Floats, sizes: int) -> tuple[Floats, Floats]:
    """The coefficients of x^h y^j (h, j < `sizes`), per row of counts: the sum of weights, and of weights × t.

    Counts are scaled to 1 at most, which leaves the quotient of the two as it is and keeps products in range. No term
    is negative, so nothing cancels out.
    """
    scale = np.maximum(by_value.max(axis=1, initial=1), 1)
    weight = np.zeros((sizes, sizes, len(by_value)))
    weight[0, 0] = 1
    shared = np.zeros_like(weight)
    for counts in by_value.T:
        one, both = counts / scale, counts * np.maximum(counts - 1, 0) / scale**2
        weight, shared = _times(weight, one, both), _times(shared, one, both, weight)
    return weight, shared


def _times(old: Floats, one: Floats, both: Floats, also: Floats | None = None) -> Floats:
    """Multiply by 1 + one × x + one × y + both × x y; `also` goes in with both × x y."""
    new = old.copy()
    new[1:] += one * old[:-1]
    new[:, 1:] += one * old[:, :-1]
    new[1:, 1:] += both * (old[:-1, :-1] if also is None else old[:-1, :-1] + also[:-1, :-1])
    return new
