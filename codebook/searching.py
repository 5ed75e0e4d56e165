"""A search in the texts as part of a question, so that it can be kept and stand beside codes."""

from __future__ import annotations

from collections.abc import Iterable

from codebook.query.algebra import And, Expression, Text
from corpora.errors import UsageError
from corpora.search import parts_of


def as_expression(words: str, within: Expression | None = None) -> Expression:
    """The narratieven that a search finds, as an expression; `within` must hold too.

    UsageError for a regular expression, which questions do not know, and for nothing.
    """
    parts = parts_of(words)
    if not parts:
        raise UsageError("What should be searched for? Give one or more words.")
    if any(part.kind == "pattern" for part in parts):
        raise UsageError("A pattern between slashes cannot be kept as a question: questions know words and phrases. "
                         "Code what was found instead.")
    return joined([within, *(Text(part.text, part.kind == "phrase") for part in parts)])


def joined(conditions: Iterable[Expression | None]) -> Expression:
    """All of these hold, in one *and*; None is no condition. There must be at least one."""
    terms = [term for one in conditions if one is not None
             for term in (one.terms if isinstance(one, And) else (one,))]
    return terms[0] if len(terms) == 1 else And(tuple(terms))
