"""From the database's narratief ids to the slots of the index: two sorted arrays, 12 bytes per narratief."""

from __future__ import annotations

import numpy as np

from codebook.query.bits import Ints, Slots

_MANY = 10_000


class IdMap:
    """Ids are unique; looking one up takes microseconds, changing a document's ids one pass over the
    arrays."""

    def __init__(self, ids: Ints, slots: Slots) -> None:
        order = np.argsort(ids, kind="stable")
        self._ids, self._slots = ids[order], slots[order]
        if self._ids.size and bool(np.any(np.diff(self._ids) == 0)):
            raise ValueError("A narratief stands twice in the index.")

    def slot(self, narratief_id: int) -> int:
        """The slot of one narratief; KeyError when it has none."""
        at = int(self._ids.searchsorted(narratief_id))
        if at == self._ids.size or self._ids[at] != narratief_id:
            raise KeyError(narratief_id)
        return int(self._slots[at])

    def slots(self, ids: Ints) -> Slots:
        """The slots of many narratieven, in their order; KeyError with the first that has none."""
        found = self._by_table(ids) if ids.size > _MANY else self._by_search(ids)
        wrong = np.flatnonzero(found < 0)
        if wrong.size:
            raise KeyError(int(ids[wrong[0]]))
        return found

    def known(self, ids: Ints) -> Slots:
        """The slots of those among these narratieven that have one."""
        found = self._by_search(ids)
        return found[found >= 0]

    def _by_search(self, ids: Ints) -> Slots:
        """The slot of every id, −1 for those without one."""
        if not self._ids.size:
            return np.full(ids.size, -1, dtype=np.int32)
        at = np.minimum(self._ids.searchsorted(ids), self._ids.size - 1)
        found: Slots = np.where(self._ids[at] == ids, self._slots[at], np.int32(-1))
        return found

    def _by_table(self, ids: Ints) -> Slots:
        """As `_by_search`, some times faster for millions; only where the ids lie close enough for a table."""
        low, high = (int(self._ids[0]), int(self._ids[-1])) if self._ids.size else (0, -1)
        if high - low > 8 * self._ids.size or int(ids.min()) < low or int(ids.max()) > high:
            return self._by_search(ids)
        table = np.full(high - low + 1, -1, dtype=np.int32)
        table[self._ids - low] = self._slots
        return table[ids - low]

    def replaced(self, gone: Slots, ids: Ints, slots: Slots) -> IdMap:
        """The map without the slots `gone` and with these ids."""
        keep = ~np.isin(self._slots, gone) if gone.size else np.ones(self._ids.size, dtype=np.bool_)
        return IdMap(np.concatenate([self._ids[keep], ids]), np.concatenate([self._slots[keep], slots]))
