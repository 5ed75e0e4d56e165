"""Momentopnamen and the comparison of sets in the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from codebook import coding, questions, snapshots
from corpora.messages import message
from tests.workbench.test_questions import fill, opened, type_question
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject

__all__ = ["fill", "opened"]


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> QuestionsPanel:
    made = QuestionsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1240, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_freeze_an_answer_and_compare_it_with_the_live_question(panel: QuestionsPanel, qtbot: Any,
                                                                opened: OpenProject) -> None:
    opened.do(message("Save"), questions.save_query, "levend", "positief")
    type_question(panel, qtbot, "positief")
    then = opened.reading.ask("positief").ids.tolist()
    qtbot.mouseClick(panel.ask.freeze, Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        frozen = snapshots.snapshots(session)[0]
    assert (frozen.expression, frozen.count, frozen.codings) == ("positief", len(then), "any")
    page = panel.sets
    panel.tabs.setCurrentWidget(page)
    page.rename(frozen.name, "toen")
    code = {c.label: c.id for c in opened.reading.catalogue.codes}["positief"]
    new = opened.reading.ask("not positief").ids.tolist()[:2]
    opened.do(message("Code"), coding.apply, opened.coder_id, new, [code])
    page.here.choose("levend")
    page.there.choose("toen")
    page.there.picked.emit()
    qtbot.mouseClick(page.parts["only_here"], Qt.MouseButton.LeftButton)
    assert page.found.ids() == sorted(new, key=opened.reading.ask("positief").ids.tolist().index)
    assert page.parts["both"].text() == f"in both {len(then)}"
    assert page.parts["only_there"].text() == "only there 0"
    qtbot.mouseClick(page.parts["both"], Qt.MouseButton.LeftButton)
    assert page.found.ids() == then
    assert opened.reading.ask('query:"toen"').ids.tolist() == then


def test_a_kept_question_is_frozen_from_the_list_and_taken_away(panel: QuestionsPanel, qtbot: Any,
                                                                opened: OpenProject) -> None:
    opened.do(message("Save"), questions.save_query, "levend", "facilitator")
    page = panel.sets
    panel.tabs.setCurrentWidget(page)
    page._choose("levend")
    assert "live" in page.about.text()
    qtbot.mouseClick(page.freeze, Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        [frozen] = snapshots.snapshots(session)
        assert snapshots.members(session, frozen.id) == sorted(opened.reading.ask("facilitator").ids.tolist())
    page._choose(frozen.name)
    assert "frozen" in page.about.text()
    assert page.found.ids() == opened.reading.ask("facilitator").ids.tolist()
    qtbot.mouseClick(page.delete, Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        assert snapshots.snapshots(session) == []
    opened.undo()
    with opened.project.read() as session:
        assert len(snapshots.snapshots(session)) == 1


def test_live_and_frozen_sets_are_told_apart_where_they_are_offered(panel: QuestionsPanel, opened: OpenProject) -> None:
    opened.do(message("Save"), questions.save_query, "levend", "facilitator")
    opened.do(message("Freeze"), snapshots.freeze, opened.coder_id, "toen", [])
    offered = {o.label: o.detail for o in panel.ask.builder.field._names.operands("")}
    assert (offered["levend"], offered["toen"]) == ("slimme code (live)", "momentopname")
