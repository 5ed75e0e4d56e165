"""A document whose text was corrected or pseudonymised in one copy: which text is in force, and everything of the other
side moved to its words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from codebook.merging.sides import Conflict, Sides
from corpora import documents
from corpora.documents import Edit, moved_span
from corpora.messages import Message, message
from corpora.models import TextContent
from corpora.store.base import Base
from corpora.store.views import Values

Chain = list[list[Edit]]
PSEUDONYMS = "pseudonyms"


@dataclass(frozen=True)
class Version:
    """What one side did to a text since the copies parted."""

    hash: str
    rows: tuple[Values, ...]

    @property
    def chain(self) -> Chain:
        """The edits of every new version, in order."""
        return [[Edit(start, end, "·" * length) for start, end, length in json.loads(row["edits"])]
                for row in self.rows]

    @property
    def rank(self) -> tuple[bool, str, str]:
        """A text without names goes before one with names, then the newest."""
        return any(r["reason"] == PSEUDONYMS for r in self.rows), self.rows[-1]["made_at"], self.rows[-1]["uuid"]


def settle(session: Session, sides: Sides, other: Connection) -> None:
    """Decide every document's text; move the spans of the side whose text gives way; keep the texts themselves."""
    sides.mine = {name: dict(rows) for name, rows in sides.ours.rows.items()}
    for number, theirs in sides.rows["document"].items():
        ours = sides.mine["document"].get(number)
        if ours is None:
            _keep(session, other, theirs["content_hash"])
            _keep_source(session, other, sides, number)
        elif ours["content_hash"] != theirs["content_hash"]:
            _settle_one(session, sides, other, number)


def _keep_source(session: Session, other: Connection, sides: Sides, document: int) -> None:
    """Earlier texts come along for undo, unless this project wiped its own."""
    for row in sides.rows["text_version"].values():
        if row["document_id"] == document:
            _keep(session, other, row["old_hash"])


def _keep(session: Session, other: Connection, key: str) -> None:
    found = other.execute(select(TextContent.body).where(TextContent.hash == key)).scalar()
    if found is not None and documents.text_hash(found) == key:
        documents.keep_text(session, found)


def _settle_one(session: Session, sides: Sides, other: Connection, number: int) -> None:
    ours, theirs = _versions(sides, number)
    newer = bool(theirs.rows) and (not ours.rows or theirs.rank > ours.rank)
    chosen = sides.choice("text", sides.mine["document"][number]["title"])
    wins = chosen == "theirs" if chosen in ("ours", "theirs") and ours.rows and theirs.rows else newer
    winner, loser = (theirs, ours) if wins else (ours, theirs)
    source = theirs.rows[0]["old_hash"] if theirs.rows else ""
    if wins or session.get(TextContent, source) is not None:
        _keep(session, other, theirs.hash)
    steps: Chain = [*(inverse(edits) for edits in reversed(loser.chain)), *winner.chain]
    _move(sides.mine if wins else sides.rows, number, steps)
    _take_text(sides, number, winner.hash)
    if theirs.rows or _uses(sides, number):
        sides.conflicts.append(_conflict(sides, number, ours, theirs, wins=wins))


def _versions(sides: Sides, number: int) -> tuple[Version, Version]:
    """Our and their text with the versions since the newest text that both came from. What an earlier merge set aside
    is no version of the text in force, so the texts themselves tell, not the list of versions."""
    ours, theirs = _path(sides.mine, number), _path(sides.rows, number)
    from_ours = {row["old_hash"]: n for n, row in enumerate(ours)} | {sides.mine["document"][number]["content_hash"]:
                                                                      len(ours)}
    reached = [sides.rows["document"][number]["content_hash"], *(row["old_hash"] for row in reversed(theirs))]
    at = next((n for n, key in enumerate(reached) if key in from_ours), None)
    if at is not None:
        ours, theirs = ours[from_ours[reached[at]]:], theirs[len(theirs) - at:]
    return (Version(sides.mine["document"][number]["content_hash"], tuple(ours)),
            Version(sides.rows["document"][number]["content_hash"], tuple(theirs)))


def _path(rows: dict[str, dict[int, Values]], number: int) -> list[Values]:
    """The versions that lead to the text in force, the oldest first."""
    left = _in_order([r for r in rows["text_version"].values() if r["document_id"] == number])
    key, found = rows["document"][number]["content_hash"], list[Values]()
    while left:
        row = left.pop()
        if row["new_hash"] == key:
            found.insert(0, row)
            key = row["old_hash"]
    return found


def _in_order(rows: Sequence[Values]) -> list[Values]:
    return sorted(rows, key=lambda r: (r["made_at"], r["id"]))


def inverse(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that lead back: from the new text to the old one, as far as offsets go."""
    found, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        found.append(Edit(start, start + len(edit.new), "·" * (edit.end - edit.start)))
        shift += len(edit.new) - (edit.end - edit.start)
    return found


def mapped(start: int, end: int, steps: Chain) -> tuple[int, int]:
    """Where a span lies after several rounds of edits."""
    for edits in steps:
        start, end = moved_span(start, end, edits)
    return start, end


def _move(rows: dict[str, dict[int, Values]], document: int, steps: Chain) -> None:
    for model in spanned():
        table = rows[model.__tablename__]
        for number, row in list(table.items()):
            if row["document_id"] == document:
                start, end = mapped(row["start"], row["end"], steps)
                table[number] = {**row, "start": start, "end": end}


def spanned() -> list[Any]:
    """The models whose rows lie in a text."""
    return [m.class_ for m in Base.registry.mappers if m.class_.__spans__]


def _take_text(sides: Sides, number: int, key: str) -> None:
    for rows in (sides.mine, sides.rows):
        rows["document"][number] = {**rows["document"][number], "content_hash": key}


def _uses(sides: Sides, number: int) -> bool:
    """Whether the other side worked on the document."""
    pieces = {n for n, row in sides.rows["narratief"].items() if row["document_id"] == number}
    return any(t in ("coding", "quote", "not_mentioned") and sides.rows[t].get(n, {}).get("narratief_id") in pieces
               for t, n in sides.there.created)


def _conflict(sides: Sides, number: int, ours: Version, theirs: Version, *, wins: bool) -> Conflict:
    title = sides.mine["document"][number]["title"]
    if ours.rows and theirs.rows:
        done = (message("Their text is in force, as it is newer or has no names; all codings kept their words.") if wins
                else message("Our text stays in force, as it is newer or has no names; all codings kept their words."))
    else:
        done = message("The corrected text is in force; all codings kept their words.")
    return Conflict("text", message("«{title}»", title=title), _said(ours), _said(theirs), done, title,
                    ("ours", "theirs") if ours.rows and theirs.rows else ())


def _said(version: Version) -> Message:
    if not version.rows:
        return message("text unchanged")
    if any(r["reason"] == PSEUDONYMS for r in version.rows):
        return message("names replaced, text changed {n}×", n=len(version.rows))
    return message("text corrected {n}×", n=len(version.rows))
