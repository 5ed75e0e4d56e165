"""Speed of the language work, against its budget and against spaCy on the same text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from corpora.language import tables
from corpora.lemmas import lemmas
from corpora.segmentation import propose
from corpora.sentences import sentences
from corpora.transcript_types import Turn
from tests.benchmarks import within
from tests.corpora.segmentation_cases import cases

pytestmark = pytest.mark.benchmark
WORDS = 10_000


def material() -> tuple[str, list[Turn]]:
    """At least ten thousand words of interview: the hand-segmented transcripts one after the other, repeated."""
    text, turns = "", []
    while len(text.split()) < WORDS:
        for case in cases():
            turns += [Turn(t.speaker, t.interviewer, t.start + len(text), t.end + len(text)) for t in case.turns]
            text += case.text
    return text, turns


def seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    return min(once() for _ in range(3))


def test_sentences_and_lemmas() -> None:
    import spacy
    text, _ = material()
    words = len(text.split())
    tables()
    peer = spacy.blank("nl")
    peer.add_pipe("sentencizer")
    peer.max_length = len(text) + 1
    sentencizer = words / seconds(lambda: peer(text))
    split = words / seconds(lambda: sentences(text))
    print(f"sentences: {split:,.0f} words/s, budget 200,000, {split / sentencizer:.1f} × spaCy's sentencizer")
    found = words / seconds(lambda: lemmas(text))
    print(f"lemmas: {found:,.0f} words/s, budget 200,000 (words seen before are remembered)")
    assert within(200_000 / min(split, found), 1)


def test_tables_load_once_in_less_than_the_budget() -> None:
    tables.cache_clear()
    start = time.perf_counter()
    tables()
    taken = time.perf_counter() - start
    print(f"word tables: {taken:.2f} s, budget 1.2 s, ratio {taken / 1.2:.2f}")
    assert within(taken, 1.2)


def test_ten_thousand_words_are_segmented_within_a_second() -> None:
    text, turns = material()
    tables()
    taken = seconds(lambda: propose(text, turns)) * WORDS / len(text.split())
    print(f"segmentation: {taken:.2f} s for {WORDS:,} words, budget 1.00 s, ratio {taken:.2f}")
    assert within(taken, 1.0)
