"""Segmentations for whole documents: proposed by the program, or read from a table of boundaries."""

from __future__ import annotations

from collections.abc import Iterable

from corpora import documents
from corpora.errors import UsageError
from corpora.importing import spans_of
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.tables import Table
from corpora.transcript_types import Transcript, Turn


def transcript_of(project: Project, title: str) -> tuple[int, str, Transcript]:
    """A document of the project as transcript again, with its number and kind."""
    with project.read() as session:
        document = documents.find(session, title)
        turns = tuple(Turn(speaker.label, speaker.interviewer, turn.start, turn.end, turn.seconds)
                      for turn, speaker in documents.turns_of(session, document.id))
        return document.id, document.kind, Transcript(documents.text_of(session, document), turns)


def proposals(project: Project, titles: Iterable[str]) -> dict[str, list[Span]]:
    """The program's proposal for each document."""
    found = {}
    for title in titles:
        _, kind, transcript = transcript_of(project, title)
        found[title] = spans_of(transcript, kind)
    return found


def of_table(table: Table) -> dict[str, list[Span]]:
    """Boundaries per document from a table with the columns `document, start, end` and perhaps `counts` (nee or no:
    geen narratief)."""
    table.require("document", "start", "end")
    found: dict[str, list[Span]] = {}
    for place, row in enumerate(table.dicts(), 2):
        if not (row["start"].isdigit() and row["end"].isdigit()):
            raise UsageError("{file}, row {row}: start and end must be whole numbers.", file=table.name, row=place)
        counts = row.get("counts", "").casefold() not in ("nee", "no", "false", "0")
        found.setdefault(row["document"], []).append(Span(int(row["start"]), int(row["end"]), counts))
    return found
