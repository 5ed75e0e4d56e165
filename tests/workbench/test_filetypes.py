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

place, known = sys.argv[1:]
if known == "unknown":
    import workbench.app
    workbench.app.make_known = lambda: None
app = make_application()
project = founding.found(place, author="Noor")
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
OTHER = "import sys; from corpora.store.project import Project; Project.open(sys.argv[1]).close()"


def _log_survives(place: Path, known: str) -> bool:
    """Whether the write-ahead log is still there when another process has opened and closed the project."""
    with subprocess.Popen([sys.executable, "-c", WINDOW, str(place), known], stdin=subprocess.PIPE,
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
    assert _log_survives(tmp_path / "one.narratief", "known")
    # A dialog on a busy machine may be closed before it has looked into the file, so it gets more than one chance.
    assert not all(_log_survives(tmp_path / f"two{n}.narratief", "unknown") for n in range(5)), \
        "the danger is real: else this test shows nothing"
