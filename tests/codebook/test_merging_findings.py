"""Grids, patterns, configurations and saved queries of copies, their settings and absent facets; what may be chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from codebook import blind, cmo, codes, coding, grids, kernelementen, memos, merging, patterns, questions
from codebook.checks import problems
from codebook.grids import Axis
from codebook.models import Configuration, GridTemplate, NotMentioned, Pattern, SavedQuery
from codebook.packages import package
from corpora import documents, pseudonyms
from corpora.messages import message
from corpora.models import Document
from corpora.store.project import Project
from tests.codebook.merge_plays import begin, copy, play
from tests.codebook.test_merging import Table, Work, code_id, coded, labels, memo_texts

NOOR, SEM = 1, 2


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base project with one of each finding."""
    place = begin(tmp_path_factory.mktemp("base"))
    project = Project.open(place, "Mirthe")
    asked = project.step(message("d"), questions.add_deelvraag, "Leren")
    project.step(message("g"), grids.add, "Raster", [Axis(1, None), Axis(2, None)], deelvraag_id=asked)
    project.step(message("p"), patterns.add, NOOR, asked, "Patroon")
    kernelement = project.step(message("k"), kernelementen.add, "Casus")
    project.step(message("c"), cmo.add, NOOR, kernelement, "Configuratie")
    project.step(message("q"), questions.save_query, "Vraag", "Koffie", deelvraag_id=asked)
    project.close()
    return place


@pytest.fixture()
def table(base: Path, tmp_path: Path) -> Table:
    return Table(base, tmp_path)


