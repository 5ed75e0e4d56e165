"""The words of a document corrected by hand: as few edits as will do, so that every boundary stays at its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora import documents, narratives
from corpora.documents import Edit, moved_span
from corpora.errors import ConflictError, RefusedError
from corpora.models import Document, Narratief
from corpora.store.base import Base
from corpora.store.dependants import delete_with_dependants

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def correct(session: Session, document_id: int, start: int, end: int, new: str, old: str | None = None) -> int:
    """Replace the passage `[start, end)`, in which `old` stands, by other words as one text version; codings stay.
    Turns and quotes without a word left go; a narratief without words is refused. Returns the number of edits."""
    document = session.get_one(Document, document_id)
    passage = documents.text_of(session, document)[start:end]
    if old is not None and old != passage:
        raise ConflictError("In «{title}» other words stand at this place now. Nothing was changed; yours are still "
                            "here.", title=document.title)
    edits = list(smallest_edits(passage, new, start))
    if not edits:
        return 0
    _refuse_empty(session, document, edits)
    for model in _spanned():
        _drop_empty(session, model, document_id, edits)
    documents.edit_text(session, document_id, edits, "correction")
    return len(edits)


def smallest_edits(old: str, new: str, at: int = 0) -> Iterator[Edit]:
    """Word by word, the edits that make `new` of `old`, which begins at offset `at`.

    A word put between two others counts as a change of its neighbour (the one before it when a space comes first), so
    that it belongs to the turn and the narratief of that neighbour.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    ends = [at]
    for piece in before:
        ends.append(ends[-1] + len(piece))
    for i, j, k, m in _changed(before, after):
        yield Edit(ends[i], ends[j], "".join(after[k:m]))


def _changed(before: list[str], after: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches `before[i:j]` that become `after[k:m]`, none of them empty unless `before` is."""
    found: list[tuple[int, int, int, int]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "insert" and before:
            if i == len(before) or (i > 0 and after[k].isspace()):
                i, k = i - 1, k - 1
            else:
                j, m = j + 1, m + 1
        if kind != "equal" and found and i < found[-1][1]:
            found[-1] = (found[-1][0], j, found[-1][2], m)
        elif kind != "equal":
            found.append((i, j, k, m))
    return found


def _refuse_empty(session: Session, document: Document, edits: list[Edit]) -> None:
    pieces = narratives.of_document(session, document.id)
    numbered = narratives.numbers(pieces)
    for piece in pieces:
        start, end = moved_span(piece.start, piece.end, edits)
        if start >= end:
            raise RefusedError("Narratief {nr} of «{title}» would be left without words. Take it out in Fragmenten "
                               "first, or leave some of its words.", nr=numbered.get(piece.id, 0),
                               title=document.title)


def _spanned() -> list[type[Base]]:
    models = [m.class_ for m in Base.registry.mappers if m.class_.__spans__ and m.class_ is not Narratief]
    return sorted(models, key=lambda model: model.__tablename__)


def _drop_empty(session: Session, model: Any, document_id: int, edits: list[Edit]) -> None:
    rows = session.execute(select(model.id, model.start, model.end).where(model.document_id == document_id))
    gone = [n for n, start, end in rows.all() if (span := moved_span(start, end, edits))[0] >= span[1]]
    delete_with_dependants(session, model, gone)
