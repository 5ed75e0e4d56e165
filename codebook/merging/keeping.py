"""What gave way in a merge stays readable: another wording as a memo at its place, another cut as own boundaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.merging.cuts import Recut, by_document, extras, recuts, recuts_of, theirs_win
from codebook.merging.rows import Clash, Outcome
from codebook.merging.sides import Sides
from codebook.models import LIBRARY
from corpora.messages import Translator, message
from corpora.models import ProjectInfo
from corpora.store.views import Stamp, Values, Write, made_by_merges

Number = Callable[[str], int]


def keep(session: Session, sides: Sides, outcome: Outcome, number: Number) -> None:
    """Add the memos, own boundaries and second names that keep what gave way."""
    said = Translator(session.scalar(select(ProjectInfo.language).limit(1)) or "nl")
    for clash in outcome.clashes:
        if clash.loser is not None and isinstance(clash.loser.value, str) and clash.loser.value.strip():
            _keep_value(sides, outcome, clash, clash.loser, said, number)
    _keep_cuts(sides, outcome, number, made_by_merges(session.connection(), sides.ours, "own_boundary"))
    _keep_same(sides, outcome, number)


def _keep_value(sides: Sides, outcome: Outcome, clash: Clash, loser: Write, said: Translator, number: Number) -> None:
    row = outcome.rows[clash.table].get(clash.number)
    if row is None or clash.table == "setting":
        return
    uuid = uuid5(LIBRARY, "/".join((*loser.stamp, clash.table, clash.column, str(loser.value)))).hex
    if any(m["uuid"] == uuid for m in outcome.rows["memo"].values()):
        return
    about = (row["about"], row["about_id"]) if clash.table == "memo" else (clash.table, clash.number)
    if clash.table in VALUES_OF:
        about = VALUES_OF[clash.table], row[f"{VALUES_OF[clash.table]}_id"]
    coder = row["coder_id"] if clash.table == "memo" else _coder(outcome, loser, number)
    body = loser.value if clash.table == "memo" else said(message(
        "Other {field} ({who}, {when}): {text}", field=message(FIELDS.get(clash.column, clash.column)),
        who=loser.author, when=loser.stamp[0][:10], text=loser.value))
    made = number("memo")
    outcome.rows["memo"][made] = {
        "id": made, "uuid": uuid, "about": about[0], "about_id": about[1], "coder_id": coder, "body": body,
        "made_at": _moment(loser.stamp), "changed_at": _moment(loser.stamp)}


FIELDS = {"label": "name", "title": "title", "name": "name", "definition": "definition", "use_when": "use when",
          "not_when": "do not use when", "example": "example", "synonyms": "synonyms", "note": "note",
          "reason": "reason", "question": "question", "body": "text", "value": "value", "description": "description"}
"""What a column is called in a sentence."""
WORDS = (message("name"), message("title"), message("definition"), message("use when"), message("do not use when"),
         message("example"), message("synonyms"), message("note"), message("reason"), message("question"),
         message("text"), message("value"), message("description"))


VALUES_OF = {"attribute_value": "document", "decision": "narratief", "not_mentioned": "narratief",
             "flag": "narratief"}
"""Rows that nobody sees by themselves: a memo about them is put where it will be read."""


def _moment(stamp: Stamp) -> str:
    return datetime.fromisoformat(stamp[0]).isoformat()


def _coder(outcome: Outcome, loser: Write, number: Number) -> int:
    """The coder of the author's name, made when there is none."""
    return coder_named(outcome, loser.author, number)


def coder_named(outcome: Outcome, name: str, number: Number) -> int:
    """The coder of this name; one who changed something without ever coding becomes one, so that it bears a name."""
    wanted = " ".join(name.split())[:200] or "?"
    for n, row in outcome.rows["coder"].items():
        if row["name"].casefold() == wanted.casefold():
            return n
    made = number("coder")
    outcome.rows["coder"][made] = {"id": made, "uuid": uuid5(LIBRARY, f"coder/{wanted.casefold()}").hex,
                                   "name": wanted, "role": "student"}
    return made


def _keep_cuts(sides: Sides, outcome: Outcome, number: Number, kept: set[int]) -> None:
    """The cuts that gave way; of two that are alike the earlier too, or it would matter with what either met first.
    Who comes in anew with another cut has no longer the one that an earlier merge `kept`."""
    here, there = recuts(sides.ours, sides.here), recuts_of(sides.there, sides.rows)
    for document, cut in sides.cuts.items():
        ours, theirs = here.get(document, []), there.get(document, [])
        if cut.differs or (ours and theirs):
            wins = cut.theirs if cut.differs else theirs_win(sides.mine["narratief"], ours, theirs)
            _forget(outcome, document, theirs, number, kept)
            _keep_cut(sides, outcome, document, ours if wins else theirs, number, theirs=not wins)


def _forget(outcome: Outcome, document: int, theirs: Sequence[Recut], number: Number, kept: set[int]) -> None:
    own = outcome.rows["own_boundary"]
    for author in {c.author for c in theirs}:
        coder = outcome.rows["coder"][coder_named(outcome, author, number)]["uuid"]
        for n in [n for n, r in own.items() if n in kept and (r["document_id"], r["coder_uuid"]) == (document, coder)]:
            del own[n]


def _keep_cut(sides: Sides, outcome: Outcome, document: int, changes: Sequence[Recut], number: Number, *,
              theirs: bool) -> None:
    """The cut of a side, when somebody had made it, as that coder's own boundaries."""
    if not changes:
        return
    side = sides.rows if theirs else sides.mine
    extra = extras(side)
    last = max(changes, key=lambda c: c.stamp)
    coder = outcome.rows["coder"][coder_named(outcome, last.author, number)]["uuid"]
    own = outcome.rows["own_boundary"]
    if any(r["document_id"] == document and r["coder_uuid"] == coder for r in own.values()):
        return
    for row in sorted(by_document(side["narratief"]).get(document, {}).values(), key=lambda r: r["start"]):
        if row["counts"] and row["id"] not in extra:
            made = number("own_boundary")
            own[made] = {"id": made, "document_id": document, "coder_uuid": coder, "start": row["start"],
                         "end": row["end"]}


def _keep_same(sides: Sides, outcome: Outcome, number: Number) -> None:
    """Remember under which other UUIDs things are known elsewhere."""
    known = {(r["about"], r["uuid"]) for r in outcome.rows["same_as"].values()}
    for table, row_id, uuid in sides.same:
        row: Values | None = outcome.rows[table].get(row_id)
        if row is not None and row["uuid"] != uuid and (table, uuid) not in known:
            known.add((table, uuid))
            made = number("same_as")
            outcome.rows["same_as"][made] = {"id": made, "about": table, "about_id": row_id,
                                             "uuid": UUID(uuid).hex}
