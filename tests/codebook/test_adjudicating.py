"""What is left to decide: differences as sets per facet, what changed since, what all agree on, what to see again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codebook import adjudicating, agreeing, asking, blind, codes, coding, deciding, merging, packages, rechecking
from codebook.adjudicating import Difference
from codebook.reading import Reading
from corpora.messages import message
from corpora.store.project import Project
from exports import coded_rows
from tests.codebook import places


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = places.project_with_text(tmp_path)
    yield found
    found.close()


def code(project: Project, coder: str, *rows: tuple[int, str], off: bool = False) -> None:
    project.step(message("Code"), coding.apply_bulk, coder, [coding.BulkRow("Gesprek", nr, name) for nr, name in rows],
                 take_off=off)


def numbers(project: Project) -> dict[str, int]:
    with project.read() as session:
        return {entry.qualified: entry.code.id for entry in codes.entries(session)}


def coder(project: Project, name: str) -> int:
    with project.read() as session:
        return coding.find_coder(session, name).id


def named(project: Project, found: Difference) -> tuple[int, str, dict[str, list[str]], list[str], list[str]]:
    labels = {number: name for name, number in numbers(project).items()}
    with project.read() as session:
        who = {coding.find_coder(session, name).id: name for name in ("Noor", "Sem", "Yara")
               if name in {c.name for c in Reading(project).catalogue.coders}}
    return (found.place.nr, found.facet, {who[n]: [labels[c] for c in codes] for n, codes in found.gave.items()},
            [labels[c] for c in found.disputed], [labels[c] for c in found.agreed])


def test_a_difference_is_a_facet_of_a_narratief(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (2, "positief"), (4, "Casus"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (2, "positief"))
    code(project, "Yara", (2, "Casus"), (2, "WIE:niet genoemd"))
    found = adjudicating.differences(Reading(project))
    assert [named(project, one) for one in found] == [
        (2, "WAT", {"Noor": ["WAT:Casus"], "Sem": ["WAT:Steun"], "Yara": ["WAT:Casus"]}, ["WAT:Casus", "WAT:Steun"],
         []),
        (2, "HOE", {"Noor": ["HOE:positief"], "Sem": ["HOE:positief"], "Yara": []}, ["HOE:positief"], [])]
    assert {one.state for one in found} == {"open"}
    two = adjudicating.differences(Reading(project), [coder(project, "Noor"), coder(project, "Sem")])
    assert [(one.place.nr, one.facet) for one in two] == [(2, "WAT")]
    one = adjudicating.differences(Reading(project), (), [found[1].place.narratief_id])
    assert [(d.place.nr, d.facet) for d in one] == [(2, "WAT"), (2, "HOE")]


def test_a_decision_closes_it_and_a_later_coding_opens_it_again(project: Project) -> None:
    code(project, "Noor", (1, "Casus"))
    code(project, "Sem", (1, "Steun"))
    at = numbers(project)
    narratief = adjudicating.differences(Reading(project))[0].place.narratief_id
    verdicts = {at["WAT:Casus"]: True, at["WAT:Steun"]: False}
    sem = coder(project, "Sem")
    assert places.there_and_back(project, deciding.settle, sem, narratief, verdicts, "zie voorbeeld") == 2
    [found] = adjudicating.differences(Reading(project))
    assert (found.state, found.decided[at["WAT:Casus"]].reason) == ("decided", "zie voorbeeld")
    code(project, "Sem", (1, "positief"))  # another facet: nothing to do with it
    assert next(d for d in adjudicating.differences(Reading(project)) if d.facet == "WAT").state == "decided"
    code(project, "Sem", (1, "Steun"), off=True)  # no difference any more, but other than when it was decided
    [changed] = [d for d in adjudicating.differences(Reading(project)) if d.facet == "WAT"]
    assert changed.state == "changed"
    assert project.step(message("Again"), deciding.settle, sem, narratief, verdicts, "zie voorbeeld") == 2
    assert [d.state for d in adjudicating.differences(Reading(project)) if d.facet == "WAT"] == ["decided"]


def test_agreed_codes_are_accepted_at_once_and_decisions_stay(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "Casus"), (4, "Casus"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (3, "Casus"))
    at, noor = numbers(project), coder(project, "Noor")
    found = adjudicating.agreed(Reading(project))
    assert [c for _n, c in found] == [at["WAT:Casus"], at["WAT:Casus"]]
    project.step(message("No"), deciding.settle, noor, found[0][0], {at["WAT:Casus"]: False})
    assert adjudicating.agreed(Reading(project)) == found[1:]
    assert places.there_and_back(project, deciding.accept, noor, found) == 1
    assert adjudicating.agreed(Reading(project)) == []
    # The decided set: what was decided, and for the rest what coders gave.
    decided = asking.query(Reading(project), "Casus", codings="decided")
    assert [n.nr for n in decided.narratieven] == [2, 3, 4]


def test_a_decision_goes_before_niet_genoemd(project: Project) -> None:
    code(project, "Noor", (1, "eigen"), (2, "eigen"), (3, "WIE:niet genoemd"))
    code(project, "Sem", (1, "WIE:niet genoemd"), (2, "WIE:niet genoemd"), (3, "burger"))
    at, noor = numbers(project), coder(project, "Noor")
    reading = Reading(project)
    project.listen(reading.update)
    first, second, _third = (int(n) for n in reading.index.narratief_id[:3])
    project.step(message("Yes"), deciding.settle, noor, first, {at["WIE:eigen"]: True})
    project.step(message("No"), deciding.settle, noor, second, {at["WIE:eigen"]: False})

    def absent(codings: str) -> list[int]:
        return [n.nr for n in asking.query(reading, 'WIE:"niet genoemd"', codings=codings).narratieven]

    assert absent("any") == [1, 2, 3]
    assert absent("decided") == [2, 3]  # 3 is undecided: there everybody counts
    assert [("WIE" in one.absent) for one in asking.shown(reading, [first, second], codings="decided")] == [False, True]
    rows = [(row.nr, row.label) for row in coded_rows.codings(reading, "decided") if row.facet == "WIE"]
    assert sorted(rows) == [(1, "eigen"), (2, "niet genoemd"), (3, "burger"), (3, "niet genoemd")]


def test_flags_are_listed(project: Project) -> None:
    code(project, "Noor", (2, "Casus"))
    noor = coder(project, "Noor")
    first = int(Reading(project).index.narratief_id[1])
    project.step(message("Flag"), coding.set_flag, noor, first, True, "twijfel")
    assert [(place.nr, said) for place, said in adjudicating.flagged(Reading(project))] == [(2, {noor: "twijfel"})]


def test_what_a_changed_definition_touches(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "Steun"))
    code(project, "Sem", (1, "Casus"))
    at, noor, sem = numbers(project), coder(project, "Noor"), coder(project, "Sem")
    casus = at["WAT:Casus"]
    assert rechecking.touched(Reading(project), noor) == []
    project.step(message("Sharpen"), codes.describe, casus, definition="Een geval uit de praktijk.")
    found = rechecking.touched(Reading(project), noor)
    assert [(one.place.nr, one.code_id, one.coders) for one in found] == [(1, casus, (noor, sem)), (2, casus, (noor,))]
    assert (found[0].old[0], found[0].new[0]) == ("", "Een geval uit de praktijk.")
    assert [one.place.nr for one in rechecking.touched(Reading(project), sem, sem)] == [1]
    places.there_and_back(project, rechecking.keep, noor, [found[0].place.narratief_id], casus)
    assert [one.place.nr for one in rechecking.touched(Reading(project), noor)] == [2]
    assert len(rechecking.touched(Reading(project), sem)) == 2  # each looks again for themselves
    code(project, "Noor", (4, "Casus"))  # made under the new definition
    assert [one.place.nr for one in rechecking.touched(Reading(project), noor)] == [2]
    project.step(message("Sharpen"), codes.describe, casus, use_when="Bij één gezin.")
    assert [one.place.nr for one in rechecking.touched(Reading(project), noor)] == [1, 2, 4]
    project.undo()
    assert [one.place.nr for one in rechecking.touched(Reading(project), noor)] == [2]


def test_the_narratieven_behind_a_number(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "positief"), (4, "Casus"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (3, "positief"))
    reading, at = Reading(project), numbers(project)
    index = reading.index

    def behind(what: agreeing.Behind, *labels: str) -> list[int]:
        ids = agreeing.behind(reading, ["Noor", "Sem"], what, [at[label] for label in labels])
        return [int(index.nr[index.slot(n)]) for n in ids]

    assert behind("both", "WAT:Casus") == [1]
    assert behind("only_a", "WAT:Casus") == [2]
    assert behind("only_b", "WAT:Casus") == []
    assert behind("only_b", "WAT:Steun") == [2]
    assert behind("neither", "WAT:Casus") == [3]
    assert behind("units", "WAT:Casus") == [1, 2]
    assert behind("apart", "WAT:Casus", "WAT:Steun") == [2]
    assert (behind("n"), behind("alone"), behind("missing")) == ([1, 2, 3], [4], [])
    two = agreeing.agreement(reading, ["Noor", "Sem"])
    assert two.pairs[0].alpha == two.overall.alpha_mv


def test_blind_coding_hides_the_differences_until_one_is_klaar(project: Project) -> None:
    code(project, "Noor", (1, "Casus"))
    code(project, "Sem", (1, "Steun"))
    sem = coder(project, "Sem")
    project.step(message("Klaar"), coding.set_done, sem, 1, True, overrule=True)
    project.step(message("Blind"), blind.set_blind, True)
    for name, found in (("Noor", 0), ("Sem", 1), (None, 1)):
        reading = Reading(project, name)
        assert len(adjudicating.differences(reading)) == found
        assert len(agreeing.behind(reading, ["Noor", "Sem"], "n")) == found
    project.step(message("Sharpen"), codes.describe, numbers(project)["WAT:Steun"], definition="Anders.")
    assert rechecking.touched(Reading(project, "Noor"), coder(project, "Noor")) == []


def test_progress_is_told_and_may_stop(project: Project) -> None:
    code(project, "Noor", (1, "Casus"))
    code(project, "Sem", (1, "Casus"))
    told: list[float] = []
    agreeing.agreement(Reading(project), progress=lambda done, total, _text: told.append(done / total))
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1

    class Stopped(Exception):
        pass

    def stop(_done: float, _total: float, _text: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        agreeing.agreement(Reading(project), progress=stop)


def test_decisions_are_kept_when_a_copy_comes_in_again(project: Project, tmp_path: Path) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"))
    code(project, "Sem", (1, "Steun"), (2, "Steun"))
    at, noor = numbers(project), coder(project, "Noor")
    copy = tmp_path / "sem.narratief"
    packages.package(project, copy, "Sem")
    ids = [one.place.narratief_id for one in adjudicating.differences(Reading(project))]
    for n in ids:
        project.step(message("Decide"), deciding.settle, noor, n, {at["WAT:Casus"]: True, at["WAT:Steun"]: False}, "zo")
    taken = Project.open(str(copy), "Sem")
    code(taken, "Sem", (2, "Steun"), off=True)
    code(taken, "Sem", (2, "Casus"))
    taken.close()
    for _time in range(2):  # once more changes nothing
        merging.merge(project, [str(copy)])
        found = {one.place.nr: one for one in adjudicating.differences(Reading(project))}
        assert {nr: one.state for nr, one in found.items()} == {1: "decided", 2: "changed"}
        assert all(one.decided[at["WAT:Casus"]].yes and one.decided[at["WAT:Casus"]].reason == "zo"
                   for one in found.values())
