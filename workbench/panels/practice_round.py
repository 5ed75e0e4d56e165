"""A round of practice: the narratieven of the set one by one, coded with the same keys as in Coderen."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget

from codebook import practice
from codebook.models import PracticeRound
from codebook.practice import Answer, SetRow
from corpora import documents, narratives
from corpora.messages import message
from corpora.models import Document, Narratief
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.codebook_values import CodebookValues, read_codebook
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.facet_picker import FacetPicker
from workbench.widgets.parts import button, heading, quiet
from workbench.widgets.transcript_values import NarrativeSpan, TurnSpan
from workbench.widgets.transcript_view import TranscriptView


class RoundPage(QWidget):
    """Enter goes on, Shift+Enter back, `=` finishes, Esc leaves (the round waits). `ended(round id)`, `left()`."""

    ended = Signal(int)
    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.set: SetRow | None = None
        self.round_id, self.at = 0, 0
        self.items: list[int] = []
        self.answers: practice.Answers = {}
        self.book = CodebookValues()
        self._document = 0
        self.title, self.where, self.facets = heading(""), quiet(), quiet()
        self.view, self.picker = TranscriptView(), FacetPicker()
        self.finish = button(_("Finish and compare"), self.ask_end, "=", "primary")
        self._ask, self._open_said = QFrame(), QLabel()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, top = theme().px, QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        top.setSpacing(px(12))
        for label in (self.title, self.where):
            label.setWordWrap(False)
            top.addWidget(label)
        top.addStretch(1)
        self.facets.setWordWrap(False)
        top.addWidget(self.facets)
        top.addWidget(button(_("Previous"), lambda: self.step(-1), "Shift+Enter"))
        top.addWidget(button(_("Next"), lambda: self.step(1), "Enter"))
        top.addWidget(self.finish)
        top.addWidget(button(_("Back"), self.left.emit, _("Esc; the round waits for you"), "link"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.view)
        split.addWidget(self.picker)
        split.setSizes([px(620), px(520)])
        split.setChildrenCollapsible(False)
        self.picker.setMinimumWidth(px(400))
        box.addLayout(top)
        box.addWidget(self._question())
        box.addWidget(split, 1)
        self.setFocusProxy(self.picker)

    def _question(self) -> QFrame:
        row, px = QHBoxLayout(self._ask), theme().px
        self._ask.setProperty("role", "card")
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.addWidget(self._open_said, 1)
        row.addWidget(button(_("To the first that is open"), self.to_open, "Esc"))
        self.sure = button(_("Finish all the same"), self.end, "=")
        row.addWidget(self.sure)
        self._ask.hide()
        return self._ask

    def _connect(self) -> None:
        self.picker.toggled.connect(self._toggle)
        self.picker.not_mentioned.connect(self._absent)
        self.picker.commandRequested.connect(self._command)
        self.view.set_key_filter(lambda event: self._anywhere(event) or self.picker.handle_key(event))
        self.view.narrativeClicked.connect(self._clicked)
        self.field().installEventFilter(self)

    def field(self) -> QLineEdit:
        """The field in which one types codes."""
        found = self.picker.focusProxy()
        assert isinstance(found, QLineEdit)
        return found

    # the round

    def start(self, wanted: SetRow, round_id: int) -> bool:
        """Go on with a round at its first open narratief; False when there is nothing in the set any more."""
        self.set, self.round_id, self._document = wanted, round_id, 0
        with self._opened.project.read() as session:
            self.items = practice.items(session, wanted.id)
            self.answers = practice.answers(session, round_id)
            self.book = read_codebook(session)
            self.nr = next((r.nr for r in practice.rounds(session, wanted.id) if r.id == round_id), 1)
        theme().set_facets([f.name for f in self.book.facets])
        self.picker.set_facets(self.book.facets)
        self.title.setText(_("{name} · round {n}", name=wanted.name, n=self.nr))
        self._ask.hide()
        if self.items:
            self.go(next((k for k in range(len(self.items)) if self.open_facets(k)), 0))
        return bool(self.items)

    def refresh(self, changed: Changed | None = None) -> bool:
        """Take a step in; False when the round is no longer there."""
        with self._opened.project.read() as session:
            found = session.get(PracticeRound, self.round_id)
            if found is None or found.ended_at is not None:
                return False
            items = practice.items(session, found.set_id)
            self.answers = practice.answers(session, self.round_id)
        if items != self.items or (changed is not None and changed.tables() & {"code", "facet"}):
            return self.set is not None and self.start(self.set, self.round_id)
        self._show_state()
        return True

    def answer(self, at: int | None = None) -> Answer:
        """What was said of a narratief of the round."""
        return self.answers.get(self.items[self.at if at is None else at], Answer())

    def open_facets(self, at: int) -> list[int]:
        """The facets of a narratief that were not answered."""
        said = self.answer(at)
        filled = {self.book.facet_of.get(code) for code in said.codes} | said.absent
        return [facet for facet in self.book.least if facet not in filled]

    def go(self, at: int) -> None:
        """Take a narratief in hand."""
        self.at = min(max(0, at), len(self.items) - 1)
        self._show_text(self.items[self.at])
        self.picker.begin()
        self._show_state()
        self.field().setFocus()

    def step(self, direction: int) -> None:
        """The next or previous narratief; after the last the round can be finished."""
        if direction > 0 and self.at == len(self.items) - 1:
            self.ask_end()
        else:
            self.go(self.at + direction)

    def to_open(self) -> None:
        """The first narratief that is not answered in every facet."""
        self._ask.hide()
        self.go(next((k for k in range(len(self.items)) if self.open_facets(k)), self.at))

    def ask_end(self) -> None:
        """Finish, or say first what is open."""
        left = sum(bool(self.open_facets(k)) for k in range(len(self.items)))
        if not left or self._ask.isVisible():
            self.end()
            return
        self._open_said.setText(_("{n} of {total} narratieven are not answered in every facet. What is open counts as "
                                  "empty.", n=left, total=len(self.items)))
        self._ask.show()

    def end(self) -> None:
        """Finish the round."""
        number, name = self.round_id, self.set.name if self.set is not None else ""
        self.round_id = 0  # what is finished is no longer in hand, so the change does not send one back to the sets
        self._opened.do(message("Finish round {n} on «{name}»", n=self.nr, name=name), practice.end, number)
        self.ended.emit(number)

    # what is shown

    def _show_text(self, narratief: int) -> None:
        with self._opened.project.read() as session:
            document = session.get_one(Document, session.get_one(Narratief, narratief).document_id)
            if document.id != self._document:
                self._document = document.id
                turns = [TurnSpan(t.start, t.end, s.interviewer, s.label)
                         for t, s in documents.turns_of(session, document.id)]
                self.view.set_document(documents.text_of(session, document), turns)
                pieces = narratives.of_document(session, document.id)
                numbers = narratives.numbers(pieces)
                self.view.set_narratives([NarrativeSpan(p.id, numbers.get(p.id), p.start, p.end, (), not p.counts)
                                          for p in pieces])
        self.view.set_current(narratief)

    def _show_state(self) -> None:
        said, left = self.answer(), self.open_facets(self.at)
        self.picker.set_state(said.codes, said.absent)
        done = sum(not self.open_facets(k) for k in range(len(self.items)))
        self.where.setText(_("narratief {nr} of {n}, {done} answered", nr=self.at + 1, n=len(self.items), done=done))
        self.facets.setText("   ".join(f"{self.book.names[f]} {'·' if f in left else '✓'}" for f in self.book.least))
        if not any(self.open_facets(k) for k in range(len(self.items))):
            self._ask.hide()

    # deeds

    def _toggle(self, code: Hashable) -> None:
        number = int(str(code))
        self._opened.do(message("Practice, narratief {nr}: {code}", nr=self.at + 1, code=self.book.codes[number].label),
                        practice.toggle, self.round_id, self.items[self.at], number)

    def _absent(self, facet: Hashable) -> None:
        number = int(str(facet))
        self._opened.do(message("Practice, narratief {nr}: {facet} not mentioned", nr=self.at + 1,
                                facet=self.book.names[number]),
                        practice.toggle_absent, self.round_id, self.items[self.at], number)

    def _command(self, name: str) -> None:
        if name in ("next", "previous"):
            self.step(1 if name == "next" else -1)
        elif name == "ready":
            self.ask_end()

    def _clicked(self, narratief: object) -> None:
        if narratief in self.items:
            self.go(self.items.index(int(str(narratief))))

    # keys

    def _anywhere(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape or self.field().text():
            return False
        self.to_open() if self._ask.isVisible() else self.left.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._anywhere(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._anywhere(event):
            super().keyPressEvent(event)
