"""What a transcript view shows, as values. All offsets are code points of the document's text, `[start, end)`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from workbench.widgets.chips import ChipSpec


@dataclass(frozen=True)
class TurnSpan:
    """What one speaker says, without label and brackets."""

    start: int
    end: int
    interviewer: bool
    speaker: str = ""


@dataclass(frozen=True)
class NarrativeSpan:
    """A narratief (`nr` from 1) or a stretch of *geen narratief* (`excluded`, no number). `flag` is one short
    word shown below the number (*bespreken*)."""

    id: Hashable
    nr: int | None
    start: int
    end: int
    chips: tuple[ChipSpec, ...] = ()
    excluded: bool = False
    flag: str = ""


@dataclass(frozen=True)
class BoundaryMark:
    """A boundary before the code point `at`. A doubtful one is dashed; `label` says how sure and why; `key`
    is handed back when it is moved."""

    at: int
    label: str = ""
    sure: bool = True
    movable: bool = True
    key: Hashable = None


def outside_turns(turns: Sequence[TurnSpan], length: int) -> list[tuple[int, int]]:
    """The stretches that no turn covers: labels, time stamps, brackets."""
    gaps, at = [], 0
    for turn in turns:
        if turn.start > at:
            gaps.append((at, turn.start))
        at = max(at, turn.end)
    return [*gaps, (at, length)] if turns and at < length else gaps


def overlapping(spans: Sequence[NarrativeSpan], start: int, end: int) -> list[NarrativeSpan]:
    """The spans (in order, not overlapping each other) that share a code point with `[start, end)`."""
    first = bisect_right(spans, start, key=lambda s: s.end)
    found = []
    for span in spans[first:]:
        if span.start >= end:
            break
        found.append(span)
    return found
