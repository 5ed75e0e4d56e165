"""Makes the pictures of the README from the running program on the sample study.

    python docs/make_screenshots.py            on this screen, or on none (offscreen)

Each place is opened as a user would see it; nothing is drawn or retouched.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parent / "images"
SIZE = (1366, 768)
PATIENCE = 2.0
INTERVIEW = "Interview 1 wijkteamlid"
QUESTION = '"Werkzame factor" en facilitator en (positief of betrokken)'


def main() -> int:
    """Make all pictures; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARRATIEF_HOME"] = folder
        from workbench import demo

        study = Path(folder) / demo.NAME
        demo.make(str(study))
        _Camera(study).take_all()
    return 0


class _Camera:
    def __init__(self, study: Path) -> None:
        from workbench.app import Desk, make_application
        from workbench.i18n import install_qt_texts, set_language
        from workbench.places import furnish
        from workbench.settings import Settings
        from workbench.theme import theme

        self.app = make_application()
        set_language("nl")
        install_qt_texts(self.app)
        self.look = theme()
        self.look.start("light")
        self.desk = Desk(Settings(language="nl", theme="light", coder="Noor"), furnish=furnish)
        self.window = self.desk.window
        self.window.resize(*SIZE)
        self.window.show()
        self.study = study

    def take_all(self) -> None:
        self.take("begin")
        self.desk.open_project(str(self.study))
        for name, place, prepare in SCENES:
            panel = self.window.open_place(place)
            self.wait()
            prepare(panel)
            self.take(name)
        self.window.open_place("coding")
        self.look.set_mode("dark")
        self.take("coding-dark")
        self.desk.close_project()

    def take(self, name: str) -> None:
        self.wait()
        IMAGES.mkdir(exist_ok=True)
        target = IMAGES / f"{name}.png"
        self.window.grab().save(str(target))
        print(f"{target.name}: {target.stat().st_size // 1024} kB")

    def wait(self) -> None:
        """Let the window do what it does behind."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.01)


def _as_it_opens(_panel: Any) -> None:
    """Nothing to prepare."""


def _show_interview(panel: Any) -> None:
    from corpora import documents

    opened = getattr(panel, "opened", None) or panel._opened
    with opened.project.read() as session:
        panel.show_document(documents.find(session, INTERVIEW).id)


def _ask(panel: Any) -> None:
    panel.ask.show_question("", QUESTION, "narratief", "any", None)


def _agree(panel: Any) -> None:
    panel.show_tab("agreement")


def _decide(panel: Any) -> None:
    panel.show_tab("deciding")


def _cross(panel: Any) -> None:
    panel.tabs.setCurrentWidget(panel.cooccurrence)


def _show_findings(panel: Any) -> None:
    """The first finding with its sources, once the report is made."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + 30
    while panel.made is None and time.monotonic() < until:
        QApplication.processEvents()
    first = next(line for line in panel.outline._lines if line.text.startswith("P1 "))
    panel.outline.choose(first.section, first.part)


def _bank(panel: Any) -> None:
    panel.tabs.show_page("quotes")


def _board(panel: Any) -> None:
    panel.show_page("board")
    panel.list.choose(panel.counting.board.kernelementen[0].id)


def _chain(panel: Any) -> None:
    panel.show_page("pictures")
    panel.pictures.show_kind("chain")


def _matrix(panel: Any) -> None:
    panel.show_page("matrix")
    panel.matrix.table.cellActivated.emit(-1, 1)


def _plan(panel: Any) -> None:
    page = panel.show_tab("team")
    page.division.ask()


SCENES: tuple[tuple[str, str, Callable[[Any], None]], ...] = (
    ("material", "material", _as_it_opens), ("fragments", "fragments", _show_interview),
    ("coding", "coding", _show_interview), ("questions", "questions", _ask), ("cooccurrence", "questions", _cross),
    ("cmo", "cmo", _board), ("cmo-matrix", "cmo", _matrix), ("cmo-chain", "cmo", _chain),
    ("team", "agreement", _plan), ("agreement", "agreement", _agree), ("deciding", "agreement", _decide),
    ("patterns", "patterns", _as_it_opens), ("quotes", "patterns", _bank), ("report", "report", _show_findings))


if __name__ == "__main__":
    sys.exit(main())
