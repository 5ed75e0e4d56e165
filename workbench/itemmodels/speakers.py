"""The speakers of one document as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from corpora.overview import SpeakerRow
from workbench.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex
KEY, LABEL, INTERVIEWER, RESPONDENT, TURNS, WORDS = range(6)


class SpeakersModel(QAbstractTableModel):
    """An edit changes nothing here: `edited(speaker id, column, value)` asks for it."""

    edited = Signal(int, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SpeakerRow] = []

    def fill(self, rows: Sequence[SpeakerRow]) -> None:
        """Show speakers in their order; the first nine have a key."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else WORDS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (TURNS, WORDS) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ["#", _("Label"), _("Asks"), _("Respondent"), _("Turns"), _("Words")][section]

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            nr = str(index.row() + 1) if index.row() < 9 else ""
            return (nr, row.label, None, "–" if row.interviewer else row.respondent, row.turns, row.words)[column]
        if role == Qt.ItemDataRole.CheckStateRole and column == INTERVIEWER:
            return Qt.CheckState.Checked if row.interviewer else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (TURNS, WORDS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.description or None
        if role == Qt.ItemDataRole.AccessibleTextRole and column == INTERVIEWER:
            return _("interviewer") if row.interviewer else _("respondent")
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column, row = index.column(), self.rows[index.row()]
        if column == LABEL or (column == RESPONDENT and not row.interviewer):
            flags |= Qt.ItemFlag.ItemIsEditable
        if column == INTERVIEWER:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.edited.emit(row.id, INTERVIEWER, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role != Qt.ItemDataRole.EditRole or not str(value).strip() or str(value).strip() == index.data():
            return False
        self.edited.emit(row.id, index.column(), str(value).strip())
        return True
