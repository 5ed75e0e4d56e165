"""Kernelementen: the core elements of the approach that is evaluated, and the codes named as theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import Kernelement, KernelementCode, shipped_uuid
from corpora.errors import UsageError
from corpora.store.writing import delete_rows, insert_rows

SHIPPED = ("Dialogisch werken", "Casusleren in een team", "Actief leren (leren door te doen)",
           "Collectieve betekenisgeving", "Resultaatgericht coachen", "Samen kantelen")
"""The kernelementen of the method, in its order; *Collectieve betekenisgeving* has no code yet."""


def in_order(session: Session) -> list[Kernelement]:
    """All kernelementen in their order."""
    return list(session.scalars(select(Kernelement).order_by(Kernelement.position, Kernelement.id)))


def labels_of_codes(session: Session) -> dict[int, list[str]]:
    """Code → the kernelementen that it is a code of."""
    found: dict[int, list[str]] = {}
    query = (select(KernelementCode.code_id, Kernelement.label)
             .join(Kernelement, Kernelement.id == KernelementCode.kernelement_id)
             .order_by(Kernelement.position, Kernelement.id))
    for code_id, label in session.execute(query):
        found.setdefault(code_id, []).append(label)
    return found


def ensure(session: Session, label: str, **properties: Any) -> int:
    """The number of the kernelement of this name, made behind the others when new."""
    wanted = " ".join(label.split())
    if not wanted:
        raise UsageError("A kernelement needs a name.")
    for one in in_order(session):
        if one.label.casefold() == wanted.casefold():
            return one.id
    last = session.scalar(select(func.max(Kernelement.position))) or 0
    made = Kernelement(label=wanted[:200], **{"position": last + 1, **properties})
    session.add(made)
    session.flush()
    return made.id


def ship(session: Session) -> None:
    """Put the kernelementen of the method into the project, each with its fixed UUID."""
    for label in SHIPPED:
        ensure(session, label, uuid=shipped_uuid("kernelement", label))


def set_of_code(session: Session, code_id: int, labels: Iterable[str]) -> None:
    """Say of which kernelementen a code is a code; kernelementen that are new are made."""
    wanted = {ensure(session, label) for label in labels}
    have = {row.kernelement_id: row.id for row in session.scalars(
        select(KernelementCode).where(KernelementCode.code_id == code_id))}
    delete_rows(session, KernelementCode, [number for kernelement, number in have.items() if kernelement not in wanted])
    insert_rows(session, KernelementCode, [{"kernelement_id": kernelement, "code_id": code_id}
                                           for kernelement in sorted(wanted - have.keys())])
