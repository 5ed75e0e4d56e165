"""A kept grid as it stands now: counts, the question of every cell, how far each is, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from sqlalchemy.orm import Session

from codebook import asking, grids
from codebook.analysis.axes import Fold
from codebook.analysis.grid import Counted, counted
from codebook.grids import ANSWERED, EMPTY, OPEN, READ, Axis, CellNote, Chosen, Combination
from codebook.models import GridTemplate
from codebook.query.catalogue import CodeName
from codebook.query.evaluate import TextSearch
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.messages import Message, message

Place = tuple[int, ...]
"""A cell: for each facet, in order, which of its codes."""

BELOW = " ↓"
"""Stands behind the label of a code that is counted with its sub-codes."""


@dataclass(frozen=True)
class GridAxis:
    """A facet of a grid: its name, and its codes with labels and what they stand for in the index."""

    facet_id: int
    facet: str
    chosen: tuple[Chosen, ...]
    labels: tuple[str, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True)
class Standing:
    """How far a cell is. `new` and `gone` count the narratieven that it got and lost since it was marked."""

    status: str
    interpretation: str = ""
    new: int = 0
    gone: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether its narratieven are other ones than when it was marked."""
        return bool(self.new or self.gone)

    @property
    def is_handled(self) -> bool:
        """Whether it was read or answered, and nothing came or went since."""
        return self.status in (READ, ANSWERED, EMPTY) and not self.is_changed


@dataclass(frozen=True)
class Progress:
    """How many cells are handled, of those that hold narratieven; the others are *leeg* by themselves."""

    handled: int = 0
    total: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(self.handled + other.handled, self.total + other.total)


