"""Agreement on segmentation: do two people cut a text in the same places?

A text is a row of n atomic positions (sentences); a cut is possible before position 1 … n − 1. A segmentation is given
by its cuts, or by *masses*, the lengths of its segments.

Pk (Beeferman 1999) and WindowDiff (Pevzner & Hearst 2002) slide a window of k positions over the text and give the
share of windows in which two segmentations differ: errors, 0 is best, one segmentation is the reference and sets k.
Boundary similarity B and segmentation similarity S (Fournier & Inkpen 2012, Fournier 2013) count what it takes to turn
one segmentation into the other: a cut that only one has costs 1; two cuts less than n_t positions apart are one cut
put a little differently and cost |shift| / n_t; 1 is best.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

import numpy as np
from numpy.typing import NDArray

from codebook.analysis.agreement_alpha import krippendorff_alpha
from codebook.analysis.agreement_ratings import MISSING, Ratings
from corpora.errors import UsageError

NEAR = 2
"""n_t: cuts less than this many positions apart may be the same cut."""


@dataclass(frozen=True)
class Cuts:
    """The cuts of a segmentation of n positions: each in 1 … n − 1."""

    n: int
    places: frozenset[int]

    @classmethod
    def of_masses(cls, masses: Sequence[int]) -> Cuts:
        """From the lengths of the segments."""
        ends = list(accumulate(masses))
        return cls(ends[-1] if ends else 0, frozenset(ends[:-1]))

    @property
    def window(self) -> int:
        """Half the mean segment, rounded (halves to even), at least 2: the window when this is the reference."""
        return max(2, round(self.n / (len(self.places) + 1) / 2))

    def before(self) -> NDArray[np.int64]:
        """Per position, how many cuts lie at or before it."""
        marks = np.zeros(self.n, dtype=np.int64)
        marks[list(self.places)] = 1
        return np.cumsum(marks)


@dataclass(frozen=True)
class Edits:
    """What turns one segmentation into another: cuts at the same place, the shifts of cuts put a little differently,
    and cuts that only one has. Edits of several texts or pairs add up."""

    matches: int = 0
    shifts: tuple[int, ...] = ()
    misses: int = 0
    gaps: int = 0
    near: int = NEAR

    def __add__(self, other: Edits) -> Edits:
        return Edits(self.matches + other.matches, self.shifts + other.shifts, self.misses + other.misses,
                     self.gaps + other.gaps, other.near)

    @property
    def cost(self) -> float:
        """Misses and weighted shifts."""
        return self.misses + sum(self.shifts) / self.near

    @property
    def boundary_similarity(self) -> float:
        """B = 1 − cost / (misses + shifts + matches); 1 when nobody cuts anywhere."""
        whole = self.misses + len(self.shifts) + self.matches
        return 1 - self.cost / whole if whole else 1.0

    @property
    def segmentation_similarity(self) -> float | None:
        """S = 1 − cost / (n − 1); undefined for a text of one position."""
        return 1 - self.cost / self.gaps if self.gaps else None


def edits(a: Cuts, b: Cuts, near: int = NEAR) -> Edits:
    """The cheapest way from one segmentation of a text to another; same cuts are matched before all else."""
    _require_same_text(a, b)
    shared = a.places & b.places
    first, second = sorted(a.places - shared), sorted(b.places - shared)
    shifts = _shifts(first, second, near)
    return Edits(len(shared), tuple(shifts), len(first) + len(second) - 2 * len(shifts), max(0, a.n - 1), near)


def _shifts(first: Sequence[int], second: Sequence[int], near: int) -> list[int]:
    """The shifts of the cheapest pairing of cuts that lie less than `near` apart (pairs never cross)."""
    # best[k]: (cost, shifts) for the first cuts so far and k of the second; a cut left alone costs 1.
    best: list[tuple[float, tuple[int, ...]]] = [(float(k), ()) for k in range(len(second) + 1)]
    for done, place in enumerate(first, 1):
        row: list[tuple[float, tuple[int, ...]]] = [(float(done), ())]
        for k, other in enumerate(second, 1):
            shift = abs(place - other)
            choices = [(best[k][0] + 1, best[k][1]), (row[k - 1][0] + 1, row[k - 1][1])]
            if shift < near:
                choices.append((best[k - 1][0] + shift / near, (*best[k - 1][1], shift)))
            row.append(min(choices))
        best = row
    return list(best[-1][1])


def _require_same_text(a: Cuts, b: Cuts) -> None:
    if a.n != b.n:
        raise UsageError("The segmentations are of different length: {a} and {b} positions.", a=a.n, b=b.n)


@dataclass(frozen=True)
class Windows:
    """Windows that differ, out of all. Windows of several texts add up."""

    differing: int = 0
    total: int = 0

    def __add__(self, other: Windows) -> Windows:
        return Windows(self.differing + other.differing, self.total + other.total)

    @property
    def share(self) -> float | None:
        """The share that differs; None when the text is shorter than a window."""
        return self.differing / self.total if self.total else None


def pk(hypothesis: Cuts, reference: Cuts, window: int | None = None) -> Windows:
    """Windows whose ends lie in one segment for one segmentation, and in two for the other."""
    ours, theirs = _in_windows(hypothesis, reference, window)
    return Windows(int(((ours == 0) != (theirs == 0)).sum()), int(ours.size))


def window_diff(hypothesis: Cuts, reference: Cuts, window: int | None = None) -> Windows:
    """Windows in which the two have different numbers of cuts."""
    ours, theirs = _in_windows(hypothesis, reference, window)
    return Windows(int((ours != theirs).sum()), int(ours.size))


def _in_windows(hypothesis: Cuts, reference: Cuts, window: int | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    _require_same_text(hypothesis, reference)
    k = reference.window if window is None else window
    ours, theirs = hypothesis.before(), reference.before()
    return ours[k:] - ours[:-k], theirs[k:] - theirs[:-k]


# -- several coders, several texts ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """Several coders' segmentations of several texts. `window_diff` takes each of a pair in turn as reference.

    `alpha` is Krippendorff's on cut or no cut at every place, which takes chance off; None where undefined.
    """

    boundary_similarity: float
    window_diff: float | None
    alpha: float | None
    texts: int
    pairs: dict[tuple[int, int], float]


def compare(texts: Sequence[Sequence[Cuts | None]]) -> Compared | None:
    """Compare coders (in the same order in each text; None where one has not cut it); None when no text was cut by
    two. Numerators and denominators are summed over texts and pairs, so that long texts weigh more."""
    by_pair: dict[tuple[int, int], Edits] = {}
    windows = Windows()
    used = [row for row in texts if sum(cuts is not None for cuts in row) >= 2]
    for row in used:
        for (a, ours), (b, theirs) in combinations(enumerate(row), 2):
            if ours is not None and theirs is not None:
                by_pair[a, b] = by_pair.get((a, b), Edits()) + edits(ours, theirs)
                windows = windows + window_diff(ours, theirs) + window_diff(theirs, ours)
    if not by_pair:
        return None
    whole = sum(by_pair.values(), Edits())
    return Compared(whole.boundary_similarity, windows.share, boundary_alpha(used), len(used),
                    {pair: by_pair[pair].boundary_similarity for pair in sorted(by_pair)})


def boundary_alpha(texts: Iterable[Sequence[Cuts | None]]) -> float | None:
    """Krippendorff's alpha of cut or no cut between every two positions."""
    columns = [np.stack([_marks(cuts, _length(row)) for cuts in row]) for row in texts]
    if not columns:
        return None
    return krippendorff_alpha(Ratings(np.concatenate(columns, axis=1), (0, 1)))


def _length(row: Sequence[Cuts | None]) -> int:
    return max((cuts.n for cuts in row if cuts is not None), default=0)


def _marks(cuts: Cuts | None, n: int) -> NDArray[np.int64]:
    if cuts is None:
        return np.full(max(0, n - 1), MISSING, dtype=np.int64)
    marks = np.zeros(n, dtype=np.int64)
    marks[list(cuts.places)] = 1
    return marks[1:]


def cuts_of_spans(spans: Iterable[tuple[int, int]], positions: Sequence[tuple[int, int]]) -> Cuts:
    """The cuts of a segmentation given as half-open stretches of text, `positions` being the sentences in order.

    Where a stretch begins or ends is a cut, put at the nearest place between two sentences; so what lies outside all
    stretches is a segment too.
    """
    middles = [(start + end) / 2 for start, end in positions]
    places = {bisect_left(middles, offset) for span in spans for offset in span}
    return Cuts(len(positions), _inside(places, len(positions)))


def _inside(places: Collection[int], n: int) -> frozenset[int]:
    return frozenset(place for place in places if 0 < place < n)
