"""CMO findings as a file: read, checked whole, and put into the project. Nothing is invented, nothing stands twice.

The file is JSON: `{"kernelementen": [{"kernelement": …, <fields of the sheet>: […], "outcome": {<actor>: […]}}]}`, or
what `cmo --json` writes. A sheet lands as sheet; configurations land with their evidence when the file has any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import cmo, cmo_sheets, cmo_synthesis, coding, kernelementen
from codebook.cmo_sheets import PLACES, Place, SheetView
from codebook.models import (
    BASES,
    DIRECTIONS,
    ELEMENT_ROLES,
    LINKS,
    PHASES,
    SHEET_ACTORS,
    STATUSES,
    Configuration,
    Synthesis,
)
from corpora import documents, narratives
from corpora.errors import ReadError, UsageError

LARGEST = 20_000_000
"""Bytes of a file that is still read; findings are a few pages."""


@dataclass(frozen=True)
class FoundEvidence:
    """A narratief that a file names: its document's title and nr."""

    document: str
    nr: int
    direction: str = DIRECTIONS[0]
    note: str = ""


@dataclass(frozen=True)
class FoundElement:
    """An element of a configuration in a file."""

    role: str
    text: str = ""
    actor: str = ""
    basis: str = BASES[0]
    valence: int = 0
    evidence: tuple[FoundEvidence, ...] = ()


