"""The board of patterns, played with keys and mouse; what stands in the project afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from codebook import evidence, gridding, grids, memos, patterns, questions, snapshots
from codebook.grids import Axis
from codebook.models import Pattern
from corpora import narratives
from tests.workbench.patterns_places import board, do, opened, panel, quote_of, rows, some_board
from workbench.panels.patterns import PatternsPanel
from workbench.panels.patterns_page import BoardPage
from workbench.project import OpenProject
from workbench.widgets.board.places import Carried, packed
from workbench.widgets.card_spots import Card

__all__ = ["opened", "panel"]
CONTROL = Qt.KeyboardModifier.ControlModifier


def card(page: BoardPage, label: str) -> Card:
    return next(one for one in page.board.cards() if one.shown.title == label)


def press(page: BoardPage, qtbot: Any, label: str, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """A key on the card with this title, or on the head of the column with it."""
    heads = [column.head for column in page.board.columns if column.head.title.text() == label]
    spot: QWidget = heads[0] if heads else card(page, label)
    spot.setFocus()
    qtbot.keyClick(spot, key, modifier)


def drag(page: BoardPage, qtbot: Any, label: str, target: QWidget, at: QPoint, let_go: bool = True) -> None:
    """Carry a card with the mouse to a point of another widget."""
    QApplication.processEvents()  # the board has its places only when it is laid out
    one = card(page, label)
    page.board.ensureWidgetVisible(target)
    start, end = QPoint(30, 12), one.mapFromGlobal(target.mapToGlobal(at))
    qtbot.mousePress(one, Qt.MouseButton.LeftButton, pos=start)
    for n in range(1, 5):
        qtbot.mouseMove(one, start + (end - start) * n / 4)
        _move(one, start + (end - start) * n / 4)
    if let_go:
        qtbot.mouseRelease(one, Qt.MouseButton.LeftButton, pos=end)


def _move(widget: QWidget, at: QPoint) -> None:
    """A move with the button held down, which the test library does not send by itself."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    QApplication.sendEvent(widget, QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(widget.mapToGlobal(at)), Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


def type_name(page: BoardPage, qtbot: Any, name: str) -> None:
    assert page.names.isVisible()
    page.names.field.selectAll()
    qtbot.keyClicks(page.names.field, name)
    qtbot.keyClick(page.names.field, Qt.Key.Key_Return)


