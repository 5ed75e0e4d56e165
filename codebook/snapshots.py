"""*Momentopnamen*: the answer to a query frozen at one moment, and the comparison of two sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import SavedQuery, Snapshot, SnapshotMember
from codebook.questions import respell
from corpora.errors import UsageError
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import insert_rows


@dataclass(frozen=True)
class Comparison:
    """Two sets of narratieven against each other, in the order in which they came."""

    both: tuple[int, ...]
    only_here: tuple[int, ...]
    only_there: tuple[int, ...]


def compare(here: Sequence[int], there: Sequence[int]) -> Comparison:
    """What is in both sets, only in the one, only in the other."""
    in_here, in_there = frozenset(here), frozenset(there)
    return Comparison(tuple(n for n in here if n in in_there), tuple(n for n in here if n not in in_there),
                      tuple(n for n in there if n not in in_here))


def freeze(session: Session, coder: int, name: str, narratief_ids: Iterable[int], *, expression: str = "",
           unit: str = "narratief", codings: str = "any", deelvraag_id: int | None = None) -> int:
    """Keep narratieven under a name, with the question they answered; returns the number of the momentopname."""
    _refuse_taken(session, name)
    members = sorted({int(n) for n in narratief_ids})
    made = Snapshot(name=name.strip(), expression=expression, unit=unit, codings=codings, deelvraag_id=deelvraag_id,
                    count=len(members), coder_id=coder)
    session.add(made)
    session.flush()
    insert_rows(session, SnapshotMember, [{"snapshot_id": made.id, "narratief_id": n} for n in members])
    return made.id


def _refuse_taken(session: Session, name: str, own: int | None = None) -> None:
    wanted = name.strip()
    if not wanted:
        raise UsageError("A momentopname needs a name.")
    standing = session.scalars(select(Snapshot).where(Snapshot.name == wanted)).first()
    if standing is not None and standing.id != own:
        raise UsageError("There is a momentopname «{name}» already. Choose another name.", name=wanted)
    if session.scalars(select(SavedQuery.id).where(SavedQuery.name == wanted)).first() is not None:
        raise UsageError("There is a saved query «{name}» already. Choose another name.", name=wanted)


def snapshots(session: Session) -> list[Snapshot]:
    """All momentopnamen, oldest first."""
    return list(session.scalars(select(Snapshot).order_by(Snapshot.made_at, Snapshot.id)))


def members(session: Session, snapshot_id: int) -> list[int]:
    """The narratieven of a momentopname that are still there."""
    return list(session.scalars(select(SnapshotMember.narratief_id).where(
        SnapshotMember.snapshot_id == snapshot_id).order_by(SnapshotMember.narratief_id)))


def rename(session: Session, snapshot_id: int, name: str) -> None:
    """Give a momentopname another name, in the questions too that use it as `query:"name"`."""
    _refuse_taken(session, name, snapshot_id)
    found = session.get_one(Snapshot, snapshot_id)
    old, found.name = found.name, name.strip()
    respell(session, old, found.name)


def remove(session: Session, snapshot_id: int) -> None:
    """Forget a momentopname; its narratieven stay."""
    delete_with_dependants(session, Snapshot, [snapshot_id])
