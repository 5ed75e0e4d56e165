"""The member check: what stands in a factsheet, who got which version of it, what they answered, what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codebook import evidence, memberchecks, memos, patterns, questions, quotes, tracing
from codebook.checks import problems
from codebook.models import Kernelement, Synthesis
from corpora import documents, pseudonyms
from corpora.errors import RefusedError, UsageError
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook.places import coder, narratief_ids, project_with_text, there_and_back

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def do(project: Project, operation: Any, *args: Any, **kwargs: Any) -> Any:
    return project.step(message("Do"), operation, *args, **kwargs)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A pattern with two narratieven and a quote behind it, a second one without, and a synthesis; group 1."""
    made = project_with_text(tmp_path)
    do(made, documents.describe, [1], group="Managers")
    do(made, questions.add_deelvraag, "1 Wat werkt")
    me = coder(made, "Noor")
    first = do(made, patterns.add, me, 1, "Samen vragen", conclusion="Vragen in de groep helpt.")
    do(made, patterns.add, me, 1, "Tijd", description="Er is te weinig tijd.")
    do(made, evidence.add, me, first, narratief_ids(made)[:2])
    do(made, evidence.add_quotes, me, first, [do(made, memos.quote, me, 1, 27, 51)])
    do(made, _synthesis, me)
    return made


def _synthesis(session: Any, me: int) -> None:
    kernelement = Kernelement(label="Dialogisch werken")
    session.add(kernelement)
    session.flush()
    session.add(Synthesis(kernelement_id=kernelement.id, wording="Als … dan …", coder_id=me))


def sheet(project: Project) -> memberchecks.SheetContent:
    with project.read() as session:
        return memberchecks.content(session, 1)


def test_a_factsheet_has_own_words_chosen_findings_and_a_quote(project: Project) -> None:
    assert sheet(project).items == ()
    there_and_back(project, memberchecks.write, 1, title="Wat we hoorden", opening="Dank!", closing="Reageer gerust.")
    there_and_back(project, memberchecks.choose, 1, "pattern", 2)
    there_and_back(project, memberchecks.choose, 1, "synthesis", 1)
    there_and_back(project, memberchecks.choose, 1, "pattern", 1)
    do(project, memberchecks.choose, 1, "pattern", 1)
    there_and_back(project, memberchecks.place_item, sheet(project).items[2].id, 0)
    there_and_back(project, memberchecks.set_item_quote, sheet(project).items[0].id, 1)
    found = sheet(project)
    shown = [(i.finding.label, i.finding.under, i.finding.text, i.narratieven, i.quote, i.role) for i in found.items]
    assert shown == [
        ("Samen vragen", "1 Wat werkt", "Vragen in de groep helpt.", 2, "Dan komt de eerste casus", "manager"),
        ("Tijd", "1 Wat werkt", "Er is te weinig tijd.", 0, "", ""),
        ("Dialogisch werken", "Dialogisch werken", "Als … dan …", 0, "", "")]
    assert (found.group, found.title, found.opening) == ("Managers", "Wat we hoorden", "Dank!")
    there_and_back(project, memberchecks.choose, 1, "pattern", 2, False)
    assert len(sheet(project).items) == 2
    with project.read() as session:
        uses = tracing.uses_of(session, narratief_ids(project))
        assert {u.kind for u in uses[narratief_ids(project)[1]]} == {"pattern", "quote", "factsheet"}
        assert tracing.narratieven_of(session, "factsheet", found.factsheet_id) == narratief_ids(project)[:2]
        assert [use.kind for use in quotes.entry(session, 1).uses] == ["pattern", "factsheet"]
    assert problems(project) == []


def test_findings_that_go_leave_the_factsheet(project: Project) -> None:
    do(project, memberchecks.choose, 1, "pattern", 1)
    do(project, memberchecks.choose, 1, "pattern", 2)
    there_and_back(project, patterns.merge, [2], 1)
    assert [i.finding.label for i in sheet(project).items] == ["Samen vragen"]
    there_and_back(project, patterns.remove, 1)
    assert sheet(project).items == ()
    with pytest.raises(UsageError):
        do(project, memberchecks.choose, 1, "pattern", 1)
    assert problems(project) == []


