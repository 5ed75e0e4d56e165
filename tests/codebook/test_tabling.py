"""Tables of a real project against pandas: every unit, every measure, folded codes, cells, and what a cell says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from codebook import asking, codebook_files, codes, coding, table_views, tabling
from codebook.analysis.association import within_documents
from codebook.analysis.association_table import association_tests, marks
from codebook.codebook_files import CodeRow
from codebook.query.units import TableUnit
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.errors import NarratiefError, UsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript, Turn

CODES = [CodeRow("WAT", "Casus"), CodeRow("WAT", "Stappen", parent="Casus"), CodeRow("WAT", "Steun"),
         CodeRow("WAT", "Leeg"), CodeRow("WIE", "eigen"), CodeRow("WIE", "burger"), CodeRow("HOE", "positief"),
         CodeRow("HOE", "negatief")]
WAT, HOE = ["Casus", "Stappen", "Steun", "Leeg"], ["positief", "negatief"]
UNITS: list[TableUnit] = ["narratief", "document", "respondent", "group"]


def fill(session: Writing) -> None:
    """Eight documents of five narratieven, spoken by turns by two of five people; codes at random."""
    rng = np.random.default_rng(7)
    codebook_files.put(session, CODES)
    numbers = {e.code.label: e.code.id for e in codes.entries(session)}
    coders = [coding.coder_id(session, name) for name in ("Noor", "Sem")]
    for at in range(8):
        lines = [f"Verhaal {at} {n} over het werk." for n in range(5)]
        text = "\n".join(lines)
        starts = [text.index(line) for line in lines]
        spans = [Span(a, a + len(line)) for a, line in zip(starts, lines, strict=True)]
        turns = tuple(Turn(f"R{n % 2}", False, s.start, s.end, None) for n, s in enumerate(spans))
        document = documents.add(session, Transcript(text, turns), title=f"Gesprek {at}",
                                 kind="interview" if at % 2 else "logboek", group=["", "Coaches", "Managers"][at % 3])
        narratives.set_segmentation(session, document, spans)
        for one in narratives.of_document(session, document):
            for label, number in numbers.items():
                for coder, chance in zip(coders, (.4, .2), strict=True):
                    if label != "Leeg" and rng.random() < chance * (0.3 if label == "Steun" else 1):
                        coding.apply(session, coder, [one.id], [number])


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    project = Project.create(tmp_path_factory.mktemp("t") / "tabel.narratief", "Tester")
    project.step(message("Fill"), fill)
    yield Reading(project)
    project.close()


@pytest.fixture(scope="module")
def long(reading: Reading) -> pd.DataFrame:
    """One line per narratief, respondent and coding, read with SQL, not with the index."""
    with reading.project.engine.connect() as connection:
        coded = pd.read_sql("select c.narratief_id as narratief, k.label as code, who.name as coder from coding c "
                            "join code k on k.id = c.code_id join coder who on who.id = c.coder_id", connection)
        place = pd.read_sql("select n.id as narratief, d.id as document, d.title, d.kind, coalesce(g.label, '') as "
                            "\"group\" from narratief n join document d on d.id = n.document_id left join "
                            "respondent_group g on g.id = d.group_id where n.counts", connection)
    pairs = pd.DataFrame(dict(zip(("narratief", "respondent"), reading.respondents, strict=True)))
    return place.merge(pairs, on="narratief", how="left").merge(coded, on="narratief", how="left")


def incidence(long: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Units × codes."""
    table = pd.crosstab(long[unit], long.code).gt(0)
    return table.reindex(index=long[unit].dropna().unique(), fill_value=False).reindex(columns=WAT + HOE + ["eigen"],
                                                                                      fill_value=False)


def same(found: list[list[float | None]], expected: Any) -> None:
    """Equal within rounding, None where pandas has no number."""
    got = np.array(found, dtype=float)
    np.testing.assert_allclose(got, np.asarray(expected, dtype=float), rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize("unit", UNITS)
def test_every_measure_equals_pandas(reading: Reading, long: pd.DataFrame, unit: TableUnit) -> None:
    found = asking.cooccurrence(reading, "WAT", "HOE", unit=unit)
    marked = incidence(long, unit).astype(float)
    rows, columns = marked[WAT], marked[HOE]
    counts = rows.T @ columns
    one, other, n = rows.sum().to_numpy()[:, None], columns.sum().to_numpy()[None, :], len(marked)
    assert found.n == n
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = {"count": counts, "row": counts / one, "column": counts / other, "total": counts / n,
                    "jaccard": counts / (one + other - counts), "expected": one * other / n}
        lift = (counts / (one * other / n)).where((counts >= 3) & (one * other / n >= 1))
    for measure, wanted in {**expected, "lift": lift}.items():
        view = table_views.crossing(reading, found, measure)  # type: ignore[arg-type]
        same(view.values, wanted)
        assert (view.row_totals, view.column_totals, view.total) == (
            tuple(rows.sum().astype(int)), tuple(columns.sum().astype(int)), n)


@pytest.mark.parametrize("unit", UNITS)
def test_every_cell_opens_what_it_counts(reading: Reading, long: pd.DataFrame, unit: TableUnit) -> None:
    found = asking.cooccurrence(reading, "WAT", "HOE", unit=unit)
    for r, row in enumerate(WAT):
        for c, column in enumerate(HOE):
            ids = asking.cell_ids(reading, found, r, c)
            own = long[long.code.isin([row, column])]
            both = own.groupby(unit).code.nunique()
            behind = own[own[unit].isin(both[both == 2].index)]
            assert set(ids) == set(behind.narratief)
            assert found.table.counts[r, c] == behind[unit].nunique()


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("dimension", "column"), [("document", "title"), ("group", "group"), ("kind", "kind"),
                                                   ("coder", "coder")])
