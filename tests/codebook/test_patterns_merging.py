"""Findings in two copies of a project: what both had stays one, what either added comes in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from codebook import evidence, memberchecks, memos, merging, patterns, questions, quotes
from codebook.checks import problems
from corpora import documents
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook.places import coder, narratief_ids, project_with_text


def do(project: Project, operation: Any, *args: Any, **kwargs: Any) -> Any:
    return project.step(message("Do"), operation, *args, **kwargs)


def base(folder: Path) -> Path:
    """One pattern with a narratief and a shortened quote, a phase, and a factsheet that went to somebody."""
    project = project_with_text(folder)
    do(project, documents.describe, [1], group="Managers")
    me = coder(project, "Noor")
    do(project, questions.add_deelvraag, "1 Wat werkt")
    number = do(project, patterns.add, me, 1, "Vragen", description="Zij vragen.")
    do(project, evidence.add, me, number, narratief_ids(project)[:1])
    quote = do(project, memos.quote, me, 1, 27, 52)
    do(project, evidence.add_quotes, me, number, [quote])
    do(project, quotes.cut, quote, 31, 35)
    do(project, patterns.set_phase, me, 1, "exploreren", state="bezig")
    do(project, memberchecks.choose, 1, "pattern", number)
    do(project, memberchecks.send, me, 1, ["R1"])
    place = project.path
    assert place is not None
    project.close()
    return place


def test_two_copies_with_findings_become_one(tmp_path: Path) -> None:
    first = base(tmp_path)
    second = tmp_path / "kopie.narratief"
    shutil.copy(first, second)
    ours, theirs = Project.open(first, "Noor"), Project.open(second, "Sem")
    here, there = coder(ours, "Noor"), coder(theirs, "Sem")
    do(ours, evidence.add, here, 1, narratief_ids(ours)[1:2], "weerspreekt")
    do(ours, quotes.set_role, 1, "ervaren manager")
    do(theirs, evidence.add, there, 1, narratief_ids(theirs)[2:3], "nuanceert", "let op")
    do(theirs, quotes.cut, 1, 46, 51)
    do(theirs, patterns.add, there, 1, "Tijd")
    do(theirs, patterns.set_phase, there, 1, "exploreren", state="klaar", note="Samen gelezen.")
    do(theirs, memberchecks.reply, there, 1, "Klopt.", about="pattern", about_id=1, agrees=True)
    theirs.close()
    merging.merge(ours, [str(second)])
    with ours.read() as session:
        assert [p.label for p in patterns.patterns(session)] == ["Vragen", "Tijd"]
        assert [(line.place, line.direction, line.note) for line in evidence.lines(session, [1])[1]] == [
            ("Gesprek · 1", "steunt", ""), ("Gesprek · 2", "steunt", ""), ("Gesprek · 2", "weerspreekt", ""),
            ("Gesprek · 3", "nuanceert", "let op")]
        [entry] = quotes.bank(session)
        assert (entry.shown, entry.role, len(entry.cuts)) == ("Dan […] de eerste […].", "ervaren manager", 2)
        assert patterns.phases(session, 1)["exploreren"] == patterns.PhaseNote("klaar", "Samen gelezen.")
        assert [(r.subject, r.body, r.recipient) for r in memberchecks.replies(session)] == [("Vragen", "Klopt.", "R1")]
        assert [i.finding.label for i in memberchecks.content(session, 1).items] == ["Vragen"]
    assert problems(ours) == []
    merging.merge(ours, [str(second)])
    with ours.read() as session:
        assert len(quotes.bank(session)[0].cuts) == 2
        assert len(evidence.lines(session, [1])[1]) == 4
    ours.close()
