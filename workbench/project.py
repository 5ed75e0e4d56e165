"""The project that is open in the window: a Qt face on the store and the reading.

Panels write only through `do`; every change, whoever made it, comes back as `changed`, so a view never updates itself
by hand.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

import codebook.models  # noqa: F401
import corpora.models  # noqa: F401
from codebook import coding
from codebook.models import Coder
from codebook.reading import Reading
from corpora.errors import AwayError, ConflictError, NarratiefError
from corpora.messages import Message, message
from corpora.models import ProjectInfo
from corpora.store.base import Base
from corpora.store.project import Changed, Project
from corpora.store.rows import RowChange
from corpora.store.writing import Writing
from workbench.overtaken import Overtaken
from workbench.typing_watch import TypingWatch
from workbench.waiting import Hand

P = ParamSpec("P")
T = TypeVar("T")

NOBODY = "Codeur"
"""Under what name somebody works who has not said who they are."""

SIGHT_CHANGED = tuple(RowChange(table, "update", ("id",), [], []) for table in
                      ("coding", "not_mentioned", "decision", "memo", "flag", "quote"))
LATER = 300
"""Milliseconds after which is looked again whether a name is still being written in a list."""
AWAY = message("The connection to the server is gone. Narratief tries to get it back by itself; until then nothing can "
               "be kept.")
BACK = message("The connection to the server is back.")


class OpenProject(QObject):
    """An open project with its coder.

    `changed(Changed)` comes after every step, undo and redo, in the window's thread. `message(Message, bool)` is a line
    for the foot of the window; the flag says whether *Ongedaan maken* belongs with it. `failed(Message)` is an error.
    `coderRenamed(name)`: who is at work has another name now.
    On a server: `online(bool)` when it went away or is back, `overtaken(Overtaken)` when a text was not kept because
    somebody else had changed the same one.
    """

    changed = Signal(object)
    coderRenamed = Signal(str)
    message = Signal(object, bool)
    failed = Signal(object)
    online = Signal(bool)
    overtaken = Signal(object)
    _arrived = Signal()
    _line = Signal(bool)
    _settled = Signal(object, bool)

    def __init__(self, project: Project, coder: str = "") -> None:
        super().__init__()
        self.project = project
        self._coder_id: int | None = None
        self.coder = coder or project.author
        self.seed = random.randrange(1 << 30)  # for what is shuffled anew in every session
        project.author = self.coder
        self.is_online = True
        self._seen, self._is_stale = 0, False
        self._inbox: deque[Changed] = deque()
        self._hand, self._typing = Hand(), TypingWatch(lambda: self._seen, self)
        self._later = QTimer(self, interval=LATER, singleShot=True)
        self._connect()
        # Heard of from before the reading is made, so that no step falls between the two.
        self._seen = project.follow(self._line.emit, self._settled.emit)
        self.reading = Reading(project, self.coder or NOBODY)

    def _connect(self) -> None:
        # Steps are made in other threads and by other people; the reading and the views live in the window's thread.
        self._arrived.connect(self._take_in, Qt.ConnectionType.AutoConnection)
        self._line.connect(self._line_changed, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._tell_settled, Qt.ConnectionType.QueuedConnection)
        self._later.timeout.connect(self._take_in)
        self._stop = self.project.listen(self._arrive)

    @classmethod
    def open(cls, place: str | Path, coder: str = "") -> OpenProject:
        """Open a project file or server address."""
        return cls(Project.open(place, coder), coder)

    def _arrive(self, changed: Changed) -> None:
        self._inbox.append(changed)
        self._arrived.emit()

    def _take_in(self) -> None:
        while self._inbox:
            if not self._inbox[-1].own and self._typing.is_renaming():
                self._later.start()
                return
            self._take(self._inbox.popleft())

    def _take(self, changed: Changed) -> None:
        self._seen = max(self._seen, changed.number)
        if "coder" in changed.tables():
            self._follow_coder(changed)
        self.changed.emit(self._read(changed))
        if not changed.own:
            # Under blind coding the name of a step would tell what somebody coded.
            self.message.emit(message("{who} has worked on.", who=changed.author) if self.reading.veil.on
                              else _told_of(changed), False)
        elif changed.kind == "do":
            self.message.emit(changed.label, True)

    def _read(self, changed: Changed) -> Changed:
        try:
            moved = self.reading.update(changed)
        except AwayError:
            self._is_stale = True
            return changed
        # Blind coding shows or hides codings that did not change: for the views it is as if they had.
        return replace(changed, rows=(*changed.rows, *SIGHT_CHANGED)) if moved else changed

    def _follow_coder(self, changed: Changed) -> None:
        """The coder at work may have got another name: go on under that."""
        self._coder_id = None
        for change in changed.rows:
            if change.table == "coder" and change.op == "update" and "name" in change.columns:
                at = change.columns.index("name")
                for old, new in zip(change.before or [], change.after or [], strict=True):
                    if old[at] == self.coder:
                        self.become(new[at])

    def _line_changed(self, is_online: bool) -> None:
        was, self.is_online = self.is_online, is_online
        if is_online and self._is_stale:
            self._is_stale = False
            self.reading.reload()
            self.changed.emit(_everything())
        if was != is_online:
            self.online.emit(is_online)
            self.message.emit(BACK, False) if is_online else self.failed.emit(AWAY)

    def _tell_settled(self, label: Message, kept: bool) -> None:
        if kept:
            self.message.emit(message("«{label}» was kept after all.", label=label), False)
        else:
            self.failed.emit(message("«{label}» was not kept, as the connection broke off. Do it again.", label=label))

    @property
    def title(self) -> str:
        """The project's title."""
        with self.project.read() as session:
            info = session.get(ProjectInfo, 1)
            return info.title if info else self.project.name

    @property
    def path(self) -> str:
        """The file or address that is open; an address has no password in it."""
        return self.project.address

    def beside(self, name: str = "") -> str:
        """Where a question for a file begins: the folder in which the project lies, at home for one on a server; with
        the name that a new file is to have."""
        folder = Path.home() if self.project.path is None else self.project.path.resolve().parent
        return str(folder / name)

    @property
    def coder_id(self) -> int:
        """The number of the coder at work, made when first needed."""
        if self._coder_id is None:
            with self.project.read() as session:
                found = {c.name.casefold(): c.id for c in session.query(Coder)}
            name = self.coder or NOBODY
            known = found.get(" ".join(name.split()).casefold())
            self._coder_id = known if known is not None else self._step(
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
        """Run an operation as one step. An error is told at the foot of the window; then the answer is None. What
        somebody else changed since it was seen here is not overwritten."""
        try:
            return self._step(label, operation, *args, **kwargs)
        except ConflictError as error:
            self._overtaken(error, label, partial(self.do, label, operation, *args, **kwargs))
        except NarratiefError as error:
            self.failed.emit(error.message)
        return None

    def _step(self, label: Message, operation: Callable[Concatenate[Writing, P], T], /,
              *args: P.args, **kwargs: P.kwargs) -> T:
        seen, typed = self._seen, self._typing.since()

        def step() -> T:
            with self.project.since(seen, typed):
                return self.project.step(label, operation, *args, **kwargs)

        return self._run(step)

    def _run(self, work: Callable[[], T]) -> T:
        found = self._hand.work(work) if self.project.shared else work()
        self._take_in()
        return found

    def _overtaken(self, error: ConflictError, label: Message, again: Callable[[], object]) -> None:
        self._take_in()
        self.failed.emit(error.message)
        if error.mine is not None and error.theirs is not None:
            self._typing.begin_anew()
            self.overtaken.emit(Overtaken(error.message, label, error.mine, error.theirs, again))

    def tell(self, error: BaseException) -> None:
        """Say at the foot of the window why work with files could not be done; any other error is raised again."""
        if isinstance(error, NarratiefError):
            self.failed.emit(error.message)
        elif isinstance(error, OSError):
            self.failed.emit(message("{name} could not be read or written: {why}.", name=error.filename or "",
                                     why=error.strerror or type(error).__name__))
        else:
            raise error

    @property
    def undo_label(self) -> Message | None:
        """The name of what undo would take back."""
        return self._label(self.project.undo_label)

    @property
    def redo_label(self) -> Message | None:
        """The name of what redo would do again."""
        return self._label(self.project.redo_label)

    def _label(self, ask: Callable[[], Message | None]) -> Message | None:
        try:
            return ask()
        except AwayError:
            return None

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
            label = self._run(go)
        except NarratiefError as error:
            self.failed.emit(error.message)
            return
        self.message.emit(nothing if label is None else said(label), False)

    def close(self) -> None:
        """Let go of the project."""
        self._stop()
        self._typing.deleteLater()
        self.project.close()
        self._hand.rest()


def _everything() -> Changed:
    """As if every table had changed: what was missed while the server was away is not known."""
    tables = (RowChange(table.name, "update", ("id",), [], []) for table in Base.metadata.sorted_tables)
    return Changed(message(""), "refresh", tuple(tables))


def _told_of(changed: Changed) -> Message:
    """What somebody else did, for the foot of the window."""
    said = {"undo": message("{who} undid: {label}", who=changed.author, label=changed.label),
            "redo": message("{who} did again: {label}", who=changed.author, label=changed.label)}
    return said.get(changed.kind, message("{who}: {label}", who=changed.author, label=changed.label))
