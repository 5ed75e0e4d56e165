"""A document that two copies cut otherwise: which cut is in force, and where every narratief of the other went.

A narratief of the cut that gives way stands for the narratieven in force that lie for the greater part in it, or else
for the one that it shares most words with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codebook.merging.sides import Conflict, Cut, Sides, everything
from corpora.messages import Message, message
from corpora.store.views import Effects, Stamp, Values, View, step_changes


@dataclass(frozen=True)
class Recut:
    """That somebody changed the cut of a document."""

    stamp: Stamp
    author: str
    own: bool


def settle(sides: Sides) -> None:
    """Decide the cut of every document that both sides have."""
    mine, rows = by_document(sides.mine["narratief"]), by_document(sides.rows["narratief"])
    here, there = recuts(sides.ours, sides.here), recuts_of(sides.there, sides.rows)
    for document in sides.rows["document"].keys() & sides.mine["document"].keys():
        ours, theirs = mine.get(document, {}), rows.get(document, {})
        if _bounds(ours) == _bounds(theirs) and ours.keys() == theirs.keys():
            sides.cuts[document] = Cut(ours, False, {}, False)
        else:
            _settle_one(sides, document, ours, theirs, here.get(document, []), there.get(document, []))


def by_document(rows: dict[int, Values]) -> dict[int, dict[int, Values]]:
    """The narratieven of each document."""
    found: dict[int, dict[int, Values]] = defaultdict(dict)
    for number, row in rows.items():
        found[row["document_id"]][number] = row
    return found


def recuts(view: View, effects: Effects) -> dict[int, list[Recut]]:
    """Document → the changes of its cut that still tell, in order."""
    places = {n: row["document_id"] for n, row in everything(view, effects, "narratief")}
    return _recuts(effects, places, view.rows["narratief"])


def recuts_of(there: Effects, rows: dict[str, dict[int, Values]]) -> dict[int, list[Recut]]:
    """The same of their side, whose rows stand under our numbers by now."""
    places = {n: row["document_id"] for n, row in rows["narratief"].items()}
    places.update({n: gone.before["document_id"] for (t, n), gone in there.deleted.items() if t == "narratief"})
    places.update({n: row["document_id"] for (t, n), row in there.passing.items() if t == "narratief"})
    return _recuts(there, places, rows["narratief"])


def _recuts(effects: Effects, places: dict[int, int], present: dict[int, Values]) -> dict[int, list[Recut]]:
    found: dict[int, list[Recut]] = defaultdict(list)
    real = _really(effects, places, present)
    for step, change, changes in step_changes(effects, "narratief"):
        moved = change.op != "update" or {"start", "end"} & set(change.columns)
        if not moved or (change.op == "update" and any(c.table == "text_version" for c in changes)):
            continue
        for document in {places[n] for n in change.ids if n in places}:
            if document in real:
                found[document].append(Recut(step.stamp, step.author, step.own))
    return found


def _really(effects: Effects, places: dict[int, int], present: dict[int, Values]) -> set[int]:
    """Documents whose cut is not what it was: what was undone does not tell."""
    changed = {n for (t, n) in effects.deleted if t == "narratief"}
    changed |= {n for (t, n) in effects.created if t == "narratief" and n in present}
    for (table, number), columns in effects.touched.items():
        first = effects.first.get((table, number), {})
        if table == "narratief" and any(c in first and columns[c].value != first[c]
                                        for c in ("start", "end") if c in columns):
            changed.add(number)
    return {places[n] for n in changed if n in places}


def _bounds(rows: dict[int, Values]) -> set[tuple[int, int]]:
    return {(row["start"], row["end"]) for row in rows.values()}


def _settle_one(sides: Sides, document: int, ours: dict[int, Values], theirs: dict[int, Values],
                here: Sequence[Recut], there: Sequence[Recut]) -> None:
    title = str(sides.mine["document"][document]["title"])
    chosen = sides.choice("segmentation", title)
    wins = chosen == "theirs" if chosen in ("ours", "theirs") and there else theirs_win(ours, here, there)
    cut = _cut(sides, ours, theirs, wins=wins)
    cut.both = bool(here if wins else there)
    sides.cuts[document] = cut
    if _bounds(ours) != _bounds(theirs) and (there or _worked_on(sides, theirs)):
        sides.conflicts.append(_conflict(title, ours, theirs, here=bool(here), there=bool(there), wins=wins))


def _worked_on(sides: Sides, theirs: dict[int, Values]) -> bool:
    """Whether they coded in a document since."""
    return any(t in ("coding", "not_mentioned") and sides.rows[t].get(n, {}).get("narratief_id") in theirs
               for t, n in sides.there.created)


def theirs_win(ours: dict[int, Values], here: Sequence[Recut], there: Sequence[Recut]) -> bool:
    """Who alone cut anew is followed; when both did, our own cut stays, and of two copies the later one holds."""
    if not here or not there:
        return bool(there) or (not ours and not here)
    if any(r.own for r in here):
        return False
    return max(r.stamp for r in there) > max(r.stamp for r in here)


def _cut(sides: Sides, ours: dict[int, Values], theirs: dict[int, Values], *, wins: bool) -> Cut:
    force, other = (theirs, ours) if wins else (ours, theirs)
    extra = extras(sides.rows if wins else sides.mine)
    by_bounds = {(row["start"], row["end"]): n for n, row in other.items() if n not in force}
    names = {n: by_bounds.get((row["start"], row["end"]), n) for n, row in force.items()} if wins else {}
    rows = {names.get(n, n): {**row, "id": names.get(n, n)} for n, row in force.items() if n not in extra}
    return Cut(rows, wins, names, True)


def extras(rows: dict[str, dict[int, Values]]) -> set[int]:
    """Narratieven of a side that are only there for what hangs on them."""
    return {row["about_id"] for row in rows["placed"].values() if row["about"] == "narratief"}


def place(start: int, end: int, rows: dict[int, Values]) -> list[int]:
    """The narratieven in force that a stretch stands for."""
    shared = sorted((row["start"], min(end, row["end"]) - max(start, row["start"]), row["end"] - row["start"], n)
                    for n, row in rows.items() if row["start"] < end and row["end"] > start)
    exact = [n for n, row in rows.items() if (row["start"], row["end"]) == (start, end)]
    inside = [n for _, common, length, n in shared if 2 * common >= length]
    most = [n for _, common, _, n in sorted(shared, key=lambda s: (-s[1], s[0]))[:1]]
    return exact or inside or most


def _conflict(title: str, ours: dict[int, Values], theirs: dict[int, Values], *, here: bool, there: bool,
              wins: bool) -> Conflict:
    return Conflict("segmentation", message("«{title}»", title=title), _said(ours.values()), _said(theirs.values()),
                    _done(here=here, there=there, wins=wins), title, ("ours", "theirs") if there else ())


def _said(rows: Iterable[Values]) -> Message:
    return message("{n} narratieven", n=sum(bool(row["counts"]) for row in rows))


def _done(*, here: bool, there: bool, wins: bool) -> Message:
    if not there:
        return message("Our cut stays in force, as only we changed it; their codings moved to the narratieven with the "
                       "same words.")
    if wins and not here:
        return message("Their cut is in force, as only they changed it; codings of others moved to the narratieven "
                       "with the same words.")
    if wins:
        return message("Their cut is in force, as it is the later one; ours is kept as its coder's own boundaries, and "
                       "codings moved to the narratieven with the same words.")
    return message("Our cut stays in force; theirs is kept as their coder's own boundaries, and their codings moved to "
                   "the narratieven with the same words.")
