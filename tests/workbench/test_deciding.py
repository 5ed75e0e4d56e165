"""Verschillen, played on the real window: forty differences by keyboard alone, and what else one does there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from codebook import asking, coding
from codebook.models import Code, Coder, Coding, Decision, Flag, Rechecked
from codebook.reading import Reading
from corpora.messages import message
from corpora.store.project import Project
from tests.workbench import deciding_study as study
from workbench import i18n
from workbench.app import Desk
from workbench.panels.deciding_page import DecidingPage
from workbench.places import furnish
from workbench.settings import Settings


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    i18n.set_language("nl")
    made = Desk(Settings(language="nl", coder="Mirthe"), furnish=furnish)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    yield made
    made.close_project()
    i18n.set_language("en")


def open_page(desk: Desk, qtbot: QtBot, project: Project) -> DecidingPage:
    place = project.path
    project.close()
    desk.open_project(str(place))
    together: Any = desk.window.open_place("agreement")
    page: DecidingPage = together.show_tab("deciding")
    desk.window.activateWindow()
    page.differences.frame.list.setFocus()
    qtbot.waitUntil(lambda: page.differences.frame.list.hasFocus())
    return page


def press(qtbot: QtBot, *keys: str) -> None:
    """Type keys where the focus is, as a person does."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        qtbot.keyClicks(focus, key)


def project_of(desk: Desk) -> Project:
    opened: Any = desk.project
    found: Project = opened.project
    return found


def decisions(desk: Desk) -> dict[tuple[int, int], tuple[bool, str]]:
    with project_of(desk).read() as session:
        return {(d.narratief_id, d.code_id): (d.yes, d.reason) for d in session.scalars(select(Decision))}


def shown_buttons(widget: QWidget) -> list[QPushButton]:
    return [button for button in widget.findChildren(QPushButton) if button.isVisible()]


def said(widget: QWidget, words: str) -> bool:
    return words in getattr(widget, "text", str)()


def test_forty_differences_by_keyboard_alone(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path))
    walk, at = page.differences, study.code_ids(project_of(desk))
    factor, outcome, other = (at[label] for label in study.WAT)
    assert walk.where.text() == "0 van 40 beslist"
    assert page.buttons[0].text() == "Verschillen  40"
    assert "Noor" in walk.votes.horizontalHeaderItem(1).text()  # type: ignore[union-attr]
    ids = [key[0] for key in walk.frame.list.order()]  # type: ignore[index]

    press(qtbot, *"ab20")  # four answers, and it moves on by itself
    assert walk.where.text() == "4 van 40 beslist"
    press(qtbot, "r")  # a reason, kept with the next decision
    press(qtbot, *"zie ankervoorbeeld")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said(walk.why, "zie ankervoorbeeld")
    press(qtbot, "a")
    press(qtbot, "o")  # another code, by its first letters
    press(qtbot, *"auton")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    press(qtbot, "s")  # skip one, and come back to it at the end
    for n in range(34):
        press(qtbot, "ab"[n % 2])
    assert walk.where.text() == "40 van 40 beslist"
    assert page.buttons[0].text() == "Verschillen  0"

    found = decisions(desk)
    assert len({narratief for narratief, _code in found}) == 40
    assert found[ids[0], factor] == (True, "")
    assert found[ids[0], outcome] == (False, "")
    assert found[ids[1], outcome] == (True, "")
    assert (found[ids[2], factor], found[ids[2], outcome]) == ((True, ""), (True, ""))
    assert (found[ids[3], factor], found[ids[3], outcome]) == ((False, ""), (False, ""))
    assert found[ids[4], factor] == (True, "zie ankervoorbeeld")
    assert (found[ids[5], other], found[ids[5], factor], found[ids[5], outcome]) == (
        (True, ""), (False, ""), (False, ""))
    assert (found[ids[6], factor], found[ids[6], outcome]) == ((False, ""), (True, ""))  # skipped, and decided last

    # The decided set: what was decided, and for the rest what coders gave.
    reading = Reading(project_of(desk))
    listed = [int(n) for n in asking.ask(reading, '"Werkzame factor"', codings="decided").ids]
    alike = [int(n) for n in reading.index.ids(reading.index.live) if n not in ids]
    assert len(alike) == 5
    assert set(listed) == {n for (n, code), (yes, _why) in found.items() if code == factor and yes} | set(alike)

    # Every decision is one step: undo takes them back one by one.
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: walk.where.text() == "39 van 40 beslist")


