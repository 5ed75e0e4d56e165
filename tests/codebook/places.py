"""Small real projects for the tests of codebook and coding, and a way to see every logged row of one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from codebook import codebook_files, codes, coding
from codebook.codebook_files import CodeRow
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.base import Base
from corpora.store.project import Project
from corpora.transcript_types import Transcript

Rows = dict[str, list[tuple[Any, ...]]]

TEXT = ("We beginnen om half negen. Dan komt de eerste casus. Iedereen stelt een vraag. "
        "Daarna kiezen we wie het oppakt. Dat helpt echt. Soms loopt het uit.")

CODES = [CodeRow("WAT", "Casus"), CodeRow("WAT", "Stappen", parent="Casus"), CodeRow("WAT", "Steun"),
         CodeRow("WIE", "eigen"), CodeRow("WIE", "burger"), CodeRow("HOE", "positief")]


def project_with_text(folder: Path) -> Project:
    """A project with six codes in three facets and one document, «Gesprek», of four narratieven and a stretch that is
    none."""
    project = Project.create(folder / "proef.narratief", "Tester")
    project.step(message("Begin"), _fill)
    return project


def _fill(session: Session) -> None:
    codebook_files.put(session, CODES)
    document = documents.add(session, Transcript(TEXT, ()), title="Gesprek", kind="interview")
    cuts = [0, *(n + 2 for n, mark in enumerate(TEXT[:-1]) if mark == "."), len(TEXT)][:6]
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    spans[2] = Span(spans[2].start, spans[2].end, counts=False)
    narratives.set_segmentation(session, document, spans)


def code_ids(project: Project) -> dict[str, int]:
    """Label → number of every code."""
    with project.read() as session:
        return {e.code.label: e.code.id for e in codes.entries(session)}


def facet_ids(project: Project) -> dict[str, int]:
    """Label → number of every facet."""
    with project.read() as session:
        return {f.label: f.id for f in codes.facets(session)}


def narratief_ids(project: Project) -> list[int]:
    """The narratieven that count, in order."""
    with project.read() as session:
        return [n.id for n in narratives.of_document(session, 1) if n.counts]


def coder(project: Project, name: str) -> int:
    """The coder's number, made when new."""
    return project.step(message("Coder"), coding.coder_id, name)


def dump(project: Project) -> Rows:
    """Every row of every table that the change log keeps."""
    tables = [t for m in Base.registry.mappers if m.class_.__logged__ and isinstance(t := m.local_table, Table)]
    with project.engine.connect() as connection:
        return {t.name: [tuple(row) for row in connection.execute(select(t).order_by(t.c.id))] for t in tables}


def there_and_back(project: Project, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do a step, undo, redo, undo and redo it; each must give exactly the rows of before or after."""
    before = dump(project)
    result = project.step(message("Step"), operation, *args, **kwargs)
    after = dump(project)
    assert after != before, "the step did nothing"
    for _ in range(2):
        assert str(project.undo()) == "Step"
        assert dump(project) == before
        assert str(project.redo()) == "Step"
        assert dump(project) == after
    return result
