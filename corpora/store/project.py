"""A project: opened, read, and changed in named steps that are on disk when they return."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from corpora.errors import NarratiefError, ProjectError
from corpora.messages import Message
from corpora.store import changes, schema, writing
from corpora.store.rows import RowChange

P = ParamSpec("P")
T = TypeVar("T")

SUFFIX = ".narratief"


@dataclass(frozen=True)
class Changed:
    """What a step did, for those who listen: `label`, kind (do, undo, redo) and the rows."""

    label: Message
    kind: str
    rows: tuple[RowChange, ...]

    def tables(self) -> set[str]:
        """The tables that changed."""
        return {change.table for change in self.rows}


class Project:
    """An open project. `author` is the name under which steps are logged.

    Reading: `with project.read() as session`. Writing: `project.step(label, operation, …)`, which calls
    `operation(session, …)`, commits, and tells the listeners. Undo and redo reach over restarts.
    """

    def __init__(self, engine: Engine, path: Path | None, author: str = "") -> None:
        self.engine = engine
        self.path = path
        self.author = author
        self._writer = engine.execution_options(narratief_write=True)
        self._listeners: list[Callable[[Changed], None]] = []

    @property
    def name(self) -> str:
        """The project's file name without ending, or the database's name."""
        return self.path.stem if self.path else str(self.engine.url.database)

    @property
    def shared(self) -> bool:
        """Whether several people work in it at once (a server), so that undo is for own work only."""
        return self.path is None

    @classmethod
    def create(cls, place: str | Path, author: str = "") -> Project:
        """Make an empty project; never overwrites."""
        path, url = _place(place)
        if path is not None:
            _claim(path)
        engine = _engine(url)
        try:
            with _clear_errors(path), engine.begin() as connection:
                if schema.stored_version(connection):
                    raise ProjectError("There is a project at {name} already.", name=engine.url.database)
                schema.create(connection)
        except BaseException:
            engine.dispose()
            if path is not None:
                _remove(path)
            raise
        return cls(engine, path, author)

    @classmethod
    def open(cls, place: str | Path, author: str = "") -> Project:
        """Open a project, brought up to date first when an older Narratief made it."""
        path, url = _place(place)
        if path is not None and not path.is_file():
            raise ProjectError("There is no project {name}. Check the name, or make one with «new».", name=str(place))
        engine = _engine(url)
        try:
            with _clear_errors(path):
                schema.bring_up_to_date(engine, path)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, author)

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with; it sees one moment of the project and cannot write."""
        with _clear_errors(self.path), Session(self.engine, autoflush=False) as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("a reading session was written to; use a step")

    def step(self, label: Message, operation: Callable[Concatenate[writing.Writing, P], T], /,
             *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an operation as one transaction, one entry in the log, one undo; on disk when this returns."""
        with self.writing() as session:
            result = operation(session, *args, **kwargs)
            session.flush()
            done = tuple(session.changes)
            if done or session.foreign:
                number = changes.write_step(session.connection(), self.author, label, done)
                changes.write_merged(session.connection(), number, session.foreign)
        if done:
            self.announce(Changed(label, "do", done))
        return result

    @contextmanager
    def writing(self) -> Iterator[writing.Writing]:
        """A transaction that writes and leaves no entry in the log; only for what must not be remembered."""
        with _clear_errors(self.path), _session(self._writer, self.author) as session, session.begin():
            yield session

    def undo(self) -> Message | None:
        """Take back the last step that stands; returns its label, or None when there is nothing to undo."""
        return self._travel(changes.next_undo, changes.take_back, "undo")

    def redo(self) -> Message | None:
        """Do again the step that was undone last."""
        return self._travel(changes.next_redo, changes.do_again, "redo")

    def _travel(self, find: Any, apply: Any, kind: str) -> Message | None:
        with _clear_errors(self.path), self._writer.begin() as connection:
            step = find(connection, self._whose())
            if step is None:
                return None
            done = tuple(apply(connection, step, self.author))
        self.announce(Changed(step.label, kind, done))
        label: Message = step.label
        return label

    def _whose(self) -> str | None:
        return self.author if self.shared else None

    def undo_label(self) -> Message | None:
        """The name of the step that undo would take back."""
        with self.engine.connect() as connection:
            step = changes.next_undo(connection, self._whose())
        return step.label if step else None

    def redo_label(self) -> Message | None:
        """The name of the step that redo would do again."""
        with self.engine.connect() as connection:
            step = changes.next_redo(connection, self._whose())
        return step.label if step else None

    def log(self, *, after: int = 0, limit: int | None = None) -> list[changes.Step]:
        """The change log in order of time."""
        with self.engine.connect() as connection:
            return changes.steps(connection, after=after, limit=limit)

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` after every step, in the thread that made it; returns a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, changed: Changed) -> None:
        """Tell the listeners of a change; steps do so by themselves."""
        for listener in list(self._listeners):
            listener(changed)


@contextmanager
def _session(engine: Engine, author: str) -> Iterator[writing.Writing]:
    session = writing.Writing(engine, expire_on_commit=False)
    session.author = author
    event.listen(session, "before_flush", writing.note_old_rows)
    event.listen(session, "after_flush", writing.note_new_rows)
    event.listen(session, "do_orm_execute", writing.refuse_unlogged)
    try:
        yield session
    finally:
        session.close()


def _place(place: str | Path) -> tuple[Path | None, str]:
    if "://" in str(place):
        return None, str(place)
    path = Path(place)
    return path, f"sqlite:///{path}"


def _claim(path: Path) -> None:
    """Make the file, so that nobody else makes it at the same time; a project is never overwritten."""
    if path.suffix != SUFFIX:
        raise ProjectError("A project's name ends in {suffix}: {name} does not.", suffix=SUFFIX, name=path.name)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        raise ProjectError("{name} exists already. Choose another name.", name=path.name) from None
    except OSError as error:
        raise ProjectError("{name} cannot be made here: {why}. Choose another folder.", name=path.name,
                           why=os.strerror(error.errno or 0)) from None


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"check_same_thread": False}, hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    raise ProjectError("{name} is no project: give a file that ends in {suffix} or a postgresql+psycopg:// address.",
                       name=parsed.get_backend_name(), suffix=SUFFIX)


def _prepare(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions on its own: `_begin` decides how.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000",
                   "secure_delete = ON", "temp_store = MEMORY", "cache_size = -32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    # A writer takes the write lock at once: waiting for it later could end in a deadlock.
    write = connection.get_execution_options().get("narratief_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def _clear_errors(path: Path | None) -> Iterator[None]:
    """Say in the user's words what a database says in its own."""
    try:
        yield
    except NarratiefError:
        raise
    except DBAPIError as error:
        raise _explained(error, path) from error


def _explained(error: DBAPIError, path: Path | None) -> Exception:
    if not isinstance(error, OperationalError) and "DatabaseError" not in type(error).__name__:
        return error
    name = path.name if path else "the server"
    said = str(error.orig).lower()
    for sign, template in _SAID.items():
        if sign in said:
            return ProjectError(template, name=name)
    if path is None:
        return ProjectError("The project server cannot be reached. Check the connection and try again.", name=name)
    return ProjectError("{name} could not be read or written ({said}).", name=name, said=str(error.orig))


_SAID = {
    "disk is full": "The disk is full: the last change of {name} was not kept. Free some space and do it again.",
    "readonly": "{name} is read-only. Copy it to a folder where you may write, and open the copy.",
    "read-only": "{name} is read-only. Copy it to a folder where you may write, and open the copy.",
    "unable to open": "{name} cannot be opened here. Check that the folder exists and that you may write in it.",
    "not a database": "{name} is not a Narratief project.",
    "malformed": "{name} is damaged. Open the newest backup beside it; nothing was changed.",
    "locked": "{name} is in use by another program. Close it there and try again.",
    "disk i/o": "The disk could not be read or written for {name}. Check the disk, then open the project again.",
}


