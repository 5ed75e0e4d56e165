"""The audit trail: every step of the project, and what was decided in it, when, by whom and why; free of names.

A line per step; a step that decided something has a line for each decision, rewording and change of status in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import NO_VEIL, Veil
from codebook.models import (
    Code,
    Configuration,
    ConfigurationElement,
    Deelvraag,
    Facet,
    Kernelement,
    Pattern,
    Synthesis,
    Theme,
)
from codebook.tracing import places_of
from codebook.trail import HIDDEN, Trail, Wanted
from codebook.trail_words import COLUMNS
from corpora.messages import Message, Translator, message
from corpora.models import Pseudonym
from corpora.pseudonyms import Replacement
from corpora.store.changes import Step, change_rows
from corpora.store.project import Project
from corpora.store.rows import RowChange
from exports.delimited import AUDIT_HEADS, write_delimited
from exports.excel_book import Book
from exports.files import written
from exports.name_guard import guarded_names
from exports.tables import Column, Sheet, Value, moment

HEADS = (*AUDIT_HEADS, "what", "about", "from", "to", "why")
STATUS = {"analysis_phase": "state", "grid_cell": "status", "factsheet_reply": "settled",
          "setting": "value"}
"""Table → the column that says how far something has come."""
REASONED = {"not_mentioned": "reason", "flag": "reason"}
"""Table → the column with the reason of what a coder did."""
WORDINGS = {"code": ("label", "definition", "use_when", "not_when", "cmo_role"), "deelvraag": ("label", "question"),
            "pattern": ("label", "description", "conclusion", "result"), "theme": ("label",)}
"""Table → the columns whose change is a decision about meaning. Those of configurations and syntheses are kept as
rewordings, with their reasons."""
WATCHED = ("decision", "rewording", *STATUS, *REASONED, *WORDINGS)
NAMED: dict[str, tuple[Any, str]] = {
    "configuration": (Configuration, "title"), "deelvraag": (Deelvraag, "label"), "pattern": (Pattern, "label"),
    "theme": (Theme, "label"), "kernelement": (Kernelement, "label"),
    "configuration_element": (ConfigurationElement, "text")}


@dataclass(frozen=True)
class Detail:
    """What was decided: what kind of thing, about what, from what to what, and why."""

    what: Message
    about: str = ""
    old: str = ""
    new: str = ""
    why: str = ""


@dataclass(frozen=True)
class Entry:
    """A step, with one of the decisions in it or with none."""

    step: Step
    detail: Detail | None = None


def write_audit(project: Project, path: Path, translator: Translator, wanted: Wanted = Wanted(),
                veil: Veil = NO_VEIL) -> int:
    """Write the trail, or the steps that are wanted, to `.csv`, `.tsv` or `.xlsx` by the ending; what a veil hides
    stands there without its label. Returns how many lines."""
    with project.read() as session:
        steps = [*Trail(session, translator, veil).all(wanted)][::-1]
        clean, found = _cleaner(session, translator), list(entries(session, steps))
    if path.suffix.lower() == ".xlsx":
        return _write_book(found, path, translator, clean)
    return write_delimited(HEADS, (_line(entry, translator, clean) for entry in found), path)


def entries(session: Session, steps: Sequence[Step]) -> Iterator[Entry]:
    """The steps with what was decided in them."""
    details = _details(session)
    for step in steps:
        found = details.get(step.id, []) if step.label != HIDDEN else []
        yield from (Entry(step, one) for one in found) if found else (Entry(step),)


Clean = Callable[[str], str]


def _cleaner(session: Session, _: Translator) -> Clean:
    """Puts pseudonyms in the place of the key's names, and a word in that of any other name of a respondent."""
    key = {one.name: one.pseudonym for one in session.scalars(select(Pseudonym))}
    whole = {name: _("[name]") for name in guarded_names(session)} | key
    return Replacement(whole).text


def _line(entry: Entry, _: Translator, clean: Clean) -> list[Value]:
    step, detail = entry.step, entry.detail
    about: list[Value] = [step.id, moment(step.at), step.author, step.kind, step.state, clean(_(step.label)),
                          step.changes]
    if detail is None:
        return [*about, None, None, None, None, None]
    return [*about, _(detail.what), *(clean(text) or None for text in (detail.about, detail.old, detail.new,
                                                                       detail.why))]


# what was decided


def _details(session: Session) -> dict[int, list[Detail]]:
    found: dict[int, list[Detail]] = defaultdict(list)
    reader = _Reader(session)
    query = select(change_rows.c.step_id, change_rows.c.table_name, change_rows.c.op, change_rows.c.payload).where(
        change_rows.c.table_name.in_(WATCHED)).order_by(change_rows.c.id)
    for step, table, op, payload in session.connection().execute(query):
        found[step] += reader.details(step, RowChange.unpack(table, op, payload))
    return found


