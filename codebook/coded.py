"""What is coded in one document, by everybody, as values for a view: reading only, one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.memos import joined
from codebook.models import Coding, Flag, Memo, NotMentioned
from corpora import narratives
from corpora.models import Narratief
from corpora.store.rows import RowChange
from corpora.store.writing import batched


@dataclass(frozen=True)
class CodedNarratief:
    """A narratief with what coders said of it; `nr` is None for *geen narratief*.

    `codings` are (coder, code), `absent` (coder, facet) → reason, `flags` and `memos` coder → text.
    """

    id: int
    nr: int | None
    start: int
    end: int
    codings: tuple[tuple[int, int], ...] = ()
    absent: Mapping[tuple[int, int], str] = field(default_factory=dict)
    flags: Mapping[int, str] = field(default_factory=dict)
    memos: Mapping[int, str] = field(default_factory=dict)

    def codes_of(self, coder: int) -> list[int]:
        """The codes that a coder gave."""
        return [code for who, code in self.codings if who == coder]

    def absent_of(self, coder: int) -> list[int]:
        """The facets that a coder marked *niet genoemd*."""
        return [facet for who, facet in self.absent if who == coder]


def of_document(session: Session, document_id: int, veil: Veil = NO_VEIL) -> list[CodedNarratief]:
    """The narratieven of a document in order of the text, with everybody's codings as far as the veil lets see."""
    pieces = narratives.of_document(session, document_id)
    numbered = narratives.numbers(pieces)
    bare = [CodedNarratief(p.id, numbered.get(p.id), p.start, p.end) for p in pieces]
    return _in_sight(session, _filled(session, bare), veil)


def again(session: Session, known: Sequence[CodedNarratief], veil: Veil = NO_VEIL) -> list[CodedNarratief]:
    """The same narratieven, of any document, with their codings read anew."""
    return _in_sight(session, _filled(session, [CodedNarratief(k.id, k.nr, k.start, k.end) for k in known]), veil)


def _in_sight(session: Session, pieces: list[CodedNarratief], veil: Veil) -> list[CodedNarratief]:
    """What the one who looks may see: of a hidden document only their own."""
    if not veil.on:
        return pieces
    at = {number: document for some in batched((n.id for n in pieces), 500) for number, document in session.execute(
        select(Narratief.id, Narratief.document_id).where(Narratief.id.in_(some)))}
    return [_own(n, veil.viewer) if veil.hides(at.get(n.id, 0)) else n for n in pieces]


def _own(piece: CodedNarratief, me: int | None) -> CodedNarratief:
    return replace(piece, codings=tuple(pair for pair in piece.codings if pair[0] == me),
                   absent={place: reason for place, reason in piece.absent.items() if place[0] == me},
                   flags={who: text for who, text in piece.flags.items() if who == me},
                   memos={who: text for who, text in piece.memos.items() if who == me})


def with_changes(known: Sequence[CodedNarratief], rows: Iterable[RowChange]) -> list[CodedNarratief] | None:
    """The same list after a step, without reading anything; None when the step cannot be followed from its rows."""
    found = {k.id: k for k in known}
    for change in rows:
        if change.table in ("coding", "not_mentioned", "flag"):
            if change.op == "update":
                return None
            for values in change.after or change.before or []:
                row = dict(zip(change.columns, values, strict=True))
                if row["narratief_id"] in found:
                    old = found[row["narratief_id"]]
                    found[old.id] = _CHANGES[change.table](old, row, change.op == "insert")
        elif change.table == "memo":
            return None
    return [found[k.id] for k in known]


def _with_coding(old: CodedNarratief, row: Mapping[str, Any], on: bool) -> CodedNarratief:
    pair = (row["coder_id"], row["code_id"])
    rest = tuple(one for one in old.codings if one != pair)
    return replace(old, codings=(*rest, pair) if on else rest)


def _with_absent(old: CodedNarratief, row: Mapping[str, Any], on: bool) -> CodedNarratief:
    place = (row["coder_id"], row["facet_id"])
    rest = {k: v for k, v in old.absent.items() if k != place}
    return replace(old, absent={**rest, place: row["reason"]} if on else rest)


def _with_flag(old: CodedNarratief, row: Mapping[str, Any], on: bool) -> CodedNarratief:
    rest = {k: v for k, v in old.flags.items() if k != row["coder_id"]}
    return replace(old, flags={**rest, row["coder_id"]: row["reason"]} if on else rest)


_CHANGES = {"coding": _with_coding, "not_mentioned": _with_absent, "flag": _with_flag}


def _filled(session: Session, bare: Sequence[CodedNarratief]) -> list[CodedNarratief]:
    ids = [n.id for n in bare]
    codings = _grouped(session, select(Coding.narratief_id, Coding.coder_id, Coding.code_id), Coding.narratief_id, ids)
    absent = _grouped(session, select(NotMentioned.narratief_id, NotMentioned.coder_id, NotMentioned.facet_id,
                                      NotMentioned.reason), NotMentioned.narratief_id, ids)
    flags = _grouped(session, select(Flag.narratief_id, Flag.coder_id, Flag.reason), Flag.narratief_id, ids)
    memos = _grouped(session, select(Memo.about_id, Memo.coder_id, Memo.body).where(
        Memo.about == "narratief").order_by(Memo.id), Memo.about_id, ids)
    return [CodedNarratief(n.id, n.nr, n.start, n.end, tuple(codings.get(n.id, ())),
                           {(who, facet): reason for who, facet, reason in absent.get(n.id, ())},
                           dict(flags.get(n.id, ())), _joined(memos.get(n.id, ()))) for n in bare]


def _joined(found: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Coder → memo; two of one coder, as a merge leaves them, are read as one."""
    by_coder: dict[int, list[str]] = {}
    for coder, body in found:
        by_coder.setdefault(coder, []).append(body)
    return {coder: joined(bodies) for coder, bodies in by_coder.items()}


def _grouped(session: Session, query: Any, key: Any, ids: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for some in batched(ids, 500):
        for number, *values in session.execute(query.where(key.in_(some))):
            found.setdefault(number, []).append(tuple(values))
    return found


def missing(narratief: CodedNarratief, coder: int, facet_of: Mapping[int, int],
            least: Mapping[int, int]) -> list[int]:
    """The facets that a coder has still to fill here, in the order of `least` (facet → least number of codes)."""
    given = [facet_of.get(code) for code in narratief.codes_of(coder)]
    absent = narratief.absent_of(coder)
    return [facet for facet, wanted in least.items() if facet not in absent and given.count(facet) < wanted]
