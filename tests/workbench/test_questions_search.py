"""The search page: places in context, counts, coding them in one step, keeping, a pattern that never ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from codebook import founding
from codebook.models import Coding
from codebook.query.algebra import And, Code, Text
from codebook.searching import as_expression, joined
from corpora import documents
from corpora.errors import UsageError
from corpora.messages import message
from corpora.store.project import Project
from corpora.transcript_types import Transcript
from tests.workbench.test_questions import fill
from workbench import i18n
from workbench.jobs import jobs
from workbench.panels.questions import QuestionsPanel
from workbench.panels.questions_search import SearchPage
from workbench.project import OpenProject

BAD = "/(a+a+)+b/"


def fill_with_loose_words(session: Any) -> None:
    fill(session)
    documents.add(session, Transcript("Ze kantelt, maar dit is nog niet geknipt. " + "a" * 60, ()), title="Los",
                  kind="interview")


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    project: Project = founding.found(tmp_path / "zoek.narratief", author="Anna")
    project.step(message("Fill"), fill_with_loose_words)
    made = OpenProject(project, "Anna")
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> QuestionsPanel:
    made = QuestionsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    qtbot.waitExposed(made)
    made.tabs.setCurrentWidget(made.search)
    return made


def look_for(page: SearchPage, qtbot: Any, words: str) -> None:
    page.words.clear()
    qtbot.keyClicks(page.words, words)
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_searching(), timeout=60_000)


def test_places_stand_in_context_and_are_counted_by_form_and_document(panel: QuestionsPanel, qtbot: Any) -> None:
    page = panel.search
    assert not page.stop.isVisible(), "there is nothing to stop"
    look_for(page, qtbot, "kantelen")
    assert page.line.text() == "15 hits in 14 narratieven, 3 documents · 1 hit outside every narratief"
    row = page.hits.list.current_row()
    assert row is not None
    assert [row.text[a:b] for a, b in row.highlights] == ["kantelden"]
    forms = [page.forms.list.item(n).text().split() for n in range(page.forms.list.count())]
    assert forms == [["15", "All"], ["14", "kantelden"], ["1", "kantelt"]]
    page.forms.choose("kantelt")
    assert page.hits.list.count() == 1
    page.forms.choose(None)
    page.documents.choose(2)
    assert page.hits.list.count() == 7 == len(page.found.ids())


def test_selected_places_are_coded_in_one_step_and_those_outside_are_named(panel: QuestionsPanel, qtbot: Any,
                                                                          opened: OpenProject) -> None:
    page = panel.search
    look_for(page, qtbot, "kantelen")
    with opened.project.read() as session:
        before = len(session.scalars(select(Coding)).all())
    qtbot.mouseClick(page.hits.all, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.hits.code, "Casus")
    label = page.hits.code.suggestions()[0].label
    page.hits.code.pick(0)
    with opened.project.read() as session:
        assert len(session.scalars(select(Coding)).all()) == before + 14
    assert page.hits.said.text() == (f"{label}: given to 14 of 14 narratieven; the others had it. "
                                     "1 selected place stands outside every narratief and got no code.")
    opened.undo()
    assert not page.hits.said.text()
    with opened.project.read() as session:
        assert len(session.scalars(select(Coding)).all()) == before


def test_a_search_within_a_code_is_kept_as_a_question_with_the_same_answer(panel: QuestionsPanel, qtbot: Any) -> None:
    page = panel.search
    look_for(page, qtbot, '"zei facilitator" kantelen')
    qtbot.keyClicks(page.confine, "Outcome")
    page.confine.pick(0)
    found = page.found.ids()
    assert found
    qtbot.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    assert panel.tabs.currentWidget() is panel.ask
    assert panel.ask.saving.isVisible()
    qtbot.waitUntil(lambda: panel.ask.result is not None, timeout=60_000)
    assert panel.ask.result is not None
    assert panel.ask.result.ids.tolist() == found


def test_a_pattern_that_never_ends_is_stopped_and_never_holds_up_the_window(panel: QuestionsPanel, qtbot: Any) -> None:
    page = panel.search
    page.words.setText(BAD)
    page.search()
    qtbot.waitUntil(page.stop.isVisible, timeout=5_000)
    gaps, last = [], time.perf_counter()
    for _step in range(200):
        qtbot.wait(10)
        gaps.append(time.perf_counter() - last)
        last = time.perf_counter()
    assert max(gaps) < 0.5
    qtbot.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    assert not page.is_searching()
    assert not page.stop.isVisible()
    qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
    look_for(page, qtbot, "/kantel[a-z]+/")
    assert page.hits.list.count() == 15


def test_a_wrong_pattern_is_explained(panel: QuestionsPanel, qtbot: Any) -> None:
    i18n.set_language("nl")
    look_for(panel.search, qtbot, "/wijk(team/")
    assert panel.search.line.text() == (
        "Het zoekpatroon «wijk(team» klopt niet bij teken 5: het haakje dat hier opengaat wordt nergens gesloten.")
    assert not panel.search.hits.list._empty_text, "that no narratief has the words was not found out"
    i18n.set_language("en")


def test_the_down_key_goes_from_the_words_to_what_was_found(panel: QuestionsPanel, qtbot: Any) -> None:
    page = panel.search
    look_for(page, qtbot, "kantelen")
    qtbot.keyClick(page.words, Qt.Key.Key_Down)
    qtbot.waitUntil(page.hits.list.hasFocus)
    page.turn.setChecked(True)
    page.words.setFocus()
    qtbot.keyClick(page.words, Qt.Key.Key_Down)
    qtbot.waitUntil(page.found.list.hasFocus)


def test_words_become_operands_and_patterns_do_not() -> None:
    assert as_expression('kantelen "eigen kracht"', Code("Outcome")) == And(
        (Code("Outcome"), Text("kantelen"), Text("eigen kracht", True)))
    assert joined([None, And((Code("a"), Code("b"))), Code("c")]) == And((Code("a"), Code("b"), Code("c")))
    with pytest.raises(UsageError, match="slashes"):
        as_expression("/kan.*/")
