"""The first opening of a place in the window, against its budget: the code was read while nobody waited (`Warming`).

Each line prints: place, measured (best of three), budget. Every measurement runs in a process of its own, as a place
opens for the first time only once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import within
from tests.benchmarks.conftest import Study

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).parents[2]
OPENED = 0.3
OPENING = """
import sys
from importlib import import_module
from time import perf_counter
from PySide6.QtWidgets import QApplication
from workbench.app import start
from workbench.places import furnish, places
desk = start(None, furnish)
desk.window.resize(1366, 768)
desk.window.show()
assert desk.open_project(sys.argv[1])
import_module(next(where for key, _title, _icon, where in places() if key == sys.argv[2]).split(":")[0])
QApplication.processEvents()
begin = perf_counter()
desk.window.open_place(sys.argv[2])
QApplication.processEvents()
print(perf_counter() - begin)
"""


@pytest.mark.parametrize("key", ["fragments", "coding", "questions", "cmo", "patterns", "agreement", "report"])
def test_a_place_opens(key: str, copy_of_study: Study, tmp_path: Path) -> None:
    place = copy_of_study(1_348)
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NARRATIEF_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    best = min(float(subprocess.run([sys.executable, "-c", OPENING, str(place), key], cwd=ROOT, env=settings,
                                    capture_output=True, text=True, check=True).stdout.split()[-1]) for _ in range(3))
    print(f"first opening of {key}: {best:5.3f} s (budget {OPENED} s)")
    assert within(best, OPENED)
