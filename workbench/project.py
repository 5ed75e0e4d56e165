"""The project that is open in the window: a Qt face on the store and the reading.

Panels write only through `do`; every change, whoever made it, comes back as `changed`, so a view never updates itself
by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

import codebook.models  # noqa: F401
import corpora.models  # noqa: F401
from codebook import coding
from codebook.models import Coder
from codebook.reading import Reading
from corpora.errors import NarratiefError
from corpora.messages import Message, message
from corpora.models import ProjectInfo
from corpora.store.project import Changed, Project
from corpora.store.rows import RowChange
from corpora.store.writing import Writing

P = ParamSpec("P")
T = TypeVar("T")

NOBODY = "Codeur"
"""Under what name somebody works who has not said who they are."""

SIGHT_CHANGED = tuple(RowChange(table, "update", ("id",), [], []) for table in
                      ("coding", "not_mentioned", "decision", "memo", "flag", "quote"))


class OpenProject(QObject):
    """An open project with its coder.

    `changed(Changed)` comes after every step, undo and redo, in the window's thread. `message(Message, bool)` is a line
    for the foot of the window; the flag says whether *Ongedaan maken* belongs with it. `failed(Message)` is an error.
    `coderRenamed(name)`: who is at work has another name now.
    """

    changed = Signal(object)
    coderRenamed = Signal(str)
    message = Signal(object, bool)
    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, project: Project, coder: str = "") -> None:
        super().__init__()
        self.project = project
        self.coder = coder or project.author
        self.reading = Reading(project, self.coder or NOBODY)
        self._coder_id: int | None = None
        self.seed = random.randrange(1 << 30)  # for what is shuffled anew in every session
        project.author = self.coder
        # Steps may be made in a worker's thread; the reading and the views live in the window's.
        self._arrived.connect(self._take_in, Qt.ConnectionType.AutoConnection)
        self._stop = project.listen(self._arrived.emit)

    @classmethod
    def open(cls, place: str | Path, coder: str = "") -> OpenProject:
        """Open a project file or server address."""
        return cls(Project.open(place, coder), coder)

    def _take_in(self, changed: Changed) -> None:
        if "coder" in changed.tables():
            self._follow_coder(changed)
        if self.reading.update(changed):
            # Blind coding shows or hides codings that did not change: for the views it is as if they had.
            changed = replace(changed, rows=(*changed.rows, *SIGHT_CHANGED))
        self.changed.emit(changed)
        if changed.kind == "do":
            self.message.emit(changed.label, True)

    def _follow_coder(self, changed: Changed) -> None:
        """The coder at work may have got another name: go on under that."""
        self._coder_id = None
        for change in changed.rows:
            if change.table == "coder" and change.op == "update" and "name" in change.columns:
                at = change.columns.index("name")
                for old, new in zip(change.before or [], change.after or [], strict=True):
                    if old[at] == self.coder:
                        self.become(new[at])

    @property
    def title(self) -> str:
        """The project's title."""
        with self.project.read() as session:
            info = session.get(ProjectInfo, 1)
            return info.title if info else self.project.name

    @property
    def path(self) -> str:
        """The file or address that is open."""
        return str(self.project.path or self.project.engine.url)

    @property
    def coder_id(self) -> int:
        """The number of the coder at work, made when first needed."""
        if self._coder_id is None:
            with self.project.read() as session:
                found = {c.name.casefold(): c.id for c in session.query(Coder)}
            name = self.coder or NOBODY
            known = found.get(" ".join(name.split()).casefold())
            self._coder_id = known if known is not None else self.project.step(
                message("Add coder {name}", name=name), coding.coder_id, name)
        return self._coder_id

    def set_coder(self, name: str) -> None:
        """Somebody else works from here on."""
        self.coder = self.project.author = name
        self.reading.viewer = name or NOBODY
        self._coder_id = None

    def become(self, name: str) -> None:
        """The person at work is known under another name from here on; `coderRenamed` says so."""
        self.set_coder(name)
        self.coderRenamed.emit(name)

    def do(self, label: Message, operation: Callable[Concatenate[Writing, P], T], /,
           *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run an operation as one step. An error is told at the foot of the window; then the answer is None."""
        try:
            return self.project.step(label, operation, *args, **kwargs)
        except NarratiefError as error:
            self.failed.emit(error.message)
            return None

    @property
    def undo_label(self) -> Message | None:
        """The name of what undo would take back."""
        return self.project.undo_label()

    @property
    def redo_label(self) -> Message | None:
        """The name of what redo would do again."""
        return self.project.redo_label()

    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self.project.undo, message("There is nothing to undo."),
                     lambda label: message("Undone: {label}", label=label))

    def redo(self) -> None:
        """Do the step that was taken back again."""
        self._travel(self.project.redo, message("There is nothing to redo."),
                     lambda label: message("Done again: {label}", label=label))

    def _travel(self, go: Callable[[], Message | None], nothing: Message,
                said: Callable[[Message], Message]) -> None:
        try:
            label = go()
        except NarratiefError as error:
            self.failed.emit(error.message)
            return
        self.message.emit(nothing if label is None else said(label), False)

    def close(self) -> None:
        """Let go of the project."""
        self._stop()
        self.project.close()
