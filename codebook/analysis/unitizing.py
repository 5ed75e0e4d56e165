"""Agreement of coders who mark passages themselves, on a continuum of text.

Krippendorff's u-alpha family (Krippendorff, Mathet, Bouvry & Widlöcher 2016; Krippendorff 2019, 12.6): every coder cuts
the continuum, of length L, into units with a value and gaps without one. Lengths of matter that two coders value c and
k form coincidences l_ck (each pair counted both ways, divided by the number of coders − 1).

  u-alpha    everything: where units are and what they are called
  |u-alpha   relevant or not: valued matter against gaps
  cu-alpha   values only, on matter that both of a pair valued; `coverage` says how much of all matter that is
  (k)u-alpha the same for one value

Spans of one code by two coders (as other programs compare them) are counted by character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codebook.analysis.agreement_kappas import holsti, kappa_of_counts
from codebook.analysis.agreement_ratings import Floats
from corpora.errors import UsageError

Span = tuple[int, int]
Unit = tuple[int, int, Any]
_NOTHING = 1e-12
_GAP = 0  # the place of "no value" among the values


@dataclass(frozen=True)
class Continuum:
    """Units `[start, end)` with a value, per coder, on `[begin, end)`; units of one coder may touch, not overlap."""

    begin: int
    end: int
    coders: tuple[tuple[Unit, ...], ...]

    @classmethod
    def read(cls, begin: int, end: int, coders: Mapping[str, Sequence[Sequence[Any]]]) -> Continuum:
        """From units per coder; UsageError where units of one coder overlap or lie outside."""
        return cls(begin, end, tuple(_checked(name, units, begin, end) for name, units in coders.items()))

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """The values that occur."""
        return tuple(sorted({value for units in self.coders for _, _, value in units}, key=str))

    @cached_property
    def _matter(self) -> _Matter:
        return _Matter.of(self)

    # -- coefficients ----------------------------------------------------------------------------------------------

    def u_alpha(self) -> float | None:
        """1 − (l − Σ l_cc) / (l − Σ e_cc); None without a second coder or with one value and no gap."""
        found, expected = self._matter.coincidences, self._matter.expected
        return _alpha(found.sum() - np.trace(found), expected.sum() - np.trace(expected), found.sum())

    def u_alpha_binary(self) -> float | None:
        """|u-alpha: 1 − (l_φ − l_φφ) / (e_φ − e_φφ), φ the gaps; None without gaps."""
        found, expected = self._matter.coincidences[_GAP], self._matter.expected[_GAP]
        return _alpha(found.sum() - found[_GAP], expected.sum() - expected[_GAP], found.sum())

    def cu_alpha(self) -> float | None:
        """Values on jointly valued matter; None with one value only, or no such matter."""
        found, expected = self._matter.valued, self._matter.valued_expected
        return _alpha(found.sum() - np.trace(found), expected.sum() - np.trace(expected), found.sum())

    def cu_coverage(self) -> float | None:
        """The share of all matter that is jointly valued."""
        whole = float(self._matter.coincidences.sum())
        return float(self._matter.valued.sum()) / whole if whole else None

    def ku_alpha(self, value: Any) -> float | None:
        """(k)u-alpha: 1 − (e_k / l_k) (l_k − l_kk) / (e_k − e_kk) on jointly valued matter."""
        at = self.values.index(value)
        found, expected = self._matter.valued[at], self._matter.valued_expected[at]
        rest = expected.sum() - expected[at]
        if not found.sum() or rest < _NOTHING:
            return None
        return float(1 - expected.sum() / found.sum() * (found.sum() - found[at]) / rest)

    def ku_coverage(self, value: Any) -> float | None:
        """The share of a value's matter that another coder valued too."""
        at = self.values.index(value)
        whole = float(self._matter.coincidences[at + 1].sum())
        return float(self._matter.valued[at].sum()) / whole if whole else None


def _alpha(observed: float, expected: float, whole: float) -> float | None:
    return float(1 - observed / expected) if expected > _NOTHING * max(1.0, whole) else None


def _checked(name: str, units: Sequence[Sequence[Any]], begin: int, end: int) -> tuple[Unit, ...]:
    ordered = tuple(sorted(((unit[0], unit[1], unit[2]) for unit in units), key=lambda unit: (unit[0], unit[1])))
    last = begin
    for start, stop, _ in ordered:
        if not begin <= start < stop <= end:
            raise UsageError("{coder}: the unit {start} to {stop} does not lie within {begin} to {end}.", coder=name,
                             start=start, stop=stop, begin=begin, end=end)
        if start < last:
            raise UsageError("{coder}: two units overlap at {at}. Compare per code, or values that exclude each "
                             "other.", coder=name, at=start)
        last = stop
    return ordered