def test_codes_against_the_material_equal_pandas(reading: Reading, long: pd.DataFrame, dimension: Any, column: str,
                                                 unit: TableUnit) -> None:
    found = asking.cross_table(reading, "WAT", dimension, unit=unit)
    each = long.drop_duplicates([unit, "code", column])
    counted = pd.crosstab(each.code, each[column]).reindex(index=WAT, columns=list(found.table.columns), fill_value=0)
    sizes = long.dropna(subset=["code"]) if dimension == "coder" else long
    column_n = sizes.drop_duplicates([unit, column]).groupby(column)[unit].count().reindex(list(found.table.columns))
    totals = long.groupby("code")[unit].nunique().reindex(WAT, fill_value=0).to_numpy()[:, None]
    n = long[unit].nunique()
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = {"count": counted, "row": counted / totals, "column": counted / column_n.to_numpy(),
                    "total": counted / n, "binary": counted.gt(0).astype(int),
                    "normalised": counted * column_n.max() / column_n.to_numpy()}
    for measure, wanted in expected.items():
        same(table_views.against(reading, found, measure).values, wanted)  # type: ignore[arg-type]
    assert (found.table.n, found.table.row_totals.tolist()) == (n, totals[:, 0].tolist())


def test_how_often_equals_pandas(reading: Reading, long: pd.DataFrame) -> None:
    view = table_views.often(reading, asking.axis(reading, "WAT"))
    by = long.groupby("code")
    each = [by.narratief.nunique(), by.document.nunique(), by.respondent.nunique()]
    given = long.drop_duplicates(["narratief", "code", "coder"]).groupby("code")
    for r, code in enumerate(WAT):
        if code == "Leeg":
            assert view.values[r] == [0] * 8
            continue
        numbers = [(int(s[code]), s[code] / long[u].nunique()) for s, u in zip(
            each, ("narratief", "document", "respondent"), strict=True)]
        same([view.values[r]], [[*(x for pair in numbers for x in pair), given.size()[code],
                                 given.coder.nunique()[code]]])


def test_sub_codes_are_counted_with_the_code_above_them(reading: Reading, long: pd.DataFrame) -> None:
    axis = tabling.facet_axis(reading, "WAT", folded=True)
    assert axis.labels == ("Casus", "Steun", "Leeg")
    found = asking.cooccurrence(reading, axis, "HOE")
    marked = incidence(long, "narratief")
    folded = marked.Casus | marked.Stappen
    assert found.table.counts[0].tolist() == [int((folded & marked[h]).sum()) for h in HOE]
    assert found.table.row_totals[0] == folded.sum()
    view = table_views.crossing(reading, found)
    assert any(str(value) == "counted with the code above them" for _name, value in view.facts)


def test_codes_of_ones_own_choice(reading: Reading, long: pd.DataFrame) -> None:
    chosen = tabling.read_axis(reading, 'WAT="Steun",Casus')
    assert (chosen.name, chosen.labels) == ("WAT", ("Steun", "Casus"))
    numbers = {c.label: c.id for c in reading.catalogue.codes}
    mixed = tabling.chosen_axis(reading, [numbers["eigen"], numbers["positief"], numbers["eigen"]])
    assert (mixed.name, mixed.labels) == ("WIE + HOE", ("WIE:eigen", "HOE:positief"))
    marked = incidence(long, "narratief")
    found = asking.cooccurrence(reading, chosen, mixed)
    assert found.table.counts.tolist() == [[int((marked[a] & marked[b]).sum()) for b in ("eigen", "positief")]
                                           for a in ("Steun", "Casus")]


@pytest.mark.parametrize("words", ["WAT=", "WAT=Bestaatniet", "NIETS", "WAT=positief"])
def test_an_axis_that_cannot_be_read(reading: Reading, words: str) -> None:
    with pytest.raises(NarratiefError):
        tabling.read_axis(reading, words)
    with pytest.raises(UsageError):
        tabling.chosen_axis(reading, [])


