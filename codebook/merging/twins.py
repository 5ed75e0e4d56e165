"""A row that an earlier merge put on two narratieven, as its own had been cut in two, is still one statement.

The other copy knows one of both. What it did to that one, it did to the statement, so it is done to both.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from codebook.merging.sides import Sides
from corpora.store.views import Values

APART = ("id", "uuid", "narratief_id")
"""What twins have each for themselves."""


def mirror(sides: Sides) -> None:
    """Let the other copy have the twins of its rows too, and have done to them what it did to its own."""
    for (table, *_), twins in _twins(sides).items():
        known = [n for n in twins if n in sides.rows[table] or (table, n) in sides.there.deleted]
        if len(known) == 1:
            for twin in twins:
                if twin != known[0]:
                    _as(sides, table, known[0], twin)


def _twins(sides: Sides) -> dict[tuple[Any, ...], list[int]]:
    """Rows of ours that were said of one stretch and say the same, by what they say."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for claim in sides.mine["placed"].values():
        row = sides.mine[claim["about"]].get(claim["about_id"])
        if row is not None and "narratief_id" in row:
            found[(claim["about"], claim["document_id"], claim["start"], claim["end"], *_said(row))].append(row["id"])
    return {key: sorted(numbers) for key, numbers in found.items() if len(numbers) > 1}


def _said(row: Values) -> tuple[Any, ...]:
    return tuple(value for column, value in row.items() if column not in APART)


def _as(sides: Sides, table: str, known: int, twin: int) -> None:
    effects = sides.there
    if known in sides.rows[table]:
        own = sides.mine[table][twin]
        sides.rows[table][twin] = {**sides.rows[table][known], **{c: own[c] for c in ("id", "uuid") if c in own}}
    for kind in (effects.deleted, effects.touched, effects.created, effects.first):
        if (table, known) in kind:
            kind[table, twin] = kind[table, known]  # type: ignore[assignment]
