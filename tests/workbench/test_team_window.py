"""Who am I, Team and blind coding in the real window."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from codebook import assigning, blind, coding, memos, team
from codebook.models import Coder
from corpora.messages import message
from tests.workbench.coding_places import code_of, founded, in_light, narratieven
from workbench.app import Desk
from workbench.giving import Giving
from workbench.i18n import set_language
from workbench.jobs import jobs
from workbench.panels.who import WhoPage
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings, load_settings

Key = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The window with a project of three documents, opened by Anna, an onderzoeker; Bas and Cas have coded."""
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    in_light()
    set_language("en")  # another test may have left another one
    opened = founded(tmp_path, 3)
    opened.do(message("Add"), team.add, "Anna", "onderzoeker")
    for name, label in (("Bas", "HOE:positief"), ("Cas", "WAT:Autonomie")):
        coder = opened.project.step(message("Add"), team.add, name)
        opened.do(message("Code"), coding.apply, coder, narratieven(opened), [code_of(opened, label)])
    place = opened.path
    opened.close()
    made = Desk(Settings(coder="Anna", role="onderzoeker"), furnish=furnish)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.addWidget(made.window)
    assert made.open_project(place)
    yield made
    made.close_project()


def project(desk: Desk) -> OpenProject:
    found: Any = desk.project
    return found


def team_page(desk: Desk) -> Any:
    return desk.window.open_place("agreement").show_tab("team")


def coders(desk: Desk) -> dict[str, str]:
    return team.roles(project(desk).project)


def cell(page: Any, row: int, column: int) -> str:
    return str(page.coders.model.index(row, column).data())


def choose(page: Any, name: str) -> None:
    row = next(n for n, r in enumerate(page.coders.model.rows) if r.name == name)
    page.coders.table.setCurrentIndex(page.coders.model.index(row, 0))


def test_who_am_i_joins_the_coder_of_that_name_and_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    desk.window.title_row.coderRequested.emit()
    page = desk.window.findChild(WhoPage)
    assert page is not None
    page.name.setText("  bas ")
    assert page.roles["student"].isChecked() and not page.roles["onderzoeker"].isEnabled()
    qtbot.keyClick(page.name, Key.Key_Return)
    assert project(desk).coder == "Bas"
    assert set(coders(desk)) == {"Anna", "Bas", "Cas"}
    desk.window.title_row.coderRequested.emit()
    page = desk.window.findChildren(WhoPage)[-1]
    page.name.setText("Dina")
    page.roles["onderzoeker"].click()
    qtbot.keyClick(page.name, Key.Key_Return)
    assert coders(desk)["Dina"] == "onderzoeker"
    assert (load_settings().coder, load_settings().role) == ("Dina", "onderzoeker")
    assert project(desk).undo_label is not None


def test_coders_are_added_renamed_given_a_role_and_joined(desk: Desk, qtbot: QtBot) -> None:
    page = team_page(desk)
    assert [cell(page, n, 0) for n in range(3)] == ["Anna (you)", "Bas", "Cas"]
    qtbot.keyClicks(page.coders.name, "Bas Bos")
    qtbot.keyClick(page.coders.name, Key.Key_Return)
    assert "Bas Bos" in coders(desk)
    choose(page, "Bas Bos")
    qtbot.mouseClick(page.coders.role_button, Qt.MouseButton.LeftButton)
    assert coders(desk)["Bas Bos"] == "onderzoeker"
    rows = {r.name: r for r in page.coders.model.rows}
    page.coders.join(rows["Bas"], rows["Bas Bos"])
    assert set(coders(desk)) == {"Anna", "Bas", "Cas"}
    project(desk).undo()
    assert set(coders(desk)) == {"Anna", "Bas", "Bas Bos", "Cas"}
    page.coders.model.setData(page.coders.model.index(0, 0), "Anna de Wit")
    assert project(desk).coder == "Anna de Wit" and desk.settings.coder == "Anna de Wit"
    assert "Anna" not in coders(desk)
    project(desk).undo()
    assert project(desk).coder == "Anna"
    choose(page, "Bas")
    assert not page.coders.remove_button.isEnabled()


