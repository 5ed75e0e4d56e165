"""Opening projects for the command line."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

# The models must be known before a project is made or opened.
import codebook.models  # noqa: F401
import corpora.models  # noqa: F401
from corpora.messages import Translator
from corpora.models import ProjectInfo
from corpora.store import server
from corpora.store.project import Project


def user_name() -> str:
    """Who works at the keyboard, for the change log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def shown_place(place: str) -> str:
    """A file or an address as it may be shown: without password."""
    return server.bare(place) if "://" in place else place


@contextmanager
def opened(place: str, author: str = "") -> Iterator[Project]:
    """A project, closed again at the end."""
    project = Project.open(place, author or user_name())
    try:
        yield project
    finally:
        project.close()


def project_translator(project: Project) -> Translator:
    """The translator of the project's own language, for sheets and heads."""
    with project.read() as session:
        info = session.get(ProjectInfo, 1)
    return Translator(info.language if info else "nl")
