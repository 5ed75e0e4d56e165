"""Adjudication: what is decided about a code on a narratief after coders differed. The decided set is what analyses use
under `--codings decided`: a decision goes before what the coders say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2s
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.codes import Lookup
from codebook.coding import NOT_MENTIONED, Places, coder_id, in_row
from codebook.models import Code, Coder, Coding, Decision, Facet, NotMentioned
from corpora.errors import UsageError
from corpora.numerals import whole
from corpora.store.base import now
from corpora.store.writing import batched, delete_rows, insert_rows, update_rows
from corpora.tables import Table

T = TypeVar("T")
Key = tuple[int, int]

_WORDS = {"yes": True, "ja": True, "no": False, "nee": False}


@dataclass(frozen=True)
class DecisionRow:
    """A line of a file of decisions; `place` says where it stands, for errors ("row 4")."""

    document: str
    narratief: int
    code: str
    yes: bool
    reason: str = ""
    place: int = 0


def of_table(table: Table) -> list[DecisionRow]:
    """The decisions of a table with the columns `document, narratief, code, decision` (yes or no) and perhaps
    `reason`; UsageError names the row at fault."""
    table.require("document", "narratief", "code", "decision")
    found = []
    for place, row in enumerate(table.dicts(), 2):
        nr = whole(row["narratief"])
        if nr is None:
            raise UsageError("{file}, row {row}: «{value}» is no number of a narratief.", file=table.name, row=place,
                             value=row["narratief"])
        yes = _WORDS.get(row["decision"].casefold())
        if yes is None:
            raise UsageError("{file}, row {row}: the decision «{value}» is neither yes nor no.", file=table.name,
                             row=place, value=row["decision"])
        found.append(DecisionRow(row["document"], nr, row["code"], yes, row.get("reason", ""),
                                 place))
    return found


def apply_bulk(session: Session, who: str, rows: Sequence[DecisionRow]) -> int:
    """Write many decisions in one go, all or nothing; returns how many are new or changed.

    `who` decides: a coder of this name, an onderzoeker when new. A narratief and code that were decided before are
    decided anew; the file may not contradict itself.
    """
    wanted: dict[Key, DecisionRow] = {}
    lookup, places = Lookup(session), Places(session)
    for row in rows:
        key = places.narratief(row), _code(lookup, row)
        known = wanted.setdefault(key, row)
        if known.yes != row.yes:
            raise UsageError("Row {row} contradicts row {other}: {code} on narratief {nr} of «{title}» is decided both "
                             "ways.", row=row.place, other=known.place, code=row.code, nr=row.narratief,
                             title=row.document)
    if not wanted:
        return 0
    decider = coder_id(session, who, role="onderzoeker")
    return _write(session, decider, {key: (row.yes, row.reason) for key, row in wanted.items()})


def decide(session: Session, coder: int, narratief_ids: Iterable[int], code_ids: Iterable[int], yes: bool,
           reason: str = "") -> int:
    """Decide codes on narratieven, yes or no; returns how many decisions are new or changed."""
    codes = list(dict.fromkeys(code_ids))
    return _write(session, coder, {(n, c): (yes, reason) for n in dict.fromkeys(narratief_ids) for c in codes})


def settle(session: Session, coder: int, narratief_id: int, verdicts: Mapping[int, bool], reason: str = "") -> int:
    """Decide several codes of a narratief at once: code → yes or no; returns how many decisions are new or changed.
    Without a reason, that of a decision that stays the same is kept."""
    standing = _standing(session, [narratief_id])
    wanted: dict[Key, tuple[bool, str]] = {}
    for code, yes in verdicts.items():
        old = standing.get((narratief_id, code))
        wanted[narratief_id, code] = (yes, reason or (old.reason if old is not None and old.yes == yes else ""))
    return _write(session, coder, wanted)


def accept(session: Session, coder: int, pairs: Iterable[tuple[int, int]]) -> int:
    """Decide yes on (narratief, code) that coders agree on; what is decided already stays as it is. Returns how many
    decisions are new."""
    wanted = list(dict.fromkeys(pairs))
    standing = _standing(session, (narratief for narratief, _ in wanted))
    return _write(session, coder, {pair: (True, "") for pair in wanted if pair not in standing})


def undecide(session: Session, narratief_ids: Iterable[int], code_ids: Iterable[int]) -> int:
    """Take decisions back, so that the coders' codings count again; returns how many there were."""
    codes = set(code_ids)
    gone = [found.id for found in _standing(session, narratief_ids).values() if found.code_id in codes]
    return delete_rows(session, Decision, gone)


def decisions_on(session: Session, narratief_ids: Iterable[int]) -> dict[Key, Decision]:
    """(narratief, code) → the decision."""
    return _standing(session, narratief_ids)


def _standing(session: Session, narratief_ids: Iterable[int]) -> dict[Key, Decision]:
    found: dict[Key, Decision] = {}
    for some in batched(set(narratief_ids), 500):
        for one in session.scalars(select(Decision).where(Decision.narratief_id.in_(some))):
            found[one.narratief_id, one.code_id] = one
    return found


def _write(session: Session, coder: int, wanted: dict[Key, tuple[bool, str]]) -> int:
    session.flush()
    narratieven = {narratief for narratief, _ in wanted}
    standing, seen, moment = _standing(session, narratieven), votes(session, narratieven), now()
    facet_of = {key: value for key, value in session.execute(select(Code.id, Code.facet_id))}
    changed, new = {}, []
    for (narratief, code), (yes, reason) in wanted.items():
        old = standing.get((narratief, code))
        values = {"yes": yes, "reason": reason, "coder_id": coder, "made_at": moment,
                  "seen": seen.get((narratief, facet_of[code]), "")}
        if old is None:
            new.append({"narratief_id": narratief, "code_id": code, **values})
        elif (old.yes, old.reason, old.seen) != (yes, reason, values["seen"]):
            changed[old.id] = values
    update_rows(session, Decision, changed)
    insert_rows(session, Decision, new)
    return len(changed) + len(new)


def votes(session: Session, narratief_ids: Iterable[int]) -> dict[Key, str]:
    """(narratief, facet) → a fingerprint of which coders gave which codes there, or *niet genoemd*; absent where
    nobody gave anything. It is the same in every copy of a project, as it is made of UUIDs."""
    found: dict[Key, list[str]] = {}
    for some in batched(set(narratief_ids), 500):
        given = session.execute(
            select(Coding.narratief_id, Code.facet_id, Code.uuid, Coder.uuid).join(Code, Code.id == Coding.code_id)
            .join(Coder, Coder.id == Coding.coder_id).where(Coding.narratief_id.in_(some)))
        gone = session.execute(
            select(NotMentioned.narratief_id, NotMentioned.facet_id, Facet.uuid, Coder.uuid)
            .join(Facet, Facet.id == NotMentioned.facet_id).join(Coder, Coder.id == NotMentioned.coder_id)
            .where(NotMentioned.narratief_id.in_(some)))
        for narratief, facet, what, who in (*given, *gone):
            found.setdefault((narratief, facet), []).append(f"{what}{who}")
    return {place: blake2s("".join(sorted(said)).encode(), digest_size=16).hexdigest()
            for place, said in found.items()}


def _code(lookup: Lookup, row: DecisionRow) -> int:
    if row.code.rpartition(":")[2].strip().casefold() == NOT_MENTIONED:
        raise UsageError("Row {row}: decide on codes, not on «{label}»; a facet is not there when the answer to all "
                         "its codes is no.", row=row.place, label=NOT_MENTIONED)
    return in_row(row, partial(lookup.code, row.code)).code.id
