"""Co-occurrence, frequencies and cross tables against pandas on random projects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from codebook.analysis.axes import pair_counts
from codebook.analysis.cooccurrence import cell, cooccurrence
from codebook.analysis.frequencies import by_coder, by_documents, frequencies
from codebook.query.catalogue import Catalogue, DocumentName
from codebook.query.index import CodeIndex
from codebook.query.units import Unit, units_of
from corpora.errors import UsageError

ROWS, COLUMNS = [1, 2, 3, 4], [5, 6, 7]


@dataclass(frozen=True)
class Study:
    narratieven: pd.DataFrame
    codings: pd.DataFrame
    index: CodeIndex
    catalogue: Catalogue

    def incidence(self, unit: Unit, coder: int | None = None, where: list[int] | None = None) -> pd.DataFrame:
        """Units × codes, true where a coding stands; by pandas alone."""
        codings = self.codings if coder is None else self.codings[self.codings.coder == coder]
        places = self.narratieven if where is None else self.narratieven[self.narratieven.narratief.isin(where)]
        long = codings.merge(places, on="narratief")
        table = pd.crosstab(long[unit], long.code).gt(0)
        return table.reindex(index=places[unit].unique(), columns=ROWS + COLUMNS, fill_value=False)


@pytest.fixture(params=[1, 2, 3])
def study(request: pytest.FixtureRequest) -> Study:
    rng = np.random.default_rng(request.param)
    sizes = rng.integers(1, 9, 14)
    documents = np.repeat(np.arange(100, 114), sizes)
    n = int(sizes.sum())
    narratieven = pd.DataFrame({
        "narratief": rng.permutation(n) + 1, "document": documents,
        "nr": np.concatenate([np.arange(1, s + 1) for s in sizes]),
        "group": np.where(documents % 3 == 0, "", np.where(documents % 3 == 1, "Managers", "Leercoaches"))})
    codings = pd.DataFrame({"narratief": rng.integers(1, n + 1, 5 * n), "code": rng.choice(ROWS + COLUMNS, 5 * n,
                            p=[.3, .2, .02, 0, .3, .15, .03]), "coder": rng.integers(1, 3, 5 * n)}).drop_duplicates()
    index = CodeIndex.build(narratieven.narratief, narratieven.document, narratieven.nr, codings.to_numpy(), [])
    shown = narratieven.drop_duplicates("document")
    catalogue = Catalogue(documents=[
        DocumentName(int(d), f"Doc {d}", str(g), "logboek" if d < 105 else "interview",
                     {} if d == 100 else {"leeftijd": str(d % 12), "team": "Noord" if d % 2 else "zuid"})
        for d, g in zip(shown.document, shown.group, strict=True)])
    return Study(narratieven.assign(narratief_unit=narratieven.narratief), codings, index, catalogue)


@pytest.mark.parametrize("unit", ["narratief", "document", "group"])
@pytest.mark.parametrize("coder", [None, 2])
@pytest.mark.parametrize("half", [False, True])
def test_cooccurrence_equals_pandas(study: Study, unit: Unit, coder: int | None, half: bool) -> None:
    chosen = study.narratieven.narratief[::2].tolist() if half else None
    expected = study.incidence(unit, coder, chosen)
    table = cooccurrence(study.index, ROWS, COLUMNS, units=units_of(study.index, unit, study.catalogue),
                         codings=coder or "any", where=study.index.of_ids(chosen) if chosen else None)
    both = expected[ROWS].T.astype(int) @ expected[COLUMNS].astype(int)
    assert table.n == len(expected)
    assert table.counts.tolist() == both.to_numpy().tolist()
    assert table.row_totals.tolist() == expected[ROWS].sum().tolist()
    assert table.column_totals.tolist() == expected[COLUMNS].sum().tolist()
    for r, row in enumerate(ROWS):
        for c, column in enumerate(COLUMNS):
            a, b = expected[row], expected[column]
            assert table.jaccard[r][c] == (None if not (a | b).sum() else (a & b).sum() / (a | b).sum())
            assert table.p_column_given_row[r][c] == (None if not a.sum() else b[a].mean())
            assert table.p_row_given_column[r][c] == (None if not b.sum() else a[b].mean())


def test_a_table_with_itself_equals_the_two_halves(study: Study) -> None:
    everything = ROWS + COLUMNS
    square = cooccurrence(study.index, everything, everything)
    assert square.counts.tolist() == square.counts.T.tolist()
    assert square.counts.diagonal().tolist() == square.row_totals.tolist()
    assert square.counts[:4, 4:].tolist() == cooccurrence(study.index, ROWS, COLUMNS).counts.tolist()


def test_folded_codes_count_once(study: Study) -> None:
    table = cooccurrence(study.index, [(1, 2)], COLUMNS)
    expected = study.incidence("narratief")
    folded = expected[1] | expected[2]
    assert table.row_totals.tolist() == [folded.sum()]
    assert table.counts[0].tolist() == [(folded & expected[c]).sum() for c in COLUMNS]


@pytest.mark.parametrize("unit", ["narratief", "document"])
def test_a_cell_opens_its_narratieven(study: Study, unit: Unit) -> None:
    units = units_of(study.index, unit, study.catalogue)
    table = cooccurrence(study.index, ROWS, COLUMNS, units=units)
    behind = cell(study.index, 1, 5, units=units)
    assert int(np.count_nonzero(units.lifted(behind))) == table.counts[0, 0]


def test_cautions_and_lift_stay_silent_where_numbers_are_too_small() -> None:
    rows = [(i, 1, 1) for i in range(60)] + [(i, 2, 1) for i in range(4)] + [(i, 3, 1) for i in range(12)]
    index = CodeIndex.build(range(100), range(100), [1] * 100, rows, [])
    table = cooccurrence(index, [1], [2, 3, 4])
    assert table.unequal.tolist() == [[True, False, False]]
    assert table.small.tolist() == [[True, False, False]]
    assert table.lift[0] == [pytest.approx(4 / 2.4), pytest.approx(12 / 7.2), None]
    assert cooccurrence(index, [2], [3]).lift == [[None]]
    assert len(table.cautions()) == 2
    assert cooccurrence(index, [1], [3]).cautions() == []
    assert table.share_of_all == [[.04, .12, 0]]


def test_keys_of_the_command_line(study: Study) -> None:
    found = cooccurrence(study.index, ROWS, COLUMNS).as_json(str, "any")
    assert set(found) == {"rows", "columns", "unit", "codings", "n", "counts", "row_totals", "column_totals", "jaccard",
                          "p_column_given_row", "p_row_given_column"}


def test_frequencies_equal_pandas(study: Study) -> None:
    for found in frequencies(study.index, ROWS + COLUMNS, study.catalogue):
        long = study.codings[study.codings.code == found.code].merge(study.narratieven, on="narratief")
        groups = set(long.group) - {""}
        assert (found.narratieven, found.documents, found.groups, found.coders, found.codings) == (
            long.narratief.nunique(), long.document.nunique(), len(groups), long.coder.nunique(), len(long))
        assert found.share == pytest.approx(long.narratief.nunique() / study.index.n)


def test_frequencies_of_one_coder_count_only_that_coder(study: Study) -> None:
    found = frequencies(study.index, [1], study.catalogue, codings=2)[0]
    assert (found.coders, found.codings) == (1, int(((study.codings.code == 1) & (study.codings.coder == 2)).sum()))


@pytest.mark.parametrize("unit", ["narratief", "document"])
@pytest.mark.parametrize("dimension", ["document", "group", "kind", "attribute"])
def test_cross_tables_equal_pandas(study: Study, dimension: str, unit: str) -> None:
    table = by_documents(study.index, ROWS, dimension, study.catalogue, attribute="Leeftijd",
                         units=units_of(study.index, unit))  # type: ignore[arg-type]
    documents = {d.id: d for d in study.catalogue.documents}
    label = {"document": lambda d: d.title, "group": lambda d: d.group, "kind": lambda d: d.kind,
             "attribute": lambda d: d.attributes.get("leeftijd", "")}[dimension]
    places = study.narratieven.assign(column=[label(documents[d]) for d in study.narratieven.document])
    long = study.codings.merge(places, on="narratief").drop_duplicates([unit, "code"])
    counted = pd.crosstab(long.code, long.column).reindex(index=ROWS, columns=list(table.columns), fill_value=0)
    assert table.counts.tolist() == counted.to_numpy().tolist()
    assert table.column_n.tolist() == [places[places.column == c][unit].nunique() for c in table.columns]
    assert table.n == places[unit].nunique()
    assert table.row_share[3] == [None] * len(table.columns)
    assert table.column_share[0][0] == counted.iloc[0, 0] / table.column_n[0]


def test_columns_of_an_attribute_stand_in_numeric_order_and_none_last(study: Study) -> None:
    columns = by_documents(study.index, [1], "attribute", study.catalogue, attribute="leeftijd").columns
    assert list(columns) == [*sorted((c for c in columns if c), key=int), ""]
    with pytest.raises(UsageError, match="team"):
        by_documents(study.index, [1], "attribute", study.catalogue, attribute="teem")


def test_codes_by_coder(study: Study) -> None:
    table = by_coder(study.index, ROWS, [1, 2], ["Anna", "Bram"])
    expected = study.codings.groupby(["code", "coder"]).size().unstack(fill_value=0).reindex(ROWS, fill_value=0)
    assert table.counts.tolist() == expected.to_numpy().tolist()
    assert table.row_totals.tolist() == [study.codings[study.codings.code == c].narratief.nunique() for c in ROWS]
    assert table.column_n.tolist() == [study.codings[study.codings.coder == c].narratief.nunique() for c in (1, 2)]


def test_counting_goes_on_past_one_block() -> None:
    rng = np.random.default_rng(5)
    matrix = rng.integers(0, 2**63, (3, 9_000), dtype=np.uint64)
    masks = np.unpackbits(matrix.view(np.uint8), axis=1).astype(np.float64)
    assert pair_counts(matrix, matrix).tolist() == (masks @ masks.T).tolist()
    assert pair_counts(matrix, matrix[1:].copy()).tolist() == (masks @ masks[1:].T).tolist()
