"""No name gets out in a report or factsheet, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from codebook import cmo_sheets, coding, evidence, memberchecks, memos, questions, report_texts
from codebook.models import Deelvraag, Kernelement, Pattern
from codebook.reading import Reading
from corpora import documents
from corpora.errors import RefusedError
from corpora.messages import message
from corpora.models import Document, RespondentGroup, Speaker
from exports import giving
from exports.name_guard import guarded_names
from tests.exports.findings import DUTCH, reading, study
from tests.exports.test_files import run


def own(place: str, body: str) -> Callable[[Session], Any]:
    return lambda s: report_texts.write(s, coding.coder_id(s, "Mirthe"), place, body)


def set_field(model: Any, field: str, text: str) -> Callable[[Session], Any]:
    def change(session: Session) -> None:
        setattr(session.query(model).order_by(model.id).first(), field, text)
    return change


def sheet_line(session: Session) -> None:
    sheet = cmo_sheets.sheets(session)[0]
    cmo_sheets.add_entry(session, sheet.id, "context_intern", "Fatima kent iedereen")


def late_text(session: Session) -> None:
    """A talk that came after the names were replaced still has one, and it is quoted."""
    from corpora import narratives
    from corpora.narratives import Span
    from corpora.transcript_types import Transcript

    body = "Later belde Fatima ons terug."
    number = documents.add(session, Transcript(body, ()), title="Nagekomen", kind="interview", group="Leercoaches")
    narratives.set_segmentation(session, number, [Span(0, len(body))])
    who = coding.coder_id(session, "Mirthe")
    evidence.add_quotes(session, who, 1, [memos.quote(session, who, number, 0, len(body))])


LEAKS: list[tuple[str, Callable[[Session], Any], str]] = [
    ("own words", own("discussie", "Zoals Fatima zei, het werkt."), "5 Discussie"),
    ("capitals", own("aanbevelingen", "Luister naar FATIMA."), "7 Aanbevelingen"),
    ("possessive", own("inleiding", "Dit was Fatima's idee."), "1 Inleiding"),
    ("small letters", own("samenvatting", "met dank aan fatima"), "Samenvatting"),
    ("title page", own("titelblad", "Voor Fatima"), "Leren in de wijk"),
    ("pattern", set_field(Pattern, "description", "Fatima doet het voor."), "Samen aan een casus"),
    ("pattern title", set_field(Pattern, "label", "De aanpak van Fatima"), "De aanpak van Fatima"),
    ("conclusion", set_field(Pattern, "conclusion", "Doe als Fatima."), "6 Conclusie"),
    ("kernelement", set_field(Kernelement, "description", "Bedacht door Fatima."), "4.1"),
    ("deelvraag", set_field(Deelvraag, "question", "Wat deed Fatima?"), "1.1 Onderzoeksvragen"),
    ("document title", set_field(Document, "title", "Gesprek met Fatima"), "C "),
    ("sheet", sheet_line, "4.1"), ("quote", late_text, "Samen aan een casus"),
    ("query", lambda s: questions.save_query(s, "Vraag van Fatima", "positief"), "B ")]


@pytest.mark.parametrize(("what", "change", "section"), LEAKS, ids=[one[0] for one in LEAKS])
@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_a_name_stops_the_report_and_is_shown(tmp_path: Path, what: str, change: Callable[[Session], Any], section: str,
                                              ending: str) -> None:
    project = study(tmp_path)
    project.step(message("Leak"), change)
    target = tmp_path / f"r{ending}"
    with pytest.raises(RefusedError) as stopped:
        giving.write(Reading(project), giving.Wanted(target, "report"), DUTCH)
    said = DUTCH(stopped.value.message)
    assert "Fatima" in said and section in said and not target.exists(), said


def test_words_that_only_look_like_the_name_pass(tmp_path: Path) -> None:
    project = study(tmp_path)
    project.step(message("Own"), own("discussie", "Het fatimaat is een woord, Fatimabad ook; Persoon A zei het."))
    giving.write(Reading(project), giving.Wanted(tmp_path / "r.docx", "report"), DUTCH)
    assert (tmp_path / "r.docx").exists()


def test_an_earlier_report_stays_when_a_name_stops_the_new_one(tmp_path: Path) -> None:
    project = study(tmp_path)
    target = tmp_path / "r.docx"
    giving.write(Reading(project), giving.Wanted(target, "report"), DUTCH)
    before = target.read_bytes()
    project.step(message("Leak"), own("discussie", "Fatima."))
    with pytest.raises(RefusedError):
        giving.write(Reading(project), giving.Wanted(target, "report"), DUTCH)
    assert target.read_bytes() == before and sorted(p.suffix for p in tmp_path.iterdir() if p.suffix == ".docx") == [
        ".docx"]


def test_the_command_line_says_where_and_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    project = study(tmp_path)
    project.step(message("Leak"), own("discussie", "Eerst iets anders. Zoals Fatima zei, het werkt. En nog iets."))
    project.close()
    assert run("export", project.path, tmp_path / "r.docx", "--as", "report") == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1 and "5 Discussi" in told.err and "Zoals Fatima zei, het werkt." in told.err
    assert "Eerst iets anders" not in told.err and not (tmp_path / "r.docx").exists()


def test_a_factsheet_is_guarded_too(tmp_path: Path, capsys: Any) -> None:
    project = study(tmp_path)

    def write(session: Session) -> None:
        group = memberchecks.group_named(session, "Leercoaches")
        memberchecks.write(session, group.id, closing="Vragen? Bel Fatima.")
    project.step(message("Leak"), write)
    project.close()
    for ending in (".docx", ".pdf"):
        target = tmp_path / f"f{ending}"
        assert run("export", project.path, target, "--as", "factsheet", "--group", "Leercoaches") == 1
        assert "“Bel Fatima.”" in capsys.readouterr().err and not target.exists()


def test_names_by_which_speakers_go_are_guarded_without_a_key(tmp_path: Path) -> None:
    project = study(tmp_path)

    def name(session: Session) -> None:
        first, second, third = session.query(Speaker).order_by(Speaker.id).all()
        first.description, second.label, third.description = "Jorinde Haverlag, leercoach", "Wiebe", "wijkteamlid 2"
    project.step(message("Speakers"), name)
    with project.read() as session:
        found = set(guarded_names(session))
    assert {"Fatima", "Jorinde Haverlag", "Jorinde", "Haverlag", "Wiebe"} <= found
    assert not found & {"leercoach", "Leercoach", "wijkteamlid", "Gesprek", "Persoon", "R1", "Logboek"}
    project.step(message("Own"), own("discussie", "Wiebe vond dat ook."))
    with pytest.raises(RefusedError):
        giving.write(Reading(project), giving.Wanted(tmp_path / "r.docx", "report"), DUTCH)


@pytest.mark.parametrize("label", ["Wijkregisseur", "Gebiedsmanager Noord", "Kantelbox", "Procesbegeleider 2",
                                   "Medewerker Utrecht", "Gesprek", "Spreker A", "Respondente"])
def test_functions_and_places_are_no_names(tmp_path: Path, label: str) -> None:
    project = study(tmp_path)

    def name(session: Session) -> None:
        session.query(Speaker).order_by(Speaker.id).first().label = label  # type: ignore[union-attr]
        session.query(Document).order_by(Document.id).first().title = "Kantelbox 1"  # type: ignore[union-attr]
        body = "De wijkregisseur en de gebiedsmanager, en een procesbegeleider."
        from corpora.transcript_types import Transcript

        documents.add(session, Transcript(body, ()), title="Meer", kind="overig")
    project.step(message("Speakers"), name)
    with project.read() as session:
        assert guarded_names(session) == ["Fatima"]


@pytest.mark.parametrize(("label", "names"), [
    ("Xhemile", {"Xhemile"}), ("Jan de Boer", {"Jan de Boer", "Jan"}), ("R3: mevrouw Öztürk", {"Öztürk"}),
    ("Anna, leercoach", {"Anna"})])
def test_names_of_every_kind_are_names(tmp_path: Path, label: str, names: set[str]) -> None:
    project = study(tmp_path)

    def name(session: Session) -> None:
        session.query(Speaker).order_by(Speaker.id).first().label = label  # type: ignore[union-attr]
    project.step(message("Speakers"), name)
    with project.read() as session:
        assert names <= set(guarded_names(session))


def test_roles_and_groups_are_no_names(tmp_path: Path) -> None:
    found = reading(tmp_path)
    with found.project.read() as session:
        names = guarded_names(session)
        groups = [one.label for one in session.query(RespondentGroup)]
    assert names == ["Fatima"] and groups == ["Leercoaches", "Wijkteamleden"]


def test_a_coder_who_is_called_as_a_respondent_goes_by_number(tmp_path: Path) -> None:
    project = study(tmp_path)
    project.step(message("Coder"), lambda s: coding.apply(
        s, coding.coder_id(s, "Fatima"), [1], [next(c.id for c in Reading(project).catalogue.codes)]))
    giving.write(Reading(project), giving.Wanted(tmp_path / "r.docx", "report"), DUTCH)
    assert (tmp_path / "r.docx").exists()


