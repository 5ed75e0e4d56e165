"""The words of the query language: one pass over the text, every token with its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpora.errors import QueryError

TokenKind = Literal["word", "quoted", "mark", "compare", "end"]

#: Words that mean an operator when they stand bare; Dutch and English alike.
OPERATORS = {
    "or": "or", "of": "or", "|": "or",
    "xor": "xor",
    "and": "and", "en": "and", "&": "and",
    "not": "not", "niet": "not", "!": "not",
}

_QUOTES = '"“”„'
_SPACE = re.compile(r"\s+")
_COMPARE = re.compile(r"<=|>=|!=|=|<|>")
_WORD = re.compile(r'[^\s()|&!,:<>="“”„]+')


@dataclass(frozen=True)
class Token:
    """`text` is without quotes and escapes; `start` and `end` are columns, counted from 1, end exclusive."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def operator(self) -> str:
        """Which operator a bare word or mark stands for, or nothing."""
        if self.kind == "word" or (self.kind == "mark" and self.text in "|&!"):
            return OPERATORS.get(self.text.casefold(), "")
        return ""


def tokenize(text: str) -> list[Token]:
    """All tokens and a last one that marks the end; QueryError for a quote that is never closed."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        token, at = _next(text, at)
        tokens.append(token)
    return [*tokens, Token("end", "", len(text) + 1, len(text) + 1)]


def in_words(expression: str, words: Mapping[str, str]) -> str:
    """An expression with other words for its operators; what stands in quotes is left alone."""
    for token in reversed(tokenize(expression)):
        if token.kind == "word" and token.text.casefold() in words:
            expression = expression[:token.start - 1] + words[token.text.casefold()] + expression[token.end - 1:]
    return expression


def _next(text: str, at: int) -> tuple[Token, int]:
    if text[at] in _QUOTES:
        return _quoted(text, at)
    for kind, pattern in _PATTERNS:
        found = pattern.match(text, at)
        if found:
            return Token(kind, found.group(), at + 1, found.end() + 1), found.end()
    return Token("mark", text[at], at + 1, at + 2), at + 1


_PATTERNS: tuple[tuple[TokenKind, re.Pattern[str]], ...] = (("compare", _COMPARE), ("word", _WORD))


def _quoted(text: str, start: int) -> tuple[Token, int]:
    closing = '"' if text[start] == '"' else '”“"'
    letters: list[str] = []
    at = start + 1
    while at < len(text) and text[at] not in closing:
        if text[at] == "\\" and at + 1 < len(text):
            at += 1
        letters.append(text[at])
        at += 1
    if at >= len(text):
        raise QueryError("Column {column}: this quotation mark is never closed; put one after the words.",
                         column=start + 1)
    return Token("quoted", "".join(letters), start + 1, at + 2), at + 1


def is_word(text: str) -> bool:
    """Whether a text is one unquoted word of the language."""
    return bool(_WORD.fullmatch(text))


def is_bare(text: str) -> bool:
    """Whether a label can stand in an expression without quotes."""
    return is_word(text) and text.casefold() not in OPERATORS and text != "*"
