"""CMO configurations: worded, evidenced, linked; nothing lost by undo, by cuts or by what is taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import cmo, cmo_views, codes, coding, kernelementen, memos
from codebook.models import Evidence, Rewording
from corpora import narratives
from corpora.errors import NotFoundError, RefusedError, UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from tests.codebook.places import code_ids, coder, narratief_ids, project_with_text, there_and_back


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def start(project: Project, title: str = "Tijd geeft rust") -> tuple[int, int, int]:
    """A coder, a kernelement and a configuration."""
    noor = coder(project, "Noor")
    kern = project.step(message("Kernelement"), kernelementen.ensure, "Dialogisch werken")
    return noor, kern, project.step(message("Configuration"), cmo.add, noor, kern, title)


def view(project: Project, number: int) -> cmo_views.ConfigurationView:
    with project.read() as session:
        return cmo_views.configuration(session, number)


def parts(found: cmo_views.ConfigurationView) -> list[str]:
    return [gap.part for gap in cmo_views.gaps(found)]


def test_a_partial_configuration_shows_its_gaps(project: Project) -> None:
    noor, _, one = start(project)
    assert parts(view(project, one)) == list(cmo_views.GAPS)
    there_and_back(project, cmo.add_element, one, "context", "er is tijd", valence=5, basis="verwacht")
    there_and_back(project, cmo.add_element, one, "mechanisme-redenering", "ik word gehoord")
    there_and_back(project, cmo.reword, noor, one, "statement", "Als er tijd is, dan …")
    found = view(project, one)
    assert parts(found) == ["mechanisme-hulpbron", "outcome", "intervention", "evidence"]
    assert [(e.role, e.text, e.valence, e.basis) for e in found.elements] == [
        ("context", "er is tijd", 1, "verwacht"), ("mechanisme-redenering", "ik word gehoord", 0, "waargenomen")]
    assert str(cmo_views.frame(found)) == "If er is tijd, then …, because ik word gehoord."


def test_every_rewording_is_kept_with_who_when_and_why(project: Project) -> None:
    noor, _, one = start(project)
    element = project.step(message("Element"), cmo.add_element, one, "outcome", "rust")
    there_and_back(project, cmo.reword, noor, one, "title", "Tijd geeft  ruimte", "rust is te klein")
    there_and_back(project, cmo.set_status, noor, one, "onderbouwd", "vier narratieven")
    sem = coder(project, "Sem")
    there_and_back(project, cmo.change_element, sem, element, "text", "rust in het team", "van Sem")
    there_and_back(project, cmo.change_element, sem, element, "actor", "professional")
    with project.read() as session:
        found = cmo_views.history_of(session, cmo_views.configuration(session, one))
    assert [(h.coder, h.field, h.old, h.new, h.reason) for h in found] == [
        ("Noor", "title", "Tijd geeft rust", "Tijd geeft ruimte", "rust is te klein"),
        ("Noor", "status", "vermoeden", "onderbouwd", "vier narratieven"),
        ("Sem", "text", "rust", "rust in het team", "van Sem"), ("Sem", "actor", "", "professional", "")]
    assert found[0].at.tzinfo is not None
    assert project.step(message("Same"), cmo.reword, noor, one, "title", "Tijd geeft ruimte") is False


def test_wrong_words_are_refused(project: Project) -> None:
    noor, kern, one = start(project)
    for operation, *words in ((cmo.add, noor, kern, "  "), (cmo.set_status, noor, one, "af"),
                              (cmo.add_element, one, "mechanisme")):
        with pytest.raises(UsageError):
            project.step(message("Wrong"), operation, *words)
    element = project.step(message("Element"), cmo.add_element, one, "context")
    other = project.step(message("Other"), cmo.add, noor, kern, "Ander")
    with pytest.raises(UsageError):
        project.step(message("Wrong"), cmo.add_evidence, noor, other, element_id=element,
                     narratief_ids=narratief_ids(project)[:1])
    with pytest.raises(UsageError):
        project.step(message("Wrong"), cmo.change_element, noor, element, "basis", "gehoord")


def quoted(project: Project, noor: int, start: int, end: int) -> int:
    return project.step(message("Quote"), memos.quote, noor, 1, start, end)


def test_evidence_is_not_doubled_and_keeps_direction_and_note(project: Project) -> None:
    noor, _, one = start(project)
    first, second = narratief_ids(project)[:2]
    element = project.step(message("Element"), cmo.add_element, one, "context", "tijd")
    there_and_back(project, cmo.add_evidence, noor, one, narratief_ids=[first, second, first], element_id=element,
                   note="eerst")
    there_and_back(project, cmo.add_evidence, noor, one, narratief_ids=[first], element_id=element,
                   direction="weerspreekt")
    there_and_back(project, cmo.add_evidence, noor, one, narratief_ids=[first])
    quote = quoted(project, noor, 3, 12)
    there_and_back(project, cmo.add_evidence, noor, one, quote_ids=[quote], element_id=element, direction="nuanceert")
    found = view(project, one)
    assert [(e.narratief_id, e.quote_id, e.direction, e.note) for e in found.elements[0].evidence] == [
        (first, None, "weerspreekt", "eerst"), (second, None, "steunt", "eerst"), (first, quote, "nuanceert", "")]
    assert [e.narratief_id for e in found.evidence] == [first]
    assert found.narratief_ids == [first, second]
    there_and_back(project, cmo.remove_evidence, [found.evidence[0].id])


def test_dropping_on_a_part_makes_its_element_once(project: Project) -> None:
    noor, _, one = start(project)
    first, second = narratief_ids(project)[:2]
    code = code_ids(project)["Steun"]
    made = there_and_back(project, cmo.place_evidence, noor, one, "context", narratief_ids=[first], code_id=code,
                          valence=-1)
    assert project.step(message("Again"), cmo.place_evidence, noor, one, "context", narratief_ids=[second]) == made
    other = project.step(message("Actor"), cmo.place_evidence, noor, one, "outcome", narratief_ids=[second],
                         actor="klant")
    third = project.step(message("Actor"), cmo.place_evidence, noor, one, "outcome", narratief_ids=[first],
                         actor="wijk")
    assert len({made, other, third}) == 3
    assert [(e.role, e.actor, e.valence, e.code_id, len(e.evidence)) for e in view(project, one).elements] == [
        ("context", "", -1, code, 2), ("outcome", "klant", 0, None, 1), ("outcome", "wijk", 0, None, 1)]


def test_links_without_loops_and_doubles(project: Project) -> None:
    noor, kern, one = start(project)
    two = project.step(message("Two"), cmo.add, noor, kern, "Twee")
    link = there_and_back(project, cmo.link, one, two, "rivaal", "twee verklaringen")
    assert project.step(message("Again"), cmo.link, two, one, "rivaal") == link
    there_and_back(project, cmo.link, one, two, "outcome-wordt-context")
    for wrong in ((one, one, "rivaal"), (two, one, "outcome-wordt-context"), (one, two, "lijkt op")):
        with pytest.raises(UsageError):
            project.step(message("Wrong"), cmo.link, *wrong)
    assert [(v.kind, v.other_title, v.outgoing, v.note) for v in view(project, two).links] == [
        ("rivaal", "Tijd geeft rust", False, "twee verklaringen"),
        ("outcome-wordt-context", "Tijd geeft rust", False, "")]
    there_and_back(project, cmo.unlink, link)
    there_and_back(project, cmo.remove, one)
    assert view(project, two).links == ()


def test_order_of_configurations_and_elements(project: Project) -> None:
    noor, kern, one = start(project, "een")
    two, three = (project.step(message("More"), cmo.add, noor, kern, name) for name in ("twee", "drie"))
    there_and_back(project, cmo.move, three, 0)
    with project.read() as session:
        assert [v.title for v in cmo_views.configurations(session, kern)] == ["drie", "een", "twee"]
    elements = [project.step(message("E"), cmo.add_element, two, "context", text) for text in "abc"]
    there_and_back(project, cmo.move_element, elements[0], 1)
    assert [e.text for e in view(project, two).elements] == ["b", "a", "c"]
    other = project.step(message("Other"), kernelementen.add, "Samen kantelen")
    there_and_back(project, cmo.give_to, one, other)
    assert view(project, one).kernelement_id == other


def full(project: Project) -> tuple[int, int, int, int]:
    """A configuration with an element proposed by a code, evidence from a narratief and from a quote in it."""
    noor, _, one = start(project)
    element = project.step(message("E"), cmo.add_element, one, "outcome", "rust", code_id=code_ids(project)["Steun"])
    quote = quoted(project, noor, 3, 12)
    first = narratief_ids(project)[0]
    project.step(message("Ev"), cmo.add_evidence, noor, one, narratief_ids=[first], element_id=element, note="kijk")
    project.step(message("Ev"), cmo.add_evidence, noor, one, quote_ids=[quote], element_id=element)
    project.step(message("W"), cmo.change_element, noor, element, "text", "meer rust", "scherper")
    return noor, one, element, quote


def test_what_is_taken_away_leaves_the_configuration_whole(project: Project) -> None:
    _, one, element, quote = full(project)
    there_and_back(project, codes.remove, code_ids(project)["Steun"])
    assert view(project, one).elements[0].code_id is None
    there_and_back(project, memos.unquote, quote)
    assert [e.quote_id for e in view(project, one).elements[0].evidence] == [None, None]
    there_and_back(project, cmo.remove_element, element)
    assert len(view(project, one).evidence) == 2
    there_and_back(project, narratives.remove, narratief_ids(project)[0])
    assert [(e.is_lost, e.place, e.note) for e in view(project, one).evidence] == [
        (True, "Gesprek · 1", "kijk"), (True, "Gesprek · 1", "")]
    assert view(project, one).narratief_ids == []
    with project.read() as session:
        assert session.scalars(select(Rewording)).all() == []


def test_a_kernelement_goes_with_all_that_hangs_on_it(project: Project) -> None:
    _, one, *_ = full(project)
    there_and_back(project, kernelementen.remove, view(project, one).kernelement_id)
    with project.read() as session:
        assert cmo_views.configurations(session) == []
        assert session.scalars(select(Evidence)).all() == []


def evidence(session: Session) -> list[tuple[int | None, int | None]]:
    return [(e.narratief_id, e.quote_id) for e in session.scalars(select(Evidence).order_by(Evidence.id))]


def test_evidence_goes_along_with_cuts(project: Project) -> None:
    _, _, _, quote = full(project)
    first = narratief_ids(project)[0]
    with pytest.raises(RefusedError):
        project.step(message("Recut"), narratives.set_segmentation, 1, [Span(0, 40)])
    second = there_and_back(project, narratives.split, first, 2)
    with project.read() as session:
        # The quote lies behind the cut: what points at it goes along, what points at the whole is on both parts.
        assert evidence(session) == [(first, None), (second, quote), (second, None)]
    there_and_back(project, narratives.shift, first, second, 13)
    with project.read() as session:
        assert evidence(session) == [(first, None), (first, quote), (second, None)]
    there_and_back(project, coding.join, first, second)
    with project.read() as session:
        assert evidence(session) == [(first, None), (first, quote)]


def test_evidence_follows_its_words_into_a_new_segmentation(project: Project) -> None:
    full(project)
    there_and_back(project, narratives.set_segmentation, 1, [Span(0, 40), Span(41, 70)], replace=True)
    first = narratief_ids(project)[0]
    with project.read() as session:
        assert [narratief for narratief, _ in evidence(session)] == [first, first]


def test_moved_evidence_is_not_doubled(project: Project) -> None:
    noor, _, one = start(project)
    first = narratief_ids(project)[0]
    a, b = (project.step(message("E"), cmo.add_element, one, "context", text) for text in "ab")
    [on_a] = project.step(message("E"), cmo.add_evidence, noor, one, narratief_ids=[first], element_id=a, note="een")
    project.step(message("E"), cmo.add_evidence, noor, one, narratief_ids=[first], element_id=b, note="twee")
    there_and_back(project, cmo.move_evidence, on_a, b)
    assert [[e.note for e in element.evidence] for element in view(project, one).elements] == [[], ["een\ntwee"]]
    there_and_back(project, cmo.move_evidence, on_a, None)
    assert [e.note for e in view(project, one).evidence] == ["een\ntwee"]


def test_joined_evidence_keeps_both_notes(project: Project) -> None:
    noor, _, one = start(project)
    first, second = narratief_ids(project)[:2]
    for narratief, note in ((first, "een"), (second, "twee")):
        project.step(message("E"), cmo.add_evidence, noor, one, narratief_ids=[narratief], note=note)
    project.step(message("J"), coding.join, first, second)
    assert [(e.narratief_id, e.note) for e in view(project, one).evidence] == [(first, "een\ntwee")]


def test_kernelementen_made_named_ordered(project: Project) -> None:
    one = there_and_back(project, kernelementen.add, "  Dialogisch   werken ", "praten om te leren")
    two = project.step(message("Two"), kernelementen.add, "Samen kantelen")
    with pytest.raises(UsageError):
        project.step(message("Again"), kernelementen.add, "dialogisch werken")
    with pytest.raises(UsageError):
        project.step(message("Name"), kernelementen.rename, two, "Dialogisch Werken")
    there_and_back(project, kernelementen.rename, two, "Kantelen")
    there_and_back(project, kernelementen.move, two, 0)
    wat = code_ids(project)
    there_and_back(project, kernelementen.set_codes, one, [wat["Casus"], wat["Steun"]])
    there_and_back(project, kernelementen.set_codes, one, [wat["Casus"]])
    with project.read() as session:
        assert [k.label for k in kernelementen.in_order(session)] == ["Kantelen", "Dialogisch werken"]
        assert kernelementen.codes_of(session) == {one: [wat["Casus"]]}
        with pytest.raises(NotFoundError, match="Kantelen"):
            kernelementen.find(session, "Anders")
