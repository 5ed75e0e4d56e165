"""The store: one transaction per step, one log for undo, redo, history and refresh, and refusals in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, select, text

from codebook import coding, founding, memos
from codebook.checks import problems
from codebook.models import Code, Coding
from corpora import documents, narratives
from corpora.errors import ProjectError, RefusedError, UsageError
from corpora.messages import message
from corpora.models import Document, Narratief, RespondentGroup
from corpora.narratives import Span
from corpora.store import schema
from corpora.store.base import Base
from corpora.store.changes import Step, row_history
from corpora.store.project import Changed, Project
from corpora.store.rows import RowChange
from corpora.store.writing import insert_rows
from corpora.transcript_types import Transcript
from corpora.transcript_types import Turn as Said

BODY = "I: Hoe gaat het?\nR: Goed. Gisteren niet. Toen wel.\nI: En dan?\nR: Dan weer.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = founding.found(tmp_path / "study.narratief", author="Noor")
    turns = (Said("I", True, 3, 16), Said("R", False, 20, 50), Said("I", True, 54, 61), Said("R", False, 65, 74))
    number = project.step(message("Import"), documents.add, Transcript(BODY, turns), title="Een", kind="interview")
    project.step(message("Cut"), narratives.set_segmentation, number, [Span(0, 50), Span(51, 74)])
    project.step(message("Coder"), coding.coder_id, "Noor")
    return project


def contents(project: Project) -> dict[str, list[Any]]:
    """Every row of every logged table."""
    logged = {m.class_.__tablename__: m.local_table for m in Base.registry.mappers if m.class_.__logged__}
    with project.engine.connect() as connection:
        return {name: sorted(map(repr, connection.execute(select(table)))) for name, table in logged.items()}


def add_group(session: Any, label: str) -> int:
    return documents.group_id(session, label) or 0


def test_a_step_that_fails_leaves_nothing(project: Project) -> None:
    def half(session: Any) -> None:
        documents.group_id(session, "Managers")
        session.flush()
        raise UsageError("no further")

    before, steps = contents(project), len(project.log())
    with pytest.raises(UsageError):
        project.step(message("Half"), half)
    assert contents(project) == before
    assert len(project.log()) == steps


def test_a_step_that_changes_nothing_is_not_logged(project: Project) -> None:
    project.step(message("Group"), add_group, "Managers")
    steps = len(project.log())
    project.step(message("Group"), add_group, "managers")
    assert len(project.log()) == steps


def test_undo_and_redo_across_restarts(project: Project) -> None:
    project.step(message("Group"), add_group, "Managers")
    after = contents(project)
    assert project.path is not None
    project.close()
    again = Project.open(project.path, "Noor")
    labels = []
    while (label := again.undo()) is not None:
        labels.append(str(label))
    assert labels[:4] == ["Group", "Coder", "Cut", "Import"]
    assert not any(contents(again).values())
    while again.redo() is not None:
        pass
    assert contents(again) == after
    assert problems(again) == []


def test_new_work_drops_what_was_undone(project: Project) -> None:
    project.step(message("A"), add_group, "A")
    project.undo()
    project.step(message("B"), add_group, "B")
    assert project.redo() is None
    assert str(project.undo_label()) == "B"


START = 4  # the codebook and the fixture's own steps: without them there is nothing to work on, so undo stops there


def done(project: Project) -> list[Step]:
    return [step for step in project.log() if step.kind == "do" and step.state == "done"]


OPERATIONS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9), st.integers(1, 46)), max_size=14)


def work(project: Project, kind: int, a: int, code: int) -> None:
    """One of the operations of a day's work, or undo, or redo."""
    with project.read() as session:
        pieces = [n.id for n in narratives.of_document(session, 1)]
        ends = {n.id: (n.start, n.end) for n in narratives.of_document(session, 1)}
    piece = pieces[a % len(pieces)]
    start, end = ends[piece]
    actions: list[tuple[Any, ...]] = [
        (coding.toggle, 1, piece, code), (coding.set_not_mentioned, 1, piece, code % 3 + 1, "so"),
        (memos.write, 1, "narratief", piece, f"memo {a}"), (coding.set_flag, 1, piece, a % 2 == 0),
        (memos.quote, 1, 1, start, min(start + 3, end)), (narratives.split, piece, start + 1 + a),
        (coding.join, pieces[0], pieces[-1])]
    if kind == len(actions):
        if len(done(project)) > START:
            project.undo()
        return
    if kind > len(actions):
        project.redo()
        return
    with contextlib.suppress(UsageError):
        project.step(message("Work"), *actions[kind])


