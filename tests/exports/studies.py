"""A small real study for the tests of exports: awkward words, two coders, a query, memos and flags."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from codebook import codebook_files, coding, memos, questions
from codebook.codebook_files import CodeRow
from codebook.reading import Reading
from corpora import attributes, documents, narratives
from corpora.messages import Translator, message
from corpora.models import ProjectInfo
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn

DUTCH = Translator("nl")
PROBES = ("=1+1", "+31 6", "-minder", "@thuis", "=HYPERLINK(\"http://x\")", "#N/A", "'=1", "gewoon 😀 woord")
CODES = (CodeRow("WAT", "Casus", number=1, definition="=SOM(1;2)"), CodeRow("WAT", "Steun", parent="Casus", number=2),
         CodeRow("WIE", "eigen"), CodeRow("WIE", "burger", note="-noot"), CodeRow("HOE", "positief"),
         CodeRow("HOE", "@vraag"))


def study(folder: Path, texts: tuple[str, ...] = PROBES) -> Project:
    """A project in which every text is a narratief of «=Gesprek»; «Tweede» has one narratief and a stretch that is
    none."""
    project = Project.create(folder / "proef.narratief", "Tester")
    project.step(message("Begin"), _fill, texts)
    return project


def reading(folder: Path, texts: tuple[str, ...] = PROBES) -> Reading:
    """The reading of such a project."""
    return Reading(study(folder, texts))


def _fill(session: Session, texts: tuple[str, ...]) -> None:
    session.add(ProjectInfo(id=1, title="=Proef"))
    codebook_files.put(session, CODES)
    body = "\n".join(texts)
    first = documents.add(session, Transcript(body, ()), title="=Gesprek", kind="interview", group="@Groep")
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 1
    narratives.set_segmentation(session, first, spans)
    turns = (Turn("I", True, 4, 17), Turn("R", False, 22, 45))
    second = documents.add(session, Transcript("[I: Hoe ging het?] R: Goed, <b>heel</b> goed. Einde.", turns),
                           title="Tweede", kind="logboek")
    narratives.set_segmentation(session, second, [Span(0, 45), Span(46, 52, counts=False)])
    attributes.set_values(session, first, {"leeftijd": "41", "wijk": "=Noord", "sinds": "2014-03-01"})
    attributes.set_values(session, second, {"leeftijd": "7,5"})
    _code(session, first, second)


def _code(session: Session, first: int, second: int) -> None:
    ids = [n.id for n in narratives.of_document(session, first)]
    last = narratives.of_document(session, second)[0].id
    code = {e.code.label: e.code.id for e in codebook_files.codes.entries(session)}
    facet = {f.label: f.id for f in codebook_files.codes.facets(session)}
    noor, sem = coding.coder_id(session, "Noor"), coding.coder_id(session, "=Sem")
    coding.apply(session, noor, ids, [code["Casus"]])
    coding.apply(session, noor, ids[:2], [code["Steun"], code["eigen"], code["positief"]])
    coding.apply(session, sem, [ids[0], last], [code["Casus"], code["burger"]])
    coding.set_not_mentioned(session, sem, last, facet["HOE"], "=geen oordeel")
    memos.write(session, noor, "narratief", ids[0], "+memo\nregel twee")
    coding.set_flag(session, sem, ids[1], True, "-twijfel")
    coding.set_done(session, noor, first, True, overrule=True)
    vraag = questions.add_deelvraag(session, "=Deelvraag 1")
    questions.save_query(session, "+steun", "Casus and Steun", deelvraag_id=vraag)
    questions.save_query(session, "leeg", 'burger and "@vraag"')
    questions.save_query(session, "stuk", "Casus and Verdwenen")
