"""Who speaks in text from a word processor: tables, bold, headings, soft line breaks, kinds of documents."""

from __future__ import annotations

import pytest

from corpora.readers.base import Block, SourceText
from corpora.transcript_types import Transcript
from corpora.transcripts import recognise

Row = list[str]


def paragraphs(*parts: str) -> SourceText:
    """Paragraphs as a reader gives them; `*words*` are bold, a leading `#` makes a heading."""
    text, blocks = "", []
    for part in parts:
        heading = part.startswith("#")
        bold, plain = [], ""
        for at, piece in enumerate(part.lstrip("#").split("*")):
            if at % 2 and piece:
                bold.append((len(text) + len(plain), len(text) + len(plain) + len(piece)))
            plain += piece
        blocks.append(Block(len(text), len(text) + len(plain), tuple(bold), None, heading))
        text += plain + "\n"
    return SourceText(text, tuple(blocks))


def table(*rows: Row, above: str = "") -> SourceText:
    """A table as a reader gives it: cells parted by tabs, rows by line feeds."""
    text = above + "\n" if above else ""
    blocks = [Block(0, len(above))] if above else []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            blocks.append(Block(len(text), len(text) + len(cell), (), (0, number, column)))
            text += cell + ("\n" if column == len(row) - 1 else "\t")
    return SourceText(text, tuple(blocks))


def spoken(found: Transcript) -> list[tuple[str, bool, str]]:
    return [(turn.speaker, turn.interviewer, found.text[turn.start:turn.end]) for turn in found.turns]


TALK = [("I", True, "Hoe gaat het?"), ("R", False, "Goed. En met u?"), ("I", True, "Ook. Wat doet u?"),
        ("R", False, "Van alles.")]


@pytest.mark.parametrize("rows", [
    [["I", "Hoe gaat het?"], ["R", "Goed. En met u?"], ["I", "Ook. Wat doet u?"], ["R", "Van alles."]],
    [["I:", "Hoe gaat het?"], ["R:", "Goed. En met u?"], ["I:", "Ook. Wat doet u?"], ["R:", "Van alles."]],
    [["00:01", "I", "Hoe gaat het?"], ["00:04", "R", "Goed. En met u?"], ["00:06", "I", "Ook. Wat doet u?"],
     ["00:09", "R", "Van alles."]],
    [["1", "I", "Hoe gaat het?"], ["2", "R", "Goed. En met u?"], ["3", "I", "Ook. Wat doet u?"],
     ["4", "R", "Van alles."]],
    [["Spreker", "Tekst"], ["I", "Hoe gaat het?"], ["R", "Goed. En met u?"], ["I", "Ook. Wat doet u?"],
     ["R", "Van alles."]],
    [["I", "00:01", "Hoe gaat het?"], ["R", "00:04", "Goed. En met u?"], ["I", "00:06", "Ook. Wat doet u?"],
     ["R", "00:09", "Van alles."]],
    [["Hoe gaat het?", "I"], ["Goed. En met u?", "R"], ["Ook. Wat doet u?", "I"], ["Van alles.", "R"]],
    [["I: Hoe gaat het?"], ["R: Goed. En met u?"], ["I: Ook. Wat doet u?"], ["R: Van alles."]],
    [["", "I: Hoe gaat het?"], ["", "R: Goed. En met u?"], ["", "I: Ook. Wat doet u?"], ["", "R: Van alles."]],
])
def test_a_table_gives_the_same_turns_however_its_columns_lie(rows: list[Row]) -> None:
    assert spoken(recognise(table(*rows))) == TALK


def test_a_table_with_names_is_judged_by_who_asks() -> None:
    found = recognise(table(["Eva", "Waar ben je trots op?"], ["Ali", "Op het team, dat is door dik en dun gegaan."],
                            ["Eva", "Wanneer merkte je dat?"], ["Ali", "In de winter, toen alles tegelijk kwam."]))
    assert [(who, flag) for who, flag, _words in spoken(found)] == [
        ("Eva", True), ("Ali", False), ("Eva", True), ("Ali", False)]
    assert "Eva" in str(found.warnings[0])


def test_columns_of_questions_and_answers() -> None:
    rows = [["Vraag", "Antwoord"], ["Wat doet u?", "Begeleiden."], ["Sinds wanneer?", "Vorig jaar."]]
    assert [(flag, words) for _who, flag, words in spoken(recognise(table(*rows)))] == [
        (True, "Wat doet u?"), (False, "Begeleiden."), (True, "Sinds wanneer?"), (False, "Vorig jaar.")]


def test_an_empty_speaker_cell_goes_on_with_the_same_speaker() -> None:
    rows = [["I", "Hoe was het?"], ["R", "Druk."], ["", "Heel druk."], ["I", "En nu?"], ["R", "Rustig."]]
    found = spoken(recognise(table(*rows)))
    assert [flag for _who, flag, _words in found] == [True, False, True, False]
    assert found[1][2].split() == ["Druk.", "Heel", "druk."]


