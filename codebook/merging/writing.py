"""The merged rows brought into the project: as few writes as will do, in an order that no rule forbids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from codebook.merging.repair import NAMES
from codebook.merging.rows import references
from codebook.merging.sides import unique_rule
from corpora.store.dependants import model_of
from corpora.store.rows import values_of
from corpora.store.views import Values, logged_tables
from corpora.store.writing import column_names, delete_rows, put_rows, update_rows

Rows = Mapping[str, Mapping[int, Values]]


def write(session: Session, before: Rows, after: Rows) -> None:
    """Turn the rows `before` into the rows `after`."""
    tables = logged_tables()
    pointed = {to for table in tables for _, to, _ in references(table.name)}
    leaves = [t for t in tables if t.name not in pointed]
    again = {t.name: _in_each_others_way(t, before[t.name], after[t.name]) for t in leaves}
    for table in reversed(leaves):
        delete_rows(session, model_of(table.name), {*(before[table.name].keys() - after[table.name].keys()),
                                                    *again[table.name]})
    aside = {t.name: _free_names(session, t, before[t.name], after[t.name]) for t in tables if t.name in NAMES}
    for table in tables:
        new = (after[table.name].keys() - before[table.name].keys()) | again.get(table.name, set())
        _insert(session, table, [after[table.name][n] for n in sorted(new)])
    for table in tables:
        _update(session, table, before[table.name], after[table.name], again.get(table.name, set()),
                aside.get(table.name, set()))
    for table in reversed(tables):
        if table not in leaves:
            delete_rows(session, model_of(table.name), before[table.name].keys() - after[table.name].keys())


def _in_each_others_way(table: Table, before: Mapping[int, Values], after: Mapping[int, Values]) -> set[int]:
    """Rows that take a place that another row has at the moment."""
    rule = unique_rule(table)
    if not rule or table.name in ("turn", "own_boundary"):
        return set()
    held = {tuple(row[c] for c in rule): n for n, row in before.items()}
    found = set()
    for number, row in after.items():
        holder = held.get(tuple(row[c] for c in rule))
        if number in before and holder is not None and holder != number:
            found.add(number)
        if number not in before and holder is not None and holder in after:
            found.add(holder)
    return {n for n in found if n in before and n in after}


def _free_names(session: Session, table: Table, before: Mapping[int, Values], after: Mapping[int, Values]) -> set[int]:
    """Names that change hands stand aside for a moment; returns whose."""
    column = NAMES[table.name][0]
    if table.name == "code":
        return set()
    held = {row[column]: n for n, row in before.items()}
    taking = [row[column] for n, row in after.items() if n not in before or before[n][column] != row[column]]
    aside = {held[name] for name in taking if name in held} & after.keys()
    update_rows(session, model_of(table.name), {n: {column: f"… {n}"} for n in sorted(aside)})
    return aside


def _insert(session: Session, table: Table, rows: list[Values]) -> None:
    own = {c for c, to, _ in references(table.name) if to == table.name}
    ready: set[int] = set()
    waiting = rows
    while waiting:
        numbers = {row["id"] for row in waiting}
        now = [row for row in waiting if not any(row[c] in numbers and row[c] not in ready for c in own)] or waiting
        put_rows(session, model_of(table.name), [_values(table, row) for row in now])
        ready.update(row["id"] for row in now)
        waiting = [row for row in waiting if row["id"] not in ready]


def _values(table: Table, row: Values) -> dict[str, Any]:
    names = column_names(table)
    return values_of(table, names, [row[name] for name in names])


def _update(session: Session, table: Table, before: Mapping[int, Values], after: Mapping[int, Values],
            done: set[int], aside: set[int]) -> None:
    groups: dict[tuple[str, ...], dict[int, dict[str, Any]]] = defaultdict(dict)
    for number, row in after.items():
        old = before.get(number)
        if old is None or number in done or (old is row and number not in aside):
            continue
        names = tuple(n for n in row if old[n] != row[n] or (number in aside and n == NAMES[table.name][0]))
        if names:
            groups[names][number] = values_of(table, names, [row[n] for n in names])
    for values in groups.values():
        update_rows(session, model_of(table.name), values)
