"""The synthesis of a kernelement: its wording, what stands behind it and against it, and what the members say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import cmo, cmo_views
from codebook.cmo_counts import Board, Cell
from codebook.cmo_views import ConfigurationView, EvidenceView
from codebook.models import Configuration, Factsheet, Reply, Sent, Synthesis, SynthesisConfiguration
from corpora.errors import UsageError
from corpora.models import RespondentGroup
from corpora.store.base import now
from corpora.store.writing import delete_rows, insert_rows

FIELDS = cmo.WORDED["synthesis"]
"""The texts of a synthesis."""


@dataclass(frozen=True)
class CounterEvidence:
    """A narratief that speaks against a configuration, or qualifies it."""

    configuration: str
    element: str
    evidence: EvidenceView


@dataclass(frozen=True)
class MemberReply:
    """What a member of a respondent group answered to the synthesis, and what was changed because of it."""

    recipient: str
    group: str
    body: str
    agrees: bool | None
    change: str
    settled: bool
    at: datetime


@dataclass(frozen=True)
class SynthesisView:
    """The synthesis of a kernelement. `sources` counts what stands behind it; `reflector` is its result in the digital
    reflector, None while there is none."""

    kernelement_id: int
    wording: str
    counter: str
    conclusion: str
    reply: str
    configurations: tuple[ConfigurationView, ...]
    chosen: bool
    sources: Cell
    against: tuple[CounterEvidence, ...]
    replies: tuple[MemberReply, ...]
    reflector: str | None = None
    synthesis_id: int | None = None


def write(session: Session, coder: int, kernelement_id: int, field: str, text: str, reason: str = "") -> bool:
    """Word a part of the synthesis (one of `FIELDS`); what it was is kept with the reason. Returns whether it
    changed."""
    cmo.one_of(field, FIELDS)
    row = _of(session, kernelement_id)
    if row is None and not text.strip():
        return False
    row = row or _make(session, coder, kernelement_id)
    if not cmo.change(session, coder, row, field, text.strip(), reason):
        return False
    row.coder_id, row.changed_at = coder, now()
    return True


def _of(session: Session, kernelement_id: int) -> Synthesis | None:
    return session.scalars(select(Synthesis).where(Synthesis.kernelement_id == kernelement_id)).first()


def _make(session: Session, coder: int, kernelement_id: int) -> Synthesis:
    made = Synthesis(kernelement_id=kernelement_id, coder_id=coder, wording="", counter="", conclusion="", reply="")
    session.add(made)
    session.flush()
    return made


def set_configurations(session: Session, coder: int, kernelement_id: int, configuration_ids: Iterable[int]) -> None:
    """Say which configurations of the kernelement stand behind its synthesis; none: all that are not *verworpen*."""
    wanted = set(configuration_ids)
    own = set(session.scalars(select(Configuration.id).where(Configuration.kernelement_id == kernelement_id)))
    if wanted - own:
        raise UsageError("Only configurations of the kernelement itself stand behind its synthesis.")
    row = _of(session, kernelement_id) or _make(session, coder, kernelement_id)
    have = {one.configuration_id: one.id for one in session.scalars(
        select(SynthesisConfiguration).where(SynthesisConfiguration.synthesis_id == row.id))}
    delete_rows(session, SynthesisConfiguration, [n for number, n in have.items() if number not in wanted])
    insert_rows(session, SynthesisConfiguration, [{"synthesis_id": row.id, "configuration_id": number}
                                                  for number in sorted(wanted - have.keys())])


def view(session: Session, board: Board, kernelement_id: int) -> SynthesisView:
    """The synthesis of a kernelement as it stands, with its counts and counter-evidence taken from the evidence now."""
    row = _of(session, kernelement_id)
    chosen = set(session.scalars(select(SynthesisConfiguration.configuration_id).where(
        SynthesisConfiguration.synthesis_id == row.id))) if row else set()
    behind = [one for one in cmo_views.configurations(session, kernelement_id)
              if (one.id in chosen if chosen else one.status != "verworpen")]
    ids = {n for one in behind for n in one.narratief_ids}
    texts: dict[str, Any] = {name: getattr(row, name) if row else "" for name in FIELDS}
    return SynthesisView(kernelement_id, **texts, configurations=tuple(behind), chosen=bool(chosen),
                         sources=board.sources_of(ids), against=tuple(_against(behind)),
                         replies=tuple(_replies(session, row.id)) if row else (),
                         synthesis_id=row.id if row else None)


def _against(configurations: Iterable[ConfigurationView]) -> Iterable[CounterEvidence]:
    for one in configurations:
        words = {element.id: element.text or element.role for element in one.elements}
        for evidence in one.all_evidence:
            if evidence.direction != "steunt":
                yield CounterEvidence(one.title, words.get(evidence.element_id or 0, ""), evidence)


def _replies(session: Session, synthesis_id: int) -> Iterable[MemberReply]:
    query = (select(Reply, Sent.recipient, RespondentGroup.label).join(Sent, Sent.id == Reply.sent_id)
             .join(Factsheet, Factsheet.id == Sent.factsheet_id)
             .join(RespondentGroup, RespondentGroup.id == Factsheet.group_id)
             .where(Reply.about == "synthesis", Reply.about_id == synthesis_id).order_by(Reply.id))
    for reply, recipient, group in session.execute(query):
        yield MemberReply(recipient, group, reply.body, reply.agrees, reply.change, reply.settled, reply.made_at)
