"""CMO configurations as values for views and exports: read in a few queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import (
    Coder,
    Configuration,
    ConfigurationElement,
    ConfigurationLink,
    Evidence,
    Kernelement,
    Rewording,
)
from corpora.messages import Message, message


@dataclass(frozen=True)
class EvidenceView:
    """A narratief, or a quote out of it (`quote_id`), behind an element or behind the whole (`element_id` None).
    `narratief_id` is 0 when the narratief was taken away; `place` says where it stood when it became evidence."""

    id: int
    element_id: int | None
    narratief_id: int
    quote_id: int | None
    direction: str
    note: str
    coder: str
    made_at: datetime
    place: str = ""
    is_quote_lost: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether its narratief is gone."""
        return self.narratief_id == 0


@dataclass(frozen=True)
class ElementView:
    """A context, resource, reasoning or outcome; `code_id` is the code that proposed it."""

    id: int
    role: str
    actor: str
    text: str
    valence: int
    basis: str
    code_id: int | None
    evidence: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True)
class LinkView:
    """A link as seen from one configuration: `other_id` is the other end, `outgoing` whether the link starts here."""

    id: int
    kind: str
    other_id: int
    other_title: str
    outgoing: bool
    note: str


@dataclass(frozen=True)
class ConfigurationView:
    """A configuration with all that hangs on it. `evidence` is only what stands behind it as a whole."""

    id: int
    kernelement_id: int
    title: str
    statement: str
    intervention: str
    status: str
    note: str
    coder: str
    made_at: datetime
    elements: tuple[ElementView, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()
    links: tuple[LinkView, ...] = ()

    def of_role(self, role: str) -> tuple[ElementView, ...]:
        """The elements of one role, in order."""
        return tuple(e for e in self.elements if e.role == role)

    @property
    def all_evidence(self) -> tuple[EvidenceView, ...]:
        """What stands behind it as a whole and behind its elements."""
        return (*self.evidence, *(one for element in self.elements for one in element.evidence))

    @property
    def narratief_ids(self) -> list[int]:
        """The narratieven behind it, each once, in the order in which they came; those that are gone left out."""
        return list(dict.fromkeys(e.narratief_id for e in sorted(self.all_evidence, key=lambda e: e.id)
                                  if not e.is_lost))


@dataclass(frozen=True)
class Gap:
    """What a configuration lacks still: `part` is a role of an element, `statement`, `intervention` or `evidence`."""

    part: str
    text: Message


ELEMENT_NAMES: dict[str, Message] = {
    "context": message("Context"), "mechanisme-hulpbron": message("Mechanism: resource"),
    "mechanisme-redenering": message("Mechanism: reasoning"), "outcome": message("Outcome")}
"""Role of an element → what it is called."""

GAPS: dict[str, Message] = {
    "context": message("There is no context yet: where, and under which conditions?"),
    "mechanisme-hulpbron": message("The resource is missing: what does the approach offer people?"),
    "mechanisme-redenering": message("The reasoning is missing: what do people think or feel because of it?"),
    "outcome": message("There is no outcome yet: what comes of it, and for whom?"),
    "intervention": message("The intervention is not named yet."),
    "statement": message("It is not put in own words yet (als … dan … omdat …)."),
    "evidence": message("No narratief stands behind it yet.")}
"""Part → what is asked for when it is missing."""


def gaps(configuration: ConfigurationView) -> list[Gap]:
    """What a configuration lacks, in the order in which one reads it."""
    there = {element.role for element in configuration.elements}
    there |= {part for part, has in (("intervention", configuration.intervention),
                                     ("statement", configuration.statement),
                                     ("evidence", configuration.all_evidence)) if has}
    return [Gap(part, text) for part, text in GAPS.items() if part not in there]


def frame(configuration: ConfigurationView) -> Message:
    """A first restatement from the words of the elements (*als … dan … omdat …*), to be put in own words."""
    def said(*roles: str) -> str:
        texts = [e.text for e in configuration.elements if e.role in roles and e.text]
        return "; ".join(texts) or "…"
    return message("If {context}, then {outcome}, because {mechanism}.", context=said("context"),
                   outcome=said("outcome"), mechanism=said("mechanisme-hulpbron", "mechanisme-redenering"))


def configuration(session: Session, configuration_id: int) -> ConfigurationView:
    """One configuration."""
    found = session.get_one(Configuration, configuration_id)
    return _views(session, [found])[0]


def configurations(session: Session, kernelement_id: int | None = None) -> list[ConfigurationView]:
    """The configurations of a kernelement, or of all, in order."""
    query = select(Configuration).join(Kernelement, Kernelement.id == Configuration.kernelement_id).order_by(
        Kernelement.position, Kernelement.id, Configuration.position, Configuration.id)
    if kernelement_id is not None:
        query = query.where(Configuration.kernelement_id == kernelement_id)
    return _views(session, session.scalars(query))


def _views(session: Session, rows: Iterable[Configuration]) -> list[ConfigurationView]:
    chosen = list(rows)
    ids = {row.id for row in chosen} if len(chosen) < 50 else None
    coders = {number: name for number, name in session.execute(select(Coder.id, Coder.name))}
    evidence = _evidence(session, ids, coders)
    elements = _elements(session, ids, evidence)
    links = _links(session)
    return [ConfigurationView(row.id, row.kernelement_id, row.title, row.statement, row.intervention, row.status,
                              row.note, coders.get(row.coder_id, ""), row.made_at, tuple(elements[row.id]),
                              tuple(evidence[row.id, None]), tuple(links[row.id])) for row in chosen]


def _evidence(session: Session, ids: set[int] | None, coders: dict[int, str]) -> dict[Any, list[EvidenceView]]:
    found: dict[Any, list[EvidenceView]] = defaultdict(list)
    query = select(Evidence).order_by(Evidence.id)
    for row in session.scalars(query if ids is None else query.where(Evidence.configuration_id.in_(ids))):
        found[row.configuration_id, row.element_id].append(EvidenceView(
            row.id, row.element_id, row.narratief_id or 0, row.quote_id, row.direction, row.note,
            coders.get(row.coder_id, ""), row.made_at, row.place, row.quoted and row.quote_id is None))
    return found


def _elements(session: Session, ids: set[int] | None,
              evidence: dict[Any, list[EvidenceView]]) -> dict[int, list[ElementView]]:
    found: dict[int, list[ElementView]] = defaultdict(list)
    query = select(ConfigurationElement).order_by(ConfigurationElement.position, ConfigurationElement.id)
    for row in session.scalars(query if ids is None else query.where(ConfigurationElement.configuration_id.in_(ids))):
        found[row.configuration_id].append(ElementView(
            row.id, row.role, row.actor, row.text, row.valence, row.basis, row.code_id,
            tuple(evidence[row.configuration_id, row.id])))
    return found


def _links(session: Session) -> dict[int, list[LinkView]]:
    found: dict[int, list[LinkView]] = defaultdict(list)
    titles = {number: title for number, title in session.execute(select(Configuration.id, Configuration.title))}
    for row in session.scalars(select(ConfigurationLink).order_by(ConfigurationLink.id)):
        found[row.source_id].append(LinkView(row.id, row.kind, row.target_id, titles[row.target_id], True, row.note))
        found[row.target_id].append(LinkView(row.id, row.kind, row.source_id, titles[row.source_id], False, row.note))
    return found


@dataclass(frozen=True)
class RewordingView:
    """That a wording was changed: who, when, why, from what to what."""

    at: datetime
    coder: str
    field: str
    old: str
    new: str
    reason: str


def history(session: Session, about: str, about_id: int) -> list[RewordingView]:
    """The rewordings of a row of table `about` ("configuration", "configuration_element", "synthesis"), oldest
    first."""
    query = (select(Rewording, Coder.name).join(Coder, Coder.id == Rewording.coder_id)
             .where(Rewording.about == about, Rewording.about_id == about_id).order_by(Rewording.id))
    return [RewordingView(row.made_at, name, row.field, row.old, row.new, row.reason)
            for row, name in session.execute(query)]


def history_of(session: Session, configuration: ConfigurationView) -> list[RewordingView]:
    """The rewordings of a configuration and of its elements together, oldest first."""
    found = history(session, "configuration", configuration.id)
    for element in configuration.elements:
        found += history(session, "configuration_element", element.id)
    return sorted(found, key=lambda one: one.at)
