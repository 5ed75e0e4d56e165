"""What a table counts: narratieven, documents, respondent groups, or the respondents who are heard in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from codebook.analysis.grid import Respondents
from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask
from codebook.query.index import CodeIndex
from codebook.query.units import Units


@dataclass(frozen=True)
class RespondentUnits(Units):
    """Respondents as units: a narratief in which several are heard belongs to each of them, one in which nobody is
    heard to none. `of_slot` has as many columns as the fullest narratief has respondents."""

    @classmethod
    def of(cls, heard: Respondents) -> RespondentUnits:
        """The units of those who are heard."""
        return cls("respondent", heard.of_slot, (), heard.total)

    def lifted(self, found: Bits) -> Mask:
        """Per respondent, whether heard in a narratief of the set."""
        mask = np.zeros(self.total + 1, dtype=np.bool_)
        mask[self.of_slot[bits.to_slots(found)]] = True
        return mask[:-1]

    def members(self, chosen: Mask, index: CodeIndex) -> Bits:
        """All narratieven in which one of the chosen is heard."""
        heard: Mask = np.any(np.append(chosen, False)[self.of_slot], axis=1)
        return bits.pack(heard) & index.live


def per_column(units: Units, found: Bits, column_of: Ints, columns: int) -> Ints:
    """How many units of each column hold a narratief of the set; `column_of` gives per slot its column."""
    slots = bits.to_slots(found)
    if units.name == "narratief":
        return np.bincount(column_of[slots], minlength=columns)
    width = units.of_slot.shape[1] if units.of_slot.ndim == 2 else 1
    numbers = np.asarray(units.of_slot[slots], dtype=np.int64).reshape(slots.size, width)
    at = np.repeat(column_of[slots], width)
    each = numbers.reshape(-1)
    there = each < units.total
    pairs = np.unique(each[there] * columns + at[there])
    return np.bincount(pairs % columns, minlength=columns)
