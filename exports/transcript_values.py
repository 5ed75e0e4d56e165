"""A coded transcript as values: its text in passages, with what belongs beside each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from codebook import asking, coded
from codebook.query.index import ANY
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.models import Document, RespondentGroup


@dataclass(frozen=True)
class Run:
    """Words spoken by one side; what belongs to no turn (labels, headings) is neither."""

    text: str
    interviewer: bool = False


@dataclass(frozen=True)
class FacetCodes:
    """The codes of one facet; `place` is the facet's place in the codebook, from 1."""

    label: str
    place: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What stands beside a narratief: codes, facets that are *niet genoemd*, memos with their coder."""

    codes: tuple[FacetCodes, ...] = ()
    absent: tuple[str, ...] = ()
    memos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A stretch of the text. `nr` is None outside the narratieven; `excluded` is *geen narratief*."""

    nr: int | None
    excluded: bool
    runs: tuple[Run, ...]
    codes: tuple[FacetCodes, ...] = ()
    absent: tuple[str, ...] = ()
    memos: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class CodedTranscript:
    """A document with its codes, ready to be set on a page. `codings` says whose count."""

    title: str
    kind: str
    group: str
    codings: str
    passages: tuple[Passage, ...]


def coded_transcript(reading: Reading, title: str, codings: str = ANY) -> CodedTranscript:
    """A document with the codes of its narratieven; NotFoundError when there is no such document."""
    with reading.project.read() as session:
        document = documents.find(session, title)
        group = session.get(RespondentGroup, document.group_id) if document.group_id else None
        passages = tuple(_passages(session, reading, document, codings))
    return CodedTranscript(document.title, document.kind, group.label if group else "", codings, passages)


def _passages(session: Session, reading: Reading, document: Document, codings: str) -> Iterator[Passage]:
    text = documents.text_of(session, document)
    pieces = narratives.of_document(session, document.id)
    numbered = narratives.numbers(pieces)
    beside = _beside(session, reading, document.id, codings)
    turns = [(turn.start, turn.end, speaker.interviewer) for turn, speaker in
             documents.turns_of(session, document.id)]
    at = 0
    for piece in pieces:
        if text[at:piece.start].strip():
            yield Passage(None, False, _runs(text, turns, at, piece.start))
        runs = _runs(text, turns, piece.start, piece.end)
        if piece.counts:
            one = beside[piece.id]
            yield Passage(numbered[piece.id], False, runs, one.codes, one.absent, one.memos)
        else:
            yield Passage(None, True, runs)
        at = piece.end
    if text[at:].strip():
        yield Passage(None, False, _runs(text, turns, at, len(text)))


def _runs(text: str, turns: Sequence[tuple[int, int, bool]], start: int, end: int) -> tuple[Run, ...]:
    """The words of a stretch, cut where the interviewer begins and ends; white space at its edges is left out."""
    start, end = narratives.trimmed(text, start, end)
    found, at = [], start
    for begin, stop, interviewer in turns:
        if interviewer and begin < end and stop > at:
            found += [Run(text[at:max(at, begin)]), Run(text[max(at, begin):min(stop, end)], True)]
            at = min(stop, end)
    return tuple(run for run in (*found, Run(text[at:end])) if run.text)


def _beside(session: Session, reading: Reading, document_id: int, codings: str) -> dict[int, Beside]:
    """What stands beside the narratieven of a document that count."""
    whose = reading.codings(codings)
    pieces = [n for n in coded.of_document(session, document_id, reading.veil) if n.nr is not None]
    facets = {f.id: (f.label, place) for place, f in enumerate(reading.catalogue.facets, 1)}
    coders = {c.id: c.name for c in reading.catalogue.coders if not isinstance(whose, int) or c.id == whose}
    given = {one.id: one.codes for one in asking.shown(reading, [n.id for n in pieces], codings=codings)}
    return {n.id: Beside(
        tuple(FacetCodes(label, place, own) for label, place in facets.values()
              if (own := _labels(given[n.id], label))),
        tuple(label for number, (label, _) in facets.items()
              if any(facet == number and who in coders for who, facet in n.absent)),
        tuple(f"{coders[who]}: {body}" for who, body in sorted(n.memos.items()) if who in coders)) for n in pieces}


def _labels(given: Sequence[str], facet: str) -> tuple[str, ...]:
    return tuple(code.partition(":")[2] for code in given if code.partition(":")[0] == facet)
