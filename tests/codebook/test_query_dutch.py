"""Every text of the query engine and its tables has its Dutch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import codebook
from codebook.query.text import parse
from codebook.query.tokens import in_words
from corpora.errors import QueryError
from corpora.messages import Translator, catalogue

_ROOM = Path(codebook.__file__).parent
_FILES = [*sorted((_ROOM / "query").glob("*.py")),
          *(_ROOM / "analysis" / name for name in ("association_answers.py", "cooccurrence.py"))]


def _templates(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and called in ("message", "QueryError", "UsageError"):
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))


def test_every_template_is_translated_with_the_same_values() -> None:
    dutch = catalogue("nl")
    templates = [template for path in _FILES for template in _templates(path)]
    assert len(templates) > 30
    for template in templates:
        assert template in dutch, template
        assert sorted(_values(template)) == sorted(_values(dutch[template])), template


def _values(template: str) -> list[str]:
    return [part.split("}")[0] for part in template.split("{")[1:]]


@pytest.mark.parametrize("text, shown", [
    ("a b", 'Kolom 3: hier hoort “en”, “of”, “xor” of het einde, maar er staat “b”. Zet een naam van meer woorden '
            'tussen aanhalingstekens: "…".'),
    ("a of", "Kolom 5: hier hoort een code, facet:code, een eigenschap zoals group:naam, “niet” of “(”, maar er "
             "staat het einde van de vraag."),
])
def test_a_message_reads_as_dutch(text: str, shown: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert Translator("nl")(caught.value.message) == shown


def test_the_operators_are_said_in_other_words_and_names_in_quotes_stay() -> None:
    asked = '("Wet or en and" or burger) and not negatief'
    said = in_words(asked, {"and": "en", "or": "of", "not": "niet"})
    assert said == '("Wet or en and" of burger) en niet negatief'
    assert parse(said) == parse(asked)
