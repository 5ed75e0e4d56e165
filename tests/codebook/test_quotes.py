"""The quote bank: roles and never names, shortened with […], and whether a quote is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from codebook import coding, evidence, memos, patterns, questions, quotes
from codebook.checks import problems
from codebook.models import QuoteCut
from codebook.quote_roles import singular
from corpora import documents, narratives, pseudonyms
from corpora.errors import RefusedError, UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.transcript_types import Transcript, Turn
from tests.codebook.places import code_ids, coder, project_with_text, there_and_back

WORDS = ("[Wat helpt er?] Nou, mevrouw Aaltje Brinkhorst zegt dan: ik doe het liever zelf, weet je, en dat werkt. "
         "Dat is mooi.")
SAID = WORDS.index("Nou"), WORDS.index(" Dat is")


def do(project: Project, operation: Any, *args: Any, **kwargs: Any) -> Any:
    return project.step(message("Do"), operation, *args, **kwargs)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = project_with_text(tmp_path)
    turns = (Turn("I", True, 1, 14), Turn("R", False, SAID[0], len(WORDS)))
    number = do(made, documents.add, Transcript(WORDS, turns), title="Straat", kind="interview", group="Wijkteamleden")
    do(made, narratives.set_segmentation, number, [Span(0, len(WORDS))])
    do(made, questions.add_deelvraag, "1 Wat werkt")
    do(made, memos.quote, coder(made, "Noor"), number, *SAID)
    return made


def the(project: Project, quote: int = 1) -> quotes.QuoteEntry:
    with project.read() as session:
        return quotes.entry(session, quote)


def leave_out(project: Project, words: str, quote: int = 1, *, from_: int = 0) -> None:
    start = the_text(project).index(words, from_)
    there_and_back(project, quotes.cut, quote, start, start + len(words))


def the_text(project: Project) -> str:
    with project.read() as session:
        return documents.text_of(session, documents.find(session, "Straat"))


@pytest.mark.parametrize(("group", "one"), [
    ("Wijkteamleden", "wijkteamlid"), ("Leercoaches", "leercoach"), ("Managers", "manager"),
    ("Facilitators", "facilitator"), ("Teamleiders", "teamleider"), ("Cliënten", "cliënt"), ("Ambtenaren", "ambtenaar"),
    ("Coördinatoren", "coördinator"), ("Vrouwen", "vrouw"), ("Mannen", "man"), ("Collega's", "collega"),
    ("Wijkverpleegkundigen", "wijkverpleegkundige"), ("POH", "POH"), ("Team", "team"),
    ("Oude bewoners", "oude bewoner")])
def test_a_group_in_the_singular(group: str, one: str) -> None:
    assert singular(group) == one


def test_the_role_follows_from_who_speaks_until_it_is_written(project: Project) -> None:
    assert (the(project).role, the(project).is_own_role) == ("wijkteamlid", False)
    there_and_back(project, quotes.set_role, 1, " ervaren  wijkteamlid ")
    assert (the(project).role, the(project).is_own_role) == ("ervaren wijkteamlid", True)
    there_and_back(project, quotes.set_role, 1, "")
    assert the(project).role == "wijkteamlid"
    asked = do(project, memos.quote, coder(project, "Noor"), 2, 1, 14)
    assert the(project, asked).role == "interviewer"
    bare = do(project, memos.quote, coder(project, "Noor"), 1, 3, 12)
    assert the(project, bare).role == "respondent"


def test_stretches_are_left_out_as_whole_words_and_put_back(project: Project) -> None:
    whole = the(project).text
    leave_out(project, "weet je, ")
    assert the(project).shown == whole.replace("weet je,", "[…]")
    leave_out(project, "evrouw Aaltje Brinkhor")
    assert the(project).shown == ("Nou, […] zegt dan: ik doe het liever zelf, […] en dat werkt.")
    leave_out(project, "en dat")
    assert the(project).shown == "Nou, […] zegt dan: ik doe het liever zelf, […] werkt."
    assert len(the(project).cuts) == 2
    at = the_text(project).index("Aaltje")
    there_and_back(project, quotes.restore, 1, at, at + 1)
    assert the(project).shown == whole.replace("weet je, en dat", "[…]")
    assert the(project).text == whole
    with pytest.raises(UsageError, match="one word"):
        do(project, quotes.cut, 1, *SAID)
    with pytest.raises(UsageError, match="Choose words"):
        do(project, quotes.cut, 1, 0, 10)
    assert problems(project) == []


def test_what_is_left_out_moves_along_with_a_new_text(project: Project) -> None:
    leave_out(project, "mevrouw Aaltje Brinkhorst")
    leave_out(project, "weet je,")
    shown = the(project).shown
    do(project, documents.edit_text, 2, [documents.Edit(0, 0, "Straatgesprek van dinsdag. "),
                                         documents.Edit(SAID[0], SAID[0] + 3, "Tja")], "correction")
    assert the(project).shown == shown.replace("Nou", "Tja")
    do(project, pseudonyms.replace_names, {"Aaltje Brinkhorst": "mevrouw A"})
    assert the(project).shown == shown.replace("Nou", "Tja")
    assert problems(project) == []


def test_cuts_side_by_side_move_without_getting_in_each_others_way(project: Project) -> None:
    leave_out(project, "Nou,")
    leave_out(project, "mevrouw Aaltje")
    leave_out(project, "zegt dan:")
    with project.read() as session:
        held = session.scalars(select(QuoteCut).order_by(QuoteCut.start)).all()
        assert len(held) == 2
        shift = held[1].start - held[0].start
    do(project, documents.edit_text, 2, [documents.Edit(0, 0, "x" * shift)], "correction")
    assert the(project).shown.startswith("[…] Brinkhorst […] ik doe")


def test_a_quote_with_a_name_is_not_usable_until_the_name_is_left_out(project: Project) -> None:
    assert the(project).is_usable
    with project.read() as session:
        body = documents.text_of(session, documents.find(session, "Straat"))
    do(project, pseudonyms.replace_names, {"Aaltje Brinkhorst": "mevrouw A"})
    assert the(project).names == ()
    # Somebody corrects the text and writes the name back.
    at = the_text(project).index("mevrouw A zegt")
    do(project, documents.edit_text, 2, [documents.Edit(at, at + 9, "Aaltje Brinkhorst")], "correction")
    assert (the(project).names, the(project).is_usable) == (("Aaltje Brinkhorst",), False)
    leave_out(project, "Aaltje Brinkhorst")
    assert (the(project).names, the(project).is_usable) == ((), True)
    with pytest.raises(RefusedError, match="Aaltje"):
        do(project, quotes.set_role, 1, "buurvrouw van Aaltje Brinkhorst")
    assert body.count("Aaltje") == 1


def test_used_follows_from_the_evidence(project: Project) -> None:
    number = do(project, patterns.add, coder(project, "Noor"), 1, "Zelf doen")
    assert not the(project).is_used
    do(project, evidence.add, coder(project, "Noor"), number, [the(project).narratief_id])
    assert not the(project).is_used
    do(project, evidence.add_quotes, coder(project, "Noor"), number, [1])
    assert [(use.kind, use.label) for use in the(project).uses] == [("pattern", "Zelf doen")]
    project.undo()
    assert not the(project).is_used


def test_the_bank_lists_codes_coder_note_and_wish(project: Project) -> None:
    me, code = coder(project, "Noor"), code_ids(project)
    do(project, coding.apply, me, [the(project).narratief_id], [code["positief"], code["Steun"]])
    do(project, memos.quote, me, 2, *SAID, code["Steun"])
    there_and_back(project, quotes.set_wanted, [1], False)
    there_and_back(project, quotes.set_note, 1, "te herkenbaar")
    found = the(project)
    assert (found.codes, found.code, found.coder) == (("WAT:Steun", "HOE:positief"), "WAT:Steun", "Noor")
    assert (found.is_wanted, found.is_usable, found.note, found.place.words) == (
        False, False, "te herkenbaar", "Straat · 1")
    earlier = do(project, memos.quote, me, 1, 3, 12)
    with project.read() as session:
        assert [one.id for one in quotes.bank(session)] == [earlier, 1]
    assert found.line == f"“{found.shown}” (wijkteamlid)"


def test_a_quote_that_goes_takes_card_and_cuts_along(project: Project) -> None:
    leave_out(project, "weet je,")
    do(project, quotes.set_role, 1, "lid")
    there_and_back(project, memos.unquote, 1)
    with project.read() as session:
        assert quotes.bank(session) == []
    assert problems(project) == []
