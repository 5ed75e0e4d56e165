"""Integrity of kernelementen, configurations with their evidence, sheets and syntheses."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import (
    BASES,
    CMO_ROLES,
    DIRECTIONS,
    ELEMENT_ROLES,
    LINKS,
    PHASES,
    SHEET_ACTORS,
    SHEET_FIELDS,
    STATUSES,
    Code,
    Configuration,
    ConfigurationElement,
    ConfigurationLink,
    Evidence,
    Quote,
    Rewording,
    Sheet,
    SheetEntry,
    Synthesis,
    SynthesisConfiguration,
)
from corpora.messages import Message, message
from corpora.store.base import Base

WORDS: tuple[tuple[str, object, tuple[str, ...]], ...] = (
    ("code", Code.cmo_role, ("", *CMO_ROLES)), ("configuration", Configuration.status, STATUSES),
    ("configuration_element", ConfigurationElement.role, ELEMENT_ROLES),
    ("configuration_element", ConfigurationElement.basis, BASES), ("evidence", Evidence.direction, DIRECTIONS),
    ("configuration_link", ConfigurationLink.kind, LINKS), ("cmo_sheet", Sheet.phase, PHASES),
    ("cmo_sheet_entry", SheetEntry.field, SHEET_FIELDS), ("cmo_sheet_entry", SheetEntry.phase, ("", *PHASES)))
"""Table, column and the words that may stand there."""


def cmo_problems(session: Session) -> Iterator[Message]:
    """What is wrong with realist evaluation. Evidence whose narratief was taken away is no damage: it is kept on
    purpose, and shown so."""
    yield from _words(session)
    yield from _evidence(session)
    yield from _links(session)
    yield from _outcomes(session)
    yield from _syntheses(session)
    yield from _rewordings(session)


def _words(session: Session) -> Iterator[Message]:
    for table, column, allowed in WORDS:
        for value in session.scalars(select(column).distinct()):  # type: ignore[call-overload]
            if value not in allowed:
                yield message("«{value}» stands in {table}, where it can be: {choices}.", value=value, table=table,
                              choices=", ".join(filter(None, allowed)))


def _evidence(session: Session) -> Iterator[Message]:
    strays = (select(Evidence.id).join(ConfigurationElement, ConfigurationElement.id == Evidence.element_id)
              .where(ConfigurationElement.configuration_id != Evidence.configuration_id).order_by(Evidence.id))
    for number in session.scalars(strays):
        yield message("Evidence {id} hangs on an element of another configuration.", id=number)
    quoting = (select(Evidence.id).join(Quote, Quote.id == Evidence.quote_id)
               .where(Quote.narratief_id.is_distinct_from(Evidence.narratief_id)).order_by(Evidence.id))
    for number in session.scalars(quoting):
        yield message("Evidence {id} of a configuration quotes another narratief than its own.", id=number)


def _links(session: Session) -> Iterator[Message]:
    for number in session.scalars(select(ConfigurationLink.id).where(
            ConfigurationLink.source_id == ConfigurationLink.target_id).order_by(ConfigurationLink.id)):
        yield message("Link {id} ties a configuration to itself.", id=number)


def _outcomes(session: Session) -> Iterator[Message]:
    for entry in session.scalars(select(SheetEntry).order_by(SheetEntry.id)):
        if entry.actor not in (SHEET_ACTORS if entry.field == "outcome" else ("",)):
            yield message("Line {id} of a sheet stands under actor «{actor}», which its field does not have.",
                          id=entry.id, actor=entry.actor)


def _syntheses(session: Session) -> Iterator[Message]:
    query = (select(SynthesisConfiguration.id)
             .join(Synthesis, Synthesis.id == SynthesisConfiguration.synthesis_id)
             .join(Configuration, Configuration.id == SynthesisConfiguration.configuration_id)
             .where(Configuration.kernelement_id != Synthesis.kernelement_id).order_by(SynthesisConfiguration.id))
    for _number in session.scalars(query):
        yield message("A synthesis rests on a configuration of another kernelement.")


def _rewordings(session: Session) -> Iterator[Message]:
    for about in session.scalars(select(Rewording.about).distinct().order_by(Rewording.about)).all():
        table = Base.metadata.tables.get(about)
        query = select(Rewording.id).where(Rewording.about == about).order_by(Rewording.id)
        gone = query if table is None else query.where(Rewording.about_id.not_in(select(table.c.id)))
        for number in session.scalars(gone):
            yield message("Earlier wording {id} is of something that is gone.", id=number)
