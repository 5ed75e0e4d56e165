"""Every kind of conflict, in both orders; copies made by hand, packages and projects made apart; nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from codebook import codes, coding, deciding, founding, memos, merging
from codebook.checks import problems
from codebook.coded import of_document as coded_document
from codebook.merging import Merged
from codebook.models import Code, Coder, Coding, Memo
from codebook.packages import package
from corpora import attributes, corrections, documents, narratives, pseudonyms
from corpora.errors import NarratiefError, ProjectError
from corpora.importing import import_file
from corpora.messages import message
from corpora.models import AttributeValue, Document, OwnBoundary
from corpora.narratives import Span
from corpora.store.project import Project
from tests.codebook.merge_plays import Deed, begin, copy, picture, play
from tests.codebook.places import dump

Work = Callable[[Project], Any]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("base"))


class Table:
    """A base project, and copies in which somebody worked."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.base, self.folder, self.places, self.made = base, folder, list[Path](), 0

    def work(self, who: str, *deeds: Deed, also: Work | None = None) -> Path:
        """A copy with what somebody did."""
        place = self.folder / f"copy {len(self.places)} {who}.narratief"
        project = copy(self.base, place, who)
        play(project, deeds)
        if also is not None:
            also(project)
        project.close()
        self.places.append(place)
        return place

    def merged(self, order: Sequence[int], choices: Any = None) -> tuple[Project, list[Merged]]:
        """The base with the copies merged in an order, sound after each."""
        self.made += 1
        project = copy(self.base, self.folder / f"to {self.made}.narratief", "Mirthe")
        found = [merging.merge(project, [str(self.places[n])], choices) for n in order]
        assert [str(p) for p in problems(project)] == []
        return project, found

    def both_orders(self, choices: Any = None) -> tuple[Project, list[list[tuple[str, str]]]]:
        """The project, which must be the same in either order, and the conflicts of either."""
        first, found = self.merged((0, 1), choices)
        second, other = self.merged((1, 0), choices)
        assert picture(first) == picture(second)
        second.close()
        return first, [[(c.kind, str(c.object)) for one in each for c in one.conflicts] for each in (found, other)]


@pytest.fixture()
def table(base: Path, tmp_path: Path) -> Table:
    return Table(base, tmp_path)


def labels(project: Project) -> list[str]:
    with project.read() as session:
        return sorted(session.scalars(select(Code.label)))


def code_id(project: Project, label: str) -> int:
    with project.read() as session:
        return codes.Lookup(session).code(label).code.id


def coded(project: Project, label: str) -> set[tuple[str, int]]:
    """(coder, where the narratief begins) of the codings of a code."""
    with project.read() as session:
        pieces = {n.id: n.start for d in documents.in_order(session) for n in narratives.of_document(session, d.id)}
        names = {c.id: c.name for c in session.scalars(select(Coder))}
        found = session.scalars(select(Coding).join(Code, Code.id == Coding.code_id).where(Code.label == label))
        return {(names[c.coder_id], pieces[c.narratief_id]) for c in found}


def memo_texts(project: Project, about: str) -> set[str]:
    with project.read() as session:
        return set(session.scalars(select(Memo.body).where(Memo.about == about)))


def test_codings_of_two_coders_come_together(table: Table) -> None:
    table.work("Noor", ("apply", 0, 3, 0))
    table.work("Sem", ("apply", 1, 4, 0), ("remove", 2, 0, 0))
    project, told = table.both_orders()
    assert told == [[], []]
    before, log = dump(project), project.log()
    again = merging.merge(project, [str(place) for place in table.places])
    assert again.nothing
    assert (dump(project), project.log()) == (before, log)


def test_same_name_becomes_one_code(table: Table) -> None:
    table.work("Noor", ("new_code", 1, 0, 0))
    table.work("Sem", ("new_code", 1, 0, 3))
    project, told = table.both_orders()
    assert labels(project).count("Steun") == 1
    assert {who for who, _ in coded(project, "Steun")} == {"Noor", "Sem"}
    assert all([c for c in one if c[0] == "same_name"] == [("same_name", "HOE:Steun")] for one in told)


def test_same_name_may_stay_two(table: Table) -> None:
    table.work("Noor", ("new_code", 1, 0, 0))
    table.work("Sem", ("new_code", 1, 0, 3))
    project, _ = table.both_orders({"same_name": "both"})
    assert [label for label in labels(project) if label.startswith("Steun")] == ["Steun", "Steun (2)"]
    assert coded(project, "Steun") == {("Noor", 0)}
    assert {who for who, _ in coded(project, "Steun (2)")} == {"Sem"}


