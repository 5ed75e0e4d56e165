"""The codings of a project as arrays, straight from the database, and the index made of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import Code, Coder, Coding, Decision, Facet, NotMentioned
from codebook.query.bits import Ints
from codebook.query.columns import DECIDED_NO, DECIDED_YES
from codebook.query.index import CodeIndex
from corpora import documents
from corpora.models import Document, Narratief, TextContent


@dataclass(frozen=True)
class Arrays:
    """Narratieven in canonical order with their codings, as the index takes them."""

    ids: Ints
    documents: Ints
    nrs: Ints
    codings: Ints
    absent: Ints


def load_index(session: Session, veil: Veil = NO_VEIL) -> CodeIndex:
    """The index of all codings that the veil leaves in sight."""
    arrays = load_arrays(session, veil=veil)
    index = CodeIndex.build(arrays.ids, arrays.documents, arrays.nrs, arrays.codings, arrays.absent)
    put_in_order(index, session)
    return index


def put_in_order(index: CodeIndex, session: Session) -> None:
    # The index may still name documents that are gone; they have no narratieven and go last.
    ranks = _ranks(session)
    index.order_documents(sorted(index.documents, key=lambda d: ranks.get(d, len(ranks))))


def _ranks(session: Session) -> dict[int, int]:
    """Document number → place in order of title."""
    titles = {n: title for n, title in session.execute(select(Document.id, Document.title))}
    return {d: n for n, d in enumerate(sorted(titles, key=lambda d: documents.title_key(titles[d])))}


def load_arrays(session: Session, document_id: int | None = None, veil: Veil = NO_VEIL) -> Arrays:
    """Narratieven and codings of the project, or of one document."""
    order = _ranks(session)
    rows = _packed(session, (Document.id, TextContent.length, Narratief.id), _of(
        select(Narratief.document_id, Narratief.start, Narratief.id).where(Narratief.counts), document_id))
    ranks = np.array([order[d] for d in rows[:, 0].tolist()], dtype=np.int64)
    rows = rows[np.lexsort((rows[:, 1], ranks))]
    ids = rows[:, 2]
    hidden = _hidden(ids, rows[:, 0], veil)
    return Arrays(ids, rows[:, 0], _nrs(rows[:, 0]),
                  _in_sight(_among(ids, _codings(session, document_id)), hidden, veil),
                  _in_sight(_among(ids, _absent(session, document_id)), hidden, veil))


def _hidden(ids: Ints, document_ids: Ints, veil: Veil) -> Ints:
    """The narratieven of which others' codes are hidden."""
    if not veil.on:
        return np.zeros(0, dtype=np.int64)
    found: Ints = ids[~np.isin(document_ids, np.array(sorted(veil.open), dtype=np.int64))]
    return found


def _in_sight(rows: Ints, hidden: Ints, veil: Veil) -> Ints:
    """The rows that a veil leaves: one's own, and those of narratieven that are not hidden."""
    if not hidden.size:
        return rows
    found: Ints = rows[(rows[:, 2] == (veil.viewer or -9)) | ~np.isin(rows[:, 0], hidden)]
    return found


def _among(ids: Ints, rows: Ints) -> Ints:
    """The rows of narratieven that count."""
    found: Ints = rows[np.isin(rows[:, 0], ids)]
    return found


def _nrs(document_ids: Ints) -> Ints:
    """1, 2, 3 … within each run of a document."""
    n = document_ids.size
    begins = np.flatnonzero(np.r_[True, document_ids[1:] != document_ids[:-1]]) if n else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[begins, n])
    found: Ints = np.arange(n, dtype=np.int64) - np.repeat(begins, lengths) + 1
    return found


def _codings(session: Session, document_id: int | None) -> Ints:
    given = _packed(session, (Narratief.id, Code.id, Coder.id), _of(
        select(Coding.narratief_id, Coding.code_id, Coding.coder_id), document_id, Coding.narratief_id))
    verdicts = ints(session, _of(select(Decision.narratief_id, Decision.code_id, Decision.yes), document_id,
                                  Decision.narratief_id), 3)
    verdicts[:, 2] = np.where(verdicts[:, 2] != 0, DECIDED_YES, DECIDED_NO)
    return np.concatenate([given, verdicts])


def _absent(session: Session, document_id: int | None) -> Ints:
    query = select(NotMentioned.narratief_id, NotMentioned.facet_id, NotMentioned.coder_id)
    return _packed(session, (Narratief.id, Facet.id, Coder.id), _of(query, document_id, NotMentioned.narratief_id))


def _of(query: Any, document_id: int | None, narratief_id: Any = None) -> Any:
    """The query for one document only, when one is asked for; `narratief_id` is what to join on."""
    if document_id is None:
        return query
    if narratief_id is not None:
        query = query.join(Narratief, Narratief.id == narratief_id)
    return query.where(Narratief.document_id == document_id)


def _packed(session: Session, ranges: Sequence[Any], query: Any) -> Ints:
    """Rows of whole numbers, each packed into one number by the database: an object per row instead of per value
    halves the time to open a large project. `ranges` are columns whose highest value no value passes."""
    sizes = [int(session.scalar(select(func.max(column))) or 0) + 1 for column in ranges]
    columns = list(query.selected_columns)
    if math.prod(sizes) >= 2**63:
        return ints(session, query, len(columns))
    packed = cast(columns[0], BigInteger)
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        packed = packed * size + column
    flat = ints(session, query.with_only_columns(packed, maintain_column_froms=True), 1)[:, 0]
    found: Ints = np.empty((flat.size, len(columns)), dtype=np.int64)
    for place in range(len(columns) - 1, 0, -1):
        flat, found[:, place] = np.divmod(flat, sizes[place])
    found[:, 0] = flat
    return found


def ints(session: Session, query: Any, width: int) -> Ints:
    """Rows of whole numbers as an array, straight from the driver: as rows of objects they would take three times as
    long and, by the million, much memory."""
    found = session.connection().execute(query)
    rows: Iterable[Sequence[int]] = found.cursor  # type: ignore[assignment]  # every driver's cursor can be iterated
    flat: Ints = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    found.close()
    return flat.reshape(-1, width)
