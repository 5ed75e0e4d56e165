"""Integrity of a project: the file, the texts, the boundaries, and the change log beside the tables it describes.

Every check reads only, and says in words what is wrong; an empty list means sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, text
from sqlalchemy.orm import Session

from corpora.documents import text_hash
from corpora.messages import Message, message
from corpora.models import Document, Narratief, TextContent
from corpora.search import passages
from corpora.store import schema
from corpora.store.base import Base
from corpora.store.changes import change_rows, change_step
from corpora.store.rows import RowChange, to_plain
from corpora.store.writing import column_names, table_of

WINDOW = 200_000
"""Rows of a table that are compared with the change log at a time."""
SHOWN = 20
"""Places named per kind of damage; the rest is counted."""


def file_problems(session: Session) -> list[Message]:
    """What the database finds wrong with its own file: pages, indexes, references, missing tables."""
    return [message("The file is damaged: {what}.", what=what) for what in schema.damage(session.connection())]


def material_problems(session: Session) -> list[Message]:
    """What is wrong with texts, turns and narratieven."""
    return [*_texts(session), *_spans(session), *_overlaps(session)]


def _texts(session: Session) -> Iterator[Message]:
    indexed = _indexed(session)
    for key, in session.execute(select(TextContent.hash).order_by(TextContent.hash)).all():
        found = session.execute(select(TextContent.body, TextContent.length, TextContent.words).where(
            TextContent.hash == key)).one()
        if text_hash(found.body) != key or found.length != len(found.body) or found.words != len(found.body.split()):
            yield message("The text {key} is not what was imported.", key=key[:12])
        if indexed.pop(key, set()) != {start for start, _ in passages(found.body)}:
            yield message("The search index of text {key} is not complete.", key=key[:12])
    for key in sorted(indexed):
        yield message("The search index holds a text that is not in the project ({key}).", key=key[:12])


def _indexed(session: Session) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for key, start in session.execute(text("SELECT hash, start FROM passage_index")):
        found.setdefault(key, set()).add(int(start))
    return found


def _spans(session: Session) -> Iterator[Message]:
    """Stretches that are empty or reach out of their document's text."""
    for model in _spanned():
        table = table_of(model)
        outside = (table.c.start < 0) | (table.c.end > TextContent.length) | (table.c.start > table.c.end)
        if model is Narratief:
            outside = outside | (table.c.start == table.c.end)
        rows = session.execute(
            select(table.c.id, Document.title).select_from(table)
            .join(Document, Document.id == table.c.document_id)
            .join(TextContent, TextContent.hash == Document.content_hash).where(outside).order_by(table.c.id))
        yield from shortened([message("{table} {id} lies outside the text of «{title}».", table=table.name, id=n,
                                      title=title) for n, title in rows])


def _spanned() -> list[type[Base]]:
    models = [m.class_ for m in Base.registry.mappers if m.class_.__spans__]
    return sorted(models, key=lambda model: model.__tablename__)


def _overlaps(session: Session) -> list[Message]:
    titles = {n: title for n, title in session.execute(select(Document.id, Document.title))}
    rows = session.execute(select(Narratief.document_id, Narratief.start, Narratief.end).order_by(
        Narratief.document_id, Narratief.start, Narratief.end))
    return shortened([message("In «{title}» two narratieven overlap at character {at}.",
                              title=titles.get(a.document_id, ""), at=b.start)
                      for a, b in pairwise(rows) if a.document_id == b.document_id and b.start < a.end])


def shortened(found: Sequence[Message]) -> list[Message]:
    """The first messages, and how many more there are."""
    if len(found) <= SHOWN:
        return list(found)
    return [*found[:SHOWN], message("… and {n} more of these.", n=len(found) - SHOWN)]


def log_problems(session: Session) -> list[Message]:
    """Where the change log cannot be read, contradicts itself, or tells otherwise than the tables."""
    unread, counted = _read_through(session)
    if unread:
        return shortened(unread)
    wrong = [message("Step {step} of the change log should hold {n} rows and holds {found}.", step=step, n=n,
                     found=counted.get(step, 0))
             for step, n in session.execute(select(change_step.c.id, change_step.c.changes).where(
                 change_step.c.state != "barred").order_by(change_step.c.id)) if counted.get(step, 0) != n]
    for table in _logged_tables():
        wrong += _compare(session, table)
    return shortened(wrong)


