"""The coding place driven with real key events, with the database asked after every step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import coding, evidence, memos, patterns, questions
from codebook.models import Coding, Done, Flag, Memo, NotMentioned, Quote
from corpora.messages import message
from tests.workbench.coding_places import code_of, codings, founded, give, in_light, narratieven
from workbench.mainwindow import MainWindow
from workbench.panels.coding import CodingPanel
from workbench.project import OpenProject
from workbench.settings import Settings

Key = Qt.Key


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenProject]:
    in_light()
    project = founded(tmp_path)
    yield project
    project.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: QtBot) -> CodingPanel:
    made = CodingPanel(opened)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.coding.field().setFocus()
    return made


def typed(qtbot: QtBot, panel: CodingPanel, text: str) -> None:
    """Keys to whatever has the focus."""
    for sign in text:
        key = {"\n": Key.Key_Return}.get(sign)
        target = QApplication.focusWidget() or panel.coding.field()
        qtbot.keyClick(target, key) if key else qtbot.keyClicks(target, sign)


class KeyCounter(QObject):
    """Counts the key presses that reach the window from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        self.held = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched.objectName() == "window":
            self.pressed += 1
            self.held += bool(event.modifiers().value)  # type: ignore[attr-defined]
        return False


def test_three_codes_and_next_take_seven_keys_in_the_real_window(opened: OpenProject, qtbot: QtBot) -> None:
    window = MainWindow(Settings())
    window.register_place("coding", "Coderen", "coding", lambda: CodingPanel(opened))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.set_project(opened)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    handle = window.windowHandle()
    handle.setObjectName("window")
    counter = KeyCounter()
    QApplication.instance().installEventFilter(counter)
    place = window.place_widget("coding")
    assert isinstance(place, CodingPanel) and place.coding.field().hasFocus()
    one, two, *_rest = narratieven(opened)
    assert place.coding.desk.current == one and not codings(opened, one)
    steps = [("23", {"WAT 23"}), ("04", {"WAT 23", "WIE 4"}), ("01", {"WAT 23", "WIE 4", "HOE 1"})]
    for keys, expected in steps:
        for sign in keys:
            qtbot.keyClick(handle, sign)
        assert codings(opened, one) == expected
    qtbot.keyClick(handle, Key.Key_Return)
    assert place.coding.desk.current == two
    assert counter.pressed <= 7 and counter.held == 0
    assert counter.pressed == 7
    QApplication.instance().removeEventFilter(counter)
    window.set_project(None)


def test_several_codes_in_a_facet_by_comma(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "23,1204")
    assert codings(opened, narratieven(opened)[0]) == {"WAT 23", "WAT 12", "WIE 4"}


def test_type_ahead_finds_by_name_synonym_and_number(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "werkzame\nfacilit")
    assert panel.coding.field().text() == "facilit"
    typed(qtbot, panel, "\n")
    typed(qtbot, panel, "succesf\n")
    one = narratieven(opened)[0]
    assert codings(opened, one) == {"WIE 6"}, "the synonym found Werkzame factor again, which took it off"


