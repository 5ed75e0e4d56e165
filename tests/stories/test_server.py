"""Five coders in one project on a server at once; one of them dies, the server dies: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import founding
from codebook.checks import problems
from codebook.models import Coder, Coding
from corpora import documents, narratives
from corpora.messages import message
from corpora.store.changes import change_step
from corpora.store.project import Project
from corpora.transcripts import recognise_text
from tests.postgres import OwnServer, own_database

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Noor", "Sem", "Yara", "Bram", "Lotte")
PIECES = 60


class Writer:
    """A writer process, with what it was told is kept."""

    def __init__(self, address: str, name: str, count: int) -> None:
        self.name, self.acknowledged = name, 0
        self._process = subprocess.Popen([sys.executable, "-m", "tests.stories.writer", address, name, str(count)],
                                         stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.acknowledged = int(line)

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        code = self._process.wait(seconds)
        self._reader.join(10)
        return code

    def end(self) -> None:
        if self._process.poll() is None:
            self.kill()
        self._process.wait()


def _fill(session: Session) -> None:
    text = "".join(f"R: Zin nummer {n} gaat over de buurt en de mensen.\n" for n in range(PIECES))
    document = documents.add(session, recognise_text(text), title="Gesprek", kind="interview")
    cuts = [0, *(n + 1 for n, sign in enumerate(text) if sign == "\n")]
    narratives.set_segmentation(session, document, [narratives.Span(a, b) for a, b in pairwise(cuts)])


def begin(address: str) -> None:
    project = founding.found(address, author="Mirthe")
    project.step(message("Import"), _fill)
    project.close()


def counted(project: Project) -> tuple[Counter[str], Counter[str]]:
    """Codings per coder, and steps of theirs in the log, at one moment."""
    with project.read() as session:
        names = dict(session.execute(select(Coder.id, Coder.name)).all())  # type: ignore[arg-type]
        label = change_step.c.label.contains("Code\"")
        return (Counter(names[coder] for coder in session.scalars(select(Coding.coder_id))),
                Counter(session.scalars(select(change_step.c.author).where(label))))


@pytest.fixture
def writers() -> Iterator[list[Writer]]:
    made: list[Writer] = []
    yield made
    for writer in made:
        writer.end()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_five_write_at_once_and_one_is_killed(writers: list[Writer]) -> None:
    count = 2_000
    with own_database() as address:
        begin(address)
        writers += [Writer(address, name, count) for name in NAMES]
        victim = writers[2]
        until = time.monotonic() + 600
        while victim.acknowledged < count // 4 and time.monotonic() < until:
            time.sleep(0.01)
        victim.kill()
        for writer in writers:
            assert (writer.wait(1_200) == 0) is (writer is not victim)
        project = Project.open(address)
        found, logged = counted(project)
        assert {w.name: found[w.name] for w in writers if w is not victim} == dict.fromkeys(
            (w.name for w in writers if w is not victim), count)
        assert victim.acknowledged <= found[victim.name] <= victim.acknowledged + 1
        assert found == logged
        assert problems(project) == []
        numbers = [step.id for step in project.log()]
        assert numbers == sorted(numbers)
        project.close()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_server_is_killed_and_work_goes_on(writers: list[Writer], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path("/tmp") / f"narratief-server-{os.getpid()}"
    server = OwnServer(folder)
    try:
        server.start()
        server.make("studie")
        address = server.address("studie")
        begin(address)
        count = 300
        writers += [Writer(address, name, count) for name in NAMES[:3]]
        for part in (1, 2):
            until = time.monotonic() + 60
            while sum(w.acknowledged for w in writers) < part * count * 3 // 4 and time.monotonic() < until:
                time.sleep(0.005)
            server.kill()
            known = {w.name: w.acknowledged for w in writers}
            server.start()
            project = Project.open(address)
            found, logged = counted(project)
            assert all(found[name] >= n for name, n in known.items()), (found, known)
            assert found == logged
            project.close()
        for writer in writers:
            assert writer.wait(90) == 0
        project = Project.open(address)
        assert counted(project) == (Counter({w.name: count for w in writers}),) * 2
        assert problems(project) == []
        project.close()
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", str(folder)], check=False)
