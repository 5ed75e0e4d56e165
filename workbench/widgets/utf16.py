"""Code points ↔ UTF-16 units, for texts that stand in a Qt widget.

Qt counts UTF-16 units, the project counts code points; they differ from the first emoji on.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16Map:
    """Positions of one text in both counts. A text without characters outside the basic plane costs nothing."""

    def __init__(self, text: str) -> None:
        self._wide = [] if _is_narrow(text) else [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        self._wide_units = [point + n for n, point in enumerate(self._wide)]
        self.points = len(text)
        self.units = len(text) + len(self._wide)

    def unit(self, point: int) -> int:
        """The UTF-16 position of a code point offset."""
        return point + bisect_left(self._wide, point) if self._wide else point

    def point(self, unit: int) -> int:
        """The code point offset of a UTF-16 position; inside a surrogate pair it is the pair's beginning."""
        if not self._wide:
            return unit
        return unit - bisect_left(self._wide_units, unit)


def _is_narrow(text: str) -> bool:
    return text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
