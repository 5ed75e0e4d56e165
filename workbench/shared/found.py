"""The narratieven that answer: how many, whose codes, and the texts to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from codebook import coding
from codebook.query.index import ANY
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.question_names import Operand, QuestionNames
from workbench.itemmodels.question_rows import FoundRows
from workbench.project import OpenProject
from workbench.shared.operands import OperandField
from workbench.theme import theme
from workbench.widgets.flow import FlowLayout
from workbench.widgets.narrative_list import NarrativeList


class _ReadingList(NarrativeList):
    """A list that opens and closes the neighbours of the narratief in hand: `neighboursWanted(bool)`."""

    neighboursWanted = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self.count():
            self.neighboursWanted.emit(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class FoundList(QWidget):
    """`openNarratief(id)` by Enter or a double click; `exportWanted()` by its button, which is there `with_export`;
    `readWanted(ids, title)` to read them all. `reading_title` is what the reading list is called when the list itself
    has no title."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    exportWanted = Signal()

    def __init__(self, opened: OpenProject, with_export: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._names = QuestionNames()
        self._ids: Sequence[int] = ()
        self._rows: FoundRows | None = None
        self._codings = ANY
        self._highlights: Mapping[int, Sequence[tuple[int, int]]] = {}
        self._spread: frozenset[int] = frozenset()
        self.reading_title = ""
        self.title, self.line = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.line.setWordWrap(True)
        self.list = _ReadingList()
        self.list.activated.connect(self._open)
        self.list.neighboursWanted.connect(self._spread_current)
        self.neighbours = self._button(_("Neighbours"), _("Show the narratieven before and behind it   → ←"))
        self.open = self._button(_("Open"), _("Open the narratief in its transcript   Enter"))
        self.read = self._button(_("Read"), _("Read all of these, code, print, or send to Word   Ctrl+L"))
        self.code = OperandField(_("Code the selection…"), codes_only=True)
        self.code.setToolTip(_("Give a code to all selected narratieven (Shift or Ctrl selects more, Ctrl+A all)"))
        self.code.setFixedWidth(theme().px(170))
        self.export = self._button(_("Excel…"), _("Write these narratieven to an Excel workbook"))
        if not with_export:
            self.export.hide()
        self.export.clicked.connect(self.exportWanted)
        self.neighbours.clicked.connect(self._turn_neighbours)
        self.open.clicked.connect(lambda: self._open(self.list.current_id()))
        self.read.clicked.connect(self._read)
        short = QShortcut(QKeySequence("Ctrl+L"), self)
        short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        short.activated.connect(self._read)
        self.code.chosen.connect(self._code)
        self._arrange()

    def _button(self, words: str, told: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "flat")
        button.setToolTip(told)
        return button

    def _arrange(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(4))
        outer.addWidget(self.title)
        outer.addWidget(self.line)
        tools = FlowLayout()
        for widget in (self.open, self.read, self.neighbours, self.code, self.export):
            tools.addWidget(widget)
        outer.addLayout(tools)
        outer.addWidget(self.list, 1)

    # what is shown

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self._names, self._rows = names, None
        self.code.set_names(names)

    def show_found(self, line: str, ids: Sequence[int], codings: str = ANY,
                   highlights: Mapping[int, Sequence[tuple[int, int]]] | None = None, title: str = "") -> None:
        """Show narratieven, with a line that says how many and whose, and a title where there is one. The one in hand
        stays in hand."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.line.setText(line)
        plain = not highlights and not self._highlights and not self._spread and codings == self._codings
        if self._rows is not None and plain and list(ids) == list(self._ids):
            self._rows.forget()
            self.list.refresh()
            return
        self._codings, self._highlights = codings, highlights or {}
        self._ids = ids
        self._spread = self._spread & frozenset(int(n) for n in ids) if self._spread else self._spread
        self._fill(keep=self.list.count() > 0)

    def ids(self) -> list[int]:
        """The narratieven that are shown."""
        return [int(number) for number in self._ids]

    def set_empty_text(self, text: str) -> None:
        """What to say when nothing is found."""
        self.list.set_empty_text(text)

    def _fill(self, keep: bool) -> None:
        reading = self._opened.reading
        rows = self._rows = FoundRows(reading, self._names, self._ids, self._codings, self._highlights, self._spread)
        self.list.set_rows(rows, keep=keep)
        for button in (self.open, self.read, self.neighbours, self.code):
            button.setEnabled(self.list.count() > 0)
        self.export.setEnabled(self.list.count() > 0)

    # what can be done

    def _open(self, narratief_id: object) -> None:
        if isinstance(narratief_id, int):
            self.openNarratief.emit(narratief_id)

    def _read(self) -> None:
        if self._ids:
            self.readWanted.emit(self.ids(), self.title.text() or self.reading_title or self.line.text())

    def _turn_neighbours(self) -> None:
        self._spread_current(self.list.current_id() not in self._spread)

    def _spread_current(self, on: bool) -> None:
        current = self.list.current_id()
        if isinstance(current, int):
            wanted = self._spread | {current} if on else self._spread - {current}
            if wanted != self._spread:
                self._spread = wanted
                self._fill(keep=True)

    def _code(self, operand: Operand) -> None:
        chip = self._names.shown(operand.node)
        ids = [int(str(number)) for number in self.list.selected_ids()]
        if chip.key is not None and ids:
            label = message("Give {code} to {n} narratieven", code=chip.label, n=len(ids))
            self._opened.do(label, coding.apply, self._opened.coder_id, ids, [int(str(chip.key))])
        self.list.setFocus()


def beside(parts: Sequence[tuple[QWidget, int]], found: FoundList, wide: int, narrow: int) -> QSplitter:
    """What is counted or drawn (widgets one below the other, with their stretch), and at its right the narratieven of
    what is chosen in it; the widths are pixels at 100 %."""
    px, left, split = theme().px, QWidget(), QSplitter(Qt.Orientation.Horizontal)
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(4))
    for widget, stretch in parts:
        column.addWidget(widget, stretch)
    split.setHandleWidth(px(12))
    split.addWidget(left)
    split.addWidget(found)
    split.setStretchFactor(0, 3)
    split.setStretchFactor(1, 2)
    split.setSizes([px(wide), px(narrow)])
    split.setChildrenCollapsible(False)
    return split
