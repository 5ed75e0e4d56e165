"""The page where one codes: the text in the middle, the facets beside it, what is open below."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from codebook.coded import CodedNarratief, missing
from corpora.messages import Message, message
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.coder_marks import given_by_others
from workbench.panels.coding_commands import CodingCommands
from workbench.panels.coding_desk import CodingDesk
from workbench.panels.coding_foot import CodingFoot, FacetFill
from workbench.panels.coding_head import CodingHead
from workbench.panels.coding_keys import CodingKeys
from workbench.panels.coding_strips import StripStack
from workbench.panels.coding_values import Spans
from workbench.project import OpenProject
from workbench.shared.uses_button import UsesButton
from workbench.theme import theme
from workbench.widgets.facet_picker import FacetPicker
from workbench.widgets.facet_values import matches
from workbench.widgets.transcript_view import TranscriptView


class CodingPage(QWidget):
    """See `coding_keys` and `FacetPicker` for the keys. `editWanted(code id or None)` asks for the codebook,
    `mergeWanted(code)` and `splitWanted(code)` for those pages of it, `historyWanted(narratief, code)` for the log,
    `findingWanted(kind, number)` for what the narratief in hand stands behind."""

    editWanted = Signal(object)
    mergeWanted = Signal(int)
    splitWanted = Signal(int)
    historyWanted = Signal(int, object)
    findingWanted = Signal(str, int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.desk = CodingDesk(opened)
        self.commands = CodingCommands(self)
        self.uses = UsesButton(opened)
        self.head, self.foot = CodingHead(self.uses), CodingFoot()
        self.view, self.picker = TranscriptView(), FacetPicker()
        self.strips = StripStack(self.commands.deeds.near)
        self.keys = CodingKeys(self)
        self._spans = Spans()
        self._facets_told: list[str] = []
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        split = QSplitter(Qt.Orientation.Horizontal)
        left, right = QWidget(), QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(px(12), px(4), 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.view, 1)
        box.addWidget(self.strips)
        beside = QHBoxLayout(right)
        beside.setContentsMargins(px(8), px(4), px(12), 0)
        beside.addWidget(self.picker)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([660, 540])
        right.setMinimumWidth(px(420))
        outer.addWidget(self.head)
        outer.addWidget(split, 1)
        outer.addWidget(self.foot)
        self.setFocusProxy(self.picker)

    def _connect(self) -> None:
        self.opened.changed.connect(self._changed)
        self.picker.toggled.connect(self.commands.choose)
        self.picker.not_mentioned.connect(self.commands.set_absent)
        self.picker.commandRequested.connect(self.commands.run)
        self.picker.codeShown.connect(self._note_shown)
        self.picker.menuRequested.connect(self._ask_menu)
        self.picker.unknownNumber.connect(self._tell_unknown)
        self.picker.facetInHandChanged.connect(lambda _facet: self._offer())
        self.field().textChanged.connect(lambda _text: self._offer())
        self.foot.commandRequested.connect(self._run_by_button)
        self.head.documentChosen.connect(self.open_document)
        self.head.listWanted.connect(self._show_documents)
        self.head.othersChosen.connect(self._show_others)
        self.head.newCodeWanted.connect(self.commands.ask_new_code)
        self.head.codebookWanted.connect(lambda: self.editWanted.emit(self.commands.shown_code))
        self.uses.wanted.connect(self.findingWanted)
        self.view.narrativeClicked.connect(lambda number: self.go_to(int(str(number)), keep_place=True))
        self.view.chipClicked.connect(self._chip_clicked)
        self.view.set_key_filter(self.keys.for_text)
        self.field().installEventFilter(self)
        self.strips.closed.connect(self._strip_closed)
        self.strips.new_code.wanted.connect(self.commands.make)
        self.strips.missing.chosen.connect(self.go_to)
        self.strips.missing.overruled.connect(lambda: self.commands.set_ready(True, overrule=True))
        self.strips.reason.keyPassed.connect(self._pass_key)

    def field(self) -> QLineEdit:
        """The field in which one types codes."""
        return cast(QLineEdit, self.picker.focusProxy())

    # opening and showing

    def start(self) -> bool:
        """Read codebook and documents and open the first document that is not complete; False when there is nothing
        to code."""
        self.desk.read_names()
        self._show_codebook()
        if not self.desk.documents():
            return False
        self._show_documents()
        if self.desk.document is None or self.desk.document.id not in self.desk.documents():
            self.open_document(self.desk.first_open())
        return True

    def open_document(self, number: int, narratief: int | None = None) -> None:
        """Open a document, at a narratief or at the first that is open."""
        self.strips.only(None)
        document = self.desk.open(number)
        if document is None:
            return
        self.view.set_document(document.text, document.turns)
        if not self.head.choose(number):
            self._show_documents()
        self._show_others(self.desk.others)
        wanted = document.narratief(narratief) or document.next_open(None, self.desk.me, self.desk.book)
        first = wanted or next(iter(document.counting), None)
        self.go_to(first.id if first else None)

    def open_narratief(self, number: int) -> None:
        """Open the document of a narratief and take it in hand."""
        document = self.desk.document_of(number)
        if document is not None:
            self.open_document(document, number)

    def go_to(self, number: int | None, keep_place: bool = False) -> None:
        """Take a narratief in hand; `keep_place` leaves the text where it is scrolled to."""
        piece = self.desk.document.narratief(number) if self.desk.document and number is not None else None
        if piece is None or piece.nr is None:
            self._show_state()
            return
        self.strips.only(None)
        self.commands.forget_replacing()
        self.desk.current = piece.id
        self.view.set_current(piece.id, show=not keep_place)
        self.picker.begin()
        self._show_state()
        self._to_first_open(piece)
        if not keep_place or not self.view.hasFocus():
            self.field().setFocus()

    def _to_first_open(self, piece: CodedNarratief) -> None:
        open_facets = missing(piece, self.desk.me, self.desk.book.facet_of, self.desk.book.least)
        if open_facets and len(open_facets) < len(self.desk.book.facets):
            self.keys.step_to_facet(open_facets[0])

    def _show_codebook(self) -> None:
        self.commands.deeds.book = self.desk.book
        facets = [f.name for f in self.desk.book.facets]
        if facets != self._facets_told:
            # Every widget paints itself anew on this, the text too, which would lose its selection.
            self._facets_told = facets
            theme().set_facets(facets)
        in_hand = self.picker.facet_in_hand()
        self.picker.set_facets(self.desk.book.facets)
        if in_hand is not None:
            self.keys.step_to_facet(in_hand)
        self._offer()

    def _show_documents(self) -> None:
        current = self.desk.document.id if self.desk.document else None
        self.head.set_documents(self.desk.lines(), current)

    def _show_others(self, shown: set[int]) -> None:
        self.desk.others = set(shown)
        self._tell_others()
        self._show_spans()
        self._show_state()

    def _tell_others(self) -> None:
        self.head.set_others(self.desk.other_coders(), self.desk.others, self.desk.is_hidden())

    def _show_spans(self) -> None:
        document = self.desk.document
        if document is not None:
            self.view.set_narratives(self._spans.of(document.pieces, self.desk.marks(), self.desk.book))
            self.view.set_highlights([(q.start, q.end) for q in document.quotes if q.coder in self.desk.marks()])

    def _show_state(self) -> None:
        """Picker, foot and head for the narratief in hand."""
        document, piece = self.desk.document, self.desk.piece()
        if document is None:
            return
        book, me = self.desk.book, self.desk.me
        if piece is not None:
            self.picker.set_state(set(piece.codes_of(me)), set(piece.absent_of(me)),
                                  given_by_others(piece, me, self.desk.marks()))
        self.uses.show_for(piece.id if piece else 0)
        self.uses.setVisible(bool(self.uses.uses))
        left = set(missing(piece, me, book.facet_of, book.least)) if piece else set(book.least)
        fills = [FacetFill(f.name, f.id not in left) for f in book.facets]
        total = len(document.counting)
        self.foot.show_state(fills, document.complete(me, book), total, self.desk.is_done())
        self.head.update_line(self.desk.line_in_hand())
        self.head.set_where(_("narratief {nr} of {n}", nr=piece.nr, n=total) if piece else _("no narratieven yet"))

    def _offer(self) -> None:
        typed = self.field().text().strip()
        known = not typed or bool(matches(self.desk.book.facets, typed))
        self.head.offer(typed, self.desk.book.names.get(self.facet_in_hand(), ""), known)

    def facet_in_hand(self) -> int:
        """The facet that digits choose in."""
        found = self.picker.facet_in_hand()
        return int(str(found)) if found is not None else 0

    # what changed in the project

    def _changed(self, changed: Changed) -> None:
        before = self.desk.document
        names = self.desk.take_in(changed)
        document = self.desk.document
        if names:
            self._show_codebook()
        if document is None:
            if before is not None:
                self.start()
            return
        if before is None or document.text != before.text or document.turns != before.turns:
            self.view.set_document(document.text, document.turns)
            self.view.set_current(self.desk.current)
            self._show_documents()
        if names or document is not before:
            self._show_spans()
        if self.desk.piece() is None and document.counting:
            self.go_to(document.counting[0].id)
            return
        if changed.tables() & {"coder", "done", "setting"}:
            self._tell_others()
        if "assignment" in changed.tables():
            self._show_documents()
        self._show_state()

    # small things

    def _run_by_button(self, name: str) -> None:
        self.field().setFocus()
        self.commands.run(name)

    def _strip_closed(self) -> None:
        self.commands.forget_replacing()
        self.field().setFocus()

    def _pass_key(self, event: QKeyEvent) -> None:
        self.picker.handle_key(event, own=True)

    def _note_shown(self, code: object) -> None:
        self.commands.shown_code = int(str(code))

    def tell(self, text: Message) -> None:
        """Say something at the foot of the window."""
        self.opened.message.emit(text, False)

    def _tell_unknown(self, facet: object, number: int) -> None:
        name = self.desk.book.names.get(int(str(facet)), "")
        self.tell(message("{facet} has no code {number}.", facet=name, number=number))

    def _chip_clicked(self, narratief: object, key: object) -> None:
        """A click on one's own chip takes it off; another coder's stays."""
        coder, code = cast(tuple[int, int], key)
        self.go_to(int(str(narratief)), keep_place=True)
        document, piece = self.desk.document, self.desk.piece()
        if document is None or piece is None or coder != self.desk.me:
            return
        if code < 0:
            self.commands.deeds.not_mentioned(document, piece, -code)
        else:
            self.commands.deeds.toggle(document, piece, code)

    def _ask_menu(self, code: object, at: QPoint) -> None:
        self.commands.shown_code = int(str(code))
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """What can be done with the code in sight."""
        menu, code = QMenu(self), self.commands.shown_code or 0
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        piece = self.desk.piece()
        given = piece is not None and code in piece.codes_of(self.desk.me)
        menu.addAction(_("Take off") if given else _("Give"), lambda: self.commands.choose(code))
        menu.addAction(_("Replace by another code…   F4"), self.commands.ask_replace).setEnabled(given)
        if piece is not None:
            menu.addAction(_("History of this coding…"), lambda: self.historyWanted.emit(piece.id, code))
        menu.addSeparator()
        menu.addAction(_("Change name, definition, colour…   F2"), lambda: self.editWanted.emit(code))
        menu.addAction(_("Merge with another code…"), lambda: self.mergeWanted.emit(code))
        menu.addAction(_("Split…"), lambda: self.splitWanted.emit(code))
        menu.addAction(_("New code…   F9"), self.commands.ask_new_code)
        return menu

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field() and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and not self.field().text():
                # An empty field has nothing to undo: Ctrl+Z belongs to the window.
                if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
                    event.ignore()
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return self.keys.for_field(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.anywhere(event):
            super().keyPressEvent(event)
