"""The member check: a factsheet per respondent group, who got it, what they answered, and what was changed for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import evidence, patterns, quotes
from codebook.models import (
    Coder,
    Factsheet,
    FactsheetItem,
    Kernelement,
    Pattern,
    Quote,
    Reply,
    Sent,
    Synthesis,
)
from codebook.questions import deelvragen
from codebook.tracing import narratieven_of
from corpora.errors import RefusedError, UsageError
from corpora.models import Document, Narratief, RespondentGroup
from corpora.pseudonyms import names_in
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants
from corpora.store.writing import batched, delete_rows

FINDINGS = (Pattern.__tablename__, Synthesis.__tablename__)
"""What can stand in a factsheet and be replied to."""


@dataclass(frozen=True)
class Finding:
    """A pattern or a synthesis: its table and number, what it is called, under what it stands, and what it says."""

    about: str
    about_id: int
    label: str
    under: str
    text: str


@dataclass(frozen=True)
class SheetItem:
    """A finding in a factsheet with how many narratieven are behind it, and the quote beside it (`quote_id` None:
    none; `quote` empty: one that may not be used)."""

    id: int
    finding: Finding
    narratieven: int
    quote_id: int | None
    quote: str
    role: str


@dataclass(frozen=True)
class SheetContent:
    """Everything that stands in the factsheet of a group."""

    factsheet_id: int
    group: str
    title: str
    opening: str
    closing: str
    items: tuple[SheetItem, ...]

    @property
    def text(self) -> str:
        """All words of it, to be looked through for names."""
        parts = [self.title, self.opening, self.closing]
        for item in self.items:
            parts += [item.finding.label, item.finding.text, item.quote, item.role]
        return "\n".join(parts)

    @property
    def version(self) -> str:
        """What tells this wording from another (hexadecimal)."""
        words = asdict(self) | {"items": [(i.finding.label, i.finding.text, i.quote, i.role) for i in self.items]}
        return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Delivery:
    """That somebody got the factsheet of a group; `is_current` when it still reads as it did then."""

    id: int
    group: str
    recipient: str
    way: str
    sent_at: datetime
    coder: str
    version: str
    is_current: bool
    replies: int


@dataclass(frozen=True)
class ReplyLine:
    """A reply as the register shows it; `subject` is the finding it is about (empty: the whole)."""

    id: int
    sent_id: int
    group: str
    recipient: str
    about: str
    about_id: int | None
    subject: str
    body: str
    agrees: bool | None
    change: str
    is_settled: bool
    coder: str
    made_at: datetime


# findings


def findings(session: Session) -> list[Finding]:
    """Everything that can be told back: the patterns of each deelvraag, then the syntheses of the kernelementen."""
    found = [Finding(FINDINGS[0], p.id, p.label, d.label, p.conclusion or p.description)
             for d in deelvragen(session) for p in patterns.patterns(session, d.id)]
    rows = session.execute(select(Synthesis, Kernelement.label).join(Kernelement).order_by(Kernelement.position))
    return found + [Finding(FINDINGS[1], s.id, label, label, s.wording or s.conclusion) for s, label in rows]


def finding(session: Session, about: str, about_id: int) -> Finding | None:
    """One finding; None when it is gone."""
    return next((f for f in findings(session) if (f.about, f.about_id) == (about, about_id)), None)


# the factsheet of a group


def factsheet_of(session: Session, group_id: int) -> Factsheet | None:
    """The factsheet of a respondent group, when one was begun."""
    return session.scalars(select(Factsheet).where(Factsheet.group_id == group_id)).first()


def groups(session: Session) -> list[RespondentGroup]:
    """The respondent groups by name."""
    return list(session.scalars(select(RespondentGroup).order_by(RespondentGroup.label)))


def group_named(session: Session, name: str) -> RespondentGroup:
    """The respondent group of this name, capitals apart."""
    for one in groups(session):
        if one.label.casefold() == name.strip().casefold():
            return one
    raise UsageError("There is no respondent group «{name}». The groups are {groups}.", name=name,
                     groups=", ".join(one.label for one in groups(session)) or "–")


def begin(session: Session, group_id: int) -> int:
    """The factsheet of a group, made when it is not there yet. Returns its number."""
    found = factsheet_of(session, group_id)
    if found is None:
        session.get_one(RespondentGroup, group_id)
        found = Factsheet(group_id=group_id)
        session.add(found)
        session.flush()
    return found.id


def write(session: Session, group_id: int, *, title: str | None = None, opening: str | None = None,
          closing: str | None = None) -> int:
    """Write the own words of a group's factsheet; None leaves what is there. Returns the factsheet."""
    found = session.get_one(Factsheet, begin(session, group_id))
    for name, value in (("title", title), ("opening", opening), ("closing", closing)):
        if value is not None:
            setattr(found, name, value.strip())
    return found.id


