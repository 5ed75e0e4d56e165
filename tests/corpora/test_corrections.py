"""Correcting words: the new text is right, boundaries stay at their words, nothing is left without words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corrections, documents, narratives
from corpora.corrections import smallest_edits
from corpora.documents import Edit, apply_edits, moved, moved_span
from corpora.errors import RefusedError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn

WORDS = st.lists(st.sampled_from(["ja", "nee", " ", "\n", "zorg", ".", "é", "🙂"]), max_size=12).map("".join)


@given(WORDS, WORDS, WORDS, WORDS)
def test_the_edits_make_the_new_text(head: str, old: str, new: str, tail: str) -> None:
    edits = list(smallest_edits(old, new, len(head)))
    assert apply_edits(head + old + tail, edits) == head + new + tail


@given(WORDS, st.data())
def test_neighbours_never_overlap_and_stay_in_order(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = [Edit(a, b, data.draw(WORDS)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    edits = [e for n, e in enumerate(edits) if n == 0 or e.start > edits[n - 1].end]
    places = [moved(at, edits) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[0] >= 0 and places[-1] == len(apply_edits(text, edits))


def test_a_word_put_in_belongs_to_its_neighbour() -> None:
    text = "Hoe gaat het? Het gaat wel."
    assert apply_edits(text, list(smallest_edits(text, "Hoe gaat het nu? Nou het gaat wel."))) == (
        "Hoe gaat het nu? Nou het gaat wel.")
    added = list(smallest_edits("wel goed", "wel heel goed"))
    assert moved_span(4, 8, added) in ((4, 13), (9, 13)) and moved_span(0, 3, added)[0] == 0
    at_end = list(smallest_edits("ja", "ja hoor"))
    assert moved_span(0, 2, at_end) == (0, 7)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "a.narratief", "Tester")
    text = "Het begon goed.\nToen kwam Wil erbij.\nNu loopt het."
    turns = (Turn("R", False, 0, 15), Turn("I", True, 16, 36), Turn("R", False, 37, 50))

    def fill(session: object) -> None:
        number = documents.add(session, Transcript(text, turns), title="Gesprek", kind="interview")  # type: ignore[arg-type]
        narratives.set_segmentation(session, number, [Span(0, 16), Span(16, 37), Span(37, 50)])  # type: ignore[arg-type]

    made.step(message("Begin"), fill)
    return made


def _words(project: Project) -> tuple[str, list[str], list[str]]:
    with project.read() as session:
        document = documents.find(session, "Gesprek")
        text = documents.text_of(session, document)
        turns = [text[t.start:t.end] for t, _ in documents.turns_of(session, document.id)]
        return text, turns, [text[n.start:n.end] for n in narratives.of_document(session, document.id)]


def test_a_passage_over_several_narratieven_can_be_corrected(project: Project) -> None:
    before = _words(project)
    project.step(message("Correct"), corrections.correct, 1, 10, 45, "heel goed.\nDaarna kwam Willem erbij.\nNu loopt")
    text, turns, pieces = _words(project)
    assert text == "Het begon heel goed.\nDaarna kwam Willem erbij.\nNu loopt het."
    assert turns == ["Het begon heel goed.", "Daarna kwam Willem erbij.", "Nu loopt het."]
    assert "".join(pieces) == text and pieces[1] == "Daarna kwam Willem erbij.\n"
    project.undo()
    assert _words(project) == before


def test_a_narratief_without_words_is_refused_and_a_turn_without_words_goes(project: Project) -> None:
    before = _words(project)
    with pytest.raises(RefusedError):
        project.step(message("Correct"), corrections.correct, 1, 16, 37, "")
    assert _words(project) == before
    project.step(message("Correct"), corrections.correct, 1, 16, 36, "")
    assert _words(project)[1] == ["Het begon goed.", "Nu loopt het."]
