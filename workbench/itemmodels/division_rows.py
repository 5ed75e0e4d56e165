"""Who codes what as a table: a document a row, a coder a column, to tick; a plan shows before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from workbench.i18n import _
from workbench.itemmodels.coder_rows import counted
from workbench.itemmodels.documents import kind_names
from workbench.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
TITLE, KIND, GROUP, PIECES, WORDS = range(5)
FIXED = 5
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True)
class DivisionRow:
    """A document; `state` per coder is (narratieven complete, *klaar*)."""

    id: int
    title: str
    kind: str
    group: str
    narratieven: int
    words: int
    state: Mapping[int, tuple[int, bool]]


class DivisionRows(QAbstractTableModel):
    """`ticked(document, coder, on)` asks for an assignment."""

    ticked = Signal(int, int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DivisionRow] = []
        self.coders: list[tuple[int, str]] = []
        self._assigned: Mapping[int, Sequence[int]] = {}
        self._plan: Mapping[int, Sequence[int]] | None = None
        self._kinds = kind_names()

    def fill(self, rows: Sequence[DivisionRow], coders: Sequence[tuple[int, str]],
             assigned: Mapping[int, Sequence[int]]) -> None:
        """Show documents, coders (number, name) and what is assigned."""
        same = [r.id for r in rows] == [r.id for r in self.rows] and list(coders) == self.coders
        if not same:
            self.beginResetModel()
        self.rows, self.coders, self._assigned = list(rows), list(coders), assigned
        self.endResetModel() if not same else self._all_changed()

    def show_plan(self, plan: Mapping[int, Sequence[int]] | None) -> None:
        """Show who would code what; None shows what is."""
        self._plan = plan
        self._all_changed()

    def _all_changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))

    def given(self, document: int) -> Sequence[int]:
        """The coders of a document, as planned or as it is."""
        planned = self._plan.get(document) if self._plan is not None else None
        return planned if planned is not None else self._assigned.get(document, ())

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else FIXED + len(self.coders)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            heads = (_("Document"), _("Kind"), _("Group"), _("Narratieven"), _("Words"))
            return heads[section] if section < FIXED else self.coders[section - FIXED][1]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == ID_ROLE:
            return row.id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if column < FIXED:
            fixed = (row.title, self._kinds.get(row.kind, row.kind), row.group or "–", counted(row.narratieven),
                     counted(row.words))
            return fixed[column] if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        return self._of_coder(row, self.coders[column - FIXED][0], role)

    def _of_coder(self, row: DivisionRow, coder: int, role: int) -> Any:
        given = coder in self.given(row.id)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if given else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            complete, done = row.state.get(coder, (0, False))
            return _("ready") if done else f"{complete}/{row.narratieven}" if given or complete else ""
        if role == Qt.ItemDataRole.BackgroundRole and self._plan is not None and given:
            double = len(self.given(row.id)) > 1
            return QColor(theme().tokens.selection if double else theme().tokens.accent_tint)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {dict(self.coders)[coder]}"
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ticks = index.column() >= FIXED and self._plan is None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() < FIXED:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.ticked.emit(self.rows[index.row()].id, self.coders[index.column() - FIXED][0], on)
        return True


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (PIECES, WORDS) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
