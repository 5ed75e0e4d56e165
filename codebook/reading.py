"""The reading of a project: all codings as an index in memory, with the names that questions may use.

Built once when a project opens, then kept current by each step (`update`), never rebuilt while coding. The window and
the command line ask their questions of this one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import DECIDES, veil_of
from codebook.loading import ints, load_arrays, load_index, put_in_order
from codebook.models import Code, Coder, Coding, Decision, Facet, SavedQuery, Snapshot, SnapshotMember
from codebook.query.bits import Ints
from codebook.query.catalogue import Catalogue, CodeName, CoderName, DocumentName, FacetName
from codebook.query.catalogue import SavedQuery as SavedName
from codebook.query.columns import DECIDED_NO, DECIDED_YES
from codebook.query.evaluate import Result, evaluate
from codebook.query.index import ANY, DECIDED, Codings
from codebook.query.text import parse
from codebook.query.units import Unit
from corpora import attributes, documents, search
from corpora.models import KINDS, Document, Narratief, RespondentGroup, Speaker, Turn
from corpora.store.project import Changed, Project
from corpora.store.rows import RowChange
from corpora.store.writing import batched

NAMES = {"facet", "code", "coder", "document", "respondent_group", "attribute", "attribute_value", "saved_query",
         "snapshot", "snapshot_member"}
"""Tables whose change makes the names of questions change."""

MANY = 8
"""Of more documents than these the whole index is read anew when blind coding shows or hides others' codes."""

STRUCTURE = {"narratief", "document"}
SPEECH = {"turn", "speaker", "respondent"}


@dataclass(frozen=True)
class Place:
    """Where a narratief stands: its document and nr."""

    narratief_id: int
    document_id: int
    document: str
    nr: int


