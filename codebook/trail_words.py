"""The words for what stands in the log: kinds of things, their columns and values, and the names behind numbers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Code, Coder, Facet
from corpora import narratives
from corpora.messages import Message, message
from corpora.models import Document, Narratief
from corpora.store.base import Base
from corpora.store.dependants import model_of

THINGS: Mapping[str, Message] = {
    "memo": message("memo"), "quote": message("quote"), "narratief": message("narratief"), "code": message("code"),
    "facet": message("facet"), "document": message("document"), "coder": message("coder"), "flag": message("flag"),
    "done": message("ready mark"), "assignment": message("assignment"), "setting": message("setting"),
    "saved_query": message("question"), "snapshot": message("momentopname"), "text_version": message("text version"),
    "practice_set": message("practice set"), "practice_round": message("round"), "practice_answer": message("answer"),
    "practice_item": message("narratief of a practice set"), "coding": message("coding"),
    "not_mentioned": message("not mentioned"), "decision": message("decision"), "rechecked": message("looked at again"),
    "code_group": message("group of codes"), "code_group_member": message("code in a group"),
    "own_boundary": message("boundary of one's own"), "speaker": message("speaker"), "turn": message("turn"),
    "respondent": message("respondent"), "respondent_group": message("respondent group"),
    "attribute": message("attribute"), "attribute_value": message("value of an attribute"),
    "pseudonym": message("pseudonym"), "name_decision": message("word that is no name"),
    "project_info": message("project"), "same_as": message("the same thing elsewhere"),
    "placed": message("place of a coding"), "deelvraag": message("deelvraag"),
    "snapshot_member": message("narratief of a momentopname"), "grid_template": message("grid"),
    "grid_axis": message("facet of a grid"), "grid_code": message("code of a grid"),
    "grid_cell": message("combination of a grid"), "grid_cell_code": message("code of a combination"),
    "grid_seen": message("narratief read in a grid"), "kernelement": message("kernelement"),
    "kernelement_code": message("code of a kernelement"), "configuration": message("configuration"),
    "configuration_element": message("element of a configuration"), "configuration_link": message("link"),
    "evidence": message("evidence"), "rewording": message("rewording"), "cmo_sheet": message("sheet"),
    "cmo_sheet_entry": message("entry on a sheet"), "synthesis": message("synthesis"),
    "synthesis_configuration": message("configuration in a synthesis"), "theme": message("theme"),
    "pattern": message("vraagpatroon"), "pattern_evidence": message("evidence of a vraagpatroon"),
    "quote_card": message("card of a quote"), "quote_cut": message("words left out of a quote"),
    "factsheet": message("factsheet"), "factsheet_item": message("line of a factsheet"),
    "factsheet_sent": message("factsheet sent"), "factsheet_reply": message("reply to a factsheet"),
    "report_text": message("text of the report"), "analysis_phase": message("phase of the analysis"),
}
"""Table → what a row of it is called."""

COLUMNS: Mapping[str, Message] = {
    "about": message("about"), "about_id": message("about"), "actor": message("actor"),
    "agrees": message("agrees"), "author_role": message("role of the writer"), "basis": message("basis"),
    "begun_at": message("begun"), "below": message("with its sub-codes"), "body": message("text"),
    "certain": message("certain"), "certainty": message("certainty"), "change": message("change"),
    "changed_at": message("changed"), "closing": message("closing"), "cmo_role": message("role in CMO"),
    "codings": message("codings"), "color": message("colour"), "conclusion": message("conclusion"),
    "condition": message("condition"), "contradictions": message("contradictions"), "count": message("number"),
    "counter": message("counter-examples"), "counts": message("counts as a narratief"),
    "created_at": message("begun"), "definition": message("definition"), "description": message("description"),
    "direction": message("direction"), "end": message("ends at"), "ended_at": message("ended"),
    "every": message("with all its codes"), "example": message("example"), "expression": message("question"),
    "field": message("field"), "file_name": message("file"), "group_id": message("group"),
    "imported_at": message("imported"), "interpretation": message("interpretation"),
    "intervention": message("intervention"), "interviewer": message("interviewer"), "key": message("setting"),
    "key_id": message("key of"), "kind": message("kind"), "label": message("name"), "language": message("language"),
    "least": message("least number of codes"), "made_at": message("made"), "name": message("name"),
    "new": message("new wording"), "not_when": message("not for"), "note": message("note"),
    "number": message("number to type"), "old": message("old wording"), "opening": message("opening"),
    "overruled": message("ready though not complete"), "parent_id": message("under"),
    "participant": message("participant"), "phase": message("phase"), "place": message("place"),
    "position": message("place in the order"), "proposed": message("proposed"), "pseudonym": message("pseudonym"),
    "question": message("question"), "quoted": message("as a quote"), "reason": message("reason"),
    "recipient": message("recipient"), "reply": message("reply"), "result": message("result"), "role": message("role"),
    "seconds": message("seconds"), "sent_at": message("sent"), "session": message("session"),
    "settled": message("settled"), "source": message("source"), "source_id": message("starting from"),
    "start": message("begins at"), "state": message("state"), "statement": message("statement"),
    "status": message("status"), "subject": message("subject"), "synonyms": message("synonyms"),
    "taboos": message("taboos"), "target_id": message("towards"), "text": message("text"), "title": message("title"),
    "unit": message("unit"), "use_when": message("use when"), "valence": message("valence"),
    "value": message("value"), "wanted": message("wanted"), "way": message("way"), "word": message("word"),
    "wording": message("wording"), "yes": message("decided"),
}
"""Column → what it is called; one that points at another row is called as what it points at, unless it stands here."""

INNER = frozenset({"id", "uuid", "old_hash", "new_hash", "source_hash", "text_hash", "edits", "coder_uuid", "seen",
                   "width", "content_hash", "stands_for", "said_at"})
"""Columns that only the program reads."""
NAMING = ("label", "name", "title", "body", "expression", "text", "statement", "word", "key", "recipient")
"""Columns that name a row, the first that it has."""
SETTINGS: Mapping[str, Message] = {"blind": message("blind coding"), "anonymous": message("coders without names"),
                                   "package_coder": message("for whom the copy is")}
SHORT = 160


def column_word(table: str, column: str) -> Message:
    """What a column is called."""
    if column not in COLUMNS and (target := _target(table, column)):
        return THINGS[target]
    return COLUMNS[column]


def _target(table: str, column: str) -> str:
    """The table that a column points at; empty for none."""
    keys = Base.metadata.tables[table].c[column].foreign_keys
    return next((key.column.table.name for key in keys), "")


class Names:
    """The names behind the numbers in the log; a number whose row is gone has «?»."""

    def __init__(self, session: Session) -> None:
        self.coders = _names(session, Coder.id, Coder.name)
        self.codes = _names(session, Code.id, Code.label)
        self.facets = _names(session, Facet.id, Facet.label)
        self.facet_of = {key: value for key, value in session.execute(select(Code.id, Code.facet_id))}
        self.titles = _names(session, Document.id, Document.title)
        self._session = session
        self._places: dict[int, str] = {}
        self._numbers: dict[int, dict[int, int]] = {}

    def code(self, number: object) -> str:
        """A code with its facet."""
        key = int(str(number))
        return f"{self.facets.get(self.facet_of.get(key, 0), '?')}:{self.codes.get(key, '?')}"

    def place(self, narratief: object) -> str:
        """A narratief as document and nr."""
        key = int(str(narratief))
        if key not in self._places:
            found = self._session.get(Narratief, key)
            self._places[key] = "?" if found is None else self._place(found)
        return self._places[key]

    def _place(self, found: Narratief) -> str:
        if found.document_id not in self._numbers:
            self._numbers[found.document_id] = narratives.numbers(
                narratives.of_document(self._session, found.document_id))
        nr = self._numbers[found.document_id].get(found.id)
        return f"{self.titles.get(found.document_id, '?')} · {nr if nr is not None else '–'}"

    def name(self, table: str, row: Mapping[str, Any]) -> str | Message:
        """What the row of a change is called."""
        found = self.of(table, row["id"], row)
        return SETTINGS.get(found, found) if table == "setting" else found

    def of(self, table: str, number: int, row: Mapping[str, Any] | None = None) -> str:
        """What a row is called: by its own name, as it is now or as `row` says, or else by what it hangs on."""
        if table == "narratief":
            return self.place(number)
        if table == "code" and number in self.codes:
            return self.code(number)
        known = {**self._now(table, number), **(row or {})}
        own = next((short(known[column]) for column in NAMING if known.get(column)), "")
        about = self._about(table, known) if not own or table == "memo" else ""
        return ": ".join(part for part in (about, own) if part) or "?"

    def _now(self, table: str, number: int) -> dict[str, Any]:
        found = self._session.get(model_of(table), number)
        return {} if found is None else {c.name: getattr(found, c.name) for c in Base.metadata.tables[table].c}

    def _about(self, table: str, row: Mapping[str, Any]) -> str:
        """What a row without a name of its own hangs on, such as a narratief and a code; who did it comes last."""
        found = [(_target(table, column), value) for column, value in row.items() if value is not None]
        if row.get("about") in THINGS and row.get("about_id") is not None:
            found.append((row["about"], row["about_id"]))
        found.sort(key=lambda one: one[0] == "coder")
        return ", ".join(dict.fromkeys(self.of(target, value) for target, value in found if target in THINGS))

    def value(self, table: str, column: str, value: object, row: Mapping[str, Any]) -> object:
        """A value as people read it."""
        if isinstance(value, bool):
            return message("yes") if value else message("no")
        if value in (None, ""):
            return "–"
        target = str(row.get("about", "")) if column == "about_id" else _target(table, column)
        if target in THINGS and isinstance(value, int):
            return self.of(target, value)
        if column == "about" and value in THINGS:
            return THINGS[str(value)]
        return short(_moment(column, value))


def _moment(column: str, value: object) -> object:
    if column.endswith("_at"):
        with suppress(ValueError):
            return f"{datetime.fromisoformat(str(value)).astimezone():%d-%m-%Y %H:%M}"
    return value


def _names(session: Session, key: Any, name: Any) -> dict[int, str]:
    return {number: text for number, text in session.execute(select(key, name))}


def short(value: object) -> str:
    """A value on one line, cut when it is long."""
    text = " ".join(str("–" if value in (None, "") else value).split())
    return text if len(text) <= SHORT else f"{text[:SHORT - 1]}…"
