"""The reader: any narratieven one below the other, to read at ease, to re-code in place, to print or send to Word.

Keys: Enter and Shift+Enter, ↑ ↓ next and previous · → ← the narratieven beside it · digits and letters choose codes as
in Coderen, a code that stands is taken off · Backspace takes off the code chosen last · F4 puts another in its place ·
. codes of the one before · / memo · * discuss · ; quote · Ctrl+Enter in the transcript · Esc back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from codebook.query.index import ANY, DECIDED
from codebook.reading import NAMES
from corpora.messages import message
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels.coder_marks import given_by_others, initials
from workbench.itemmodels.question_names import QuestionNames, documents, narratieven, whose
from workbench.itemmodels.reading_rows import ReadingRows
from workbench.panels.reader_deeds import InHand, ReaderDeeds
from workbench.panels.reader_paper import Paper
from workbench.panels.reader_strips import QuoteStrip
from workbench.project import OpenProject
from workbench.shared.uses_button import UsesButton
from workbench.theme import theme
from workbench.widgets.facet_picker import FacetPicker
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.strips import ENTER, MemoStrip, ReasonStrip, Strip

SHOWN = {"coding", "not_mentioned", "flag", "memo", "quote", "decision", "pattern_evidence", "evidence"}
TEXTS = {"narratief", "document", "text_version"}
SEEN_NAMES = NAMES - {"saved_query"}


class _List(NarrativeList):
    """Hands its keys to the reader first."""

    def __init__(self, keys: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._keys = keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event):
            super().keyPressEvent(event)


class ReaderPage(QWidget):
    """See the module for the keys. `left` asks to go back, `openNarratief(id)` for the transcript, `historyWanted(id,
    code)` for the history of its codes, `findingWanted(kind, number)` for what it stands behind."""

    left = Signal()
    openNarratief = Signal(int)
    historyWanted = Signal(int, object)
    findingWanted = Signal(str, int)

    def __init__(self, opened: OpenProject, ids: Sequence[int], title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.ids, self.reading_title = opened, [int(n) for n in ids], title
        self.deeds, self.paper = ReaderDeeds(opened), Paper(opened, self._what, self)
        self.here: InHand | None = None
        self._spread: frozenset[int] = frozenset()
        self._chosen: int | None = None
        self._replacing: int | None = None
        self.title, self.line, self.codings = QLabel(title), QLabel(), QComboBox()
        self.list, self.picker = _List(self._list_key), FacetPicker()
        self.memo, self.reason, self.quote, self.uses = MemoStrip(), ReasonStrip(), QuoteStrip(), UsesButton(opened)
        self._strips: tuple[Strip, ...] = (self.memo, self.reason, self.quote)
        self._build()
        self._connect()
        self._read_names()
        self._fill()

    # building

    def _build(self) -> None:
        px, outer, split = theme().px, QVBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.setSpacing(px(8))
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.line.setProperty("role", "quiet")
        outer.addLayout(self._head())
        outer.addLayout(self._tools())
        left, column = QWidget(), QVBoxLayout()
        left.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        for strip in self._strips:
            strip.hide()
            column.addWidget(strip)
        split.addWidget(left)
        split.addWidget(self.picker)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(px(12))
        split.setStretchFactor(0, 1)
        split.setSizes([px(780), px(440)])
        outer.addWidget(split, 1)
        self.list.setAccessibleName(_("Reading list"))
        self.list.set_empty_text(_("These narratieven are no longer there."))
        self.setFocusProxy(self.list)

    def _head(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.line)
        self.back = self._button(_("Back"), _("Back to where you were (Esc)"), self.left.emit)
        self.codings.setAccessibleName(_("Whose codes are shown"))
        self.codings.setToolTip(_("Whose codes are shown"))
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.codings, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        deeds: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (_("Neighbours"), _("Show the narratieven before and behind it   → ←"), self._turn_neighbours),
            (_("In the transcript"), _("Open the narratief in its transcript   Ctrl+Enter"), self._open),
            (_("Memo"), _("Write a memo on this narratief   /"), self._ask_memo),
            (_("Discuss"), _("Flag this narratief to discuss it   *"), self._flag),
            (_("Quote"), _("Keep words of this narratief as quote   ;"), self._ask_quote),
            (_("History of codes"), _("What happened to the codes of this narratief"), self._ask_history))
        for words, told, deed in deeds:
            row.addWidget(self._button(words, told, deed))
        row.addWidget(self.uses)
        row.addStretch(1)
        row.addWidget(self._button(_("Print…"), _("Print the whole list   Ctrl+P"), self.paper.ask_printer, "Ctrl+P"))
        for words, ending in (("Word…", ".docx"), ("PDF…", ".pdf"), ("HTML…", ".html")):
            row.addWidget(self._button(words, _("Write the whole list, with title, date and codes, to a file"),
                                       partial(self.paper.ask_file, ending)))
        return row

    def _button(self, words: str, told: str, deed: Callable[[], object], shortcut: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "flat")
        button.setToolTip(told)
        button.clicked.connect(lambda _on=False: deed())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if shortcut:
            button.setShortcut(shortcut)
        return button

    def _connect(self) -> None:
        self.opened.changed.connect(self._changed)
        self.uses.wanted.connect(self.findingWanted)
        self.codings.activated.connect(lambda _row: self._fill(keep=True))
        self.list.currentChanged.connect(lambda _id: self._take_in_hand())
        self.list.activated.connect(lambda _id: self._open())
        self.picker.toggled.connect(self._toggle)
        self.picker.not_mentioned.connect(self._turn_absent)
        self.picker.commandRequested.connect(self._run)
        self.picker.codeShown.connect(self._note_shown)
        self.picker.unknownNumber.connect(self.deeds.unknown)
        self.field().installEventFilter(self)
        for strip in self._strips:
            strip.closed.connect(self.list.setFocus)
        self.reason.keyPassed.connect(lambda event: self.picker.handle_key(event))

    def field(self) -> QLineEdit:
        """The field in which one types codes."""
        return cast(QLineEdit, self.picker.focusProxy())

    # what is shown

    def _read_names(self) -> None:
        with self.opened.project.read() as session:
            before, names = self.deeds.names, QuestionNames.read(session, self.opened.reading.catalogue)
        self.deeds.names = names
        if names.facets != before.facets:
            self.picker.set_facets(names.facets)
        chosen = str(self.codings.currentData() or ANY)
        self.codings.clear()
        for one in (ANY, DECIDED, *(coder.name for coder in names.catalogue.coders)):
            self.codings.addItem(whose(one), one)
        self.codings.setCurrentIndex(max(0, self.codings.findData(chosen)))

    def _what(self) -> tuple[Sequence[int], str, str]:
        return self._present(), self.reading_title, str(self.codings.currentData() or ANY)

    def _present(self) -> list[int]:
        """The narratieven of the list that still are there."""
        index = self.opened.reading.index
        ids = np.array(self.ids, dtype=np.int64)
        found: list[int] = ids[np.isin(ids, index.ids(index.live))].tolist()
        return found

    def _fill(self, keep: bool = False) -> None:
        present, reading = self._present(), self.opened.reading
        before = self.list.current_id()
        spread, codings = self._spread & frozenset(present), str(self.codings.currentData() or ANY)
        self.rows = ReadingRows(reading, self.deeds.names, present, codings, None, spread)
        self.list.set_rows(self.rows, keep=keep)
        n = reading.index.document_count(reading.index.slots_of(present).astype(np.int64))
        self.line.setText(_("{narratieven} in {documents}", narratieven=narratieven(len(present)),
                            documents=documents(n)))
        if before is not None and self.list.current_id() == before:
            self._show_state()
        else:
            self._take_in_hand()

    def _take_in_hand(self) -> None:
        """Another narratief is in hand: nothing is typed, memo kept."""
        self._only(None)
        self._replacing = self._chosen = None
        self.picker.begin()
        self._show_state()

    def _show_state(self) -> None:
        current = self.list.current_id()
        self.here = InHand(self.opened, current) if isinstance(current, int) else None
        self.uses.show_for(current if isinstance(current, int) else 0)
        if self.here is None:
            self.picker.set_state(())
            return
        coders = {c.id: c.name for c in self.deeds.names.catalogue.coders}
        me, piece, marks = self._me(), self.here.piece, initials(coders)  # who only reads is no coder: 0
        self.picker.set_state(set(piece.codes_of(me)), set(piece.absent_of(me)), given_by_others(piece, me, marks))

    def _changed(self, changed: Changed) -> None:
        tables = changed.tables()
        if tables & NAMES:
            self._read_names()
        if tables & (TEXTS | SEEN_NAMES):
            self._fill(keep=True)
        elif tables & SHOWN:
            self.rows.forget()
            self.list.refresh()
            self._show_state()

    # deeds

    def _toggle(self, code: object) -> None:
        number, old = int(str(code)), self._replacing
        self._replacing = None
        if self.here is not None and old is not None:
            self.deeds.replace(self.here, old, number)
        elif self.here is not None:
            self.deeds.toggle(self.here, number)
        self.list.setFocus()

    def _turn_absent(self, facet: object) -> None:
        if self.here is not None:
            self.deeds.turn_absent(self.here, int(str(facet)))
        self.list.setFocus()

    def _note_shown(self, code: object) -> None:
        self._chosen = int(str(code))

    def _take_off(self) -> None:
        if self.here is not None and self._own(self._chosen):
            self.deeds.toggle(self.here, self._chosen or 0)
        else:
            self.deeds.tell(message("Choose or point at a code of yours first, then take it off or replace it."))

    def _ask_replace(self) -> None:
        if self._own(self._chosen):
            self._replacing = self._chosen
            self.deeds.tell(message("Choose the code in the place of {code}; its memo stays. Esc stops.",
                                    code=self.deeds.code_label(self._chosen or 0)))
        else:
            self.deeds.tell(message("Choose or point at a code of yours first, then take it off or replace it."))

    def _own(self, code: int | None) -> bool:
        return self.here is not None and code in self.here.piece.codes_of(self._me())

    def _me(self) -> int:
        """The number of the coder at work, 0 for who never coded here."""
        name = " ".join(self.opened.coder.split()).casefold()
        return next((c.id for c in self.deeds.names.catalogue.coders if c.name.casefold() == name), 0)

    def _run(self, command: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "next": lambda: self._step(1), "previous": lambda: self._step(-1), "repeat": self._repeat,
            "memo": self._ask_memo, "discuss": self._flag, "quote": self._ask_quote}
        if command in deeds:
            deeds[command]()
        else:
            self.deeds.tell(message("That is done in the transcript: Ctrl+Enter opens it."))

    def _step(self, direction: int) -> None:
        self.list.setFocus()
        self.list.set_current_index(self.list.current_index() + direction)

    def _repeat(self) -> None:
        before = self.list.current_index() - 1
        source = self.rows.row_id(before) if before >= 0 else None
        if self.here is not None and isinstance(source, int):
            self.deeds.repeat(self.here, InHand(self.opened, source))
        else:
            self.deeds.tell(message("There is no narratief before this one."))

    def _ask_memo(self) -> None:
        if self.here is not None:
            piece = self.here.piece
            self._only(self.memo)
            self.memo.ask(_("Memo on narratief {nr}", nr=piece.nr), lambda body: self.deeds.memo(piece.id, body),
                          piece.memos.get(self._me(), ""))

    def _flag(self) -> None:
        here = self.here
        if here is None:
            return
        on = self._me() not in here.piece.flags
        self.deeds.flag(here, on)
        if on:
            self._only(self.reason)
            self.reason.ask(_("Discuss narratief {nr}:", nr=here.piece.nr),
                            lambda text: self.deeds.flag(here, True, text))

    def _ask_quote(self) -> None:
        here = self.here
        if here is not None:
            self._only(self.quote)
            self.quote.ask(_("Select the words of the quote, then Enter:"), here.text,
                           lambda start, end: self.deeds.quote(here, start, end))

    def _only(self, strip: Strip | None) -> None:
        self.memo.put_away()
        for one in self._strips:
            one.setVisible(one is strip)

    def _open(self) -> None:
        if self.here is not None:
            self.openNarratief.emit(self.here.piece.id)

    def _ask_history(self) -> None:
        if self.here is not None:
            self.historyWanted.emit(self.here.piece.id, None)

    def _turn_neighbours(self) -> None:
        self._show_neighbours(self.list.current_id() not in self._spread)
        self.list.setFocus()

    def _show_neighbours(self, on: bool) -> None:
        current = self.list.current_id()
        if isinstance(current, int) and (current in self._spread) != on:
            self._spread = self._spread ^ {current}
            self._fill(keep=True)

    # keys

    def _list_key(self, event: QKeyEvent) -> bool:
        """Keys pressed in the list; False leaves them to the list (arrows, pages, Home and End)."""
        key, held = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held:
            if key in ENTER:
                self._open()
            return key in ENTER
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._show_neighbours(key == Qt.Key.Key_Right)
            return True
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self.picker.pending_digits():
            self._take_off()
            return True
        return self.picker.handle_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self._ask_replace()
        elif event.key() == Qt.Key.Key_Escape:
            if not self._stop_replacing():
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _stop_replacing(self) -> bool:
        """No replacing after all; False when there was none."""
        was, self._replacing = self._replacing is not None, None
        return was

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and not self.field().text():
                self._stop_replacing()
                self.list.setFocus()
                return True
            if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._open()
                return True
        return super().eventFilter(watched, event)
