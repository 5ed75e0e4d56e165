"""Combination grids kept under a deelvraag, and what was done with their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import GridAxis, GridCell, GridCellCode, GridCode, GridSeen, GridTemplate
from corpora.errors import UsageError
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import delete_rows, insert_rows

OPEN, READ, ANSWERED, EMPTY = "open", "gelezen", "beantwoord", "leeg"
STATUSES = (OPEN, READ, ANSWERED, EMPTY)

Chosen = tuple[int, bool]
"""A code of a grid: its number, and whether its sub-codes count as this code."""
Combination = frozenset[Chosen]


@dataclass(frozen=True)
class Axis:
    """A facet of a grid with its chosen codes; None for all codes that it has."""

    facet_id: int
    codes: tuple[Chosen, ...] | None = None


@dataclass(frozen=True)
class CellNote:
    """What was done with a combination. `seen` are the narratieven it had when it was marked that are still there,
    `count` how many they were."""

    status: str
    interpretation: str
    seen: frozenset[int]
    count: int
    coder_id: int
    changed_at: datetime


def templates(session: Session, deelvraag_id: int | None = None) -> list[GridTemplate]:
    """The grids that are kept, of one deelvraag or all, in their order."""
    query = select(GridTemplate).order_by(GridTemplate.position, GridTemplate.id)
    return list(session.scalars(query if deelvraag_id is None else query.where(
        GridTemplate.deelvraag_id == deelvraag_id)))


def axes_of(session: Session, template_id: int) -> tuple[Axis, ...]:
    """The facets of a grid with the codes chosen."""
    found = []
    for axis in session.scalars(select(GridAxis).where(GridAxis.template_id == template_id)
                                .order_by(GridAxis.position, GridAxis.id)):
        codes = session.execute(select(GridCode.code_id, GridCode.below).where(GridCode.axis_id == axis.id)
                                .order_by(GridCode.position, GridCode.id)).all()
        found.append(Axis(axis.facet_id, None if axis.every else tuple(codes)))
    return tuple(found)


def add(session: Session, name: str, axes: Sequence[Axis], *, deelvraag_id: int | None = None, codings: str = "any",
        condition: str = "") -> int:
    """Keep a grid under a deelvraag, behind the others; returns its number."""
    _check(name, axes)
    last = session.scalar(select(func.max(GridTemplate.position))) or 0
    made = GridTemplate(name=name.strip(), deelvraag_id=deelvraag_id, codings=codings, condition=condition.strip(),
                        position=last + 1)
    session.add(made)
    session.flush()
    _put_axes(session, made.id, axes)
    return made.id


def _check(name: str, axes: Sequence[Axis]) -> None:
    if not name.strip():
        raise UsageError("A grid needs a name.")
    if not axes or any(axis.codes == () for axis in axes):
        raise UsageError("A grid needs at least one facet, and a code in each of its facets.")


def change(session: Session, template_id: int, axes: Sequence[Axis], *, codings: str, condition: str) -> None:
    """Choose other facets, codes, coder or condition; what was done with cells stays, and shows again when its
    combination does."""
    found = session.get_one(GridTemplate, template_id)
    _check(found.name, axes)
    found.codings, found.condition = codings, condition.strip()
    delete_with_dependants(session, GridAxis, session.scalars(
        select(GridAxis.id).where(GridAxis.template_id == template_id)).all())
    _put_axes(session, template_id, axes)


def _put_axes(session: Session, template_id: int, axes: Sequence[Axis]) -> None:
    for place, axis in enumerate(axes):
        made = GridAxis(template_id=template_id, facet_id=axis.facet_id, every=axis.codes is None, position=place)
        session.add(made)
        session.flush()
        insert_rows(session, GridCode, [{"axis_id": made.id, "code_id": code, "below": below, "position": n}
                                        for n, (code, below) in enumerate(dict.fromkeys(axis.codes or ()))])


def rename(session: Session, template_id: int, name: str) -> None:
    """Give a grid another name."""
    if not name.strip():
        raise UsageError("A grid needs a name.")
    session.get_one(GridTemplate, template_id).name = name.strip()


def file_under(session: Session, template_id: int, deelvraag_id: int | None) -> None:
    """Put a grid under another deelvraag, or under none."""
    session.get_one(GridTemplate, template_id).deelvraag_id = deelvraag_id


def remove(session: Session, template_id: int) -> None:
    """Forget a grid with all that was noted in it."""
    delete_with_dependants(session, GridTemplate, [template_id])


# cells


def notes_of(session: Session, template_id: int) -> Mapping[Combination, CellNote]:
    """What was done with the cells of a grid, by combination."""
    cells = session.scalars(select(GridCell).where(GridCell.template_id == template_id)).all()
    codes = _codes_by_cell(session, template_id)
    seen = _seen_by_cell(session, template_id)
    # A cell that lost a code from the codebook stands for no combination any more.
    return {frozenset(codes.get(c.id, ())): CellNote(c.status, c.interpretation, frozenset(seen.get(c.id, ())), c.count,
                                                     c.coder_id, c.changed_at)
            for c in cells if len(codes.get(c.id, ())) == c.width}


def _codes_by_cell(session: Session, template_id: int) -> dict[int, set[Chosen]]:
    found: dict[int, set[Chosen]] = {}
    for cell, code, below in session.execute(
            select(GridCellCode.cell_id, GridCellCode.code_id, GridCellCode.below)
            .join(GridCell, GridCell.id == GridCellCode.cell_id).where(GridCell.template_id == template_id)):
        found.setdefault(cell, set()).add((code, below))
    return found


def _seen_by_cell(session: Session, template_id: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for cell, narratief in session.execute(
            select(GridSeen.cell_id, GridSeen.narratief_id).join(GridCell, GridCell.id == GridSeen.cell_id)
            .where(GridCell.template_id == template_id)):
        found.setdefault(cell, []).append(narratief)
    return found


def mark(session: Session, coder: int, template_id: int, codes: Iterable[Chosen], status: str,
         narratief_ids: Sequence[int]) -> int:
    """Say how far a combination is (open, gelezen, beantwoord, leeg), with the narratieven it has now. Returns the
    number of the cell."""
    if status not in STATUSES:
        raise UsageError("«{status}» is no status of a cell. There are: {choices}.", status=status,
                         choices=", ".join(STATUSES))
    cell = _cell(session, coder, template_id, frozenset(codes))
    cell.status, cell.coder_id, cell.changed_at = status, coder, now()
    wanted = set() if status == OPEN else {int(n) for n in narratief_ids}
    cell.count = len(wanted)
    session.flush()
    standing = dict(session.execute(select(GridSeen.narratief_id, GridSeen.id)
                                    .where(GridSeen.cell_id == cell.id)).all())
    delete_rows(session, GridSeen, [row for narratief, row in standing.items() if narratief not in wanted])
    insert_rows(session, GridSeen, [{"cell_id": cell.id, "narratief_id": n} for n in sorted(wanted - standing.keys())])
    return cell.id


def interpret(session: Session, coder: int, template_id: int, codes: Iterable[Chosen], body: str) -> int:
    """Write the interpretation of a combination; its status stays. Returns the number of the cell."""
    cell = _cell(session, coder, template_id, frozenset(codes))
    if cell.interpretation != body.strip():
        cell.interpretation, cell.coder_id, cell.changed_at = body.strip(), coder, now()
    session.flush()
    return cell.id


def _cell(session: Session, coder: int, template_id: int, codes: Combination) -> GridCell:
    for number, held in _codes_by_cell(session, template_id).items():
        if held == codes and (cell := session.get_one(GridCell, number)).width == len(codes):
            return cell
    made = GridCell(template_id=template_id, width=len(codes), coder_id=coder)
    session.add(made)
    session.flush()
    insert_rows(session, GridCellCode, [{"cell_id": made.id, "code_id": code, "below": below}
                                        for code, below in sorted(codes)])
    return made
