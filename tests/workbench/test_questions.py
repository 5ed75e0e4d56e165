"""Vragen, driven by keys and mouse: build, type, keep, open, tables, search; what stands in the project afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from codebook import codes, coding, founding, questions
from codebook.models import Coding, SavedQuery
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript
from workbench import i18n
from workbench.panels.questions import QuestionsPanel
from workbench.panels.questions_blocks import MIME
from workbench.project import OpenProject

STORY = '"Werkzame factor" and facilitator and (positief or betrokken)'
WAT, WIE, HOE = ("Werkzame factor", "Outcome"), ("facilitator", "burger"), ("positief", "betrokken", "negatief")


def fill(session: Any) -> None:
    """Two documents; every combination of a few codes, one narratief each."""
    names = {(e.facet.label, e.code.label): e.code.id for e in codes.entries(session)}
    coder = coding.coder_id(session, "Anna")
    combinations = list(product(WAT, WIE, HOE))
    for title, group, mine in (("Gesprek 1", "Managers", combinations[:7]), ("Gesprek 2", "Coaches", combinations[5:])):
        lines = [f"Verhaal {n} over {what}: ze kantelden, zei {who}." for n, (what, who, _how) in enumerate(mine, 1)]
        text = "\n".join(lines)
        document = documents.add(session, Transcript(text, ()), title=title, kind="interview", group=group)
        starts = [text.index(line) for line in lines]
        narratives.set_segmentation(session, document, [Span(a, a + len(line)) for a, line in
                                                        zip(starts, lines, strict=True)])
        own = narratives.of_document(session, document)
        for one, (what, who, how) in zip(own, mine, strict=True):
            coding.apply(session, coder, [one.id], [names["WAT", what], names["WIE", who], names["HOE", how]])


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    project: Project = founding.found(tmp_path / "vragen.narratief", author="Anna")
    project.step(message("Fill"), fill)
    made = OpenProject(project, "Anna")
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> QuestionsPanel:
    made = QuestionsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(panel: QuestionsPanel, qtbot: Any, label: str) -> None:
    """Click in the field, and on a code in the list."""
    field = panel.ask.builder.field
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    row = next(n for n, o in enumerate(field.suggestions()) if o.label == label)
    view = field._popup
    index = view.model().index(row, 0)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    qtbot.waitUntil(lambda: any(w.spec.label == label for w in panel.ask.builder.widgets()))


def type_question(panel: QuestionsPanel, qtbot: Any, text: str) -> None:
    panel.ask.line.edit.clear()
    panel.ask.line.edit.setFocus()
    qtbot.keyClicks(panel.ask.line.edit, text)


def answer(panel: QuestionsPanel) -> list[int]:
    assert panel.ask.result is not None
    return [int(n) for n in panel.ask.result.ids]


def test_the_question_of_the_story_by_clicks_and_by_typing(panel: QuestionsPanel, qtbot: Any) -> None:
    for label in ("Werkzame factor", "facilitator", "positief", "betrokken"):
        choose(panel, qtbot, label)
    qtbot.mouseClick(panel.ask.builder.joints()[2], Qt.MouseButton.LeftButton)
    assert panel.ask.line.text() == STORY
    clicked = answer(panel)
    counts = [w.count for w in panel.ask.builder.widgets() if w.bracket != "("]
    type_question(panel, qtbot, STORY)
    assert answer(panel) == clicked
    assert len(clicked) == 2
    assert [w.count for w in panel.ask.builder.widgets() if w.bracket != "("] == counts == [7, 7, 5, 4, 9]
    assert panel.ask.found.line.text() == "2 narratieven in 1 document, 1 respondent · codes of everyone"


def test_every_part_counts_what_it_finds_alone(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    type_question(panel, qtbot, "not positief and facilitator")
    for widget in panel.ask.builder.widgets():
        text = ("not " if widget.block.negated else "") + widget.spec.label
        assert widget.count == opened.reading.ask(text).count


def test_kept_found_again_counted_live_and_undone(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    number = opened.do(message("Add"), questions.add_deelvraag, "1 Wat werkt", "Wat werkt er?")
    type_question(panel, qtbot, STORY)
    panel.ask.keep.click()
    panel.ask.saving.name.setText("Werkzaam")
    qtbot.keyClick(panel.ask.saving.name, Qt.Key.Key_Return)
    with opened.project.read() as session:
        saved = session.scalars(select(SavedQuery)).one()
        assert (saved.name, saved.expression, saved.deelvraag_id) == ("Werkzaam", STORY, number)
    tree = panel.ask.tree
    item = tree.tree.itemFromIndex(tree.index_of("query", saved.id))
    assert item is not None
    assert item.text(1) == "2"
    ids = answer(panel)
    panel.ask.show_all()
    qtbot.mouseClick(tree.tree.viewport(), Qt.MouseButton.LeftButton,
                     pos=tree.tree.visualRect(tree.index_of("query", saved.id)).center())
    assert panel.ask.line.text() == STORY
    assert answer(panel) == ids
    with opened.project.read() as session:
        given = session.scalars(select(Coding).where(Coding.narratief_id == ids[0])).first()
        assert given is not None
        code = given.code_id
    opened.do(message("Take off"), coding.remove, opened.coder_id, [ids[0]], [code])
    item = tree.tree.itemFromIndex(tree.index_of("query", saved.id))
    assert item is not None
    assert (item.text(1), len(panel.ask.found.ids())) == ("1", 1)
    opened.undo()
    opened.undo()
    assert not tree.index_of("query", saved.id).isValid()
    assert answer(panel) == ids


def test_a_hit_opens_in_its_transcript_by_key_and_mouse(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, STORY)
    wished: list[int] = []
    panel.openNarratief.connect(wished.append)
    panel.ask.found.list.setFocus()
    qtbot.keyClick(panel.ask.found.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.ask.found.list, Qt.Key.Key_Return)
    qtbot.mouseClick(panel.ask.found.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    qtbot.mouseDClick(panel.ask.found.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert wished == [answer(panel)[1], answer(panel)[0]]


def test_neighbours_come_and_go(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, STORY)
    first, second = answer(panel)
    shown = panel.ask.found.list
    shown.set_current_id(second)
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.count() == 3
    assert shown.current_id() == second
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.count() == 2
    assert panel.ask.found.ids() == [first, second]


def test_an_unknown_name_points_at_its_column_and_suggests(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, "positief and facilitatr")
    assert panel.ask.line.column == 14
    assert "facilitator" in panel.ask.line.error()
    type_question(panel, qtbot, "positief and (")
    assert panel.ask.line.column == 15
    type_question(panel, qtbot, "positief")
    assert panel.ask.line.error() == ""


def test_in_dutch_the_operators_are_dutch(panel: QuestionsPanel, qtbot: Any) -> None:
    i18n.set_language("nl")
    try:
        for label in ("positief", "facilitator"):
            choose(panel, qtbot, label)
        assert panel.ask.line.text() == "positief en facilitator"
        type_question(panel, qtbot, "niet positief en bestaatniet")
        assert panel.ask.line.column == 18
    finally:
        i18n.set_language("en")


def test_blocks_by_keys(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, "positief and facilitator and Outcome")
    builder = panel.ask.builder

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        widget = next((w for w in builder.widgets() if w.is_selected), builder.widgets()[0])
        qtbot.keyClick(widget, key, modifier)

    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert panel.ask.line.text() == "facilitator and positief and Outcome"
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_ParenLeft, Qt.KeyboardModifier.ShiftModifier)
    assert panel.ask.line.text() == "facilitator and (positief or Outcome)"
    press(Qt.Key.Key_Exclam)
    assert panel.ask.line.text() == "facilitator and not (positief or Outcome)"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete)
    assert panel.ask.line.text() == "facilitator and not Outcome"
    qtbot.keyClicks(builder.widgets()[0], "b")
    assert builder.field.text() == "b"


def test_a_block_is_dragged_before_another(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, "positief and facilitator and Outcome")
    target, data = panel.ask.builder.widgets()[0], QMimeData()
    data.setData(MIME, b"2")
    target.dropEvent(QDropEvent(QPointF(1, 5), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))
    assert panel.ask.line.text() == "Outcome and positief and facilitator"


def test_unit_and_whose_codings_are_asked_and_said(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    type_question(panel, qtbot, "negatief and facilitator")
    panel.ask.choices.unit.choose("document")
    panel.ask.choices.codings.choose("Anna")
    panel.ask.refresh()
    expected = opened.reading.ask("negatief and facilitator", unit="document", codings="Anna")
    assert answer(panel) == expected.ids.tolist()
    assert panel.ask.found.line.text().startswith("Holds in 2 documents: ")
    assert panel.ask.found.line.text().endswith("codes of Anna")


def test_words_of_the_text_are_searched_in_the_background(panel: QuestionsPanel, qtbot: Any) -> None:
    type_question(panel, qtbot, "text:kantelen and negatief")
    assert panel.ask.found.line.text() == "Searching the texts…"
    qtbot.waitUntil(lambda: panel.ask.result is not None and panel.ask.result.count == 5, timeout=60_000)


def test_selected_hits_get_a_code_in_one_step(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    type_question(panel, qtbot, "negatief")
    ids = answer(panel)
    panel.ask.found.list.setFocus()
    qtbot.keyClick(panel.ask.found.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    field = panel.ask.found.code
    qtbot.keyClicks(field, "belemmer")
    field.pick(0)
    assert opened.reading.ask('"Belemmerende factor"').ids.tolist() == ids
    opened.undo()
    assert opened.reading.ask('"Belemmerende factor"').count == 0


def test_a_cell_of_the_table_equals_the_question(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    panel.tabs.setCurrentWidget(panel.cooccurrence)
    page, data = panel.cooccurrence, panel.cooccurrence._data
    for what, how in product(WAT, HOE):
        row, column = data.rows.index(what), data.columns.index(how)
        page.table.cellActivated.emit(row, column)
        expected = opened.reading.ask(f'"{what}" and {how}').ids.tolist()
        assert page.found.ids() == expected
        assert data.values[row][column] == len(expected)
    page.table.cellActivated.emit(data.rows.index("Outcome"), -1)
    assert page.found.ids() == opened.reading.ask("Outcome").ids.tolist()


def test_a_table_within_a_condition(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    panel.tabs.setCurrentWidget(panel.cooccurrence)
    page = panel.cooccurrence
    qtbot.keyClicks(page.filter.edit, "facilitator")
    row, column = page._data.rows.index("Outcome"), page._data.columns.index("positief")
    assert page._data.values[row][column] == opened.reading.ask("Outcome and positief and facilitator").count
    assert page.line.text().startswith(f"n = {opened.reading.ask('facilitator').count} narratieven")
    qtbot.keyClicks(page.filter.edit, " and nietbestaand")
    assert page.filter.column == 17


@pytest.mark.parametrize(("against", "column", "condition"), [
    ("group", "Coaches", "group:Coaches"), ("document", "Gesprek 1", 'document:"Gesprek 1"'),
    ("kind", "interview", "kind:interview"), ("coder", "Anna", "coder:Anna")])
def test_tables_against_what_the_material_is_made_of(panel: QuestionsPanel, opened: OpenProject, against: str,
                                                     column: str, condition: str) -> None:
    panel.tabs.setCurrentWidget(panel.crosstable)
    page = panel.crosstable
    page.against.choose(against)
    page.refresh()
    row, at = page._data.rows.index("Outcome"), page._data.columns.index(column)
    expected = opened.reading.ask(f"Outcome and {condition}").ids.tolist()
    page.table.cellActivated.emit(row, at)
    assert page._data.values[row][at] == len(expected) > 0
    assert page.found.ids() == expected


def test_search_finds_inflected_words_and_marks_them(panel: QuestionsPanel, qtbot: Any) -> None:
    panel.tabs.setCurrentWidget(panel.search)
    qtbot.keyClicks(panel.search.words, "kantelen outcome")
    qtbot.keyClick(panel.search.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.search.found.ids()), timeout=60_000)
    row = panel.search.found.list.current_row()
    assert row is not None
    assert [row.text[a:b] for a, b in row.highlights] == ["Outcome", "kantelden"]
    qtbot.keyClicks(panel.search.filter.edit, "group:Managers and Outcome")
    assert len(panel.search.found.ids()) == 1


def test_deelvragen_are_made_renamed_moved_and_taken_away(panel: QuestionsPanel, qtbot: Any,
                                                         opened: OpenProject) -> None:
    tree = panel.ask.tree

    def labels() -> list[str]:
        with opened.project.read() as session:
            return [d.label for d in questions.deelvragen(session)]

    for name in ("Een", "Twee"):
        tree.tools["add"].click()
        editor = tree.tree.findChildren(QLineEdit)[-1]
        editor.selectAll()
        qtbot.keyClicks(editor, name)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: name in labels())
    assert labels() == ["Een", "Twee"]
    qtbot.keyClick(tree.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert labels() == ["Twee", "Een"]
    qtbot.keyClick(tree.tree, Qt.Key.Key_Delete)
    assert labels() == ["Een"]
    opened.undo()
    assert labels() == ["Twee", "Een"]


def test_an_empty_project_says_what_comes_first(tmp_path: Path, qtbot: Any) -> None:
    made = OpenProject(founding.found(tmp_path / "leeg.narratief"), "Anna")
    panel = QuestionsPanel(made)
    qtbot.addWidget(panel)
    panel.show()
    wished: list[str] = []
    panel.openPlace.connect(wished.append)
    panel._empty._button.click()
    assert panel._empty.isVisible()
    assert wished == ["fragments"]
    made.close()


def test_the_answer_goes_to_excel(panel: QuestionsPanel, qtbot: Any, tmp_path: Path) -> None:
    type_question(panel, qtbot, STORY)
    told: list[str] = []
    panel._opened.message.connect(lambda text, _undo: told.append(str(text)))
    panel.ask.export_to(tmp_path / "antwoord.xlsx")
    qtbot.waitUntil(lambda: told == ["Written: antwoord.xlsx"], timeout=60_000)
    values = [cell.value for sheet in load_workbook(tmp_path / "antwoord.xlsx") for row in sheet for cell in row]
    assert sum("Werkzame factor: ze kantelden, zei facilitator" in str(value) for value in values) == 2
