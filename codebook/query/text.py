"""The text form of expressions: `parse` reads it, `to_text` writes it; `parse(to_text(x)) == x`.

Grammar, loosest first (Dutch *of*, *en*, *niet* and | & ! are read as well):

    expression  = exclusive { "or" exclusive }
    exclusive   = together { "xor" together }
    together    = single { "and" single }
    single      = "not" single | "(" expression ")" | function | operand
    function    = "oneof" "(" expression { "," expression } ")"
                | ("down" | "up" | "siblings") "(" code ")"
                | ("follows" | "precedes" | "near") "(" expression "," expression "," number ")"
    operand     = label | facet ":" (label | "*" | "niet genoemd")
                | ("document" | "group" | "kind" | "coder" | "query") ":" label
                | "text" ":" (word | '"' phrase '"') | "attribute" ":" label comparison value

A word right after a property's name and a colon is its value; a quoted name before the colon is always a
facet.
"""

from __future__ import annotations

from typing import NoReturn, cast, get_args

from codebook.query.algebra import (
    And,
    AnyOf,
    Attribute,
    Code,
    Comparison,
    Expression,
    Not,
    NotMentioned,
    OneOf,
    Or,
    Place,
    PlaceName,
    Property,
    PropertyName,
    Span,
    Text,
    Tree,
    TreeStep,
    Xor,
)
from codebook.query.spelling import NOT_MENTIONED, PROPERTIES, to_text
from codebook.query.tokens import Token, tokenize
from corpora.errors import QueryError
from corpora.messages import Message, message

__all__ = ["parse", "to_text"]

_DEEPEST = 60
_TREE = get_args(TreeStep)
_PLACES = get_args(PlaceName)
_FUNCTIONS = ("oneof", *_TREE, *_PLACES)


