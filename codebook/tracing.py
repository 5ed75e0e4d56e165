"""From a narratief to every finding it stands behind, and back: what makes a claim traceable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import (
    Configuration,
    Evidence,
    Factsheet,
    FactsheetItem,
    Kernelement,
    Pattern,
    PatternEvidence,
    Quote,
    Synthesis,
    SynthesisConfiguration,
)
from corpora import documents
from corpora.models import Document, Narratief, RespondentGroup
from corpora.store.writing import batched

KINDS = ("pattern", "configuration", "synthesis", "quote", "factsheet")
"""What a narratief can be used in; each is the name of its table."""


@dataclass(frozen=True)
class Standing:
    """Where a narratief stands. `nr` is None for *geen narratief*."""

    narratief_id: int
    document_id: int
    document: str
    nr: int | None
    group: str

    @property
    def words(self) -> str:
        """The place as a heading, `Interview 3 · 11`."""
        return f"{self.document} · {self.nr}" if self.nr else self.document


@dataclass(frozen=True)
class Use:
    """That a narratief, or a quote out of it (`quote_id`), is used in something: `kind` (one of `KINDS`), its number,
    what it is called, and for evidence in which direction."""

    kind: str
    id: int
    label: str
    direction: str = ""
    quote_id: int | None = None


def places_of(session: Session, narratief_ids: Iterable[int]) -> dict[int, Standing]:
    """Where narratieven stand, in order of document and nr; those that are gone are left out."""
    wanted = {int(n) for n in narratief_ids}
    held: set[int] = set()
    for some in batched(sorted(wanted), 500):
        held.update(session.scalars(select(Narratief.document_id).where(Narratief.id.in_(some)).distinct()))
    found: dict[int, Standing] = {}
    pieces = _pieces(session, held)
    for number, title, group in _headings(session, held):
        nrs = count(1)
        for narratief, counts in pieces.get(number, ()):
            nr = next(nrs) if counts else None
            if narratief in wanted:
                found[narratief] = Standing(narratief, number, title, nr, group)
    return found


def _headings(session: Session, document_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Number, title and respondent group of documents, in order of title."""
    found = [(number, title, group or "") for some in batched(document_ids, 500)
             for number, title, group in session.execute(
                 select(Document.id, Document.title, RespondentGroup.label)
                 .outerjoin(RespondentGroup, RespondentGroup.id == Document.group_id).where(Document.id.in_(some)))]
    return sorted(found, key=lambda one: documents.title_key(one[1]))


def _pieces(session: Session, document_ids: Iterable[int]) -> dict[int, list[tuple[int, bool]]]:
    """Document → its narratieven in order of the text, each with whether it counts."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for some in batched(document_ids, 500):
        for number, narratief, counts in session.execute(
                select(Narratief.document_id, Narratief.id, Narratief.counts)
                .where(Narratief.document_id.in_(some)).order_by(Narratief.document_id, Narratief.start)):
            found.setdefault(number, []).append((narratief, counts))
    return found


def uses_of(session: Session, narratief_ids: Iterable[int]) -> dict[int, list[Use]]:
    """Narratief → everything it is used in: patterns, configurations and syntheses that it is evidence of, quotes out
    of it, and factsheets that show one of those patterns, syntheses or quotes. Narratieven without use are left out."""
    found: dict[int, dict[Use, None]] = {}
    shown = _factsheets(session)
    for some in batched(sorted({int(n) for n in narratief_ids}), 500):
        for narratief, use in _uses(session, some):
            found.setdefault(narratief, {}).update(dict.fromkeys((use, *shown.get((use.kind, use.id), ()))))
    return {n: sorted(uses, key=lambda u: (KINDS.index(u.kind), u.id, u.quote_id or 0)) for n, uses in found.items()}


def _uses(session: Session, ids: list[int]) -> Iterator[tuple[int, Use]]:
    pattern = (select(PatternEvidence.narratief_id, Pattern.id, Pattern.label, PatternEvidence.direction,
                      PatternEvidence.quote_id).join(Pattern, Pattern.id == PatternEvidence.pattern_id)
               .where(PatternEvidence.narratief_id.in_(ids)))
    configuration = (select(Evidence.narratief_id, Configuration.id, Configuration.title, Evidence.direction,
                            Evidence.quote_id).join(Configuration, Configuration.id == Evidence.configuration_id)
                     .where(Evidence.narratief_id.in_(ids)))
    for kind, query in (("pattern", pattern), ("configuration", configuration)):
        for narratief, number, label, direction, quote in session.execute(query):
            yield narratief or 0, Use(kind, number, label, direction, quote)
    for narratief, number, label in session.execute(_syntheses().where(Evidence.narratief_id.in_(ids)).distinct()):
        yield narratief, Use("synthesis", number, label)
    for narratief, quote in session.execute(select(Quote.narratief_id, Quote.id).where(Quote.narratief_id.in_(ids))):
        yield narratief, Use("quote", quote, "", quote_id=quote)


def _factsheets(session: Session) -> dict[tuple[str, int], list[Use]]:
    """(table, number) of what stands in factsheets → those factsheets."""
    found: dict[tuple[str, int], list[Use]] = {}
    for about, about_id, quote, number, title, group in session.execute(
            select(FactsheetItem.about, FactsheetItem.about_id, FactsheetItem.quote_id, Factsheet.id, Factsheet.title,
                   RespondentGroup.label).join(Factsheet, Factsheet.id == FactsheetItem.factsheet_id)
            .join(RespondentGroup, RespondentGroup.id == Factsheet.group_id).order_by(Factsheet.id)):
        for key in ((about, about_id), ("quote", quote or 0)):
            found.setdefault(key, []).append(Use("factsheet", number, title or group, quote_id=quote))
    return found


def _syntheses() -> Any:
    return (select(Evidence.narratief_id, Synthesis.id, Kernelement.label)
            .join(SynthesisConfiguration, SynthesisConfiguration.configuration_id == Evidence.configuration_id)
            .join(Synthesis, Synthesis.id == SynthesisConfiguration.synthesis_id)
            .join(Kernelement, Kernelement.id == Synthesis.kernelement_id))


def narratieven_of(session: Session, kind: str, number: int) -> list[int]:
    """The narratieven behind a pattern, configuration, synthesis, quote or factsheet, in order of document and nr."""
    queries: dict[str, list[Any]] = {
        "pattern": [select(PatternEvidence.narratief_id).where(PatternEvidence.pattern_id == number)],
        "configuration": [select(Evidence.narratief_id).where(Evidence.configuration_id == number)],
        "synthesis": [_syntheses().with_only_columns(Evidence.narratief_id).where(Synthesis.id == number)],
        "quote": [select(Quote.narratief_id).where(Quote.id == number)],
        "factsheet": [select(Quote.narratief_id).join(FactsheetItem, FactsheetItem.quote_id == Quote.id)
                      .where(FactsheetItem.factsheet_id == number)]}
    ids = {n for query in queries[kind] for n in session.scalars(query) if n is not None}
    if kind == "factsheet":
        items = select(FactsheetItem.about, FactsheetItem.about_id).where(FactsheetItem.factsheet_id == number)
        for about, about_id in session.execute(items).all():
            ids.update(narratieven_of(session, about, about_id))
    return list(places_of(session, ids))
