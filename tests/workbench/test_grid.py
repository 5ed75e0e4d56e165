"""The grid in the window, by keys and mouse: keep it, walk it, mark, interpret, and what stands in the project then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import select

from codebook import asking, codes, coding, grids, questions
from codebook.grids import ANSWERED, READ, Axis
from codebook.models import Coding
from corpora.messages import message
from tests.workbench.test_questions import HOE, WAT, WIE, fill, opened
from workbench.itemmodels.grid_cells import CHANGED, FILLED
from workbench.panels.grid import GridPage
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject

__all__ = ["fill", "opened"]


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> QuestionsPanel:
    opened.do(message("Vraag"), questions.add_deelvraag, "Deelvraag 1", "Wat werkt er?")
    made = QuestionsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1240, 660)
    made.show()
    qtbot.waitExposed(made)
    made.tabs.setCurrentWidget(made.grid)
    return made


@pytest.fixture
def page(panel: QuestionsPanel, opened: OpenProject) -> GridPage:
    code = {c.label: c.id for c in opened.reading.catalogue.codes}
    facet = {f.label: f.id for f in opened.reading.catalogue.facets}
    wanted = [Axis(facet["WAT"], tuple((code[n], False) for n in WAT)),
              Axis(facet["WIE"], tuple((code[n], False) for n in WIE)),
              Axis(facet["HOE"], tuple((code[n], False) for n in HOE))]
    made = opened.do(message("Add"), grids.add, "Eerste", wanted, deelvraag_id=1)
    panel.grid.tree.choose(made)
    return panel.grid


def cells(page: GridPage) -> dict[tuple[str, ...], int]:
    assert page.grid is not None
    return {page.grid.labels(p): int(page.grid.counts[p]) for p in page.grid.places()}


def test_all_combinations_stand_there_before_anything_is_kept(panel: QuestionsPanel, opened: OpenProject) -> None:
    whole = asking.grid(opened.reading, [("WAT", ["*"]), ("WIE", ["*"]), ("HOE", ["*"])])
    assert cells(panel.grid) == {c.codes: c.count for c in whole.cells}
    panel.grid.bar.tabs.setCurrentIndex(2)
    who = panel.grid.bar.tabs.tabText(2)
    shown = panel.grid.pivot._model.data_shown
    assert {(row, who, column): shown.values[r][c] for r, row in enumerate(shown.rows)
            for c, column in enumerate(shown.columns)} == {k: n for k, n in cells(panel.grid).items() if k[1] == who}
    assert f"{len(whole.cells)} combinations" in panel.grid.line.text()


def test_keep_the_grid_in_sight_with_chosen_codes(panel: QuestionsPanel, qtbot: Any, opened: OpenProject) -> None:
    page = panel.grid
    qtbot.mouseClick(page.bar.choose, Qt.MouseButton.LeftButton)
    tree = page.codes.tree
    for n in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(n)
        assert top is not None
        for k in range(top.childCount()):
            if top.text(0) == "HOE" and top.child(k).text(0) in HOE[:2]:
                top.child(k).setCheckState(0, Qt.CheckState.Checked)
        if top.text(0) == "WIE":
            top.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.mouseClick(page.codes.show_button, Qt.MouseButton.LeftButton)
    page.bring((1, 1))
    qtbot.mouseClick(page.tree.keep, Qt.MouseButton.LeftButton)
    assert page.place == (1, 1), "the cell in hand stays in hand, now that it can be marked"
    with opened.project.read() as session:
        kept = grids.templates(session)[0]
        axes = grids.axes_of(session, kept.id)
    assert (kept.name, kept.deelvraag_id, page.tree.chosen()) == ("WAT × HOE", 1, kept.id)
    assert [None if a.codes is None else len(a.codes) for a in axes] == [None, 2]


def test_walk_by_keys_mark_and_interpret(page: GridPage, qtbot: Any, opened: OpenProject) -> None:
    page.pivot.setFocus()
    page.place = None
    qtbot.keyClick(page.pivot, Qt.Key.Key_N)
    first = page.place
    assert first is not None and page.grid is not None
    assert page.side.found.ids() == page.grid.ids(first) != []
    assert page.side.question.text() == ("What do narratieven from <i>facilitator</i> say about "
                                         "<i>Werkzame factor</i>, told as <i>positief</i>?")
    qtbot.keyClick(page.pivot, Qt.Key.Key_G)
    assert page.grid.standing(first).status == READ
    qtbot.keyClick(page.pivot, Qt.Key.Key_Right)
    assert page.place == (first[0], first[1], first[2] + 1)
    qtbot.keyClick(page.pivot, Qt.Key.Key_M)
    qtbot.keyClicks(page.side.note, "Samen gaat het beter.")
    page.pivot.setFocus()
    assert page.grid.standing(page.place).interpretation == "Samen gaat het beter."
    qtbot.mouseClick(page.side.statuses[ANSWERED], Qt.MouseButton.LeftButton)
    filled = sum(n > 0 for n in cells(page).values())
    item = page.tree.tree.currentItem()
    assert item is not None and item.parent() is not None
    assert item.text(1) == item.parent().text(1) == f"2/{filled}"
    opened.undo()
    assert page.tree.tree.currentItem().text(1) == f"1/{filled}"
    assert page.grid.standing(page.place).interpretation == "Samen gaat het beter."


def test_a_marked_cell_says_that_its_narratieven_changed(page: GridPage, qtbot: Any, opened: OpenProject) -> None:
    assert page.grid is not None
    page.go_on()
    place = page.place
    assert place is not None
    page.mark(READ)
    held = page.grid.ids(place)
    with opened.project.read() as session:
        row = session.scalars(select(Coding).where(Coding.narratief_id == held[0])).first()
        assert row is not None
        who, code = row.coder_id, row.code_id
    opened.do(message("Off"), coding.remove, who, held[:1], [code])
    assert page.place == place
    assert page.side.changed_line.isVisibleTo(page)
    assert "0 new, 1 gone" in page.side.changed_line.text()
    page.bar.wanted.choose(CHANGED)
    page.bar.view.choose("list")
    page.bar.view.picked.emit()
    assert page.lines.model().rowCount() == 1
    page.mark(READ)
    assert not page.grid.standing(place).is_changed


def test_without_a_cell_in_hand_nothing_is_said_of_its_narratieven(page: GridPage) -> None:
    page._take(None)
    assert not page.side.found.list._empty_text
    page.bring((0, 0, 0))
    assert "finding" in page.side.found.list._empty_text


def test_the_heads_of_the_list_can_be_read_beside_the_other_columns(page: GridPage) -> None:
    page.bar.view.choose("list")
    page.bar.view.picked.emit()
    head, model = page.lines.horizontalHeader(), page.lines.model()
    for n in range(model.columnCount()):
        words = model.headerData(n, Qt.Orientation.Horizontal)
        assert head.sectionSize(n) >= head.fontMetrics().horizontalAdvance(words)
    for column, labels in enumerate((WAT, WIE, HOE)):
        assert head.sectionSize(column) > max(map(head.fontMetrics().horizontalAdvance, labels)), "no label is cut off"
    assert model.headerData(4, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Documents"


def test_the_list_is_sorted_filtered_and_lazy(page: GridPage, opened: OpenProject) -> None:
    page.bar.view.choose("list")
    page.bar.view.picked.emit()
    model = page.lines.model()
    assert model.rowCount() == len(cells(page))
    page.lines.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    counts = [int(model.index(n, 3).data().replace("–", "0")) for n in range(model.rowCount())]
    assert counts == sorted(cells(page).values(), reverse=True)
    page.bar.wanted.choose(FILLED)
    page.bar.wanted.picked.emit()
    assert model.rowCount() == sum(n > 0 for n in cells(page).values())
    whole = {c.codes: (c.count, c.documents, c.respondents) for c in asking.grid(
        opened.reading, [("WAT", WAT), ("WIE", WIE), ("HOE", HOE)]).cells if c.count}
    shown = [[model.index(n, c).data() for c in range(6)] for n in range(model.rowCount())]
    assert {tuple(row[:3]): tuple(map(int, row[3:])) for row in shown} == whole


def test_any_facet_goes_down_across_or_to_the_tabs(page: GridPage) -> None:
    page.bar.down.choose("WIE")
    page.bar.across.choose("WAT")
    page.bar.across.picked.emit()
    assert [page.bar.tabs.tabText(n) for n in range(page.bar.tabs.count())] == list(HOE)
    shown = page.pivot._model.data_shown
    assert (shown.rows, shown.columns) == (WIE, WAT)
    page.bar.across.choose("")
    page.bar.across.picked.emit()
    assert page.bar.tabs.count() == len(WAT) * len(HOE)
    assert page.pivot.place(1, 0) == (0, 1, 0)


def test_other_codes_of_a_kept_grid_are_one_step(page: GridPage, opened: OpenProject) -> None:
    assert page.grid is not None
    page._choose_codes([Axis(a.facet_id, a.codes) for a in page._axes[:2]])
    assert cells(page).keys() == {(what, who) for what in WAT for who in WIE}
    opened.undo()
    assert len(cells(page)) == len(WAT) * len(WIE) * len(HOE)


def test_a_cell_as_a_question_finds_the_same(panel: QuestionsPanel, page: GridPage, qtbot: Any) -> None:
    page.go_on()
    held = page.side.found.ids()
    qtbot.mouseClick(page.side.ask, Qt.MouseButton.LeftButton)
    assert panel.tabs.currentWidget() is panel.ask
    assert panel.ask.result is not None
    assert panel.ask.result.ids.tolist() == held


def test_grids_go_to_excel(page: GridPage, qtbot: Any, tmp_path: Path, opened: OpenProject) -> None:
    with qtbot.waitSignal(opened.message, timeout=20_000):
        page.export_to(tmp_path / "rasters.xlsx")
    assert load_workbook(tmp_path / "rasters.xlsx").sheetnames[0] == "Deelvraag 1"


def test_a_grid_is_renamed_and_taken_away(page: GridPage, qtbot: Any, opened: OpenProject) -> None:
    number = page.tree.chosen()
    assert number is not None
    page.tree.rename(number, "Tweede")
    with opened.project.read() as session:
        assert [t.name for t in grids.templates(session)] == ["Tweede"]
    qtbot.keyClick(page.tree.tree, Qt.Key.Key_Delete)
    with opened.project.read() as session:
        assert grids.templates(session) == []
    assert page.tree.chosen() is None
    opened.undo()
    with opened.project.read() as session:
        assert [t.name for t in grids.templates(session)] == ["Tweede"]


def test_a_cell_is_read_under_the_name_of_its_combination(panel: QuestionsPanel, page: GridPage, qtbot: Any) -> None:
    page.bring((0, 0, 0))
    with qtbot.waitSignal(panel.readWanted) as asked:
        page.side.found.read.click()
    assert asked.args == [page.side.found.ids(), f"{WAT[0]} × {WIE[0]} × {HOE[0]}"]


@pytest.mark.parametrize("gone", [WAT, WIE, HOE])
def test_a_grid_that_lost_the_codes_of_a_facet_says_so_and_shows_no_old_numbers(
        page: GridPage, opened: OpenProject, gone: tuple[str, ...]) -> None:
    numbers = {c.label: c.id for c in opened.reading.catalogue.codes}
    for label in gone:
        opened.do(message("Remove"), codes.remove, numbers[label])
    page.refresh()
    assert "no codes any more" in page.line.text()
    assert page.pivot.model().rowCount() * page.pivot.model().columnCount() == 0
    opened.undo()
    page.refresh()
    assert "combinations of" in page.line.text() and page.pivot.model().rowCount()
