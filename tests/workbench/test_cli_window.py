"""The commands that open the window open it with the project and all its places."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from codebook import founding

LOOK = """
import sys
from PySide6.QtWidgets import QApplication
from workbench.cli.main import main

def look():
    window = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")
    print(window.here(), window.windowTitle(), sep="|")
    return 0

QApplication.exec = look
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("words", "seen"), [
    (["demo", "study.narratief"], "material|study – Narratief"), (["study.narratief"], "material|study – Narratief"),
    ([], "welcome|Narratief")])
def test_the_window_opens_at_the_first_place(words: list[str], seen: str, tmp_path: Path) -> None:
    founding.found(tmp_path / "study.narratief").close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NARRATIEF_HOME": str(tmp_path), "LC_ALL": "nl_NL"}
    made = subprocess.run([sys.executable, "-c", LOOK, *words], env=environment, cwd=tmp_path, capture_output=True,
                          text=True, timeout=60, check=False)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1] == seen