def test_a_name_that_two_codes_got_is_numbered(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("n"), codes.rename, code_id(p, "Koffie"), "Samen"))
    table.work("Sem", also=lambda p: p.step(message("n"), codes.rename, code_id(p, "Buurt"), "Samen"))
    project, told = table.both_orders()
    assert [label for label in labels(project) if label.startswith("Samen")] == ["Samen", "Samen (2)"]
    assert all("same_name" in {kind for kind, _ in one} for one in told)


def test_renamed_in_both_the_later_holds_and_the_other_stays_readable(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("n"), codes.rename, code_id(p, "Koffie"), "Thee"))
    table.work("Sem", also=lambda p: p.step(message("n"), codes.rename, code_id(p, "Koffie"), "Water"))
    project, told = table.both_orders()
    assert "Water" in labels(project)
    assert not {"Thee", "Koffie"} & set(labels(project))
    assert any("Thee" in body and "Noor" in body for body in memo_texts(project, "code"))
    assert all("renamed" in {kind for kind, _ in one} for one in told)


def test_renamed_in_one_and_used_in_the_other(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("n"), codes.rename, code_id(p, "Koffie"), "Thee"))
    table.work("Sem", also=lambda p: p.step(message("a"), coding.apply, 2, [2], [code_id(p, "Koffie")]))
    project, told = table.both_orders()
    assert ("Sem", 20) in coded(project, "Thee")
    assert all("renamed" in {kind for kind, _ in one} for one in told)


def test_definition_in_both(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("d"), codes.describe, code_id(p, "Koffie"), definition="Warm."))
    table.work("Sem", also=lambda p: p.step(message("d"), codes.describe, code_id(p, "Koffie"), definition="Zwart."))
    project, told = table.both_orders()
    with project.read() as session:
        assert session.get_one(Code, code_id(project, "Koffie")).definition == "Zwart."
    assert any("Warm." in body and "Noor" in body for body in memo_texts(project, "code"))
    assert all("definition" in {kind for kind, _ in one} for one in told)


def test_the_earlier_definition_may_be_chosen(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("d"), codes.describe, code_id(p, "Koffie"), definition="Warm."))
    table.work("Sem", also=lambda p: p.step(message("d"), codes.describe, code_id(p, "Koffie"), definition="Zwart."))
    project, _ = table.merged((0, 1), {("definition", "Koffie"): "ours"})
    with project.read() as session:
        assert session.get_one(Code, code_id(project, "Koffie")).definition == "Warm."
    assert any("Zwart." in body for body in memo_texts(project, "code"))


def test_segmentation_changed_in_one_and_coded_in_the_other(table: Table) -> None:
    table.work("Noor", ("cut", 2, 8, 0))
    table.work("Sem", ("apply", 2, 2, 0))
    project, told = table.both_orders()
    with project.read() as session:
        assert len(narratives.of_document(session, 1)) == 7
    assert len({at for who, at in coded(project, "Koffie") if who == "Sem" and 39 <= at < 60}) == 2
    assert all(set(one) == {("segmentation", "«Gesprek 1»")} for one in told)


def recut(*bounds: int) -> Work:
    def run(project: Project) -> None:
        project.step(message("r"), narratives.set_segmentation, 1,
                     [Span(a, b) for a, b in pairwise(bounds)], replace=True)
    return run


def test_segmentation_changed_in_both(table: Table) -> None:
    table.work("Noor", also=recut(0, 38, 106))
    table.work("Sem", also=recut(0, 19, 57, 106))
    project, told = table.both_orders()
    with project.read() as session:
        assert [(n.start, n.end) for n in narratives.of_document(session, 1)] == [(0, 19), (19, 57), (57, 106)]
        own = session.scalars(select(OwnBoundary).order_by(OwnBoundary.start)).all()
        names = {c.uuid: c.name for c in session.scalars(select(Coder))}
        assert [(names[o.coder_uuid], o.start, o.end) for o in own] == [("Noor", 0, 38), ("Noor", 38, 106)]
    assert all("segmentation" in {kind for kind, _ in one} for one in told)


