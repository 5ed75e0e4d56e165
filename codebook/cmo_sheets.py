"""Focus-group sheets about a kernelement: filled in line by line, and taken together over participants and sessions.

Every line keeps the role of who wrote it and the phase in which it came: alone, with a second, plenary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.cmo import one_of, short
from codebook.models import PHASES, SHEET_ACTORS, SHEET_FIELDS, Kernelement, Sheet, SheetEntry
from corpora.errors import UsageError
from corpora.messages import Message, message
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import delete_rows

Place = tuple[str, str]
"""Where a line stands: field, and the actor when it is an outcome."""
PLACES: tuple[Place, ...] = tuple(
    (field, actor) for field in SHEET_FIELDS for actor in (SHEET_ACTORS if field == "outcome" else ("",)))
"""The places of the form, in its order."""

FIELD_NAMES: dict[str, Message] = {
    "mechanisme_interventie": message("Mechanism and intervention"), "waarom_werkt": message("Why it works"),
    "context_intern": message("Context inside the team"), "context_extern": message("Context outside the team"),
    "outcome": message("Outcome"), "verbeterpunten": message("Points for improvement")}
ACTOR_NAMES: dict[str, Message] = {
    "klant": message("client"), "professional": message("professional"),
    "expertnetwerk": message("expert network"), "wijk": message("neighbourhood")}


def place_name(place: Place) -> Message:
    """What a place of the form is called."""
    field, actor = place
    if field != "outcome":
        return FIELD_NAMES[field]
    return message("Outcome for the {actor}", actor=ACTOR_NAMES[actor])


@dataclass(frozen=True)
class EntryView:
    """A line of a sheet."""

    id: int
    field: str
    actor: str
    text: str
    author_role: str
    phase: str


@dataclass(frozen=True)
class SheetView:
    """A sheet with its lines, in the order of the form."""

    id: int
    kernelement_id: int
    session: str
    participant: str
    phase: str
    source: str
    note: str
    made_at: datetime
    entries: tuple[EntryView, ...] = ()

    def at(self, place: Place) -> tuple[EntryView, ...]:
        """The lines of one place."""
        return tuple(e for e in self.entries if (e.field, e.actor) == place)


@dataclass(frozen=True)
class Line:
    """A line of all sheets together: equal ones are one. `count` is how often it was written, `roles` by whom."""

    text: str
    count: int
    roles: tuple[str, ...]
    entry_ids: tuple[int, ...]


def add(session: Session, kernelement_id: int, *, held: str = "", participant: str = "", phase: str = PHASES[0],
        source: str = "", note: str = "") -> int:
    """Make an empty sheet for a kernelement; `held` says at which session. Returns its number."""
    last = session.scalar(select(func.max(Sheet.position)).where(Sheet.kernelement_id == kernelement_id)) or 0
    made = Sheet(kernelement_id=session.get_one(Kernelement, kernelement_id).id, session=short(held, 200),
                 participant=short(participant, 200), phase=one_of(phase, PHASES), source=source[:300],
                 note=note.strip(), position=last + 1)
    session.add(made)
    session.flush()
    return made.id


def describe(session: Session, sheet_id: int, *, held: str | None = None, participant: str | None = None,
             phase: str | None = None, note: str | None = None) -> None:
    """Say at which session a sheet was filled, by whom (a role, never a name), how far it is, or annotate it."""
    sheet = session.get_one(Sheet, sheet_id)
    sheet.session = sheet.session if held is None else short(held, 200)
    sheet.participant = sheet.participant if participant is None else short(participant, 200)
    sheet.phase = sheet.phase if phase is None else one_of(phase, PHASES)
    sheet.note = sheet.note if note is None else note.strip()


def remove(session: Session, sheet_id: int) -> None:
    """Take a sheet out with its lines. Undo brings all back."""
    delete_with_dependants(session, Sheet, [sheet_id])


def add_entry(session: Session, sheet_id: int, field: str, text: str, *, actor: str = "", author_role: str = "",
              phase: str = "") -> int:
    """Write a line behind the others of its place; without a `phase` it is that of the sheet. Returns its number."""
    sheet = session.get_one(Sheet, sheet_id)
    _require_place(field, actor)
    if not text.strip():
        raise UsageError("There is nothing to write down yet. Type a line first.")
    last = session.scalar(select(func.max(SheetEntry.position)).where(SheetEntry.sheet_id == sheet_id)) or 0
    made = SheetEntry(sheet_id=sheet_id, field=field, actor=actor, text=text.strip(),
                      author_role=short(author_role, 100), position=last + 1,
                      phase=one_of(phase or sheet.phase, PHASES))
    session.add(made)
    session.flush()
    return made.id


def _require_place(field: str, actor: str) -> None:
    one_of(field, SHEET_FIELDS)
    if field == "outcome":
        one_of(actor, SHEET_ACTORS)
    elif actor:
        raise UsageError("Only an outcome holds for an actor.")


def change_entry(session: Session, entry_id: int, **properties: str) -> None:
    """Change the `text`, `author_role` or `phase` of a line; an empty text takes it off."""
    entry = session.get_one(SheetEntry, entry_id)
    if not properties.get("text", entry.text).strip():
        remove_entry(session, entry_id)
        return
    for name, value in properties.items():
        if name not in ("text", "author_role", "phase"):
            raise TypeError(f"no such property: {name}")
        setattr(entry, name, one_of(value, PHASES) if name == "phase" else short(value, 100)
                if name == "author_role" else value.strip())


def move_entry(session: Session, entry_id: int, field: str, actor: str = "") -> None:
    """Put a line in another place of its sheet, behind what stands there."""
    _require_place(field, actor)
    entry = session.get_one(SheetEntry, entry_id)
    last = session.scalar(select(func.max(SheetEntry.position)).where(SheetEntry.sheet_id == entry.sheet_id)) or 0
    entry.field, entry.actor, entry.position = field, actor, last + 1


def remove_entry(session: Session, entry_id: int) -> None:
    """Take a line off."""
    delete_rows(session, SheetEntry, [entry_id])


def write(session: Session, sheet_id: int, field: str, texts: Sequence[str], *, actor: str = "",
          author_role: str = "", phase: str = "") -> None:
    """Let the lines of a place be these. A line that stands there keeps its author and phase; new ones get the given;
    what is no longer among them goes."""
    _require_place(field, actor)
    session.flush()
    have = list(session.scalars(select(SheetEntry).where(
        SheetEntry.sheet_id == sheet_id, SheetEntry.field == field, SheetEntry.actor == actor)
        .order_by(SheetEntry.position, SheetEntry.id)))
    kept: list[int] = []
    for text in filter(None, map(str.strip, texts)):
        same = next((e for e in have if e.text == text and e.id not in kept), None)
        kept.append(same.id if same else add_entry(session, sheet_id, field, text, actor=actor,
                                                   author_role=author_role, phase=phase))
    delete_rows(session, SheetEntry, [e.id for e in have if e.id not in kept])
    for position, number in enumerate(kept, 1):
        session.get_one(SheetEntry, number).position = position
    session.flush()


def sheets(session: Session, kernelement_id: int | None = None) -> list[SheetView]:
    """The sheets of a kernelement, or of all, in order."""
    query = select(Sheet).join(Kernelement, Kernelement.id == Sheet.kernelement_id).order_by(
        Kernelement.position, Kernelement.id, Sheet.position, Sheet.id)
    if kernelement_id is not None:
        query = query.where(Sheet.kernelement_id == kernelement_id)
    found = list(session.scalars(query))
    lines = _entries(session, [sheet.id for sheet in found])
    return [SheetView(s.id, s.kernelement_id, s.session, s.participant, s.phase, s.source, s.note, s.made_at,
                      tuple(lines.get(s.id, ()))) for s in found]


def _entries(session: Session, sheet_ids: Sequence[int]) -> dict[int, list[EntryView]]:
    found: dict[int, list[EntryView]] = {}
    rank = {place: n for n, place in enumerate(PLACES)}
    query = select(SheetEntry).where(SheetEntry.sheet_id.in_(sheet_ids)).order_by(SheetEntry.position, SheetEntry.id)
    for e in session.scalars(query):
        found.setdefault(e.sheet_id, []).append(EntryView(e.id, e.field, e.actor, e.text, e.author_role, e.phase))
    return {number: sorted(lines, key=lambda e: rank[e.field, e.actor]) for number, lines in found.items()}


def aggregated(views: Iterable[SheetView]) -> dict[Place, list[Line]]:
    """One sheet out of many: per place of the form the lines in the order in which they came, equal ones (capitals and
    spaces apart) once."""
    gathered: dict[Place, dict[str, list[EntryView]]] = {place: {} for place in PLACES}
    for view in views:
        for entry in view.entries:
            same = " ".join(entry.text.split()).casefold()
            gathered[entry.field, entry.actor].setdefault(same, []).append(entry)
    return {place: [_line(entries) for entries in lines.values()] for place, lines in gathered.items()}


def _line(entries: Sequence[EntryView]) -> Line:
    roles = dict.fromkeys(e.author_role for e in entries if e.author_role)
    return Line(entries[0].text, len(entries), tuple(roles), tuple(e.id for e in entries))


def as_findings(lines: dict[Place, list[Line]]) -> dict[str, Any]:
    """One sheet in the form in which CMO findings are exchanged: field → lines, outcome → actor → lines."""
    found: dict[str, Any] = {}
    for (field, actor), some in lines.items():
        texts = [line.text for line in some]
        if field == "outcome":
            found.setdefault("outcome", {})[actor] = texts
        else:
            found[field] = texts
    return found
