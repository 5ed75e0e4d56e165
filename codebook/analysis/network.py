"""Where the nodes of a code network stand: springs and charges, then labels moved apart. The same network always
gives the same picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from codebook.query.bits import Ints

Floats = NDArray[np.float64]
STEPS = 400
#: Pull of every node to the middle, so that parts without a line between them stay together.
GRAVITY = 0.6


def force_layout(counts: Ints, steps: int = STEPS) -> Floats:
    """Places in the unit square for nodes whose ties are `counts` (symmetric, 0 without a tie).

    Nodes push each other off with k²/d, ties pull with w·d²/k, in steps that grow shorter (T. Fruchterman and
    E. Reingold, *Graph drawing by force-directed placement*, 1991); w is the root of the tie's share of the
    strongest one. The start is a circle in the order of the nodes.
    """
    n = len(counts)
    if n < 2:
        return np.full((n, 2), 0.5)
    turn = 2 * np.pi * np.arange(n) / n
    places = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    pull = np.sqrt(counts / max(1, int(counts.max())))
    k = 2 / np.sqrt(n)
    for step in range(steps):
        places += _moves(places, pull, k, 0.2 * (1 - step / steps))
    return _in_unit_square(places)


def _moves(places: Floats, pull: Floats, k: float, longest: float) -> Floats:
    """What one step moves every node by, never more than `longest`."""
    apart = places[:, None, :] - places[None, :, :]
    distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-6)
    push = k * k / distance**2
    np.fill_diagonal(push, 0)
    force = ((push - pull * distance / k)[..., None] * apart).sum(axis=1) - GRAVITY * k * places
    length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)[:, None]
    moved: Floats = force / length * np.minimum(length, longest)
    return moved


def _in_unit_square(places: Floats) -> Floats:
    low = places.min(axis=0)
    span = np.maximum(places.max(axis=0) - low, 1e-9)
    found: Floats = (places - low) / span
    return found


def spread(places: Floats) -> Floats:
    """Places half way to an even spread over both sides, which opens a crowded middle and keeps every node at its side
    of the others."""
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    found: Floats = (places + ranks / max(1, len(places) - 1)) / 2
    return found


def moved_apart(centres: Floats, sizes: Floats, width: float, height: float, rounds: int = 600) -> Floats:
    """The centres of boxes of these sizes, moved as little as it takes for no two to overlap, within the area as far
    as it has room."""
    found, half = centres.astype(np.float64).copy(), sizes / 2
    low, high = half, np.maximum(np.array([width, height]) - half, half)
    reach = half[:, None, :] + half[None, :, :]
    for _round in range(rounds):
        found = np.clip(found, low, high)
        apart = found[:, None, :] - found[None, :, :]
        overlap = reach - np.abs(apart)
        np.einsum("iij->ij", overlap)[:] = 0
        touching: NDArray[np.bool_] = np.all(overlap > 0.01, axis=2)
        if not touching.any():
            break
        found += _steps_apart(apart, overlap, touching)
    return np.clip(found, low, high)


def _steps_apart(apart: Floats, overlap: Floats, touching: NDArray[np.bool_]) -> Floats:
    """Half of each overlap, along the side where it is smallest; boxes in the same place part by their order."""
    first = np.arange(len(apart))
    order = np.sign(first[:, None] - first[None, :]).astype(np.float64)
    way = np.where(np.abs(apart) < 1e-9, order[..., None], np.sign(apart))
    sideways = overlap[..., 0] <= overlap[..., 1]
    step = np.zeros_like(apart)
    step[..., 0] = np.where(touching & sideways, way[..., 0] * overlap[..., 0], 0)
    step[..., 1] = np.where(touching & ~sideways, way[..., 1] * overlap[..., 1], 0)
    found: Floats = 0.52 * step.sum(axis=1)
    return found
