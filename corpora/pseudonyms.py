"""Pseudonyms: names replaced in the texts, the key that knows which is which, and its destruction.

The key is a table of its own. Destroying it takes the names out of everything that could tell them: earlier texts, the
search index, the change log, freed pages of the file and the backups that the program made beside it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from glob import escape
from typing import Any

from sqlalchemy import UniqueConstraint, delete, select, text, update
from sqlalchemy.orm import Session

from corpora import documents, search
from corpora.documents import Edit
from corpora.errors import ProjectError, UsageError
from corpora.messages import Message, message
from corpora.models import Document, NameDecision, Pseudonym, TextContent
from corpora.naming import Suggestion, suggest
from corpora.pseudonym_places import Places, places_of
from corpora.store.base import Base
from corpora.store.changes import bar_earlier, change_rows, change_step, write_step
from corpora.store.project import Changed, Project
from corpora.store.rows import RowChange
from corpora.store.writing import delete_rows, update_rows
from corpora.tables import Table

SECRET_TABLES = ("pseudonym", "name_decision")


def suggestions(session: Session) -> list[Suggestion]:
    """Names that the texts in force still hold, rejected words and given pseudonyms left out."""
    rejected = set(session.scalars(select(NameDecision.word))) | set(session.scalars(select(Pseudonym.pseudonym)))
    texts = {d.title: documents.text_of(session, d) for d in documents.in_order(session)}
    return suggest(texts, ignored=rejected, known=known_names(session))


def known_names(session: Session) -> list[str]:
    """The names in the key."""
    return list(session.scalars(select(Pseudonym.name).order_by(Pseudonym.name)))


def names_in(session: Session, body: str) -> list[str]:
    """The names of the key that a text holds, to warn about."""
    return sorted({name for _, _, name in places_of(body, known_names(session))})


def reject(session: Session, words: Iterable[str]) -> None:
    """These are no names: do not suggest them again."""
    have = set(session.scalars(select(NameDecision.word)))
    session.add_all([NameDecision(word=word) for word in dict.fromkeys(words) if word not in have])


def allow(session: Session, words: Iterable[str]) -> None:
    """Take a rejection back."""
    found = session.scalars(select(NameDecision.id).where(NameDecision.word.in_(list(words)))).all()
    delete_rows(session, NameDecision, found)


def key_of_table(table: Table) -> dict[str, str]:
    """Names and pseudonyms of a table with the columns `name` and `pseudonym`."""
    table.require("name", "pseudonym")
    key: dict[str, str] = {}
    for n, row in enumerate(table.dicts(), 2):
        if not row["name"] or not row["pseudonym"]:
            raise UsageError("{file}, row {row}: both a name and a pseudonym are needed.", file=table.name, row=n)
        if key.setdefault(row["name"], row["pseudonym"]) != row["pseudonym"]:
            raise UsageError("{file}, row {row}: «{name}» has two pseudonyms.", file=table.name, row=n,
                             name=row["name"])
    return key


def replace_names(session: Session, key: Mapping[str, str], kinds: Mapping[str, str] | None = None) -> int:
    """Replace names by pseudonyms in all texts, titles, speaker labels and notes, and keep them in the key; every
    boundary, coding and quote stays at its words. Returns how many places in the texts changed."""
    _keep(session, key, kinds or {})
    return _replace_everywhere(session, key)


class Replacement:
    """A key made ready to be put into many texts."""

    def __init__(self, key: Mapping[str, str]) -> None:
        self._key = dict(key)
        self._places = Places(key)

    @property
    def used(self) -> bool:
        """Whether there is anything to replace."""
        return bool(self._key)

    def edits(self, body: str) -> list[Edit]:
        """The edits that put pseudonyms in the place of names."""
        return [Edit(start, end, self._key[name]) for start, end, name in self._places.find(body)]

    def text(self, body: str) -> str:
        """A text with its names replaced."""
        return documents.apply_edits(body, self.edits(body))

    def value(self, value: Any) -> Any:
        """The same for a value of a logged row or of a message."""
        if isinstance(value, Message):
            return Message(value.template, {k: self.value(v) for k, v in value.values.items()})
        return self.text(value) if isinstance(value, str) else value


def _keep(session: Session, key: Mapping[str, str], kinds: Mapping[str, str]) -> None:
    have = {p.name: p for p in session.scalars(select(Pseudonym))}
    _check_apart({**{p.name: p.pseudonym for p in have.values()}, **key})
    for name, pseudonym in key.items():
        if name in have:
            have[name].pseudonym = pseudonym
        else:
            session.add(Pseudonym(name=name, pseudonym=pseudonym, kind=kinds.get(name, "")))
    session.flush()


def _check_apart(key: Mapping[str, str]) -> None:
    """A pseudonym that holds a name of the key would be replaced itself the next time."""
    for name, pseudonym in key.items():
        inside = places_of(pseudonym, key)
        if inside:
            raise UsageError("The pseudonym «{pseudonym}» of «{name}» holds «{other}», which is a name itself. Choose "
                             "another pseudonym.", pseudonym=pseudonym, name=name, other=inside[0][2])


def change_pseudonym(session: Session, name: str, pseudonym: str) -> int:
    """Give a name of the key another pseudonym, in the key and wherever the old one stands. Returns the places."""
    entry = session.scalars(select(Pseudonym).where(Pseudonym.name == name)).one()
    old = entry.pseudonym
    if not pseudonym.strip() or old == pseudonym.strip():
        return 0
    others = {p.name: p.pseudonym for p in session.scalars(select(Pseudonym)) if p.name != name}
    if old in others.values():
        raise UsageError("«{pseudonym}» stands for more than one name, so it cannot be changed for one of them.",
                         pseudonym=old)
    _check_apart({**others, name: pseudonym.strip()})
    entry.pseudonym = pseudonym.strip()
    session.flush()
    return _replace_everywhere(session, {old: entry.pseudonym})


def _replace_everywhere(session: Session, key: Mapping[str, str]) -> int:
    places, replacement = 0, Replacement(key)
    for document in documents.in_order(session):
        edits = replacement.edits(documents.text_of(session, document))
        documents.edit_text(session, document.id, edits, "pseudonyms")
        places += len(edits)
    for model in _named_models():
        _replace_in(session, model, replacement)
    return places


def _named_models() -> list[type[Base]]:
    return sorted((m.class_ for m in Base.registry.mappers if m.class_.__named__), key=lambda c: c.__tablename__)


def _replace_in(session: Session, model: Any, replacement: Replacement) -> None:
    names = ("id", *model.__named__, *_scope(model))
    rows = [dict(zip(names, row, strict=True))
            for row in session.execute(select(*(getattr(model, name) for name in names)))]
    new: dict[int, dict[str, str]] = {}
    for row in rows:
        values = {name: replacement.text(row[name] or "") for name in model.__named__}
        if any(values[name] != (row[name] or "") for name in values):
            new[row["id"]] = values
    _keep_unique(model, rows, new)
    update_rows(session, model, new)


def _unique_columns(model: Any) -> list[str]:
    """The columns of the first rule that makes a named column unique, that column last; empty without such a rule."""
    table = model.__table__
    rules = [[c.name for c in rule.columns] for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    rules += [[c.name] for c in table.c if c.unique]
    for rule in rules:
        named = [name for name in rule if name in model.__named__]
        if named:
            return [name for name in rule if name not in named] + named
    return []


def _scope(model: Any) -> list[str]:
    return _unique_columns(model)[:-1]


def _keep_unique(model: Any, rows: list[dict[str, Any]], new: dict[int, dict[str, str]]) -> None:
    """Two names with one pseudonym must not make two labels the same: the second gets (2) behind it."""
    columns = _unique_columns(model)
    if not columns:
        return
    *scope, column = columns
    space = {row["id"]: tuple(row[name] for name in scope) for row in rows}
    kept = {row["id"] for row in rows if row["id"] not in new or new[row["id"]][column] == row[column]}
    taken = {(space[row["id"]], row[column].casefold()) for row in rows if row["id"] in kept}
    for number, values in new.items():
        wanted, n = values[column], 1
        while number not in kept and (space[number], values[column].casefold()) in taken:
            n += 1
            values[column] = f"{wanted} ({n})"
        taken.add((space[number], values[column].casefold()))


def destroy_key(project: Project) -> list[str]:
    """Destroy the key for good; names that texts still hold are replaced first. Cannot be undone, and no earlier step
    can be undone any more. Returns the names of the backup files that were deleted with it.

    ProjectError when another program reads the file, so that its old pages could not be wiped.
    """
    with project.read() as session:
        key = {p.name: p.pseudonym for p in session.scalars(select(Pseudonym))}
        destroyed_before = _is_destroyed(session)
    if not key and not destroyed_before:
        raise UsageError("There is no key to destroy: no names have been replaced in this project.")
    _check_alone(project)
    if key:
        project.step(message("Replace names"), replace_names, key)
        gone = _forget_all(project, key)
        project.announce(Changed(DESTROYED, "destroy", gone))
    _wipe_file(project)
    return _delete_backups(project)


DESTROYED = message("Destroy the key of names")


def _is_destroyed(session: Session) -> bool:
    label = select(change_step.c.id).where(change_step.c.label == DESTROYED.to_json())
    return session.connection().execute(label.limit(1)).first() is not None


def _forget_all(project: Project, key: Mapping[str, str]) -> tuple[RowChange, ...]:
    with project.writing() as session:
        connection = session.connection()
        tables = [Base.metadata.tables[name] for name in SECRET_TABLES]
        ids = {t.name: list(connection.execute(select(t.c.id)).scalars()) for t in tables}
        _forget(session, {**_earlier_key(session), **key}, project.author)
    return tuple(RowChange(name, "delete", ("id",), [[n] for n in gone], None) for name, gone in ids.items() if gone)


def _earlier_key(session: Session) -> dict[str, str]:
    """Names that were in the key at some time, from the log: steps that were undone told them too."""
    found: dict[str, str] = {}
    logged = select(change_rows).where(change_rows.c.table_name == "pseudonym")
    for row in session.connection().execute(logged).all():
        change = RowChange.unpack(row.table_name, row.op, row.payload)
        for values in [*(change.before or []), *(change.after or [])]:
            entry = dict(zip(change.columns, values, strict=True))
            if "name" in entry and "pseudonym" in entry:
                found[entry["name"]] = entry["pseudonym"]
    return found


def _forget(session: Session, key: Mapping[str, str], author: str) -> None:
    connection = session.connection()
    in_force = select(Document.content_hash)
    gone = connection.execute(select(TextContent.hash).where(TextContent.hash.not_in(in_force))).scalars().all()
    for old in gone:
        search.remove_text(session, old)
        connection.execute(delete(TextContent.__table__).where(TextContent.hash == old))  # type: ignore[arg-type]
    search.purge(session)
    _scrub_log(session, Replacement(key))
    for table in SECRET_TABLES:
        connection.execute(delete(Base.metadata.tables[table]))
    bar_earlier(connection)
    step = write_step(connection, author, DESTROYED, [])
    connection.execute(update(change_step).where(change_step.c.id == step).values(state="barred"))


def _scrub_log(session: Session, replacement: Replacement) -> None:
    connection = session.connection()
    connection.execute(delete(change_rows).where(change_rows.c.table_name.in_(SECRET_TABLES)))
    named = {m.__tablename__: m.__named__ for m in _named_models()}
    for row in connection.execute(select(change_rows).where(change_rows.c.table_name.in_(list(named)))).all():
        old = RowChange.unpack(row.table_name, row.op, row.payload)
        places = [n for n, column in enumerate(old.columns) if column in named[old.table]]
        new = RowChange(old.table, old.op, old.columns, _scrub_rows(old.before, places, replacement),
                        _scrub_rows(old.after, places, replacement))
        if new != old:
            connection.execute(update(change_rows).where(change_rows.c.id == row.id).values(payload=new.pack()))
    for row in connection.execute(select(change_step.c.id, change_step.c.label)).all():
        label = replacement.value(Message.from_json(row.label)).to_json()
        if label != row.label:
            connection.execute(update(change_step).where(change_step.c.id == row.id).values(label=label))


def _scrub_rows(rows: list[list[Any]] | None, places: list[int],
                replacement: Replacement) -> list[list[Any]] | None:
    if rows is None:
        return None
    return [[replacement.value(v) if n in places else v for n, v in enumerate(row)] for row in rows]


def _check_alone(project: Project) -> None:
    """Nobody else may read the file: what they read could not be wiped."""
    if project.path is not None and not _truncated(project, patience=3.0):
        raise ProjectError("{name} is in use by another program, so the names could not be wiped from the file. Close "
                           "it there and destroy the key again.", name=project.path.name)


def _truncated(project: Project, patience: float) -> bool:
    """Write the write-ahead log into the file and empty it; False while somebody still reads from it."""
    until = time.monotonic() + patience
    # With the driver itself, as a connection of the project would begin a transaction first.
    with closing(project.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 100")
        try:
            while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    return False
        finally:
            cursor.execute("PRAGMA busy_timeout = 10000")
    return True


def _wipe_file(project: Project) -> None:
    """Leave no freed page with old words in the file or its write-ahead log."""
    if project.path is None:
        with project.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            session.execute(text("VACUUM FULL"))
        return
    with closing(project.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM")
    _check_alone(project)


def _delete_backups(project: Project) -> list[str]:
    if project.path is None:
        return []
    found = sorted(project.path.parent.glob(f"{escape(project.path.stem)}.backup-*"))
    for backup in found:
        backup.unlink()
    return [backup.name for backup in found if backup.suffix == project.path.suffix]