@given(operations=OPERATIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_can_be_taken_back(operations: list[tuple[int, int, int]], project: Project) -> None:
    before = contents(project)
    assert len(done(project)) == START
    for operation in operations:
        work(project, *operation)
    assert problems(project) == []
    while len(done(project)) > START:
        project.undo()
    assert contents(project) == before


def test_listeners_hear_every_step_once_it_is_on_disk(project: Project) -> None:
    heard: list[Changed] = []

    def listen(changed: Changed) -> None:
        with project.read() as session:
            assert (session.scalars(select(RespondentGroup)).first() is not None) == (changed.kind == "do")
        heard.append(changed)

    stop = project.listen(listen)
    project.step(message("Group"), add_group, "Managers")
    project.undo()
    stop()
    project.redo()
    assert [(c.kind, c.tables()) for c in heard] == [("do", {"respondent_group"}), ("undo", {"respondent_group"})]


def test_no_statement_passes_the_log_by(project: Project) -> None:
    def sneak(session: Any) -> None:
        session.execute(insert(RespondentGroup).values(label="x"))

    with pytest.raises(RuntimeError, match="change log"):
        project.step(message("Sneak"), sneak)
    with pytest.raises(RuntimeError, match="reading session"), project.read() as session:
        session.add(RespondentGroup(label="x"))


def test_many_rows_are_logged_like_one(project: Project) -> None:
    def many(session: Any) -> None:
        insert_rows(session, Coding, [{"narratief_id": n, "code_id": c, "coder_id": 1}
                                      for n in (1, 2) for c in range(1, 41)])

    project.step(message("Many"), many)
    assert project.log()[-1].changes == 80
    assert problems(project) == []
    project.undo()
    with project.read() as session:
        assert session.scalars(select(Coding.id)).all() == []


def test_numbers_are_never_used_again(project: Project) -> None:
    project.step(message("Code"), coding.apply, 1, [1], [1])
    project.undo()
    project.step(message("Code"), coding.apply, 1, [1], [2])
    with project.read() as session:
        assert session.scalars(select(Coding.id)).all() == [2]


def test_the_history_of_a_row(project: Project) -> None:
    project.step(message("Rename"), documents.rename, 1, "Twee")
    with project.read() as session:
        history = row_history(session.connection(), "document", 1)
    assert [(str(step.label), change.op) for step, change in history] == [("Import", "insert"), ("Rename", "update")]
    assert history[-1][1].before == [[1, "Een"]]


def test_resegmenting_refuses_to_lose_codings(project: Project) -> None:
    project.step(message("Code"), coding.apply, 1, [1], [1])
    before = contents(project)
    with pytest.raises(RefusedError):
        project.step(message("Cut"), narratives.set_segmentation, 1, [Span(0, 74)])
    assert contents(project) == before


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-2**40, 2**40), st.text(), st.booleans()), min_size=2,
                         max_size=2), min_size=1, max_size=300))
def test_a_logged_change_is_read_as_written(values: list[list[Any]]) -> None:
    rows = [[n, *row] for n, row in enumerate(values)]
    change = RowChange("coding", "insert", ("id", "a", "b"), None, rows)
    assert RowChange.unpack("coding", "insert", change.pack()) == change
    assert change.inverse().inverse() == change


def test_a_project_is_recognised_by_its_mark(project: Project, tmp_path: Path) -> None:
    assert project.path is not None
    with sqlite3.connect(project.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    project.close()
    with pytest.raises(ProjectError, match="newer Narratief"):
        Project.open(project.path)
    other = tmp_path / "other.narratief"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    with pytest.raises(ProjectError, match="is not a Narratief project"):
        Project.open(other)


def test_an_older_project_is_backed_up_before_it_is_brought_up_to_date(
        project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def wider(operations: Any) -> None:
        operations.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY)"))

    assert project.path is not None
    project.close()
    before = schema.version()
    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, wider])
    again = Project.open(project.path)
    backup = project.path.with_name(f"study.backup-v{before}.narratief")
    with again.engine.connect() as connection:
        assert schema.stored_version(connection) == before + 1
        assert connection.execute(text("SELECT count(*) FROM later")).scalar() == 0
    with sqlite3.connect(backup) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (before,)
        assert old.execute("SELECT title FROM document").fetchall() == [("Een",)]
    old.close()


def test_a_project_of_the_first_version_has_all_that_is_asked_of_it_now(project: Project) -> None:
    assert project.path is not None
    project.close()
    with sqlite3.connect(project.path) as old:
        old.execute("ALTER TABLE change_step DROP COLUMN parted")
        old.execute("ALTER TABLE placed DROP COLUMN stands_for")
        old.execute("ALTER TABLE placed DROP COLUMN said_at")
        old.execute("PRAGMA user_version = 1")
    old.close()
    again = Project.open(project.path)
    with again.engine.connect() as connection:
        here = {table: {c["name"] for c in inspect(connection).get_columns(table)} for table in Base.metadata.tables}
        assert schema.stored_version(connection) == schema.version()
    assert here == {name: set(table.c.keys()) for name, table in Base.metadata.tables.items()}
    assert again.step(message("Group"), add_group, "Managers")
    again.close()


def test_a_locked_project_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.path is not None
    with project.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ProjectError, match="in use by another program"):
        project.step(message("Group"), add_group, "Managers")
    other.execute("ROLLBACK")
    other.close()
    project.step(message("Group"), add_group, "Managers")


def test_codes_and_documents_have_uuids_from_birth(project: Project) -> None:
    with project.read() as session:
        for model in (Document, Narratief, Code):
            uuids = session.scalars(select(model.uuid)).all()
            assert len(set(uuids)) == len(uuids) > 0
