"""The sheets about the material: documents and narratieven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import asking
from codebook.models import Coder, Done, Flag, Memo, NotMentioned
from codebook.query import bits
from codebook.query.bits import Ints
from codebook.query.catalogue import DocumentName
from codebook.query.index import ANY
from codebook.reading import Reading
from corpora import attributes, narratives
from corpora.messages import Translator
from corpora.models import Document, Narratief, Speaker, TextContent, Turn
from corpora.store.writing import batched
from exports.coded_rows import DOCUMENTS_AT_A_TIME
from exports.excel_cells import LIMIT, parts
from exports.tables import Column, Sheet, Value, moment, typed


def documents_sheet(reading: Reading, _: Translator) -> Sheet:
    """A line per document, its attributes in columns."""
    with reading.project.read() as session:
        values = attributes.values_of(session)
        names = sorted({name for found in values.values() for name in found})
        rows = _document_rows(session, reading)
    ids = [row[0] for row in rows]
    columns = [typed([values.get(number, {}).get(name, "") for number in ids]) for name in names]
    whole = [[*row[1:4], *(column[n] for column in columns), *row[4:]] for n, row in enumerate(rows)]
    return Sheet(_("Documents"), _document_columns(_, names), whole, about=_("One line per document."))


def _document_columns(_: Translator, names: Sequence[str]) -> tuple[Column, ...]:
    own = _("An attribute of the document, as it was brought in.")
    return (Column(_("Document"), "word", 34, _("Title of the document.")),
            Column(_("Kind"), "word", 13, _("Kind of material.")),
            Column(_("Group"), "word", 20, _("Respondent group, if any.")),
            *(Column(name, "word", 16, own) for name in names),
            Column(_("Words"), "number", 10, _("Words of the text in force, white space between them.")),
            Column(_("Turns"), "number", 10, _("Turns of speech, those of the interviewer included.")),
            Column(_("Narratieven"), "number", 13, _("Narratieven that count, without «geen narratief».")),
            Column(_("Geen narratief"), "number", 17, _("Stretches marked «geen narratief».")),
            Column(_("Respondents"), "number", 15, _("Respondents who speak or write in it; at least 1.")),
            Column(_("Ready for"), "text", 24, _("Coders who marked the document as ready.")),
            Column(_("Imported (UTC)"), "moment", 20, _("When the document was brought in.")))


def _document_rows(session: Session, reading: Reading) -> list[list[Any]]:
    turns = _counts(session, select(Turn.document_id, func.count()).group_by(Turn.document_id))
    heard = _counts(session, select(Speaker.document_id, func.count(Speaker.respondent_id.distinct())).where(
        Speaker.interviewer.is_(False)).group_by(Speaker.document_id))
    ready: dict[int, list[str]] = {}
    for number, name in session.execute(select(Done.document_id, Coder.name).join(Coder, Coder.id == Done.coder_id)
                                        .order_by(Coder.name)):
        ready.setdefault(number, []).append(name)
    cut = narratives.progress(session)
    facts = {row.id: row for row in session.execute(select(Document.id, Document.imported_at, TextContent.words).join(
        TextContent, TextContent.hash == Document.content_hash))}
    return [[d.id, d.title, d.kind, d.group, facts[d.id].words, turns.get(d.id, 0),
             cut.get(d.id, narratives.Progress()).counted, cut.get(d.id, narratives.Progress()).excluded,
             max(1, heard.get(d.id, 0)), "; ".join(ready.get(d.id, ())), moment(facts[d.id].imported_at)]
            for d in reading.catalogue.documents]


def _counts(session: Session, query: Any) -> dict[int, int]:
    return {number: int(count) for number, count in session.execute(query)}


@dataclass(frozen=True)
class _Marks:
    """What coders wrote at narratieven: memo, flag, *niet genoemd*, as one text each."""

    memo: Mapping[int, str]
    flag: Mapping[int, str]
    absent: Mapping[int, str]


def narratives_sheet(reading: Reading, _: Translator, codings: str = ANY, *, split: bool = True) -> Sheet:
    """A line per narratief with its text and, facet by facet, its codes. With `split` a text that is too long for a
    cell goes on in the next columns."""
    many = _text_parts(reading) if split else 1
    facets = [f.label for f in reading.catalogue.facets]
    columns = (
        Column(_("Document"), "word", 30, _("Title of the document.")),
        Column(_("Nr"), "number", 6, _("Number of the narratief, in order of the text.")),
        Column(_("Group"), "word", 18, _("Respondent group, if any.")),
        Column(_("Kind"), "word", 12, _("Kind of material.")),
        Column(_("Text"), "text", 80, _("The words of the narratief.")),
        *(Column(_("Text, part {n}", n=n), "text", 60, _("The words that do not fit in the cell before."))
          for n in range(2, many + 1)),
        *(Column(label, "text", 26, _("Codes of facet {facet}, «; » between them.", facet=label)) for label in facets),
        Column(_("Not mentioned"), "text", 24, _("Facets marked «niet genoemd», with the coder and the reason.")),
        Column(_("Coders"), "number", 9, _("Coders who gave a code or «niet genoemd» here.")),
        Column(_("Memo"), "text", 40, _("Memos on the narratief, each with its coder.")),
        Column(_("To discuss"), "text", 24, _("Coders who want to discuss it, with the reason.")),
        Column(_("Words"), "number", 9, _("Words of the narratief.")),
        Column(_("Starts at"), "number", 9, _("First character in the document's text, from 0.")),
        Column(_("Ends at"), "number", 9, _("The character after the last one.")))
    return Sheet(_("Narratieven"), columns, _narratief_rows(reading, codings, many), kept=2,
                 about=_("One line per narratief, in order of document and number."))


def _text_parts(reading: Reading) -> int:
    """Cells that the longest text needs."""
    with reading.project.read() as session:
        long = list(session.scalars(select(Narratief.id).where(
            Narratief.counts, Narratief.end - Narratief.start > LIMIT // 2)))
    texts = asking.texts_of(reading, long)
    return max((len(parts(text)) for text in texts.values()), default=1)


def _narratief_rows(reading: Reading, codings: str, many: int) -> Iterator[list[Value]]:
    known = {d.id: d for d in reading.catalogue.documents}
    coders = _coders_per_slot(reading, codings)
    with reading.project.read() as session:
        for some in batched(reading.index.documents, DOCUMENTS_AT_A_TIME):
            bodies = _bodies(session, some)
            marks = _marks(session, reading, some, codings)
            pieces = _pieces(session, some)
            for (piece, nr), codes in zip(pieces, _codes(reading, pieces, codings), strict=True):
                document = known[piece.document_id]
                text = bodies[piece.document_id][piece.start:piece.end].strip()
                cells = parts(text) if many > 1 else [text]
                yield [document.title, nr, document.group, document.kind, *cells,
                       *[None] * (many - len(cells)), *codes, marks.absent.get(piece.id),
                       int(coders[reading.index.slot(piece.id)]), marks.memo.get(piece.id), marks.flag.get(piece.id),
                       len(text.split()), piece.start, piece.end]


def places_of(reading: Reading) -> Iterator[tuple[DocumentName, int, int, int, int]]:
    """Every narratief as (document, nr, words, begin, end), in order."""
    known = {d.id: d for d in reading.catalogue.documents}
    with reading.project.read() as session:
        for some in batched(reading.index.documents, DOCUMENTS_AT_A_TIME):
            bodies = _bodies(session, some)
            for piece, nr in _pieces(session, some):
                words = len(bodies[piece.document_id][piece.start:piece.end].split())
                yield known[piece.document_id], nr, words, piece.start, piece.end


def _bodies(session: Session, documents: Sequence[int]) -> dict[int, str]:
    return dict(session.execute(select(Document.id, TextContent.body).join(
        TextContent, TextContent.hash == Document.content_hash).where(Document.id.in_(documents))).all())


def _pieces(session: Session, documents: Sequence[int]) -> list[tuple[Any, int]]:
    """Narratieven that count with their nr, in order of the documents given."""
    rows = session.execute(select(Narratief.id, Narratief.document_id, Narratief.start, Narratief.end).where(
        Narratief.counts, Narratief.document_id.in_(documents)).order_by(Narratief.start))
    by_document: dict[int, list[Any]] = {}
    for row in rows:
        by_document.setdefault(row.document_id, []).append(row)
    return [(row, nr) for d in documents for nr, row in enumerate(by_document.get(d, ()), 1)]


def _codes(reading: Reading, pieces: Sequence[tuple[Any, int]], codings: str) -> Iterator[list[Value]]:
    """Per narratief and facet the labels of its codes, in the order of the codebook."""
    facets = [f.id for f in reading.catalogue.facets]
    ordered = asking.ordered_codes(reading)
    rank = {c.id: n for n, c in enumerate(ordered)}
    slots = reading.index.slots_of([row.id for row, _ in pieces]).astype(np.int64)
    for given in reading.index.codes_of(slots, reading.codings(codings)):
        named = [ordered[n] for n in sorted(rank[code] for code in given)]
        yield ["; ".join(c.label for c in named if c.facet_id == facet) or None for facet in facets]


def _coders_per_slot(reading: Reading, codings: str) -> Ints:
    """Per slot how many coders gave a code or *niet genoemd*; with one coder's codings, 0 or 1."""
    index, whose = reading.index, reading.codings(codings)
    found = np.zeros(index.capacity, dtype=np.int64)
    for coder in [whose] if isinstance(whose, int) else [c.id for c in reading.catalogue.coders]:
        held = index.any_of(index.codes(), coder)
        for facet in reading.catalogue.facets:
            held |= index.not_mentioned(facet.id, coder)
        found += bits.unpack(held)
    return found


