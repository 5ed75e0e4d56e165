"""Coding in a real project: bulk files, niet genoemd, repeat, klaar; each step taken back to the very row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import coding, memos, questions
from codebook.coding import BulkRow
from codebook.models import Coder, Coding, Done, Flag, Memo, NotMentioned, Quote, SavedQuery
from corpora.errors import NotFoundError, UsageError
from corpora.messages import message
from corpora.store.project import Project
from tests.codebook.places import (
    code_ids,
    coder,
    dump,
    facet_ids,
    narratief_ids,
    project_with_text,
    there_and_back,
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def _labels(project: Project, narratief: int, who: int) -> set[str]:
    """What a coder said of a narratief: labels of codes, and `WIE:-` for a facet that is not there."""
    names = {n: label for label, n in code_ids(project).items()}
    facets = {n: label for label, n in facet_ids(project).items()}
    with project.read() as session:
        given = session.scalars(select(Coding.code_id).where(Coding.narratief_id == narratief,
                                                             Coding.coder_id == who))
        absent = session.scalars(select(NotMentioned.facet_id).where(NotMentioned.narratief_id == narratief,
                                                                     NotMentioned.coder_id == who))
        return {names[n] for n in given} | {f"{facets[n]}:-" for n in absent}


def test_apply_gives_each_code_once(project: Project) -> None:
    ids, pieces, an = code_ids(project), narratief_ids(project), coder(project, "An")
    assert there_and_back(project, coding.apply, an, pieces[:2], [ids["Casus"], ids["eigen"]]) == 4
    assert project.step(message("Again"), coding.apply, an, pieces, [ids["Casus"]]) == 2
    assert there_and_back(project, coding.remove, an, pieces, [ids["Casus"]]) == 4
    assert _labels(project, pieces[0], an) == {"eigen"}


def test_toggle_and_replace(project: Project) -> None:
    ids, pieces, an = code_ids(project), narratief_ids(project), coder(project, "An")
    assert there_and_back(project, coding.toggle, an, pieces[0], ids["Casus"]) is True
    assert there_and_back(project, coding.replace, an, pieces, ids["Casus"], ids["Steun"]) == 1
    assert _labels(project, pieces[0], an) == {"Steun"}
    before = dump(project)
    assert project.step(message("Same"), coding.replace, an, pieces, ids["Steun"], ids["Steun"]) == 0
    assert dump(project) == before
    assert there_and_back(project, coding.toggle, an, pieces[0], ids["Steun"]) is False


def test_a_coder_is_made_once_whatever_the_capitals(project: Project) -> None:
    assert there_and_back(project, coding.coder_id, " An  de Boer ") == coder(project, "an de boer")
    with project.read() as session:
        assert [c.name for c in session.scalars(select(Coder))] == ["An de Boer"]
        with pytest.raises(NotFoundError, match="An de Boer"):
            coding.find_coder(session, "Bo")
    with pytest.raises(UsageError):
        project.step(message("Coder"), coding.coder_id, "  ")


def test_niet_genoemd_and_codes_of_a_facet_exclude_each_other(project: Project) -> None:
    ids, facets, pieces = code_ids(project), facet_ids(project), narratief_ids(project)
    an, bo = coder(project, "An"), coder(project, "Bo")
    for who in (an, bo):
        project.step(message("Code"), coding.apply, who, pieces[:1], [ids["eigen"], ids["Casus"]])
    assert there_and_back(project, coding.set_not_mentioned, an, pieces[0], facets["WIE"], "onduidelijk") is True
    assert _labels(project, pieces[0], an) == {"Casus", "WIE:-"}
    assert _labels(project, pieces[0], bo) == {"eigen", "Casus"}
    there_and_back(project, coding.apply, an, pieces[:1], [ids["burger"]])
    assert _labels(project, pieces[0], an) == {"Casus", "burger"}


def test_niet_genoemd_twice_keeps_its_reason(project: Project) -> None:
    facets, pieces, an = facet_ids(project), narratief_ids(project), coder(project, "An")
    project.step(message("Absent"), coding.set_not_mentioned, an, pieces[0], facets["WIE"], "onduidelijk")
    assert project.step(message("Absent"), coding.set_not_mentioned, an, pieces[0], facets["WIE"]) is False
    with project.read() as session:
        assert [n.reason for n in session.scalars(select(NotMentioned))] == ["onduidelijk"]
    there_and_back(project, coding.clear_not_mentioned, an, pieces[0], facets["WIE"])
    assert _labels(project, pieces[0], an) == set()


def test_repeat_takes_codes_and_niet_genoemd_along(project: Project) -> None:
    ids, facets, pieces, an = code_ids(project), facet_ids(project), narratief_ids(project), coder(project, "An")
    project.step(message("Code"), coding.apply, an, pieces[:1], [ids["Casus"], ids["Steun"]])
    project.step(message("Absent"), coding.set_not_mentioned, an, pieces[0], facets["WIE"], "onduidelijk")
    project.step(message("Absent"), coding.set_not_mentioned, an, pieces[0], facets["HOE"])
    project.step(message("Code"), coding.apply, an, pieces[1:2], [ids["Casus"], ids["positief"]])
    assert there_and_back(project, coding.repeat, an, pieces[0], pieces[1]) == 1
    assert _labels(project, pieces[1], an) == {"Casus", "Steun", "positief", "WIE:-"}


def test_joined_narratieven_are_not_both_coded_and_niet_genoemd(project: Project) -> None:
    ids, facets, pieces, an = code_ids(project), facet_ids(project), narratief_ids(project), coder(project, "An")
    for facet in ("WIE", "HOE"):
        project.step(message("Absent"), coding.set_not_mentioned, an, pieces[0], facets[facet])
    project.step(message("Code"), coding.apply, an, pieces[1:2], [ids["eigen"]])
    assert there_and_back(project, coding.join, pieces[0], pieces[1]) == pieces[0]
    assert _labels(project, pieces[0], an) == {"eigen", "HOE:-"}


def _open(project: Project, who: int) -> list[tuple[int, str]]:
    with project.read() as session:
        return [(one.nr, one.facet.label) for one in coding.open_facets(session, 1, who)]


def test_klaar_lists_what_is_missing(project: Project) -> None:
    ids, facets, pieces, an = code_ids(project), facet_ids(project), narratief_ids(project), coder(project, "An")
    project.step(message("Code"), coding.apply, an, pieces, [ids["Casus"], ids["positief"]])
    project.step(message("Code"), coding.apply, an, pieces[:2], [ids["eigen"]])
    assert _open(project, an) == [(3, "WIE"), (4, "WIE")]
    missing = project.step(message("Done"), coding.set_done, an, 1, True)
    assert [(one.nr, one.narratief_id) for one in missing] == [(3, pieces[2]), (4, pieces[3])]
    project.step(message("Absent"), coding.set_not_mentioned, an, pieces[2], facets["WIE"])
    there_and_back(project, coding.set_done, an, 1, True, overrule=True)
    with project.read() as session:
        assert [(d.coder_id, d.overruled) for d in session.scalars(select(Done))] == [(an, True)]
    there_and_back(project, coding.set_done, an, 1, False)


def test_klaar_without_anything_open(project: Project) -> None:
    ids, an = code_ids(project), coder(project, "An")
    project.step(message("Code"), coding.apply, an, narratief_ids(project),
                 [ids["Casus"], ids["positief"], ids["burger"]])
    assert there_and_back(project, coding.set_done, an, 1, True) == []
    with project.read() as session:
        assert [d.overruled for d in session.scalars(select(Done))] == [False]


def test_flag(project: Project) -> None:
    pieces, an = narratief_ids(project), coder(project, "An")
    there_and_back(project, coding.set_flag, an, pieces[0], True, "samen bekijken")
    project.step(message("Flag"), coding.set_flag, an, pieces[0], True)
    with project.read() as session:
        assert [f.reason for f in session.scalars(select(Flag))] == ["samen bekijken"]
    there_and_back(project, coding.set_flag, an, pieces[0], False)


ROWS = [BulkRow("Gesprek", 1, "WAT:Casus", place=2), BulkRow("gesprek", 2, "eigen", place=3),
        BulkRow("Gesprek", 2, "HOE: Niet Genoemd", "zakelijk", place=4), BulkRow("Gesprek", 1, "casus", place=5)]


def test_bulk_is_one_step(project: Project) -> None:
    pieces = narratief_ids(project)
    assert there_and_back(project, coding.apply_bulk, "An", ROWS) == 3
    an = coder(project, "An")
    assert (_labels(project, pieces[0], an), _labels(project, pieces[1], an)) == ({"Casus"}, {"eigen", "HOE:-"})
    assert project.step(message("Again"), coding.apply_bulk, "an", ROWS) == 0
    assert there_and_back(project, coding.apply_bulk, "An", ROWS, take_off=True) == 3
    assert project.step(message("Again"), coding.apply_bulk, "An", ROWS, take_off=True) == 0


@pytest.mark.parametrize(("faulty", "said"), [
    (BulkRow("Gesprek", 5, "Casus", place=9), "Row 9.*no narratief 5; it has 4"),
    (BulkRow("Verslag", 1, "Casus", place=9), "Row 9.*Verslag"),
    (BulkRow("Gesprek", 1, "Kasus", place=9), "Row 9.*WAT:Casus"),
    (BulkRow("Gesprek", 1, "WAAR:niet genoemd", place=9), "Row 9.*WAAR"),
    (BulkRow("Gesprek", 1, "WAT:niet genoemd", place=9), "Row 9.*at once")])
def test_a_faulty_row_leaves_nothing_behind(project: Project, faulty: BulkRow, said: str) -> None:
    before = dump(project)
    with pytest.raises(UsageError, match=said):
        project.step(message("Bulk"), coding.apply_bulk, "An", [*ROWS, faulty])
    assert dump(project) == before


def test_a_memo_goes_with_its_coding(project: Project) -> None:
    ids, pieces, an = code_ids(project), narratief_ids(project), coder(project, "An")
    project.step(message("Code"), coding.apply, an, pieces[:1], [ids["Casus"]])
    number = there_and_back(project, memos.write, an, "coding", 1, "Twijfel.")
    assert project.step(message("Memo"), memos.write, an, "coding", 1, "Toch niet.") == number
    there_and_back(project, coding.remove, an, pieces, [ids["Casus"]])
    with project.read() as session:
        assert session.scalars(select(Memo)).all() == []


def test_a_quote_lies_in_one_narratief(project: Project) -> None:
    ids, an = code_ids(project), coder(project, "An")
    number = there_and_back(project, memos.quote, an, 1, 0, 11)
    assert project.step(message("Quote"), memos.quote, an, 1, 0, 11, ids["Casus"]) == number
    with project.read() as session:
        assert [(q.start, q.end, q.code_id) for q in memos.quotes_of(session, 1)] == [(0, 11, ids["Casus"])]
    for start, end in ((0, 40), (5, 5), (9, 2)):
        with pytest.raises(UsageError):
            project.step(message("Quote"), memos.quote, an, 1, start, end)
    project.step(message("Memo"), memos.write, an, "quote", number, "Mooi gezegd.")
    there_and_back(project, memos.unquote, number)
    with project.read() as session:
        assert session.scalars(select(Quote)).all() == session.scalars(select(Memo)).all() == []


def test_queries_outlive_their_deelvraag(project: Project) -> None:
    asked = there_and_back(project, questions.add_deelvraag, "Factoren", "Wat werkt?")
    saved = there_and_back(project, questions.save_query, "werkt", "WAT:Casus", deelvraag_id=asked)
    there_and_back(project, questions.remove_deelvraag, asked)
    with project.read() as session:
        assert questions.deelvragen(session) == []
        assert [(q.id, q.deelvraag_id) for q in session.scalars(select(SavedQuery))] == [(saved, None)]
    there_and_back(project, questions.remove_query, saved)
