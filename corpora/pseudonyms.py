"""Pseudonyms: names replaced in the texts, the key that knows which is which, and its destruction.

The key is a table of its own. Destroying it takes the names out of everything that could tell them: earlier texts, the
search index, the change log, freed pages of the file and the backups that the program made beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from corpora import documents, search
from corpora.documents import Edit
from corpora.errors import UsageError
from corpora.messages import Message, message
from corpora.models import Document, NameDecision, Pseudonym, TextContent
from corpora.naming import Suggestion, find_names, suggest
from corpora.store.base import Base
from corpora.store.changes import bar_earlier, change_rows, change_step, write_step
from corpora.store.project import Project
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
    return sorted({name for _, _, name in find_names(body, known_names(session))})


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
    places = 0
    for document in documents.in_order(session):
        edits = edits_for(documents.text_of(session, document), key)
        documents.edit_text(session, document.id, edits, "pseudonyms")
        places += len(edits)
    for model in _named_models():
        _replace_in(session, model, key)
    return places


def edits_for(body: str, key: Mapping[str, str]) -> list[Edit]:
    """The edits that put pseudonyms in the place of names."""
    by_folded = {name.casefold(): pseudonym for name, pseudonym in key.items()}
    return [Edit(start, end, key.get(name) or by_folded[name.casefold()])
            for start, end, name in find_names(body, list(key))]


def scrubbed(body: str, key: Mapping[str, str]) -> str:
    """A text with its names replaced."""
    return documents.apply_edits(body, edits_for(body, key))


def _keep(session: Session, key: Mapping[str, str], kinds: Mapping[str, str]) -> None:
    have = {p.name: p for p in session.scalars(select(Pseudonym))}
    for name, pseudonym in key.items():
        if name in have:
            have[name].pseudonym = pseudonym
        else:
            session.add(Pseudonym(name=name, pseudonym=pseudonym, kind=kinds.get(name, "")))
    session.flush()


def _named_models() -> list[type[Base]]:
    return sorted((m.class_ for m in Base.registry.mappers if m.class_.__named__), key=lambda c: c.__tablename__)


def _replace_in(session: Session, model: Any, key: Mapping[str, str]) -> None:
    columns = [getattr(model, name) for name in model.__named__]
    new: dict[int, dict[str, str]] = {}
    for row in session.execute(select(model.id, *columns)).all():
        values = {name: scrubbed(value or "", key) for name, value in zip(model.__named__, row[1:], strict=True)}
        if tuple(values.values()) != tuple(v or "" for v in row[1:]):
            new[row[0]] = values
    if model is Document:
        for values in new.values():
            values["title"] = documents.unique_title(session, values["title"])
    update_rows(session, model, new)


def destroy_key(project: Project) -> list[str]:
    """Destroy the key for good; names that texts still hold are replaced first. Cannot be undone, and no earlier step
    can be undone any more. Returns the names of the backup files that were deleted with it."""
    with project.read() as session:
        key = {p.name: p.pseudonym for p in session.scalars(select(Pseudonym))}
    if not key:
        raise UsageError("There is no key to destroy: no names have been replaced in this project.")
    project.step(message("Replace names"), replace_names, key)
    with project.writing() as session:
        _forget(session, key, project.author)
    _wipe_file(project)
    return _delete_backups(project)


def _forget(session: Session, key: Mapping[str, str], author: str) -> None:
    connection = session.connection()
    in_force = select(Document.content_hash)
    gone = connection.execute(select(TextContent.hash).where(TextContent.hash.not_in(in_force))).scalars().all()
    for old in gone:
        search.remove_text(session, old)
        connection.execute(delete(TextContent.__table__).where(TextContent.hash == old))  # type: ignore[arg-type]
    search.purge(session)
    _scrub_log(session, key)
    for table in SECRET_TABLES:
        connection.execute(delete(Base.metadata.tables[table]))
    bar_earlier(connection)
    step = write_step(connection, author, message("Destroy the key of names"), [])
    connection.execute(update(change_step).where(change_step.c.id == step).values(state="barred"))


def _scrub_log(session: Session, key: Mapping[str, str]) -> None:
    connection = session.connection()
    connection.execute(delete(change_rows).where(change_rows.c.table_name.in_(SECRET_TABLES)))
    for row in connection.execute(select(change_rows)).all():
        old = RowChange.unpack(row.table_name, row.op, row.payload)
        new = RowChange(old.table, old.op, old.columns, _scrub_rows(old.before, key), _scrub_rows(old.after, key))
        if new != old:
            connection.execute(update(change_rows).where(change_rows.c.id == row.id).values(payload=new.pack()))
    for row in connection.execute(select(change_step.c.id, change_step.c.label)).all():
        label = _scrub_message(Message.from_json(row.label), key).to_json()
        if label != row.label:
            connection.execute(update(change_step).where(change_step.c.id == row.id).values(label=label))


def _scrub_rows(rows: list[list[Any]] | None, key: Mapping[str, str]) -> list[list[Any]] | None:
    return None if rows is None else [[_scrub_value(v, key) for v in row] for row in rows]


def _scrub_value(value: Any, key: Mapping[str, str]) -> Any:
    if isinstance(value, Message):
        return _scrub_message(value, key)
    return scrubbed(value, key) if isinstance(value, str) else value


def _scrub_message(label: Message, key: Mapping[str, str]) -> Message:
    return Message(label.template, {k: _scrub_value(v, key) for k, v in label.values.items()})


def _wipe_file(project: Project) -> None:
    """Leave no freed page with old words in the file or its write-ahead log."""
    if project.path is None:
        return
    with project.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _delete_backups(project: Project) -> list[str]:
    if project.path is None:
        return []
    found = sorted(project.path.parent.glob(f"{project.path.stem}.backup-*{project.path.suffix}"))
    for backup in found:
        backup.unlink()
    return [backup.name for backup in found]