class Reading:
    """Index and names of an open project. With `viewer`, the name of who looks, blind coding hides what it must from
    them (`veil`); without, everything is there."""

    def __init__(self, project: Project, viewer: str | None = None) -> None:
        self.project, self.viewer = project, viewer
        with project.read() as session:
            self.veil = veil_of(session, viewer)
            self.index = load_index(session, self.veil)
        self._catalogue: Catalogue | None = None
        self._respondents: tuple[Ints, Ints] | None = None
        self._is_overtaken = False

    @property
    def catalogue(self) -> Catalogue:
        """The names that a question may use."""
        if self._catalogue is None:
            with self.project.read() as session:
                self._catalogue = load_catalogue(session)
        return self._catalogue

    def codings(self, whose: str) -> Codings:
        """`any`, `decided`, or a coder's name as the index knows it."""
        if whose.casefold() in (ANY, DECIDED):
            return whose.casefold()
        return self.catalogue.coder(whose).id

    def ask(self, expression: str, *, unit: Unit = "narratief", codings: str = ANY,
            parts: bool = False) -> Result:
        """The answer to an expression in text form; with `parts` also how often each part of it holds."""
        return evaluate(parse(expression), self.index, self.catalogue, unit=unit, codings=self.codings(codings),
                        text=self.with_text, parts=parts)

    def with_text(self, words: str, literal: bool) -> list[int]:
        """Narratieven whose text holds a word in any inflection, or a literal phrase."""
        with self.project.read() as session:
            return search.narratieven_with(session, words, literal)

    def places(self, ids: Iterable[int]) -> list[Place]:
        """Where narratieven stand, in the order given."""
        titles = self.titles
        found = []
        for narratief_id in ids:
            slot = self.index.slot(int(narratief_id))
            document_id = self.index.document_id(int(self.index.document_numbers[slot]))
            found.append(Place(int(narratief_id), document_id, titles[document_id], int(self.index.nr[slot])))
        return found

    @property
    def titles(self) -> Mapping[int, str]:
        """Document number → title."""
        return {d.id: d.title for d in self.catalogue.documents}

    @property
    def respondents(self) -> tuple[Ints, Ints]:
        """Pairs (narratief, respondent), one per respondent who speaks in a narratief; where nobody is marked as
        respondent, the document stands for one (its number, negative)."""
        if self._respondents is None:
            with self.project.read() as session:
                self._respondents = load_respondents(session)
        return self._respondents

    def reload(self) -> None:
        """Read everything anew."""
        with self.project.read() as session:
            self.veil = veil_of(session, self.viewer)
            self.index = load_index(session, self.veil)
        self._catalogue = self._respondents = None

    def update(self, changed: Changed) -> bool:
        """Take a step (or an undo) in; returns whether blind coding shows or hides other codings from here on."""
        tables = changed.tables()
        moved = self._moved() if self.viewer is not None and tables & DECIDES else set()
        if tables & NAMES:
            self._catalogue = self._with_coders() if tables & NAMES == {"coder"} else None
        if tables & (SPEECH | STRUCTURE):
            self._respondents = None
        recut = self._recut_documents(changed.rows)
        if len(moved) > MANY:
            self.reload()  # in one go, which is quicker than document by document
        else:
            recut |= moved
        if recut or "document" in tables:
            self._recut(recut)
        for change in changed.rows:
            self._note(change)
        if self._is_overtaken:
            self._is_overtaken = False
            self.reload()
        return bool(moved)

    def _moved(self) -> set[int]:
        """Draw the veil anew; the documents of which it shows or hides something since."""
        before = self.veil
        with self.project.read() as session:
            self.veil = veil_of(session, self.viewer)
        if self.veil == before:
            return set()
        if (self.veil.on, self.veil.viewer) == (before.on, before.viewer):
            return set(self.veil.open ^ before.open) & set(self.index.documents)
        return set(self.index.documents)

    def hidden_slots(self) -> Ints:
        """Where narratieven stand of which another's codes are hidden; none without blind coding."""
        hidden = [d for d in self.index.documents if self.veil.hides(d)]
        return self.index.slots(self.index.of_documents(hidden))

    def _with_coders(self) -> Catalogue | None:
        """The names with the coders read anew: a first coding makes its coder, and must not cost reading all names."""
        if self._catalogue is None:
            return None
        with self.project.read() as session:
            return replace(self._catalogue, coders=_coders(session))

    def _recut(self, document_ids: set[int]) -> None:
        with self.project.read() as session:
            present = set(session.scalars(select(Document.id)))
            for document_id in sorted(document_ids):
                part = load_arrays(session, document_id if document_id in present else -1, self.veil)
                self.index.replace_document(document_id, part.ids, part.nrs, part.codings, part.absent)
            put_in_order(self.index, session)

    def _recut_documents(self, changes: Iterable[RowChange]) -> set[int]:
        """Documents whose narratieven are other ones now, or whose order changed."""
        found: set[int] = set()
        for change in changes:
            if change.table == "document" and change.op != "update":
                found.update(change.ids)
            elif change.table == "narratief" and {"start", "counts", "document_id"} & set(change.columns):
                rows = [*_rows(change, change.before), *_rows(change, change.after)]
                found.update(row["document_id"] for row in rows if "document_id" in row)
                found |= self._documents_of([row["id"] for row in rows if "document_id" not in row])
        return found

    def _documents_of(self, narratief_ids: list[int]) -> set[int]:
        with self.project.read() as session:
            return {d for some in batched(narratief_ids, 500) for d in session.scalars(
                select(Narratief.document_id).where(Narratief.id.in_(some)).distinct())}

    def _note(self, change: RowChange) -> None:
        if change.table == "coding":
            for old in _rows(change, change.before):
                self._set(old, False)
            for new in _rows(change, change.after):
                self._set(new, True)
        elif change.table == "not_mentioned" and change.op != "update":
            for row in _rows(change, change.after or change.before):
                self._set_absent(row, change.op == "insert")
        elif change.table == "decision":
            self._decide(change)

    def _set(self, row: Mapping[str, Any], on: bool) -> None:
        full = row if "coder_id" in row and "narratief_id" in row else self._whole(row)
        if full and self._holds(full["narratief_id"]) and not self.hides(full["narratief_id"], full["coder_id"]):
            self.index.set(full["narratief_id"], full["code_id"], full["coder_id"], on)

    def _whole(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        # An update logs only the columns that changed; the others stand in the table.
        with self.project.read() as session:
            found = session.get(Coding, row["id"])
            if found is None:  # taken away since by somebody else: that step is still to come
                self._is_overtaken = True
                return {}
            return {"narratief_id": found.narratief_id, "code_id": found.code_id, "coder_id": found.coder_id, **row}

    def _set_absent(self, row: Mapping[str, Any], on: bool) -> None:
        if self._holds(row["narratief_id"]) and not self.hides(row["narratief_id"], row["coder_id"]):
            self.index.set_not_mentioned(row["narratief_id"], row["facet_id"], row["coder_id"], on)

    def _decide(self, change: RowChange) -> None:
        touched = {row["id"] for row in [*_rows(change, change.before), *_rows(change, change.after)]}
        for row in _rows(change, change.before if change.op == "delete" else None):
            for coder in (DECIDED_YES, DECIDED_NO):
                self.index.set(row["narratief_id"], row["code_id"], coder, False)
        with self.project.read() as session:
            for found in session.scalars(select(Decision).where(Decision.id.in_(sorted(touched)))):
                if self._holds(found.narratief_id) and not self.hides(found.narratief_id):
                    self.index.set(found.narratief_id, found.code_id, DECIDED_YES, found.yes)
                    self.index.set(found.narratief_id, found.code_id, DECIDED_NO, not found.yes)

    def hides(self, narratief_id: int, coder_id: int | None = None) -> bool:
        """Whether blind coding hides what another coder (or all together, without `coder_id`) gave a narratief."""
        if not self.veil.on:
            return False
        document = -1
        if self._holds(narratief_id):
            document = self.index.document_id(int(self.index.document_numbers[self.index.slot(narratief_id)]))
        return self.veil.hides(document, coder_id)

    def _holds(self, narratief_id: int) -> bool:
        try:
            return self.index.slot(narratief_id) >= 0
        except KeyError:
            return False


def _rows(change: RowChange, values: Sequence[Sequence[Any]] | None) -> list[dict[str, Any]]:
    return [dict(zip(change.columns, row, strict=True)) for row in values or ()]


def load_catalogue(session: Session) -> Catalogue:
    """The names of a project."""
    groups = {key: value for key, value in session.execute(select(RespondentGroup.id, RespondentGroup.label))}
    values = attributes.values_of(session)
    rows = session.execute(select(Document.id, Document.title, Document.group_id, Document.kind))
    names = [DocumentName(number, title, groups.get(group or 0, ""), kind, values.get(number, {}))
             for number, title, group, kind in sorted(rows, key=lambda row: documents.title_key(row.title))]
    return Catalogue(
        facets=[FacetName(f.id, f.label) for f in session.scalars(select(Facet).order_by(Facet.position, Facet.id))],
        codes=[CodeName(c.id, c.facet_id, c.label, c.parent_id)
               for c in session.scalars(select(Code).order_by(Code.facet_id, Code.position, Code.id))],
        coders=_coders(session),
        documents=names, kinds=KINDS, groups=sorted(groups.values()),
        saved=_saved(session),
        attributes=sorted({name for found in values.values() for name in found}))


def _coders(session: Session) -> list[CoderName]:
    rows = session.execute(select(Coder.id, Coder.name).order_by(Coder.name))
    return [CoderName(number, name) for number, name in rows]


def _saved(session: Session) -> list[SavedName]:
    """The live questions, and the momentopnamen with their narratieven."""
    live = [SavedName(q.name, q.expression) for q in session.scalars(select(SavedQuery).order_by(SavedQuery.name))]
    members: dict[int, list[int]] = {}
    for snapshot, narratief in session.execute(
            select(SnapshotMember.snapshot_id, SnapshotMember.narratief_id).order_by(SnapshotMember.narratief_id)):
        members.setdefault(snapshot, []).append(narratief)
    return live + [SavedName(s.name, s.expression, tuple(members.get(s.id, ())))
                   for s in session.scalars(select(Snapshot).order_by(Snapshot.name))]


def load_respondents(session: Session) -> tuple[Ints, Ints]:
    """Who speaks in which narratief, as pairs (narratief, respondent)."""
    pieces = ints(session, select(Narratief.document_id, Narratief.start, Narratief.end, Narratief.id)
                   .where(Narratief.counts).order_by(Narratief.document_id, Narratief.start), 4)
    spoken = ints(session, select(Turn.document_id, Turn.start, Turn.end, Speaker.respondent_id)
                   .join(Speaker, Speaker.id == Turn.speaker_id).where(Speaker.respondent_id.is_not(None))
                   .order_by(Turn.document_id, Turn.start), 4)
    owner, turn = overlaps(pieces, spoken)
    pairs = np.unique(np.stack([pieces[owner, 3], spoken[turn, 3]], axis=1), axis=0)
    silent = pieces[~np.isin(pieces[:, 3], pairs[:, 0])]
    whole = np.concatenate([pairs, np.stack([silent[:, 3], -silent[:, 0]], axis=1)])
    return whole[:, 0], whole[:, 1]


def overlaps(pieces: NDArray[np.int64], spoken: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Which pieces and turns share text: row numbers of both, for rows (document, start, end, …) in order."""
    far = int(max(pieces[:, 2].max(initial=0), spoken[:, 2].max(initial=0))) + 1
    first = np.searchsorted(spoken[:, 0] * far + spoken[:, 2], pieces[:, 0] * far + pieces[:, 1], side="right")
    last = np.searchsorted(spoken[:, 0] * far + spoken[:, 1], pieces[:, 0] * far + pieces[:, 2], side="left")
    lengths = np.maximum(last - first, 0)
    owner: Ints = np.repeat(np.arange(len(pieces)), lengths)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return owner, np.arange(owner.size) - begins + np.repeat(first, lengths)
