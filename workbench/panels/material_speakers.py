"""Who speaks in a document: its text to read, its speakers beside it, both to be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from corpora import corrections, documents
from corpora.messages import message
from corpora.models import Document
from corpora.overview import respondent_labels, speaker_rows
from corpora.transcripts import recognise_text
from workbench.i18n import _
from workbench.itemmodels.speakers import INTERVIEWER, LABEL, RESPONDENT, SpeakersModel
from workbench.panels.material_parts import ChoiceDelegate, button, heading, key, quiet, table_view
from workbench.project import OpenProject
from workbench.shared.fresh_page import FreshPage
from workbench.theme import theme
from workbench.widgets.transcript_values import TurnSpan
from workbench.widgets.transcript_view import TranscriptView

TABLES = {"document", "turn", "speaker", "respondent", "text_version"}
WIDTHS = (28, 96, 60, 112, 68, 72)


@dataclass(frozen=True)
class TurnRow:
    """A turn with its numbers."""

    id: int
    speaker_id: int
    start: int
    end: int


class SpeakersPage(FreshPage):
    """`nameChosen(text)` when a selection in the text is a name to be replaced."""

    nameChosen = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, TABLES, parent)
        self._document: int | None = None
        self._turns: list[TurnRow] = []
        self._passage, self._were = (0, 0), ""
        self.documents, self.text = QComboBox(), TranscriptView()
        self.model, self.table = SpeakersModel(self), table_view(_("Speakers"))
        self._here, self.words, self._editor = quiet(), QPlainTextEdit(), QWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        left, right = QWidget(), QWidget()
        reading, side = QVBoxLayout(left), QVBoxLayout(right)
        for layout in (reading, side):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(px(8))
        side.setContentsMargins(px(8), 0, 0, 0)
        reading.addWidget(self.documents)
        reading.addWidget(self.text, 1)
        reading.addWidget(self._editor)
        self._build_editor()
        side.addWidget(heading(_("Speakers")))
        side.addWidget(self.table, 1)
        side.addWidget(heading(_("This turn")))
        side.addWidget(self._here)
        side.addLayout(self._actions())
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([px(720), px(440)])
        splitter.setStretchFactor(0, 1)
        box.addWidget(splitter)
        self.documents.setAccessibleName(_("Document"))

    def _build_editor(self) -> None:
        box = QVBoxLayout(self._editor)
        box.setContentsMargins(0, 0, 0, 0)
        self.words.setMaximumHeight(theme().px(150))
        self.words.setAccessibleName(_("The passage, to be corrected"))
        row = QHBoxLayout()
        row.addWidget(quiet(_("Correct what was misheard. Narratieven, codes and quotes stay at their words.")), 1)
        row.addWidget(button(_("Cancel"), self.leave_editor, "Esc"))
        row.addWidget(button(_("Keep the correction"), self.keep_words, "Ctrl+Enter", "primary"))
        box.addWidget(self.words)
        box.addLayout(row)
        self._editor.hide()
        key(self.words, "Ctrl+Return", self.keep_words)
        key(self._editor, "Esc", self.leave_editor)

    def _actions(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(theme().px(4))
        deeds = ((_("Interviewer or respondent   I"), self.toggle_interviewer, "I"),
                 (_("Split the turn here   S"), self.split, "S"),
                 (_("Correct the words   E"), self.correct, "E"),
                 (_("Selection is a name   N"), self.name, "N"),
                 (_("Recognise again   R"), self.recognise_again, "R"))
        box.addWidget(quiet(_("1–9 gives the turn at the cursor to that speaker; 0 to a new one.")))
        for text, run, keys in deeds:
            box.addWidget(button(text, run, keys))
        return box

    def _connect(self) -> None:
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setItemDelegateForColumn(RESPONDENT, ChoiceDelegate(self._respondents, self.table, free=True))
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, theme().px(width))
        self.table.horizontalHeader().setSectionResizeMode(RESPONDENT, QHeaderView.ResizeMode.Stretch)
        self.model.edited.connect(self.edit)
        self.documents.activated.connect(lambda: self.show_document(int(self.documents.currentData())))
        self.text.caretMoved.connect(lambda _at: self._show_turn())
        self.text.set_key_filter(self._takes)
        self.setFocusProxy(self.text)

    # what is shown

    def show_document(self, number: int) -> None:
        """Show who speaks in a document."""
        if number != self._document:
            self._document = number
            self.leave_editor()
        self.refresh()

    @property
    def document(self) -> int | None:
        """The document in sight."""
        return self._document

    def read_anew(self) -> None:
        with self._opened.project.read() as session:
            titles = {d.id: d.title for d in documents.in_order(session)}
            if self._document not in titles:
                self._document = next(iter(titles), None)
            self._fill_titles(titles)
            if self._document is None:
                self.text.set_document("")
                self.model.fill([])
                return
            text = documents.text_of(session, session.get_one(Document, self._document))
            spoken = documents.turns_of(session, self._document)
            self._turns = [TurnRow(t.id, s.id, t.start, t.end) for t, s in spoken]
            spans = [TurnSpan(t.start, t.end, s.interviewer, s.label) for t, s in spoken]
            self.model.fill(speaker_rows(session, self._document))
        self._show_text(text, spans)
        self._show_turn()

    def _fill_titles(self, titles: dict[int, str]) -> None:
        self.documents.clear()
        for number, title in titles.items():
            self.documents.addItem(title, number)
        self.documents.setCurrentIndex(self.documents.findData(self._document))

    def _show_text(self, text: str, spans: list[TurnSpan]) -> None:
        caret, scrolled = self.text.caret(), self.text.verticalScrollBar().value()
        self.text.set_document(text, spans)
        at = min(caret, len(text))
        self.text.select(at, at)
        self.text.verticalScrollBar().setValue(scrolled)

    def _show_turn(self) -> None:
        turn = self.turn()
        row = next((r for r in self.model.rows if turn is not None and r.id == turn.speaker_id), None)
        if turn is None or row is None:
            self._here.setText(_("Put the cursor in the words of a turn."))
            return
        said = " ".join(self.text.text()[turn.start:turn.end].split())
        start = said if len(said) < 90 else said[:88] + "…"
        role = _("interviewer") if row.interviewer else _("respondent")
        self._here.setText(f"{row.label} ({role}): “{start}”")

    def turn(self) -> TurnRow | None:
        """The turn at the cursor."""
        at = self.text.caret()
        return next((t for t in self._turns if t.start <= at <= t.end), None)

    def _respondents(self) -> dict[str, str]:
        with self._opened.project.read() as session:
            return {label: label for label in respondent_labels(session)}

    # what is done

    def _takes(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        deeds = {"i": self.toggle_interviewer, "s": self.split, "e": self.correct, "n": self.name,
                 "r": self.recognise_again}
        typed = event.text().lower()
        if typed in deeds:
            deeds[typed]()
        elif typed.isdigit() and len(typed) == 1:
            self.give(int(typed))
        else:
            return False
        return True

    def _label_of(self, speaker_id: int) -> str:
        return next((r.label for r in self.model.rows if r.id == speaker_id), "")

    def edit(self, speaker_id: int, column: int, value: Any) -> None:
        """Write one cell of the speakers."""
        label = self._label_of(speaker_id)
        if column == LABEL:
            self._opened.do(message("Speaker {old} becomes {new}", old=label, new=value), documents.rename_speaker,
                            speaker_id, value)
        elif column == INTERVIEWER:
            step = message("{label} is the interviewer", label=label) if value else message(
                "{label} is a respondent", label=label)
            self._opened.do(step, documents.set_interviewer, speaker_id, bool(value))
        elif column == RESPONDENT:
            self._opened.do(message("{label} is {respondent}", label=label, respondent=value),
                            documents.link_respondent, speaker_id, value)

    def toggle_interviewer(self) -> None:
        """The speaker of this turn is the interviewer, or is not."""
        turn = self.turn()
        row = next((r for r in self.model.rows if turn is not None and r.id == turn.speaker_id), None)
        if row is not None:
            self.edit(row.id, INTERVIEWER, not row.interviewer)

    def give(self, nr: int) -> None:
        """The turn at the cursor is of the speaker with this nr; 0 makes a new one."""
        turn = self.turn()
        if turn is None or nr > len(self.model.rows):
            return
        if nr == 0:
            label = self._new_label()
            self._opened.do(message("The turn is of {label}", label=label), _give_new, self._document or 0, turn.id,
                            label)
            return
        row = self.model.rows[nr - 1]
        if row.id != turn.speaker_id:
            self._opened.do(message("The turn is of {label}", label=row.label), documents.give_turns, [turn.id], row.id)

    def _new_label(self) -> str:
        taken, n = {r.label for r in self.model.rows}, 1
        while f"R{n}" in taken:
            n += 1
        return f"R{n}"

    def split(self) -> None:
        """Cut the turn at the cursor; what follows goes to the other one who speaks there, or to a new speaker."""
        turn, at = self.turn(), self.text.caret()
        if turn is None:
            return
        near = [t for t in self._turns if t.speaker_id != turn.speaker_id]
        other = min(near, key=lambda t: abs(t.start - at), default=None)
        if other is not None:
            self._opened.do(message("Split a turn"), documents.split_turn, turn.id, at, other.speaker_id)
        else:
            self._opened.do(message("Split a turn"), _split_new, self._document or 0, turn.id, at, self._new_label())

    def recognise_again(self) -> None:
        """Let the program tell again who speaks; hand-made corrections of this document go, until undone."""
        if self._document is None:
            return
        title = self.documents.currentText()
        with self._opened.project.read() as session:
            kind = session.get_one(Document, self._document).kind
        self._opened.do(message("Recognise the speakers of {title} again", title=title), documents.recognise_again,
                        self._document, recognise_text(self.text.text(), kind))

    def name(self) -> None:
        """The selected words are a name that must be replaced."""
        start, end = self.text.selection()
        words = " ".join(self.text.text()[start:end].split())
        if words:
            self.nameChosen.emit(words)
        else:
            self._opened.failed.emit(message("Select the name in the text first."))

    def correct(self) -> None:
        """Open the selection, or the turn at the cursor, to be corrected."""
        start, end = self.text.selection()
        turn = self.turn()
        if start == end and turn is not None:
            start, end = turn.start, turn.end
        if start == end:
            return
        self._passage, self._were = (start, end), self.text.text()[start:end]
        self.words.setPlainText(self.text.text()[start:end])
        self._editor.show()
        self.words.setFocus()

    def keep_words(self) -> None:
        """Put the corrected words in the text."""
        start, end = self._place_now()
        new, were = self.words.toPlainText(), self._were
        if self._document is not None and new != were:
            done = self._opened.do(message("Correct words in {title}", title=self.documents.currentText()),
                                   corrections.correct, self._document, start, end, new, were)
            if done is None:
                return
        self.leave_editor()

    def _place_now(self) -> tuple[int, int]:
        """Where the words being corrected stand: somebody else may have moved them meanwhile."""
        start, end = self._passage
        text = self.text.text()
        if text[start:end] != self._were and text.count(self._were) == 1:
            start = text.index(self._were)
        return start, start + len(self._were)

    def leave_editor(self) -> None:
        """Close the passage without keeping it."""
        if not self._editor.isHidden():
            self._editor.hide()
            self.text.setFocus()


def _give_new(session: Any, document_id: int, turn_id: int, label: str) -> None:
    documents.give_turns(session, [turn_id], documents.add_speaker(session, document_id, label, False))


def _split_new(session: Any, document_id: int, turn_id: int, at: int, label: str) -> None:
    documents.split_turn(session, turn_id, at, documents.add_speaker(session, document_id, label, False))