def parse(text: str) -> Expression:
    """The expression that the text spells; QueryError names the column and what could stand there."""
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens; every method reads one rule and leaves `_at` behind it."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        found = self._expression()
        if self._now.kind != "end":
            self._fail_after_operand()
        return found

    # -- tokens --------------------------------------------------------------------------------------------

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    @property
    def _next(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._now
        self._at += token.kind != "end"
        return token

    def _is(self, mark: str) -> bool:
        return self._now.kind == "mark" and self._now.text == mark

    def _demand(self, mark: str) -> None:
        if not self._is(mark):
            self._fail(message("“{mark}”", mark=mark))
        self._take()

    def _span(self, start: Token) -> Span:
        return Span(start.start, self._tokens[self._at - 1].end)

    # -- operators -----------------------------------------------------------------------------------------

    def _expression(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError("Column {column}: more than {deepest} levels of brackets; save a part as a "
                             "query and use it here by its name.", column=self._now.start, deepest=_DEEPEST)
        start = self._now
        terms = [self._exclusive()]
        while self._now.operator == "or":
            self._take()
            terms.append(self._exclusive())
        self._depth -= 1
        return terms[0] if len(terms) == 1 else Or(tuple(terms), span=self._span(start))

    def _exclusive(self) -> Expression:
        start = self._now
        terms = [self._together()]
        while self._now.operator == "xor":
            self._take()
            terms.append(self._together())
        return terms[0] if len(terms) == 1 else Xor(tuple(terms), span=self._span(start))

    def _together(self) -> Expression:
        start = self._now
        terms = [self._single()]
        while self._now.operator == "and":
            self._take()
            terms.append(self._single())
        return terms[0] if len(terms) == 1 else And(tuple(terms), span=self._span(start))

    def _single(self) -> Expression:
        negations: list[Token] = []
        while self._now.operator == "not":
            negations.append(self._take())
        found = self._primary()
        if len(negations) > _DEEPEST:
            self._fail_operand(negations[_DEEPEST])
        for negation in reversed(negations):
            found = Not(found, span=self._span(negation))
        return found

    def _primary(self) -> Expression:
        if self._is("("):
            self._take()
            found = self._expression()
            if not self._is(")"):
                self._fail_after_operand(closing=True)
            self._take()
            return found
        if self._now.kind == "word" and self._next.kind == "mark" and self._next.text == "(":
            return self._function()
        return self._operand()

    # -- functions -----------------------------------------------------------------------------------------

    def _function(self) -> Expression:
        name = self._take()
        which = name.text.casefold()
        if which not in _FUNCTIONS:
            raise QueryError("Column {column}: “{found}” is no function; before a bracket can stand "
                             "{expected}.", column=name.start, found=name.text,
                             expected=", ".join(_FUNCTIONS))
        self._demand("(")
        if which == "oneof":
            return self._one_of(name)
        if which in _TREE:
            return self._tree(name, cast(TreeStep, which))
        return self._place(name, cast(PlaceName, which))

    def _one_of(self, name: Token) -> OneOf:
        terms = [self._expression()]
        while self._is(","):
            self._take()
            terms.append(self._expression())
        self._close(message("“,” or “)”"))
        return OneOf(tuple(terms), span=self._span(name))

    def _tree(self, name: Token, step: TreeStep) -> Tree:
        start = self._now
        code = self._expression()
        if not isinstance(code, Code):
            raise QueryError("Column {column}: {function} follows the code tree; expected one code here.",
                             column=start.start, function=step)
        self._close(message("“{mark}”", mark=")"))
        return Tree(step, code, span=self._span(name))

    def _place(self, name: Token, operator: PlaceName) -> Place:
        left = self._expression()
        self._demand(",")
        right = self._expression()
        if not self._is(","):
            self._fail(message("“,” and then the largest distance in narratieven, as in {function}(a, b, 3)",
                               function=operator))
        self._take()
        distance = self._take()
        if distance.kind != "word" or not (distance.text.isascii() and distance.text.isdigit()):
            self._fail(message("a whole number, the largest distance in narratieven"), distance)
        self._close(message("“{mark}”", mark=")"))
        return Place(operator, left, right, int(distance.text[:9]), span=self._span(name))

    def _close(self, expected: Message) -> None:
        if not self._is(")"):
            self._fail(expected)
        self._take()

    # -- operands ------------------------------------------------------------------------------------------

    def _operand(self) -> Expression:
        name = self._now
        if name.kind not in ("word", "quoted") or name.operator:
            self._fail_operand(name)
        self._take()
        if not self._is(":"):
            return Code(name.text, span=self._span(name))
        self._take()
        which = name.text.casefold() if name.kind == "word" else ""
        if which == "text":
            value = self._value(message("a word, or a phrase in quotes"))
            return Text(value.text, value.kind == "quoted", span=self._span(name))
        if which == "attribute":
            return self._attribute(name)
        if which in PROPERTIES:
            value = self._value(message("a name"))
            return Property(cast(PropertyName, which), value.text, span=self._span(name))
        return self._of_facet(name)

    def _of_facet(self, facet: Token) -> Expression:
        value = self._value(message("a code of this facet, * or “niet genoemd”"))
        if value.kind == "word" and value.text == "*":
            return AnyOf(facet.text, span=self._span(facet))
        label = value.text
        if label.casefold() == "niet" and self._now.kind == "word" and self._now.text.casefold() == "genoemd":
            self._take()
            label = NOT_MENTIONED
        if label.casefold() == NOT_MENTIONED:
            return NotMentioned(facet.text, span=self._span(facet))
        return Code(label, facet.text, span=self._span(facet))

    def _attribute(self, start: Token) -> Attribute:
        name = self._value(message("the name of an attribute"))
        comparison = self._take()
        if comparison.kind != "compare":
            self._fail(message("one of {marks}", marks=" ".join(get_args(Comparison))), comparison)
        value = self._value(message("a value"))
        return Attribute(name.text, cast(Comparison, comparison.text), value.text, span=self._span(start))

    def _value(self, expected: Message) -> Token:
        if self._now.kind not in ("word", "quoted"):
            self._fail(expected)
        return self._take()

    # -- errors --------------------------------------------------------------------------------------------

    def _fail(self, expected: Message, token: Token | None = None) -> NoReturn:
        token = token or self._now
        raise QueryError("Column {column}: expected {expected}, found {found}.",
                         column=token.start, expected=expected, found=_shown(token))

    def _fail_operand(self, token: Token) -> NoReturn:
        self._fail(message("a code, facet:code, a property such as group:name, “not” or “(”"), token)

    def _fail_after_operand(self, closing: bool = False) -> NoReturn:
        expected = (message("“and”, “or”, “xor” or “)”") if closing
                    else message("“and”, “or”, “xor” or the end"))
        if self._now.kind not in ("word", "quoted"):
            self._fail(expected)
        raise QueryError("Column {column}: expected {expected}, found {found}. A label of several words "
                         "needs quotes: \"…\".", column=self._now.start, expected=expected,
                         found=_shown(self._now))


def _shown(token: Token) -> Message:
    if token.kind == "end":
        return message("the end of the question")
    return message("“{mark}”", mark=token.text)
