"""kill -9 at any moment: the file opens, is sound, and nothing that was acknowledged is missing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import coding, founding
from codebook.checks import problems
from codebook.models import Coding
from corpora import narratives
from corpora.importing import import_file
from corpora.messages import message
from corpora.models import Document
from corpora.store.project import Project
from tests.stories import victim

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL, which only POSIX systems have")

ROOT = Path(__file__).parents[2]
FEW = 5
MANY = 50


class Lost(AssertionError):
    """Something acknowledged is gone, or the project is damaged."""


def lines_until_killed(job: str, place: Path, chance: random.Random, *, forgetful: bool = False) -> list[list[str]]:
    """Run the victim, kill it at a random moment, and give back what it said."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NARRATIEF_TEST_FORGET": "1" if forgetful else ""}
    with subprocess.Popen([sys.executable, "-m", "tests.stories.victim", job, str(place), str(chance.random())[2:9]],
                          stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == "ready\n", "the victim did not begin"
        heard = [process.stdout.readline() for _ in range(10 if forgetful else chance.randrange(40))]
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        return [line.split() for line in [*heard, *process.stdout.read().splitlines()] if line]


class CodingTale:
    """What the codings must be, from what the victim acknowledged."""

    def __init__(self) -> None:
        self.standing: set[tuple[int, int]] = set()
        self.steps: list[tuple[int, int]] = []

    def hear(self, words: list[str]) -> None:
        if words[1] == "undo":
            self.standing ^= {self.steps.pop()}
        else:
            pair = (int(words[2]), int(words[3]))
            self.steps.append(pair)
            self.standing ^= {pair}

    def check(self, place: Path, said: list[list[str]]) -> None:
        for words in said:
            if words[0] == "done":
                self.hear(words)
        stored = stored_codings(place)
        if stored != self.standing and said and said[-1][0] == "begin":
            # The last step was begun and not acknowledged: it may be there or not, nothing between.
            self.hear(said[-1])
        if stored != self.standing:
            raise Lost(f"missing {self.standing - stored}, too many {stored - self.standing}")


def stored_codings(place: Path) -> set[tuple[int, int]]:
    with opened_sound(place) as project, project.read() as session:
        return {(n, c) for n, c in session.execute(select(Coding.narratief_id, Coding.code_id))}


@contextmanager
def opened_sound(place: Path) -> Iterator[Project]:
    """The project, opened and found sound."""
    project = Project.open(place)
    try:
        found = [str(problem) for problem in problems(project)]
        if found:
            raise Lost(f"damaged: {found}")
        yield project
    finally:
        project.close()


class BringingTale:
    """Which transcripts must be in, and cut, from what the victim acknowledged."""

    def __init__(self) -> None:
        self.imported: set[int] = set()
        self.cut: set[int] = set()

    def check(self, place: Path, said: list[list[str]]) -> None:
        for words in said:
            if words[0] == "done":
                (self.imported if words[1] == "import" else self.cut).add(int(words[2]))
        with opened_sound(place) as project:
            self.imported |= self._look(project)

    def _look(self, project: Project) -> set[int]:
        with project.read() as session:
            titles = session.scalars(select(Document.title)).all()
            pieces = {d.title: len(narratives.of_document(session, d.id)) for d in session.scalars(select(Document))}
        found = {int(title.split()[1]) for title in titles}
        for k in sorted(self.imported | found):
            body = victim.body_of(k)
            if victim.body_in(project, f"zaak {k}") != body:
                raise Lost(f"zaak {k} is gone or half")
            whole = len(victim.spans_of(body))
            if pieces[f"zaak {k}"] not in ((whole,) if k in self.cut else (0, whole)):
                raise Lost(f"zaak {k} has {pieces[f'zaak {k}']} narratieven instead of {whole}")
        return found


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A project with one cut transcript and a coder."""
    place = tmp_path / "study.narratief"
    source = tmp_path / "zaak 0.txt"
    source.write_text(victim.body_of(0), encoding="utf-8")
    project = founding.found(place, author="Noor")
    number = import_file(project, source).document_id
    project.step(message("Cut"), narratives.set_segmentation, number, victim.spans_of(victim.body_of(0)))
    project.step(message("Coder"), coding.coder_id, "Noor")
    project.close()
    return place


def tell(job: str, place: Path, times: int) -> int:
    """Kill the victim many times on the same project; the number of acknowledged steps that were checked."""
    chance, acknowledged = random.Random(times), 0
    tale: CodingTale | BringingTale = CodingTale() if job == "code" else BringingTale()
    for _ in range(times):
        said = lines_until_killed(job, place, chance)
        tale.check(place, said)
        acknowledged += sum(words[0] == "done" for words in said)
    return acknowledged


@pytest.mark.parametrize("job", ["code", "bring"])
def test_nothing_acknowledged_is_lost(job: str, project_file: Path) -> None:
    assert tell(job, project_file, FEW) > FEW


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("job", ["code", "bring"])
def test_nothing_acknowledged_is_lost_in_fifty_kills(job: str, project_file: Path) -> None:
    acknowledged = tell(job, project_file, MANY)
    print(f"{job}: {MANY} kills, {acknowledged} acknowledged steps, all there")
    assert acknowledged > MANY


@pytest.mark.parametrize("job", ["code", "bring"])
def test_the_harness_notices_a_program_that_does_not_commit(job: str, project_file: Path) -> None:
    said = lines_until_killed(job, project_file, random.Random(1), forgetful=True)
    assert any(words[0] == "done" for words in said), "the victim acknowledged nothing"
    with pytest.raises(Lost):
        (CodingTale() if job == "code" else BringingTale()).check(project_file, said)
