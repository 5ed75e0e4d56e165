"""What a project holds, in numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from codebook.models import Code, Coder, Coding, Decision, NotMentioned
from corpora.models import Document, Narratief, TextContent
from corpora.store import schema
from corpora.store.project import Project


def counts_of(project: Project) -> dict[str, int]:
    """The counts of `info`: narratieven that count, codings on any narratief (without *niet genoemd*), coders (without
    those who only decided between others), and words of the texts in force."""
    words = select(func.sum(TextContent.words)).join(Document, Document.content_hash == TextContent.hash)
    asked: dict[str, Select[Any]] = {
        "documents": select(func.count(Document.id)),
        "narratieven": select(func.count(Narratief.id)).where(Narratief.counts),
        "codes": select(func.count(Code.id)),
        "coders": select(func.count(Coder.id)).where(or_(
            Coder.id.not_in(select(Decision.coder_id)), Coder.id.in_(select(Coding.coder_id)),
            Coder.id.in_(select(NotMentioned.coder_id)))),
        "codings": select(func.count(Coding.id)),
        "words": words,
    }
    with project.read() as session:
        found = {name: int(session.scalar(query) or 0) for name, query in asked.items()}
        return found | {"schema_version": schema.stored_version(session.connection())}


def codings_of(session: Session) -> dict[int, int]:
    """Code number → how many codings it has, every coder's apart; together they are the codings of `info`."""
    counted = select(Coding.code_id, func.count()).group_by(Coding.code_id)
    return {code: n for code, n in session.execute(counted)}
