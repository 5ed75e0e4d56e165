"""The codebook: facets, codes and groups made, found, changed, moved, merged and split."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import kernelementen
from codebook.models import CMO_ROLES, Code, CodeGroup, CodeGroupMember, Coding, Decision, Facet, Memo, Quote
from codebook.nearness import fold, nearest
from corpora.errors import NotFoundError, UsageError
from corpora.models import SameAs
from corpora.store.changes import row_history
from corpora.store.dependants import delete_with_dependants, move_dependants
from corpora.store.writing import delete_rows, insert_rows, update_rows

EDITABLE = ("definition", "use_when", "not_when", "example", "synonyms", "color", "note", "number", "cmo_role",
            "certain")
"""The properties of a code that `describe` sets."""


ALIKE = 0.84
"""From this likeness (difflib ratio, 0-1) two names are told to be nearly the same."""


@dataclass(frozen=True)
class Entry:
    """A code with its facet, as lists and lookups need it."""

    code: Code
    facet: Facet

    @property
    def qualified(self) -> str:
        """The label with its facet, `WAT:Autonomie`."""
        return f"{self.facet.label}:{self.code.label}"


def facets(session: Session) -> list[Facet]:
    """The facets in their order."""
    return list(session.scalars(select(Facet).order_by(Facet.position, Facet.id)))


def entries(session: Session) -> list[Entry]:
    """All codes in order of facet, position and label."""
    found = session.execute(select(Code, Facet).join(Facet, Facet.id == Code.facet_id)
                            .order_by(Facet.position, Facet.id, Code.position, Code.id))
    return [Entry(code, facet) for code, facet in found]


class Lookup:
    """Finds codes by label, capitals apart, with or without the facet in front (`WAT:Autonomie`)."""

    def __init__(self, session: Session) -> None:
        self.entries = entries(session)
        self.facets = {f.label.casefold(): f for f in facets(session)}
        self._by_label: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_label.setdefault(entry.code.label.casefold(), []).append(entry)

    def code(self, name: str) -> Entry:
        """The one code of this name; NotFoundError suggests the nearest, UsageError asks which facet."""
        facet, label = self._parted(name)
        found = [e for e in self._by_label.get(label.casefold(), []) if facet is None or e.facet.id == facet.id]
        if not found:
            raise self._unknown(name, label, facet)
        if len(found) > 1:
            raise UsageError("«{name}» is in more than one facet. Write {choices}.", name=name,
                             choices=" / ".join(e.qualified for e in found))
        return found[0]

    def facet(self, label: str) -> Facet:
        """The facet of this name."""
        found = self.facets.get(label.strip().casefold())
        if found is None:
            raise NotFoundError("There is no facet «{name}». The facets are {facets}.", name=label,
                                facets=", ".join(f.label for f in self.facets.values()))
        return found

    def _parted(self, name: str) -> tuple[Facet | None, str]:
        before, colon, after = name.strip().partition(":")
        if colon and before.strip().casefold() in self.facets:
            return self.facets[before.strip().casefold()], after.strip()
        return None, name.strip()

    def _unknown(self, name: str, label: str, facet: Facet | None) -> NotFoundError:
        pool = {fold(e.code.label): e for e in self.entries if facet is None or e.facet.id == facet.id}
        near = nearest(label, pool)
        if near:
            return NotFoundError("There is no code «{name}». Did you mean {near}?", name=name,
                                 near=", ".join(f"«{pool[key].qualified}»" for key in near))
        return NotFoundError("There is no code «{name}».", name=name)


def add_facet(session: Session, /, label: str, **properties: Any) -> int:
    """Make a facet behind the others; returns its number."""
    wanted = _clean(label)
    if any(f.label.casefold() == wanted.casefold() for f in facets(session)):
        raise UsageError("There is a facet «{label}» already.", label=wanted)
    last = session.scalar(select(func.max(Facet.position))) or 0
    facet = Facet(label=wanted, **{"position": last + 1, **properties})
    session.add(facet)
    session.flush()
    return facet.id


def add(session: Session, /, facet_id: int, label: str, *, parent_id: int | None = None, **properties: Any) -> int:
    """Make a code in a facet, behind the others, with the next free number; returns the code's number (id)."""
    _require_free(session, facet_id, label)
    last = session.scalar(select(func.max(Code.position)).where(Code.facet_id == facet_id)) or 0
    code = Code(facet_id=facet_id, parent_id=parent_id, label=_clean(label), **{
        "number": next_number(session, facet_id), "position": last + 1, **properties})
    session.add(code)
    session.flush()
    return code.id


def next_number(session: Session, facet_id: int) -> int:
    """The number that a new code of the facet gets: one more than the highest."""
    return (session.scalar(select(func.max(Code.number)).where(Code.facet_id == facet_id)) or 0) + 1


def _clean(label: str) -> str:
    cleaned = " ".join(label.split())
    if not cleaned or ":" in cleaned or '"' in cleaned:
        raise UsageError("A name cannot be empty and has no colon or quotation mark: «{label}».", label=label)
    return cleaned[:200]