class WorkGrid:
    """The cells of a grid with counts, statuses and narratieven. Made anew after every change; holds no copies of the
    texts, and looks documents and respondents up cell by cell. UsageError without a facet that has codes."""

    def __init__(self, reading: Reading, axes: Sequence[GridAxis], *, codings: str = "any", where: str | None = None,
                 notes: Mapping[Combination, CellNote] | None = None, text: TextSearch | None = None,
                 standing: Counted | None = None) -> None:
        if not axes:
            raise UsageError("There are no codes to combine yet. Make codes first, or import a codebook.")
        self.reading, self.axes, self.codings, self.where = reading, tuple(axes), codings, where
        self.counted: Counted = standing or counted(
            reading.index, [a.folds for a in axes], codings=reading.codings(codings),
            where=asking.within(reading, where, codings, text))
        self._notes = notes or {}

    def with_notes(self, notes: Mapping[Combination, CellNote]) -> WorkGrid:
        """The same counts with other notes: nothing is counted again."""
        return WorkGrid(self.reading, self.axes, codings=self.codings, where=self.where, notes=notes,
                        standing=self.counted)

    @property
    def counts(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """Narratieven per cell, a dimension per facet."""
        return self.counted.counts

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return int(self.counts.size)

    def places(self) -> Iterator[Place]:
        """All cells, the last facet running fastest."""
        return product(*(range(len(axis.labels)) for axis in self.axes))

    def labels(self, place: Place) -> tuple[str, ...]:
        """The codes of a cell."""
        return tuple(axis.labels[at] for axis, at in zip(self.axes, place, strict=True))

    def combination(self, place: Place) -> Combination:
        """What a note on this cell hangs on."""
        return frozenset(axis.chosen[at] for axis, at in zip(self.axes, place, strict=True))

    def ids(self, place: Place) -> list[int]:
        """The narratieven of a cell, in order of title and nr."""
        found: list[int] = self.reading.index.narratief_id[self.counted.slots(place)].tolist()
        return found

    def documents(self, place: Place) -> int:
        """How many documents a cell's narratieven come from."""
        return self.reading.index.document_count(self.counted.slots(place)) if self.counts[place] else 0

    def respondents(self, place: Place) -> int:
        """How many respondents are heard in a cell's narratieven."""
        return asking.people(self.reading).count(self.counted.slots(place)) if self.counts[place] else 0

    @cached_property
    def noted(self) -> dict[Place, Standing]:
        """The cells of this grid with which something was done."""
        at = [{chosen: n for n, chosen in enumerate(axis.chosen)} for axis in self.axes]
        found: dict[Place, Standing] = {}
        for combination, note in self._notes.items():
            place = [next((where[c] for c in combination if c in where), -1) for where in at]
            if len(combination) == len(at) and min(place) >= 0:
                found[tuple(place)] = self._standing(tuple(place), note)
        return found

    def _standing(self, place: Place, note: CellNote) -> Standing:
        status = EMPTY if note.status == OPEN and not self.counts[place] else note.status
        if note.status == OPEN:
            return Standing(status, note.interpretation)
        present = frozenset(self.ids(place))
        return Standing(status, note.interpretation, len(present - note.seen), note.count - len(note.seen & present))

    def standing(self, place: Place) -> Standing:
        """How far a cell is."""
        return self.noted.get(place) or Standing(OPEN if self.counts[place] else EMPTY)

    @property
    def progress(self) -> Progress:
        """How far the grid is."""
        handled = sum(standing.is_handled for place, standing in self.noted.items() if self.counts[place])
        return Progress(handled, int(np.count_nonzero(self.counts)))

    def question(self, place: Place) -> Message:
        """The question that a cell asks."""
        return question([axis.facet for axis in self.axes], self.labels(place))

    def expression(self, place: Place) -> str:
        """The cell as a question of the query language: it finds the same narratieven."""
        terms = [_term(self.reading, axis.chosen[at]) for axis, at in zip(self.axes, place, strict=True)]
        return " and ".join([*terms, f"({self.where})"] if self.where else terms)


def _term(reading: Reading, chosen: Chosen) -> str:
    code, below = chosen
    spelled = reading.catalogue.spelled(code)
    return f"down({spelled})" if below else spelled


def axes(reading: Reading, wanted: Sequence[Axis]) -> list[GridAxis]:
    """The facets of a grid with the labels that their codes have now."""
    facets = {facet.id: facet.label for facet in reading.catalogue.facets}
    names = {code.id: code for code in asking.ordered_codes(reading)}
    made = []
    for axis in wanted:
        chosen = axis.codes if axis.codes is not None else tuple(
            (code.id, False) for code in names.values() if code.facet_id == axis.facet_id)
        made.append(_axis(reading, facets[axis.facet_id], axis.facet_id, [c for c in chosen if c[0] in names], names))
    return made


def _axis(reading: Reading, facet: str, facet_id: int, chosen: Sequence[Chosen],
          names: Mapping[int, CodeName]) -> GridAxis:
    return GridAxis(facet_id, facet, tuple(chosen),
                    tuple(names[code].label + (BELOW if below else "") for code, below in chosen),
                    tuple(tuple(reading.catalogue.below(code)) if below else code for code, below in chosen))


def work_grid(reading: Reading, session: Session, template_id: int, text: TextSearch | None = None) -> WorkGrid:
    """A kept grid as it stands now."""
    kept = session.get_one(GridTemplate, template_id)
    return WorkGrid(reading, axes(reading, grids.axes_of(session, template_id)), codings=kept.codings,
                    where=kept.condition or None, notes=grids.notes_of(session, template_id), text=text)


def everything(reading: Reading, codings: str = "any") -> WorkGrid:
    """The grid of all codes of all facets."""
    used = {code.facet_id for code in reading.catalogue.codes}
    return WorkGrid(reading, axes(reading, [Axis(f.id) for f in reading.catalogue.facets if f.id in used]),
                    codings=codings)


def of_named(reading: Reading, found: asking.NamedGrid) -> WorkGrid:
    """A grid that was asked for by names, with its narratieven."""
    wanted = [Axis(reading.catalogue.facet(facet).id, tuple((code, False) for code in axis if isinstance(code, int)))
              for facet, axis in zip(found.facets, found.grid.axes, strict=True)]
    return WorkGrid(reading, axes(reading, wanted), codings=found.codings)


_KNOWN = {"WAT": "what", "WIE": "who", "HOE": "how"}
"""The part that a facet of the instrument plays in a question."""


def question(facets: Sequence[str], labels: Sequence[str]) -> Message:
    """What a combination asks. Facets of another instrument are named with their code."""
    parts: dict[str, str] = {}
    others: list[str] = []
    for facet, label in zip(facets, labels, strict=True):
        role = _KNOWN.get(facet.upper())
        if role is None or role in parts:
            others.append(f"{facet}: {label}")
        else:
            parts[role] = label
    asked = _known_question(parts)
    if not others:
        return asked
    if not parts:
        return message("What do narratieven about *{others}* say?", others=", ".join(others))
    return message("{question} ({others})", question=asked, others=", ".join(others))


def _known_question(parts: dict[str, str]) -> Message:
    what, who, how = parts.get("what", ""), parts.get("who", ""), parts.get("how", "")
    match (bool(what), bool(who), bool(how)):
        case (True, True, True):
            return message("What do narratieven from *{who}* say about *{what}*, told as *{how}*?", who=who, what=what,
                           how=how)
        case (True, True, False):
            return message("What do narratieven from *{who}* say about *{what}*?", who=who, what=what)
        case (True, False, True):
            return message("What do narratieven say about *{what}*, told as *{how}*?", what=what, how=how)
        case (False, True, True):
            return message("What do narratieven from *{who}* say, told as *{how}*?", who=who, how=how)
        case (False, True, False):
            return message("What do narratieven from *{who}* say?", who=who)
        case (False, False, True):
            return message("What is told as *{how}*?", how=how)
    return message("What do narratieven say about *{what}*?", what=what)
