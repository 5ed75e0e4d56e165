"""One cell of a grid: its question, how far it is, what was concluded, and its narratieven."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from codebook.gridding import Place, WorkGrid
from codebook.grids import ANSWERED, EMPTY, OPEN, READ
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.grid_cells import status_word
from workbench.itemmodels.question_names import QuestionNames, result_line
from workbench.project import OpenProject
from workbench.shared.found import FoundList
from workbench.theme import theme

LETTERS = {OPEN: "O", READ: "G", ANSWERED: "B", EMPTY: "L"}


class _Interpretation(QPlainTextEdit):
    """`left` when the focus goes elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class CellSide(QWidget):
    """`statusWanted(status)`, `interpreted(place, text)`, `questionWanted(expression)`, `openNarratief(id)`."""

    statusWanted = Signal(str)
    interpreted = Signal(object, str)
    questionWanted = Signal(str)
    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._place: Place | None = None
        self._grid: WorkGrid | None = None
        self._written = ""
        self.question, self.changed_line = QLabel(), QLabel()
        self.note = _Interpretation()
        self.statuses: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.ask = QPushButton(_("As question"))
        self.found = FoundList(opened)
        self._prepare()
        self._arrange()
        self._show_none()

    def _prepare(self) -> None:
        self.question.setWordWrap(True)
        self.question.setProperty("role", "heading")
        self.changed_line.setWordWrap(True)
        self.note.setPlaceholderText(_("What do these narratieven tell? Write your interpretation here…"))
        self.note.setAccessibleName(_("Interpretation"))
        self.note.setToolTip(_("Interpretation of this combination   M"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme().px(76))
        self.note.left.connect(self.save)
        for status, letter in LETTERS.items():
            button = self.statuses[status] = QPushButton(status_word(status))
            button.setCheckable(True)
            button.setProperty("role", "flat")
            button.setToolTip(_("Mark this combination as {status}   {key}", status=status_word(status), key=letter))
            button.clicked.connect(lambda _on=False, s=status: self.statusWanted.emit(s))
            self._group.addButton(button)
        self.ask.setProperty("role", "link")
        self.ask.setToolTip(_("Ask this combination on the page Question"))
        self.ask.clicked.connect(self._ask)
        self.found.openNarratief.connect(self.openNarratief)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        row.setSpacing(theme().px(2))
        for button in self.statuses.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.ask)
        outer.addWidget(self.question)
        outer.addLayout(row)
        outer.addWidget(self.changed_line)
        outer.addWidget(self.note)
        outer.addWidget(self.found, 1)

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self.found.set_names(names)

    def show_cell(self, grid: WorkGrid, place: Place | None, is_kept: bool) -> None:
        """Show a cell, or that none is in hand; only those of a kept grid can be marked."""
        if place != self._place:
            self.save()
        self._grid, self._place = grid, place
        if place is None:
            self._show_none()
            return
        for button in (*self.statuses.values(), self.note):
            button.setEnabled(is_kept)
        self.ask.setEnabled(True)
        self.found.set_empty_text(_("No narratief carries this combination. That can be a finding too."))
        self.question.setText(emphasised(_(grid.question(place))))
        self._show_standing(grid, place, is_kept)
        self._show_found(grid, place)

    def _show_none(self) -> None:
        self.question.setText(_("Choose a cell to read its narratieven."))
        for button in (*self.statuses.values(), self.note, self.ask):
            button.setEnabled(False)
        self.changed_line.hide()
        self.found.set_empty_text("")
        self.found.show_found("", ())

    def _show_standing(self, grid: WorkGrid, place: Place, is_kept: bool) -> None:
        standing = grid.standing(place)
        for status, button in self.statuses.items():
            button.setChecked(status == standing.status)
        self._written = standing.interpretation
        if not self.note.hasFocus():
            self.note.setPlainText(standing.interpretation)
        told = ""
        if standing.is_changed:
            told = _("Changed since it was marked: {new} new, {gone} gone. Mark it again when you have looked.",
                     new=standing.new, gone=standing.gone)
        elif not is_kept:
            told = _("Keep the grid under a deelvraag to mark combinations and to write what they tell.")
        self.changed_line.setText(told)
        self.changed_line.setVisible(bool(told))

    def _show_found(self, grid: WorkGrid, place: Place) -> None:
        slots = grid.counted.slots(place)
        ids = grid.ids(place)
        line = result_line(len(ids), grid.documents(place), self._asker.heard(slots), grid.codings)
        self.found.reading_title = " × ".join(grid.labels(place))
        self.found.show_found(line, ids, grid.codings)

    def save(self) -> None:
        """Keep what was written, when it is new."""
        text = self.note.toPlainText().strip()
        if self._place is not None and self.note.isEnabled() and text != self._written:
            self._written = text
            self.interpreted.emit(self._place, text)

    def _ask(self) -> None:
        if self._grid is not None and self._place is not None:
            self.questionWanted.emit(self._grid.expression(self._place))


def emphasised(text: str) -> str:
    """A text in which stars stand around what is to be slanted."""
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", html.escape(text))
