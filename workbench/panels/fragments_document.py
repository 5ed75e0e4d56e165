"""A document with its cuts as the place Fragmenten shows it: pieces, boundaries, and where they may go."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import Coding
from corpora import documents, narratives
from corpora.edges import Edges
from corpora.messages import Message, message
from corpora.models import Document, Narratief
from corpora.transcript_types import Turn
from workbench.i18n import _
from workbench.widgets.transcript_values import BoundaryMark, NarrativeSpan, TurnSpan

SURE, LIKELY = 0.85, 0.7
"""Certainty from which a proposed beginning is called sure, and likely."""

BoundaryKey = tuple[int | None, int | None]


@dataclass(frozen=True)
class Piece:
    """A narratief, or a stretch of *geen narratief* (`nr` None). `codes` counts the different codes on it."""

    id: int
    nr: int | None
    start: int
    end: int
    proposed: bool
    certainty: float | None
    reasons: tuple[Message, ...]
    codes: int

    @property
    def name(self) -> Message:
        """What it is called in messages."""
        return message("geen narratief") if self.nr is None else message("narratief {nr}", nr=self.nr)


@dataclass(frozen=True)
class Boundary:
    """A boundary before `at`, between two pieces or (one of them None) between a piece and words outside any."""

    at: int
    left: Piece | None
    right: Piece | None

    @property
    def key(self) -> BoundaryKey:
        """What identifies it while its place changes."""
        return (self.left.id if self.left else None, self.right.id if self.right else None)

    @property
    def drawn(self) -> int:
        """Where its line is drawn: an end outside stays at the last word."""
        return self.at if self.right is not None or self.left is None else self.left.end


@dataclass(frozen=True)
class CutDocument:
    """A document's text with its pieces in order."""

    id: int
    title: str
    content_hash: str
    text: str
    turns: tuple[Turn, ...]
    edges: Edges
    pieces: tuple[Piece, ...]

    def piece(self, number: int | None) -> Piece | None:
        """The piece with this number."""
        return next((p for p in self.pieces if p.id == number), None)

    def piece_at(self, point: int) -> Piece | None:
        """The piece that holds a place; white space goes with the piece before it, else with the one after."""
        for piece in reversed(self.pieces):
            if piece.start <= point:
                return piece if not self.text[piece.end:point + 1].strip() else None
        first = self.pieces[0] if self.pieces else None
        return first if first is not None and not self.text[point:first.start].strip() else None

    def beside(self, piece: Piece, step: int) -> Piece | None:
        """The piece that many places further."""
        at = self.pieces.index(piece) + step
        return self.pieces[at] if 0 <= at < len(self.pieces) else None

    def outside(self) -> list[tuple[int, int]]:
        """The stretches with words that no piece covers."""
        return narratives.outside(self.text, [(p.start, p.end) for p in self.pieces])

    def boundaries(self) -> list[Boundary]:
        """All boundaries in order."""
        found: list[Boundary] = []
        left: Piece | None = None
        for piece in self.pieces:
            apart = left is not None and self.text[left.end:piece.start].strip()
            if left is not None and apart:
                found.append(Boundary(self._after(left.end), left, None))
            found.append(Boundary(piece.start, None if apart else left, piece))
            left = piece
        return [*found, Boundary(self._after(left.end), left, None)] if left is not None else found

    def boundary(self, key: BoundaryKey | None) -> Boundary | None:
        """The boundary with this key."""
        return next((b for b in self.boundaries() if b.key == key), None) if key is not None else None

    def boundary_of(self, piece: Piece, *, end: bool) -> Boundary | None:
        """The boundary at the beginning or the end of a piece."""
        return next((b for b in self.boundaries() if (b.left if end else b.right) == piece), None)

    def limits(self, boundary: Boundary) -> tuple[int, int]:
        """Between which places a boundary can move, both included."""
        left, right = boundary.left, boundary.right
        before = self.beside(right, -1) if right is not None and left is None else None
        after = self.beside(left, 1) if left is not None and right is None else None
        low = left.start + 1 if left is not None else before.end if before is not None else 0
        high = right.end - 1 if right is not None else after.start if after is not None else len(self.text)
        return low, high

    def _after(self, end: int) -> int:
        rest = self.text[end:]
        return end + len(rest) - len(rest.lstrip())


