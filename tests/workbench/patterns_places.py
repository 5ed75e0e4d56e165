"""A project with patterns for the tests of the place Patronen, and helpers that look into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codebook import evidence, founding, memos, patterns, questions
from corpora.messages import message
from corpora.store.project import Project
from tests.workbench.test_questions import fill
from workbench import i18n
from workbench.panels.patterns import PatternsPanel
from workbench.project import OpenProject


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    project: Project = founding.found(tmp_path / "patronen.narratief", author="Anna")
    project.step(message("Fill"), fill)
    project.step(message("Ask"), questions.add_deelvraag, "1 Wat werkt", "Wat werkt er?")
    project.step(message("Ask"), questions.add_deelvraag, "2 Wat beter kan")
    made = OpenProject(project, "Anna")
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> PatternsPanel:
    made = PatternsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1240, 660)
    made.show()
    qtbot.waitExposed(made)
    return made


def do(opened: OpenProject, operation: Any, *args: Any, **kwargs: Any) -> Any:
    return opened.project.step(message("Do"), operation, *args, **kwargs)


def some_board(opened: OpenProject) -> list[int]:
    """A theme and three patterns, none grouped: Rust, Tijd, Steun; the numbers of the patterns."""
    do(opened, patterns.add_theme, 1, "Ruimte")
    return [do(opened, patterns.add, opened.coder_id, 1, label, kind=kind)
            for label, kind in (("Rust", "needs"), ("Tijd", "wants"), ("Steun", ""))]


def board(opened: OpenProject, deelvraag: int = 1) -> dict[str, list[str]]:
    """What stands in each column in the project."""
    with opened.project.read() as session:
        return {label: [p.label for p in patterns.column(session, deelvraag, number)] for label, number in [
            ("", None), *((theme.label, theme.id) for theme in patterns.themes(session, deelvraag))]}


def rows(opened: OpenProject, pattern: int) -> list[tuple[str, str, str]]:
    """The evidence behind a pattern: place, direction, note."""
    with opened.project.read() as session:
        return [(line.place, line.direction, line.note)
                for line in evidence.lines(session, [pattern]).get(pattern, [])]


def quote_of(opened: OpenProject, words: str, document: int = 1) -> int:
    """Keep words of a document as citaat."""
    from corpora import documents
    from corpora.models import Document

    with opened.project.read() as session:
        start = documents.text_of(session, session.get_one(Document, document)).index(words)
    return int(do(opened, memos.quote, opened.coder_id, document, start, start + len(words)))
