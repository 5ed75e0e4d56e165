"""Coders made, renamed, joined and given documents; the plan of who codes what; what blind coding hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from codebook import agreeing, assigning, blind, coded, coding, deciding, memos, team
from codebook.assigning import Material
from codebook.models import Coder, Coding, Done, Memo, NotMentioned
from codebook.reading import Reading
from codebook.team_progress import overview
from corpora import documents, narratives
from corpora.errors import UsageError
from corpora.messages import message
from corpora.models import OwnBoundary
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript
from exports import coded_rows
from exports.archive import write_archive
from tests.codebook import places


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = places.project_with_text(tmp_path)
    found.step(message("Second"), _second)
    yield found
    found.close()


def _second(session: object) -> None:
    number = documents.add(session, Transcript("Een. Twee.", ()), title="Tweede", kind="logboek")  # type: ignore[arg-type]
    narratives.set_segmentation(session, number, [Span(0, 5), Span(5, 10)])  # type: ignore[arg-type]


def code(project: Project, coder: str, *rows: tuple[int, str], title: str = "Gesprek") -> None:
    project.step(message("Code"), coding.apply_bulk, coder, [coding.BulkRow(title, nr, name) for nr, name in rows])


def names(project: Project) -> list[str]:
    with project.read() as session:
        return list(session.scalars(select(Coder.name).order_by(Coder.name)))


def test_one_name_is_one_coder(project: Project) -> None:
    anna = project.step(message("Add"), team.add, "  Anna   Bos ", "onderzoeker")
    assert project.step(message("Be"), team.be, "anna bos") == anna
    with pytest.raises(UsageError, match="already"):
        project.step(message("Add"), team.add, "ANNA BOS")
    sem = project.step(message("Be"), team.be, "Sem")
    with pytest.raises(UsageError, match="already"):
        project.step(message("Rename"), team.rename, sem, "anna Bos")
    places.there_and_back(project, team.rename, anna, "anna bos")  # one's own name in other capitals
    with pytest.raises(UsageError, match="needs a name"):
        project.step(message("Rename"), team.rename, sem, "  ")
    with pytest.raises(UsageError, match="student / onderzoeker"):
        project.step(message("Role"), team.set_role, sem, "baas")
    assert names(project) == ["Sem", "anna bos"]


def test_two_coders_of_one_person_become_one_without_loss(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "WIE:niet genoemd"))
    code(project, "noor b", (1, "Casus"), (1, "Steun"), (3, "eigen"), (4, "WIE:niet genoemd"))
    code(project, "Noor", (4, "burger"))
    kept, gone = places.coder(project, "Noor"), places.coder(project, "noor b")
    first, *_rest = places.narratief_ids(project)
    for who, body in ((kept, "Eerste gedachte"), (gone, "Tweede gedachte")):
        project.step(message("Memo"), memos.write, who, "narratief", first, body)
    project.step(message("Ready"), coding.set_done, gone, 1, True, overrule=True)
    project.step(message("Cut"), narratives.set_own, 2, _uuid(project, gone), [Span(0, 5)])
    places.there_and_back(project, team.join, kept, gone)
    assert names(project) == ["Noor"]
    with project.read() as session:
        given = Counter((n, c) for n, c in session.execute(select(Coding.narratief_id, Coding.code_id)))
        assert len(given) == 5 and set(given.values()) == {1}
        assert session.scalars(select(NotMentioned)).all() == []  # a code of either outweighs it
        [note] = session.scalars(select(Memo))
        assert note.body == "Eerste gedachte\n\nTweede gedachte"
        assert session.scalars(select(Done.coder_id)).all() == [kept]
        assert session.scalars(select(OwnBoundary.coder_uuid)).all() == [session.get_one(Coder, kept).uuid]
    with pytest.raises(UsageError, match="different"):
        project.step(message("Join"), team.join, kept, kept)


def _uuid(project: Project, coder: int) -> object:
    with project.read() as session:
        return session.get_one(Coder, coder).uuid


def test_a_coder_with_work_is_not_removed(project: Project) -> None:
    code(project, "Noor", (1, "Casus"))
    noor, sem = places.coder(project, "Noor"), places.coder(project, "Sem")
    with pytest.raises(UsageError, match="«Noor» has codings"):
        project.step(message("Remove"), team.remove, noor)
    project.step(message("Assign"), assigning.assign, sem, [1])
    places.there_and_back(project, team.remove, sem)
    assert names(project) == ["Noor"]


def test_documents_are_assigned_and_progress_follows_them(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (1, "eigen"), (1, "positief"), (2, "Casus"))
    noor, sem = places.coder(project, "Noor"), places.coder(project, "Sem")
    row = {r.name: r for r in overview(Reading(project))}["Noor"]
    assert (row.assigned, row.documents, row.narratieven, row.complete, row.codings) == (False, 1, 4, 1, 4)
    assert row.last is not None
    assert places.there_and_back(project, assigning.assign, noor, [1, 2]) == 2
    assert project.step(message("Again"), assigning.assign, noor, [1, 2]) == 0
    project.step(message("Assign"), assigning.assign, sem, [2])
    project.step(message("Ready"), coding.set_done, noor, 2, True, overrule=True)
    row = {r.name: r for r in overview(Reading(project))}["Noor"]
    assert (row.assigned, row.documents, row.done, row.narratieven, row.complete) == (True, 2, 1, 6, 1)
    with project.read() as session:
        assert assigning.assignments(session) == {1: [noor], 2: [noor, sem]}
        assert assigning.documents_of(session, noor) == [1, 2]
    assert places.there_and_back(project, assigning.assign, noor, [1, 2], on=False) == 2


# -- the plan ------------------------------------------------------------------------------------------------------


def material() -> list[Material]:
    return [Material(n, 10 + 7 * n % 23, (f"groep {n % 3}", "interview" if n % 2 else "logboek")) for n in range(1, 31)]


def test_a_plan_is_even_and_spreads_what_is_coded_double() -> None:
    plan = assigning.plan(material(), [1, 2, 3], 0.25, seed=4)
    assert set(plan.coders) == {m.id for m in material()}
    assert 0.2 <= plan.overlap <= 0.3
    assert max(plan.load.values()) - min(plan.load.values()) <= 32  # the heaviest document
    strata = Counter(m.stratum for m in material() if m.id in plan.doubled)
    assert len(strata) == 6 and max(strata.values()) - min(strata.values()) <= 1
    pairs = Counter(plan.coders[d] for d in plan.doubled)
    assert set(pairs) == {(1, 2), (1, 3), (2, 3)}
    assert plan == assigning.plan(material(), [1, 2, 3], 0.25, seed=4)
    assert plan.doubled != assigning.plan(material(), [1, 2, 3], 0.25, seed=5).doubled


@given(weights=st.lists(st.integers(0, 60), max_size=40), coders=st.integers(2, 6), share=st.floats(0, 1),
       seed=st.integers(0, 99))
@settings(max_examples=120, deadline=None)
def test_every_document_gets_its_coders_and_nobody_far_more_than_another(weights: list[int], coders: int, share: float,
                                                                         seed: int) -> None:
    found = assigning.plan([Material(n, w, (str(n % 4), "")) for n, w in enumerate(weights)], range(coders), share,
                           seed)
    assert sorted(found.coders) == list(range(len(weights)))
    assert {len(set(who)) for who in found.coders.values()} <= {1, 2}
    total = sum(weights)
    assert abs(found.overlap - share) * total <= max(weights, default=0) + 1e-6 or not total
    assert max(found.load.values()) - min(found.load.values()) <= 2 * max(weights, default=0)


def test_who_has_work_already_gets_less() -> None:
    found = assigning.plan([Material(n, 10) for n in range(10)], [1, 2], 0, begun={1: 60})
    assert sum(who == (2,) for who in found.coders.values()) == 8
    assert found.load == {1: 80, 2: 80}
    with pytest.raises(UsageError, match="takes 3 coders; 2 chosen"):
        assigning.plan(material(), [1, 2], 0.2, times=3)
    with pytest.raises(UsageError, match="at least one"):
        assigning.plan(material(), [], 0.0)


def test_a_plan_replaces_what_was_assigned_or_adds_to_it(project: Project) -> None:
    noor, sem = places.coder(project, "Noor"), places.coder(project, "Sem")
    project.step(message("Assign"), assigning.assign, noor, [1])
    wanted = assigning.plan([Material(1, 4), Material(2, 2)], [sem], 0)
    places.there_and_back(project, assigning.apply, wanted)
    with project.read() as session:
        assert assigning.assignments(session) == {1: [sem], 2: [sem]}
    project.undo()
    project.step(message("Plan"), assigning.apply, wanted, replace=False)
    with project.read() as session:
        assert assigning.assignments(session) == {1: [noor, sem], 2: [sem]}


# -- blind ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def blinded(project: Project) -> Project:
    """Noor and Sem coded both documents, Mirthe is onderzoeker and decided on one code; blind."""
    for who, label in (("Noor", "Casus"), ("Sem", "Steun")):
        code(project, who, (1, label), (2, label), (3, "WIE:niet genoemd"))
        code(project, who, (1, label), title="Tweede")
    mirthe = project.step(message("Add"), team.add, "Mirthe", "onderzoeker")
    first = places.narratief_ids(project)[0]
    project.step(message("Decide"), deciding.decide, mirthe, [first], [places.code_ids(project)["Stappen"]], True)
    project.step(message("Memo"), memos.write, places.coder(project, "Sem"), "narratief", first, "Geheim")
    project.step(message("Flag"), coding.set_flag, places.coder(project, "Sem"), first, True, "praten")
    project.step(message("Blind"), blind.set_blind, True)
    return project


def seen(reading: Reading) -> dict[str, list[int]]:
    return {name: [p.nr for p in reading.places(reading.ask(name).ids)] for name in ("Casus", "Steun")}


def test_a_student_sees_anothers_codes_only_where_their_own_are_klaar(blinded: Project) -> None:
    noor = places.coder(blinded, "Noor")
    reading = Reading(blinded, "noor")
    stop = blinded.listen(reading.update)
    assert seen(reading) == {"Casus": [1, 2, 1], "Steun": []}
    assert reading.ask("Stappen", codings="decided").ids.size == 0
    assert reading.index.coders() == [noor]
    assert [r.coder for r in coded_rows.codings(reading)] == ["Noor"] * 4
    with blinded.read() as session:
        first = coded.of_document(session, 1, reading.veil)[0]
    assert ({who for who, _code in first.codings}, dict(first.memos), dict(first.flags)) == ({noor}, {}, {})
    blinded.step(message("Ready"), coding.set_done, noor, 1, True, overrule=True)
    assert seen(reading) == {"Casus": [1, 2, 1], "Steun": [1, 2]}
    assert reading.ask("Stappen", codings="decided").ids.size == 1
    with blinded.read() as session:
        assert dict(coded.of_document(session, 1, reading.veil)[0].memos) == {places.coder(blinded, "Sem"): "Geheim"}
    code(blinded, "Sem", (2, "Steun"), title="Tweede")
    code(blinded, "Sem", (4, "Steun"))
    assert seen(reading)["Steun"] == [1, 2, 4]
    blinded.step(message("Open"), coding.set_done, noor, 1, False)
    assert seen(reading)["Steun"] == []
    blinded.step(message("See"), blind.set_blind, False)
    assert seen(reading)["Steun"] == [1, 2, 4, 1, 2]
    blinded.undo()
    assert seen(reading)["Steun"] == []
    stop()
    fresh = Reading(blinded, "Noor")
    assert {c: fresh.index.counts()[c] for c in fresh.index.codes()} == {
        c: n for c, n in reading.index.counts().items() if n}


def test_many_documents_are_shown_and_hidden_at_once(blinded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codebook.reading.MANY", 1)
    reading = Reading(blinded, "Noor")
    stop = blinded.listen(reading.update)
    blinded.step(message("See"), blind.set_blind, False)
    assert seen(reading) == {"Casus": [1, 2, 1], "Steun": [1, 2, 1]}
    blinded.undo()
    assert seen(reading) == {"Casus": [1, 2, 1], "Steun": []}
    stop()


def test_the_onderzoeker_and_the_command_line_see_everything(blinded: Project) -> None:
    everything = {"Casus": [1, 2, 1], "Steun": [1, 2, 1]}
    assert seen(Reading(blinded)) == everything
    mirthe = Reading(blinded, "Mirthe")
    assert seen(mirthe) == everything
    stop = blinded.listen(mirthe.update)
    blinded.step(message("Role"), team.set_role, places.coder(blinded, "Mirthe"), "student")
    stop()
    assert seen(mirthe) == {"Casus": [], "Steun": []}
    assert seen(Reading(blinded, "Nieuw")) == {"Casus": [], "Steun": []}


def test_what_is_hidden_does_not_count_as_looked_at(blinded: Project) -> None:
    reading = Reading(blinded, "Noor")
    assert agreeing.slots_of(reading).size == 0
    blinded.step(message("Ready"), coding.set_done, places.coder(blinded, "Noor"), 2, True, overrule=True)
    found = agreeing.agreement(Reading(blinded, "Noor"))
    assert (found.n, found.total) == (1, 2)


def test_no_archive_for_who_may_not_see_all(blinded: Project, tmp_path: Path) -> None:
    from corpora.messages import Translator

    with pytest.raises(Exception, match="coded blind"):
        write_archive(Reading(blinded, "Noor"), tmp_path / "alles.zip", Translator("nl"))
    assert not (tmp_path / "alles.zip").exists()
    write_archive(Reading(blinded, "Mirthe"), tmp_path / "alles.zip", Translator("nl"))


def test_anonymous_numbers_are_shuffled_but_steady(project: Project) -> None:
    people = ["Noor", "Sem", "Yara", "Bas"]
    assert blind.anonymous_numbers(people, 3) == blind.anonymous_numbers(list(reversed(people)), 3)
    assert len({tuple(blind.anonymous_numbers(people, n).items()) for n in range(20)}) > 5
    places.there_and_back(project, blind.set_anonymous, True)
    with project.read() as session:
        assert blind.is_anonymous(session)
        assert not blind.is_blind(session)
