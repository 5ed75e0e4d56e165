"""Pages that are made when they are looked at, code that is read before that, and what a change makes anew."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.workbench.patterns_places import opened
from workbench import warming
from workbench.panels.cmo import CmoPanel
from workbench.panels.patterns import PatternsPanel
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject
from workbench.shared.late_tabs import LateTabs
from workbench.warming import Warming

__all__ = ["opened"]


def test_a_page_is_made_when_it_is_looked_at_and_once(qtbot: QtBot) -> None:
    tabs, made = LateTabs("Tabs", above=8), []
    qtbot.addWidget(tabs)
    tabs.made.connect(lambda key, _page: made.append(key))
    for key in ("one", "two", "three"):
        tabs.add(key, key.title(), QLineEdit)
    assert made == [] and tabs.here() == "one"
    tabs.show()
    qtbot.waitExposed(tabs)
    assert made == ["one"] and tabs.page("one").isVisible()
    tabs.setCurrentIndex(2)
    tabs.setCurrentIndex(0)
    assert made == ["one", "three"] and list(tabs.pages()) == made
    assert tabs.show_page("two") is tabs.page("two") and tabs.here() == "two" and made[-1] == "two"
    assert tabs.widget(1).focusProxy() is tabs.page("two"), "the focus goes to the page"
    tabs.setCurrentWidget(tabs.page("three"))
    assert tabs.here() == "three" and tabs.currentWidget() is tabs.page("three")


def test_a_place_opens_with_one_page(opened: OpenProject, qtbot: QtBot) -> None:
    for panel, first in ((PatternsPanel(opened), "board"), (CmoPanel(opened), "matrix"),
                         (QuestionsPanel(opened), "ask")):
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        assert list(panel.tabs.pages()) == [first]


def test_code_is_read_while_nobody_waits(qtbot: QtBot, monkeypatch: Any) -> None:
    monkeypatch.setattr(warming, "LATER", 10)
    monkeypatch.setattr(warming, "BETWEEN", 10)
    names = ["colorsys", "stringprep"]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    line = QLineEdit()
    qtbot.addWidget(line)
    Warming(names, line)
    assert not set(names) & set(sys.modules), "not at once"
    qtbot.waitUntil(lambda: set(names) <= set(sys.modules))
