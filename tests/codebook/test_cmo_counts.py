"""The aggregation per kernelement, against a count over plain lists of codings."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from codebook import cmo, cmo_counts, codebook_files, coding, deciding, kernelementen
from codebook.analysis import realist
from codebook.cmo_counts import Board
from codebook.codebook_files import CodeRow
from codebook.query import bits
from codebook.query.index import CodeIndex
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn
from tests.codebook.places import coder

ROLES = {"context": [10, 11], "mechanisme": [12], "outcome": [12, 13]}
ACTORS = [20, 21]
Codings = list[tuple[int, int, int]]


@st.composite
def studies(draw: st.DrawFn) -> tuple[int, Codings]:
    n = draw(st.integers(1, 40))
    return n, draw(st.lists(st.tuples(st.integers(1, n), st.sampled_from([1, 2, 10, 11, 12, 13, 20, 21]),
                                      st.integers(1, 2)), max_size=120))


@settings(max_examples=200, deadline=None)
@given(studies(), st.sampled_from(["any", 1, 2]), st.sampled_from([[], [1], [1, 2], [12]]))
def test_cells_equal_a_plain_count(study: tuple[int, Codings], whose: str | int, codes: list[int]) -> None:
    n, codings = study
    index = CodeIndex.build(np.arange(1, n + 1), np.ones(n), np.arange(1, n + 1), sorted(set(codings)), ())
    given_to: dict[int, set[int]] = defaultdict(set)
    for narratief, code, who in codings:
        if whose in ("any", who):
            given_to[narratief].add(code)
    found = realist.matrix(index, codes, ROLES, ACTORS, codings=whose)
    inside = {k for k, has in given_to.items() if has & set(codes)}
    assert bits.count(found.whole) == len(inside)
    for row, (role, wanted) in enumerate(ROLES.items()):
        with_role = {k for k in inside if given_to[k] & set(wanted)}
        assert found.totals[row] == len(with_role)
        assert set(index.ids(found.cell(role)).tolist()) == with_role
        for column, actor in enumerate(ACTORS):
            cell = {k for k in with_role if actor in given_to[k]}
            assert found.counts[row, column] == len(cell)
            assert set(index.ids(found.cell(role, actor)).tolist()) == cell


def test_a_hundred_thousand_narratieven_are_counted_at_once() -> None:
    rng, n = np.random.default_rng(7), 100_000
    rows = np.stack([rng.integers(1, n + 1, 600_000), rng.integers(1, 60, 600_000),
                     rng.integers(1, 4, 600_000)], axis=1)
    index = CodeIndex.build(np.arange(1, n + 1), np.arange(n) // 500, np.arange(n) % 500 + 1, rows, ())
    roles = {str(r): [30 + r] for r in range(6)}
    begin = time.perf_counter()
    for kernelement in range(6):
        assert realist.matrix(index, [kernelement + 1], roles, list(range(40, 52))).all_counts.sum() > 0
    assert time.perf_counter() - begin < 0.5


CODES = [CodeRow("WAT", "Dialoog", kernelement="Dialogisch werken"),
         CodeRow("WAT", "Praten", kernelement="Dialogisch werken | Samen kantelen"),
         CodeRow("WAT", "Helpt", cmo_role="mechanisme"), CodeRow("WAT", "Remt", cmo_role="context-belemmerend"),
         CodeRow("WAT", "Regels", cmo_role="context"), CodeRow("WAT", "Gevolg", cmo_role="outcome"),
         CodeRow("WAT", "Beter", cmo_role="verbeterpunt"), CodeRow("WIE", "burger"), CodeRow("WIE", "wijkteam")]
GIVEN = {0: ["Dialoog", "Helpt", "Gevolg", "burger", "wijkteam"], 1: ["Dialoog", "Praten", "Remt", "Regels", "burger"],
         2: ["Praten", "Helpt"], 3: ["Helpt", "burger"], 4: ["Dialoog", "Regels", "wijkteam"]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "proef.narratief", "Tester")
    made.step(message("Begin"), _fill)
    return made


def _fill(session: Session) -> None:
    codebook_files.put(session, CODES)
    words = "Een twee. Drie vier. Vijf zes."
    one = documents.add(session, Transcript(words, (Turn("R", False, 0, 30),)), title="A",
                        kind="interview", group="Managers")
    two = documents.add(session, Transcript(words[:20], ()), title="B", kind="logboek", group="Leercoaches")
    spans = [Span(0, 9), Span(10, 20), Span(21, 30)]
    narratives.set_segmentation(session, one, spans)
    narratives.set_segmentation(session, two, spans[:2])


def ids(project: Project) -> list[int]:
    with project.read() as session:
        return [n.id for d in (1, 2) for n in narratives.of_document(session, d)]


def coded(project: Project) -> Board:
    noor, sem = coder(project, "Noor"), coder(project, "Sem")
    numbers = ids(project)
    with project.read() as session:
        code = {e.code.label: e.code.id for e in codebook_files.codes.entries(session)}
    for at, labels in GIVEN.items():
        for n, label in enumerate(labels):
            project.step(message("Code"), coding.apply, (noor, sem)[n % 2], [numbers[at]], [code[label]])
    return Board(Reading(project))


def labelled(board: Board, kernelement: int, apart: bool = False) -> dict[str, list[int]]:
    found = board.matrix(kernelement, apart)
    return dict(zip(found.roles, found.all_counts.tolist(), strict=True))


def test_a_kernelement_counts_each_narratief_once(project: Project) -> None:
    board, numbers = coded(project), ids(project)
    one, two = (k.id for k in board.kernelementen)
    assert [k.label for k in board.kernelementen] == ["Dialogisch werken", "Samen kantelen"]
    assert board.facet == "WIE"
    assert [board.labels[a] for a in board.actors] == ["burger", "wijkteam"]
    assert board.narratieven(one) == 4
    # Columns: burger, wijkteam, everybody. Narratief 2 has two codes of context and counts once.
    assert labelled(board, one) == {"context": [1, 1, 2], "mechanisme": [1, 1, 2], "outcome": [1, 1, 1],
                                    "verbeterpunt": [0, 0, 0]}
    assert labelled(board, one, apart=True) == {
        "context": [1, 1, 2], "context-steunend": [0, 0, 0], "context-belemmerend": [1, 0, 1], "mechanisme": [1, 1, 2],
        "outcome": [1, 1, 1], "verbeterpunt": [0, 0, 0]}
    assert labelled(board, two)["mechanisme"] == [0, 0, 1]
    assert board.ids(one, "context") == [numbers[1], numbers[4]]
    assert board.ids(one, "context-belemmerend") == [numbers[1]]
    assert board.ids(one, "context", board.actors[1]) == [numbers[4]]
    assert board.cell(one) == cmo_counts.Cell(4, 2, 2, 2)
    assert board.cell(one, "context", board.actors[1]) == cmo_counts.Cell(1, 1, 1, 1)


def test_compared_across_groups_and_kinds(project: Project) -> None:
    board = coded(project)
    one = board.kernelementen[0].id
    managers = {"narratieven": 3, "context": 1, "mechanisme": 2, "outcome": 1, "verbeterpunt": 0}
    coaches = {"narratieven": 1, "context": 1, "mechanisme": 0, "outcome": 0, "verbeterpunt": 0}
    assert board.compared(one, "group") == [("Leercoaches", coaches), ("Managers", managers)]
    assert board.compared(one, "kind") == [("interview", managers), ("logboek", coaches)]


def test_whose_codings_and_which_narratieven(project: Project) -> None:
    board, numbers = coded(project), ids(project)
    one = board.kernelementen[0].id
    noor, sem = Board(board.reading, "Noor"), Board(board.reading, "Sem")
    assert noor.ids(one) == [numbers[0], numbers[1], numbers[2], numbers[4]]
    assert sem.ids(one) == [numbers[1]]
    assert (noor.ids(one, "outcome"), noor.ids(one, "mechanisme")) == ([numbers[0]], [])
    code = next(k for k, label in board.labels.items() if label == "Dialoog")
    project.step(message("Decide"), deciding.decide, noor_id(project), [numbers[0]], [code], False)
    decided = Board(Reading(project), "decided")
    assert decided.ids(one) == [numbers[1], numbers[2], numbers[4]]
    assert Board(board.reading, where="kind:logboek").ids(one) == [numbers[4]]


def noor_id(project: Project) -> int:
    return coder(project, "Noor")


def test_codes_propose_until_a_narratief_is_placed(project: Project) -> None:
    board, numbers = coded(project), ids(project)
    one, two = (k.id for k in board.kernelementen)
    by_label = {label: code for code, label in board.labels.items()}
    found = board.proposals(one)
    assert [p.narratief_id for p in found] == [numbers[0], numbers[1], numbers[2], numbers[4]]
    assert found[0].roles == (("mechanisme-hulpbron", 0, by_label["Helpt"]), ("outcome", 0, by_label["Gevolg"]))
    assert found[0].actors == ("burger", "wijkteam")
    assert set(found[1].roles) == {("context", -1, by_label["Remt"]), ("context", 0, by_label["Regels"])}
    made = project.step(message("C"), cmo.add, noor_id(project), one, "Eén")
    project.step(message("E"), cmo.add_evidence, noor_id(project), made, narratief_ids=numbers[:2])
    assert [p.narratief_id for p in board.proposals(one)] == [numbers[2], numbers[4]]
    assert [p.narratief_id for p in board.proposals(two)] == [numbers[1], numbers[2]]


def test_a_study_without_actors_or_codes(tmp_path: Path) -> None:
    made = Project.create(tmp_path / "leeg.narratief", "Tester")
    kern = made.step(message("K"), kernelementen.add, "Iets")
    board = Board(Reading(made))
    assert (board.facet, board.actors, board.narratieven(kern)) == ("", (), 0)
    assert labelled(board, kern)["outcome"] == [0]
    assert board.cell(kern) == cmo_counts.Cell(0, 0, 0, 0)
    assert board.proposals(kern) == []
