"""The frame: places, undo by name, messages, Ctrl+K, dropped files, language at run time, errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from codebook import founding
from corpora.errors import ProjectError
from corpora.messages import Message, message
from workbench import field_keys, i18n
from workbench.app import Desk
from workbench.mainwindow import WELCOME, MainWindow
from workbench.menus import other_words
from workbench.places import furnish
from workbench.settings import Settings, load_settings
from workbench.widgets.command_palette import PaletteItem, fuzzy_score, score_of
from workbench.widgets.facet_values import folded


class SmallProject(QObject):
    """What the window knows of a project, without a database."""

    changed = Signal(object)
    message = Signal(object, bool)
    failed = Signal(object)
    coderRenamed = Signal(str)
    title = "Wijkteams"
    path = "/tmp/w.narratief"

    def __init__(self) -> None:
        super().__init__()
        self.undo_label: Message | None = None
        self.redo_label: Message | None = None
        self.calls: list[str] = []

    def undo(self) -> None:
        self.calls.append("undo")

    def redo(self) -> None:
        self.calls.append("redo")

    def close(self) -> None:
        self.calls.append("close")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path))
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def window(qtbot: Any) -> MainWindow:
    made = MainWindow(Settings())
    qtbot.addWidget(made)
    made.register_place("material", "Material", "material", lambda: QLabel("here is material"))
    made.register_place("coding", "Coding", "coding", lambda: QLabel("here is coding"))
    return made


def test_without_a_project_the_first_page_is_shown(window: MainWindow) -> None:
    assert window.here() == WELCOME
    assert not window.rail.isVisibleTo(window)
    assert not window.menus.actions["go_coding"].isEnabled()


def test_places_are_made_when_opened_and_anew_for_another_project(window: MainWindow, qtbot: Any) -> None:
    window.set_project(SmallProject())
    assert window.here() == "material" and window.place_widget("coding") is None
    first = window.open_place("coding")
    assert window.open_place("coding") is first and window.open_place("nowhere") is None
    window.set_project(SmallProject())
    assert window.place_widget("coding") is None


def test_ctrl_2_opens_the_second_place(window: MainWindow, qtbot: Any) -> None:
    window.set_project(SmallProject())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    with qtbot.waitSignal(window.placeOpened) as opened:
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == ["coding"]


def test_a_field_does_not_keep_a_key_of_the_program(window: MainWindow, qtbot: Any, monkeypatch: Any) -> None:
    field = QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert _takes(field, Qt.Key.Key_C) and not _takes(field, Qt.Key.Key_E)
    monkeypatch.setattr(field_keys, "OURS", (QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_C),))
    assert not _takes(field, Qt.Key.Key_C)


def _takes(field: QLineEdit, pressed: Qt.Key) -> bool:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, pressed, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(field, asked)
    return asked.isAccepted()


@pytest.mark.parametrize("clicked", [False, True])
def test_enter_presses_the_button_in_hand(window: MainWindow, qtbot: Any, clicked: bool) -> None:
    pressed: list[bool] = []
    button = QPushButton("Choose copies…", window)
    button.clicked.connect(lambda: pressed.append(True))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.show()
    if clicked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        pressed.clear()
    else:
        button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(button, enter)
    assert len(pressed) == 2


def test_a_clicked_button_leaves_enter_to_its_page(window: MainWindow, qtbot: Any) -> None:
    page = EnterPage(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.show()
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    page.pressed.clear()
    qtbot.keyClick(page.button, Qt.Key.Key_Return)
    page.setFocus()
    page.button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.button, Qt.Key.Key_Return)
    assert page.pressed == ["page", "button"]


class EnterPage(QWidget):
    """A page that uses Enter itself, with a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pressed: list[str] = []
        self.button = QPushButton("Split", self)
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        self.pressed.append("page")


def test_undo_says_what_it_takes_back(window: MainWindow) -> None:
    project = SmallProject()
    window.set_project(project)
    undo = window.menus.actions["undo"]
    assert not undo.isEnabled()
    project.undo_label = message("Add coder {name}", name="Bo")
    project.changed.emit(None)
    assert undo.isEnabled() and undo.text() == "&Undo: Add coder Bo"
    undo.trigger()
    project.message.emit(message("Add coder {name}", name="Bo"), True)
    assert window.foot.message() == "Add coder Bo"
    window.foot._undo.click()
    assert project.calls == ["undo", "undo"]
    assert window.foot.message() == ""


def test_a_narrow_window_keeps_room_for_the_place(window: MainWindow) -> None:
    window.set_project(SmallProject())
    window.resize(1366, 768)
    window.show()
    wide = window.rail.width()
    window.resize(900, 768)
    assert window.rail.width() < wide / 2
    assert "Material" in window.rail._buttons["material"].accessibleName()


def test_an_error_stays_at_the_foot(window: MainWindow) -> None:
    project = SmallProject()
    window.set_project(project)
    project.failed.emit(message("{file} is damaged.", file="a.txt"))
    assert window.foot.message() == "a.txt is damaged."
    assert window.foot.history[0].error


def test_dropped_files_and_projects_are_told_apart(window: MainWindow, qtbot: Any) -> None:
    def drop(*names: str) -> None:
        load = QMimeData()
        load.setUrls([QUrl.fromLocalFile(name) for name in names])
        window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, load, Qt.MouseButton.LeftButton,
                                    Qt.KeyboardModifier.NoModifier))

    with qtbot.waitSignal(window.filesDropped) as dropped:
        drop("/a b/één.docx", "/map")
    assert dropped.args == [["/a b/één.docx", "/map"]]
    with qtbot.waitSignal(window.openRequested) as opened:
        drop("/x.narratief")
    assert opened.args == ["/x.narratief"]


