"""The board of CMO in the window, by keys, mouse and a drag: what stands on it and in the project afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from codebook.cmo_views import ConfigurationView, configurations
from codebook.models import Evidence, Rewording
from corpora import narratives
from corpora.messages import message
from tests.workbench.cmo_places import CASES, DIALOGUE, configured, founded, ids
from workbench import i18n
from workbench.panels.cmo import CmoPanel
from workbench.project import OpenProject
from workbench.widgets.board.card import Card, Slot
from workbench.widgets.board.editors import ConfigurationEditor, ElementEditor, LinkEditor
from workbench.widgets.board.places import HEAD, Carried, Place, packed

CONTEXT, RESOURCE, REASONING, OUTCOME = range(4)


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> CmoPanel:
    made = CmoPanel(opened)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitExposed(made)
    made.show_page("board")
    return made


def kernelement(panel: CmoPanel, label: str = DIALOGUE) -> int:
    return next(one.id for one in panel.counting.board.kernelementen if one.label == label)


def stand(opened: OpenProject, panel: CmoPanel) -> list[ConfigurationView]:
    with opened.project.read() as session:
        return configurations(session, kernelement(panel))


def texts(one: ConfigurationView, role: str) -> list[str]:
    return [element.text for element in one.of_role(role)]


def put(opened: OpenProject, panel: CmoPanel) -> int:
    """A configuration on the board, with its head in hand."""
    number = configured(opened, kernelement(panel))
    panel.board.board.go_to(Place(number, HEAD))
    return number


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_configuration_is_made_titled_and_given_parts_by_keys(panel: CmoPanel, qtbot: Any,
                                                                opened: OpenProject) -> None:
    board = panel.board.board
    board.setFocus()
    qtbot.keyClick(board, Qt.Key.Key_N)
    assert isinstance(board.editing(), ConfigurationEditor)
    qtbot.keyClicks(focused(), "Gehoord worden")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    for key, words in ((Qt.Key.Key_C, "er is tijd"), (Qt.Key.Key_O, "durft te vragen")):
        qtbot.keyClick(focused(), key)
        assert isinstance(board.editing(), ElementEditor)
        qtbot.keyClicks(focused(), words)
        qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [one] = stand(opened, panel)
    assert (one.title, texts(one, "context"), texts(one, "outcome")) == (
        "Gehoord worden", ["er is tijd"], ["durft te vragen"])
    card = focused()
    assert isinstance(card, Card) and card.element.text == "durft te vragen"
    gaps = [s.gap for s in board.lanes[one.id].spots.values() if isinstance(s, Slot) and s.gap]
    assert gaps == ["no resource yet", "no reasoning yet"]
    opened.undo()
    assert [s.text.text() for s in board.lanes[one.id].spots.values() if isinstance(s, Card)] == ["er is tijd"]


def test_rewording_asks_why_and_is_kept(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    number = put(opened, panel)
    element = stand(opened, panel)[0].of_role("context")[0]
    panel.board.board.go_to(Place(number, CONTEXT, element.id))
    qtbot.keyClick(focused(), Qt.Key.Key_F2)
    editor = panel.board.board.editing()
    assert isinstance(editor, ElementEditor) and not editor.why.isVisible()
    editor.text.selectAll()
    qtbot.keyClicks(editor.text, "er is rust")
    assert editor.why.isVisible()
    qtbot.keyClicks(editor.why, "tijd alleen is niet genoeg")
    qtbot.keyClick(editor.why, Qt.Key.Key_Return)
    assert texts(stand(opened, panel)[0], "context") == ["er is rust"]
    qtbot.keyClick(focused(), Qt.Key.Key_H)
    row = panel.board.history.list.current_row()
    assert row is not None
    assert "Anna · text" in row.heading
    assert (row.text, row.note) == ("er is tijd\n→ er is rust", "Why: tijd alleen is niet genoeg")
    opened.undo()
    assert panel.board.history.list.count() == 0


def test_a_new_configuration_is_not_asked_why_and_goes_when_left(panel: CmoPanel, qtbot: Any,
                                                                 opened: OpenProject) -> None:
    board = panel.board.board
    board.setFocus()
    qtbot.keyClick(board, Qt.Key.Key_N)
    editor = board.editing()
    assert isinstance(editor, ConfigurationEditor)
    qtbot.keyClicks(focused(), "Gehoord worden")
    editor.status.setCurrentIndex(1)
    assert not editor.why.isVisible()
    qtbot.keyClick(editor.title, Qt.Key.Key_Return)
    [one] = stand(opened, panel)
    with opened.project.read() as session:
        assert one.title == "Gehoord worden" and [
            row.field for row in session.scalars(select(Rewording))] == ["status"], "a first title is no rewording"
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    editor = board.editing()
    assert isinstance(editor, ConfigurationEditor)
    qtbot.keyClicks(editor.title, "Gezien worden")
    assert editor.why.isVisible(), "a title of its own is"
    qtbot.keyClick(editor.title, Qt.Key.Key_Escape)
    qtbot.keyClick(focused(), Qt.Key.Key_N)
    assert len(stand(opened, panel)) == 2
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert [c.title for c in stand(opened, panel)] == ["Gehoord worden"]
    assert board.current is not None and board.current.lane == one.id


def test_escape_leaves_everything_as_it_was(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    put(opened, panel)
    before = stand(opened, panel)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.keyClicks(focused(), "iets anders")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert panel.board.board.editing() is None
    assert stand(opened, panel) == before


def test_the_arrows_walk_over_the_whole_board(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    first, second = put(opened, panel), put(opened, panel)
    board = panel.board.board
    board.go_to(Place(first, HEAD))
    way = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down,
                Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(focused(), key)
        assert board.current is not None
        way.append((board.current.lane, board.current.column, bool(board.current.element)))
    assert way == [(first, CONTEXT, True), (first, RESOURCE, True), (first, REASONING, False), (first, OUTCOME, True),
                   (first, OUTCOME, False), (second, HEAD, False), (second, HEAD, False), (first, CONTEXT, False)]


def test_letters_send_what_lies_in_the_tray_to_the_configuration(panel: CmoPanel, qtbot: Any,
                                                                 opened: OpenProject) -> None:
    number = put(opened, panel)
    tray = panel.board.tray
    qtbot.keyClick(focused(), Qt.Key.Key_T)
    assert focused() is tray.list
    narratief = tray.list.current_id()
    qtbot.keyClick(tray.list, Qt.Key.Key_2)
    qtbot.keyClick(tray.list, Qt.Key.Key_O)
    [one] = stand(opened, panel)
    [evidence] = one.of_role("outcome")[0].evidence
    assert (evidence.narratief_id, evidence.direction) == (narratief, "weerspreekt")
    assert tray.list.count() == 4 and focused() is tray.list
    assert tray.list.current_id() != narratief
    qtbot.keyClick(tray.list, Qt.Key.Key_1)
    qtbot.keyClick(tray.list, Qt.Key.Key_R)
    qtbot.keyClick(tray.list, Qt.Key.Key_G)
    [one] = stand(opened, panel)
    assert [len(e.evidence) for e in one.of_role("mechanisme-redenering")] == [1]
    assert [e.direction for e in one.evidence] == ["steunt"]
    assert tray.list.count() == 2
    qtbot.keyClick(tray.list, Qt.Key.Key_N)
    assert [len(c.all_evidence) for c in stand(opened, panel)] == [3, 1]
    assert panel.board.board.current == Place(stand(opened, panel)[1].id, HEAD)
    for _n in range(4):
        opened.undo()
    assert tray.list.count() == 5 and stand(opened, panel)[0].id == number


def test_codes_propose_quietly(panel: CmoPanel) -> None:
    panel.board.refresh()
    tray = panel.board.tray.list
    notes = [tray._rows.row(n).note for n in range(tray.count())]
    assert "M? Werkzame factor · actor? burger" in notes
    assert "C? Belemmerende factor · actor? facilitator" in notes


def drop(panel: CmoPanel, spot: QWidget, what: Carried) -> bool:
    """Carry something to a spot of the board, as a mouse would."""
    page = panel.board.board._page
    at = spot.mapTo(page, QPoint(spot.width() // 2, spot.height() // 2))
    data = packed(what)
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, held)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDragMoveEvent(at, Qt.DropAction.CopyAction, data, buttons, held))
    assert getattr(spot, "is_target", True)
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, held)
    QApplication.sendEvent(page, event)
    QApplication.processEvents()
    return event.isAccepted()


def test_what_is_dropped_beside_the_cards_goes_to_the_nearest(panel: CmoPanel, opened: OpenProject) -> None:
    number = put(opened, panel)
    lane = panel.board.board.lanes[number]
    tray = panel.board.tray.list
    tray.set_current_index(0)
    taken = tray.carried().narratieven
    outcome = next(s for s in lane.spots.values() if isinstance(s, Card) and s.place.column == OUTCOME)
    page, at = panel.board.board._page, outcome.mapTo(lane, QPoint(outcome.width() // 2, -6))
    assert lane.childAt(at) is not None and not isinstance(lane.childAt(at), Card), "on the thread above the card"
    assert page.spot_at(lane.mapTo(page, at)) is outcome
    assert drop(panel, page.spot_at(lane.mapTo(page, at)) or lane, tray.carried())
    [one] = stand(opened, panel)
    assert tuple(e.narratief_id for e in one.of_role("outcome")[0].evidence) == taken


def test_a_narratief_is_dragged_onto_a_card_a_gap_a_head_and_a_new_row(panel: CmoPanel, qtbot: Any,
                                                                       opened: OpenProject) -> None:
    number = put(opened, panel)
    lane, tray = panel.board.board.lanes[number], panel.board.tray.list
    tray.set_current_index(0)
    taken = [tray.carried().narratieven[0]]
    card = next(s for s in lane.spots.values() if isinstance(s, Card) and s.place.column == OUTCOME)
    assert drop(panel, card, tray.carried())
    gap = lane.spots[Place(number, REASONING)]
    taken.append(tray.carried().narratieven[0])
    assert drop(panel, gap, tray.carried())
    taken.append(tray.carried().narratieven[0])
    assert drop(panel, lane.spots[Place(number, HEAD)], tray.carried())
    [one] = stand(opened, panel)
    assert [e.narratief_id for e in one.of_role("outcome")[0].evidence] == [taken[0]]
    assert [e.narratief_id for e in one.of_role("mechanisme-redenering")[0].evidence] == [taken[1]]
    assert [e.narratief_id for e in one.evidence] == [taken[2]]
    assert drop(panel, panel.board.board._new.slots[CONTEXT], tray.carried())
    assert [len(c.of_role("context")) for c in stand(opened, panel)] == [1, 1]
    assert len(set(taken)) == 3
    opened.undo()
    assert len(stand(opened, panel)) == 1


def test_a_press_and_a_move_begin_a_drag_of_the_selection(panel: CmoPanel, qtbot: Any, opened: OpenProject,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    put(opened, panel)
    tray, carried = panel.board.tray.list, []

    class Drag:
        def exec(self, _action: object) -> None:
            carried.append(tray.carried())

    monkeypatch.setattr(tray, "drag", Drag)
    at = QPoint(40, 10)
    qtbot.mousePress(tray.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(tray.viewport(), at + QPoint(QApplication.startDragDistance() + 5, 30))
    first = tray._rows.row_id(0)
    assert carried == [Carried((first,), ())]


def test_quotes_are_evidence_too(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    put(opened, panel)
    tray = panel.board.tray
    tray.shown.choose("quotes")
    tray.shown.picked.emit()
    assert tray.list.count() == 2
    qtbot.keyClick(tray.list, Qt.Key.Key_C)
    with opened.project.read() as session:
        [row] = session.scalars(select(Evidence)).all()
    assert row.quote_id is not None and row.narratief_id in ids(opened)


def test_evidence_is_turned_noted_and_taken_off(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    number = put(opened, panel)
    panel.board.put("context", Carried(tuple(ids(opened)[:1]), ()))
    element = stand(opened, panel)[0].of_role("context")[0]
    panel.board.board.go_to(Place(number, CONTEXT, element.id))
    qtbot.keyClick(focused(), Qt.Key.Key_E)
    side = panel.board.evidence
    qtbot.keyClick(side.list, Qt.Key.Key_3)
    qtbot.keyClick(side.list, Qt.Key.Key_Slash)
    qtbot.keyClicks(side.note, "alleen in het begin")
    qtbot.keyClick(side.note, Qt.Key.Key_Return)
    [evidence] = stand(opened, panel)[0].of_role("context")[0].evidence
    assert (evidence.direction, evidence.note) == ("nuanceert", "alleen in het begin")
    card = panel.board.board.spot(Place(number, CONTEXT, element.id))
    assert isinstance(card, Card) and card.count.text() == "~1"
    qtbot.keyClick(side.list, Qt.Key.Key_Delete)
    assert not stand(opened, panel)[0].all_evidence


def test_configurations_are_linked_moved_and_taken_away(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    first, second = put(opened, panel), put(opened, panel)
    board = panel.board.board
    board.go_to(Place(first, HEAD))
    qtbot.keyClick(focused(), Qt.Key.Key_L)
    editor = board.editing()
    assert isinstance(editor, LinkEditor)
    editor.kind.setCurrentIndex(editor.kind.findData("outcome-wordt-context"))
    qtbot.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    [link] = stand(opened, panel)[0].links
    assert (link.kind, link.other_id, link.outgoing) == ("outcome-wordt-context", second, True)
    board.go_to(Place(first, HEAD))
    qtbot.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.id for one in stand(opened, panel)] == [second, first]
    assert board.current == Place(first, HEAD)
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert [one.id for one in stand(opened, panel)] == [second]
    assert board.current is not None and board.current.lane == second
    opened.undo()
    assert [link.kind for one in stand(opened, panel) for link in one.links] == ["outcome-wordt-context"] * 2


def test_an_editor_stays_open_when_something_else_changes(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    number = put(opened, panel)
    qtbot.keyClick(focused(), Qt.Key.Key_O)
    qtbot.keyClicks(focused(), "half af")
    panel.board.deeds.place(kernelement(panel), Place(number, HEAD), Carried(tuple(ids(opened)[:1])), "steunt")
    editor = panel.board.board.editing()
    assert isinstance(editor, ElementEditor) and editor.text.toPlainText() == "half af"
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert texts(stand(opened, panel)[0], "outcome") == ["durft te vragen", "half af"]


def roles(one: ConfigurationView) -> list[tuple[str, str]]:
    return [(element.role, element.text) for element in one.elements]


def test_a_card_moves_to_another_part_by_keys_with_its_evidence(panel: CmoPanel, qtbot: Any,
                                                                opened: OpenProject) -> None:
    number = put(opened, panel)
    panel.board.put("mechanisme-hulpbron", Carried(tuple(ids(opened)[:1])))
    element = stand(opened, panel)[0].of_role("mechanisme-hulpbron")[0]
    board = panel.board.board
    board.go_to(Place(number, RESOURCE, element.id))
    qtbot.keyClick(focused(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(stand(opened, panel)[0].of_role("mechanisme-redenering")) == 1)
    assert len(stand(opened, panel)[0].of_role("mechanisme-redenering")[0].evidence) == 1
    assert board.current == Place(number, REASONING, element.id) and isinstance(focused(), Card)
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    qtbot.keyClicks(focused(), "er is rust")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert texts(stand(opened, panel)[0], "context") == ["er is tijd", "er is rust"]
    qtbot.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: texts(stand(opened, panel)[0], "context") == ["er is rust", "er is tijd"])
    qtbot.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: texts(stand(opened, panel)[0], "context") == ["er is tijd", "er is rust"])


def test_a_card_is_dragged_within_its_configuration_only(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    first, second = put(opened, panel), put(opened, panel)
    page, board = panel.board.board._page, panel.board.board
    card = next(s for s in board.lanes[first].spots.values() if isinstance(s, Card) and s.place.column == RESOURCE)

    QApplication.processEvents()

    def carry(spot: QWidget) -> bool:
        at, drag = spot.mapTo(page, QPoint(spot.width() // 2, spot.height() // 2)), card.drag()
        held = (Qt.DropAction.MoveAction, drag.mimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(page, QDragEnterEvent(at, *held))
        event = QDropEvent(QPointF(at), *held)
        event.setAccepted(False)
        QApplication.sendEvent(page, event)
        return event.isAccepted()

    assert not carry(board.lanes[second].spots[Place(second, REASONING)])
    assert not carry(board.lanes[first].spots[Place(first, HEAD)])
    assert carry(board.lanes[first].spots[Place(first, REASONING)])
    qtbot.waitUntil(lambda: ("mechanisme-redenering", "iedereen komt aan het woord") in roles(stand(opened, panel)[0]))
    assert len(roles(stand(opened, panel)[1])) == 3
    opened.undo()
    assert ("mechanisme-hulpbron", "iedereen komt aan het woord") in roles(stand(opened, panel)[0])


def test_dark_and_a_larger_size_take_hold_at_once(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    from workbench.theme import theme

    number = put(opened, panel)
    before = next(s for s in panel.board.board.lanes[number].spots.values() if isinstance(s, Card))._look
    mode, zoom = theme().mode, theme().zoom
    try:
        theme().set_mode("dark" if not theme().is_dark else "light")
        theme().set_zoom(125)
        after = next(s for s in panel.board.board.lanes[number].spots.values() if isinstance(s, Card))
        assert after._look != before
        assert after.text.font().pointSizeF() == theme().ui_font().pointSizeF()
    finally:
        theme().set_zoom(zoom)
        theme().set_mode(mode)


def test_evidence_whose_narratief_is_gone_stays_and_says_so(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    number = put(opened, panel)
    taken = ids(opened)[0]
    panel.board.put("", Carried((taken,)))
    opened.do(message("Take away"), narratives.remove, taken)
    panel.board.show_side("evidence")
    row = panel.board.evidence.list.current_row()
    assert row is not None
    assert row.heading == "+ Gesprek 1 · 1" and "taken away since" in row.note
    with qtbot.assertNotEmitted(panel.openNarratief):
        qtbot.keyClick(panel.board.evidence.list, Qt.Key.Key_Return)
    panel.show_page("pictures")
    panel.pictures.show_kind("chain")
    mark = next(m for m in panel.pictures.view.drawing.marks if m.codes == (number, 0))
    panel.pictures.view.activated.emit(mark)
    assert panel.pictures.found.ids() == []


def test_undoing_what_an_editor_is_open_on_closes_it(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    number = put(opened, panel)
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    qtbot.keyClicks(focused(), "er is rust")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(focused(), Qt.Key.Key_F2)
    opened.undo()
    board = panel.board.board
    assert board.editing() is None
    board.go_to(Place(number, HEAD))
    qtbot.keyClick(focused(), Qt.Key.Key_O)
    assert isinstance(board.editing(), ElementEditor)


def test_what_is_being_typed_is_kept_when_one_goes_elsewhere(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    put(opened, panel)
    qtbot.keyClick(focused(), Qt.Key.Key_C)
    qtbot.keyClicks(focused(), "er is rust")
    panel.show_page("matrix")
    assert texts(stand(opened, panel)[0], "context") == ["er is tijd", "er is rust"]
    panel.show_page("board")
    panel.board.board.edit(Place(stand(opened, panel)[0].id, OUTCOME))
    qtbot.keyClicks(focused(), "vraagt door")
    panel.list.choose(kernelement(panel, CASES))
    assert texts(stand(opened, panel)[0], "outcome") == ["durft te vragen", "vraagt door"]
    assert panel.board.board.editing() is None and not panel.board.board.lanes


def test_what_is_made_or_gone_to_comes_into_sight(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    for _n in range(5):
        put(opened, panel)
    board = panel.board.board
    qtbot.keyClick(focused(), Qt.Key.Key_N)
    editor = board.editing()
    assert editor is not None
    top = editor.mapTo(board.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < board.viewport().height()
    qtbot.keyClick(editor.focusWidget(), Qt.Key.Key_Escape)
    first = board.places()[0]
    board.go_to(first)
    spot = board.spot(first)
    assert spot is not None
    assert 0 <= spot.mapTo(board.viewport(), QPoint(0, 0)).y() < board.viewport().height() // 2
