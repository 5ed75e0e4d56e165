"""The index: kept current step by step it equals one built anew, and a reference on Python integers."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.query import bits
from codebook.query.columns import DECIDED_NO, DECIDED_YES
from codebook.query.index import ANY, DECIDED, CodeIndex

_CODES, _CODERS, _FACETS = (1, 2, 3), (1, 2), (7, 8)
Rows = set[tuple[int, int, int]]


class Reference:
    """The same facts as plain sets; a set of narratieven is a Python integer, bit i for the i-th in order."""

    def __init__(self) -> None:
        self.documents: dict[int, list[tuple[int, int]]] = {}
        self.codings: Rows = set()
        self.absent: Rows = set()

    def order(self) -> list[int]:
        return [narratief for rows in self.documents.values() for narratief, _ in rows]

    def column(self, rows: Rows, key: int, coder: int | None) -> int:
        place = {narratief: at for at, narratief in enumerate(self.order())}
        held = {n for n, k, c in rows if k == key and (c == coder or (coder is None and c >= 0))}
        return sum(1 << place[n] for n in held)

    def rebuilt(self) -> CodeIndex:
        rows = [(n, d, nr) for d, narratieven in self.documents.items() for n, nr in narratieven]
        ids, documents, nrs = zip(*rows, strict=True) if rows else ((), (), ())
        return CodeIndex.build(ids, documents, nrs, sorted(self.codings), sorted(self.absent))


def _as_int(index: CodeIndex, found: bits.Bits) -> int:
    ranks = index.ranks[index.slots(found)]
    return sum(1 << int(rank) for rank in ranks)


def _same(index: CodeIndex, reference: Reference) -> None:
    assert index.ids(index.live).tolist() == reference.order()
    assert index.n == len(reference.order())
    for code in _CODES:
        for coder in _CODERS:
            expected = reference.column(reference.codings, code, coder)
            assert _as_int(index, index.column(code, coder)) == expected
            assert index.count(code, coder) == expected.bit_count()
        united = reference.column(reference.codings, code, None)
        assert _as_int(index, index.column(code)) == united
        assert index.count(code) == united.bit_count()
    for facet in _FACETS:
        assert _as_int(index, index.not_mentioned(facet)) == reference.column(reference.absent, facet, None)
    keys = index.place_keys[index.slots(index.live)]
    assert bool(np.all(np.diff(keys) > 0))


@st.composite
def _histories(draw: st.DrawFn) -> list[tuple[str, tuple[int, ...]]]:
    small = st.integers(0, 30)
    step = st.one_of(
        st.tuples(st.just("code"), st.tuples(small, st.sampled_from(_CODES), st.sampled_from(_CODERS), st.booleans())),
        st.tuples(st.just("absent"),
                  st.tuples(small, st.sampled_from(_FACETS), st.sampled_from(_CODERS), st.booleans())),
        st.tuples(st.just("document"), st.tuples(st.integers(1, 4), st.integers(0, 70), st.booleans())),
        st.tuples(st.just("order"), st.tuples(small)),
    )
    return draw(st.lists(step, max_size=25))


def _replace(index: CodeIndex, reference: Reference, document: int, size: int, keep: bool, fresh: int) -> int:
    """Re-cut one document: `keep` its narratieven as far as they reach, as a split or join does."""
    old = [narratief for narratief, _ in reference.documents.get(document, [])] if keep else []
    ids = [*old[:size], *range(fresh, fresh + max(0, size - len(old)))]
    reference.documents[document] = [(narratief, nr) for nr, narratief in enumerate(ids, 1)]
    living = set(reference.order())
    reference.codings = {row for row in reference.codings if row[0] in living}
    reference.absent = {row for row in reference.absent if row[0] in living}
    here = [sorted(row for row in rows if row[0] in ids) for rows in (reference.codings, reference.absent)]
    index.replace_document(document, ids, range(1, len(ids) + 1), here[0], here[1])
    return fresh + size


@settings(max_examples=80)
@given(_histories())
def test_kept_current_it_equals_the_reference_and_a_rebuild(history: list[tuple[str, tuple[int, ...]]]) -> None:
    reference, fresh = Reference(), 100
    reference.documents = {1: [(5, 1), (3, 2), (9, 4)], 2: [(4, 1)]}
    index = reference.rebuilt()
    for what, values in history:
        if what == "document":
            fresh = _replace(index, reference, values[0], values[1], bool(values[2]), fresh)
        elif what == "order":
            documents = sorted(reference.documents, key=lambda d: (d * 7 + values[0]) % 5)
            reference.documents = {document: reference.documents[document] for document in documents}
            index.order_documents(documents)
        elif reference.order():
            narratief = reference.order()[values[0] % len(reference.order())]
            rows = reference.codings if what == "code" else reference.absent
            row = (narratief, values[1], values[2])
            put = index.set if what == "code" else index.set_not_mentioned
            assert put(*row, bool(values[3])) == ((row in rows) != bool(values[3]))
            (rows.add if values[3] else rows.discard)(row)
    _same(index, reference)
    _same(reference.rebuilt(), reference)


def _small() -> CodeIndex:
    codings = [(11, 1, 1), (11, 1, 2), (12, 1, 2), (13, 2, 1), (12, 1, 2)]
    return CodeIndex.build([11, 12, 13], [1, 1, 2], [1, 2, 1], codings, [(13, 7, 1)])


def test_whose_codings_count() -> None:
    index = _small()
    index.set(11, 1, DECIDED_NO, True)
    index.set(13, 1, DECIDED_YES, True)
    assert index.ids(index.column(1, ANY)).tolist() == [11, 12]
    assert index.ids(index.column(1, 2)).tolist() == [11, 12]
    assert index.ids(index.column(1, 1)).tolist() == [11]
    assert index.ids(index.column(1, DECIDED)).tolist() == [12, 13]
    assert index.counts() == {1: 2, 2: 1}
    assert index.counts(DECIDED) == {1: 2, 2: 1}
    assert index.coders() == [1, 2]
    with pytest.raises(ValueError, match="Whose codings"):
        index.column(1, "all")


def test_a_coding_of_two_coders_stays_until_both_are_gone() -> None:
    index = _small()
    assert index.count(1) == 2
    index.set(11, 1, 1, False)
    assert index.count(1) == 2
    index.set(11, 1, 2, False)
    assert index.ids(index.column(1)).tolist() == [12]
    assert index.count(1) == 1


def test_codes_of_slots_and_filling_a_column() -> None:
    index = _small()
    assert index.codes_of(index.slots(index.live)) == [[1], [1], [2]]
    index.fill(1, 2, [13])
    assert index.codes_of(index.slots(index.live)) == [[1], [], [1, 2]]
    index.fill_not_mentioned(7, 1, [])
    assert index.ids(index.not_mentioned(7)).tolist() == []


def test_a_new_document_takes_its_place_in_the_order() -> None:
    index = _small()
    index.replace_document(3, [20, 21], [1, 2], [(21, 2, 1)], before=2)
    assert index.documents == [1, 3, 2]
    assert index.ids(index.column(2)).tolist() == [21, 13]


def test_an_empty_index_answers_nothing() -> None:
    index = CodeIndex.build([], [], [], [], [])
    assert (index.n, index.documents, index.ids(index.column(1)).tolist()) == (0, [], [])
    index.replace_document(1, [5], [1])
    assert index.ids(index.live).tolist() == [5]


@pytest.mark.parametrize("ids, documents, nrs", [
    ([1, 2, 3], [1, 2, 1], [1, 1, 2]),
    ([1, 2], [1, 1], [2, 1]),
    ([1, 1], [1, 1], [1, 2]),
])
def test_a_loader_that_breaks_the_order_is_told(ids: list[int], documents: list[int], nrs: list[int]) -> None:
    with pytest.raises(ValueError):
        CodeIndex.build(ids, documents, nrs, [], [])


def test_a_coding_of_an_unknown_narratief_is_no_silent_loss() -> None:
    with pytest.raises(KeyError, match="99"):
        CodeIndex.build([1], [1], [1], [(99, 1, 1)], [])
    with pytest.raises(KeyError):
        _small().set(99, 1, 1, True)


def test_ids_far_apart_and_many_codings_are_found_as_well() -> None:
    rng = np.random.default_rng(2)
    for ids in (rng.permutation(np.arange(3, 9_000, 2)), np.arange(3_000) * 1_000_003):
        codes, coders = rng.integers(1, 9, 20_000) * 400_000, rng.integers(0, 3, 20_000)
        rows = np.column_stack([rng.choice(ids, 20_000), codes, coders])
        index = CodeIndex.build(ids, [1] * ids.size, range(1, ids.size + 1), rows, [])
        for code in range(400_000, 3_600_000, 400_000):
            expected = set(rows[(rows[:, 1] == code) & (rows[:, 2] == 1), 0].tolist())
            assert set(index.ids(index.column(code, 1)).tolist()) == expected
            assert index.count(code, 1) == len(expected)
        with pytest.raises(KeyError, match=r"^4$"):
            CodeIndex.build(ids, [1] * ids.size, range(1, ids.size + 1), [*rows.tolist(), (4, 1, 1)], [])
        assert index.n == bits.count(index.of_ids([*ids.tolist(), 4, -1]))


def test_a_small_answer_stands_in_canonical_order_too() -> None:
    rows = [(0, 1, 1), (55, 1, 1), (99, 1, 1)]
    index = CodeIndex.build(range(100), np.arange(100) // 10, np.arange(100) % 10, rows, [])
    index.order_documents(range(9, -1, -1))
    assert index.ids(index.column(1)).tolist() == [99, 55, 0]


def test_cutting_again_and_again_uses_the_emptied_slots() -> None:
    index = _small()
    before = index.capacity
    for fresh in range(100, 2_000, 10):
        index.replace_document(1, range(fresh, fresh + 9), range(1, 10))
        index.replace_document(1, [fresh], [1])
    assert index.capacity == before


def test_refusing_an_id_of_another_document_changes_nothing() -> None:
    index = _small()
    with pytest.raises(ValueError, match="twice"):
        index.replace_document(2, [11, 13], [1, 2])
    assert index.ids(index.live).tolist() == [11, 12, 13]
    assert index.ids(index.column(2)).tolist() == [13]


@given(st.sets(st.integers(0, 400)))
def test_packed_bits_equal_python_integers(slots: set[int]) -> None:
    packed = bits.from_slots(np.array(sorted(slots), dtype=np.int64), 448)
    assert bits.to_slots(packed).tolist() == sorted(slots)
    assert bits.count(packed) == len(slots)
    assert int.from_bytes(packed.view(np.uint8).tobytes(), "little") == sum(1 << slot for slot in slots)


def test_one_coding_takes_microseconds() -> None:
    n = 100_000
    index = CodeIndex.build(np.arange(n), np.zeros(n, dtype=int), np.arange(1, n + 1), [(0, 1, 1)], [])
    index.count(1)
    begin = perf_counter()
    for narratief in range(2000):
        index.set(narratief, 1, 1, narratief % 3 > 0)
    assert (perf_counter() - begin) / 2000 < 50e-6
