"""Searching the texts: inflections, phrases, patterns, diacritics, several terms, hits in and outside narratieven."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import documents, narratives, search
from corpora.errors import UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.search import Hit
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript

FIRST = "Inleiding zonder verhaal.\nToen kantelden we de wijk. 😀 Eigen kracht, zei zij.\nDe coördinator kantelt niet."
SECOND = "Het café is dicht. Eigen  kracht\nvan de wijk, en gekanteld werken."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "zoek.narratief", "Tester")
    made.step(message("Fill"), _fill)
    yield made
    made.close()


def _fill(session: Writing) -> None:
    first = documents.add(session, Transcript(FIRST, ()), title="A", kind="interview")
    cut = FIRST.index("De coördinator")
    narratives.set_segmentation(session, first, [Span(0, 26, counts=False), Span(26, cut), Span(cut, len(FIRST))])
    second = documents.add(session, Transcript(SECOND, ()), title="B", kind="interview")
    narratives.set_segmentation(session, second, [Span(0, len(SECOND))])


def found(project: Project, words: str) -> list[Hit]:
    with project.read() as session:
        return search.find(session, words)


def said(project: Project, words: str) -> list[tuple[str, int | None, str]]:
    return [(hit.document, hit.nr, hit.text) for hit in found(project, words)]


def test_a_word_is_found_in_every_form(project: Project) -> None:
    assert said(project, "kantelen") == [("A", 1, "kantelden"), ("A", 2, "kantelt"), ("B", 1, "gekanteld")]


def test_offsets_are_code_points_of_the_text(project: Project) -> None:
    for words in ("kracht", "coordinator", '"zei zij"', "/k[a-z]+t/"):
        for hit in found(project, words):
            assert {"A": FIRST, "B": SECOND}[hit.document][hit.start:hit.end] == hit.text


def test_a_phrase_stands_literally_whatever_its_spaces(project: Project) -> None:
    assert said(project, '"eigen kracht"') == [("A", 1, "Eigen kracht"), ("B", 1, "Eigen  kracht")]
    assert said(project, '"eigen krach"') == []


def test_diacritics_and_capitals_do_not_matter(project: Project) -> None:
    assert said(project, "CAFE") == [("B", 1, "café")]
    assert said(project, '"COORDINATOR"') == [("A", 2, "coördinator")]


def test_a_pattern_is_a_regular_expression(project: Project) -> None:
    assert [hit.text for hit in found(project, "/wijk\\b./")] == ["wijk.", "wijk,"]


def test_several_terms_hold_in_one_narratief(project: Project) -> None:
    assert {(hit.document, hit.nr) for hit in found(project, "wijk kantelen")} == {("A", 1), ("B", 1)}
    assert said(project, "coordinator wijk") == []


def test_words_outside_a_narratief_are_found_but_have_no_number(project: Project) -> None:
    hits = found(project, "inleiding")
    assert [(hit.narratief_id, hit.nr, hit.start) for hit in hits] == [(None, None, 0)]
    with project.read() as session:
        assert search.narratieven_with(session, "inleiding", False) == []


def test_nothing_and_a_broken_pattern_are_told(project: Project) -> None:
    with pytest.raises(UsageError):
        found(project, "  ")
    with pytest.raises(UsageError, match="cannot be read"):
        found(project, "/(/")


@pytest.mark.parametrize(("pattern", "said"), [
    ("a)", "a bracket closes"), ("[a", "a [ is never closed"), ("*a", "what is to be repeated"),
    ("a**", "two signs of repetition"), (r"\q", "a backslash"), ("[z-a]", "from high to low"),
    ("a{3,2}", "greater than the most"), ("(?<=a+)b", "a fixed length"), ("(?z)a", "this is no pattern")])
def test_what_is_wrong_with_a_pattern_is_said_in_the_words_of_the_project(project: Project, pattern: str,
                                                                         said: str) -> None:
    with pytest.raises(UsageError) as told:
        found(project, f"/{pattern}/")
    assert said in str(told.value)


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(body: str) -> None:
    folded = search.fold(body)
    assert len(folded) == len(body)
    assert search.fold(folded) == folded or not body.isascii()


@given(st.text(alphabet="ab \n", max_size=300), st.integers(0, 300), st.integers(1, 9))
def test_the_context_holds_the_words_and_whole_words_around_them(body: str, at: int, length: int) -> None:
    at = min(at, len(body))
    until = min(len(body), at + length)
    left, right = search.around(body, at, until)
    assert max(0, at - search.AROUND) <= left <= at <= until <= right <= min(len(body), until + search.AROUND)
    assert left == at or not body[left].isspace()
    assert right == until or not body[right - 1].isspace()


def test_the_context_says_where_the_words_stand(project: Project) -> None:
    for hit in found(project, "/[a-z]+/"):
        assert hit.context[hit.context_at:hit.context_at + len(hit.text)] == hit.text
    long = "woord " * 40 + "hier" + " woord" * 40
    left, right = search.around(long, long.index("hier"), long.index("hier") + 4)
    assert set(long[left:right].split()) == {"woord", "hier"}


def test_a_search_reports_and_ends_early(project: Project) -> None:
    told: list[tuple[float, float]] = []
    with project.read() as session:
        search.find(session, "/./", report=lambda done, total: told.append((done, total)))
        assert told == [(0, 2), (1, 2)]
        assert {hit.document for hit in search.find(session, "/./", most=1)} != {"A", "B"}


def test_what_is_searched_for_falls_into_parts() -> None:
    assert [(p.kind, p.text) for p in search.parts_of('kantelen "eigen kracht" /ge.+t/ ""')] == [
        ("word", "kantelen"), ("phrase", "eigen kracht"), ("pattern", "ge.+t")]


def test_a_word_is_no_part_of_another(project: Project) -> None:
    assert said(project, "wij") == []
    assert [hit.text for hit in found(project, "de")] == ["de", "De", "de"]
