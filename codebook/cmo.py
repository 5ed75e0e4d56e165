"""CMO configurations: made, worded, given elements, evidence and links. Codes propose, people decide.

A configuration may be partial; `cmo_views.gaps` says what it lacks. Every rewording is kept with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import (
    BASES,
    DIRECTIONS,
    ELEMENT_ROLES,
    LINKS,
    STATUSES,
    Configuration,
    ConfigurationElement,
    ConfigurationLink,
    Evidence,
    Kernelement,
    Quote,
    Rewording,
)
from codebook.tracing import places_of
from corpora.errors import UsageError
from corpora.models import Narratief
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import delete_rows, insert_rows

WORDED: dict[str, tuple[str, ...]] = {
    "configuration": ("title", "statement", "intervention", "status"),
    "configuration_element": ("text", "actor", "role", "basis", "valence"),
    "synthesis": ("wording", "counter", "conclusion", "reply")}
"""Table → the fields of which every change is kept with its reason."""


def add(session: Session, coder: int, kernelement_id: int, title: str, *, statement: str = "", intervention: str = "",
        note: str = "", **properties: Any) -> int:
    """Make a configuration behind the others of a kernelement; returns its number."""
    session.get_one(Kernelement, kernelement_id)
    last = session.scalar(select(func.max(Configuration.position)).where(
        Configuration.kernelement_id == kernelement_id)) or 0
    made = Configuration(kernelement_id=kernelement_id, title=_title(title), statement=statement.strip(),
                         intervention=intervention.strip(), note=note.strip(), position=last + 1, coder_id=coder,
                         **properties)
    session.add(made)
    session.flush()
    return made.id


def _title(title: str) -> str:
    cleaned = short(title, 300)
    if not cleaned:
        raise UsageError("A configuration needs a title.")
    return cleaned


def short(text: str, most: int) -> str:
    """A text on one line, refused when it is longer than fits: cutting it would lose words."""
    cleaned = " ".join(text.split())
    if len(cleaned) > most:
        raise UsageError("“{text}…” is too long: at most {most} characters fit here.", text=cleaned[:40], most=most)
    return cleaned


def name(session: Session, configuration_id: int, title: str) -> None:
    """Give a configuration that has no title of its own yet its first one: there is no earlier wording to keep."""
    session.get_one(Configuration, configuration_id).title = _title(title)


def reword(session: Session, coder: int, configuration_id: int, field: str, text: str, reason: str = "") -> bool:
    """Give a configuration another `title`, `statement` or `intervention`; the old wording is kept with the reason.
    Returns whether anything changed."""
    if field not in ("title", "statement", "intervention"):
        raise TypeError(f"no such wording: {field}")
    value = _title(text) if field == "title" else text.strip()
    return change(session, coder, session.get_one(Configuration, configuration_id), field, value, reason)


def set_status(session: Session, coder: int, configuration_id: int, status: str, reason: str = "") -> bool:
    """Say how far a configuration has come: one of `STATUSES`; the change is kept with the reason."""
    one_of(status, STATUSES)
    return change(session, coder, session.get_one(Configuration, configuration_id), "status", status, reason)


def annotate(session: Session, configuration_id: int, note: str) -> None:
    """Write the note of a configuration."""
    session.get_one(Configuration, configuration_id).note = note.strip()


def change(session: Session, coder: int, row: Any, field: str, value: Any, reason: str = "") -> bool:
    """Set a field of a configuration, element or synthesis and keep what it was; returns whether it was another."""
    old = getattr(row, field)
    if old == value:
        return False
    setattr(row, field, value)
    session.add(Rewording(about=row.__tablename__, about_id=row.id, field=field, old=str(old), new=str(value),
                          reason=reason.strip(), coder_id=coder))
    session.flush()
    return True


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """A value that must be one of these words."""
    if value not in allowed:
        raise UsageError("«{value}» is not known here. It can be: {choices}.", value=value, choices=", ".join(allowed))
    return value


def move(session: Session, configuration_id: int, place: int) -> None:
    """Put a configuration at another place among those of its kernelement, counted from 0."""
    moved = session.get_one(Configuration, configuration_id)
    _place(session, Configuration, Configuration.kernelement_id == moved.kernelement_id, moved, place)


def give_to(session: Session, configuration_id: int, kernelement_id: int) -> None:
    """Put a configuration under another kernelement, behind those that are there."""
    moved = session.get_one(Configuration, configuration_id)
    moved.kernelement_id = session.get_one(Kernelement, kernelement_id).id
    session.flush()
    move(session, configuration_id, 10**6)


def _place(session: Session, model: Any, among: Any, moved: Any, place: int) -> None:
    session.flush()
    others = list(session.scalars(select(model).where(among, model.id != moved.id).order_by(model.position, model.id)))
    at = min(max(place, 0), len(others))
    for position, one in enumerate([*others[:at], moved, *others[at:]], 1):
        one.position = position
    session.flush()


def remove(session: Session, configuration_id: int) -> None:
    """Take a configuration out with its elements, evidence, links and earlier wordings. Undo brings all back."""
    delete_with_dependants(session, Configuration, [configuration_id])


def add_element(session: Session, configuration_id: int, role: str, text: str = "", *, actor: str = "",
                valence: int = 0, basis: str = BASES[0], code_id: int | None = None) -> int:
    """Give a configuration a context, resource, reasoning or outcome (`ELEMENT_ROLES`); returns its number."""
    last = session.scalar(select(func.max(ConfigurationElement.position)).where(
        ConfigurationElement.configuration_id == configuration_id)) or 0
    made = ConfigurationElement(
        configuration_id=session.get_one(Configuration, configuration_id).id, role=one_of(role, ELEMENT_ROLES),
        actor=_actor(actor), text=text.strip(), valence=_sign(valence), basis=one_of(basis, BASES), code_id=code_id,
        position=last + 1)
    session.add(made)
    session.flush()
    return made.id


def _actor(actor: str) -> str:
    return short(actor, 200)


def _sign(valence: int) -> int:
    return (valence > 0) - (valence < 0)


def change_element(session: Session, coder: int, element_id: int, field: str, value: str | int,
                   reason: str = "") -> bool:
    """Give an element another `text`, `actor`, `role`, `basis` or `valence` (1 supporting, -1 hindering, 0 neither);
    what it was is kept with the reason. Returns whether anything changed."""
    readers: dict[str, Any] = {
        "text": str.strip, "actor": _actor, "role": lambda word: one_of(word, ELEMENT_ROLES),
        "basis": lambda word: one_of(word, BASES), "valence": _sign}
    if field not in readers:
        raise TypeError(f"no such property: {field}")
    return change(session, coder, session.get_one(ConfigurationElement, element_id), field, readers[field](value),
                  reason)


def move_element(session: Session, element_id: int, place: int) -> None:
    """Put an element at another place among all elements of its configuration, counted from 0."""
    moved = session.get_one(ConfigurationElement, element_id)
    among = ConfigurationElement.configuration_id == moved.configuration_id
    _place(session, ConfigurationElement, among, moved, place)


def remove_element(session: Session, element_id: int) -> None:
    """Take an element out; its evidence stays, with the configuration as a whole."""
    delete_with_dependants(session, ConfigurationElement, [element_id])


def add_evidence(session: Session, coder: int, configuration_id: int, *, narratief_ids: Iterable[int] = (),
                 quote_ids: Iterable[int] = (), element_id: int | None = None, direction: str = DIRECTIONS[0],
                 note: str = "") -> list[int]:
    """Put narratieven and quotes behind an element, or behind the configuration as a whole (`element_id` None).

    What stands there already is not doubled: it gets this direction, and this note when there is one. Returns the
    numbers of the evidence, in the order given (narratieven first).
    """
    one_of(direction, DIRECTIONS)
    _require_own(session, configuration_id, element_id)
    wanted: list[tuple[int, int | None]] = [(session.get_one(Narratief, n).id, None) for n in narratief_ids]
    wanted += [(session.get_one(Quote, q).narratief_id, q) for q in quote_ids]
    standing = {(e.narratief_id, e.quote_id): e for e in session.scalars(select(Evidence).where(
        Evidence.configuration_id == configuration_id, Evidence.element_id == element_id))}
    places = places_of(session, {narratief for narratief, _ in wanted})
    found = []
    for narratief, quote in dict.fromkeys(wanted):
        row = standing.get((narratief, quote))
        if row is None:
            row = Evidence(configuration_id=configuration_id, element_id=element_id, narratief_id=narratief,
                           quote_id=quote, quoted=quote is not None, place=places[narratief].words, coder_id=coder)
            session.add(row)
        row.direction, row.note = direction, note.strip() or row.note or ""
        session.flush()
        found.append(row.id)
    return found


def _require_own(session: Session, configuration_id: int, element_id: int | None) -> None:
    session.flush()
    if element_id is None:
        session.get_one(Configuration, configuration_id)
    elif session.get_one(ConfigurationElement, element_id).configuration_id != configuration_id:
        raise UsageError("This element belongs to another configuration.")


def place_evidence(session: Session, coder: int, configuration_id: int, role: str, *,
                   narratief_ids: Iterable[int] = (), quote_ids: Iterable[int] = (), direction: str = DIRECTIONS[0],
                   actor: str = "", valence: int = 0, code_id: int | None = None) -> int:
    """Put narratieven and quotes on a part of a configuration (C, M or O): behind the last element of this role (and
    actor, when one is given), or a new one without words when there is none yet. Returns the element."""
    same = [ConfigurationElement.configuration_id == configuration_id, ConfigurationElement.role == role]
    if actor:
        same.append(ConfigurationElement.actor == _actor(actor))
    element_id = session.scalar(select(ConfigurationElement.id).where(*same).order_by(
        ConfigurationElement.position.desc(), ConfigurationElement.id.desc()).limit(1))
    if element_id is None:
        element_id = add_element(session, configuration_id, role, actor=actor, valence=valence, code_id=code_id)
    add_evidence(session, coder, configuration_id, narratief_ids=narratief_ids, quote_ids=quote_ids,
                 element_id=element_id, direction=direction)
    return element_id


def change_evidence(session: Session, evidence_id: int, *, direction: str | None = None,
                    note: str | None = None) -> None:
    """Say what evidence does to what it is evidence for (one of `DIRECTIONS`), or annotate it."""
    found = session.get_one(Evidence, evidence_id)
    found.direction = found.direction if direction is None else one_of(direction, DIRECTIONS)
    found.note = found.note if note is None else note.strip()


def move_evidence(session: Session, evidence_id: int, element_id: int | None) -> None:
    """Hang evidence on another element of its configuration, or on the whole (None); what stands there in the same way
    is not doubled."""
    found = session.get_one(Evidence, evidence_id)
    _require_own(session, found.configuration_id, element_id)
    found.element_id = element_id
    session.flush()
    if found.narratief_id is not None:
        tidy_evidence(session, found.narratief_id)


def remove_evidence(session: Session, evidence_ids: Iterable[int]) -> int:
    """Take evidence off; narratieven and quotes stay. Returns how much there was."""
    return delete_rows(session, Evidence, evidence_ids)


def tidy_evidence(session: Session, narratief_id: int) -> None:
    """Make evidence one that became the same when two narratieven were joined; no note is lost."""
    kept: dict[tuple[Any, ...], Evidence] = {}
    gone = []
    for row in session.scalars(select(Evidence).where(Evidence.narratief_id == narratief_id).order_by(Evidence.id)):
        first = kept.setdefault((row.configuration_id, row.element_id, row.quote_id, row.direction), row)
        if first is not row:
            if row.note and row.note not in first.note:
                first.note = "\n".join(filter(None, [first.note, row.note]))
            gone.append(row.id)
    delete_rows(session, Evidence, gone)


def link(session: Session, source_id: int, target_id: int, kind: str, note: str = "") -> int:
    """Say how a configuration stands to another: one of `LINKS`. Rivals are each other's, so that one link says it.
    Standing already, it gets this note. Returns the link's number."""
    one_of(kind, LINKS)
    if source_id == target_id:
        raise UsageError("A configuration cannot be linked with itself.")
    found = _linked(session, source_id, target_id, kind)
    if found is None:
        if kind != "rivaal" and _linked(session, target_id, source_id, kind) is not None:
            raise UsageError("These two are linked the other way round already. Take that link off first.")
        insert_rows(session, ConfigurationLink, [{
            "source_id": session.get_one(Configuration, source_id).id,
            "target_id": session.get_one(Configuration, target_id).id, "kind": kind, "note": note.strip()}])
        found = _linked(session, source_id, target_id, kind)
        assert found is not None
    found.note = note.strip() or found.note
    return found.id


def _linked(session: Session, source_id: int, target_id: int, kind: str) -> ConfigurationLink | None:
    ways = [(source_id, target_id)] + ([(target_id, source_id)] if kind == "rivaal" else [])
    for source, target in ways:
        found = session.scalars(select(ConfigurationLink).where(
            ConfigurationLink.source_id == source, ConfigurationLink.target_id == target,
            ConfigurationLink.kind == kind)).first()
        if found is not None:
            return found
    return None


def unlink(session: Session, link_id: int) -> None:
    """Take a link off."""
    delete_rows(session, ConfigurationLink, [link_id])
