"""Bit columns per (coder, key), with their union over the coders and their counts kept current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from codebook.query import bits
from codebook.query.bits import Bits, Bytes, Ints, Slots

#: Reserved coders, for decisions: *this code holds* and *this code does not hold*, whatever the coders say.
DECIDED_YES = -1
DECIDED_NO = -2

Key = tuple[int, int]


class Columns:
    """Which slots carry which key (a code, or a facet marked *niet genoemd*), for every coder.

    Coders have ids from 0 up; negative ids are the reserved ones and take no part in the union.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._own: dict[Key, Bytes] = {}
        self._union: dict[int, Bytes] = {}
        self._counts: dict[Key, int] = {}
        self._union_counts: dict[int, int] = {}
        self._coders: dict[int, list[int]] = {}

    def keys(self) -> list[int]:
        """Every key that has, or had, a column; ascending."""
        return sorted({key for _, key in self._own})

    def coders(self) -> list[int]:
        """Every coder with a column, the reserved ones excluded; ascending."""
        return sorted({coder for coder, _ in self._own if coder >= 0})

    def has(self, coder: int) -> bool:
        """Whether this coder has a column at all."""
        return any(owner == coder for owner, _ in self._own)

    def set(self, coder: int, key: int, slot: int, on: bool) -> bool:
        """Put one bit; says whether anything changed. Takes some microseconds whatever the size."""
        column = self._column(coder, key)
        byte, mask = slot >> 3, 1 << (slot & 7)
        if bool(column[byte] & mask) == on:
            return False
        column[byte] ^= mask
        self._counts[coder, key] += 1 if on else -1
        if coder >= 0 and key in self._union:
            self._refresh(key, byte, mask, on)
        return True

    def fill(self, coder: int, key: int, slots: Slots | Ints) -> None:
        """Replace a whole column by these slots."""
        column = bits.from_slots(slots, self._capacity)
        self._column(coder, key)[:] = column.view(np.uint8)
        self._counts[coder, key] = bits.count(column)
        if coder >= 0:
            self._forget(key)

    def of(self, coder: int, key: int) -> Bits:
        """The column of one coder; not to be written to."""
        found = self._own.get((coder, key))
        return bits.zeros(self._capacity) if found is None else found.view(np.uint64)

    def union(self, key: int) -> Bits:
        """The slots where any coder put the key; not to be written to."""
        found = self._union.get(key)
        if found is None:
            found = self._unite(key)
        return found.view(np.uint64)

    def count(self, coder: int, key: int) -> int:
        """Members of the column of one coder."""
        return self._counts.get((coder, key), 0)

    def union_count(self, key: int) -> int:
        """Members of the union."""
        if key not in self._union_counts:
            self._unite(key)
        return self._union_counts[key]

    def clear(self, slots: Slots | Ints) -> None:
        """Take these slots out of every column."""
        if not len(slots):
            return
        for pair, column in self._own.items():
            self._counts[pair] -= _clear(column, slots)
        for key, united in self._union.items():
            self._union_counts[key] -= _clear(united, slots)

    def grow(self, capacity: int) -> None:
        """Make room for more slots."""
        extra = (capacity - self._capacity) // 8
        self._own = {pair: np.pad(column, (0, extra)) for pair, column in self._own.items()}
        self._union = {key: np.pad(column, (0, extra)) for key, column in self._union.items()}
        self._capacity = capacity

    def _column(self, coder: int, key: int) -> Bytes:
        found = self._own.get((coder, key))
        if found is None:
            found = self._own[coder, key] = bits.zeros(self._capacity).view(np.uint8)
            self._counts[coder, key] = 0
            self._coders.setdefault(key, []).append(coder)
        return found

    def _real(self, key: int) -> Iterator[Bytes]:
        return (self._own[coder, key] for coder in self._coders.get(key, ()) if coder >= 0)

    def _unite(self, key: int) -> Bytes:
        united = bits.zeros(self._capacity).view(np.uint8)
        for column in self._real(key):
            np.bitwise_or(united, column, out=united)
        self._union[key] = united
        self._union_counts[key] = bits.count(united.view(np.uint64))
        return united

    def _forget(self, key: int) -> None:
        self._union.pop(key, None)
        self._union_counts.pop(key, None)

    def _refresh(self, key: int, byte: int, mask: int, on: bool) -> None:
        united = self._union[key]
        now = on or any(column[byte] & mask for column in self._real(key))
        if bool(united[byte] & mask) != now:
            united[byte] ^= mask
            self._union_counts[key] += 1 if now else -1


def _clear(column: Bytes, slots: Slots | Ints) -> int:
    """Take distinct slots out of one column; how many were in it."""
    masks = np.left_shift(1, slots & 7).astype(np.uint8)
    held = int(np.count_nonzero(column[slots >> 3] & masks))
    if held:
        np.bitwise_and.at(column, slots >> 3, ~masks)
    return held


def group_by_pair(first: Ints, second: Ints) -> Iterable[tuple[int, int, Ints]]:
    """Row numbers per (first, second) pair, pairs ascending; one stable sort over all rows."""
    if not first.size:
        return
    firsts, first_at = _numbered(first)
    seconds, second_at = _numbered(second)
    wide = first_at * len(seconds) + second_at
    # 16-bit keys are sorted by radix, many times as fast.
    key = wide.astype(np.uint16) if len(firsts) * len(seconds) < 65536 else wide
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    cuts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    for rows in np.split(order, cuts):
        pair = int(key[rows[0]])
        yield int(firsts[pair // len(seconds)]), int(seconds[pair % len(seconds)]), rows


def _numbered(values: Ints) -> tuple[Ints, Slots | Ints]:
    """The distinct values, and for every row the number of its value; by table where the values lie close."""
    low, high = int(values.min()), int(values.max())
    if high - low > 1_000_000:
        return np.unique(values, return_inverse=True)
    shifted = values - low
    held = np.bincount(shifted, minlength=high - low + 1) > 0
    numbers = (np.cumsum(held) - 1).astype(np.int32)
    return np.flatnonzero(held) + low, numbers[shifted]
