"""A new project with a codebook in it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from codebook import codebook_files, library
from corpora.messages import message
from corpora.models import ProjectInfo
from corpora.store.project import Project

DEFAULT = "narratieve-analyse"
EMPTY = "leeg"


def found(place: str | Path, *, codebook: str = DEFAULT, author: str = "", title: str = "") -> Project:
    """Make a project with a shipped codebook (by name), one from a file, or none (`leeg`); never overwrites."""
    rows = codebook_rows(codebook)
    project = Project.create(place, author)
    try:
        project.step(message("New project with codebook {codebook}", codebook=Path(codebook).name), _begin,
                     title or project.name, rows, shipped=codebook in library.names())
    except BaseException:
        project.unmake()
        raise
    return project


def codebook_rows(codebook: str) -> list[codebook_files.CodeRow]:
    """The rows of a codebook: `leeg`, a shipped name, or a file."""
    if codebook == EMPTY:
        return []
    return library.read(codebook) if codebook in library.names() else codebook_files.read(Path(codebook))


def _begin(session: Session, title: str, rows: list[codebook_files.CodeRow], *, shipped: bool) -> None:
    session.add(ProjectInfo(id=1, title=title))
    codebook_files.put(session, rows, shipped=shipped)
