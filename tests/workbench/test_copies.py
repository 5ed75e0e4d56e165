"""Copies in the real window: dropped on it, looked into, merged, taken back; and one made for a coder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from codebook import codes
from codebook.packages import package
from corpora.store.project import Project
from tests.codebook.merge_plays import begin, copy, play
from tests.workbench.coding_places import in_light
from workbench.app import Desk
from workbench.copying import Copying
from workbench.panels.copies_merge import MergePage, kind_names
from workbench.panels.copies_package import PackagePage
from workbench.panels.who import WhoPage
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    base = begin(tmp_path)
    for who, at in (("Noor", 0), ("Sem", 3)):
        away = copy(base, tmp_path / f"{who}.narratief", who)
        play(away, [("new_code", 1, 0, at)])
        away.close()
    found = Desk(Settings(coder="Mirthe"), furnish=furnish)
    qtbot.addWidget(found.window)
    assert found.open_project(str(base))
    return found


def drop(desk: Desk, *paths: Path) -> None:
    load = QMimeData()
    load.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    desk.window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, load, Qt.MouseButton.LeftButton,
                                     Qt.KeyboardModifier.NoModifier))


def steps(desk: Desk) -> int:
    project: Any = desk.project
    return len(project.project.log())


def page(desk: Desk) -> MergePage:
    shown = desk.window.page()
    assert isinstance(shown, MergePage)
    return shown


def test_dropped_copies_are_shown_first_and_merged_in_one_step(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    before = steps(desk)
    drop(desk, tmp_path / "Noor.narratief")
    drop(desk, tmp_path / "Sem.narratief")
    qtbot.waitUntil(lambda: page(desk).go.isEnabled() and page(desk).table.rowCount() > 0, timeout=30_000)
    kinds = {page(desk).table.item(row, 0).text() for row in range(page(desk).table.rowCount())}
    assert kind_names()["same_name"] in kinds
    assert steps(desk) == before
    qtbot.mouseClick(page(desk).go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.page() is None, timeout=30_000)
    project: Any = desk.project
    assert project.undo_label is not None and "Noor, Sem" in str(project.undo_label)
    with project.project.read() as session:
        assert [e.code.label for e in codes.entries(session)].count("Steun") == 1
    project.undo()
    assert steps(desk) > before
    assert str(project.undo_label) != "Merge Noor, Sem"


def test_a_choice_is_looked_into_again(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    drop(desk, tmp_path / "Noor.narratief", tmp_path / "Sem.narratief")
    qtbot.waitUntil(lambda: page(desk).go.isEnabled(), timeout=30_000)
    found = page(desk).found
    assert found is not None and found.added["codes"] == 1
    same = kind_names()["same_name"]
    row = next(n for n in range(page(desk).table.rowCount()) if page(desk).table.item(n, 0).text() == same)
    picker = page(desk).table.cellWidget(row, 4).findChild(QComboBox)
    assert isinstance(picker, QComboBox)
    picker.setCurrentIndex(picker.findData("both"))
    picker.activated.emit(picker.currentIndex())
    qtbot.waitUntil(lambda: page(desk).go.isEnabled() and page(desk).found is not found, timeout=30_000)
    again = page(desk).found
    assert again is not None and again.added["codes"] == 2


def test_the_words_above_a_choice_are_never_cut_off(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.window.resize(1280, 740)
    desk.window.show()
    drop(desk, tmp_path / "Noor.narratief", tmp_path / "Sem.narratief")
    table = page(desk).table
    qtbot.waitUntil(lambda: table.rowCount() > 0, timeout=10_000)
    in_light()
    for width in range(1366, 1000, -30):
        desk.window.resize(width, 740)
        qtbot.waitUntil(lambda: fits(table), timeout=3_000)


def fits(table: QTableWidget) -> bool:
    """Whether the words above a choice have the room that they ask at their width."""
    labels = [label for n in range(table.rowCount()) if table.cellWidget(n, 4)
              for label in table.cellWidget(n, 4).findChildren(QLabel)]
    return bool(labels) and all(label.height() >= label.heightForWidth(label.width()) for label in labels)


def test_a_copy_says_all_of_what_it_holds(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(1280, 740)
    desk.window.show()
    desk.window.menus.actions["package"].trigger()
    shown = desk.window.page()
    assert isinstance(shown, PackagePage)
    qtbot.waitUntil(shown.isVisible)
    words = [w for w in shown.findChildren(QLabel) if w.wordWrap()]
    assert words and all(w.height() >= w.heightForWidth(w.width()) for w in words)


def test_a_bad_file_is_told_and_nothing_happens(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "brief.narratief").write_text("Geachte heer,", encoding="utf-8")
    before = steps(desk)
    drop(desk, tmp_path / "brief.narratief")
    qtbot.waitUntil(lambda: "brief.narratief" in page(desk).counts.text(), timeout=30_000)
    assert not page(desk).go.isEnabled()
    assert steps(desk) == before


def test_the_menu_makes_a_copy_for_a_coder(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.window.menus.actions["package"].trigger()
    shown = desk.window.page()
    assert isinstance(shown, PackagePage)
    assert not shown.go.isEnabled()
    shown.coder.setEditText("Iris")
    assert shown.go.isEnabled() and shown.blind.isChecked()
    copying = next(c for c in desk.window.children() if isinstance(c, Copying))
    copying.package(tmp_path / "iris.narratief", "Iris", True)
    qtbot.waitUntil(lambda: "iris.narratief" in desk.window.foot.message(), timeout=30_000)
    away = Project.open(tmp_path / "iris.narratief")
    away.close()
    assert desk.window.page() is None


@pytest.mark.parametrize("who", ["", "Sem"])
def test_a_copy_knows_whose_it_is(desk: Desk, qtbot: QtBot, tmp_path: Path, who: str) -> None:
    project: Any = desk.project
    package(project.project, tmp_path / "voor Noor.narratief", "Noor", blind=True)
    away = Desk(Settings(coder=who), furnish=furnish)
    qtbot.addWidget(away.window)
    assert away.open_project(str(tmp_path / "voor Noor.narratief"))
    shown = away.window.page()
    if who:
        assert shown is None and "Noor" in away.window.foot.message()
        assert away.open_project(str(tmp_path / "Noor.narratief")) and away.window.foot.message() == ""
    else:
        assert isinstance(shown, WhoPage) and shown.name.text() == "Noor" and shown.go.isEnabled()
        shown.go.click()
        opened: Any = away.project
        assert opened.coder == "Noor" and away.window.foot.message() == ""
    away.close_project()


def test_questions_for_files_begin_where_the_project_lies(
        desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for name, nothing in (("getOpenFileNames", ([], "")), ("getOpenFileName", ("", "")), ("getSaveFileName", ("", ""))):
        monkeypatch.setattr(QFileDialog, name, lambda _parent, _title, start="", *_more, nothing=nothing: (
            asked.append(start), nothing)[1])
    monkeypatch.chdir("/")
    desk.window.menus.actions["merge"].trigger()
    page(desk).ask_files()
    desk.window.leave_page()
    desk.window.menus.actions["open"].trigger()
    desk.window.menus.actions["export_codings"].trigger()
    opened: Any = desk.project
    assert asked == [str(tmp_path), str(tmp_path), str(tmp_path / "base.csv")]
    assert isinstance(opened, OpenProject) and opened.beside("x.csv") == str(tmp_path / "x.csv")
