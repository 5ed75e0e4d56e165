"""The researcher's own words in the report, each at a fixed place, so that they stay when the report is made anew."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Memo, ReportText, shipped_uuid
from corpora.errors import UsageError
from corpora.store.base import now

FIXED = ("titelblad", "samenvatting", "inleiding", "methode", "resultaten", "cmo", "discussie", "conclusie",
         "aanbevelingen")
"""The places that every report has; deelvragen and kernelementen have one each beside them."""
DEELVRAAG, KERNELEMENT = "deelvraag:", "kernelement:"


def place_of(kind: str, uuid: UUID) -> str:
    """The place of a deelvraag or kernelement: it stays when names or order change, and when projects are merged."""
    return kind + uuid.hex


def is_place(place: str) -> bool:
    """Whether this names a place of the report."""
    kind, _, rest = place.partition(":")
    return place in FIXED or (kind + ":" in (DEELVRAAG, KERNELEMENT) and len(rest) == 32
                              and set(rest) <= set("0123456789abcdef"))


def all_of(session: Session) -> dict[str, ReportText]:
    """Place → what was written there, also at places that are gone."""
    return {one.place: one for one in session.scalars(select(ReportText).order_by(ReportText.place))}


def body_at(session: Session, place: str) -> str:
    """The words at a place."""
    found = session.scalars(select(ReportText).where(ReportText.place == place)).first()
    return found.body if found else ""


def kept_beside(session: Session) -> dict[int, list[Memo]]:
    """Own text → other words for its place, which gave way when two copies were merged and stay as memos."""
    found: dict[int, list[Memo]] = {}
    for memo in session.scalars(select(Memo).where(Memo.about == "report_text").order_by(Memo.id)):
        found.setdefault(memo.about_id, []).append(memo)
    return found


def write(session: Session, coder: int, place: str, body: str) -> bool:
    """Put words at a place of the report; returns whether they are other words than before."""
    if not is_place(place):
        raise UsageError("«{place}» is no place of the report.", place=place)
    found = session.scalars(select(ReportText).where(ReportText.place == place)).first()
    wanted = body.strip()
    if found is None and wanted:
        # The same place has the same UUID in every copy of a project, so that merging sees one text and not two.
        session.add(ReportText(place=place, body=wanted, coder_id=coder, uuid=shipped_uuid("report", place)))
    elif found is not None and found.body != wanted:
        found.body, found.coder_id, found.changed_at = wanted, coder, now()
    else:
        return False
    session.flush()
    return True
