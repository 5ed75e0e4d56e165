"""Proposed narratieven against those of a person, and what holds for every proposal."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.segmentation import Proposal, propose
from corpora.transcript_types import Turn
from tests.corpora.segmentation_cases import Case, cases, f1, rule_boundaries


def conversation(*lines: tuple[str, str]) -> tuple[str, list[Turn]]:
    text, turns = "", []
    for speaker, words in lines:
        start = len(text) + len(speaker) + 2
        turns.append(Turn(speaker, speaker == "I", start, start + len(words)))
        text += f"{speaker}: {words}\n"
    return text, turns


def starts(text: str, turns: list[Turn]) -> list[str]:
    return [text[p.start:p.start + 12] for p in propose(text, turns)]


LONG = ("Wij hebben toen met de buren een tafel op de stoep gezet en daar soep geschonken. Niemand wist wie er zou "
        "komen en het regende ook nog. Om zes uur stonden er dertig mensen met een kom in de hand. ")


@pytest.mark.parametrize("part", ["dev", "held_out"])
def test_better_than_the_simple_rule(part: str) -> None:
    judged = [(case, [p.start for p in propose(case.text, case.turns)][1:]) for case in cases(part)]
    ruled = [(case, rule_boundaries(case)) for case in cases(part)]
    print(f"{part}: rule {f1(ruled):.3f}, proposal {f1(judged):.3f} on {len(judged)} transcripts")
    assert len(judged) >= 6
    assert f1(judged) >= 0.86
    assert f1(judged) > f1(ruled)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_proposals_cover_all_speech_in_order(case: Case) -> None:
    check(case.text, list(case.turns), propose(case.text, case.turns))


def check(text: str, turns: list[Turn], found: list[Proposal]) -> None:
    assert all(p.start < p.end and p.reasons and 0 <= p.certainty <= 1 for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = set().union(*(range(p.start, p.end) for p in found))
    assert all(at in covered for t in turns for at in range(t.start, t.end) if not text[at].isspace())


def test_listening_does_not_begin_a_narratief() -> None:
    text, turns = conversation(
        ("I", "Kunt u iets vertellen over de soepavond in de straat?"), ("R", LONG), ("I", "Hm hm, ja, precies."),
        ("R", LONG), ("I", "Oké."), ("R", "Zo was het."))
    assert starts(text, turns) == ["I: Kunt u ie"]


def test_a_mirroring_question_does_not_begin_a_narratief() -> None:
    text, turns = conversation(
        ("I", "Kunt u iets vertellen over de soepavond in de straat?"), ("R", LONG),
        ("I", "Dus als ik het goed begrijp stonden jullie daar in de regen?"), ("R", "Ja, in de regen."))
    assert len(starts(text, turns)) == 1


@pytest.mark.parametrize("question", [
    "En hoe is die soepavond verder afgelopen?", "Wie beslist daar eigenlijk nu over?", "Elke avond?",
    "Hoopt u dat hij nog een keer terugkomt?", "Hoeveel mensen waren dat bij elkaar?"])
def test_a_clarifying_question_with_a_short_answer_does_not_begin_one(question: str) -> None:
    text, turns = conversation(
        ("I", "Kunt u iets vertellen over de soepavond in de straat?"), ("R", LONG), ("I", question),
        ("R", "Dat weten we nog niet."), ("I", "Hm."), ("R", "Nee."))
    assert len(starts(text, turns)) == 1


def test_having_a_thing_opens_no_story() -> None:
    text, turns = conversation(("I", "Kunt u iets vertellen over de soepavond?"),
                               ("R", LONG + "Ik had een tas, en daar zat alles in. " + LONG))
    assert len(starts(text, turns)) == 1


def test_a_short_question_about_something_new_begins_one() -> None:
    text, turns = conversation(
        ("I", "Kunt u iets vertellen over de soepavond in de straat?"), ("R", LONG),
        ("I", "En de samenwerking met huisartsen?"),
        ("R", "Daar zijn we twee jaar mee bezig geweest. De praktijk zat vol en de lijn was bezet. Pas toen een van "
              "ons er patiënt werd, kregen we een gesprek, in de wachtkamer, tussen de hoestende mensen."))
    assert starts(text, turns)[1:] == ["I: En de sam"]


def test_consent_is_an_opening_and_no_narratief() -> None:
    text, turns = conversation(
        ("I", "Welkom. Vindt u het goed dat ik het gesprek opneem?"), ("R", "Dat is goed."),
        ("I", "Kunt u een gewone werkdag voor mij beschrijven?"), ("R", LONG))
    found = propose(text, turns)
    assert [p.narratief for p in found] == [False, True]
    assert text[found[1].start:].startswith("I: Kunt u")


def test_the_first_question_may_follow_another_turn_of_the_interviewer() -> None:
    text, turns = conversation(
        ("I", "Vindt u het goed dat ik het gesprek opneem?"), ("R", "Dat is goed, maar ik heb niet lang."),
        ("I", "Begrijpelijk."), ("I", "Op welke manier bent u betrokken bij de teams?"), ("R", LONG))
    assert starts(text, turns)[1:] == ["I: Op welke "]


def test_a_story_inside_an_answer_says_why_it_begins() -> None:
    text, turns = conversation(("I", "Kunt u iets vertellen over de soepavond?"), (
        "R", LONG + "Dat was dus de soep. Ik weet nog dat er een jongen met een kapotte fiets voorbijkwam, die bleef "
        "hangen bij de sleutels van mijn zwager. Hij plakte zijn band, daarna die van zijn zusje, en een week later "
        "had hij een werkplaats in de kelder van de flat, met zes klanten en een bord aan de deur."))
    found = propose(text, turns)
    assert [text[p.start:p.start + 11] for p in found] == ["I: Kunt u i", "Ik weet nog"]
    assert "Ik weet nog dat er" in str(found[1].reasons[0])


def test_a_sentence_that_runs_on_through_a_question_stays_whole() -> None:
    text, turns = conversation(
        ("I", "Kunt u iets vertellen over de soepavond in de straat?"), ("R", LONG + "En toen kwam de"),
        ("I", "Was dat de wethouder van wonen of die van zorg?"), ("R", "wethouder van zorg met een taart. " + LONG))
    assert len(starts(text, turns)) == 1


def test_the_bracket_belongs_to_the_narratief_that_it_opens() -> None:
    text = f"[Hoe begon u hier in de wijk?] {LONG}[Wat vindt u van de samenwerking met de gemeente?] {LONG}"
    second = text.index("[Wat")
    turns = [Turn("Interviewer", True, 1, text.index("]")), Turn("R", False, text.index("]") + 2, second - 1),
             Turn("Interviewer", True, second + 1, text.index("]", second)),
             Turn("R", False, text.index("]", second) + 2, len(text.rstrip()))]
    assert [p.start for p in propose(text, turns)] == [0, second]


def test_an_empty_text_has_no_narratief() -> None:
    assert propose("", []) == []
    assert propose(" \n ", [], kind="logboek") == []


words = st.lists(st.sampled_from([
    "ja.", "Hm.", "waarom?", "Toen", "soep", "En", "Laatst had ik een buur.", "\n", "o.a.", "de gemeente", "😀", "Dus",
    "wat vindt u van de wijk?", LONG]), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["I", "R", "R2"]), words), min_size=1, max_size=8),
       st.sampled_from(["interview", "logboek"]))
def test_any_conversation_is_covered_and_cut_at_sentence_edges(said: list[tuple[str, list[str]]], kind: str) -> None:
    text, turns = conversation(*((who, " ".join(parts).strip() or "ja") for who, parts in said))
    found = propose(text, turns, kind=kind)
    check(text, turns, found)
    assert all(not text[p.start:p.end].startswith((" ", "\n")) for p in found)
    if kind == "interview":
        inside = [p.start for p in found for t in turns if t.start < p.start < t.end]
        assert all(text[:at].rstrip()[-1] in ".?!…\"'])\n" or "\n" in text[len(text[:at].rstrip()):at] for at in inside)


@pytest.mark.timeout(60)
def test_a_very_long_answer_takes_linear_time() -> None:
    text, turns = conversation(("I", "Kunt u daar iets over vertellen aan ons?"), ("R", LONG * 3_000))
    assert propose(text, turns)[-1].end == len(text.rstrip())
