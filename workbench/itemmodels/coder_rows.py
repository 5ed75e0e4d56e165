"""The coders of a project as a table: role, how far they are, when they last coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from codebook.blind import RESEARCHER
from codebook.team_progress import CoderRow
from workbench.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex
NAME, ROLE, DOCUMENTS, READY, PIECES, SHARE, CODINGS, LAST = range(8)
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2


def role_names() -> dict[str, str]:
    """The roles with their names in the language in force."""
    return {"student": _("student"), "onderzoeker": _("researcher")}


def counted(n: int) -> str:
    """A number for a table: thin spaces between thousands, a dash for none."""
    return f"{n:,}".replace(",", "\u202f") if n else "–"


class CoderRows(QAbstractTableModel):
    """One coder a row. `edited(coder, column, value)` asks for another name or role."""

    edited = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CoderRow] = []
        self._me = ""
        self.may_give_roles = True
        self._roles = role_names()

    def fill(self, rows: Sequence[CoderRow], me: str) -> None:
        """Show coders; `me` is who is at work."""
        self.beginResetModel()
        self.rows, self._me = list(rows), me
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 8

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Coder"), _("Role"), _("Documents"), _("Ready"), _("Narratieven"), _("Complete"),
                    _("Codings"), _("Last coded"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row)[column]
        if role == Qt.ItemDataRole.EditRole:
            return row.role if column == ROLE else row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return _told(row, column)
        if role == ID_ROLE:
            return row.id
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _shown(self, row: CoderRow) -> tuple[str, ...]:
        name = _("{name} (you)", name=row.name) if row.name.casefold() == self._me.casefold() else row.name
        complete = "?" if row.complete is None else counted(row.complete)
        share = f" · {int(100 * (row.complete or 0) / row.narratieven)} %" if row.narratieven and row.complete else ""
        return (name, self._roles.get(row.role, row.role), counted(row.documents), counted(row.done),
                counted(row.narratieven), complete + share, counted(row.codings),
                f"{row.last.astimezone():%d-%m-%Y %H:%M}" if row.last else "–")

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = index.column() == NAME or (index.column() == ROLE and self.may_give_roles)
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == str(self.data(index, role)):
            return False
        self.edited.emit(self.rows[index.row()].id, index.column(), str(value).strip())
        return True


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if DOCUMENTS <= column <= CODINGS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _told(row: CoderRow, column: int) -> str | None:
    if column == ROLE:
        return (_("Sees everybody's codes, also while the project is coded blind") if row.role == RESEARCHER else
                _("While the project is coded blind: sees others' codes of a document once it is ready"))
    if column in (DOCUMENTS, READY, PIECES, SHARE):
        return (_("Of the documents assigned to this coder") if row.assigned else
                _("Of the documents in which this coder coded; none is assigned"))
    return None
