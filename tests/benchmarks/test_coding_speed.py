"""Key press → coding on disk and painted, in the window with a project of 100,000 narratieven.

A key counts from the press to the end of the painting that it caused; the step is committed (synchronous FULL) before
that. Each line prints what, median, 95th percentile, budget, and the median as a multiple of the floor: the same step
made without a window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median, quantiles
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from codebook import coding
from corpora.messages import message
from corpora.store.project import Project
from tests.benchmarks import within
from tests.benchmarks.conftest import Study
from tests.workbench.coding_places import code_of, in_light
from workbench.mainwindow import MainWindow
from workbench.panels.coding import CodingPanel
from workbench.project import OpenProject
from workbench.settings import Settings

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

NARRATIEVEN = 100_000
BUDGET = 0.050
KEYS = 40


@pytest.fixture
def panel(copy_of_study: Study, qtbot: QtBot) -> Iterator[CodingPanel]:
    in_light()
    opened = OpenProject.open(copy_of_study(NARRATIEVEN), "Meting")
    window = MainWindow(Settings())
    window.register_place("coding", "Coderen", "coding", lambda: CodingPanel(opened))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.set_project(opened)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found = window.place_widget("coding")
    assert isinstance(found, CodingPanel)
    yield found
    window.set_project(None)
    opened.close()


def timed(run: Callable[[], object]) -> float:
    begin = perf_counter()
    run()
    QApplication.processEvents()
    return perf_counter() - begin


def press(panel: CodingPanel, key: str | Qt.Key) -> float:
    target = panel.coding.field()
    return timed(lambda: QTest.keyClicks(target, key) if isinstance(key, str) else QTest.keyClick(target, key))


def tell(what: str, seconds: list[float], floor: float) -> None:
    late = quantiles(seconds, n=20)[-1]
    print(f"\n{what}: {median(seconds) * 1000:5.1f} ms, p95 {late * 1000:5.1f} ms (budget {BUDGET * 1000:.0f} ms), "
          f"{median(seconds) / floor:4.1f} × the step alone")


def test_key_to_painted_and_durable(panel: CodingPanel) -> None:
    opened = panel.opened
    press(panel, "2")
    press(panel, "3")
    coded, moves = [], []
    for _round in range(KEYS):
        moves.append(press(panel, Qt.Key.Key_Return))
        press(panel, "0")
        coded.append(press(panel, "1"))
    one, code = panel.coding.desk.current or 0, code_of(opened, "WAT:Werkzame factor")
    bare = Project.open(opened.path, "Meting")
    alone = median(timed(lambda: bare.step(message("Step"), coding.toggle, opened.coder_id, one, code))
                   for _ in range(20))
    bare.close()
    tell("key → coding painted and on disk, 100,000 narratieven", coded, alone)
    tell("Enter → next narratief painted, 100,000 narratieven", moves, alone)
    assert within(median(coded), BUDGET)
    assert within(median(moves), BUDGET)


def test_opening_the_place_and_another_document(panel: CodingPanel) -> None:
    seconds = min(timed(lambda: panel.coding.head.step(1)) for _ in range(3))
    print(f"\nanother document: {seconds * 1000:5.1f} ms (no stall above 100 ms)")
    assert within(seconds, 0.1)
