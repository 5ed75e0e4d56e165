"""A small real project for the tests of the place CMO: two documents, a kernelement, codes with parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codebook import cmo, codes, coding, founding, memos
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.transcript_types import Transcript
from workbench.project import OpenProject

DIALOGUE, CASES = "Dialogisch werken", "Casusleren in een team"
STORIES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "Gesprek 1": ("Leercoaches", [
        ("WAT:Dialogisch werken", "WAT:Werkzame factor", "WIE:burger"),
        ("WAT:Dialogisch werken", "WAT:Belemmerende factor", "WIE:facilitator"),
        ("WAT:Dialogisch werken", "WAT:Outcome", "WIE:burger", "WIE:facilitator"),
        ("WAT:Casus Leren", "WAT:Werkzame factor", "WIE:burger")]),
    "Gesprek 2": ("Managers", [
        ("WAT:Dialogisch werken", "WAT:Casus Leren", "WAT:Werkzame factor", "WAT:Outcome", "WIE:burger"),
        ("WAT:Outcome", "WIE:burger"),
        ("WAT:Dialogisch werken",)])}


def founded(folder: Path, filled: bool = True) -> OpenProject:
    """The project, with its narratieven coded by Anna."""
    project = founding.found(folder / "cmo.narratief", author="Anna")
    if filled:
        project.step(message("Fill"), _fill)
    return OpenProject(project, "Anna")


def _fill(session: Any) -> None:
    coder, lookup = coding.coder_id(session, "Anna"), codes.Lookup(session)
    for title, (group, stories) in STORIES.items():
        lines = [f"{title}, verhaal {n}: toen gebeurde er iets." for n in range(1, len(stories) + 1)]
        text = "\n".join(lines)
        document = documents.add(session, Transcript(text, ()), title=title, kind="interview", group=group)
        spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
        narratives.set_segmentation(session, document, spans)
        own = narratives.of_document(session, document)
        for one, names in zip(own, stories, strict=True):
            coding.apply(session, coder, [one.id], [lookup.code(name).code.id for name in names])
        memos.quote(session, coder, document, own[0].start + 11, own[0].start + 20)


def ids(opened: OpenProject) -> list[int]:
    """All narratieven, in order of title and nr."""
    return [int(n) for n in opened.reading.index.ids(opened.reading.index.live)]


def configured(opened: OpenProject, kernelement: int) -> int:
    """A configuration with a context, a resource and an outcome; the reasoning is missing."""
    def make(session: Any) -> int:
        coder = coding.coder_id(session, "Anna")
        number = cmo.add(session, coder, kernelement, "Gehoord worden")
        cmo.add_element(session, number, "context", "er is tijd", valence=1)
        cmo.add_element(session, number, "mechanisme-hulpbron", "iedereen komt aan het woord")
        cmo.add_element(session, number, "outcome", "durft te vragen", actor="professional")
        return number

    return opened.project.step(message("Configure"), make)
