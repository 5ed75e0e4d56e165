"""The place Fragmenten: documents are cut into narratieven, proposed by the program, decided by a person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from corpora.messages import message
from workbench.panels import fragments_document as cuts
from workbench.panels.fragments_keys import deed_of
from workbench.panels.fragments_page import FragmentsPage
from workbench.project import OpenProject


class FragmentsPanel(FragmentsPage):
    """The page with what its keys and buttons do.

    `openPlace(key)` asks for another place; `openNarratief(id)` for a narratief in the place where one codes.
    """

    openPlace = Signal(str)
    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, parent)
        self._deeds = self._all_deeds()
        self.text.set_key_filter(self._takes)
        self.side.deedChosen.connect(self._choose_deed)
        self.side.codingWanted.connect(self._go_coding)
        self._empty.clicked.connect(lambda: self.openPlace.emit("material"))

    def _all_deeds(self) -> dict[str, Callable[[], object]]:
        return {
            "propose": self.propose, "propose_all": self.propose_all, "accept": self.accept,
            "accept_all": self.accept_all, "doubt": self.go_to_doubt, "split": self.split,
            "split_sentence": lambda: self.split(sentence=True), "join": lambda: self.join(1),
            "join_back": lambda: self.join(-1), "begin": lambda: self._hold(end=False),
            "end": lambda: self._hold(end=True), "counts": self.toggle_counts, "make": self.make,
            "remove": self.remove, "clear": self.clear, "let_go": self.let_go,
            "word_back": lambda: self.shift(-1), "word_on": lambda: self.shift(1),
            "sentence_back": lambda: self.shift(-1, sentence=True), "sentence_on": lambda: self.shift(1, sentence=True),
            "previous": lambda: self.step(-1), "next": lambda: self.step(1),
        }

    def _takes(self, event: QKeyEvent) -> bool:
        deed = deed_of(event, in_hand=self.hand is not None)
        if deed is None:
            return False
        self._deeds[deed]()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def _choose_deed(self, key: str) -> None:
        self._deeds[key]()
        self.text.setFocus()

    def propose(self) -> None:
        """Let the program propose for this document."""
        if self.document is not None:
            self.proposer.propose([self.document.id])
            self._show_state()

    def propose_all(self) -> None:
        """Let the program propose for every document that is not cut yet."""
        self.proposer.propose(self.documents.unsegmented())
        self._show_state()

    def accept(self) -> None:
        """Accept the piece in hand and take the next."""
        piece = self.piece()
        if piece is None or self.document is None:
            self.step(1)
            return
        after = self.document.beside(piece, 1)
        if piece.proposed:
            self.cutting.accept([piece], self.document.title)
        if after is not None:
            self.go_to(after.id)

    def accept_all(self) -> None:
        """Accept every proposal of the document."""
        proposed = [p for p in self.document.pieces if p.proposed] if self.document is not None else []
        if proposed and self.document is not None:
            self.cutting.accept(proposed, self.document.title)

    def go_to_doubt(self) -> None:
        """Take the next doubtful proposal; when none is doubtful, the next proposal."""
        if self.document is None:
            return
        caret = self.text.caret()
        proposed = [p for p in self.document.pieces if p.proposed]
        ahead = sorted(proposed, key=lambda p: (p.start <= caret, p.start))
        doubtful = [p for p in ahead if (p.certainty or 0) < cuts.LIKELY]
        if ahead:
            self.go_to((doubtful or ahead)[0].id)

    def step(self, direction: int) -> None:
        """Take the next or previous piece."""
        if self.document is None:
            return
        piece, caret = self.piece(), self.text.caret()
        if piece is not None:
            beside = self.document.beside(piece, direction)
        else:
            ahead = [p for p in self.document.pieces if (p.start > caret) == (direction > 0)]
            beside = ahead[0 if direction > 0 else -1] if ahead else None
        if beside is not None:
            self.go_to(beside.id)

    def split(self, *, sentence: bool = False) -> None:
        """Split the piece in hand before the word or the sentence at the caret; the second part is in hand then."""
        piece = self.piece()
        if piece is None:
            self._opened.failed.emit(message("Put the cursor inside the narratief that should be split."))
            return
        made = self.cutting.split(piece, self._cut_place(sentence=sentence))
        if made is not None:
            self.go_to(made)

    def join(self, direction: int) -> None:
        """Join the piece in hand with the next or previous one."""
        piece = self.piece()
        other = self.document.beside(piece, direction) if self.document is not None and piece is not None else None
        if piece is None or other is None:
            self._opened.failed.emit(message("There is no narratief beside this one to join it with."))
            return
        kept = self.cutting.join(*((piece, other) if direction > 0 else (other, piece)))
        if kept is not None:
            self._take_piece(kept, show=False)

    def _hold(self, *, end: bool) -> None:
        piece = self.piece()
        boundary = self.document.boundary_of(piece, end=end) if self.document is not None and piece else None
        if boundary is None or boundary.key == self.hand:
            self.let_go()
            return
        self._take_in_hand(boundary.key)
        self.text.reveal(boundary.drawn)

    def let_go(self) -> None:
        """Let go of the boundary in hand."""
        self.hand = None
        self._show_hand()

    def shift(self, direction: int, *, sentence: bool = False) -> None:
        """Move the boundary in hand by a word or a sentence."""
        boundary = self.document.boundary(self.hand) if self.document is not None else None
        if self.document is None or boundary is None:
            return
        low, high = self.document.limits(boundary)
        self.cutting.move(boundary, self.document.edges.next(boundary.at, direction, sentence=sentence,
                                                             low=low, high=high))
        moved = self.document.boundary(self.hand)
        if moved is not None:
            self.text.reveal(moved.drawn)

    def toggle_counts(self) -> None:
        """Mark the selected words, the piece in hand or the words outside as *geen narratief*, or a piece back."""
        piece = self.piece()
        if self._selected() is not None or piece is None:
            self._carve(counts=False)
        else:
            self.cutting.set_counts(piece, piece.nr is None)

    def make(self) -> None:
        """Make a narratief of the selected words, or of the words outside any at the caret."""
        piece = self.piece()
        if self._selected() is None and piece is not None and piece.nr is None:
            self.cutting.set_counts(piece, True)
        elif self._selected() is None and piece is not None:
            self._opened.failed.emit(message("Select the words that should be a narratief of their own."))
        else:
            self._carve(counts=True)

    def _carve(self, *, counts: bool) -> None:
        stretch = self._selected() or self._outside_here()
        if self.document is None or stretch is None:
            self._opened.failed.emit(message("Select the words that should be a narratief of their own."))
            return
        made = self.cutting.carve(self.document, *stretch, counts)
        if made is not None:
            self.go_to(made)

    def _selected(self) -> tuple[int, int] | None:
        start, end = self.text.selection()
        if self.document is None or not self.document.text[start:end].strip():
            return None
        return self.document.edges.stretch(start, end)

    def _outside_here(self) -> tuple[int, int] | None:
        caret = self.text.caret()
        gaps = self.document.outside() if self.document is not None else []
        return next((gap for gap in gaps if caret <= gap[1]), None)

    def remove(self) -> None:
        """Take the piece in hand out of the segmentation."""
        piece = self.piece()
        if piece is not None:
            self.cutting.remove(piece)

    def clear(self) -> None:
        """Take all pieces of the document away."""
        if self.document is not None and self.document.pieces:
            self.cutting.clear(self.document)

    def _go_coding(self) -> None:
        counting = [p for p in self.document.pieces if p.nr is not None] if self.document is not None else []
        if counting:
            self.openNarratief.emit(counting[0].id)
        else:
            self.openPlace.emit("coding")