def _require_free(session: Session, facet_id: int, label: str, own: int | None = None) -> None:
    wanted = _clean(label).casefold()
    for code in session.scalars(select(Code).where(Code.facet_id == facet_id)):
        if code.label.casefold() == wanted and code.id != own:
            raise UsageError("There is a code «{label}» in this facet already. Choose another name, or merge.",
                             label=code.label)
    if wanted == "niet genoemd":
        raise UsageError("«niet genoemd» is kept for a facet that is not there. Choose another name.")


def synonyms_of(code: Code) -> list[str]:
    """The synonyms of a code one by one; they stand on lines, or with semicolons between."""
    return [one.strip() for line in code.synonyms.splitlines() for one in line.split(";") if one.strip()]


def near(session: Session, label: str, own: int | None = None) -> list[Entry]:
    """Codes of any facet whose label or synonym is nearly this one (letters, plural, order of words), best first."""
    wanted = _bare(label)
    scored = [(max(_likeness(wanted, _bare(name)) for name in (e.code.label, *synonyms_of(e.code))), e)
              for e in entries(session) if wanted and e.code.id != own]
    return [e for score, e in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE][:3]


def _bare(label: str) -> str:
    return " ".join(sorted(label.casefold().replace("-", " ").split()))


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio() if other else 0.0


@dataclass(frozen=True)
class DefinitionChange:
    """That a definition was rewritten after `codings` codings had been made under the old one."""

    at: datetime
    author: str
    old: str
    new: str
    codings: int


def definition_changes(session: Session, code_id: int) -> list[DefinitionChange]:
    """The changes of a code's definition that came after it was used, oldest first, from the change log."""
    found = []
    for step, change in row_history(session.connection(), "code", code_id):
        if change.op == "update" and "definition" in change.columns and change.before and change.after:
            at = change.columns.index("definition")
            earlier = session.scalar(select(func.count()).select_from(Coding).where(
                Coding.code_id == code_id, Coding.made_at < step.at)) or 0
            if earlier:
                found.append(DefinitionChange(step.at, step.author, change.before[0][at], change.after[0][at], earlier))
    return found


def rename(session: Session, code_id: int, label: str) -> None:
    """Give a code another label; its codings stay."""
    code = session.get_one(Code, code_id)
    _require_free(session, code.facet_id, label, own=code_id)
    code.label = _clean(label)


def describe(session: Session, /, code_id: int, **properties: Any) -> None:
    """Change definition, rules, example, synonyms, colour, number, role (see EDITABLE)."""
    code = session.get_one(Code, code_id)
    unknown = set(properties) - set(EDITABLE)
    if unknown:
        raise TypeError(f"no such property: {sorted(unknown)}")
    if properties.get("cmo_role", "") not in ("", *CMO_ROLES):
        raise UsageError("«{role}» is no role in CMO. It can be: {roles}.", role=properties["cmo_role"],
                         roles=", ".join(CMO_ROLES))
    number = properties.get("number")
    if number is not None and number != code.number:
        taken = select(Code).where(Code.facet_id == code.facet_id, Code.number == number, Code.id != code_id)
        other = session.scalars(taken).first()
        if other is not None:
            raise UsageError("Number {number} belongs to «{label}».", number=number, label=other.label)
    for name, value in properties.items():
        setattr(code, name, value)


def move(session: Session, code_id: int, *, parent_id: int | None = None, before_id: int | None = None) -> None:
    """Put a code under another of its facet (None: at the top) and, in the list, before another."""
    code = session.get_one(Code, code_id)
    put_below(session, code, parent_id)
    others = list(session.scalars(select(Code).where(Code.facet_id == code.facet_id, Code.id != code_id)
                                  .order_by(Code.position, Code.id)))
    at = next((n for n, other in enumerate(others) if other.id == before_id), len(others))
    for position, one in enumerate([*others[:at], code, *others[at:]], 1):
        one.position = position


def put_below(session: Session, code: Code, parent_id: int | None) -> None:
    """Put a code under another of its facet, or at the top; its place in the list stays."""
    if parent_id is not None and (parent_id == code.id or parent_id in below(session, code.id)):
        raise UsageError("A code cannot be put below itself.")
    if parent_id is not None and session.get_one(Code, parent_id).facet_id != code.facet_id:
        raise UsageError("A code can only be put below a code of its own facet.")
    code.parent_id = parent_id
    session.flush()


