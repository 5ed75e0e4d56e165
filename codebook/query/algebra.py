"""Expressions over narratieven, as values.

A leaf names a set of narratieven (a code, a property, a saved query); the operators combine sets. Every node
knows where it stood in the text (`span`), for messages and for hit counts per part; equality does not look at
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Span:
    """First and one-past-last column of a part of the text, counted from 1; 0, 0 when it never was text."""

    start: int = 0
    end: int = 0


NOWHERE = Span()


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every part of an expression has."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Code(Node):
    """Narratieven that carry a code; without `facet`, of whichever facet has the label."""

    label: str
    facet: str | None = None


@dataclass(frozen=True)
class AnyOf(Node):
    """Narratieven that carry any code of a facet: `HOE:*`."""

    facet: str


@dataclass(frozen=True)
class NotMentioned(Node):
    """Narratieven where a facet was marked *niet genoemd*."""

    facet: str


PropertyName = Literal["document", "group", "kind", "coder", "query"]


@dataclass(frozen=True)
class Property(Node):
    """Narratieven of a document, a respondent group or a kind of document, or in a saved query.

    `coder` is no set: it says whose codings count in the whole expression.
    """

    name: PropertyName
    value: str


@dataclass(frozen=True)
class Text(Node):
    """Narratieven in whose text a word stands in any inflected form, or (`phrase`) these words literally."""

    words: str
    phrase: bool = False


Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Attribute(Node):
    """Narratieven of documents whose attribute compares so with `value`; never those that lack the
    attribute."""

    name: str
    comparison: Comparison
    value: str


@dataclass(frozen=True)
class And(Node):
    """All terms hold."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Or(Node):
    """At least one term holds."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Xor(Node):
    """An odd number of terms holds; with two terms, exactly one of them."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Not(Node):
    """The term does not hold."""

    term: Expression


@dataclass(frozen=True)
class OneOf(Node):
    """Exactly one of the terms holds."""

    terms: tuple[Expression, ...]


TreeStep = Literal["down", "up", "siblings"]


@dataclass(frozen=True)
class Tree(Node):
    """Any code reached from a code along the code tree, the code itself included: `down` all codes below it,
    `up` the one directly above it, `siblings` those under the same parent."""

    step: TreeStep
    code: Code


PlaceName = Literal["follows", "precedes", "near"]


@dataclass(frozen=True)
class Place(Node):
    """Narratieven of `left` by the distance in nr to one of `right` in the same document.

    follows: 1 ≤ nr(left) − nr(right) ≤ distance; precedes: 1 ≤ nr(right) − nr(left) ≤ distance;
    near: |nr(left) − nr(right)| ≤ distance, the same narratief included.
    """

    operator: PlaceName
    left: Expression
    right: Expression
    distance: int


Leaf = Code | AnyOf | NotMentioned | Property | Text | Attribute | Tree | Place
Many = And | Or | Xor | OneOf
Expression = Leaf | Many | Not


def children(node: Expression) -> tuple[Expression, ...]:
    """The parts that are expressions themselves, in the order of the text."""
    if isinstance(node, And | Or | Xor | OneOf):
        return node.terms
    if isinstance(node, Not):
        return (node.term,)
    if isinstance(node, Place):
        return (node.left, node.right)
    if isinstance(node, Tree):
        return (node.code,)
    return ()


def walk(node: Expression) -> Iterator[Expression]:
    """The node and everything in it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)


def swapped(node: Expression) -> Expression:
    """The same question with its two operands exchanged (*wissel*); others stay as they are."""
    if isinstance(node, Place):
        return Place(node.operator, node.right, node.left, node.distance)
    if isinstance(node, And | Or | Xor) and len(node.terms) == 2:
        return type(node)(node.terms[::-1])
    return node
