"""Asks questions for the views: at once, unless the words of the texts must be searched first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from codebook import asking
from codebook.analysis.grid import Respondents
from codebook.query.algebra import Expression
from codebook.query.bits import Ints
from codebook.query.evaluate import Result
from codebook.query.index import ANY
from codebook.query.units import Unit
from codebook.reading import SPEECH, STRUCTURE, load_respondents
from corpora.errors import NarratiefError
from corpora.store.project import Changed, Project
from workbench.jobs import jobs
from workbench.project import OpenProject

Words = tuple[str, bool]
TEXTS = {"document", "narratief", "text_version"}
ANSWERS = TEXTS | {"coding", "not_mentioned", "decision", "code", "facet", "coder", "respondent_group", "attribute",
                   "attribute_value", "saved_query", "turn", "speaker", "respondent"}
"""Tables whose change may change an answer."""

AT_ONCE = 5_000
"""Up to so many narratieven, who speaks in them is read at once."""


class Waiting(Exception):
    """The words of a question are being searched; `Asker.ready` says when to ask again."""


class Asker(QObject):
    """One per place. Questions about codes are answered at once; words are searched in a thread and kept until texts
    change. `ready` comes when a search that was waited for is there; `failed(Message)` when it went wrong. What arrives
    when the place is gone, as after a change of language, is let be."""

    ready = Signal()
    failed = Signal(object)

    def __init__(self, opened: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._found: dict[Words, Sequence[int]] = {}
        self._searching: set[Words] = set()
        self._edition = 0
        self._people: Respondents | None = None
        self._people_asked = False

    def ask(self, expression: str | Expression, unit: Unit = "narratief", codings: str = ANY) -> Result:
        """The answer; QueryError when the question is wrong, Waiting while its words are being searched."""
        return asking.ask(self._opened.reading, expression, unit=unit, codings=codings, text=self.text)

    def text(self, words: str, literal: bool) -> Sequence[int]:
        """Narratieven with these words, or Waiting."""
        wanted = (words, literal)
        if wanted not in self._found:
            self._search(wanted)
            raise Waiting
        return self._found[wanted]

    def people(self) -> Respondents:
        """Who is heard in which narratief, or Waiting while a large project is still being read."""
        reading = self._opened.reading
        if reading.index.n <= AT_ONCE:
            return asking.people(reading)
        if self._people is None:
            self._meet()
            raise Waiting
        return self._people

    def heard(self, slots: Ints) -> int | None:
        """How many respondents are heard in these slots; None while a large project is still being read."""
        reading = self._opened.reading
        if reading.index.n <= AT_ONCE:
            return asking.people(reading).count(slots)
        if self._people is None:
            self._meet()
        return None if self._people is None else self._people.count(slots)

    def _meet(self) -> None:
        if not self._people_asked:
            self._people_asked, edition = True, self._edition
            jobs().run(_read_people, self._opened.project, on_result=lambda pairs: self._met(edition, pairs))

    def _met(self, edition: int, pairs: tuple[Ints, Ints]) -> None:
        if not isValid(self):
            return
        self._people_asked = False
        if edition == self._edition:
            self._people = Respondents.build(self._opened.reading.index, *pairs)
        self.ready.emit()

    def take_in(self, changed: Changed) -> None:
        """Forget what was found in texts that are other ones now."""
        if changed.tables() & (SPEECH | STRUCTURE):
            self._people = None
            self._edition += 1
        if changed.tables() & TEXTS:
            self._edition += 1
            self._found.clear()
            self._searching.clear()

    def _search(self, wanted: Words) -> None:
        if wanted in self._searching:
            return
        self._searching.add(wanted)
        edition = self._edition
        jobs().run(self._look, wanted, on_result=lambda ids: self._arrived(wanted, edition, ids),
                   on_error=lambda error: self._broken(wanted, error))

    def _look(self, _progress: Any, wanted: Words) -> list[int]:
        return self._opened.reading.with_text(*wanted)

    def _arrived(self, wanted: Words, edition: int, ids: list[int]) -> None:
        if edition == self._edition and isValid(self):
            self._searching.discard(wanted)
            self._found[wanted] = ids
            self.ready.emit()

    def _broken(self, wanted: Words, error: BaseException) -> None:
        self._searching.discard(wanted)
        if not isinstance(error, NarratiefError):
            raise error
        if not isValid(self):
            return
        self._found[wanted] = []
        self.failed.emit(error.message)
        self.ready.emit()


def _read_people(_progress: Any, project: Project) -> tuple[Ints, Ints]:
    with project.read() as session:
        return load_respondents(session)
