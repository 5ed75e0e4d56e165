"""Suggested names as a table, and the key of names as another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from corpora.messages import Message, message
from corpora.naming import Kind, Suggestion, propose_pseudonym
from workbench.i18n import _
from workbench.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
STATE, NAME, KIND, COUNT, PSEUDONYM, WHY = range(6)


def name_kinds() -> dict[str, str]:
    """The kinds of names in the language in force."""
    return {"persoon": _("person"), "plaats": _("place"), "organisatie": _("organisation")}


@dataclass
class NameRow:
    """A name, what is proposed for it, and whether it was accepted; `spans` are title → places in the text."""

    name: str
    kind: Kind
    count: int
    pseudonym: str
    why: Message
    accepted: bool = False
    spans: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


class NamesModel(QAbstractTableModel):
    """Accepting and renaming happen here; nothing is written before the names are replaced. `changed` after each."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NameRow] = []
        self._kinds = name_kinds()

    def fill(self, suggestions: Iterable[Suggestion], key: Mapping[str, str]) -> None:
        """Show suggestions; what was accepted or renamed before stays so. Names of the key keep their pseudonym."""
        before = {row.name: row for row in self.rows}
        taken = {*key.values(), *(row.pseudonym for row in self.rows)}
        self.beginResetModel()
        self.rows = [self._row(found, before.get(found.name), key, taken) for found in suggestions]
        shown = {row.name for row in self.rows}
        self.rows += [row for row in before.values() if row.name not in shown and row.accepted]
        self.endResetModel()
        self.changed.emit()

    def _row(self, found: Suggestion, old: NameRow | None, key: Mapping[str, str], taken: set[str]) -> NameRow:
        pseudonym = key.get(found.name) or (old.pseudonym if old else "")
        if not pseudonym:
            pseudonym = propose_pseudonym(found.name, found.kind, taken)
            taken.add(pseudonym)
        kind = old.kind if old else found.kind
        return NameRow(found.name, kind, found.count, pseudonym, found.why, bool(old and old.accepted), found.spans)

    def add(self, name: str, kind: Kind, spans: Mapping[str, tuple[tuple[int, int], ...]],
            taken: Collection[str]) -> int:
        """Add a name by hand, accepted at once; returns its row."""
        for n, row in enumerate(self.rows):
            if row.name == name:
                self.accept([n], True)
                return n
        used = {*taken, *(row.pseudonym for row in self.rows)}
        made = NameRow(name, kind, sum(len(s) for s in spans.values()), propose_pseudonym(name, kind, used),
                       message("Added by hand."), True, spans)
        self.beginInsertRows(QModelIndex(), 0, 0)
        self.rows.insert(0, made)
        self.endInsertRows()
        self.changed.emit()
        return 0

    def accept(self, places: Iterable[int], accepted: bool) -> None:
        """Accept names, or take that back."""
        for n in places:
            self.rows[n].accepted = accepted
            self.dataChanged.emit(self.index(n, 0), self.index(n, WHY))
        self.changed.emit()

    def drop(self, names: Collection[str]) -> None:
        """Take rows away: rejected, or replaced."""
        self.beginResetModel()
        self.rows = [row for row in self.rows if row.name not in names]
        self.endResetModel()
        self.changed.emit()

    def accepted(self) -> list[NameRow]:
        """The names that would be replaced now."""
        return [row for row in self.rows if row.accepted]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else WHY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ["✓", _("Name"), _("Kind"), _("Times"), _("Becomes"), _("Why a name")][section]

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return ("✓" if row.accepted else "", row.name, self._kinds[row.kind], row.count, row.pseudonym,
                    _(row.why))[column]
        if role == Qt.ItemDataRole.EditRole:
            return {KIND: row.kind, PSEUDONYM: row.pseudonym}.get(column)
        if role == Qt.ItemDataRole.BackgroundRole and row.accepted:
            return QColor(theme().tokens.ok_tint)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (STATE, COUNT):
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and column == STATE:
            return _("accepted") if row.accepted else _("to be decided")
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (KIND, PSEUDONYM) else flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        row, text = self.rows[index.row()], str(value).strip()
        if not text:
            return False
        if index.column() == KIND and text in self._kinds:
            row.kind = text  # type: ignore[assignment]
        elif index.column() == PSEUDONYM:
            row.pseudonym, row.accepted = text, True
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), WHY))
        self.changed.emit()
        return True


class KeyModel(QAbstractTableModel):
    """The key: name, pseudonym, kind. `edited(name, pseudonym)` asks for another pseudonym."""

    edited = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, str, str]] = []

    def fill(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Show the key."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return [_("Name"), _("Pseudonym"), _("Kind")][section]

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        value = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return name_kinds().get(value, value) if index.column() == 2 else value
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 1 else flags

    def setData(self, index: AnyIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        name, old, _kind = self.rows[index.row()]
        if str(value).strip() in ("", old):
            return False
        self.edited.emit(name, str(value).strip())
        return True
