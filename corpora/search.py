"""Full text: every text's passages in an index of words, diacritics folded.

The index belongs to a text's hash, not to a document, so undo and redo never leave it behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

PASSAGE = 2_000
"""A passage ends at the first line end after this many characters, or at a space after twice as many."""


def passages(body: str) -> Iterator[tuple[int, str]]:
    """A text in passages with their offsets; cut at line ends, else at spaces, never inside a word."""
    start = 0
    while start < len(body):
        end = body.find("\n", start + PASSAGE, start + 2 * PASSAGE)
        if end < 0:
            end = body.find(" ", start + 2 * PASSAGE, start + 3 * PASSAGE)
        end = min(start + 3 * PASSAGE, len(body)) if end < 0 else end + 1
        yield start, body[start:end]
        start = end


def add_text(session: Session, key: str, body: str) -> None:
    """Put a text's words in the index under its hash."""
    rows = [{"body": part, "hash": key, "start": start} for start, part in passages(body)]
    if rows:
        insert = text("INSERT INTO passage_index (body, hash, start) VALUES (:body, :hash, :start)")
        session.connection().execute(insert, rows)


def remove_text(session: Session, key: str) -> None:
    """Take a text's words out of the index."""
    session.connection().execute(text("DELETE FROM passage_index WHERE hash = :hash"), {"hash": key})


def purge(session: Session) -> None:
    """Build the index anew from what it still holds, so that no trace of removed words stays in it."""
    if session.connection().dialect.name == "sqlite":
        session.connection().execute(text("INSERT INTO passage_index(passage_index) VALUES ('rebuild')"))
