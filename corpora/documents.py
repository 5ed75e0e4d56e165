"""Documents: added from a transcript, found, corrected, given a new text, removed."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import search
from corpora.errors import NotFoundError, UsageError
from corpora.models import (
    KINDS,
    Document,
    Respondent,
    RespondentGroup,
    Speaker,
    TextContent,
    TextVersion,
    Turn,
)
from corpora.store.base import Base, now
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import batched, insert_rows, update_rows
from corpora.transcript_types import Transcript


@dataclass(frozen=True)
class Edit:
    """Replace `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


def text_hash(text: str) -> str:
    """SHA-256 of a text's UTF-8, in hexadecimal; lone surrogates count as themselves."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def find(session: Session, title: str) -> Document:
    """The document with this title, capitals apart; NotFoundError names the nearest titles."""
    documents = session.scalars(select(Document)).all()
    for document in documents:
        if document.title == title:
            return document
    for document in documents:
        if document.title.casefold() == title.casefold():
            return document
    near = difflib.get_close_matches(title, [d.title for d in documents], n=3, cutoff=0.4)
    if near:
        raise NotFoundError("There is no document «{title}». Did you mean {near}?", title=title,
                            near=", ".join(f"«{name}»" for name in near))
    raise NotFoundError("There is no document «{title}».", title=title)


def in_order(session: Session) -> list[Document]:
    """All documents in order of title, capitals apart."""
    return sorted(session.scalars(select(Document)), key=lambda d: title_key(d.title))


def title_key(title: str) -> tuple[str, str]:
    """The order of titles: plain text order, capitals apart, so that every machine gives the same."""
    return title.casefold(), title


def text_of(session: Session, document: Document) -> str:
    """The document's text in force."""
    body = session.scalar(select(TextContent.body).where(TextContent.hash == document.content_hash))
    return body or ""


def texts_of(session: Session, document_ids: Iterable[int]) -> dict[int, str]:
    """Document → its text in force, of many at once."""
    return {number: body for some in batched(document_ids, 500) for number, body in session.execute(
        select(Document.id, TextContent.body).join(TextContent, TextContent.hash == Document.content_hash)
        .where(Document.id.in_(some)))}


def turns_of(session: Session, document_id: int) -> list[tuple[Turn, Speaker]]:
    """The turns of a document in order, each with its speaker."""
    found = session.execute(select(Turn, Speaker).join(Speaker, Speaker.id == Turn.speaker_id)
                            .where(Turn.document_id == document_id).order_by(Turn.start))
    return [(turn, speaker) for turn, speaker in found]


def with_content(session: Session, text: str) -> Document | None:
    """The document that was imported from exactly this text, if any."""
    return session.scalars(select(Document).where(Document.source_hash == text_hash(text))).first()


def add(session: Session, transcript: Transcript, *, title: str, kind: str, group: str | None = None,
        file_name: str = "") -> int:
    """Add a document with its speakers, turns and respondents; the title is made unique. Returns its number."""
    if kind not in KINDS:
        raise UsageError("There is no kind «{kind}»: choose {kinds}.", kind=kind, kinds=", ".join(KINDS))
    content = keep_text(session, transcript.text)
    document = Document(title=unique_title(session, title), kind=kind, content_hash=content, source_hash=content,
                        group_id=group_id(session, group), file_name=file_name)
    session.add(document)
    session.flush()
    _add_turns(session, document, transcript)
    return document.id


def keep_text(session: Session, text: str) -> str:
    """Store a text under its hash, with its words in the search index, unless it is there; returns the hash."""
    key = text_hash(text)
    if session.get(TextContent, key) is None:
        session.add(TextContent(hash=key, body=text, length=len(text), words=len(text.split())))
        session.flush()
        search.add_text(session, key, text)
    return key


def unique_title(session: Session, title: str) -> str:
    """The title, with ` (2)`, ` (3)` … behind it when it is taken."""
    taken = {t.casefold() for t in session.scalars(select(Document.title))}
    title, n, found = title[:280], 1, title[:280]
    while found.casefold() in taken:
        n += 1
        found = f"{title} ({n})"
    return found


def group_id(session: Session, label: str | None) -> int | None:
    """The number of a respondent group, made when new; None for no group."""
    if not label or not label.strip():
        return None
    wanted = label.strip()
    for group in session.scalars(select(RespondentGroup)):
        if group.label.casefold() == wanted.casefold():
            return group.id
    made = RespondentGroup(label=wanted)
    session.add(made)
    session.flush()
    return made.id


def _add_turns(session: Session, document: Document, transcript: Transcript) -> None:
    speakers = _add_speakers(session, document, transcript)
    insert_rows(session, Turn, [
        {"document_id": document.id, "speaker_id": speakers[(turn.speaker, turn.interviewer)], "start": turn.start,
         "end": turn.end, "seconds": turn.seconds} for turn in transcript.turns])


def _add_speakers(session: Session, document: Document, transcript: Transcript) -> dict[tuple[str, bool], int]:
    found: dict[tuple[str, bool], int] = {}
    for turn in transcript.turns:
        key = (turn.speaker, turn.interviewer)
        if key not in found:
            taken = any(label == turn.speaker for label, _ in found)
            label = f"{turn.speaker} (interviewer)" if taken and turn.interviewer else turn.speaker
            found[key] = _add_speaker(session, document, label + " (2)" * (taken and not turn.interviewer),
                                      turn.interviewer, transcript.speakers.get(turn.speaker, ""))
    if not any(not interviewer for _, interviewer in found):
        _add_respondent(session, document, "")
    return found


def _add_speaker(session: Session, document: Document, label: str, interviewer: bool, description: str) -> int:
    respondent = None if interviewer else _add_respondent(session, document, label)
    speaker = Speaker(document_id=document.id, label=label[:100], description=description[:200],
                      interviewer=interviewer, respondent_id=respondent)
    session.add(speaker)
    session.flush()
    return speaker.id


def _add_respondent(session: Session, document: Document, label: str) -> int:
    respondent = Respondent(label=f"{document.title} {label}".strip()[:200], group_id=document.group_id)
    session.add(respondent)
    session.flush()
    return respondent.id


def describe(session: Session, document_ids: Iterable[int], *, kind: str | None = None,
             group: str | None = None) -> None:
    """Set kind and respondent group of documents; None leaves as it is, an empty group takes it off."""
    if kind is not None and kind not in KINDS:
        raise UsageError("There is no kind «{kind}»: choose {kinds}.", kind=kind, kinds=", ".join(KINDS))
    number = group_id(session, group)
    for document in session.scalars(select(Document).where(Document.id.in_(list(document_ids)))):
        document.kind = kind or document.kind
        if group is not None:
            document.group_id = number
    session.flush()


def rename(session: Session, document_id: int, title: str) -> None:
    """Give a document another title, made unique."""
    document = session.get_one(Document, document_id)
    if title.strip() and title.strip() != document.title:
        document.title = unique_title(session, title.strip())


def remove(session: Session, document_id: int) -> None:
    """Take a document out with its narratieven, codings and quotes; undo brings all of it back."""
    delete_with_dependants(session, Document, [document_id])


def set_interviewer(session: Session, speaker_id: int, interviewer: bool) -> None:
    """Correct who is the interviewer; a new respondent gets a row of their own."""
    speaker = session.get_one(Speaker, speaker_id)
    speaker.interviewer = interviewer
    if interviewer:
        speaker.respondent_id = None
    elif speaker.respondent_id is None:
        document = session.get_one(Document, speaker.document_id)
        speaker.respondent_id = _add_respondent(session, document, speaker.label)


def link_respondent(session: Session, speaker_id: int, label: str) -> None:
    """Say which respondent a speaker is, by label; the same person may speak in several documents. A new label makes
    a new respondent; an interviewer has none."""
    speaker, wanted = session.get_one(Speaker, speaker_id), " ".join(label.split())[:200]
    if speaker.interviewer or not wanted:
        return
    known = session.scalars(select(Respondent).where(Respondent.label == wanted)).first()
    if known is None:
        document = session.get_one(Document, speaker.document_id)
        known = Respondent(label=wanted, group_id=document.group_id)
        session.add(known)
        session.flush()
    speaker.respondent_id = known.id


def rename_speaker(session: Session, speaker_id: int, label: str) -> None:
    """Give a speaker another label; a label that another speaker of the document has joins the two."""
    speaker = session.get_one(Speaker, speaker_id)
    other = session.scalars(select(Speaker).where(Speaker.document_id == speaker.document_id,
                                                  Speaker.label == label, Speaker.id != speaker_id)).first()
    if other is None:
        speaker.label = label[:100]
        return
    turns = session.scalars(select(Turn.id).where(Turn.speaker_id == speaker_id)).all()
    give_turns(session, turns, other.id)
    delete_with_dependants(session, Speaker, [speaker_id])


def add_speaker(session: Session, document_id: int, label: str, interviewer: bool) -> int:
    """A speaker that the program did not recognise."""
    return _add_speaker(session, session.get_one(Document, document_id), label, interviewer, "")


def give_turns(session: Session, turn_ids: Sequence[int], speaker_id: int) -> None:
    """Say that another speaker says these turns."""
    update_rows(session, Turn, {n: {"speaker_id": speaker_id} for n in turn_ids})


def split_turn(session: Session, turn_id: int, at: int, speaker_id: int) -> int:
    """Cut a turn in two at an offset; the second part goes to another speaker. Returns the new turn's number."""
    turn = session.get_one(Turn, turn_id)
    if not turn.start < at < turn.end:
        raise UsageError("Put the cursor inside the words that should be split.")
    old_end, turn.end = turn.end, at
    made = Turn(document_id=turn.document_id, speaker_id=speaker_id, start=at, end=old_end, seconds=None)
    session.add(made)
    session.flush()
    return made.id


def recognise_again(session: Session, document_id: int, transcript: Transcript) -> None:
    """Replace speakers and turns by a new recognition of the same text."""
    document = session.get_one(Document, document_id)
    delete_with_dependants(session, Speaker,
                           session.scalars(select(Speaker.id).where(Speaker.document_id == document_id)).all())
    _add_turns(session, document, transcript)


def edit_text(session: Session, document_id: int, edits: Sequence[Edit], reason: str) -> None:
    """Give a document a new text version; every turn, narratief and quote keeps its place in the words."""
    document = session.get_one(Document, document_id)
    ordered = sorted(edits, key=lambda e: e.start)
    old = text_of(session, document)
    if not ordered:
        return
    new_hash = keep_text(session, apply_edits(old, ordered))
    session.add(TextVersion(document_id=document_id, old_hash=document.content_hash, new_hash=new_hash,
                            reason=reason, edits=json.dumps([[e.start, e.end, len(e.new)] for e in ordered]),
                            made_at=now()))
    document.content_hash = new_hash
    session.flush()
    for model in _spanned():
        _move_spans(session, model, document_id, ordered)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text after edits, which are in order and do not overlap."""
    parts, last = [], 0
    for edit in edits:
        if edit.start < last:
            raise UsageError("Two corrections overlap at character {at}.", at=edit.start)
        parts += [text[last:edit.start], edit.new]
        last = edit.end
    return "".join([*parts, text[last:]])


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where an offset of the old text lies in the new; inside a replaced stretch it goes to that stretch's nearest
    edge, and what is inserted at a boundary belongs to what ends there, so that neighbours never come to overlap."""
    shift = 0
    for edit in edits:
        if offset < edit.start or (offset == edit.start and edit.start < edit.end):
            break
        if offset < edit.end:
            late = offset - edit.start >= edit.end - offset
            return edit.start + shift + (len(edit.new) if late else 0)
        shift += len(edit.new) - (edit.end - edit.start)
    return offset + shift


def moved_span(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """Where a span lies in the new text; one inside a replaced stretch takes all of what replaced it."""
    new_start, new_end = moved(start, edits), moved(end, edits)
    if new_start < new_end:
        return new_start, new_end
    whole = next((e for e in edits if e.start <= start and end <= e.end), None)
    if whole is None:
        return new_start, new_start
    return moved(whole.start, edits), moved(whole.end, edits)


def _spanned() -> list[type[Base]]:
    models = [m.class_ for m in Base.registry.mappers if m.class_.__spans__]
    return sorted(models, key=lambda model: model.__tablename__)


def _move_spans(session: Session, model: Any, document_id: int, edits: Sequence[Edit]) -> None:
    rows = session.execute(select(model.id, model.start, model.end).where(model.document_id == document_id))
    new = {number: moved_span(start, end, edits) for number, start, end in rows}
    update_rows(session, model, {number: {"start": start, "end": end} for number, (start, end) in new.items()})
