"""How an expression is spelled: English operators, brackets only where needed, quotes only where needed."""

from __future__ import annotations

from typing import get_args

from codebook.query.algebra import (
    And,
    AnyOf,
    Attribute,
    Code,
    Expression,
    Not,
    NotMentioned,
    OneOf,
    Or,
    Place,
    Property,
    PropertyName,
    Text,
    Tree,
    Xor,
)
from codebook.query.tokens import is_bare, is_word

NOT_MENTIONED = "niet genoemd"
PROPERTIES = get_args(PropertyName)
_RESERVED = {*PROPERTIES, "text", "attribute"}
_LEVELS: dict[type, int] = {Or: 0, Xor: 1, And: 2, Not: 3}
_WORDS: dict[type, str] = {Or: " or ", Xor: " xor ", And: " and "}


def to_text(node: Expression) -> str:
    """The one canonical spelling of an expression; reading it gives the expression back."""
    if isinstance(node, And | Or | Xor):
        level = _LEVELS[type(node)]
        return _WORDS[type(node)].join(_bracketed(term, level + 1) for term in node.terms)
    if isinstance(node, Not):
        return "not " + _bracketed(node.term, _LEVELS[Not])
    if isinstance(node, OneOf):
        return f"oneof({', '.join(to_text(term) for term in node.terms)})"
    if isinstance(node, Tree):
        return f"{node.step}({to_text(node.code)})"
    if isinstance(node, Place):
        return f"{node.operator}({to_text(node.left)}, {to_text(node.right)}, {node.distance})"
    return _operand(node)


def _operand(node: Code | AnyOf | NotMentioned | Property | Text | Attribute) -> str:
    if isinstance(node, Code):
        return quoted(node.label) if node.facet is None else f"{_facet(node.facet)}:{quoted(node.label)}"
    if isinstance(node, AnyOf):
        return f"{_facet(node.facet)}:*"
    if isinstance(node, NotMentioned):
        return f'{_facet(node.facet)}:"{NOT_MENTIONED}"'
    if isinstance(node, Property):
        return f"{node.name}:{quoted(node.value)}"
    if isinstance(node, Text):
        bare = not node.phrase and is_word(node.words)
        return f"text:{node.words if bare else _in_quotes(node.words)}"
    return f"attribute:{quoted(node.name)}{node.comparison}{quoted(node.value)}"


def quoted(label: str) -> str:
    """A label as it stands in an expression: bare where that is safe, else in quotes."""
    return label if is_bare(label) else _in_quotes(label)


def _in_quotes(label: str) -> str:
    escaped = "".join(f"\\{letter}" if letter in '\\"“”' else letter for letter in label)
    return f'"{escaped}"'


def _facet(label: str) -> str:
    return _in_quotes(label) if label.casefold() in _RESERVED else quoted(label)


def _bracketed(node: Expression, least: int) -> str:
    level = _LEVELS.get(type(node), 4)
    return to_text(node) if level >= least else f"({to_text(node)})"
