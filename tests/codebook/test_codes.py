"""Codes made, renamed, moved, merged, split and taken out in a real project; each taken back to the very row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import codebook_files, codes, coding, kernelementen, memos
from codebook.models import Code, Coding, Decision, Memo, Quote
from corpora.errors import NotFoundError, UsageError
from corpora.messages import message
from corpora.store.project import Project
from corpora.store.writing import insert_rows
from tests.codebook.places import (
    code_ids,
    coder,
    facet_ids,
    narratief_ids,
    project_with_text,
    there_and_back,
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def _code(project: Project, label: str) -> Code:
    with project.read() as session:
        return codes.Lookup(session).code(label).code


def _codings(project: Project) -> set[tuple[int, int, int]]:
    with project.read() as session:
        return set(session.execute(select(Coding.narratief_id, Coding.code_id, Coding.coder_id)))


def test_a_new_code_gets_the_next_number_and_place(project: Project) -> None:
    there_and_back(project, codes.add, facet_ids(project)["WAT"], "  Nieuw   idee ", definition="Iets nieuws.")
    made = _code(project, "WAT:nieuw idee")
    assert (made.label, made.number, made.position, made.definition) == ("Nieuw idee", 4, 4, "Iets nieuws.")


@pytest.mark.parametrize("label", ["", "  ", "a:b", 'a"b', "casus", "Niet genoemd"])
def test_a_name_that_cannot_be_is_refused(project: Project, label: str) -> None:
    with pytest.raises(UsageError):
        project.step(message("Add"), codes.add, facet_ids(project)["WAT"], label)


def test_a_facet_is_made_once(project: Project) -> None:
    there_and_back(project, codes.add_facet, "WAAR")
    with pytest.raises(UsageError):
        project.step(message("Again"), codes.add_facet, "waar")
    assert list(facet_ids(project)) == ["WAT", "WIE", "HOE", "WAAR"]


def test_rename_keeps_codings(project: Project) -> None:
    ids, one = code_ids(project), coder(project, "An")
    project.step(message("Code"), coding.apply, one, narratief_ids(project)[:1], [ids["Casus"]])
    before = _codings(project)
    there_and_back(project, codes.rename, ids["Casus"], "Casuïstiek")
    assert _code(project, "casuïstiek").id == ids["Casus"] and _codings(project) == before
    with pytest.raises(UsageError):
        project.step(message("Rename"), codes.rename, ids["Casus"], "STEUN")


def test_describe_guards_the_numbers(project: Project) -> None:
    ids = code_ids(project)
    there_and_back(project, codes.describe, ids["Casus"], definition="Een geval.", number=9, certain=False)
    assert (_code(project, "Casus").number, _code(project, "Casus").certain) == (9, False)
    with pytest.raises(UsageError, match="belongs to «Casus»"):
        project.step(message("Number"), codes.describe, ids["Steun"], number=9)
    with pytest.raises(TypeError):
        project.step(message("Label"), codes.describe, ids["Steun"], label="x")


def test_move_changes_parent_and_order(project: Project) -> None:
    ids = code_ids(project)
    there_and_back(project, codes.move, ids["Steun"], parent_id=ids["Casus"], before_id=ids["Stappen"])
    with project.read() as session:
        order = [e.code.label for e in codes.entries(session) if e.facet.label == "WAT"]
        assert codes.below(session, ids["Casus"]) == {ids["Stappen"], ids["Steun"]}
    assert order == ["Casus", "Steun", "Stappen"]


def test_move_refuses_rings_and_other_facets(project: Project) -> None:
    ids = code_ids(project)
    for code, parent in (("Casus", "Stappen"), ("Casus", "Casus"), ("Casus", "eigen")):
        with pytest.raises(UsageError):
            project.step(message("Move"), codes.move, ids[code], parent_id=ids[parent])


def _two_codings_each(project: Project) -> tuple[list[int], int, int]:
    """Casus and Steun both on the first narratief by An, Steun on the second by Bo."""
    ids, pieces, an, bo = code_ids(project), narratief_ids(project), coder(project, "An"), coder(project, "Bo")
    project.step(message("Code"), coding.apply, an, pieces[:1], [ids["Casus"], ids["Steun"]])
    project.step(message("Code"), coding.apply, bo, pieces[1:2], [ids["Steun"]])
    return pieces, an, bo


def test_merge_gives_each_narratief_and_coder_one_coding(project: Project) -> None:
    ids, (pieces, an, bo) = code_ids(project), _two_codings_each(project)
    project.step(message("Define"), codes.describe, ids["Steun"], definition="Hulp van anderen.", synonyms="hulp")
    assert there_and_back(project, codes.merge, [ids["Steun"]], ids["Casus"]) == 1
    assert _codings(project) == {(pieces[0], ids["Casus"], an), (pieces[1], ids["Casus"], bo)}
    kept = _code(project, "Casus")
    assert {"Steun", "hulp"} <= set(kept.synonyms.split("\n")) and "Hulp van anderen." in kept.note
    with pytest.raises(NotFoundError):
        _code(project, "Steun")


def test_merge_loses_no_memo(project: Project) -> None:
    ids, (_, an, _) = code_ids(project), _two_codings_each(project)
    with project.read() as session:
        double = session.scalars(select(Coding.id).where(Coding.code_id == ids["Steun"], Coding.coder_id == an)).one()
        stays = session.scalars(select(Coding.id).where(Coding.code_id == ids["Casus"], Coding.coder_id == an)).one()
    project.step(message("Memo"), memos.write, an, "coding", double, "Twijfel hierover.")
    project.step(message("Memo"), memos.write, an, "code", ids["Steun"], "Lijkt op Casus.")
    there_and_back(project, codes.merge, [ids["Steun"]], ids["Casus"])
    with project.read() as session:
        assert {(m.about, m.about_id) for m in session.scalars(select(Memo))} == {
            ("coding", stays), ("code", ids["Casus"])}


def test_merge_moves_what_is_below_and_keeps_groups(project: Project) -> None:
    ids = code_ids(project)
    project.step(message("Groups"), codes.set_groups, ids["Casus"], ["leren", "werk"])
    project.step(message("Groups"), codes.set_groups, ids["Steun"], ["werk"])
    there_and_back(project, codes.merge, [ids["Casus"]], ids["Steun"])
    assert _code(project, "Stappen").parent_id == ids["Steun"]
    with project.read() as session:
        assert sorted(codes.groups_of(session)[ids["Steun"]]) == ["leren", "werk"]


def test_merge_refuses_what_makes_no_sense(project: Project) -> None:
    ids = code_ids(project)
    for source, target in (("eigen", "Casus"), ("Casus", "Stappen")):
        with pytest.raises(UsageError):
            project.step(message("Merge"), codes.merge, [ids[source]], ids[target])


def test_split_hands_over_what_hangs_on_the_chosen_narratieven(project: Project) -> None:
    ids, (pieces, an, bo) = code_ids(project), _two_codings_each(project)
    project.step(message("Quote"), memos.quote, bo, 1, 31, 41, ids["Steun"])
    project.step(message("Decide"), insert_rows, Decision, [
        {"narratief_id": pieces[1], "code_id": ids["Steun"], "yes": True, "coder_id": bo}])
    made = there_and_back(project, codes.split, ids["Steun"], "Steun van buren", pieces[1:2])
    assert _codings(project) == {(pieces[0], ids["Casus"], an), (pieces[0], ids["Steun"], an), (pieces[1], made, bo)}
    with project.read() as session:
        assert [d.code_id for d in session.scalars(select(Decision))] == [made]
        assert [q.code_id for q in session.scalars(select(Quote))] == [made]


def test_remove_takes_codings_and_lets_children_up(project: Project) -> None:
    ids, (pieces, an, bo) = code_ids(project), _two_codings_each(project)
    project.step(message("Quote"), memos.quote, an, 1, 0, 8, ids["Casus"])
    there_and_back(project, codes.remove, ids["Casus"])
    assert _code(project, "Stappen").parent_id is None
    assert _codings(project) == {(pieces[0], ids["Steun"], an), (pieces[1], ids["Steun"], bo)}
    with project.read() as session:
        assert [q.code_id for q in session.scalars(select(Quote))] == [None]


def test_groups_are_made_shared_and_left(project: Project) -> None:
    ids = code_ids(project)
    there_and_back(project, codes.set_groups, ids["Casus"], ["leren", "werk"])
    there_and_back(project, codes.set_groups, ids["Casus"], ["Werk"])
    with project.read() as session:
        assert codes.groups_of(session) == {ids["Casus"]: ["werk"]}


def test_lookup_helps(project: Project) -> None:
    project.step(message("Add"), codes.add, facet_ids(project)["WIE"], "Casus")
    with project.read() as session:
        lookup = codes.Lookup(session)
        assert lookup.code(" wie:CASUS ").facet.label == "WIE"
        with pytest.raises(UsageError, match="WAT:Casus / WIE:Casus"):
            lookup.code("casus")
        with pytest.raises(NotFoundError, match="WIE:burger"):
            lookup.code("burgr")


def test_a_codebook_put_twice_changes_nothing(project: Project) -> None:
    with project.read() as session:
        rows = codebook_files.rows_from(session)
    seen = len(project.log())
    assert project.step(message("Again"), codebook_files.put, rows) == 0
    assert len(project.log()) == seen


def test_what_is_split_or_merged_counts_in_realist_evaluation_as_before(project: Project) -> None:
    ids, (pieces, _an, _bo) = code_ids(project), _two_codings_each(project)
    project.step(message("Role"), codes.describe, ids["Steun"], cmo_role="mechanisme")
    project.step(message("Kernelement"), kernelementen.set_of_code, ids["Steun"], ["Samen kantelen"])
    made = there_and_back(project, codes.split, ids["Steun"], "Steun van buren", pieces[1:2])
    with project.read() as session:
        assert session.get_one(Code, made).cmo_role == "mechanisme"
        assert kernelementen.labels_of_codes(session)[made] == ["Samen kantelen"]
    there_and_back(project, codes.merge, [made, ids["Steun"]], ids["Casus"])
    with project.read() as session:
        assert session.get_one(Code, ids["Casus"]).cmo_role == "mechanisme"
        assert kernelementen.labels_of_codes(session) == {ids["Casus"]: ["Samen kantelen"]}


def test_a_role_that_does_not_exist_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="mechanisme"):
        project.step(message("Role"), codes.describe, code_ids(project)["Steun"], cmo_role="werkt")
