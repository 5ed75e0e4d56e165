"""What must hold of any project is made to hold of the merged one: nothing hangs on what is gone, nothing stands twice,
no two things bear one name, no code below itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from codebook.merging.rows import OWNED, Outcome, let_go, references
from codebook.merging.sides import Sides, folded, unique_rule
from corpora.store.base import Base
from corpora.store.views import Key, Values, logged_tables

NAMES = {"document": ("title", 300), "respondent_group": ("label", 200), "attribute": ("name", 200),
         "coder": ("name", 200), "facet": ("label", 100), "saved_query": ("name", 200), "snapshot": ("name", 200),
         "kernelement": ("label", 200), "practice_set": ("name", 200), "code": ("label", 200)}
"""Names that must differ (for codes: within their facet), and their length."""
NUMBERED = re.compile(r" \(\d+\)$")

RawValue = tuple[tuple[str, str], Any]
RawName = Callable[..., RawValue | None]
"""The name that somebody gave a row, with the stamp of when; None when the log does not tell."""


def repair(sides: Sides, outcome: Outcome, raw_name: RawName, rest: Callable[[], None],
           fold: Callable[[str, dict[int, int]], None]) -> None:
    """Put everything right, in the order in which one thing follows from another; `rest` lets go what nobody uses,
    `fold` is told of the rows of a table for which others will stand."""
    _same_uuids(sides, outcome)
    _follow_codes(outcome)
    _revive_needed(sides, outcome)
    rest()
    _once(outcome, fold)
    _absent(outcome)
    _tree(outcome)
    _names(outcome, raw_name)
    _typed(outcome, raw_name)


def _same_uuids(sides: Sides, outcome: Outcome) -> None:
    """Own boundaries know their coder by UUID, which may have become another."""
    names = {uuid: outcome.rows["coder"][n]["uuid"] for table, n, uuid in sides.same
             if table == "coder" and n in outcome.rows["coder"]}
    for number, row in list(outcome.rows["own_boundary"].items()):
        if row["coder_uuid"] in names:
            outcome.rows["own_boundary"][number] = {**row, "coder_uuid": names[row["coder_uuid"]]}


def _follow_codes(outcome: Outcome) -> None:
    """Codings of a code that was merged into another go there."""
    codes = outcome.rows["code"]
    into = {row["uuid"]: row["about_id"] for row in outcome.rows["same_as"].values() if row["about"] == "code"}
    gone = {n: into[g.row["uuid"]] for (t, n), g in outcome.graves.items()
            if t == "code" and g.row["uuid"] in into and into[g.row["uuid"]] in codes}
    revived = {n for (t, n), _ in outcome.revived if t == "code"}
    gone |= {n: into[row["uuid"]] for n, row in codes.items() if n in revived and row["uuid"] in into
             and into[row["uuid"]] in codes and into[row["uuid"]] != n}
    for n in gone.keys() & codes.keys():
        del codes[n]
    outcome.revived[:] = [(k, s) for k, s in outcome.revived if k[0] != "code" or k[1] not in gone]
    if gone:
        repoint(outcome, "code", gone)


def repoint(outcome: Outcome, target: str, numbers: dict[int, int]) -> None:
    """Let everything that points at these rows of a table point at others."""
    for table, rows in outcome.rows.items():
        columns = [c for c, to, _ in references(table) if to == target]
        about = "about_id" in Base.metadata.tables[table].c
        for number, row in rows.items():
            new = {c: numbers[row[c]] for c in columns if row[c] in numbers}
            if about and row["about"] == target and row["about_id"] in numbers:
                new["about_id"] = numbers[row["about_id"]]
            if new:
                rows[number] = {**row, **new}


def _revive_needed(sides: Sides, outcome: Outcome) -> None:
    """What something hangs on comes back, with what went together with it; a link that may be empty becomes so."""
    todo = [key for key, _ in outcome.revived]
    for key, step in list(outcome.revived):
        _revive_mates(outcome, key, step, todo)
    while _sweep(sides, outcome):
        pass


def _sweep(sides: Sides, outcome: Outcome) -> bool:
    """Look at every row once; returns whether one went, as what hung on that one is found by the next sweep."""
    went = False
    pending = [(t, n) for t in outcome.rows for n in outcome.rows[t]]
    while pending:
        table, number = pending.pop()
        for wanted in _missing(outcome, table, number):
            if number in outcome.rows[table]:
                pending += _fetch(sides, outcome, (table, number), wanted)
        went |= number not in outcome.rows[table]
    return went


def _missing(outcome: Outcome, table: str, number: int) -> list[tuple[str, Key, bool]]:
    row = outcome.rows[table].get(number)
    if row is None:
        return []
    found = [(c, (to, row[c]), nullable) for c, to, nullable in references(table)
             if row[c] is not None and row[c] not in outcome.rows[to]]
    if "about_id" in row and row["about_id"] is not None and row["about"] in outcome.rows \
            and row["about_id"] not in outcome.rows[row["about"]]:
        found.append(("about_id", (row["about"], row["about_id"]), False))
    return found


def _fetch(sides: Sides, outcome: Outcome, child: Key, wanted: tuple[str, Key, bool]) -> list[Key]:
    """Bring back what a row hangs on, or let the row go without it; returns the rows to look at then."""
    column, key, nullable = wanted
    if nullable:
        outcome.rows[child[0]][child[1]] = {**outcome.rows[child[0]][child[1]], column: None}
        return []
    grave = outcome.graves.get(key)
    if grave is None or let_go(sides, key, grave.row):
        if grave is not None:
            outcome.let_go[key] = grave.step
        del outcome.rows[child[0]][child[1]]
        return []
    outcome.rows[key[0]][key[1]] = grave.row
    outcome.revived.append((key, grave.step))
    back = [key]
    del outcome.graves[key]
    _revive_mates(outcome, key, grave.step, back)
    return back


def _revive_mates(outcome: Outcome, key: Key, step: tuple[bool, int], back: list[Key]) -> None:
    """Rows that hang on a revived one and went in the same step come back with it."""
    for other, one in list(outcome.graves.items()):
        if one.step != step or other[0] in OWNED or other not in outcome.graves:
            continue
        points = any(to == key[0] and one.row[c] == key[1] for c, to, _ in references(other[0]))
        if points or (one.row.get("about") == key[0] and one.row.get("about_id") == key[1]):
            outcome.rows[other[0]][other[1]] = one.row
            del outcome.graves[other]
            back.append(other)
            _revive_mates(outcome, other, step, back)


def _once(outcome: Outcome, fold: Callable[[str, dict[int, int]], None]) -> None:
    """Rows that a rule allows once are one; what hangs on the other hangs on it."""
    for table in sorted(logged_tables(), key=lambda t: "about_id" in t.c):
        rule = unique_rule(table)
        if not rule or table.name in ("turn", "own_boundary") or (table.name in NAMES and len(rule) == 1):
            continue
        double = _doubles(outcome.rows[table.name], rule)
        fold(table.name, double)
        for number in double:
            del outcome.rows[table.name][number]
        if double:
            repoint(outcome, table.name, double)


def _doubles(rows: dict[int, Values], rule: tuple[str, ...]) -> dict[int, int]:
    """Row → the row that stands for it; empty values (NULL) never clash."""
    first: dict[tuple[Any, ...], int] = {}
    found: dict[int, int] = {}
    for number in sorted(rows):
        key = tuple(rows[number][c] for c in rule)
        if None not in key and first.setdefault(key, number) != number:
            found[number] = first[key]
    return found


def _absent(outcome: Outcome) -> None:
    """A coder who gave a code did mention the facet."""
    facet_of = {n: row["facet_id"] for n, row in outcome.rows["code"].items()}
    given = {(r["narratief_id"], facet_of.get(r["code_id"]), r["coder_id"]) for r in outcome.rows["coding"].values()}
    for number, row in list(outcome.rows["not_mentioned"].items()):
        if (row["narratief_id"], row["facet_id"], row["coder_id"]) in given:
            del outcome.rows["not_mentioned"][number]


def _tree(outcome: Outcome) -> None:
    """Two moves that together put codes below each other: the code with the highest UUID goes to the top."""
    codes = outcome.rows["code"]
    for number in sorted(codes, key=lambda n: codes[n]["uuid"], reverse=True):
        path, at = {number}, codes[number]["parent_id"]
        while at is not None and at not in path:
            path.add(at)
            at = codes[at]["parent_id"]
        parent = codes.get(codes[number]["parent_id"])
        if at == number or (parent is not None and parent["facet_id"] != codes[number]["facet_id"]):
            codes[number] = {**codes[number], "parent_id": None}


def _names(outcome: Outcome, raw_name: RawName) -> None:
    """Of two things with one name, the one that got it later has a number behind it."""
    for table, (column, width) in NAMES.items():
        rows = outcome.rows[table]
        space: dict[tuple[Any, Any], list[int]] = defaultdict(list)
        said: dict[int, RawValue] = {}
        for number, row in rows.items():
            if NUMBERED.search(row[column]) and (found := raw_name(table, number)) is not None:
                said[number] = found
            space[row.get("facet_id"), folded(said[number][1] if number in said else row[column])].append(number)
        taken = set(space)
        for (facet, _), numbers in sorted(space.items(), key=lambda s: (str(s[0][0]), s[0][1])):
            if len(numbers) > 1 or numbers[0] in said:
                ranked = sorted((said.get(n) or raw_name(table, n) or (("", ""), rows[n][column]), rows[n]["uuid"], n)
                                for n in numbers)
                _number(outcome, table, [(n, name) for (_, name), _, n in ranked], facet, taken, column, width)


def _number(outcome: Outcome, table: str, ranked: list[tuple[int, str]], facet: Any, taken: set[tuple[Any, Any]],
            column: str, width: int) -> None:
    rows = outcome.rows[table]
    for place, (number, name) in enumerate(ranked):
        wanted, n = name, 1
        while place and (facet, folded(wanted)) in taken:
            n += 1
            wanted = f"{name[:width - 6]} ({n})"
        taken.add((facet, folded(wanted)))
        if rows[number][column] != wanted:
            outcome.numbered.append((table, number, name))
            rows[number] = {**rows[number], column: wanted}


def _typed(outcome: Outcome, raw_name: RawName) -> None:
    """Two codes of a facet with one number to type: the one that is named later has none."""
    codes = outcome.rows["code"]
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, row in codes.items():
        typed = row["number"]
        if typed is None:
            typed = (raw_name("code", number, "number") or (("", ""), None))[1]
        if typed is not None:
            same[row["facet_id"], typed].append(number)
    for (_, typed), numbers in same.items():
        if len(numbers) > 1:
            numbers.sort(key=lambda n: ((raw_name("code", n) or (("", ""), ""))[0], codes[n]["uuid"]))
        for place, number in enumerate(numbers):
            wanted = None if place else typed
            if codes[number]["number"] != wanted:
                codes[number] = {**codes[number], "number": wanted}