def choose(session: Session, group_id: int, about: str, about_id: int, chosen: bool = True) -> None:
    """Put a finding into a group's factsheet, behind the others, or take it out."""
    if finding(session, about, about_id) is None:
        raise UsageError("That finding is gone.")
    sheet = begin(session, group_id)
    standing = session.scalars(select(FactsheetItem).where(
        FactsheetItem.factsheet_id == sheet, FactsheetItem.about == about, FactsheetItem.about_id == about_id)).first()
    if not chosen:
        delete_rows(session, FactsheetItem, [standing.id] if standing else [])
    elif standing is None:
        last = session.scalar(select(func.max(FactsheetItem.position)).where(FactsheetItem.factsheet_id == sheet)) or 0
        session.add(FactsheetItem(factsheet_id=sheet, about=about, about_id=about_id, position=last + 1))


def place_item(session: Session, item_id: int, at: int) -> None:
    """Put a finding at another place in its factsheet, counted from 0."""
    moved = session.get_one(FactsheetItem, item_id)
    others = [one for one in _items(session, moved.factsheet_id) if one.id != item_id]
    others.insert(max(0, at), moved)
    for position, one in enumerate(others, 1):
        one.position = position


def set_item_quote(session: Session, item_id: int, quote_id: int | None) -> None:
    """Put a quote beside a finding of a factsheet; refuses one that holds a name or may not be used."""
    if quote_id is not None:
        _check_usable(quotes.entry(session, quote_id))
    session.get_one(FactsheetItem, item_id).quote_id = quote_id


def _check_usable(entry: quotes.QuoteEntry) -> None:
    if entry.names:
        raise RefusedError("This quote holds the name «{name}» of the key. Leave it out with […], or replace it first.",
                           name=entry.names[0])
    if not entry.is_wanted:
        raise RefusedError("This quote is marked as not to be used.")


def quotes_for(session: Session, about: str, about_id: int) -> list[quotes.QuoteEntry]:
    """The quotes out of the narratieven behind a finding that may be used, those that it quotes first."""
    narratieven = narratieven_of(session, about, about_id)
    ids = session.scalars(select(Quote.id).where(Quote.narratief_id.in_(narratieven))).all()
    usable = [one for one in quotes.bank(session, ids) if one.is_usable]
    return sorted(usable, key=lambda one: not any((use.kind, use.id) == (about, about_id) for use in one.uses))


def _items(session: Session, factsheet_id: int) -> list[FactsheetItem]:
    return list(session.scalars(select(FactsheetItem).where(FactsheetItem.factsheet_id == factsheet_id)
                                .order_by(FactsheetItem.position, FactsheetItem.id)))


def content(session: Session, group_id: int) -> SheetContent:
    """What stands in the factsheet of a group now; an empty one when none was begun. A quote that is not
    wanted any more is left out; one that holds a name stays, so that `names_on` finds it."""
    group, sheet = session.get_one(RespondentGroup, group_id), factsheet_of(session, group_id)
    if sheet is None:
        return SheetContent(0, group.label, "", "", "", ())
    known = {(f.about, f.about_id): f for f in findings(session)}
    rows = [row for row in _items(session, sheet.id) if (row.about, row.about_id) in known]
    cited = {one.id: one for one in quotes.bank(session, [row.quote_id for row in rows if row.quote_id])}
    weights = evidence.weights(session, [row.about_id for row in rows if row.about == FINDINGS[0]])
    items = []
    for row in rows:
        own = cited.get(row.quote_id or 0)
        usable = own if own and own.is_wanted else None
        behind = (weights[row.about_id].narratieven if row.about == FINDINGS[0]
                  else len(narratieven_of(session, row.about, row.about_id)))
        items.append(SheetItem(row.id, known[row.about, row.about_id], behind, row.quote_id,
                               usable.shown if usable else "", usable.role if usable else ""))
    return SheetContent(sheet.id, group.label, sheet.title, sheet.opening, sheet.closing, tuple(items))


def carried(session: Session, group_id: int) -> dict[tuple[str, int], tuple[int, int]]:
    """Finding (table, number) → how many narratieven are behind it, and how many of those the group told."""
    behind = {(one.about, one.about_id): narratieven_of(session, one.about, one.about_id) for one in findings(session)}
    told: set[int] = set()
    for some in batched(sorted({n for ids in behind.values() for n in ids}), 500):
        told.update(session.scalars(select(Narratief.id).join(Document, Document.id == Narratief.document_id)
                                    .where(Narratief.id.in_(some), Document.group_id == group_id)))
    return {key: (len(ids), len(told.intersection(ids))) for key, ids in behind.items()}