def test_letters_of_commands_only_type(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    before = panel.coding.desk.current
    typed(qtbot, panel, "mbkvcn")
    assert panel.coding.field().text() == "mbkvcn" and panel.coding.desk.current == before
    assert not codings(opened, before or 0)


def test_typing_a_code_again_takes_it_off_and_undo_brings_it_back(
        panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one = narratieven(opened)[0]
    typed(qtbot, panel, "23")
    qtbot.keyClick(panel.coding.field(), Key.Key_Backtab)
    typed(qtbot, panel, "23")
    assert codings(opened, one) == set()
    opened.undo()
    assert codings(opened, one) == {"WAT 23"}
    assert code_of(opened, "WAT:Werkzame factor") in panel.coding.desk.piece().codes_of(panel.coding.desk.me)


def test_backspace_takes_the_last_code_off_but_not_after_erasing_letters(
        panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one, field = narratieven(opened)[0], panel.coding.field()
    typed(qtbot, panel, "2304xy")
    for _key in range(5):
        qtbot.keyClick(field, Key.Key_Backspace)
    assert codings(opened, one) == {"WAT 23", "WIE 4"}
    typed(qtbot, panel, "0101")
    qtbot.keyClick(field, Key.Key_Backspace)
    assert "HOE 1" not in codings(opened, one)


def test_not_mentioned_asks_why_in_place(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one = narratieven(opened)[0]
    typed(qtbot, panel, "23")
    typed(qtbot, panel, "00")
    reason = panel.coding.strips.reason
    assert reason.field.hasFocus() and codings(opened, one) == {"WAT 23", "WIE –"}
    typed(qtbot, panel, "niemand spreekt\n")
    with opened.project.read() as session:
        assert session.scalars(select(NotMentioned.reason)).one() == "niemand spreekt"
    assert panel.coding.field().hasFocus() and reason.isHidden()
    typed(qtbot, panel, "01\n")
    assert codings(opened, one) == {"WAT 23", "WIE –", "HOE 1"}
    assert panel.coding.desk.current == narratieven(opened)[1]


def test_enter_skips_the_reason_and_digits_go_on_coding(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one, two = narratieven(opened)[:2]
    typed(qtbot, panel, "00\n04")
    assert codings(opened, one) == {"WAT –", "WIE 4"}
    typed(qtbot, panel, "00")
    assert panel.coding.strips.reason.field.hasFocus()
    typed(qtbot, panel, ",08\n")
    assert codings(opened, one) == {"WAT –", "WIE 4", "HOE 8"} and panel.coding.desk.current == two


def test_repeat_next_previous_and_next_open(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    ids, field = narratieven(opened), panel.coding.field()
    typed(qtbot, panel, "230401\n")
    typed(qtbot, panel, ".")
    assert codings(opened, ids[1]) == codings(opened, ids[0]) == {"WAT 23", "WIE 4", "HOE 1"}
    qtbot.keyClick(field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.coding.desk.current == ids[0]
    typed(qtbot, panel, "-")
    assert panel.coding.desk.current == ids[2]


def test_memo_is_kept_in_place_and_when_one_moves_on(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one, two = narratieven(opened)[:2]
    typed(qtbot, panel, "/")
    memo = panel.coding.strips.memo
    assert memo.field.hasFocus()
    qtbot.keyClicks(memo.field, "let op 1. de toon")
    qtbot.keyClick(memo.field, Key.Key_Escape)
    assert panel.coding.field().hasFocus() and memo.isHidden()
    typed(qtbot, panel, "\n/")
    qtbot.keyClicks(memo.field, "tweede")
    panel.coding.go_to(one)
    with opened.project.read() as session:
        found = {m.about_id: m.body for m in session.scalars(select(Memo)) if m.about == "narratief"}
    assert found == {one: "let op 1. de toon", two: "tweede"}


def test_flag_and_its_reason(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "*twee lezingen\n")
    with opened.project.read() as session:
        assert session.scalars(select(Flag.reason)).one() == "twee lezingen"
    typed(qtbot, panel, "*")
    with opened.project.read() as session:
        assert session.scalars(select(Flag)).first() is None


def test_quote_by_keyboard_with_an_emoji_before_it(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    view = panel.coding.view
    qtbot.keyClick(panel.coding.field(), Key.Key_F6)
    assert view.hasFocus()
    text = view.text()
    start = text.index("ons op")
    view.select(start, start)
    for _step in range(6):
        qtbot.keyClick(view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(view, ";")
    with opened.project.read() as session:
        quote = session.scalars(select(Quote)).one()
        assert text[quote.start:quote.end] == "ons op" and quote.narratief_id == narratieven(opened)[0]
    qtbot.keyClicks(view, ";")
    with opened.project.read() as session:
        assert session.scalars(select(Quote)).first() is None


def test_quote_by_mouse_and_memo_on_it(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    view = panel.coding.view
    start = view.text().index("moeder")
    first, last = view.places().line_of(start), view.places().line_of(start + 6)
    places = [QPoint(round(r.left()), round(r.center().y())) for r in (first, last)]
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.mouseMove(view.viewport(), pos=places[1])
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=places[1])
    view.select(start, start + 6)
    qtbot.mouseClick(panel.coding.foot.buttons["memo"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.coding.strips.memo.field, "wie is zij?")
    qtbot.keyClick(panel.coding.strips.memo.field, Key.Key_Escape)
    with opened.project.read() as session:
        quote = session.scalars(select(Quote)).one()
        assert view.text()[quote.start:quote.end] == "moeder"
        assert [m.body for m in memos.of(session, "quote", quote.id)] == ["wie is zij?"]


def test_a_quote_is_whole_words_of_its_narratief(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    view = panel.coding.view
    start = view.text().index("moeder")
    view.select(start + 2, start + 4)
    qtbot.keyClicks(view, ";")
    with opened.project.read() as session:
        quote = session.scalars(select(Quote)).one()
        assert view.text()[quote.start:quote.end] == "moeder"
    view.select(start, start + 3)
    qtbot.keyClicks(view, ";")
    with opened.project.read() as session:
        assert session.scalars(select(Quote)).first() is None, "the same words let go of it"


def test_from_a_narratief_to_what_it_stands_behind(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    first, second, *_more = narratieven(opened)
    panel.show_narratief(first)
    uses, me = panel.coding.uses, opened.coder_id
    assert not uses.isVisible()

    def behind(session: Session) -> int:
        deelvraag = questions.add_deelvraag(session, "1 Wat werkt")
        made = patterns.add(session, me, deelvraag, "Rust")
        evidence.add(session, me, made, [first])
        return made

    made = opened.do(message("A pattern"), behind)
    assert uses.isVisible() and uses.text() == "Findings (1)"
    with qtbot.waitSignal(panel.findingWanted) as heard:
        uses.choices.actions()[0].trigger()
    assert heard.args == ["pattern", made]
    panel.show_narratief(second)
    assert not uses.isVisible()


def test_in_vivo_code_from_the_text(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    start = panel.coding.view.text().index("tweeën heen")
    panel.coding.view.select(start, start + 11)
    typed(qtbot, panel, ":")
    strip = panel.coding.strips.new_code
    assert strip.field.hasFocus() and strip.field.text() == "tweeën heen"
    typed(qtbot, panel, "\n")
    made = code_of(opened, "WAT:tweeën heen")
    with opened.project.read() as session:
        assert session.scalars(select(Coding.code_id)).one() == made
        assert session.scalars(select(Quote.code_id)).one() == made
    assert panel.coding.desk.book.names[panel.coding.facet_in_hand()] == "WIE"
    opened.undo()
    assert made not in panel.coding.desk.book.codes and not codings(opened, narratieven(opened)[0])


def test_a_code_that_is_not_there_is_made_from_type_ahead(
        panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "Werkzaam factor\n")
    strip = panel.coding.strips.new_code
    assert strip.field.hasFocus() and "Werkzame factor" in strip.warning.text()
    qtbot.keyClick(strip.field, Key.Key_Escape)
    assert panel.coding.field().hasFocus()
    panel.coding.field().clear()
    typed(qtbot, panel, "zzz nieuw\n")
    assert strip.warning.isHidden()
    typed(qtbot, panel, "\n")
    assert codings(opened, narratieven(opened)[0]) == {"WAT 26"}
    assert panel.coding.field().text() == ""


def test_replace_keeps_the_memo_on_the_coding(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one = narratieven(opened)[0]
    typed(qtbot, panel, "23")
    with opened.project.read() as session:
        number = session.scalars(select(Coding.id)).one()
    opened.project.step(message("Memo"), memos.write, opened.coder_id, "coding", number, "twijfel")
    qtbot.keyClick(panel.coding.field(), Key.Key_F4)
    assert not panel.coding.strips.notice.isHidden()
    typed(qtbot, panel, "12")
    assert codings(opened, one) == {"WAT 12"} and panel.coding.strips.notice.isHidden()
    with opened.project.read() as session:
        standing = session.scalars(select(Coding)).one()
        assert [m.body for m in memos.of(session, "coding", standing.id)] == ["twijfel"]


def test_escape_stops_replacing(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "23")
    qtbot.keyClick(panel.coding.field(), Key.Key_F4)
    qtbot.keyClick(panel.coding.field(), Key.Key_Escape)
    typed(qtbot, panel, "12")
    assert codings(opened, narratieven(opened)[0]) == {"WAT 23", "WAT 12"}


def test_a_click_on_a_chip_takes_the_code_off_but_not_anothers(
        panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    one = narratieven(opened)[0]
    give(opened, "Bram", one, "WIE:burger")
    typed(qtbot, panel, "23")
    qtbot.keyClick(panel.coding.field(), Key.Key_F7)
    marks = {(chip.number, chip.coder) for chip in panel.coding.view.spans()[1].chips}
    assert marks == {("23", "A"), ("5", "B")}
    with opened.project.read() as session:
        bram = coding.find_coder(session, "Bram").id
    panel.coding.view.chipClicked.emit(one, (bram, code_of(opened, "WIE:burger")))
    panel.coding.view.chipClicked.emit(one, (opened.coder_id, code_of(opened, "WAT:Werkzame factor")))
    assert codings(opened, one) == {"WIE 5"}
    qtbot.keyClick(panel.coding.field(), Key.Key_F7)
    assert panel.coding.view.spans()[1].chips == ()


def test_ready_lists_what_is_missing_goes_there_and_can_be_overruled(
        panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    ids = narratieven(opened)
    typed(qtbot, panel, "230401\n")
    typed(qtbot, panel, "=")
    missing = panel.coding.strips.missing
    assert missing.list.hasFocus() and missing.list.count() == 3
    qtbot.keyClick(missing.list, Key.Key_Down)
    typed(qtbot, panel, "\n")
    assert panel.coding.desk.current == ids[2] and panel.coding.field().hasFocus()
    typed(qtbot, panel, "=")
    qtbot.mouseClick(missing.anyway, Qt.MouseButton.LeftButton)
    with opened.project.read() as session:
        assert session.scalars(select(Done.overruled)).one() is True
    assert panel.coding.desk.is_done() and "✓" in panel.coding.foot.buttons["ready"].text()
    typed(qtbot, panel, "=")
    with opened.project.read() as session:
        assert session.scalars(select(Done)).first() is None


def test_completeness_is_live(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    typed(qtbot, panel, "2304")
    assert panel.coding.foot.count.text() == "0/4"
    typed(qtbot, panel, "01")
    assert panel.coding.foot.count.text() == "1/4" and "1/4" in panel.coding.head.documents.currentText()
    opened.undo()
    assert panel.coding.foot.count.text() == "0/4"


def test_looking_makes_no_coder_and_no_step(panel: CodingPanel, opened: OpenProject) -> None:
    assert panel.coding.desk.me == 0
    assert [str(s.label) for s in opened.project.log()][-1] == "Fill"


def test_the_next_document_by_key(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.coding.field(), Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert panel.coding.desk.document.title == "Gesprek 2"
    panel.show_narratief(narratieven(opened)[2])
    assert panel.coding.desk.document.title == "Gesprek 1"
    assert panel.coding.desk.current == narratieven(opened)[2]


def test_keys_work_with_the_focus_in_the_text(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    view = panel.coding.view
    view.setFocus()
    qtbot.keyClicks(view, "2304")
    assert codings(opened, narratieven(opened)[0]) == {"WAT 23", "WIE 4"}
    qtbot.keyClicks(view, "w")
    assert panel.coding.field().hasFocus() and panel.coding.field().text() == "w"


def test_another_cut_elsewhere_is_followed(panel: CodingPanel, opened: OpenProject, qtbot: QtBot) -> None:
    from corpora import narratives

    ids = narratieven(opened)
    typed(qtbot, panel, "23")
    opened.do(message("Join"), narratives.join, ids[0], ids[1])
    assert [s.nr for s in panel.coding.view.spans()] == [None, 1, 2, 3]
    assert panel.coding.foot.count.text() == "0/3" and panel.coding.desk.current == ids[0]


def test_an_empty_project_says_what_comes_first(tmp_path: Path, qtbot: QtBot) -> None:
    in_light()
    opened = founded(tmp_path, texts=0)
    panel = CodingPanel(opened)
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.waitSignal(panel.openPlace) as asked:
        panel.no_documents.clicked.emit()
    assert asked.args == ["material"] and panel.no_documents.isVisible()
    opened.close()
