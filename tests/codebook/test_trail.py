"""The audit trail: searched by person, thing, document, code, time and words; paged; the history of a coding."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from codebook import (
    blind,
    codes,
    coding,
    deciding,
    memos,
    merging,
    practice,
    team,
    trail,
    trail_history,
    trail_words,
)
from codebook.models import Coder, Coding
from codebook.trail import Trail, Wanted
from corpora import documents
from corpora.messages import Message, message
from corpora.store.base import Base, now
from corpora.store.changes import change_rows, change_step
from corpora.store.project import Project
from corpora.store.rows import RowChange
from tests.codebook import places
from tests.codebook.merge_plays import begin, copy


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = places.project_with_text(tmp_path)
    yield found
    found.close()


def labels(project: Project, wanted: Wanted = Wanted(), **options: int) -> list[str]:
    with project.read() as session:
        return [str(step.label) for step in Trail(session).find(wanted, **options).steps]


def act(project: Project, author: str, label: str, operation: object, *args: object, **kwargs: object) -> None:
    project.author = author
    project.step(message(label), operation, *args, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
def worked(project: Project) -> Project:
    """Noor gave Casus on 1 and took it off; Sem gave Steun on 2, a memo on 1; Mirthe decided and renamed."""
    first, second, *_rest = places.narratief_ids(project)
    code = places.code_ids(project)
    noor, sem = places.coder(project, "Noor"), places.coder(project, "Sem")
    mirthe = project.step(message("Add Mirthe"), team.add, "Mirthe", "onderzoeker")
    act(project, "Noor", "Casus on", coding.apply, noor, [first], [code["Casus"]])
    act(project, "Sem", "Steun on", coding.apply, sem, [second], [code["Steun"]])
    act(project, "Noor", "Casus off", coding.remove, noor, [first], [code["Casus"]])
    act(project, "Sem", "Memo", memos.write, sem, "narratief", first, "Let op")
    act(project, "Mirthe", "Decide", deciding.decide, mirthe, [first], [code["Casus"]], True, "Toch wel")
    act(project, "Mirthe", "Definition", codes.describe, code["Steun"], definition="Wat helpt")
    act(project, "Mirthe", "Title", documents.rename, 1, "Gesprek een")
    return project


def test_newest_first_and_by_person_thing_and_words(worked: Project) -> None:
    assert labels(worked)[:4] == ["Title", "Definition", "Decide", "Memo"]
    assert labels(worked, Wanted(author="Noor")) == ["Casus off", "Casus on"]
    assert labels(worked, Wanted(thing="codings")) == ["Casus off", "Steun on", "Casus on"]
    assert labels(worked, Wanted(thing="codebook"))[0] == "Definition"
    assert labels(worked, Wanted(thing="material"))[0] == "Title"
    assert labels(worked, Wanted(words="CASUS o", author="Noor")) == ["Casus off", "Casus on"]
    assert labels(worked, Wanted(words="casus niets")) == []
    with worked.read() as session:
        assert trail.authors(session) == ["Mirthe", "Noor", "Sem", "Tester"]
        translated = Trail(session, lambda label: f"vertaald {label}").find(Wanted(words="vertaald memo"))
    assert [str(s.label) for s in translated.steps] == ["Memo"]


def test_by_document_and_code(worked: Project) -> None:
    code = places.code_ids(worked)
    about_steun = labels(worked, Wanted(code=code["Steun"]))
    assert about_steun[:2] == ["Definition", "Steun on"] and "Casus on" not in about_steun
    assert labels(worked, Wanted(code=code["Casus"], author="Noor")) == ["Casus off", "Casus on"]
    on_text = labels(worked, Wanted(document=1))
    assert set(on_text) >= {"Title", "Decide", "Memo", "Casus off", "Steun on", "Casus on", "Begin"}
    assert not {"Definition", "Coder", "Add Mirthe"} & set(on_text)
    assert labels(worked, Wanted(document=1, code=code["Steun"]))[0] == "Steun on"
    worked.step(message("Remove"), documents.remove, 1)
    assert "Casus on" in labels(worked, Wanted(document=1)), "what was there is still in the trail"


def test_by_time(worked: Project) -> None:
    with worked.read() as session:
        steps = Trail(session).find(Wanted()).steps
    middle = steps[3].at
    assert labels(worked, Wanted(since=middle))[-1] == "Memo"
    assert labels(worked, Wanted(until=middle))[0] == "Casus off"
    assert labels(worked, Wanted(since=now() + timedelta(days=1))) == []


def test_paged_without_gap_or_double(worked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = labels(worked)
    for piece, most in ((2, 4_000), (3, 3), (500, 4_000)):
        monkeypatch.setattr(trail, "PIECE", piece)
        found: list[str] = []
        before: int | None = None
        with worked.read() as session:
            while True:
                part = Trail(session).find(Wanted(), before, limit=2, most=most)
                found += [str(s.label) for s in part.steps]
                before = part.before
                if before is None:
                    break
            assert found == whole
            assert [str(s.label) for s in Trail(session).all(Wanted())] == whole


def test_the_history_of_a_coding(worked: Project) -> None:
    first, *_rest = places.narratief_ids(worked)
    code = places.code_ids(worked)
    worked.undo()
    worked.author = "Noor"
    noor = places.coder(worked, "Noor")
    worked.step(message("Again"), coding.apply, noor, [first], [code["Stappen"]])
    worked.step(message("Other"), coding.replace, noor, [first], code["Stappen"], code["Casus"])
    worked.step(message("Absent"), coding.set_not_mentioned, noor, first,
                places.facet_ids(worked)["WAT"], "staat er niet")
    worked.undo()
    with worked.read() as session:
        events = trail_history.history(session, first, code["Casus"])
        everything = trail_history.history(session, first)
    assert [(e.author, str(e.what), e.coder, e.kind) for e in events] == [
        ("Noor", "WAT:Casus given", "Noor", "do"), ("Noor", "WAT:Casus taken off", "Noor", "do"),
        ("Mirthe", "WAT:Casus decided: yes", "Mirthe", "do"),
        ("Noor", "WAT:Stappen became WAT:Casus", "Noor", "do"),
        ("Noor", "WAT:Casus taken off", "Noor", "do"), ("Noor", "WAT not mentioned", "Noor", "do"),
        ("Noor", "WAT not mentioned taken off", "Noor", "undo"), ("Noor", "WAT:Casus given", "Noor", "undo")]
    assert [e.reason for e in events if e.reason] == ["Toch wel", "staat er niet", "staat er niet"]
    assert [str(e.what) for e in everything if "Stappen given" in str(e.what)] == ["WAT:Stappen given"]


def test_what_a_step_did_in_words_and_what_it_opens(worked: Project) -> None:
    with worked.read() as session:
        found = Trail(session)
        steps = {str(s.label): s.id for s in found.find(Wanted()).steps}
        assert [str(line) for line in trail_history.lines(session, found.changes(steps["Steun on"]))] == [
            "Gesprek een · 2: WAT:Steun given (Sem)"]
        assert [str(line) for line in trail_history.lines(session, found.changes(steps["Definition"]))] == [
            "code «WAT:Steun» changed: definition: – → Wat helpt"]
        assert "memo added: Gesprek een · 1, Sem: Let op" in [str(line) for line in trail_history.lines(session,
                                                                                  found.changes(steps["Memo"]))]
        ids = places.narratief_ids(worked)
        assert trail_history.target(found.changes(steps["Decide"])) == ("narratief", ids[0])
        assert trail_history.target(found.changes(steps["Definition"])) == ("code", 3)
        assert trail_history.target(found.changes(steps["Title"])) == ("document", 1)


def test_every_table_and_column_of_the_log_has_words(worked: Project) -> None:
    for model in [m.class_ for m in Base.registry.mappers if m.class_.__logged__]:
        table = model.__table__
        assert table.name in trail_words.THINGS
        for name in [column.name for column in table.c]:
            assert name in trail_words.INNER or trail_words.column_word(table.name, name)


def test_changes_are_told_in_the_words_of_the_reader(worked: Project) -> None:
    first, *_rest = places.narratief_ids(worked)
    code = places.code_ids(worked)
    worked.step(message("Below"), codes.move, code["Steun"], parent_id=code["Casus"])
    worked.step(message("Done"), coding.set_done, places.coder(worked, "Sem"), 1, True, overrule=True)
    worked.step(message("Key"), coding.apply, places.coder(worked, "Sem"), [first], [code["Casus"]])
    worked.step(message("Set"), practice.make_set, "Begin", [first], places.coder(worked, "Sem"))
    worked.step(message("Blind"), blind.set_blind, True)
    worked.step(message("Open"), blind.set_blind, False)
    with worked.read() as session:
        found = Trail(session)
        told = {str(s.label): [str(line) for line in trail_history.lines(session, found.changes(s.id))]
                for s in found.find(Wanted()).steps}
    assert "code «WAT:Steun» changed: under: – → WAT:Casus" in told["Below"]
    assert told["Done"] == ["ready mark added: Gesprek een, Sem"]
    assert told["Set"][0] == "practice set added: Begin"
    assert told["Blind"] == ["setting added: blind coding"]
    assert told["Open"] == ["setting «blind coding» changed: value: on → –"]


def test_blind_coding_hides_what_others_thought(worked: Project) -> None:
    worked.step(message("Blind"), blind.set_blind, True)
    first, *_rest = places.narratief_ids(worked)
    code = places.code_ids(worked)
    with worked.read() as session:
        veil = blind.veil_of(session, "Noor")
        steps = Trail(session, veil=veil).find(Wanted()).steps
        shown = [str(s.label) for s in steps]
        assert shown[:8] == ["Blind", "Title", "Definition", str(trail.HIDDEN), str(trail.HIDDEN), "Casus off",
                             str(trail.HIDDEN), "Casus on"]
        decided = next(s.id for s in steps if s.author == "Mirthe" and s.label == trail.HIDDEN)
        assert Trail(session, veil=veil).changes(decided) == []
        assert [str(s.label) for s in Trail(session, veil=veil).find(Wanted(words="steun")).steps] == []
        assert len(trail_history.history(session, first, code["Casus"], veil)) == 2
    worked.step(message("Ready"), coding.set_done, places.coder(worked, "Noor"), 1, True, overrule=True)
    with worked.read() as session:
        veil = blind.veil_of(session, "Noor")
        assert trail.HIDDEN not in [s.label for s in Trail(session, veil=veil).find(Wanted()).steps]


def long_log(project: Project, steps: int) -> None:
    """A log of so many codings, written straight into its tables as nobody codes that fast."""
    with project.engine.begin() as connection:
        moment, first = now(), 100
        label = Message("Narratief {nr}", {"nr": 1}).to_json()
        import uuid

        connection.execute(insert(change_step), [
            {"id": first + n, "uuid": uuid.uuid4(), "at": moment, "author": "Noor" if n % 2 else "Sem", "label": label,
             "kind": "do", "state": "done", "changes": 1} for n in range(steps)])
        columns = ("id", "narratief_id", "code_id", "coder_id", "made_at")
        connection.execute(insert(change_rows), [
            {"step_id": first + n, "table_name": "coding", "op": "insert", "first_id": n, "last_id": n,
             "payload": RowChange("coding", "insert", columns, None, [[n, n % 997, n % 46, 1, "2026-01-01"]]).pack()}
            for n in range(steps)])


def test_a_long_log_is_paged_quickly(project: Project) -> None:
    long_log(project, 20_000)
    with project.read() as session:
        begun = time.perf_counter()
        part = Trail(session).find(Wanted(author="Sem"), limit=200)
        first = time.perf_counter() - begun
        assert len(part.steps) == 200 and part.before is not None
        begun = time.perf_counter()
        rare = Trail(session).find(Wanted(words="nergens"), limit=200)
        looked = time.perf_counter() - begun
        assert rare.steps == () and rare.before is not None, "it stops to let the window breathe"
        begun = time.perf_counter()
        events = trail_history.history(session, 996, 3)
        took = time.perf_counter() - begun
    assert len(events) == 0 or all("given" in str(e.what) for e in events)
    assert max(first, looked) < 1.0 and took < 5.0, (first, looked, took)


def test_what_was_done_in_a_copy_is_told_once_and_in_its_own_time(tmp_path: Path) -> None:
    base = begin(tmp_path)
    away = copy(base, tmp_path / "away.narratief", "Noor")
    here = copy(base, tmp_path / "here.narratief", "Mirthe")
    with away.read() as session:
        noor = session.scalars(select(Coding).join(Coder).where(Coder.name == "Noor").order_by(Coding.id)).first()
        assert noor is not None
        coder, first, code = noor.coder_id, noor.narratief_id, noor.code_id
    act(away, "Noor", "Off", coding.remove, coder, [first], [code])
    away.close()
    here.step(message("Decide"), deciding.decide, 1, [first], [code], True, "Toch wel")
    merging.merge(here, [str(tmp_path / "away.narratief")])
    with here.read() as session:
        events = trail_history.history(session, first, code)
    here.close()
    assert [e.author for e in events if "taken off" in str(e.what)] == ["Noor"]
    assert [e.at for e in events] == sorted(e.at for e in events)
    assert "taken off" not in str(events[-1].what), "the decision came after"