def names_on(session: Session, group_id: int) -> list[str]:
    """The names of the key that a group's factsheet would show."""
    return names_in(session, content(session, group_id).text)


# who got it


def send(session: Session, coder: int, group_id: int, recipients: Sequence[str], way: str = "",
         when: datetime | None = None) -> list[int]:
    """Note that the factsheet of a group, as it is now, went to recipients: labels or roles, never names. Returns
    the numbers of the entries."""
    wanted = [" ".join(one.split()) for one in recipients if one.strip()]
    if not wanted:
        raise UsageError("Say who got the factsheet: a respondent's label or a role.")
    for one in wanted:
        names = names_in(session, one)
        if names:
            raise RefusedError("«{name}» is a name of the key. Write a label or a role.", name=names[0])
    sheet, version = begin(session, group_id), content(session, group_id).version
    made = [Sent(factsheet_id=sheet, recipient=one[:200], way=way.strip()[:60], text_hash=version, coder_id=coder,
                 sent_at=when or now()) for one in wanted]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def unsend(session: Session, sent_id: int) -> None:
    """Take an entry out of the register, with the replies to it."""
    delete_with_dependants(session, Sent, [sent_id])


def deliveries(session: Session, group_id: int | None = None) -> list[Delivery]:
    """Who got which factsheet, newest first (at one time as they were written down), of one group or all."""
    query = (select(Sent, RespondentGroup.id, RespondentGroup.label, Coder.name)
             .join(Factsheet, Factsheet.id == Sent.factsheet_id)
             .join(RespondentGroup, RespondentGroup.id == Factsheet.group_id)
             .join(Coder, Coder.id == Sent.coder_id).order_by(Sent.sent_at.desc(), Sent.id))
    rows = session.execute(query if group_id is None else query.where(Factsheet.group_id == group_id)).all()
    versions = {number: content(session, number).version for number in {row[1] for row in rows}}
    replied: dict[int, int] = {}
    for number in session.scalars(select(Reply.sent_id)):
        replied[number] = replied.get(number, 0) + 1
    return [Delivery(sent.id, group, sent.recipient, sent.way, sent.sent_at, coder, sent.text_hash,
                     sent.text_hash == versions[number], replied.get(sent.id, 0))
            for sent, number, group, coder in rows]


# replies


def reply(session: Session, coder: int, sent_id: int, body: str, *, about: str = "", about_id: int | None = None,
          agrees: bool | None = None) -> int:
    """Note what a recipient answered, to a finding or (without) to the whole. Returns the reply's number."""
    if not body.strip() and agrees is None:
        raise UsageError("Write what was answered, or whether they agree.")
    subject = finding(session, about, about_id) if about and about_id is not None else None
    if about and subject is None:
        raise UsageError("That finding is gone.")
    session.get_one(Sent, sent_id)
    made = Reply(sent_id=sent_id, about=about, about_id=about_id, subject=subject.label if subject else "",
                 body=body.strip(), agrees=agrees, coder_id=coder)
    session.add(made)
    session.flush()
    return made.id


def follow_up(session: Session, reply_id: int, *, change: str | None = None, settled: bool | None = None) -> None:
    """Write what was changed because of a reply, and whether it is settled; None leaves what is there."""
    found = session.get_one(Reply, reply_id)
    found.change = found.change if change is None else change.strip()
    found.settled = found.settled if settled is None else settled


def remove_replies(session: Session, reply_ids: Iterable[int]) -> None:
    """Take replies away."""
    delete_with_dependants(session, Reply, reply_ids)


def replies(session: Session, *, only_open: bool = False, group_id: int | None = None, about: str = "",
            about_id: int | None = None) -> list[ReplyLine]:
    """What was answered, oldest first: all, the open ones, those of one group, or those to one finding."""
    query = (select(Reply, Sent.recipient, RespondentGroup.label, Coder.name).join(Sent, Sent.id == Reply.sent_id)
             .join(Factsheet, Factsheet.id == Sent.factsheet_id)
             .join(RespondentGroup, RespondentGroup.id == Factsheet.group_id)
             .join(Coder, Coder.id == Reply.coder_id).order_by(Reply.made_at, Reply.id))
    if only_open:
        query = query.where(~Reply.settled)
    if group_id is not None:
        query = query.where(Factsheet.group_id == group_id)
    if about:
        query = query.where(Reply.about == about, Reply.about_id == about_id)
    return [ReplyLine(r.id, r.sent_id, group, recipient, r.about, r.about_id, r.subject, r.body, r.agrees, r.change,
                      r.settled, coder, r.made_at) for r, recipient, group, coder in session.execute(query)]
