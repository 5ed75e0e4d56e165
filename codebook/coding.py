"""Coding: a coder gives narratieven codes, takes them off, says that a facet is not there, and is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import cmo, codes, memos
from codebook.codes import Lookup
from codebook.models import Code, Coder, Coding, Done, Facet, Flag, NotMentioned
from corpora import documents, narratives
from corpora.errors import NotFoundError, UsageError
from corpora.models import Narratief
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants, move_dependants
from corpora.store.writing import batched, delete_rows, insert_rows, update_rows

T = TypeVar("T")

NOT_MENTIONED = "niet genoemd"
"""How a facet that is not there is written in files: `WIE:niet genoemd`."""


def coder_id(session: Session, name: str, *, role: str = "student") -> int:
    """The number of a coder, made when new."""
    wanted = " ".join(name.split())
    if not wanted:
        raise UsageError("A coder needs a name.")
    for coder in session.scalars(select(Coder)):
        if coder.name.casefold() == wanted.casefold():
            return coder.id
    made = Coder(name=wanted[:200], role=role)
    session.add(made)
    session.flush()
    return made.id


def find_coder(session: Session, name: str) -> Coder:
    """The coder of this name."""
    coders = session.scalars(select(Coder).order_by(Coder.name)).all()
    for coder in coders:
        if coder.name.casefold() == name.strip().casefold():
            return coder
    raise NotFoundError("There is no coder «{name}». The coders are: {coders}.", name=name,
                        coders=", ".join(c.name for c in coders) or "–")


def apply(session: Session, coder: int, narratief_ids: Iterable[int], code_ids: Iterable[int]) -> int:
    """Give narratieven codes; a coding that stands already is no error. *Niet genoemd* of those facets goes.

    Returns how many codings are new.
    """
    pairs = [(n, c) for n in dict.fromkeys(narratief_ids) for c in dict.fromkeys(code_ids)]
    return add_pairs(session, coder, pairs)


def add_pairs(session: Session, coder: int, pairs: Sequence[tuple[int, int]]) -> int:
    """Give (narratief, code) pairs to a coder; returns how many codings are new."""
    have = _standing(session, coder, {n for n, _ in pairs})
    new = [pair for pair in dict.fromkeys(pairs) if pair not in have]
    if not new:
        return 0
    moment = now()
    insert_rows(session, Coding, [{"narratief_id": n, "code_id": c, "coder_id": coder, "made_at": moment}
                                  for n, c in new])
    facet_of = {key: value for key, value in session.execute(select(Code.id, Code.facet_id))}
    _drop_not_mentioned(session, coder, {(n, facet_of[c]) for n, c in new})
    return len(new)


def _standing(session: Session, coder: int, narratief_ids: Iterable[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for some in batched(narratief_ids, 500):
        rows = session.execute(select(Coding.narratief_id, Coding.code_id).where(
            Coding.coder_id == coder, Coding.narratief_id.in_(some)))
        found.update((row.narratief_id, row.code_id) for row in rows)
    return found


def _drop_not_mentioned(session: Session, coder: int, places: set[tuple[int, int]]) -> int:
    gone: list[int] = []
    for some in batched({n for n, _ in places}, 500):
        rows = session.execute(select(NotMentioned.id, NotMentioned.narratief_id, NotMentioned.facet_id).where(
            NotMentioned.coder_id == coder, NotMentioned.narratief_id.in_(some)))
        gone += [row.id for row in rows if (row.narratief_id, row.facet_id) in places]
    return delete_rows(session, NotMentioned, gone)


def remove(session: Session, coder: int, narratief_ids: Iterable[int], code_ids: Iterable[int]) -> int:
    """Take a coder's codings off; returns how many there were."""
    taken = list(code_ids)
    gone: list[int] = []
    for some in batched(narratief_ids, 500):
        gone += session.scalars(select(Coding.id).where(
            Coding.coder_id == coder, Coding.narratief_id.in_(some), Coding.code_id.in_(taken))).all()
    delete_with_dependants(session, Coding, gone)
    return len(gone)


