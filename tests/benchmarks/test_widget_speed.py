"""The widgets against the speed budget (offscreen raster; painting into a picture included)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.benchmarks import within
from tests.workbench.test_widgets_rows import MadeRows
from workbench.theme import theme
from workbench.widgets.heat_table import HeatData, HeatTable
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.transcript_values import NarrativeSpan, TurnSpan
from workbench.widgets.transcript_view import TranscriptView

pytestmark = pytest.mark.benchmark


@pytest.fixture(autouse=True)
def look(qapp: Any) -> None:
    theme().start("light")


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def report(what: str, measured: float, budget: float, floor: float) -> None:
    print(f"{what}: {measured:.1f} ms, budget {budget:g}, floor {floor:g} (×{measured / floor:.1f})")
    assert within(measured, budget)


@pytest.mark.parametrize("count", [1348, 100_000])
def test_the_list_opens_and_scrolls(qtbot: Any, count: int) -> None:
    view = NarrativeList()
    qtbot.addWidget(view)
    view.resize(1000, 900)
    rows = MadeRows(count)

    def begin() -> None:
        view.set_rows(rows)
        view.show()
        view.grab()

    report(f"list of {count} opens", timed(begin), 300, 226)
    bar = view.verticalScrollBar()
    steps = sorted(timed(lambda: (bar.setValue(bar.value() + 48), view.grab())) for _step in range(200))
    report(f"list of {count}: scroll step, p95", steps[190], 16, 5.0)
    pick = random.Random(1)
    jumps = sorted(timed(lambda: (bar.setValue(pick.randrange(bar.maximum())), view.grab())) for _jump in range(100))
    report(f"list of {count}: random jump, p95", jumps[95], 30, 12.7)


def test_the_heat_map_opens(qtbot: Any) -> None:
    pick = random.Random(2)
    names = tuple(f"Werkzame factor {n}" for n in range(60))
    data = HeatData(names, names, [[pick.randrange(90) for _c in range(60)] for _r in range(60)])

    def begin() -> None:
        table = HeatTable()
        qtbot.addWidget(table)
        table.resize(1400, 900)
        table.set_data(data)
        table.show()
        table.grab()

    report("60 × 60 heat map opens", min(timed(begin) for _run in range(5)), 60, 42)


def test_a_transcript_of_a_hundred_thousand_words(qtbot: Any) -> None:
    turn = "R: " + "vroeger deed ik alles zelf en nu vraag ik eerst wie kent u " * 6 + "\n"
    count = 100_000 // len(turn.split())
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(1000, 800)
    view.show()

    def begin() -> None:
        spans = [(n * len(turn), (n + 1) * len(turn)) for n in range(count)]
        view.set_document(turn * count, [TurnSpan(a + 3, b - 1, n % 2 == 0) for n, (a, b) in enumerate(spans)])
        view.set_narratives([NarrativeSpan(n, n + 1, a, b) for n, (a, b) in enumerate(spans)])
        view.grab()

    report("transcript of 100,000 words opens", timed(begin), 1000, 149)
    bar = view.verticalScrollBar()
    steps = sorted(timed(lambda: (bar.setValue(bar.value() + 48), view.grab())) for _step in range(100))
    report("transcript: scroll step, p95", steps[95], 24, 4.4)
