"""Row by row, three ways: what the other copy changed since the copies parted, what was changed here, and what holds.

One side changed: that holds. Both did: the later change holds and the other stays readable in a memo. A row that one
side deleted stays gone unless the other relied on it; what a coder made goes only when that coder took it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Table

from codebook.merging.sides import Cut, Sides
from corpora.store.base import Base
from corpora.store.views import Gone, Key, Stamp, Values, Write, logged_tables

OWNED = ("coding", "not_mentioned", "flag", "memo", "quote", "done", "rechecked")
"""What a coder makes, and nobody else takes away."""
GROUPED = {"turn": ("document_id",), "own_boundary": ("document_id", "coder_uuid")}
"""Tables whose rows belong together: a group comes from one side as a whole."""
SILENT = ("made_at", "changed_at", "imported_at", "created_at", "position", "color", "number", "certain", "counts",
          "proposed", "certainty", "file_name", "start", "end", "content_hash", "source_hash", "old_hash", "new_hash",
          "edits", "seconds")
"""Columns of which the later value holds without a word."""
OF_COPY = ("blind", "package_coder")
"""Settings that belong to one copy."""


@dataclass(frozen=True)
class Clash:
    """A column that one side or both changed: the value that holds, the other, and who wrote that other one."""

    table: str
    number: int
    column: str
    ours: Any
    theirs: Any
    loser: Write | None
    theirs_hold: bool


@dataclass
class Grave:
    """A row that went, in case something turns out to need it."""

    row: Values
    step: tuple[bool, int]


@dataclass
class Outcome:
    """The project as it will be."""

    rows: dict[str, dict[int, Values]] = field(default_factory=dict)
    graves: dict[Key, Grave] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    revived: list[tuple[Key, tuple[bool, int]]] = field(default_factory=list)
    let_go: dict[Key, tuple[bool, int]] = field(default_factory=dict)
    numbered: list[tuple[str, int, str]] = field(default_factory=list)
    unchanged: int = 0


def settle(sides: Sides) -> Outcome:
    """Merge all tables."""
    outcome = Outcome()
    for table in logged_tables():
        outcome.rows[table.name] = {}
        if table.name in GROUPED:
            _groups(sides, outcome, table.name)
        else:
            _table(sides, outcome, table)
    for document, cut in sides.cuts.items():
        _lay(sides, outcome, document, cut)
    return outcome


def _table(sides: Sides, outcome: Outcome, table: Table) -> None:
    mine, theirs, final = sides.mine[table.name], sides.rows[table.name], outcome.rows[table.name]
    for number in sorted(mine.keys() | theirs.keys()):
        key = table.name, number
        ours, other = mine.get(number), theirs.get(number)
        if ours is not None and other is not None:
            final[number] = _columns(sides, outcome, key, ours, other)
        elif ours is not None:
            _only(sides, outcome, key, ours, theirs=False)
        elif other is not None:
            _only(sides, outcome, key, other, theirs=True)


def _columns(sides: Sides, outcome: Outcome, key: Key, ours: Values, theirs: Values) -> Values:
    if ours == theirs:
        outcome.unchanged += 1
        return ours
    if key[0] == "setting" and ours["key"] in OF_COPY:
        return ours
    found = dict(ours)
    for column in ours:
        if ours[column] != theirs[column]:
            found[column] = _column(sides, outcome, key, column, ours[column], theirs[column])
    return found


def _column(sides: Sides, outcome: Outcome, key: Key, column: str, ours: Any, theirs: Any) -> Any:
    if column == "uuid":
        return min(ours, theirs)
    if column == "narratief_id" and (cut := _cut_of(sides, ours)) is not None and cut.differs:
        return theirs if cut.theirs else ours
    here, there = _write(sides, key, column, theirs=False), _write(sides, key, column, theirs=True)
    if there is None and here is None:
        return ours
    theirs_hold = there is not None and (here is None or _later(sides, key, column, there, here))
    loser = None if here is None or there is None else here if theirs_hold else there
    if column not in SILENT and isinstance(theirs, str | int) and not column.endswith("_id"):
        outcome.clashes.append(Clash(key[0], key[1], column, ours, theirs, loser, theirs_hold))
    return theirs if theirs_hold else ours


def _cut_of(sides: Sides, narratief: int) -> Cut | None:
    row = sides.mine["narratief"].get(narratief)
    return None if row is None else sides.cuts.get(row["document_id"])


def _write(sides: Sides, key: Key, column: str, *, theirs: bool) -> Write | None:
    effects = sides.there if theirs else sides.here
    found = effects.touched.get(key, {}).get(column) or effects.created.get(key)
    if found is None or found.value is not None:
        return found
    row = (sides.rows if theirs else sides.mine)[key[0]][key[1]]
    return Write(found.stamp, found.author, row[column], found.own)


def _later(sides: Sides, key: Key, column: str, there: Write, here: Write) -> bool:
    chosen = sides.choice(kind_of(key[0], column), thing_of(sides, key))
    if chosen in ("ours", "theirs"):
        return chosen == "theirs"
    return there.stamp > here.stamp


def kind_of(table: str, column: str) -> str:
    """As what kind of conflict a changed column is told."""
    if table == "memo":
        return "memo"
    return "renamed" if column in ("label", "title", "name") else "definition"


def thing_of(sides: Sides, key: Key) -> str:
    """How a choice names a row: its label, title or name here."""
    row = sides.mine[key[0]].get(key[1]) or sides.rows[key[0]].get(key[1]) or {}
    return str(row.get("label") or row.get("title") or row.get("name") or f"{key[0]} {key[1]}")


def _only(sides: Sides, outcome: Outcome, key: Key, row: Values, *, theirs: bool) -> None:
    """A row that one side has."""
    if theirs and key[0] == "setting" and row["key"] in OF_COPY:
        return
    gone = (sides.here if theirs else sides.there).deleted.get(key)
    created = (sides.there if theirs else sides.here).created.get(key)
    if gone is not None:
        _gone(sides, outcome, key, row, gone, theirs=theirs)
    elif not theirs or created is not None or _only_kept(sides, key):
        outcome.rows[key[0]][key[1]] = row
    else:
        outcome.graves[key] = Grave(row, (True, 0))


def _only_kept(sides: Sides, key: Key) -> bool:
    """Whether a row of theirs keeps words that gave way in a merge which the other copy made itself."""
    return key[0] == "memo" and key in sides.their_way.created


def _gone(sides: Sides, outcome: Outcome, key: Key, row: Values, gone: Gone, *, theirs: bool) -> None:
    """A row that the one side has and the other deleted."""
    effects = sides.there if theirs else sides.here
    again = effects.created.get(key)
    if key[0] in OWNED:
        own = _own(sides, row, gone)
        seen = theirs and 0 < sides.seen_before < gone.step
        stays = (again is not None and again.stamp > gone.stamp) if own else not seen
    else:
        stays = again is not None or bool(effects.touched.get(key))
        row = _as_last_said(sides, key, row, theirs=theirs)
        if stays and let_go(sides, key, row):
            outcome.let_go[key] = (theirs, gone.step)
            stays = False
        if stays:
            outcome.revived.append((key, (theirs, gone.step)))
    if stays:
        outcome.rows[key[0]][key[1]] = row
    elif key[0] not in OWNED or not own:
        outcome.graves[key] = Grave(row, (theirs, gone.step))


def let_go(sides: Sides, key: Key, row: Values) -> bool:
    """Whether it was chosen that what was deleted stays so."""
    thing = str(row.get("label") or row.get("title") or row.get("name") or "")
    return key[0] in ("code", "document") and sides.choice("deleted_used", thing) == "delete"


def _as_last_said(sides: Sides, key: Key, row: Values, *, theirs: bool) -> Values:
    """A row that went with what its side had changed in it before, as an earlier merge could have brought that."""
    last, here = (sides.here, sides.there) if theirs else (sides.there, sides.here)
    kept = here.touched.get(key, {})
    return {**row, **{c: w.value for c, w in last.touched.get(key, {}).items()
                      if c in row and (c not in kept or kept[c].stamp < w.stamp)}}


def _own(sides: Sides, row: Values, gone: Gone) -> bool:
    """Whether its own coder took a row away; who is no coder at all acted for one."""
    coders = {str(r["name"]).casefold() for rows in (sides.mine, sides.rows) for r in rows["coder"].values()}
    return owner(sides, row).casefold() in gone.authors or (gone.direct and not gone.authors & coders)


def owner(sides: Sides, row: Values) -> str:
    """The name of the coder whose row it is."""
    coder = sides.mine["coder"].get(row["coder_id"]) or sides.rows["coder"].get(row["coder_id"]) or {}
    return str(coder.get("name", ""))


def _groups(sides: Sides, outcome: Outcome, table: str) -> None:
    """Rows that belong together come from the side that changed them, of two from the later one."""
    columns = GROUPED[table]
    here, there = _changes_of(sides, table, theirs=False), _changes_of(sides, table, theirs=True)
    ours, theirs = _grouped(sides.mine[table], columns), _grouped(sides.rows[table], columns)
    for group in ours.keys() | theirs.keys():
        changed = there.get(group)
        take = changed is not None and changed > here.get(group, ("", ""))
        if changed is None and group not in ours and group not in here:
            # Boundaries that gave way in a merge which the other copy made itself.
            take = any((table, n) in sides.their_way.created for n in theirs[group])
        kept, left = (theirs, ours) if take else (ours, theirs)
        outcome.rows[table].update(kept.get(group, {}))
        for number, row in left.get(group, {}).items():
            gone = (sides.there if take else sides.here).deleted.get((table, number))
            if gone is not None and number not in outcome.rows[table]:
                outcome.graves[table, number] = Grave(row, (not take, gone.step))


def _grouped(rows: dict[int, Values], columns: tuple[str, ...]) -> dict[tuple[Any, ...], dict[int, Values]]:
    found: dict[tuple[Any, ...], dict[int, Values]] = {}
    for number, row in rows.items():
        found.setdefault(tuple(row[c] for c in columns), {})[number] = row
    return found


def _changes_of(sides: Sides, table: str, *, theirs: bool) -> dict[tuple[Any, ...], Stamp]:
    """Group → its last change on a side, moves with a corrected text apart."""
    found: dict[tuple[Any, ...], Stamp] = {}
    for number, stamp in _touches(sides, table, theirs=theirs):
        row = _known_row(sides, table, number, theirs=theirs)
        if row is not None:
            group = tuple(row[c] for c in GROUPED[table])
            found[group] = max(stamp, found.get(group, stamp))
    return found


def _touches(sides: Sides, table: str, *, theirs: bool) -> Iterator[tuple[int, Stamp]]:
    effects = sides.there if theirs else sides.here
    for step, changes in effects.by_step:
        moved = any(c.table == "text_version" for c in changes)
        for change in changes:
            if change.table == table and not (moved and change.op == "update"):
                yield from ((n, step.stamp) for n in change.ids)


def _known_row(sides: Sides, table: str, number: int, *, theirs: bool) -> Values | None:
    rows, effects = (sides.rows, sides.there) if theirs else (sides.mine, sides.here)
    gone = effects.deleted.get((table, number))
    return rows[table].get(number) or (gone.before if gone else effects.passing.get((table, number)))


def _lay(sides: Sides, outcome: Outcome, document: int, cut: Cut) -> None:
    """Put the narratieven in force; columns beside the bounds stay as the sides settled them."""
    final = outcome.rows["narratief"]
    for number in [n for n, row in final.items() if row["document_id"] == document and n not in cut.rows]:
        del final[number]
    for number in [n for (t, n), g in outcome.graves.items() if t == "narratief"
                   and g.row["document_id"] == document]:
        del outcome.graves["narratief", number]
    outcome.revived[:] = [(k, s) for k, s in outcome.revived if k[0] != "narratief"]
    for number, row in cut.rows.items():
        final[number] = {**row, **final.get(number, row), "start": row["start"], "end": row["end"],
                         "document_id": document}
    if cut.differs:
        _all_count(outcome, cut)
    for number, other in ((n, m) for n, m in twins(sides, document, cut) if n in final):
        _same(sides, final, number, other)


def _all_count(outcome: Outcome, cut: Cut) -> None:
    """What an earlier merge had to add to a cut that gave way belongs to the cut in force when that one has it."""
    placed = outcome.rows["placed"]
    for number in [n for n, r in placed.items() if r["about"] == "narratief" and r["about_id"] in cut.rows]:
        del placed[number]


def twins(sides: Sides, document: int, cut: Cut) -> Iterator[tuple[int, Values]]:
    """Narratieven of ours in force with those of theirs that have the same bounds and another UUID."""
    by_bounds = {(row["start"], row["end"]): row for row in sides.rows["narratief"].values()
                 if row["document_id"] == document}
    for number, row in cut.rows.items():
        other = by_bounds.get((row["start"], row["end"]))
        if other is not None and number in sides.mine["narratief"]:
            yield number, other


def _same(sides: Sides, final: dict[int, Values], number: int, theirs: Values) -> None:
    """A narratief that both sides cut alike is one, under the lower of both UUIDs."""
    one, other = sorted((final[number]["uuid"], theirs["uuid"]))
    final[number] = {**final[number], "uuid": one}
    if one != other:
        sides.same.append(("narratief", number, other))


@cache
def references(table: str) -> list[tuple[str, str, bool]]:
    """(column, table it points at, whether it may be empty) of a table."""
    found = Base.metadata.tables[table]
    return [(c.name, fk.column.table.name, bool(c.nullable)) for c in found.c for fk in c.foreign_keys
            if fk.column.name == "id"]
