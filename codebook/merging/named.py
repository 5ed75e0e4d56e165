"""Names of the key in what copies bring: a memo written elsewhere may hold a name that was replaced here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from corpora import documents
from corpora.messages import Message, message
from corpora.models import Document
from corpora.pseudonym_places import Places
from corpora.store.dependants import model_of
from corpora.store.views import Values

Rows = Mapping[str, Mapping[int, Values]]


def warnings(session: Session, names: Iterable[str], before: Rows, after: Rows) -> list[Message]:
    """For every document, and for what is of none: the names that new and changed words hold."""
    wanted = sorted(set(names))
    if not wanted:
        return []
    places, found = Places(wanted), dict[str, set[str]]()
    for title, words in (*_written(before, after), *_texts(session, before, after)):
        told = {name for _, _, name in places.find(words)}
        if told:
            found.setdefault(title, set()).update(told)
    return [_warning(title, sorted(told)) for title, told in sorted(found.items())]


def _warning(title: str, names: list[str]) -> Message:
    if not title:
        return message("What comes in outside the documents holds names that were replaced: {names}. Replace them "
                       "again after merging.", names=", ".join(names))
    return message("What comes in at «{title}» holds names that were replaced: {names}. Replace them again after "
                   "merging.", title=title, names=", ".join(names))


def _written(before: Rows, after: Rows) -> Iterator[tuple[str, str]]:
    for table, rows in after.items():
        columns = model_of(table).__named__ if table != "pseudonym" else ()
        for number, row in rows.items() if columns else ():
            old = before[table].get(number, {})
            for column in columns:
                if row[column] and row[column] != old.get(column):
                    yield _title(after, table, row), row[column]


def _texts(session: Session, before: Rows, after: Rows) -> Iterator[tuple[str, str]]:
    for number, row in after["document"].items():
        if row["content_hash"] != before["document"].get(number, {}).get("content_hash"):
            yield row["title"], documents.text_of(session, session.get_one(Document, number))


def _title(rows: Rows, table: str, row: Values) -> str:
    """The document that a row is about, empty when it is about none."""
    if table == "document":
        return str(row["title"])
    if row.get("about") in ("document", "narratief"):
        table, number = row["about"], row["about_id"]
    elif row.get("narratief_id") is not None:
        table, number = "narratief", row["narratief_id"]
    elif row.get("document_id") is not None:
        table, number = "document", row["document_id"]
    else:
        return ""
    found = rows[table].get(number)
    if table == "narratief" and found is not None:
        found = rows["document"].get(found["document_id"])
    return str(found["title"]) if found is not None else ""
