"""Copies of one project at work: deeds that can be played in any of them, and a project whatever its numbers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codebook_files, codes, coding, deciding, memos
from codebook.codebook_files import CodeRow
from codebook.models import (
    Code,
    Coder,
    Coding,
    Decision,
    Done,
    Facet,
    Flag,
    Memo,
    NotMentioned,
    Quote,
)
from corpora import corrections, documents, narratives
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.models import Document, Narratief, OwnBoundary, TextContent
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript

TEXTS = ("Wij beginnen vroeg. Dan komt de casus. Iedereen vraagt iets. Daarna kiezen wij. Dat helpt. Soms duurt het.",
         "De buurt kwam langs. Er was koffie. Een plan ontstond. Niemand wist hoe. Later lukte het wel.")
CODERS = ("Noor", "Sem", "Yara", "Bo")
LABELS = ("Steun", "Vertrouwen", "Regie", "Tijd")

Deed = tuple[str, int, int, int]


def begin(folder: Path) -> Path:
    """A project of two documents with narratieven, seven codes in two facets, two coders and some codings."""
    place = folder / "base.narratief"
    project = Project.create(place, "Mirthe")
    project.step(message("Begin"), _fill)
    for name in CODERS[:2]:
        project.author = name
        project.step(message("Code"), _first_codings, name)
    project.close()
    return place


def _fill(session: Session) -> None:
    codebook_files.put(session, [
        CodeRow("WAT", "Casus"), CodeRow("WAT", "Plan", parent="Casus"), CodeRow("WAT", "Koffie"),
        CodeRow("WAT", "Buurt"), CodeRow("HOE", "positief"), CodeRow("HOE", "negatief"), CodeRow("HOE", "neutraal")])
    for n, text in enumerate(TEXTS, 1):
        number = documents.add(session, Transcript(text, ()), title=f"Gesprek {n}", kind="interview")
        ends = [i + 1 for i, mark in enumerate(text) if mark == "."]
        starts = [0, *(end + 1 for end in ends[:-1])]
        narratives.set_segmentation(session, number, [Span(a, b) for a, b in zip(starts, ends, strict=True)])
    for name in CODERS:
        coding.coder_id(session, name)


def _first_codings(session: Session, name: str) -> None:
    pieces, book = _pieces(session), _book(session)
    at = CODERS.index(name)
    for n, piece in enumerate(pieces):
        coding.apply(session, coding.coder_id(session, name), [piece.id], [book[(n + at) % len(book)].id])


def _pieces(session: Session) -> list[Narratief]:
    return list(session.scalars(select(Narratief).join(Document, Document.id == Narratief.document_id)
                                .order_by(Document.title, Narratief.start)))


def _book(session: Session) -> list[Code]:
    return list(session.scalars(select(Code).order_by(Code.facet_id, Code.label, Code.uuid)))


def copy(source: Path, target: Path, author: str) -> Project:
    """A copy made by hand, opened by its coder."""
    shutil.copy(source, target)
    return Project.open(target, author)


def play(project: Project, deeds: Sequence[Deed]) -> None:
    """Do deeds; what the program refuses is left out."""
    for name, a, b, c in deeds:
        try:
            if name in ("undo", "redo"):
                getattr(project, name)()
                continue
            project.step(message(name), DEEDS[name], project.author, a, b, c)
        except NarratiefError:
            continue


def _apply(session: Session, who: str, a: int, b: int, _c: int) -> None:
    pieces, book = _pieces(session), _book(session)
    coding.apply(session, coding.coder_id(session, who), [pieces[a % len(pieces)].id], [book[b % len(book)].id])


def _remove(session: Session, who: str, a: int, _b: int, _c: int) -> None:
    own = session.scalars(select(Coding).where(Coding.coder_id == coding.coder_id(session, who)).order_by(
        Coding.narratief_id, Coding.code_id)).all()
    if own:
        one = own[a % len(own)]
        coding.remove(session, one.coder_id, [one.narratief_id], [one.code_id])


def _absent(session: Session, who: str, a: int, b: int, _c: int) -> None:
    pieces, found = _pieces(session), codes.facets(session)
    coding.set_not_mentioned(session, coding.coder_id(session, who), pieces[a % len(pieces)].id,
                             found[b % len(found)].id, f"reden {b}")


def _replace(session: Session, who: str, a: int, b: int, c: int) -> None:
    pieces, book = _pieces(session), _book(session)
    coding.replace(session, coding.coder_id(session, who), [pieces[a % len(pieces)].id], book[b % len(book)].id,
                   book[c % len(book)].id)


def _rename(session: Session, _who: str, a: int, b: int, _c: int) -> None:
    book = _book(session)
    codes.rename(session, book[a % len(book)].id, LABELS[b % len(LABELS)])


def _define(session: Session, who: str, a: int, b: int, _c: int) -> None:
    book = _book(session)
    codes.describe(session, book[a % len(book)].id, definition=f"{who} {b}")


def _new_code(session: Session, _who: str, a: int, b: int, c: int) -> None:
    found = codes.facets(session)
    made = codes.add(session, found[a % len(found)].id, LABELS[b % len(LABELS)])
    _apply(session, _who, c, 0, 0)
    coding.apply(session, coding.coder_id(session, _who), [_pieces(session)[c % len(_pieces(session))].id], [made])


def _drop_code(session: Session, _who: str, a: int, _b: int, _c: int) -> None:
    book = _book(session)
    codes.remove(session, book[a % len(book)].id)


def _merge_codes(session: Session, _who: str, a: int, b: int, _c: int) -> None:
    book = _book(session)
    codes.merge(session, [book[a % len(book)].id], book[b % len(book)].id)


def _split_code(session: Session, _who: str, a: int, b: int, c: int) -> None:
    book, pieces = _book(session), _pieces(session)
    codes.split(session, book[a % len(book)].id, LABELS[b % len(LABELS)], [p.id for p in pieces[:c % len(pieces)]])


def _cut(session: Session, _who: str, a: int, b: int, _c: int) -> None:
    pieces = _pieces(session)
    piece = pieces[a % len(pieces)]
    narratives.split(session, piece.id, piece.start + 1 + b % max(1, piece.end - piece.start - 1))


def _join(session: Session, _who: str, a: int, _b: int, _c: int) -> None:
    pieces = _pieces(session)
    first = pieces[a % len(pieces)]
    same = [p for p in pieces if p.document_id == first.document_id and p.start > first.start]
    if same:
        coding.join(session, first.id, same[0].id)


def _recut(session: Session, _who: str, a: int, b: int, _c: int) -> None:
    """A whole document anew: sentences in groups."""
    document = session.scalars(select(Document).order_by(Document.title)).all()[a % 2]
    text = documents.text_of(session, document)
    ends = [i + 1 for i, mark in enumerate(text) if mark == "."][b % 2::1 + b % 3] or [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    narratives.set_segmentation(session, document.id, [Span(s, e) for s, e in zip(starts, ends, strict=True) if s < e],
                                replace=True)


def _note(session: Session, who: str, a: int, b: int, _c: int) -> None:
    pieces = _pieces(session)
    memos.write(session, coding.coder_id(session, who), "narratief", pieces[a % len(pieces)].id, f"memo {who} {b}")


def _quote(session: Session, who: str, a: int, b: int, _c: int) -> None:
    pieces = _pieces(session)
    piece = pieces[a % len(pieces)]
    memos.quote(session, coding.coder_id(session, who), piece.document_id, piece.start,
                piece.start + 1 + b % max(1, piece.end - piece.start - 1))


def _flag(session: Session, who: str, a: int, b: int, _c: int) -> None:
    pieces = _pieces(session)
    coding.set_flag(session, coding.coder_id(session, who), pieces[a % len(pieces)].id, bool(b % 3), f"waarom {b}")


def _done(session: Session, who: str, a: int, b: int, _c: int) -> None:
    document = session.scalars(select(Document).order_by(Document.title)).all()[a % 2]
    coding.set_done(session, coding.coder_id(session, who), document.id, bool(b % 3), overrule=True)


def _decide(session: Session, who: str, a: int, b: int, c: int) -> None:
    pieces, book = _pieces(session), _book(session)
    deciding.decide(session, coding.coder_id(session, who), [pieces[a % len(pieces)].id], [book[b % len(book)].id],
                    bool(c % 2), f"want {who}")


def _correct(session: Session, who: str, a: int, b: int, _c: int) -> None:
    document = session.scalars(select(Document).order_by(Document.title)).all()[a % 2]
    text = documents.text_of(session, document)
    words = [(i, w) for i, w in _words(text) if len(w) > 2]
    at, word = words[b % len(words)]
    corrections.correct(session, document.id, at, at + len(word), word + who[0].lower())


def _words(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.replace(".", " ").split(" "):
        if word:
            found.append((at, word))
        at += len(word) + 1
    return found


def _title(session: Session, _who: str, a: int, b: int, _c: int) -> None:
    document = session.scalars(select(Document).order_by(Document.title)).all()[a % 2]
    documents.rename(session, document.id, LABELS[b % len(LABELS)])


DEEDS: dict[str, Callable[[Session, str, int, int, int], None]] = {
    "apply": _apply, "remove": _remove, "absent": _absent, "replace": _replace, "rename": _rename, "define": _define,
    "new_code": _new_code, "drop_code": _drop_code, "merge_codes": _merge_codes, "split_code": _split_code, "cut": _cut,
    "join": _join, "recut": _recut, "note": _note, "quote": _quote, "flag": _flag, "done": _done, "decide": _decide,
    "correct": _correct, "title": _title}


def picture(project: Project) -> dict[str, set[Any]]:
    """A project by what things are, whatever their numbers."""
    with project.read() as session:
        return {"documents": {(d.source_hash, d.title, d.content_hash) for d in session.scalars(select(Document))},
                "texts": {t.body for t in session.scalars(select(TextContent).join(
                    Document, Document.content_hash == TextContent.hash))}, **_coded(session)}


def _coded(session: Session) -> dict[str, set[Any]]:
    document = {d.id: d.source_hash[:6] for d in session.scalars(select(Document))}
    piece = {n.id: (document[n.document_id], n.start, n.end, n.counts) for n in session.scalars(select(Narratief))}
    facet = {f.id: f.label for f in session.scalars(select(Facet))}
    code = {c.id: c.uuid.hex[:8] for c in session.scalars(select(Code))}
    coder = {c.id: c.name for c in session.scalars(select(Coder))}
    uuids = {c.uuid: c.name for c in session.scalars(select(Coder))}
    about: dict[str, dict[int, Any]] = {"narratief": piece, "code": code, "document": document, "facet": facet}
    return {
        "narratieven": set(piece.values()), "coders": set(coder.values()),
        "codes": {(code[c.id], facet[c.facet_id], c.label, c.definition, code.get(c.parent_id or 0), c.number, c.note)
                  for c in session.scalars(select(Code))},
        "codings": {(*piece[c.narratief_id], code[c.code_id], coder[c.coder_id])
                    for c in session.scalars(select(Coding))},
        "absent": {(*piece[c.narratief_id], facet[c.facet_id], coder[c.coder_id], c.reason)
                   for c in session.scalars(select(NotMentioned))},
        "flags": {(*piece[c.narratief_id], coder[c.coder_id], c.reason) for c in session.scalars(select(Flag))},
        "decisions": {(*piece[c.narratief_id], code[c.code_id], coder[c.coder_id], c.yes)
                      for c in session.scalars(select(Decision))},
        "done": {(document[c.document_id], coder[c.coder_id], c.overruled) for c in session.scalars(select(Done))},
        "memos": {(m.about, about.get(m.about, {}).get(m.about_id), coder[m.coder_id], m.body)
                  for m in session.scalars(select(Memo))},
        "quotes": {(document[q.document_id], q.start, q.end, piece[q.narratief_id], coder[q.coder_id],
                    code.get(q.code_id or 0)) for q in session.scalars(select(Quote))},
        "own": {(document[o.document_id], uuids.get(o.coder_uuid), o.start, o.end)
                for o in session.scalars(select(OwnBoundary))}}
