"""The matrix of a kernelement: who says something about which part, and in which narratieven; and the same numbers
compared across kernelementen, respondent groups and kinds of documents."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from codebook.analysis.realist import EVERYBODY
from codebook.cmo_counts import ROLES, Cell
from codebook.query.bits import Bits
from codebook.query.units import TableUnit
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import COUNTED, Counting
from workbench.itemmodels.question_names import (
    TABLE_UNITS,
    QuestionNames,
    documents,
    narratieven,
    respondents,
    units_counted,
    whose,
)
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled
from workbench.shared.found import FoundList, beside
from workbench.theme import theme
from workbench.widgets.board.words import role_word
from workbench.widgets.heat_table import HeatData
from workbench.widgets.matrix_table import MatrixTable

ACTORS, KERNELEMENTEN, GROUPS, KINDS = "actor", "kernelement", "group", "kind"


@dataclass(frozen=True)
class Line:
    """A row of the matrix: its name, the sets of narratieven per role, and all of it."""

    name: str
    cells: tuple[Bits, ...]
    whole: Bits


class MatrixPage(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`, `codesWanted()` when the kernelement has no code yet."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    follows = COUNTED

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.kernelement = 0
        self.lines: list[Line] = []
        self._place: tuple[str, str] | None = None
        self.table, self.line, self.told = MatrixTable(), QLabel(), QLabel()
        self.found = FoundList(opened)
        self.rows, self.unit = Choice(_("What stands in the rows")), Choice(_("What is counted"))
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.rows.offer([(ACTORS, _("Actors")), (KERNELEMENTEN, _("All kernelementen")),
                         (GROUPS, _("Respondent groups")), (KINDS, _("Kinds of documents"))])
        names = {"narratief": _("narratieven"), "document": _("documents"), "respondent": _("respondents"),
                 "group": _("respondent groups")}
        self.unit.offer([(unit, names[unit]) for unit in TABLE_UNITS])
        for choice in (self.rows, self.unit):
            choice.picked.connect(self.refresh)
        self.line.setWordWrap(True)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        self.found.set_empty_text(_("Click a number, or go there with the arrows and press Enter, to read its "
                                    "narratieven here."))
        self.table.cellActivated.connect(self._open)
        self.found.openNarratief.connect(self.openNarratief)
        self.found.readWanted.connect(self.readWanted)
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        px, outer, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        row.setSpacing(px(16))
        row.addLayout(labelled(_("Rows"), self.rows))
        row.addLayout(labelled(_("Count"), self.unit))
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(beside(((self.line, 0), (self.table, 1), (self.told, 0)), self.found, 640, 290), 1)

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self.found.set_names(names)

    def show_kernelement(self, number: int) -> None:
        """Show the matrix of a kernelement."""
        if number != self.kernelement and self.rows.value() != KERNELEMENTEN:
            self._place = None
        self.kernelement = number
        self.refresh()

    # counting

    def refresh(self) -> None:
        """Count again; the cell that is open is read again too."""
        board = self._counting.board
        if not any(one.id == self.kernelement for one in board.kernelementen):
            return
        self.lines = self._lines()
        last = self._last()
        rows = [[board.sources(cell) for cell in (*line.cells, line.whole)] for line in self.lines]
        below = [board.sources(cell) for cell in (*last.cells, last.whole)] if last is not None else []
        filled = {(r, c): cell for r, row in enumerate([*rows, below]) for c, cell in enumerate(row)
                  if cell.narratieven}
        self.table.show_matrix(HeatData(
            tuple(line.name for line in self.lines), tuple(role_word(role) for role in ROLES),
            [[self._count(cell) for cell in row[:-1]] for row in rows],
            row_totals=tuple(self._count(row[-1]) for row in rows),
            column_totals=tuple(self._count(cell) for cell in below[:-1]),
            corner=self._count(below[-1]) if below else None, unit=self.unit.currentText(),
            below={at: _sources(cell) for at, cell in filled.items()}),
            {at: self._short(cell) for at, cell in filled.items()})
        self._say()
        self._reopen()

    def chosen_unit(self) -> TableUnit:
        """What is counted."""
        return next(unit for unit in TABLE_UNITS if unit == self.unit.value())

    def _lines(self) -> list[Line]:
        board, kind = self._counting.board, self.rows.value()
        matrix = board.matrix(self.kernelement)
        if kind == KERNELEMENTEN:
            whole = [(one.label, board.matrix(one.id)) for one in board.kernelementen]
            return [Line(name, tuple(m.cell(role) for role in ROLES), m.whole) for name, m in whole]
        if kind == ACTORS:
            index, codings = self._opened.reading.index, self._opened.reading.codings(self._counting.codings)
            return [Line(board.labels[actor], tuple(matrix.cell(role, actor) for role in ROLES),
                         matrix.whole & index.column(actor, codings)) for actor in board.actors]
        return self._parts(kind)

    def _parts(self, kind: str) -> list[Line]:
        """The kernelement within every respondent group or kind of document."""
        matrix, reading = self._counting.board.matrix(self.kernelement), self._opened.reading
        parts: dict[str, list[int]] = {}
        for document in reading.catalogue.documents:
            name = document.kind if kind == KINDS else document.group or _("no group")
            parts.setdefault(name, []).append(document.id)
        inside = {name: reading.index.of_documents(ids) for name, ids in sorted(parts.items())}
        return [Line(name, tuple(matrix.cell(role) & held for role in ROLES), matrix.whole & held)
                for name, held in inside.items()]

    def _last(self) -> Line | None:
        """The row below all: the kernelement whoever tells it."""
        if self.rows.value() == KERNELEMENTEN:
            return None
        matrix = self._counting.board.matrix(self.kernelement)
        return Line("", tuple(matrix.cell(role, EVERYBODY) for role in ROLES), matrix.whole)

    def _count(self, cell: Cell) -> float:
        return {"narratief": cell.narratieven, "document": cell.documents, "respondent": cell.respondents,
                "group": cell.groups}[self.chosen_unit()]

    def _short(self, cell: Cell) -> str:
        """The other units of a cell, as short as can be."""
        numbers = {"narratief": _("{n} n", n=cell.narratieven), "document": _("{n} d", n=cell.documents),
                   "respondent": _("{n} r", n=cell.respondents)}
        return " · ".join(text for unit, text in numbers.items() if unit != self.chosen_unit())

    def _say(self) -> None:
        board = self._counting.board
        cell = board.cell(self.kernelement)
        self.line.setText(_("{name}: {sources} · {whose}", name=self._counting.label(self.kernelement),
                            sources=_sources(cell),
                            whose=whose(self._counting.codings)))
        told = [_("A cell counts a narratief once (code of kernelement × part × actor); so a total is not the sum."),
                _("n narratieven, d documents, r respondents.")]
        if not self._counting.codes(self.kernelement):
            told = [_("No code is named for this kernelement yet. Do that on the tab Codes and roles.")]
        elif not cell.narratieven:
            told = [_("No narratief carries the codes of this kernelement.")]
        self.told.setText("\n".join(told))

    # cells

    def _open(self, row: int, column: int) -> None:
        names = [line.name for line in self.lines]
        self._place = (names[row] if row >= 0 else "", ROLES[column] if column >= 0 else "")
        self._reopen()

    def _reopen(self) -> None:
        if self._place is None:
            self.found.show_found("", ())
            return
        name, role = self._place
        line = next((one for one in self.lines if one.name == name), None) if name else self._last()
        if line is None:
            self._place = None
            self.found.show_found("", ())
            return
        found = line.cells[ROLES.index(role)] if role else line.whole
        title = " × ".join(part for part in (name, role_word(role) if role else "") if part)
        if self.rows.value() != KERNELEMENTEN:
            title = f"{self._counting.label(self.kernelement)}: {title}"
        ids = self._opened.reading.index.ids(found).tolist()
        said = _sources(self._counting.board.sources(found))
        self.found.show_found(f"{said} · {whose(self._counting.codings)}", ids, self._counting.codings, title=title)


def _sources(cell: Cell) -> str:
    """Where the narratieven of a cell come from, in words."""
    if not cell.narratieven:
        return narratieven(0)
    parts = [narratieven(cell.narratieven), documents(cell.documents), respondents(cell.respondents)]
    if cell.groups:
        parts.append(units_counted("group", cell.groups))
    return ", ".join(parts)
