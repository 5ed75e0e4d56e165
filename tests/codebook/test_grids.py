"""Kept grids, their cells and momentopnamen: what is kept comes back, can be undone, and survives changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codebook import asking, codes, coding, gridding, grids, questions, snapshots
from codebook.grids import ANSWERED, EMPTY, OPEN, READ, Axis
from codebook.reading import Reading
from corpora import narratives
from corpora.errors import UsageError
from corpora.messages import Translator, message
from corpora.store.project import Project
from tests.codebook.places import code_ids, coder, facet_ids, narratief_ids, project_with_text, there_and_back


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def give(project: Project, rows: list[tuple[int, str]], who: str = "Noor") -> None:
    known, anna = code_ids(project), coder(project, who)
    for narratief, label in rows:
        project.step(message("Code"), coding.apply, anna, [narratief], [known[label]])


def kept(project: Project, **options: Any) -> int:
    facet, code = facet_ids(project), code_ids(project)
    wanted = [Axis(facet["WAT"], ((code["Casus"], True), (code["Steun"], False))), Axis(facet["WIE"]),
              Axis(facet["HOE"], ((code["positief"], False),))]
    return there_and_back(project, grids.add, "Rooster", wanted, **options)  # type: ignore[no-any-return]


def now_of(project: Project, template: int) -> gridding.WorkGrid:
    with project.read() as session:
        return gridding.work_grid(Reading(project), session, template)


def test_a_grid_is_kept_with_all_its_choices(project: Project) -> None:
    template = kept(project)
    grid = now_of(project, template)
    assert [a.facet for a in grid.axes] == ["WAT", "WIE", "HOE"]
    assert [a.labels for a in grid.axes] == [("Casus ↓", "Steun"), ("eigen", "burger"), ("positief",)]
    code, facet = code_ids(project), facet_ids(project)
    there_and_back(project, grids.change, template, [Axis(facet["HOE"], ((code["positief"], False),))],
                   codings="decided", condition="Casus")
    grid = now_of(project, template)
    assert (grid.codings, grid.where, grid.size) == ("decided", "Casus", 1)
    there_and_back(project, grids.rename, template, "Ander")
    there_and_back(project, grids.remove, template)
    with project.read() as session:
        assert grids.templates(session) == []


def test_a_new_code_of_a_whole_facet_joins_the_grid(project: Project) -> None:
    template = kept(project)
    project.step(message("New"), codes.add, facet_ids(project)["WIE"], "leercoach")
    assert now_of(project, template).axes[1].labels == ("eigen", "burger", "leercoach")


def test_every_cell_finds_what_its_question_finds(project: Project) -> None:
    one, two, three = narratief_ids(project)[:3]
    give(project, [(one, "Stappen"), (one, "eigen"), (one, "positief"), (two, "Steun"), (two, "eigen"),
                   (two, "positief"), (three, "Casus"), (three, "eigen"), (three, "positief")])
    for condition in ("", "not Steun", "Steun or Casus"):
        template = kept(project, condition=condition)
        grid = now_of(project, template)
        for place in grid.places():
            found = asking.ask(grid.reading, grid.expression(place))
            assert found.ids.tolist() == grid.ids(place)
            assert (found.count, found.documents) == (grid.counts[place], grid.documents(place))
            assert grid.respondents(place) == bool(found.count)
    assert sum(grid.counts.flat) == 2


def test_counting_alone_equals_the_whole_grid(project: Project) -> None:
    give(project, [(narratief_ids(project)[0], label) for label in ("Casus", "Steun", "burger", "positief")])
    grid = gridding.everything(Reading(project))
    whole = asking.grid(grid.reading, [(facet, ["*"]) for facet in ("WAT", "WIE", "HOE")])
    assert grid.counts.tolist() == whole.grid.counts.tolist()
    assert (grid.counted.n, grid.counted.complete) == (whole.grid.n, whole.grid.complete)
    assert [grid.documents(p) for p in grid.places()] == whole.grid.documents.ravel().tolist()
    assert [grid.respondents(p) for p in grid.places()] == whole.grid.respondents.ravel().tolist()


def test_marks_and_interpretations_stay_and_say_what_changed(project: Project) -> None:
    one, two = narratief_ids(project)[:2]
    give(project, [(one, "Casus"), (one, "eigen"), (one, "positief")])
    template, noor = kept(project), coder(project, "Noor")
    grid = now_of(project, template)
    assert (grid.standing((0, 0, 0)).status, grid.standing((1, 0, 0)).status) == (OPEN, EMPTY)
    codes_of = grid.combination((0, 0, 0))
    there_and_back(project, grids.mark, noor, template, codes_of, READ, grid.ids((0, 0, 0)))
    there_and_back(project, grids.interpret, noor, template, codes_of, " Steun komt van dichtbij. ")
    standing = now_of(project, template).standing((0, 0, 0))
    assert (standing.status, standing.interpretation, standing.is_handled) == (READ, "Steun komt van dichtbij.", True)
    assert now_of(project, template).progress == gridding.Progress(1, 1)
    give(project, [(two, "Stappen"), (two, "eigen"), (two, "positief")])
    project.step(message("Off"), coding.remove, noor, [one], [code_ids(project)["eigen"]])
    standing = now_of(project, template).standing((0, 0, 0))
    assert (standing.status, standing.new, standing.gone, standing.is_handled) == (READ, 1, 1, False)
    assert standing.interpretation == "Steun komt van dichtbij."
    assert now_of(project, template).progress == gridding.Progress(0, 1)
    project.step(message("Mark"), grids.mark, noor, template, codes_of, ANSWERED, [two])
    assert now_of(project, template).progress == gridding.Progress(1, 1)


def test_an_empty_cell_marked_leeg_says_when_it_fills(project: Project) -> None:
    template, noor = kept(project), coder(project, "Noor")
    place = (1, 1, 0)
    project.step(message("Mark"), grids.mark, noor, template, now_of(project, template).combination(place), EMPTY, [])
    assert now_of(project, template).standing(place).is_handled
    give(project, [(narratief_ids(project)[0], label) for label in ("Steun", "burger", "positief")])
    standing = now_of(project, template).standing(place)
    assert (standing.status, standing.new, standing.is_handled) == (EMPTY, 1, False)


def test_notes_outlive_other_choices_and_go_with_a_lost_code(project: Project) -> None:
    template, noor, facet, code = kept(project), coder(project, "Noor"), facet_ids(project), code_ids(project)
    project.step(message("Note"), grids.interpret, noor, template,
                 now_of(project, template).combination((1, 0, 0)), "Blijft")
    small = [Axis(facet["HOE"])]
    project.step(message("Change"), grids.change, template, small, codings="any", condition="")
    assert now_of(project, template).noted == {}
    turned = [Axis(facet["HOE"]), Axis(facet["WIE"]), Axis(facet["WAT"], ((code["Steun"], False),))]
    project.step(message("Change"), grids.change, template, turned, codings="any", condition="")
    assert {p: s.interpretation for p, s in now_of(project, template).noted.items()} == {(0, 0, 0): "Blijft"}
    project.step(message("Delete"), codes.remove, code["eigen"])
    assert now_of(project, template).noted == {}


def test_what_makes_no_grid_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="name"):
        project.step(message("Add"), grids.add, "  ", [Axis(1)])
    with pytest.raises(UsageError, match="at least one facet"):
        project.step(message("Add"), grids.add, "Leeg", [Axis(1, ())])
    template = kept(project)
    with pytest.raises(UsageError, match="no status"):
        project.step(message("Mark"), grids.mark, coder(project, "Noor"), template, frozenset({(1, False)}), "af", [])


@pytest.mark.parametrize(("facets", "labels", "dutch"), [
    (("WAT", "WIE", "HOE"), ("Werkzame factor", "facilitator", "positief"),
     "Wat zeggen narratieven vanuit *facilitator* over *Werkzame factor*, verteld als *positief*?"),
    (("HOE", "WAT"), ("positief", "Casus"), "Wat zeggen narratieven over *Casus*, verteld als *positief*?"),
    (("WIE",), ("burger",), "Wat zeggen narratieven vanuit *burger*?"),
    (("Thema",), ("werk",), "Wat zeggen narratieven over *Thema: werk*?"),
    (("WAT", "Thema"), ("Casus", "werk"), "Wat zeggen narratieven over *Casus*? (Thema: werk)")])
def test_the_question_of_a_cell_is_good_dutch(facets: tuple[str, ...], labels: tuple[str, ...], dutch: str) -> None:
    assert Translator("nl")(gridding.question(facets, labels)) == dutch


def test_a_snapshot_stays_while_the_query_moves_on(project: Project) -> None:
    one, two = narratief_ids(project)[:2]
    give(project, [(one, "Casus")])
    project.step(message("Save"), questions.save_query, "levend", "Casus")
    found = asking.ask(Reading(project), "Casus").ids.tolist()
    there_and_back(project, snapshots.freeze, coder(project, "Noor"), "toen", found, expression="Casus")
    give(project, [(two, "Casus")])
    reading = Reading(project)
    assert reading.ask('query:"toen"').ids.tolist() == [one]
    assert reading.ask('query:levend and not query:toen').ids.tolist() == [two]
    compared = snapshots.compare(reading.ask("query:levend").ids.tolist(), [one])
    assert (compared.both, compared.only_here, compared.only_there) == ((one,), (two,), ())


def test_names_of_queries_and_snapshots_do_not_meet(project: Project) -> None:
    noor = coder(project, "Noor")
    project.step(message("Save"), questions.save_query, "levend", "Casus")
    first = project.step(message("Freeze"), snapshots.freeze, noor, "toen", [1])
    for operation, args in ((snapshots.freeze, (noor, "levend", [])), (snapshots.freeze, (noor, "toen", [])),
                            (questions.save_query, ("toen", "Casus")), (snapshots.rename, (first, "levend"))):
        with pytest.raises(UsageError, match="already"):
            project.step(message("Again"), operation, *args)
    project.step(message("Use"), questions.save_query, "ander", 'Casus and query:toen')
    template = kept(project, condition="query:toen")
    there_and_back(project, snapshots.rename, first, "eerst")
    with project.read() as session:
        assert {q.name: q.expression for q in questions.queries(session)}["ander"] == "Casus and query:eerst"
    assert now_of(project, template).where == "query:eerst"
    there_and_back(project, snapshots.remove, first)


def test_a_frozen_narratief_that_goes_leaves_the_set(project: Project) -> None:
    one, two = narratief_ids(project)[:2]
    made = project.step(message("Freeze"), snapshots.freeze, coder(project, "Noor"), "toen", [one, two])
    there_and_back(project, narratives.remove, two)
    with project.read() as session:
        assert snapshots.members(session, made) == [one]
        assert snapshots.snapshots(session)[0].count == 2
