"""Practice sets, rounds and their scores against the key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import coding, deciding, practice, practice_scores, team
from codebook.analysis import practice as measures
from codebook.models import Coding, PracticeAnswer
from codebook.reading import Reading
from corpora import narratives
from corpora.errors import UsageError
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook import places


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = places.project_with_text(tmp_path)
    found.step(message("Add"), team.add, "Mirthe", "onderzoeker")
    found.step(message("Add"), team.add, "Noor")
    rows = [(1, "Casus"), (1, "eigen"), (1, "positief"), (2, "Casus"), (2, "Steun"), (2, "WIE:niet genoemd"),
            (3, "burger")]
    found.step(message("Code"), coding.apply_bulk, "Mirthe", [coding.BulkRow("Gesprek", nr, c) for nr, c in rows])
    yield found
    found.close()


MIRTHE, NOOR = 1, 2


def made(project: Project, key: int | None = MIRTHE, name: str = "Eerste") -> int:
    return project.step(message("Set"), practice.make_set, name, places.narratief_ids(project), key)


def test_a_set_holds_what_the_key_codes(project: Project) -> None:
    ids = places.narratief_ids(project)
    number = places.there_and_back(project, practice.make_set, " Eerste  set ", [ids[2], ids[0], ids[3]], MIRTHE)
    with project.read() as session:
        assert practice.items(session, number) == [ids[2], ids[0]]
        assert [(s.name, s.key, s.n) for s in practice.sets(session)] == [("Eerste set", "Mirthe", 2)]
    with pytest.raises(UsageError, match="already"):
        project.step(message("Set"), practice.make_set, "eerste SET", ids, MIRTHE)
    with pytest.raises(UsageError, match="nothing to compare"):
        project.step(message("Set"), practice.make_set, "Ander", ids, NOOR)
    with pytest.raises(UsageError, match="needs a name"):
        project.step(message("Set"), practice.make_set, " ", ids, MIRTHE)
    places.there_and_back(project, practice.rename_set, number, "Tweede")
    places.there_and_back(project, practice.remove_set, number)


def test_answers_stay_apart_from_codings(project: Project) -> None:
    ids, code = places.narratief_ids(project), places.code_ids(project)
    with project.read() as session:
        before = [(c.id, c.code_id) for c in session.scalars(select(Coding))]
    number = made(project)
    one = project.step(message("Begin"), practice.begin, number, NOOR)
    assert project.step(message("Begin"), practice.begin, number, NOOR) == one
    assert places.there_and_back(project, practice.toggle, one, ids[0], code["Casus"]) is True
    assert project.step(message("Answer"), practice.toggle, one, ids[0], code["Casus"]) is False
    wie = places.facet_ids(project)["WIE"]
    project.step(message("Answer"), practice.toggle, one, ids[0], code["eigen"])
    assert places.there_and_back(project, practice.toggle_absent, one, ids[0], wie) is True
    with project.read() as session:
        [answer] = practice.answers(session, one).values()
        assert (answer.codes, answer.absent) == (set(), {wie})
    project.step(message("Answer"), practice.toggle, one, ids[0], code["burger"])
    with project.read() as session:
        [answer] = practice.answers(session, one).values()
        assert (answer.codes, answer.absent) == ({code["burger"]}, set())
        assert [(c.id, c.code_id) for c in session.scalars(select(Coding))] == before
    assert Reading(project).ask("burger").ids.size == 1, "only the key's"
    places.there_and_back(project, practice.end, one)
    with pytest.raises(UsageError, match="finished"):
        project.step(message("Answer"), practice.toggle, one, ids[0], code["burger"])
    assert project.step(message("Begin"), practice.begin, number, NOOR) != one
    with project.read() as session:
        assert [(r.coder, r.nr, r.ended is None) for r in practice.rounds(session, number)] == [
            ("Noor", 1, False), ("Noor", 2, True)]


def answered(project: Project, number: int, *rows: tuple[int, str]) -> int:
    ids, code = places.narratief_ids(project), places.code_ids(project)
    one = project.step(message("Begin"), practice.begin, number, NOOR)
    for nr, label in rows:
        project.step(message("Answer"), practice.toggle, one, ids[nr - 1], code[label])
    project.step(message("End"), practice.end, one)
    return one


def test_the_score_by_hand(project: Project) -> None:
    number, code, facet = made(project), places.code_ids(project), places.facet_ids(project)
    one = answered(project, number, (1, "Casus"), (1, "eigen"), (1, "positief"), (2, "Casus"), (3, "eigen"),
                   (3, "burger"))
    with project.read() as session:
        found = practice_scores.compared(session, one)
    score = found.score
    assert (score.n, score.exact, score.share) == (3, 1, 1 / 3)
    exact = {f.facet: f.exact for f in score.facets}
    assert exact == {facet["WAT"]: 2, facet["WIE"]: 2, facet["HOE"]: 3}, "niet genoemd is an empty set"
    by_code = {c.code: (c.wanted, c.given, c.both, c.precision, c.recall) for c in score.codes}
    assert by_code[code["Casus"]] == (2, 2, 2, 1.0, 1.0)
    assert by_code[code["Steun"]] == (1, 0, 0, None, 0.0)
    assert by_code[code["eigen"]] == (1, 2, 1, 0.5, 1.0)
    assert by_code[code["Stappen"]] == (0, 0, 0, None, None)
    ids = places.narratief_ids(project)
    assert [(d.narratief, d.facet, d.missed, d.extra) for d in score.differences] == [
        (ids[1], facet["WAT"], (code["Steun"],), ()), (ids[2], facet["WIE"], (), (code["eigen"],))]
    # Of «eigen» 3 narratieven: key 1 0 0, answer 1 0 1. Observed 1/3, expected (3·3)/(6·5/2) = 3/5.
    alpha = {c.code: c.alpha for c in score.codes}[code["eigen"]]
    assert alpha == pytest.approx(1 - (1 / 3) / (3 / 5))
    assert score.alpha is not None and 0 < score.alpha < 1


def test_all_right_and_nothing_answered(project: Project) -> None:
    number = made(project)
    rows = ((1, "Casus"), (1, "eigen"), (1, "positief"), (2, "Casus"), (2, "Steun"), (3, "burger"))
    answered(project, number, *rows)
    empty = answered(project, number)
    with project.read() as session:
        first, second = practice_scores.of_set(session, number)
        assert practice_scores.of_set(session, number, coder=MIRTHE) == []
    assert (first.score.exact, first.score.alpha, first.score.differences) == (3, 1.0, ())
    assert (second.round.id, second.round.nr, second.score.exact) == (empty, 2, 0)
    assert measures.score([], {}, {}, {1: [1]}, {}).share is None


def test_the_decided_set_as_key(project: Project) -> None:
    ids, code = places.narratief_ids(project), places.code_ids(project)
    project.step(message("Decide"), deciding.decide, MIRTHE, [ids[0]], [code["Casus"]], False)
    project.step(message("Decide"), deciding.decide, MIRTHE, [ids[3]], [code["Steun"]], True)
    number = made(project, None)
    with project.read() as session:
        key = practice.key_answers(session, ids, None)
        assert {code["Casus"]} & key[ids[0]].codes == set()
        assert key[ids[3]].codes == {code["Steun"]}
        assert practice.items(session, number) == ids
        assert practice.sets(session)[0].key == ""


def test_a_narratief_that_goes_takes_its_answers_along(project: Project) -> None:
    number = made(project)
    answered(project, number, (1, "Casus"), (2, "Casus"))
    project.step(message("Remove"), narratives.remove, places.narratief_ids(project)[0])
    with project.read() as session:
        assert len(practice.items(session, number)) == 2
        assert len(session.scalars(select(PracticeAnswer)).all()) == 1
        assert practice_scores.of_set(session, number)[0].score.n == 2
