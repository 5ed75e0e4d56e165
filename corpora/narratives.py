"""Narratieven: a document cut into fragments, and the cuts changed. What hangs on a narratief goes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from corpora.errors import RefusedError, UsageError
from corpora.models import Document, Narratief, OwnBoundary, TextContent
from corpora.store.dependants import (
    copy_dependants,
    delete_with_dependants,
    follow_words,
    move_dependants,
    referring,
    with_dependants,
)
from corpora.store.writing import delete_rows, insert_rows, update_rows

JOINING = "'’-"
"""What stands inside a word, between letters."""


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
    codings whose bounds are gone is dropped only with `replace`, else RefusedError. Its quotes, and the evidence of
    findings, then go to the narratief that has their words."""
    ordered = _checked(session, document_id, spans)
    old = {(n.start, n.end): n for n in of_document(session, document_id)}
    wanted = {(s.start, s.end): s for s in ordered}
    gone = [n.id for key, n in old.items() if key not in wanted]
    if not replace and with_dependants(session, Narratief, gone):
        raise RefusedError("«{title}» has coded narratieven whose bounds would change. Nothing was done; replace to "
                           "drop their codings.", title=session.get_one(Document, document_id).title)
    bounds = {n.id: (n.start, n.end) for key, n in old.items() if key not in wanted}
    _align_kept(session, {n.id: (n, wanted[key]) for key, n in old.items() if key in wanted})
    insert_rows(session, Narratief, [_row(document_id, s) for key, s in wanted.items() if key not in old])
    present = [(n.id, n.start, n.end) for n in of_document(session, document_id) if n.id not in bounds]
    follow_words(session, Narratief, bounds, partial(_heir, present))
    delete_with_dependants(session, Narratief, gone)


def _heir(present: Sequence[tuple[int, int, int]], start: int, end: int, is_stretch: bool) -> int | None:
    """The narratief that words go to: a quote to the one it begins in, others to the one that has most of them."""
    if is_stretch:
        return next((number for number, begin, stop in present if begin <= start < stop), None)
    shared = {number: min(end, stop) - max(start, begin) for number, begin, stop in present
              if begin < end and stop > start}
    return max(shared, key=lambda n: shared[n], default=None)


def _row(document_id: int, span: Span) -> dict[str, object]:
    return {"document_id": document_id, "start": span.start, "end": span.end, "counts": span.counts,
            "proposed": span.proposed, "certainty": span.certainty, "reason": span.reason}


def _align_kept(session: Session, kept: dict[int, tuple[Narratief, Span]]) -> None:
    """What was accepted stays accepted; what a person sets is accepted."""
    update_rows(session, Narratief, {number: {"counts": span.counts, "proposed": old.proposed and span.proposed}
                                     for number, (old, span) in kept.items()})


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
    """Cut a narratief in two, white space at the cut belonging to neither; both parts keep the codings, a quote goes
    with its words. Returns the second part."""
    first = session.get_one(Narratief, narratief_id)
    end, begin = _cut(_text(session, first.document_id), first.start, at, first.end)
    if not first.start < end <= begin < first.end:
        raise UsageError("Put the cursor inside the narratief that should be split.")
    old_end, first.end, first.proposed = first.end, end, False
    session.flush()
    second = insert_rows(session, Narratief, [_row(first.document_id, Span(begin, old_end, first.counts))])[0]
    copy_dependants(session, Narratief, narratief_id, second)
    move_dependants(session, Narratief, narratief_id, second,
                    only=lambda item: bool(item.__spans__) and item.start >= end)
    return second


def _text(session: Session, document_id: int) -> str:
    document = session.get_one(Document, document_id)
    return session.scalar(select(TextContent.body).where(TextContent.hash == document.content_hash)) or ""


def _cut(text: str, start: int, at: int, end: int) -> tuple[int, int]:
    """Where the words before a cut end and those after it begin."""
    at = min(max(at, start), end)
    return start + len(text[start:at].rstrip()), end - len(text[at:end].lstrip())


def join(session: Session, first_id: int, second_id: int) -> int:
    """Make two neighbours one; the first keeps its number and gets the other's codings. Returns the first."""
    first, second = sorted((session.get_one(Narratief, n) for n in (first_id, second_id)), key=lambda n: n.start)
    _require_neighbours(session, first, second)
    keep, end, counts = first.id, second.end, first.counts or second.counts
    move_dependants(session, Narratief, second.id, keep)
    delete_rows(session, Narratief, [second.id])
    update_rows(session, Narratief, {keep: {"end": end, "counts": counts, "proposed": False}})
    return keep


def _require_neighbours(session: Session, first: Narratief, second: Narratief) -> None:
    between = select(Narratief.id).where(Narratief.document_id == first.document_id,
                                         Narratief.start > first.start, Narratief.start < second.start)
    if first.document_id != second.document_id or first.start >= second.start or session.scalar(between) is not None:
        raise UsageError("Only two narratieven that follow each other can be joined.")


