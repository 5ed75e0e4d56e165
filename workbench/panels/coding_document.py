"""The document in hand while coding: its text, turns, narratieven and codings, kept current by each step (no Qt)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from codebook import coded, memos
from codebook.blind import Veil
from codebook.coded import CodedNarratief, missing
from corpora import documents
from corpora.models import Document
from corpora.store.rows import RowChange
from workbench.panels.coding_values import CodebookValues
from workbench.widgets.transcript_values import TurnSpan


@dataclass(frozen=True)
class QuoteSpan:
    """A citaat in the text."""

    id: int
    start: int
    end: int
    coder: int


@dataclass(frozen=True)
class DocumentInHand:
    """A document as the coding place needs it."""

    id: int
    title: str
    kind: str
    text: str
    turns: tuple[TurnSpan, ...]
    pieces: tuple[CodedNarratief, ...]
    quotes: tuple[QuoteSpan, ...]

    @property
    def counting(self) -> list[CodedNarratief]:
        """The narratieven that count, in order."""
        return [n for n in self.pieces if n.nr is not None]

    def narratief(self, number: int | None) -> CodedNarratief | None:
        """The narratief with this id."""
        return next((n for n in self.pieces if n.id == number), None)

    def at(self, point: int) -> CodedNarratief | None:
        """The narratief that holds a code point."""
        return next((n for n in self.pieces if n.start <= point < n.end), None)

    def beside(self, number: int | None, direction: int) -> CodedNarratief | None:
        """The next (+1) or previous (-1) narratief that counts; None at the end."""
        ids = [n.id for n in self.counting]
        at = ids.index(number) + direction if number in ids else 0
        return self.counting[at] if 0 <= at < len(ids) else None

    def next_open(self, number: int | None, coder: int, book: CodebookValues) -> CodedNarratief | None:
        """The next narratief that is not complete for a coder, round the end to the beginning."""
        ids = [n.id for n in self.counting]
        at = ids.index(number) + 1 if number in ids else 0
        rest = [*self.counting[at:], *self.counting[:at]]
        return next((n for n in rest if missing(n, coder, book.facet_of, book.least)), None)

    def complete(self, coder: int, book: CodebookValues) -> int:
        """How many narratieven are complete for a coder."""
        return sum(not missing(n, coder, book.facet_of, book.least) for n in self.counting)


def read_document(session: Session, document_id: int, veil: Veil) -> DocumentInHand | None:
    """The document with everything on it that may be seen; None when it is gone."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    turns = tuple(TurnSpan(t.start, t.end, s.interviewer, s.label) for t, s in documents.turns_of(session, document_id))
    return DocumentInHand(document_id, document.title, document.kind, documents.text_of(session, document), turns,
                          tuple(coded.of_document(session, document_id, veil)),
                          read_quotes(session, document_id, veil))


def read_quotes(session: Session, document_id: int, veil: Veil) -> tuple[QuoteSpan, ...]:
    """The quotes of a document that may be seen."""
    return tuple(QuoteSpan(q.id, q.start, q.end, q.coder_id) for q in memos.quotes_of(session, document_id)
                 if not veil.hides(document_id, q.coder_id))


def recoded(session: Session, document: DocumentInHand, rows: Iterable[RowChange], veil: Veil) -> DocumentInHand:
    """The same document after a step, from the rows of the step where they say enough."""
    followed = None if veil.hides(document.id) else coded.with_changes(document.pieces, rows)
    return replace(document, pieces=tuple(coded.again(session, document.pieces, veil)
                                          if followed is None else followed))