def test_our_own_segmentation_stays_and_theirs_may_be_chosen(table: Table) -> None:
    theirs = table.work("Noor", also=recut(0, 38, 106))
    project = copy(table.base, table.folder / "ours.narratief", "Mirthe")
    recut(0, 57, 106)(project)
    codings = _count(project)
    found = merging.preview(project, [str(theirs)])
    assert [c.kind for c in found.conflicts] == ["segmentation"]
    ways: list[tuple[dict[tuple[str, str] | str, str], list[tuple[int, int]]]] = [
        ({}, [(0, 57), (57, 106)]), ({"segmentation": "theirs"}, [(0, 38), (38, 106)])]
    for choice, bounds in ways:
        merging.merge(project, [str(theirs)], choice)
        with project.read() as session:
            assert [(n.start, n.end) for n in narratives.of_document(session, 1)] == bounds
        assert [str(p) for p in problems(project)] == []
        project.undo()
    assert _count(project) == codings


def _count(project: Project) -> int:
    with project.read() as session:
        return len(session.scalars(select(Coding.id)).all())


def test_deleted_in_one_and_used_in_the_other(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("d"), codes.remove, code_id(p, "Buurt")))
    table.work("Sem", also=lambda p: p.step(message("a"), coding.apply, 2, [2], [code_id(p, "Buurt")]))
    project, told = table.both_orders()
    assert ("Sem", 20) in coded(project, "Buurt")
    assert all("deleted_used" in {kind for kind, _ in one} for one in told)
    gone, _ = table.merged((1, 0), {"deleted_used": "delete"})
    assert "Buurt" not in labels(gone)


def test_a_deleted_code_that_nobody_uses_stays_deleted(base: Path, tmp_path: Path) -> None:
    place = tmp_path / "spare.narratief"
    project = copy(base, place, "Mirthe")
    project.step(message("n"), codes.add, 1, "Overbodig")
    project.close()
    table = Table(place, tmp_path)
    table.work("Noor", also=lambda p: p.step(message("d"), codes.remove, code_id(p, "Overbodig")))
    table.work("Sem", ("apply", 1, 1, 0))
    merged, told = table.both_orders()
    assert "Overbodig" not in labels(merged)
    assert told == [[], []]


def test_text_corrected_in_one_and_coded_in_the_other(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("t"), corrections.correct, 1, 0, 3, "Allemaal"))
    table.work("Sem", ("quote", 1, 6, 0), ("apply", 1, 5, 0), ("cut", 3, 5, 0))
    project, told = table.both_orders()
    with project.read() as session:
        text = documents.text_of(session, session.get_one(Document, 1))
        assert text.startswith("Allemaal beginnen vroeg.")
        second = narratives.of_document(session, 1)[1]
        assert text[second.start:second.end] == "Dan komt de casus."
    assert all(("text", "«Gesprek 1»") in one for one in told)


def test_text_corrected_in_both(table: Table) -> None:
    table.work("Noor", ("quote", 1, 6, 0),
               also=lambda p: p.step(message("t"), corrections.correct, 1, 0, 3, "Allemaal"))
    table.work("Sem", also=lambda p: p.step(message("t"), corrections.correct, 1, 4, 12, "starten"))
    project, told = table.both_orders()
    with project.read() as session:
        text = documents.text_of(session, session.get_one(Document, 1))
        assert text.startswith("Wij starten vroeg.")
        second = narratives.of_document(session, 1)[1]
        assert text[second.start:second.end] == "Dan komt de casus."
    assert all(("text", "«Gesprek 1»") in one for one in told)
    other, _ = table.merged((0, 1), {"text": "ours"})
    with other.read() as session:
        assert documents.text_of(session, session.get_one(Document, 1)).startswith("Allemaal beginnen")


def test_a_text_without_names_goes_before_a_later_correction(table: Table) -> None:
    table.work("Noor", also=lambda p: p.step(message("t"), pseudonyms.replace_names, {"Wij": "Zij"}))
    table.work("Sem", also=lambda p: p.step(message("t"), corrections.correct, 1, 4, 12, "starten"))
    project, _ = table.both_orders()
    with project.read() as session:
        assert documents.text_of(session, session.get_one(Document, 1)).startswith("Zij beginnen")


def test_memo_in_both_is_kept_twice(table: Table) -> None:
    def note(body: str) -> Work:
        return lambda p: p.step(message("m"), memos.write, 1, "narratief", 1, body)

    table.work("Noor", also=note("Thuis geschreven"))
    table.work("Noor", also=note("Op school geschreven"))
    project, told = table.both_orders()
    assert memo_texts(project, "narratief") == {"Thuis geschreven", "Op school geschreven"}
    assert all("memo" in {kind for kind, _ in one} for one in told)


