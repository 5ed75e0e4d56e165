"""A file dialog in the folder of an open project leaves SQLite's hold on the project alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WINDOW = """
import sys
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QFileDialog
from codebook import founding
from workbench.app import make_application

place, looks = sys.argv[1:]
app = make_application()
project = founding.found(place, author="Noor")
if looks == "looks in":
    open(place, "rb").close()
dialog = QFileDialog(None, "", project.path.parent.as_posix())
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.show()
loop = QEventLoop()
QTimer.singleShot(1500, loop.quit)
loop.exec()
dialog.close()
print("ready", flush=True)
sys.stdin.readline()
"""
KIND = """
import sys
from PySide6.QtCore import QMimeDatabase
from workbench.filetypes import make_known
make_known()
print(QMimeDatabase().mimeTypeForFile("/nowhere/" + sys.argv[1], QMimeDatabase.MatchMode.MatchExtension).name())
"""
OTHER = "import sys; from corpora.store.project import Project; Project.open(sys.argv[1]).close()"


def _log_survives(place: Path, window_does: str) -> bool:
    """Whether the write-ahead log is still there when another process has opened and closed the project."""
    with subprocess.Popen([sys.executable, "-c", WINDOW, str(place), window_does], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None and window.stdin is not None
        try:
            assert window.stdout.readline() == "ready\n"
            subprocess.run([sys.executable, "-c", OTHER, str(place)], check=True)
            return place.with_name(place.name + "-wal").exists()
        finally:
            window.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="locks of this kind are POSIX, and so are these folders")
def test_a_file_dialog_does_not_loosen_the_hold_on_an_open_project(tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert _log_survives(tmp_path / "one.narratief", "leaves alone")
    assert not _log_survives(tmp_path / "two.narratief", "looks in"), "the danger is real: else this test shows nothing"


@pytest.mark.parametrize("name", ["study.narratief", "study.narratief-wal", "study.narratief-shm"])
def test_a_project_is_known_by_its_name(name: str) -> None:
    """Whether a dialog looks into a file of unknown kind depends on the system; one that is known it never opens."""
    found = subprocess.run([sys.executable, "-c", KIND, name], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "application/x-narratief"