def toggle(session: Session, coder: int, narratief_id: int, code_id: int) -> bool:
    """Give the code, or take it off when it stands; returns whether it stands now."""
    if remove(session, coder, [narratief_id], [code_id]):
        return False
    insert_rows(session, Coding, [{"narratief_id": narratief_id, "code_id": code_id, "coder_id": coder}])
    _drop_not_mentioned(session, coder, {(narratief_id, session.get_one(Code, code_id).facet_id)})
    return True


def replace(session: Session, coder: int, narratief_ids: Iterable[int], old: int, new: int) -> int:
    """Put another code in the place of one on these narratieven, memos kept; returns how many changed."""
    if old == new:
        return 0
    numbers = {(n, c): k for some in batched(narratief_ids, 500) for k, n, c in session.execute(
        select(Coding.id, Coding.narratief_id, Coding.code_id).where(
            Coding.coder_id == coder, Coding.narratief_id.in_(some), Coding.code_id.in_([old, new])))}
    there = [n for n, c in numbers if c == old]
    for n in there:
        _turn_into(session, numbers[n, old], numbers.get((n, new)), new)
    facet = session.get_one(Code, new).facet_id
    _drop_not_mentioned(session, coder, {(n, facet) for n in there})
    return len(there)


def _turn_into(session: Session, coding: int, standing: int | None, new: int) -> None:
    if standing is None:
        update_rows(session, Coding, {coding: {"code_id": new}})
    else:
        move_dependants(session, Coding, coding, standing)
        delete_rows(session, Coding, [coding])


def apply_new(session: Session, coder: int, narratief_id: int, facet_id: int, label: str,
              words: tuple[int, int] | None = None) -> int:
    """Make a code and give it to a narratief, with the words it came from (`[start, end)`) as citaat; returns the
    code."""
    code = codes.add(session, facet_id, label)
    apply(session, coder, [narratief_id], [code])
    if words is not None:
        document = session.get_one(Narratief, narratief_id).document_id
        memos.quote(session, coder, document, *words, code)
    return code


def set_not_mentioned(session: Session, coder: int, narratief_id: int, facet_id: int, reason: str = "") -> bool:
    """Say that a facet is not there, with a reason; takes the coder's codes of that facet off. Returns whether this
    is new."""
    return bool(set_all_not_mentioned(session, coder, {(narratief_id, facet_id): reason}))


def set_all_not_mentioned(session: Session, coder: int, reasons: Mapping[tuple[int, int], str]) -> int:
    """Say of many (narratief, facet) at once that the facet is not there, as `set_not_mentioned`; an empty reason
    leaves the one that stands. Returns how many are new."""
    session.flush()
    _remove_facets(session, coder, reasons)
    standing = {(n, f): key for some in batched({n for n, _ in reasons}, 500) for key, n, f in session.execute(
        select(NotMentioned.id, NotMentioned.narratief_id, NotMentioned.facet_id)
        .where(NotMentioned.coder_id == coder, NotMentioned.narratief_id.in_(some)))}
    update_rows(session, NotMentioned, {standing[place]: {"reason": reason} for place, reason in reasons.items()
                                        if reason and place in standing})
    new = [(n, f, reason) for (n, f), reason in reasons.items() if (n, f) not in standing]
    insert_rows(session, NotMentioned, [{"narratief_id": n, "facet_id": f, "coder_id": coder, "reason": reason}
                                        for n, f, reason in new])
    return len(new)


def _remove_facets(session: Session, coder: int, places: Collection[tuple[int, int]]) -> None:
    """Take a coder's codes of these (narratief, facet) off."""
    gone: list[int] = []
    for some in batched({n for n, _ in places}, 500):
        rows = session.execute(select(Coding.id, Coding.narratief_id, Code.facet_id)
                               .join(Code, Code.id == Coding.code_id)
                               .where(Coding.coder_id == coder, Coding.narratief_id.in_(some)))
        gone += [key for key, n, f in rows if (n, f) in places]
    delete_with_dependants(session, Coding, gone)


def clear_not_mentioned(session: Session, coder: int, narratief_id: int, facet_id: int) -> None:
    """Take *niet genoemd* off again."""
    _drop_not_mentioned(session, coder, {(narratief_id, facet_id)})