def test_joining_oneself_goes_on_as_the_other(desk: Desk) -> None:
    page = team_page(desk)
    rows = {r.name: r for r in page.coders.model.rows}
    page.coders.join(rows["Bas"], rows["Anna"])
    assert (project(desk).coder, desk.settings.coder) == ("Bas", "Bas")
    assert set(coders(desk)) == {"Bas", "Cas"}
    assert project(desk).coder_id == rows["Bas"].id
    assert set(coders(desk)) == {"Bas", "Cas"}


def assigned(desk: Desk) -> dict[int, list[int]]:
    with project(desk).project.read() as session:
        return assigning.assignments(session)


def test_documents_are_ticked_by_keyboard_and_planned(desk: Desk, qtbot: QtBot) -> None:
    page = team_page(desk)
    division, bas, cas = page.division, 2, 3
    division.table.setFocus()
    division.table.setCurrentIndex(division.model.index(1, 5 + 1))
    qtbot.keyClick(division.table, Key.Key_Space)
    assert assigned(desk) == {2: [bas]}
    qtbot.keyClick(division.table, Key.Key_Space)
    assert assigned(desk) == {}
    qtbot.mouseClick(division.divide, Qt.MouseButton.LeftButton)
    strip = division.strip
    assert strip.isVisible() and strip.chosen() == [bas, cas]
    strip.overlap.setValue(33)
    assert strip.plan is not None and len(strip.plan.doubled) == 1
    planned = {d: list(division.model.given(d)) for d in (1, 2, 3)}
    assert assigned(desk) == {}, "a plan is shown before it is made"
    qtbot.mouseClick(strip.take, Qt.MouseButton.LeftButton)
    assert assigned(desk) == planned and not strip.isVisible()
    project(desk).undo()
    assert assigned(desk) == {}
    division.divide.click()
    qtbot.keyClick(strip.overlap, Key.Key_Escape)
    assert not strip.isVisible()


def lines(place: Any) -> list[str]:
    box = place.coding.head.documents
    return [box.itemText(n) for n in range(box.count())]


def test_own_documents_come_first_in_coding(desk: Desk) -> None:
    place = desk.window.open_place("coding")
    assert lines(place)[0].startswith("Gesprek 1 ")
    project(desk).do(message("Assign"), assigning.assign, 1, [3])
    assert [line.split("  ")[0] for line in lines(place)] == ["Gesprek 3", "Gesprek 1", "Gesprek 2"]
    assert "for you" in lines(place)[0]


def as_coder(desk: Desk, name: str) -> OpenProject:
    desk.settings.coder = name
    assert desk.open_project(project(desk).path)
    return project(desk)


def test_blind_in_every_place_until_ready(desk: Desk, qtbot: QtBot) -> None:
    page = team_page(desk)
    qtbot.mouseClick(page.coders.blind, Qt.MouseButton.LeftButton)
    assert page.coders.blind.isChecked() and "researcher, see everything" in page.coders.about.text()
    opened = as_coder(desk, "Bas")
    page = team_page(desk)
    assert not page.coders.blind.isEnabled() and "researcher decides" in page.coders.about.text()
    ids = narratieven(opened)
    assert opened.reading.ask("Autonomie").ids.tolist() == []
    coding_place: Any = desk.window.open_place("coding")
    coding_place.show_document(1)
    others = coding_place.coding.head.others
    assert not others.isEnabled() and others.text() == "Others: when ready"
    cas = next(c.id for c in opened.reading.catalogue.coders if c.name == "Cas")
    assert all(who != cas for n in coding_place.coding.desk.document.pieces for who, _code in n.codings)
    questions: Any = desk.window.open_place("questions")
    questions.show_question("Autonomie")
    assert questions.ask.found.ids() == []
    bas = next(c.id for c in opened.reading.catalogue.coders if c.name == "Bas")
    opened.do(message("Ready"), coding.set_done, bas, 1, True, overrule=True)
    assert opened.reading.ask("Autonomie").ids.tolist() == ids
    assert questions.ask.found.ids() == ids, "what is ready shows at once"
    assert any(who == cas for n in coding_place.coding.desk.document.pieces for who, _code in n.codings)
    assert coding_place.coding.head.others.isEnabled()
    opened.undo()
    assert questions.ask.found.ids() == []
    assert not coding_place.coding.head.others.isEnabled()
    assert as_coder(desk, "Anna").reading.ask("Autonomie").ids.tolist() == ids


