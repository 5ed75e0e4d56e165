"""The first window costs Qt and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pandas", "openpyxl", "spacy", "alembic", "matplotlib", "psycopg", "docx", "odf", "pypdfium2", "scipy")
PROGRAM = """
import json, sys, time
begun = time.perf_counter()
from workbench.app import start
desk = start()
desk.window.show()
desk.window.grab()
loaded = [name for name in {heavy!r} if name in sys.modules]
print(json.dumps([loaded, desk.window.windowTitle(), time.perf_counter() - begun]))
"""


def start_window(home: Path) -> tuple[list[str], str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NARRATIEF_HOME": str(home)}
    made = subprocess.run([sys.executable, "-c", PROGRAM.format(heavy=HEAVY)], env=environment, timeout=60,
                          capture_output=True, text=True, check=True)
    loaded, title, seconds = json.loads(made.stdout.splitlines()[-1])
    return loaded, title, seconds


def test_nothing_heavy_is_loaded_at_the_start(tmp_path: Path) -> None:
    loaded, title, _seconds = start_window(tmp_path)
    assert loaded == []
    assert title == "Narratief"


@pytest.mark.benchmark
def test_the_window_is_painted_within_a_second(tmp_path: Path) -> None:
    best = min(start_window(tmp_path)[2] for _run in range(3))
    print(f"start of the window: {best * 1000:.0f} ms (budget 1000, floor of Qt alone 186: ×{best / 0.186:.1f})")
    assert best <= 1.0
