"""The blocks of a question: they spell the expression they were read from, and edits do what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.query.algebra import And, Code, Expression, Not, OneOf, Or, Place, Xor
from codebook.query.text import parse, to_text
from workbench.itemmodels import expression_blocks as editing
from workbench.itemmodels.expression_blocks import Block, blocks_of, expression_of

leaves = st.sampled_from("abcdef").map(Code)


def _groups(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    terms = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(terms.map(And), terms.map(Or), terms.map(Xor), terms.map(OneOf), inner.map(Not))


expressions: st.SearchStrategy[Expression] = st.recursive(leaves, _groups, max_leaves=12)


def truth(node: Expression | None, held: frozenset[str]) -> bool:
    """Whether an expression over bare codes holds for a narratief with these codes."""
    if isinstance(node, Code):
        return node.label in held
    if isinstance(node, Not):
        return not truth(node.term, held)
    assert isinstance(node, And | Or | Xor | OneOf)
    values = [truth(term, held) for term in node.terms]
    return {And: all(values), Or: any(values), Xor: sum(values) % 2 == 1, OneOf: sum(values) == 1}[type(node)]


@given(expressions, st.frozensets(st.sampled_from("abcdef")))
def test_blocks_spell_what_they_were_read_from(node: Expression, held: frozenset[str]) -> None:
    assert truth(expression_of(blocks_of(node)), held) == truth(node, held)


@given(expressions, st.frozensets(st.sampled_from("abcdef")))
def test_tidying_changes_no_meaning_and_text_gives_the_same_blocks(node: Expression, held: frozenset[str]) -> None:
    top = blocks_of(node)
    editing.tidy(top)
    tidied = expression_of(top)
    assert tidied is not None
    assert truth(tidied, held) == truth(node, held)
    again = blocks_of(parse(to_text(tidied)))
    assert [b.path() for b in again.walk()] == [b.path() for b in top.walk()]


def top_of(text: str) -> Block:
    return blocks_of(parse(text))


def spelled(top: Block) -> str:
    editing.tidy(top)
    found = expression_of(top)
    return "" if found is None else to_text(found)


def test_built_one_by_one_then_turned() -> None:
    top = Block()
    for label in "abcd":
        editing.add(top, Code(label))
    editing.join(top, 2)
    assert spelled(top) == "a and b and (c or d)"
    editing.join(top.items[2], 0)
    assert spelled(top) == "a and b and c and d"


@pytest.mark.parametrize(("text", "place", "result"), [
    ("a and b", 0, "a or b"), ("a or b", 0, "a and b"), ("a and b and c", 0, "(a or b) and c"),
    ("a and b and (c or d)", 1, "a and (b or c or d)"), ("(a or b) and c and d", 0, "(a or b or c) and d")])
def test_a_joint_turns_and_into_or(text: str, place: int, result: str) -> None:
    top = top_of(text)
    editing.join(top, place)
    assert spelled(top) == result


def test_brackets_around_neighbours_and_off_again() -> None:
    top = top_of("a and b and c")
    made = editing.bracket(top.items[1:])
    assert made is not None
    assert spelled(top) == "a and (b or c)"
    editing.bracket([made])
    assert spelled(top) == "a and b and c"
    assert editing.bracket([top.items[0], top.items[2]]) is None


@pytest.mark.parametrize(("text", "path", "step", "result"), [
    ("a and b and c", (0,), 1, "b and a and c"), ("a and (b or c)", (0,), 1, "a or b or c"),
    ("a and (b or c or d)", (1, 0), -1, "a and b and (c or d)"), ("a and b", (1,), 1, "a and b")])
def test_moving_goes_into_and_out_of_brackets(text: str, path: tuple[int, ...], step: int, result: str) -> None:
    top = top_of(text)
    block = editing.at_path(top, path)
    assert block is not None
    editing.move(block, step)
    assert spelled(top) == result


def test_taking_out_leaves_the_rest() -> None:
    top = top_of("a and (b or not c)")
    nearest = editing.remove([top.items[1].items[0]])
    assert nearest is not None
    assert spelled(top) == "a and not c"
    editing.remove(list(top.items))
    assert spelled(top) == ""


def test_dropping_is_refused_inside_itself() -> None:
    top = top_of("a and (b or c)")
    assert not editing.drop(top.items[1], top.items[1].items[0], after=True)
    assert editing.drop(top.items[0], top.items[1].items[1], after=True)
    assert spelled(top) == "b or c or a"


def test_two_neighbours_become_an_order_in_the_document_and_two_parts_again() -> None:
    top = top_of("a and b and c")
    first, second, third = top.items
    assert editing.pair_of([first, third]) is None
    assert editing.pair_of([first]) is None
    assert editing.pair_of([second]) == (first, second)
    pair = editing.pair_of([third, second])
    assert pair == (third, second)
    made = editing.become(pair, Place("follows", Code("c"), Code("b"), 2))
    assert spelled(top) == "a and follows(c, b, 2)"
    editing.loosen(made)
    assert spelled(top) == "a and c and b"


def test_an_order_that_is_denied_stays_denied_when_it_falls_apart() -> None:
    top = top_of("a or not near(b or c, d, 1)")
    editing.loosen(top.items[1])
    assert spelled(top) == "a or not ((b or c) and d)"