@dataclass(frozen=True)
class _Matter:
    """The continuum in pieces in which no coder's value changes: lengths, the place of each coder's value per piece
    (0 for a gap), and the number of the unit or gap it belongs to."""

    lengths: Floats
    places: NDArray[np.int64]
    numbers: NDArray[np.int64]
    values: int

    @classmethod
    def of(cls, continuum: Continuum) -> _Matter:
        borders = {continuum.begin, continuum.end}
        borders.update(at for units in continuum.coders for start, stop, _ in units for at in (start, stop))
        edges = np.array(sorted(borders))
        place = {value: at for at, value in enumerate(continuum.values, 1)}
        rows = [_of_coder(units, edges, place) for units in continuum.coders]
        shape = (len(rows), edges.size - 1)
        places = np.array([row[0] for row in rows], dtype=np.int64).reshape(shape)
        numbers = np.array([row[1] for row in rows], dtype=np.int64).reshape(shape)
        return cls(np.diff(edges).astype(np.float64), places, numbers, len(place) + 1)

    @cached_property
    def coincidences(self) -> Floats:
        """l_ck, gaps at place 0; zero with a single coder."""
        coders = len(self.places)
        held = np.stack([(self.places == k).sum(axis=0) for k in range(self.values)]).astype(np.float64)
        pairs = (held * self.lengths) @ held.T - np.diag(held @ self.lengths)
        return pairs / (coders - 1) if coders > 1 else np.zeros_like(pairs)

    @cached_property
    def expected(self) -> Floats:
        """e_ck = l (l_c l_k − [c = k] w_c) / (l² − W); w_c sums the squared lengths of units, plain lengths of gaps."""
        own = np.zeros(self.values)
        for row, numbers in zip(self.places, self.numbers, strict=True):
            for place, length in self._units(row, numbers, self.lengths):
                own[place] += length if place == _GAP else length**2
        return _expected(self.coincidences, own)

    @cached_property
    def valued(self) -> Floats:
        """The coincidences of values with values."""
        return self.coincidences[1:, 1:]

    @cached_property
    def valued_expected(self) -> Floats:
        """As `expected`, on jointly valued matter. A unit's length there is averaged over the other coders before it is
        squared, the reading that gives the value printed in Krippendorff (2019), figure 12.11."""
        own = np.zeros(self.values)
        others = (self.places != _GAP).sum(axis=0) - (self.places != _GAP)
        joint = others * self.lengths / max(1, len(self.places) - 1)
        for row, numbers, lengths in zip(self.places, self.numbers, joint, strict=True):
            for place, length in self._units(row, numbers, lengths):
                own[place] += length**2
        return _expected(self.valued, own[1:])

    def _units(self, row: NDArray[np.int64], numbers: NDArray[np.int64], lengths: Floats) -> list[tuple[int, float]]:
        """The units and gaps of a coder: place of the value, and length."""
        first = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]][:numbers.size])
        summed = np.bincount(numbers, weights=lengths)
        return [(int(row[at]), float(summed[numbers[at]])) for at in first.tolist()]


def _of_coder(units: Sequence[Unit], edges: NDArray[np.int64], place: Mapping[Any, int]) -> tuple[list[int], list[int]]:
    """Per piece the place of the value and the number of the unit or gap."""
    starts = np.array([unit[0] for unit in units])
    places, numbers, inside_before = [], [-1], -1
    for start, _ in pairwise(edges.tolist()):
        at = int(np.searchsorted(starts, start, side="right")) - 1
        inside = at if at >= 0 and start < units[at][1] else -1
        new = numbers[-1] < 0 or inside != inside_before
        numbers.append(numbers[-1] + new)
        places.append(place[units[inside][2]] if inside >= 0 else _GAP)
        inside_before = inside
    return places, numbers[1:]


def _expected(found: Floats, own: Floats) -> Floats:
    margins = found.sum(axis=1)
    whole = float(margins.sum())
    rest = whole**2 - float(own.sum())
    if rest < _NOTHING * max(1.0, whole**2):
        return np.zeros_like(found)
    expected: Floats = whole * (np.outer(margins, margins) - np.diag(own)) / rest
    return expected


# -- spans of one code ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SpanCounts:
    """Characters that two coders gave one code: both, one only, neither."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def length(self) -> int:
        """All characters."""
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def percent(self) -> float | None:
        """(both + neither) / all. Much text without the code makes this high whatever happens."""
        return (self.both + self.neither) / self.length if self.length else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa over characters."""
        return kappa_of_counts(self.both, self.only_a, self.only_b, self.neither)

    @property
    def jaccard(self) -> float | None:
        """both / any."""
        somewhere = self.both + self.only_a + self.only_b
        return self.both / somewhere if somewhere else None

    @property
    def positive(self) -> float | None:
        """2 both / (coded by a + coded by b): positive agreement, Dice's index, and Holsti's coefficient."""
        return holsti(self.both, self.both + self.only_a, self.both + self.only_b)


def span_counts(length: int, a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> SpanCounts:
    """Count characters of a text; spans of the same coder that overlap or touch count once."""
    ours, theirs = merged(a), merged(b)
    for start, stop in (*ours[:1], *ours[-1:], *theirs[:1], *theirs[-1:]):
        if start < 0 or stop > length:
            raise UsageError("A span from {start} to {stop} does not lie within a text of {length} characters.",
                             start=start, stop=stop, length=length)
    both = _shared(ours, theirs)
    only_a, only_b = _total(ours) - both, _total(theirs) - both
    return SpanCounts(both, only_a, only_b, length - both - only_a - only_b)


def merged(spans: Sequence[Sequence[int]]) -> list[Span]:
    """Spans in order, those that overlap or touch made one; empty ones left out."""
    found: list[Span] = []
    for start, stop in sorted((span[0], span[1]) for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def _total(spans: Sequence[Span]) -> int:
    return sum(stop - start for start, stop in spans)


def _shared(a: Sequence[Span], b: Sequence[Span]) -> int:
    """Characters in both of two lists of merged spans."""
    shared = i = j = 0
    while i < len(a) and j < len(b):
        shared += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        i, j = (i + 1, j) if a[i][1] <= b[j][1] else (i, j + 1)
    return shared
