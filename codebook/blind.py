"""Blind coding: while it is on, a student sees another's codes of a document only when their own are *klaar* there.

The veil is drawn at the source: the reading leaves out what it hides, and so do those who read codings row by row.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Coder, Done, Setting

BLIND, ANONYMOUS = "blind", "anonymous"
STUDENT, RESEARCHER = "student", "onderzoeker"
ROLES = (STUDENT, RESEARCHER)
DECIDES = {"setting", "coder", "done"}
"""Tables whose change may move the veil."""


@dataclass(frozen=True)
class Veil:
    """What somebody may not see: with `on`, the codings of all others in documents that are not in `open`. `viewer` is
    the coder who looks, None while they are not in the project yet."""

    on: bool = False
    viewer: int | None = None
    open: frozenset[int] = frozenset()

    def hides(self, document_id: int, coder_id: int | None = None) -> bool:
        """Whether another's work in this document is hidden; never one's own."""
        return self.on and document_id not in self.open and (coder_id is None or coder_id != self.viewer)


NO_VEIL = Veil()


def veil_of(session: Session, viewer: str | None) -> Veil:
    """The veil before a person's eyes, by name; None looks at everything, as the command line does."""
    if viewer is None or not is_blind(session):
        return NO_VEIL
    wanted = " ".join(viewer.split()).casefold()
    coder = next((c for c in session.scalars(select(Coder)) if c.name.casefold() == wanted), None)
    if coder is None:
        return Veil(True)
    if coder.role == RESEARCHER:
        return NO_VEIL
    done = session.scalars(select(Done.document_id).where(Done.coder_id == coder.id))
    return Veil(True, coder.id, frozenset(done))


def is_blind(session: Session) -> bool:
    """Whether the project is coded blind."""
    return setting(session, BLIND) == "on"


def set_blind(session: Session, on: bool) -> None:
    """Turn blind coding on or off for everybody."""
    put_setting(session, BLIND, "on" if on else "")


def is_anonymous(session: Session) -> bool:
    """Whether coders are talked of without their names."""
    return setting(session, ANONYMOUS) == "on"


def set_anonymous(session: Session, on: bool) -> None:
    """Hide or show the names of coders where differences are discussed."""
    put_setting(session, ANONYMOUS, "on" if on else "")


def anonymous_numbers(names: Sequence[str], seed: int) -> dict[str, int]:
    """Name → 1, 2 … in an order that a seed shuffles, so that no number is anybody's for good."""
    order = sorted(names)
    random.Random(seed).shuffle(order)
    return {name: n for n, name in enumerate(order, 1)}


def setting(session: Session, key: str) -> str:
    """A setting of the project; empty when it was never made."""
    return session.scalar(select(Setting.value).where(Setting.key == key)) or ""


def put_setting(session: Session, key: str, value: str) -> None:
    """Write a setting of the project."""
    found = session.scalars(select(Setting).where(Setting.key == key)).first()
    if found is None:
        session.add(Setting(key=key, value=value))
    else:
        found.value = value
