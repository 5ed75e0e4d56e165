"""Which codes stand together: the co-occurrence table.

A table counts *units* (narratieven, documents, respondent groups) that carry both codes, so that no coefficient can
leave 0 … 1; the totals are units that carry the code, not sums of cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from codebook.analysis.axes import Axis, Fold, pair_counts, sets
from codebook.analysis.shares import Shares, divided
from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask
from codebook.query.index import ANY, CodeIndex, Codings
from codebook.query.units import TableUnit, Units, units_of
from corpora.messages import Message, message

#: One code used more than so many times as often as the other: Jaccard then says little.
UNEQUAL = 5
#: Below this total a share is better read as "3 of 7".
SMALL = 10
#: Lift needs so many units with both codes, and at least one expected.
LEAST_FOR_LIFT = 3


@dataclass(frozen=True)
class Cooccurrence:
    """Counts of units that carry the row's and the column's code. Shares are None where they are undefined."""

    rows: tuple[Fold, ...]
    columns: tuple[Fold, ...]
    unit: TableUnit
    codings: Codings
    n: int
    counts: Ints
    row_totals: Ints
    column_totals: Ints

    @cached_property
    def jaccard(self) -> Shares:
        """Units with both / units with at least one."""
        return divided(self.counts, self.row_totals[:, None] + self.column_totals - self.counts)

    @cached_property
    def p_column_given_row(self) -> Shares:
        """Of the units with the row's code, the share that carries the column's code."""
        return divided(self.counts, np.broadcast_to(self.row_totals[:, None], self.counts.shape))

    @cached_property
    def p_row_given_column(self) -> Shares:
        """Of the units with the column's code, the share that carries the row's code."""
        return divided(self.counts, np.broadcast_to(self.column_totals, self.counts.shape))

    @cached_property
    def share_of_all(self) -> Shares:
        """Of all units, the share that carries both codes."""
        return divided(self.counts, np.full(self.counts.shape, self.n))

    @cached_property
    def expected(self) -> NDArray[np.float64]:
        """Units with both codes if the two had nothing to do with each other: row total × column total / n."""
        return np.outer(self.row_totals, self.column_totals) / max(self.n, 1)

    @cached_property
    def lift(self) -> Shares:
        """Counted / expected; None with fewer than three units in the cell or fewer than one expected, where a
        single unit would make it jump."""
        trusted = (self.counts >= LEAST_FOR_LIFT) & (self.expected >= 1)
        return divided(self.counts, np.where(trusted, self.expected, 0))

    @cached_property
    def unequal(self) -> Mask:
        """Cells where one code is used more than five times as often as the other, neither being unused."""
        rows, columns = self.row_totals[:, None], self.column_totals[None, :]
        low, high = np.minimum(rows, columns), np.maximum(rows, columns)
        return (low > 0) & (high > UNEQUAL * low)

    @cached_property
    def small(self) -> Mask:
        """Cells where one of the codes is used, but in fewer than ten units."""
        low = np.minimum(self.row_totals[:, None], self.column_totals[None, :])
        return (low > 0) & (low < SMALL)

    def cautions(self) -> list[Message]:
        """What to keep in mind when reading the table; the cells are those of `unequal` and `small`."""
        found: list[Message] = []
        if self.unequal.any():
            found.append(message(
                "In {cells} cells one code is used more than {ratio} times as often as the other. Jaccard stays low "
                "there even when they always go together; read the two shares instead.",
                cells=int(self.unequal.sum()), ratio=UNEQUAL))
        if self.small.any():
            found.append(message(
                "In {cells} cells a code occurs fewer than {least} times. Read those shares as counts, such as 3 of 7.",
                cells=int(self.small.sum()), least=SMALL))
        return found

    def as_json(self, label: Callable[[Fold], str], codings: str) -> dict[str, object]:
        """The table with the keys of the command line; `codings` names whose codings counted."""
        return {
            "rows": [label(row) for row in self.rows], "columns": [label(column) for column in self.columns],
            "unit": self.unit, "codings": codings, "n": self.n, "counts": self.counts.tolist(),
            "row_totals": self.row_totals.tolist(), "column_totals": self.column_totals.tolist(),
            "jaccard": self.jaccard, "p_column_given_row": self.p_column_given_row,
            "p_row_given_column": self.p_row_given_column,
        }


def cooccurrence(index: CodeIndex, rows: Axis, columns: Axis, *, units: Units | None = None,
                 codings: Codings = ANY, where: Bits | None = None) -> Cooccurrence:
    """Count every row with every column, in narratieven or in the given units.

    `where` keeps only these narratieven: a unit is then one that holds at least one of them, and carries a code
    when one of them does.
    """
    units = units or units_of(index, "narratief")
    same = list(rows) == list(columns)
    row_sets = _in_units(sets(index, rows, codings, where), units)
    column_sets = row_sets if same else _in_units(sets(index, columns, codings, where), units)
    everything = units.packed(index.live if where is None else where & index.live)
    return Cooccurrence(tuple(rows), tuple(columns), units.name, codings, bits.count(everything),
                        pair_counts(row_sets, column_sets), bits.row_counts(row_sets), bits.row_counts(column_sets))


def cell(index: CodeIndex, row: Fold, column: Fold, *, units: Units | None = None, codings: Codings = ANY,
         where: Bits | None = None) -> Bits:
    """The narratieven behind one cell: those with both codes; for documents and groups, those with either code in
    the units that carry both."""
    one, other = sets(index, (row, column), codings, where)
    if units is None or units.name == "narratief":
        common: Bits = one & other
        return common
    both = units.lifted(one) & units.lifted(other)
    listed: Bits = (one | other) & units.members(both, index)
    return listed


def _in_units(found: Bits, units: Units) -> Bits:
    if units.name == "narratief":
        return found
    words = bits.capacity_for(units.total) // 64
    return np.array([units.packed(row) for row in found], dtype=np.uint64).reshape(len(found), words)
