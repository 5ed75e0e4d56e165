"""The reading list: heights, anchor, keyboard, selection, code points."""

from __future__ import annotations

import random
from collections.abc import Hashable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from workbench.widgets import narrative_paint
from workbench.widgets.chips import Chip, ChipSpec, flow
from workbench.widgets.narrative_list import LAYOUTS_KEPT, NarrativeList
from workbench.widgets.narrative_rows import ListRows, NarrativeRow
from workbench.widgets.row_heights import RowHeights, estimated_heights
from workbench.widgets.utf16 import Utf16Map


class MadeRows:
    """Rows made on demand, with a record of which were asked for."""

    def __init__(self, count: int, known: bool = True) -> None:
        self._count, self._known = count, known
        self.asked: set[int] = set()

    def count(self) -> int:
        return self._count

    def row_id(self, index: int) -> Hashable:
        return f"n{index}"

    def lengths(self) -> list[int] | None:
        return [self._length(i) for i in range(self._count)] if self._known else None

    def row(self, index: int) -> NarrativeRow:
        self.asked.add(index)
        text = ("woord " * 400)[:self._length(index)]
        chips = (ChipSpec("WAT", "Werkzame factor", "23"), ChipSpec("HOE", "positief", "1", "A"))
        return NarrativeRow(f"n{index}", f"Interview · {index}", text, chips, ((0, 5),))

    @staticmethod
    def _length(index: int) -> int:
        return 60 + (index * 7919) % 1200


@pytest.fixture
def view(qtbot: Any) -> NarrativeList:
    made = NarrativeList()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.data())
def test_utf16_there_and_back(text: str, data: st.DataObject) -> None:
    places = Utf16Map(text)
    point = data.draw(st.integers(0, len(text)))
    unit = places.unit(point)
    assert unit == len(text[:point].encode("utf-16-le")) // 2
    assert places.point(unit) == point
    assert places.units == len(text.encode("utf-16-le")) // 2


@given(st.lists(st.integers(1, 300), min_size=1, max_size=40), st.data())
def test_heights_agree_with_plain_sums(heights: list[int], data: st.DataObject) -> None:
    made = RowHeights(heights)
    for _change in range(3):
        row = data.draw(st.integers(0, len(heights) - 1))
        heights[row] = data.draw(st.integers(1, 300))
        made.measured(row, heights[row])
        y = data.draw(st.integers(0, sum(heights) - 1))
        expected = next(r for r in range(len(heights)) if sum(heights[:r + 1]) > y)
        assert (made.row_at(y), made.top(row), made.total) == (expected, sum(heights[:row]), sum(heights))


def test_estimates_are_whole_lines() -> None:
    assert list(estimated_heights([0, 10, 11, 25], 10, 20, 5)) == [25, 25, 45, 65]


def test_only_what_is_in_sight_is_fetched(view: NarrativeList) -> None:
    rows = MadeRows(20_000)
    view.set_rows(rows)
    view.grab()
    assert 0 < len(rows.asked) < 40


@pytest.mark.parametrize("known", [True, False])
def test_scrolling_up_never_jumps(view: NarrativeList, known: bool) -> None:
    """A row that turns out higher than estimated must not move the rows below it."""
    view.set_rows(MadeRows(3000, known))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _step in range(80):
        row, before = view.row_at(350), _top_of(view, view.row_at(350))
        bar.setValue(bar.value() - 37)
        assert _top_of(view, row) == before + 37


def _top_of(view: NarrativeList, row: int) -> int:
    top = -view._offset
    for above in range(view._anchor, row):
        top += view._measured(above)
    for below in range(row, view._anchor):
        top -= view._measured(below)
    return top


def test_both_ends_can_be_reached(view: NarrativeList, qtbot: Any) -> None:
    view.set_rows(MadeRows(5000))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == "n4999"
    bottom = _top_of(view, 4999) + view._measured(4999)
    assert bottom == view.viewport().height()
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert (view.current_id(), view._anchor, view._offset) == ("n0", 0, 0)


def test_random_jumps_keep_the_layouts_bounded(view: NarrativeList) -> None:
    view.set_rows(MadeRows(50_000))
    pick, bar = random.Random(1), view.verticalScrollBar()
    for _jump in range(60):
        bar.setValue(pick.randrange(bar.maximum()))
        view.grab()
    assert len(view._layouts) <= LAYOUTS_KEPT


def test_keys_move_select_and_open(view: NarrativeList, qtbot: Any) -> None:
    view.set_rows(MadeRows(50))
    opened: list[Any] = []
    view.activated.connect(opened.append)
    for _row in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_ids() == ["n3", "n4"]
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.current_id() == "n3" and view.selected_ids() == ["n3", "n4"]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.selected_ids() == ["n4"]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["n3"]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.selected_ids()) == 50


def test_the_current_row_is_always_in_sight(view: NarrativeList, qtbot: Any) -> None:
    view.set_rows(MadeRows(400))
    for key in [Qt.Key.Key_PageDown] * 5 + [Qt.Key.Key_Down] * 9 + [Qt.Key.Key_PageUp] * 3 + [Qt.Key.Key_Up] * 9:
        qtbot.keyClick(view, key)
        top = _top_of(view, view.current_index())
        assert top >= 0 and top + view._measured(view.current_index()) <= view.viewport().height()


def test_a_click_chooses_and_a_screen_reader_hears_the_row(view: NarrativeList, qtbot: Any) -> None:
    view.set_rows(MadeRows(50))
    y = view._measured(0) + 20
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().topLeft() + _at(60, y))
    assert view.current_id() == "n1"
    spoken = view.accessibleDescription()
    assert "Interview · 1" in spoken and "HOE 1 positief, A" in spoken and "2" in spoken


def _at(x: int, y: int) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(x, y)


def test_refreshing_keeps_the_place(view: NarrativeList) -> None:
    view.set_rows(MadeRows(500))
    view.set_current_index(200)
    place = (view._anchor, view._offset)
    view.set_rows(MadeRows(500), keep=True)
    assert view.current_id() == "n200" and (view._anchor, view._offset) == place
    assert view.set_current_id("n7") and not view.set_current_id("gone")


def test_nothing_to_show_is_no_error(view: NarrativeList, qtbot: Any) -> None:
    view.set_empty_text("Nothing here yet.")
    view.set_rows(ListRows([]))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    view.grab()
    assert view.current_id() is None and view.selected_ids() == [] and view.current_index() == -1


def test_highlights_are_placed_by_code_point(qapp: Any) -> None:
    row = NarrativeRow(1, "h", "😀 kantelen", highlights=((2, 10),))
    faces = narrative_paint.faces()
    made = narrative_paint.lay_out(row, narrative_paint.row_frame(800, faces.reading), faces)
    mark = made.text.formats()[0]
    assert (mark.start, mark.length) == (3, 8)


def test_chips_wrap_and_speak(qtbot: Any) -> None:
    specs = [ChipSpec("WAT", "Werkzame factor", str(n)) for n in range(6)]
    chip = Chip(ChipSpec("WIE", "eigen", "4", "A", key="k"), removable=True)
    qtbot.addWidget(chip)
    places, height = flow(specs, 200, chip.fontMetrics())
    assert len({place.top() for place in places}) > 1
    assert height == places[-1].bottom() + 1 and all(place.right() < 200 for place in places)
    assert chip.accessibleName() == "WIE 4 eigen, A"
    with qtbot.waitSignal(chip.removed) as removed:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert removed.args == ["k"]