def below(session: Session, code_id: int) -> set[int]:
    """The codes below a code, at any depth."""
    children: dict[int | None, list[int]] = {}
    for number, parent in session.execute(select(Code.id, Code.parent_id)):
        children.setdefault(parent, []).append(number)
    found: set[int] = set()
    todo = [code_id]
    while todo:
        for child in children.get(todo.pop(), []):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def merge(session: Session, code_ids: Sequence[int], into_id: int) -> int:
    """Make codes of a facet one: codings go to `into_id`, each narratief and coder once; labels become synonyms.

    Returns how many codes went in.
    """
    target = session.get_one(Code, into_id)
    others = [session.get_one(Code, n) for n in code_ids if n != into_id]
    if any(code.facet_id != target.facet_id for code in others):
        raise UsageError("Only codes of the same facet can be merged.")
    if any(into_id in below(session, code.id) for code in others):
        raise UsageError("A code cannot be merged into a code below it. Merge the other way round.")
    for code in others:
        target.synonyms = "\n".join(filter(None, [target.synonyms, code.label, code.synonyms]))
        _merge_notes(target, code)
        target.cmo_role = target.cmo_role or code.cmo_role
        session.flush()
        _move_codings(session, code.id, into_id)
        move_dependants(session, Code, code.id, into_id)
        session.add(SameAs(about="code", about_id=into_id, uuid=code.uuid))
        delete_with_dependants(session, Code, [code.id])
    return len(others)


def _merge_notes(target: Code, code: Code) -> None:
    # A definition that somebody wrote is never lost: it stays readable in the note.
    if code.definition and code.definition != target.definition:
        target.note = "\n".join(filter(None, [target.note, f"{code.label}: {code.definition}"]))


def _move_codings(session: Session, old: int, new: int) -> None:
    """The codings of a code to another in two statements: a code may have a hundred thousand of them."""
    have = {(n, coder): number for number, n, coder in session.execute(
        select(Coding.id, Coding.narratief_id, Coding.coder_id).where(Coding.code_id == new))}
    rows = session.execute(select(Coding.id, Coding.narratief_id, Coding.coder_id).where(Coding.code_id == old)).all()
    double = {r.id: have[r.narratief_id, r.coder_id] for r in rows if (r.narratief_id, r.coder_id) in have}
    _move_memos(session, double)
    delete_rows(session, Coding, double)
    update_rows(session, Coding, {r.id: {"code_id": new} for r in rows if r.id not in double})


def _move_memos(session: Session, codings: dict[int, int]) -> None:
    notes = session.execute(select(Memo.id, Memo.about_id).where(Memo.about == "coding"))
    update_rows(session, Memo, {n: {"about_id": codings[about]} for n, about in notes if about in codings})


def split(session: Session, code_id: int, label: str, narratief_ids: Iterable[int]) -> int:
    """Make a new code beside one and give it what that code has on these narratieven: codings, decisions, quotes. In
    realist evaluation it counts as that code does.

    Returns the new code.
    """
    code = session.get_one(Code, code_id)
    made = add(session, code.facet_id, label, parent_id=code.parent_id, color=code.color, definition=code.definition,
               cmo_role=code.cmo_role)
    kernelementen.set_of_code(session, made, kernelementen.labels_of_codes(session).get(code_id, ()))
    chosen = set(narratief_ids)
    for model in (Coding, Decision, Quote):
        _hand_over(session, model, code_id, made, chosen)
    return made


def _hand_over(session: Session, model: type[Coding | Decision | Quote], old: int, new: int,
               narratief_ids: set[int]) -> None:
    rows = session.execute(select(model.id, model.narratief_id).where(model.code_id == old))
    update_rows(session, model, {r.id: {"code_id": new} for r in rows if r.narratief_id in narratief_ids})


def remove(session: Session, code_id: int) -> None:
    """Take a code out with its codings; codes below it move up. Undo brings all back."""
    code = session.get_one(Code, code_id)
    children = session.scalars(select(Code.id).where(Code.parent_id == code_id)).all()
    update_rows(session, Code, {n: {"parent_id": code.parent_id} for n in children})
    delete_with_dependants(session, Code, [code_id])


def groups_of(session: Session) -> dict[int, list[str]]:
    """Code number → labels of its groups, in order."""
    found: dict[int, list[str]] = {}
    for code_id, label in session.execute(
            select(CodeGroupMember.code_id, CodeGroup.label).join(CodeGroup, CodeGroup.id == CodeGroupMember.group_id)
            .order_by(CodeGroup.id)):
        found.setdefault(code_id, []).append(label)
    return found


def set_groups(session: Session, code_id: int, labels: Sequence[str]) -> None:
    """Say in which groups of its facet a code is; groups are made when new."""
    code = session.get_one(Code, code_id)
    have = {g.label.casefold(): g for g in session.scalars(
        select(CodeGroup).where(CodeGroup.facet_id == code.facet_id))}
    wanted: set[int] = set()
    for label in labels:
        group = have.get(label.casefold())
        if group is None:
            group = CodeGroup(facet_id=code.facet_id, label=_clean(label))
            session.add(group)
            session.flush()
        wanted.add(group.id)
    present = {m.group_id: m.id for m in session.scalars(
        select(CodeGroupMember).where(CodeGroupMember.code_id == code_id))}
    delete_rows(session, CodeGroupMember, [n for group, n in present.items() if group not in wanted])
    insert_rows(session, CodeGroupMember, [{"group_id": g, "code_id": code_id} for g in sorted(wanted - set(present))])