def test_a_legend_in_a_table_names_the_labels() -> None:
    source = table(["X", "interviewer"], ["Y", "respondent, leercoach"])
    rest = "\nX: Begint u maar.\nY: Waarmee zal ik beginnen?\nX: Met het team.\nY: Wat wilt u weten?\n"
    text = source.text + rest
    found = recognise(SourceText(text, source.blocks))
    assert [(who, flag) for who, flag, _words in spoken(found)] == [("X", True), ("Y", False)] * 2
    assert found.speakers == {"X": "interviewer", "Y": "respondent, leercoach"}


def test_a_form_in_a_table_is_not_said() -> None:
    source = table(["Datum", "3 mei 2024"], ["Interviewer", "Sanne"], ["Respondent", "R4"])
    found = recognise(SourceText(source.text + "[Wat doet u?]\nVan alles.", source.blocks))
    assert spoken(found) == [("Interviewer", True, "Wat doet u?"), ("Respondent", False, "Van alles.")]


def test_bold_questions_without_labels() -> None:
    found = recognise(paragraphs("*Wat is uw functie?*", "Ik ben teamleider.", "Al vijf jaar.", "*Oké, en daarvoor?*",
                                 "Daarvoor niet."))
    assert [(flag, words) for _who, flag, words in spoken(found)] == [
        (True, "Wat is uw functie?"), (False, "Ik ben teamleider.\nAl vijf jaar."), (True, "Oké, en daarvoor?"),
        (False, "Daarvoor niet.")]


def test_a_bold_question_and_its_answer_in_one_paragraph() -> None:
    found = recognise(paragraphs("*Wat is uw functie?* Ik ben teamleider.", "*Hoe lang al?* Vijf jaar."))
    assert [flag for _who, flag, _words in spoken(found)] == [True, False, True, False]


def test_bold_labels_and_soft_line_breaks() -> None:
    found = recognise(paragraphs("*I:* Wat doet u?\n*R:* Van alles.\nVooral praten.", "*I:* Met wie?\n*R:* Iedereen."))
    assert [(flag, words) for _who, flag, words in spoken(found)] == [
        (True, "Wat doet u?"), (False, "Van alles.\nVooral praten."), (True, "Met wie?"), (False, "Iedereen.")]


def test_headings_are_not_said() -> None:
    found = recognise(paragraphs("#Interview 2", "I: Wat doet u?", "R: Van alles.", "#Thema netwerken", "I: Met wie?",
                                 "R: Iedereen."))
    assert [words for _who, _flag, words in spoken(found)] == [
        "Wat doet u?", "Van alles.", "Met wie?", "Iedereen."]


@pytest.mark.parametrize("kind", ["logboek", "kantelbox"])
def test_form_fields_are_no_speakers(kind: str) -> None:
    text = ("Naam: Team Oost\nLeercoach: Karin\nAanwezig: zes leden\nWat heb je aangetroffen? Een gezin in de knel.\n"
            "Leercoach: tevreden over de sfeer\nVraag: hoe houden we dit vast? [nog bespreken?]")
    found = spoken(recognise(SourceText(text), kind))
    assert [(flag, words) for _who, flag, words in found] == [(False, text)]


def test_a_logboek_with_clear_labels_has_an_interviewer() -> None:
    text = "I: Hoe ging de bijeenkomst?\nR: Goed.\nI: Wat ging er goed?\nR: Iedereen kwam aan het woord."
    assert [flag for _who, flag, _words in spoken(recognise(SourceText(text), "logboek"))] == [True, False] * 2


def test_speakers_are_described_by_the_legend_in_order_of_appearance() -> None:
    text = "I: Interviewer R1: respondent 1 R2: respondent 2\n\nR2: Mag ik?\nI: Ga uw gang.\nR1: Doe maar."
    assert list(recognise(SourceText(text)).speakers.items()) == [
        ("R2", "respondent 2"), ("I", "Interviewer"), ("R1", "respondent 1")]


def test_time_stamps_give_seconds() -> None:
    text = "[00:01:05] I: Wat?\n(00:02:00) R: Dat.\nI [01:10:00]: En?\nR 02:03: Niets.\n"
    found = recognise(SourceText(text))
    assert [turn.seconds for turn in found.turns] == [65.0, 120.0, 4200.0, 123.0]


def test_an_open_bracket_and_a_text_without_marks_are_told() -> None:
    open_bracket = recognise(SourceText("[Wat doet u?\nVan alles.\n[En verder?]\nNiets."))
    assert any("[Wat doet u?" in str(warning) for warning in open_bracket.warnings)
    assert recognise(SourceText("Zomaar een verhaal over een straat.")).warnings
