"""Oefenen in the real window: a set made, a round coded with the keyboard alone, its score and differences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from codebook import coding, practice, practice_scores, team
from codebook.models import Coding, PracticeAnswer
from corpora.messages import message
from tests.workbench.coding_places import code_of, founded, in_light, narratieven
from workbench.app import Desk
from workbench.i18n import set_language
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings

Key = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The window, opened by Anna the onderzoeker, who coded the first document: 7, 4, 1 on every narratief."""
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    in_light()
    set_language("en")  # another test may have left another one
    opened = founded(tmp_path, 2)
    anna = opened.project.step(message("Add"), team.add, "Anna", "onderzoeker")
    opened.project.step(message("Add"), team.add, "Bas")
    opened.do(message("Code"), coding.apply, anna, narratieven(opened),
              [code_of(opened, c) for c in ("WAT:Autonomie", "WIE:eigen", "HOE:positief")])
    place = opened.path
    opened.close()
    made = Desk(Settings(coder="Anna", role="onderzoeker"), furnish=furnish)
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    made.window.show()
    assert made.open_project(place)
    yield made
    made.close_project()


def project(desk: Desk) -> OpenProject:
    found: Any = desk.project
    return found


def practise(desk: Desk) -> Any:
    return desk.window.open_place("agreement").show_tab("practice")


def as_coder(desk: Desk, name: str) -> Any:
    desk.settings.coder = name
    assert desk.open_project(project(desk).path)
    return practise(desk)


def made_set(desk: Desk) -> int:
    opened = project(desk)
    return opened.project.step(message("Set"), practice.make_set, "Eerste", narratieven(opened), 1)


def test_the_key_that_is_proposed_has_codes(desk: Desk) -> None:
    project(desk).project.step(message("Add"), team.add, "Ada", "onderzoeker")
    page = practise(desk)
    page.sets.empty.clicked.emit()
    new = page.sets.new
    assert (new.key.itemText(0), new.key.currentText()) == ("Ada", "Anna")
    assert "4 in the set" in new.said.text()


def test_the_onderzoeker_makes_a_set(desk: Desk, qtbot: QtBot) -> None:
    page = practise(desk)
    assert page.sets.pages.currentIndex() == 1, "no set yet"
    page.sets.empty.clicked.emit()
    new = page.sets.new
    assert new.isVisible() and not new.make.isEnabled()
    qtbot.keyClicks(new.name, "Eerste set")
    assert [new.key.itemText(n) for n in range(new.key.count())] == ["Anna", "Bas", "the decided set"]
    assert "8 narratieven, 4 of them coded by the key; 4 in the set." in new.said.text()
    new.most.setValue(2)
    assert "2 in the set" in new.said.text()
    new.most.setValue(0)
    new.source.setCurrentIndex(new.source.count() - 1)
    new.source.activated.emit(new.source.count() - 1)
    new.expression.setText("positief and nonsens")
    new.expression.editingFinished.emit()
    assert "nonsens" in new.said.text() and not new.make.isEnabled()
    new.expression.setText("positief and document:\"Gesprek 1\"")
    new.expression.editingFinished.emit()
    qtbot.keyClick(new.name, Key.Key_Return)
    assert not new.isVisible()
    assert [(row.name, row.n) for row in page.sets.rows] == [("Eerste set", 4)]
    project(desk).undo()
    assert page.sets.rows == [] and page.sets.pages.currentIndex() == 1


def keys(text: str) -> None:
    """Keys to whatever has the focus."""
    for sign in text:
        target = QApplication.focusWidget()
        assert target is not None
        if sign == "\n":
            QTest.keyClick(target, Key.Key_Return)
        else:
            QTest.keyClicks(target, sign)


