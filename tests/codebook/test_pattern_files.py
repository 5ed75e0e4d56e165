"""Patterns out of tables: complete, never doubled, and wrong rows named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import evidence, pattern_files, patterns, questions
from codebook.checks import problems
from codebook.models import Quote
from corpora.errors import NotFoundError, UsageError
from corpora.messages import message
from corpora.store.project import Project
from corpora.tables import Table, read_table
from tests.codebook.places import coder, project_with_text, there_and_back
from workbench import demo

PATTERNS = ("deelvraag;thema;patroon;type;omschrijving\n1 Wat werkt;Samen;Vragen;needs;Zij vragen.\n"
            "1 Wat werkt;;Tijd;;\n2 Anders;Samen;Lef;droom;\n")
EVIDENCE = ("patroon;document;narratief;richting;citaat;noot\nVragen;Gesprek;1;;;\nVragen;Gesprek;2;weerspreekt;"
            "eerste casus;kijk\nTijd;Gesprek;3;nuanceert;;\n")
PHASES = "deelvraag;fase;stand;noot\n1 Wat werkt;exploreren;klaar;Alles gelezen.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def table(folder: Path, text: str) -> Table:
    (folder / "rijen.csv").write_text(text, encoding="utf-8")
    return read_table(folder / "rijen.csv")


def put(session: Session, who: int, folder: Path, said: str = EVIDENCE) -> int:
    known = pattern_files.put_patterns(session, who, table(folder, PATTERNS))
    new = pattern_files.put_evidence(session, who, table(folder, said), known)
    pattern_files.put_phases(session, who, table(folder, PHASES))
    return new


def test_tables_become_patterns_once(project: Project, tmp_path: Path) -> None:
    who = coder(project, "Noor")
    assert there_and_back(project, put, who, tmp_path) == 3
    with project.read() as session:
        labels = {d.label: d.id for d in questions.deelvragen(session)}
        assert list(labels) == ["1 Wat werkt", "2 Anders"]
        assert [(p.label, p.kind, p.description) for p in patterns.patterns(session)] == [
            ("Vragen", "needs", "Zij vragen."), ("Tijd", "", ""), ("Lef", "droom", "")]
        found = [(line.place, line.direction, line.note, line.quote_id is not None)
                 for some in evidence.lines(session, [1, 2]).values() for line in some]
        assert found == [("Gesprek · 1", "steunt", "", False), ("Gesprek · 2", "weerspreekt", "kijk", True),
                         ("Gesprek · 3", "nuanceert", "", False)]
        assert patterns.phases(session, labels["1 Wat werkt"])["exploreren"].note == "Alles gelezen."
    assert project.step(message("Again"), put, who, tmp_path) == 0
    with project.read() as session:
        assert session.scalar(select(func.count()).select_from(Quote)) == 1
        assert len(patterns.patterns(session)) == 3
    assert problems(project) == []


@pytest.mark.parametrize(("row", "error", "words"), [
    ("Weg;Gesprek;1;;;", UsageError, "row 2: there is no pattern «Weg»"),
    ("Vragen;Gesprek;9;;;", UsageError, "«Gesprek» has no narratief 9"),
    ("Vragen;Gesprek;1;;niet gezegd;", UsageError, "niet gezegd"), ("Vragen;Elders;1;;;", NotFoundError, "Elders"),
    ("Vragen;Gesprek;1;bewijst;;", UsageError, "supports")])
def test_wrong_rows_are_named_and_nothing_is_done(project: Project, tmp_path: Path, row: str, error: Any,
                                                  words: str) -> None:
    who = coder(project, "Noor")
    with pytest.raises(error, match=words):
        project.step(message("Put"), put, who, tmp_path, f"patroon;document;narratief;richting;citaat;noot\n{row}\n")
    with project.read() as session:
        assert patterns.patterns(session) == []


def test_the_sample_study_has_patterns_with_evidence(tmp_path: Path) -> None:
    place = tmp_path / "v.narratief"
    demo.make(str(place))
    project = Project.open(place)
    with project.read() as session:
        weights = evidence.weights(session)
        assert len(weights) == 9
        assert all(one.narratieven >= 3 and one.lost == 0 for one in weights.values())
        assert sum(one.contradicts for one in weights.values()) >= 2
    assert problems(project) == []
    project.close()
