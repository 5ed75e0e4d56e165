"""The aggregation per kernelement with names: role × actor, compared across groups and kinds, and what codes propose.

Counted from the reading's index. A view makes one `Board` and asks it; it holds as long as no coding, code, role or
kernelement changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import asking, kernelementen
from codebook.analysis import realist
from codebook.analysis.realist import EVERYBODY, Matrix
from codebook.models import Code, Configuration, Evidence, Facet, shipped_uuid
from codebook.query import bits
from codebook.query.bits import Bits
from codebook.reading import Reading
from corpora.messages import Message, message

ROLES = ("context", "mechanisme", "outcome", "verbeterpunt")
"""The roles that are counted; the three contexts are one."""
CONTEXTS = ("context", "context-steunend", "context-belemmerend")
"""The roles of codes that count as context."""
ROLE_NAMES: dict[str, Message] = {
    "context": message("Context"), "context-steunend": message("Context, supporting"),
    "context-belemmerend": message("Context, hindering"), "mechanisme": message("Mechanism"),
    "outcome": message("Outcome"), "verbeterpunt": message("Improvement point")}
"""Role of a code → what it is called."""
ELEMENT_OF = {"context": "context", "context-steunend": "context", "context-belemmerend": "context",
              "mechanisme": "mechanisme-hulpbron", "outcome": "outcome"}
"""Role of a code → the part of a configuration that it proposes; a verbeterpunt stands in none."""
VALENCE = {"context-steunend": 1, "context-belemmerend": -1}


@dataclass(frozen=True)
class KernelementName:
    """A kernelement with the numbers of its codes."""

    id: int
    label: str
    codes: tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """Where the narratieven of a cell come from: how many, and how many documents, respondents and groups."""

    narratieven: int
    documents: int
    respondents: int
    groups: int


@dataclass(frozen=True)
class Proposal:
    """A narratief of a kernelement that stands in none of its configurations yet, with what its codes propose:
    (role of an element, valence, code) and the labels of actors."""

    narratief_id: int
    roles: tuple[tuple[str, int, int], ...]
    actors: tuple[str, ...]


class Board:
    """The kernelementen of a project counted with the codings of `codings`, within `where` (an expression) when
    given."""

    def __init__(self, reading: Reading, codings: str = "any", where: str | None = None) -> None:
        self.reading, self.codings = reading, codings
        self._whose = reading.codings(codings)
        self._where = asking.within(reading, where, codings) if where else None
        with reading.project.read() as session:
            self._load(session)
        self._matrices: dict[tuple[int, bool], Matrix] = {}
        self._proposed: dict[int, list[Proposal]] = {}

    def _load(self, session: Session) -> None:
        named = kernelementen.codes_of(session)
        self.kernelementen = tuple(KernelementName(one.id, one.label, tuple(named.get(one.id, ())))
                                   for one in kernelementen.in_order(session))
        self.role_codes: dict[str, list[int]] = defaultdict(list)
        for code in session.scalars(select(Code).where(Code.cmo_role != "").order_by(Code.facet_id, Code.position,
                                                                                      Code.id)):
            self.role_codes[code.cmo_role].append(code.id)
        facet = actor_facet(session)
        self.facet = facet.label if facet else ""
        self.labels = {code.id: code.label for code in session.scalars(select(Code))}
        self.actors = tuple(session.scalars(select(Code.id).where(Code.facet_id == facet.id).order_by(
            Code.position, Code.id))) if facet else ()

    def matrix(self, kernelement_id: int, apart: bool = False) -> Matrix:
        """Role × actor of a kernelement; with `apart` the three contexts each in a row of their own."""
        key = (kernelement_id, apart)
        if key not in self._matrices:
            self._matrices[key] = realist.matrix(self.reading.index, self.codes_of(kernelement_id), self.roles(apart),
                                                 self.actors, codings=self._whose, where=self._where)
        return self._matrices[key]

    def roles(self, apart: bool = False) -> dict[str, list[int]]:
        """Role → its codes."""
        contexts = {role: self.role_codes[role] for role in CONTEXTS}
        whole = {"context": [code for codes in contexts.values() for code in codes]}
        return (contexts if apart else whole) | {role: self.role_codes[role] for role in ROLES[1:]}

    def codes_of(self, kernelement_id: int) -> tuple[int, ...]:
        """The codes of a kernelement."""
        return next(one.codes for one in self.kernelementen if one.id == kernelement_id)

    def narratieven(self, kernelement_id: int) -> int:
        """How many narratieven a kernelement has."""
        return bits.count(self.matrix(kernelement_id).whole)

    def ids(self, kernelement_id: int, role: str | None = None, actor: int = EVERYBODY) -> list[int]:
        """The narratieven of a kernelement, or of a cell of its matrix, in order of title and nr. `role` may also be
        one of `CONTEXTS`."""
        found: list[int] = self.reading.index.ids(self._set(kernelement_id, role, actor)).tolist()
        return found

    def cell(self, kernelement_id: int, role: str | None = None, actor: int = EVERYBODY) -> Cell:
        """The counts of a kernelement, or of a cell of its matrix."""
        return self.sources(self._set(kernelement_id, role, actor))

    def _set(self, kernelement_id: int, role: str | None, actor: int) -> Bits:
        matrix = self.matrix(kernelement_id, apart=role in CONTEXTS[1:])
        return matrix.whole if role is None else matrix.cell(role, actor)

    def sources(self, found: Bits) -> Cell:
        """Where narratieven come from."""
        index = self.reading.index
        slots = index.slots(found)
        groups = {self._groups.get(index.document_id(int(n)), "") for n in set(index.document_numbers[slots].tolist())}
        return Cell(int(slots.size), index.document_count(slots), asking.people(self.reading).count(slots),
                    len(groups - {""}))

    def sources_of(self, narratief_ids: Iterable[int]) -> Cell:
        """Where these narratieven come from; those that count no longer are left out."""
        return self.sources(self.reading.index.of_ids(list(narratief_ids)))

    @cached_property
    def _groups(self) -> Mapping[int, str]:
        return self.reading.catalogue.groups_of_documents

    def compared(self, kernelement_id: int, by: str) -> list[tuple[str, dict[str, int]]]:
        """Narratieven per role of a kernelement within every respondent `group` or document `kind`, and under
        "narratieven" all of the kernelement there. Groups and kinds without documents are left out."""
        matrix, index = self.matrix(kernelement_id), self.reading.index
        found = []
        for label, document_ids in self._parted(by):
            inside = index.of_documents(document_ids)
            counts = {"narratieven": bits.count(matrix.whole & inside)}
            counts |= {role: bits.count(matrix.cell(role) & inside) for role in matrix.roles}
            found.append((label, counts))
        return found

    def _parted(self, by: str) -> list[tuple[str, list[int]]]:
        parts: dict[str, list[int]] = defaultdict(list)
        for document in self.reading.catalogue.documents:
            parts[document.kind if by == "kind" else document.group].append(document.id)
        order: Sequence[str] = self.reading.catalogue.kinds if by == "kind" else (*self.reading.catalogue.groups, "")
        return [(label, parts[label]) for label in order if label in parts]

    def proposals(self, kernelement_id: int, session: Session | None = None) -> list[Proposal]:
        """The narratieven of a kernelement that stand in none of its configurations yet, those with a role first, in
        order of title and nr. Codes propose; whoever reads decides."""
        if session is None:
            with self.reading.project.read() as own:
                return self.proposals(kernelement_id, own)
        taken = placed(session, kernelement_id)
        return [one for one in self.proposed(kernelement_id) if one.narratief_id not in taken]

    def proposed(self, kernelement_id: int) -> list[Proposal]:
        """What the codes propose for every narratief of a kernelement, placed or not, in the order of `proposals`."""
        if kernelement_id not in self._proposed:
            index, ids = self.reading.index, self.ids(kernelement_id)
            given = index.codes_of(index.slots_of(ids).astype("int64"), self._whose)
            role_of = {code: role for role, codes in self.role_codes.items() for code in codes if role in ELEMENT_OF}
            found = [Proposal(number, tuple((ELEMENT_OF[role_of[c]], VALENCE.get(role_of[c], 0), c)
                                            for c in codes if c in role_of),
                              tuple(self.labels[a] for a in self.actors if a in codes))
                     for number, codes in zip(ids, given, strict=True)]
            self._proposed[kernelement_id] = sorted(found, key=lambda one: not one.roles)
        return self._proposed[kernelement_id]


def placed(session: Session, kernelement_id: int) -> set[int]:
    """The narratieven that stand behind a configuration of a kernelement."""
    found = session.scalars(select(Evidence.narratief_id).join(
        Configuration, Configuration.id == Evidence.configuration_id).where(
        Configuration.kernelement_id == kernelement_id))
    return {number for number in found if number is not None}


def proposals(reading: Reading, kernelement_id: int, codings: str = "any") -> list[Proposal]:
    """What the codes propose for a kernelement (see `Board.proposals`)."""
    return Board(reading, codings).proposals(kernelement_id)


def actor_facet(session: Session) -> Facet | None:
    """The facet that says from which perspective something is told: the shipped WIE, or one of that name."""
    found = list(session.scalars(select(Facet).order_by(Facet.position, Facet.id)))
    shipped = next((f for f in found if f.uuid == shipped_uuid("facet", "WIE")), None)
    return shipped or next((f for f in found if f.label.casefold() == "wie"), None)
