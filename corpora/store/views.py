"""A project as a merge sees it: its rows, its log, and what one copy did that another does not know.

Values are plain (as in the change log). A stamp orders writes of all copies alike: the original moment, then the step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, select, text

from corpora.store.base import Base
from corpora.store.changes import ForeignStep, change_known, change_rows, change_step, known_steps, rows_of
from corpora.store.rows import RowChange, to_plain
from corpora.store.writing import column_names

LOOSE = 2**40
"""Numbers of steps that are not in the log yet begin here."""

Key = tuple[str, int]
Stamp = tuple[str, str]
Values = dict[str, Any]
Rows = Mapping[str, Mapping[int, Values]]


@dataclass(frozen=True)
class LogStep:
    """An entry of the log of a view; `own` when it was made in this very copy; one that was taken in knew our steps up
    to `parted`."""

    id: int
    uuid: UUID
    at: datetime
    author: str
    label: str
    kind: str
    derived: bool
    parted: int | None = None

    @property
    def knew(self) -> int:
        """The newest step of this project that whoever made this one can have known."""
        return self.id if self.own else self.parted or 0

    @property
    def stamp(self) -> Stamp:
        """Where the step stands among those of all copies."""
        return self.at.isoformat(timespec="microseconds"), self.uuid.hex

    @property
    def own(self) -> bool:
        """Whether it was made here and not taken in."""
        return self.kind != "merged"


@dataclass
class View:
    """All logged rows of a project and its log; `loose` are the rows of steps that are being taken in right now."""

    rows: dict[str, dict[int, Values]]
    steps: list[LogStep]
    known: set[UUID]
    embodied: set[UUID]
    loose: dict[int, list[RowChange]] = field(default_factory=dict)

    def news(self, known: Set[UUID]) -> list[LogStep]:
        """The steps that one who knows `known` lacks, in order; what a merge made of them is no step of its own."""
        return [s for s in self.steps if s.uuid in self.known and s.uuid not in known and not s.derived
                and (s.kind != "genesis" or not self.embodied <= known)]

    def writes(self, known: Set[UUID]) -> list[LogStep]:
        """The steps since then that wrote in this project: its own, and what merges made of those that they took in."""
        return [s for s in self.steps if s.own and s.uuid not in known
                and (s.kind != "genesis" or not self.embodied <= known)]


def logged_tables() -> list[Table]:
    """The tables that the change log keeps, those that others point at first."""
    names = {m.class_.__tablename__ for m in Base.registry.mappers if m.class_.__logged__}
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def view_of(connection: Connection) -> View:
    """Read a project."""
    tables = logged_tables()
    filled = set(connection.execute(text(" UNION ALL ".join(
        f"SELECT '{t.name}' WHERE EXISTS (SELECT 1 FROM {t.name})" for t in tables))).scalars())
    rows = {table.name: dict(_rows(connection, table)) if table.name in filled else {} for table in tables}
    columns = (change_step.c.id, change_step.c.uuid, change_step.c.at, change_step.c.author, change_step.c.label,
               change_step.c.kind, change_step.c.derived, change_step.c.parted)
    steps = [LogStep(*row) for row in connection.execute(select(*columns).order_by(change_step.c.id))]
    embodied = set(connection.execute(select(change_known.c.uuid)).scalars())
    return View(rows, steps, known_steps(connection), embodied)


def after_merge(view: View, rows: dict[str, dict[int, Values]], foreign: Sequence[ForeignStep]) -> View:
    """A view when a merge has made its rows into these and taken steps in that are not in the log yet."""
    taken = {s.uuid for s in foreign}
    first = LOOSE + len(view.loose)
    steps = [LogStep(first + n, s.uuid, s.at, s.author, s.label, "merged", False, s.parted)
             for n, s in enumerate(foreign)]
    loose = {first + n: list(s.rows) for n, s in enumerate(foreign)}
    derived = LogStep(first + len(foreign), uuid4(), datetime.now(UTC), "", "", "do", True)
    loose[derived.id] = list(_differences(view.rows, rows))
    return View(rows, [*(s for s in view.steps if s.uuid not in taken), *steps, derived], view.known | taken,
                view.embodied, {**view.loose, **loose})


def _differences(before: Rows, after: Rows) -> Iterator[RowChange]:
    """What turns rows into others, as changes of the log."""
    for table in logged_tables():
        old, new, columns = before[table.name], after[table.name], column_names(table)
        came, went = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
        other = sorted(n for n in old.keys() & new.keys() if old[n] is not new[n] and old[n] != new[n])
        for op, numbers in (("insert", came), ("update", other), ("delete", went)):
            if numbers:
                yield RowChange(table.name, op, tuple(columns),
                                None if op == "insert" else [[old[n][c] for c in columns] for n in numbers],
                                None if op == "delete" else [[new[n][c] for c in columns] for n in numbers])


def _rows(connection: Connection, table: Table) -> Iterator[tuple[int, Values]]:
    names = column_names(table)
    for row in connection.execute(select(*(table.c[name] for name in names)).order_by(table.c.id)):
        yield row[0], {name: to_plain(value) for name, value in zip(names, row, strict=True)}


@dataclass(frozen=True)
class Write:
    """The last value that a column got, by whom and when."""

    stamp: Stamp
    author: str
    value: Any
    own: bool


@dataclass(frozen=True)
class Gone:
    """That a row was deleted, perhaps in several copies: its values when the copies parted and by whom; `direct` when
    nothing that it hangs on went in the same step; `last`: its values in the end."""

    stamp: Stamp
    authors: frozenset[str]
    step: int
    before: Values
    direct: bool
    last: Values


@dataclass
class Effects:
    """What steps did, all together. `first` holds the values that rows had before their first change."""

    created: dict[Key, Write] = field(default_factory=dict)
    deleted: dict[Key, Gone] = field(default_factory=dict)
    touched: dict[Key, dict[str, Write]] = field(default_factory=dict)
    first: dict[Key, Values] = field(default_factory=dict)
    passing: dict[Key, Values] = field(default_factory=dict)
    by_step: list[tuple[LogStep, list[RowChange]]] = field(default_factory=list)


def effects_of(connection: Connection, view: View, news: Sequence[LogStep]) -> Effects:
    """Read what these steps did."""
    found = Effects()
    for step in news:
        changes = view.loose.get(step.id) or rows_of(connection, step.id)
        found.by_step.append((step, changes))
        gone = {(c.table, n) for c in changes if c.op == "delete" for n in c.ids}
        for change in changes:
            _take(found, step, change, gone)
    return found


def _take(found: Effects, step: LogStep, change: RowChange, gone: set[Key]) -> None:
    befores = change.before or [None] * len(change)  # type: ignore[list-item]
    afters = change.after or [None] * len(change)  # type: ignore[list-item]
    for before, after in zip(befores, afters, strict=True):
        key = change.table, (after or before)[0]
        old = dict(zip(change.columns, before, strict=True)) if before is not None else {}
        new = dict(zip(change.columns, after, strict=True)) if after is not None else {}
        if change.op == "insert":
            _inserted(found, step, key, new)
        elif change.op == "delete":
            _deleted(found, step, key, old, gone)
        else:
            _updated(found, step, key, old, new)


def _inserted(found: Effects, step: LogStep, key: Key, new: Values) -> None:
    gone = found.deleted.pop(key, None)
    found.passing.pop(key, None)
    write = Write(step.stamp, step.author, None, step.own)
    if gone is None or key in found.created:
        found.created[key] = write
    else:
        # A deletion that was taken back leaves the row as it was known.
        _updated(found, step, key, {n: gone.before.get(n) for n in new}, new)


def _deleted(found: Effects, step: LogStep, key: Key, old: Values, gone: set[Key]) -> None:
    table = Base.metadata.tables[key[0]]
    direct = not any((fk.column.table.name, old.get(c.name)) in gone for c in table.c for fk in c.foreign_keys
                     if old.get(c.name) is not None)
    if key in found.created:
        found.passing[key] = old
    else:
        before, authors = found.deleted.get(key), frozenset((step.author.casefold(),))
        if before is not None:
            authors, direct = authors | before.authors, direct or before.direct
        found.deleted[key] = Gone(step.stamp, authors, step.id, {**old, **found.first.get(key, {})}, direct, old)


def _updated(found: Effects, step: LogStep, key: Key, old: Values, new: Values) -> None:
    columns = found.touched.setdefault(key, {})
    for name, value in new.items():
        if old.get(name) != value:
            if key not in found.created:
                found.first.setdefault(key, {}).setdefault(name, old.get(name))
            # Steps that were taken in stand in the log in the order of merging, not in that of their moments.
            if name not in columns or columns[name].stamp <= step.stamp:
                columns[name] = Write(step.stamp, step.author, value, step.own)


def earlier_values(connection: Connection, view: View, tables: Collection[str]) -> dict[Key, list[Values]]:
    """What each change of a row in these tables replaced, in order; of all changes that were made in this project."""
    own = {s.id for s in view.steps if s.own}
    found: dict[Key, list[Values]] = {}
    part = change_rows.c
    stored = connection.execute(select(part.step_id, part.table_name, part.payload).where(
        part.op == "update", part.table_name.in_(tables)).order_by(part.step_id, part.id))
    changes = [RowChange.unpack(row.table_name, "update", row.payload) for row in stored if row.step_id in own]
    loose = [c for number, rows in view.loose.items() for c in rows if number in own]
    for change in (*changes, *(c for c in loose if c.op == "update" and c.table in tables)):
        for before in change.before or ():
            found.setdefault((change.table, before[0]), []).append(dict(zip(change.columns, before, strict=True)))
    return found


def made_by_merges(connection: Connection, view: View, table: str) -> set[int]:
    """The rows of a table that no step made but a merge."""
    derived = {s.id for s in view.steps if s.derived}
    part = change_rows.c
    stored = connection.execute(select(part.step_id, part.payload).where(part.op == "insert", part.table_name == table))
    changes = [RowChange.unpack(table, "insert", row.payload) for row in stored if row.step_id in derived]
    loose = [c for number, rows in view.loose.items() if number in derived for c in rows
             if c.op == "insert" and c.table == table]
    return {number for change in (*changes, *loose) for number in change.ids}


def step_changes(effects: Effects, table: str) -> Iterator[tuple[LogStep, RowChange, list[RowChange]]]:
    """Every change of a table, with its step and all that the step changed."""
    for step, changes in effects.by_step:
        for change in changes:
            if change.table == table:
                yield step, change, changes