class _Reader:
    """Logged rows as decisions; names of what they are about are looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places: dict[int, str] = {}
        self._made: set[tuple[int, str, int]] = set()
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}

    def details(self, step: int, change: RowChange) -> list[Detail]:
        """The decisions in one logged change; a row that gets its words in the step that makes it is no rewording."""
        if change.op == "insert":
            self._made.update((step, change.table, number) for number in change.ids)
        elif change.op == "update" and all((step, change.table, number) in self._made for number in change.ids):
            return []
        nothing: list[Any] = [None] * len(change)
        before, after = change.before or nothing, change.after or nothing
        found = []
        for old, new in zip(before, after, strict=True):
            was, now = _named(change, old), _named(change, new)
            self._rows.setdefault((change.table, (now or was)["id"]), {}).update(was | now)
            detail = self._detail(change.table, was, now)
            found += [detail] if detail is not None else []
        return found

    def _detail(self, table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Detail | None:
        if table == "decision":
            return self._decision(old, new)
        if table == "rewording":
            about = self._name(str(new.get("about", "")), new.get("about_id"))
            return Detail(_worded(new["field"]), about, new["old"], new["new"], new["reason"]) if new else None
        if table in REASONED:
            return self._reasoned(table, new)
        return self._changed(table, old, new)

    def _decision(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Detail:
        row = self._whole("decision", {**old, **new})
        about = f"{self._place(row.get('narratief_id'))}: {self._codes.get(row.get('code_id', 0), '')}"
        what = message("decision on a code") if new else message("decision taken back")
        return Detail(what, about.strip(": "), _yes(old.get("yes")), _yes(new.get("yes")), new.get("reason", ""))

    def _reasoned(self, table: str, new: Mapping[str, Any]) -> Detail | None:
        if not new.get(REASONED[table]):
            return None
        what = message("niet genoemd") if table == "not_mentioned" else message("to be discussed")
        row = self._whole(table, new)
        facet = self._facets.get(row.get("facet_id", 0), "")
        place = self._place(row.get("narratief_id"))
        return Detail(what, f"{place}: {facet}" if facet else place, why=new[REASONED[table]])

    def _changed(self, table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Detail | None:
        """A status or a wording that became another one; rows that are made or go are told by their step."""
        columns = [STATUS[table]] if table in STATUS else [c for c in WORDINGS[table] if c in new]
        column = next((c for c in columns if c in new and old and old.get(c) != new[c]), None)
        if column is None:
            return None
        about = self._name(table, new["id"])
        if table in STATUS:
            return Detail(message("change of status"), about, str(old.get(column, "")), str(new[column]))
        return Detail(_worded(column), about, str(old.get(column, "")), str(new[column]))

    def _whole(self, table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row with the columns that an update did not log: as the log told of it before."""
        return {**self._rows.get((table, row.get("id", 0)), {}), **row}

    def _place(self, narratief_id: Any) -> str:
        if narratief_id is None:
            return ""
        if narratief_id not in self._places:
            at = places_of(self._session, [narratief_id]).get(narratief_id)
            self._places[narratief_id] = at.words if at else f"narratief #{narratief_id}"
        return self._places[narratief_id]

    def _name(self, table: str, number: Any) -> str:
        if table == "code":
            return self._codes.get(number, f"code #{number}")
        if table == "synthesis":
            return self._synthesis(number)
        model, column = NAMED.get(table, (None, ""))
        row = self._session.get(model, number) if model is not None and number is not None else None
        return str(getattr(row, column)) if row is not None else f"{table} #{number}"

    def _synthesis(self, number: Any) -> str:
        found = self._session.get(Synthesis, number) if number is not None else None
        return self._name("kernelement", found.kernelement_id) if found is not None else f"synthesis #{number}"

    @cached_property
    def _codes(self) -> dict[int, str]:
        query = select(Code.id, Facet.label, Code.label).join(Facet, Facet.id == Code.facet_id)
        return {number: f"{facet}:{label}" for number, facet, label in self._session.execute(query)}

    @cached_property
    def _facets(self) -> dict[int, str]:
        return {n: label for n, label in self._session.execute(select(Facet.id, Facet.label))}


def _named(change: RowChange, row: Any) -> dict[str, Any]:
    return {} if row is None else dict(zip(change.columns, row, strict=True))


def _worded(field: str) -> Message:
    return message("change of status") if field == "status" else message(
        "rewording of {field}", field=COLUMNS.get(field, field))


def _yes(value: Any) -> str:
    return "" if value is None else "yes" if value else "no"


# a workbook


def _write_book(found: list[Entry], path: Path, _: Translator, clean: Clean) -> int:
    steps = {entry.step.id: replace(entry, detail=None) for entry in found}
    decided = [entry for entry in found if entry.detail is not None]
    with Book(_("Audit trail")) as book:
        total = book.add(_sheet(_("Decisions"), decided, _, clean, detailed=True))
        total += book.add(_sheet(_("Steps"), list(steps.values()), _, clean, detailed=False))
        with written(path) as draft:
            book.save(draft)
    return total


def _sheet(title: str, found: list[Entry], _: Translator, clean: Clean, *, detailed: bool) -> Sheet:
    columns = [Column(_("When (UTC)"), "moment", 19), Column(_("Who"), "word", 16), Column(_("Step"), "text", 44)]
    if detailed:
        columns += [Column(_("What was decided"), "text", 26), Column(_("About"), "text", 40),
                    Column(_("From"), "text", 40), Column(_("To"), "text", 40), Column(_("Why"), "text", 50)]
    else:
        columns += [Column(_("Kind"), "word", 10), Column(_("State"), "word", 10), Column(_("Rows"), "number", 8)]
    rows = []
    for entry in found:
        line = _line(entry, _, clean)
        rows.append([line[1], line[2], line[5], *(line[7:] if detailed else (line[3], line[4], line[6]))])
    return Sheet(title, tuple(columns), rows, kept=1)