def test_one_memo_changed_in_both_is_kept_twice(base: Path, tmp_path: Path) -> None:
    place = tmp_path / "noted.narratief"
    project = copy(base, place, "Noor")
    project.step(message("m"), memos.write, 1, "code", 3, "Begin")
    project.close()
    table = Table(place, tmp_path)
    table.work("Noor", also=lambda p: p.step(message("m"), memos.write, 1, "code", 3, "Eerst"))
    table.work("Noor", also=lambda p: p.step(message("m"), memos.write, 1, "code", 3, "Later"))
    merged, told = table.both_orders()
    assert memo_texts(merged, "code") == {"Eerst", "Later"}
    assert all("memo" in {kind for kind, _ in one} for one in told)


def test_titles_attributes_and_decisions(table: Table) -> None:
    def values(age: str) -> Work:
        def run(project: Project) -> None:
            project.step(message("v"), _set_value, age)
            project.step(message("t"), documents.rename, 1, f"Interview {age}")
            project.step(message("b"), deciding.decide, 1, [1], [1], age == "40")
        return run

    table.work("Noor", also=values("40"))
    table.work("Sem", also=values("50"))
    project, _ = table.both_orders()
    with project.read() as session:
        assert session.scalars(select(AttributeValue.value)).all() == ["50"]
        assert session.get_one(Document, 1).title == "Interview 50"
    assert any("40" in body for body in memo_texts(project, "document"))


def _set_value(session: Any, age: str) -> None:
    attributes.set_values(session, 1, {"leeftijd": age})


def test_a_coder_in_two_copies_last_word_counts(table: Table) -> None:
    table.work("Noor", ("apply", 0, 3, 0), ("absent", 1, 0, 0))
    table.work("Noor", ("apply", 0, 3, 0), ("remove", 0, 0, 0), ("apply", 1, 2, 0))
    table.both_orders()


def test_undo_of_a_merge_restores_exactly_and_it_can_be_merged_again(table: Table) -> None:
    table.work("Noor", ("new_code", 0, 1, 2), ("recut", 0, 1, 0), ("note", 1, 1, 1))
    project = copy(table.base, table.folder / "undo.narratief", "Mirthe")
    before = dump(project)
    merging.merge(project, [str(table.places[0])])
    after = picture(project)
    project.undo()
    assert dump(project) == before
    project.redo()
    assert picture(project) == after
    project.undo()
    assert not merging.merge(project, [str(table.places[0])]).nothing
    assert picture(project) == after
    assert [str(p) for p in problems(project)] == []


def test_a_later_merge_brings_only_what_is_new(table: Table) -> None:
    place = table.work("Noor", ("apply", 0, 3, 0))
    project = copy(table.base, table.folder / "later.narratief", "Mirthe")
    merging.merge(project, [str(place)])
    project.step(message("b"), deciding.decide, 1, [1], [3], False, "toch niet")
    away = Project.open(place, "Noor")
    play(away, [("apply", 4, 3, 0)])
    away.close()
    found = merging.merge(project, [str(place)])
    assert (found.steps, found.added["codings"], found.conflicts) == (1, 1, [])
    with project.read() as session:
        assert len(deciding.decisions_on(session, [1])) == 1


def test_a_preview_changes_nothing(table: Table) -> None:
    place = table.work("Noor", ("new_code", 0, 1, 2))
    project = copy(table.base, table.folder / "dry.narratief", "Mirthe")
    before, log = dump(project), project.log()
    found = merging.preview(project, [str(place)])
    assert found.added["codes"] == 1
    assert (dump(project), project.log()) == (before, log)


def test_several_at_once_is_one_undo_and_the_same_as_one_by_one(table: Table) -> None:
    table.work("Noor", ("new_code", 1, 0, 0), ("recut", 0, 1, 0))
    table.work("Sem", ("new_code", 1, 0, 3), ("recut", 0, 2, 0))
    single, _ = table.merged((0, 1))
    project = copy(table.base, table.folder / "batch.narratief", "Mirthe")
    before = dump(project)
    merging.merge(project, [str(place) for place in table.places])
    assert picture(project) == picture(single)
    project.undo()
    assert dump(project) == before


