"""Narratieven: every operation keeps order, words and codings; undo and redo give back exactly what was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import coding, memos
from codebook.models import Coding, Flag, Memo, NotMentioned, Quote
from corpora import documents, narratives
from corpora.errors import NarratiefError, RefusedError, UsageError
from corpora.messages import message
from corpora.models import Document, Narratief
from corpora.narratives import Progress, Span
from corpora.store.project import Project
from tests.codebook.places import TEXT, code_ids, coder, dump, facet_ids, project_with_text


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = project_with_text(tmp_path)
    yield made
    made.close()


def pieces(project: Project) -> list[Narratief]:
    with project.read() as session:
        return narratives.of_document(session, 1)


def bounds(project: Project) -> list[tuple[int, int]]:
    return [(n.start, n.end) for n in pieces(project)]


def words(project: Project) -> list[str]:
    return [TEXT[n.start:n.end] for n in pieces(project)]


def do(project: Project, operation: Callable[..., object], *args: object, **more: object) -> object:
    return project.step(message("Test"), operation, *args, **more)


def test_a_split_leaves_the_white_space_to_neither_part(project: Project) -> None:
    first = pieces(project)[0]
    at = TEXT.index("om half")
    do(project, narratives.split, first.id, at)
    assert words(project)[:2] == ["We beginnen", "om half negen. "]
    do(project, narratives.split, first.id, 3)
    assert words(project)[:2] == ["We", "beginnen"]


@pytest.mark.parametrize("at", [0, 28, 60])
def test_a_split_needs_words_on_both_sides(project: Project, at: int) -> None:
    with pytest.raises(UsageError, match="inside the narratief"):
        do(project, narratives.split, pieces(project)[0].id, at)


def test_a_quote_over_the_cut_stays_with_its_first_word(project: Project) -> None:
    who, first = coder(project, "Anna"), pieces(project)[0]
    over = do(project, memos.quote, who, 1, 3, 20)
    behind = do(project, memos.quote, who, 1, 15, 20)
    second = do(project, narratives.split, first.id, 12)
    with project.read() as session:
        assert session.get_one(Quote, over).narratief_id == first.id
        assert session.get_one(Quote, behind).narratief_id == second


def test_shifting_takes_quotes_along_and_accepts_the_beginning_that_moved(project: Project) -> None:
    who, (left, right) = coder(project, "Anna"), pieces(project)[:2]
    do(project, narratives.set_segmentation, 1, [Span(0, 28, proposed=True), Span(28, len(TEXT), proposed=True)],
       replace=True)
    left, right = pieces(project)
    quote = do(project, memos.quote, who, 1, 12, 20)
    do(project, narratives.shift, left.id, right.id, TEXT.index("om half"))
    assert [n.proposed for n in pieces(project)] == [True, False]
    with project.read() as session:
        assert session.get_one(Quote, quote).narratief_id == right.id
    do(project, narratives.shift, left.id, right.id, TEXT.index("de eerste"))
    with project.read() as session:
        assert session.get_one(Quote, quote).narratief_id == left.id


def test_only_neighbours_share_a_boundary(project: Project) -> None:
    one, two, three, *_ = pieces(project)
    for wrong in [(one, three), (two, one), (one, one)]:
        with pytest.raises(UsageError):
            do(project, narratives.shift, wrong[0].id, wrong[1].id, two.start + 3)
    assert bounds(project) == [(n.start, n.end) for n in pieces(project)]


def test_bounds_move_over_words_outside_but_not_over_a_neighbour_or_off_a_quote(project: Project) -> None:
    one, two, *_ = pieces(project)
    do(project, narratives.remove, two.id)
    do(project, narratives.move_boundary, one.id, None, TEXT.index("eerste"))
    assert words(project)[0] == "We beginnen om half negen. Dan komt de"
    with pytest.raises(UsageError, match="overlap"):
        do(project, narratives.set_bounds, one.id, 0, len(TEXT))
    do(project, memos.quote, coder(project, "Anna"), 1, 3, 11)
    with pytest.raises(RefusedError, match="quote"):
        do(project, narratives.move_boundary, None, one.id, TEXT.index("om half"))


def test_a_stretch_is_cut_out_of_the_narratief_that_holds_it(project: Project) -> None:
    who, code = coder(project, "Anna"), code_ids(project)["Casus"]
    first = pieces(project)[0]
    do(project, coding.apply, who, [first.id], [code])
    start = TEXT.index("om half")
    middle = do(project, narratives.carve, 1, start - 1, start + 8, counts=False)
    assert words(project)[:3] == ["We beginnen", "om half", "negen. "]
    assert [n.counts for n in pieces(project)][:3] == [True, False, True]
    with project.read() as session:
        coded = session.scalars(select(Coding.narratief_id)).all()
    assert set(coded) == {n.id for n in pieces(project)[:3]}
    assert middle == pieces(project)[1].id
    with pytest.raises(UsageError, match="Select words of one"):
        do(project, narratives.carve, 1, 5, 60)


def test_words_outside_become_a_narratief(project: Project) -> None:
    do(project, narratives.clear, 1)
    assert bounds(project) == []
    do(project, narratives.carve, 1, 0, len(TEXT))
    assert words(project) == [TEXT]


def test_what_lies_outside() -> None:
    text = " Een. Twee drie. "
    assert narratives.outside(text, []) == [(1, 16)]
    assert narratives.outside(text, [(1, 5)]) == [(6, 16)]
    assert narratives.outside(text, [(1, 5), (11, 16)]) == [(6, 10)]
    assert narratives.outside(text, [(1, 16)]) == []
    assert narratives.outside("  \n", []) == []


def test_a_person_setting_the_same_bounds_accepts_and_a_proposal_does_not_undo_that(project: Project) -> None:
    here = [Span(n.start, n.end, n.counts) for n in pieces(project)]
    do(project, narratives.set_segmentation, 1, [Span(s.start, s.end, s.counts, proposed=True) for s in here])
    assert not any(n.proposed for n in pieces(project))
    do(project, narratives.clear, 1)
    do(project, narratives.set_segmentation, 1, [Span(s.start, s.end, s.counts, proposed=True) for s in here])
    assert all(n.proposed for n in pieces(project))
    do(project, narratives.set_segmentation, 1, here)
    assert not any(n.proposed for n in pieces(project))


def test_progress_counts_each_kind(project: Project) -> None:
    do(project, narratives.add, 1, bounds(project)[-1][1], len(TEXT)) if bounds(project)[-1][1] < len(TEXT) else None
    with project.read() as session:
        found = narratives.progress(session)
        assert found == narratives.progress(session, [1])
        assert narratives.progress(session, [99]) == {}
    here = pieces(project)
    assert found[1] == Progress(sum(n.counts for n in here), 0, sum(not n.counts for n in here))


# Any sequence of operations


@dataclass
class Expected:
    """What should hang on each narratief: (coder, code), (coder, facet) marked absent, flags; quotes and memos."""

    codings: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    absent: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    flags: dict[int, set[int]] = field(default_factory=dict)
    memos: dict[int, set[int]] = field(default_factory=dict)
    quotes: set[int] = field(default_factory=set)


def hanging(session: Session) -> Expected:
    found = Expected({n.id: set() for n in narratives.of_document(session, 1)})
    found.absent, found.flags, found.memos = (deepcopy(found.codings) for _ in range(3))
    for one in session.scalars(select(Coding)):
        found.codings[one.narratief_id].add((one.coder_id, one.code_id))
    for gone in session.scalars(select(NotMentioned)):
        found.absent[gone.narratief_id].add((gone.coder_id, gone.facet_id))
    for flag in session.scalars(select(Flag)):
        found.flags[flag.narratief_id].add(flag.coder_id)
    for memo in session.scalars(select(Memo).where(Memo.about == "narratief")):
        found.memos[memo.about_id].add(memo.id)
    found.quotes = set(session.scalars(select(Quote.id)))
    return found


class Play:
    """Plays operations on a project and on what is expected of it."""

    def __init__(self, project: Project, facet_of: dict[int, int]) -> None:
        self.project, self.facet_of = project, facet_of
        with project.read() as session:
            self.states = [hanging(session)]
        self.at = 0
        self.told: list[str] = []
        project.listen(lambda changed: self.told.append(changed.kind))

    def play(self, name: str, a: int, b: int) -> None:
        if name in ("undo", "redo"):
            self._travel(name)
            return
        before, known = dump(self.project), len(self.told)
        expected = deepcopy(self.states[self.at])
        try:
            getattr(self, f"_{name}")(expected, a, b)
        except NarratiefError:
            assert dump(self.project) == before
            return
        if len(self.told) > known:
            self.states[self.at + 1:] = [expected]
            self.at += 1
        self.check()

    def _travel(self, name: str) -> None:
        step = -1 if name == "undo" else 1
        if 0 <= self.at + step < len(self.states):
            getattr(self.project, name)()
            self.at += step
            self.check()

    def check(self) -> None:
        with self.project.read() as session:
            assert hanging(session) == self.states[self.at]
            length = len(documents.text_of(session, session.get_one(Document, 1)))
            here = narratives.of_document(session, 1)
            assert all(0 <= n.start < n.end <= length for n in here)
            assert all(left.end <= right.start for left, right in pairwise(here))
            bounds_of = {n.id: (n.start, n.end) for n in here}
            for quote in session.scalars(select(Quote)):
                assert bounds_of[quote.narratief_id][0] <= quote.start < bounds_of[quote.narratief_id][1]

    def _pick(self, a: int) -> Narratief:
        here = pieces(self.project)
        if not here:
            raise UsageError("none")
        return here[a % len(here)]

    def _split(self, expected: Expected, a: int, b: int) -> None:
        first = self._pick(a)
        second = do(self.project, narratives.split, first.id, first.start + b % (first.end - first.start + 2))
        assert isinstance(second, int)
        for part in (expected.codings, expected.absent, expected.flags):
            part[second] = set(part[first.id])
        expected.memos[second] = set()

    def _join(self, expected: Expected, a: int, b: int) -> None:
        one, two = self._pick(a), self._pick(a + 1 + b % 2)
        kept = do(self.project, coding.join, one.id, two.id)
        assert isinstance(kept, int)
        other = two.id if kept == one.id else one.id
        for part in (expected.codings, expected.absent, expected.flags, expected.memos):
            part[kept] |= part.pop(other)
        filled = {(who, self.facet_of[code]) for who, code in expected.codings[kept]}
        expected.absent[kept] -= filled

    def _shift(self, expected: Expected, a: int, b: int) -> None:
        left, right = self._pick(a), self._pick(a + 1)
        do(self.project, narratives.shift, left.id, right.id, min(left.start, right.start) + b)

    def _bounds(self, expected: Expected, a: int, b: int) -> None:
        piece = self._pick(a)
        do(self.project, narratives.set_bounds, piece.id, piece.start + b % 9 - 4, piece.end + b % 7 - 3)

    def _counts(self, expected: Expected, a: int, b: int) -> None:
        do(self.project, narratives.set_counts, [self._pick(a).id], bool(b % 2))

    def _add(self, expected: Expected, a: int, b: int) -> None:
        made = do(self.project, narratives.add, 1, a % len(TEXT), min(len(TEXT), a % len(TEXT) + b))
        assert isinstance(made, int)
        for part in (expected.codings, expected.absent, expected.flags, expected.memos):
            part[made] = set()

    def _remove(self, expected: Expected, a: int, b: int) -> None:
        number = self._pick(a).id
        with self.project.read() as session:
            expected.quotes -= set(session.scalars(select(Quote.id).where(Quote.narratief_id == number)))
        do(self.project, narratives.remove, number)
        for part in (expected.codings, expected.absent, expected.flags, expected.memos):
            part.pop(number)


def fill(project: Project) -> dict[int, int]:
    """Two coders' codings, quotes, a memo and a flag; returns code → facet."""
    codes, facets = code_ids(project), facet_ids(project)
    here, who = pieces(project), [coder(project, name) for name in ("Anna", "Bram")]
    do(project, coding.apply, who[0], [n.id for n in here[:3]], [codes["Casus"], codes["eigen"]])
    do(project, coding.apply, who[1], [n.id for n in here[2:]], [codes["Casus"], codes["positief"]])
    do(project, coding.set_not_mentioned, who[1], here[0].id, facets["WAT"], "stond er niet")
    do(project, coding.set_flag, who[0], here[1].id, True, "lastig")
    do(project, memos.write, who[0], "narratief", here[1].id, "mooi")
    for piece in here[:2]:
        do(project, memos.quote, who[0], 1, piece.start + 3, piece.start + 12)
    return {codes[c]: facets[f] for c, f in [("Casus", "WAT"), ("eigen", "WIE"), ("positief", "HOE")]}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, int]]:
    made = project_with_text(tmp_path_factory.mktemp("narratives"))
    facet_of = fill(made)
    made.close()
    assert made.path is not None
    return made.path, facet_of


