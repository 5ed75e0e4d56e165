"""Files to be brought in as a table: what is guessed of each, and after the import what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from corpora.importing import Failed, Imported
from workbench.i18n import _
from workbench.itemmodels.documents import kind_names
from workbench.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
FILE, KIND, GROUP, STATE, WORDS, TURNS, ASKING = range(7)


@dataclass
class FileRow:
    """A file on its way in; `result` is None until it was tried."""

    path: Path
    kind: str
    group: str = ""
    state: str = ""
    result: Imported | Failed | None = None

    def told(self) -> str:
        """What came of it, in words."""
        if isinstance(self.result, Failed):
            return _(self.result.reason)
        if isinstance(self.result, Imported):
            same = self.result.title == self.path.stem
            first = _("imported.") if same else _("in, as «{title}».", title=self.result.title)
            return " ".join([first, *(_(w) for w in self.result.warnings)])
        return self.state


class FilesModel(QAbstractTableModel):
    """Kind and group can be edited until the import begins (`locked`)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FileRow] = []
        self.locked = False
        self._kinds = kind_names()

    def fill(self, rows: list[FileRow]) -> None:
        """Show files, none of them tried yet."""
        self.beginResetModel()
        self.rows, self.locked = rows, False
        self.endResetModel()

    def note(self, n: int, state: str = "", result: Imported | Failed | None = None) -> None:
        """Show how far file `n` is, or what came of it."""
        self.rows[n].state, self.rows[n].result = state, result
        self.dataChanged.emit(self.index(n, 0), self.index(n, ASKING))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else ASKING + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return [_("File"), _("Kind"), _("Group"), _("What came of it"), _("Words"), _("Turns"),
                _("Of the interviewer")][section]

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return {KIND: row.kind, GROUP: row.group}.get(column, self._shown(row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.told() if column == STATE else str(row.path)
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE and isinstance(row.result, Failed):
            return QColor(theme().tokens.danger)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _shown(self, row: FileRow, column: int) -> str:
        found = row.result
        numbers = (found.words, found.turns, found.interviewer_turns) if isinstance(found, Imported) else None
        if column >= WORDS:
            return str(numbers[column - WORDS]) if numbers is not None else ""
        mark = "" if found is None else "✕ " if isinstance(found, Failed) else "✓ "
        return (row.path.name, self._kinds.get(row.kind, row.kind), row.group, mark + row.told())[column]

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in (KIND, GROUP) and not self.locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        row = self.rows[index.row()]
        if index.column() == KIND:
            row.kind = str(value)
        elif index.column() == GROUP:
            row.group = str(value).strip()
        self.dataChanged.emit(index, index)
        return True

    def report(self) -> str:
        """The whole table as text, with tabs, to be pasted elsewhere."""
        heads = [str(self.headerData(n, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DisplayRole)))
                 for n in range(ASKING + 1)]
        lines = [[self._shown(row, column) for column in range(ASKING + 1)] for row in self.rows]
        return "\n".join("\t".join(line) for line in [heads, *lines])