def test_undo_and_redo_go_back_to_the_difference(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    walk = open_page(desk, qtbot, study.make(tmp_path)).differences
    keys: list[Any] = walk.frame.list.order()
    press(qtbot, *"ab2")
    assert walk.here == keys[3]
    for where in (2, 1):
        desk.window.undo()
        assert walk.here == keys[where] and walk.where.text() == f"{where} van 40 beslist"
    desk.window.redo()
    assert walk.here == keys[1] and walk.where.text() == "2 van 40 beslist"
    press(qtbot, "s")
    assert walk.here == keys[2]


def test_what_all_agree_on_is_accepted_in_one_step(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 3, 4))
    assert "11" in page.differences.accept.text()  # HOE seven times, WAT four times
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(decisions(desk)) == 11
    assert all(yes for yes, _reason in decisions(desk).values())
    assert page.differences.where.text() == "0 van 3 beslist"
    desk.window.project.undo()  # type: ignore[union-attr]
    assert decisions(desk) == {}


def test_three_coders_have_numbers_votes_and_a_majority(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 4, 1, ("Noor", "Sem", "Yara")))
    walk, at = page.differences, study.code_ids(project_of(desk))
    factor, outcome = at["Werkzame factor"], at["Outcome"]
    ids = [key[0] for key in walk.frame.list.order()]  # type: ignore[index]
    texts = [walk.votes.item(row, 4).text() for row in range(walk.votes.rowCount())]  # type: ignore[union-attr]
    assert sorted(texts) == ["1/3", "2/3"]
    press(qtbot, "2", "m", "+", "3")
    found = decisions(desk)
    assert [(found[n, factor][0], found[n, outcome][0]) for n in ids] == [
        (False, True), (True, False), (True, True), (True, False)]
    walk.bar.coders.setCurrentIndex(1)
    walk.bar.coders.picked.emit()
    assert walk.where.text().endswith("van 4 beslist")
    assert walk.votes.columnCount() == 4


def test_a_coding_that_changed_after_the_decision_shows(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 2, 0))
    walk, project, at = page.differences, project_of(desk), study.code_ids(project_of(desk))
    press(qtbot, "a", "a")
    first = walk.walk.shown()[0]
    with project.read() as session:
        sem = coding.find_coder(session, "Sem").id
    project.step(message("Sem"), coding.remove, sem, [first.place.narratief_id], [at["Outcome"]])
    assert walk.where.text() == "1 van 2 beslist"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert "Gewijzigd sinds" in walk.state.text()
    assert decisions(desk)[first.place.narratief_id, at["Werkzame factor"]][0] is True
    press(qtbot, "k")
    assert walk.where.text() == "2 van 2 beslist"


def test_a_code_alone_is_decided_and_taken_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 2, 0))
    walk = page.differences
    first = walk.here
    press(qtbot, "j")
    assert len(decisions(desk)) == 1
    assert walk.here == first  # the other code is still open
    press(qtbot, "n")
    assert [yes for yes, _reason in decisions(desk).values()] == [True, False]
    assert walk.here != first
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert walk.here == first
    press(qtbot, "x")
    assert decisions(desk) == {}


def test_filters_confine_the_walk(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 20, 0))
    walk = page.differences
    walk.bar.document.setCurrentIndex(2)
    walk.bar.document.picked.emit()
    assert walk.where.text() == "0 van 5 beslist"
    walk.bar.document.setCurrentIndex(0)
    walk.bar.state.choose("todo")
    walk.bar.state.picked.emit()
    walk.frame.list.setFocus()
    press(qtbot, "a")
    assert walk.where.text() == "1 van 20 beslist"  # what is decided stays in sight, to go back to
    walk.bar.code.choose(str(study.code_ids(project_of(desk))["Autonomie"]))
    walk.bar.code.picked.emit()
    assert walk.where.text() == "0 van 0 beslist"