def test_a_student_codes_a_round_by_keyboard_and_sees_the_differences(desk: Desk, qtbot: QtBot) -> None:
    number = made_set(desk)
    page = as_coder(desk, "Bas")
    opened = project(desk)
    assert not page.sets.new_button.isVisible() and not page.sets.remove_button.isVisible()
    with qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    page.sets.table.setFocus()
    qtbot.keyClick(page.sets.table, Key.Key_Return)
    assert page.pages.currentWidget() is page.round
    assert page.round.where.text() == "narratief 1 of 4, 0 answered"
    page.round.field().setFocus()
    keys("070401\n" "0700" "01\n")
    assert page.round.where.text() == "narratief 3 of 4, 2 answered"
    with opened.project.read() as session:
        first, second, *_rest = practice.items(session, number)
        said = practice.answers(session, page.round.round_id)
        wie = next(f.id for f in opened.reading.catalogue.facets if f.label == "WIE")
        assert said[second].absent == {wie}
        assert said[first].codes == {code_of(opened, c) for c in ("WAT:Autonomie", "WIE:eigen", "HOE:positief")}
        assert len(session.scalars(select(Coding)).all()) == 12, "the study is as it was"
    opened.undo()
    assert page.round.where.text() == "narratief 3 of 4, 1 answered"
    opened.redo()
    keys("08\n")  # another code than the key's
    keys("\n")
    assert page.pages.currentWidget() is page.round and page.round.sure.isVisible(), "says first what is open"
    keys("=")
    assert page.pages.currentWidget() is page.result
    result = page.result
    assert "Bas: 1 of 4 narratieven exactly as Anna (25 %)" in result.said.text()
    assert [[result.facets.item(r, c).text() for c in (0, 1, 2)] for r in range(3)] == [
        ["WAT", "2 of 4", "50 %"], ["WIE", "1 of 4", "25 %"], ["HOE", "2 of 4", "50 %"]]
    lines = [result.list.item(n).text() for n in range(result.list.count())]
    assert lines[0].split("   ") == ["Gesprek 1 · 2", "WIE", "missed eigen"]
    assert lines[1].split("   ")[1:] == ["WAT", "missed Autonomie; too many Biografische informatie"]
    qtbot.keyClick(result.list, Key.Key_Down)
    told = result.detail.toPlainText()
    assert "wie kent u zelf in de buurt" in told
    book = result.book
    for label in ("WAT:Autonomie", "WAT:Biografische informatie"):
        code = book.codes[code_of(opened, label)]
        assert code.definition in told and code.use_when in told
    with qtbot.waitSignal(result.openNarratief):
        qtbot.keyClick(result.list, Key.Key_Return)
    assert desk.window.here() == "coding"


def test_rounds_go_on_and_progress_is_seen(desk: Desk, qtbot: QtBot) -> None:
    number = made_set(desk)
    page = as_coder(desk, "Bas")
    opened = project(desk)
    with qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    page.sets.begin.click()
    page.round.field().setFocus()
    keys("07")
    qtbot.keyClick(page.round.field(), Key.Key_Escape)
    assert page.pages.currentWidget() is page.sets
    assert page.sets.begin.text() == "Go on"
    page.sets.begin.click()
    with opened.project.read() as session:
        assert len(practice.rounds(session, number)) == 1
        assert len(session.scalars(select(PracticeAnswer)).all()) == 1
    page.round.ask_end()
    page.round.ask_end()
    page.result.again.click()
    assert page.pages.currentWidget() is page.round and "round 2" in page.round.title.text()
    page.round.left.emit()
    assert [(r.coder, r.nr, r.ended is None) for r in page.sets.rounds] == [("Bas", 1, False), ("Bas", 2, True)]
    page = as_coder(desk, "Anna")
    assert [r.coder for r in page.sets.rounds] == ["Bas", "Bas"], "the onderzoeker sees everybody"
    assert page.sets.begin.text() == "Begin"
    with project(desk).project.read() as session:
        assert len(practice_scores.of_set(session, number)) == 1
    opened = project(desk)
    opened.project.step(message("Add"), team.add, "Cas")
    page = as_coder(desk, "Cas")
    assert page.sets.rounds == [], "a student sees their own"
    page = as_coder(desk, "Anna")
    page.sets._remove()
    assert page.sets.rows == []
    project(desk).undo()
    assert len(page.sets.rounds) == 2


def test_a_set_that_goes_during_a_round_brings_back_to_the_sets(desk: Desk) -> None:
    number = made_set(desk)
    page = practise(desk)
    page.sets.begin.click()
    assert page.pages.currentWidget() is page.round
    project(desk).do(message("Remove"), practice.remove_set, number)
    assert page.pages.currentWidget() is page.sets
