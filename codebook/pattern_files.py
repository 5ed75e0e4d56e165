"""Patterns out of tables: what each says, the narratieven and quotes behind it, and how far the analysis is.

Nothing is doubled: a pattern of the same name under the same deelvraag is the same pattern.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import evidence, memos, patterns, questions
from codebook.models import Quote
from corpora import documents, narratives
from corpora.errors import UsageError
from corpora.models import Document, Narratief
from corpora.tables import Table

COLUMNS = {"type": "kind", "resultaat": "result", "omschrijving": "description", "taboes": "taboos",
           "tegenspraak": "contradictions", "conclusie": "conclusion"}
"""The columns of a table of patterns that hold what a pattern says."""


def put_patterns(session: Session, coder: int, table: Table) -> dict[str, int]:
    """Patterns with their deelvraag and theme, both made when new. Returns the numbers by name."""
    table.require("deelvraag", "patroon")
    found: dict[str, int] = {}
    for row in table.dicts():
        deelvraag = _deelvraag(session, row["deelvraag"])
        standing = {one.label: one.id for one in patterns.patterns(session, deelvraag)}
        theme = row.get("thema", "").strip()
        said = {name: row.get(column, "") for column, name in COLUMNS.items()}
        found[row["patroon"]] = standing.get(row["patroon"]) or patterns.add(
            session, coder, deelvraag, row["patroon"], **said,
            theme_id=patterns.add_theme(session, deelvraag, theme) if theme else None)
    return found


def put_evidence(session: Session, coder: int, table: Table, known: Mapping[str, int]) -> int:
    """Evidence by document and nr; with words in the column `citaat`, that quote, kept when it was not yet. Returns how
    many rows were new."""
    table.require("patroon", "document", "narratief")
    new = 0
    for n, row in enumerate(table.dicts(), 2):
        if row["patroon"] not in known:
            raise UsageError("{file}, row {row}: there is no pattern «{name}».", file=table.name, row=n,
                             name=row["patroon"])
        piece = _piece(session, table, n, row)
        said = (row.get("richting") or "steunt", row.get("noot", ""))
        if row.get("citaat"):
            quote = _quote(session, coder, table, n, piece, row["citaat"])
            new += evidence.add_quotes(session, coder, known[row["patroon"]], [quote], *said)
        else:
            new += evidence.add(session, coder, known[row["patroon"]], [piece.id], *said)
    return new


def put_phases(session: Session, coder: int, table: Table) -> None:
    """How far the phases of deelvragen are."""
    table.require("deelvraag", "fase", "stand")
    for row in table.dicts():
        patterns.set_phase(session, coder, _deelvraag(session, row["deelvraag"]), row["fase"], state=row["stand"],
                           note=row.get("noot", ""))


def _deelvraag(session: Session, label: str) -> int:
    for one in questions.deelvragen(session):
        if one.label == label.strip():
            return one.id
    return questions.add_deelvraag(session, label)


def _piece(session: Session, table: Table, n: int, row: Mapping[str, str]) -> Narratief:
    pieces = narratives.of_document(session, documents.find(session, row["document"]).id)
    numbered = narratives.numbers(pieces)
    for piece in pieces:
        if str(numbered.get(piece.id)) == row["narratief"].strip():
            return piece
    raise UsageError("{file}, row {row}: «{document}» has no narratief {nr}.", file=table.name, row=n,
                     document=row["document"], nr=row["narratief"])


def _quote(session: Session, coder: int, table: Table, n: int, piece: Narratief, words: str) -> int:
    body = documents.text_of(session, session.get_one(Document, piece.document_id))
    start = body.find(words, piece.start, piece.end)
    if start < 0:
        raise UsageError("{file}, row {row}: the narratief does not have the words “{words}”.", file=table.name, row=n,
                         words=words)
    standing = session.scalars(select(Quote.id).where(
        Quote.document_id == piece.document_id, Quote.start == start, Quote.end == start + len(words))).first()
    return standing or memos.quote(session, coder, piece.document_id, start, start + len(words))
