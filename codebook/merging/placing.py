"""What hangs on narratieven that the cut in force does not have goes to those that have the same words.

Of what it was said, it stays said: the stretch is kept beside the row, so that a later merge with yet another cut goes
by the words and not by where an earlier merge had put it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import uuid5

from codebook.merging.cuts import extras, place
from codebook.merging.rows import Outcome
from codebook.merging.sides import Cut, Sides, unique_rule
from codebook.merging.twins import said
from codebook.models import LIBRARY
from corpora.store.base import Base
from corpora.store.views import Key, Values, logged_tables

Number = Callable[[str], int]
Rows = dict[str, dict[int, Values]]


@dataclass(frozen=True)
class Loose:
    """A row without a narratief in force: the column that names it, and the stretch that the row was said of, and the
    stamp of when somebody last said or moved it there; empty when that was before the copies parted."""

    start: int
    end: int
    table: str
    row: Values
    column: str
    document: int
    said_at: str


def put(sides: Sides, outcome: Outcome, number: Number) -> None:
    """Move what hangs on narratieven of documents that were cut otherwise; one that was cut in two gives to both."""
    cuts = {document: cut for document, cut in sides.cuts.items() if cut.differs}
    if not cuts:
        return
    loose = list(_loose(sides, outcome, cuts))
    for one in sorted(loose, key=lambda o: (o.document, o.start, o.end, o.table, o.row["id"])):
        _put_one(sides, outcome, one, number)
    _quotes(outcome, set(cuts))


def _loose(sides: Sides, outcome: Outcome, cuts: dict[int, Cut]) -> Iterable[Loose]:
    claims = {theirs: {(r["about"], r["about_id"]): r for r in rows["placed"].values()}
              for theirs, rows in ((False, sides.mine), (True, sides.rows))}
    extra = extras(sides.mine) | extras(sides.rows)
    for table in logged_tables():
        column = "narratief_id" if "narratief_id" in table.c else "about_id" if "about_id" in table.c else ""
        if not column or table.name in ("placed", "same_as"):
            continue
        for row in list(outcome.rows[table.name].values()):
            if row["id"] in outcome.rows[table.name] and (column == "narratief_id" or row["about"] == "narratief"):
                found = _one(sides, outcome, cuts, table.name, row, column, claims, extra)
                if found is not None:
                    yield found


def _one(sides: Sides, outcome: Outcome, cuts: dict[int, Cut], table: str, row: Values, column: str,
         claims: dict[bool, dict[tuple[str, int], Values]], extra: set[int]) -> Loose | None:
    """The row as a loose one, unless it is on the side whose cut is in force; that one may go by another number."""
    number = row[column]
    piece = sides.mine["narratief"].get(number) or sides.rows["narratief"].get(number)
    cut = cuts.get(piece["document_id"]) if piece is not None else None
    if piece is None or cut is None:
        return None
    mine, theirs = row["id"] in sides.mine[table], row["id"] in sides.rows[table]
    from_theirs = cut.theirs if mine and theirs else theirs
    key = table, row["id"]
    if mine and theirs and cut.both and key in claims[cut.theirs] and column == "narratief_id" \
            and _said_at(sides, key, claims, theirs=not cut.theirs) > claims[cut.theirs][key]["said_at"]:
        return _claimed_anew(sides, outcome, cut, table, row, claims, piece["document_id"])
    if from_theirs == cut.theirs and number not in extra:
        if cut.names.get(number, number) != number:
            outcome.rows[table][row["id"]] = {**row, column: cut.names[number]}
        return None
    side = sides.rows if from_theirs else sides.mine
    span = claims[from_theirs].get(key) or side["narratief"].get(number) or piece
    return Loose(span["start"], span["end"], table, row, column, piece["document_id"],
                 _said_at(sides, key, claims, theirs=from_theirs))


def _said_at(sides: Sides, key: Key, claims: dict[bool, dict[tuple[str, int], Values]], *, theirs: bool) -> str:
    """When a side last put a row where it was said, or cut the narratief under it; what merges did does not count."""
    if key in claims[theirs]:
        return str(claims[theirs][key]["said_at"])
    effects, rows = (sides.there, sides.rows) if theirs else (sides.here, sides.mine)
    piece = "narratief", rows[key[0]][key[1]].get("narratief_id", 0)
    writes = [effects.touched.get(at, {}).get(column) for at, column in (
        (key, "narratief_id"), (piece, "start"), (piece, "end"))]
    writes += [effects.created.get(key), effects.created.get(piece)]
    return max((" ".join(w.stamp) for w in writes if w is not None), default="")


def _claimed_anew(sides: Sides, outcome: Outcome, cut: Cut, table: str, row: Values,
                  claims: dict[bool, dict[tuple[str, int], Values]], document: int) -> Loose:
    """A row that an earlier merge placed by the words of an older cut goes by those of the newer cut that lost."""
    old, side = claims[cut.theirs][table, row["id"]], sides.mine if cut.theirs else sides.rows
    number = side[table][row["id"]]["narratief_id"]
    span = claims[not cut.theirs].get((table, row["id"])) or side["narratief"][number]
    for (about, other), claim in claims[cut.theirs].items():
        twin = outcome.rows[table].get(other) if about == table and other not in side[table] else None
        if twin is not None and (claim["start"], claim["end"]) == (old["start"], old["end"]) \
                and said(twin) == said(row):
            del outcome.rows[table][other]
    return Loose(span["start"], span["end"], table, row, "narratief_id", document,
                 _said_at(sides, (table, row["id"]), claims, theirs=not cut.theirs))


def _put_one(sides: Sides, outcome: Outcome, one: Loose, number: Number) -> None:
    pieces = {n: r for n, r in outcome.rows["narratief"].items() if r["document_id"] == one.document}
    targets = place(one.start, one.end, pieces) or [_extra(sides, outcome, one, number)]
    many = one.column in unique_rule(Base.metadata.tables[one.table])
    rows = outcome.rows[one.table]
    for at, target in enumerate(targets if many else targets[:1]):
        made = number(one.table) if at else one.row["id"]
        rows[made] = {**one.row, "id": made, one.column: target}
        _claim(outcome, one.table, made, one, number)


def _extra(sides: Sides, outcome: Outcome, one: Loose, number: Number) -> int:
    """A narratief of words that the cut in force leaves out, as something was said of them."""
    for rows in (sides.mine, sides.rows):
        for known, row in rows["narratief"].items():
            if (row["document_id"], row["start"], row["end"]) == (one.document, one.start, one.end):
                outcome.rows["narratief"][known] = {**row, "counts": True}
                _mark(outcome, "narratief", known, one, number)
                return known
    made = number("narratief")
    key = f"{outcome.rows['document'][one.document]['source_hash']}/{one.start}/{one.end}"
    outcome.rows["narratief"][made] = {
        "id": made, "uuid": uuid5(LIBRARY, key).hex, "document_id": one.document, "start": one.start, "end": one.end,
        "counts": True, "proposed": False, "certainty": None, "reason": ""}
    _mark(outcome, "narratief", made, one, number)
    return made


def _claim(outcome: Outcome, table: str, row: int, one: Loose, number: Number) -> None:
    """Keep the stretch that a row was said of, also where that is its narratief now: it says that a merge put the row
    here, and not the copy whose cut is in force, which may be a blind one that never had the row."""
    standing = [n for n, r in outcome.rows["placed"].items() if (r["about"], r["about_id"]) == (table, row)]
    for n in standing:
        del outcome.rows["placed"][n]
    _mark(outcome, table, row, one, number)


def _mark(outcome: Outcome, about: str, about_id: int, one: Loose, number: Number) -> None:
    made = number("placed")
    outcome.rows["placed"][made] = {"id": made, "about": about, "about_id": about_id, "document_id": one.document,
                                    "start": one.start, "end": one.end, "stands_for": 0, "said_at": one.said_at}


def _quotes(outcome: Outcome, documents: set[int]) -> None:
    """A quote is in the narratief in which it begins."""
    for number, row in list(outcome.rows["quote"].items()):
        if row["document_id"] in documents:
            home = [n for n, piece in outcome.rows["narratief"].items() if piece["document_id"] == row["document_id"]
                    and piece["start"] <= row["start"] < piece["end"]]
            if home:
                outcome.rows["quote"][number] = {**row, "narratief_id": home[0]}
