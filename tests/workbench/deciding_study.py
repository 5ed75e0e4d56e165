"""A study that two or three coders coded differently, for the tests of Verschillen and Overeenstemming."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from codebook import codes, coding, founding
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript

WAT = ("Werkzame factor", "Outcome", "Autonomie")
PER_DOCUMENT = 15


def make(folder: Path, differing: int = 40, alike: int = 5, coders: Sequence[str] = ("Noor", "Sem")) -> Project:
    """A project with so many narratieven on which the coders differ in WAT, all agree in HOE, and some more on which
    they agree in both. Narratieven stand in documents of fifteen."""
    project = founding.found(folder / "verschillen.narratief", author="Mirthe")
    project.step(message("Fill"), _fill, differing, alike, tuple(coders))
    return project


def _fill(session: Session, differing: int, alike: int, coders: Sequence[str]) -> None:
    names = {(e.facet.label, e.code.label): e.code.id for e in codes.entries(session)}
    ids = _narratieven(session, differing + alike)
    for n, who in enumerate(coders):
        coder = coding.coder_id(session, who)
        for at, narratief in enumerate(ids):
            wat = WAT[0] if at >= differing else WAT[n % 2]
            coding.apply(session, coder, [narratief], [names["WAT", wat], names["HOE", "positief"]])


def _narratieven(session: Session, total: int) -> list[int]:
    found: list[int] = []
    for first in range(0, total, PER_DOCUMENT):
        lines = [f"Verhaal {n + 1}: we zaten aan tafel en het viel op zijn plek."
                 for n in range(first, min(total, first + PER_DOCUMENT))]
        text = "\n".join(lines)
        document = documents.add(session, Transcript(text, ()), title=f"Gesprek {first // PER_DOCUMENT + 1}",
                                 kind="interview")
        starts = [text.index(line) for line in lines]
        narratives.set_segmentation(session, document, [Span(a, a + len(line)) for a, line in
                                                        zip(starts, lines, strict=True)])
        found += [one.id for one in narratives.of_document(session, document)]
    return found


def code_ids(project: Project) -> dict[str, int]:
    """Label → number of every code."""
    with project.read() as session:
        return {e.code.label: e.code.id for e in codes.entries(session)}


def nrs(answer: Any) -> list[tuple[str, int]]:
    """Where the narratieven of an answer stand."""
    return [(one.document, one.nr) for one in answer.narratieven]
