"""The facet picker: the key contract, type-ahead, states, definition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from workbench.widgets.code_typing import CodeTyping
from workbench.widgets.facet_picker import COMMANDS, FacetPicker
from workbench.widgets.facet_values import PickerCode, PickerFacet, matches
from workbench.widgets.transcript_view import TranscriptView


def facet(name: str, *labels: str) -> PickerFacet:
    codes = tuple(PickerCode(f"{name}{n}", n, label, f"over {label}") for n, label in enumerate(labels, 1))
    return PickerFacet(name, name, codes)


FACETS = (
    facet("WAT", *(f"thema {n}" for n in range(1, 23)), "Werkzame factor", "Coördinatie", "Overig"),
    facet("WIE", "woning", "straat", "wijk", "eigen", "burger"),
    PickerFacet("HOE", "HOE", (
        PickerCode("HOE1", 1, "positief", synonyms=("blij", "tevreden")),
        PickerCode("HOE2", 2, "betrokken", "leeft mee met wijk en burger", "bij meeleven", "bij <b>boosheid</b>",
                   "ach toch"),
    )),
)


@pytest.fixture
def picker(qtbot: Any) -> FacetPicker:
    made = FacetPicker()
    qtbot.addWidget(made)
    made.resize(560, 640)
    made.set_facets(FACETS)
    made.show()
    return made


@pytest.fixture
def heard(picker: FacetPicker) -> list[str]:
    found: list[str] = []
    picker.toggled.connect(found.append)
    picker.not_mentioned.connect(lambda name: found.append(f"{name} niet genoemd"))
    picker.commandRequested.connect(found.append)
    picker.unknownNumber.connect(lambda name, number: found.append(f"{name} {number}?"))
    return found


def test_a_code_per_facet_and_next_take_seven_keys(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    keys = "230401\r"
    qtbot.keyClicks(picker._field, keys[:-1])
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["WAT23", "WIE4", "HOE1", "next"]
    assert len(keys) == 7


def test_one_digit_and_enter_choose_too(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "7")
    assert picker.pending_digits() == "7"
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["WAT7", "next"] and picker.facet_in_hand() == "WIE"


def test_one_digit_and_enter_in_the_last_facet_go_on(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "23041")
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["WAT23", "WIE4", "HOE1", "next"]
    qtbot.keyClicks(picker._field, "8")
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard[4:] == ["HOE 8?"], "who typed a number that does not exist stays"


def test_several_codes_in_a_facet_and_not_mentioned(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "23,24+250002,01")
    assert heard == ["WAT23", "WAT24", "WAT25", "WIE niet genoemd", "HOE2", "HOE1"]


def test_an_unknown_number_changes_nothing(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "99")
    assert heard == ["WAT 99?"] and picker.facet_in_hand() == "WAT" and picker.pending_digits() == ""


def test_tab_walks_the_facets_and_leaves_at_the_end(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClick(picker._field, Qt.Key.Key_Tab)
    qtbot.keyClick(picker._field, Qt.Key.Key_Tab)
    qtbot.keyClick(picker._field, Qt.Key.Key_Backtab)
    assert picker.facet_in_hand() == "WIE"
    qtbot.keyClicks(picker._field, "05")
    assert heard == ["WIE5"] and picker.facet_in_hand() == "HOE"
    assert not picker._step(1)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzëéï")
def test_every_letter_types_and_none_commands(
    picker: FacetPicker, heard: list[str], qtbot: Any, letter: str
) -> None:
    QApplication.sendEvent(picker._field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
    assert heard == [] and picker._field.text() == letter


def test_commands_stand_on_signs_that_are_no_dead_keys(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "".join(COMMANDS))
    assert heard == list(COMMANDS.values())
    assert not set(COMMANDS) & set("'\"`^~¨´")
    qtbot.keyClick(picker._field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert heard[-1] == "previous"


def test_type_ahead_finds_over_all_facets_without_accents(
    picker: FacetPicker, heard: list[str], qtbot: Any
) -> None:
    qtbot.keyClicks(picker._field, "coor")
    assert picker._columns[0].shown() == [23] and picker._columns[1].shown() == []
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    qtbot.keyClicks(picker._field, "blij")
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["WAT24", "HOE1"] and picker._field.text() == ""


def test_arrows_choose_among_what_was_found(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "wijk")
    qtbot.keyClick(picker._field, Qt.Key.Key_Down)
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["HOE2"]
    qtbot.keyClicks(picker._field, "wijk")
    qtbot.keyClick(picker._field, Qt.Key.Key_Escape)
    qtbot.keyClick(picker._field, Qt.Key.Key_Return)
    assert heard == ["HOE2", "next"]


def test_the_facet_can_be_walked_with_arrows_and_space(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    qtbot.keyClick(picker._field, Qt.Key.Key_Tab)
    for _row in range(2):
        qtbot.keyClick(picker._field, Qt.Key.Key_Down)
    qtbot.keyClick(picker._field, Qt.Key.Key_Space)
    qtbot.keyClick(picker._field, Qt.Key.Key_Up)
    qtbot.keyClick(picker._field, Qt.Key.Key_Space)
    assert heard == ["WIE2", "HOE niet genoemd"] and picker._field.text() == ""


def test_ranks_put_the_label_before_the_definition() -> None:
    found = [FACETS[f].codes[c].label for f, c in matches(FACETS, "wijk")]
    assert found[0] == "wijk" and found[-1] == "betrokken"
    assert matches(FACETS, "  ") == [] and matches(FACETS, "zzz") == []


def test_state_is_told_in_words_and_not_by_colour_alone(picker: FacetPicker) -> None:
    picker.set_state({"WAT23"}, {"HOE"}, {"WIE4": ("B", "C")})
    model = picker._columns[0]._model
    assert "given" in model.data(model.index(22)) or "gegeven" in model.data(model.index(22))
    others = picker._columns[1]._model
    assert "B, C" in others.data(others.index(3))
    assert picker._columns[2]._model.rows[-1].given


def test_the_definition_is_shown_as_text(picker: FacetPicker, qtbot: Any) -> None:
    qtbot.keyClicks(picker._field, "betrokken")
    shown = picker._card.toPlainText()
    assert "betrokken" in shown and "bij meeleven" in shown and "<b>boosheid</b>" in shown and "ach toch" in shown


def test_the_text_hands_its_keys_to_the_picker(picker: FacetPicker, heard: list[str], qtbot: Any) -> None:
    text = TranscriptView()
    qtbot.addWidget(text)
    text.set_document("een twee drie")
    text.set_key_filter(picker.handle_key)
    qtbot.keyClicks(text, "2304")
    qtbot.keyClick(text, Qt.Key.Key_Right)
    assert heard == ["WAT23", "WIE4"] and text.caret() == 1
    qtbot.keyClicks(text, "p")
    assert picker._field.text() == "p"


@given(st.lists(st.sampled_from("0123456789,+TB"), max_size=40), st.integers(1, 6))
def test_the_facet_in_hand_always_exists(keys: list[str], facets: int) -> None:
    typing = CodeTyping(facets)
    for key in keys:
        if key.isdigit():
            if typing.digit(key) is not None:
                typing.chosen(typing.in_hand)
        elif key in ",+":
            typing.another()
        else:
            typing.step(1 if key == "T" else -1)
        assert 0 <= typing.in_hand < facets and len(typing.pending) < 2


def test_a_long_list_has_the_whole_height_beside_the_definition(picker: FacetPicker, qtbot: Any) -> None:
    qtbot.waitExposed(picker)
    wat, wie, hoe = picker._columns
    assert wat.geometry().bottom() >= picker._card.geometry().bottom() - 1
    assert picker._card.geometry().left() >= wie.geometry().left() > wat.geometry().right()
    assert picker._card.geometry().top() > hoe.geometry().bottom()


def test_lists_of_one_length_have_the_definition_below_all(picker: FacetPicker) -> None:
    picker.set_facets(FACETS[1:])
    QApplication.processEvents()
    assert picker._card.geometry().left() <= picker._columns[0].geometry().left()
    assert picker._card.geometry().right() >= picker._columns[-1].geometry().right()
