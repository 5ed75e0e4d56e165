"""The documents of a project as a table: numbers, status and attributes, some of it editable in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from corpora.overview import DocumentRow
from workbench.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex
TITLE, KIND, GROUP, WORDS, TURNS, SPEAKERS, PIECES, STATUS = range(8)
FIXED = 8
EDITABLE = (TITLE, KIND, GROUP)
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2


def kind_names() -> dict[str, str]:
    """The kinds of material with their names in the language in force."""
    return {"interview": _("interview"), "logboek": _("logboek"), "kantelbox": _("kantelbox"),
            "focusgroep": _("focus group"), "overig": _("other")}


class DocumentsModel(QAbstractTableModel):
    """Rows and columns as Qt wants them. An edit changes nothing here: `edited(document id, column, value)` asks for
    it, and `fill` shows what came of it. Attribute columns follow the fixed ones."""

    edited = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DocumentRow] = []
        self.attributes: list[str] = []
        self._coded: Mapping[int, int] = {}
        self._kinds = kind_names()

    def fill(self, rows: Sequence[DocumentRow], attributes: Sequence[str], coded: Mapping[int, int]) -> None:
        """Show documents; `coded` is document → narratieven with a code. Selection and order stay where they can."""
        same = [r.id for r in rows] == [r.id for r in self.rows] and list(attributes) == self.attributes
        if not same:
            self.beginResetModel()
        self.rows, self.attributes, self._coded = list(rows), list(attributes), coded
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else FIXED + len(self.attributes)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return [*self._heads(), *self.attributes][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _heads(self) -> list[str]:
        return [_("Title"), _("Kind"), _("Group"), _("Words"), _("Turns"), _("Speakers"), _("Narratieven"), _("Status")]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if WORDS <= column <= PIECES else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.kind if column == KIND else self._value(row, column)
        if role == SORT_ROLE:
            value = self._value(row, column)
            return value.casefold() if isinstance(value, str) else value
        if role == ID_ROLE:
            return row.id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column == TITLE:
            return row.title
        return None

    def _value(self, row: DocumentRow, column: int) -> str | float:
        if column >= FIXED:
            return row.attributes.get(self.attributes[column - FIXED], "")
        values = (row.title, self._kinds.get(row.kind, row.kind), row.group, row.words, row.turns, row.speakers,
                  row.narratieven, self.share_coded(row))
        return values[column]

    def _shown(self, row: DocumentRow, column: int) -> str:
        if column == STATUS:
            return self.status(row)
        value = self._value(row, column)
        if isinstance(value, str):
            return value
        return f"{int(value):,}".replace(",", "\u202f") if value else "–"

    def share_coded(self, row: DocumentRow) -> float:
        """For sorting: from imported (-2) over proposed (-1) to the share of narratieven with a code (0 to 1)."""
        if not row.narratieven:
            return -2.0
        if row.proposed == row.narratieven and not self._coded.get(row.id):
            return -1.0
        return self._coded.get(row.id, 0) / row.narratieven

    def status(self, row: DocumentRow) -> str:
        """How far a document is, in a word."""
        share = self.share_coded(row)
        if share == -2.0:
            return _("imported")
        if share == -1.0:
            return _("proposal to look at")
        if share == 0:
            return _("segmented")
        return _("coded {n} %", n=max(1, int(share * 100)))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in EDITABLE or index.column() >= FIXED:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == str(self.data(index, role)):
            return False
        self.edited.emit(self.rows[index.row()].id, index.column(), str(value).strip())
        return True
