"""A project on a server in the window: shared, opened, seen moving; texts that meet; a connection that falls away."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from codebook import codes, coding
from corpora import documents, narratives
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook.places import code_ids, dump, project_with_text
from tests.postgres import own_database
from tests.wire import Wire
from workbench import i18n
from workbench.app import Desk
from workbench.panels.coding_book import CodebookPage
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings, load_settings
from workbench.sharing import Sharing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    i18n.set_language("en")
    yield


@pytest.fixture
def place() -> Iterator[str]:
    with own_database() as address:
        yield address


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.end()


@pytest.fixture
def shared(place: str, tmp_path: Path) -> str:
    """A small project on the server."""
    from corpora import moving

    project = project_with_text(tmp_path)
    project.close()
    moving.move(str(project.path), place)
    return place


@pytest.fixture
def desk(qtbot: Any, place: str) -> Iterator[Desk]:
    made = Desk(Settings(language="en", coder="Noor"), furnish=furnish)
    made.window.show()
    qtbot.addWidget(made.window)
    yield made
    made.close_project()


def sharing_of(desk: Desk) -> Sharing:
    found = desk.window.findChild(Sharing)
    assert isinstance(found, Sharing)
    return found


def fill(page: Any, place: str) -> None:
    page.host.setText(place)
    page.host.editingFinished.emit()


def pieces(project: Project) -> list[int]:
    with project.read() as session:
        return [n.id for n in narratives.of_document(session, documents.find(session, "Gesprek").id) if n.counts]


def test_a_project_is_shared_from_the_menu(desk: Desk, place: str, tmp_path: Path, qtbot: Any) -> None:
    project = project_with_text(tmp_path)
    before = dump(project)
    project.close()
    desk.open_project(str(project.path))
    desk.window.menus.actions["share"].trigger()
    page = sharing_of(desk).page
    assert page is not None
    fill(page, place)
    assert (page.host.text(), page.database.text(), page.user.text()) == ("127.0.0.1", place.rsplit("/", 1)[1],
                                                                          "postgres")
    page.password.setText("geheim")
    QTest.keyClick(page.database, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.project is not None and desk.project.path == place, timeout=10_000)
    opened: Any = desk.project
    assert dump(opened.project) == before
    assert desk.window.title_row.line.isVisibleTo(desk.window)
    assert "shared now" in desk.window.foot.message()
    assert not desk.window.menus.actions["share"].isEnabled()
    assert load_settings().recent[0] == place
    assert "geheim" not in (tmp_path / "home" / "settings.json").read_text(encoding="utf-8")
    again = Project.open(project.path or "")
    assert dump(again) == before, "the file stays"
    again.close()


def test_what_is_wrong_stands_on_the_page(desk: Desk, shared: str, qtbot: Any) -> None:
    desk.window.menus.actions["open_server"].trigger()
    page = sharing_of(desk).page
    assert page is not None
    assert not page.go.isEnabled()
    for change, said in ((lambda: page.port.setText("1"), "No server answers"),
                         (lambda: (page.port.setText("5432"), page.database.setText("is_er_niet")), "no such database"),
                         (lambda: (page.database.setText("postgres"), page.tls.setCurrentIndex(1)), "does not encrypt"),
                         (lambda: page.tls.setCurrentIndex(0), "not a Narratief project")):
        fill(page, shared) if not page.host.text() else None
        change()
        QTest.keyClick(page.database, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda said=said: said in page.warning.text(), timeout=10_000)
        assert page.isEnabled()
    fill(page, shared)
    QTest.keyClick(page.database, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.project is not None, timeout=10_000)
    assert sharing_of(desk).page is None


def test_a_recent_project_that_cannot_be_reached_is_asked_for(desk: Desk, shared: str, qtbot: Any) -> None:
    gone = shared.replace(":5432/", ":1/")
    desk.window.welcome.recentChosen.emit(gone)
    qtbot.waitUntil(lambda: sharing_of(desk).page is not None, timeout=10_000)
    page: Any = sharing_of(desk).page
    assert "No server answers" in page.warning.text() and page.port.text() == "1"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert sharing_of(desk).page is None


OTHER = """
import sys, json
import codebook.models, corpora.models
from codebook import coding
from corpora.messages import message
from corpora.store.project import Project
project = Project.open(sys.argv[1], "Sem")
print("ready", flush=True)
for line in sys.stdin:
    narratief, code = json.loads(line)
    def work(session):
        coding.apply(session, coding.coder_id(session, "Sem"), [narratief], [code])
    project.step(message("Narratief {nr}", nr=narratief), work)
    print("done", flush=True)
