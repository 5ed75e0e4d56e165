"""The pictures' numbers: those of the tables and of the query tool; the network's places."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook import asking, codes, coding, founding, picturing
from codebook.analysis.network import force_layout, moved_apart, spread
from codebook.picturing import Wanted
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript

FACETS = ("WAT", "WIE", "HOE")


def fill(session: Writing) -> None:
    """Three documents of twelve narratieven with codes at random, by two coders."""
    chance = random.Random(7)
    every = [e.code.id for e in codes.entries(session)]
    coders = [coding.coder_id(session, name) for name in ("Anna", "Bram")]
    for title in ("Een", "Twee", "Drie"):
        lines = [f"Verhaal {n} uit {title}." for n in range(12)]
        text = "\n".join(lines)
        document = documents.add(session, Transcript(text, ()), title=title, kind="interview")
        spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
        narratives.set_segmentation(session, document, spans)
        for one in narratives.of_document(session, document):
            for coder in coders:
                coding.apply(session, coder, [one.id], chance.sample(every, 4))


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    place: Path = tmp_path_factory.mktemp("pictures") / "p.narratief"
    project: Project = founding.found(place, author="Anna")
    project.step(message("Fill"), fill)
    yield Reading(project)
    project.close()


def spelled(reading: Reading, code: picturing.PictureCode) -> str:
    return reading.catalogue.spelled(code.id)


@pytest.mark.parametrize(("codings", "where"), [("any", None), ("Bram", None), ("any", 'document:"Twee"')])
def test_heat_is_the_table_and_the_query(reading: Reading, codings: str, where: str | None) -> None:
    table = asking.cooccurrence(reading, "WAT", "HOE", codings=codings, where=where)
    made = picturing.heat(reading, Wanted(("WAT", "HOE"), least=0, codings=codings, where=where))
    assert made.counts.tolist() == table.table.counts.tolist()
    assert [c.label for c in made.rows] == list(table.rows)
    assert [c.count for c in made.columns] == table.table.column_totals.tolist()
    assert made.n == table.n
    condition = f" and {where}" if where else ""
    for r, row in enumerate(made.rows[:6]):
        for c, column in enumerate(made.columns):
            asked = f"{spelled(reading, row)} and {spelled(reading, column)}{condition}"
            assert reading.ask(asked, codings=codings).count == made.counts[r, c]


def test_least_and_codes_left_out(reading: Reading) -> None:
    every = picturing.heat(reading, Wanted(("WAT", "HOE"), least=0))
    gone = every.rows[0].id
    made = picturing.heat(reading, Wanted(("WAT", "HOE"), frozenset({gone}), least=6))
    assert [c.id for c in made.rows] == [c.id for c in every.rows if c.count >= 6 and c.id != gone]
    assert 0 < len(made.rows) < len(every.rows)


def test_network_ties_are_the_table(reading: Reading) -> None:
    made = picturing.network(reading, Wanted(FACETS, least=3))
    for tie in made.ties:
        one, other = made.nodes[tie.one], made.nodes[tie.other]
        assert reading.ask(f"{spelled(reading, one)} and {spelled(reading, other)}").count == tie.count >= 3
    table = asking.cooccurrence(reading, "WAT", "HOE").table
    across = [t for t in made.ties if {made.nodes[t.one].facet, made.nodes[t.other].facet} == {"WAT", "HOE"}]
    assert sorted(t.count for t in across) == sorted(int(n) for n in table.counts.flat if n >= 3)
    assert not {n.id for n in made.nodes} & {n.id for n in made.alone}


def test_a_network_and_a_flow_start_as_full_as_can_be_read(reading: Reading) -> None:
    made = picturing.network(reading, Wanted(FACETS, least=0))
    fuller = picturing.network(reading, Wanted(FACETS, least=made.least - 1))
    assert 0 < len(made.ties) <= picturing.MOST_LINES < len(fuller.ties)
    flow = picturing.flow(reading, Wanted(FACETS, least=0))
    assert 0 < sum(int(np.count_nonzero(f)) for f in flow.flows) <= picturing.MOST_BANDS


def test_flow_is_two_tables(reading: Reading) -> None:
    made = picturing.flow(reading, Wanted(FACETS, least=1))
    for n, (left, right) in enumerate((("WAT", "WIE"), ("WIE", "HOE"))):
        table = asking.cooccurrence(reading, left, right)
        labels = {(a.label, b.label): int(made.flows[n][i, j]) for i, a in enumerate(made.stages[n])
                  for j, b in enumerate(made.stages[n + 1])}
        for i, row in enumerate(table.rows):
            for j, column in enumerate(table.columns):
                assert labels.get((row, column), 0) == table.table.counts[i, j]


def test_bars_are_the_query(reading: Reading) -> None:
    made = picturing.bars(reading, Wanted(FACETS, least=0, codings="Anna"))
    assert [len(found) for found in made.codes] == [sum(c.facet_id == f.id for c in reading.catalogue.codes)
                                                    for f in reading.catalogue.facets]
    for code in (c for found in made.codes for c in found):
        assert code.count == reading.ask(spelled(reading, code), codings="Anna").count
        assert code.count == len(picturing.behind(reading, Wanted(FACETS, codings="Anna"), [code.id]))


def test_codeline_and_portrait_are_the_codes_of_each_narratief(reading: Reading) -> None:
    document = reading.index.documents[1]
    title = reading.titles[document]
    line = picturing.codeline(reading, document, Wanted(FACETS))
    portrait = picturing.portrait(reading, document, Wanted(FACETS))
    shown = {s.id: set(s.codes) for s in asking.query(reading, f'document:"{title}"').narratieven}
    assert list(line.ids) == list(shown) == [cell.id for cell in portrait.cells]
    names = asking.code_names(reading)
    for n, number in enumerate(line.ids):
        carried = {f"{c.facet}:{c.label}" for k, c in enumerate(line.codes) if line.held[k, n]}
        assert carried == shown[number] == {names[c] for codes in portrait.cells[n].codes for c in codes}
    assert [c.count for c in line.codes] == line.held.sum(axis=1).tolist()


def test_a_condition_leaves_narratieven_out_of_codeline_and_portrait(reading: Reading) -> None:
    document = reading.index.documents[0]
    code = spelled(reading, picturing.codeline(reading, document, Wanted(FACETS)).codes[0])
    wanted = Wanted(FACETS, where=code)
    kept = set(picturing.behind(reading, wanted, (), document))
    line, portrait = picturing.codeline(reading, document, wanted), picturing.portrait(reading, document, wanted)
    assert {n for k, n in enumerate(line.ids) if line.held[:, k].any()} == kept
    assert {cell.id for cell in portrait.cells if cell.asked} == kept != set(line.ids)


def test_the_network_lies_the_same_every_time_with_its_ties_close() -> None:
    counts = np.zeros((8, 8), dtype=np.int64)
    for a, b in ((0, 1), (1, 2), (0, 2), (5, 6), (6, 7), (5, 7)):
        counts[a, b] = counts[b, a] = 5
    places = force_layout(counts)
    assert places.tolist() == force_layout(counts).tolist()
    assert places.min() >= 0
    assert places.max() <= 1
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    assert apart[counts > 0].max() < apart[np.ix_([0, 1, 2], [5, 6, 7])].min()


def test_spreading_keeps_the_order() -> None:
    places = np.array([[0.0, 0.2], [0.01, 1.0], [0.02, 0.0], [1.0, 0.3]])
    assert np.argsort(spread(places), axis=0).tolist() == np.argsort(places, axis=0).tolist()
    assert np.diff(np.sort(spread(places)[:, 0])).min() > np.diff(np.sort(places[:, 0])).min()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 400), st.integers(20, 90), st.integers(10, 50)),
                min_size=1, max_size=12))
def test_boxes_moved_apart_do_not_overlap(boxes: list[tuple[int, int, int, int]]) -> None:
    given_boxes = np.array(boxes, dtype=np.float64)
    sizes = given_boxes[:, 2:]
    found = moved_apart(given_boxes[:, :2], sizes, 700, 500)
    assert (found - sizes / 2 >= -1e-6).all()
    assert (found + sizes / 2 <= np.array([700, 500]) + 1e-6).all()
    for a in range(len(found)):
        for b in range(a):
            gap = np.abs(found[a] - found[b]) - (sizes[a] + sizes[b]) / 2
            assert gap.max() >= -0.5
