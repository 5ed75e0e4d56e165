"""Narratieven: a document cut into fragments, and the cuts changed. What hangs on a narratief goes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora.errors import RefusedError, UsageError
from corpora.models import Document, Narratief, OwnBoundary, TextContent
from corpora.store.dependants import (
    copy_dependants,
    delete_with_dependants,
    move_dependants,
    with_dependants,
)
from corpora.store.writing import delete_rows, insert_rows, update_rows


@dataclass(frozen=True)
class Span:
    """A narratief to be: `[start, end)`; `counts` is False for *geen narratief*. `certainty` and `reason` belong to
    a proposal that nobody has accepted yet."""

    start: int
    end: int
    counts: bool = True
    proposed: bool = False
    certainty: float | None = None
    reason: str = ""


def of_document(session: Session, document_id: int) -> list[Narratief]:
    """The segmentation in force, in order of the text."""
    return list(session.scalars(select(Narratief).where(Narratief.document_id == document_id)
                                .order_by(Narratief.start)))


def numbers(narratieven: Iterable[Narratief]) -> dict[int, int]:
    """Number → nr of those that count, in the order given: 1, 2, 3 …"""
    counted = (n for n in narratieven if n.counts)
    return {narratief.id: nr for nr, narratief in enumerate(counted, 1)}


def set_segmentation(session: Session, document_id: int, spans: Sequence[Span], *, replace: bool = False) -> None:
    """Put a segmentation in force. A narratief with the same bounds stays as it is, with its codings; one with
    codings whose bounds are gone is dropped only with `replace`, else RefusedError."""
    ordered = _checked(session, document_id, spans)
    old = {(n.start, n.end): n for n in of_document(session, document_id)}
    wanted = {(s.start, s.end): s for s in ordered}
    gone = [n.id for key, n in old.items() if key not in wanted]
    if not replace and with_dependants(session, Narratief, gone):
        raise RefusedError("«{title}» has coded narratieven whose bounds would change. Nothing was done; replace to "
                           "drop their codings.", title=session.get_one(Document, document_id).title)
    delete_with_dependants(session, Narratief, gone)
    _align_kept(session, {n.id: wanted[key] for key, n in old.items() if key in wanted})
    insert_rows(session, Narratief, [_row(document_id, s) for key, s in wanted.items() if key not in old])


def _row(document_id: int, span: Span) -> dict[str, object]:
    return {"document_id": document_id, "start": span.start, "end": span.end, "counts": span.counts,
            "proposed": span.proposed, "certainty": span.certainty, "reason": span.reason}


def _align_kept(session: Session, kept: dict[int, Span]) -> None:
    update_rows(session, Narratief, {number: {"counts": span.counts} for number, span in kept.items()})


def _checked(session: Session, document_id: int, spans: Sequence[Span]) -> list[Span]:
    document = session.get_one(Document, document_id)
    length = session.scalar(select(TextContent.length).where(TextContent.hash == document.content_hash)) or 0
    ordered = sorted(spans, key=lambda s: (s.start, s.end))
    last = 0
    for span in ordered:
        if not 0 <= span.start < span.end <= length:
            raise UsageError("«{title}» has no characters {start} to {end}: its text is {length} long.",
                             title=document.title, start=span.start, end=span.end, length=length)
        if span.start < last:
            raise UsageError("In «{title}» two narratieven overlap at character {at}.", title=document.title,
                             at=span.start)
        last = span.end
    return ordered


def accept(session: Session, narratief_ids: Iterable[int]) -> None:
    """The student agrees with proposed narratieven."""
    update_rows(session, Narratief, {n: {"proposed": False} for n in narratief_ids})


def add(session: Session, document_id: int, start: int, end: int, *, counts: bool = True) -> int:
    """Make a narratief of a stretch that no other covers; returns its number."""
    spans = [Span(n.start, n.end) for n in of_document(session, document_id)]
    _checked(session, document_id, [*spans, Span(start, end)])
    return insert_rows(session, Narratief, [_row(document_id, Span(start, end, counts))])[0]


def remove(session: Session, narratief_id: int) -> None:
    """Take a narratief out of the segmentation with what hangs on it; its words stay in the document."""
    delete_with_dependants(session, Narratief, [narratief_id])


def split(session: Session, narratief_id: int, at: int) -> int:
    """Cut a narratief in two; both parts keep the codings, a quote goes with its words. Returns the second part."""
    first = session.get_one(Narratief, narratief_id)
    if not first.start < at < first.end:
        raise UsageError("Put the cursor inside the narratief that should be split.")
    old_end, first.end, first.proposed = first.end, at, False
    session.flush()
    second = insert_rows(session, Narratief, [_row(first.document_id, Span(at, old_end, first.counts))])[0]
    copy_dependants(session, Narratief, narratief_id, second)
    move_dependants(session, Narratief, narratief_id, second,
                    only=lambda item: bool(item.__spans__) and item.start >= at)
    return second


def join(session: Session, first_id: int, second_id: int) -> int:
    """Make two neighbours one; the first keeps its number and gets the other's codings. Returns the first."""
    first, second = sorted((session.get_one(Narratief, n) for n in (first_id, second_id)), key=lambda n: n.start)
    between = select(Narratief.id).where(Narratief.document_id == first.document_id,
                                         Narratief.start > first.start, Narratief.start < second.start)
    if first.document_id != second.document_id or first.id == second.id or session.scalar(between) is not None:
        raise UsageError("Only two narratieven that follow each other can be joined.")
    keep, end, counts = first.id, second.end, first.counts or second.counts
    move_dependants(session, Narratief, second.id, keep)
    delete_rows(session, Narratief, [second.id])
    update_rows(session, Narratief, {keep: {"end": end, "counts": counts, "proposed": False}})
    return keep


def shift(session: Session, left_id: int, right_id: int, at: int) -> None:
    """Move the boundary between two neighbours to an offset; quotes follow their words."""
    left, right = session.get_one(Narratief, left_id), session.get_one(Narratief, right_id)
    if not left.start < at < right.end:
        raise UsageError("The boundary must stay between the two narratieven.")
    update_rows(session, Narratief, {left_id: {"start": left.start, "end": at, "proposed": False},
                                     right_id: {"start": at, "end": right.end, "proposed": False}})
    move_dependants(session, Narratief, left_id, right_id, only=lambda i: bool(i.__spans__) and i.start >= at)
    move_dependants(session, Narratief, right_id, left_id, only=lambda i: bool(i.__spans__) and i.start < at)


def set_counts(session: Session, narratief_ids: Iterable[int], counts: bool) -> None:
    """Mark stretches as *geen narratief*, or as narratief again; codings stay but do not count meanwhile."""
    update_rows(session, Narratief, {n: {"counts": counts, "proposed": False} for n in narratief_ids})


def set_own(session: Session, document_id: int, coder_uuid: UUID, spans: Sequence[Span]) -> None:
    """Keep one coder's own cuts beside the segmentation in force."""
    ordered = _checked(session, document_id, spans)
    old = select(OwnBoundary.id).where(OwnBoundary.document_id == document_id, OwnBoundary.coder_uuid == coder_uuid)
    delete_rows(session, OwnBoundary, session.scalars(old).all())
    insert_rows(session, OwnBoundary, [{"document_id": document_id, "coder_uuid": coder_uuid, "start": s.start,
                                        "end": s.end} for s in ordered])