"""


def test_the_window_moves_when_another_process_codes(desk: Desk, shared: str, qtbot: Any) -> None:
    assert desk.open_project(shared)
    opened: Any = desk.project
    panel: Any = desk.window.open_place("coding")
    numbers, code = pieces(opened.project), code_ids(opened.project)["Steun"]
    other = subprocess.Popen([sys.executable, "-c", OTHER, shared], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             cwd=ROOT, text=True)
    assert other.stdin is not None and other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    for number in numbers:
        other.stdin.write(json.dumps([number, code]) + "\n")
        other.stdin.flush()
        began = time.monotonic()
        label = f"Sem: Narratief {number}"
        qtbot.waitUntil(lambda label=label: desk.window.foot.message() == label, timeout=5_000)
        assert time.monotonic() - began < 1.0
        assert opened.reading.index.counts()[code] == numbers.index(number) + 1
    assert panel.isVisible()
    assert not desk.window.foot._undo.isVisible(), "another's step is not mine to take back"
    assert not desk.window.menus.actions["undo"].isEnabled()
    other.stdin.close()
    other.wait(10)


@pytest.fixture
def both(shared: str, qtbot: Any) -> Iterator[tuple[OpenProject, OpenProject]]:
    noor, sem = OpenProject.open(shared, "Noor"), OpenProject.open(shared, "Sem")
    yield noor, sem
    noor.close()
    sem.close()


def test_two_who_write_a_definition_both_keep_their_words(both: tuple[OpenProject, OpenProject], desk: Desk,
                                                          shared: str, qtbot: Any) -> None:
    _noor, sem = both
    assert desk.open_project(shared)
    opened: Any = desk.project
    page = CodebookPage(opened)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    code = code_ids(sem.project)["Steun"]
    page.show_code(code)
    field = page.form.texts["definition"]
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.setPlainText("Wat ik ervan maak")
    sem.do(message("Describe"), codes.describe, code, definition="Wat Sem ervan maakt")
    qtbot.waitUntil(lambda: desk.window.foot.message() == "Sem: Describe", timeout=3_000)
    assert field.toPlainText() == "Wat ik ervan maak", "what is being typed is left alone"
    page.form.label.setFocus()
    strip = sharing_of(desk).strip
    qtbot.waitUntil(lambda: strip.isVisibleTo(desk.window), timeout=3_000)
    assert (strip.mine.toPlainText(), strip.theirs.toPlainText()) == ("Wat ik ervan maak", "Wat Sem ervan maakt")
    assert "Sem has changed this meanwhile" in strip.said.text()
    assert field.toPlainText() == "Wat Sem ervan maakt"
    strip.put.click()
    assert not strip.isVisibleTo(desk.window)
    qtbot.waitUntil(lambda: field.toPlainText() == "Wat ik ervan maak", timeout=3_000)


def test_a_name_being_written_in_a_list_waits_for_others(both: tuple[OpenProject, OpenProject], desk: Desk,
                                                         shared: str, qtbot: Any) -> None:
    _noor, sem = both
    from codebook import questions

    number = sem.do(message("Ask"), questions.add_deelvraag, "Deel 1")
    assert desk.open_project(shared)
    panel: Any = desk.window.open_place("questions")
    desk.window.activateWindow()
    QTest.qWait(600)  # counts come in the background and fill the tree
    tree = panel.ask.tree.tree
    tree.setCurrentItem(tree.topLevelItem(1) or tree.topLevelItem(0))
    tree.setFocus()
    tree.editItem(tree.currentItem(), 0)
    editor = tree.findChild(QLineEdit)
    assert editor is not None and number is not None
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "Mijn vraag")
    sem.do(message("Ask more"), questions.add_deelvraag, "Deel 2")
    QTest.qWait(900)
    assert tree.findChild(QLineEdit) is editor and "Mijn vraag" in editor.text()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {"Rename deelvraag to «Mijn vraag»", "Sem: Ask more"} <=
                    {told.text for told in desk.window.foot.history}, timeout=5_000)


class Ticks:
    """The longest time for which the window stood still."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.monotonic()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


