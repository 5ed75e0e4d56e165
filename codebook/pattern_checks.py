"""Integrity of patterns, quotes and factsheets."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import DIRECTIONS, FactsheetItem, Pattern, PatternEvidence, Quote, QuoteCut, Theme
from codebook.tracing import KINDS
from corpora.messages import Message, message
from corpora.store.base import Base


def pattern_problems(session: Session) -> Iterator[Message]:
    """What is wrong with patterns, their evidence, shortened quotes and factsheets. Evidence whose narratief was taken
    away is no damage: it is kept on purpose, and the board shows it."""
    yield from _strays(session)
    yield from _evidence(session)
    yield from _cuts(session)
    yield from _items(session)


def _strays(session: Session) -> Iterator[Message]:
    query = (select(Pattern.label).join(Theme, Theme.id == Pattern.theme_id)
             .where(Theme.deelvraag_id != Pattern.deelvraag_id).order_by(Pattern.id))
    for label in session.scalars(query):
        yield message("Pattern «{label}» stands under a theme of another deelvraag.", label=label)


def _evidence(session: Session) -> Iterator[Message]:
    query = (select(PatternEvidence.id).join(Quote, Quote.id == PatternEvidence.quote_id)
             .where(Quote.narratief_id.is_distinct_from(PatternEvidence.narratief_id)).order_by(PatternEvidence.id))
    for number in session.scalars(query):
        yield message("Evidence {id} of a pattern quotes another narratief than its own.", id=number)
    for value in session.scalars(select(PatternEvidence.direction).distinct()):
        if value not in DIRECTIONS:
            yield message("«{value}» is no direction of evidence.", value=value)


def _cuts(session: Session) -> Iterator[Message]:
    query = (select(QuoteCut.quote_id).join(Quote, Quote.id == QuoteCut.quote_id)
             .where((QuoteCut.document_id != Quote.document_id) | (QuoteCut.start < Quote.start)
                    | (QuoteCut.end > Quote.end)).distinct().order_by(QuoteCut.quote_id))
    for number in session.scalars(query):
        yield message("Quote {id} leaves out words that are not its own.", id=number)


def _items(session: Session) -> Iterator[Message]:
    for about, number in session.execute(select(FactsheetItem.about, FactsheetItem.about_id).distinct()).all():
        table = Base.metadata.tables.get(about) if about in KINDS else None
        if table is None or session.scalar(select(table.c.id).where(table.c.id == number)) is None:
            yield message("A factsheet shows {about} {id}, which is gone.", about=about, id=number)
