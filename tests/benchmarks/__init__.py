"""Measurements against the speed budget. Each prints what it measured, the budget, and a ratio to a floor or a peer.

A machine that is busy measures noise, so a measurement fails only beyond three times its budget, and beyond more when
more programs wait for each processor; the printed line says what it was.

Measurements of a million narratieven make a project of some gigabytes for many minutes: they run
only when NARRATIEF_MILLION=1 is set, not in `.ci/run`. Generated projects are kept in the folder NARRATIEF_STUDIES
when that is set, to measure again without making them again.
"""

from __future__ import annotations

import os

import pytest

NOISE = 3.0
MILLION = (pytest.mark.slow, pytest.mark.skipif(os.environ.get("NARRATIEF_MILLION") != "1",
                                                reason="takes many minutes: set NARRATIEF_MILLION=1"))


def within(measured: float, budget: float) -> bool:
    """Whether a measurement keeps its budget, with room for a busy machine; says so when only that room helps."""
    if measured > budget:
        print(f"  over its budget: {measured / budget:.2f} × (fails beyond {_room():.1f} ×)")
    return measured <= _room() * budget


def _room() -> float:
    """How many times its budget a measurement may take: twice the programs waiting per processor, at least NOISE."""
    waiting = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(NOISE, 2 * waiting / (os.cpu_count() or 1))
