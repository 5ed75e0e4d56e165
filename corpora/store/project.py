"""A project: opened, read, and changed in named steps that are on disk when they return."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from corpora.errors import AwayError, ConflictError, ProjectError, UnsureError
from corpora.messages import Message
from corpora.store import changes, overtaken, schema, server, writing
from corpora.store.dependants import model_of
from corpora.store.explaining import clear_errors
from corpora.store.following import Changed, Following
from corpora.store.rows import RowChange

__all__ = ["SUFFIX", "Changed", "Project"]

P = ParamSpec("P")
T = TypeVar("T")

SUFFIX = ".narratief"


Done = tuple[RowChange, ...]

_view: ContextVar[overtaken.View | None] = ContextVar("view", default=None)


class Project:
    """An open project. `author` is the name under which steps are logged.

    Reading: `with project.read() as session`. Writing: `project.step(label, operation, …)`, which calls
    `operation(session, …)`, commits, and tells the listeners. Undo and redo reach over restarts.
    """

    def __init__(self, engine: Engine, path: Path | None, author: str = "") -> None:
        self.engine = engine
        self.path = path
        self.author = author
        self.address = str(path) if path else server.bare(engine.url.render_as_string(hide_password=False))
        self._writer = engine.execution_options(narratief_write=True)
        # A server shows a reader what is committed while he reads, unless he asks for one moment.
        self._reader = engine if path else engine.execution_options(isolation_level="REPEATABLE READ")
        self._following = Following(engine, self._reader, self._writer)
        self._overtaken: set[int] = set()  # own steps of which was told that others built on them

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
        with cls.made_within(place):
            pass
        return cls.open(place, author)

    @classmethod
    @contextmanager
    def made_within(cls, place: str | Path) -> Iterator[Connection]:
        """Make a project and fill its tables in one transaction: it appears whole, or, when something is raised in
        here, not at all. What is written this way is not logged."""
        path, url = _place(place)
        if path is not None:
            _claim(path)
        engine = _engine(path, url)
        try:
            with clear_errors(path), engine.execution_options(narratief_write=True).begin() as connection:
                if schema.stored_version(connection):
                    raise ProjectError("There is a project at {name} already.", name=engine.url.database)
                schema.create(connection)
                yield connection
        except BaseException:
            engine.dispose()
            if path is not None:
                remove_file(path)
            raise
        engine.dispose()

    @classmethod
    def open(cls, place: str | Path, author: str = "") -> Project:
        """Open a project, brought up to date first when an older Narratief made it."""
        path, url = _place(place)
        if path is not None and not path.is_file():
            raise ProjectError("There is no project {name}. Check the name, or make one with «new».", name=str(place))
        engine = _engine(path, url)
        try:
            with clear_errors(path):
                schema.bring_up_to_date(engine, path)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, author)

    def close(self) -> None:
        """Let go of the file or the server."""
        self._following.stop()
        self.engine.dispose()

    def unmake(self) -> None:
        """Close and take away a project that was only begun, so that it does not stand in the way of the next try."""
        if self.path is None:
            server.unmake(self.engine)
        self.close()
        if self.path is not None:
            remove_file(self.path)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to read with; it sees one moment of the project and cannot write."""
        with clear_errors(self.path), Session(self._reader, autoflush=False) as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("a reading session was written to; use a step")

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """A connection to read with, for what goes by rows; it sees one moment of the project."""
        with clear_errors(self.path), self._reader.connect() as connection:
            yield connection

    def step(self, label: Message, operation: Callable[Concatenate[writing.Writing, P], T], /,
             *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an operation as one transaction, one entry in the log, one undo; on disk when this returns. On a server,
        ConflictError when it would undo what somebody else did (`since`)."""
        entry = changes.Entry(self.author, label)
        with self._told(entry), self.writing() as session:
            result = operation(session, *args, **kwargs)
            session.flush()
            done = tuple(session.changes)
            if done or session.foreign:
                done = self._spared(session, done)
                self._following.own.add(entry.write(session.connection(), done, derived=bool(session.foreign)))
                changes.write_merged(session.connection(), entry.number, session.foreign)
        if done:
            self._following.tell(Changed(label, "do", done, self.author, number=entry.number))
        return result

    def _spared(self, session: writing.Writing, done: Done) -> Done:
        """The changes of a step that spares what others did meanwhile; ConflictError when it cannot."""
        view = _view.get()
        if not self.shared or view is None:
            return done
        theirs = overtaken.refuse(session.connection(), done, view, self._following.own)
        for (table, number), values in theirs.items():
            writing.update_rows(session, model_of(table), {number: values})
        return tuple(session.changes)

    @contextmanager
    def _told(self, entry: changes.Entry) -> Iterator[None]:
        """Say what became of a step when the server goes away: not kept, or, in the very moment of keeping it, not
        known until it is back."""
        try:
            yield
        except UnsureError:
            raise
        except AwayError as error:
            if entry.number:
                self._following.unsure[entry.uuid] = entry.label
                raise UnsureError("The connection to the server broke off while «{label}» was being kept. Whether it "
                                  "was is seen as soon as the server is back.", label=entry.label) from error
            raise AwayError("«{label}» was not kept: {why}", label=entry.label, why=error.message) from error

    @contextmanager
    def since(self, seen: int, typed: int | None = None) -> Iterator[None]:
        """Steps made in here are meant for the project as it was after step `seen`, and texts in them as it was after
        step `typed`: what somebody else did to the same thing since is not overwritten."""
        token = _view.set(overtaken.View(seen, seen if typed is None else min(seen, typed)))
        try:
            yield
        finally:
            _view.reset(token)

    @contextmanager
    def writing(self) -> Iterator[writing.Writing]:
        """A transaction that writes and leaves no entry in the log; only for what must not be remembered."""
        with clear_errors(self.path), _session(self._writer, self.author) as session, session.begin():
            yield session

    def undo(self) -> Message | None:
        """Take back the last step that stands; returns its label, or None when there is nothing to undo."""
        return self._travel(changes.next_undo, changes.take_back, "undo")

    def redo(self) -> Message | None:
        """Do again the step that was undone last."""
        return self._travel(changes.next_redo, changes.do_again, "redo")

    def _travel(self, find: Any, apply: Any, kind: str) -> Message | None:
        with clear_errors(self.path), self._writer.begin() as connection:
            applied = self._apply_first(connection, find, apply)
            if applied is None:
                return None
            step, done, number = applied
            self._following.own.add(number)
        self._following.tell(Changed(step.label, kind, done, self.author, number=number))
        label: Message = step.label
        return label

    def _apply_first(self, connection: Connection, find: Any, apply: Any) -> tuple[changes.Step, Done, int] | None:
        """Take the first step back, or do it again, that nobody else built on; of each that somebody did, this is told
        once, and then it is passed over as long as that is so."""
        passed: set[int] = set()
        while (step := find(connection, self._whose(), passed)) is not None:
            try:
                with connection.begin_nested():
                    done, number = apply(connection, step, self.author)
                return step, tuple(done), number
            except ConflictError as error:
                if step.id not in self._overtaken:
                    raise self._told_once(step, error) from error
                passed.add(step.id)
        return None

    def _told_once(self, step: changes.Step, error: ConflictError) -> ConflictError:
        if not self.shared:
            return error
        self._overtaken.add(step.id)
        return ConflictError("«{label}»: {why} Once more goes on with the next step.", label=step.label,
                             why=error.message)

    def _whose(self) -> str | None:
        return self.author if self.shared else None

    def undo_label(self) -> Message | None:
        """The name of the step that undo would take back."""
        with clear_errors(self.path), self.engine.connect() as connection:
            step = changes.next_undo(connection, self._whose(), self._overtaken)
        return step.label if step else None

    def redo_label(self) -> Message | None:
        """The name of the step that redo would do again."""
        with clear_errors(self.path), self.engine.connect() as connection:
            step = changes.next_redo(connection, self._whose(), self._overtaken)
        return step.label if step else None

    def log(self, *, after: int = 0, limit: int | None = None) -> list[changes.Step]:
        """The change log in order of time."""
        with self.moment() as connection:
            return changes.steps(connection, after=after, limit=limit)

    def listen(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` after every step, in the thread that made it (others' steps: in the thread that hears of
        them), in the order of the log; returns a function that ends this."""
        return self._following.listen(listener)

    def follow(self, state: Callable[[bool], None], settled: Callable[[Message, bool], None]) -> int:
        """On a server: hear of the steps of others too, from now on; returns the last step so far. `state(False)` when
        the server is gone, `state(True)` when it is back; `settled(label, kept)` then says what became of a step that
        was under way."""
        if self.shared:
            with clear_errors(self.path):
                return self._following.start(state, settled)
        return 0

    def announce(self, changed: Changed) -> None:
        """Tell the listeners of a change; steps do so by themselves."""
        self._following.announce(changed)


@contextmanager
def _session(engine: Engine, author: str) -> Iterator[writing.Writing]:
    session = writing.Writing(engine, expire_on_commit=False)
    session.author = author
    try:
        yield session
    finally:
        session.close()


def _place(place: str | Path) -> tuple[Path | None, str]:
    if "://" in str(place):
        return None, server.bare(str(place))
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
    except FileNotFoundError:
        raise ProjectError("There is no folder {folder}. Make it first, or choose another.",
                           folder=str(path.parent)) from None
    except OSError as error:
        raise ProjectError("{name} cannot be made here: {why}. Choose another folder.", name=path.name,
                           why=os.strerror(error.errno or 0)) from None


def remove_file(path: Path) -> None:
    """Remove a project file with what SQLite keeps beside it."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def _engine(path: Path | None, url: str) -> Engine:
    if path is None:
        return server.engine_for(url)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


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