def join(session: Session, first_id: int, second_id: int) -> int:
    """Make two neighbouring narratieven one, with the codings of both; what one of them has outweighs that the other
    lacks the facet. Returns the one that stays."""
    kept = narratives.join(session, first_id, second_id)
    given = session.execute(select(Coding.coder_id, Code.facet_id).join(Code, Code.id == Coding.code_id)
                            .where(Coding.narratief_id == kept).distinct()).all()
    for coder, facet_id in given:
        _drop_not_mentioned(session, coder, {(kept, facet_id)})
    cmo.tidy_evidence(session, kept)
    return kept


def repeat(session: Session, coder: int, source_id: int, target_id: int) -> int:
    """Give a narratief the codes that the coder gave another, *niet genoemd* too; returns how many codes are new."""
    given = [c for _, c in sorted(_standing(session, coder, [source_id]))]
    new = apply(session, coder, [target_id], given)
    facets_now = {f for (f,) in session.execute(
        select(Code.facet_id).join(Coding, Coding.code_id == Code.id)
        .where(Coding.narratief_id == target_id, Coding.coder_id == coder))}
    for found in session.scalars(select(NotMentioned).where(NotMentioned.narratief_id == source_id,
                                                            NotMentioned.coder_id == coder)).all():
        if found.facet_id not in facets_now:
            set_not_mentioned(session, coder, target_id, found.facet_id, found.reason)
    return new


def set_flag(session: Session, coder: int, narratief_id: int, on: bool, reason: str = "") -> None:
    """Flag a narratief as *bespreken*, or take the flag off."""
    found = session.scalars(select(Flag).where(Flag.narratief_id == narratief_id, Flag.coder_id == coder)).first()
    if not on:
        delete_rows(session, Flag, [found.id] if found else [])
    elif found is not None:
        found.reason = reason or found.reason
    else:
        session.add(Flag(narratief_id=narratief_id, coder_id=coder, reason=reason))


def clear_flags(session: Session, narratief_id: int) -> int:
    """It was discussed: everybody's flags on a narratief go; returns how many there were."""
    return delete_rows(session, Flag, session.scalars(select(Flag.id).where(Flag.narratief_id == narratief_id)).all())


@dataclass(frozen=True)
class Open:
    """A facet of a narratief that a coder has not filled yet."""

    narratief_id: int
    nr: int
    facet: Facet


def open_facets(session: Session, document_id: int, coder: int) -> list[Open]:
    """What is missing before a coder is *klaar* with a document, in order of the text."""
    pieces = narratives.of_document(session, document_id)
    numbered = narratives.numbers(pieces)
    filled = _filled(session, document_id, coder)
    all_facets = session.scalars(select(Facet).order_by(Facet.position, Facet.id)).all()
    return [Open(piece.id, numbered[piece.id], facet) for piece in pieces if piece.counts
            for facet in all_facets if filled.get((piece.id, facet.id), 0) < facet.least]


def _filled(session: Session, document_id: int, coder: int) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    in_document = Narratief.document_id == document_id
    for narratief_id, facet_id in session.execute(
            select(Coding.narratief_id, Code.facet_id).join(Code, Code.id == Coding.code_id)
            .join(Narratief, Narratief.id == Coding.narratief_id).where(Coding.coder_id == coder, in_document)):
        found[narratief_id, facet_id] = found.get((narratief_id, facet_id), 0) + 1
    for narratief_id, facet_id in session.execute(
            select(NotMentioned.narratief_id, NotMentioned.facet_id)
            .join(Narratief, Narratief.id == NotMentioned.narratief_id)
            .where(NotMentioned.coder_id == coder, in_document)):
        found[narratief_id, facet_id] = 10**6
    return found


def set_done(session: Session, coder: int, document_id: int, done: bool, *, overrule: bool = False) -> list[Open]:
    """Mark a document *klaar* for a coder, or open again. While facets are open it is not marked unless `overrule`;
    returns what is open."""
    found = session.scalars(select(Done).where(Done.document_id == document_id, Done.coder_id == coder)).first()
    if not done:
        delete_rows(session, Done, [found.id] if found else [])
        return []
    missing = open_facets(session, document_id, coder)
    if found is None and (not missing or overrule):
        session.add(Done(document_id=document_id, coder_id=coder, overruled=bool(missing)))
    return missing