def test_nothing_is_written_by_looking(desk: Desk) -> None:
    before = len(project(desk).project.log())
    for place in ("agreement", "coding", "questions"):
        widget: QWidget | None = desk.window.open_place(place)
        assert widget is not None
    assert len(project(desk).project.log()) == before
    with project(desk).project.read() as session:
        assert len(session.scalars(select(Coder)).all()) == 3
        assert not blind.is_blind(session)


def test_a_copy_for_a_coder_is_asked_from_the_list(desk: Desk, qtbot: QtBot) -> None:
    from workbench.panels.copies_package import PackagePage

    page = team_page(desk)
    choose(page, "Cas")
    qtbot.mouseClick(page.coders.copy_button, Qt.MouseButton.LeftButton)
    asked = desk.window.findChild(PackagePage)
    assert asked is not None and asked.coder.currentText() == "Cas" and asked.go.isEnabled()


def test_who_am_i_is_asked_at_the_first_start(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    in_light()
    set_language("en")  # another test may have left another one
    opened = founded(tmp_path, 1)
    place = opened.path
    opened.close()
    first = Desk(Settings(), furnish=furnish)
    qtbot.addWidget(first.window)
    first.window.show()
    assert first.open_project(place)
    page = first.window.page()
    assert isinstance(page, WhoPage) and page.roles["student"].isChecked()
    page.name.setText("Dina")
    page.roles["onderzoeker"].click()
    page.go.click()
    assert first.window.page() is None and first.window.here() == "material"
    assert team.roles(project(first).project) == {"Dina": "onderzoeker"}
    assert first.open_project(place) and first.window.page() is None, "asked once"
    first.close_project()


def test_a_student_gives_no_roles(desk: Desk) -> None:
    as_coder(desk, "Bas")
    page = team_page(desk)
    choose(page, "Bas")
    assert not page.coders.role_button.isEnabled()
    role = page.coders.model.index(page.coders.table.currentIndex().row(), 1)
    assert not role.flags() & Qt.ItemFlag.ItemIsEditable
    name = page.coders.model.index(page.coders.table.currentIndex().row(), 0)
    assert name.flags() & Qt.ItemFlag.ItemIsEditable


def everything_in(path: Path) -> str:
    """All the words of an exported file."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return "\n".join(str(cell.value) for title in ("Narratieven", "Coderingen") for row in book[title].iter_rows()
                         for cell in row)
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return archive.read("word/document.xml").decode()
    return path.read_text(encoding="utf-8-sig")


def test_what_a_student_writes_out_shows_no_others_codes(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Cas gave «Autonomie», and a memo; Bas is not ready."""
    opened = project(desk)
    first = narratieven(opened)[0]
    opened.do(message("Memo"), memos.write, 3, "narratief", first, "Geheime gedachte van Cas")
    opened.project.author = "Cas"
    opened.do(message("Autonomie door Cas"), coding.apply, 3, narratieven(opened, 2),
              [code_of(opened, "WAT:Autonomie")])
    opened.do(message("Blind coding on"), blind.set_blind, True)
    as_coder(desk, "Bas")
    forms = {"workbook": ".xlsx", "codings": ".csv", "long": ".csv", "audit": ".csv", "transcript": ".docx"}

    def written(form: str, ending: str, name: str) -> str:
        path = tmp_path / f"{name}-{form}{ending}"
        found = [action for action in desk.window.findChildren(Giving)]
        with qtbot.waitSignal(jobs().started):
            found[0].write(path, form, "Gesprek 1" if form == "transcript" else None)
        qtbot.waitUntil(path.exists, timeout=30_000)
        return everything_in(path)

    for form, ending in forms.items():
        text = written(form, ending, "bas")
        assert "Autonomie" not in text and "Geheime gedachte" not in text, form
        assert "positief" in text or form == "audit", form
    as_coder(desk, "Anna")
    for form, ending in forms.items():
        assert "Autonomie" in written(form, ending, "anna"), form