def test_what_misleads_stands_at_the_cell_and_in_words(reading: Reading) -> None:
    found = asking.cooccurrence(reading, "WAT", "WAT")
    view = table_views.crossing(reading, found, "jaccard")
    assert "by definition" in str(view.warned[0, 0][0])
    rare = WAT.index("Steun")
    assert found.table.row_totals[rare] < 10
    assert "Steun occurs only" in str(view.warned[0, rare][0])
    assert view.cautions
    assert all(at not in table_views.crossing(reading, found, "count").warned for at in [(0, rare), (rare, 0)])
    shares = table_views.crossing(reading, found, "row")
    part, whole = int(found.table.counts[rare, 0]), int(found.table.row_totals[rare])
    assert shares.text(rare, 0, str) == f"{part} of {whole}"
    assert view.text(WAT.index("Leeg"), WAT.index("Leeg"), str) == "·", "nothing to divide by"


def test_unequal_frequencies_name_the_highest_jaccard_possible(reading: Reading) -> None:
    index, numbers = reading.index, {c.label: c.id for c in reading.catalogue.codes}
    found = asking.cooccurrence(reading, tabling.chosen_axis(reading, [numbers["Steun"]]),
                                tabling.chosen_axis(reading, [numbers["Casus"]]))
    low, high = sorted((index.count(numbers["Steun"]), index.count(numbers["Casus"])))
    told = " ".join(map(str, table_views.warnings(found, 0, 0)))
    assert ("at most" in told) == (high > 5 * low)
    if high > 5 * low:
        assert f"{low / high:.2f} at most" in told


def test_a_cell_explained_in_words(reading: Reading) -> None:
    found = asking.cooccurrence(reading, "WAT", "HOE")
    both, one = int(found.table.counts[0, 0]), int(found.table.row_totals[0])
    told = [str(line) for line in table_views.explained(found, 0, 0, tabling.written)]
    assert told[0] == f"{both} of {one} narratieven with Casus also carry positief ({100 * both / one:.1f}%)"
    assert told[2].startswith(f"Jaccard c {found.table.jaccard[0][0]:.2f} · expected ")


def test_the_test_respects_documents_and_corrects_for_all_pairs(reading: Reading, long: pd.DataFrame) -> None:
    found = asking.cooccurrence(reading, "WAT", "HOE")
    tests = association_tests(marks(reading.index, found.table.rows, found.table.columns))
    marked = incidence(long, "narratief")
    documents_of = long.drop_duplicates("narratief").set_index("narratief").document.loc[marked.index].to_numpy()
    alone = within_documents(marked.Casus.to_numpy(), marked.positief.to_numpy(),
                             np.unique(documents_of, return_inverse=True)[1])
    assert tests.tests[0, 0].p == pytest.approx(alone.p)
    assert tests.family == 8
    view = table_views.crossing(reading, found, "adjusted", tests)
    assert view.values[0][0] == tests.adjusted[0, 0]
    empty = WAT.index("Leeg")
    assert "Cannot be tested" in str(view.warned[empty, 0][0])
    assert "8 pairs" in str(view.cautions[0])
    assert "smallest p within reach" in " ".join(
        str(line) for line in table_views.explained(found, 0, 0, tabling.written, tests))


def test_codes_that_share_a_code_are_not_tested(reading: Reading) -> None:
    folded = tabling.facet_axis(reading, "WAT", folded=True)
    tests = association_tests(marks(reading.index, folded.folds, asking.axis(reading, "WAT").folds))
    assert (0, 0) not in tests.tests
    assert (0, 1) not in tests.tests
    assert (0, 2) in tests.tests


@pytest.mark.parametrize(("value", "form", "text"), [
    (None, "share", "·"), (0, "count", "–"), (3, "count", "3"), (0.125, "share", "12,5%"), (0.5, "two", "0,50"),
    (0, "one", "0,0"), (0.0001, "p", "<0,001"), (0.0123, "p", "0,012"), (0, "two", "–")])
def test_how_numbers_are_written(value: float | None, form: Any, text: str) -> None:
    assert tabling.written(value, form, ",") == text


def test_a_table_says_what_it_counts(reading: Reading) -> None:
    view = table_views.crossing(reading, asking.cooccurrence(reading, "WAT", "HOE", unit="group", codings="Noor",
                                                             where="eigen"), "row")
    told = {str(name): str(value) for name, value in view.facts}
    assert told == {"Table": "WAT × HOE", "Counted in": "respondent groups", "n": str(view.total),
                    "Whose codings": "codes of Noor", "Only where": "eigen"}
    assert "Denominator: the total of the row" in str(view.about)
    assert [str(one) for one in view.cautions][-1].startswith("Documents without a respondent group")
    lines = view.lines(str)
    assert [len(line) for line in lines] == [4] * 6
    assert lines[-1][0] == lines[0][-1] == "Total"
