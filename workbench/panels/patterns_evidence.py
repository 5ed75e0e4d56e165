"""The evidence behind a pattern: read it, say what it does, quote from it, take it away, split it off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from codebook import evidence, quotes
from codebook.models import DIRECTIONS, Quote
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.pattern_board import ShownEvidence, evidence_rows
from workbench.itemmodels.pattern_words import SIGNS, direction_word
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.theme import theme
from workbench.widgets.flow import FlowLayout
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.narrative_rows import ListRows
from workbench.widgets.parts import button

SMALLER = -2.0
LETTERS = {"+": "steunt", "=": "steunt", "-": "weerspreekt", "~": "nuanceert", "N": "nuanceert"}


class _List(NarrativeList):
    """`keyed(letter)` for the signs of the directions, `removeWanted()` by Delete."""

    keyed = Signal(str)
    removeWanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removeWanted.emit()
        elif event.text().upper() in LETTERS:
            self.keyed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


class EvidenceList(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`, `moreWanted()` for more narratieven, `splitWanted(evidence
    numbers)` to make a pattern of the chosen rows."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    moreWanted = Signal()
    splitWanted = Signal(object)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._pattern, self._title = 0, ""
        self._shown: dict[int, ShownEvidence] = {}
        self.list, self.note, self.quote = _List(delta=SMALLER), QLineEdit(), Choice(_("Which words of it count"))
        self.list.setAccessibleName(_("Evidence behind the pattern"))
        self.list.set_empty_text(_("Nothing is behind this pattern yet. Add narratieven from a question, a "
                                   "momentopname or a cell of a grid."))
        self.note.setPlaceholderText(_("Why does this count?"))
        self.note.setAccessibleName(_("Why does this count?"))
        self.more = button(_("+ Narratieven…"), self.moreWanted.emit, _("Put narratieven behind this pattern   E"))
        self.open = button(_("Open"), self._open, _("Open the narratief in its transcript   Enter"), "flat")
        self.read = button(_("Read"), self._read, _("Read all narratieven behind this pattern"), "flat")
        self.split = button(_("Split off…"), self._split, _("Make a new pattern of the chosen rows"), "flat")
        self.remove = button(_("Take away"), self._remove, _("Take the chosen rows away   Del"), "flat")
        self.directions = {direction: self._direction(direction) for direction in DIRECTIONS}
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer = theme().px, QVBoxLayout(self)
        outer.setContentsMargins(0, px(6), 0, 0)
        outer.setSpacing(px(4))
        tools = FlowLayout(gap=2)
        self.quote.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.quote.setMinimumContentsLength(18)
        for widget in (self.more, self.open, self.read, self.split, self.remove, *self.directions.values()):
            tools.addWidget(widget)
        outer.addLayout(tools)
        outer.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.note, 1)
        row.addWidget(self.quote)
        outer.addLayout(row)

    def _direction(self, direction: str) -> QPushButton:
        told = _("The chosen rows: {direction}   {key}", direction=direction_word(direction),
                 key="N" if direction == "nuanceert" else "-" if direction == "weerspreekt" else "+")
        return button(f"{SIGNS[direction]} {direction_word(direction)}", lambda: self.judge(direction), told, "flat")

    def _connect(self) -> None:
        self.list.activated.connect(lambda _id: self._open())
        self.list.currentChanged.connect(lambda _id: self._show_current())
        self.list.keyed.connect(lambda letter: self.judge(LETTERS[letter]))
        self.list.removeWanted.connect(self._remove)
        self.note.editingFinished.connect(self._annotate)
        self.quote.picked.connect(self._quote)

    def show_pattern(self, pattern: int, title: str) -> None:
        """Show the evidence of a pattern; the row in hand stays in hand."""
        keep = pattern == self._pattern
        self._pattern, self._title = pattern, title
        with self._opened.project.read() as session:
            found = evidence_rows(session, self._opened.reading, pattern) if pattern else []
        self._shown = {one.line.id: one for one in found}
        self.list.set_rows(ListRows([one.row for one in found]), keep=keep)
        for widget in (self.open, self.read, self.split, self.remove, self.note, *self.directions.values()):
            widget.setEnabled(bool(found))
        self._show_current()

    def current(self) -> ShownEvidence | None:
        """The row in hand."""
        number = self.list.current_id()
        return self._shown.get(number) if isinstance(number, int) else None

    def chosen(self) -> list[int]:
        """The chosen rows, or the one in hand."""
        return [int(str(number)) for number in self.list.selected_ids()]

    def _show_current(self) -> None:
        here = self.current()
        if not self.note.hasFocus():
            self.note.setText(here.line.note if here else "")
        offered = [("", _("the whole narratief"))]
        if here and here.line.narratief_id is not None:
            with self._opened.project.read() as session:
                ids = [q.id for q in session.query(Quote).filter_by(narratief_id=here.line.narratief_id)]
                offered += [(str(one.id), f"“{_short(one.shown)}”") for one in quotes.bank(session, ids)]
        self.quote.offer(offered)
        self.quote.choose(str(here.line.quote_id or "") if here else "")
        self.quote.setEnabled(len(offered) > 1)
        self.open.setEnabled(bool(here and here.line.narratief_id))

    # deeds

    def judge(self, direction: str) -> None:
        """Say what the chosen rows do."""
        if self._shown:
            self._opened.do(message("Evidence {direction}", direction=message(_DEEDS[direction])), evidence.judge,
                            self.chosen(), direction)
            self.list.setFocus()

    def _annotate(self) -> None:
        here, text = self.current(), self.note.text().strip()
        if here is not None and text != here.line.note:
            self._opened.do(message("Note on evidence"), evidence.annotate, here.line.id, text)

    def _quote(self) -> None:
        here = self.current()
        if here is not None:
            wanted = self.quote.value()
            self._opened.do(message("Choose the words of evidence"), evidence.set_quote, here.line.id,
                            int(wanted) if wanted else None)

    def _remove(self) -> None:
        chosen = self.chosen() if self._shown else []
        if chosen:
            self._opened.do(message("Take {n} rows of evidence away", n=len(chosen)), evidence.remove, chosen)

    def _split(self) -> None:
        if self._shown:
            self.splitWanted.emit(self.chosen())

    def _open(self) -> None:
        here = self.current()
        if here is not None and here.line.narratief_id is not None:
            self.openNarratief.emit(here.line.narratief_id)

    def _read(self) -> None:
        with self._opened.project.read() as session:
            ids = evidence.narratieven(session, [self._pattern])
        if ids:
            self.readWanted.emit(ids, self._title)


_DEEDS = {"steunt": "supports", "weerspreekt": "contradicts", "nuanceert": "nuances"}


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
