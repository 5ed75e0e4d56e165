"""Deelvragen and the queries kept under them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import Deelvraag, GridTemplate, Pattern, SavedQuery, Snapshot
from codebook.nearness import fold
from codebook.query.algebra import Property, walk
from codebook.query.text import parse, to_text
from corpora.errors import QueryError, RefusedError, UsageError
from corpora.store.dependants import delete_with_dependants


def deelvragen(session: Session) -> list[Deelvraag]:
    """All deelvragen in their order."""
    return list(session.scalars(select(Deelvraag).order_by(Deelvraag.position, Deelvraag.id)))


def add_deelvraag(session: Session, label: str, question: str = "") -> int:
    """Make a deelvraag behind the others; returns its number."""
    if not label.strip():
        raise UsageError("A deelvraag needs a short name.")
    last = session.scalar(select(func.max(Deelvraag.position))) or 0
    made = Deelvraag(label=label.strip(), question=question.strip(), position=last + 1)
    session.add(made)
    session.flush()
    return made.id


def change_deelvraag(session: Session, deelvraag_id: int, label: str, question: str) -> None:
    """Reword a deelvraag."""
    found = session.get_one(Deelvraag, deelvraag_id)
    found.label, found.question = label.strip() or found.label, question.strip()


def remove_deelvraag(session: Session, deelvraag_id: int) -> None:
    """Take a deelvraag out; its queries stay, under none. Refuses to take patterns along."""
    held = session.scalar(select(func.count()).where(Pattern.deelvraag_id == deelvraag_id)) or 0
    if held:
        raise RefusedError("«{label}» holds {n} patronen. Put them under another deelvraag, or take them away first.",
                           label=session.get_one(Deelvraag, deelvraag_id).label, n=held)
    delete_with_dependants(session, Deelvraag, [deelvraag_id])


def move_deelvraag(session: Session, deelvraag_id: int, place: int) -> None:
    """Put a deelvraag at another place in the order, counted from 0."""
    ordered = deelvragen(session)
    moved = session.get_one(Deelvraag, deelvraag_id)
    ordered.remove(moved)
    ordered.insert(max(0, place), moved)
    for position, one in enumerate(ordered, 1):
        one.position = position


def queries(session: Session, deelvraag_id: int | None = None) -> list[SavedQuery]:
    """The saved queries, of one deelvraag or all, by name."""
    query = select(SavedQuery).order_by(SavedQuery.name)
    return list(session.scalars(query if deelvraag_id is None else query.where(
        SavedQuery.deelvraag_id == deelvraag_id)))


def save_query(session: Session, name: str, expression: str, *, deelvraag_id: int | None = None,
               unit: str = "narratief", codings: str = "any") -> int:
    """Keep a query under a name; the same name is overwritten. Returns its number."""
    if not name.strip():
        raise UsageError("A saved query needs a name.")
    _refuse_snapshot(session, name.strip())
    found = session.scalars(select(SavedQuery).where(SavedQuery.name == name.strip())).first()
    if found is None:
        found = SavedQuery(name=name.strip(), expression=expression)
        session.add(found)
    found.expression, found.unit, found.codings, found.deelvraag_id = expression, unit, codings, deelvraag_id
    session.flush()
    return found.id


def named_query(session: Session, name: str) -> SavedQuery | None:
    """The saved query of this name, if there is one."""
    return session.scalars(select(SavedQuery).where(SavedQuery.name == name.strip())).first()


def rename_query(session: Session, query_id: int, name: str) -> None:
    """Give a query another name, in the questions too that use it as `query:"name"`."""
    found, wanted = session.get_one(SavedQuery, query_id), name.strip()
    if not wanted:
        raise UsageError("A saved query needs a name.")
    standing = named_query(session, wanted)
    if standing is not None and standing.id != query_id:
        raise UsageError("There is a saved query «{name}» already.", name=wanted)
    _refuse_snapshot(session, wanted)
    old, found.name = found.name, wanted
    respell(session, old, wanted)


def _refuse_snapshot(session: Session, name: str) -> None:
    """Queries and momentopnamen are named in the same way in a question."""
    if session.scalars(select(Snapshot.id).where(Snapshot.name == name)).first() is not None:
        raise UsageError("There is a momentopname «{name}» already. Choose another name.", name=name)


def respell(session: Session, old: str, new: str) -> None:
    """Write the new name of a saved query or momentopname in the questions and grids that use it."""
    for other in queries(session):
        other.expression = _with_name(other.expression, old, new)
    for grid in session.scalars(select(GridTemplate).where(GridTemplate.condition != "")):
        grid.condition = _with_name(grid.condition, old, new)


def _with_name(expression: str, old: str, new: str) -> str:
    """An expression in which a saved query goes by its new name; one that cannot be read stays as it is."""
    try:
        node = parse(expression)
    except QueryError:
        return expression
    used = [n for n in walk(node) if isinstance(n, Property) and n.name == "query" and fold(n.value) == fold(old)]
    for one in reversed(used):
        before, after = expression[:one.span.start - 1], expression[one.span.end - 1:]
        expression = before + to_text(Property("query", new)) + after
    return expression


def file_query(session: Session, query_id: int, deelvraag_id: int | None) -> None:
    """Put a query under another deelvraag, or under none."""
    session.get_one(SavedQuery, query_id).deelvraag_id = deelvraag_id


def remove_query(session: Session, query_id: int) -> None:
    """Forget a saved query."""
    delete_with_dependants(session, SavedQuery, [query_id])
