"""The reader, driven by keys: re-code, take off, memo, flag, quote, neighbours, paper; and how one comes there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from sqlalchemy import select

from codebook.models import Coder, Flag, Memo, Quote
from corpora import narratives
from corpora.messages import message
from tests.workbench.coding_places import code_of, codings, founded, give, in_light, narratieven
from workbench import app, i18n, places
from workbench.jobs import jobs
from workbench.panels.reader import ReaderPage
from workbench.project import OpenProject


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    in_light()
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(opened: OpenProject, qtbot: Any) -> ReaderPage:
    ids = narratieven(opened)
    made = ReaderPage(opened, [ids[1], ids[3]], "Wat helpt?")
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    qtbot.waitExposed(made)
    made.list.setFocus()
    return made


def press(page: ReaderPage, qtbot: Any, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(page.focusWidget() or page.list, key)
        else:
            qtbot.keyClick(page.focusWidget() or page.list, key)


def numbers(opened: OpenProject, *names: str) -> str:
    """The numbers of codes as two digits each."""
    with opened.project.read() as session:
        from codebook import codes

        return "".join(f"{codes.Lookup(session).code(name).code.number:02d}" for name in names)


def test_the_same_keys_as_in_coding_code_and_go_on(page: ReaderPage, qtbot: Any, opened: OpenProject) -> None:
    ids = narratieven(opened)
    press(page, qtbot, "010203", Qt.Key.Key_Return)
    assert codings(opened, ids[1]) == {"WAT 1", "WIE 2", "HOE 3"}
    assert page.list.current_id() == ids[3]
    press(page, qtbot, "00", "02")
    assert codings(opened, ids[3]) == {"WAT –", "WIE 2"}
    qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.current_id() == ids[1]
    row = page.list.current_row()
    assert row is not None
    assert {chip.number for chip in row.chips} == {"1", "2", "3"}


def test_a_code_is_taken_off_or_replaced_in_place_and_undone(page: ReaderPage, qtbot: Any, opened: OpenProject) -> None:
    first = narratieven(opened)[1]
    press(page, qtbot, "01", Qt.Key.Key_Backspace)
    assert codings(opened, first) == set()
    page.picker.begin()
    press(page, qtbot, "01", Qt.Key.Key_F4)
    page.picker.begin()
    press(page, qtbot, "05")
    assert codings(opened, first) == {"WAT 5"}
    opened.undo()
    assert codings(opened, first) == {"WAT 1"}


def test_letters_type_ahead_and_come_back_to_the_list(page: ReaderPage, qtbot: Any, opened: OpenProject) -> None:
    press(page, qtbot, "burger")
    assert page.field().hasFocus()
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    wie = code_of(opened, "WIE:burger")
    assert page.here is not None
    assert page.here.piece.codes_of(opened.coder_id) == [wie]


def test_memo_flag_and_quote_stand_in_the_project_and_below_the_row(page: ReaderPage, qtbot: Any,
                                                                    opened: OpenProject) -> None:
    first = narratieven(opened)[1]
    press(page, qtbot, "/")
    press(page, qtbot, "let op", Qt.Key.Key_Escape)
    press(page, qtbot, "*")
    press(page, qtbot, "twijfel", Qt.Key.Key_Return)
    press(page, qtbot, ";")
    cursor = page.quote.field.textCursor()
    cursor.setPosition(8)  # within a word: whole words are kept
    cursor.setPosition(11, QTextCursor.MoveMode.KeepAnchor)
    page.quote.field.setTextCursor(cursor)
    press(page, qtbot, Qt.Key.Key_Return)
    with opened.project.read() as session:
        assert [m.body for m in session.scalars(select(Memo))] == ["let op"]
        assert [(f.narratief_id, f.reason) for f in session.scalars(select(Flag))] == [(first, "twijfel")]
        found = session.scalars(select(Quote)).one()
        text = narratives.of_document(session, 1)
        assert found.narratief_id == first
        assert found.end - found.start == 5
        assert next(n for n in text if n.id == first).start <= found.start
    row = page.list.current_row()
    assert row is not None
    assert row.note == "Anna wants to discuss it: twijfel · Memo of Anna: let op"
    assert [row.text[a:b] for a, b in row.highlights] == ["begin"]


def test_neighbours_come_and_go_and_reading_writes_nothing(page: ReaderPage, qtbot: Any, opened: OpenProject) -> None:
    ids = narratieven(opened)
    press(page, qtbot, Qt.Key.Key_Right)
    assert [page.rows.row_id(n) for n in range(page.list.count())] == [ids[0], ids[1], ids[2], ids[3]]
    assert page.list.current_id() == ids[1]
    press(page, qtbot, Qt.Key.Key_Left)
    assert page.list.count() == 2
    with opened.project.read() as session:
        assert session.scalars(select(Coder)).all() == []


def test_others_codes_are_shown_and_stay(page: ReaderPage, qtbot: Any, opened: OpenProject) -> None:
    first = narratieven(opened)[1]
    give(opened, "Anna", narratieven(opened)[0], "WAT:Casus Leren")
    give(opened, "Bert", first, "WAT:Casus Leren")
    row = page.list.current_row()
    assert row is not None
    assert [chip.label for chip in row.chips] == ["Casus Leren"]
    press(page, qtbot, Qt.Key.Key_Backspace)
    assert len(codings(opened, first)) == 1
    page.codings.setCurrentIndex(page.codings.findData("Anna"))
    page.codings.activated.emit(page.codings.currentIndex())
    row = page.list.current_row()
    assert row is not None
    assert row.chips == ()


def test_narratieven_that_go_leave_the_list(page: ReaderPage, opened: OpenProject) -> None:
    last = narratieven(opened)[3]
    opened.project.step(message("Not a narratief"), narratives.set_counts, [last], False)
    assert page.list.count() == 1


@pytest.mark.parametrize("ending", [".docx", ".html", ".pdf"])
def test_the_list_goes_to_paper(page: ReaderPage, qtbot: Any, opened: OpenProject, tmp_path: Path,
                                ending: str) -> None:
    give(opened, "Anna", narratieven(opened)[1], "WAT:Casus Leren")
    path = tmp_path / f"lijst{ending}"
    with qtbot.waitSignal(opened.message, timeout=20_000):
        page.paper.write(path)
    if ending == ".pdf":
        assert len(pypdfium2.PdfDocument(str(path))) == 1
    elif ending == ".docx":
        texts = [p.text for p in Document(str(path)).paragraphs]
        assert texts[0] == "Wat helpt?"
        assert "WAT: Casus Leren" in texts
    else:
        assert "Gesprek 1 · 2" in path.read_text(encoding="utf-8")


def test_a_list_is_read_from_vragen_and_left_again(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path))
    founded(tmp_path).close()
    desk = app.start(furnish=places.furnish)
    qtbot.addWidget(desk.window)
    desk.window.show()
    assert desk.open_project(str(tmp_path / "proef.narratief"))
    panel: Any = desk.window.open_place("questions")
    panel.ask.found.read.click()
    reader = desk.window._stack.currentWidget()
    assert isinstance(reader, ReaderPage)
    assert reader.list.count() == 8
    wanted = reader.list.current_id()
    qtbot.keyClick(reader.list, Qt.Key.Key_Escape)
    assert desk.window._stack.currentWidget() is panel
    panel.readWanted.emit([wanted], "Eén")
    reader = desk.window._stack.currentWidget()
    qtbot.keyClick(reader.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.here() == "coding"
    coding: Any = desk.window.place_widget("coding")
    assert coding.coding.desk.current == wanted
    find_by_palette(desk, qtbot)
    desk.close_project()
    jobs().cancel_all()


def find_by_palette(desk: Any, qtbot: Any) -> None:
    palette = desk.window.palette_panel
    palette.open()
    qtbot.keyClicks(palette._field, "gesprek 2 3")
    assert palette._items[0].text == "Gesprek 2 3"
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    coding: Any = desk.window.place_widget("coding")
    assert coding.coding.desk.document.title == "Gesprek 2"
    assert coding.coding.desk.piece().nr == 3
    palette.open()
    qtbot.keyClicks(palette._field, "casus")
    kinds = {item.kind for item in palette._items if item.text == "Casus Leren"}
    assert any("WAT" in kind for kind in kinds)
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert desk.window.here() in ("questions", "coding", "cmo")


@pytest.mark.slow
def test_a_large_list_opens_at_once(tmp_path: Path, qtbot: Any, qapp: Any) -> None:
    from workbench import generate

    i18n.set_language("en")
    in_light()
    place = tmp_path / "groot.narratief"
    generate.generate(place, 100_000)
    made = OpenProject.open(place, "Anna")
    ids = [int(n) for n in made.reading.index.ids(made.reading.index.live)]
    begun = time.perf_counter()
    page = ReaderPage(made, ids, "Alles")
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    qtbot.waitExposed(page)
    opening = time.perf_counter() - begun
    page.picker.begin()
    qtbot.keyClicks(page.list, "0")
    begun = time.perf_counter()
    qtbot.keyClicks(page.list, "1")
    page.list.grab()
    key = time.perf_counter() - begun
    print(f"reader of {len(ids)}: opened in {opening * 1000:.0f} ms, a code in {key * 1000:.0f} ms")
    made.close()
    # Guards against work that grows with the project, on a machine that may be busy; figures: tests/benchmarks.
    assert opening < 6
    assert key < 2
