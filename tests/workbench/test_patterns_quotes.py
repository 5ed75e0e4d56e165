"""The quote bank in the window: filter, shorten by key and mouse, role, use, copy; and what a name in it stops."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor

from codebook import evidence, quotes
from corpora import documents, pseudonyms
from tests.workbench.patterns_places import do, opened, panel, quote_of, some_board
from workbench.panels.patterns import PatternsPanel
from workbench.panels.patterns_quotes import QuotesPage
from workbench.project import OpenProject

__all__ = ["opened", "panel"]
SHIFT = Qt.KeyboardModifier.ShiftModifier


def bank(panel: PatternsPanel) -> QuotesPage:
    panel.tabs.show_page("quotes")
    return panel.quotes


def the(opened: OpenProject, number: int = 1) -> quotes.QuoteEntry:
    with opened.project.read() as session:
        return quotes.entry(session, number)


def choose_words(page: QuotesPage, words: str) -> None:
    """Put the selection on words of the quote in hand."""
    text = page.side.text
    cursor = text.textCursor()
    start = text.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def test_no_quotes_yet(panel: PatternsPanel, qtbot: Any) -> None:
    page = bank(panel)
    assert page._none.isVisible()
    with qtbot.waitSignal(panel.openPlace) as heard:
        qtbot.mouseClick(page._none._button, Qt.MouseButton.LeftButton)
    assert heard.args == ["coding"]


def test_the_bank_is_filtered(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    first, second = quote_of(opened, "Verhaal 1 over Werkzame factor"), quote_of(opened, "ze kantelden", 2)
    do(opened, evidence.add_quotes, opened.coder_id, rust, [second])
    page = bank(panel)
    assert [one.id for one in page.found()] == [first, second]
    assert page.count.text() == "2 quotes, 1 used"
    qtbot.keyClicks(page.words, "gesprek 2")
    assert [one.id for one in page.found()] == [second]
    page.words.clear()
    qtbot.keyClicks(page.words, "rust")
    assert [one.id for one in page.found()] == [second]
    page.words.clear()
    page.which.choose("unused")
    page.which.picked.emit()
    assert [one.id for one in page.found()] == [first]
    page.which.choose("all")
    page.roles.choose("coache" if page.roles.findData("coache") >= 0 else "coach")
    page.roles.picked.emit()
    assert [one.place.document for one in page.found()] == ["Gesprek 2"]


def test_words_are_left_out_by_key_and_put_back(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    quote_of(opened, "Verhaal 1 over Werkzame factor: ze kantelden")
    page = bank(panel)
    text = page.side.text
    text.setFocus()
    for _ in range(len("Verhaal 1 ")):
        qtbot.keyClick(text, Qt.Key.Key_Right)
    for _ in range(len("over")):
        qtbot.keyClick(text, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    assert the(opened).shown == "Verhaal 1 […] Werkzame factor: ze kantelden"
    assert page.side.shown.text() == "“Verhaal 1 […] Werkzame factor: ze kantelden” (manager)"
    assert text.toPlainText() == "Verhaal 1 over Werkzame factor: ze kantelden"
    cursor = text.textCursor()
    cursor.setPosition(len("Verhaal 1 ov"))
    assert cursor.charFormat().fontStrikeOut()
    text.setTextCursor(cursor)
    qtbot.keyClick(text, Qt.Key.Key_Backspace)
    assert the(opened).cuts == ()


def test_words_are_left_out_with_the_mouse(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    quote_of(opened, "Verhaal 1 over Werkzame factor: ze kantelden")
    page = bank(panel)
    text = page.side.text
    middle = text.cursorRect(_at(text, len("Verhaal 1 over Werk"))).center()
    qtbot.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y()))
    assert text.textCursor().selectedText() == "Werkzame"
    qtbot.mouseClick(page.side.cut, Qt.MouseButton.LeftButton)
    assert the(opened).shown == "Verhaal 1 over […] factor: ze kantelden"
    opened.undo()
    assert page.side.shown.text().startswith("“Verhaal 1 over Werkzame")


def _at(text: Any, position: int) -> QTextCursor:
    cursor: QTextCursor = text.textCursor()
    cursor.setPosition(position)
    return cursor


def test_role_use_note_and_pattern(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    quote_of(opened, "ze kantelden")
    page = bank(panel)
    side = page.side
    assert side.role.text() == "manager"
    side.role.setFocus()
    side.role.selectAll()
    qtbot.keyClicks(side.role, "teamleider")
    qtbot.keyClick(side.role, Qt.Key.Key_Return)
    assert the(opened).role == "teamleider"
    side.pattern.choose(str(rust))
    side.pattern.picked.emit()
    assert the(opened).is_used
    assert "Rust" in side.uses.text()
    side.uses.linkActivated.emit(str(rust))
    assert panel.tabs.here() == "board"
    assert panel.page.detail.pattern == rust
    bank(panel)
    qtbot.mouseClick(side.wanted, Qt.MouseButton.LeftButton, pos=QPoint(8, side.wanted.height() // 2))
    side.note.setFocus()
    qtbot.keyClicks(side.note, "te herkenbaar")
    side.role.setFocus()
    assert (the(opened).is_wanted, the(opened).note) == (False, "te herkenbaar")
    with qtbot.waitSignal(panel.openNarratief) as heard:
        qtbot.mouseClick(side.open, Qt.MouseButton.LeftButton)
    assert heard.args == [the(opened).narratief_id]


def test_a_quote_with_a_name_is_told_and_never_copied(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    first, second = quote_of(opened, "Verhaal 1 over Werkzame factor"), quote_of(opened, "ze kantelden", 2)
    do(opened, pseudonyms.replace_names, {"Aaltje Brinkhorst": "A"})
    do(opened, documents.edit_text, 1, [documents.Edit(8, 9, "Aaltje Brinkhorst")], "correction")
    page = bank(panel)
    assert "Aaltje" in page.side.status.text()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    told: list[str] = []
    opened.failed.connect(lambda text: told.append(str(text)))
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "“ze kantelden” (coach)"
    assert "not copied" in told[0]
    page.which.choose("named")
    page.which.picked.emit()
    assert [one.id for one in page.found()] == [first]
    page.side.role.setText("buurvrouw van Aaltje Brinkhorst")
    page.side._set_role()
    assert "never a name" in told[1]
    assert the(opened).role == "manager"
    choose_words(page, "Aaltje Brinkhorst")
    qtbot.keyClick(page.side.text, Qt.Key.Key_Delete)
    assert the(opened).is_usable
    assert page.found() == []
    assert second != first


def test_a_change_of_one_quote_reads_only_that_one(panel: PatternsPanel, qtbot: Any, opened: OpenProject,
                                                   monkeypatch: Any) -> None:
    first, second = quote_of(opened, "Verhaal 1 over Werkzame factor"), quote_of(opened, "ze kantelden", 2)
    page, asked = bank(panel), []
    whole = quotes.bank
    monkeypatch.setattr(quotes, "bank", lambda session, ids=None, veil=None: asked.append(ids) or whole(session, ids))
    do(opened, quotes.set_note, second, "mooi")
    do(opened, quotes.set_role, second, "coach in opleiding")
    assert [one.note for one in page.found()] == ["", "mooi"] and page.roles.findData("coach in opleiding") > 0
    opened.undo()
    opened.undo()
    assert [one.note for one in page.found()] == ["", ""] and page.roles.findData("coach in opleiding") < 0
    assert [set(ids or ()) for ids in asked] == [{second}] * 4
    assert [one.id for one in page.found()] == [first, second]


def test_a_quote_is_taken_out_of_the_bank_and_evidence_stays(panel: PatternsPanel, qtbot: Any,
                                                             opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    first, second = quote_of(opened, "Verhaal 1 over Werkzame factor"), quote_of(opened, "ze kantelden", 2)
    do(opened, evidence.add_quotes, opened.coder_id, rust, [second])
    page = bank(panel)
    page.list.set_current_id(second)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert [one.id for one in page.found()] == [first]
    with opened.project.read() as session:
        assert [line.is_quote_lost for line in evidence.lines(session, [rust])[rust]] == [True]
    opened.undo()
    assert [one.id for one in page.found()] == [first, second]
