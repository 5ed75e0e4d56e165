"""A small real project for the tests of the coding place."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codes, coding, founding
from codebook.models import Coding, NotMentioned
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.transcript_types import Transcript, Turn
from workbench.project import OpenProject
from workbench.theme import theme

STORIES = (
    "Op een gegeven moment belde een moeder 😀 ons op, en toen zijn we er met z'n tweeën heen gegaan.\n\n",
    "In het begin liep dat stroef, want niemand wist wie er aan zet was.\n\n",
    "Nu vraag ik altijd eerst: wie kent u zelf in de buurt? Dat werkt veel beter.\n\n",
    "De huisarts zei dat hij er niets mee kon en toen stonden we weer buiten.\n\n",
)


def founded(folder: Path, texts: int = 2, coder: str = "Anna") -> OpenProject:
    """A project with the shipped codebook and documents of four narratieven and a stretch that is none."""
    place = folder / "proef.narratief"
    place.write_bytes(_template(texts))
    return OpenProject.open(place, coder)


@lru_cache(maxsize=4)
def _template(texts: int) -> bytes:
    """The project's file, made once for all tests."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "proef.narratief"
        project = founding.found(place, author="Anna")
        project.step(message("Fill"), _fill, texts)
        project.close()
        return place.read_bytes()


@lru_cache(maxsize=1)
def in_light() -> None:
    """The look in force, started once as in the program."""
    theme().start("light")


def _fill(session: Session, texts: int) -> None:
    for n in range(texts):
        parts = [f"Gesprek {n + 1}, de opening.\n\n", *STORIES]
        cuts = [0, *(len("".join(parts[:k])) for k in range(1, len(parts) + 1))]
        text = "".join(parts)
        turns = (Turn("I", True, 0, cuts[1] - 1, None), Turn("R", False, cuts[1], len(text) - 1, None))
        document = documents.add(session, Transcript(text, turns), title=f"Gesprek {n + 1}", kind="interview")
        spans = [Span(a, b, counts=a > 0) for a, b in pairwise(cuts)]
        narratives.set_segmentation(session, document, spans)


def code_of(opened: OpenProject, name: str) -> int:
    """The number of a code by its qualified name."""
    with opened.project.read() as session:
        return codes.Lookup(session).code(name).code.id


def narratieven(opened: OpenProject, document: int = 1) -> list[int]:
    """The narratieven of a document that count."""
    with opened.project.read() as session:
        return [n.id for n in narratives.of_document(session, document) if n.counts]


def codings(opened: OpenProject, narratief: int) -> set[str]:
    """What stands in the database on a narratief, as `FACET number` and `FACET –`, whoever gave it."""
    with opened.project.read() as session:
        entries = {e.code.id: f"{e.facet.label} {e.code.number}" for e in codes.entries(session)}
        names = {f.id: f.label for f in codes.facets(session)}
        given = session.scalars(select(Coding.code_id).where(Coding.narratief_id == narratief))
        absent = session.scalars(select(NotMentioned.facet_id).where(NotMentioned.narratief_id == narratief))
        return {entries[c] for c in given} | {f"{names[f]} –" for f in absent}


def give(opened: OpenProject, coder: str, narratief: int, *names: str) -> None:
    """Let somebody give codes."""
    number = opened.project.step(message("Coder"), coding.coder_id, coder)
    wanted = [code_of(opened, name) for name in names]
    opened.project.step(message("Code"), coding.apply, number, [narratief], wanted)
