"""Pieces of written material: logboek, kantelbox, reports."""

from __future__ import annotations

from corpora.segmentation import propose

LOGBOEK = """AL groep naam: Team Haven
Dag en datum: dinsdag 3 maart
Aanwezig: zeven personen

PROGRAMMA
We begonnen met een rondje waarin iedereen in drie zinnen zei hoe hij erbij zat. Daarna bracht een collega een casus in.

PROCES
De groep was stil in het begin. Twee mensen kwamen te laat en dat gaf onrust. Na de pauze liep het beter.
"""

KANTELBOX = """Naam: wijkteamlid
Wat heb je aangetroffen?
Een heer met een tuin vol fietsen. De buren klaagden over de roest en hij liet niemand binnen.
Wat heb je ermee gedaan?
Ik heb hem gevraagd mijn eigen fiets te maken. Dat duurde drie middagen en veel koffie.
"""


def first_lines(text: str, kind: str) -> list[str]:
    return [text[p.start:p.end].split("\n")[0] for p in propose(text, [], kind=kind)]


def test_a_logboek_is_cut_by_its_headings() -> None:
    assert first_lines(LOGBOEK, "logboek") == ["AL groep naam: Team Haven", "PROGRAMMA", "PROCES"]


def test_the_head_of_a_form_is_no_narratief() -> None:
    assert [p.narratief for p in propose(LOGBOEK, [], kind="logboek")] == [False, True, True]


def test_a_kantelbox_is_cut_by_its_questions() -> None:
    assert first_lines(KANTELBOX, "kantelbox") == [
        "Naam: wijkteamlid", "Wat heb je aangetroffen?", "Wat heb je ermee gedaan?"]


def test_a_report_is_cut_where_the_words_change() -> None:
    garden = "De tuin achter de flat ligt vol zaad en de tuinmannen planten bonen in de aarde van de tuin. " * 4
    debts = "Schulden groeien door boetes en incasso, en de schuldhulp rekent aflossing en rente van schulden uit. " * 4
    text = f"{garden}\n\n{debts}\n"
    assert len(propose(text, [], kind="overig")) == 2
    assert len(propose(f"{garden}\n\n{garden[:100]}\n", [], kind="overig")) == 1


def test_an_interview_without_interviewer_is_read_as_prose() -> None:
    assert len(propose("Eerst dit. Toen dat.", [])) == 1