NAMES = ["split", "split", "join", "shift", "shift", "bounds", "counts", "add", "remove", "undo", "redo"]
OPERATION = st.tuples(st.sampled_from(NAMES), st.integers(0, 150), st.integers(0, 60))
SHORT = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(SHORT, max_examples=25)


@SHORT
@given(operations=st.lists(OPERATION, min_size=4, max_size=10))
def test_any_sequence_keeps_order_and_codings_and_can_be_undone_and_redone(
        operations: list[tuple[str, int, int]], filled: tuple[Path, dict[int, int]],
        tmp_path_factory: pytest.TempPathFactory) -> None:
    play_all(operations, *filled, tmp_path_factory.mktemp("play") / "proef.narratief")


@pytest.mark.slow
@pytest.mark.timeout(1200)
@LONG
@given(operations=st.lists(OPERATION, min_size=4, max_size=30))
def test_long_sequences_keep_order_and_codings_too(
        operations: list[tuple[str, int, int]], filled: tuple[Path, dict[int, int]],
        tmp_path_factory: pytest.TempPathFactory) -> None:
    play_all(operations, *filled, tmp_path_factory.mktemp("play") / "proef.narratief")


def play_all(operations: list[tuple[str, int, int]], source: Path, facet_of: dict[int, int], path: Path) -> None:
    """Play on a copy, then undo everything and redo everything."""
    shutil.copy(source, path)
    project = Project.open(path, "Tester")
    try:
        start = dump(project)
        play = Play(project, facet_of)
        for operation in operations:
            play.play(*operation)
        while play.at + 1 < len(play.states):
            play.play("redo", 0, 0)
        end = dump(project)
        while play.at:
            play.play("undo", 0, 0)
        assert dump(project) == start
        while play.at + 1 < len(play.states):
            play.play("redo", 0, 0)
        assert dump(project) == end
    finally:
        project.close()
        path.unlink()


@pytest.mark.parametrize(("chosen", "whole"), [
    ("nsen ver", "mensen verder"), (" zo'", "zo'n"), ("n huis,", "zo'n huis,"), ("weeks", "doorde-weeks"),
    ("ieën", "knieën"), ("'Ik'", "'Ik'"), ("Ik", "Ik"), ("  ", ""), ("ver", "verder")])
def test_whole_words_of_a_stretch(chosen: str, whole: str) -> None:
    text = "'Ik' help mensen verder in zo'n huis, doorde-weeks,  op hun knieën"
    start = text.index(chosen)
    start, end = narratives.whole_words(text, start, start + len(chosen))
    assert text[start:end] == whole
