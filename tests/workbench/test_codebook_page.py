"""The codebook as a page of the coding place: every change made by hand, found in the database, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from codebook import codes, coding, kernelementen
from codebook.models import Code, Facet
from corpora.messages import message
from tests.workbench.coding_places import code_of, codings, founded, give, in_light, narratieven
from workbench.panels.coding import CodingPanel
from workbench.panels.coding_book import CodebookPage
from workbench.project import OpenProject

Key = Qt.Key


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenProject]:
    in_light()
    project = founded(tmp_path)
    yield project
    project.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: QtBot) -> CodingPanel:
    made = CodingPanel(opened)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def page(panel: CodingPanel, opened: OpenProject) -> CodebookPage:
    panel.show_codebook(code_of(opened, "WAT:Werkzame factor"))
    return panel.codebook


def _code(opened: OpenProject, number: int) -> Code:
    with opened.project.read() as session:
        return session.get_one(Code, number)


def test_the_form_shows_and_renames_the_code_in_hand(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    assert page.form.label.text() == "Werkzame factor" and page.form.number.value() == 23
    page.form.label.setText("Wat werkt")
    qtbot.keyClick(page.form.label, Key.Key_Return)
    assert _code(opened, number).label == "Wat werkt"
    opened.undo()
    assert _code(opened, number).label == page.form.label.text() == "Werkzame factor"


def test_a_text_is_kept_when_one_leaves_it(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    field = page.form.texts["not_when"]
    field.setFocus()
    field.setPlainText("Niet bij twijfel.")
    page.search.setFocus()
    assert _code(opened, number).not_when == "Niet bij twijfel."
    field.setFocus()
    field.setPlainText("Nooit.")
    page.tree.choose(code_of(opened, "WIE:burger"))
    assert _code(opened, number).not_when == "Nooit."
    assert page.form.label.text() == "burger"


def test_number_colour_doubt_synonyms_and_groups(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    page.form.number.setValue(77)
    page.form.number.editingFinished.emit()
    qtbot.mouseClick(page.form.colours.buttons["#1d5fa8"], Qt.MouseButton.LeftButton)
    page.form.uncertain.click()
    page.form.texts["synonyms"].setPlainText("kracht\nsteun")
    page.form.groups.setText("Eigen groep | Tweede")
    page.form.keep()
    found = _code(opened, number)
    assert (found.number, found.color, found.certain) == (77, "#1d5fa8", False)
    with opened.project.read() as session:
        assert codes.groups_of(session)[number] == ["Eigen groep", "Tweede"]
        assert codes.synonyms_of(found) == ["kracht", "steun"]
    assert "?" in page.tree._items[number].text(0)


def test_a_taken_number_is_refused_and_the_form_goes_back(
        page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    page.form.number.setValue(12)
    with qtbot.waitSignal(opened.failed):
        page.form.number.editingFinished.emit()
    assert page.form.number.value() == 23


def test_a_new_code_and_facet_are_made_and_near_names_told(
        page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.new_name, "Werkzaam factor")
    with qtbot.waitSignal(opened.message) as told:
        qtbot.keyClick(page.new_name, Key.Key_Return)
    assert "WAT:Werkzame factor" in str(told.args[0])
    assert page.form.label.text() == "Werkzaam factor" and "Werkzame factor" in page.form.near.text()
    qtbot.keyClicks(page.new_name, "WAAR")
    page.add_facet.click()
    with opened.project.read() as session:
        assert [f.label for f in session.scalars(select(Facet).order_by(Facet.position))] == [
            "WAT", "WIE", "HOE", "WAAR"]


def test_a_code_moves_by_keys_and_by_dropping(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WIE:burger")
    page.tree.choose(number)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(page.tree, Key.Key_Up, alt)
    assert _order(opened, number) == ["Woning", "straat/dorp", "wijk", "burger"]
    qtbot.keyClick(page.tree, Key.Key_Right, alt)
    assert _code(opened, number).parent_id == code_of(opened, "WIE:wijk")
    assert page.tree.selected_codes() == [number]
    qtbot.keyClick(page.tree, Key.Key_Left, alt)
    assert _code(opened, number).parent_id is None
    qtbot.keyClick(page.tree, Key.Key_Down, alt)
    assert _order(opened, number) == ["Woning", "straat/dorp", "wijk", "eigen", "burger"]
    page.tree.moved.emit(number, None, code_of(opened, "WIE:Woning"))
    assert _order(opened, number) == ["burger"]
    assert page.tree.dragDropMode() == QAbstractItemView.DragDropMode.InternalMove


def _order(opened: OpenProject, upto: int) -> list[str]:
    facet = _code(opened, upto).facet_id
    with opened.project.read() as session:
        labels = [e.code for e in codes.entries(session) if e.facet.id == facet]
    at = next(n for n, code in enumerate(labels) if code.id == upto)
    return [code.label for code in labels[:at + 1]]


def test_merge_moves_codings_and_is_undone(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    one, two = narratieven(opened)[:2]
    give(opened, "Bram", one, "WAT:Werkzame factor")
    give(opened, "Bram", two, "WAT:Belemmerende factor")
    page.ask_merge()
    page.merge.into.setCurrentIndex(page.merge.into.findText("Belemmerende factor"))
    page.merge.do.click()
    assert codings(opened, one) == codings(opened, two) == {"WAT 12"}
    assert page.form.label.text() == "Belemmerende factor"
    opened.undo()
    assert codings(opened, one) == {"WAT 23"}


def test_split_gives_chosen_narratieven_a_new_code(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    one, two, three, _four = narratieven(opened)
    for number in (one, two, three):
        give(opened, "Bram", number, "WAT:Werkzame factor")
    page.ask_split()
    assert page.split.list.count() == 3 and not page.split.do.isEnabled()
    page.split.list.set_current_id(two)
    page.split.name.setText("Wat de buurt doet")
    assert page.split.chosen() == [two]
    page.split.do.click()
    assert codings(opened, two) == {"WAT 26"} and codings(opened, one) == codings(opened, three) == {"WAT 23"}
    assert page.form.label.text() == "Wat de buurt doet"


def test_remove_and_undo(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    one = narratieven(opened)[0]
    give(opened, "Bram", one, "WAT:Werkzame factor")
    qtbot.keyClick(page.tree, Key.Key_Delete)
    assert codings(opened, one) == set()
    opened.undo()
    assert codings(opened, one) == {"WAT 23"}


def test_a_definition_changed_after_coding_is_seen(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    opened.do(message("Describe"), codes.describe, number, definition="Eerste.")
    assert page.form.history.isHidden(), "nobody had used the code yet"
    give(opened, "Bram", narratieven(opened)[0], "WAT:Werkzame factor")
    field = page.form.texts["definition"]
    field.setPlainText("Tweede.")
    page.form.keep()
    assert "Eerste." in page.form.history.text() and not page.form.history.isHidden()
    assert "△" in page.tree._items[number].text(0)


def test_a_doubtful_code_is_marked_in_list_and_card(panel: CodingPanel, opened: OpenProject) -> None:
    number = code_of(opened, "HOE:cliché")
    opened.do(message("Note"), codes.describe, number, note="Staat niet in de bron.")
    found = panel.coding.desk.book.codes[number]
    assert not found.certain and "Staat niet in de bron." in found.definition


def test_codes_go_out_to_a_file_and_come_back(
        page: CodebookPage, opened: OpenProject, tmp_path: Path, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    for name in ("boek.csv", "boek.xlsx"):
        page.export_file(tmp_path / name)
        opened.do(message("Describe"), codes.describe, number, definition="Weg.")
        page.import_file(tmp_path / name)
        assert _code(opened, number).definition.startswith("Datgene")
    (tmp_path / "fout.csv").write_text("niets,hier\n1,2\n", encoding="utf-8")
    with qtbot.waitSignal(opened.failed):
        page.import_file(tmp_path / "fout.csv")


def test_from_coding_to_the_codebook_and_back(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    field = panel.coding.field()
    field.setFocus()
    qtbot.keyClicks(field, "12")
    qtbot.keyClick(field, Key.Key_F2)
    assert panel.codebook.isVisible() and panel.codebook.form.label.text() == "Belemmerende factor"
    panel.codebook.form.label.setText("Hindernis")
    qtbot.keyClick(panel.codebook.form.label, Key.Key_Return)
    qtbot.keyClick(panel.codebook.tree, Key.Key_Escape)
    assert panel.coding.isVisible()
    assert panel.coding.view.spans()[1].chips[0].label == "Hindernis"
    with opened.project.read() as session:
        assert coding.find_coder(session, "Anna").name == "Anna"


def test_search_hides_what_does_not_match(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "burger")
    seen = [n for n, item in page.tree._items.items() if not item.isHidden()]
    assert seen == [code_of(opened, "WIE:burger")]


def _named(opened: OpenProject, number: int) -> list[str]:
    with opened.project.read() as session:
        return kernelementen.labels_of_codes(session).get(number, [])


def test_role_and_kernelementen_are_chosen_and_undone(page: CodebookPage, opened: OpenProject, qtbot: QtBot) -> None:
    number = code_of(opened, "WAT:Werkzame factor")
    assert page.form.role.currentData() == "mechanisme"
    page.form.role.setFocus()
    qtbot.keyClick(page.form.role, Key.Key_Down)
    assert _code(opened, number).cmo_role == page.form.role.currentData() == "outcome"
    opened.undo()
    assert page.form.role.currentData() == "mechanisme"
    assert page.form.kernelementen.labels() == ()
    for label in ("Samen kantelen", "Dialogisch werken"):
        page.form.kernelementen.action_of(label).trigger()
    assert _named(opened, number) == ["Dialogisch werken", "Samen kantelen"]
    assert page.form.kernelementen.toolTip() == "Dialogisch werken; Samen kantelen"
    page.form.kernelementen.action_of("Samen kantelen").trigger()
    assert _named(opened, number) == ["Dialogisch werken"]
    page.tree.choose(code_of(opened, "WAT:Dialogisch werken"))
    assert (page.form.role.currentData(), page.form.kernelementen.labels()) == ("", ("Dialogisch werken",))
