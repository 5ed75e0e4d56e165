"""Agreement of the coders of a project, by name: what the command line and the window both show.

Coding and segmentation are measured apart. A narratief counts for a coder who is *klaar* with its document, or who gave
it a code or *niet genoemd*: then every code not given is absent. For any other coder it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import asking
from codebook.agreeing_notes import facet_meaning, notes_on_coding, notes_on_segmentation
from codebook.analysis import agreement as measures
from codebook.analysis.agreement import CodeAgreement, Marks, SetAgreement
from codebook.analysis.agreement_intervals import ROUNDS
from codebook.analysis.agreement_sets import mv_alpha
from codebook.analysis.segment_agreement import Compared, Cuts, compare, cuts_of_spans
from codebook.models import Coder, Coding, Done, NotMentioned
from codebook.query import bits
from codebook.query.bits import Ints
from codebook.query.catalogue import CodeName, CoderName
from codebook.reading import Reading
from corpora import documents
from corpora.errors import UsageError
from corpora.messages import Message
from corpora.models import Document, OwnBoundary
from corpora.sentences import sentences


@dataclass(frozen=True)
class NamedCode:
    """A code's agreement with its name."""

    facet: str
    code: str
    found: CodeAgreement


@dataclass(frozen=True)
class NamedPair:
    """Two of the coders, with the narratieven that both looked at; `alpha` is mv-alpha over all codes."""

    coders: tuple[str, str]
    n: int
    codes: tuple[NamedCode, ...]
    alpha: float | None = None


@dataclass(frozen=True)
class NamedFacet:
    """A facet's agreement with its name, and in plain words what it means and what not."""

    facet: str
    found: SetAgreement
    meaning: Message


@dataclass(frozen=True)
class NamedSegmentation:
    """Agreement between coders' own segmentations; `found` is None when no text was cut by two of them."""

    coders: tuple[str, ...]
    found: Compared | None
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreement:
    """Agreement of coders on `n` narratieven that two or more looked at, of `total`; `looked` says how many each coder
    looked at. `drawn` is what intervals draw: `document` or `narratief`, so many `rounds`."""

    coders: tuple[str, ...]
    where: str | None
    n: int
    total: int
    looked: Mapping[str, int]
    drawn: str
    rounds: int
    codes: tuple[NamedCode, ...]
    pairs: tuple[NamedPair, ...]
    facets: tuple[NamedFacet, ...]
    overall: SetAgreement
    meaning: Message
    segmentation: NamedSegmentation
    notes: tuple[Message, ...]


def called(found: Agreement, names: Mapping[str, str]) -> Agreement:
    """The same figures with the coders called otherwise, as by numbers while they are anonymous."""
    def one(name: str) -> str:
        return names.get(name, name)

    cut = found.segmentation
    return replace(
        found, coders=tuple(map(one, found.coders)), looked={one(name): n for name, n in found.looked.items()},
        pairs=tuple(replace(pair, coders=(one(pair.coders[0]), one(pair.coders[1]))) for pair in found.pairs),
        segmentation=replace(cut, coders=tuple(map(one, cut.coders)),
                             pairs={(one(a), one(b)): value for (a, b), value in cut.pairs.items()}))


Progress = Callable[[float, float, str], object]
"""Told how much is done of how much, and with what; may raise to stop."""


def agreement(reading: Reading, coders: Sequence[str] = (), where: str | None = None,
              progress: Progress | None = None) -> Agreement:
    """Measure agreement of the named coders, or of all who coded; UsageError with fewer than two of them.

    `where` confines coding, not segmentation, to the narratieven that answer an expression.
    """
    chosen = chosen_coders(reading, coders)
    codes = asking.ordered_codes(reading)
    marks = read_marks(reading, chosen, codes, slots_of(reading, where))
    names = tuple(coder.name for coder in chosen)
    pairs = measures.pairs_of(marks)
    steps = _Steps(progress, len(reading.catalogue.facets) + len(pairs) + 3)
    steps.next("")
    by_code = _named(reading, codes, measures.code_agreements(marks))
    facets = _facets(reading, codes, marks, steps)
    steps.next("∑")
    overall = measures.set_agreement(marks, range(len(codes)), distances=False)
    named_pairs = _pairs(reading, codes, marks, names, pairs, steps)
    steps.next("")
    cut = segmentation(reading, coders)
    notes = [*notes_on_coding(marks, by_code, {facet.facet: facet.found for facet in facets}, overall),
             *notes_on_segmentation(cut.found, where)]
    return Agreement(
        names, where, marks.n, marks.documents.size,
        dict(zip(names, marks.looked.sum(axis=1).tolist(), strict=True)),
        "document" if marks.by_document else "narratief", ROUNDS, by_code, named_pairs, facets, overall,
        facet_meaning(overall, marks.n), cut, tuple(notes))


