"""What the pages with a table share: choices on top, the heat map at the left, a number's narratieven beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from codebook.query.algebra import Expression
from codebook.query.text import to_text
from codebook.query.units import TableUnit
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import UNITS, QuestionNames, result_line
from workbench.project import OpenProject
from workbench.shared.choices import Choices
from workbench.shared.found import FoundList
from workbench.shared.textline import QuestionLine
from workbench.theme import theme
from workbench.widgets.heat_table import HeatData, HeatTable


@dataclass(frozen=True)
class Table:
    """A table to show: the numbers, what they count (`line`), and what to keep in mind."""

    data: HeatData
    line: str
    cautions: tuple[str, ...] = ()


class TablePage(QWidget):
    """`openNarratief(id)`. A page says with `_compute` what the table is and with `_cell` what stands behind one of
    its numbers; row or column −1 is a total."""

    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, with_unit: bool = True,
                 units: Sequence[TableUnit] = UNITS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._names = QuestionNames()
        self._where: Expression | None = None
        self._place: tuple[str | None, str | None] | None = None
        self._data = HeatData((), (), ())
        self.choices = Choices(with_unit, units)
        self.filter = QuestionLine(_("Only narratieven for which… (nothing: all)"))
        self.table, self.line, self.cautions = HeatTable(), QLabel(), QLabel()
        self.found = FoundList(opened)
        self.found.set_empty_text(_("Click a number to read its narratieven here."))
        self.own_row, self.above = QHBoxLayout(), QVBoxLayout()
        self._arrange()
        self.choices.changed.connect(self.refresh)
        self.filter.typed.connect(self._confine)
        self.table.cellActivated.connect(self._open_cell)
        self.found.openNarratief.connect(self.openNarratief)

    def _arrange(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        top = QHBoxLayout()
        top.setSpacing(px(16))
        self.own_row.setSpacing(px(12))
        top.addLayout(self.own_row)
        top.addStretch(1)
        top.addWidget(self.choices)
        outer.addLayout(top)
        outer.addWidget(self.filter)
        outer.addLayout(self.above)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(12))
        split.addWidget(self._left())
        split.addWidget(self.found)
        split.setSizes([px(620), px(480)])
        split.setChildrenCollapsible(False)
        outer.addWidget(split, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.line.setWordWrap(True)
        self.cautions.setWordWrap(True)
        self.cautions.setProperty("role", "quiet")
        column.addWidget(self.line)
        column.addWidget(self.table, 1)
        column.addWidget(self.cautions)
        return left

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self._names = names
        self.choices.set_names(names)
        self.found.set_names(names)

    def where(self) -> str | None:
        """The condition as text, None without one."""
        return None if self._where is None else to_text(self._where)

    def _confine(self, expression: Expression | None) -> None:
        self._where = expression
        self.refresh()

    # the table

    def refresh(self) -> None:
        """Count again; what is open beside the table is read again too."""
        try:
            if self._where is not None:
                self._asker.ask(self._where, codings=self.choices.codings.value())
        except Waiting:
            self.line.setText(_("Searching the texts…"))
            return
        except NarratiefError as error:
            self.filter.show_error(error)
            return
        self.filter.show_error(None)
        try:
            self._show(self._compute())
        except NarratiefError as error:
            self._show(Table(HeatData((), (), ()), _(error.message), ()))

    def _show(self, made: Table) -> None:
        self._data = made.data
        self.table.set_data(made.data)
        self.line.setText(made.line)
        self.cautions.setText("\n".join(made.cautions))
        self.cautions.setVisible(bool(made.cautions))
        place = self._where_is(self._place) if self._place is not None else None
        if place is not None:
            self._show_cell(*place)
        else:
            self.found.show_found("", ())

    def _where_is(self, place: tuple[str | None, str | None]) -> tuple[int, int] | None:
        row, column = place
        if (row is not None and row not in self._data.rows) or (
                column is not None and column not in self._data.columns):
            return None
        return (-1 if row is None else self._data.rows.index(row),
                -1 if column is None else self._data.columns.index(column))

    def _open_cell(self, row: int, column: int) -> None:
        self._place = (self._data.rows[row] if row >= 0 else None, self._data.columns[column] if column >= 0 else None)
        self._show_cell(row, column)

    def _show_cell(self, row: int, column: int) -> None:
        title, ids, codings = self._cell(row, column)
        index = self._opened.reading.index
        slots = index.slots_of(ids).astype("int64")
        line = result_line(len(ids), index.document_count(slots), self._asker.heard(slots), codings)
        self.found.show_found("\n".join([*self._told(row, column), line]), ids, codings, title=title)

    def _title(self, row: int, column: int) -> str:
        """The names of a cell's row and column."""
        names = [self._data.rows[row] if row >= 0 else "", self._data.columns[column] if column >= 0 else ""]
        return " × ".join(name for name in names if name)

    def _told(self, row: int, column: int) -> list[str]:
        """What to say of a number above its narratieven."""
        return []

    def _compute(self) -> Table:
        raise NotImplementedError

    def _cell(self, row: int, column: int) -> tuple[str, list[int], str]:
        """The title, narratieven and whose codings of a number."""
        raise NotImplementedError
