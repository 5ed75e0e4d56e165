"""The key contract of coding, as a small machine (no Qt here).

Two digits choose a code by number in the facet in hand (`2` `3` → 23, `0` `4` → 4, `0` `0` → niet genoemd);
one digit followed by Enter does too. The facet moves on by itself after a choice; `another` goes back to the
facet of the last choice. One known code in each of three facets and *next* take 2 + 2 + 2 + 1 = 7 keys.
"""

from __future__ import annotations


class CodeTyping:
    """Where the typist is: the facet in hand and a digit that waits for its fellow."""

    def __init__(self, facets: int = 0) -> None:
        self.facets = facets
        self.in_hand = 0
        self.pending = ""
        self._last = 0

    def restart(self) -> None:
        """A new narratief: the first facet, nothing typed."""
        self.in_hand, self.pending, self._last = 0, "", 0

    def digit(self, typed: str) -> int | None:
        """Take a digit; returns the number when it is complete."""
        self.pending += typed
        return self.complete() if len(self.pending) == 2 else None

    def complete(self) -> int | None:
        """The number typed so far, None when none was; afterwards nothing waits."""
        number = int(self.pending) if self.pending else None
        self.pending = ""
        return number

    def chosen(self, facet: int) -> None:
        """A code of this facet was chosen: the next facet is in hand (the last one stays)."""
        self._last = facet
        self.in_hand = min(facet + 1, max(0, self.facets - 1))
        self.pending = ""

    def another(self) -> None:
        """Back to the facet of the last choice, for one more of its codes."""
        self.in_hand, self.pending = self._last, ""

    def step(self, direction: int) -> bool:
        """To the next (+1) or previous (-1) facet; False at the end, where the focus may leave."""
        self.pending = ""
        target = self.in_hand + direction
        if not 0 <= target < self.facets:
            return False
        self.in_hand = target
        return True
