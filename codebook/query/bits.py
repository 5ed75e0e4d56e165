"""Sets of narratieven as packed bits: one bit per slot, 64 slots per word.

Bit i of a set lies in byte i // 8, at place i % 8. Storage is in bytes (NumPy's little bit order), so that
setting one bit does not depend on the machine's byte order; and, or, xor, not and counting run on the same
memory as 64-bit words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Slots = NDArray[np.int32]


def capacity_for(slots: int) -> int:
    """Slots, rounded up to whole 64-bit words; at least one word."""
    return max(64, -(-slots // 64) * 64)


def zeros(capacity: int) -> Bits:
    """The empty set over `capacity` slots."""
    return np.zeros(capacity // 64, dtype=np.uint64)


def pack(mask: Mask) -> Bits:
    """The set of the slots where `mask` holds; its length must be whole words."""
    return np.packbits(mask, bitorder="little").view(np.uint64)


def unpack(bits: Bits) -> Mask:
    """One truth value per slot."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def from_slots(slots: Slots | Ints, capacity: int) -> Bits:
    """The set of the given slots; a slot may stand more than once."""
    mask = np.zeros(capacity, dtype=np.bool_)
    mask[slots] = True
    return pack(mask)


def to_slots(bits: Bits) -> Ints:
    """The slots of a set, ascending. Only words with a bit are unpacked, which is what makes small sets
    cheap."""
    words = np.flatnonzero(bits)
    if 4 * words.size > bits.size:
        return np.flatnonzero(unpack(bits))
    inside = np.flatnonzero(unpack(bits[words]))
    slots: Ints = words[inside >> 6] * 64 + (inside & 63)
    return slots


def count(bits: Bits) -> int:
    """Members of the set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def row_counts(sets: Bits, scratch: Bytes | None = None) -> Ints:
    """Members of every set in a matrix of sets, one set per row."""
    counted = np.bitwise_count(sets, out=scratch)
    # Sums of 32 bits hold four thousand million members and take half the time of 64.
    sums: Ints = counted.sum(axis=1, dtype=np.uint32).astype(np.int64)
    return sums
