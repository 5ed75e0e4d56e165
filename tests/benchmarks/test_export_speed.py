"""The workbook of everything against its budget: 2 s for 1,348 narratieven, 60 s for 100,000, and little memory.

The floor is openpyxl's own write-only mode with the same number of plain cells.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest

from codebook.reading import Reading
from corpora.messages import Translator
from corpora.store.project import Project
from exports.excel import write_workbook
from tests.benchmarks import within
from tests.benchmarks.conftest import Study

pytestmark = pytest.mark.benchmark
CELLS_PER_NARRATIEF = 50


@pytest.mark.parametrize(("narratieven", "budget"), [
    (1_348, 2.0), pytest.param(100_000, 60.0, marks=[pytest.mark.slow, pytest.mark.timeout(1_200)])])
def test_workbook_of_everything(study: Study, tmp_path: Path, narratieven: int, budget: float) -> None:
    project = Project.open(study(narratieven))
    found = Reading(project)
    begin = perf_counter()
    assert write_workbook(found, tmp_path / "uit.xlsx", Translator("nl")) == []
    taken = perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floor = _floor(tmp_path / "kaal.xlsx", min(narratieven, 2_000)) * narratieven / min(narratieven, 2_000)
    print(f"\nworkbook, {narratieven}: {taken:.2f} s, budget {budget:.0f} s, openpyxl with bare cells about "
          f"{floor:.1f} s (ratio {taken / floor:.2f}), peak of the process {peak:.0f} MiB", file=sys.stderr)
    project.close()
    assert within(taken, budget)


def _floor(path: Path, narratieven: int) -> float:
    """Seconds that openpyxl takes for as many cells, without looking up or styling anything."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("x")
    begin = perf_counter()
    for _ in range(narratieven * CELLS_PER_NARRATIEF // 7):
        sheet.append(["Interview 12", 14, "WAT", "Sociale relaties", "Noor", 45_000.5, "x"])
    book.save(path)
    return perf_counter() - begin
