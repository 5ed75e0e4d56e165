"""A choice of a few: its list shows all of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.shared.choices import Choice
from workbench.theme import theme


def test_the_list_shows_every_line_and_every_word(qtbot: QtBot, qapp: Any) -> None:
    theme().start("light", 100)
    choice = Choice("Type")
    qtbot.addWidget(choice)
    long = "competence: wat ze zelf kunnen en willen bijdragen"
    choice.offer([("a", "needs"), ("b", "demands"), ("c", "wants"), ("d", long)])
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    choice.show()
    qtbot.waitExposed(choice)
    choice.showPopup()
    QApplication.processEvents()
    view = choice.view()
    last = view.visualRect(view.model().index(3, 0))
    assert view.viewport().rect().contains(last), "no line is cut off"
    assert view.viewport().width() >= view.fontMetrics().horizontalAdvance(long)
    choice.hidePopup()
