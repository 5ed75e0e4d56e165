"""A coding on a server: how long until it is kept, and until somebody else's window has it.

The floor of the first is a bare INSERT with COMMIT of one row on the same server.
"""

from __future__ import annotations

import time
from statistics import median, quantiles

import psycopg
import pytest

from codebook import coding
from codebook.models import Code
from corpora.messages import message
from corpora.models import Narratief
from corpora.store.project import Changed, Project
from tests.benchmarks import within
from tests.postgres import own_database
from tests.stories.test_server import begin

pytestmark = pytest.mark.benchmark

STEPS = 200
KEPT, HEARD = 0.050, 1.0


def test_a_coding_on_a_server() -> None:
    with own_database() as address:
        begin(address)
        noor, sem = Project.open(address, "Noor"), Project.open(address, "Sem")
        heard: dict[int, float] = {}
        sem.listen(lambda changed: _note(heard, changed))
        sem.follow(lambda _on: None, lambda _label, _kept: None)
        noor.follow(lambda _on: None, lambda _label, _kept: None)
        kept, told = _code(noor, heard)
        floor = _bare(address)
        for project in (noor, sem):
            project.close()
    for name, found, budget in (("kept", kept, KEPT), ("heard by another", told, HEARD)):
        print(f"\na coding {name}: median {median(found) * 1000:6.1f} ms, p95 "
              f"{quantiles(found, n=20)[-1] * 1000:6.1f} ms, budget {budget * 1000:,.0f} ms, "
              f"{median(found) / median(floor):.1f} × INSERT + COMMIT")
    assert within(median(kept), KEPT)
    assert within(median(told), HEARD)


def _note(heard: dict[int, float], changed: Changed) -> None:
    heard[changed.number] = time.perf_counter()


def _code(project: Project, heard: dict[int, float]) -> tuple[list[float], list[float]]:
    with project.read() as session:
        narratieven = [n for (n,) in session.query(Narratief.id).order_by(Narratief.id)]
        codes = [c for (c,) in session.query(Code.id).order_by(Code.id)]
    own: list[int] = []
    project.listen(lambda changed: own.append(changed.number))
    coder = project.step(message("Coder"), coding.coder_id, "Noor")
    kept, told = [], []
    for n in range(STEPS):
        began = time.perf_counter()
        with project.since(own[-1]):
            project.step(message("Code"), coding.apply, coder, [narratieven[n % 60]], [codes[n // 60]])
        kept.append(time.perf_counter() - began)
        while own[-1] not in heard:
            time.sleep(0.0005)
        told.append(heard[own[-1]] - began)
    return kept, told


def _bare(address: str) -> list[float]:
    found = []
    with psycopg.connect(address.replace("+psycopg", "")) as line:
        line.execute("CREATE TABLE bare (id serial PRIMARY KEY, word text)")
        line.commit()
        for n in range(STEPS):
            began = time.perf_counter()
            line.execute("INSERT INTO bare (word) VALUES (%s)", (str(n),))
            line.commit()
            found.append(time.perf_counter() - began)
    return found
