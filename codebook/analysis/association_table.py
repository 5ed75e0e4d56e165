"""The exact test for every cell of a co-occurrence table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from codebook.analysis.association import Adjustment, WithinTest, benjamini_hochberg, within_documents
from codebook.analysis.axes import Axis, Fold, sets
from codebook.query import bits
from codebook.query.bits import Bits, Ints
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


def association_table(index: CodeIndex, rows: Axis, columns: Axis, *, codings: Codings = ANY,
                      where: Bits | None = None, strata: Ints | None = None,
                      adjust: Adjustment = benjamini_hochberg) -> TestTable:
    """Test every pair of a row and a column on the narratieven of `where`, within documents.

    `strata` gives per document number another stratum (the respondent, where one has many documents). All pairs of
    the table are one family for the adjustment, those that a filter hides included.
    """
    slots = bits.to_slots(index.live if where is None else index.live & where)
    document = index.document_numbers[slots]
    strata_of = np.unique(document if strata is None else strata[document], return_inverse=True)[1]
    row_masks = [bits.unpack(row)[slots] for row in sets(index, rows, codings)]
    column_masks = [bits.unpack(column)[slots] for column in sets(index, columns, codings)]
    tests: dict[frozenset[Fold], WithinTest] = {}
    cells: dict[Pair, frozenset[Fold]] = {}
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            if row != column:
                pair = cells[r, c] = frozenset((row, column))
                if pair not in tests:
                    tests[pair] = within_documents(row_masks[r], column_masks[c], strata_of)
    adjusted = dict(zip(tests, adjust([test.p for test in tests.values()]), strict=True))
    return TestTable(tuple(rows), tuple(columns), {at: tests[pair] for at, pair in cells.items()},
                     {at: adjusted[pair] for at, pair in cells.items()},
                     sum(test.p is not None for test in tests.values()))