def test_the_codebook_is_sharpened_on_the_spot(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 2, 0))
    walk, factor = page.differences, study.code_ids(project_of(desk))["Werkzame factor"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert walk.code == factor
    press(qtbot, "d")
    walk.sharpening.fields["definition"].selectAll()
    press(qtbot, "Wat helpt.")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert walk.frame.list.hasFocus()
    with project_of(desk).read() as session:
        before = session.get_one(Code, factor).example
        assert session.get_one(Code, factor).definition == "Wat helpt."
    assert "Wat helpt." in walk.definitions.toPlainText()
    press(qtbot, "e")
    with project_of(desk).read() as session:
        words = "Verhaal 1: we zaten aan tafel en het viel op zijn plek."
        assert session.get_one(Code, factor).example == f"{before}\n{words}"
    # Both coders' codings were made under the old words: they are listed to look at again.
    assert page.buttons[2].text() == "Definitie gewijzigd  2"
    page.show_walk(2)
    press(qtbot, "j")
    with project_of(desk).read() as session:
        assert len(list(session.scalars(select(Rechecked)))) == 1
    assert page.buttons[2].text() == "Definitie gewijzigd  1"
    press(qtbot, "n")  # Noor's coding: decided against by Mirthe, not taken off
    assert page.buttons[2].text() == "Definitie gewijzigd  0"
    assert [yes for yes, _reason in decisions(desk).values()] == [False]
    with project_of(desk).read() as session:
        assert len(list(session.scalars(select(Coding).where(Coding.code_id == factor)))) == 2


def test_what_to_discuss_is_walked_too(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    project = study.make(tmp_path, 2, 0)
    with project.read() as session:
        noor = coding.find_coder(session, "Noor").id
        narratief = next(iter(session.scalars(select(Coding.narratief_id))))
    project.step(message("Flag"), coding.set_flag, noor, narratief, True, "twee verhalen in één")
    page = open_page(desk, qtbot, project)
    assert page.buttons[1].text() == "Bespreken  1"
    assert "twee verhalen in één" in page.differences.frame.notes.text()
    page.show_walk(1)
    assert "twee verhalen in één" in page.flags.frame.notes.text()
    press(qtbot, "v")
    with project_of(desk).read() as session:
        assert list(session.scalars(select(Flag))) == []
    assert page.buttons[1].text() == "Bespreken  0"


def test_one_coder_alone_is_told_what_to_do(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    project = study.make(tmp_path, 2, 0, ("Noor",))
    place = project.path
    project.close()
    desk.open_project(str(place))
    together: Any = desk.window.open_place("agreement")
    page: DecidingPage = together.show_tab("deciding")
    assert page.empty.isVisible()
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.empty.focusProxy())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert together.here() == "team"
    with project_of(desk).read() as session:
        assert [c.name for c in session.scalars(select(Coder))] == ["Noor"]  # looking makes nobody a coder



def test_the_palette_finds_it(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    project = study.make(tmp_path, 1, 0)
    place = project.path
    project.close()
    desk.open_project(str(place))
    palette = desk.window.palette_panel
    palette.open()
    qtbot.keyClicks(palette._field, "verschillen")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    together: Any = desk.window.place_widget("agreement")
    walk = together.page("deciding").differences
    assert together.here() == "deciding" and walk.frame.list.hasFocus()  # its keys work at once
    together.show_tab("team")
    bar = together.tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    qtbot.waitUntil(walk.frame.list.hasFocus)
    press(qtbot, "a")
    assert walk.where.text() == "1 van 1 beslist"


def test_the_mouse_does_it_too(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(desk, qtbot, study.make(tmp_path, 3, 0))
    walk, at = page.differences, study.code_ids(project_of(desk))
    factor = at["Werkzame factor"]
    row = next(n for n in range(walk.votes.rowCount())
               if "Werkzame" in walk.votes.item(n, 0).text())  # type: ignore[union-attr]
    qtbot.mouseClick(walk.votes.viewport(), Qt.MouseButton.LeftButton,
                     pos=walk.votes.visualRect(walk.votes.model().index(row, 0)).center())
    assert walk.code == factor
    assert walk.definitions.toPlainText().startswith("Werkzame factor")
    for words in ("Noor   a", "geen van beide   0", "beide   2"):
        qtbot.waitUntil(lambda words=words: any(b.text() == words for b in shown_buttons(walk.ways)))
        button = next(b for b in shown_buttons(walk.ways) if b.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert walk.where.text() == "3 van 3 beslist"
    assert [yes for (_n, code), (yes, _why) in sorted(decisions(desk).items()) if code == factor] == [True, False, True]
    assert walk.frame.list.hasFocus()
