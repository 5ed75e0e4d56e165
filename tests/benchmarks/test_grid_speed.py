"""The whole grid of the instrument on 100,000 narratieven: counted, and shown in the window."""

from __future__ import annotations

from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from codebook import gridding
from tests.benchmarks import within
from tests.benchmarks.conftest import Study
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

NARRATIEVEN = 100_000
BUDGET = 1.0


def test_the_whole_grid_is_counted_and_shown_in_a_second(copy_of_study: Study, qtbot: QtBot) -> None:
    opened = OpenProject.open(copy_of_study(NARRATIEVEN), "Meting")
    begin = perf_counter()
    grid = gridding.everything(opened.reading)
    counted = perf_counter() - begin
    panel = QuestionsPanel(opened)
    qtbot.addWidget(panel)
    panel.resize(1366, 700)
    panel.show()
    qtbot.waitExposed(panel)
    begin = perf_counter()
    panel.tabs.setCurrentWidget(panel.grid)
    panel.grab()
    shown = perf_counter() - begin
    print(f"\ngrid of {grid.size:,} cells on {NARRATIEVEN:,}: counted {counted:.3f} s, in the window {shown:.3f} s, "
          f"budget {BUDGET:g} s")
    assert grid.size >= 2_700
    assert within(counted, BUDGET)
    assert within(shown, BUDGET)
    opened.close()
