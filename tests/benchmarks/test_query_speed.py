"""The index against its budget, against SQL on the same data in a SQLite file, and against bare NumPy.

Each line prints: what, narratieven, measured (best of several), budget, SQL / measured, measured / floor.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from codebook.analysis.cooccurrence import cooccurrence
from codebook.analysis.grid import Respondents, grid
from codebook.query.catalogue import Catalogue, CodeName, FacetName
from codebook.query.evaluate import Result, evaluate
from codebook.query.index import CodeIndex
from codebook.query.text import parse
from tests.benchmarks import MILLION, within

pytestmark = pytest.mark.benchmark

CODES = list(range(1, 61))
SIZES = [1_348, 100_000, pytest.param(1_000_000, marks=MILLION)]
QUESTION = "c1 and (c2 or c3) and c4"
SQL_QUERY = """
    SELECT n.id FROM narratief n
    WHERE EXISTS (SELECT 1 FROM coding c WHERE c.narratief_id = n.id AND c.code_id = 1)
      AND EXISTS (SELECT 1 FROM coding c WHERE c.narratief_id = n.id AND c.code_id IN (2, 3))
      AND EXISTS (SELECT 1 FROM coding c WHERE c.narratief_id = n.id AND c.code_id = 4)
    ORDER BY n.document_id, n.nr"""
SQL_COOCCURRENCE = """
    SELECT a.code_id, b.code_id, COUNT(DISTINCT a.narratief_id) FROM coding a
    JOIN coding b ON a.narratief_id = b.narratief_id GROUP BY a.code_id, b.code_id"""


@dataclass(frozen=True)
class Project:
    n: int
    documents: np.ndarray[Any, np.dtype[np.int64]]
    nrs: np.ndarray[Any, np.dtype[np.int64]]
    codings: np.ndarray[Any, np.dtype[np.int64]]
    index: CodeIndex
    build_seconds: float


@pytest.fixture(scope="module", params=SIZES)
def project(request: pytest.FixtureRequest) -> Project:
    n: int = request.param
    rng = np.random.default_rng(7)
    share = np.clip(rng.pareto(2, len(CODES)) * 0.06 + 0.03, 0, 0.5)
    share[:4] = [0.4, 0.3, 0.2, 0.35]
    pieces = []
    for code, part in zip(CODES, share, strict=True):
        held = np.flatnonzero(rng.random(n) < part)
        pieces.append(np.column_stack([held + 1, np.full(held.size, code), rng.integers(1, 4, held.size)]))
    codings = np.concatenate(pieces)
    codings = codings[np.argsort(codings[:, 0], kind="stable")]
    documents, nrs = np.arange(n) // 15 + 1, np.arange(n) % 15 + 1
    begin = perf_counter()
    index = CodeIndex.build(np.arange(1, n + 1), documents, nrs, codings, [])
    return Project(n, documents, nrs, codings, index, perf_counter() - begin)


@pytest.fixture(scope="module")
def database(project: Project, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path: Path = tmp_path_factory.mktemp("speed") / "project.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE narratief (id INTEGER PRIMARY KEY, document_id INTEGER, nr INTEGER)")
    connection.execute("CREATE TABLE coding (narratief_id INTEGER, code_id INTEGER, coder_id INTEGER, "
                       "PRIMARY KEY (narratief_id, code_id, coder_id)) WITHOUT ROWID")
    rows = zip(range(1, project.n + 1), project.documents.tolist(), project.nrs.tolist(), strict=True)
    connection.executemany("INSERT INTO narratief VALUES (?, ?, ?)", rows)
    connection.executemany("INSERT OR IGNORE INTO coding VALUES (?, ?, ?)", project.codings.tolist())
    connection.execute("CREATE INDEX by_code ON coding (code_id, narratief_id)")
    connection.execute("ANALYZE")
    connection.commit()
    return connection


def _best(action: Callable[[], object], times: int = 7) -> float:
    """Seconds of the fastest of several runs, after one to warm up."""
    action()
    taken = []
    for _ in range(times):
        begin = perf_counter()
        action()
        taken.append(perf_counter() - begin)
    return min(taken)


def _budget(n: int, small: float, middle: float, large: float) -> float:
    """Milliseconds allowed for this size."""
    return {1_348: small, 100_000: middle}.get(n, large)


def _report(what: str, n: int, seconds: float, budget_ms: float, sql: float | None = None,
            floor: float | None = None) -> None:
    ratios = (f"   SQL {sql / seconds:8.0f} x slower" if sql else "") + (
        f"   {seconds / floor:5.1f} x floor" if floor else "")
    print(f"\n{what:34} {n:>9,}  {seconds * 1e3:9.3f} ms  budget {budget_ms:g} ms{ratios}", file=sys.stderr)
    assert within(seconds * 1e3, budget_ms), f"{what}: {seconds * 1e3:.3f} ms, budget {budget_ms:g} ms"


CATALOGUE = Catalogue([FacetName(1, "WAT")], [CodeName(code, 1, f"c{code}") for code in CODES])


def _ask(index: CodeIndex) -> tuple[int, list[int]]:
    result: Result = evaluate(parse(QUESTION), index, CATALOGUE)
    return result.count, result.ids  # type: ignore[return-value]


def _floor_query(columns: list[np.ndarray[Any, Any]], ids: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    found = columns[0] & (columns[1] | columns[2]) & columns[3]
    return ids[np.flatnonzero(np.unpackbits(found.view(np.uint8), bitorder="little"))]


def test_combination_of_four_codes(project: Project, database: sqlite3.Connection) -> None:
    expected = [row[0] for row in database.execute(SQL_QUERY)]
    count, ids = _ask(project.index)
    assert count == len(expected) and list(ids) == expected
    sql = _best(lambda: database.execute(SQL_QUERY).fetchall(), 2)
    columns = [project.index.column(code).copy() for code in (1, 2, 3, 4)]
    floor = _best(partial(_floor_query, columns, project.index.narratief_id))
    seconds = _best(lambda: _ask(project.index), 30)
    _report("query of 4 codes, count and ids", project.n, seconds, _budget(project.n, 0.5, 1, 5), sql, floor)


def _floor_cooccurrence(matrix: np.ndarray[Any, Any]) -> int:
    total = 0
    for at in range(len(matrix)):
        total += int(np.bitwise_count(matrix[at:] & matrix[at]).sum(dtype=np.int64))
    return total


def test_cooccurrence_of_sixty_codes(project: Project, database: sqlite3.Connection) -> None:
    table = cooccurrence(project.index, CODES, CODES)
    matrix = np.array([project.index.column(code) for code in CODES])
    floor = _best(partial(_floor_cooccurrence, matrix))
    sql = None
    if project.n <= 100_000:
        begin = perf_counter()
        rows = database.execute(SQL_COOCCURRENCE).fetchall()
        sql = perf_counter() - begin
        assert {(a, b): count for a, b, count in rows} == {
            (a, b): int(table.counts[a - 1, b - 1]) for a in CODES for b in CODES if table.counts[a - 1, b - 1]}
    seconds = _best(lambda: cooccurrence(project.index, CODES, CODES), 20)
    _report("co-occurrence 60 x 60", project.n, seconds, _budget(project.n, 2, 10, 80), sql, floor)


def test_one_coding_in_every_count(project: Project) -> None:
    index = project.index
    index.counts()

    def toggle() -> dict[int, int]:
        index.set(project.n // 2, 9, 3, True)
        index.set(project.n // 2, 9, 3, False)
        return index.counts()

    _report("one coding in every count", project.n, _best(toggle, 50) / 2, 1)
    twice = _best(lambda: [index.set(project.n // 2, 9, 3, on) for on in (True, False)], 200)
    _report("one coding in the index", project.n, twice / 2, 0.01)


def test_splitting_a_narratief(project: Project) -> None:
    def split() -> None:
        for ids in ([*range(1, 16), project.n + 1], list(range(1, 16))):
            project.index.replace_document(1, ids, range(1, len(ids) + 1))

    before = project.index.ids(project.index.live).tolist()
    rows = project.codings[project.codings[:, 0] <= 15]
    try:
        _report("document cut anew", project.n, _best(split, 3) / 2, _budget(project.n, 10, 25, 150))
    finally:
        project.index.replace_document(1, range(1, 16), range(1, 16), rows)
    assert project.index.ids(project.index.live).tolist() == before


def test_building_the_index(project: Project) -> None:
    _report("building the index", project.n, project.build_seconds, _budget(project.n, 50, 500, 3000))


def test_position_operator(project: Project) -> None:
    asked = parse("near(c1, c2, 2)")
    seconds = _best(lambda: evaluate(asked, project.index, CATALOGUE).ids)
    _report("near(a, b, 2), count and ids", project.n, seconds, _budget(project.n, 2, 30, 300))


def test_documents_as_unit(project: Project) -> None:
    asked = parse(QUESTION)
    seconds = _best(lambda: evaluate(asked, project.index, CATALOGUE, unit="document").ids)
    _report("query of 4 codes, per document", project.n, seconds, _budget(project.n, 2, 30, 300))


def test_whole_grid(project: Project) -> None:
    if project.n > 100_000:
        pytest.skip("The grid has a budget for 100,000 narratieven.")
    axes = [CODES[:25], CODES[25:37], CODES[37:46]]
    who = Respondents.build(project.index, np.arange(1, project.n + 1), project.documents)
    found = grid(project.index, axes, respondents=who)
    assert found.counts.size == 2_700
    assert np.array_equal(found.documents, found.respondents)
    seconds = _best(lambda: grid(project.index, axes, respondents=who), 3)
    _report("grid of 2,700 cells", project.n, seconds, 1000)