@dataclass(frozen=True)
class FoundConfiguration:
    """A configuration in a file."""

    title: str
    statement: str = ""
    intervention: str = ""
    status: str = STATUSES[0]
    note: str = ""
    elements: tuple[FoundElement, ...] = ()
    evidence: tuple[FoundEvidence, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """(kind, title of the other configuration)"""


@dataclass(frozen=True)
class FoundLine:
    """A line of a sheet; who wrote it and in which phase, where the file says so."""

    place: Place
    text: str
    author_role: str = ""
    phase: str = ""


@dataclass(frozen=True)
class Finding:
    """What a file says of one kernelement. `held`, `participant` and `phase` are those of its sheet; `is_form`: one
    participant's form, which counts beside another's with the same words."""

    kernelement: str
    lines: tuple[FoundLine, ...] = ()
    note: str = ""
    source: str = ""
    held: str = ""
    participant: str = ""
    phase: str = PHASES[-1]
    is_form: bool = False
    configurations: tuple[FoundConfiguration, ...] = ()
    synthesis: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Landed:
    """What an import brought."""

    kernelementen: int = 0
    sheets: int = 0
    lines: int = 0
    configurations: int = 0

    def __add__(self, other: Landed) -> Landed:
        return Landed(self.kernelementen + other.kernelementen, self.sheets + other.sheets, self.lines + other.lines,
                      self.configurations + other.configurations)


def read(path: Path) -> list[Finding]:
    """Read the findings of a JSON file; ReadError names the place that is wrong."""
    if path.stat().st_size > LARGEST:
        raise ReadError("{file} is too large for CMO findings. Is it the right file?", file=path.name)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        # Halves of characters can be written in JSON and nowhere else.
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ReadError("{file} is no JSON that can be read: {why}.", file=path.name,
                        why=str(error)[:120]) from error
    found = content.get("kernelementen") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise ReadError("{file} holds no CMO findings: a list «kernelementen» is expected.", file=path.name)
    held = content.get("bron", "")
    return [_Reader(path.name, n, item).finding(held if isinstance(held, str) else "")
            for n, item in enumerate(found, 1)]


def _plain(text: str) -> str:
    """A text without white space around it, and without what a database cannot hold."""
    return text.replace("\x00", "").strip()


class _Reader:
    """Reads one kernelement of a file and says where it is wrong."""

    def __init__(self, file: str, nth: int, item: Any) -> None:
        self.file, self.where = file, f"kernelementen[{nth}]"
        self.item = self._dict(item, "")
        self.name = self._text(self.item, "kernelement") or self._text(self.item, "name")
        if not self.name:
            raise self._wrong("", "a name of a kernelement")
        self.where = f"«{self.name}»"

    def _wrong(self, key: str, expected: str) -> ReadError:
        return ReadError("{file}, {place}: {expected} is expected.", file=self.file,
                         place=f"{self.where} {key}".strip(), expected=expected)

    def _dict(self, value: Any, key: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(key, "{…}")
        return value

    def _list(self, value: Any, key: str) -> list[Any]:
        if not isinstance(value, list):
            raise self._wrong(key, "[…]")
        return value

    def _text(self, item: dict[str, Any], key: str) -> str:
        value = item.get(key) or ""
        if not isinstance(value, str):
            raise self._wrong(key, "\"…\"")
        return _plain(value)

    def _choice(self, item: dict[str, Any], key: str, allowed: Sequence[str], default: str) -> str:
        value = self._text(item, key) or default
        if value not in allowed:
            raise self._wrong(key, " / ".join(allowed))
        return value

    def finding(self, held: str) -> Finding:
        """The whole kernelement."""
        sheet = self._dict(self.item.get("sheet", self.item), "sheet")
        synthesis = self._dict(self.item.get("synthesis") or {}, "synthesis")
        note, short = self._text(self.item, "opmerking"), len(held) <= 200
        return Finding(
            self.name, tuple(self._lines(sheet)), note if short else "\n".join(filter(None, [note, held])), self.file,
            held if short else "",
            configurations=tuple(self._configuration(c) for c in self._list(
                self.item.get("configurations", []), "configurations")),
            synthesis=tuple((name, text) for name in cmo.WORDED["synthesis"] if (text := self._text(synthesis, name))))

    def _lines(self, sheet: dict[str, Any]) -> Iterator[FoundLine]:
        outcome = self._dict(sheet.get("outcome") or {}, "outcome")
        strange = set(outcome) - set(SHEET_ACTORS)
        if strange:
            raise self._wrong(f"outcome.{min(strange)}", " / ".join(SHEET_ACTORS))
        for field, actor in PLACES:
            key = f"{field}.{actor}" if actor else field
            value = outcome.get(actor) if actor else sheet.get(field)
            for text in self._list(value or [], key):
                if not isinstance(text, str):
                    raise self._wrong(key, "\"…\"")
                if _plain(text):
                    yield FoundLine((field, actor), _plain(text))

    def _configuration(self, value: Any) -> FoundConfiguration:
        item = self._dict(value, "configurations")
        title = self._text(item, "title")
        if not title:
            raise self._wrong("configurations.title", "\"…\"")
        return FoundConfiguration(
            title, self._text(item, "statement"), self._text(item, "intervention"),
            self._choice(item, "status", STATUSES, STATUSES[0]), self._text(item, "note"),
            tuple(self._element(e) for e in self._list(item.get("elements", []), "elements")),
            tuple(self._evidence(e) for e in self._list(item.get("evidence", []), "evidence")),
            tuple(self._link(e) for e in self._list(item.get("links", []), "links")))

    def _link(self, value: Any) -> tuple[str, str]:
        item = self._dict(value, "links")
        return self._choice(item, "kind", LINKS, ""), self._text(item, "title")

    def _element(self, value: Any) -> FoundElement:
        item = self._dict(value, "elements")
        valence = item.get("valence", 0)
        if valence not in (-1, 0, 1):
            raise self._wrong("elements.valence", "-1 / 0 / 1")
        return FoundElement(
            self._choice(item, "role", ELEMENT_ROLES, ""), self._text(item, "text"), self._text(item, "actor"),
            self._choice(item, "basis", BASES, BASES[0]), int(valence),
            tuple(self._evidence(e) for e in self._list(item.get("evidence", []), "evidence")))

    def _evidence(self, value: Any) -> FoundEvidence:
        item = self._dict(value, "evidence")
        nr = item.get("nr")
        if not isinstance(nr, int) or isinstance(nr, bool):
            raise self._wrong("evidence.nr", "1, 2, 3 …")
        return FoundEvidence(self._text(item, "document"), nr,
                             self._choice(item, "direction", DIRECTIONS, DIRECTIONS[0]), self._text(item, "note"))


def put(session: Session, findings: Sequence[Finding], author: str = "") -> Landed:
    """Put findings into the project. Kernelementen are matched by name and made when new; lines and configurations
    that are there already are left as they are. `author` makes configurations, as coder."""
    landed, before_all = Landed(), _titles(session)
    for one in findings:
        before = len(kernelementen.in_order(session))
        number = kernelementen.ensure(session, one.kernelement)
        landed += Landed(kernelementen=len(kernelementen.in_order(session)) - before)
        landed += _put_sheet(session, number, one)
        if one.configurations or one.synthesis:
            coder = coding.coder_id(session, author or "Codeur")
            landed += _put_configurations(session, coder, number, one.configurations)
            _put_synthesis(session, coder, number, one.synthesis)
    _put_links(session, [c for one in findings for c in one.configurations if _folded(c.title) not in before_all])
    return landed


def _titles(session: Session) -> dict[str, int]:
    return {_folded(title): number for number, title in session.execute(
        select(Configuration.id, Configuration.title).order_by(Configuration.id.desc()))}


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _put_links(session: Session, made: Sequence[FoundConfiguration]) -> None:
    titles = _titles(session)
    for one in made:
        for kind, other in one.links:
            if _folded(other) not in titles:
                raise UsageError("There is no configuration «{title}» to link «{other}» with.", title=other,
                                 other=one.title)
            cmo.link(session, titles[_folded(one.title)], titles[_folded(other)], kind)


def _put_sheet(session: Session, kernelement_id: int, found: Finding) -> Landed:
    """The sheet of a finding; what stands on its sheet already, or whole on another, is not written a second time."""
    standing = cmo_sheets.sheets(session, kernelement_id)
    if not (found.lines or found.note) or any(_holds(view, found) for view in standing):
        return Landed()
    own = next((v for v in standing if (v.source, *_held(v)) == (found.source[:300], *_held_of(found))), None)
    number = own.id if own else cmo_sheets.add(session, kernelement_id, held=found.held, phase=found.phase,
                                               participant=found.participant, source=found.source, note=found.note)
    new = [line for line in dict.fromkeys(found.lines) if own is None or not _has(own, line)]
    for line in new:
        cmo_sheets.add_entry(session, number, line.place[0], line.text, actor=line.place[1],
                             author_role=line.author_role, phase=line.phase)
    return Landed(sheets=own is None, lines=len(new))


def _holds(view: SheetView, found: Finding) -> bool:
    """Whether a sheet that stands has all that a finding says; of forms, only one of the same session and person."""
    if found.is_form and (_held(view) != _held_of(found) or not any(_held(view))):
        return False
    return all(_has(view, line) for line in found.lines) if found.lines else view.note == found.note


def _has(view: SheetView, line: FoundLine) -> bool:
    return any(e.text == line.text and line.phase in ("", e.phase) for e in view.at(line.place))


def _held(view: SheetView) -> tuple[str, str]:
    return view.session, view.participant


def _held_of(found: Finding) -> tuple[str, str]:
    return " ".join(found.held.split()), " ".join(found.participant.split())


def _put_configurations(session: Session, coder: int, kernelement_id: int,
                        configurations: Sequence[FoundConfiguration]) -> Landed:
    have = {_folded(title) for title in session.scalars(
        select(Configuration.title).where(Configuration.kernelement_id == kernelement_id))}
    new = [one for one in configurations if _folded(one.title) not in have]
    for one in new:
        number = cmo.add(session, coder, kernelement_id, one.title, statement=one.statement,
                         intervention=one.intervention, note=one.note, status=one.status)
        _put_evidence(session, coder, number, None, one.evidence)
        for element in one.elements:
            made = cmo.add_element(session, number, element.role, element.text, actor=element.actor,
                                   valence=element.valence, basis=element.basis)
            _put_evidence(session, coder, number, made, element.evidence)
    return Landed(configurations=len(new))


def _put_evidence(session: Session, coder: int, configuration_id: int, element_id: int | None,
                  evidence: Sequence[FoundEvidence]) -> None:
    for one in evidence:
        cmo.add_evidence(session, coder, configuration_id, narratief_ids=[_narratief(session, one)],
                         element_id=element_id, direction=one.direction, note=one.note)


def _narratief(session: Session, one: FoundEvidence) -> int:
    document = documents.find(session, one.document)
    numbered = narratives.numbers(narratives.of_document(session, document.id))
    found = next((number for number, nr in numbered.items() if nr == one.nr), None)
    if found is None:
        raise UsageError("«{title}» has no narratief {nr}; it has {n}.", title=document.title, nr=one.nr,
                         n=len(numbered))
    return found


def _put_synthesis(session: Session, coder: int, kernelement_id: int, texts: Sequence[tuple[str, str]]) -> None:
    row = session.scalars(select(Synthesis).where(Synthesis.kernelement_id == kernelement_id)).first()
    for name, text in texts:
        # What somebody worded in the project goes before what a file says.
        if row is None or not getattr(row, name):
            cmo_synthesis.write(session, coder, kernelement_id, name, text)

