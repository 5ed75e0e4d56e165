"""What holds for the turns of every text, and that no text takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.readers.base import Block, SourceText
from corpora.transcript_types import Transcript
from corpora.transcripts import recognise, recognise_text

PIECES = ["I:", "R:", "R1:", "Anna:", "Peter:", "[", "]", "[lacht]", "[Hoe bedoelt u dat?]", "\n", "\n\n",
          " ", "\t", ":",
          "?", ".", "(", ")", "*", "**", "#", "-", "=", "Ja", "nee", "Hoe gaat het?", "00:01:02", "[00:01:02]",
          "#00:01:02-3#", "Datum: 3 mei", "I = interviewer", "Interviewer", "Respondent",
          "Ik zei: dat kan niet.", "😀", "é", "שלום",
          "\u200b", "\r", "\x0b", "\u2028", "…", "1. ", "Vraag", "Einde interview"]
KINDS = ["interview", "focusgroep", "logboek", "kantelbox", "overig"]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200))
SPEECH = st.lists(st.sampled_from(["nou", "ja", "dat", "werkt", "team", "wijk", "goed", "samen", "toch", "dus"]),
                  min_size=2, max_size=12).map(lambda words: " ".join(words).capitalize() + ".")


def sound(found: Transcript) -> None:
    """Turns lie in order, do not overlap, are trimmed and not empty."""
    last = 0
    for turn in found.turns:
        words = found.text[turn.start:turn.end]
        assert last <= turn.start < turn.end <= len(found.text)
        assert words == words.strip()
        assert turn.speaker
        last = turn.end


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(KINDS))
def test_turns_are_sound_whatever_the_text(text: str, kind: str) -> None:
    found = recognise(SourceText(text), kind)
    sound(found)
    assert found == recognise(SourceText(text), kind)
    assert set(found.speakers) == {turn.speaker for turn in found.turns}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["I", "R", "Anna", "Wat?", "[", "]", "00:01", "ja nee", "Datum",
                         ""]), min_size=1,
                         max_size=3), min_size=1, max_size=6), TEXTS)
def test_turns_are_sound_whatever_the_table(rows: list[list[str]], below: str) -> None:
    text, blocks = "", []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            blocks.append(Block(len(text), len(text) + len(cell), (), (0, number, column)))
            text += cell + ("\n" if column == len(row) - 1 else "\t")
    sound(recognise(SourceText(text + below, tuple(blocks))))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SPEECH, SPEECH), min_size=2, max_size=8), st.sampled_from([
    ("I: ", "R: "), ("Interviewer: ", "Respondent: "), ("V: ", "A: "), ("[00:00:01] I: ", "[00:00:01] R1: "),
    ("**I:** ", "**R:** "), ("I\t", "R\t"), ("Int. 00:01: ", "Resp. 00:01: ")]))
def test_all_that_is_said_lies_in_the_turn_of_its_speaker(talk: list[tuple[str, str]], labels: tuple[str, str]) -> None:
    asked, answered = labels
    text = "\n".join(f"{asked}{a[:-1]}?\n{answered}{b}" for a, b in talk)
    found = recognise_text(text)
    sound(found)
    assert [(turn.interviewer, text[turn.start:turn.end]) for turn in found.turns] == [
        part for a, b in talk for part in ((True, a[:-1] + "?"), (False, b))]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(SPEECH, SPEECH), min_size=2, max_size=8), st.sampled_from(["\n", " ", "\n\n"]))
def test_bracketed_questions_and_answers_tile_the_text(talk: list[tuple[str, str]], gap: str) -> None:
    text = gap.join(f"[Kunt u zeggen: {a[:-1]}?]{gap}{b}" for a, b in talk)
    found = recognise_text(text)
    sound(found)
    assert [turn.interviewer for turn in found.turns] == [True, False] * len(talk)
    assert [text[turn.start:turn.end] for turn in found.turns if not turn.interviewer] == [b for _a, b in talk]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "woord", "zin met woorden."]), max_size=30).map("".join))
def test_nothing_that_is_said_falls_outside_the_turns(text: str) -> None:
    """The word `woord`, in which no label, stamp, legend or heading can hide, is in a turn or a transcriber's note,
    unless it stands above the first label."""
    found = recognise_text(text)
    if not found.turns:
        return
    at = text.find("woord", found.turns[0].start)
    while at >= 0:
        inside = any(turn.start <= at < turn.end for turn in found.turns)
        line = text[text.rfind("\n", 0, at) + 1:]
        assert inside or "[" in text[:at] or ":" in line or "=" in line or "\t" in line, text[at - 20:at + 20]
        at = text.find("woord", at + 1)


@pytest.mark.parametrize("piece", ["woord ", "[", "]", "[a]", "I: ", "Aa ", "a:", "[00:00:01] ", "- ", "(",
                                   "*", "1 ", "A. ",
                                   "\t", "R1: ja I: nee ", "?\n[", "[Hoe dan? ", "#"])
def test_a_long_line_takes_no_long_time(piece: str) -> None:
    """Twice the text takes about twice the work: reckoned in processor time, which other programs do not change."""
    once, twice = (work_on(piece * (length // len(piece))) for length in (30_000, 60_000))
    assert twice < 3.2 * once + 0.1


def work_on(text: str) -> float:
    """Processor seconds to find who speaks, the better of two."""
    taken = []
    for _attempt in range(2):
        began = time.process_time()
        sound(recognise_text(text))
        taken.append(time.process_time() - began)
    return min(taken)


def test_an_interview_of_ten_thousand_words_is_quick() -> None:
    text = "\n".join(f"I: Wat gebeurde er in week {n}?\nR: " + "We gingen samen op pad en dat werkte goed. " * 10
                     for n in range(100))
    assert len(recognise_text(text).turns) == 200
    assert work_on(text) < 0.3, "some 0.05 s of processor time on the machine that this was written on"
