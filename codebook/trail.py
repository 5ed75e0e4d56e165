"""The audit trail: who did what when, searched through the change log in pieces, newest first; and the history of one
coding. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import Coder
from corpora.messages import Message
from corpora.models import Narratief
from corpora.store.changes import Step, change_rows, change_step, step_of
from corpora.store.rows import RowChange
from corpora.store.writing import batched

THINGS: Mapping[str, tuple[str, ...]] = {
    "codings": ("coding", "not_mentioned", "done", "flag"),
    "decisions": ("decision", "rechecked"),
    "memos": ("memo", "quote"),
    "codebook": ("facet", "code", "code_group", "code_group_member"),
    "narratieven": ("narratief", "own_boundary"),
    "material": ("document", "text_version", "speaker", "turn", "respondent", "respondent_group", "attribute",
                 "attribute_value", "pseudonym", "name_decision", "project_info"),
    "questions": ("deelvraag", "saved_query", "snapshot", "snapshot_member", "grid_template", "grid_axis", "grid_code",
                  "grid_cell", "grid_cell_code", "grid_seen"),
    "team": ("coder", "assignment", "setting"),
    "practice": ("practice_set", "practice_item", "practice_round", "practice_answer"),
}
"""Kind of thing → its tables; what is in none of them is `analysis` (CMO, patterns, report)."""

ANALYSIS = "analysis"
CODED = ("coding", "not_mentioned", "flag", "memo", "quote", "decision")
"""Tables in which a step shows what somebody thought of a narratief: what blind coding hides."""

PIECE = 500
"""Steps looked at in one go."""


@dataclass(frozen=True)
class Wanted:
    """Which steps: of one author, on one kind of thing, between two moments, on a document or a code, with words in
    their label. What is empty does not matter."""

    author: str = ""
    thing: str = ""
    since: datetime | None = None
    until: datetime | None = None
    document: int | None = None
    code: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Found:
    """A part of the trail: steps newest first, and the number before which to look on; None at the end."""

    steps: tuple[Step, ...]
    before: int | None


class Trail:
    """Looks through the log of one project. `translate` makes labels readable, for searching in them; `veil` hides
    what others thought where one codes blind: such a step is found without its label."""

    def __init__(self, session: Session, translate: Callable[[Message], str] = str, veil: Veil = NO_VEIL) -> None:
        self._session, self._translate, self._veil = session, translate, veil
        self._viewer = session.get(Coder, veil.viewer) if veil.viewer is not None else None
        self._documents: dict[int, int] = {}
        self._narratieven: dict[int, set[int]] = {}

    def find(self, wanted: Wanted, before: int | None = None, limit: int = 200, most: int = 4_000) -> Found:
        """The next `limit` steps; after having looked at `most` steps it stops with what it has, so that a window can
        breathe."""
        found: list[Step] = []
        for looked, steps in enumerate(self._pieces(wanted, before), 1):
            kept = self._kept(wanted, steps)
            found += kept
            if len(found) >= limit:
                return Found(tuple(found[:limit]), found[limit - 1].id)
            if looked * PIECE >= most and len(steps) == PIECE:
                return Found(tuple(found), steps[-1].id)
        return Found(tuple(found), None)

    def all(self, wanted: Wanted) -> Iterator[Step]:
        """Every step, newest first."""
        for steps in self._pieces(wanted, None):
            yield from self._kept(wanted, steps)

    def _pieces(self, wanted: Wanted, before: int | None) -> Iterator[list[Step]]:
        while True:
            query = _asked(wanted).order_by(change_step.c.id.desc()).limit(PIECE)
            if before is not None:
                query = query.where(change_step.c.id < before)
            steps = [step_of(row) for row in self._session.connection().execute(query)]
            if steps:
                yield steps
            if len(steps) < PIECE:
                return
            before = steps[-1].id

    def _kept(self, wanted: Wanted, steps: Sequence[Step]) -> list[Step]:
        hidden = self._hidden(steps)
        shown = [replace(s, label=HIDDEN) if s.id in hidden else s for s in steps]
        if wanted.words.strip():
            words = wanted.words.casefold().split()
            shown = [s for s in shown if all(w in self._translate(s.label).casefold() for w in words)]
        if wanted.document is None and wanted.code is None:
            return shown
        touched = self._touching(wanted, [s.id for s in shown if s.id not in hidden])
        return [s for s in shown if s.id in touched]

    # -- what a step touches ---------------------------------------------------------------------------------------

    def _rows(self, step_ids: Iterable[int], tables: Sequence[str] = ()) -> Iterator[tuple[int, RowChange]]:
        for some in batched(step_ids, PIECE):
            query = select(change_rows.c.step_id, change_rows.c.table_name, change_rows.c.op, change_rows.c.payload)
            query = query.where(change_rows.c.step_id.in_(some)).order_by(change_rows.c.id)
            if tables:
                query = query.where(change_rows.c.table_name.in_(tables))
            for step, table, op, payload in self._session.connection().execute(query):
                yield step, RowChange.unpack(table, op, payload)

    def _touching(self, wanted: Wanted, step_ids: Sequence[int]) -> set[int]:
        on_document, on_code = set[int](), set[int]()
        narratieven = self._of_document(wanted.document) if wanted.document is not None else set()
        for step, change in self._rows(step_ids):
            for row in rows_of(change):
                if _is_of(change, row, "document", wanted.document) or _narratief(change, row) in narratieven:
                    on_document.add(step)
                if _is_of(change, row, "code", wanted.code):
                    on_code.add(step)
        if wanted.document is None:
            return on_code
        return on_document if wanted.code is None else on_document & on_code

    def _of_document(self, document: int) -> set[int]:
        """The narratieven that a document has or ever had."""
        if document not in self._narratieven:
            query = select(change_rows.c.table_name, change_rows.c.op, change_rows.c.payload).where(
                change_rows.c.table_name == "narratief", change_rows.c.op != "update")
            found: set[int] = set()
            for table, op, payload in self._session.connection().execute(query):
                found |= {row["id"] for row in rows_of(RowChange.unpack(table, op, payload))
                          if row["document_id"] == document}
            self._narratieven[document] = found
        return self._narratieven[document]

    def _hidden(self, steps: Sequence[Step]) -> set[int]:
        """Steps of others that show what blind coding hides."""
        if not self._veil.on:
            return set()
        mine = self._viewer.name if self._viewer is not None else ""
        others = [s.id for s in steps if s.author != mine]
        return {step for step, change in self._rows(others, CODED) for row in rows_of(change)
                if self._is_hidden(change, row)}

    def _is_hidden(self, change: RowChange, row: Mapping[str, Any]) -> bool:
        coder = row.get("coder_id") if change.table != "decision" else None
        document = row.get("document_id")
        if document is None:
            document = self._document(_narratief(change, row))
        return self._veil.hides(document, coder)

    def _document(self, narratief: int | None) -> int:
        if narratief is None:
            return -1
        if narratief not in self._documents:
            self._documents[narratief] = self._session.scalar(
                select(Narratief.document_id).where(Narratief.id == narratief)) or -1
        return self._documents[narratief]

    def states(self, step_ids: Iterable[int]) -> dict[int, str]:
        """How steps stand now."""
        return {step: state for some in batched(step_ids, PIECE) for step, state in self._session.connection().execute(
            select(change_step.c.id, change_step.c.state).where(change_step.c.id.in_(some)))}

    def changes(self, step_id: int) -> list[RowChange]:
        """What a step changed; nothing when blind coding hides it."""
        step = self._session.connection().execute(select(change_step).where(change_step.c.id == step_id)).first()
        if step is None or self._hidden([step_of(step)]):
            return []
        return [change for _step, change in self._rows([step_id])]


HIDDEN = Message("Hidden: this project is coded blind.")


def _asked(wanted: Wanted) -> Any:
    query = select(change_step)
    if wanted.author:
        query = query.where(change_step.c.author == wanted.author)
    if wanted.since is not None:
        query = query.where(change_step.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(change_step.c.at < wanted.until)
    if wanted.thing:
        known = [table for tables in THINGS.values() for table in tables]
        here = change_rows.c.table_name
        of_kind = here.not_in(known) if wanted.thing == ANALYSIS else here.in_(THINGS[wanted.thing])
        query = query.where(exists().where(change_rows.c.step_id == change_step.c.id, of_kind))
    return query


def rows_of(change: RowChange) -> list[dict[str, Any]]:
    """The rows of a change as mappings; of an update as they were before."""
    return [dict(zip(change.columns, row, strict=True)) for row in change.before or change.after or []]


def _narratief(change: RowChange, row: Mapping[str, Any]) -> int | None:
    if change.table == "narratief":
        return int(row["id"])
    if row.get("about") == "narratief":
        return int(row["about_id"])
    found = row.get("narratief_id")
    return None if found is None else int(found)


def _is_of(change: RowChange, row: Mapping[str, Any], table: str, wanted: int | None) -> bool:
    """Whether a row is, or hangs on, the row `wanted` of a table."""
    if wanted is None:
        return False
    return ((change.table == table and row["id"] == wanted) or row.get(f"{table}_id") == wanted
            or (row.get("about") == table and row.get("about_id") == wanted))


def authors(session: Session) -> list[str]:
    """Everybody who did anything."""
    return list(session.connection().execute(select(change_step.c.author).distinct().order_by(change_step.c.author))
                .scalars())
