"""The check of realist evaluation says what somebody broke behind the program's back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from codebook import cmo, cmo_sheets, cmo_synthesis, kernelementen, memos
from codebook.checks import problems
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook.places import coder, narratief_ids, project_with_text


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = project_with_text(tmp_path)
    noor = coder(made, "Noor")
    kern, other = (made.step(message("K"), kernelementen.add, name) for name in ("Dialoog", "Kantelen"))
    one, two = (made.step(message("C"), cmo.add, noor, k, "Titel") for k in (kern, other))
    element = made.step(message("E"), cmo.add_element, one, "context", "tijd")
    quote = made.step(message("Q"), memos.quote, noor, 1, 3, 12)
    made.step(message("E"), cmo.add_evidence, noor, one, narratief_ids=narratief_ids(made)[:1], element_id=element,
              quote_ids=[quote])
    made.step(message("L"), cmo.link, one, two, "rivaal")
    sheet = made.step(message("S"), cmo_sheets.add, kern)
    made.step(message("R"), cmo_sheets.add_entry, sheet, "outcome", "rust", actor="wijk")
    made.step(message("W"), cmo.reword, noor, one, "title", "Anders")
    made.step(message("Y"), cmo_synthesis.set_configurations, noor, kern, [one])
    return made


def found(project: Project) -> list[str]:
    return [str(one) for one in problems(project)]


def test_a_sound_project_is_sound(project: Project) -> None:
    assert found(project) == []


@pytest.mark.parametrize(("statement", "said"), [
    ("UPDATE configuration SET status = 'af' WHERE id = 1", "«af» stands in configuration"),
    ("UPDATE code SET cmo_role = 'iets' WHERE id = 1", "«iets» stands in code"),
    ("UPDATE evidence SET configuration_id = 2 WHERE element_id = 1", "on an element of another configuration"),
    ("UPDATE quote SET narratief_id = 2, start = 30, \"end\" = 33", "quotes another narratief"),
    ("UPDATE configuration_link SET target_id = source_id", "to itself"),
    ("UPDATE cmo_sheet_entry SET actor = 'baas'", "«baas»"),
    ("UPDATE cmo_sheet_entry SET field = 'verbeterpunten'", "«wijk»"),
    ("UPDATE synthesis_configuration SET configuration_id = 2", "another kernelement"),
    ("UPDATE rewording SET about_id = 99", "Earlier wording")])
def test_what_is_wrong_is_said(project: Project, statement: str, said: str) -> None:
    with project.engine.begin() as connection:
        connection.execute(text(statement))
    assert any(said in line for line in found(project))
