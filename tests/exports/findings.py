"""A study that has come to findings: three talks, two coders, patterns with quotes, a configuration, a sheet."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree
from sqlalchemy.orm import Session

from codebook import (
    cmo,
    cmo_sheets,
    cmo_synthesis,
    codebook_files,
    coding,
    deciding,
    evidence,
    kernelementen,
    memos,
    patterns,
    questions,
    report_texts,
)
from codebook.codebook_files import CodeRow
from codebook.reading import Reading
from corpora import documents, narratives, pseudonyms
from corpora.messages import Translator, message
from corpora.models import ProjectInfo
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn

DUTCH = Translator("nl")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CODES = (CodeRow("WAT", "Werkzame factor", number=1, definition="Wat maakt dat het lukt."),
         CodeRow("WAT", "Verbeterpunt", number=2), CodeRow("WIE", "leercoach"), CodeRow("WIE", "burger"),
         CodeRow("HOE", "positief"), CodeRow("HOE", "negatief"))
LINES = ("Een echte casus op tafel, daar leer ik het meest van.", "De leercoach vraagt door en geeft geen antwoord.",
         "Bij Fatima thuis zag ik hoe het kan.", "In drukke weken slaan we het over.")
GROUPS = {"Gesprek 1": "Leercoaches", "Gesprek 2": "Leercoaches", "Logboek": "Wijkteamleden"}


def study(folder: Path, name: str = "studie") -> Project:
    """The study, with «Fatima» replaced by a pseudonym."""
    project = Project.create(folder / f"{name}.narratief", "Mirthe")
    project.step(message("Begin"), _fill)
    project.step(message("Names"), pseudonyms.replace_names, {"Fatima": "Persoon A"})
    project.step(message("Findings"), _find)
    return project


def reading(folder: Path) -> Reading:
    """The reading of the study."""
    return Reading(study(folder))


def _fill(session: Session) -> None:
    session.add(ProjectInfo(id=1, title="Leren in de wijk"))
    codebook_files.put(session, CODES)
    for title, group in GROUPS.items():
        body = "\n".join(LINES)
        turn = (Turn("R1", False, 0, len(body)),)
        kind = "logboek" if title == "Logboek" else "interview"
        number = documents.add(session, Transcript(f"{body}\n{title}", turn), title=title, kind=kind, group=group)
        spans, at = [], 0
        for line in LINES:
            spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        narratives.set_segmentation(session, number, spans)
    _code(session)


def ids(session: Session, title: str) -> list[int]:
    """The narratieven of a document."""
    return [n.id for n in narratives.of_document(session, documents.find(session, title).id)]


def _code(session: Session) -> None:
    code = {e.code.label: e.code.id for e in codebook_files.codes.entries(session)}
    noor, sem = coding.coder_id(session, "Noor"), coding.coder_id(session, "Sem")
    for title in GROUPS:
        some = ids(session, title)
        coding.apply(session, noor, some[:3], [code["Werkzame factor"], code["leercoach"], code["positief"]])
        coding.apply(session, noor, some[3:], [code["Verbeterpunt"], code["burger"], code["negatief"]])
        coding.apply(session, sem, some[:2], [code["Werkzame factor"], code["positief"]])
        coding.apply(session, sem, some[2:], [code["Verbeterpunt"], code["negatief"]])
    deciding.decide(session, noor, ids(session, "Gesprek 1")[2:3], [code["Werkzame factor"]], True,
                    "beiden bij nader inzien")


def _find(session: Session) -> None:
    who = coding.coder_id(session, "Mirthe", role="onderzoeker")
    first = questions.add_deelvraag(session, "1 Wat werkt", "Wat helpt teams om te leren?")
    questions.add_deelvraag(session, "2 Wat het oplevert")
    questions.save_query(session, "Werkzaam en positief", '"Werkzame factor" and positief', deelvraag_id=first)
    talk = documents.find(session, "Gesprek 1")
    quote = memos.quote(session, who, talk.id, 0, len(LINES[0]))
    pattern = patterns.add(session, who, first, "Samen aan een casus", kind="needs", result="werkzame factor",
                           description="Teams leren aan een echte casus.", conclusion="Casusleren werkt.")
    evidence.add_quotes(session, who, pattern, [quote])
    evidence.add(session, who, pattern, [*ids(session, "Gesprek 2")[:1], *ids(session, "Logboek")[:1]])
    evidence.add(session, who, pattern, ids(session, "Logboek")[3:], "weerspreekt")
    patterns.add(session, who, first, "Nog zonder bewijs", result="verbeterpunt")
    _realist(session, who)
    report_texts.write(session, who, "inleiding", "Dit onderzoek volgt drie teams.")


def _realist(session: Session, who: int) -> None:
    element = kernelementen.ensure(session, "Casusleren")
    made = cmo.add(session, who, element, "Doorvragen", statement="Als er rust is, dan komt er een plan.")
    cmo.add_element(session, made, "context", "rust", actor="leercoach", valence=1)
    cmo.add_element(session, made, "outcome", "een eigen plan", actor="burger")
    cmo.add_evidence(session, who, made, narratief_ids=ids(session, "Gesprek 1")[1:2])
    cmo_synthesis.write(session, who, element, "wording", "Doorvragen helpt.")
    cmo_synthesis.write(session, who, element, "conclusion", "Houd tijd vrij.")
    cmo.set_status(session, who, made, "onderbouwd", "twee gesprekken zeggen het")
    sheet = cmo_sheets.add(session, element, held="Bijeenkomst 1")
    cmo_sheets.add_entry(session, sheet, "verbeterpunten", "een oefenavond", author_role="facilitator")


def document_of(path: Path) -> etree._Element:
    """The body of a Word document."""
    with zipfile.ZipFile(path) as found:
        return etree.fromstring(found.read("word/document.xml"))


def words(path: Path) -> str:
    """All text of a Word document, a paragraph a line."""
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in document_of(path).iter(f"{W}p"))
