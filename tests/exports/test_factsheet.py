"""Factsheets of a respondent group: what stands in them, room to reply, one or two pages, as Word and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from codebook import coding, evidence, memberchecks, memos, patterns
from codebook.reading import Reading
from corpora.messages import message
from exports import giving
from exports.factsheet import factsheet
from exports.paper import Heading, Paper, Quotation, Room
from tests.exports.findings import DUTCH, ids, reading, study, words
from tests.exports.test_files import run


def paper(found: Reading, group: str) -> Paper:
    with found.project.read() as session:
        return factsheet(found, session, DUTCH, memberchecks.group_named(session, group))


def test_without_a_choice_the_findings_of_the_group_stand_in_it(tmp_path: Path) -> None:
    found = reading(tmp_path)
    coaches, team = paper(found, "Leercoaches"), paper(found, "Wijkteamleden")
    assert [p.text for p in coaches.parts if isinstance(p, Heading)] == ["1. Samen aan een casus"]
    assert [p.role for p in coaches.parts if isinstance(p, Quotation)] == ["leercoach"]
    # The other group carries the finding too, but not with that quote.
    assert [p.text for p in team.parts if isinstance(p, Heading)] == ["1. Samen aan een casus"]
    assert not [p for p in team.parts if isinstance(p, Quotation)]
    assert coaches.title == "Wat we vonden: voor leercoaches" and coaches.subtitle == "Leren in de wijk"


def test_what_was_chosen_stands_in_it_in_own_words(tmp_path: Path) -> None:
    project = study(tmp_path)

    def choose(session: Session) -> None:
        group = memberchecks.group_named(session, "Wijkteamleden").id
        memberchecks.write(session, group, title="Terug naar u", opening="Beste teamleden,", closing="Tot ziens.")
        memberchecks.choose(session, group, "synthesis", 1)
        memberchecks.choose(session, group, "pattern", 1)
    project.step(message("Choose"), choose)
    made = paper(Reading(project), "Wijkteamleden")
    said = [text for _section, text in made.texts()]
    assert made.title == "Terug naar u" and {"Beste teamleden,", "Tot ziens.", "Doorvragen helpt."} <= set(said)
    assert [p.text for p in made.parts if isinstance(p, Heading)] == ["1. Casusleren", "2. Samen aan een casus"]
    assert sum(isinstance(p, Room) for p in made.parts) == 3


def test_word_and_pdf_hold_the_same(tmp_path: Path, capsys: Any) -> None:
    project = study(tmp_path)
    project.close()
    for ending in (".docx", ".pdf"):
        assert run("export", project.path, tmp_path / f"f{ending}", "--as", "factsheet", "--group", "leercoaches") == 0
    pages = pypdfium2.PdfDocument(tmp_path / "f.pdf")
    printed = " ".join("\n".join(p.get_textpage().get_text_range() for p in pages).split())
    typed = " ".join(words(tmp_path / "f.docx").split())
    for text in ("Wat we vonden: voor leercoaches", "Casusleren werkt.", "Een echte casus op tafel", "(leercoach)",
                 "Herkent u dit?", "Wat mist u"):
        assert text in printed and text in typed
    assert len(pages) == 1


@pytest.mark.parametrize("n", [6, 9])
def test_many_findings_still_fit_on_two_pages(tmp_path: Path, n: int) -> None:
    project = study(tmp_path)

    def add(session: Session) -> None:
        who, group = coding.coder_id(session, "Mirthe"), memberchecks.group_named(session, "Leercoaches").id
        quote = memos.quotes_of(session, 1)[0].id
        for k in range(n):
            made = patterns.add(session, who, 1, f"Bevinding {k}", conclusion="Dit zegt iets over het leren. " * 4)
            evidence.add(session, who, made, ids(session, "Gesprek 2"))
            memberchecks.choose(session, group, "pattern", made)
        for item in memberchecks.content(session, group).items:
            memberchecks.set_item_quote(session, item.id, quote)
    project.step(message("Many"), add)
    giving.write(Reading(project), giving.Wanted(tmp_path / "f.pdf", "factsheet", group="Leercoaches"), DUTCH)
    assert len(pypdfium2.PdfDocument(tmp_path / "f.pdf")) <= 2


def test_the_group_must_be_named_and_known(tmp_path: Path, capsys: Any) -> None:
    project = study(tmp_path)
    project.close()
    for words_ in ((), ("--group", "Managers")):
        assert run("export", project.path, tmp_path / "f.pdf", "--as", "factsheet", *words_) == 1
        assert "Leercoaches" in capsys.readouterr().err and not (tmp_path / "f.pdf").exists()
    assert run("export", project.path, tmp_path / "r.docx", "--as", "report", "--group", "Leercoaches") == 1
    assert "--group" in capsys.readouterr().err
