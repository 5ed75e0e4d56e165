"""The two sides of a merge, brought under one numbering: which row of the other copy is which row here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Table, UniqueConstraint

from corpora.messages import Message
from corpora.store.base import Base
from corpora.store.rows import RowChange
from corpora.store.views import LOOSE, Effects, Gone, Key, Values, View, Write

Past = Mapping[Key, Sequence[Values]]
Choices = Mapping[tuple[str, str] | str, str]

BASE_KEYS = {"turn": ("document_id", "start", "end"), "own_boundary": ("document_id", "coder_uuid", "start", "end"),
             "placed": ("about", "about_id", "stands_for")}
"""What tells rows apart that have neither UUID nor a unique rule."""

NATURAL: dict[str, tuple[str, ...]] = {
    "project_info": (), "respondent_group": ("label",), "respondent": ("label",), "document": ("source_hash",),
    "speaker": ("document_id", "label"), "attribute": ("name",), "coder": ("name",), "facet": ("label",),
    "code": ("facet_id", "label"), "code_group": ("facet_id", "label"), "deelvraag": ("label",),
    "kernelement": ("label",), "synthesis": ("kernelement_id",), "factsheet": ("group_id",),
    "report_text": ("place",), "practice_set": ("name",), "theme": ("deelvraag_id", "label"),
    "pattern": ("deelvraag_id", "label"), "saved_query": ("name", "expression"), "pseudonym": ("name",),
    "narratief": ("document_id", "start", "end"), "quote": ("document_id", "start", "end", "coder_id"),
    "configuration": ("kernelement_id", "title"),
}
"""By what things are the same that two people made apart."""

IN_TEXT = ("narratief", "quote")


@dataclass(frozen=True)
class Conflict:
    """Something that both sides changed, or that one changed and the other relied on: what it is about, what each
    side has, and what was done. `thing` is how a choice names it; `choices` are the other ways."""

    kind: str
    object: Message
    ours: Message
    theirs: Message
    resolution: Message
    thing: str = ""
    choices: tuple[str, ...] = ()


@dataclass
class Cut:
    """The segmentation of a document that will be in force: its narratieven and whether it is theirs; `names` says
    which of our numbers a narratief of the winning side has, where both cut alike; `differs` whether anything moves,
    `both` whether the losing side had cut anew too."""

    rows: dict[int, Values]
    theirs: bool
    names: dict[int, int]
    differs: bool
    both: bool = False


@dataclass
class Sides:
    """Ours and theirs. `numbers` says which of their rows became which of ours, per table; `mine` and `rows` are our
    and their rows, both under our numbers and in the texts that will be in force. `seen_before`: the step with which
    work of this copy was taken in for the first time, 0 when never. `our_way` and `their_way` are the
    effects of what was written since, by merges too; `our_past` and `their_past` what changes of rows replaced."""

    ours: View
    theirs: View
    here: Effects
    there: Effects
    choices: Choices = field(default_factory=dict)
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    rows: dict[str, dict[int, Values]] = field(default_factory=dict)
    same: list[tuple[str, int, str]] = field(default_factory=list)
    joined: list[tuple[str, int, Values]] = field(default_factory=list)
    mine: dict[str, dict[int, Values]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    seen_before: int = 0
    cuts: dict[int, Cut] = field(default_factory=dict)
    followed: dict[int, int] = field(default_factory=dict)
    went_into: dict[int, int] = field(default_factory=dict)
    our_way: Effects = field(default_factory=Effects)
    their_way: Effects = field(default_factory=Effects)
    our_past: Past = field(default_factory=dict)
    their_past: Past = field(default_factory=dict)

    @property
    def parted(self) -> int:
        """The newest step of ours that the other copy knows."""
        return max((s.id for s in self.ours.steps if s.id < LOOSE and s.uuid in self.theirs.known), default=0)

    def choice(self, kind: str, thing: str) -> str:
        """What was chosen for a conflict, empty when nobody did."""
        return self.choices.get((kind, thing)) or self.choices.get(kind, "")


@cache
def referred(table: Table) -> dict[str, str]:
    """Column → table, for the columns that hold another row's number."""
    return {c.name: fk.column.table.name for c in table.c for fk in c.foreign_keys if fk.column.name == "id"}


