"""Kernelementen: the core elements of the approach that is evaluated, and the codes named as theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import Code, Kernelement, KernelementCode, shipped_uuid
from corpora.errors import NotFoundError, UsageError
from corpora.store.dependants import delete_with_dependants
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


def codes_of(session: Session) -> dict[int, list[int]]:
    """Kernelement → its codes, in the order of the codebook."""
    found: dict[int, list[int]] = {}
    query = (select(KernelementCode.kernelement_id, KernelementCode.code_id)
             .join(Code, Code.id == KernelementCode.code_id)
             .order_by(KernelementCode.kernelement_id, Code.facet_id, Code.position, Code.id))
    for kernelement_id, code_id in session.execute(query):
        found.setdefault(kernelement_id, []).append(code_id)
    return found


def find(session: Session, label: str) -> Kernelement:
    """The kernelement of this name, capitals apart; NotFoundError tells which there are."""
    found = _named(session, label)
    if found is None:
        raise NotFoundError("There is no kernelement «{name}». There are: {names}.", name=label,
                            names=", ".join(f"«{one.label}»" for one in in_order(session)) or "–")
    return found


def _named(session: Session, label: str) -> Kernelement | None:
    wanted = _clean(label).casefold()
    return next((one for one in in_order(session) if one.label.casefold() == wanted), None)


def _clean(label: str) -> str:
    cleaned = " ".join(label.split())
    if not cleaned:
        raise UsageError("A kernelement needs a name.")
    if len(cleaned) > 200:
        raise UsageError("“{text}…” is too long: at most {most} characters fit here.", text=cleaned[:40], most=200)
    return cleaned


def ensure(session: Session, label: str, **properties: Any) -> int:
    """The number of the kernelement of this name, made behind the others when new."""
    standing = _named(session, label)
    if standing is not None:
        return standing.id
    last = session.scalar(select(func.max(Kernelement.position))) or 0
    made = Kernelement(label=_clean(label), **{"position": last + 1, **_identity(session, label), **properties})
    session.add(made)
    session.flush()
    return made.id


def _identity(session: Session, label: str) -> dict[str, Any]:
    """One of the method has its fixed UUID however it came, so that projects made apart merge."""
    shipped = next((name for name in SHIPPED if name.casefold() == _clean(label).casefold()), None)
    number = shipped_uuid("kernelement", shipped) if shipped else None
    return {"uuid": number} if number and all(one.uuid != number for one in in_order(session)) else {}


def add(session: Session, label: str, description: str = "") -> int:
    """Make a kernelement behind the others; refuses a name that is there."""
    _require_free(session, label)
    return ensure(session, label, description=description.strip())


def _require_free(session: Session, label: str, own: int | None = None) -> None:
    standing = _named(session, label)
    if standing is not None and standing.id != own:
        raise UsageError("There is a kernelement «{label}» already.", label=standing.label)


def rename(session: Session, kernelement_id: int, label: str) -> None:
    """Give a kernelement another name; all that hangs on it stays."""
    _require_free(session, label, own=kernelement_id)
    session.get_one(Kernelement, kernelement_id).label = _clean(label)


def describe(session: Session, kernelement_id: int, description: str) -> None:
    """Say what a kernelement is."""
    session.get_one(Kernelement, kernelement_id).description = description.strip()


def move(session: Session, kernelement_id: int, place: int) -> None:
    """Put a kernelement at another place in the order, counted from 0."""
    ordered = in_order(session)
    moved = session.get_one(Kernelement, kernelement_id)
    ordered.remove(moved)
    ordered.insert(max(0, place), moved)
    for position, one in enumerate(ordered, 1):
        one.position = position


def remove(session: Session, kernelement_id: int) -> None:
    """Take a kernelement out with its configurations, sheets and synthesis; codes and codings stay. Undo brings all
    back."""
    delete_with_dependants(session, Kernelement, [kernelement_id])


def ship(session: Session) -> None:
    """Put the kernelementen of the method into the project, each with its fixed UUID."""
    there = {one.uuid for one in in_order(session)}
    for label in SHIPPED:
        # One that was given another name is there all the same.
        if shipped_uuid("kernelement", label) not in there:
            ensure(session, label, uuid=shipped_uuid("kernelement", label))


def set_of_code(session: Session, code_id: int, labels: Iterable[str]) -> None:
    """Say of which kernelementen a code is a code; kernelementen that are new are made."""
    wanted = {ensure(session, label) for label in labels}
    have = {row.kernelement_id: row.id for row in session.scalars(
        select(KernelementCode).where(KernelementCode.code_id == code_id))}
    delete_rows(session, KernelementCode, [number for kernelement, number in have.items() if kernelement not in wanted])
    insert_rows(session, KernelementCode, [{"kernelement_id": kernelement, "code_id": code_id}
                                           for kernelement in sorted(wanted - have.keys())])


def set_codes(session: Session, kernelement_id: int, code_ids: Iterable[int]) -> None:
    """Say which codes are codes of a kernelement, in place of those that were."""
    wanted = set(code_ids)
    have = {row.code_id: row.id for row in session.scalars(
        select(KernelementCode).where(KernelementCode.kernelement_id == kernelement_id))}
    delete_rows(session, KernelementCode, [number for code, number in have.items() if code not in wanted])
    insert_rows(session, KernelementCode, [{"kernelement_id": kernelement_id, "code_id": code}
                                           for code in sorted(wanted - have.keys())])
