"""Themes, patterns and the evidence behind them: counted by hand, undone to the row, never lost without a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from codebook import evidence, memos, patterns, questions, tracing
from codebook.checks import problems
from codebook.evidence import Weight
from codebook.models import Deelvraag, Pattern, PatternEvidence, Quote
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.errors import RefusedError, UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn
from tests.codebook.places import TEXT, coder, narratief_ids, project_with_text, there_and_back

OTHER = "Wij vragen eerst wie er helpt. Dat scheelt veel. Soms vergeten we het."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = project_with_text(tmp_path)
    do(made, questions.add_deelvraag, "1 Wat werkt")
    do(made, questions.add_deelvraag, "2 Wat beter kan")
    return made


def do(project: Project, operation: Any, *args: Any, **kwargs: Any) -> Any:
    return project.step(message("Do"), operation, *args, **kwargs)


def second_document(project: Project) -> list[int]:
    """A document of a group, in which two respondents speak; its three narratieven."""
    turns = (Turn("Bo", False, 0, 30), Turn("Cas", False, 31, len(OTHER)))
    document = do(project, documents.add, Transcript(OTHER, turns), title="Ander gesprek", kind="interview",
                  group="Managers")
    do(project, narratives.set_segmentation, document, [Span(0, 30), Span(31, 48), Span(49, len(OTHER))])
    with project.read() as session:
        return [n.id for n in narratives.of_document(session, document)]


def board(project: Project, deelvraag: int = 1) -> dict[str, list[str]]:
    with project.read() as session:
        columns = {t.label: t.id for t in patterns.themes(session, deelvraag)}
        return {label: [p.label for p in patterns.column(session, deelvraag, number)]
                for label, number in [*columns.items(), ("", None)]}


def behind(project: Project, pattern: int) -> list[tuple[str, str, str]]:
    with project.read() as session:
        return [(line.place, line.direction, line.note) for line in evidence.lines(session, [pattern]).get(pattern, [])]


def test_patterns_are_grouped_and_ordered(project: Project) -> None:
    me = coder(project, "Noor")
    first = there_and_back(project, patterns.add_theme, 1, "Samen leren")
    second = there_and_back(project, patterns.add_theme, 1, "Ruimte")
    assert do(project, patterns.add_theme, 1, " samen  LEREN ") == first
    a, b, c = (there_and_back(project, patterns.add, me, 1, label) for label in "abc")
    assert board(project) == {"Samen leren": [], "Ruimte": [], "": ["a", "b", "c"]}
    there_and_back(project, patterns.place, c, first, 0)
    there_and_back(project, patterns.place, a, first, 0)
    there_and_back(project, patterns.place, b, None, 7)
    assert board(project) == {"Samen leren": ["a", "c"], "Ruimte": [], "": ["b"]}
    there_and_back(project, patterns.place, a, first, 1)
    there_and_back(project, patterns.move_theme, second, 0)
    assert board(project) == {"Ruimte": [], "Samen leren": ["c", "a"], "": ["b"]}
    there_and_back(project, patterns.remove_theme, first)
    assert board(project) == {"Ruimte": [], "": ["b", "c", "a"]}
    with pytest.raises(UsageError):
        do(project, patterns.place, a, do(project, patterns.add_theme, 2, "Elders"), 0)
    there_and_back(project, patterns.file_under, a, 2)
    assert board(project, 2) == {"Elders": [], "": ["a"]}


def test_a_deelvraag_with_patterns_is_not_taken_away(project: Project) -> None:
    number = do(project, patterns.add, coder(project, "Noor"), 1, "a")
    with pytest.raises(RefusedError, match="1 patronen"):
        do(project, questions.remove_deelvraag, 1)
    do(project, patterns.remove, number)
    do(project, questions.remove_deelvraag, 1)
    with project.read() as session:
        assert session.get(Deelvraag, 1) is None


def test_what_is_written_of_a_pattern_and_own_types(project: Project) -> None:
    number = do(project, patterns.add, coder(project, "Noor"), 1, "a", kind="wants")
    there_and_back(project, patterns.change, number, kind="droom", result="effect", description=" Zij willen rust. ",
                   taboos="geld", contradictions="maar ook snelheid", conclusion="Rust helpt.")
    with project.read() as session:
        found = session.get_one(Pattern, number)
        assert (found.description, found.taboos, found.kind) == ("Zij willen rust.", "geld", "droom")
        assert patterns.kinds(session) == ["needs", "demands", "wants", "competence", "droom"]
    with pytest.raises(UsageError):
        do(project, patterns.change, number, label="  ")


def test_phases_are_kept_each_with_what_was_done(project: Project) -> None:
    me = coder(project, "Noor")
    there_and_back(project, patterns.set_phase, me, 1, "exploreren", state="klaar", note="Alles gelezen.")
    there_and_back(project, patterns.set_phase, me, 1, "specificeren", state="bezig")
    there_and_back(project, patterns.set_phase, me, 1, "exploreren", note="Twee keer gelezen.")
    with project.read() as session:
        found = patterns.phases(session, 1)
        assert [(p.state, p.note) for p in found.values()] == [
            ("klaar", "Twee keer gelezen."), ("bezig", ""), ("open", "")]
        assert list(patterns.phases(session, 2).values()) == [patterns.PhaseNote()] * 3
    with pytest.raises(UsageError):
        do(project, patterns.set_phase, me, 1, "dromen")


def test_counts_behind_a_pattern_are_those_of_a_hand_count(project: Project) -> None:
    me, here, there = coder(project, "Noor"), narratief_ids(project), second_document(project)
    number = do(project, patterns.add, me, 1, "a")
    assert there_and_back(project, evidence.add, me, number, [here[0], here[1], there[0], there[1]]) == 4
    assert do(project, evidence.add, me, number, [here[0]]) == 0
    do(project, evidence.add, me, number, [there[1]], "weerspreekt", "Hier juist niet.")
    quote = do(project, memos.quote, me, 1, 3, 12)
    assert do(project, evidence.add_quotes, me, number, [quote, quote]) == 1
    assert do(project, evidence.add_quotes, me, number, [quote]) == 0
    empty = do(project, patterns.add, me, 1, "b")
    with project.read() as session:
        found = evidence.weights(session)
        assert found == evidence.weights(session, heard=Reading(project).respondents)
    # Two narratieven of «Gesprek» (nobody marked: the document is one respondent), two of «Ander gesprek» (Bo, Cas).
    assert found == {number: Weight(4, 2, 3, 1, supports=5, contradicts=1, nuances=0, quotes=1, lost=0),
                     empty: Weight()}
    assert behind(project, number) == [
        ("Ander gesprek · 1", "steunt", ""), ("Ander gesprek · 2", "steunt", ""),
        ("Ander gesprek · 2", "weerspreekt", "Hier juist niet."), ("Gesprek · 1", "steunt", ""),
        ("Gesprek · 1", "steunt", ""), ("Gesprek · 2", "steunt", "")]
    with project.read() as session:
        assert evidence.narratieven(session, [number]) == [there[0], there[1], here[0], here[1]]
    assert problems(project) == []


def test_evidence_is_judged_annotated_and_moved(project: Project) -> None:
    me, here = coder(project, "Noor"), narratief_ids(project)
    one, other = do(project, patterns.add, me, 1, "a"), do(project, patterns.add, me, 1, "b")
    do(project, evidence.add, me, one, here[:2])
    with project.read() as session:
        first, second = (line.id for line in evidence.lines(session, [one])[one])
    there_and_back(project, evidence.judge, [first], "nuanceert")
    there_and_back(project, evidence.annotate, first, "Alleen bij gezinnen.")
    there_and_back(project, evidence.give_to, [second], other)
    assert behind(project, one) == [("Gesprek · 1", "nuanceert", "Alleen bij gezinnen.")]
    quote = do(project, memos.quote, me, 1, 3, 12)
    there_and_back(project, evidence.set_quote, first, quote)
    with pytest.raises(UsageError):
        do(project, evidence.set_quote, second, quote)
    there_and_back(project, evidence.remove, [first])
    assert behind(project, one) == []
    with pytest.raises(UsageError):
        do(project, evidence.add, me, one, here, "bewijst")


def test_merging_loses_nothing_that_was_written(project: Project) -> None:
    me, here = coder(project, "Noor"), narratief_ids(project)
    one = do(project, patterns.add, me, 1, "Samen", description="Samen gaat beter.", kind="needs")
    two = do(project, patterns.add, me, 1, "Niet alleen", description="Niemand wil alleen.", taboos="falen",
             kind="wants", result="ervaring")
    do(project, evidence.add, me, one, here[:2])
    do(project, evidence.add, me, two, here[1:3])
    do(project, memos.write, me, "pattern", two, "Nog bespreken")
    assert there_and_back(project, patterns.merge, [one, two], one) == 1
    with project.read() as session:
        [found] = patterns.patterns(session, 1)
        assert found.description == "Samen gaat beter.\n\nNiemand wil alleen.\n\n← «Niet alleen» (wants)"
        assert (found.taboos, found.kind, found.result) == ("falen", "needs", "ervaring")
        assert [memo.body for memo in memos.of(session, "pattern", one)] == ["Nog bespreken"]
        assert evidence.narratieven(session, [one]) == here[:3]
        assert len(evidence.lines(session, [one])[one]) == 3


def test_splitting_hands_evidence_over(project: Project) -> None:
    me, here = coder(project, "Noor"), narratief_ids(project)
    one = do(project, patterns.add, me, 1, "Samen", kind="needs")
    do(project, patterns.add, me, 1, "Anders")
    do(project, evidence.add, me, one, here[:3])
    with project.read() as session:
        ids = [line.id for line in evidence.lines(session, [one])[one]]
    made = there_and_back(project, patterns.split, me, one, "In de pauze", ids[1:])
    assert board(project)[""] == ["Samen", "In de pauze", "Anders"]
    assert (len(behind(project, one)), len(behind(project, made))) == (1, 2)


# narratieven that are cut anew


@pytest.fixture
def backed(project: Project) -> tuple[int, int]:
    """A pattern with the second narratief behind it (27-52), and a quote out of it (46-51) that stands by itself."""
    me = coder(project, "Noor")
    number = do(project, patterns.add, me, 1, "a")
    do(project, evidence.add, me, number, [narratief_ids(project)[1]], "steunt", "zie dit")
    quote = do(project, memos.quote, me, 1, 46, 51)
    do(project, evidence.add_quotes, me, number, [quote])
    return number, quote


def places_by_kind(project: Project) -> dict[bool, list[int | None]]:
    """Whether evidence is a quote → the narratieven it hangs on."""
    with project.read() as session:
        rows = session.scalars(select(PatternEvidence).order_by(PatternEvidence.id)).all()
        return {quoted: sorted((r.narratief_id for r in rows if r.quoted is quoted), key=str)
                for quoted in (False, True)}


def test_a_split_doubles_the_narratief_and_takes_the_quote_along(project: Project, backed: tuple[int, int]) -> None:
    first = narratief_ids(project)[1]
    assert (TEXT[27:52], TEXT[46:51]) == ("Dan komt de eerste casus.", "casus")
    second = there_and_back(project, narratives.split, first, 45)
    assert places_by_kind(project) == {False: [first, second], True: [second]}
    there_and_back(project, narratives.join, first, second)
    assert places_by_kind(project) == {False: [first], True: [first]}
    assert problems(project) == []


def test_a_moved_boundary_takes_the_quote_along(project: Project, backed: tuple[int, int]) -> None:
    left, right = narratief_ids(project)[:2]
    with project.read() as session:
        both = [n.id for n in narratives.of_document(session, 1)][:3]
    assert both[:2] == [left, right]
    there_and_back(project, narratives.shift, right, both[2], 45)
    assert places_by_kind(project) == {False: [right], True: [both[2]]}
    assert problems(project) == []


def test_a_new_segmentation_takes_evidence_to_where_the_words_are(project: Project, backed: tuple[int, int]) -> None:
    do_again = [Span(0, 26), Span(27, 45), Span(46, len(TEXT))]
    with pytest.raises(RefusedError):
        do(project, narratives.set_segmentation, 1, do_again)
    there_and_back(project, narratives.set_segmentation, 1, do_again, replace=True)
    new = narratief_ids(project)
    assert places_by_kind(project) == {False: [new[1]], True: [new[2]]}
    with project.read() as session:
        assert session.get_one(Quote, backed[1]).narratief_id == new[2]
    assert problems(project) == []


def test_evidence_without_narratief_or_quote_stays_and_says_so(project: Project, backed: tuple[int, int]) -> None:
    number, quote = backed
    there_and_back(project, memos.unquote, quote)
    with project.read() as session:
        lines = evidence.lines(session, [number])[number]
        assert [(line.is_lost, line.is_quote_lost) for line in lines] == [(False, False), (False, True)]
        assert evidence.weights(session, [number])[number].lost == 1
    there_and_back(project, narratives.remove, narratief_ids(project)[1])
    with project.read() as session:
        lines = evidence.lines(session, [number])[number]
        assert [(line.is_lost, line.place, line.note) for line in lines] == [
            (True, "Gesprek · 2", "zie dit"), (True, "Gesprek · 2", "")]
        assert evidence.weights(session, [number])[number] == Weight(lost=2)
    there_and_back(project, documents.remove, 1)
    assert len(behind(project, number)) == 2
    assert problems(project) == []


def test_what_is_no_narratief_any_more_does_not_count(project: Project, backed: tuple[int, int]) -> None:
    do(project, narratives.set_counts, [narratief_ids(project)[1]], False)
    with project.read() as session:
        assert evidence.weights(session, [backed[0]])[backed[0]] == Weight(lost=2)
        assert evidence.narratieven(session, [backed[0]]) == []


def test_from_a_narratief_to_its_findings_and_back(project: Project, backed: tuple[int, int]) -> None:
    number, quote = backed
    own = narratief_ids(project)[1]
    with project.read() as session:
        found = tracing.uses_of(session, narratief_ids(project))
        assert {n: [(u.kind, u.id, u.quote_id) for u in uses] for n, uses in found.items()} == {
            own: [("pattern", number, None), ("pattern", number, quote), ("quote", quote, quote)]}
        assert tracing.narratieven_of(session, "pattern", number) == [own]
        assert tracing.narratieven_of(session, "quote", quote) == [own]


def test_damage_is_told(project: Project, backed: tuple[int, int]) -> None:
    from sqlalchemy import text

    with project.engine.begin() as connection:
        connection.execute(text("UPDATE pattern_evidence SET narratief_id = 1 WHERE quote_id IS NOT NULL"))
        connection.execute(text("UPDATE pattern_evidence SET direction = 'bewijst' WHERE quote_id IS NULL"))
    told = sorted(str(line) for line in problems(project) if "change log" not in str(line))
    assert told == ["Evidence 2 of a pattern quotes another narratief than its own.",
                    "«bewijst» is no direction of evidence."]
