"""A process that works on a project and says what is done, until it is killed.

    python -m tests.stories.victim code|bring PROJECT SEED

Before each step a line `begin …`, after the step has returned a line `done …`: what stands there is acknowledged.
With the variable NARRATIEF_TEST_FORGET set, every commit becomes a rollback: the harness must notice.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Connection, event, select

import corpora.models  # noqa: F401
from codebook import coding
from codebook.models import Code
from corpora import narratives
from corpora.importing import import_file
from corpora.messages import message
from corpora.models import Document, Narratief, TextContent
from corpora.narratives import Span
from corpora.store.project import Project

LINES = 120


def say(*words: object) -> None:
    """A line that has left this process when it returns."""
    print(*words, flush=True)


def body_of(k: int) -> str:
    """The text of the k-th transcript: questions and answers, all different."""
    said = ("R: Toen ging ik er zelf heen, en dat was keer {n} in zaak {k}." if n % 2 else
            "I: Hoe verliep huisbezoek {n} in zaak {k}?" for n in range(LINES))
    return "\n".join(line.format(n=n, k=k) for n, line in enumerate(said)) + "\n"


def spans_of(body: str) -> list[Span]:
    """A narratief per question with its answer."""
    found, at = [], 0
    lines = body.splitlines(keepends=True)
    for question, answer in zip(lines[::2], lines[1::2], strict=True):
        end = at + len(question) + len(answer)
        found.append(Span(at, end - 1))
        at = end
    return found


def code(project: Project, chance: random.Random) -> None:
    """Give and take codes and undo, one acknowledged step at a time."""
    with project.read() as session:
        pieces = session.scalars(select(Narratief.id).order_by(Narratief.id)).all()
        codes = session.scalars(select(Code.id).order_by(Code.id)).all()
        coder = coding.find_coder(session, "Noor").id
    undoable = 0
    while True:
        if undoable and chance.random() < 0.15:
            say("begin undo")
            project.undo()
            say("done undo")
            undoable -= 1
            continue
        narratief, one = chance.choice(pieces), chance.choice(codes)
        say("begin toggle", narratief, one)
        project.step(message("Code"), coding.toggle, coder, narratief, one)
        say("done toggle", narratief, one)
        undoable += 1


def bring(project: Project, folder: Path) -> None:
    """Import and cut one transcript after another."""
    with project.read() as session:
        have = set(session.scalars(select(Document.title)))
    k = 0
    while True:
        k += 1
        if f"zaak {k}" not in have:
            path = folder / f"zaak {k}.txt"
            path.write_text(body_of(k), encoding="utf-8")
            say("begin import", k)
            import_file(project, path)
            say("done import", k)
        cut(project, k)


def cut(project: Project, k: int) -> None:
    """Cut the k-th transcript, unless that is done."""
    with project.read() as session:
        number = session.scalars(select(Document.id).where(Document.title == f"zaak {k}")).first()
        if number is None or narratives.of_document(session, number):
            return
    say("begin cut", k)
    project.step(message("Cut"), narratives.set_segmentation, number, spans_of(body_of(k)))
    say("done cut", k)


def forget(project: Project) -> None:
    """Switch commits off: what is acknowledged is not kept."""
    def instead(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")

    event.listen(project.engine, "commit", instead)


def body_in(project: Project, title: str) -> str | None:
    """The text of a document, None when it is not there."""
    with project.read() as session:
        found: str | None = session.scalar(select(TextContent.body).join(
            Document, Document.content_hash == TextContent.hash).where(Document.title == title))
        return found


def main() -> None:
    """Work until killed."""
    job, place, seed = sys.argv[1:]
    project = Project.open(place, "Noor")
    if os.environ.get("NARRATIEF_TEST_FORGET"):
        forget(project)
    say("ready")
    if job == "code":
        code(project, random.Random(int(seed)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            bring(project, Path(folder))


if __name__ == "__main__":
    main()