def _marks(session: Session, reading: Reading, documents: Sequence[int], codings: str) -> _Marks:
    whose = reading.codings(codings)
    coders = {c.id: c.name for c in reading.catalogue.coders if not isinstance(whose, int) or c.id == whose}
    facets = {f.id: f.label for f in reading.catalogue.facets}

    def joined(query: Any, key: Any) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        rows = session.execute(query.join(Narratief, Narratief.id == key).where(Narratief.document_id.in_(documents)))
        for number, coder, body, *facet in sorted(rows, key=lambda row: (row[3:], coders.get(row[1], ""))):
            if coder in coders and not reading.hides(number, coder):
                head = f"{facets[facet[0]]} ({coders[coder]})" if facet else coders[coder]
                found.setdefault(number, []).append(f"{head}: {body}" if body else head)
        return {number: "\n".join(lines) for number, lines in found.items()}

    return _Marks(
        joined(select(Memo.about_id, Memo.coder_id, Memo.body).where(Memo.about == "narratief"), Memo.about_id),
        joined(select(Flag.narratief_id, Flag.coder_id, Flag.reason), Flag.narratief_id),
        joined(select(NotMentioned.narratief_id, NotMentioned.coder_id, NotMentioned.reason, NotMentioned.facet_id),
               NotMentioned.narratief_id))
