"""Agreement and decisions on a real project: who counts where, own segmentations, the decided set, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import agreeing, asking, coding, deciding
from codebook.agreeing import Agreement, NamedCode
from codebook.models import Decision
from codebook.reading import Reading
from corpora import narratives
from corpora.errors import NarratiefError, UsageError
from corpora.messages import Translator, message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.tables import Table
from tests.codebook import places


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    found = places.project_with_text(tmp_path)
    yield found
    found.close()


def code(project: Project, coder: str, *rows: tuple[int, str]) -> None:
    project.step(message("Code"), coding.apply_bulk, coder, [coding.BulkRow("Gesprek", nr, name) for nr, name in rows])


def row(found: Agreement, label: str) -> NamedCode:
    return next(one for one in found.codes if one.code == label)


def counts(found: NamedCode) -> tuple[int | None, ...]:
    return found.found.both, found.found.only_a, found.found.only_b, found.found.neither


def test_a_narratief_counts_for_who_coded_it(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "eigen"), (4, "positief"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (3, "WIE:niet genoemd"))
    found = agreeing.agreement(Reading(project))
    assert (found.coders, found.n, found.total) == (("Noor", "Sem"), 3, 4)
    assert found.looked == {"Noor": 4, "Sem": 3}
    assert counts(row(found, "Casus")) == (1, 1, 0, 1)
    assert counts(row(found, "Steun")) == (0, 0, 1, 2)
    assert counts(row(found, "eigen")) == (0, 1, 0, 2)
    # Narratief 4 is missing for Sem, so «positief» was given nowhere that both looked.
    assert counts(row(found, "positief")) == (0, 0, 0, 3)
    assert row(found, "positief").found.alpha is None


def test_klaar_makes_what_is_not_given_absent(project: Project) -> None:
    code(project, "Noor", *((nr, "positief") for nr in (1, 2, 3, 4)))
    code(project, "Sem", (1, "positief"))
    assert counts(row(agreeing.agreement(Reading(project)), "positief")) == (1, 0, 0, 0)
    sem = places.coder(project, "Sem")
    project.step(message("Klaar"), coding.set_done, sem, 1, True, overrule=True)
    found = agreeing.agreement(Reading(project))
    assert found.looked["Sem"] == found.total
    assert counts(row(found, "positief"))[:2] == (1, 3)


def test_more_coders_have_their_tables_in_pairs(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "Steun"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (3, "Steun"))
    code(project, "Yara", (2, "Casus"), (3, "Steun"))
    found = agreeing.agreement(Reading(project))
    assert counts(row(found, "Casus")) == (None,) * 4
    assert row(found, "Casus").found.alpha is not None
    by_pair = {pair.coders: pair for pair in found.pairs}
    assert {names: pair.n for names, pair in by_pair.items()} == {
        ("Noor", "Sem"): 3, ("Noor", "Yara"): 2, ("Sem", "Yara"): 2}
    casus = next(one for one in by_pair["Noor", "Yara"].codes if one.code == "Casus")
    assert counts(casus) == (1, 0, 0, 1)
    assert casus.found.kappa == 1
    two = agreeing.agreement(Reading(project), ["yara", "Noor", "Yara"])
    assert two.coders == ("Yara", "Noor")
    assert counts(row(two, "Casus")) == (1, 0, 0, 1)


def test_a_condition_confines_the_narratieven(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"), (3, "Steun"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"), (3, "Steun"))
    found = agreeing.agreement(Reading(project), where="Casus")
    assert (found.n, found.where) == (2, "Casus")
    assert counts(row(found, "Steun")) == (0, 0, 1, 1)


def test_facets_are_sets_and_niet_genoemd_is_the_empty_one(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (1, "Steun"), (1, "WIE:niet genoemd"), (2, "Casus"), (2, "eigen"))
    code(project, "Sem", (1, "Casus"), (1, "WIE:niet genoemd"), (2, "Casus"), (2, "eigen"))
    found = {one.facet: one.found for one in agreeing.agreement(Reading(project)).facets}
    assert list(found) == ["WAT", "WIE", "HOE"]
    assert found["WIE"].alpha_mv == 1
    assert found["HOE"].alpha_mv is None
    assert found["HOE"].ci is None
    wat = found["WAT"].alpha_mv
    assert wat is not None
    assert wat < 1


def test_notes_say_what_is_undefined_and_what_it_means(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"))
    code(project, "Sem", (1, "Casus"), (2, "Steun"))
    found = agreeing.agreement(Reading(project))
    notes = [str(note) for note in found.notes]
    assert any("nobody gave here" in note and "HOE:positief" in note and "Casus" not in note for note in notes)
    assert any(note.startswith("Alpha is not defined for WIE") for note in notes)
    assert any("unreliable: WAT:Casus, WAT:Steun" in note for note in notes)
    assert any("fewer than two coders" in note for note in notes)
    dutch = Translator("nl")
    meanings = [dutch(one.meaning) for one in found.facets]
    assert meanings[0].startswith("Over 2 narratieven zijn de codeurs het niet genoeg eens")
    assert meanings[1].startswith("Over 2 narratieven valt hier niets te zeggen")
    code(project, "Sem", (2, "Casus"))
    project.step(message("Off"), coding.apply_bulk, "Sem", [coding.BulkRow("Gesprek", 2, "Steun")], take_off=True)
    code(project, "Noor", (3, "Steun"))
    code(project, "Sem", (3, "Steun"))
    again = agreeing.agreement(Reading(project)).facets[0]
    assert again.found.alpha_mv == 1
    assert "goed genoeg eens" in dutch(again.meaning)


def test_one_coder_alone_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="nobody has coded here yet"):
        agreeing.agreement(Reading(project))
    code(project, "Noor", (1, "Casus"))
    places.coder(project, "Sem")
    with pytest.raises(UsageError, match="at least two coders; here is Noor"):
        agreeing.agreement(Reading(project))
    with pytest.raises(NarratiefError, match="Sam"):
        agreeing.agreement(Reading(project), ["Noor", "Sam"])
    found = agreeing.agreement(Reading(project), ["Noor", "Sem"])
    assert found.n == 0
    assert found.overall.alpha_mv is None
    assert "nothing can be compared" in str(found.notes[0])


def test_own_segmentations_are_compared(project: Project) -> None:
    code(project, "Noor", (1, "Casus"))
    code(project, "Sem", (1, "Casus"))
    assert agreeing.agreement(Reading(project)).segmentation.found is None
    begins = [0, *(n + 2 for n, mark in enumerate(places.TEXT[:-1]) if mark == ".")]
    end = len(places.TEXT)
    assert len(begins) == 6
    own(project, "Noor", [(0, begins[2] - 1), (begins[2], begins[4] - 1), (begins[4], end)])
    assert agreeing.segmentation(Reading(project)).found is None
    own(project, "Sem", [(0, begins[2] - 1), (begins[2], begins[5] - 1), (begins[5], end)])
    cut = agreeing.segmentation(Reading(project))
    # Of six sentences both cut before the third; Noor before the fifth, Sem before the sixth: a shift of one.
    assert cut.coders == ("Noor", "Sem")
    assert cut.found is not None
    assert cut.found.boundary_similarity == pytest.approx(1 - 0.5 / 2)
    assert cut.pairs == {("Noor", "Sem"): pytest.approx(0.75)}
    assert cut.found.window_diff == pytest.approx(1 / 4)  # the window of sentences 3 to 5
    assert agreeing.segmentation(Reading(project), ["Noor"]).found is None


def own(project: Project, coder: str, spans: list[tuple[int, int]]) -> None:
    with project.read() as session:
        uuid = coding.find_coder(session, coder).uuid
    project.step(message("Own"), narratives.set_own, 1, uuid, [Span(a, b) for a, b in spans])


# -- decisions -----------------------------------------------------------------------------------------------------


def decided(*lines: str) -> list[deciding.DecisionRow]:
    return deciding.of_table(Table("besluit.csv", ("document", "narratief", "code", "decision", "reason"),
                                   tuple(tuple((*line.split(","), "")[:5]) for line in lines)))


def test_the_decided_set_goes_before_the_coders(project: Project) -> None:
    code(project, "Noor", (1, "Casus"), (2, "Casus"))
    code(project, "Sem", (1, "Steun"))
    reading = Reading(project)
    project.listen(reading.update)
    rows = decided("Gesprek,1,Casus,no,past niet", "Gesprek,3,WAT:Steun,JA,")
    changed = places.there_and_back(project, deciding.apply_bulk, "Mirthe", rows)
    assert changed == 2
    for looking in (Reading(project), reading):
        assert [n.nr for n in asking.query(looking, "Casus", codings="decided").narratieven] == [2]
        assert [n.nr for n in asking.query(looking, "Steun", codings="decided").narratieven] == [1, 3]
        assert [n.nr for n in asking.query(looking, "Casus").narratieven] == [1, 2]
    with project.read() as session:
        assert coding.find_coder(session, "Mirthe").role == "onderzoeker"
    # Who only decides is no party to agreement.
    assert agreeing.agreement(Reading(project)).coders == ("Noor", "Sem")


def test_deciding_again_changes_only_what_is_new(project: Project) -> None:
    rows = decided("Gesprek,1,Casus,no,past niet", "Gesprek,2,Casus,yes,")
    assert project.step(message("Decide"), deciding.apply_bulk, "Mirthe", rows) == 2
    again = decided("Gesprek,1,Casus,no,past niet", "Gesprek,2,Casus,no,toch niet")
    assert project.step(message("Decide"), deciding.apply_bulk, "Mirthe", again) == 1
    with project.read() as session:
        assert [(d.yes, d.reason) for d in session.scalars(select(Decision).order_by(Decision.narratief_id))] == [
            (False, "past niet"), (False, "toch niet")]
    narratieven, codes = places.narratief_ids(project), places.code_ids(project)
    with project.read() as session:
        assert set(deciding.decisions_on(session, narratieven)) == {(n, codes["Casus"]) for n in narratieven[:2]}
    mirthe = places.coder(project, "Mirthe")
    assert places.there_and_back(project, deciding.decide, mirthe, narratieven[:3], [codes["Steun"]], True) == 3
    assert places.there_and_back(project, deciding.undecide, narratieven, [codes["Steun"]]) == 3


@pytest.mark.parametrize("line, said", [
    ("Gesprok,1,Casus,yes", "Row 3: There is no document «Gesprok». Did you mean «Gesprek»?"),
    ("Gesprek,9,Casus,yes", "Row 3: «Gesprek» has no narratief 9"),
    ("Gesprek,1,Casos,yes", "Row 3: There is no code «Casos»"),
    ("Gesprek,1,WAT:niet genoemd,yes", "Row 3: decide on codes"),
    ("Gesprek,een,Casus,yes", "besluit.csv, row 3: «een» is no number"),
    ("Gesprek,1,Casus,maybe", "besluit.csv, row 3: the decision «maybe» is neither yes nor no"),
    ("Gesprek,2,WAT:Steun,no", "Row 3 contradicts row 2"),
])
def test_a_wrong_row_is_named_and_nothing_is_written(project: Project, line: str, said: str) -> None:
    before = places.dump(project)
    with pytest.raises(UsageError) as caught:
        project.step(message("Decide"), deciding.apply_bulk, "Mirthe", decided("Gesprek,2,Steun,yes", line))
    assert str(caught.value).startswith(said)
    assert places.dump(project) == before
