"""Jobs: answers, errors, cancelling, and a window that keeps ticking meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from corpora.errors import ReadError
from workbench.jobs import Jobs, Progress


@pytest.fixture
def jobs(qapp: Any) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shut_down()


def add(progress: Progress, one: int, other: int) -> int:
    progress(1, 2, "half way")
    return one + other


def fail(progress: Progress) -> None:
    raise ReadError("{file} is empty.", file="a.txt")


def count_slowly(progress: Progress, steps: int) -> int:
    for step in range(steps):
        progress(step, steps)
        time.sleep(0.01)
    return steps


def stay_deaf(progress: Progress) -> None:
    time.sleep(60)


def burn(progress: Progress) -> int:
    end = time.monotonic() + 0.6
    total = 0
    while time.monotonic() < end:
        total += sum(range(1000))
    return total


@pytest.mark.parametrize("process", [False, True])
def test_an_answer_comes_with_progress_before_it(jobs: Jobs, qtbot: Any, process: bool) -> None:
    seen: list[Any] = []
    job = jobs.run(add, 2, 3, process=process, on_result=seen.append)
    job.progressed.connect(lambda share, text: seen.append((share, text)))
    qtbot.waitUntil(lambda: 5 in seen, timeout=10000)
    assert seen == [(0.5, "half way"), 5]
    assert jobs.running == []


@pytest.mark.parametrize("process", [False, True])
def test_an_error_arrives_as_itself(jobs: Jobs, qtbot: Any, process: bool) -> None:
    seen: list[BaseException] = []
    jobs.run(fail, process=process, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen), timeout=10000)
    assert "a.txt is empty." in str(seen[0])


@pytest.mark.parametrize("process", [False, True])
def test_cancel_stops_at_the_next_report(jobs: Jobs, qtbot: Any, process: bool) -> None:
    job = jobs.run(count_slowly, 10_000, process=process)
    qtbot.waitSignal(job.progressed, timeout=10000).wait()
    with qtbot.waitSignal(job.cancelled, timeout=5000):
        job.cancel()


def test_a_process_that_does_not_listen_is_replaced(jobs: Jobs, qtbot: Any) -> None:
    deaf = jobs.run(stay_deaf, process=True)
    seen: list[Any] = []
    jobs.run(add, 20, 30, process=True, on_result=seen.append)
    with qtbot.waitSignal(deaf.cancelled, timeout=15000):
        deaf.cancel()
    qtbot.waitUntil(lambda: seen == [50], timeout=15000)


def test_the_window_ticks_while_the_process_burns(jobs: Jobs, qtbot: Any) -> None:
    warm = jobs.run(add, 1, 1, process=True)
    qtbot.waitSignal(warm.ended, timeout=10000).wait()
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    job = jobs.run(burn, process=True)
    qtbot.waitSignal(job.ended, timeout=10000).wait()
    assert max(b - a for a, b in pairwise(ticks)) < 0.1
