"""How often codes occur: per code, and per document, group, kind, attribute or coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from codebook.analysis.axes import Axis, Fold, code_ids, one_set
from codebook.analysis.shares import Shares, divided
from codebook.analysis.table_units import per_column
from codebook.nearness import fold
from codebook.query import bits
from codebook.query.attributes import number
from codebook.query.bits import Bits, Ints
from codebook.query.catalogue import Catalogue
from codebook.query.index import ANY, CodeIndex, Codings
from codebook.query.units import TableUnit, Units, units_of

Dimension = Literal["document", "group", "kind", "attribute"]


@dataclass(frozen=True)
class Frequency:
    """One code. `narratieven`, `documents` and `groups` carry it; `coders` gave it, together `codings` times;
    `share` is narratieven / all narratieven looked at, None when there are none."""

    code: Fold
    narratieven: int
    documents: int
    groups: int
    coders: int
    codings: int
    share: float | None


def frequencies(index: CodeIndex, axis: Axis, catalogue: Catalogue, *, codings: Codings = ANY,
                where: Bits | None = None) -> list[Frequency]:
    """Every code of the axis, in its order. Documents without a group are not counted as a group."""
    universe = index.live if where is None else index.live & where
    groups = units_of(index, "group", catalogue)
    named = np.array([label != "" for label in groups.labels] or [False])
    n = bits.count(universe)
    found = []
    for code in axis:
        held = one_set(index, code, codings) & universe
        given = _given(index, code, codings, universe)
        carrying = bits.count(held)
        found.append(Frequency(code, carrying, int(np.count_nonzero(index.document_mask(held))),
                               int(np.count_nonzero(groups.lifted(held) & named)),
                               sum(count > 0 for count in given), sum(given), carrying / n if n else None))
    return found


def _given(index: CodeIndex, code: Fold, codings: Codings, universe: Bits) -> list[int]:
    """Codings per coder: all coders, or the one whose codings count."""
    coders = [codings] if isinstance(codings, int) else index.coders()
    return [sum(bits.count(index.column(one, coder) & universe) for one in code_ids(code)) for coder in coders]


@dataclass(frozen=True)
class CrossTable:
    """Codes against groups of narratieven. `counts` are units with the code in the column, `row_totals` units with
    the code anywhere, `column_n` all units of the column, `n` all units; shares are None where undefined."""

    rows: tuple[Fold, ...]
    columns: tuple[str, ...]
    unit: TableUnit
    n: int
    counts: Ints
    row_totals: Ints
    column_n: Ints

    @cached_property
    def row_share(self) -> Shares:
        """Of the units with the code, the share that lies in the column."""
        return divided(self.counts, np.broadcast_to(self.row_totals[:, None], self.counts.shape))

    @cached_property
    def column_share(self) -> Shares:
        """Of all units of the column, the share with the code; comparable between columns of unequal size."""
        return divided(self.counts, np.broadcast_to(self.column_n, self.counts.shape))

    @cached_property
    def normalised(self) -> Shares:
        """Counts as they would be if every column had as many units as the largest: count × largest / column's n."""
        largest = int(self.column_n.max(initial=0))
        return divided(self.counts * largest, np.broadcast_to(self.column_n, self.counts.shape))

    @cached_property
    def total_share(self) -> Shares:
        """Of all units, the share with the code in the column."""
        return divided(self.counts, np.full(self.counts.shape, self.n))


def by_documents(index: CodeIndex, axis: Axis, dimension: Dimension, catalogue: Catalogue, *, attribute: str = "",
                 units: Units | None = None, codings: Codings = ANY, where: Bits | None = None) -> CrossTable:
    """Codes against documents, groups, kinds or the values of an attribute (`attribute` names it).

    Columns stand in the order of the documents, values of an attribute sorted; what has no value is the column "",
    last. A respondent or group may stand in several columns and counts once in a total. UsageError when there is no
    such attribute.
    """
    units = units or units_of(index, "narratief")
    universe = index.live if where is None else index.live & where
    labels = _labels(index, dimension, catalogue, attribute)
    columns = _column_order(labels, dimension)
    place = {label: at for at, label in enumerate(columns)}
    of_document = np.array([place[label] for label in labels] or [0], dtype=np.int64)
    column_of = of_document[index.document_numbers]
    held = [one_set(index, code, codings) & universe for code in axis]
    counts = np.array([per_column(units, one, column_of, len(columns)) for one in held],
                      dtype=np.int64).reshape(len(axis), len(columns))
    return CrossTable(tuple(axis), tuple(columns), units.name, _many(units, universe), counts, _totals(units, held),
                      per_column(units, universe, column_of, len(columns)))


def by_coder(index: CodeIndex, axis: Axis, coder_ids: Sequence[int], names: Sequence[str], *,
             units: Units | None = None, where: Bits | None = None) -> CrossTable:
    """Codes against coders; a coder's column holds the units to which that coder gave any code, and a row total
    counts a unit once, however many coders gave the code."""
    units = units or units_of(index, "narratief")
    universe = index.live if where is None else index.live & where
    counts = np.array([[_many(units, one_set(index, code, coder) & universe) for coder in coder_ids]
                       for code in axis], dtype=np.int64).reshape(len(axis), len(coder_ids))
    coded = [_many(units, index.any_of(index.codes(), coder) & universe) for coder in coder_ids]
    held = [one_set(index, code) & universe for code in axis]
    return CrossTable(tuple(axis), tuple(names), units.name, _many(units, universe), counts, _totals(units, held),
                      np.array(coded, dtype=np.int64))


def _many(units: Units, found: Bits) -> int:
    return bits.count(units.packed(found))


def _totals(units: Units, held: Sequence[Bits]) -> Ints:
    return np.array([_many(units, one) for one in held], dtype=np.int64)


def _labels(index: CodeIndex, dimension: Dimension, catalogue: Catalogue, attribute: str) -> list[str]:
    """Per document number the column it belongs to."""
    known = {document.id: document for document in catalogue.documents}
    ids = [index.document_id(number) for number in range(index.document_total)]
    if dimension == "attribute":
        values = catalogue.values_of(attribute)
        return [values.get(document, "") for document in ids]
    if dimension == "group":
        groups = catalogue.groups_of_documents
        return [groups.get(document, "") for document in ids]
    if dimension == "kind":
        return [known[document].kind if document in known else "" for document in ids]
    return [known[document].title if document in known else str(document) for document in ids]


def _column_order(labels: list[str], dimension: Dimension) -> list[str]:
    columns = list(dict.fromkeys(labels))
    if dimension == "attribute":
        columns.sort(key=_rank)
    return [label for label in columns if label] + [label for label in columns if not label]


def _rank(value: str) -> tuple[bool, float, str]:
    """Numbers in their order, before texts in theirs."""
    as_number = number(value)
    return (as_number is None, as_number or 0.0, fold(value))
