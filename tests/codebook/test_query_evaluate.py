"""Every operator and unit against a brute-force evaluator on Python sets, over random small projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.query import algebra as a
from codebook.query.catalogue import Catalogue, CodeName, CoderName, DocumentName, FacetName, SavedQuery
from codebook.query.columns import DECIDED_NO, DECIDED_YES
from codebook.query.evaluate import evaluate
from codebook.query.index import CodeIndex
from codebook.query.text import parse, to_text
from codebook.query.units import Unit
from corpora.errors import QueryError, UsageError

FACETS = (FacetName(1, "WAT"), FacetName(2, "HOE"))
CODES = (CodeName(10, 1, "team"), CodeName(11, 1, "leerteam", 10), CodeName(12, 1, "wijkteam", 10),
         CodeName(13, 1, "kern", 11), CodeName(20, 2, "positief"), CodeName(21, 2, "vraag"))
CODERS = (CoderName(1, "Anna"), CoderName(2, "Bram"))
WORDS = {"kantelen": {3, 4, 8}, "eigen kracht": {4, 5, 6, 12}}


@dataclass(frozen=True)
class Study:
    """A project as plain Python: narratieven in canonical order as (id, document, nr), and sets of tuples."""

    narratieven: tuple[tuple[int, int, int], ...]
    codings: frozenset[tuple[int, int, int]]
    absent: frozenset[tuple[int, int, int]]
    groups: dict[int, str] = field(hash=False)

    @property
    def documents(self) -> dict[int, int]:
        return {narratief: document for narratief, document, _ in self.narratieven}

    def index(self) -> CodeIndex:
        ids, documents, nrs = zip(*self.narratieven, strict=True) if self.narratieven else ((), (), ())
        return CodeIndex.build(ids, documents, nrs, sorted(self.codings), sorted(self.absent))

    def catalogue(self) -> Catalogue:
        documents = [DocumentName(d, f"Document {d}", group, "interview" if d % 2 else "logboek",
                                  {"leeftijd": str(30 + d)}) for d, group in self.groups.items()]
        saved = (SavedQuery("mooi", "positief and not vraag"), SavedQuery("toen", narratief_ids=(1, 4, 9)))
        return Catalogue(FACETS, CODES, CODERS, documents, saved, groups=("Managers", "Leercoaches"))


@st.composite
def studies(draw: st.DrawFn) -> Study:
    sizes = draw(st.lists(st.integers(1, 5), min_size=0, max_size=5))
    ids = iter(draw(st.permutations(range(1, sum(sizes) + 1))))
    places = [(document, nr) for document, size in enumerate(sizes, 1) for nr in range(1, size + 1)]
    narratieven = tuple((next(ids), document, nr) for document, nr in places)
    known = st.sampled_from([n for n, _, _ in narratieven] or [0])
    coder = st.sampled_from([1, 2, DECIDED_YES, DECIDED_NO])
    codings = draw(st.frozensets(st.tuples(known, st.sampled_from([c.id for c in CODES]), coder), max_size=40))
    absent = draw(st.frozensets(st.tuples(known, st.sampled_from([1, 2]), st.sampled_from([1, 2])), max_size=8))
    groups = {document: draw(st.sampled_from(["Managers", "Leercoaches", ""])) for document in range(1, 6)}
    return Study(narratieven, codings if narratieven else frozenset(), absent if narratieven else frozenset(), groups)


def _number(operator: str, left: int, right: int, distance: int) -> bool:
    gap = left - right
    return {"follows": 1 <= gap <= distance, "precedes": 1 <= -gap <= distance, "near": abs(gap) <= distance}[operator]


class Brute:
    """The rules of the language, said once more with sets of ids."""

    def __init__(self, study: Study, codings: str | int) -> None:
        self.study, self.codings = study, codings
        self.everything = {n for n, _, _ in study.narratieven}
        self.place = {n: (d, nr) for n, d, nr in study.narratieven}

    def carrying(self, rows: frozenset[tuple[int, int, int]], key: int) -> set[int]:
        by = {coder: {n for n, k, c in rows if k == key and c == coder} for coder in (1, 2, DECIDED_YES, DECIDED_NO)}
        if isinstance(self.codings, int):
            return by[self.codings]
        united = by[1] | by[2]
        return united if self.codings == "any" else (united - by[DECIDED_NO]) | by[DECIDED_YES]

    def leaf(self, node: a.Expression) -> set[int]:
        if isinstance(node, a.Code):
            return self.carrying(self.study.codings, next(c.id for c in CODES if c.label == node.label))
        if isinstance(node, a.AnyOf):
            facet = next(f.id for f in FACETS if f.label == node.facet)
            return set().union(*(self.carrying(self.study.codings, c.id) for c in CODES if c.facet_id == facet))
        if isinstance(node, a.NotMentioned):
            return self.absent(next(f.id for f in FACETS if f.label == node.facet))
        if isinstance(node, a.Tree):
            return set().union(*(self.carrying(self.study.codings, c) for c in TREE[node.step, node.code.label]))
        if isinstance(node, a.Place):
            return self.placed(node)
        return self.of_property(node)

    def absent(self, facet: int) -> set[int]:
        """Marked so; where anything was decided in the facet, what the decisions leave without a code of it."""
        marked = self.carrying(self.study.absent, facet)
        if self.codings != "decided":
            return marked
        own = {c.id for c in CODES if c.facet_id == facet}
        settled = {n for n, code, coder in self.study.codings if code in own and coder < 0} & self.everything
        left = set().union(*(self.carrying(self.study.codings, code) for code in own))
        return (marked - settled) | (settled - left)

    def placed(self, node: a.Place) -> set[int]:
        left, right = self.narratieven(node.left), self.narratieven(node.right)
        return {n for n in left for m in right if self.place[n][0] == self.place[m][0]
                and _number(node.operator, self.place[n][1], self.place[m][1], node.distance)}

    def of_property(self, node: a.Expression) -> set[int]:
        if isinstance(node, a.Text):
            return WORDS[node.words] & self.everything
        if isinstance(node, a.Attribute):
            return {n for n, (d, _) in self.place.items() if 30 + d > int(node.value)}
        assert isinstance(node, a.Property)
        if node.name == "query":
            live = self.narratieven(parse("positief and not vraag"))
            return {1, 4, 9} & self.everything if node.value == "toen" else live
        tests: dict[str, Callable[[int], bool]] = {
            "document": lambda d: f"Document {d}" == node.value, "group": lambda d: self.study.groups[d] == node.value,
            "kind": lambda d: ("interview" if d % 2 else "logboek") == node.value}
        return {n for n, (d, _) in self.place.items() if tests[node.name](d)}

    def holds(self, node: a.Expression, truth: Callable[[a.Expression], bool]) -> bool:
        if isinstance(node, a.And):
            return all(self.holds(term, truth) for term in node.terms)
        if isinstance(node, a.Or):
            return any(self.holds(term, truth) for term in node.terms)
        if isinstance(node, a.Xor):
            return sum(self.holds(term, truth) for term in node.terms) % 2 == 1
        if isinstance(node, a.OneOf):
            return sum(self.holds(term, truth) for term in node.terms) == 1
        if isinstance(node, a.Not):
            return not self.holds(node.term, truth)
        return truth(node)

    def narratieven(self, node: a.Expression) -> set[int]:
        return {n for n in self.everything if self.holds(node, lambda leaf, n=n: n in self.leaf(leaf))}

    def in_units(self, node: a.Expression, unit_of: Callable[[int], object]) -> tuple[set[int], int]:
        units = {unit_of(n) for n in self.everything}
        held = {leaf: {unit_of(n) for n in self.leaf(leaf)} for leaf in a.walk(node) if is_leaf(leaf)}
        chosen = {u for u in units if self.holds(node, lambda leaf, u=u: u in held[leaf])}
        carrying = set().union(*(self.leaf(leaf) for leaf in operands(node)))
        listed = {n for n in self.everything if unit_of(n) in chosen}
        bare = chosen - {unit_of(n) for n in carrying}
        return {n for n in listed if n in carrying or unit_of(n) in bare}, len(chosen)


def is_leaf(node: a.Expression) -> bool:
    return not isinstance(node, a.And | a.Or | a.Xor | a.OneOf | a.Not)


def operands(node: a.Expression) -> list[a.Expression]:
    if isinstance(node, a.Not):
        return []
    if isinstance(node, a.And | a.Or | a.Xor | a.OneOf):
        return [leaf for term in node.terms for leaf in operands(term)]
    return [node]


TREE = {("down", "team"): [10, 11, 12, 13], ("down", "leerteam"): [11, 13], ("up", "kern"): [13, 11],
        ("up", "team"): [10], ("siblings", "wijkteam"): [11, 12], ("siblings", "positief"): [20]}
_leaves = st.sampled_from([parse(text) for text in (
    *(c.label for c in CODES), "WAT:*", "HOE:*", 'WAT:"niet genoemd"', 'HOE:"niet genoemd"', 'document:"Document 2"',
    "group:Managers", "kind:logboek", "attribute:leeftijd>32", "text:kantelen", 'text:"eigen kracht"', "query:mooi",
    "query:toen", *(f"{step}({label})" for step, label in TREE))])


def _grown(inner: st.SearchStrategy[a.Expression]) -> st.SearchStrategy[a.Expression]:
    many = st.lists(inner, min_size=2, max_size=4).map(tuple)
    places = st.sampled_from(["follows", "precedes", "near"])
    return st.one_of(st.builds(a.And, many), st.builds(a.Or, many), st.builds(a.Xor, many),
                     st.builds(a.OneOf, many), st.builds(a.Not, inner),
                     st.builds(a.Place, places, inner, inner, st.integers(0, 4)))


expressions = st.recursive(_leaves, _grown, max_leaves=6)


def search(words: str, phrase: bool) -> list[int]:
    return sorted(WORDS[words])


def _in_order(study: Study, ids: set[int]) -> list[int]:
    return [n for n, _, _ in study.narratieven if n in ids]


@settings(max_examples=200)
@given(studies(), expressions, st.sampled_from(["any", "decided", 1, 2]),
       st.sampled_from(["narratief", "document", "group"]))
def test_engine_equals_brute_force(study: Study, expression: a.Expression, codings: str | int,
                                   unit: Unit) -> None:
    brute = Brute(study, codings)
    if unit == "narratief":
        found = brute.narratieven(expression)
        units = len(found)
    else:
        documents = study.documents
        found, units = brute.in_units(
            expression, documents.__getitem__ if unit == "document" else lambda n: study.groups[documents[n]])
    result = evaluate(expression, study.index(), study.catalogue(), unit=unit, codings=codings, text=search)
    assert result.ids.tolist() == _in_order(study, found)
    assert (result.count, result.units) == (len(found), units)
    assert result.documents == len({study.documents[n] for n in found})


@settings(max_examples=60)
@given(studies(), expressions, st.sampled_from([1, 2]))
def test_a_coder_term_is_the_choice_of_that_coder(study: Study, expression: a.Expression, coder: int) -> None:
    name = {1: "anna", 2: "Bram"}[coder]
    index, catalogue = study.index(), study.catalogue()
    asked = parse(f"coder:{name} and ({to_text(expression)})")
    with_term = evaluate(asked, index, catalogue, text=search)
    chosen = evaluate(expression, index, catalogue, codings=coder, text=search)
    assert with_term.ids.tolist() == chosen.ids.tolist()
    assert with_term.codings == name.capitalize()


@settings(max_examples=60)
@given(studies(), expressions, st.sampled_from(["narratief", "document"]))
def test_parts_count_what_they_would_answer_alone(study: Study, expression: a.Expression, unit: Unit) -> None:
    index, catalogue = study.index(), study.catalogue()
    result = evaluate(expression, index, catalogue, unit=unit, text=search, parts=True)
    for part in result.parts:
        alone = evaluate(part.node, index, catalogue, unit=unit, text=search)
        assert part.count == alone.units
    assert result.parts[0].count == result.units


def _study(*codings: tuple[int, int, int]) -> Study:
    """Two documents, of five and three narratieven, numbered 1-5 and 6-8."""
    places = tuple((n, 1 if n <= 5 else 2, n if n <= 5 else n - 5) for n in range(1, 9))
    return Study(places, frozenset(codings), frozenset(), {1: "Managers", 2: ""})


BORDER = _study((1, 20, 1), (5, 20, 1), (6, 20, 1), (1, 21, 1), (3, 21, 1), (8, 21, 1))


@pytest.mark.parametrize("text, ids", [
    ("follows(positief, vraag, 1)", []),
    ("follows(positief, vraag, 2)", [5]),
    ("follows(positief, vraag, 99999999999)", [5]),
    ("follows(vraag, positief, 2)", [3, 8]),
    ("precedes(positief, vraag, 2)", [1, 6]),
    ("precedes(positief, vraag, 1)", []),
    ("near(positief, vraag, 0)", [1]),
    ("near(positief, vraag, 2)", [1, 5, 6]),
    ("near(vraag, positief, 1)", [1]),
    ("follows(positief, positief, 3)", []),
    ("follows(positief, positief, 4)", [5]),
])
def test_position_operators_at_their_borders(text: str, ids: list[int]) -> None:
    assert evaluate(parse(text), BORDER.index(), BORDER.catalogue()).ids.tolist() == ids


def test_units_list_operands_or_everything() -> None:
    index, catalogue = BORDER.index(), BORDER.catalogue()

    def ids(text: str, unit: Unit) -> list[int]:
        return evaluate(parse(text), index, catalogue, unit=unit).ids.tolist()

    assert ids("positief and vraag", "narratief") == [1]
    assert ids("positief and vraag", "document") == [1, 3, 5, 6, 8]
    assert ids("positief and not team", "document") == [1, 5, 6]
    assert ids("not team", "document") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert ids("team or not kern", "document") == [1, 2, 3, 4, 5, 6, 7, 8]
    assert ids("positief and document:\"document 2\"", "group") == [6, 7, 8]


@pytest.mark.parametrize("text, column, words", [
    ("positief or coder:Anna", 13, "top"),
    ("not coder:Anna", 5, "top"),
    ("coder:Anna and coder:Bram", 16, "once"),
    ("near(positief, coder:Anna, 1)", 16, "top"),
    ("coder:Ana and positief", 1, "“Anna”"),
    ("vraag and positeif", 11, "HOE:positief"),
    ("HOE:team", 1, "WAT:team"),
    ("HO:team", 1, "“HOE”"),
    ("HOU:*", 1, "“HOE”"),
    ("zzzz", 1, "no code"),
    ("group:Manager", 1, "“Managers”"),
    ("kind:dagboek", 1, "“logboek”"),
    ("document:Document", 1, "“Document 1”"),
    ("attribute:leeftid>3", 1, "“leeftijd”"),
    ("query:moi", 1, "“mooi”"),
    ("vraag or query:kapot", 10, "zzzz"),
    ("query:kring", 1, "itself"),
])
def test_names_that_do_not_exist(text: str, column: int, words: str) -> None:
    catalogue = replace(BORDER.catalogue(), saved=(
        SavedQuery("mooi", "positief"), SavedQuery("kapot", "zzzz"), SavedQuery("kring", "query:KRING or vraag")))
    with pytest.raises(QueryError) as caught:
        evaluate(parse(text), BORDER.index(), catalogue)
    assert caught.value.column == column
    assert words in str(caught.value)


def test_a_label_of_two_facets_must_say_which() -> None:
    catalogue = replace(BORDER.catalogue(), codes=(*CODES, CodeName(30, 2, "Team")))
    with pytest.raises(QueryError, match="WAT:team, HOE:Team"):
        evaluate(parse("team"), BORDER.index(), catalogue)
    assert evaluate(parse("hoe:TEAM"), BORDER.index(), catalogue).count == 0
    assert [catalogue.spelled(code) for code in (10, 30, 20)] == ["WAT:team", "HOE:Team", "positief"]


def test_a_name_from_outside_an_expression_is_refused_without_a_column() -> None:
    with pytest.raises(UsageError, match=r"^There is no code “positeif”. Did you mean HOE:positief"):
        BORDER.catalogue().code(a.Code("positeif", "HOE"))
    with pytest.raises(UsageError, match=r"^There is no facet “WTA”. Did you mean “WAT”"):
        BORDER.catalogue().facet("WTA")


def test_names_match_whatever_capitals_spaces_and_apostrophes() -> None:
    catalogue = replace(BORDER.catalogue(), codes=(CodeName(20, 2, "SWT’s in  de Wijk"),))
    assert evaluate(parse('"swt\'s in de wijk"'), BORDER.index(), catalogue).count == 3


@pytest.mark.parametrize("text, ids", [
    ("attribute:leeftijd=31", [1, 2, 3, 4, 5]),
    ('attribute:Leeftijd>="31,5"', [6, 7, 8]),
    ("attribute:leeftijd!=31", [6, 7, 8]),
    ("attribute:leeftijd<jong", []),
])
def test_attributes_compare_as_numbers(text: str, ids: list[int]) -> None:
    assert evaluate(parse(text), BORDER.index(), BORDER.catalogue()).ids.tolist() == ids


def test_only_a_coder_lists_what_that_coder_coded() -> None:
    study = _study((2, 20, 2), (7, 10, 2), (3, 20, 1))
    assert evaluate(parse("coder:Bram"), study.index(), study.catalogue()).ids.tolist() == [2, 7]


def test_the_answer_follows_the_order_of_the_documents_not_of_the_slots() -> None:
    index, catalogue = BORDER.index(), BORDER.catalogue()
    index.order_documents([2, 1])
    assert evaluate(parse("positief or vraag"), index, catalogue).ids.tolist() == [6, 8, 1, 3, 5]
    assert np.all(np.diff(index.ranks[evaluate(parse("positief"), index, catalogue).slots]) > 0)