def test_projects_made_apart_share_codebook_documents_and_coders(tmp_path: Path) -> None:
    text = tmp_path / "gesprek.txt"
    text.write_text("I: Hoe gaat het?\nR: Goed, de buurt helpt mij elke week met de boodschappen.\n", encoding="utf-8")
    projects = []
    for who in ("Noor", "Sem"):
        project = founding.found(tmp_path / f"{who}.narratief", author=who)
        import_file(project, text, kind="interview")
        project.step(message("s"), narratives.set_segmentation, 1, [Span(0, 16), Span(17, 76)])
        coder = project.step(message("c"), coding.coder_id, who)
        project.step(message("a"), coding.apply, coder, [1, 2], [1, 2])
        projects.append(project)
    projects[1].close()
    merging.merge(projects[0], [str(tmp_path / "Sem.narratief")])
    with projects[0].read() as session:
        assert len(session.scalars(select(Document)).all()) == 1
        assert len(session.scalars(select(Code)).all()) == 46
        assert len(session.scalars(select(Coding)).all()) == 8
    assert [str(p) for p in problems(projects[0])] == []


def test_what_cannot_be_merged_is_refused_and_leaves_the_project_as_it_was(table: Table, tmp_path: Path) -> None:
    good = table.work("Noor", ("apply", 0, 3, 0))
    project = copy(table.base, table.folder / "safe.narratief", "Mirthe")
    before = dump(project)
    text = tmp_path / "text.narratief"
    text.write_text("dit is geen project", encoding="utf-8")
    torn = tmp_path / "torn.narratief"
    whole = good.read_bytes()
    torn.write_bytes(whole[:12_288] + b"\x00" * 40_960 + whole[53_248:])
    newer = tmp_path / "newer.narratief"
    shutil.copy(good, newer)
    _stamp(newer)
    for bad in (text, torn, newer, tmp_path / "not there.narratief", table.folder / "safe.narratief"):
        with pytest.raises(NarratiefError) as told:
            merging.merge(project, [str(good), str(bad)])
        assert bad.name in str(told.value)
        assert dump(project) == before
    assert [str(p) for p in problems(project)] == []


def _stamp(place: Path) -> None:
    import sqlite3

    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def test_a_merge_that_breaks_off_leaves_the_project_as_it_was(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    place = table.work("Noor", ("new_code", 0, 1, 2), ("recut", 0, 1, 0))
    project = copy(table.base, table.folder / "broken.narratief", "Mirthe")
    before, log = dump(project), project.log()
    monkeypatch.setattr("corpora.store.changes.write_merged", _break)
    with pytest.raises(KeyboardInterrupt):
        merging.merge(project, [str(place)])
    assert (dump(project), project.log()) == (before, log)


def _break(*_args: Any) -> None:
    raise KeyboardInterrupt


def test_the_log_tells_who_did_what_in_a_copy(table: Table) -> None:
    place = table.work("Noor", ("apply", 0, 3, 0))
    project = copy(table.base, table.folder / "log.narratief", "Mirthe")
    merging.merge(project, [str(place)])
    last = project.log()[-2:]
    assert [(s.author, str(s.label)) for s in last] == [("Noor", "apply"), ("Mirthe", "Merge copy 0 Noor")]


def test_a_package_comes_back(base: Path, tmp_path: Path) -> None:
    project = copy(base, tmp_path / "o.narratief", "Mirthe")
    package(project, tmp_path / "p.narratief", "Noor", blind=True)
    away = Project.open(tmp_path / "p.narratief", "Noor")
    assert [str(p) for p in problems(away)] == []
    assert {who for label in labels(away) for who, _ in coded(away, label)} == {"Noor"}
    play(away, [("apply", 1, 5, 0), ("remove", 0, 0, 0)])
    away.close()
    found = merging.merge(project, [str(tmp_path / "p.narratief")])
    assert (found.added["codings"], found.removed["codings"], found.conflicts) == (1, 1, [])
    assert {who for label in labels(project) for who, _ in coded(project, label)} == {"Noor", "Sem"}
    assert [str(p) for p in problems(project)] == []
    assert merging.merge(project, [str(tmp_path / "p.narratief")]).nothing


def test_blind_packages_cut_otherwise_come_back_in_either_order(base: Path, tmp_path: Path) -> None:
    """A blind copy never had the codings that another one moved with its cut: they go by the words of their coder."""
    project = copy(base, tmp_path / "o.narratief", "Mirthe")
    for name, deed in (("Noor", ("join", 0, 0, 0)), ("Sem", ("cut", 0, 8, 0))):
        package(project, tmp_path / f"{name}.narratief", name, blind=True)
        away = Project.open(tmp_path / f"{name}.narratief", name)
        play(away, [deed])
        away.close()
    project.close()
    seen = []
    for order in (("Noor", "Sem"), ("Sem", "Noor")):
        merged = copy(tmp_path / "o.narratief", tmp_path / f"to {order[0]}.narratief", "Mirthe")
        for name in order:
            merging.merge(merged, [str(tmp_path / f"{name}.narratief")])
        assert [str(p) for p in problems(merged)] == []
        seen.append(picture(merged))
        merged.close()
    assert seen[0] == seen[1]
    assert len(seen[0]["narratieven"]) == 12


def test_a_package_for_a_new_coder(base: Path, tmp_path: Path) -> None:
    project = copy(base, tmp_path / "o.narratief", "Mirthe")
    before = dump(project)
    package(project, tmp_path / "p.narratief", "Iris")
    assert dump(project) == before
    away = Project.open(tmp_path / "p.narratief", "Iris")
    play(away, [("apply", 1, 5, 0)])
    away.close()
    merging.merge(project, [str(tmp_path / "p.narratief")])
    with project.read() as session:
        assert "Iris" in set(session.scalars(select(Coder.name)))
    with pytest.raises(ProjectError, match="exists already"):
        package(project, tmp_path / "p.narratief", "Iris")


@pytest.mark.parametrize("blind", [True, False])
def test_a_package_carries_no_names(base: Path, tmp_path: Path, blind: bool) -> None:
    project = copy(base, tmp_path / "o.narratief", "Mirthe")
    project.step(message("Title with Zwartjes"), documents.rename, 1, "Gesprek met Zwartjes")
    project.step(message("t"), corrections.correct, 1, 0, 3, "Zwartjes")
    project.step(message("m"), memos.write, 2, "narratief", 2, "Geheim van Sem")
    project.step(message("p"), pseudonyms.replace_names, {"Zwartjes": "De Vries"})
    package(project, tmp_path / "p.narratief", "Noor", blind=blind)
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("p.narratief*"))
    for encoded in (b"Zwartjes", "Zwartjes".casefold().encode(), "Zwartjes".encode("utf-16-le")):
        assert encoded not in raw
    assert (b"Geheim van Sem" in raw) is not blind
    away = Project.open(tmp_path / "p.narratief", "Noor")
    assert [str(p) for p in problems(away)] == []
    with away.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM pseudonym").scalar() == 0