def shift(session: Session, left_id: int, right_id: int, at: int) -> None:
    """Move the boundary between two neighbours to an offset; quotes follow their words. The beginning of the right
    one is then no proposal any more."""
    left, right = session.get_one(Narratief, left_id), session.get_one(Narratief, right_id)
    _require_neighbours(session, left, right)
    end, begin = _cut(_text(session, left.document_id), left.start, at, right.end)
    if not left.start < end <= begin < right.end:
        raise UsageError("The boundary must stay between the two narratieven.")
    update_rows(session, Narratief, {left_id: {"start": left.start, "end": end, "proposed": left.proposed},
                                     right_id: {"start": begin, "end": right.end, "proposed": False}})
    move_dependants(session, Narratief, left_id, right_id, only=lambda i: bool(i.__spans__) and i.start >= end)
    move_dependants(session, Narratief, right_id, left_id, only=lambda i: bool(i.__spans__) and i.start < end)


def set_bounds(session: Session, narratief_id: int, start: int, end: int) -> None:
    """Let a narratief begin or end elsewhere, over words that no other has; refuses to leave a quote outside."""
    piece = session.get_one(Narratief, narratief_id)
    begin, stop = trimmed(_text(session, piece.document_id), start, end)
    others = [Span(n.start, n.end) for n in of_document(session, piece.document_id) if n.id != narratief_id]
    _checked(session, piece.document_id, [*others, Span(begin, stop)])
    if any(not begin <= item.start < stop for item in _stretches_on(session, narratief_id)):
        raise RefusedError("A quote would fall outside its narratief. Take the quote off first, or leave its words in.")
    update_rows(session, Narratief, {narratief_id: {"start": begin, "end": stop, "proposed": False}})


def _stretches_on(session: Session, narratief_id: int) -> list[Any]:
    """The stretches of text (quotes) that hang on a narratief."""
    found: list[Any] = []
    for model, column in referring(Narratief.__tablename__):
        if model.__spans__:
            found += session.scalars(select(model).where(getattr(model, column) == narratief_id))
    return found


def move_boundary(session: Session, left_id: int | None, right_id: int | None, at: int) -> None:
    """Move a boundary: between two neighbours, or (one of them None) between a narratief and words outside any."""
    if left_id is not None and right_id is not None:
        shift(session, left_id, right_id, at)
    elif right_id is not None:
        set_bounds(session, right_id, at, session.get_one(Narratief, right_id).end)
    elif left_id is not None:
        set_bounds(session, left_id, session.get_one(Narratief, left_id).start, at)


def carve(session: Session, document_id: int, start: int, end: int, *, counts: bool = True) -> int:
    """Make a narratief (or *geen narratief*) of a stretch: of words outside any, or cut out of the one narratief that
    holds it. Returns its number."""
    start, end = trimmed(_text(session, document_id), start, end)
    touched = [n for n in of_document(session, document_id) if n.start < end and n.end > start]
    if not touched:
        return add(session, document_id, start, end, counts=counts)
    if len(touched) > 1 or not touched[0].start <= start < end <= touched[0].end:
        raise UsageError("Select words of one narratief, or words outside all narratieven.")
    number = touched[0].id
    if end < touched[0].end:
        split(session, number, end)
    if start > session.get_one(Narratief, number).start:
        number = split(session, number, start)
    set_counts(session, [number], counts)
    return number


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space at its edges; an empty one stays where it begins."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return (begin, begin + len(words.strip())) if words.strip() else (start, start)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space at its edges, widened to the words that it begins and ends in: `zo'n` and
    `door-de-weeks` are one word."""
    start, end = trimmed(text, start, end)
    while start < end and _inside_word(text, start):
        start -= 1
    while start < end and _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    around = text[max(0, at - 2):at], text[at:at + 2]
    if not around[0] or not around[1]:
        return False
    before, after = around[0][-1], around[1][0]
    if before.isalnum():
        return after.isalnum() or (after in JOINING and around[1][1:].isalnum())
    return before in JOINING and after.isalnum() and around[0][:-1].isalnum()


def outside(text: str, bounds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches with words that none of the bounds (in order) cover, without white space at their edges."""
    edges = [(0, 0), *bounds, (len(text), len(text))]
    gaps = [trimmed(text, left[1], right[0]) for left, right in pairwise(edges)]
    return [(start, end) for start, end in gaps if start < end]


def clear(session: Session, document_id: int) -> None:
    """Take the whole segmentation of a document away, with what hangs on it."""
    delete_with_dependants(session, Narratief, [n.id for n in of_document(session, document_id)])


@dataclass(frozen=True)
class Progress:
    """How far a document is cut: narratieven that count, those among all that are proposals still, and *geen
    narratief* stretches."""

    counted: int = 0
    proposed: int = 0
    excluded: int = 0


def progress(session: Session, document_ids: Iterable[int] | None = None) -> dict[int, Progress]:
    """How far documents (all, when None) are cut; those without narratieven are left out."""
    query = select(Narratief.document_id, func.count().filter(Narratief.counts),
                   func.count().filter(Narratief.proposed), func.count()).group_by(Narratief.document_id)
    if document_ids is not None:
        query = query.where(Narratief.document_id.in_(list(document_ids)))
    return {number: Progress(counted, proposed, total - counted)
            for number, counted, proposed, total in session.execute(query)}


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
