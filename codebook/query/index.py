"""The index: which narratief carries which code, in memory, for counting and asking.

The database is the truth; this is a copy of its codings as packed bits, one bit per narratief, one column per
(coder, code) and one per (coder, facet) marked *niet genoemd*. A narratief sits in a *slot*; slots of removed
narratieven are empty and used again. The *canonical order* is documents as the loader orders them (by title),
and nr within the document. Ids, nrs and slots are integers; documents have a stable *number* (0, 1, …) inside
the index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask, Slots
from codebook.query.columns import DECIDED_NO, DECIDED_YES, Columns, group_by_pair
from codebook.query.idmap import IdMap

#: Whose codings count: "any", "decided", or the id of one coder.
Codings = str | int
ANY = "any"
DECIDED = "decided"


class CodeIndex:
    """Narratieven, their documents and their codings. Make one with `build`; keep it current with `set`,
    `set_not_mentioned`, `fill` and `replace_document`. Not safe for writing from several threads."""

    def __init__(self, narratief_ids: Ints, document_ids: Ints, nrs: Ints) -> None:
        n = int(narratief_ids.size)
        self.capacity = bits.capacity_for(n + n // 32)
        self.narratief_id = _padded(narratief_ids, self.capacity)
        self.nr: Slots = _padded(nrs, self.capacity).astype(np.int32)
        self._doc_order: list[int] = []
        self._read_documents(document_ids)
        self._top = n
        self._free: list[int] = []
        self._order: Slots = np.arange(n, dtype=np.int32)
        self._in_order = True
        self._ranks: Slots | None = None
        self._keys: Ints | None = None
        self._map = IdMap(narratief_ids, self._order)
        self._codes = Columns(self.capacity)
        self._absent = Columns(self.capacity)
        self._structure_changed()

    @classmethod
    def build(cls, narratief_ids: ArrayLike, document_ids: ArrayLike, nrs: ArrayLike,
              codings: ArrayLike, not_mentioned: ArrayLike) -> CodeIndex:
        """The index over narratieven given in canonical order.

        `codings` has rows (narratief_id, code_id, coder_id), `not_mentioned` rows (narratief_id, facet_id,
        coder_id), both in any order. Coder ids are 0 or higher, or the reserved `DECIDED_YES`, `DECIDED_NO`.
        ValueError when a document is not one run of rising nrs; KeyError for a coding of an unknown
        narratief.
        """
        index = cls(_ints(narratief_ids), _ints(document_ids), _ints(nrs))
        index._fill_all(index._codes, codings)
        index._fill_all(index._absent, not_mentioned)
        return index

    # -- what there is -------------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        """Narratieven in the index."""
        return int(self._order.size)

    @property
    def documents(self) -> list[int]:
        """Document ids in canonical order, those without narratieven included."""
        return [self._doc_ids[number] for number in self._doc_order]

    @property
    def document_numbers(self) -> Slots:
        """Per slot, the number of its document (meaningless for empty slots)."""
        return self._document

    def document_number(self, document_id: int) -> int | None:
        """The stable number of a document inside the index, None when it is not there."""
        return self._doc_number.get(document_id)

    @property
    def document_total(self) -> int:
        """How many document numbers are in use; numbers are 0 … total − 1."""
        return len(self._doc_ids)

    def document_id(self, number: int) -> int:
        """The id of the document with this number."""
        return self._doc_ids[number]

    @property
    def live(self) -> Bits:
        """The set of all narratieven; not to be written to."""
        return self._live

    def codes(self) -> list[int]:
        """Ids of all codes that were ever given, ascending."""
        return self._codes.keys()

    def coders(self) -> list[int]:
        """Ids of all coders that coded or marked *niet genoemd*, ascending."""
        return sorted({*self._codes.coders(), *self._absent.coders()})

    # -- sets ----------------------------------------------------------------------------------------------

    def column(self, code_id: int, codings: Codings = ANY) -> Bits:
        """The narratieven that carry a code. Under "decided" a decision goes before what the coders say, and
        a narratief without a decision counts as under "any". Not to be written to."""
        return _select(self._codes, code_id, codings)

    def not_mentioned(self, facet_id: int, codings: Codings = ANY) -> Bits:
        """The narratieven marked *niet genoemd* for a facet; by anybody under "decided", see `absent`."""
        return _select(self._absent, facet_id, codings)

    def absent(self, facet_id: int, code_ids: Sequence[int], codings: Codings = ANY) -> Bits:
        """The narratieven that are *niet genoemd* for a facet with these codes. Under "decided", where anything was
        decided in the facet, it is absent just when no code of it is left."""
        marked = self.not_mentioned(facet_id, codings)
        if codings != DECIDED:
            return marked
        settled = bits.zeros(self.capacity)
        for code in code_ids:
            for verdict in (DECIDED_YES, DECIDED_NO):
                np.bitwise_or(settled, self._codes.of(verdict, code), out=settled)
        return (marked & ~settled) | (settled & ~self.any_of(code_ids, codings))

    def any_of(self, code_ids: Sequence[int], codings: Codings = ANY) -> Bits:
        """The narratieven that carry at least one of the codes; a new array."""
        found = bits.zeros(self.capacity)
        for code in code_ids:
            np.bitwise_or(found, self.column(code, codings), out=found)
        return found

    def count(self, code_id: int, codings: Codings = ANY) -> int:
        """Narratieven that carry a code; kept current, not recounted, for "any" and for one coder."""
        if codings == ANY:
            return self._codes.union_count(code_id)
        if isinstance(codings, int):
            return self._codes.count(codings, code_id)
        return bits.count(self.column(code_id, codings))

    def counts(self, codings: Codings = ANY) -> dict[int, int]:
        """Narratieven per code, for every code that was ever given."""
        return {code: self.count(code, codings) for code in self.codes()}

    def slots(self, found: Bits) -> Ints:
        """The slots of a set in canonical order."""
        if self._in_order:
            return bits.to_slots(found)
        if 8 * bits.count(found) > self.n:
            return self._order[bits.unpack(found)[self._order]].astype(np.int64)
        slots = bits.to_slots(found)
        return slots[np.argsort(self.ranks[slots], kind="stable")]

    def ids(self, found: Bits) -> Ints:
        """The narratief ids of a set in canonical order."""
        return self.narratief_id[self.slots(found)]

    def of_ids(self, narratief_ids: ArrayLike) -> Bits:
        """The set of those narratieven among these ids that the index knows."""
        return bits.from_slots(self._map.known(_ints(narratief_ids)), self.capacity)

    def of_documents(self, document_ids: Sequence[int]) -> Bits:
        """The set of all narratieven of these documents."""
        chosen = np.zeros(max(1, self.document_total), dtype=np.bool_)
        chosen[[self._doc_number[d] for d in document_ids if d in self._doc_number]] = True
        return bits.pack(chosen[self._document]) & self._live

    def codes_of(self, slots: Ints, codings: Codings = ANY) -> list[list[int]]:
        """Per slot the ids of its codes, ascending."""
        lists: list[list[int]] = [[] for _ in range(len(slots))]
        byte, mask = slots >> 3, np.left_shift(1, slots & 7).astype(np.uint8)
        for code in self.codes():
            held = self.column(code, codings).view(np.uint8)[byte] & mask
            for at in np.flatnonzero(held):
                lists[at].append(code)
        return lists

    def slot(self, narratief_id: int) -> int:
        """The slot of a narratief; KeyError when the index does not know it."""
        return self._map.slot(narratief_id)

    def slots_of(self, narratief_ids: ArrayLike) -> Slots:
        """The slots of narratieven, in the order given; KeyError with the first that the index does not know."""
        return self._map.slots(_ints(narratief_ids))

    @property
    def ranks(self) -> Slots:
        """Per slot, its place in the canonical order (0 …)."""
        if self._ranks is None:
            ranks = np.zeros(self.capacity, dtype=np.int32)
            ranks[self._order] = np.arange(self.n, dtype=np.int32)
            self._ranks = ranks
        return self._ranks

    # -- changes -------------------------------------------------------------------------------------------

    def set(self, narratief_id: int, code_id: int, coder_id: int, on: bool) -> bool:
        """Put or take one coding; says whether anything changed."""
        return self._codes.set(coder_id, code_id, self._map.slot(narratief_id), on)

    def set_not_mentioned(self, narratief_id: int, facet_id: int, coder_id: int, on: bool) -> bool:
        """Put or take one *niet genoemd*; says whether anything changed."""
        return self._absent.set(coder_id, facet_id, self._map.slot(narratief_id), on)

    def fill(self, code_id: int, coder_id: int, narratief_ids: ArrayLike) -> None:
        """Replace all codings of one code by one coder (none: the code is gone)."""
        self._codes.fill(coder_id, code_id, self._map.slots(_ints(narratief_ids)))

    def fill_not_mentioned(self, facet_id: int, coder_id: int, narratief_ids: ArrayLike) -> None:
        """Replace all *niet genoemd* of one facet by one coder."""
        self._absent.fill(coder_id, facet_id, self._map.slots(_ints(narratief_ids)))

    def replace_document(self, document_id: int, narratief_ids: ArrayLike, nrs: ArrayLike,
                         codings: ArrayLike = (), not_mentioned: ArrayLike = (),
                         before: int | None = None) -> None:
        """Put a document's narratieven, in order of nr, in the place of those it had.

        `codings` and `not_mentioned` are all those of the document, in the form of `build`. A new document
        comes before the document `before`, or last; one without narratieven stays known but answers nothing.
        """
        ids, numbers = _ints(narratief_ids), _ints(nrs)
        _check_rising(numbers)
        number = self._document_place(document_id, before)
        slots = self._exchange(number, ids)
        self.narratief_id[slots], self.nr[slots], self._document[slots] = ids, numbers, number
        for columns, rows in ((self._codes, codings), (self._absent, not_mentioned)):
            for narratief, key, coder in _rows(rows).tolist():
                columns.set(coder, key, self._map.slot(narratief), True)

    def order_documents(self, document_ids: Sequence[int]) -> None:
        """A new canonical order, after a document was renamed; every document of the index must be named."""
        numbers: list[int] = [self._doc_number[d] for d in document_ids if d in self._doc_number]
        if sorted(numbers) != list(range(self.document_total)):
            raise ValueError("The new order must name every document of the index once.")
        if not self._doc_order:
            return
        runs = dict(zip(self._doc_order, np.split(self._order, np.cumsum(self._sizes())[:-1]), strict=True))
        self._doc_order = numbers
        self._order = np.concatenate([runs[number] for number in numbers])
        self._structure_changed()

    # -- inside --------------------------------------------------------------------------------------------

    def _read_documents(self, document_ids: Ints) -> None:
        starts = np.flatnonzero(np.diff(document_ids, prepend=document_ids[:1] - 1))
        self._doc_ids: list[int] = document_ids[starts].tolist()
        self._doc_number = {document: number for number, document in enumerate(self._doc_ids)}
        if len(self._doc_number) < len(self._doc_ids):
            raise ValueError("The narratieven of a document must follow each other.")
        self._doc_order = list(range(len(self._doc_ids)))
        sizes = np.diff(starts, append=document_ids.size)
        self._doc_size: list[int] = sizes.tolist()
        numbers = np.repeat(np.arange(len(sizes)), sizes)
        self._document: Slots = _padded(numbers, self.capacity).astype(np.int32)
        inside = np.diff(numbers) == 0
        if bool(np.any(inside & (np.diff(self.nr[:document_ids.size]) <= 0))):
            raise ValueError("The nrs of a document must rise.")

    def _fill_all(self, columns: Columns, table: ArrayLike) -> None:
        rows = _rows(table)
        slots = self._map.slots(rows[:, 0])
        for coder, key, at in group_by_pair(rows[:, 2], rows[:, 1]):
            columns.fill(coder, key, slots[at])

    def _sizes(self) -> list[int]:
        return [self._doc_size[number] for number in self._doc_order]

    def _document_place(self, document_id: int, before: int | None) -> int:
        """The number of a document; a new one gets the next number and its place in the order."""
        known = self._doc_number.get(document_id)
        if known is not None:
            return known
        number = self._doc_number[document_id] = len(self._doc_ids)
        self._doc_ids.append(document_id)
        self._doc_size.append(0)
        follows = None if before is None else self._doc_number.get(before)
        place = len(self._doc_order) if follows is None else self._doc_order.index(follows)
        self._doc_order.insert(place, number)
        return number

    def _exchange(self, number: int, ids: Ints) -> Slots:
        """Empty the document's slots and give it slots for `ids`, in the order of the document."""
        place = self._doc_order.index(number)
        start = sum(self._doc_size[n] for n in self._doc_order[:place])
        old = self._order[start:start + self._doc_size[number]]
        strangers = np.setdiff1d(self._map.known(ids), old)
        if strangers.size or np.unique(ids).size < ids.size:
            raise ValueError("A narratief stands twice in the index.")
        self._codes.clear(old)
        self._absent.clear(old)
        slots = self._take_slots(old, int(ids.size))
        self._map = self._map.replaced(old, ids, slots)
        self._order = np.concatenate([self._order[:start], slots, self._order[start + old.size:]])
        self._doc_size[number] = int(ids.size)
        self._structure_changed()
        return slots

    def _take_slots(self, old: Slots, wanted: int) -> Slots:
        pool = [*old.tolist(), *reversed(self._free)]
        fresh = max(0, wanted - len(pool))
        if self._top + fresh > self.capacity:
            self._grow(self._top + fresh)
        pool += range(self._top, self._top + fresh)
        self._top += fresh
        self._free = pool[wanted:][::-1]
        return np.array(pool[:wanted], dtype=np.int32)

    def _grow(self, slots: int) -> None:
        old, self.capacity = self.capacity, bits.capacity_for(slots + slots // 8)
        extra = self.capacity - old
        self.narratief_id = np.pad(self.narratief_id, (0, extra))
        self.nr = np.pad(self.nr, (0, extra))
        self._document = np.pad(self._document, (0, extra))
        self._codes.grow(self.capacity)
        self._absent.grow(self.capacity)

    def _structure_changed(self) -> None:
        self._live = bits.from_slots(self._order, self.capacity)
        self._in_order = not self._order.size or bool(np.all(np.diff(self._order) > 0))
        self._ranks = None
        self._keys = None

    @property
    def place_keys(self) -> Ints:
        """Per slot, document rank × 2³² + nr: rises along the canonical order, and two narratieven of one
        document differ by the difference of their nrs, those of two documents by more than 2³¹."""
        if self._keys is None:
            rank = np.zeros(max(1, self.document_total), dtype=np.int64)
            rank[self._doc_order] = np.arange(len(self._doc_order))
            self._keys = (rank[self._document] << 32) + self.nr
        return self._keys

    def document_count(self, slots: Ints) -> int:
        """How many documents these slots, given in canonical order, belong to."""
        numbers = self._document[slots]
        return 0 if not len(slots) else 1 + int(np.count_nonzero(numbers[1:] != numbers[:-1]))

    def document_mask(self, found: Bits) -> Mask:
        """Per document number, whether a narratief of it is in the set."""
        mask = np.zeros(self.document_total, dtype=np.bool_)
        mask[self._document[bits.to_slots(found)]] = True
        return mask


def _select(columns: Columns, key: int, codings: Codings) -> Bits:
    if isinstance(codings, int):
        return columns.of(codings, key)
    united = columns.union(key)
    if codings == ANY:
        return united
    if codings != DECIDED:
        raise ValueError(f"Whose codings? {codings!r} is neither any, decided nor the id of a coder.")
    return (united & ~columns.of(DECIDED_NO, key)) | columns.of(DECIDED_YES, key)


def _ints(values: ArrayLike) -> Ints:
    return np.asarray(values, dtype=np.int64).reshape(-1)


def _rows(table: ArrayLike) -> Ints:
    return np.asarray(table, dtype=np.int64).reshape(-1, 3)


def _padded(values: NDArray[np.int64], capacity: int) -> Ints:
    return np.pad(values, (0, capacity - values.size))


def _check_rising(nrs: Ints) -> None:
    if bool(np.any(np.diff(nrs) <= 0)):
        raise ValueError("The nrs of a document must rise.")
