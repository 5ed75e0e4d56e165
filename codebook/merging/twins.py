"""What was said once, and of one stretch, is one statement, on however many narratieven a merge put it.

A row whose narratief had been cut in two was put on both: the other copy knows one of both, and what it did to that one
is done to both. Two rows that came to hang on one narratief are one there, and two again when a merge begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from codebook.merging.rows import Outcome
from codebook.merging.sides import Sides
from corpora.store.base import Base
from corpora.store.views import Values

Number = Callable[[str], int]
APART = ("id", "uuid", "narratief_id")
"""What twins have each for themselves."""


def unfold(sides: Sides) -> None:
    """Let every row of ours that another stands for be there again."""
    for n, claim in list(sides.mine["placed"].items()):
        table, number = sides.mine[claim["about"]], claim["stands_for"]
        if number and claim["about_id"] in table and number not in table:
            table[number] = {**table[claim["about_id"]], "id": number}
            sides.mine["placed"][n] = {**claim, "about_id": number, "stands_for": 0}


def fold(outcome: Outcome, table: str, double: dict[int, int], number: Number) -> None:
    """Remember of what stretch rows were said for which another will stand."""
    if "narratief_id" not in Base.metadata.tables[table].c:
        return
    placed = outcome.rows["placed"]
    claims = {r["about_id"]: n for n, r in placed.items() if r["about"] == table and not r["stands_for"]}
    for gone in double:
        piece = outcome.rows["narratief"][outcome.rows[table][gone]["narratief_id"]]
        n = claims.get(gone) or number("placed")
        old = placed.get(n) or {"id": n, "about": table, "document_id": piece["document_id"], "start": piece["start"],
                                "end": piece["end"], "said_at": ""}
        placed[n] = {**old, "about_id": double[gone], "stands_for": gone}


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
            found[(claim["about"], claim["document_id"], claim["start"], claim["end"], *said(row))].append(row["id"])
    return {key: sorted(numbers) for key, numbers in found.items() if len(numbers) > 1}


def said(row: Values) -> tuple[Any, ...]:
    """What a row says, wherever it hangs."""
    return tuple(value for column, value in row.items() if column not in APART)


def _as(sides: Sides, table: str, known: int, twin: int) -> None:
    effects = sides.there
    if known in sides.rows[table]:
        own = sides.mine[table][twin]
        sides.rows[table][twin] = {**sides.rows[table][known], **{c: own[c] for c in ("id", "uuid") if c in own}}
    for kind in (effects.deleted, effects.touched, effects.created, effects.first):
        if (table, known) in kind:
            kind[table, twin] = kind[table, known]  # type: ignore[assignment]
