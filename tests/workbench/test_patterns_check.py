"""Giving findings back, in the window: the factsheet, the register, the replies, and the file that goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from codebook import evidence, memberchecks, patterns, tracing
from corpora import pseudonyms
from tests.workbench.patterns_places import do, opened, panel, quote_of, some_board
from workbench.panels.patterns import PatternsPanel
from workbench.panels.patterns_check import CheckPage
from workbench.project import OpenProject

__all__ = ["opened", "panel"]
COACHES, MANAGERS = "Coaches", "Managers"


def back(panel: PatternsPanel, group: str = MANAGERS) -> CheckPage:
    panel.tabs.show_page("check")
    page = panel.check
    numbers = {page.groups.item(n).text().split(" · ")[0]: page.groups.item(n).data(Qt.ItemDataRole.UserRole)
               for n in range(page.groups.count())}
    page.choose_group(numbers[group])
    return page


def content(opened: OpenProject, page: CheckPage) -> memberchecks.SheetContent:
    with opened.project.read() as session:
        return memberchecks.content(session, page.group())


def row(page: CheckPage, label: str) -> QTreeWidgetItem:
    tree = page.sheet.findings
    found = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return next(one for one in found if one is not None and one.text(0).startswith(label))


def tick(page: CheckPage, qtbot: Any, label: str) -> None:
    """Space on a finding."""
    page.sheet.findings.setCurrentItem(row(page, label))
    page.sheet.findings.setFocus()
    qtbot.keyClick(page.sheet.findings, Qt.Key.Key_Space)
    QApplication.processEvents()


def filled(opened: OpenProject) -> int:
    """Three patterns, the first with a narratief and a quote behind it; the number of the quote."""
    rust, *_others = some_board(opened)
    quote = quote_of(opened, "ze kantelden")
    do(opened, evidence.add, opened.coder_id, rust, [1, 2])
    do(opened, evidence.add_quotes, opened.coder_id, rust, [quote])
    do(opened, patterns.change, rust, conclusion="Rust helpt.")
    return quote


def test_a_click_right_after_typing_ticks_and_takes_in_hand(panel: PatternsPanel, qtbot: Any,
                                                            opened: OpenProject) -> None:
    filled(opened)
    page = back(panel)
    sheet = page.sheet
    assert sheet.hint.isVisible(), "says what stands in it as long as nothing is ticked"
    sheet.opening.setFocus()
    qtbot.keyClicks(sheet.opening, "Dank voor de gesprekken.")
    box = sheet.findings.visualItemRect(row(page, "Tijd"))
    assert sheet.findings.currentItem() is row(page, "Rust")
    qtbot.mouseClick(sheet.findings.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(12, 12))
    QApplication.processEvents()
    found = content(opened, page)
    assert found.opening == "Dank voor de gesprekken." and [i.finding.label for i in found.items] == ["Tijd"]
    assert sheet.findings.currentItem() is row(page, "Tijd") and not sheet.hint.isVisible()


def test_a_finding_says_how_much_of_it_the_group_told(panel: PatternsPanel, opened: OpenProject) -> None:
    filled(opened)
    page = back(panel)
    with opened.project.read() as session:
        behind, own = memberchecks.carried(session, page.group())["pattern", 1]
        titles = {p.document for p in tracing.places_of(session, [1, 2]).values() if p.group == "Managers"}
    assert behind == 2 and own == (2 if titles else 0)
    assert row(page, "Rust").text(1) == f"{own} of 2" and row(page, "Tijd").text(1) == "–"


def test_a_factsheet_is_put_together_by_keys(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    quote = filled(opened)
    page = back(panel)
    sheet = page.sheet
    qtbot.keyClicks(sheet.title, "Wat wij hoorden")
    qtbot.keyClick(sheet.title, Qt.Key.Key_Return)
    sheet.opening.setFocus()
    qtbot.keyClicks(sheet.opening, "Dank voor de gesprekken.")
    tick(page, qtbot, "Rust")
    tick(page, qtbot, "Tijd")
    found = content(opened, page)
    assert (found.title, found.opening) == ("Wat wij hoorden", "Dank voor de gesprekken.")
    assert [(i.finding.label, i.narratieven) for i in found.items] == [("Rust", 2), ("Tijd", 0)]
    qtbot.keyClick(sheet.findings, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [i.finding.label for i in content(opened, page).items] == ["Tijd", "Rust"]
    sheet.findings.setCurrentItem(row(page, "Rust"))
    sheet.quote.choose(str(quote))
    sheet.quote.picked.emit()
    assert content(opened, page).items[1].quote == "ze kantelden"
    tick(page, qtbot, "Tijd")
    assert [i.finding.label for i in content(opened, page).items] == ["Rust"]
    with qtbot.waitSignal(sheet.openPattern) as heard:
        sheet.findings.setCurrentItem(row(page, "Rust"))
        qtbot.keyClick(sheet.findings, Qt.Key.Key_Return)
    assert heard.args == [1]
    assert panel.tabs.here() == "board"


def test_each_group_has_its_own_factsheet(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    filled(opened)
    page = back(panel)
    page.sheet.title.setFocus()
    qtbot.keyClicks(page.sheet.title, "Voor managers")
    page.sheet.opening.setFocus()
    qtbot.keyClicks(page.sheet.opening, "Geachte managers")
    back(panel, COACHES)
    assert (page.sheet.title.text(), page.sheet.opening.toPlainText()) == ("", "")
    back(panel)
    assert (page.sheet.title.text(), page.sheet.opening.toPlainText()) == ("Voor managers", "Geachte managers")


def test_the_register_and_the_replies(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    filled(opened)
    page = back(panel)
    tick(page, qtbot, "Rust")
    page.register.who.setFocus()
    qtbot.keyClicks(page.register.who, "R1, manager oost")
    qtbot.keyClick(page.register.who, Qt.Key.Key_Return)
    assert [page.register.table.topLevelItem(n).text(3) for n in range(2)] == ["as it is now"] * 2
    do(opened, patterns.change, 1, conclusion="Rust helpt soms.")
    assert [page.register.table.topLevelItem(n).text(3) for n in range(2)] == ["an earlier one"] * 2
    page.tabs.setCurrentWidget(page.replies)
    replies = page.replies
    replies.about.choose("pattern 1")
    replies.body.setFocus()
    qtbot.keyClicks(replies.body, "Bij ons niet.")
    replies.agrees.choose("no")
    qtbot.mouseClick(replies.add, Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        [one] = memberchecks.replies(session)
    assert (one.subject, one.body, one.agrees, one.recipient) == ("Rust", "Bij ons niet.", False, "R1")
    assert page.tabs.tabText(1) == "Replies (1 open)"
    assert page.groups.currentItem().text() == "Managers · 1 open"
    replies.change.setFocus()
    qtbot.keyClicks(replies.change, "Conclusie afgezwakt.")
    qtbot.mouseClick(replies.settled, Qt.MouseButton.LeftButton, pos=QPoint(8, replies.settled.height() // 2))
    with opened.project.read() as session:
        [one] = memberchecks.replies(session)
    assert (one.change, one.is_settled) == ("Conclusie afgezwakt.", True)
    assert page.tabs.tabText(1) == "Replies"
    qtbot.mouseClick(replies.only_open, Qt.MouseButton.LeftButton, pos=QPoint(8, replies.only_open.height() // 2))
    assert replies.list.count() == 0
    back(panel, COACHES)
    replies.only_open.setChecked(False)
    replies.every.setChecked(True)
    assert replies.list.count() == 1
    panel.show_pattern(1)
    assert "1 replies" in panel.page.detail.replies.text()


def test_a_name_stops_the_factsheet_and_a_clean_one_goes_out(panel: PatternsPanel, qtbot: Any, opened: OpenProject,
                                                             tmp_path: Path) -> None:
    filled(opened)
    do(opened, pseudonyms.replace_names, {"Aaltje Brinkhorst": "A"})
    page = back(panel)
    tick(page, qtbot, "Rust")
    page.sheet.opening.setFocus()
    qtbot.keyClicks(page.sheet.opening, "Beste Aaltje Brinkhorst,")
    page.sheet.closing.setFocus()
    assert "Aaltje Brinkhorst" in page.sheet.warn.text()
    assert page.sheet.warn.isVisible()
    target = tmp_path / "blad.docx"
    with qtbot.waitSignal(opened.failed, timeout=20_000) as heard:
        page.sheet.export_to(target)
    assert "Aaltje" in str(heard.args[0])
    assert not target.exists()
    page.sheet.opening.setFocus()
    page.sheet.opening.selectAll()
    qtbot.keyClicks(page.sheet.opening, "Beste manager,")
    page.sheet.closing.setFocus()
    assert not page.sheet.warn.isVisible()
    with qtbot.waitSignal(opened.message, timeout=20_000, check_params_cb=lambda text, _u: "Written" in str(text)):
        page.sheet.export_to(target)
    assert target.stat().st_size > 1_000
