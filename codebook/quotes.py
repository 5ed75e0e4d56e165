"""The quote bank: every citaat with its role, shortened with […], checked against the key of names, and its uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import Code, Coder, Coding, Facet, Quote, QuoteCard, QuoteCut
from codebook.quote_roles import RoleFinder
from codebook.tracing import Standing, Use, places_of, uses_of
from corpora import documents
from corpora.errors import RefusedError, UsageError
from corpora.models import Document
from corpora.narratives import whole_words
from corpora.pseudonym_places import Places
from corpora.pseudonyms import known_names, names_in
from corpora.store.rows import RowChange
from corpora.store.writing import batched, delete_rows, insert_rows

LEFT_OUT = "[…]"
LOOSE = re.compile(r"\[…\] (?=[.,;:!?)])")
"""What is left out stands against a mark that follows it."""
QUOTED_IN = ("pattern", "configuration", "factsheet")
"""What makes a quote used."""

Bounds = tuple[int, int]


@dataclass(frozen=True)
class QuoteEntry:
    """A quote as the bank shows it: `text` in full and `shown` shortened, `cuts` the stretches left out (offsets of
    the document), `role` what stands under it, `codes` those of its narratief, as `FACET:label`, `names` what it holds
    of the key, `uses` the findings and factsheets that quote it."""

    id: int
    narratief_id: int
    place: Standing
    start: int
    text: str
    shown: str
    cuts: tuple[Bounds, ...]
    role: str
    is_own_role: bool
    is_wanted: bool
    note: str
    code: str
    codes: tuple[str, ...]
    coder: str
    names: tuple[str, ...]
    uses: tuple[Use, ...]

    @property
    def is_used(self) -> bool:
        """Whether a finding or factsheet quotes it."""
        return bool(self.uses)

    @property
    def is_usable(self) -> bool:
        """Whether it may go into a factsheet or report: wanted, without a name of the key."""
        return self.is_wanted and not self.names

    @property
    def line(self) -> str:
        """The quote as it is printed: shortened, between quotation marks, with the role behind it."""
        return f"“{self.shown}” ({self.role})"


def bank(session: Session, quote_ids: Iterable[int] | None = None, veil: Veil = NO_VEIL) -> list[QuoteEntry]:
    """The quotes of the project (or these), in order of document and place, without what blind coding hides."""
    rows = [row for row in _rows(session, quote_ids) if not veil.hides(row[0].document_id, row[0].coder_id)]
    found = _Bank(session, [row for row, _, _ in rows], veil)
    entries = [found.entry(row, coder, code) for row, coder, code in rows]
    order = {number: n for n, number in enumerate(found.places)}
    return sorted(entries, key=lambda e: (order[e.narratief_id], e.start, e.id))


CARDS = {model.__tablename__: model for model in (QuoteCard, QuoteCut)}
"""Tables of which a row says something of one quote."""


def touched(session: Session, changes: Iterable[RowChange]) -> set[int]:
    """The quotes of which changed rows of `CARDS` say something."""
    found: set[int] = set()
    for change in changes:
        if change.table in CARDS and "quote_id" in change.columns:
            at = change.columns.index("quote_id")
            found.update(row[at] for row in [*(change.before or []), *(change.after or [])])
        elif change.table in CARDS:
            model: Any = CARDS[change.table]
            found.update(session.scalars(select(model.quote_id).where(model.id.in_(change.ids))))
    return found


def entry(session: Session, quote_id: int) -> QuoteEntry:
    """One quote of the bank."""
    session.get_one(Quote, quote_id)
    return bank(session, [quote_id])[0]


def _rows(session: Session, quote_ids: Iterable[int] | None) -> list[tuple[Quote, str, str]]:
    query = (select(Quote, Coder.name, Facet.label, Code.label).join(Coder, Coder.id == Quote.coder_id)
             .outerjoin(Code, Code.id == Quote.code_id).outerjoin(Facet, Facet.id == Code.facet_id))
    queries = [query] if quote_ids is None else [query.where(Quote.id.in_(some)) for some in batched(quote_ids, 500)]
    return [(quote, coder, f"{facet}:{code}" if code else "") for one in queries
            for quote, coder, facet, code in session.execute(one)]


class _Bank:
    """What the entries of some quotes are made of, each read once."""

    def __init__(self, session: Session, found: Sequence[Quote], veil: Veil) -> None:
        ids = [quote.id for quote in found]
        self.places = places_of(session, [quote.narratief_id for quote in found])
        held = {quote.document_id for quote in found}
        self._texts = documents.texts_of(session, held)
        self._cuts = _cuts_of(session, ids)
        self._cards = {c.quote_id: c for some in batched(ids, 500)
                       for c in session.scalars(select(QuoteCard).where(QuoteCard.quote_id.in_(some)))}
        self._codes = _codes_of(session, self.places, veil)
        self._uses: dict[int, list[Use]] = {}
        for use in (one for some in uses_of(session, self.places).values() for one in some):
            if use.quote_id is not None and use.kind in QUOTED_IN and use not in self._uses.get(use.quote_id, ()):
                self._uses.setdefault(use.quote_id, []).append(use)
        self._names = Places(known_names(session))
        self._roles = RoleFinder(session, held)

    def entry(self, quote: Quote, coder: str, code: str) -> QuoteEntry:
        body, card = self._texts.get(quote.document_id, ""), self._cards.get(quote.id)
        cuts = tuple(self._cuts.get(quote.id, ()))
        shown = shortened(body, quote.start, quote.end, cuts)
        role = card.role if card and card.role else self._roles.role(quote.document_id, quote.start, quote.end)
        return QuoteEntry(
            quote.id, quote.narratief_id, self.places[quote.narratief_id], quote.start, body[quote.start:quote.end],
            shown, cuts, role, bool(card and card.role), card.wanted if card else True, card.note if card else "",
            code, self._codes.get(quote.narratief_id, ()), coder,
            tuple(dict.fromkeys(name for _, _, name in self._names.find(f"{shown}\n{role}"))),
            tuple(self._uses.get(quote.id, ())))


def _cuts_of(session: Session, quote_ids: Sequence[int]) -> dict[int, list[Bounds]]:
    found: dict[int, list[Bounds]] = {}
    for some in batched(quote_ids, 500):
        for quote, start, end in session.execute(
                select(QuoteCut.quote_id, QuoteCut.start, QuoteCut.end).where(
                    QuoteCut.quote_id.in_(some), QuoteCut.start < QuoteCut.end).order_by(QuoteCut.start)):
            found.setdefault(quote, []).append((start, end))
    return found


def _codes_of(session: Session, places: Mapping[int, Standing], veil: Veil) -> Mapping[int, tuple[str, ...]]:
    names = {number: (n, f"{facet}:{code}") for n, (number, facet, code) in enumerate(session.execute(
        select(Code.id, Facet.label, Code.label).join(Facet, Facet.id == Code.facet_id)
        .order_by(Facet.position, Facet.id, Code.position, Code.id)))}
    found: dict[int, set[tuple[int, str]]] = {}
    for some in batched(places, 500):
        for narratief, coder, code in session.execute(select(Coding.narratief_id, Coding.coder_id, Coding.code_id)
                                                      .where(Coding.narratief_id.in_(some))):
            if not veil.hides(places[narratief].document_id, coder):
                found.setdefault(narratief, set()).add(names[code])
    return {narratief: tuple(name for _, name in sorted(codes)) for narratief, codes in found.items()}


def shortened(body: str, start: int, end: int, cuts: Sequence[Bounds]) -> str:
    """The words of a quote with […] where stretches are left out, on one line."""
    parts, at = [], start
    for begin, stop in cuts:
        begin, stop = max(begin, at), min(stop, end)
        if begin < stop:
            parts += [body[at:begin], f" {LEFT_OUT} "]
            at = stop
    return LOOSE.sub(LEFT_OUT, " ".join("".join([*parts, body[at:end]]).split()))


# shortening


def cut(session: Session, quote_id: int, start: int, end: int) -> None:
    """Leave a stretch (offsets of the document) out of a quote: whole words, joined with what is left out beside it.
    Refuses to leave nothing."""
    quote = session.get_one(Quote, quote_id)
    body = documents.text_of(session, session.get_one(Document, quote.document_id))
    start, end = whole_words(body, max(start, quote.start), min(end, quote.end))
    start, end = max(start, quote.start), min(end, quote.end)
    if start >= end:
        raise UsageError("Choose words of the quote to leave out.")
    standing = _cuts_of(session, [quote_id]).get(quote_id, [])
    cuts = _joined(body, [*standing, (start, end)])
    if not shortened(body, quote.start, quote.end, cuts).replace(LEFT_OUT, "").strip():
        raise UsageError("At least one word of a quote must stay. To be rid of the quote, take it out of the bank.")
    _put_cuts(session, quote, cuts)


def restore(session: Session, quote_id: int, start: int, end: int) -> None:
    """Put back what is left out of a quote and touches a stretch."""
    standing = _cuts_of(session, [quote_id]).get(quote_id, [])
    _put_cuts(session, session.get_one(Quote, quote_id), [c for c in standing if c[1] <= start or c[0] >= end])


def _put_cuts(session: Session, quote: Quote, cuts: Sequence[Bounds]) -> None:
    old = session.scalars(select(QuoteCut).where(QuoteCut.quote_id == quote.id)).all()
    standing = {(row.start, row.end): row.id for row in old}
    delete_rows(session, QuoteCut, [row.id for row in old if standing[row.start, row.end] != row.id
                                    or (row.start, row.end) not in cuts])
    insert_rows(session, QuoteCut, [{"quote_id": quote.id, "document_id": quote.document_id, "start": start,
                                     "end": end} for start, end in cuts if (start, end) not in standing])


def _joined(body: str, cuts: Iterable[Bounds]) -> list[Bounds]:
    """Stretches in order; those with only white space between them are one."""
    found: list[Bounds] = []
    for start, end in sorted(cuts):
        if found and not body[found[-1][1]:start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


# what stands under a quote, and whether it may be used


def set_role(session: Session, quote_id: int, role: str) -> None:
    """Say which role stands under a quote; empty: as follows from who speaks. Refuses a name of the key."""
    wanted = " ".join(role.split())
    names = names_in(session, wanted)
    if names:
        raise RefusedError("«{name}» is a name of the key. Under a quote stands a role, never a name.", name=names[0])
    _card(session, quote_id).role = wanted[:100]


def set_wanted(session: Session, quote_ids: Iterable[int], wanted: bool) -> None:
    """Say whether quotes may be used in factsheets and report."""
    for number in quote_ids:
        _card(session, number).wanted = wanted


def set_note(session: Session, quote_id: int, note: str) -> None:
    """Write a note with a quote."""
    _card(session, quote_id).note = note.strip()


def _card(session: Session, quote_id: int) -> Any:
    found = session.scalars(select(QuoteCard).where(QuoteCard.quote_id == quote_id)).first()
    if found is None:
        session.get_one(Quote, quote_id)
        found = QuoteCard(quote_id=quote_id)
        session.add(found)
        session.flush()
    return found