class InFile(Protocol):
    """A line of a file that names a narratief; `place` says where it stands."""

    @property
    def document(self) -> str: ...
    @property
    def narratief(self) -> int: ...
    @property
    def place(self) -> int: ...


@dataclass(frozen=True)
class BulkRow:
    """A line of a file of codings; `place` says where it stands, for errors ("row 4")."""

    document: str
    narratief: int
    code: str
    reason: str = ""
    place: int = 0


def apply_bulk(session: Session, coder_name: str, rows: Sequence[BulkRow], *, take_off: bool = False) -> int:
    """Give or take off many codings in one go, all or nothing; returns how many changed."""
    coder = coder_id(session, coder_name)
    lookup, places = Lookup(session), Places(session)
    pairs: list[tuple[int, int]] = []
    absent: list[tuple[int, int, str]] = []
    said: dict[tuple[int, int], bool] = {}
    for row in rows:
        narratief_id = places.narratief(row)
        label, colon, rest = row.code.partition(":")
        gone = bool(colon) and rest.strip().casefold() == NOT_MENTIONED
        if gone:
            facet = in_row(row, partial(lookup.facet, label))
            absent.append((narratief_id, facet.id, row.reason))
        else:
            entry = in_row(row, partial(lookup.code, row.code))
            facet = entry.facet
            pairs.append((narratief_id, entry.code.id))
        if said.setdefault((narratief_id, facet.id), gone) != gone and not take_off:
            raise UsageError("Row {row}: narratief {nr} of «{title}» cannot have codes of {facet} and «niet genoemd» "
                             "at once.", row=row.place, nr=row.narratief, title=row.document, facet=facet.label)
    return _take_off(session, coder, pairs, absent) if take_off else _put_on(session, coder, pairs, absent)


def in_row(row: InFile, find: Callable[[], T]) -> T:
    """What `find` finds for a line of a file; its error names the line."""
    try:
        return find()
    except UsageError as error:
        raise UsageError("Row {row}: {error}", row=row.place, error=error.message) from error


def _put_on(session: Session, coder: int, pairs: Sequence[tuple[int, int]],
            absent: Sequence[tuple[int, int, str]]) -> int:
    new = add_pairs(session, coder, pairs)
    reasons: dict[tuple[int, int], str] = {}
    for narratief_id, facet_id, reason in absent:
        reasons[narratief_id, facet_id] = reason or reasons.get((narratief_id, facet_id), "")
    return new + set_all_not_mentioned(session, coder, reasons)


def _take_off(session: Session, coder: int, pairs: Sequence[tuple[int, int]],
              absent: Sequence[tuple[int, int, str]]) -> int:
    wanted = set(pairs)
    gone: list[int] = []
    for some in batched({n for n, _ in pairs}, 500):
        found = session.execute(select(Coding.id, Coding.narratief_id, Coding.code_id).where(
            Coding.coder_id == coder, Coding.narratief_id.in_(some)))
        gone += [r.id for r in found if (r.narratief_id, r.code_id) in wanted]
    delete_with_dependants(session, Coding, gone)
    return len(gone) + _drop_not_mentioned(session, coder, {(n, f) for n, f, _ in absent})


class Places:
    """Finds narratieven by document title and nr, reading each document's segmentation once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[str, dict[int, int]] = {}

    def narratief(self, row: InFile) -> int:
        """The number of the row's narratief."""
        if row.document not in self._found:
            document = in_row(row, partial(documents.find, self._session, row.document))
            numbered = narratives.numbers(narratives.of_document(self._session, document.id))
            self._found[row.document] = {nr: number for number, nr in numbered.items()}
        inside = self._found[row.document]
        if row.narratief not in inside:
            raise UsageError("Row {row}: «{title}» has no narratief {nr}; it has {n}.", row=row.place,
                             title=row.document, nr=row.narratief, n=len(inside))
        return inside[row.narratief]
