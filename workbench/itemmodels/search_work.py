"""Searching the texts in the background: words in a thread, patterns in the worker process (no Qt here).

A pattern can take for ever on one passage and holds Python's lock all the while, so that a thread would freeze the
window; the process is ended when the user has had enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import corpora.models  # noqa: F401  # the worker process must know the tables
from corpora import search
from corpora.search import Hit
from corpora.store.project import Project

if TYPE_CHECKING:
    from workbench.jobs import Progress

MOST_HITS = 50_000
"""More places than anybody reads; a search ends there."""


@dataclass(frozen=True)
class Searched:
    """What was found for `words`; `cut` when there may be more."""

    words: str
    hits: Sequence[Hit]
    cut: bool = False


def has_pattern(words: str) -> bool:
    """Whether a regular expression is among what is searched for."""
    return any(part.kind == "pattern" for part in search.parts_of(words))


def warm(_progress: Progress, project: Project) -> None:
    """Read the tables of word forms, which the first search would wait for."""
    with project.read() as session:
        search.term_of(session, "", "", "woord")


def look(progress: Progress, project: Project, words: str) -> Searched:
    """Search in this process."""
    with project.read() as session:
        hits = search.find(session, words, most=MOST_HITS, report=progress)
    return Searched(words, hits, len(hits) >= MOST_HITS)


def look_apart(progress: Progress, place: str, words: str) -> Searched:
    """Search in a process of its own, which opens the project at `place` for this."""
    project = Project.open(place)
    try:
        return look(progress, project, words)
    finally:
        project.close()


def place_of(project: Project) -> str:
    """Where another process finds the project."""
    return str(project.path) if project.path else project.engine.url.render_as_string(hide_password=False)
