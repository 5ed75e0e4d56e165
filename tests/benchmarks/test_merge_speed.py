"""The copies of four students, who each coded a whole study narratief by narratief, are merged at once.

The floor is what no merge can do without: every row of the copies is read with SQLite, and the rows that they have more
than the project are written into it, those of the change log included, in one transaction.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from sqlalchemy import func, select

from codebook import coding, memos, merging
from codebook.models import Code, Coding
from corpora.messages import message
from corpora.models import Narratief
from corpora.store.project import Project
from tests.benchmarks import within
from workbench.generate import generate

pytestmark = pytest.mark.benchmark

NARRATIEVEN, STUDENTS, GIVEN = 1_348, 4, 5
BUDGET, PREVIEW = 15.0, 15.0


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A study without codings, and its copies in which a student gave five codes to each narratief and wrote memos."""
    folder = tmp_path_factory.mktemp("merge")
    base = folder / "study.narratief"
    generate(base, NARRATIEVEN, code_count=46, coders=0)
    return base, [_coded(base, folder / f"copy {n}.narratief", n) for n in range(STUDENTS)]


def _coded(base: Path, place: Path, student: int) -> Path:
    shutil.copy(base, place)
    random = np.random.default_rng(student)
    project = Project.open(place, f"Student {student}")
    coder = project.step(message("Coder"), coding.coder_id, project.author)
    with project.read() as session:
        narratieven, book = list(session.scalars(select(Narratief.id))), list(session.scalars(select(Code.id)))
    for n, narratief in enumerate(narratieven):
        chosen = random.choice(book, GIVEN, replace=False).tolist()
        project.step(message("Code"), coding.apply, coder, [narratief], chosen)
        if n % 20 == 0:
            project.step(message("Memo"), memos.write, coder, "narratief", narratief, f"Memo van {student} bij {n}.")
    project.close()
    return place


def test_four_copies_of_a_study_are_merged(copies: tuple[Path, list[Path]], tmp_path: Path) -> None:
    base, places = copies
    floor = _floor(Path(shutil.copy(base, tmp_path / "floor.narratief")), places)
    project = Project.open(shutil.copy(base, tmp_path / "study.narratief"), "Onderzoeker")
    others = [str(place) for place in places]
    before = perf_counter()
    seen = merging.preview(project, others)
    shown = perf_counter() - before
    before = perf_counter()
    found = merging.merge(project, others)
    merged = perf_counter() - before
    with project.read() as session:
        assert session.scalar(select(func.count(Coding.id))) == STUDENTS * NARRATIEVEN * GIVEN
    project.close()
    assert (found.added["codings"], found.conflicts) == (STUDENTS * NARRATIEVEN * GIVEN, []) and seen == found
    for name, seconds, budget in (("shown", shown, PREVIEW), ("merged", merged, BUDGET)):
        print(f"\n{STUDENTS} copies of {NARRATIEVEN:,} narratieven, {found.steps:,} steps, {name}: {seconds:.2f} s "
              f"(budget {budget:.0f} s), {seconds / floor:.1f} × reading and writing the rows ({floor:.2f} s)",
              file=sys.stderr)
        assert within(seconds, budget)


def _floor(target: Path, places: Sequence[Path]) -> float:
    """Seconds to read all rows of the copies and to write what is new in them."""
    with closing(sqlite3.connect(target)) as project:
        tables = [name for (name,) in project.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name "
                                                      "NOT LIKE 'sqlite_%' AND name NOT LIKE 'passage_%'")]
        project.execute("PRAGMA synchronous = FULL")
        before = perf_counter()
        known = {table: set(project.execute(f"SELECT id FROM {table}")) for table in _numbered(project, tables)}
        for place in places:
            with closing(sqlite3.connect(place)) as copy:
                rows = {table: copy.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
                _write_new(project, copy, rows, known)
        project.commit()
        return perf_counter() - before


def _numbered(project: sqlite3.Connection, tables: Sequence[str]) -> list[str]:
    """The tables whose rows have a number."""
    return [table for table in tables if "id" in {row[1] for row in project.execute(f"PRAGMA table_info({table})")}]


def _write_new(project: sqlite3.Connection, copy: sqlite3.Connection, rows: dict[str, list[tuple[object, ...]]],
               known: dict[str, set[tuple[int]]]) -> None:
    for table, present in known.items():
        names = [row[1] for row in copy.execute(f"PRAGMA table_info({table})")]
        at = names.index("id")
        wanted = [column for column in names if column != "id"]
        new = [tuple(value for n, value in enumerate(row) if n != at) for row in rows[table]
               if (row[at],) not in present]
        project.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(map(_quoted, wanted))}) "
                            f"VALUES ({', '.join('?' * len(wanted))})", new)


def _quoted(name: str) -> str:
    return f'"{name}"'
