"""The documents at the left of the place Fragmenten, each with how far it is cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import documents, narratives
from corpora.models import Narratief
from corpora.narratives import Progress
from corpora.store.project import Project
from corpora.store.rows import RowChange
from corpora.store.writing import batched
from workbench.i18n import _
from workbench.theme import theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """A document in the list."""

    id: int
    title: str
    progress: Progress

    @property
    def status(self) -> str:
        """✓ and ~ with the number of narratieven (accepted, still proposed), – for none."""
        if not self.progress.counted + self.progress.excluded:
            return "–"
        return f"{'~' if self.progress.proposed else '✓'} {self.progress.counted}"

    @property
    def spoken(self) -> str:
        """The status in words."""
        if self.status == "–":
            return _("not cut yet")
        if self.progress.proposed:
            return _("{n} narratieven, {m} proposals to look at", n=self.progress.counted, m=self.progress.proposed)
        if self.progress.counted == 1:
            return _("1 narratief, accepted")
        return _("{n} narratieven, all accepted", n=self.progress.counted)


def read_lines(session: Session) -> list[Line]:
    """All documents in order of title."""
    progress = narratives.progress(session)
    return [Line(d.id, d.title, progress.get(d.id, Progress())) for d in documents.in_order(session)]


def documents_of(session: Session, changes: Iterable[RowChange]) -> set[int]:
    """The documents to which changed narratieven belong; an update of a row does not say it."""
    found: set[int] = set()
    for change in changes:
        if change.table == "narratief" and "document_id" in change.columns:
            at = change.columns.index("document_id")
            found |= {row[at] for rows in (change.before, change.after) for row in rows or []}
        elif change.table == "narratief":
            for some in batched(change.ids, 500):
                found.update(session.scalars(select(Narratief.document_id).where(Narratief.id.in_(some)).distinct()))
    return found


class DocumentLines(QAbstractTableModel):
    """Title and status of each document."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def set_progress(self, progress: dict[int, Progress]) -> None:
        """Show how far some documents are now."""
        for row, line in enumerate(self.lines):
            if line.id in progress:
                self.lines[row] = Line(line.id, line.title, progress[line.id])
                self.dataChanged.emit(self.index(row, 0), self.index(row, 1))

    def row_of(self, document_id: int | None) -> int:
        """The row of a document, -1 when it is not there."""
        return next((row for row, line in enumerate(self.lines) if line.id == document_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, is_status = self.lines[index.row()], index.column() == 1
        if role == Qt.ItemDataRole.DisplayRole:
            return line.status if is_status else line.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.title}: {line.spoken}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken if is_status else f"{line.title}, {line.spoken}"
        if role == Qt.ItemDataRole.TextAlignmentRole and is_status:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and is_status:
            tokens = theme().tokens
            return QBrush(QColor({"✓": tokens.ok, "~": tokens.accent}.get(line.status[0], tokens.quiet)))
        return None


class DocumentList(QTableView):
    """`documentChosen(id)` when another document is chosen; `entered()` on Enter, to go to its text."""

    documentChosen = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = DocumentLines()
        self._shown: int | None = None
        self.setModel(self.lines)
        self.setAccessibleName(_("Documents"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(32))
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(theme().px(48))
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def load(self, project: Project) -> None:
        """Read all documents; the chosen one stays chosen."""
        with project.read() as session:
            self.lines.set_lines(read_lines(session))
        row = self.lines.row_of(self._shown)
        self.setCurrentIndex(self.lines.index(max(row, 0), 0))

    def load_progress(self, project: Project, changes: Iterable[RowChange]) -> None:
        """Read how far the documents are whose narratieven changed."""
        with project.read() as session:
            numbers = documents_of(session, changes)
            found = narratives.progress(session, numbers)
        self.lines.set_progress({n: found.get(n, Progress()) for n in numbers})

    def chosen(self) -> int | None:
        """The number of the document chosen."""
        row = self.currentIndex().row()
        return self.lines.lines[row].id if 0 <= row < len(self.lines.lines) else None

    def choose(self, document_id: int) -> None:
        """Choose a document."""
        row = self.lines.row_of(document_id)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row, 0))

    def unsegmented(self) -> list[int]:
        """The documents that have no narratieven yet."""
        return [line.id for line in self.lines.lines if line.status == "–"]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _row_changed(self, current: QModelIndex) -> None:
        number = self.lines.lines[current.row()].id if current.isValid() else None
        if number is not None and number != self._shown:
            self._shown = number
            self.documentChosen.emit(number)
