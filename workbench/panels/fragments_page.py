"""What the place Fragmenten shows: documents, the text with its cuts, the actions. What they do: `fragments.py`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from corpora.store.project import Changed
from workbench.i18n import _
from workbench.panels import fragments_document as cuts
from workbench.panels.fragments_cutting import Cutting
from workbench.panels.fragments_document import BoundaryKey, CutDocument, Piece
from workbench.panels.fragments_list import DocumentList
from workbench.panels.fragments_side import FragmentsSide
from workbench.panels.fragments_text import FragmentText, shift_is_down
from workbench.panels.fragments_work import Proposer
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState

TEXT_TABLES = {"document", "speaker", "turn", "text_version"}
CUT_TABLES = {"narratief", "coding"}


class FragmentsPage(QWidget):
    """Documents at the left, the text with its boundaries in the middle, the actions at the right; kept current by the
    project's changes. `current` is the piece in hand, `hand` the boundary in hand."""

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.document: CutDocument | None = None
        self.current: int | None = None
        self.hand: BoundaryKey | None = None
        self._missed = False
        self.cutting = Cutting(opened)
        self.proposer = Proposer(opened, self.cutting.label_of, self)
        self.documents, self.text, self.side = DocumentList(), FragmentText(), FragmentsSide()
        self._title, self._about = QLabel(), QLabel()
        self._build()
        self._connect()
        self._load_documents()

    # building

    def _build(self) -> None:
        px = theme().px
        self._pages = QStackedLayout(self)
        split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self._left(), self._middle(), self.side):
            split.addWidget(part)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([px(216), px(720), px(272)])
        self.side.setMinimumWidth(px(224))
        self._empty = EmptyState(_("There is nothing to cut yet: bring in your transcripts first."),
                                 _("To Materiaal"), "fragments")
        self._pages.addWidget(split)
        self._pages.addWidget(self._empty)
        self.setFocusProxy(self.text)

    def _left(self) -> QWidget:
        part, px = QWidget(), theme().px
        part.setMinimumWidth(px(160))
        box = QVBoxLayout(part)
        box.setContentsMargins(px(8), px(12), 0, px(8))
        heading = QLabel(_("Documents"))
        heading.setProperty("role", "heading")
        box.addWidget(heading)
        box.addWidget(self.documents, 1)
        return part

    def _middle(self) -> QWidget:
        part, px = QWidget(), theme().px
        part.setMinimumWidth(px(400))
        box = QVBoxLayout(part)
        box.setContentsMargins(px(8), px(12), px(8), px(8))
        head = QHBoxLayout()
        self._title.setProperty("role", "heading")
        self._about.setProperty("role", "quiet")
        head.addWidget(self._title, 1)
        head.addWidget(self._about)
        box.addLayout(head)
        box.addWidget(self.text, 1)
        return part

    def _connect(self) -> None:
        self.documents.documentChosen.connect(self._show)
        self.documents.entered.connect(self.text.setFocus)
        self.side.pieceChosen.connect(self.go_to)
        self.text.set_snap(self._snap)
        self.text.caretMoved.connect(self._caret_moved)
        self.text.selectionChanged.connect(self._show_state)
        self.text.narrativeClicked.connect(lambda number: self._take_piece(number, show=False))
        self.text.boundaryTaken.connect(self._take_in_hand)
        self.text.boundaryMoved.connect(self._drop_boundary)
        self.proposer.ended.connect(self._show_state)
        self._opened.changed.connect(self._project_changed)

    # what is shown

    def show_document(self, document_id: int) -> None:
        """Show a document."""
        self.documents.choose(document_id)

    def piece(self) -> Piece | None:
        """The piece in hand."""
        return self.document.piece(self.current) if self.document is not None else None

    def go_to(self, number: int) -> None:
        """Take a piece in hand, bring it into sight and put the caret at its beginning."""
        piece = self.document.piece(number) if self.document is not None else None
        if piece is not None:
            self.text.place_caret(piece.start)
            self._take_piece(number, show=True)
            self.text.setFocus()

    def _show(self, document_id: int) -> None:
        with self._opened.project.read() as session:
            self.document = cuts.read(session, document_id, self._opened.reading.veil)
        self.current = self.hand = None
        if self.document is None:
            return
        self.text.set_document(self.document.text, cuts.turn_spans(self.document))
        self._title.setText(self.document.title)
        self._show_cuts()
        first = next((p for p in self.document.pieces if p.proposed), None)
        first = first or (self.document.pieces[0] if self.document.pieces else None)
        self.text.place_caret(first.start if first is not None else 0)
        self._take_piece(first.id if first is not None else None, show=True)

    def _show_cuts(self) -> None:
        """Show pieces and boundaries as they are now; what was in hand stays there when it still exists."""
        if self.document is None:
            return
        if self.document.piece(self.current) is None:
            here = self.document.piece_at(self.text.caret())
            self.current = here.id if here is not None else None
        if self.document.boundary(self.hand) is None:
            self.hand = None
        self.text.set_narratives(cuts.narrative_spans(self.document))
        self._show_hand()
        self.text.set_current(self.current, show=False)
        self.side.show_document(self.document)
        self._show_state()

    def _show_hand(self) -> None:
        if self.document is not None:
            self.text.set_boundaries(cuts.boundary_marks(self.document, self.hand))
            self.text.set_hand(self.hand)

    def _show_state(self) -> None:
        piece = self.piece()
        self.side.show_piece(piece)
        self.side.show_cut(self._cut_words())
        self.side.enable(self._possible())
        self._about.setText(self._about_words(piece))

    def _about_words(self, piece: Piece | None) -> str:
        if piece is None or self.document is None:
            return _("outside any narratief") if self.document is not None and self.document.pieces else ""
        words = _("{n} words", n=len(self.document.text[piece.start:piece.end].split()))
        return " · ".join([_(piece.name), words, *([_("{n} codes", n=piece.codes)] if piece.codes else [])])

    def _cut_words(self) -> str:
        """The words before which *split* would cut, empty when it cannot."""
        at, piece = self._cut_place(sentence=False), self.piece()
        if self.document is None or piece is None or not piece.start < at < piece.end:
            return ""
        return " ".join(self.document.text[at:min(piece.end, at + 60)].split()[:6])

    def _cut_place(self, *, sentence: bool) -> int:
        if self.document is None:
            return 0
        caret, edges = self.text.caret(), self.document.edges
        return edges.next(caret + 1, -1, sentence=True) if sentence else edges.cut(caret)

    def _possible(self) -> set[str]:
        if self.document is None:
            return set()
        found = {"make", "propose_all"} if self.documents.unsegmented() else {"make"}
        found |= {"clear"} if self.document.pieces else set()
        proposed = any(p.proposed for p in self.document.pieces)
        found |= {"accept_all", "doubt"} if proposed else set()
        if self.proposer.is_busy:
            found.discard("propose_all")
        elif proposed or self.document.outside():
            found.add("propose")
        piece = self.piece()
        if piece is not None:
            found |= {"accept", "split", "split_sentence", "begin", "end", "remove"}
            found |= {"join"} if self.document.beside(piece, 1) else set()
            found |= {"join_back"} if self.document.beside(piece, -1) else set()
        return found | {"counts"}

    # what happens outside

    def _project_changed(self, changed: Changed) -> None:
        if not self.isVisible():
            self._missed |= bool(changed.tables() & (TEXT_TABLES | CUT_TABLES))
            return
        tables = changed.tables()
        if "document" in tables:
            self._load_documents()
        if tables & TEXT_TABLES:
            self._read_text_again()
        elif tables & CUT_TABLES and self.document is not None:
            with self._opened.project.read() as session:
                self.document = cuts.with_pieces(session, self.document, self._opened.reading.veil)
            self._show_cuts()
        if "narratief" in tables:
            self.documents.load_progress(self._opened.project, changed.rows)
            self._show_state()

    def _load_documents(self) -> None:
        self.documents.load(self._opened.project)
        self._pages.setCurrentIndex(0 if self.documents.lines.lines else 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._missed = False
            self._load_documents()
            self._read_text_again()

    def _read_text_again(self) -> None:
        if self.document is None:
            return
        with self._opened.project.read() as session:
            fresh = cuts.read(session, self.document.id, self._opened.reading.veil)
        if fresh is None or (fresh.text, fresh.turns) != (self.document.text, self.document.turns):
            self._show(self.document.id)
            return
        self.document = fresh
        self._title.setText(fresh.title)
        self._show_cuts()

    # caret, keys and mouse

    def _caret_moved(self, point: int) -> None:
        if self.document is None:
            return
        piece = self.document.piece_at(point)
        number = piece.id if piece is not None else None
        if number != self.current:
            self._take_piece(number, show=False)
        else:
            self.side.show_cut(self._cut_words())

    def _take_piece(self, number: int | None, *, show: bool) -> None:
        self.current = number
        self.text.set_current(number, show)
        self._show_state()

    def _take_in_hand(self, key: BoundaryKey) -> None:
        self.hand = key
        self._show_hand()

    def _snap(self, point: int) -> int:
        boundary = self.document.boundary(self.hand) if self.document is not None else None
        if self.document is None or boundary is None:
            return point
        low, high = self.document.limits(boundary)
        return self.document.edges.nearest(point, sentence=shift_is_down(), low=low, high=high)

    def _drop_boundary(self, key: BoundaryKey, at: int) -> None:
        boundary = self.document.boundary(key) if self.document is not None else None
        if boundary is not None:
            self.cutting.move(boundary, at)
