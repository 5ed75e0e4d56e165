"""What hangs on narratieven that the cut in force does not have goes to those that have the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from codebook.merging.rows import Outcome
from codebook.merging.sides import Sides, unique_rule
from corpora.store.base import Base
from corpora.store.views import Values, logged_tables

Number = Callable[[str], int]


def place(sides: Sides, outcome: Outcome, number: Number) -> None:
    """Move what hangs on narratieven of documents that were cut otherwise; one that was cut in two gives to both."""
    here, there = _moves(sides)
    if not here and not there:
        return
    for table in logged_tables():
        if "narratief_id" in table.c:
            for row in list(outcome.rows[table.name].values()):
                _place(sides, outcome, table.name, row, here, there, number)
        elif "about_id" in table.c:
            for row in list(outcome.rows[table.name].values()):
                if row["about"] == "narratief":
                    targets = _targets(sides, table.name, row, row["about_id"], here, there)
                    outcome.rows[table.name][row["id"]] = {**row, "about_id": targets[0]}
    _quotes(sides, outcome)


def _moves(sides: Sides) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    here: dict[int, list[int]] = {}
    there: dict[int, list[int]] = {}
    for cut in sides.cuts.values():
        if cut.differs:
            here.update(cut.here)
            there.update(cut.there)
    return here, there


def _targets(sides: Sides, table: str, row: Values, narratief: int, here: dict[int, list[int]],
             there: dict[int, list[int]]) -> list[int]:
    """Where a row goes; one that both sides have is on the side whose cut is in force already."""
    mine, theirs = row["id"] in sides.mine[table], row["id"] in sides.rows[table]
    if mine and theirs:
        piece = sides.mine["narratief"].get(narratief) or sides.rows["narratief"].get(narratief)
        cut = sides.cuts.get(piece["document_id"]) if piece else None
        moves = there if cut is not None and cut.theirs else here
    else:
        moves = here if mine else there
    return moves.get(narratief) or [narratief]


def _place(sides: Sides, outcome: Outcome, table: str, row: Values, here: dict[int, list[int]],
           there: dict[int, list[int]], number: Number) -> None:
    first, *others = _targets(sides, table, row, row["narratief_id"], here, there)
    rows = outcome.rows[table]
    if first != row["narratief_id"]:
        rows[row["id"]] = {**row, "narratief_id": first}
    if "narratief_id" in unique_rule(Base.metadata.tables[table]):
        for other in others:
            made = number(table)
            rows[made] = {**row, "id": made, "narratief_id": other}


def _quotes(sides: Sides, outcome: Outcome) -> None:
    """A quote is in the narratief in which it begins."""
    changed = {d for d, cut in sides.cuts.items() if cut.differs}
    for number, row in list(outcome.rows["quote"].items()):
        if row["document_id"] in changed:
            home = min(_homes(outcome, row), default=None)
            if home is not None:
                outcome.rows["quote"][number] = {**row, "narratief_id": home[-1]}


def _homes(outcome: Outcome, quote: Values) -> Iterator[tuple[int, int]]:
    for number, row in outcome.rows["narratief"].items():
        if row["document_id"] == quote["document_id"] and row["start"] <= quote["start"] < row["end"]:
            yield 0, number
