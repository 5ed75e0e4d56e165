"""Memos on anything, and quotes (*citaten*)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Memo, Quote
from corpora.documents import text_of
from corpora.errors import UsageError
from corpora.models import Document, Narratief
from corpora.narratives import trimmed
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import delete_rows


def write(session: Session, coder: int, about: str, about_id: int, body: str) -> int | None:
    """Write a coder's memo on a row of table `about` ("narratief", "code", "document" …); an empty body takes it
    off. Two memos of one coder on a narratief, as a merge leaves them, are read as one text and become one. Returns
    the memo's number."""
    known = session.scalars(select(Memo).where(Memo.about == about, Memo.about_id == about_id,
                                               Memo.coder_id == coder).order_by(Memo.id)).all()
    found = known[0] if known else None
    if len(known) > 1 and about == "narratief" and joined(m.body for m in known) == body:
        return known[0].id
    if not body.strip():
        delete_rows(session, Memo, [m.id for m in (known if about == "narratief" else known[:1])])
        return None
    if about == "narratief":
        delete_rows(session, Memo, [m.id for m in known[1:]])
    if found is None:
        found = Memo(about=about, about_id=about_id, coder_id=coder, body=body)
        session.add(found)
    elif found.body != body:
        found.body, found.changed_at = body, now()
    session.flush()
    return found.id


def joined(bodies: Iterable[str]) -> str:
    """Several memos of one coder on one thing, as one text."""
    return "\n\n".join(bodies)


def of(session: Session, about: str, about_id: int) -> list[Memo]:
    """The memos on a row, oldest first."""
    return list(session.scalars(select(Memo).where(Memo.about == about, Memo.about_id == about_id).order_by(Memo.id)))


def quote(session: Session, coder: int, document_id: int, start: int, end: int, code_id: int | None = None) -> int:
    """Keep a stretch of a narratief as citaat; the same stretch twice is one, with the code given
    last. It begins with a word, so that every cut leaves it in a narratief. Returns its number."""
    start, stop = trimmed(text_of(session, session.get_one(Document, document_id)), start, end)
    inside = session.scalars(select(Narratief).where(
        Narratief.document_id == document_id, Narratief.start <= start, Narratief.end >= end)).first()
    if inside is None or start >= stop:
        raise UsageError("A quote lies inside one narratief. Select words of one narratief.")
    found = session.scalars(select(Quote).where(
        Quote.document_id == document_id, Quote.start == start, Quote.end == end, Quote.coder_id == coder)).first()
    if found is None:
        found = Quote(document_id=document_id, narratief_id=inside.id, start=start, end=end, coder_id=coder)
        session.add(found)
    found.code_id = code_id if code_id is not None else found.code_id
    session.flush()
    return found.id


def unquote(session: Session, quote_id: int) -> None:
    """Take a quote off, with the memos on it."""
    let_go(session, [quote_id])


def let_go(session: Session, quote_ids: Iterable[int]) -> None:
    """Take quotes off, with the memos on them; evidence stays, and says that its quote is gone."""
    delete_with_dependants(session, Quote, quote_ids)


def quotes_of(session: Session, document_id: int) -> list[Quote]:
    """The quotes of a document in order of the text."""
    return list(session.scalars(select(Quote).where(Quote.document_id == document_id).order_by(Quote.start, Quote.id)))
