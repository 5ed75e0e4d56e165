"""Quotients of counts, None where they are undefined."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from codebook.query.bits import Ints

Shares = list[list[float | None]]


def divided(above: Ints, below: NDArray[np.float64] | Ints) -> Shares:
    """Cell by cell `above` / `below`; None where `below` is 0."""
    shares = above / np.where(below == 0, 1, below)
    return [[share if divisor else None for share, divisor in zip(row, divisors, strict=True)]
            for row, divisors in zip(shares.tolist(), np.asarray(below).tolist(), strict=True)]
