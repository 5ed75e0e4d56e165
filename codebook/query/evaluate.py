"""Asking an expression of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from codebook.nearness import fold
from codebook.query import attributes, bits
from codebook.query.algebra import (
    And,
    AnyOf,
    Attribute,
    Code,
    Expression,
    Leaf,
    Many,
    Not,
    NotMentioned,
    OneOf,
    Or,
    Place,
    Property,
    Span,
    Text,
    Tree,
    Xor,
    children,
    walk,
)
from codebook.query.bits import Bits, Ints
from codebook.query.catalogue import Catalogue, SavedQuery
from codebook.query.index import ANY, DECIDED, CodeIndex, Codings
from codebook.query.places import placed
from codebook.query.text import parse
from codebook.query.units import Unit, Units, units_of
from corpora.errors import QueryError

#: Narratief ids in whose text a word (any inflected form) or, second argument true, a literal phrase stands.
TextSearch = Callable[[str, bool], ArrayLike]


@dataclass(frozen=True)
class Part:
    """How often a part of the expression holds on its own, counted in the units of the question."""

    node: Expression
    span: Span
    count: int


@dataclass(frozen=True)
class Result:
    """The answer: the narratieven listed, in canonical order.

    `count` is the number of narratieven listed, `documents` how many documents they belong to, `units` in how
    many units (narratieven, documents, groups) the expression holds; `codings` names whose codings counted.
    """

    index: CodeIndex = field(repr=False)
    unit: Unit
    codings: str
    bits: Bits = field(repr=False)
    units: int
    parts: tuple[Part, ...] = ()

    @cached_property
    def slots(self) -> Ints:
        """The slots of the narratieven, in canonical order."""
        return self.index.slots(self.bits)

    @cached_property
    def ids(self) -> Ints:
        """The ids of the narratieven, in canonical order."""
        return self.index.narratief_id[self.slots]

    @cached_property
    def count(self) -> int:
        """Narratieven listed."""
        return bits.count(self.bits)

    @cached_property
    def documents(self) -> int:
        """Documents with at least one of the narratieven listed."""
        return self.index.document_count(self.slots)


def evaluate(expression: Expression, index: CodeIndex, catalogue: Catalogue, *, unit: Unit = "narratief",
             codings: Codings = ANY, text: TextSearch | None = None, parts: bool = False) -> Result:
    """Ask `expression`; QueryError, with its column, for a name that does not exist or a misplaced coder.

    `codings` is "any", "decided", a coder's id or name; a term `coder:NAME` goes before it. With `parts`
    every part of the expression is counted as well. Operands hold anywhere in the same `unit`; for documents
    and groups the answer lists, of each one for which the expression holds, the narratieven that carry an
    operand not under `not`, or all of them if it has none.
    """
    coder, asked = split_coder(expression)
    whose, shown = _whose(coder, codings, catalogue)
    question = _Question(index, catalogue, whose, text)
    if asked is None:
        found = index.any_of(index.codes(), whose)
        return Result(index, unit, shown, found, bits.count(found))
    answer, count = question.answer(asked, unit)
    counted = tuple(question.parts(asked, unit)) if parts else ()
    return Result(index, unit, shown, answer, count, counted)


def split_coder(expression: Expression) -> tuple[Property | None, Expression | None]:
    """The one `coder:NAME` among the and-terms at the top, and the expression without it (None: nothing is
    left)."""
    terms = list(_top_terms(expression))
    coders = [term for term in terms if isinstance(term, Property) and term.name == "coder"]
    if not coders:
        _refuse_coders(expression)
        return None, expression
    if len(coders) > 1:
        raise QueryError("Column {column}: coder: can stand only once.", column=coders[1].span.start)
    rest = tuple(term for term in terms if term is not coders[0])
    for term in rest:
        _refuse_coders(term)
    if not rest:
        return coders[0], None
    return coders[0], rest[0] if len(rest) == 1 else And(rest, span=expression.span)


def _top_terms(node: Expression) -> Iterator[Expression]:
    if isinstance(node, And):
        for term in node.terms:
            yield from _top_terms(term)
    else:
        yield node


def _refuse_coders(expression: Expression) -> None:
    for node in walk(expression):
        if isinstance(node, Property) and node.name == "coder":
            raise QueryError("Column {column}: coder: can stand only at the top of the question, joined by "
                             "“and”.", column=node.span.start)


def _whose(coder: Property | None, codings: Codings, catalogue: Catalogue) -> tuple[Codings, str]:
    if coder is not None:
        found = catalogue.coder(coder.value, coder.span.start)
        return found.id, found.name
    if isinstance(codings, int):
        names = [known.name for known in catalogue.coders if known.id == codings]
        return codings, names[0] if names else str(codings)
    if codings in (ANY, DECIDED):
        return codings, codings
    named = catalogue.coder(codings)
    return named.id, named.name


class _Question:
    """One index, one set of names, one choice of codings; sets that recur are computed once."""

    def __init__(self, index: CodeIndex, catalogue: Catalogue, codings: Codings, text: TextSearch | None,
                 asking: tuple[str, ...] = ()) -> None:
        self._index = index
        self._catalogue = catalogue
        self._codings = codings
        self._text = text
        self._asking = asking
        self._leaves: dict[Leaf, Bits] = {}

    # -- answers -------------------------------------------------------------------------------------------

    def answer(self, node: Expression, unit: Unit) -> tuple[Bits, int]:
        """The narratieven to list, and in how many units the expression holds."""
        if unit == "narratief":
            found = self.narratieven(node)
            return found, bits.count(found)
        units = units_of(self._index, unit, self._catalogue)
        chosen = self._in_units(node, units)
        members = units.members(chosen, self._index)
        carrying = bits.zeros(self._index.capacity)
        for leaf in _not_under_not(node):
            carrying |= self._leaf(leaf)
        carrying &= members
        bare = units.members(chosen & ~units.lifted(carrying), self._index)
        return carrying | bare, int(np.count_nonzero(chosen))

    def parts(self, node: Expression, unit: Unit) -> Iterator[Part]:
        """The node and all its parts, with the number of units for which each holds."""
        units = units_of(self._index, unit, self._catalogue)
        for part in walk(node):
            yield Part(part, part.span, self._holding(part, units))

    def narratieven(self, node: Expression) -> Bits:
        """The narratieven for which an expression holds."""
        if isinstance(node, And | Or | Xor | OneOf | Not):
            sets = [self.narratieven(child) for child in children(node)]
            return _combined(node, sets, self._index.live)
        return self._leaf(node)

    def _in_units(self, node: Expression, units: Units) -> NDArray[np.bool_]:
        if isinstance(node, And | Or | Xor | OneOf | Not):
            sets = [self._in_units(child, units) for child in children(node)]
            return _combined(node, sets, units.lifted(self._index.live))
        return units.lifted(self._leaf(node))

    def _holding(self, node: Expression, units: Units) -> int:
        if units.name == "narratief":
            return bits.count(self.narratieven(node))
        return int(np.count_nonzero(self._in_units(node, units)))

    # -- operands ------------------------------------------------------------------------------------------

    def _leaf(self, node: Leaf) -> Bits:
        found = self._leaves.get(node)
        if found is None:
            found = self._leaves[node] = self._operand(node)
        return found

    def _operand(self, node: Leaf) -> Bits:
        if isinstance(node, Code):
            return self._index.column(self._catalogue.code(node).id, self._codings)
        if isinstance(node, AnyOf):
            facet = self._catalogue.facet(node.facet, node.span.start)
            return self._index.any_of(self._catalogue.codes_of(facet.id), self._codings)
        if isinstance(node, NotMentioned):
            facet = self._catalogue.facet(node.facet, node.span.start)
            return self._index.absent(facet.id, self._catalogue.codes_of(facet.id), self._codings)
        if isinstance(node, Tree):
            return self._index.any_of(self._tree(node), self._codings)
        if isinstance(node, Place):
            left, right = self.narratieven(node.left), self.narratieven(node.right)
            return placed(self._index, node.operator, left, right, node.distance)
        return self._property(node)

    def _tree(self, node: Tree) -> list[int]:
        names = self._catalogue
        step = {"down": names.below, "up": names.above, "siblings": names.beside}[node.step]
        return step(names.code(node.code).id)

    def _property(self, node: Property | Text | Attribute) -> Bits:
        column, names = node.span.start, self._catalogue
        if isinstance(node, Text):
            return self._with_text(node)
        if isinstance(node, Attribute):
            values = names.values_of(node.name, column)
            return self._index.of_documents([document for document, value in values.items()
                                             if attributes.holds(value, node.comparison, node.value)])
        if node.name == "query":
            return self._saved(names.query(node.value, column), column)
        if node.name == "document":
            return self._index.of_documents([names.document(node.value, column).id])
        chosen = names.in_group if node.name == "group" else names.of_kind
        return self._index.of_documents(chosen(node.value, column))

    def _with_text(self, node: Text) -> Bits:
        if self._text is None:
            raise ValueError("A question about words needs the search of the project.")
        return self._index.of_ids(self._text(node.words, node.phrase))

    def _saved(self, saved: SavedQuery, column: int) -> Bits:
        if saved.narratief_ids is not None:
            return self._index.of_ids(np.array(saved.narratief_ids, dtype=np.int64))
        if fold(saved.name) in self._asking:
            raise QueryError("Column {column}: the saved query “{label}” asks for itself.",
                             column=column, label=saved.name)
        try:
            return self._asked(saved)
        except QueryError as error:
            raise QueryError("Column {column}: the saved query “{label}” cannot be asked. {reason}",
                             column=column, label=saved.name, reason=error.message) from error

    def _asked(self, saved: SavedQuery) -> Bits:
        """The narratieven of a live query, asked at the level of the narratief, whatever the unit around
        it."""
        coder, asked = split_coder(parse(saved.expression))
        whose = self._codings if coder is None else self._catalogue.coder(coder.value, coder.span.start).id
        if asked is None:
            return self._index.any_of(self._index.codes(), whose)
        asking = (*self._asking, fold(saved.name))
        return _Question(self._index, self._catalogue, whose, self._text, asking).narratieven(asked)


def _not_under_not(node: Expression) -> Iterator[Leaf]:
    if isinstance(node, And | Or | Xor | OneOf):
        for term in node.terms:
            yield from _not_under_not(term)
    elif not isinstance(node, Not):
        yield node


def _combined(node: Many | Not, sets: list[NDArray[Any]], everything: NDArray[Any]) -> NDArray[Any]:
    """One step of the algebra; the same for bits over narratieven and truth values over units."""
    if isinstance(node, Not):
        rest: NDArray[Any] = everything & ~sets[0]
        return rest
    if isinstance(node, And):
        return reduce(np.bitwise_and, sets)
    if isinstance(node, Or):
        return reduce(np.bitwise_or, sets)
    if isinstance(node, Xor):
        return reduce(np.bitwise_xor, sets)
    return _exactly_one(sets)


def _exactly_one(sets: list[NDArray[Any]]) -> NDArray[Any]:
    once, twice = sets[0].copy(), np.zeros_like(sets[0])
    for further in sets[1:]:
        twice |= once & further
        once |= further
    single: NDArray[Any] = once & ~twice
    return single
