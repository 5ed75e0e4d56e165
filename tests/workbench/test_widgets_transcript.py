"""The transcript view: code points, boundaries by mouse, narratief in hand, keys handed on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from workbench.widgets.chips import ChipSpec
from workbench.widgets.transcript_values import (
    BoundaryMark,
    NarrativeSpan,
    TurnSpan,
    outside_turns,
    overlapping,
)
from workbench.widgets.transcript_view import TranscriptView

PARTS = ["I: [Hoe was het? 😀]\n", "R: Nou 😀😀, ik begin met de mail. " + "En dan verder. " * 40 + "\n", "R: Slot.\n"]
TEXT = "".join(PARTS)
CUTS = [0, len(PARTS[0]), len(PARTS[0]) + len(PARTS[1]), len(TEXT)]


@pytest.fixture
def view(qtbot: Any) -> TranscriptView:
    made = TranscriptView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    turns = [TurnSpan(4, CUTS[1] - 2, True, "I"), TurnSpan(CUTS[1] + 3, CUTS[2] - 1, False, "R"),
             TurnSpan(CUTS[2] + 3, CUTS[3] - 1, False, "R")]
    made.set_document(TEXT, turns)
    chips = (ChipSpec("WAT", "Werkzame factor", "23", key="c23"), ChipSpec("HOE", "positief", "1", key="c1"))
    made.set_narratives([NarrativeSpan("a", 1, CUTS[0], CUTS[2], chips),
                         NarrativeSpan("b", None, CUTS[2], CUTS[3], excluded=True)])
    return made


def test_what_no_turn_covers_is_label_and_bracket() -> None:
    gaps = outside_turns([TurnSpan(4, 9, True), TurnSpan(14, 20, False)], 21)
    assert gaps == [(0, 4), (9, 14), (20, 21)]
    assert outside_turns([], 9) == []


def test_spans_are_found_by_overlap() -> None:
    spans = [NarrativeSpan(n, n, n * 10, n * 10 + 10) for n in range(10)]
    assert [s.id for s in overlapping(spans, 10, 20)] == [1]
    assert [s.id for s in overlapping(spans, 19, 31)] == [1, 2, 3]
    assert overlapping(spans, 100, 120) == []


def test_a_selection_behind_emoji_counts_code_points(view: TranscriptView, qtbot: Any) -> None:
    start = TEXT.index("mail")
    view.select(start, start + 4)
    assert view.selection() == (start, start + 4)
    assert view.textCursor().selectedText() == "mail"
    with qtbot.waitSignal(view.selectionMade) as made:
        qtbot.keyRelease(view, Qt.Key.Key_Shift)
    assert made.args == [start, start + 4]


def test_places_lead_back_to_their_code_point(view: TranscriptView) -> None:
    places = view.places()
    for point in (0, CUTS[1], TEXT.index("mail"), CUTS[2], TEXT.index("Slot")):
        line = places.line_of(point)
        assert places.point_at(line.left() + 1, line.center().y()) == point


def test_a_boundary_is_dragged_to_where_the_snap_allows(view: TranscriptView, qtbot: Any) -> None:
    view.set_boundaries([BoundaryMark(CUTS[1], "zeker", key="k1"), BoundaryMark(CUTS[2], "twijfel", False, key="k2")])
    words = [CUTS[1] + i for i, c in enumerate(PARTS[1]) if c == " "]
    view.set_snap(lambda point: min(words, key=lambda w: abs(w - point)))
    places = view.places()
    begin = places.line_of(CUTS[1])
    target = places.line_of(TEXT.index("verder", CUTS[1] + 200))
    port = view.viewport()
    with qtbot.waitSignal(view.boundaryMoved) as moved:
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, round(begin.top())))
        place = QPoint(round(target.left()), round(target.center().y()))
        qtbot.mouseMove(port, place)
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place)
    key, point = moved.args
    assert key == "k1" and point in words and abs(point - TEXT.index("verder", CUTS[1] + 200)) < 8


def test_escape_gives_a_drag_up(view: TranscriptView, qtbot: Any) -> None:
    view.set_boundaries([BoundaryMark(CUTS[1], key="k1")])
    moved: list[Any] = []
    view.boundaryMoved.connect(lambda *args: moved.append(args))
    y = round(view.places().line_of(CUTS[1]).top())
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, y))
    qtbot.mouseMove(view.viewport(), QPoint(200, y + 60))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, y + 60))
    assert moved == []


def test_the_narratief_in_hand_is_bright_and_its_neighbours_quiet(view: TranscriptView) -> None:
    view.set_current("b")
    quiet = [(s.cursor.selectionStart(), s.cursor.selectionEnd()) for s in view.extraSelections()]  # type: ignore[attr-defined]
    wide = sum(c > "\uffff" for c in TEXT)
    assert quiet == [(0, CUTS[2] + wide), (CUTS[3] + wide, CUTS[3] + wide)]
    view.set_current(None)
    assert view.extraSelections() == []


def test_clicks_in_margin_and_gutter_name_narratief_and_code(view: TranscriptView, qtbot: Any) -> None:
    view.grab()
    chip = next(area for area, _span, spec in view._margin._hits if spec is not None and spec.key == "c1")
    with qtbot.waitSignals([view.chipClicked, view.narrativeClicked]):
        qtbot.mouseClick(view._margin, Qt.MouseButton.LeftButton, pos=chip.center())
    with qtbot.waitSignal(view.narrativeClicked) as clicked:
        place = view.places().line_of(CUTS[2]).center().toPoint()
        qtbot.mouseClick(view._gutter, Qt.MouseButton.LeftButton, pos=QPoint(10, place.y()))
    assert clicked.args == ["b"]


def test_only_the_margin_in_sight_is_laid_out(view: TranscriptView) -> None:
    line = "R: Een zin die ongeveer een regel vult en dan ophoudt.\n"
    view.set_document(line * 3000)
    view.set_narratives([NarrativeSpan(n, n + 1, n * len(line), (n + 1) * len(line)) for n in range(3000)])
    view.grab()
    assert 5 < len(view._gutter.extents()) < 60
    view.set_current(2900)
    view.grab()
    assert 2900 in [span.id for span, _top, _bottom in view._gutter.extents()]


def test_the_narratief_in_hand_stays_in_sight_when_the_width_changes(view: TranscriptView, qtbot: Any) -> None:
    line = "R: " + "Een zin die wat langer is en dan ophoudt. " * 6 + "\n"
    view.set_document(line * 200)
    view.set_narratives([NarrativeSpan(n, n + 1, n * len(line), (n + 1) * len(line)) for n in range(200)])
    view.set_current(120)
    before = view.places().line_of(120 * len(line)).top()
    view.resize(620, 600)
    assert abs(view.places().line_of(120 * len(line)).top() - before) < 3


def test_keys_may_be_taken_by_another(view: TranscriptView, qtbot: Any) -> None:
    seen: list[str] = []
    view.set_key_filter(lambda event: bool(event.text() == "2" and (seen.append("2") or True)))
    qtbot.keyClick(view, Qt.Key.Key_2)
    caret = view.caret()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert seen == ["2"] and view.caret() == caret + 1


def test_a_text_written_anew_is_not_in_the_face_of_the_caret(view: TranscriptView) -> None:
    view.select(CUTS[0] + 6, CUTS[0] + 6)  # in the interviewer's words, which are in italics
    view.set_document(TEXT, [TurnSpan(0, len(TEXT), False, "R")])
    cursor = view.textCursor()
    cursor.setPosition(len(TEXT) - 3)
    assert not cursor.charFormat().fontItalic()
