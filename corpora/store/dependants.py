"""Rows that hang on other rows, found through the foreign keys, whichever room they belong to.

So an operation on a narratief can take its codings, quotes and flags along without knowing what a coding is. Tables
with the columns `about` and `about_id` (memos) hang on any row that they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from corpora.store.base import Base
from corpora.store.writing import batched, delete_rows, insert_rows, update_rows


def model_of(table_name: str) -> type[Base]:
    """The model behind a table's name."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", "") == table_name:
            found: type[Base] = mapper.class_
            return found
    raise KeyError(table_name)


def referring(table_name: str) -> list[tuple[type[Base], str]]:
    """The models that point at a table, each with the column that does."""
    return _referring(table_name, len(Base.metadata.tables))


@lru_cache(maxsize=500)
def _referring(table_name: str, _tables: int) -> list[tuple[type[Base], str]]:
    # A cut asks this dozens of times; the number of tables tells when a room has brought more of them.
    found = []
    for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__name__):
        table = mapper.local_table
        if isinstance(table, Table):
            found += [(mapper.class_, c.name) for c in table.c for key in c.foreign_keys
                      if key.column.table.name == table_name]
    return found


def _abouts() -> list[type[Base]]:
    return [m.class_ for m in Base.registry.mappers if {"about", "about_id"} <= set(m.columns.keys())]


def _hanging(session: Session, model: type[Base], column: str, ids: Iterable[int]) -> list[int]:
    found: list[int] = []
    key: Any = getattr(model, "id")  # noqa: B009 - the base class has no id of its own
    for some in batched(ids, 500):
        found += session.scalars(select(key).where(getattr(model, column).in_(some)).order_by(key))
    return found


def delete_with_dependants(session: Session, model: type[Base], ids: Iterable[int]) -> None:
    """Delete rows and all that hangs on them, deepest first."""
    numbers = sorted(set(ids))
    if not numbers:
        return
    for other, column in referring(model.__tablename__):
        nullable = getattr(other, column).property.columns[0].nullable
        hanging = _hanging(session, other, column, numbers)
        if nullable:
            update_rows(session, other, {n: {column: None} for n in hanging})
        else:
            delete_with_dependants(session, other, hanging)
    for notes in _abouts():
        _delete_notes(session, notes, model.__tablename__, numbers)
    delete_rows(session, model, numbers)


def _delete_notes(session: Session, notes: Any, table_name: str, numbers: list[int]) -> None:
    """Notes go with what they are about; one that may be about nothing stays, and is about nothing then."""
    for some in batched(numbers, 500):
        found = session.scalars(select(notes.id).where(notes.about == table_name, notes.about_id.in_(some))).all()
        if notes.__table__.c.about_id.nullable:
            update_rows(session, notes, {n: {"about_id": None} for n in found})
        else:
            delete_with_dependants(session, notes, found)


def with_dependants(session: Session, model: type[Base], ids: Iterable[int]) -> set[int]:
    """Which of these rows have anything hanging on them."""
    numbers = sorted(set(ids))
    found: set[int] = set()
    for other, column in referring(model.__tablename__):
        target: Any = getattr(other, column)
        for some in batched(numbers, 500):
            found.update(session.scalars(select(target).where(target.in_(some)).distinct()))
    return found


def move_dependants(session: Session, model: type[Base], old: int, new: int,
                    only: Callable[[Any], bool] | None = None) -> None:
    """Hang what hangs on row `old` on row `new`; what `new` has already (by a unique rule) is not doubled. What points
    at a stretch of text goes where that goes."""
    stretches = _stretches(model)
    for other, column in referring(model.__tablename__):
        for item in _items(session, other, column, old):
            if only is None or only(item) or any(only(one) for one in _stretches_of(session, item, stretches)):
                _hang(session, other, item, column, new)
    if only is None:
        _move_notes(session, model.__tablename__, old, new)


def _hang(session: Session, other: type[Base], item: Any, column: str, new: int) -> None:
    standing = _standing(session, other, item, column, new)
    if standing is not None and standing != item.id:
        move_dependants(session, other, item.id, standing)
        delete_with_dependants(session, other, [item.id])
    else:
        setattr(item, column, new)
        session.flush()


def _move_notes(session: Session, table_name: str, old: int, new: int) -> None:
    for model in _abouts():
        notes: Any = model
        for note in session.scalars(select(notes).where(notes.about == table_name, notes.about_id == old)).all():
            _hang(session, model, note, "about_id", new)


def _stretches(model: type[Base]) -> dict[str, type[Base]]:
    """The models of stretches of text (quotes) that hang on a model, by table."""
    return {other.__tablename__: other for other, _ in referring(model.__tablename__) if other.__spans__}


def _stretches_of(session: Session, item: Any, stretches: Mapping[str, type[Base]]) -> list[Any]:
    """The stretches that a row points at."""
    keys = [(c.name, key.column.table.name) for c in item.__table__.c for key in c.foreign_keys]
    return [session.get_one(stretches[table], getattr(item, name)) for name, table in keys
            if table in stretches and getattr(item, name) is not None]


def follow_words(session: Session, model: type[Base], gone: Mapping[int, tuple[int, int]],
                 heir_of: Callable[[int, int, bool], int | None]) -> None:
    """Rows are about to go (number → the bounds of its words): give the stretches on them, and what follows its words,
    to the row that `heir_of(start, end, is a stretch)` names; with None they stay, and go along."""
    stretches = _stretches(model)
    for other, column in referring(model.__tablename__):
        for item in (_items_of(session, other, column, gone) if other.__spans__ or other.__follows__ else ()):
            words = [item] if other.__spans__ else _stretches_of(session, item, stretches)
            heir = heir_of(words[0].start, words[0].end, True) if words else None
            if heir is None and not other.__spans__:
                heir = heir_of(*gone[getattr(item, column)], False)
            if heir is not None:
                _hang(session, other, item, column, heir)


def _items(session: Session, other: type[Base], column: str, number: int) -> list[Any]:
    return _items_of(session, other, column, [number])


def _items_of(session: Session, other: type[Base], column: str, numbers: Iterable[int]) -> list[Any]:
    key: Any = other
    return [item for some in batched(numbers, 500) for item in session.scalars(
        select(key).where(getattr(key, column).in_(some)).order_by(key.id))]


def _standing(session: Session, other: Any, item: Any, column: str, new: int) -> int | None:
    """The row that would be doubled if `item` pointed at `new`, None when there is none."""
    rules = [[c.name for c in getattr(rule, "columns", [])] for rule in other.__table__.constraints
             if type(rule).__name__ == "UniqueConstraint"]
    for names in [*rules, list(other.__alike__)]:
        if column in names:
            same = [getattr(other, n) == (new if n == column else getattr(item, n)) for n in names]
            found: int | None = session.scalar(select(other.id).where(*same))
            if found is not None:
                return found
    return None


def copy_dependants(session: Session, model: type[Base], old: int, new: int) -> None:
    """Give row `new` a copy of what hangs on `old`, save stretches of text, which are in one place only, and what
    points at one."""
    stretches = _stretches(model)
    for other, column in referring(model.__tablename__):
        if other.__spans__:
            continue
        names = [c.name for c in other.__table__.c if c.name not in ("id", "uuid")]
        rows = [{n: getattr(item, n) for n in names} | {column: new} for item in _items(session, other, column, old)
                if not _stretches_of(session, item, stretches)]
        insert_rows(session, other, rows)
