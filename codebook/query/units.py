"""The unit in which a question is asked or a table counts: narratief, document or respondent group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask, Slots
from codebook.query.catalogue import Catalogue
from codebook.query.index import CodeIndex

Unit = Literal["narratief", "document", "group"]
TableUnit = Literal["narratief", "document", "respondent", "group"]
"""What a table counts: the units of a question, and the people who are heard."""


@dataclass(frozen=True)
class Units:
    """Numbered units and the unit of every slot. `labels` are document ids, or names of groups (documents
    without a group make up one, named ""); for narratieven there are none, and a unit's number is its
    slot."""

    name: TableUnit
    of_slot: Slots | Ints
    labels: tuple[int | str, ...]
    total: int

    def lifted(self, found: Bits) -> Mask:
        """Per unit, whether it holds a narratief of the set."""
        mask = np.zeros(self.total, dtype=np.bool_)
        mask[self.of_slot[bits.to_slots(found)]] = True
        return mask

    def packed(self, found: Bits) -> Bits:
        """The units that hold a narratief of the set, as bits; for narratieven the set itself."""
        if self.name == "narratief":
            return found
        return bits.pack(np.pad(self.lifted(found), (0, bits.capacity_for(self.total) - self.total)))

    def members(self, chosen: Mask, index: CodeIndex) -> Bits:
        """All narratieven of the chosen units."""
        return bits.pack(chosen[self.of_slot]) & index.live


def units_of(index: CodeIndex, unit: Unit, catalogue: Catalogue | None = None) -> Units:
    """The units of an index; groups need the catalogue, which says the group of every document."""
    if unit == "narratief":
        return Units(unit, np.arange(index.capacity), (), index.capacity)
    documents = [index.document_id(number) for number in range(index.document_total)]
    if unit == "document":
        return Units(unit, index.document_numbers, tuple(documents), max(1, len(documents)))
    if catalogue is None:
        raise ValueError("Counting by group needs the catalogue.")
    group_of = catalogue.groups_of_documents
    labels = list(dict.fromkeys(group_of.get(document, "") for document in index.documents))
    place = {label: at for at, label in enumerate(labels)}
    numbers = np.array([place[group_of.get(d, "")] for d in documents] or [0], dtype=np.int32)
    return Units(unit, numbers[index.document_numbers], tuple(labels), max(1, len(labels)))
