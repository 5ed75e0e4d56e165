"""Sentence boundaries: difficult lines of Dutch speech, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.sentences import DEFAULT_ABBREVIATIONS, sentences

# `|` stands where a person ends a sentence. Written after the rules were fixed; the rules were not fitted to them.
HARD_LINES = [
    "Ik had mevr. Verbeek aan de lijn.| Die vroeg naar dr. Smit.",
    "We doen van alles, o.a. soep koken, fietsen maken e.d.| Dat trekt mensen.",
    "'s Avonds is het stil.| 's Nachts nog stiller.",
    "Toen dacht ik... ja, wat moet je dan?| Ik ben maar gaan zitten.",
    "\"Ga maar weg!\" riep hij.| \"Nee,\" zei ik.| \"Ik blijf.\"",
    "Zij vroeg: 'Wie bent u?'| Ik zei mijn naam.",
    "[lacht] Nou ja.| Dat weet u best.",
    "Dat was in okt. 2013.| Of in nov., dat weet ik niet meer.",
    "Het kost € 2.450,50 per jaar.| Dat heeft niemand.",
    "Ze is A. de Wit of A.B. de Wit, zoiets.| Nummer 14b.",
    "Om 9.15 u. stond hij voor de deur.| Met bloemen.",
    "Hij kreeg een WMO-indicatie, d.w.z. een brief.| Meer niet.",
    "Echt waar?!| Ja, echt waar!| Niet te geloven.",
    "Ik ging (en dat was dom!) alleen naar binnen.| Daarna nooit meer.",
    "Ze heet … nou ben ik het kwijt.| Straks weet ik het weer.",
    "En toen [onverstaanbaar 00:12:31] naar huis.| Klaar.",
    "Dat geldt i.h.a. voor ouderen, m.n. alleenstaanden.| En voor mij.",
    "We zaten bij vitamine C. dat weet ik nog.| Of D.| Maakt niet uit.",
    "Ik werkte in team Oost.| Prof. Bakker kwam kijken.| Hij at een koek.",
    "Art. 2.3.5 lid 3 van de wet.| Daar staat het in.",
    "Zeg het evt. tegen mw. Kok.| Zij regelt het a.s. maandag.",
    "Jansen jr. heeft de zaak overgenomen.| Jansen sr. zit thuis.",
    "Je moet ca. 3 weken wachten.| Soms wel 10.| Dat mag niet.",
    "Ik zei:| \"Kom binnen.\"",
    "Bel nr. 0800 of mail naar info@wijk.example.nl.| Dan komt het goed.",
]


def split_at_marks(line: str) -> tuple[str, list[str]]:
    return line.replace("|", ""), [part.strip() for part in line.split("|")]


def test_hard_lines_are_split_as_a_person_does() -> None:
    right = 0
    for line in HARD_LINES:
        text, expected = split_at_marks(line)
        right += [text[start:end] for start, end in sentences(text)] == expected
    print(f"sentences: {right} of {len(HARD_LINES)} hard lines")
    assert right >= 21


def test_an_own_abbreviation_counts() -> None:
    text = "Dat ligt bij wpl. Noord en niet bij ons."
    assert len(sentences(text)) == 2
    assert len(sentences(text, DEFAULT_ABBREVIATIONS | {"wpl."})) == 1


def test_a_wrapped_line_runs_on_and_a_new_paragraph_does_not() -> None:
    text = ("In dat jaar zijn wij met een kleine groep mensen uit de buurt\nbegonnen aan de tuin. Mooi was dat.\n\n"
            "Het vervolg\nDaarna kwam de school erbij.")
    assert [text[s:e] for s, e in sentences(text)] == [
        "In dat jaar zijn wij met een kleine groep mensen uit de buurt\nbegonnen aan de tuin.", "Mooi was dat.",
        "Het vervolg", "Daarna kwam de school erbij."]


def test_a_typist_without_capitals() -> None:
    text = "ja dat was zo. toen kwam ze binnen. ik wist niks. niemand wist wat."
    assert len(sentences(text)) == 4


@given(st.text(alphabet=st.sampled_from("aB é.?!…\n\"'[]() 1,😀"), max_size=200))
def test_sentences_cover_all_characters_once(text: str) -> None:
    found = sentences(text)
    assert all(text[s:e] and text[s:e] == text[s:e].strip() for s, e in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["o.a. " * 50_000, "\n" * 500_000, "a\n" * 50_000, "(x. " * 50_000, "1. " * 50_000])
def test_strange_texts_take_linear_time(text: str) -> None:
    sentences(text)


def test_a_text_with_a_blank_line_after_every_line_keeps_its_sentences_whole() -> None:
    lines = ["Het team begon in het voorjaar met een plan dat door de bewoners en",
             "de mensen zelf was bedacht en dat daarna samen met de Wijkraad en",
             "Stichting De Brug verder werd uitgewerkt."] * 15
    text = "\n\n".join(lines)
    found = [text[start:end] for start, end in sentences(text)]
    assert len(found) == 15 and all(s.startswith("Het team") and s.endswith("uitgewerkt.") for s in found)