def _logged_tables() -> list[Table]:
    models = {m.class_.__tablename__: m.class_ for m in Base.registry.mappers if m.class_.__logged__}
    return [table_of(models[name]) for name in sorted(models)]


def _read_through(session: Session) -> tuple[list[Message], dict[int, int]]:
    """What cannot be read, and the number of rows per step."""
    known = set(Base.metadata.tables)
    unread: list[Message] = []
    counted: dict[int, int] = {}
    columns = (change_rows.c.id, change_rows.c.step_id, change_rows.c.table_name, change_rows.c.op,
               change_rows.c.payload)
    found = session.connection().execution_options(stream_results=True).execute(
        select(*columns).order_by(change_rows.c.id))
    for row in found.yield_per(50):
        change = _unpacked(row)
        if change is None or row.table_name not in known:
            unread.append(message("Entry {id} of the change log cannot be read.", id=row.id))
        else:
            counted[row.step_id] = counted.get(row.step_id, 0) + len(change)
    return unread, counted


def _unpacked(row: Any) -> RowChange | None:
    try:
        change = RowChange.unpack(row.table_name, row.op, row.payload)
    except Exception:  # whatever damaged bytes raise, the answer is the same: it cannot be read
        return None
    return change if change.columns and all(isinstance(n, int) for n in change.ids) else None


def _compare(session: Session, table: Table) -> list[Message]:
    """Rows of a table that differ from the newest that the log knows of them, window by window."""
    first, last = _reach(session, table)
    found: list[Message] = []
    for start in range(first, last + 1, WINDOW):
        end = min(start + WINDOW - 1, last)
        try:
            stored = _present(session, table, start, end)
        except (ValueError, TypeError, AttributeError):
            found.append(message("{table} holds a value that cannot be read.", table=table.name))
            break
        found += _differences(table, _replayed(session, table, start, end), stored)
        if len(found) > SHOWN:
            break
    return shortened(found)


def _reach(session: Session, table: Table) -> tuple[int, int]:
    logged = session.execute(select(func.min(change_rows.c.first_id), func.max(change_rows.c.last_id)).where(
        change_rows.c.table_name == table.name)).one()
    stored = session.execute(select(func.min(table.c.id), func.max(table.c.id))).one()
    numbers = [n for n in (*logged, *stored) if n is not None]
    return (min(numbers), max(numbers)) if numbers else (0, -1)


def _replayed(session: Session, table: Table, start: int, end: int) -> dict[int, dict[str, Any]]:
    """The rows as the log says that they are now."""
    rows: dict[int, dict[str, Any]] = {}
    inside: ColumnElement[bool] = (change_rows.c.first_id <= end) & (change_rows.c.last_id >= start)
    found = session.connection().execute(
        select(change_rows.c.table_name, change_rows.c.op, change_rows.c.payload)
        .where(change_rows.c.table_name == table.name, inside, change_rows.c.step_id.not_in(
            select(change_step.c.id).where(change_step.c.kind == "merged"))).order_by(change_rows.c.id))
    for row in found:
        change = RowChange.unpack(row.table_name, row.op, row.payload)
        for values in change.after if change.after is not None else change.before or []:
            if start <= values[0] <= end:
                _apply(rows, change, values)
    return rows


def _apply(rows: dict[int, dict[str, Any]], change: RowChange, values: Sequence[Any]) -> None:
    if change.op == "delete":
        rows.pop(values[0], None)
    else:
        rows.setdefault(values[0], {}).update(zip(change.columns, values, strict=True))


def _present(session: Session, table: Table, start: int, end: int) -> dict[int, dict[str, Any]]:
    names = column_names(table)
    found = session.connection().execute(select(*(table.c[n] for n in names)).where(table.c.id.between(start, end)))
    return {row[0]: {n: to_plain(v) for n, v in zip(names, row, strict=True)} for row in found}


def _differences(table: Table, logged: dict[int, dict[str, Any]], stored: dict[int, dict[str, Any]]) -> list[Message]:
    found = []
    for number in sorted(logged.keys() | stored.keys()):
        if number not in stored:
            found.append(message("{table} {id} is in the change log but not in the project.", table=table.name,
                                 id=number))
        elif number not in logged:
            found.append(message("{table} {id} is in the project but not in the change log.", table=table.name,
                                 id=number))
        elif any(stored[number].get(name) != value for name, value in logged[number].items()):
            found.append(message("{table} {id} is not what the change log says of it.", table=table.name, id=number))
    return found
