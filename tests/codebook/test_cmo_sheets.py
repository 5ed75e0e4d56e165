"""Focus-group sheets, findings as a file, syntheses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codebook import cmo, cmo_answers, cmo_files, cmo_sheets, cmo_synthesis, kernelementen
from codebook.cmo_counts import Board, Cell
from codebook.models import Factsheet, Reply, Sent
from codebook.reading import Reading
from corpora.errors import ReadError, UsageError
from corpora.messages import message
from corpora.models import RespondentGroup
from corpora.store.project import Project
from corpora.store.writing import Writing
from tests.codebook.places import coder, dump, narratief_ids, project_with_text, there_and_back

FINDINGS: dict[str, Any] = {"bron": "focusgroep van de proef", "kernelementen": [
    {"kernelement": "Dialogisch werken", "beschikbaar": True, "opmerking": "Zonder verbeterpunten.",
     "mechanisme_interventie": ["om de beurt praten", "  eerst luisteren"], "waarom_werkt": ["je hoort je denken"],
     "context_intern": ["rust"], "context_extern": [], "verbeterpunten": [],
     "outcome": {"klant": ["gehoord worden", "= een plan"], "professional": [], "expertnetwerk": [], "wijk": ["rust"]}},
    {"kernelement": "samen KANTELEN", "mechanisme_interventie": [], "outcome": {}, "opmerking": "Niet besproken."},
    {"kernelement": "Iets nieuws", "verbeterpunten": ["vaker doen"]}]}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = project_with_text(tmp_path)
    made.step(message("K"), kernelementen.add, "Dialogisch werken")
    made.step(message("K"), kernelementen.add, "Samen kantelen")
    return made


def sheets(project: Project) -> list[cmo_sheets.SheetView]:
    with project.read() as session:
        return cmo_sheets.sheets(session)


def test_lines_keep_the_role_of_their_author_and_the_phase(project: Project) -> None:
    one = there_and_back(project, cmo_sheets.add, 1, held="12 mei", participant="leercoach")
    first = there_and_back(project, cmo_sheets.add_entry, one, "context_intern", " tijd ", author_role="leercoach")
    there_and_back(project, cmo_sheets.add_entry, one, "outcome", "rust", actor="wijk", author_role="facilitator",
                   phase="plenair")
    there_and_back(project, cmo_sheets.describe, one, phase="samen")
    there_and_back(project, cmo_sheets.change_entry, first, text="tijd en rust")
    assert [(e.field, e.actor, e.text, e.author_role, e.phase) for e in sheets(project)[0].entries] == [
        ("context_intern", "", "tijd en rust", "leercoach", "alleen"),
        ("outcome", "wijk", "rust", "facilitator", "plenair")]
    there_and_back(project, cmo_sheets.move_entry, first, "context_extern")
    there_and_back(project, cmo_sheets.change_entry, first, text=" ")
    there_and_back(project, cmo_sheets.remove, one)
    assert sheets(project) == []


def test_wrong_places_are_refused(project: Project) -> None:
    one = project.step(message("S"), cmo_sheets.add, 1)
    for field, text, actor in (("iets", "x", ""), ("outcome", "x", ""), ("outcome", "x", "baas"),
                               ("verbeterpunten", "x", "klant"), ("verbeterpunten", "  ", "")):
        with pytest.raises(UsageError):
            project.step(message("W"), cmo_sheets.add_entry, one, field, text, actor=actor)


def test_a_place_written_anew_keeps_who_wrote_what_stays(project: Project) -> None:
    one = project.step(message("S"), cmo_sheets.add, 1)
    project.step(message("E"), cmo_sheets.add_entry, one, "verbeterpunten", "vaker", author_role="burger")
    there_and_back(project, cmo_sheets.write, one, "verbeterpunten", ["eerder", "vaker", ""], author_role="manager",
                   phase="plenair")
    assert [(e.text, e.author_role) for e in sheets(project)[0].entries] == [("eerder", "manager"), ("vaker", "burger")]
    there_and_back(project, cmo_sheets.write, one, "verbeterpunten", ["vaker"])
    assert [(e.text, e.author_role, e.phase) for e in sheets(project)[0].entries] == [("vaker", "burger", "alleen")]


def test_equal_lines_of_several_sheets_are_one(project: Project) -> None:
    for role, text in (("leercoach", "Meer tijd"), ("facilitator", "meer  tijd"), ("leercoach", "meer ruimte")):
        one = project.step(message("S"), cmo_sheets.add, 1)
        project.step(message("E"), cmo_sheets.add_entry, one, "verbeterpunten", text, author_role=role)
    found = cmo_sheets.aggregated(sheets(project))
    assert [(line.text, line.count, line.roles) for line in found["verbeterpunten", ""]] == [
        ("Meer tijd", 2, ("leercoach", "facilitator")), ("meer ruimte", 1, ("leercoach",))]
    assert cmo_sheets.as_findings(found)["verbeterpunten"] == ["Meer tijd", "meer ruimte"]
    assert list(cmo_sheets.as_findings(found)["outcome"]) == ["klant", "professional", "expertnetwerk", "wijk"]


def file(folder: Path, content: Any) -> Path:
    path = folder / "bevindingen.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def answers(project: Project) -> dict[str, Any]:
    found = cmo_answers.as_json(cmo_answers.ask(Reading(project)))
    return {one["name"]: one for one in found["kernelementen"]}


def test_findings_land_as_sheets_and_come_out_unchanged(project: Project, tmp_path: Path) -> None:
    found = cmo_files.read(file(tmp_path, FINDINGS))
    landed = there_and_back(project, cmo_files.put, found)
    assert landed == cmo_files.Landed(1, 3, 8, 0)
    out = answers(project)
    assert list(out) == ["Dialogisch werken", "Samen kantelen", "Iets nieuws"]
    sheet, given = out["Dialogisch werken"]["sheet"], FINDINGS["kernelementen"][0]
    assert sheet["mechanisme_interventie"] == ["om de beurt praten", "eerst luisteren"]
    assert all(sheet[name] == given[name] for name in ("waarom_werkt", "context_intern", "context_extern", "outcome"))
    assert out["Samen kantelen"]["opmerking"] == "Niet besproken."
    assert [(v.session, v.source, v.phase) for v in sheets(project)[:1]] == [
        ("focusgroep van de proef", "bevindingen.json", "plenair")]


def test_importing_twice_changes_nothing(project: Project, tmp_path: Path) -> None:
    project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, FINDINGS)))
    before, steps = dump(project), len(project.log())
    again = project.step(message("I"), cmo_files.put, cmo_files.read(tmp_path / "bevindingen.json"))
    assert again == cmo_files.Landed()
    (tmp_path / "bevindingen.json").rename(tmp_path / "anders.json")
    project.step(message("I"), cmo_files.put, cmo_files.read(tmp_path / "anders.json")[:1])
    # What the program gives out itself says nothing new either.
    own = file(tmp_path, {"kernelementen": list(answers(project).values())})
    project.step(message("I"), cmo_files.put, cmo_files.read(own))
    assert dump(project) == before
    assert len(project.log()) == steps


def test_a_file_that_grew_brings_only_what_is_new(project: Project, tmp_path: Path) -> None:
    project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, FINDINGS)))
    grown = json.loads(json.dumps(FINDINGS))
    grown["kernelementen"][0]["verbeterpunten"] = ["vaker"]
    landed = project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, grown)))
    assert landed == cmo_files.Landed(lines=1)


@pytest.mark.parametrize(("content", "told"), [
    ("{", "JSON"), ('{"kernelementen": [{"kernelement": "\\ud800"}]}', "JSON"),
    ("[]", "kernelementen"), ({"kernelementen": {}}, "kernelementen"), ("[" * 100_000, "JSON"),
    ({"kernelementen": [3]}, "kernelementen[1]"), ({"kernelementen": [{"kernelement": "  "}]}, "kernelementen[1]"),
    ({"kernelementen": [{"kernelement": "A", "context_intern": "los"}]}, "«A» context_intern"),
    ({"kernelementen": [{"kernelement": "A", "outcome": {"baas": []}}]}, "outcome.baas"),
    ({"kernelementen": [{"kernelement": "A", "outcome": {"wijk": [1]}}]}, "outcome.wijk"),
    ({"kernelementen": [{"name": "A", "configurations": [{"title": "T", "elements": [{"role": "x"}]}]}]}, "role"),
    ({"kernelementen": [{"kernelement": "A", "configurations": [{"title": "T", "evidence": [{"nr": "1"}]}]}]}, "nr")])
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, content: Any, told: str) -> None:
    with pytest.raises(ReadError) as error:
        cmo_files.read(file(tmp_path, content))
    assert told in str(error.value)
    assert "bevindingen.json" in str(error.value)


CONFIGURATIONS = [{
    "title": "Rust", "status": "onderbouwd", "statement": "Als er rust is …", "intervention": "spelregels",
    "elements": [{"role": "context", "text": "tijd", "valence": -1, "basis": "verwacht",
                  "evidence": [{"document": "Gesprek", "nr": 2, "direction": "weerspreekt", "note": "kijk"}]}],
    "evidence": [{"document": "gesprek", "nr": 1}], "links": [{"kind": "rivaal", "title": "haast"}]},
    {"title": "Haast"}]


def test_configurations_come_with_their_evidence(project: Project, tmp_path: Path) -> None:
    content = {"kernelementen": [{"kernelement": "Dialogisch werken", "configurations": CONFIGURATIONS,
                                  "synthesis": {"wording": "Rust werkt."}}]}
    found = cmo_files.read(file(tmp_path, content))
    assert there_and_back(project, cmo_files.put, found, "Noor") == cmo_files.Landed(configurations=2)
    one = answers(project)["Dialogisch werken"]
    assert one["configurations"][0]["elements"][0]["evidence"] == [
        {"document": "Gesprek", "nr": 2, "direction": "weerspreekt", "note": "kijk"}]
    assert one["configurations"][0]["evidence"] == [
        {"document": "Gesprek", "nr": 1, "direction": "steunt", "note": ""}]
    assert one["configurations"][0]["gaps"] == ["mechanisme-hulpbron", "mechanisme-redenering", "outcome"]
    assert one["configurations"][0]["links"] == [{"kind": "rivaal", "title": "Haast"}]
    assert one["synthesis"]["wording"] == "Rust werkt."
    before = dump(project)
    project.step(message("I"), cmo_files.put, found, "Noor")
    project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, {"kernelementen": [one]})), "Noor")
    assert dump(project) == before
    content["kernelementen"][0]["configurations"] = [{"title": "Mis", "evidence": [{"document": "Gesprek", "nr": 99}]}]
    with pytest.raises(UsageError, match="99"):
        project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, content)))
    assert dump(project) == before


def test_a_synthesis_counts_from_its_evidence(project: Project) -> None:
    noor = coder(project, "Noor")
    first, second = narratief_ids(project)[:2]
    one = project.step(message("C"), cmo.add, noor, 1, "Rust")
    two = project.step(message("C"), cmo.add, noor, 1, "Haast")
    other = project.step(message("C"), cmo.add, noor, 2, "Anders")
    project.step(message("E"), cmo.add_evidence, noor, one, narratief_ids=[first])
    project.step(message("E"), cmo.add_evidence, noor, two, narratief_ids=[first, second], direction="weerspreekt")
    there_and_back(project, cmo_synthesis.write, noor, 1, "wording", "Rust helpt.")
    there_and_back(project, cmo_synthesis.write, noor, 1, "wording", "Rust helpt vaak.", "twee tegen")
    found = synthesis(project)
    assert (found.wording, found.chosen, len(found.configurations)) == ("Rust helpt vaak.", False, 2)
    assert found.sources == Cell(2, 1, 1, 0)
    assert [(c.configuration, c.evidence.narratief_id) for c in found.against] == [("Haast", first), ("Haast", second)]
    there_and_back(project, cmo_synthesis.set_configurations, noor, 1, [one])
    found = synthesis(project)
    assert (found.chosen, found.sources, found.against) == (True, Cell(1, 1, 1, 0), ())
    with pytest.raises(UsageError):
        project.step(message("W"), cmo_synthesis.set_configurations, noor, 1, [other])
    project.step(message("R"), cmo.remove, one)
    assert synthesis(project).chosen is False
    assert found.reflector is None


def synthesis(project: Project) -> cmo_synthesis.SynthesisView:
    with project.read() as session:
        return cmo_synthesis.view(session, Board(Reading(project)), 1)


def _answered(session: Writing, noor: int, number: int) -> None:
    group = RespondentGroup(label="Managers")
    session.add(group)
    session.flush()
    sheet = Factsheet(group_id=group.id)
    session.add(sheet)
    session.flush()
    sent = Sent(factsheet_id=sheet.id, recipient="manager 1", coder_id=noor)
    session.add(sent)
    session.flush()
    session.add(Reply(sent_id=sent.id, about="synthesis", about_id=number, body="Klopt.", agrees=True, coder_id=noor))
    session.add(Reply(sent_id=sent.id, about="pattern", about_id=number, body="Ander.", coder_id=noor))


def test_replies_of_members_stand_with_the_synthesis(project: Project) -> None:
    noor = coder(project, "Noor")
    project.step(message("W"), cmo_synthesis.write, noor, 1, "conclusion", "Rust.")
    number = synthesis(project).synthesis_id
    assert number is not None
    project.step(message("R"), _answered, noor, number)
    assert [(r.group, r.recipient, r.body, r.agrees) for r in synthesis(project).replies] == [
        ("Managers", "manager 1", "Klopt.", True)]


def test_what_does_not_fit_is_refused_and_not_cut(project: Project) -> None:
    noor, long = coder(project, "Noor"), "woord " * 60
    for operation, *words in ((cmo.add, noor, 1, long), (kernelementen.add, long)):
        with pytest.raises(UsageError, match="woord woord"):
            project.step(message("L"), operation, *words)
    with pytest.raises(UsageError, match="woord woord"):
        project.step(message("L"), cmo_sheets.add, 1, participant=long)


def test_a_long_source_stands_in_the_note(project: Project, tmp_path: Path) -> None:
    content = FINDINGS | {"bron": "bron " * 60}
    project.step(message("I"), cmo_files.put, cmo_files.read(file(tmp_path, content)))
    assert sheets(project)[0].session == ""
    assert sheets(project)[0].note.startswith("Zonder verbeterpunten.\nbron bron")
