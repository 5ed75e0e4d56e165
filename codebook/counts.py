"""What a project holds, in numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from codebook.models import Code, Coder, Coding
from corpora.models import Document, Narratief, TextContent
from corpora.store import schema
from corpora.store.project import Project


def counts_of(project: Project) -> dict[str, int]:
    """The counts of `info`: narratieven that count, codings on any narratief (without *niet genoemd*), and words of
    the texts in force."""
    words = select(func.sum(TextContent.words)).join(Document, Document.content_hash == TextContent.hash)
    asked: dict[str, Select[Any]] = {
        "documents": select(func.count(Document.id)),
        "narratieven": select(func.count(Narratief.id)).where(Narratief.counts),
        "codes": select(func.count(Code.id)),
        "coders": select(func.count(Coder.id)),
        "codings": select(func.count(Coding.id)),
        "words": words,
    }
    with project.read() as session:
        found = {name: int(session.scalar(query) or 0) for name, query in asked.items()}
        return found | {"schema_version": schema.stored_version(session.connection())}
