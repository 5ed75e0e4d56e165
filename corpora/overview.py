"""The material at a glance: one row per document, read with a handful of counting queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from corpora import attributes, documents
from corpora.models import (
    Attribute,
    Document,
    Narratief,
    Pseudonym,
    Respondent,
    RespondentGroup,
    Speaker,
    TextContent,
    Turn,
)
from corpora.pseudonym_places import Places


@dataclass(frozen=True)
class DocumentRow:
    """A document in numbers; `narratieven` are those that count, `proposed` how many of them nobody has accepted."""

    id: int
    title: str
    kind: str
    group: str
    words: int
    turns: int
    speakers: int
    narratieven: int
    proposed: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SpeakerRow:
    """A speaker of one document; `words` and `turns` count what the speaker says there."""

    id: int
    label: str
    description: str
    interviewer: bool
    respondent: str
    turns: int
    words: int


def document_rows(session: Session) -> list[DocumentRow]:
    """All documents in order of title."""
    groups = dict(_pairs(session, select(RespondentGroup.id, RespondentGroup.label)))
    words = dict(_pairs(session, select(Document.id, TextContent.words).join(
        TextContent, TextContent.hash == Document.content_hash)))
    turns = _counts(session, Turn)
    speakers = _counts(session, Speaker)
    pieces = {row[0]: (int(row[1]), int(row[2] or 0)) for row in session.execute(
        select(Narratief.document_id, func.count(Narratief.id), func.sum(case((Narratief.proposed, 1), else_=0)))
        .where(Narratief.counts).group_by(Narratief.document_id))}
    values = attributes.values_of(session)
    return [DocumentRow(d.id, d.title, d.kind, groups.get(d.group_id, ""), words.get(d.id, 0), turns.get(d.id, 0),
                        speakers.get(d.id, 0), *pieces.get(d.id, (0, 0)), values.get(d.id, {}))
            for d in documents.in_order(session)]


def _pairs(session: Session, query: Any) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in session.execute(query)]


def _counts(session: Session, model: Any) -> dict[int, int]:
    return dict(_pairs(session, select(model.document_id, func.count(model.id)).group_by(model.document_id)))


def attribute_names(session: Session) -> list[str]:
    """All attributes, those without values too."""
    return sorted(session.scalars(select(Attribute.name)), key=str.casefold)


def group_labels(session: Session) -> list[str]:
    """All respondent groups."""
    return sorted(session.scalars(select(RespondentGroup.label)), key=str.casefold)


def respondent_labels(session: Session) -> list[str]:
    """All respondents."""
    return sorted(set(session.scalars(select(Respondent.label))), key=str.casefold)


def speaker_rows(session: Session, document_id: int) -> list[SpeakerRow]:
    """The speakers of a document in order of appearance."""
    text = documents.text_of(session, session.get_one(Document, document_id))
    labels = dict(_pairs(session, select(Respondent.id, Respondent.label)))
    said: dict[int, tuple[int, int]] = {}
    for turn, speaker in documents.turns_of(session, document_id):
        n, words = said.get(speaker.id, (0, 0))
        said[speaker.id] = (n + 1, words + len(text[turn.start:turn.end].split()))
    speakers = session.scalars(select(Speaker).where(Speaker.document_id == document_id).order_by(Speaker.id))
    return [SpeakerRow(s.id, s.label, s.description, s.interviewer, labels.get(s.respondent_id, ""),
                       *said.get(s.id, (0, 0))) for s in speakers]


def known_names_by_document(session: Session) -> dict[str, list[str]]:
    """Title → names of the key that its text in force holds, as texts that came later may."""
    names = list(session.scalars(select(Pseudonym.name)))
    places = Places(names)
    found = {}
    for document in documents.in_order(session) if names else ():
        held = sorted({name for _, _, name in places.find(documents.text_of(session, document))})
        if held:
            found[document.title] = held
    return found