def test_an_empty_board_says_what_to_do(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    page = panel.page
    assert page._bare.isVisible()
    qtbot.mouseClick(page._bare._button, Qt.MouseButton.LeftButton)
    type_name(page, qtbot, "Rust")
    assert board(opened) == {"": ["Rust"]}
    assert page.board.isVisible()
    assert page.detail.label.text() == "Rust"
    for number in (2, 1):
        do(opened, questions.remove_deelvraag, number) if number == 2 else do(opened, patterns.remove, 1)
    do(opened, questions.remove_deelvraag, 1)
    assert page._none.isVisible()
    qtbot.mouseClick(page._none._button, Qt.MouseButton.LeftButton)
    type_name(page, qtbot, "Nieuwe vraag")
    assert page._bare.isVisible()


def test_cards_say_type_counts_and_warning(panel: PatternsPanel, opened: OpenProject) -> None:
    rust, _tijd, steun = some_board(opened)
    do(opened, evidence.add, opened.coder_id, rust, [1, 2, 3])
    do(opened, evidence.add, opened.coder_id, rust, [4], "weerspreekt")
    do(opened, narratives.remove, 4)
    shown = {one.shown.title: one.shown for one in panel.page.board.cards()}
    assert (shown["Rust"].word, shown["Rust"].look) == ("needs", 0)
    assert shown["Rust"].counts == "3 narratieven   +3"
    assert shown["Rust"].warning == "⚠ 1 lost its narratief or quote"
    assert (shown["Steun"].word, shown["Steun"].look, shown["Steun"].counts) == ("no type yet", -1, "no evidence yet")
    do(opened, patterns.change, steun, kind="droom")
    assert (card(panel.page, "Steun").shown.word, card(panel.page, "Steun").shown.look) == ("droom", 4)
    assert "3 narratieven" in card(panel.page, "Rust").accessibleName()
    looks = {card(panel.page, label).look.form for label in ("Rust", "Tijd", "Steun")}
    assert len(looks) == 3


def test_patterns_are_grouped_and_ordered_by_keys(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    press(page, qtbot, "Tijd", Qt.Key.Key_Right, CONTROL)
    assert board(opened) == {"": ["Rust", "Steun"], "Ruimte": ["Tijd"]}
    press(page, qtbot, "Steun", Qt.Key.Key_Up, CONTROL)
    assert board(opened)[""] == ["Steun", "Rust"]
    press(page, qtbot, "Steun", Qt.Key.Key_Right, CONTROL)
    press(page, qtbot, "Steun", Qt.Key.Key_Down, CONTROL)
    assert board(opened)["Ruimte"] == ["Tijd", "Steun"]
    press(page, qtbot, "Tijd", Qt.Key.Key_Left, CONTROL)
    assert board(opened) == {"": ["Tijd", "Rust"], "Ruimte": ["Steun"]}
    opened.undo()
    assert board(opened)["Ruimte"] == ["Tijd", "Steun"]
    assert [one.shown.title for one in page.board.columns[1].cards] == ["Tijd", "Steun"]


def in_sight(page: BoardPage, spot: QWidget) -> bool:
    """Whether a card or head can be seen whole."""
    shown = page.board.viewport()
    return shown.rect().contains(QRect(spot.mapTo(shown, QPoint(0, 0)), spot.size()))


def test_what_is_made_comes_into_sight(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    for name in ("Twee", "Drie", "Vier", "Vijf"):
        do(opened, patterns.add_theme, 1, name)
    page = panel.page
    press(page, qtbot, "Rust", Qt.Key.Key_T)
    type_name(page, qtbot, "Zes")
    head = page.board.columns[-1].head
    far = page.board.horizontalScrollBar()
    assert head.title.text() == "Zes" and in_sight(page, head) and far.value() == far.maximum() > 0
    page.board.horizontalScrollBar().setValue(0)
    qtbot.keyClick(head, Qt.Key.Key_N)
    type_name(page, qtbot, "Nieuw")
    assert board(opened)["Zes"] == ["Nieuw"] and in_sight(page, card(page, "Nieuw"))


def test_a_change_keeps_the_card_in_hand(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    for label in ("Rust", "Tijd", "Steun"):
        card(page, label).setFocus()
        page.detail.kind.choose("competence")
        page.detail.kind.picked.emit()
        assert page.detail.label.text() == label
        focus = QApplication.focusWidget()
        assert isinstance(focus, Card) and focus.shown.title == label


def test_a_deelvraag_more_is_made_where_one_is_chosen(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    page = panel.page
    for name in ("", "3 Hoe het bevalt"):
        page.deelvraag.setCurrentIndex(page.deelvraag.count() - 1)
        page.deelvraag.picked.emit()
        assert page.deelvraag.currentText() == "1 Wat werkt", "until it has its name"
        if name:
            type_name(page, qtbot, name)
        else:
            qtbot.keyClick(page.names.field, Qt.Key.Key_Escape)
    assert page.deelvraag.currentText() == "3 Hoe het bevalt" and page._bare.isVisible()
    with opened.project.read() as session:
        assert [one.label for one in questions.deelvragen(session)] == ["1 Wat werkt", "2 Wat beter kan",
                                                                         "3 Hoe het bevalt"]


def test_picking_begins_in_the_line_of_the_question(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    press(panel.page, qtbot, "Rust", Qt.Key.Key_E)
    assert QApplication.focusWidget() is panel.page.picker.line.edit


def test_arrows_walk_over_cards_and_heads(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    for keys, title in (((Qt.Key.Key_Down,), "Tijd"), ((Qt.Key.Key_Up, Qt.Key.Key_Up), "head"),
                        ((Qt.Key.Key_Right,), "head")):
        spot = card(page, "Rust")
        spot.setFocus()
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget() or spot, key)
        focus = QApplication.focusWidget()
        assert (focus.shown.title if isinstance(focus, Card) else "head") == title


def test_patterns_are_grouped_and_ordered_by_dragging(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    column = page.board.columns[1]
    drag(page, qtbot, "Tijd", column, QPoint(60, 200))
    assert board(opened) == {"": ["Rust", "Steun"], "Ruimte": ["Tijd"]}
    drag(page, qtbot, "Rust", card(page, "Tijd"), QPoint(20, 2))
    assert board(opened) == {"": ["Steun"], "Ruimte": ["Rust", "Tijd"]}
    QApplication.processEvents()
    drag(page, qtbot, "Rust", card(page, "Tijd"), QPoint(20, card(page, "Tijd").height() - 2))
    assert board(opened)["Ruimte"] == ["Tijd", "Rust"]


def test_a_drag_is_seen_and_can_be_left(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    drag(page, qtbot, "Tijd", page.board.columns[1], QPoint(60, 200), let_go=False)
    assert page.board._line.isVisible()
    assert page.board._ghost is not None
    qtbot.keyClick(card(page, "Tijd"), Qt.Key.Key_Escape)
    assert not page.board._line.isVisible()
    qtbot.mouseRelease(card(page, "Tijd"), Qt.MouseButton.LeftButton)
    assert board(opened)["Ruimte"] == []


def test_themes_are_made_renamed_moved_and_taken_away_by_keys(panel: PatternsPanel, qtbot: Any,
                                                              opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    press(page, qtbot, "Rust", Qt.Key.Key_T)
    type_name(page, qtbot, "Samen")
    press(page, qtbot, "Samen", Qt.Key.Key_Left, CONTROL)
    assert list(board(opened)) == ["", "Samen", "Ruimte"]
    press(page, qtbot, "Samen", Qt.Key.Key_F2)
    type_name(page, qtbot, "Met elkaar")
    press(page, qtbot, "Rust", Qt.Key.Key_Right, CONTROL)
    assert board(opened) == {"": ["Tijd", "Steun"], "Met elkaar": ["Rust"], "Ruimte": []}
    press(page, qtbot, "Met elkaar", Qt.Key.Key_Delete)
    assert board(opened) == {"": ["Tijd", "Steun", "Rust"], "Ruimte": []}


def test_a_new_pattern_comes_in_the_column_in_hand(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    press(page, qtbot, "Ruimte", Qt.Key.Key_N)
    type_name(page, qtbot, "Lef")
    assert board(opened)["Ruimte"] == ["Lef"]
    assert page.detail.label.text() == "Lef"
    press(page, qtbot, "Lef", Qt.Key.Key_N)
    qtbot.keyClick(page.names.field, Qt.Key.Key_Escape)
    assert not page.names.isVisible()
    press(page, qtbot, "Lef", Qt.Key.Key_Delete)
    assert board(opened)["Ruimte"] == []


def test_marked_patterns_are_merged(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    rust, tijd, steun = some_board(opened)
    do(opened, evidence.add, opened.coder_id, tijd, [2, 3])
    page = panel.page
    assert not page.merge.isEnabled()
    press(page, qtbot, "Tijd", Qt.Key.Key_Space)
    press(page, qtbot, "Steun", Qt.Key.Key_Space)
    press(page, qtbot, "Rust", Qt.Key.Key_M)
    assert board(opened)[""] == ["Rust"]
    assert len(rows(opened, rust)) == 2
    assert page.board.marked() == []
    opened.undo()
    assert board(opened)[""] == ["Rust", "Tijd", "Steun"]
    assert (tijd, steun) == (2, 3)


def test_a_pattern_is_written_beside_the_board(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    detail = panel.page.detail
    qtbot.mouseClick(card(panel.page, "Tijd"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert detail.label.text() == "Tijd"
    detail.begin_rename()
    qtbot.keyClicks(detail.label, "Rust in de week")
    qtbot.keyClick(detail.label, Qt.Key.Key_Return)
    detail.tabs.setCurrentIndex(1)
    detail.texts["taboos"].setFocus()
    qtbot.keyClicks(detail.texts["taboos"], "geld")
    detail.texts["conclusion"].setFocus()
    qtbot.keyClicks(detail.texts["conclusion"], "Rust helpt.")
    detail.kind.setFocus()
    detail.kind.lineEdit().selectAll()
    qtbot.keyClicks(detail.kind.lineEdit(), "droom")
    qtbot.keyClick(detail.kind.lineEdit(), Qt.Key.Key_Return)
    with opened.project.read() as session:
        found = session.get_one(Pattern, 2)
        assert (found.label, found.taboos, found.conclusion, found.kind) == (
            "Rust in de week", "geld", "Rust helpt.", "droom")
    detail.result.choose("effect")
    detail.result.picked.emit()
    detail.theme.choose("1")
    detail.theme.picked.emit()
    assert board(opened)["Ruimte"] == ["Rust in de week"]
    with opened.project.read() as session:
        assert session.get_one(Pattern, 2).result == "effect"
    detail.deelvraag.choose("2")
    detail.deelvraag.picked.emit()
    assert board(opened, 2)[""] == ["Rust in de week"]


def test_words_are_kept_when_another_card_is_clicked(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    some_board(opened)
    page = panel.page
    page.show_pattern(1)
    page.detail.tabs.setCurrentIndex(1)
    page.detail.texts["description"].setFocus()
    qtbot.keyClicks(page.detail.texts["description"], "Over rust.")
    qtbot.mouseClick(card(page, "Steun"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert page.detail.label.text() == "Steun"
    assert page.detail.texts["description"].toPlainText() == ""
    with opened.project.read() as session:
        assert [session.get_one(Pattern, n).description for n in (1, 3)] == ["Over rust.", ""]


@pytest.mark.parametrize("source", ["typed", "question", "momentopname", "cell"])
def test_narratieven_are_picked_without_leaving_the_board(panel: PatternsPanel, qtbot: Any, opened: OpenProject,
                                                          source: str) -> None:
    rust, *_others = some_board(opened)
    wanted = opened.reading.ask("positief").ids.tolist()
    do(opened, questions.save_query, "Mooi", "positief", deelvraag_id=1)
    do(opened, snapshots.freeze, opened.coder_id, "Toen", wanted)
    _interpret(opened, "Steeds weer rust.")
    page, picker = panel.page, panel.page.picker
    press(page, qtbot, "Rust", Qt.Key.Key_E)
    assert picker.isVisible()
    assert not page.board.isVisible()
    if source == "typed":
        picker.line.edit.setFocus()
        qtbot.keyClicks(picker.line.edit, "positief")
    else:
        starts = {"question": "question: Mooi", "momentopname": "momentopname: Toen", "cell": "grid Rooster: positief"}
        picker.source.setCurrentIndex(picker.source.findText(starts[source]))
        picker.source.picked.emit()
    assert picker.found.ids() == wanted
    assert picker.told.text() == ("Steeds weer rust." if source == "cell" else "")
    picker.found.list.setFocus()
    qtbot.keyClick(picker.found.list, Qt.Key.Key_A, CONTROL)
    qtbot.mouseClick(picker.puts["steunt"], Qt.MouseButton.LeftButton)
    assert len(rows(opened, rust)) == len(wanted)
    assert f"of which {len(wanted)}" in picker.hint.text() or picker.hint.text().startswith("1 narratief")
    picker.found.list.setFocus()
    qtbot.keyClick(picker.found.list, Qt.Key.Key_Home)
    qtbot.keyClicks(picker.found.list, "-")
    assert [row[1] for row in rows(opened, rust)].count("weerspreekt") == 1
    qtbot.keyClick(picker.found.list, Qt.Key.Key_Escape)
    assert page.board.isVisible()
    assert page.board.current() == rust


def _interpret(opened: OpenProject, text: str) -> None:
    """A kept grid of one cell, in which something was concluded."""
    code = next(c for c in opened.reading.catalogue.codes if c.label == "positief")
    template = do(opened, grids.add, "Rooster", [Axis(code.facet_id, ((code.id, False),))], deelvraag_id=1)
    do(opened, grids.interpret, opened.coder_id, template, [(code.id, False)], text)
    with opened.project.read() as session:
        assert gridding.work_grid(opened.reading, session, template).size == 1


def test_evidence_is_judged_annotated_opened_and_taken_away(panel: PatternsPanel, qtbot: Any,
                                                            opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    do(opened, evidence.add, opened.coder_id, rust, [1, 2, 3])
    quote = quote_of(opened, "ze kantelden")
    seen = panel.page.detail.evidence
    panel.page.show_pattern(rust)
    assert seen.list.current_index() == 0
    seen.list.setFocus()
    qtbot.keyClicks(seen.list, "-")
    qtbot.keyClick(seen.list, Qt.Key.Key_Down)
    qtbot.mouseClick(seen.directions["nuanceert"], Qt.MouseButton.LeftButton)
    seen.note.setFocus()
    qtbot.keyClicks(seen.note, "Alleen hier")
    qtbot.keyClick(seen.note, Qt.Key.Key_Return)
    assert rows(opened, rust) == [("Gesprek 1 · 1", "weerspreekt", ""), ("Gesprek 1 · 2", "nuanceert", "Alleen hier"),
                                  ("Gesprek 1 · 3", "steunt", "")]
    with qtbot.waitSignal(panel.openNarratief) as heard:
        qtbot.keyClick(seen.list, Qt.Key.Key_Return)
    assert heard.args == [2]
    with qtbot.waitSignal(panel.readWanted) as read:
        qtbot.mouseClick(seen.read, Qt.MouseButton.LeftButton)
    assert read.args == [[1, 2, 3], "Rust"]
    qtbot.keyClick(seen.list, Qt.Key.Key_Home)
    seen.quote.choose(str(quote))
    seen.quote.picked.emit()
    assert "“ze kantelden” (manager)" in seen.list.current_row().text
    do(opened, memos.unquote, quote)
    assert "The citaat was let go of" in seen.list.current_row().note
    qtbot.keyClick(seen.list, Qt.Key.Key_Delete)
    assert len(rows(opened, rust)) == 2
    opened.undo()
    assert len(rows(opened, rust)) == 3


def test_chosen_evidence_is_split_off(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    do(opened, evidence.add, opened.coder_id, rust, [1, 2, 3])
    page = panel.page
    page.show_pattern(rust)
    seen = page.detail.evidence
    seen.list.setFocus()
    qtbot.keyClick(seen.list, Qt.Key.Key_End)
    qtbot.keyClick(seen.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(seen.split, Qt.MouseButton.LeftButton)
    type_name(page, qtbot, "Rust thuis")
    assert board(opened)[""] == ["Rust", "Rust thuis", "Tijd", "Steun"]
    assert [place for place, *_rest in rows(opened, page.detail.pattern)] == ["Gesprek 1 · 2", "Gesprek 1 · 3"]


def test_narratieven_are_dropped_on_a_card(panel: PatternsPanel, opened: OpenProject) -> None:
    rust, *_others = some_board(opened)
    quote = quote_of(opened, "ze kantelden")
    carried = packed(Carried((2, 3), (quote,)))
    card(panel.page, "Rust").dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, carried,
                                                  Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    assert [place for place, *_rest in rows(opened, rust)] == ["Gesprek 1 · 1", "Gesprek 1 · 2", "Gesprek 1 · 3"]


def test_phases_show_their_state_and_help(panel: PatternsPanel, qtbot: Any, opened: OpenProject) -> None:
    page = panel.page
    button = page.phases.buttons["specificeren"]
    assert button.text() == "○ 2 Specify and reduce"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.strip.isVisible()
    assert "themes" in page.strip.questions.text()
    qtbot.keyClicks(page.strip.note, "Samen gegroepeerd.")
    qtbot.mouseClick(page.strip.states["bezig"], Qt.MouseButton.LeftButton)
    page.deelvraag.setFocus()
    with opened.project.read() as session:
        found = patterns.phases(session, 1)["specificeren"]
        assert (found.state, found.note) == ("bezig", "Samen gegroepeerd.")
    assert button.text() == "◐ 2 Specify and reduce"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not page.strip.isVisible()


def test_each_deelvraag_has_its_own_board(panel: PatternsPanel, opened: OpenProject) -> None:
    some_board(opened)
    other = do(opened, patterns.add, opened.coder_id, 2, "Sneller")
    page = panel.page
    page.deelvraag.choose("2")
    page.deelvraag.picked.emit()
    assert [one.shown.title for one in page.board.cards()] == ["Sneller"]
    assert page.detail.pattern == other
    panel.show_pattern(1)
    assert page.number() == 1
    assert page.detail.label.text() == "Rust"


def test_patterns_are_found_from_anywhere(qtbot: Any, tmp_path: Any) -> None:
    """Ctrl+K in the window with the sample study."""
    from workbench import demo
    from workbench.app import Desk
    from workbench.places import furnish
    from workbench.settings import Settings

    place = tmp_path / "v.narratief"
    demo.make(str(place))
    desk = Desk(Settings(language="en", coder="Noor"), furnish=furnish)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.open_project(str(place))
    palette = desk.window.palette_panel
    palette.open()
    qtbot.keyClicks(palette._field, "hooguit acht")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    panel: Any = desk.window.place_widget("patterns")
    assert desk.window.here() == "patterns"
    assert panel.page.detail.label.text() == "Een leergroep van hooguit acht"
    palette.open()
    qtbot.keyClicks(palette._field, "dialogisch")  # a code and a kernelement: the code first
    assert [item.kind.split()[0] for item in palette._items[:3]] == ["code", "code", "kernelement"]
    desk.close_project()


def test_from_a_narratief_that_is_read_to_what_it_stands_behind(qtbot: Any, opened: OpenProject) -> None:
    from workbench.panels.reader import ReaderPage

    rust, *_others = some_board(opened)
    quote = quote_of(opened, "ze kantelden")
    do(opened, evidence.add, opened.coder_id, rust, [2])
    page = ReaderPage(opened, [1, 2], "Lezen")
    qtbot.addWidget(page)
    page.show()
    assert [(use.kind, use.id) for use in page.uses.uses] == [("quote", quote)]
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.uses.text() == "Findings (1)"
    [action] = page.uses.choices.actions()
    assert action.text() == "pattern · Rust · + supports"
    with qtbot.waitSignal(page.findingWanted) as heard:
        action.trigger()
    assert heard.args == ["pattern", rust]
    do(opened, evidence.add, opened.coder_id, rust, [2], "nuanceert")
    assert page.uses.text() == "Findings (2)"
