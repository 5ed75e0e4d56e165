"""From a claim in the report back to what it rests on: narratieven, their codings with coder and moment, decisions, and
who put the claim there and changed it, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import (
    Code,
    Coder,
    Coding,
    Configuration,
    Decision,
    Deelvraag,
    Evidence,
    Facet,
    Kernelement,
    Pattern,
    PatternEvidence,
    Quote,
    ReportText,
    Rewording,
    Synthesis,
    SynthesisConfiguration,
)
from codebook.quotes import bank
from codebook.tracing import Standing, places_of
from corpora.messages import Message, message
from corpora.store.changes import row_history
from corpora.store.writing import batched
from exports.paper import Source


@dataclass(frozen=True)
class Given:
    """That somebody gave a code, or decided on it (`decided` yes or no, with a reason)."""

    code: str
    coder: str
    at: datetime
    decided: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Witness:
    """A narratief behind a claim: where it stands, what it does to the claim, the quote out of it, who put it there and
    when, and its codings."""

    narratief_id: int
    place: Standing
    direction: str
    quote: str
    note: str
    coder: str
    at: datetime | None
    codings: tuple[Given, ...]


@dataclass(frozen=True)
class Event:
    """Something that happened to a claim: when, who, what, and why when that was told."""

    at: datetime
    who: str
    what: Message
    why: str = ""


@dataclass(frozen=True)
class Trace:
    """All that stands behind a claim. `below` are claims that it rests on itself."""

    source: Source
    title: str
    witnesses: tuple[Witness, ...]
    events: tuple[Event, ...]
    below: tuple[Source, ...] = ()

    @property
    def coders(self) -> list[str]:
        """Everybody who coded what stands behind it."""
        return sorted({given.coder for one in self.witnesses for given in one.codings})

    @property
    def coded_between(self) -> tuple[datetime, datetime] | None:
        """When the first and the last of its codings were given."""
        moments = [given.at for one in self.witnesses for given in one.codings]
        return (min(moments), max(moments)) if moments else None


TITLES: Mapping[str, tuple[type[Any], str]] = {
    "pattern": (Pattern, "label"), "synthesis": (Synthesis, "wording"), "configuration": (Configuration, "title"),
    "deelvraag": (Deelvraag, "label"), "kernelement": (Kernelement, "label"), "report_text": (ReportText, "place")}
"""Table → its model, and the column that names a row."""


def trace(session: Session, source: Source, veil: Veil = NO_VEIL) -> Trace:
    """What stands behind one claim; codings that the veil hides are left out."""
    return traces(session, [source], veil)[0]


def traces(session: Session, sources: Iterable[Source], veil: Veil = NO_VEIL) -> list[Trace]:
    """The same for many: narratieven and codings are read once."""
    wanted = list(sources)
    rows = {one.code: list(_rows(session, one)) for one in wanted}
    ids = {row[0] for found in rows.values() for row in found}
    places = places_of(session, ids)
    codings = codings_of(session, places, veil)
    quotes = {one.id: one.line for one in bank(session, {row[2] for found in rows.values() for row in found
                                                         if row[2] is not None})}
    found = []
    for one in wanted:
        witnesses = [Witness(row[0], places[row[0]], row[1], quotes.get(row[2] or 0, ""), row[3], row[4], row[5],
                             codings.get(row[0], ())) for row in rows[one.code] if row[0] in places]
        order = {narratief: n for n, narratief in enumerate(places)}
        witnesses.sort(key=lambda each: order[each.narratief_id])
        found.append(Trace(one, title_of(session, one), tuple(witnesses), tuple(events(session, one)),
                           tuple(_below(session, one))))
    return found


Row = tuple[int, str, int | None, str, str, datetime | None]


def _rows(session: Session, source: Source) -> Iterator[Row]:
    """(narratief, direction, quote, note, who put it there, when) behind a claim."""
    if source.about == "pattern":
        yield from _evidence(session, PatternEvidence, PatternEvidence.pattern_id, [source.about_id])
    elif source.about == "configuration":
        yield from _evidence(session, Evidence, Evidence.configuration_id, [source.about_id])
    elif source.about == "synthesis":
        yield from _evidence(session, Evidence, Evidence.configuration_id, [
            one.about_id for one in _below(session, source)])
    elif source.about == "quote":
        quote = session.get(Quote, source.about_id)
        if quote is not None:
            coder = session.get_one(Coder, quote.coder_id).name
            yield quote.narratief_id, "", quote.id, "", coder, quote.made_at


def _evidence(session: Session, model: Any, column: Any, numbers: Sequence[int]) -> Iterator[Row]:
    query = (select(model, Coder.name).join(Coder, Coder.id == model.coder_id).where(column.in_(numbers))
             .order_by(model.id))
    for row, coder in session.execute(query):
        if row.narratief_id is not None:
            yield row.narratief_id, row.direction, row.quote_id, row.note, coder, row.made_at


def _below(session: Session, source: Source) -> Iterator[Source]:
    """The claims that a claim rests on, or those that stand under a heading."""
    queries = {
        "deelvraag": ("P", "pattern", select(Pattern.id).where(Pattern.deelvraag_id == source.about_id)
                      .order_by(Pattern.position, Pattern.id)),
        "kernelement": ("C", "configuration", select(Configuration.id).where(
            Configuration.kernelement_id == source.about_id).order_by(Configuration.position, Configuration.id))}
    if source.about == "synthesis":
        yield from (Source(f"C{n}", "configuration", n) for n in behind_synthesis(session, source.about_id))
    if source.about in queries:
        letter, table, query = queries[source.about]
        yield from (Source(f"{letter}{number}", table, number) for number in session.scalars(query))
    if source.about == "quote":
        quote = session.get(Quote, source.about_id)
        if quote is not None:
            used = select(PatternEvidence.pattern_id).where(PatternEvidence.quote_id == quote.id).distinct()
            yield from (Source(f"P{number}", "pattern", number) for number in session.scalars(used))


def behind_synthesis(session: Session, synthesis_id: int) -> list[int]:
    """The configurations that a synthesis rests on: those chosen, or else all of its kernelement that still stand."""
    chosen = list(session.scalars(select(SynthesisConfiguration.configuration_id).where(
        SynthesisConfiguration.synthesis_id == synthesis_id).order_by(SynthesisConfiguration.configuration_id)))
    synthesis = session.get(Synthesis, synthesis_id)
    if chosen or synthesis is None:
        return chosen
    return list(session.scalars(select(Configuration.id).where(
        Configuration.kernelement_id == synthesis.kernelement_id, Configuration.status != "verworpen").order_by(
        Configuration.position, Configuration.id)))


def codings_of(session: Session, places: Mapping[int, Standing], veil: Veil) -> dict[int, tuple[Given, ...]]:
    """Narratief → its codings and the decisions on them, in the order of the codebook."""
    found: dict[int, list[tuple[tuple[int, ...], Given]]] = {}
    models: tuple[Any, ...] = (Coding, Decision)
    for model in models:
        query = (select(model, Facet.label, Code.label, Coder.name, Facet.position, Code.position)
                 .join(Code, Code.id == model.code_id).join(Facet, Facet.id == Code.facet_id)
                 .join(Coder, Coder.id == model.coder_id))
        for some in batched(sorted(places), 500):
            for row, facet, code, coder, *order in session.execute(query.where(model.narratief_id.in_(some))):
                if veil.hides(places[row.narratief_id].document_id, row.coder_id):
                    continue
                given = Given(f"{facet}: {code}", coder, row.made_at, getattr(row, "yes", None),
                              getattr(row, "reason", ""))
                found.setdefault(row.narratief_id, []).append(((*order, row.code_id), given))
    return {number: tuple(given for _, given in sorted(some, key=lambda one: (one[0], one[1].at)))
            for number, some in found.items()}


def title_of(session: Session, source: Source) -> str:
    """What a claim is called."""
    if source.about == "quote":
        return next((one.line for one in bank(session, [source.about_id])), source.code)
    model, column = TITLES[source.about]
    found = session.get(model, source.about_id)
    return " ".join(str(getattr(found, column)).split()) if found is not None else source.code


def events(session: Session, source: Source) -> list[Event]:
    """What happened to a claim, oldest first: from the change log, with the reasons of rewordings."""
    reasons = {(row.made_at.replace(microsecond=0), row.new): row.reason for row in session.scalars(
        select(Rewording).where(Rewording.about == source.about, Rewording.about_id == source.about_id))}
    found = []
    for step, change in row_history(session.connection(), source.about, source.about_id):
        new = dict(zip(change.columns, change.after[0], strict=True)) if change.after else {}
        why = next((reason for (_, wording), reason in reasons.items() if wording and wording in new.values()), "")
        found.append(Event(step.at, step.author, _done(step.kind, step.label), why))
    return found


def _done(kind: str, label: Message) -> Message:
    if kind == "undo":
        return message("Undone: {label}", label=label)
    return message("Done again: {label}", label=label) if kind == "redo" else label
