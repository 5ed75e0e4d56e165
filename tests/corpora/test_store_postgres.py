"""A project on a real PostgreSQL server does what one in a file does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import asking, coding, founding, memos
from codebook.checks import problems
from codebook.models import Coding
from codebook.reading import Reading
from corpora import documents, narratives, pseudonyms, search
from corpora.errors import ProjectError
from corpora.messages import message
from corpora.models import TextContent
from corpora.store.project import Changed, Project
from corpora.transcripts import recognise_text
from tests.codebook.places import code_ids, coder, dump, there_and_back
from tests.postgres import own_database
from workbench import demo
from workbench.cli.main import main

TEXT = ("I: Hoe gaat het in het team?\n"
        "R: Goed 🙂. De coördinatie is één van de lastige dingen, zegt Jorinde, maar de cliënt staat voorop.\n"
        "I: En het kantelen?\nR: Dat kantelen wij iedere dag. CAFÉ Ons Huis helpt daarbij.\n")
CUTS = [0, TEXT.index("I: En"), TEXT.index("R: Dat"), len(TEXT)]


@pytest.fixture
def place() -> Iterator[str]:
    with own_database() as address:
        yield address


@pytest.fixture
def project(place: str) -> Iterator[Project]:
    made = founding.found(place, author="Noor")
    made.step(message("Import"), _fill)
    yield made
    made.close()


def _fill(session: Session) -> None:
    document = documents.add(session, recognise_text(TEXT), title="Gesprek", kind="interview", group="Wijkteam")
    narratives.set_segmentation(session, document, [narratives.Span(a, b) for a, b in pairwise(CUTS)])


def pieces(project: Project) -> list[int]:
    with project.read() as session:
        return [n.id for n in narratives.of_document(session, documents.find(session, "Gesprek").id)]


def test_it_is_made_once_and_opened_again(project: Project, place: str) -> None:
    with pytest.raises(ProjectError, match="already"):
        Project.create(place)
    again = Project.open(place, "Sem")
    assert dump(again) == dump(project)
    again.close()


def test_an_empty_database_is_no_project(place: str) -> None:
    with pytest.raises(ProjectError, match="not a Narratief project"):
        Project.open(place)


def test_coding_undo_and_redo_give_exactly_the_rows(project: Project) -> None:
    noor, one = coder(project, "Noor"), pieces(project)[0]
    codes = code_ids(project)
    there_and_back(project, coding.apply, noor, pieces(project), [codes["Autonomie"], codes["positief"]])
    there_and_back(project, memos.write, noor, "narratief", one, "Dít is één memo 🙂")
    there_and_back(project, narratives.split, pieces(project)[2], TEXT.index("helpt"))
    there_and_back(project, documents.remove, documents_of(project)[0])
    assert problems(project) == []


def documents_of(project: Project) -> list[int]:
    with project.read() as session:
        return [d.id for d in documents.in_order(session)]


def test_undo_is_for_own_work_only(project: Project, place: str) -> None:
    sem = Project.open(place, "Sem")
    number = coder(sem, "Sem")
    sem.step(message("Code"), coding.apply, number, pieces(sem), [code_ids(sem)["positief"]])
    assert str(project.undo_label()) == "Import"
    assert str(sem.undo()) == "Code"
    sem.close()


def test_many_rows_at_once(project: Project) -> None:
    def grow(session: Session) -> None:
        long = "".join(f"R: Zin nummer {n} over de buurt en de mensen. \n" for n in range(1_000))
        document = documents.add(session, recognise_text(long), title="Lang", kind="logboek")
        starts = [n for n, sign in enumerate(long) if n == 0 or long[n - 1] == "\n"]
        narratives.set_segmentation(session, document, [narratives.Span(a, b) for a, b in
                                                        pairwise([*starts, len(long)])])
        noor = coding.coder_id(session, "Noor")
        ids = [n.id for n in narratives.of_document(session, document)]
        coding.apply(session, noor, ids, list(labels.values())[:3])

    labels = code_ids(project)
    there_and_back(project, grow)
    with project.read() as session:
        assert session.scalar(select(func.count(Coding.id))) == 3_000


def test_search_finds_inflections_phrases_and_patterns(project: Project) -> None:
    with project.read() as session:
        def found(words: str) -> list[str]:
            return [hit.text for hit in search.find(session, words)]

        assert found("coordinatie") == ["coördinatie"]
        assert found("café") == ["CAFÉ"]
        assert found("kantelde") == ["kantelen", "kantelen"]
        assert found('"ons huis"') == ["Ons Huis"]
        assert found("/c[lj]i.nt/") == ["cliënt"]
        assert found("olifant") == []
        [hit] = search.find(session, "cliënt")
        assert TEXT[hit.start:hit.end] == "cliënt", "offsets are code points, the smiley counts for one"


def test_a_reading_keeps_up_with_every_step(project: Project) -> None:
    reading = Reading(project)
    steps: list[Changed] = []
    project.listen(reading.update)
    project.listen(steps.append)
    noor, codes = coder(project, "Noor"), code_ids(project)
    project.step(message("Code"), coding.apply, noor, pieces(project)[:2], [codes["Autonomie"]])
    assert asking.query(reading, "Autonomie").count == 2
    project.undo()
    assert asking.query(reading, "Autonomie").count == 0
    project.redo()
    fresh = Reading(project)
    for expression in ("Autonomie", "text:kantelen", "group:Wijkteam and not Autonomie"):
        answers = [asking.query(each, expression) for each in (reading, fresh)]
        assert answers[0].narratieven == answers[1].narratieven != ()
    assert [step.kind for step in steps] == ["do", "do", "undo", "redo"]


def test_names_are_replaced_and_forgotten(project: Project) -> None:
    project.step(message("Names"), pseudonyms.replace_names, {"Jorinde": "Anna"})
    pseudonyms.destroy_key(project)
    assert Project.undo(project) is None
    tables = dump(project)
    assert "Jorinde" not in repr(tables)
    with project.read() as session:
        assert [b for b in session.scalars(select(TextContent.body)) if "Jorinde" in b] == []
        assert search.find(session, "Jorinde") == []


COMMANDS = (["info"], ["codebook", "list"], ["query", '"Werkzame factor" and text:leren'],
            ["query", "kind:logboek and not HOE:positief", "--unit", "document"], ["search", "kantelen"],
            ["cooccurrence", "--rows", "WAT", "--columns", "HOE"],
            ["grid", "--facet", "WAT=*", "--facet", "WIE=eigen", "--facet", "HOE=*"],
            ["text", "Interview 1 wijkteamlid"])


@pytest.mark.slow
def test_the_sample_study_answers_as_in_a_file(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sample.narratief"
    demo.make(str(file))
    demo.make(place)

    def answer(where: str, command: list[str]) -> Any:
        capsys.readouterr()
        assert main([command[0], where, *command[1:], "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    for command in COMMANDS:
        assert answer(place, command) == answer(str(file), command), command
    assert main(["check", place]) == 0
