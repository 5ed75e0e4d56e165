"""The matrix: every head can be read in the width that a small screen leaves it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from workbench.theme import theme
from workbench.widgets.board.card import Slot
from workbench.widgets.board.places import Place
from workbench.widgets.matrix_table import fitted


@pytest.mark.parametrize(("name", "width", "whole"), [
    ("sociaal werkers in netwerk", 110, True), ("sociaal werkers in netwerk", 60, False), ("wijk", 60, True)])
def test_a_long_name_takes_two_lines_before_it_is_cut(qtbot: QtBot, name: str, width: int, whole: bool) -> None:
    said = fitted(QFontMetrics(theme().ui_font(-0.5)), QRect(0, 0, width, 36), name)
    assert (said == name) is whole and (whole or said.endswith("…"))


def test_the_words_of_an_empty_place_stay_within_it(qtbot: QtBot) -> None:
    slot = Slot(Place(0, 1), "nog geen verklarende redenering")
    qtbot.addWidget(slot)
    slot.resize(130, slot.height())
    shown = slot.grab().toImage()
    ground = shown.pixelColor(65, 3)
    for x in (3, 4, 125, 126):
        column = {shown.pixelColor(x, y).rgb() for y in range(8, shown.height() - 8)}
        assert column == {ground.rgb()}
