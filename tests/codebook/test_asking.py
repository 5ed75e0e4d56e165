"""Questions asked by name: parts, totals, tables against the material, and the questions that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codebook import asking, codes, coding, questions
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.errors import UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript
from tests.codebook.places import code_ids, narratief_ids, project_with_text, there_and_back


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = project_with_text(tmp_path)
    made.step(message("Second"), _second)
    made.step(message("Code"), _code)
    yield made
    made.close()


def _second(session: Writing) -> None:
    text = "Nog een verhaal. En nog een."
    document = documents.add(session, Transcript(text, ()), title="Tweede", kind="logboek", group="Coaches")
    narratives.set_segmentation(session, document, [Span(0, 17), Span(17, len(text))])


def _code(session: Writing) -> None:
    named = {e.code.label: e.code.id for e in codes.entries(session)}
    own = [n.id for d in (1, 2) for n in narratives.of_document(session, d) if n.counts]
    noor, sem = coding.coder_id(session, "Noor"), coding.coder_id(session, "Sem")
    coding.apply(session, noor, own[:3], [named["Casus"]])
    coding.apply(session, noor, [own[0], own[4]], [named["eigen"]])
    coding.apply(session, sem, [own[1], own[4], own[5]], [named["Casus"], named["positief"]])
    facet = next(e.facet.id for e in codes.entries(session) if e.facet.label == "HOE")
    coding.set_not_mentioned(session, noor, own[0], facet, "staat er niet")


@pytest.fixture
def reading(project: Project) -> Reading:
    return Reading(project)


def test_an_answer_counts_its_parts(reading: Reading) -> None:
    found = asking.query(reading, "Casus and (eigen or positief)")
    assert [(part.span.start, part.count) for part in found.parts] == [(1, 4), (1, 5), (12, 4), (12, 2), (21, 3)]
    assert found.count == 4


def test_shown_tells_codes_absent_facets_and_where_the_words_begin(reading: Reading, project: Project) -> None:
    first = asking.shown(reading, narratief_ids(project)[:1])[0]
    assert (first.codes, first.absent, first.start) == (("WAT:Casus", "WIE:eigen"), ("HOE",), 0)
    second = asking.shown(reading, narratief_ids(project)[1:2], codings="Sem")[0]
    assert second.codes == ("WAT:Casus", "HOE:positief")
    with project.read() as session:
        document = documents.find(session, "Gesprek")
        assert documents.text_of(session, document)[second.start:].startswith(second.text)


def test_lengths_are_those_of_the_fragments(reading: Reading, project: Project) -> None:
    ids = narratief_ids(project)
    with project.read() as session:
        known = {n.id: n.end - n.start for n in narratives.of_document(session, 1)}
    assert asking.lengths_of(reading, ids[::-1]) == [known[n] for n in ids[::-1]]


def test_neighbours_stay_in_the_document(reading: Reading, project: Project) -> None:
    ids = reading.index.ids(reading.index.live).tolist()
    assert asking.neighbours(reading, ids[0]) == (None, ids[1])
    assert asking.neighbours(reading, ids[3]) == (ids[2], None)
    assert asking.neighbours(reading, ids[4]) == (None, ids[5])


def test_people_are_counted_and_kept_until_the_cut_changes(reading: Reading, project: Project) -> None:
    before = asking.people(reading)
    assert before.count(reading.index.slots(reading.index.live)) == 2
    assert asking.people(reading) is before
    stop = project.listen(reading.update)
    project.step(message("Split"), narratives.split, narratief_ids(project)[0], 4)
    assert asking.people(reading) is not before
    assert asking.people(reading).count(reading.index.slots(reading.index.live)) == 2
    stop()


@pytest.mark.parametrize("unit", ["narratief", "document", "group"])
def test_totals_of_a_table_open_what_they_count(reading: Reading, unit: str) -> None:
    found = asking.cooccurrence(reading, "WAT", "HOE", unit=unit)  # type: ignore[arg-type]
    row, column = found.rows.index("Casus"), found.columns.index("positief")
    assert asking.cell_ids(reading, found, row, -1) == reading.ask("Casus").ids.tolist()
    assert asking.cell_ids(reading, found, -1, column) == reading.ask("positief").ids.tolist()
    both = reading.ask("Casus and positief", unit=unit)  # type: ignore[arg-type]
    assert asking.cell_ids(reading, found, row, column) == both.ids.tolist()
    assert found.table.counts[row, column] == both.units


@pytest.mark.parametrize("dimension", ["document", "group", "kind", "coder"])
def test_every_number_of_a_cross_table_opens_as_many(reading: Reading, dimension: asking.Against) -> None:
    found = asking.cross_table(reading, "WAT", dimension)
    table = found.table
    for row in range(len(found.rows)):
        for column in range(len(table.columns)):
            assert len(asking.cross_ids(reading, found, row, column)) == table.counts[row, column]
        assert len(asking.cross_ids(reading, found, row, -1)) == table.row_totals[row]
    assert table.counts.sum() > 0


def test_a_cross_table_within_a_condition_and_by_attribute(reading: Reading, project: Project) -> None:
    found = asking.cross_table(reading, "WAT", "document", where="eigen")
    row = found.rows.index("Casus")
    assert found.table.counts[row].tolist() == [1, 1]
    assert asking.cross_ids(reading, found, row, 1) == reading.ask("Casus and eigen and document:Tweede").ids.tolist()
    with pytest.raises(UsageError, match="leeftijd"):
        asking.cross_table(reading, "WAT", "attribute", attribute="leeftijd")


def _keep(project: Project) -> tuple[int, int]:
    first = project.step(message("One"), questions.add_deelvraag, "Een")
    second = project.step(message("Two"), questions.add_deelvraag, "Twee")
    project.step(message("Keep"), questions.save_query, "Basis", "Casus", deelvraag_id=first)
    return first, second


def test_deelvragen_keep_the_order_they_are_given(project: Project) -> None:
    first, second = _keep(project)
    there_and_back(project, questions.move_deelvraag, second, 0)
    with project.read() as session:
        assert [d.id for d in questions.deelvragen(session)] == [second, first]


def test_a_renamed_query_keeps_its_users(project: Project) -> None:
    _keep(project)
    number = project.step(message("Keep"), questions.save_query, "Daarop", 'query:Basis and not query:"basis" or eigen')
    with project.read() as session:
        basis = questions.named_query(session, "Basis")
        assert basis is not None
    there_and_back(project, questions.rename_query, basis.id, "Nieuwe naam")
    with project.read() as session:
        found = {q.id: q.expression for q in questions.queries(session)}
    assert found[number] == 'query:"Nieuwe naam" and not query:"Nieuwe naam" or eigen'
    assert Reading(project).ask(found[number]).count == 2
    with pytest.raises(UsageError, match="Daarop"):
        project.step(message("Rename"), questions.rename_query, basis.id, "Daarop")
    with pytest.raises(UsageError):
        project.step(message("Rename"), questions.rename_query, basis.id, "  ")


def test_a_query_moves_to_another_deelvraag_and_outlives_its_own(project: Project) -> None:
    first, second = _keep(project)
    with project.read() as session:
        basis = questions.named_query(session, "Basis")
        assert basis is not None
    there_and_back(project, questions.file_query, basis.id, second)
    with project.read() as session:
        assert [q.id for q in questions.queries(session, second)] == [basis.id]
        assert questions.queries(session, first) == []
    project.step(message("Remove"), questions.remove_deelvraag, second)
    with project.read() as session:
        assert [q.deelvraag_id for q in questions.queries(session)] == [None]


def test_codes_are_asked_by_the_coder_named(reading: Reading, project: Project) -> None:
    assert "Stappen" in code_ids(project)
    assert asking.ask(reading, "Casus", codings="Sem").count == 3
    assert asking.within(reading, None) is None