def test_two_memos_of_one_coder_are_read_and_written_as_one(table: Table) -> None:
    for body in ("Thuis", "Op school"):
        table.work("Noor", also=lambda p, body=body: p.step(  # type: ignore[misc]
            message("m"), memos.write, 1, "narratief", 1, body))
    project, _ = table.merged((0, 1))
    with project.read() as session:
        shown = coded_document(session, 1)[0].memos[1]
    assert shown == "Thuis\n\nOp school"
    before = dump(project)
    project.step(message("m"), memos.write, 1, "narratief", 1, shown)
    assert dump(project) == before
    project.step(message("m"), memos.write, 1, "narratief", 1, f"{shown}\n\nEn later")
    assert memo_texts(project, "narratief") == {"Thuis\n\nOp school\n\nEn later"}


def test_a_project_that_merged_texts_is_merged_itself(table: Table) -> None:
    """What an earlier merge set aside is not reckoned with again; a correction on top of it is."""
    first = table.work("Noor", also=lambda p: p.step(message("t"), corrections.correct, 1, 0, 3, "Allemaal samen"))
    table.work("Sem", also=lambda p: p.step(message("t"), corrections.correct, 1, 4, 12, "starten"))
    whole, _ = table.merged((0, 1))
    wanted, place = picture(whole), whole.path
    whole.close()
    fresh = copy(table.base, table.folder / "fresh.narratief", "Mirthe")
    merging.merge(fresh, [str(place)])
    assert picture(fresh) == wanted
    away = Project.open(first, "Noor")
    away.step(message("t"), corrections.correct, 1, 0, 14, "Wie")
    away.close()
    merging.merge(fresh, [str(first)])
    assert [str(p) for p in problems(fresh)] == []
    with fresh.read() as session:
        text = documents.text_of(session, session.get_one(Document, 1))
        second = narratives.of_document(session, 1)[1]
        assert text.startswith("Wie beginnen vroeg.")
        assert text[second.start:second.end] == "Dan komt de casus."