@cache
def unique_rule(table: Table) -> tuple[str, ...]:
    """The columns of the first rule, besides the UUID, by which a row is one of a kind; empty without one."""
    if table.name in BASE_KEYS:
        return BASE_KEYS[table.name]
    for rule in sorted((r for r in table.constraints if isinstance(r, UniqueConstraint)), key=lambda r: str(r.name)):
        names = tuple(c.name for c in rule.columns)
        if names != ("uuid",):
            return names
    return next(((c.name,) for c in table.c if c.unique and c.name != "uuid"), ())


def folded(value: Any) -> Any:
    """A value as it is compared: capitals apart."""
    return value.casefold() if isinstance(value, str) else value


def translated(table: Table, row: Values, numbers: Mapping[str, Mapping[int, int]]) -> Values:
    """A row of theirs with our numbers where it points at others."""
    found = dict(row)
    for column, target in referred(table).items():
        if found.get(column) is not None:
            found[column] = numbers.get(target, {}).get(found[column])
    if "about_id" in table.c and found.get("about_id") is not None and found.get("about"):
        found["about_id"] = numbers.get(found["about"], {}).get(found["about_id"])
    return found


def in_order(tables: list[Table]) -> list[Table]:
    """Tables in the order in which their rows can be told apart: those that point at any row come last."""
    return sorted(tables, key=lambda t: "about_id" in t.c)


def translate_effects(effects: Effects, numbers: Mapping[str, Mapping[int, int]]) -> Effects:
    """What they did, under our numbers."""
    tables = Base.metadata.tables

    def key(found: Key) -> Key:
        return found[0], numbers.get(found[0], {}).get(found[1], -found[1])

    def write(table: str, column: str, found: Write, about: str | None) -> Write:
        row = translated(tables[table], {column: found.value, **({"about": about} if about else {})}, numbers)
        return replace(found, value=row[column])

    def gone(table: str, found: Gone) -> Gone:
        return replace(found, before=translated(tables[table], found.before, numbers),
                       last=translated(tables[table], found.last, numbers))

    return Effects(
        created={key(k): w for k, w in effects.created.items()},
        deleted={key(k): gone(k[0], g) for k, g in effects.deleted.items()},
        touched={key(k): {c: write(k[0], c, w, None) for c, w in columns.items()}
                 for k, columns in effects.touched.items()},
        first={key(k): translated(tables[k[0]], v, numbers) for k, v in effects.first.items()},
        passing={key(k): translated(tables[k[0]], v, numbers) for k, v in effects.passing.items()},
        by_step=[(step, [translate_change(c, numbers) for c in changes]) for step, changes in effects.by_step])


def translate_change(change: RowChange, numbers: Mapping[str, Mapping[int, int]]) -> RowChange:
    """A logged change of theirs under our numbers, so that the history of a row here tells it."""
    table = Base.metadata.tables[change.table]
    own = numbers.get(change.table, {})

    def one(row: list[Any]) -> list[Any]:
        values = translated(table, dict(zip(change.columns, row, strict=True)), numbers)
        return [own.get(row[0], row[0]), *(values[name] for name in change.columns[1:])]

    return RowChange(change.table, change.op, change.columns,
                     None if change.before is None else [one(row) for row in change.before],
                     None if change.after is None else [one(row) for row in change.after])


def everything(view: View, effects: Effects, table: str) -> Iterator[tuple[int, Values]]:
    """The rows of a table as they were when the copies parted: those that are there, then those that went since."""
    for number, row in view.rows[table].items():
        yield number, {**row, **effects.first.get((table, number), {})}
    for (name, number), gone in effects.deleted.items():
        if name == table:
            yield number, gone.before
    for (name, number), row in effects.passing.items():
        if name == table:
            yield number, row
