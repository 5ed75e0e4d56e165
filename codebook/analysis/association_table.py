"""The exact test for every cell of a co-occurrence table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from codebook.analysis.association import Adjustment, WithinTest, benjamini_hochberg, within_documents
from codebook.analysis.axes import Axis, Fold, code_ids, sets
from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask
from codebook.query.index import ANY, CodeIndex, Codings

Pair = tuple[int, int]


@dataclass(frozen=True)
class TestTable:
    """Tests and adjusted p-values per cell (row, column). Cells of a code with itself have none; the two cells of
    the same pair share one test. `family` is the number of tests the adjustment was made for."""

    __test__ = False  # not a test case, whatever pytest makes of the name

    rows: tuple[Fold, ...]
    columns: tuple[Fold, ...]
    tests: dict[Pair, WithinTest]
    adjusted: dict[Pair, float | None]
    family: int


@dataclass(frozen=True)
class Marks:
    """What the tests of a table need, taken out of the index at one moment: per narratief its stratum, and per row
    and column whether it carries the code."""

    rows: tuple[Fold, ...]
    columns: tuple[Fold, ...]
    strata: Ints
    row_masks: tuple[Mask, ...]
    column_masks: tuple[Mask, ...]


def marks(index: CodeIndex, rows: Axis, columns: Axis, *, codings: Codings = ANY, where: Bits | None = None,
          strata: Ints | None = None) -> Marks:
    """Take them out; `strata` gives per document number another stratum (the respondent, where one has many
    documents)."""
    slots = bits.to_slots(index.live if where is None else index.live & where)
    document = index.document_numbers[slots]
    strata_of = np.unique(document if strata is None else strata[document], return_inverse=True)[1]
    return Marks(tuple(rows), tuple(columns), strata_of,
                 tuple(bits.unpack(row)[slots] for row in sets(index, rows, codings)),
                 tuple(bits.unpack(column)[slots] for column in sets(index, columns, codings)))


def association_tests(taken: Marks, adjust: Adjustment = benjamini_hochberg,
           progress: Callable[[float, float], None] | None = None) -> TestTable:
    """Test every pair of a row and a column; `progress(done, total)` may raise to stop. Codes that a row and a column
    share are not tested."""
    tests: dict[frozenset[Fold], WithinTest] = {}
    cells: dict[Pair, frozenset[Fold]] = {}
    for r, row in enumerate(taken.rows):
        for c, column in enumerate(taken.columns):
            if not set(code_ids(row)) & set(code_ids(column)):
                pair = cells[r, c] = frozenset((row, column))
                if pair not in tests:
                    tests[pair] = within_documents(taken.row_masks[r], taken.column_masks[c], taken.strata)
        if progress is not None:
            progress(r + 1, len(taken.rows))
    adjusted = dict(zip(tests, adjust([test.p for test in tests.values()]), strict=True))
    return TestTable(taken.rows, taken.columns, {at: tests[pair] for at, pair in cells.items()},
                     {at: adjusted[pair] for at, pair in cells.items()},
                     sum(test.p is not None for test in tests.values()))


def association_table(index: CodeIndex, rows: Axis, columns: Axis, *, codings: Codings = ANY,
                      where: Bits | None = None, strata: Ints | None = None,
                      adjust: Adjustment = benjamini_hochberg) -> TestTable:
    """Test every pair of a row and a column on the narratieven of `where`, within documents.

    All pairs of the table are one family for the adjustment, those that a filter hides included.
    """
    return association_tests(marks(index, rows, columns, codings=codings, where=where, strata=strata), adjust)
