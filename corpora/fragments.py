"""Segmentations for whole documents: proposed by the program, or read from a table of boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from corpora import documents, narratives
from corpora.errors import UsageError
from corpora.importing import spans_of
from corpora.models import Document, Narratief
from corpora.narratives import Span
from corpora.numerals import whole
from corpora.store.dependants import with_dependants
from corpora.store.project import Project
from corpora.tables import Table
from corpora.transcript_types import Transcript, Turn


@dataclass(frozen=True)
class Proposal:
    """What the program proposes for a document, made from the text with this hash."""

    document_id: int
    title: str
    content_hash: str
    spans: tuple[Span, ...]


def transcript_in(session: Session, document: Document) -> Transcript:
    """A document of the project as transcript again."""
    turns = tuple(Turn(speaker.label, speaker.interviewer, turn.start, turn.end, turn.seconds)
                  for turn, speaker in documents.turns_of(session, document.id))
    return Transcript(documents.text_of(session, document), turns)


def proposal(session: Session, document: Document) -> Proposal:
    """The program's proposal for a document."""
    spans = spans_of(transcript_in(session, document), document.kind)
    return Proposal(document.id, document.title, document.content_hash, tuple(spans))


def proposals(project: Project, titles: Iterable[str]) -> dict[str, list[Span]]:
    """The program's proposal for each document."""
    with project.read() as session:
        return {title: list(proposal(session, documents.find(session, title)).spans) for title in titles}


def propose_in(progress: Callable[[float, float, str], None], address: str,
               document_ids: Sequence[int]) -> list[Proposal]:
    """Proposals for documents of the project at an address, read there by the process that calls this.

    `progress(done, total, title)` is called before each and may raise to stop.
    """
    project = Project.open(address)
    found = []
    try:
        for n, number in enumerate(document_ids):
            with project.read() as session:
                document = session.get(Document, number)
                if document is not None:
                    progress(n, len(document_ids), document.title)
                    found.append(proposal(session, document))
    finally:
        project.close()
    return found


def take_over(session: Session, found: Iterable[Proposal]) -> int:
    """Put proposals in force. What was accepted or coded stays as it is, the rest of the text is proposed anew; a
    document whose text has changed meanwhile is left alone. Returns how many narratieven were proposed."""
    return sum(_take_over(session, one) for one in found)


def _take_over(session: Session, one: Proposal) -> int:
    document = session.get(Document, one.document_id)
    if document is None or document.content_hash != one.content_hash:
        return 0
    pieces = narratives.of_document(session, one.document_id)
    coded = with_dependants(session, Narratief, [n.id for n in pieces])
    kept = [Span(n.start, n.end, n.counts, n.proposed) for n in pieces if not n.proposed or n.id in coded]
    new = beside(documents.text_of(session, document), kept, one.spans)
    narratives.set_segmentation(session, one.document_id, [*kept, *new])
    return len(new)


def beside(text: str, kept: Sequence[Span], proposed: Sequence[Span]) -> list[Span]:
    """The parts of proposed spans that lie outside those that are kept (in order), without white space at the edges.

    A part keeps certainty and reason of its beginning only where that is the span's own beginning.
    """
    free = narratives.outside(text, [(span.start, span.end) for span in kept])
    found = []
    for span in proposed:
        for low, high in free:
            start, end = narratives.trimmed(text, max(span.start, low), min(span.end, high))
            if start < end and start == span.start:
                found.append(Span(start, end, span.counts, True, span.certainty, span.reason))
            elif start < end:
                found.append(Span(start, end, span.counts, True))
    return found


def of_table(table: Table) -> dict[str, list[Span]]:
    """Boundaries per document from a table with the columns `document, start, end` and perhaps `counts` (nee or no:
    geen narratief)."""
    table.require("document", "start", "end")
    found: dict[str, list[Span]] = {}
    for place, row in enumerate(table.dicts(), 2):
        start, end = whole(row["start"]), whole(row["end"])
        if start is None or end is None:
            raise UsageError("{file}, row {row}: start and end must be whole numbers.", file=table.name, row=place)
        counts = row.get("counts", "").casefold() not in ("nee", "no", "false", "0")
        found.setdefault(row["document"], []).append(Span(start, end, counts))
    return found
