"""Logboek van wijzigingen in the real window: filtered, opened, written, and the history of a coding."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from codebook import codes, coding
from corpora.messages import message
from corpora.store.base import now
from corpora.store.changes import Step
from tests.codebook.test_trail import long_log
from tests.workbench.coding_places import code_of, founded, in_light, narratieven
from workbench.app import Desk
from workbench.i18n import set_language
from workbench.itemmodels.trail_rows import A_PAGE, STATE, WHAT, state_name, state_names
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings

Key = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    in_light()
    set_language("en")  # another test may have left another one
    founded(tmp_path, 2).close()
    made = Desk(Settings(coder="Anna"), furnish=furnish)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.addWidget(made.window)
    assert made.open_project(str(tmp_path / "proef.narratief"))
    yield made
    made.close_project()


def project(desk: Desk) -> OpenProject:
    found: Any = desk.project
    return found


def trail_page(desk: Desk) -> Any:
    return desk.window.open_place("agreement").show_tab("trail")


def worked(desk: Desk) -> tuple[int, int]:
    """Anna gives a code to the first narratief and takes it off; returns both."""
    opened = project(desk)
    first, code = narratieven(opened)[0], code_of(opened, "WAT:Autonomie")
    opened.do(message("Narratief {nr}: on", nr=1), coding.apply, opened.coder_id, [first], [code])
    opened.do(message("Narratief {nr}: off", nr=1), coding.remove, opened.coder_id, [first], [code])
    opened.do(message("Definition"), codes.describe, code, definition="Zelf bepalen")
    return first, code


def whats(page: Any) -> list[str]:
    return [str(page.model.index(row, WHAT).data()) for row in range(page.model.rowCount())]


def pick(box: Any, value: object) -> None:
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n) == value))
    box.activated.emit(box.currentIndex())


def test_filtered_by_every_means(desk: Desk, qtbot: QtBot) -> None:
    page = trail_page(desk)
    _first, code = worked(desk)
    assert whats(page)[:3] == ["Definition", "Narratief 1: off", "Narratief 1: on"], "follows what is done"
    pick(page.filter.thing, "codings")
    assert whats(page) == ["Narratief 1: off", "Narratief 1: on"]
    pick(page.filter.thing, "")
    pick(page.filter.code, code)
    assert whats(page)[:3] == ["Definition", "Narratief 1: off", "Narratief 1: on"]
    pick(page.filter.document, 2)
    assert whats(page) == []
    assert page.said.text() == "No step answers to this."
    pick(page.filter.document, 1)
    assert whats(page) == ["Narratief 1: off", "Narratief 1: on"]
    pick(page.filter.document, None)
    pick(page.filter.code, None)
    qtbot.keyClicks(page.filter.words, "narratief OFF")
    qtbot.waitUntil(lambda: whats(page) == ["Narratief 1: off"])
    page.filter.words.clear()
    pick(page.filter.period, "between")
    page.filter.until.setDate(QDate.currentDate().addDays(-1))
    page.filter.since.setDate(QDate.currentDate().addDays(-9))
    assert whats(page) == []
    pick(page.filter.period, "6")
    assert len(whats(page)) >= 4


def test_tells_what_a_step_did_and_opens_it(desk: Desk, qtbot: QtBot) -> None:
    first, code = worked(desk)
    page = trail_page(desk)
    page.table.setCurrentIndex(page.model.index(0, 0))
    page._show_detail()
    assert "Zelf bepalen" in page.detail.toPlainText()
    assert page.open_button.isEnabled() and not page.history_button.isEnabled()
    page._open()
    place: Any = desk.window.place_widget("coding")
    assert desk.window.here() == "coding" and place.codebook.isVisible()
    page = trail_page(desk)
    page.table.setCurrentIndex(page.model.index(1, 0))
    page._open()
    assert place.coding.desk.current == first
    assert code


def history(page: Any) -> list[str]:
    table = page.history.table
    return [table.item(row, 2).text() for row in range(table.rowCount())]


def test_history_of_a_coding_from_the_log_and_from_coding(desk: Desk, qtbot: QtBot) -> None:
    first, code = worked(desk)
    project(desk).undo()
    page = trail_page(desk)
    row = next(n for n, step in enumerate(page.model.steps) if "off" in str(step.label))
    page.table.setCurrentIndex(page.model.index(row, 0))
    page._show_detail()
    qtbot.mouseClick(page.history_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: history(page) == ["WAT:Autonomie given", "WAT:Autonomie taken off"])
    assert page.history.title.text() == "Gesprek 1 · 1 · WAT:Autonomie"
    project(desk).undo()
    qtbot.waitUntil(lambda: len(history(page)) == 3)
    assert history(page)[-1] == "WAT:Autonomie given (undo)"
    qtbot.keyClick(page.history.table, Key.Key_Escape)
    assert page.pages.currentIndex() == 0
    place: Any = desk.window.open_place("coding")
    place.show_narratief(first)
    place.coding.commands.shown_code = code
    action = next(a for a in place.coding.menu().actions() if "History" in a.text())
    action.trigger()
    assert desk.window.here() == "agreement" and page.pages.currentIndex() == 1
    qtbot.waitUntil(lambda: len(history(page)) == 3)


def test_written_to_a_file_as_filtered(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    worked(desk)
    page = trail_page(desk)
    pick(page.filter.thing, "codings")
    for name in ("log.csv", "log.xlsx"):
        with qtbot.waitSignal(project(desk).message):
            page.write(tmp_path / name)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == ["Narratief 1: on", "Narratief 1: off"]
    assert {row["coder"] for row in rows} == {"Anna"}
    book = load_workbook(tmp_path / "log.xlsx")
    assert any("Narratief 1: off" in str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)


def test_a_hundred_thousand_steps_open_at_once_and_come_as_one_scrolls(desk: Desk, qtbot: QtBot) -> None:
    long_log(project(desk).project, 100_000)
    begun = time.perf_counter()
    page = trail_page(desk)
    assert len(page.model.steps) >= A_PAGE
    first = time.perf_counter() - begun
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.model.steps) >= 2 * A_PAGE)
    begun = time.perf_counter()
    page.filter.words.setText("komt nergens voor")
    page.filter.changed.emit()
    searched = time.perf_counter() - begun
    assert not page.model.finished(), "the search goes on behind, in pieces"
    qtbot.waitUntil(page.model.finished, timeout=60_000)
    assert page.model.steps == []
    assert first < 3.0 and searched < 1.0, (first, searched)


def test_what_others_do_comes_in_front_and_nobody_is_put_back_to_the_top(desk: Desk) -> None:
    first, code = worked(desk)
    page = trail_page(desk)
    page.table.setCurrentIndex(page.model.index(2, 0))
    held = page.step()
    opened = project(desk)
    opened.do(message("Once more"), coding.apply, opened.coder_id, [first], [code])
    assert whats(page)[0] == "Once more"
    assert page.step() == held and page.table.currentIndex().row() == 3
    opened.undo()
    assert [page.model.index(row, 3).data() for row in (0, 1)] == ["undo", "undone"]
    page.table.setCurrentIndex(page.model.index(0, 0))
    opened.redo()
    assert page.table.currentIndex().row() == 0 and len(whats(page)) == len(set(s.id for s in page.model.steps))


@pytest.mark.parametrize(("kind", "state", "said"), [
    ("do", "done", ""), ("genesis", "done", ""), ("merged", "done", "from a copy"), ("merged", "undone", "undone"),
    ("redo", "done", "redo")])
def test_how_a_step_stands_is_said_in_words(desk: Desk, kind: str, state: str, said: str) -> None:
    assert state_name(Step(1, now(), "Noor", message("Work"), kind, state, 1)) == said


def test_how_a_step_stands_is_never_cut_off(desk: Desk, qtbot: QtBot) -> None:
    set_language("nl")
    page = trail_page(desk)
    room = page.table.columnWidth(STATE) - 2 * page.table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin)
    longest = max(page.table.fontMetrics().horizontalAdvance(word) for word in state_names())
    assert room > longest > page.table.fontMetrics().horizontalAdvance("ongedaan")
