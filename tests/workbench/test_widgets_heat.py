"""The heat map, the icons and the small pieces."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from workbench import icons
from workbench.i18n import current_language, set_language
from workbench.icons import make
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.heat_table import HeatData, HeatTable
from workbench.widgets.rail import Rail

DATA = HeatData(("a", "b"), ("x", "y", "z"), ((0, 4, 8), (1, 0, 0.4)), (9, 1), (1, 4, 8), "narratieven")


@pytest.fixture
def table(qtbot: Any) -> HeatTable:
    made = HeatTable()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_data(DATA)
    made.show()
    return made


def test_numbers_zero_and_totals_are_written(table: HeatTable) -> None:
    model = table.model()
    written = [[model.data(model.index(r, c)) for c in range(4)] for r in range(3)]
    assert written == [["–", "4", "8", "9"], ["1", "–", "0", "1"], ["1", "4", "8", ""]]
    assert model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole) == "a × z: 8 narratieven"


def test_steps_grow_with_the_value_and_totals_have_none(table: HeatTable) -> None:
    model = table._model
    assert [model.step(0, c) for c in range(4)] == [0, 4, 8, -1]
    assert model.step(1, 2) == 1, "a small number is never drawn as zero"


def test_every_number_opens_what_it_stands_for(table: HeatTable, qtbot: Any) -> None:
    opened: list[tuple[int, int]] = []
    table.cellActivated.connect(lambda row, column: opened.append((row, column)))
    for row, column in ((0, 1), (1, 3), (2, 0), (2, 3)):
        place = table.visualRect(table.model().index(row, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.setCurrentIndex(table.model().index(1, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [(0, 1), (1, -1), (-1, 0), (1, 1)]


def test_new_values_keep_the_cell_in_hand(table: HeatTable) -> None:
    table.setCurrentIndex(table.model().index(1, 2))
    table.set_data(DATA)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 2)
    table.set_data(HeatData((), (), ()))
    table.grab()


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_in_the_colour_asked(qapp: Any, name: str) -> None:
    picture = icons.pixmap(name, 24, "#ff0000").toImage()
    inked = [picture.pixelColor(x, y) for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() > 200]
    assert len(inked) > 40
    assert all(c.red() > 200 and c.green() < 60 for c in inked)


def test_the_mark_is_written_as_ico_and_icns(qapp: Any) -> None:
    assert not icons.app_icon().pixmap(64, 64, QIcon.Mode.Normal).isNull()
    kind, count = struct.unpack("<HH", make.ico()[2:6])
    assert (kind, count) == (1, 6)
    data = make.icns()
    assert data[:4] == b"icns" and struct.unpack(">I", data[4:8])[0] == len(data)


def test_the_rail_tells_how_far_a_place_is(qtbot: Any) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.add_place("coding", "Coderen", "coding")
    rail.set_progress("coding", 0.65, "41/63")
    button = rail._buttons["coding"]
    assert "65 %" in button.accessibleName() and "41/63" in button.accessibleName()
    with qtbot.waitSignal(rail.placeChosen) as chosen:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert chosen.args == ["coding"]
    rail.grab()


def test_an_empty_place_names_the_next_step(qtbot: Any) -> None:
    made = EmptyState("Nothing yet.", "Add files…", "material")
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.clicked):
        made._button.click()


def test_undefined_is_blank_and_zero_a_dash_with_a_comma_in_dutch(table: HeatTable) -> None:
    before = current_language()
    set_language("nl")
    try:
        table.set_data(HeatData(("a",), ("x", "y", "z"), ((None, 0, 0.25),), decimals=2))
        model = table.model()
        assert [model.data(model.index(0, c)) for c in range(3)] == ["", "–", "0,25"]
        assert "onbepaald" in model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
        assert [table._model.step(0, c) for c in range(2)] == [0, 0]
        table.grab()
    finally:
        set_language(before)


def test_an_empty_place_may_offer_two_ways(qtbot: Any) -> None:
    one, two = EmptyState("Nothing yet.", "Files"), EmptyState("Nothing yet.", "Files", other="Folder")
    for made in (one, two):
        qtbot.addWidget(made)
        made.show()
    assert not one._other.isVisible() and two._other.isVisible()
    with qtbot.waitSignal(two.otherClicked):
        two._other.click()
