"""The audit trail as a table that fetches itself piece by piece, so that a log of any length opens at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from codebook.trail import Trail, Wanted
from corpora.messages import Message, message
from corpora.store.changes import Step
from workbench.i18n import _
from workbench.project import OpenProject

AnyIndex = QModelIndex | QPersistentModelIndex
WHEN, WHO, WHAT, STATE, CHANGES = range(5)
KINDS = {"undo": message("undo"), "redo": message("redo"), "merged": message("from a copy")}
STATES = {"undone": message("undone"), "dropped": message("undone, overtaken")}
A_PAGE = 200
AT_A_TIME = 500
"""Steps looked at before the window breathes."""


def when(step: Step) -> str:
    """The moment of a step, on this computer's clock."""
    return f"{step.at.astimezone():%d-%m-%Y %H:%M:%S}"


def state_names() -> list[str]:
    """The ways in which a step can stand."""
    return [_(word) for word in (*KINDS.values(), *STATES.values())]


def state_name(step: Step) -> str:
    """How a step stands now."""
    if step.kind in ("undo", "redo"):
        return _(KINDS[step.kind])
    return _(STATES.get(step.state) or KINDS.get(step.kind, Message("")))


class TrailRows(QAbstractTableModel):
    """Steps, newest first. `grown(finished)` after rows came in; finished says that there are no more."""

    grown = Signal(bool)

    def __init__(self, opened: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.steps: list[Step] = []
        self.wanted = Wanted()
        self._before: int | None = None
        self._finished = True
        self._asked = 0
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._look_on)

    def ask(self, wanted: Wanted) -> None:
        """Show the steps that are wanted, from the newest on."""
        self.beginResetModel()
        self.wanted, self.steps, self._before, self._finished = wanted, [], None, False
        self.endResetModel()
        self._asked = A_PAGE
        self._look_on()

    def catch_up(self) -> None:
        """Put what was done since in front; what is in sight stays where it is."""
        newest = self.steps[0].id if self.steps else 0
        with self._opened.project.read() as session:
            trail = Trail(session, _, self._opened.reading.veil)
            found = trail.find(self.wanted, None, A_PAGE, AT_A_TIME).steps
            states = trail.states(step.id for step in self.steps)
        fresh = [step for step in found if step.id > newest]
        if not self.steps or len(fresh) == len(found) == A_PAGE:
            self.ask(self.wanted)
            return
        self.steps = [replace(step, state=states.get(step.id, step.state)) for step in self.steps]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.steps) - 1, CHANGES))
        if fresh:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
            self.steps = [*fresh, *self.steps]
            self.endInsertRows()
        self.grown.emit(self._finished)

    def finished(self) -> bool:
        """Whether all that is wanted was found."""
        return self._finished

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and not self._finished

    def fetchMore(self, parent: AnyIndex) -> None:
        if self._asked <= len(self.steps):
            self._asked = len(self.steps) + A_PAGE
            self._look_on()

    def _look_on(self) -> None:
        """Look through the next part of the log; while too little was found, go on when the window has had its turn."""
        if self._finished:
            return
        opened = self._opened
        with opened.project.read() as session:
            trail = Trail(session, _, opened.reading.veil)
            found = trail.find(self.wanted, self._before, self._asked - len(self.steps), AT_A_TIME)
        self._before, self._finished = found.before, found.before is None
        if found.steps:
            first = len(self.steps)
            self.beginInsertRows(QModelIndex(), first, first + len(found.steps) - 1)
            self.steps += found.steps
            self.endInsertRows()
        self.grown.emit(self._finished)
        if not self._finished and len(self.steps) < self._asked:
            self._next.start()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.steps)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("When"), _("Who"), _("What"), _("State"), _("Rows"))[section]
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        step = self.steps[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (when(step), step.author or "–", _(step.label), state_name(step), str(step.changes))[index.column()]
        return _side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == CHANGES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
