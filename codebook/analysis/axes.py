"""The rows and columns of tables: lists of codes, each alone or folded with others (its sub-codes)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from codebook.query import bits
from codebook.query.bits import Bits, Ints
from codebook.query.index import ANY, CodeIndex, Codings

#: One row or column: a code, or several that count as one.
Fold = int | tuple[int, ...]
Axis = Sequence[Fold]


def code_ids(fold: Fold) -> tuple[int, ...]:
    """The codes of one row or column."""
    return (fold,) if isinstance(fold, int) else fold


def one_set(index: CodeIndex, fold: Fold, codings: Codings = ANY) -> Bits:
    """The narratieven of one row or column; not to be written to."""
    return index.column(fold, codings) if isinstance(fold, int) else index.any_of(fold, codings)


def sets(index: CodeIndex, axis: Axis, codings: Codings = ANY, where: Bits | None = None) -> Bits:
    """The narratieven of every row or column, one set per row of the matrix, those outside `where` left out."""
    found = np.zeros((len(axis), index.capacity // 64), dtype=np.uint64)
    for at, fold in enumerate(axis):
        held = one_set(index, fold, codings)
        found[at] = held if where is None else held & where
    return found


_BLOCK = 4096


def pair_counts(rows: Bits, columns: Bits) -> Ints:
    """Members that every row set shares with every column set; half the work when both are the same matrix.

    Counted in blocks of words that stay in the processor's cache.
    """
    counts = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for start in range(0, columns.shape[1], _BLOCK):
        block = np.ascontiguousarray(columns[:, start:start + _BLOCK])
        _add_block(counts, block if rows is columns else rows[:, start:start + _BLOCK], block)
    return np.maximum(counts, counts.T) if rows is columns else counts


def _add_block(counts: Ints, rows: Bits, columns: Bits) -> None:
    common, counted = np.empty_like(columns), np.empty(columns.shape, dtype=np.uint8)
    for at, row in enumerate(rows):
        first = at if rows is columns else 0
        np.bitwise_and(columns[first:], row, out=common[first:])
        counts[at, first:] += bits.row_counts(common[first:], counted[first:])
