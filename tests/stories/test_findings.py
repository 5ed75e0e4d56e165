"""Deelvraag 1 answered in the window on the sample study: a pattern with evidence, a shortened quote, a factsheet that
goes out, an answer that comes back; closed, opened again, and still there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from codebook import evidence, memberchecks, patterns, quotes
from codebook.checks import problems
from workbench import demo
from workbench.app import Desk
from workbench.i18n import set_language
from workbench.places import furnish
from workbench.settings import Settings

CONTROL = Qt.KeyboardModifier.ControlModifier
NAME = "Rust bij wie leiding geeft"


@pytest.fixture
def desk(tmp_path: Path, qtbot: Any) -> Iterator[Desk]:
    set_language("nl")
    demo.make(str(tmp_path / "studie.narratief"))
    made = Desk(Settings(language="nl", coder="Noor"), furnish=furnish)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.open_project(str(tmp_path / "studie.narratief"))
    QApplication.processEvents()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close_project()
    set_language("en")


def click(qtbot: Any, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_from_a_question_to_an_answer_of_respondents(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    panel: Any = desk.window.open_place("patterns")
    _make_pattern(panel, qtbot)
    _pick_narratieven(panel, qtbot)
    _quote(panel, qtbot)
    target = _give_back(panel, qtbot, tmp_path)
    assert any(NAME in paragraph.text for paragraph in Document(str(target)).paragraphs)
    desk.close_project()
    desk.open_project(str(tmp_path / "studie.narratief"))
    opened: Any = desk.project
    with opened.project.read() as session:
        found = next(p for p in patterns.patterns(session) if p.label == NAME)
        assert (found.kind, found.conclusion) == ("wants", "Rust aan de top maakt ruimte in het team.")
        weight = evidence.weights(session, [found.id])[found.id]
        assert (weight.narratieven, weight.quotes, weight.contradicts) == (
            len(opened.reading.ask('"Werkzame factor" and (management or teamleider)').ids), 1, 1)
        [reply] = [r for r in memberchecks.replies(session) if r.about_id == found.id]
        assert (reply.body, reply.is_settled) == ("Herkenbaar.", True)
    assert problems(opened.project) == []


def _make_pattern(panel: Any, qtbot: Any) -> None:
    page = panel.page
    qtbot.keyClick(next(page.board.cards()), Qt.Key.Key_N)
    qtbot.keyClicks(page.names.field, NAME)
    qtbot.keyClick(page.names.field, Qt.Key.Key_Return)
    assert page.detail.label.text() == NAME
    page.detail.kind.choose("wants")
    page.detail.kind.picked.emit()
    page.detail.tabs.setCurrentIndex(1)
    page.detail.texts["conclusion"].setFocus()
    qtbot.keyClicks(page.detail.texts["conclusion"], "Rust aan de top maakt ruimte in het team.")
    page.detail.tabs.setCurrentIndex(0)


def _pick_narratieven(panel: Any, qtbot: Any) -> None:
    page = panel.page
    click(qtbot, page.detail.evidence.more)
    page.picker.line.edit.setFocus()
    qtbot.keyClicks(page.picker.line.edit, '"Werkzame factor" en (management of teamleider)')
    page.picker.found.list.setFocus()
    qtbot.keyClick(page.picker.found.list, Qt.Key.Key_A, CONTROL)
    click(qtbot, page.picker.puts["steunt"])
    qtbot.keyClick(page.picker.found.list, Qt.Key.Key_Escape)
    seen = page.detail.evidence
    seen.list.setFocus()
    qtbot.keyClick(seen.list, Qt.Key.Key_End)
    qtbot.keyClicks(seen.list, "-")


def _quote(panel: Any, qtbot: Any) -> None:
    """The quote about the cake, without its first words, behind the pattern."""
    panel.tabs.setCurrentWidget(panel.quotes)
    page, side = panel.quotes, panel.quotes.side
    qtbot.keyClicks(page.words, "alleen taart komt")
    text = side.text
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("waar alleen"), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    assert side.shown.text() == "“[…] taart komt, wordt niet geleerd” (manager)"
    side.pattern.setCurrentIndex(side.pattern.findText(NAME))
    side.pattern.picked.emit()
    with panel._opened.project.read() as session:
        used = next(q for q in quotes.bank(session) if "taart" in q.text)
        assert NAME in [use.label for use in used.uses]


def _give_back(panel: Any, qtbot: Any, folder: Path) -> Path:
    panel.tabs.setCurrentWidget(panel.check)
    page = panel.check
    numbers = {page.groups.item(n).text(): page.groups.item(n).data(Qt.ItemDataRole.UserRole)
               for n in range(page.groups.count())}
    page.choose_group(numbers["Managers"])
    tree = page.sheet.findings
    row = next(tree.topLevelItem(n) for n in range(tree.topLevelItemCount())
               if tree.topLevelItem(n).text(0).startswith(NAME))
    tree.setCurrentItem(row)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    QApplication.processEvents()
    target = folder / "blad.docx"
    with qtbot.waitSignal(panel._opened.message, timeout=60_000,
                          check_params_cb=lambda text, _undo: "Written" in str(text)):
        page.sheet.export_to(target)
    page.register.who.setFocus()
    qtbot.keyClicks(page.register.who, "M1")
    qtbot.keyClick(page.register.who, Qt.Key.Key_Return)
    replies = page.replies
    page.tabs.setCurrentWidget(replies)
    replies.about.setCurrentIndex(replies.about.findText(NAME))
    replies.body.setFocus()
    qtbot.keyClicks(replies.body, "Herkenbaar.")
    click(qtbot, replies.add)
    qtbot.mouseClick(replies.settled, Qt.MouseButton.LeftButton, pos=QPoint(8, replies.settled.height() // 2))
    return target
