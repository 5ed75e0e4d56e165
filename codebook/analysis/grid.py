"""The combination grid: every combination of codes of several facets, empty ones too.

A narratief stands in every combination of its codes, so the cells add up to at least the number of *complete*
narratieven, those with a code of every facet in the grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from codebook.analysis.axes import Axis, Fold, one_set, sets
from codebook.query import bits
from codebook.query.bits import Bits, Ints, Slots
from codebook.query.index import ANY, CodeIndex, Codings


@dataclass(frozen=True)
class Cell:
    """One combination: narratieven that carry all its codes, and the documents and respondents they come from."""

    codes: tuple[Fold, ...]
    count: int
    documents: int
    respondents: int


@dataclass(frozen=True)
class Grid:
    """Counts per combination; the arrays have one dimension per facet. `n` narratieven were looked at, `complete`
    of them have a code of every facet."""

    axes: tuple[tuple[Fold, ...], ...]
    codings: Codings
    n: int
    complete: int
    counts: Ints
    documents: Ints
    respondents: Ints

    @property
    def total(self) -> int:
        """The sum of the cells: narratieven, each as often as it has combinations."""
        return int(self.counts.sum())

    def cells(self) -> Iterator[Cell]:
        """All combinations, the last facet running fastest."""
        numbers = zip(self.counts.flat, self.documents.flat, self.respondents.flat, strict=True)
        for codes, (count, documents, respondents) in zip(product(*self.axes), numbers, strict=True):
            yield Cell(codes, int(count), int(documents), int(respondents))


@dataclass(frozen=True)
class Respondents:
    """Who is heard in each narratief: per slot as many respondent numbers as the fullest narratief has, the rest
    filled with `total`, the number of no one."""

    of_slot: Slots
    total: int

    @classmethod
    def build(cls, index: CodeIndex, narratief_ids: ArrayLike, respondent_ids: ArrayLike) -> Respondents:
        """From pairs (narratief, respondent); a narratief may have several respondents, or none."""
        known, numbers = np.unique(np.asarray(respondent_ids, dtype=np.int64).reshape(-1), return_inverse=True)
        slots = index.slots_of(narratief_ids)
        order = np.argsort(slots, kind="stable")
        slots, numbers = slots[order], numbers[order]
        nth = np.arange(slots.size) - np.searchsorted(slots, slots)
        of_slot = np.full((index.capacity, int(nth.max(initial=0)) + 1), known.size, dtype=np.int32)
        of_slot[slots, nth] = numbers
        return cls(of_slot, int(known.size))

    def count(self, slots: Ints) -> int:
        """How many respondents are heard in these slots."""
        heard = np.zeros(self.total + 1, dtype=np.bool_)
        heard[self.of_slot[slots]] = True
        return int(np.count_nonzero(heard[:-1]))


def grid(index: CodeIndex, axes: Sequence[Axis], *, codings: Codings = ANY, where: Bits | None = None,
         respondents: Respondents | None = None) -> Grid:
    """Count every combination of one code per axis among the narratieven of `where` (all, when not given)."""
    universe = index.live if where is None else index.live & where
    matrices = [sets(index, axis, codings, universe) for axis in axes]
    shape = tuple(len(axis) for axis in axes)
    counts, documents, persons = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for place, combined in _combinations(matrices):
        counts[place] = found = bits.row_counts(combined)
        for last in np.flatnonzero(found).tolist():
            slots, at = index.slots(combined[last]), (*place, last)
            documents[at] = index.document_count(slots)
            persons[at] = 0 if respondents is None else respondents.count(slots)
    complete = universe.copy()
    for matrix in matrices:
        complete &= np.bitwise_or.reduce(matrix, axis=0)
    return Grid(tuple(tuple(axis) for axis in axes), codings, bits.count(universe), bits.count(complete),
                counts, documents, persons)


@dataclass(frozen=True)
class Counted:
    """The counts of a grid with the sets behind them: what a cell holds is looked up when it is asked for.

    Good as long as no coding changes.
    """

    index: CodeIndex
    axes: tuple[tuple[Fold, ...], ...]
    codings: Codings
    n: int
    complete: int
    counts: Ints
    matrices: tuple[Bits, ...]

    def slots(self, place: Sequence[int]) -> Ints:
        """The narratieven of one combination, in canonical order."""
        found = self.matrices[0][place[0]].copy()
        for matrix, at in zip(self.matrices[1:], place[1:], strict=True):
            found &= matrix[at]
        return self.index.slots(found)


def counted(index: CodeIndex, axes: Sequence[Axis], *, codings: Codings = ANY, where: Bits | None = None) -> Counted:
    """Count every combination, and nothing else: a tenth of the work of `grid`."""
    universe = index.live.copy() if where is None else index.live & where
    matrices = tuple(sets(index, axis, codings, universe) for axis in axes)
    counts = np.zeros(tuple(len(axis) for axis in axes), dtype=np.int64)
    for place, combined in _combinations(list(matrices)):
        counts[place] = bits.row_counts(combined)
    complete = universe.copy()
    for matrix in matrices:
        complete &= np.bitwise_or.reduce(matrix, axis=0)
    return Counted(index, tuple(tuple(axis) for axis in axes), codings, bits.count(universe), bits.count(complete),
                   counts, matrices)


def cell(index: CodeIndex, codes: Sequence[Fold], *, codings: Codings = ANY, where: Bits | None = None) -> Bits:
    """The narratieven of one combination."""
    found = index.live.copy() if where is None else index.live & where
    for fold in codes:
        found &= one_set(index, fold, codings)
    return found


def fractional(index: CodeIndex, axes: Sequence[Axis], *, codings: Codings = ANY,
               where: Bits | None = None) -> NDArray[np.float64]:
    """Per combination the sum over its narratieven of 1 / (combinations the narratief stands in); over all
    combinations this adds up to the complete narratieven."""
    universe = index.live if where is None else index.live & where
    matrices = [sets(index, axis, codings, universe) for axis in axes]
    combinations = np.ones(index.capacity)
    for matrix in matrices:
        combinations *= sum(bits.unpack(row).astype(np.int64) for row in matrix)
    weights = 1 / np.maximum(combinations, 1)
    shares = np.zeros(tuple(len(axis) for axis in axes))
    for place, combined in _combinations(matrices):
        shares[place] = [weights[bits.to_slots(row)].sum() for row in combined]
    return shares


def _combinations(matrices: list[Bits]) -> Iterator[tuple[tuple[int, ...], Bits]]:
    """For every choice on all axes but the last: its place, and the sets it makes with each of the last axis."""
    *leading, last = matrices
    for place in product(*(range(len(matrix)) for matrix in leading)):
        combined = last.copy()
        for matrix, at in zip(leading, place, strict=True):
            combined &= matrix[at]
        yield place, combined
