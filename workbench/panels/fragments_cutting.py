"""What the actions of the place Fragmenten do to a document: every deed is one step with a name."""

from __future__ import annotations

from codebook import coding
from corpora import fragments, narratives
from corpora.messages import Message, message
from workbench.panels.fragments_document import Boundary, CutDocument, Piece
from workbench.project import OpenProject


class Cutting:
    """Changes the segmentation of documents of an open project. The document is given as it was last read."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened = opened

    def accept(self, pieces: list[Piece], title: str) -> None:
        """Agree with proposals."""
        label = (message("Accept {piece}", piece=pieces[0].name) if len(pieces) == 1
                 else message("Accept {n} proposals of «{title}»", n=len(pieces), title=title))
        self._opened.do(label, narratives.accept, [p.id for p in pieces])

    def split(self, piece: Piece, at: int) -> int | None:
        """Cut a piece in two; returns the second part, None when it could not be."""
        made = self._opened.do(message("Split {piece}", piece=piece.name), narratives.split, piece.id, at)
        if made is not None:
            self._say_kept(piece.codes, message("Split: both parts keep the code."),
                           message("Split: both parts keep the {n} codes.", n=piece.codes))
        return made

    def join(self, first: Piece, second: Piece) -> int | None:
        """Make two neighbours one; returns the one that stays."""
        label = message("Join {first} and {second}", first=first.name, second=second.name)
        kept = self._opened.do(label, coding.join, first.id, second.id)
        codes = first.codes + second.codes
        if kept is not None:
            self._say_kept(codes, message("Joined: the one narratief keeps the code."),
                           message("Joined: the one narratief keeps the codes of both."))
        return kept

    def move(self, boundary: Boundary, at: int) -> None:
        """Put a boundary elsewhere."""
        piece = boundary.right or boundary.left
        if piece is None or at == boundary.at:
            return
        label = (message("Move the beginning of {piece}", piece=piece.name) if boundary.right
                 else message("Move the end of {piece}", piece=piece.name))
        left, right = boundary.key
        self._opened.do(label, narratives.move_boundary, left, right, at)

    def set_counts(self, piece: Piece, counts: bool) -> None:
        """Mark a piece as *geen narratief*, or as narratief again."""
        label = message("Make a narratief again") if counts else message("Mark {piece} as geen narratief",
                                                                         piece=piece.name)
        self._opened.do(label, narratives.set_counts, [piece.id], counts)

    def carve(self, document: CutDocument, start: int, end: int, counts: bool) -> int | None:
        """Make a piece of a stretch."""
        label = message("Make a narratief") if counts else message("Mark words as geen narratief")
        return self._opened.do(label, narratives.carve, document.id, start, end, counts=counts)

    def remove(self, piece: Piece) -> None:
        """Take a piece out of the segmentation."""
        self._opened.do(message("Remove {piece}", piece=piece.name), narratives.remove, piece.id)
        self._say_gone(piece.codes)

    def clear(self, document: CutDocument) -> None:
        """Take all pieces of a document away."""
        label = message("Remove all narratieven of «{title}»", title=document.title)
        self._opened.do(label, narratives.clear, document.id)
        self._say_gone(sum(p.codes for p in document.pieces))

    def label_of(self, found: list[fragments.Proposal]) -> Message:
        """The name of the step that puts proposals in force."""
        if len(found) == 1:
            return message("Propose narratieven for «{title}»", title=found[0].title)
        return message("Propose narratieven for {n} documents", n=len(found))

    def _say_kept(self, codes: int, one: Message, more: Message) -> None:
        if codes:
            self._opened.message.emit(one if codes == 1 else more, True)

    def _say_gone(self, codes: int) -> None:
        if codes:
            self._opened.message.emit(message("Removed with its codes ({n}). Undo brings them back.", n=codes), True)