def test_ctrl_k_finds_actions_and_what_panels_offer(window: MainWindow, qtbot: Any) -> None:
    chosen: list[str] = []
    window.add_provider(lambda typed: [PaletteItem("Coördinatie", "code", lambda: chosen.append("code"))])
    window.set_project(SmallProject())
    window.show()
    panel = window.palette_panel
    panel.open()
    qtbot.keyClicks(panel._field, "coord")
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert chosen == ["code"] and not panel.isVisible()
    panel.open()
    qtbot.keyClicks(panel._field, "codng")
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert window.here() == "coding"


@pytest.mark.parametrize(("better", "worse", "typed"), [
    ("Coderen", "Decoderen", "cod"), ("Nieuw project", "Van een ander project", "np"), ("wijk", "wijkteam ijk", "ijk"),
])
def test_a_nearer_text_is_found_first(better: str, worse: str, typed: str) -> None:
    first, second = fuzzy_score(folded(better), typed), fuzzy_score(folded(worse), typed)
    assert first is not None and (second is None or first <= second)
    assert fuzzy_score("abc", "cb") is None


@pytest.mark.parametrize("typed", ["voeg samen", "samenvoegen kopieën", "merge", "inlezen"])
def test_an_action_is_found_by_other_words(typed: str) -> None:
    item = PaletteItem("Kopieën samenvoegen", "opdracht", list, also="voeg samen, inlezen, merge")
    other = PaletteItem("Vergroten", "opdracht", list)
    found = score_of(item, folded(typed))
    assert found is not None and found < (score_of(other, folded(typed)) or 1_000)
    assert score_of(other, "samen") is None
    whole, longer = (score_of(PaletteItem(text, "", list), "team") for text in ("Team", "teamleider"))
    assert whole is not None and longer is not None and whole < longer


def test_every_other_word_belongs_to_an_action(window: MainWindow, qtbot: Any) -> None:
    desk = Desk(Settings(language="en"), lambda path: SmallProject(), furnish)
    qtbot.addWidget(desk.window)
    assert set(other_words()) <= set(desk.window.menus.actions)


def test_the_language_changes_at_run_time_and_the_place_stays(qtbot: Any) -> None:
    def furnish(desk: Desk, window: MainWindow) -> None:
        window.register_place("a", "A", "material", QLabel)
        window.register_place("b", "B", "coding", QLabel)

    project = SmallProject()
    desk = Desk(Settings(language="en"), lambda path: project, furnish)
    assert desk.open_project("/w.narratief")
    desk.window.open_place("b")
    first = desk.window
    desk.choose_language("nl")
    qtbot.addWidget(desk.window)
    assert desk.window is not first
    assert desk.window.menus.actions["quit"].text() == "&Afsluiten"
    assert desk.window.here() == "b" and desk.window.project is project
    assert load_settings().language == "nl" and load_settings().recent == ["/w.narratief"]
    desk.close_project()
    assert project.calls == ["close"] and desk.window.here() == WELCOME


def test_a_project_that_cannot_be_opened_is_said_at_the_foot(qtbot: Any) -> None:
    def refuse(path: str) -> SmallProject:
        raise ProjectError("{file} is no project.", file=path)

    desk = Desk(Settings(), refuse)
    qtbot.addWidget(desk.window)
    assert not desk.open_project("/no.narratief")
    assert desk.window.foot.message() == "/no.narratief is no project."


def test_a_project_that_opens_but_cannot_be_read_is_said_at_the_foot_and_the_window_stays(
        qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "stuk.narratief"
    founding.found(path, author="Anna").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE change_step RENAME COLUMN label TO old")
    desk = Desk(Settings(coder="Anna"))
    qtbot.addWidget(desk.window)
    assert not desk.open_project(str(path))
    assert "stuk.narratief" in desk.window.foot.message() and desk.project is None
    desk.close_project()


def test_an_unexpected_error_goes_to_a_file_and_not_to_the_user(qtbot: Any, tmp_path: Path) -> None:
    desk = Desk(Settings())
    qtbot.addWidget(desk.window)
    desk.report_crash(KeyError, KeyError("secret detail"), None)
    assert "secret detail" not in desk.window.foot.message()
    assert "secret detail" in (tmp_path / "errors.log").read_text(encoding="utf-8")


def test_every_button_of_the_frame_has_a_name_for_a_screen_reader(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton

    window.set_project(SmallProject())
    buttons = [b for b in window.findChildren(QAbstractButton) if b.isVisibleTo(window)]
    assert len(buttons) >= 5
    assert [b for b in buttons if not (b.text() or b.accessibleName())] == []


def test_without_a_name_one_is_invited_to_say_it_and_not_forced(qtbot: Any) -> None:
    for name, role in (("", "primary"), ("Noor", "flat")):
        made = MainWindow(Settings(coder=name))
        qtbot.addWidget(made)
        made.register_place("material", "Material", "material", lambda: QLabel("here is material"))
        made.set_project(SmallProject())
        assert made.title_row._coder.property("role") == role
        assert made.here() == "material"


def test_enter_presses_a_button_of_the_first_page(window: MainWindow, qtbot: Any) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.welcome.setFocus()
    button = window.welcome.findChildren(QPushButton)[0]
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
