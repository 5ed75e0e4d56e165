"""Lemmas of Dutch words, and the search for every form of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.language import tables
from corpora.lemmas import candidates, forms, lemma, lemmas

# Forty forms that plain rules or tables get wrong, chosen after the rules were fixed.
HARD_FORMS = {
    "doorgevraagd": "doorvragen", "binnengelopen": "binnenlopen", "uitnodigden": "uitnodigen",
    "opgehangen": "ophangen", "rondgeleid": "rondleiden", "meegedacht": "meedenken", "afgewezen": "afwijzen",
    "ingeschakeld": "inschakelen", "vastgelopen": "vastlopen", "overgedragen": "overdragen",
    "geëvalueerd": "evalueren", "gesprokene": "gesproken", "vergaten": "vergeten", "begon": "beginnen",
    "hielpen": "helpen", "droegen": "dragen", "verloren": "verliezen", "raven": "raaf", "wegen": "weg",
    "schepen": "schip", "eieren": "ei", "glazen": "glas", "paden": "pad", "bruggetje": "brug",
    "raampjes": "raam", "jongetje": "jongen", "gesprekjes": "gesprek", "oude": "oud", "drukke": "druk",
    "dikste": "dik", "vieze": "vies", "brede": "breed", "zwaarder": "zwaar", "werkloosheidsuitkeringen":
    "werkloosheidsuitkering", "vrijwilligers": "vrijwilliger", "gemeentes": "gemeente", "collega's": "collega",
    "sociaalwerkers": "sociaalwerker", "thuiszorgmedewerkers": "thuiszorgmedewerker", "interventies": "interventie",
}


def test_hard_forms() -> None:
    wrong = {form: lemma(form) for form, expected in HARD_FORMS.items() if lemma(form) != expected}
    print(f"lemmas: {len(HARD_FORMS) - len(wrong)} of {len(HARD_FORMS)} hard forms; wrong: {wrong}")
    assert len(HARD_FORMS) == 40
    assert len(wrong) <= 3


@pytest.mark.parametrize(("form", "expected"), [
    ("wijkteams", "wijkteam"), ("koffieochtenden", "koffieochtend"), ("doorgekanteld", "doorkantelen"),
    ("geappt", "appen"), ("Wmo-consulenten", "wmo-consulent"), ("pgb's", "pgb"), ("narratieven", "narratief")])
def test_words_that_no_table_holds(form: str, expected: str) -> None:
    known = tables()
    assert form.lower() not in known.lookup
    assert not any(form.lower() in known.exceptions[pos] or form.lower() in known.index[pos] for pos in known.index)
    assert lemma(form) == expected


def test_forms_finds_every_inflection_and_nothing_else() -> None:
    vocabulary = ["kantelen", "gekanteld", "Gekantelde", "kantelt", "kantelden", "kant", "kantoor", "kandelaar"]
    assert forms("kantelen", vocabulary) == {"kantelen", "gekanteld", "Gekantelde", "kantelt", "kantelden"}
    assert forms("gekanteld", vocabulary) == forms("kantelen", vocabulary)


def test_a_form_of_two_words_is_found_for_both() -> None:
    assert "werken" in candidates("werk") or "werk" in candidates("werk")
    assert "vragen" in forms("vraag", ["vragen"]) and "vragen" in forms("vragen", ["vragen"])


def test_lemmas_keeps_offsets() -> None:
    text = "😀 De foto's van 's ochtends: één buurvrouw, 3 huizen."
    found = lemmas(text)
    assert [text[start:end] for start, end, _ in found] == [
        "De", "foto's", "van", "'s", "ochtends", "één", "buurvrouw", "huizen"]
    assert found[-1][2] == "huis"


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=30))
def test_any_word_has_a_lemma_in_small_letters(word: str) -> None:
    assert candidates(word)
    assert all(candidates(word))