def does(operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Work:
    return lambda project: project.step(message("s"), operation, *args, **kwargs)


def value(project: Project, model: Any, column: str) -> Any:
    with project.read() as session:
        return session.scalars(select(getattr(model, column))).one()


CHANGES: dict[str, tuple[Any, Work, Work, tuple[tuple[str, Any], ...], str]] = {
    "grid": (GridTemplate, does(grids.rename, 1, "Raster van Noor"),
             does(grids.change, 1, [Axis(2, None)], codings="decided", condition="Buurt"),
             (("name", "Raster van Noor"), ("codings", "decided"), ("condition", "Buurt")), ""),
    "grid, both": (GridTemplate, does(grids.rename, 1, "Raster van Noor"), does(grids.rename, 1, "Raster van Sem"),
                   (("name", "Raster van Sem"),), "renamed"),
    "pattern": (Pattern, does(patterns.change, 1, conclusion="Van Noor"), does(patterns.change, 1, label="Van Sem"),
                (("conclusion", "Van Noor"), ("label", "Van Sem")), ""),
    "pattern, both": (Pattern, does(patterns.change, 1, conclusion="Van Noor"),
                      does(patterns.change, 1, conclusion="Van Sem"), (("conclusion", "Van Sem"),), "definition"),
    "configuration": (Configuration, does(cmo.reword, NOOR, 1, "statement", "Van Noor", "beter"),
                      does(cmo.annotate, 1, "Van Sem"), (("statement", "Van Noor"), ("note", "Van Sem")), ""),
    "configuration, both": (Configuration, does(cmo.reword, NOOR, 1, "statement", "Van Noor", "beter"),
                            does(cmo.reword, SEM, 1, "statement", "Van Sem", "korter"),
                            (("statement", "Van Sem"),), "definition"),
    "query": (SavedQuery, does(questions.save_query, "Vraag", "Buurt", deelvraag_id=1),
              lambda project: project.step(message("s"), _note), (("expression", "Buurt"), ("note", "Van Sem")), ""),
    "query, both": (SavedQuery, does(questions.save_query, "Vraag", "Buurt", deelvraag_id=1),
                    does(questions.save_query, "Vraag", "Plan", deelvraag_id=1), (("expression", "Plan"),),
                    "definition")}


def _note(session: Any) -> None:
    session.scalars(select(SavedQuery)).one().note = "Van Sem"


@pytest.mark.parametrize("name", CHANGES)
def test_what_two_changed_comes_together(table: Table, name: str) -> None:
    model, ours, theirs, wanted, kind = CHANGES[name]
    table.work("Noor", also=ours)
    table.work("Sem", also=theirs)
    project, told = table.both_orders()
    assert {column: value(project, model, column) for column, _ in wanted} == dict(wanted)
    assert [{k for k, _ in one} for one in told] == [{kind} if kind else set()] * 2
    kept = memo_texts(project, model.__tablename__)
    if kind:
        assert len(kept) == 1 and "Noor" in min(kept)
    else:
        assert kept == set()


def test_the_axes_of_a_grid_come_from_who_chose_them(table: Table) -> None:
    chosen = [Axis(2, ((code_of(table, "positief"), False), (code_of(table, "negatief"), False)))]
    table.work("Noor", also=does(grids.rename, 1, "Ander"))
    table.work("Sem", also=does(grids.change, 1, chosen, codings="any", condition=""))
    project, _ = table.both_orders()
    with project.read() as session:
        assert grids.axes_of(session, 1) == tuple(chosen)


def test_a_grid_deleted_in_one_and_changed_in_the_other_stays_whole(table: Table) -> None:
    table.work("Noor", also=does(grids.remove, 1))
    table.work("Sem", also=does(grids.rename, 1, "Nodig"))
    project, told = table.both_orders()
    assert value(project, GridTemplate, "name") == "Nodig"
    with project.read() as session:
        assert grids.axes_of(session, 1) == (Axis(1, None), Axis(2, None))
    assert all({kind for kind, _ in one} == {"deleted_used"} for one in told)


def code_of(table: Table, label: str) -> int:
    project = Project.open(table.base)
    found = code_id(project, label)
    project.close()
    return found


@pytest.mark.parametrize(("ours", "theirs"), [("", "on"), ("on", ""), ("on", "on")])
def test_whether_a_copy_is_blind_stays_with_the_copy(table: Table, ours: str, theirs: str) -> None:
    place = table.work("Noor", ("apply", 0, 3, 0), also=does(blind.set_blind, bool(theirs)))
    project = copy(table.base, table.folder / "ours.narratief", "Mirthe")
    if ours:
        project.step(message("b"), blind.set_blind, True)
    merging.merge(project, [str(place)])
    with project.read() as session:
        assert blind.is_blind(session) is bool(ours)


def test_for_whom_a_package_is_stays_with_it(table: Table) -> None:
    """Also in a project that does not know the one of which it was made."""
    project = copy(table.base, table.folder / "source.narratief", "Mirthe")
    project.step(message("n"), codes.add, 1, "Nieuw")
    package(project, table.folder / "p.narratief", "Noor", blind=True)
    away = Project.open(table.folder / "p.narratief", "Noor")
    play(away, [("apply", 1, 5, 0)])
    away.close()
    older = copy(table.base, table.folder / "older.narratief", "Mirthe")
    merging.merge(older, [str(table.folder / "p.narratief")])
    assert [str(p) for p in problems(older)] == []
    with older.read() as session:
        assert not blind.is_blind(session)
        assert blind.setting(session, "package_coder") == ""


def test_a_code_goes_before_not_mentioned(table: Table) -> None:
    absent = does(coding.set_not_mentioned, NOOR, 3, 2, "nergens")
    table.work("Noor", also=does(coding.apply, NOOR, [3], [code_of(table, "positief")]))
    table.work("Noor", also=absent)
    project, _ = table.both_orders()
    assert ("Noor", 39) in coded(project, "positief")
    with project.read() as session:
        assert session.scalars(select(NotMentioned)).all() == []


def test_of_two_coders_the_one_may_find_what_the_other_does_not(table: Table) -> None:
    table.work("Noor", also=does(coding.apply, NOOR, [3], [code_of(table, "positief")]))
    table.work("Sem", also=does(coding.set_not_mentioned, SEM, 3, 2, "nergens"))
    project, _ = table.both_orders()
    assert ("Noor", 39) in coded(project, "positief")
    assert value(project, NotMentioned, "reason") == "nergens"


@pytest.mark.parametrize(("choice", "code", "title"), [
    ("ours", "Thee", "Eerst"), ("theirs", "Water", "Later"), ("", "Water", "Later")])
def test_a_name_may_be_chosen(table: Table, choice: str, code: str, title: str) -> None:
    koffie = code_of(table, "Koffie")
    for who, one, other in (("Noor", "Thee", "Eerst"), ("Sem", "Water", "Later")):
        table.work(who, also=lambda p, one=one, other=other: (  # type: ignore[misc]
            p.step(message("r"), codes.rename, koffie, one), p.step(message("t"), documents.rename, 1, other)))
    project, _ = table.merged((0, 1), {"renamed": choice} if choice else None)
    assert code in labels(project)
    assert not {"Koffie", "Thee", "Water"} - {code} & set(labels(project))
    with project.read() as session:
        assert session.get_one(Document, 1).title == title
    other = {"Thee": "Water", "Water": "Thee"}[code]
    assert any(other in body for body in memo_texts(project, "code"))


def test_what_was_deleted_may_be_kept_or_not(table: Table) -> None:
    buurt, plan = code_of(table, "Buurt"), code_of(table, "Plan")
    table.work("Noor", also=lambda p: [p.step(message("d"), codes.remove, code) for code in (buurt, plan)])
    table.work("Sem", also=does(coding.apply, SEM, [2], [buurt, plan]))
    kept, _ = table.merged((0, 1), {"deleted_used": "keep"})
    assert {"Buurt", "Plan"} <= set(labels(kept))
    one, _ = table.merged((0, 1), {("deleted_used", "Plan"): "delete"})
    assert "Buurt" in labels(one) and "Plan" not in labels(one)


def test_names_of_the_key_in_what_comes_are_told(table: Table) -> None:
    place = table.work("Noor", also=lambda p: [
        p.step(message("m"), memos.write, NOOR, "narratief", 1, "FATIMA zei het anders"),
        p.step(message("c"), codes.describe, 3, definition="Zoals bij Fatima."),
        p.step(message("m"), memos.write, NOOR, "narratief", 7, "Niemand bij name")])
    project = copy(table.base, table.folder / "key.narratief", "Mirthe")
    assert merging.preview(project, [str(place)]).warnings == []
    project.step(message("p"), pseudonyms.replace_names, {"Fatima": "Naam 1"})
    warned = merging.merge(project, [str(place)]).warnings
    assert [(w.values.get("title"), w.values["names"]) for w in warned] == [(None, "Fatima"), ("Gesprek 1", "Fatima")]
    project.step(message("p"), pseudonyms.replace_names, {"Fatima": "Naam 1"})
    assert memo_texts(project, "narratief") == {"Naam 1 zei het anders", "Niemand bij name"}
    assert merging.merge(project, [str(place)]).warnings == []


def test_a_text_of_a_copy_that_still_has_the_key_is_warned_about(table: Table) -> None:
    def key(project: Project) -> None:
        project.step(message("p"), pseudonyms.replace_names, {"Fatima": "Naam 1"})
        project.step(message("m"), memos.write, NOOR, "narratief", 1, "Fatima dus")

    place = table.work("Noor", also=key)
    project = copy(table.base, table.folder / "without.narratief", "Mirthe")
    assert [w.values["names"] for w in merging.merge(project, [str(place)]).warnings] == ["Fatima"]
