"""Which row of the other copy is which row here: by UUID, else by what makes it one of a kind, never by its number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sqlalchemy import Table
from sqlalchemy.orm import Session

from codebook.merging.sides import (
    IN_TEXT,
    NATURAL,
    Sides,
    everything,
    folded,
    in_order,
    translate_effects,
    translated,
    unique_rule,
)
from corpora.store.dependants import model_of
from corpora.store.views import Values, logged_tables
from corpora.store.writing import reserve_numbers

BY_RULE = ("coding", "not_mentioned", "flag", "done", "decision", "rechecked")
"""Tables whose rows have no UUID and hang on things that merges move."""


def match(session: Session, sides: Sides) -> None:
    """Find our number for every row of theirs; those that are new get one that nothing here has."""
    for table in in_order(logged_tables()):
        sides.numbers[table.name] = {}
        fresh = _Matching(sides, table).run()
        sides.numbers[table.name].update(zip(fresh, reserve_numbers(session, model_of(table.name), len(fresh)),
                                             strict=True))
        if table.name == "code":
            sides.followed, sides.went_into = _followed(sides), _went_into(sides)
    sides.there = translate_effects(sides.there, sides.numbers)
    sides.their_way = translate_effects(sides.their_way, sides.numbers)
    for table in logged_tables():
        own = sides.numbers[table.name]
        sides.rows[table.name] = {own[n]: {**translated(table, row, sides.numbers), "id": own[n]}
                                  for n, row in sides.theirs.rows[table.name].items()
                                  if not row.get("stands_for")}


def _followed(sides: Sides) -> dict[int, int]:
    """Code that is no longer here → the one that it went into."""
    into = {row["uuid"]: row["about_id"] for row in sides.ours.rows["same_as"].values() if row["about"] == "code"}
    theirs = {sides.numbers["code"][n]: row["uuid"] for n, row in sides.theirs.rows["code"].items()}
    return {n: into[uuid] for n, uuid in theirs.items() if uuid in into and n not in sides.ours.rows["code"]}


def _went_into(sides: Sides) -> dict[int, int]:
    """The same of codes that we knew ourselves."""
    into = {row["uuid"]: row["about_id"] for row in sides.ours.rows["same_as"].values() if row["about"] == "code"}
    return {n: into[gone.last["uuid"]] for effects in (sides.here, sides.our_way)
            for (t, n), gone in effects.deleted.items() if t == "code" and gone.last["uuid"] in into}


class _Matching:
    """The rows of one table."""

    def __init__(self, sides: Sides, table: Table) -> None:
        self.sides, self.table, self.name = sides, table, table.name
        self.travels = "uuid" in table.c and table.name != "same_as"
        self.rule = unique_rule(table)
        self.by_uuid: dict[str, int] = {}
        self.by_key: dict[tuple[object, ...], int] = {}
        self.aliases: dict[int, list[str]] = {}

    def run(self) -> list[int]:
        """Map the rows of theirs that are here; returns those that are new."""
        self._index()
        own = self.sides.numbers[self.name]
        taken: set[int] = set()
        fresh: dict[int, None] = {}
        for number, row in self._known(theirs=True):
            # A row may come twice: it stands, but one copy deleted it and an earlier merge kept it.
            found = None if number in own else self._find(number, row)
            if found is not None and found not in taken:
                taken.add(found)
                own[number] = found
            else:
                fresh[number] = None
        return [number for number in fresh if number not in own]

    def _known(self, *, theirs: bool) -> Iterator[tuple[int, Values]]:
        """All rows that a side knew as they were when the copies parted, and then as they were before each change
        that was ever made: a merge may have followed steps that the other copy knows, or others."""
        sides = self.sides
        view, way, effects, past = (sides.theirs, sides.their_way, sides.there, sides.their_past) if theirs else (
            sides.ours, sides.our_way, sides.here, sides.our_past)
        yield from everything(view, effects, self.name)
        for number, row in chain(view.rows[self.name].items(),
                                 ((n, gone.last) for (t, n), gone in way.deleted.items() if t == self.name)):
            yield number, row
            for old in reversed(past.get((self.name, number), ())):
                row = {**row, **old}
                yield number, row
        yield from ((n, row) for (t, n), row in way.passing.items() if t == self.name)

    def _index(self) -> None:
        rows = list(self._known(theirs=False))
        natural = NATURAL.get(self.name) if self.travels else self.rule
        known = {row["uuid"] for _, row in self._known(theirs=True)} if self.travels else set()
        for number, row in reversed(rows):
            if self.travels:
                self.by_uuid[row["uuid"]] = number
            there = number in self.sides.ours.rows[self.name]
            if natural is not None and (not self.travels or (row["uuid"] not in known and there)):
                current = self.sides.ours.rows[self.name].get(number, row) if self.travels else row
                self.by_key[self._key(current, natural, theirs=False)] = number
                if row.get("code_id") in self.sides.went_into:
                    gone_on = {**current, "code_id": self.sides.went_into[row["code_id"]]}
                    self.by_key.setdefault(self._key(gone_on, natural, theirs=False), number)
        if self.travels:
            self._index_same(known)

    def _index_same(self, known: set[str]) -> None:
        for row in self.sides.ours.rows["same_as"].values():
            if row["about"] == self.name and row["about_id"] in self.sides.ours.rows[self.name]:
                self.by_uuid.setdefault(row["uuid"], row["about_id"])
        for row in self.sides.theirs.rows["same_as"].values():
            if row["about"] == self.name:
                self.aliases.setdefault(row["about_id"], []).append(row["uuid"])

    def _key(self, row: Values, names: tuple[str, ...], *, theirs: bool) -> tuple[object, ...]:
        row = translated(self.table, row, self.sides.numbers) if theirs else row
        return tuple(folded(row.get(name)) for name in names)

    def _find(self, number: int, row: Values) -> int | None:
        if not self.travels:
            return self._by_rule(row) if self.rule else None
        for uuid in (row["uuid"], *self.aliases.get(number, ())):
            if uuid in self.by_uuid:
                return self.by_uuid[uuid]
        return self._alike(number, row)

    def _by_rule(self, row: Values) -> int | None:
        """The row of ours that is the same; what hung on a code that went into another hangs on that one."""
        found = self.by_key.get(self._key(row, self.rule, theirs=True))
        if found is None and "code_id" in self.rule:
            code = self.sides.followed.get(self.sides.numbers["code"].get(row["code_id"], 0))
            if code is not None:
                ours = {**translated(self.table, row, self.sides.numbers), "code_id": code}
                found = self.by_key.get(self._key(ours, self.rule, theirs=False))
        return found

    def _alike(self, number: int, row: Values) -> int | None:
        """A row that somebody made apart and that is the same thing."""
        natural = NATURAL.get(self.name)
        current = self.sides.theirs.rows[self.name].get(number)
        if natural is None or current is None or not self._comparable(current):
            return None
        found = self.by_key.get(self._key(current, natural, theirs=True))
        if found is None:
            return None
        if self.name == "code" and self.sides.choice("same_name", str(current["label"])) == "both":
            return None
        ours = self.sides.ours.rows[self.name][found]
        self.sides.joined.append((self.name, found, current))
        self.sides.same.append((self.name, found, max(ours["uuid"], current["uuid"])))
        return found

    def _comparable(self, row: Values) -> bool:
        """Stretches are the same only in the same text."""
        if self.name not in IN_TEXT:
            return True
        document = self.sides.numbers["document"].get(row["document_id"])
        ours = self.sides.ours.rows["document"].get(document or 0)
        return ours is not None and ours["content_hash"] == self.sides.theirs.rows["document"][
            row["document_id"]]["content_hash"]