def read(session: Session, document_id: int, veil: Veil = NO_VEIL) -> CutDocument | None:
    """A document with its cuts; None when it is gone."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    text = documents.text_of(session, document)
    turns = tuple(Turn(speaker.label, speaker.interviewer, turn.start, turn.end, turn.seconds)
                  for turn, speaker in documents.turns_of(session, document_id))
    bare = CutDocument(document_id, document.title, document.content_hash, text, turns, Edges(text, turns), ())
    return with_pieces(session, bare, veil)


def with_pieces(session: Session, document: CutDocument, veil: Veil = NO_VEIL) -> CutDocument:
    """The same document with its cuts read again, and how many codes each has that may be seen."""
    rows = narratives.of_document(session, document.id)
    numbers = narratives.numbers(rows)
    counted = (select(Coding.narratief_id, func.count(Coding.code_id.distinct()))
               .join(Narratief, Narratief.id == Coding.narratief_id).where(Narratief.document_id == document.id)
               .group_by(Coding.narratief_id))
    if veil.hides(document.id):
        counted = counted.where(Coding.coder_id == veil.viewer)
    codes = {number: n for number, n in session.execute(counted)}
    return replace(document, pieces=tuple(
        Piece(n.id, numbers.get(n.id), n.start, n.end, n.proposed, n.certainty, reasons_of(n.reason),
              codes.get(n.id, 0)) for n in rows))


def reasons_of(stored: str) -> tuple[Message, ...]:
    """The reasons of a proposal as the narratief keeps them (a JSON list of messages)."""
    if not stored.startswith("["):
        return (Message(stored),) if stored else ()
    return tuple(Message.from_json(json.dumps(one)) for one in json.loads(stored))


def turn_spans(document: CutDocument) -> list[TurnSpan]:
    """The turns for the transcript view."""
    return [TurnSpan(turn.start, turn.end, turn.interviewer, turn.speaker) for turn in document.turns]


def narrative_spans(document: CutDocument) -> list[NarrativeSpan]:
    """The pieces for the transcript view."""
    return [NarrativeSpan(p.id, p.nr, p.start, p.end, excluded=p.nr is None) for p in document.pieces]


def boundary_marks(document: CutDocument, hand: BoundaryKey | None) -> list[BoundaryMark]:
    """The boundary lines; the one in hand says how it moves. The end of the last words has no line of its own."""
    stop = len(document.text.rstrip())
    return [_mark(b, b.key == hand) for b in document.boundaries() if b.key == hand or b.drawn < stop]


def _mark(boundary: Boundary, in_hand: bool) -> BoundaryMark:
    piece = boundary.right
    label = sure_words(piece) if piece is not None and piece.proposed else ""
    label = _("end of {piece}", piece=boundary.left.name) if piece is None and boundary.left is not None else label
    label = _("← → word · ⇧ sentence") if in_hand else label
    doubtful = piece is not None and piece.proposed and (piece.certainty or 0) < LIKELY
    return BoundaryMark(boundary.drawn, label, sure=not doubtful, key=boundary.key)


def sure_words(piece: Piece) -> str:
    """How sure a proposed beginning is, and why, in a few words."""
    return " · ".join([certainty_word(piece.certainty), *(_(reason) for reason in piece.reasons)])


def certainty_word(certainty: float | None) -> str:
    """A certainty between 0 and 1 in a word."""
    if certainty is None:
        return _("not judged")
    return _("sure") if certainty >= SURE else _("likely") if certainty >= LIKELY else _("doubtful")