class _Steps:
    """Tells how far the work is, before each part of it."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def next(self, text: str) -> None:
        """Another part begins."""
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total, text)
        self._done += 1


def chosen_coders(reading: Reading, names: Sequence[str]) -> list[CoderName]:
    """The named coders, each once, or all who coded something or are *klaar* somewhere."""
    catalogue = reading.catalogue
    if names:
        chosen = list(dict.fromkeys(catalogue.coder(name) for name in names))
    else:
        active = active_coders(reading)
        chosen = [coder for coder in catalogue.coders if coder.id in active]
    if not chosen:
        raise UsageError("Agreement needs at least two coders, and nobody has coded here yet.")
    if len(chosen) < 2:
        raise UsageError("Agreement needs at least two coders; here is {coders}.",
                         coders=", ".join(coder.name for coder in chosen) or "–")
    return chosen


def active_coders(reading: Reading) -> set[int]:
    """The coders who coded something or are *klaar* somewhere."""
    with reading.project.read() as session:
        return {coder for model in (Coding, NotMentioned, Done)
                for coder in session.scalars(select(model.coder_id).distinct())}


def slots_of(reading: Reading, where: str | None = None) -> Ints:
    """The narratieven that answer an expression, or all, as the index numbers them, in canonical order; those that
    blind coding hides are left out."""
    inside = asking.within(reading, where)
    live = reading.index.of_documents(sorted(reading.veil.open)) if reading.veil.on else reading.index.live
    slots = reading.index.slots(live if inside is None else live & inside)
    if reading.veil.on:
        # What blind coding hides cannot be told from what was not given.
        slots = slots[~np.isin(slots, reading.hidden_slots())]
    return slots.astype(np.int64)


def read_marks(reading: Reading, coders: Sequence[CoderName], codes: Sequence[CodeName], slots: Ints) -> Marks:
    """Which of the narratieven coders looked at, and which codes they gave."""
    index = reading.index
    given = np.zeros((len(coders), slots.size, len(codes)), dtype=np.bool_)
    looked = np.zeros((len(coders), slots.size), dtype=np.bool_)
    finished = _finished(reading)
    for at, coder in enumerate(coders):
        for k, code in enumerate(codes):
            given[at, :, k] = bits.unpack(index.column(code.id, coder.id))[slots]
        absent = [bits.unpack(index.not_mentioned(facet.id, coder.id))[slots] for facet in reading.catalogue.facets]
        whole = bits.unpack(index.of_documents(finished.get(coder.id, [])))[slots]
        looked[at] = np.any([whole, given[at].any(axis=1), *absent], axis=0)
    return Marks(looked, given, index.document_numbers[slots].astype(np.int64))


def _finished(reading: Reading) -> dict[int, list[int]]:
    """Coder → the documents they are *klaar* with."""
    found: dict[int, list[int]] = {}
    with reading.project.read() as session:
        for coder, document in session.execute(select(Done.coder_id, Done.document_id)):
            found.setdefault(coder, []).append(document)
    return found


def _named(reading: Reading, codes: Sequence[CodeName], found: Sequence[CodeAgreement]) -> tuple[NamedCode, ...]:
    facets = {facet.id: facet.label for facet in reading.catalogue.facets}
    return tuple(NamedCode(facets[code.facet_id], code.label, one) for code, one in zip(codes, found, strict=True))


def _pairs(reading: Reading, codes: Sequence[CodeName], marks: Marks, names: Sequence[str],
           pairs: Sequence[tuple[int, int]], steps: _Steps) -> tuple[NamedPair, ...]:
    found = []
    for a, b in pairs:
        steps.next(f"{names[a]} – {names[b]}")
        two = marks.of_coders([a, b])
        each = measures.code_agreements(two, intervals=False)
        found.append(NamedPair((names[a], names[b]), two.n, _named(reading, codes, each),
                               mv_alpha(two.sets(range(len(codes))))))
    return tuple(found)


def _facets(reading: Reading, codes: Sequence[CodeName], marks: Marks, steps: _Steps) -> tuple[NamedFacet, ...]:
    found = []
    for facet in reading.catalogue.facets:
        steps.next(facet.label)
        one = measures.set_agreement(marks, [k for k, code in enumerate(codes) if code.facet_id == facet.id])
        found.append(NamedFacet(facet.label, one, facet_meaning(one, marks.n)))
    return tuple(found)


# -- segmentation --------------------------------------------------------------------------------------------------


def segmentation(reading: Reading, names: Sequence[str] = ()) -> NamedSegmentation:
    """Compare the own segmentations of the named coders, or of all who made one, at the places between sentences."""
    wanted = {reading.catalogue.coder(name).id for name in names}
    with reading.project.read() as session:
        who = {coder.uuid: coder.name for coder in session.scalars(select(Coder).order_by(Coder.name))
               if not names or coder.id in wanted}
        spans = _own_spans(session, set(who))
        involved = {uuid for by_coder in spans.values() for uuid in by_coder}
        order = [uuid for uuid in who if uuid in involved]
        texts = [_cuts(session, document, by_coder, order) for document, by_coder in sorted(spans.items())
                 if len(by_coder) >= 2 and not reading.veil.hides(document)]
    found = compare(texts)
    coders = tuple(who[uuid] for uuid in order)
    pairs = {} if found is None else {(coders[a], coders[b]): value for (a, b), value in found.pairs.items()}
    return NamedSegmentation(coders, found, pairs)


def _own_spans(session: Session, coders: set[UUID]) -> dict[int, dict[UUID, list[tuple[int, int]]]]:
    """Document → coder → stretches."""
    found: dict[int, dict[UUID, list[tuple[int, int]]]] = {}
    rows = session.execute(select(OwnBoundary.document_id, OwnBoundary.coder_uuid, OwnBoundary.start, OwnBoundary.end)
                           .order_by(OwnBoundary.document_id, OwnBoundary.start))
    for document, coder, start, end in rows:
        if coder in coders:
            found.setdefault(document, {}).setdefault(coder, []).append((start, end))
    return found


def _cuts(session: Session, document_id: int, spans: Mapping[UUID, Sequence[tuple[int, int]]],
          order: Sequence[UUID]) -> list[Cuts | None]:
    text = documents.text_of(session, session.get_one(Document, document_id))
    positions = sentences(text)
    return [cuts_of_spans(spans[uuid], positions) if uuid in spans else None for uuid in order]


# -- the narratieven behind a number --------------------------------------------------------------------------------

Behind = Literal["both", "only_a", "only_b", "neither", "units", "apart", "n", "alone", "missing"]
"""`both` and `neither` hold for all who looked, when there are more than two; `apart`: some gave it and some did not;
`alone`: fewer than two looked; `missing`: two looked, but not all."""


def behind(reading: Reading, coders: Sequence[str], what: Behind, codes: Sequence[int] = (),
           where: str | None = None) -> list[int]:
    """The narratieven behind a number, in order; of several codes it is enough that one is apart, given by anybody."""
    chosen, slots = chosen_coders(reading, coders), slots_of(reading, where)
    ordered = asking.ordered_codes(reading)
    marks = read_marks(reading, chosen, ordered, slots)
    found = measures.units_of(marks, what, [k for k, code in enumerate(ordered) if code.id in set(codes)])
    return [int(n) for n in reading.index.narratief_id[slots[found]].tolist()]
