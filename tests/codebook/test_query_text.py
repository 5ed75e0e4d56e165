"""The text form: reading, canonical spelling, precedence, messages with columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.query import algebra as a
from codebook.query.text import parse, to_text
from corpora.errors import QueryError

_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
_awkward = st.sampled_from(["of", "niet", "and", "down", "*", "Wet- en regelgeving", "SWT’s", 'zeg "ja"', "a\\b", ""])
_label = st.one_of(_text, _awkward, st.sampled_from(["positief", "Autonomie", "eigen"]))
_code_label = _label.filter(lambda label: label.casefold() != "niet genoemd")
_facet = st.sampled_from(["WAT", "WIE", "group", "Text", "mijn facet"])
_word = st.from_regex(r"[a-zé]{1,6}", fullmatch=True)
_codes = st.one_of(st.builds(a.Code, _label), st.builds(a.Code, _code_label, _facet))
_leaves = st.one_of(
    _codes,
    st.builds(a.AnyOf, _facet),
    st.builds(a.NotMentioned, _facet),
    st.builds(a.Property, st.sampled_from(["document", "group", "kind", "coder", "query"]), _label),
    st.builds(a.Text, _word, st.booleans()),
    st.builds(a.Attribute, _label, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), _label),
    st.builds(a.Tree, st.sampled_from(["down", "up", "siblings"]), _codes),
)


def _grown(inner: st.SearchStrategy[a.Expression]) -> st.SearchStrategy[a.Expression]:
    many = st.lists(inner, min_size=2, max_size=3).map(tuple)
    places = st.sampled_from(["follows", "precedes", "near"])
    return st.one_of(st.builds(a.And, many), st.builds(a.Or, many), st.builds(a.Xor, many),
                     st.builds(a.OneOf, many), st.builds(a.Not, inner),
                     st.builds(a.Place, places, inner, inner, st.integers(0, 99)))


expressions = st.recursive(_leaves, _grown, max_leaves=8)


@given(expressions)
def test_reading_what_was_spelled_gives_it_back(expression: a.Expression) -> None:
    spelled = to_text(expression)
    assert parse(spelled) == expression
    assert to_text(parse(spelled)) == spelled


@pytest.mark.parametrize("text, canonical", [
    ("a or b and not c xor d", "a or b and not c xor d"),
    ("a | b & !c", "a or b and not c"),
    ("a OF b EN NIET c", "a or b and not c"),
    ("(a or b) and c", "(a or b) and c"),
    ("((a and b)) or c", "a and b or c"),
    ("not (a and b)", "not (a and b)"),
    ("wie:\"Niet Genoemd\" en HOE: *", 'wie:"niet genoemd" and HOE:*'),
    ("WIE:niet genoemd", 'WIE:"niet genoemd"'),
    ("„Werkzame factor” & Down(x)", '"Werkzame factor" and down(x)'),
    ("attribute:\"jaren ervaring\" >= 10", 'attribute:"jaren ervaring">=10'),
    ("Near( a , b or c, 02 )", "near(a, b or c, 2)"),
    ('text:kantelen and text:"kantelen"', 'text:kantelen and text:"kantelen"'),
    ('"group":positief', '"group":positief'),
])
def test_spelling(text: str, canonical: str) -> None:
    assert to_text(parse(text)) == canonical


def test_precedence_is_or_xor_and_not() -> None:
    code = a.Code
    assert parse("a or b xor c and not d") == a.Or((
        code("a"), a.Xor((code("b"), a.And((code("c"), a.Not(code("d"))))))))


def test_spans_point_at_the_parts() -> None:
    text = '"Werkzame factor" and (positief or HOE:betrokken)'
    shown = {text[node.span.start - 1:node.span.end - 1] for node in a.walk(parse(text))}
    assert shown == {text, '"Werkzame factor"', "positief or HOE:betrokken", "positief", "HOE:betrokken"}


@pytest.mark.parametrize("text, column, words", [
    ("", 1, "expected a code"),
    ("a and", 6, "expected a code"),
    ("a b", 3, "quotes"),
    ("a and (b or c", 14, "“)”"),
    ("a)", 2, "the end"),
    ('a or "b', 6, "quotation mark"),
    ("oneof(a ; b)", 9, "“,” or “)”"),
    ("near(a, b)", 10, "“,” and then the largest distance in narratieven, as in near(a, b, 3)"),
    ("near(a, b, veel)", 12, "whole number"),
    ("down(a or b)", 6, "one code"),
    ("boven(a)", 1, "no function"),
    ("HOE:", 5, "code of this facet"),
    ("attribute:leeftijd 40", 20, "one of"),
    ("a or or b", 6, "expected a code"),
    ("(" * 200 + "a" + ")" * 200, 61, "levels"),
])
def test_errors_name_column_and_what_could_stand_there(text: str, column: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert words in str(caught.value)
    assert f"Column {column}" in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression = parse(text)
    except QueryError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert parse(to_text(expression)) == expression


def test_swapping_exchanges_two_operands() -> None:
    assert to_text(a.swapped(parse("follows(a, b, 2)"))) == "follows(b, a, 2)"
    assert to_text(a.swapped(parse("a and b"))) == "b and a"
    assert a.swapped(parse("not a")) == parse("not a")
