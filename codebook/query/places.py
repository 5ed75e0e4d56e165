"""Position operators: narratieven by their distance, in nr, to others of the same document."""

from __future__ import annotations

import numpy as np

from codebook.query import bits
from codebook.query.algebra import PlaceName
from codebook.query.bits import Bits
from codebook.query.index import CodeIndex

_FARTHEST = 2**31 - 1


def placed(index: CodeIndex, operator: PlaceName, left: Bits, right: Bits, distance: int) -> Bits:
    """The narratieven of `left` within `distance` of one of `right`, as `algebra.Place` defines it.

    The keys of an index rise along the canonical order and leave more than the farthest distance between two
    documents, so a window of keys never reaches into another document.
    """
    keys = index.place_keys
    slots = index.slots(left)
    ours, theirs = keys[slots], keys[index.slots(right)]
    farthest = min(distance, _FARTHEST)
    windows = {"follows": (-farthest, -1), "precedes": (1, farthest), "near": (-farthest, farthest)}
    first, last = windows[operator]
    begin = np.searchsorted(theirs, ours + first, side="left")
    end = np.searchsorted(theirs, ours + last, side="right")
    return bits.from_slots(slots[end > begin], index.capacity)
