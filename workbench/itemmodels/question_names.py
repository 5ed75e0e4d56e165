"""What questions are made of, in the words of the project and the language of the interface (no Qt here)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from sqlalchemy.orm import Session

from codebook import codes
from codebook.nearness import fold
from codebook.query import tokens
from codebook.query.algebra import (
    And,
    AnyOf,
    Attribute,
    Code,
    Comparison,
    Expression,
    NotMentioned,
    Place,
    Property,
    PropertyName,
    Text,
    Tree,
)
from codebook.query.catalogue import Catalogue
from codebook.query.index import ANY, DECIDED
from codebook.query.text import to_text
from codebook.query.units import TableUnit, Unit
from workbench.i18n import _, current_language
from workbench.widgets.chips import ChipSpec
from workbench.widgets.facet_values import PickerCode, PickerFacet, folded, matches

UNITS: tuple[Unit, ...] = ("narratief", "document", "group")
TABLE_UNITS: tuple[TableUnit, ...] = ("narratief", "document", "respondent", "group")
DUTCH = {"and": "en", "or": "of", "not": "niet"}
COMPARED = re.compile(r"\s*(.*?\S)\s*(<=|>=|!=|=|<|>)\s*(\S.*?)\s*")
MOST = 60
"""A list of suggestions is no longer than this, save that of all codes."""


@dataclass(frozen=True)
class Operand:
    """Something that can be put in a question: `facet` decides how it looks, `detail` explains it quietly."""

    node: Expression
    label: str
    facet: str = ""
    number: str = ""
    detail: str = ""


@dataclass(frozen=True)
class QuestionNames:
    """The names of a project at one moment."""

    facets: tuple[PickerFacet, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    chips: Mapping[str, ChipSpec] = field(default_factory=dict)

    @classmethod
    def read(cls, session: Session, catalogue: Catalogue) -> QuestionNames:
        """The codebook and the other names of the project."""
        entries = codes.entries(session)
        found: dict[int, list[PickerCode]] = {f.id: [] for f in codes.facets(session)}
        for entry in entries:
            found[entry.facet.id].append(_picker_code(entry))
        facets = tuple(PickerFacet(f.id, f.label, tuple(found[f.id])) for f in codes.facets(session))
        chips = {e.qualified: ChipSpec(e.facet.label, e.code.label, str(e.code.number or ""), key=e.code.id)
                 for e in entries}
        return cls(facets, catalogue, chips)

    def operands(self, typed: str) -> list[Operand]:
        """What answers to typed letters, codes first; everything when nothing is typed."""
        places = matches(self.facets, typed) if typed.strip() else self._all_places()
        found = [self._code(f, c) for f, c in places]
        wanted = folded(typed.strip())
        others = [o for o in self._others() if not wanted or wanted in folded(f"{o.detail} {o.label}")]
        found += others[:MOST]
        return found + self._compared(typed) + self._words(typed.strip())

    def _all_places(self) -> list[tuple[int, int]]:
        return [(f, c) for f, facet in enumerate(self.facets) for c in range(len(facet.codes))]

    def _code(self, facet: int, code: int) -> Operand:
        shown, found = self.facets[facet], self.facets[facet].codes[code]
        return Operand(self.code_node(shown.name, found.label), found.label, shown.name, str(found.number or ""),
                       found.definition)

    def code_node(self, facet: str, label: str) -> Code:
        """A code as a question names it: with its facet only where the label is not enough."""
        shared = sum(any(fold(c.label) == fold(label) for c in f.codes) for f in self.facets) > 1
        return Code(label, facet if shared else None)

    def _others(self) -> Iterator[Operand]:
        for facet in self.facets:
            yield Operand(AnyOf(facet.name), _("any code of {facet}", facet=facet.name), facet.name)
            yield Operand(NotMentioned(facet.name), _("{facet} not mentioned", facet=facet.name), facet.name)
        names: tuple[tuple[PropertyName, str, Sequence[str]], ...] = (
            ("group", _("group"), [g for g in self.catalogue.groups if g]),
            ("kind", _("kind"), sorted({d.kind for d in self.catalogue.documents})),
            ("document", _("document"), [d.title for d in self.catalogue.documents]),
            ("query", _("slimme code (live)"), [q.name for q in self.catalogue.saved if q.narratief_ids is None]),
            ("query", _("momentopname"), [q.name for q in self.catalogue.saved if q.narratief_ids is not None]),
            ("coder", _("coder"), [c.name for c in self.catalogue.coders]))
        for name, shown, values in names:
            yield from (Operand(Property(name, value), value, detail=shown) for value in values)
        parents = {code.parent_id for code in self.catalogue.codes}
        for facet in self.facets:
            for code in (c for c in facet.codes if c.id in parents):
                node = Tree("down", self.code_node(facet.name, code.label))
                yield Operand(node, self.shown(node).label, facet.name)
        for name_of in self.catalogue.attributes:
            for value in sorted(set(self.catalogue.values_of(name_of).values())):
                yield Operand(Attribute(name_of, "=", value), f"{name_of} = {value}", detail=_("attribute"))

    def _compared(self, typed: str) -> list[Operand]:
        """A comparison with an attribute that is written out, such as *leeftijd > 40*."""
        told = COMPARED.fullmatch(typed)
        if told is None:
            return []
        comparison = next(one for one in get_args(Comparison) if one == told[2])
        return [Operand(Attribute(name, comparison, told[3]), f"{name} {comparison} {told[3]}", detail=_("attribute"))
                for name in self.catalogue.attributes if folded(name).startswith(folded(told[1]))]

    def _words(self, typed: str) -> list[Operand]:
        if not typed:
            return []
        phrase = " " in typed
        told = _("the text has these words") if phrase else _("the text has this word, in any form")
        return [Operand(Text(typed, phrase), f"“{typed}”", detail=told)]

    def shown(self, node: Expression) -> ChipSpec:
        """How an operand looks as a block."""
        if isinstance(node, Code):
            return self._code_chip(node)
        if isinstance(node, AnyOf):
            return ChipSpec(node.facet, _("any code of {facet}", facet=node.facet))
        if isinstance(node, NotMentioned):
            return ChipSpec(node.facet, _("{facet} not mentioned", facet=node.facet), absent=True)
        if isinstance(node, Text):
            return ChipSpec("", _("text “{words}”", words=node.words))
        if isinstance(node, Property):
            kinds = {"group": _("group"), "kind": _("kind"), "document": _("document"), "coder": _("coder"),
                     "query": _("saved question")}
            return ChipSpec("", f"{kinds[node.name]} {node.value}")
        return self._longer(node)

    def _code_chip(self, node: Code) -> ChipSpec:
        found = [spec for spec in self.chips.values() if fold(spec.label) == fold(node.label)
                 and (node.facet is None or fold(node.facet) == fold(spec.facet))]
        return found[0] if found else ChipSpec(node.facet or "", node.label)

    def _longer(self, node: Expression) -> ChipSpec:
        if isinstance(node, Attribute):
            return ChipSpec("", f"{node.name} {node.comparison} {node.value}")
        if isinstance(node, Tree):
            said = {"down": _("{code} and all codes below it", code=node.code.label),
                    "up": _("{code} and the code above it", code=node.code.label),
                    "siblings": _("{code} and the codes beside it", code=node.code.label)}
            return ChipSpec(self._code_chip(node.code).facet, said[node.step])
        if isinstance(node, Place):
            left, right = in_words(to_text(node.left)), in_words(to_text(node.right))
            said = {"follows": _("{left}, at most {n} after {right}", left=left, right=right, n=node.distance),
                    "precedes": _("{left}, at most {n} before {right}", left=left, right=right, n=node.distance),
                    "near": _("{left}, at most {n} away from {right}", left=left, right=right, n=node.distance)}
            return ChipSpec("", said[node.operator])
        return ChipSpec("", in_words(to_text(node)))


def _picker_code(entry: codes.Entry) -> PickerCode:
    code = entry.code
    return PickerCode(code.id, code.number or 0, code.label, code.definition,
                      synonyms=tuple(code.synonyms.splitlines()), certain=code.certain)


def in_words(expression: str) -> str:
    """An expression with its operators in the language of the interface; it is read the same."""
    return tokens.in_words(expression, DUTCH) if current_language() == "nl" else expression


def unit_name(unit: TableUnit) -> str:
    """A unit in words, as a choice."""
    return {"narratief": _("in the same narratief"), "document": _("in the same document"),
            "respondent": _("of the same respondent"),
            "group": _("in the same respondent group")}[unit]


def units_counted(unit: TableUnit, n: int) -> str:
    """So many units, in words."""
    if unit == "document":
        return documents(n)
    if unit == "respondent":
        return respondents(n)
    if unit == "group":
        return _("1 respondent group") if n == 1 else _("{n} respondent groups", n=n)
    return narratieven(n)


def narratieven(n: int) -> str:
    """So many narratieven, in words."""
    return _("1 narratief") if n == 1 else _("{n} narratieven", n=n)


def documents(n: int) -> str:
    """So many documents, in words."""
    return _("1 document") if n == 1 else _("{n} documents", n=n)


def respondents(n: int) -> str:
    """So many respondents, in words."""
    return _("1 respondent") if n == 1 else _("{n} respondents", n=n)


def whose(codings: str) -> str:
    """Whose codings count, in words."""
    if codings == ANY:
        return _("codes of everyone")
    return _("codes as decided") if codings == DECIDED else _("codes of {coder}", coder=codings)


def whose_shown(expression: Expression) -> str:
    """Which narratieven a question about an order lists, as such a question is not symmetric; "" for another one."""
    terms = expression.terms if isinstance(expression, And) else (expression,)
    lefts = [in_words(to_text(term.left)) for term in terms if isinstance(term, Place)]
    return _("shown: the narratieven with {left}", left=", ".join(lefts)) if lefts else ""


def result_line(count: int, in_documents: int, heard: int | None, codings: str, unit: Unit = "narratief",
                units: int = 0) -> str:
    """How many were found, where, and whose codes counted; `heard` is None while it is being read who speaks."""
    line = _("{narratieven} in {documents}, {respondents}", narratieven=narratieven(count),
             documents=documents(in_documents), respondents="…" if heard is None else respondents(heard))
    if unit != "narratief":
        line = _("Holds in {units}: {line}", units=units_counted(unit, units), line=line)
    return f"{line} · {whose(codings)}"
