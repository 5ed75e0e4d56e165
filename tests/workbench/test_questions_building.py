"""Building a question with its errors, orders and attributes; going through the pages of Vragen by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import delete

from codebook import codes, founding, grids, questions
from corpora import attributes, documents, narratives
from corpora.errors import UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript
from tests.workbench.test_questions import choose, opened, panel
from workbench import i18n
from workbench.itemmodels.asker import Asker, Waiting
from workbench.jobs import jobs
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject

__all__ = ["opened", "panel"]


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


def test_without_codes_every_page_says_what_is_needed_and_none_breaks(tmp_path: Path, qtbot: Any) -> None:
    i18n.set_language("en")
    project: Project = founding.found(tmp_path / "leeg.narratief", codebook="leeg", author="Anna")
    project.step(message("Fill"), _one_told)
    opened = OpenProject(project, "Anna")
    panel = QuestionsPanel(opened)
    qtbot.addWidget(panel)
    panel.show()
    for n in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(n)
    assert "no codes to combine" in panel.grid.line.text() and "no codes to draw" in panel.pictures.pointed.text()
    panel.tabs.setCurrentWidget(panel.grid)
    panel.grid.tree.keep.click()
    assert not panel.grid.side.ask.isEnabled() and not panel.pictures.save.isEnabled()
    with project.read() as session:
        assert not questions.deelvragen(session) and not grids.templates(session)
    opened.close()


def _one_told(session: Any) -> None:
    document = documents.add(session, Transcript("Een verhaal.", ()), title="Gesprek", kind="interview", group=None)
    narratives.set_segmentation(session, document, [Span(0, 12)])


def test_a_table_and_a_grid_say_which_condition_their_numbers_have(panel: QuestionsPanel, qtbot: Any) -> None:
    for page, line_edit in ((panel.cooccurrence, panel.cooccurrence.filter),
                            (panel.crosstable, panel.crosstable.filter), (panel.grid, panel.grid.bar.filter)):
        panel.tabs.setCurrentWidget(page)
        qtbot.keyClicks(line_edit.edit, "facilitator")
        assert "Only: facilitator." in page.line.text()
        qtbot.keyClicks(line_edit.edit, "s")
        assert line_edit.error() and "Only: facilitator." in page.line.text(), "the numbers are still of that condition"
        line_edit.edit.clear()
        line_edit._read("")
        assert "Only" not in page.line.text()


def test_a_table_without_codes_of_choice_shows_no_numbers_of_another(panel: QuestionsPanel) -> None:
    page = panel.cooccurrence
    panel.tabs.setCurrentWidget(page)
    assert page.table.model().rowCount() and page.view is not None
    page.rows.setCurrentIndex(page.rows.count() - 1)
    page.rows.picked.emit()
    assert "at least one code" in page.line.text()
    assert page.table.model().rowCount() * page.table.model().columnCount() == 0 and page.view is None
    page.rows.setCurrentIndex(0)
    page.rows.picked.emit()
    assert page.table.model().rowCount() > 1 and page.view is not None


def test_what_is_found_when_the_place_is_gone_disturbs_nothing(opened: OpenProject, qtbot: Any) -> None:
    asker = Asker(opened)
    with pytest.raises(Waiting):
        asker.ask("text:kantelen")
    delete(asker)
    qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
    asker._arrived(("kantelen", False), 0, [1])
    asker._met(0, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)))
    asker._broken(("kantelen", False), UsageError("Broken."))
