"""The exports of the File menu, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from workbench import demo
from workbench.app import Desk
from workbench.giving import Giving, exports
from workbench.places import furnish
from workbench.settings import Settings


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    demo.make(str(tmp_path / "studie.narratief"))
    found = Desk(Settings(), furnish=furnish)
    qtbot.addWidget(found.window)
    assert found.open_project(str(tmp_path / "studie.narratief"))
    return found


def test_every_export_of_the_menu_is_written(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    giving = next(c for c in desk.window.children() if isinstance(c, Giving))
    for form, _name, _shortcut, ending in exports():
        target = tmp_path / f"uit-{form}{ending}"
        giving.write(target, form, "Interview 1 wijkteamlid" if form == "transcript" else None)
        qtbot.waitUntil(target.exists, timeout=30_000)
        assert target.stat().st_size > 500
    book = load_workbook(tmp_path / "uit-workbook.xlsx", read_only=True)
    assert "Co-occurrence" in book.sheetnames and "Narratieven" in book.sheetnames


def test_the_project_itself_is_never_overwritten(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    giving = next(c for c in desk.window.children() if isinstance(c, Giving))
    before = (tmp_path / "studie.narratief").stat().st_size
    other = tmp_path / "studie.zip"
    other.hardlink_to(tmp_path / "studie.narratief")
    giving.write(other, "archive")
    qtbot.waitUntil(lambda: "studie.zip" in desk.window.foot.message(), timeout=30_000)
    assert (tmp_path / "studie.narratief").stat().st_size >= before
    assert (tmp_path / "studie.narratief").read_bytes()[:6] == b"SQLite"
