"""Codebooks as tables: read from CSV and Excel, put into a project, and given out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codes, kernelementen
from codebook.models import CMO_ROLES, Code, CodeGroup, Facet, shipped_uuid
from corpora.errors import ReadError, UsageError
from corpora.store.writing import table_of
from corpora.tables import Table, read_table

HEADS = {
    "facet": ("facet",), "label": ("label", "code", "naam", "name"), "number": ("number", "nr", "nummer"),
    "parent": ("parent", "ouder", "bovenliggend"),
    "groups": ("groups", "groepen", "subgroup", "subgroep", "group"),
    "definition": ("definition", "definitie", "omschrijving"), "use_when": ("use_when", "gebruik bij"),
    "not_when": ("not_when", "niet bij"), "example": ("example", "voorbeeld", "ankervoorbeeld"),
    "synonyms": ("synonyms", "synoniemen"), "color": ("color", "kleur"), "certain": ("certain", "zeker"),
    "note": ("note", "noot", "opmerking"), "cmo_role": ("cmo_role", "cmo-rol"),
    "kernelement": ("kernelement",),
}
"""Property → the column heads it is read from; the first is the one written."""


@dataclass(frozen=True)
class CodeRow:
    """A code as a line of a codebook. `groups` are labels; `number` 0 means: give the next; several kernelementen are
    parted by a bar."""

    facet: str
    label: str
    number: int = 0
    parent: str = ""
    groups: tuple[str, ...] = ()
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    synonyms: str = ""
    color: str = ""
    certain: bool = True
    note: str = ""
    cmo_role: str = ""
    kernelement: str = ""


PROPERTIES = tuple(f.name for f in fields(CodeRow) if f.name in {c.name for c in table_of(Code).c}
                   and f.name not in ("label", "number"))


def read(path: Path) -> list[CodeRow]:
    """Read a codebook from `.csv` or `.xlsx`; the columns facet and label are needed."""
    if path.suffix.lower() not in (".csv", ".tsv", ".xlsx", ".xlsm"):
        raise ReadError("{file} is no codebook that can be read. Give a .csv or .xlsx file, or the name of a codebook "
                        "that ships (--codebook list).", file=path.name)
    return rows_of(read_table(path))


def rows_of(table: Table) -> list[CodeRow]:
    """The codes of a table, checked: no label twice in a facet, every parent present."""
    places = {name: next((at for head in heads if (at := table.column(head)) is not None), None)
              for name, heads in HEADS.items()}
    if places["facet"] is None or places["label"] is None:
        table.require("facet", "label")
    rows = [_row(table, n, {k: row[at] for k, at in places.items() if at is not None})
            for n, row in enumerate(table.rows, 2)]
    _check(table, rows)
    return rows


def _row(table: Table, line: int, cells: dict[str, str]) -> CodeRow:
    if not cells["facet"] or not cells["label"]:
        raise ReadError("{file}, row {row}: a code needs a facet and a label.", file=table.name, row=line)
    number = cells.get("number", "")
    if number and not (number.isdecimal() and len(number) < 7):
        raise ReadError("{file}, row {row}: «{value}» is no number.", file=table.name, row=line, value=number)
    role = cells.get("cmo_role", "").casefold()
    if role and role not in CMO_ROLES:
        raise ReadError("{file}, row {row}: «{role}» is no role in CMO. It can be: {roles}.", file=table.name, row=line,
                        role=role, roles=", ".join(CMO_ROLES))
    texts: dict[str, Any] = {k: v for k, v in cells.items() if k not in ("number", "groups", "certain")}
    texts |= {"cmo_role": role}
    texts |= {name: " ".join(texts.get(name, "").split()) for name in ("facet", "label", "parent")}
    return CodeRow(**texts, number=int(number or 0),
                   groups=tuple(g.strip() for g in cells.get("groups", "").split("|") if g.strip()),
                   certain=cells.get("certain", "").casefold() not in ("no", "nee", "false", "0", "onwaar"))


def _check(table: Table, rows: Sequence[CodeRow]) -> None:
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(rows, 2):
        key = (row.facet.casefold(), row.label.casefold())
        if key in seen:
            raise ReadError("{file}, row {row}: «{label}» is in facet {facet} twice.", file=table.name, row=line,
                            label=row.label, facet=row.facet)
        seen.add(key)
    for line, row in enumerate(rows, 2):
        if row.parent and (row.facet.casefold(), row.parent.casefold()) not in seen:
            raise ReadError("{file}, row {row}: the code above it, «{parent}», is not in facet {facet}.",
                            file=table.name, row=line, parent=row.parent, facet=row.facet)
    _check_no_ring(table, rows)


def _check_no_ring(table: Table, rows: Sequence[CodeRow]) -> None:
    above = {(r.facet.casefold(), r.label.casefold()): (r.facet.casefold(), r.parent.casefold()) for r in rows}
    for line, row in enumerate(rows, 2):
        own = (row.facet.casefold(), row.label.casefold())
        at, steps = above[own], 0
        while at in above and at != own and steps < len(rows):
            at, steps = above[at], steps + 1
        if at == own:
            raise ReadError("{file}, row {row}: «{label}» stands below itself. Give it another code above it.",
                            file=table.name, row=line, label=row.label)


def put(session: Session, rows: Iterable[CodeRow], *, shipped: bool = False) -> int:
    """Put codes into the project: new ones are made, those that are there get what the rows say of them.

    Codes of a shipped codebook get their fixed UUIDs, so that projects made apart can merge. Returns how many are new.
    """
    rows = list(rows)
    have = {(e.facet.label.casefold(), e.code.label.casefold()): e.code for e in codes.entries(session)}
    if shipped:
        have = _shipped_codes(session, rows) | have
    if shipped:
        kernelementen.ship(session)
    made = 0
    for row in rows:
        key = (row.facet.casefold(), row.label.casefold())
        if key not in have:
            have[key] = _make(session, row, shipped)
            made += 1
        _fill(session, have[key], row, shipped)
    for row in rows:
        if row.parent:
            child = have[row.facet.casefold(), row.label.casefold()]
            codes.put_below(session, child, have[row.facet.casefold(), row.parent.casefold()].id)
    return made


def _shipped_codes(session: Session, rows: Sequence[CodeRow]) -> dict[tuple[str, str], Code]:
    """The shipped codes that are there, found by their UUID: somebody may have given them another label."""
    there = {code.uuid: code for code in session.scalars(select(Code))}
    found = ((row, there.get(shipped_uuid("code", row.facet, row.label))) for row in rows)
    return {(row.facet.casefold(), row.label.casefold()): code for row, code in found if code is not None}


def _facet(session: Session, label: str, shipped: bool) -> Facet:
    for facet in codes.facets(session):
        if facet.label.casefold() == label.casefold():
            return facet
    extra = {"uuid": shipped_uuid("facet", label)} if shipped else {}
    return session.get_one(Facet, codes.add_facet(session, label, **extra))


def _make(session: Session, row: CodeRow, shipped: bool) -> Code:
    facet = _facet(session, row.facet, shipped)
    extra: dict[str, Any] = {"uuid": shipped_uuid("code", row.facet, row.label)} if shipped else {}
    return session.get_one(Code, codes.add(session, facet.id, row.label, **extra))


def _fill(session: Session, code: Code, row: CodeRow, shipped: bool) -> None:
    for name in PROPERTIES:
        value = getattr(row, name)
        if value != "":
            setattr(code, name, value)
    if row.number and row.number != code.number:
        taken = session.scalars(select(Code).where(Code.facet_id == code.facet_id, Code.number == row.number,
                                                   Code.id != code.id)).first()
        if taken is not None:
            taken.number = codes.next_number(session, code.facet_id)
        code.number = row.number
    session.flush()
    if row.groups:
        _ship_groups(session, code, row, shipped)
        codes.set_groups(session, code.id, row.groups)
    if row.kernelement:
        kernelementen.set_of_code(session, code.id, filter(None, map(str.strip, row.kernelement.split("|"))))


def _ship_groups(session: Session, code: Code, row: CodeRow, shipped: bool) -> None:
    have = set(session.scalars(select(CodeGroup.label).where(CodeGroup.facet_id == code.facet_id)))
    for label in row.groups:
        if shipped and label not in have:
            session.add(CodeGroup(uuid=shipped_uuid("group", row.facet, label), facet_id=code.facet_id, label=label))
            session.flush()


def rows_from(session: Session) -> list[CodeRow]:
    """The project's codebook as rows, in order."""
    entries = codes.entries(session)
    labels = {e.code.id: e.code.label for e in entries}
    groups, named = codes.groups_of(session), kernelementen.labels_of_codes(session)
    return [CodeRow(facet=e.facet.label, label=e.code.label, number=e.code.number or 0,
                    parent=labels.get(e.code.parent_id or 0, ""), groups=tuple(groups.get(e.code.id, ())),
                    kernelement=" | ".join(named.get(e.code.id, ())),
                    **{name: getattr(e.code, name) for name in PROPERTIES}) for e in entries]


def cells_of(row: CodeRow) -> dict[str, str | int]:
    """A code as a line of a table, head → cell, so that reading it back gives the same row."""
    cells: dict[str, str | int] = {}
    for name in HEADS:
        value = getattr(row, name)
        cells[name] = " | ".join(value) if name == "groups" else ("ja" if value else "nee") if name == "certain" else \
            (value or "") if name == "number" else value
    return cells


def require_rows(rows: Sequence[CodeRow], name: str) -> None:
    """An import that brings nothing is a mistake to tell."""
    if not rows:
        raise UsageError("{file} holds no codes.", file=name)