def code_one(opened: OpenProject, number: int, code: int) -> object:
    return opened.do(message("Code {nr}", nr=number), coding.apply, opened.coder_id, [number], [code])


@pytest.mark.parametrize("how", ["cut", "silence"])
def test_a_connection_that_falls_away_is_told_and_taken_up_again(shared: str, wire: Wire, qtbot: Any,
                                                                 how: str) -> None:
    opened = OpenProject.open(wire.address(shared), "Noor")
    said: list[str] = []
    opened.failed.connect(lambda text: said.append(str(text)))
    opened.message.connect(lambda text, _undo: said.append(str(text)))
    number, code = pieces(opened.project)[0], code_ids(opened.project)["Steun"]
    assert code_one(opened, number, code) is not None
    QTest.qWait(300)
    ticks = Ticks()
    getattr(wire, how)()
    began = time.monotonic()
    assert code_one(opened, number + 1, code) is None
    assert time.monotonic() - began < 6
    qtbot.waitUntil(lambda: not opened.is_online, timeout=5_000)
    assert any("was not kept" in text for text in said) and any("connection to the server is gone" in t for t in said)
    began = time.monotonic()
    assert code_one(opened, number + 1, code) is None
    assert opened.undo_label is None
    assert time.monotonic() - began < 0.1, "while the server is known to be away nobody waits for it"
    QTest.qWait(500)
    assert ticks.longest < 0.15, "the window went on all the while"
    other = Project.open(shared, "Sem")
    other.step(message("Meanwhile"), coding.coder_id, "Sem")
    wire.mend()
    qtbot.waitUntil(lambda: opened.is_online, timeout=15_000)
    qtbot.waitUntil(lambda: "Sem: Meanwhile" in said, timeout=3_000)
    assert code_one(opened, number + 1, code) is not None
    other.close()
    opened.close()


def test_a_step_whose_keeping_is_in_doubt_is_told_afterwards(shared: str, wire: Wire, qtbot: Any,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """The wire is cut in the very moment of COMMIT: before it, the step is gone; behind it, it was kept."""
    opened = OpenProject.open(wire.address(shared), "Noor")
    said: list[str] = []
    opened.failed.connect(lambda text: said.append(str(text)))
    opened.message.connect(lambda text, _undo: said.append(str(text)))
    code = code_ids(opened.project)["Steun"]
    first, second = pieces(opened.project)[:2]
    assert code_one(opened, first, code) is not None

    import psycopg

    commit: Callable[[Any], None] = psycopg.Connection.commit

    def cut_before(line: Any) -> None:
        wire.cut()
        commit(line)

    def cut_after(line: Any) -> None:
        commit(line)
        wire.cut()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    for cut, told in ((cut_before, "was not kept, as"), (cut_after, "was kept after all")):
        with monkeypatch.context() as patched:
            patched.setattr(psycopg.Connection, "commit", cut)
            assert code_one(opened, second, code) is None
        assert any("broke off while" in text for text in said)
        qtbot.waitUntil(lambda: not opened.is_online, timeout=5_000)
        wire.mend()
        qtbot.waitUntil(lambda told=told: any(told in text for text in said), timeout=15_000)
        qtbot.waitUntil(lambda: opened.is_online, timeout=15_000)
    QTest.qWait(200)
    steps = [step.label.template for step in opened.project.log()]
    assert steps.count("Code {nr}") == 2
    assert QApplication.instance() is not None
    opened.close()
