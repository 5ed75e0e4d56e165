"""From the database's narratief ids to the slots of the index: two sorted arrays, 12 bytes per narratief."""

from __future__ import annotations

import numpy as np

from codebook.query.bits import Ints, Slots


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
        if not ids.size:
            return np.zeros(0, dtype=np.int32)
        at = np.minimum(self._ids.searchsorted(ids), max(self._ids.size - 1, 0))
        wrong = np.flatnonzero(self._ids[at] != ids) if self._ids.size else np.zeros(1, dtype=np.int64)
        if wrong.size:
            raise KeyError(int(ids[wrong[0]]))
        return self._slots[at]

    def known(self, ids: Ints) -> Slots:
        """The slots of those among these narratieven that have one."""
        if not self._ids.size:
            return np.zeros(0, dtype=np.int32)
        at = np.minimum(self._ids.searchsorted(ids), self._ids.size - 1)
        slots: Slots = self._slots[at[self._ids[at] == ids]]
        return slots

    def replaced(self, gone: Slots, ids: Ints, slots: Slots) -> IdMap:
        """The map without the slots `gone` and with these ids."""
        keep = ~np.isin(self._slots, gone) if gone.size else np.ones(self._ids.size, dtype=np.bool_)
        return IdMap(np.concatenate([self._ids[keep], ids]), np.concatenate([self._slots[keep], slots]))
