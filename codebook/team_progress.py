"""How far every coder is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.analysis.progress import FacetRule, complete_by_document
from codebook.models import Assignment, Code, Coder, Coding, Done, Facet
from codebook.reading import Reading
from corpora.models import Narratief


@dataclass(frozen=True)
class CoderRow:
    """A coder and how far they are, over the documents assigned to them, or, when none is, over those in which they
    coded (`assigned` says which): how many `documents`, how many of them `done` (*klaar*), how many `narratieven` and
    how many of those `complete` (None where blind coding hides it). `codings` and `last`, the last time they coded,
    are over the whole project."""

    id: int
    name: str
    role: str
    assigned: bool
    documents: int
    done: int
    narratieven: int
    complete: int | None
    codings: int
    last: datetime | None


Groups = dict[int, set[int]]


def overview(reading: Reading) -> list[CoderRow]:
    """All coders in order of name, with how far they are."""
    with reading.project.read() as session:
        coders = session.scalars(select(Coder).order_by(Coder.name)).all()
        asked = _grouped(session, select(Assignment.coder_id, Assignment.document_id))
        done = done_by_coder(session)
        coded = _grouped(session, select(Coding.coder_id, Narratief.document_id).join(
            Narratief, Narratief.id == Coding.narratief_id).distinct())
        given = {coder: (int(n), last) for coder, n, last in session.execute(
            select(Coding.coder_id, func.count(Coding.id), func.max(Coding.made_at)).group_by(Coding.coder_id))}
        rules = facet_rules(session)
    found = []
    for coder in coders:
        own = asked.get(coder.id) or coded.get(coder.id, set()) | done.get(coder.id, set())
        counts = complete_by_document(reading.index, coder.id, rules)
        hidden = reading.veil.on and coder.id != reading.veil.viewer
        found.append(CoderRow(
            coder.id, coder.name, coder.role, coder.id in asked, len(own), len(own & done.get(coder.id, set())),
            sum(counts.get(d, (0, 0))[1] for d in own),
            None if hidden else sum(counts.get(d, (0, 0))[0] for d in own), *given.get(coder.id, (0, None))))
    return found


def facet_rules(session: Session) -> list[FacetRule]:
    """What must be filled before a narratief is complete."""
    codes = _grouped(session, select(Code.facet_id, Code.id))
    facets = session.execute(select(Facet.id, Facet.least).order_by(Facet.position, Facet.id))
    return [FacetRule(facet, sorted(codes.get(facet, set())), least) for facet, least in facets]


def done_by_coder(session: Session) -> Groups:
    """Coder → the documents they are *klaar* with."""
    return _grouped(session, select(Done.coder_id, Done.document_id))


def _grouped(session: Session, query: Any) -> Groups:
    found: Groups = defaultdict(set)
    for key, value in session.execute(query):
        found[key].add(value)
    return dict(found)
