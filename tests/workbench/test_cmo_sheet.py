"""The form of the focus group and the synthesis in the window: filled in, printed, read back, worded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from codebook import cmo, cmo_synthesis, cmo_views
from codebook.cmo_sheets import SheetView, sheets
from corpora.messages import message
from tests.workbench.cmo_places import CASES, DIALOGUE, configured, founded, ids
from workbench import i18n
from workbench.panels.cmo import CmoPanel
from workbench.panels.cmo_sheet import TOGETHER
from workbench.project import OpenProject

WORKS, CLIENT, POINTS = ("mechanisme_interventie", ""), ("outcome", "klant"), ("verbeterpunten", "")


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> CmoPanel:
    made = CmoPanel(opened)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitExposed(made)
    made.show_page("sheet")
    return made


def number(panel: CmoPanel, label: str = DIALOGUE) -> int:
    return next(one.id for one in panel.counting.board.kernelementen if one.label == label)


def stand(opened: OpenProject, panel: CmoPanel, label: str = DIALOGUE) -> list[SheetView]:
    with opened.project.read() as session:
        return sheets(session, number(panel, label))


def fill_in(panel: CmoPanel, qtbot: Any, session: str, role: str, *lines: tuple[tuple[str, str], str]) -> None:
    """Make a sheet by its key and fill it in by typing."""
    page = panel.sheet
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is page.held
    qtbot.keyClicks(page.held, session)
    page.participant.setFocus()
    qtbot.keyClicks(page.participant, role)
    for place, text in lines:
        box = page.form.boxes[place]
        box.field.setFocus()
        qtbot.keyClicks(box.field, text)
        qtbot.keyClick(box.field, Qt.Key.Key_Return)


def test_two_participants_fill_in_and_are_taken_together(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    fill_in(panel, qtbot, "12 maart", "leercoach", (WORKS, "het verhaal staat centraal"), (CLIENT, "wordt gehoord"),
            (POINTS, "meer tijd"))
    panel.sheet.phase.choose("samen")
    panel.sheet.phase.picked.emit()
    fill_in(panel, qtbot, "12 maart", "facilitator", (WORKS, "Het verhaal staat  centraal"), (POINTS, "kleinere teams"))
    one, two = stand(opened, panel)
    assert (one.session, one.participant, one.phase) == ("12 maart", "leercoach", "samen")
    assert [(e.text, e.author_role, e.phase) for e in one.entries] == [
        ("het verhaal staat centraal", "leercoach", "alleen"), ("wordt gehoord", "leercoach", "alleen"),
        ("meer tijd", "leercoach", "alleen")]
    assert {e.author_role for e in two.entries} == {"facilitator"}
    panel.sheet.list.setCurrentItem(panel.sheet.list.items()[0])
    assert panel.sheet.current == TOGETHER

    def shown(place: tuple[str, str]) -> list[tuple[str, str]]:
        return [(i.text(0), i.text(1)) for i in panel.sheet.form.boxes[place].lines.items()]

    assert shown(WORKS) == [("het verhaal staat centraal", "2× leercoach, facilitator")]
    assert shown(POINTS) == [("meer tijd", "leercoach"), ("kleinere teams", "facilitator")]
    assert not panel.sheet.form.boxes[WORKS].field.isVisible()
    opened.undo()
    assert shown(POINTS) == [("meer tijd", "leercoach")]


def test_a_role_stays_as_it_was_typed(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    fill_in(panel, qtbot, "12 maart", "iemand")
    page = panel.sheet
    assert "Managers" in [page.author.itemText(n) for n in range(page.author.count())]
    page.author.setFocus()
    page.author.lineEdit().selectAll()
    qtbot.keyClicks(page.author, "manager")
    assert page.author.currentText() == "manager"


def test_a_long_role_leaves_room_for_the_words(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    fill_in(panel, qtbot, "12 maart", "iedereen die er die middag bij was en meepraatte over de casus", (WORKS, "rust"))
    lines = panel.sheet.form.boxes[WORKS].lines
    room = lines.viewport().width()
    assert lines.columnWidth(0) >= room // 2 - 1 and lines.columnWidth(0) + lines.columnWidth(1) <= room
    assert not lines.horizontalScrollBar().isVisible()


def test_a_line_is_changed_taken_off_and_put_back(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    fill_in(panel, qtbot, "12 maart", "leercoach", (WORKS, "een"), (WORKS, "twee"))
    lines = panel.sheet.form.boxes[WORKS].lines
    lines.setCurrentItem(lines.items()[0])
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_F2)
    [field] = [f for f in lines.findChildren(QLineEdit) if f.hasFocus()]
    field.selectAll()
    qtbot.keyClicks(field, "eerst rust maken")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [e.text for e in stand(opened, panel)[0].entries] == ["eerst rust maken", "twee"])
    lines.setCurrentItem(lines.items()[1])
    qtbot.keyClick(lines, Qt.Key.Key_Delete)
    assert [e.text for e in stand(opened, panel)[0].entries] == ["eerst rust maken"]
    opened.undo()
    assert [i.text(0) for i in lines.items()] == ["eerst rust maken", "twee"]


def test_a_form_is_printed_filled_with_word_and_read_back(panel: CmoPanel, qtbot: Any, opened: OpenProject,
                                                         tmp_path: Path) -> None:
    path = tmp_path / "formulier.docx"
    panel.list.choose(number(panel, CASES))
    panel.sheet.print_form(path, "A3")
    qtbot.waitUntil(path.exists, timeout=20_000)
    form: Any = Document(str(path))
    assert round(form.sections[0].page_width.cm, 1) in (29.7, 42.0)
    [table] = form.tables
    row = next(r for r in table.rows if r.cells[0].text.startswith(("Mechanism", "Mechanisme")))
    row.cells[1].text = "tijdschema met stappenplan"
    form.save(str(path))
    panel.list.choose(number(panel))
    panel.sheet.deeds.read_form(path)
    assert panel.list.current == number(panel, CASES)
    [sheet] = stand(opened, panel, CASES)
    assert [(e.field, e.text, e.phase) for e in sheet.entries] == [
        ("mechanisme_interventie", "tijdschema met stappenplan", "alleen")]
    opened.undo()
    assert not stand(opened, panel, CASES)


def test_a_file_that_is_no_form_is_refused_in_words(panel: CmoPanel, opened: OpenProject, tmp_path: Path,
                                                    qtbot: Any) -> None:
    path = tmp_path / "brief.docx"
    Document().save(str(path))
    with qtbot.waitSignal(opened.failed) as caught:
        panel.sheet.deeds.read_form(path)
    assert "brief.docx" in str(caught.args[0])
    assert not stand(opened, panel)


def test_what_the_sheets_say_begins_a_configuration(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    fill_in(panel, qtbot, "12 maart", "leercoach", (WORKS, "het verhaal staat centraal"), (CLIENT, "wordt gehoord"),
            (POINTS, "meer tijd"))
    qtbot.mouseClick(panel.sheet.tools["configure"], Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        [one] = cmo_views.configurations(session, number(panel))
    assert [(e.role, e.actor, e.text, e.basis) for e in one.elements] == [
        ("mechanisme-hulpbron", "", "het verhaal staat centraal", "verwacht"),
        ("outcome", "klant", "wordt gehoord", "verwacht")]
    assert panel.tabs.here() == "board"
    assert panel.board.board.current is not None and panel.board.board.current.lane == one.id


def synthesis(opened: OpenProject, panel: CmoPanel) -> cmo_synthesis.SynthesisView:
    with opened.project.read() as session:
        return cmo_synthesis.view(session, panel.counting.board, number(panel))


def test_the_synthesis_is_kept_on_leaving_and_a_rewording_has_its_reason(panel: CmoPanel, qtbot: Any,
                                                                         opened: OpenProject) -> None:
    panel.show_page("synthesis")
    page = panel.synthesis
    field = page.fields["wording"]
    field.field.setFocus()
    qtbot.keyClicks(field.field, "Luisteren werkt.")
    assert not field.why.isVisible()
    page.fields["conclusion"].field.setFocus()
    qtbot.waitUntil(lambda: synthesis(opened, panel).wording == "Luisteren werkt.")
    field.field.setFocus()
    field.field.selectAll()
    qtbot.keyClicks(field.field, "Luisteren werkt als er tijd is.")
    assert field.why.isVisible()
    field.why.setFocus()
    qtbot.wait(10)
    assert synthesis(opened, panel).wording == "Luisteren werkt.", "going to the reason is not leaving"
    qtbot.keyClicks(field.why, "gesprek 2")
    qtbot.keyClick(field.why, Qt.Key.Key_Return)
    assert synthesis(opened, panel).wording == "Luisteren werkt als er tijd is."
    assert "It was: “Luisteren werkt.” Why: gesprek 2" in field.told.text()
    opened.undo()
    qtbot.waitUntil(lambda: field.field.toPlainText() == "Luisteren werkt.")


def test_what_stands_behind_the_synthesis_is_chosen_and_counted(panel: CmoPanel, qtbot: Any,
                                                                opened: OpenProject) -> None:
    first, second = configured(opened, number(panel)), configured(opened, number(panel))
    stories = ids(opened)

    def prove(session: Any) -> None:
        cmo.add_evidence(session, opened.coder_id, first, narratief_ids=[stories[0], stories[1]])
        cmo.add_evidence(session, opened.coder_id, second, narratief_ids=[stories[4]], direction="weerspreekt")

    opened.do(message("Prove"), prove)
    panel.show_page("synthesis")
    page = panel.synthesis
    assert page.sources.text().startswith("3 narratieven of 2 respondents and 2 respondent groups, in 2 documents")
    assert page.against.count() == 1
    with qtbot.waitSignal(panel.openNarratief) as caught:
        qtbot.keyClick(page.against, Qt.Key.Key_Return)
    assert caught.args == [stories[4]]
    page.behind.setCurrentItem(page.behind.items()[1])
    page.behind.setFocus()
    qtbot.keyClick(page.behind, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [one.id for one in synthesis(opened, panel).configurations] == [first])
    assert page.sources.text() == ("2 narratieven of 1 respondent and 1 respondent group, in 1 document, stand behind "
                                   "it.")
    assert page.against.count() == 0
    assert "no result" in page.reflector.text() and page.replies.text() == "None came back yet."
