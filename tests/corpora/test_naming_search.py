"""Finding known names, for replacing and for warning."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.naming import find_names


@pytest.mark.parametrize(("text", "name", "found"), [
    ("Fatima's fiets", "Fatima", ["Fatima"]),
    ("Fatima’s fiets", "Fatima", ["Fatima"]),
    ("Hans' fiets", "Hans", ["Hans"]),
    ("de Jansens kwamen", "Jansen", ["Jansen"]),
    ("Overvecht-team en oud-Overvecht", "Overvecht", ["Overvecht", "Overvecht"]),
    ("Mevrouw De Vries, Jan de Vries", "de Vries", ["De Vries", "de Vries"]),
    ("uit ’s-Hertogenbosch", "'s-Hertogenbosch", ["’s-Hertogenbosch"]),
    ("een bos en meneer Bos", "Bos", ["Bos"]),
    ("Janneke en Hans", "Han", []),
    ("Annemarie", "Anne", []),
    ("meneer jansen", "jansen", ["jansen"]),
    ("José, JOSÉ", "José", ["José", "JOSÉ"]),
    ("", "Jan", []),
    ("Jan", "", []),
])
def test_whole_words_in_the_right_case(text: str, name: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in find_names(text, [name])] == found


def test_the_longest_name_wins_and_none_overlap() -> None:
    text = "Fatima El Amrani en Fatima en El Amrani"
    assert [hit[2] for hit in find_names(text, ["Fatima", "El Amrani", "Fatima El Amrani"])] == [
        "Fatima El Amrani", "Fatima", "El Amrani"]


def test_a_decomposed_accent_is_the_same_letter() -> None:
    text = unicodedata.normalize("NFD", "Toen zei René niets.")
    (hit,) = find_names(text, ["René"])
    assert unicodedata.normalize("NFC", text[hit[0]:hit[1]]) == "René"


_WORDS = st.lists(st.sampled_from([
    "Sanne", "sanne", "El Amrani", "Bos", "bos", "😀", "é", "van", "Sannes", "-", "'s", "."]))


@given(_WORDS)
def test_spans_are_ordered_inside_the_text_and_hold_the_name(words: list[str]) -> None:
    text = " ".join(words)
    reached = 0
    for start, end, name in find_names(text, ["Sanne", "El Amrani", "Bos"]):
        assert reached <= start < end <= len(text)
        assert text[start:end] == name
        reached = end
    assert len(find_names(text, ["Bos"])) == words.count("Bos")
