"""Attributes of documents (age, team, neighbourhood …), brought in from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import documents
from corpora.errors import UsageError
from corpora.models import Attribute, AttributeValue, Document
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import delete_rows, insert_rows
from corpora.tables import Table

GROUP_HEADS = ("group", "groep", "respondentgroep")
KIND_HEADS = ("kind", "soort")


def attribute_id(session: Session, name: str) -> int:
    """The number of an attribute, made when new."""
    wanted = " ".join(name.split())[:200]
    if not wanted:
        raise UsageError("An attribute needs a name.")
    for attribute in session.scalars(select(Attribute)):
        if attribute.name.casefold() == wanted.casefold():
            return attribute.id
    made = Attribute(name=wanted)
    session.add(made)
    session.flush()
    return made.id


def set_values(session: Session, document_id: int, values: Mapping[str, str]) -> None:
    """Give a document attribute values; an empty one is taken off."""
    ids = {attribute_id(session, name): value for name, value in values.items()}
    old = session.execute(select(AttributeValue.id, AttributeValue.attribute_id, AttributeValue.value).where(
        AttributeValue.document_id == document_id, AttributeValue.attribute_id.in_(list(ids)))).all()
    same = {row.attribute_id for row in old if row.value == ids[row.attribute_id]}
    delete_rows(session, AttributeValue, [row.id for row in old if row.attribute_id not in same])
    insert_rows(session, AttributeValue, [{"document_id": document_id, "attribute_id": n, "value": value}
                                          for n, value in ids.items() if value != "" and n not in same])


def remove(session: Session, name: str) -> None:
    """Take an attribute out with all its values."""
    found = session.scalars(select(Attribute.id).where(Attribute.name == name)).all()
    delete_with_dependants(session, Attribute, found)


def values_of(session: Session) -> dict[int, dict[str, str]]:
    """Document number → attribute name → value, of all documents."""
    found: dict[int, dict[str, str]] = {}
    for document_id, name, value in session.execute(
            select(AttributeValue.document_id, Attribute.name, AttributeValue.value)
            .join(Attribute, Attribute.id == AttributeValue.attribute_id).order_by(Attribute.name)):
        found.setdefault(document_id, {})[name] = value
    return found


def import_table(session: Session, table: Table) -> int:
    """Take attributes from a table whose column `document` holds titles (with or without file ending); the columns
    kind and group set those. All or nothing; returns how many documents got values."""
    table.require("document")
    rows = [(_document(session, table, n, row), row) for n, row in enumerate(table.dicts())]
    for document, row in rows:
        _apply(session, document, row)
    return len(rows)


def _document(session: Session, table: Table, n: int, row: Mapping[str, str]) -> Document:
    title = row["document"]
    stem = title.rpartition(".")[0]
    try:
        return documents.find(session, title)
    except UsageError as error:
        for document in session.scalars(select(Document)):
            if title and (title.casefold() == document.file_name.casefold() or document.title == stem):
                return document
        raise UsageError("{file}, row {row}: {error} Nothing was taken from the table: mend the title there, or leave "
                         "the row out.", file=table.name, row=n + 2, error=error.message) from error


def _apply(session: Session, document: Document, row: Mapping[str, str]) -> None:
    special = ("document", *GROUP_HEADS, *KIND_HEADS)
    set_values(session, document.id, {k: v for k, v in row.items() if k and k not in special})
    kind = _first(row, KIND_HEADS)
    documents.describe(session, [document.id], kind=kind.casefold() or None, group=_first(row, GROUP_HEADS) or None)


def _first(row: Mapping[str, str], heads: Sequence[str]) -> str:
    return next((row[head] for head in heads if row.get(head)), "")
