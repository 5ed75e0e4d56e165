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
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from sqlalchemy import select

from codebook import codes, coding, founding, questions
from codebook.models import Coding, SavedQuery
from corpora import attributes, documents, narratives
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


def test_a_wrong_question_cannot_be_kept_and_its_list_is_not_passed_off_as_its_answer(
        panel: QuestionsPanel, opened: OpenProject, qtbot: Any) -> None:
    panel.show_question("positief")
    for wrong in ("positief and", "positeef"):
        panel.ask.line.edit.clear()
        qtbot.keyClicks(panel.ask.line.edit, wrong)
        assert panel.ask.line.error()
        assert not (panel.ask.keep.isEnabled() or panel.ask.freeze.isEnabled() or panel.ask.found.export.isEnabled())
        assert "mistake" in panel.ask.found.line.text()
    panel.ask.line.edit.clear()
    qtbot.keyClicks(panel.ask.line.edit, "positief")
    assert panel.ask.keep.isEnabled() and "mistake" not in panel.ask.found.line.text()


def test_the_tree_shows_which_question_is_in_hand(panel: QuestionsPanel, qtbot: Any) -> None:
    tree = panel.ask.tree.tree
    assert tree.currentItem().text(0) == "All narratieven"
    qtbot.keyClicks(panel.ask.line.edit, "positief")
    assert tree.currentItem() is None
    panel.ask.keep.click()
    panel.ask.saving.name.setText("Warm")
    panel.ask.saving.keep.click()
    assert tree.currentItem().text(0) == "Warm"
    panel.ask.clear.click()
    assert tree.currentItem().text(0) == "All narratieven"


def test_a_click_on_a_suggestion_puts_the_right_name_in_the_question(panel: QuestionsPanel, qtbot: Any) -> None:
    line = panel.ask.line
    qtbot.keyClicks(line.edit, 'burger and "Werkzame factr" and positief')
    fix = next(button for button in line.fixes() if button.text() == '"Werkzame factor"')
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert line.text() == 'burger and "Werkzame factor" and positief'
    assert not line.error() and not line.fixes()
    assert panel.ask.result is not None and panel.ask.keep.isEnabled()


def _menu(panel: QuestionsPanel) -> QMenu:
    """The menu that hangs from *Order…*, opened by a click."""
    panel.ask.builder.tools["more"].click()
    own = panel.ask.builder.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return own[-1]


def test_an_order_is_built_by_clicking(panel: QuestionsPanel, qtbot: Any) -> None:
    choose(panel, qtbot, "positief")
    assert not panel.ask.builder.tools["more"].isEnabled(), "one code has no order"
    choose(panel, qtbot, "betrokken")
    below = next(a.menu() for a in _menu(panel).actions() if a.text() == "positief before betrokken")
    next(a for a in below.actions() if a.text() == "at most 2 narratieven").trigger()
    assert panel.ask.line.text() == "precedes(positief, betrokken, 2)"
    assert panel.ask.found.line.text().endswith("shown: the narratieven with positief")
    panel.ask.builder.tools["swap"].click()
    assert panel.ask.found.line.text().endswith("shown: the narratieven with betrokken")
    panel.ask.builder.tools["swap"].click()
    below = next(a.menu() for a in _menu(panel).actions() if a.text() == "positief near betrokken")
    next(a for a in below.actions() if a.text() == "at most 1 narratief").trigger()
    assert panel.ask.line.text() == "near(positief, betrokken, 1)"
    next(a for a in _menu(panel).actions() if a.text() == "Two parts again").trigger()
    assert panel.ask.line.text() == "positief and betrokken"
    assert "shown:" not in panel.ask.found.line.text()


def test_the_codes_around_a_code_are_offered(panel: QuestionsPanel, opened: OpenProject, qtbot: Any) -> None:
    opened.do(message("Codes"), _two_below, "positief")
    choose(panel, qtbot, "positief")
    next(a for a in _menu(panel).actions() if "below" in a.text()).trigger()
    assert panel.ask.line.text() == "down(positief)"
    next(a for a in _menu(panel).actions() if a.text() == "positief alone").trigger()
    assert panel.ask.line.text() == "positief"


def _two_below(session: Any, label: str) -> None:
    top = next(e for e in codes.entries(session) if e.code.label == label)
    for name in ("blij", "trots"):
        codes.add(session, top.facet.id, name, parent_id=top.code.id)


def test_one_key_goes_from_part_to_part_on_every_page(panel: QuestionsPanel, qtbot: Any) -> None:
    ask, grid, search = panel.ask, panel.grid, panel.search
    for page, parts in ((ask, [ask.tree.tree, ask.builder.field, ask.found.list]),
                        (grid, [grid.tree.tree, grid.pivot, grid.side.found.list]),
                        (search, [search.words, search.hits.list]),
                        (panel.cooccurrence, [panel.cooccurrence.table, panel.cooccurrence.found.list]),
                        (panel.pictures, [panel.pictures.view, panel.pictures.found.list])):
        panel.tabs.setCurrentWidget(page)
        parts[-1].setFocus()
        for part in parts:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
            assert QApplication.focusWidget() in (part, part.focusProxy()), (page, part)


def test_a_comparison_with_an_attribute_is_typed_in_the_field(panel: QuestionsPanel, opened: OpenProject,
                                                             qtbot: Any) -> None:
    opened.do(message("Attributes"), _aged)
    for typed, spelled in (("leef > 40", "attribute:leeftijd>40"), ("leeftijd<=30", "attribute:leeftijd<=30")):
        qtbot.keyClicks(panel.ask.builder.field, typed)
        labels = [o.label for o in panel.ask.builder.field.suggestions()]
        panel.ask.builder.field.pick(next(n for n, label in enumerate(labels) if label.startswith("leeftijd")))
        assert panel.ask.line.text() == spelled
        assert panel.ask.result is not None and panel.ask.result.documents == 1
        panel.ask.clear.click()


def _aged(session: Any) -> None:
    for title, age in (("Gesprek 1", "43"), ("Gesprek 2", "29")):
        attributes.set_values(session, documents.find(session, title).id, {"leeftijd": age})


def test_tab_leaves_a_table_and_with_ctrl_goes_to_the_next_sheet(panel: QuestionsPanel, qtbot: Any) -> None:
    for page, table in ((panel.cooccurrence, panel.cooccurrence.table), (panel.grid, panel.grid.pivot),
                        (panel.grid, panel.grid.lines)):
        panel.tabs.setCurrentWidget(page)
        if table is panel.grid.lines:
            panel.grid.bar.view.choose("list")
            panel.grid.bar.view.picked.emit()
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, 0))
        qtbot.keyClick(table, Qt.Key.Key_Tab)
        assert not table.hasFocus() and table.currentIndex().column() == 0
        table.setFocus()
        qtbot.keyClick(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert panel.tabs.currentWidget() is not page
