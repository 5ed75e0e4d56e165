"""What a merge did, in counts and in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from codebook.merging.repair import NAMES, RawName, RawValue
from codebook.merging.rows import Clash, Outcome, kind_of, thing_of
from codebook.merging.sides import Conflict, Sides
from corpora.messages import Message, message
from corpora.store.changes import row_history
from corpora.store.views import Key, Values

if TYPE_CHECKING:
    from codebook.merging import Merged

COUNTED = {"document": "documents", "narratief": "narratieven", "facet": "facets", "code": "codes", "coder": "coders",
           "coding": "codings", "not_mentioned": "not_mentioned", "memo": "memos", "quote": "quotes", "flag": "flags",
           "done": "done", "decision": "decisions", "attribute_value": "attribute_values", "deelvraag": "deelvragen",
           "saved_query": "queries", "grid_template": "grids", "snapshot": "snapshots", "pattern": "patterns",
           "configuration": "configurations", "own_boundary": "own_boundaries"}
"""What is counted, and its name in the answer."""


def name_of(place: str) -> str:
    """The name of a copy."""
    return Path(place).stem


def count(found: Merged, before: Mapping[str, Mapping[int, Values]], after: Mapping[str, Mapping[int, Values]]) -> None:
    """How many rows of every kind came, changed and went."""
    for table, name in COUNTED.items():
        old, new = before[table], after[table]
        found.added[name] = len(new.keys() - old.keys())
        found.removed[name] = len(old.keys() - new.keys())
        found.changed[name] = sum(old[n] != row for n, row in new.items() if n in old)


def raw_names(session: Session, sides: Sides) -> RawName:
    """A way to ask which name somebody gave a row, and when; numbers that a merge put behind it do not tell."""
    known: dict[Key, RawValue | None] = {}

    def find(table: str, number: int, column: str = "") -> RawValue | None:
        key = f"{table}.{column}", number
        if key not in known:
            known[key] = _raw_value(session, sides, table, number, column or NAMES[table][0])
        return known[key]

    return find


def _raw_value(session: Session, sides: Sides, table: str, number: int, column: str) -> RawValue | None:
    found: list[RawValue] = []
    for step, change in row_history(session.connection(), table, number):
        if not step.derived and column in change.columns and change.after:
            found.append(((step.at.isoformat(timespec="microseconds"), ""), change.after[0][
                change.columns.index(column)]))
    for effects in (sides.here, sides.there):
        for step_, changes in effects.by_step:
            for change in changes:
                if change.table == table and column in change.columns and change.after and number in change.ids:
                    value = change.after[change.ids.index(number)][change.columns.index(column)]
                    found.append(((step_.stamp[0], ""), value))
    return max(found, key=lambda one: one[0], default=None)


def tell(sides: Sides, outcome: Outcome) -> None:
    """Put what needs a word into the conflicts."""
    for key, clashes in _by_row(outcome).items():
        _tell_row(sides, outcome, key, clashes)
    for table, number, theirs in sides.joined:
        if table == "code":
            _tell_joined(sides, number, theirs)
    for table, number, name in outcome.numbered:
        _tell_numbered(sides, outcome, table, number, name)
    for revived, (by_us, _) in outcome.revived:
        if revived[1] in outcome.rows[revived[0]]:
            _tell_used(sides, revived, _STAYS, by_us=by_us)
    for gone, (by_us, _) in outcome.let_go.items():
        _tell_used(sides, gone, _GOES, by_us=by_us)
    _tell_memos(sides, outcome)


def _by_row(outcome: Outcome) -> dict[tuple[str, int, str], list[Clash]]:
    found: dict[tuple[str, int, str], list[Clash]] = {}
    for clash in outcome.clashes:
        found.setdefault((clash.table, clash.number, kind_of(clash.table, clash.column)), []).append(clash)
    return found


def _tell_row(sides: Sides, outcome: Outcome, key: tuple[str, int, str], clashes: list[Clash]) -> None:
    table, number, kind = key
    both = any(c.loser is not None for c in clashes)
    theirs_hold = any(c.theirs_hold for c in clashes)
    shared = table in ("code", "facet", "document", "deelvraag", "kernelement")
    used = any(sides.rows["coding"].get(n, {}).get("code_id") == number for t, n in sides.there.created
               if t == "coding") and table == "code"
    if not both and not (shared and kind in ("renamed", "definition") and (theirs_hold or used)):
        return
    choices = ("ours", "theirs") if both and kind != "memo" else ()
    sides.conflicts.append(Conflict(
        kind, object_of(sides, (table, number)), message("{text}", text=_joined(c.ours for c in clashes)),
        message("{text}", text=_joined(c.theirs for c in clashes)), _done(kind, both=both, theirs_hold=theirs_hold),
        thing_of(sides, (table, number)), choices))


def _joined(values: object) -> str:
    return " · ".join(str(v) for v in values if str(v).strip()) or "–"  # type: ignore[attr-defined]


def _done(kind: str, *, both: bool, theirs_hold: bool) -> Message:
    if kind == "memo":
        return message("Both are kept, each with its writer and date.")
    if not both:
        return message("Theirs holds, as only they changed it.") if theirs_hold else message(
            "Ours holds, as only we changed it; their codings are on it.")
    return message("Theirs holds, as it is later; ours is kept in a memo.") if theirs_hold else message(
        "Ours holds, as it is later; theirs is kept in a memo.")


def _tell_joined(sides: Sides, number: int, theirs: Values) -> None:
    ours = sides.mine["code"][number]
    sides.conflicts.append(Conflict(
        "same_name", object_of(sides, ("code", number)), message("code {name}", name=ours["label"]),
        message("code {name}", name=theirs["label"]),
        message("Made one code, with the codings of both; the definitions of both are kept."), str(theirs["label"]),
        ("join", "both")))


def _tell_numbered(sides: Sides, outcome: Outcome, table: str, number: int, name: str) -> None:
    new = outcome.rows[table][number][NAMES[table][0]]
    if new != name:
        sides.conflicts.append(Conflict(
            "same_name", message("«{name}»", name=name), message("«{name}»", name=name), message("«{name}»", name=name),
            message("Both are kept; the later one is called «{name}» now.", name=new), name))


_STAYS = message("Stays alive with everything on it, as it was used after all.")
_GOES = message("Stays deleted, and what hung on it went along, as was chosen.")


def _tell_used(sides: Sides, key: Key, done: Message, *, by_us: bool) -> None:
    """That one side deleted what the other used."""
    if key[0] not in ("code", "document", "facet", "code_group", "respondent_group", "coder", "deelvraag", "attribute",
                      "kernelement", "saved_query", "grid_template", "pattern", "configuration"):
        return
    gone, there = message("deleted"), message("in use")
    sides.conflicts.append(Conflict(
        "deleted_used", object_of(sides, key), gone if by_us else there, there if by_us else gone,
        done, thing_of(sides, key),
        ("keep", "delete") if key[0] in ("code", "document") else ()))


def _tell_memos(sides: Sides, outcome: Outcome) -> None:
    """Memos that both sides wrote on one thing."""
    ours: dict[tuple[str, int], list[Values]] = {}
    for table, number in sides.here.created:
        row = outcome.rows["memo"].get(number) if table == "memo" else None
        if row is not None:
            ours.setdefault((row["about"], row["about_id"]), []).append(row)
    for table, number in sides.there.created:
        row = outcome.rows["memo"].get(number) if table == "memo" else None
        for other in ours.get((row["about"], row["about_id"]), ()) if row is not None else ():
            same_writer = row is not None and row["coder_id"] == other["coder_id"]
            if row is not None and row["id"] != other["id"] and (same_writer or row["about"] not in (
                    "narratief", "coding")):
                sides.conflicts.append(Conflict(
                    "memo", object_of(sides, (row["about"], row["about_id"])), message("{text}", text=other["body"]),
                    message("{text}", text=row["body"]), _done("memo", both=True, theirs_hold=False)))


def object_of(sides: Sides, key: Key) -> Message:
    """What a conflict is about, in words."""
    row = sides.mine[key[0]].get(key[1]) or sides.rows[key[0]].get(key[1]) or {}
    if key[0] == "code":
        facet = sides.mine["facet"].get(row.get("facet_id", 0)) or sides.rows["facet"].get(row.get("facet_id", 0), {})
        return message("{facet}:{label}", facet=facet.get("label", "?"), label=row.get("label", "?"))
    if key[0] == "narratief":
        document = sides.mine["document"].get(row.get("document_id", 0)) or {}
        return message("narratief of «{title}» at character {at}", title=document.get("title", ""),
                       at=row.get("start", 0))
    if key[0] == "memo" and row.get("about") in sides.mine:
        return message("memo on {thing}", thing=object_of(sides, (row["about"], row["about_id"])))
    return message("«{name}»", name=thing_of(sides, key))


def line(added: Mapping[str, int]) -> Message:
    """What came, in a line."""
    return message("Added: codings {codings}, memos {memos}, codes {codes}, documents {documents}",
                   codings=added.get("codings", 0) + added.get("not_mentioned", 0),
                   documents=added.get("documents", 0), codes=added.get("codes", 0), memos=added.get("memos", 0))
