"""Opening a project until it can be worked in, against its budget: the index is built and the names are known.

Each line prints: what, narratieven, measured (best of three), budget, and measured / floor; the floor is SQLite alone
reading the same rows. Every measurement runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from codebook.checks import problems
from corpora.store.project import Project
from tests.benchmarks import MILLION, within
from tests.benchmarks.conftest import Study

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ROOT = Path(__file__).parents[2]
SIZES = [(1_348, 0.5, 250), (100_000, 1.5, 500), pytest.param(1_000_000, 5.0, 2_048, marks=MILLION)]
OPENING = """
import json, re, resource, sqlite3, sys
from pathlib import Path
from time import perf_counter
import codebook.models, corpora.models
from codebook.reading import Reading
from corpora.store.project import Project
begin = perf_counter()
project = Project.open(sys.argv[1])
reading = Reading(project)
names = len(reading.catalogue.codes)
seconds = perf_counter() - begin
# On Linux ru_maxrss counts what the process was before it became this one; VmHWM does not.
own = Path("/proc/self/status")
memory = (int(re.search(r"VmHWM:\\s+(\\d+)", own.read_text())[1]) if own.exists()
          else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
begin = perf_counter()
rows = sqlite3.connect(sys.argv[1])
sum(1 for _ in rows.execute("SELECT id, document_id, start FROM narratief"))
sum(1 for _ in rows.execute("SELECT narratief_id, code_id, coder_id FROM coding"))
floor = perf_counter() - begin
print(json.dumps({"seconds": seconds, "memory": memory, "floor": floor, "names": names}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory with resource, which Windows has not")
@pytest.mark.parametrize(("n", "budget", "room"), SIZES)
def test_open_until_usable(n: int, budget: float, room: int, study: Study) -> None:
    place = study(n)
    found = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", OPENING, str(place)], cwd=ROOT, capture_output=True, text=True,
                              check=True)
        found.append(json.loads(done.stdout))
    best = min(found, key=lambda one: float(one["seconds"]))
    print(f"open {n:>9,} narratieven: {best['seconds']:6.3f} s (budget {budget} s), {best['memory']:6.0f} MiB "
          f"(of {room} MiB with the window), {best['seconds'] / best['floor']:5.2f} × SQLite alone")
    assert best["names"] == 60
    assert within(best["seconds"], budget)
    assert best["memory"] <= room


@pytest.mark.parametrize("n", [1_348, pytest.param(100_000, marks=pytest.mark.slow)])
def test_check_of_a_generated_project(n: int, study: Study) -> None:
    project = Project.open(study(n))
    begin = perf_counter()
    assert problems(project) == []
    print(f"check {n:>8,} narratieven: {perf_counter() - begin:6.1f} s")
    project.close()