def test_a_name_cannot_get_into_a_factsheet_unseen(project: Project) -> None:
    do(project, memberchecks.choose, 1, "pattern", 1)
    item = sheet(project).items[0].id
    do(project, memberchecks.set_item_quote, item, 1)
    do(project, pseudonyms.replace_names, {"Wilhelmina Otterloo": "W"})
    with project.read() as session:
        assert memberchecks.names_on(session, 1) == []
    do(project, documents.edit_text, 1, [documents.Edit(31, 35, "Wilhelmina Otterloo")], "correction")
    with project.read() as session:
        assert memberchecks.names_on(session, 1) == ["Wilhelmina Otterloo"]
        assert memberchecks.quotes_for(session, "pattern", 1) == []
    with pytest.raises(RefusedError, match="Wilhelmina"):
        do(project, memberchecks.set_item_quote, item, 1)
    do(project, memberchecks.set_item_quote, item, None)
    do(project, memberchecks.write, 1, opening="Beste Wilhelmina Otterloo,")
    with project.read() as session:
        assert memberchecks.names_on(session, 1) == ["Wilhelmina Otterloo"]


def test_quotes_offered_for_a_finding_come_from_its_narratieven(project: Project) -> None:
    me = coder(project, "Noor")
    other = do(project, memos.quote, me, 1, 3, 12)
    do(project, memos.quote, me, 1, 84, 92)
    with project.read() as session:
        assert [one.id for one in memberchecks.quotes_for(session, "pattern", 1)] == [1, other]
    do(project, quotes.set_wanted, [other], False)
    with project.read() as session:
        assert [one.id for one in memberchecks.quotes_for(session, "pattern", 1)] == [1]


def test_the_register_says_who_got_which_version(project: Project) -> None:
    me = coder(project, "Noor")
    do(project, memberchecks.choose, 1, "pattern", 1)
    made = there_and_back(project, memberchecks.send, me, 1, ["R1", " manager  oost ", ""], "per e-mail", WHEN)
    assert len(made) == 2
    with project.read() as session:
        found = memberchecks.deliveries(session)
        assert [(d.recipient, d.group, d.way, d.sent_at, d.coder, d.is_current) for d in found] == [
            ("R1", "Managers", "per e-mail", WHEN, "Noor", True),
            ("manager oost", "Managers", "per e-mail", WHEN, "Noor", True)]
    do(project, patterns.change, 1, conclusion="Vragen in de groep helpt soms.")
    do(project, memberchecks.send, me, 1, ["R2"])
    with project.read() as session:
        assert [(d.recipient, d.is_current) for d in memberchecks.deliveries(session, 1)] == [
            ("R2", True), ("R1", False), ("manager oost", False)]
    with pytest.raises(UsageError):
        do(project, memberchecks.send, me, 1, ["  "])
    do(project, pseudonyms.replace_names, {"Wilhelmina Otterloo": "W"})
    with pytest.raises(RefusedError):
        do(project, memberchecks.send, me, 1, ["Wilhelmina Otterloo"])
    there_and_back(project, memberchecks.unsend, made[0])
    with project.read() as session:
        assert len(memberchecks.deliveries(session)) == 2


def test_replies_hang_on_findings_and_outlive_them(project: Project) -> None:
    me = coder(project, "Noor")
    do(project, memberchecks.choose, 1, "pattern", 2)
    [sent] = do(project, memberchecks.send, me, 1, ["R1"])
    first = there_and_back(project, memberchecks.reply, me, sent, "Tijd is er wel.", about="pattern", about_id=2,
                           agrees=False)
    there_and_back(project, memberchecks.reply, me, sent, "", agrees=True)
    with project.read() as session:
        assert [(r.subject, r.body, r.agrees, r.is_settled) for r in memberchecks.replies(session)] == [
            ("Tijd", "Tijd is er wel.", False, False), ("", "", True, False)]
        assert [r.id for r in memberchecks.replies(session, about="pattern", about_id=2)] == [first]
        assert memberchecks.deliveries(session)[0].replies == 2
    there_and_back(project, memberchecks.follow_up, first, change="Omschrijving genuanceerd.")
    there_and_back(project, memberchecks.follow_up, first, settled=True)
    with project.read() as session:
        assert [r.agrees for r in memberchecks.replies(session, only_open=True)] == [True]
    there_and_back(project, patterns.merge, [2], 1)
    with project.read() as session:
        assert next((r.about_id, r.subject) for r in memberchecks.replies(session)) == (1, "Tijd")
    there_and_back(project, patterns.remove, 1)
    with project.read() as session:
        assert next((r.about_id, r.subject, r.change) for r in memberchecks.replies(session)) == (
            None, "Tijd", "Omschrijving genuanceerd.")
    with pytest.raises(UsageError):
        do(project, memberchecks.reply, me, sent, " ")
    with pytest.raises(UsageError):
        do(project, memberchecks.reply, me, sent, "x", about="pattern", about_id=2)


def test_a_group_is_found_by_name(project: Project) -> None:
    with project.read() as session:
        assert memberchecks.group_named(session, "managers").id == 1
        with pytest.raises(UsageError, match="Managers"):
            memberchecks.group_named(session, "Burgers")
