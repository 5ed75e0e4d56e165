"""The measures of co-occurrence and cross tables, code frequencies, and what a single cell says in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from codebook.analysis import frequencies as counting
from codebook.analysis.association import WithinTest
from codebook.analysis.association_table import TestTable
from codebook.analysis.cooccurrence import LEAST_FOR_LIFT, SMALL
from codebook.analysis.grid import Respondents
from codebook.analysis.shares import Shares
from codebook.asking import NamedAxis, NamedCooccurrence, NamedCrossTable, people, units, within
from codebook.query import bits
from codebook.query.bits import Ints
from codebook.query.evaluate import TextSearch
from codebook.query.index import ANY
from codebook.reading import Reading
from codebook.tabling import Cell, Format, View, facts, is_folded, no_group, overlapping, units_named
from corpora.messages import Message, message

Measure = Literal["count", "row", "column", "total", "jaccard", "expected", "lift", "p", "adjusted"]
CrossMeasure = Literal["count", "row", "column", "total", "normalised", "binary"]
Writer = Callable[[float | None, Format], str]

FORMATS: Mapping[str, Format] = {"jaccard": "two", "expected": "one", "lift": "two", "p": "p", "adjusted": "p",
                                 "row": "share", "column": "share", "total": "share", "normalised": "one"}


# -- co-occurrence ------------------------------------------------------------------------------------------------


def crossing(reading: Reading, found: NamedCooccurrence, measure: Measure = "count",
             tests: TestTable | None = None) -> View:
    """A measure of a co-occurrence table; `p` and `adjusted` need its tests."""
    table = found.table
    name = f"{found.row_facet} × {found.column_facet}"
    values = _crossing_values(found, measure, tests)
    width = len(found.columns)
    return View(
        name, message("{name}: {measure}", name=name, measure=measure_named(measure)), found.rows, found.columns,
        values, (FORMATS.get(measure, "count"),) * width, _crossing_about(found, measure),
        facts(name, found.unit, found.n, found.codings, found.where, is_folded(table.rows, table.columns)),
        row_totals=tuple(table.row_totals.tolist()), column_totals=tuple(table.column_totals.tolist()), total=found.n,
        counted=_counted(found, measure), warned=_warned(found, measure, tests),
        cautions=(*_cautions(found, measure, tests), *no_group(reading, found.unit)))


def measure_named(measure: Measure | CrossMeasure) -> Message:
    """A measure as a choice."""
    return {"count": message("counts"), "row": message("% of row"), "column": message("% of column"),
            "total": message("% of all"), "jaccard": message("Jaccard c"), "expected": message("expected"),
            "lift": message("lift"), "p": message("p (within documents)"), "adjusted": message("p, corrected"),
            "normalised": message("normalised"), "binary": message("yes or no")}[measure]


def _crossing_values(found: NamedCooccurrence, measure: Measure, tests: TestTable | None) -> Shares:
    table = found.table
    if measure in ("p", "adjusted"):
        return [[_tested(tests, (r, c), measure) for c in range(len(found.columns))] for r in range(len(found.rows))]
    made: dict[str, Callable[[], Shares]] = {
        "count": lambda: _plain(table.counts), "row": lambda: table.p_column_given_row,
        "column": lambda: table.p_row_given_column, "total": lambda: table.share_of_all,
        "jaccard": lambda: table.jaccard, "expected": lambda: table.expected.tolist(), "lift": lambda: table.lift}
    return made[measure]()


def _plain(counts: Ints) -> Shares:
    found: Shares = counts.tolist()
    return found


def _tested(tests: TestTable | None, at: Cell, measure: Measure) -> float | None:
    if tests is None or at not in tests.tests:
        return None
    return tests.tests[at].p if measure == "p" else tests.adjusted[at]


def _crossing_about(found: NamedCooccurrence, measure: Measure) -> Message:
    unit = units_named(found.unit)
    about: dict[str, Message] = {
        "count": message("Number of {unit} that carry both codes. Totals are all that carry the code, not sums of "
                         "cells; in the corner all {unit}.", unit=unit),
        "row": message("Of the {unit} with the code of the row, the share that carries the code of the column too. "
                       "Denominator: the total of the row.", unit=unit),
        "column": message("Of the {unit} with the code of the column, the share that carries the code of the row too. "
                          "Denominator: the total of the column.", unit=unit),
        "total": message("Of all {n} {unit}, the share that carries both codes.", n=found.n, unit=unit),
        "jaccard": message("Of the {unit} with at least one of the two codes, the share that carries both. "
                           "Denominator: row total + column total − both.", unit=unit),
        "expected": message("So many {unit} would carry both codes if the two had nothing to do with each other: row "
                            "total × column total / {n}.", unit=unit, n=found.n),
        "lift": message("How many times as many {unit} carry both codes as expected: counted / (row total × column "
                        "total / {n}). 1 is as expected.", unit=unit, n=found.n)}
    return about.get(measure) or message(
        "The chance of so many or more narratieven with both codes if, within every document, the one were spread "
        "over the narratieven without regard to the other. Tested on narratieven.")


def _counted(found: NamedCooccurrence, measure: Measure) -> dict[Cell, tuple[int, int]]:
    """Shares whose denominator is so small that they are to be read as counts."""
    table = found.table
    if measure not in ("row", "column"):
        return {}
    below = np.broadcast_to(table.row_totals[:, None] if measure == "row" else table.column_totals, table.counts.shape)
    places = np.argwhere((below > 0) & (below < SMALL) & (table.counts > 0)).tolist()
    return {(r, c): (int(table.counts[r, c]), int(below[r, c])) for r, c in places}


def _warned(found: NamedCooccurrence, measure: Measure, tests: TestTable | None) -> dict[Cell, tuple[Message, ...]]:
    return {(r, c): told for r in range(len(found.rows)) for c in range(len(found.columns))
            if (told := tuple(warnings(found, r, c, measure, tests)))}


def warnings(found: NamedCooccurrence, row: int, column: int, measure: Measure | None = None,
             tests: TestTable | None = None) -> list[Message]:
    """What misleads in a cell: in one measure, or (None) in any."""
    table, told = found.table, []
    if overlapping(table.rows[row], table.columns[column]):
        return [message("Row and column share a code, so they go together by definition.")]
    one, other = int(table.row_totals[row]), int(table.column_totals[column])
    low, high = sorted((one, other))
    rare = found.rows[row] if one <= other else found.columns[column]
    if table.small[row, column] and measure not in ("count", "total", "expected", "p", "adjusted"):
        told.append(message("{code} occurs only {n} × here; one more or less changes the number much.", code=rare,
                            n=low))
    if table.unequal[row, column] and measure in (None, "jaccard"):
        told.append(message("One code is used {times} times as often as the other: Jaccard c can be {most} at most, "
                            "even if they always go together.", times=f"{high / low:.0f}", most=_decimals(low / high)))
    if measure == "lift" and table.lift[row][column] is None:
        told.append(message("Too few for lift: at least {least} counted and 1 expected are needed.",
                            least=LEAST_FOR_LIFT))
    test = tests.tests.get((row, column)) if tests else None
    if test is not None and not test.testable and measure in (None, "p", "adjusted"):
        told.append(message("Cannot be tested with these numbers: no outcome could have had p ≤ .05."))
    return told


def _decimals(value: float) -> Message:
    whole, part = f"{value:.2f}".split(".")
    return message("{whole}.{part}", whole=whole, part=part)


def _cautions(found: NamedCooccurrence, measure: Measure, tests: TestTable | None) -> list[Message]:
    told: list[Message] = []
    if measure == "jaccard":
        told = found.table.cautions()
    elif measure in ("row", "column", "lift"):
        told = [one for one in found.table.cautions() if "least" in one.values]
    if measure in ("p", "adjusted") and tests is not None:
        untestable = sum(not test.testable for test in tests.tests.values())
        told = [message("{family} pairs were tested as one family; of {cells} cells, {untestable} cannot be tested "
                        "with these numbers. A small p says that two codes share narratieven more often than chance, "
                        "not why; it may be a coder's habit too.",
                        family=tests.family, cells=len(tests.tests), untestable=untestable)]
    return told


def explained(found: NamedCooccurrence, row: int, column: int, write: Writer,
              tests: TestTable | None = None) -> list[Message]:
    """Everything a cell says, in words: both proportions as counts, Jaccard, expected and lift, the test, and what
    misleads."""
    table, unit = found.table, units_named(found.unit)
    both = int(table.counts[row, column])
    one, other = int(table.row_totals[row]), int(table.column_totals[column])
    row_name, column_name = found.rows[row], found.columns[column]
    told = [_part(both, one, row_name, column_name, unit, write),
            _part(both, other, column_name, row_name, unit, write)]
    told.append(message("Jaccard c {jaccard} · expected {expected} · lift {lift}",
                        jaccard=write(table.jaccard[row][column], "two"),
                        expected=write(float(table.expected[row, column]), "one"),
                        lift=write(table.lift[row][column], "two")))
    if tests is not None and (row, column) in tests.tests:
        told.append(_of_test(tests.tests[row, column], tests.adjusted[row, column], tests.family, write))
    return [*told, *warnings(found, row, column, None, tests)]


def _part(both: int, whole: int, one: str, other: str, unit: Message, write: Writer) -> Message:
    if whole < SMALL:
        return message("{both} of {whole} {unit} with {one} also carry {other}", both=both, whole=whole, unit=unit,
                       one=one, other=other)
    return message("{both} of {whole} {unit} with {one} also carry {other} ({share})", both=both, whole=whole,
                   unit=unit, one=one, other=other, share=write(both / whole, "share"))


def _of_test(test: WithinTest, adjusted: float | None, family: int, write: Writer) -> Message:
    if test.p is None:
        return message("Not tested: that asks for at least 20 narratieven in at least two documents.")
    return message("Within documents: {observed} narratieven with both, {expected} expected; p {p}, corrected for "
                   "{family} tests {adjusted}; smallest p within reach {smallest}", observed=test.observed,
                   expected=write(test.expected, "one"), p=write(test.p, "p"), family=family,
                   adjusted=write(adjusted, "p"), smallest=write(test.smallest_p, "p"))


# -- against the material -----------------------------------------------------------------------------------------


def against(reading: Reading, found: NamedCrossTable, measure: CrossMeasure = "count") -> View:
    """A measure of a cross table."""
    table, unit = found.table, units_named(found.table.unit)
    name = f"{found.facet} × {found.attribute or found.dimension}"
    kind = message("{facet} × {dimension}", facet=found.facet, dimension=dimension_named(found))
    made: dict[str, Callable[[], Shares]] = {
        "count": lambda: _plain(table.counts), "row": lambda: table.row_share, "column": lambda: table.column_share,
        "total": lambda: table.total_share, "normalised": lambda: table.normalised,
        "binary": lambda: _plain((table.counts > 0).astype(np.int64))}
    codings = message("each coder's own codes") if found.dimension == "coder" else found.codings
    totals = (table.counts > 0).sum(axis=1) if measure == "binary" else table.row_totals
    carried = (table.counts > 0).sum(axis=0) if measure == "binary" else table.column_n
    folded = is_folded(table.rows)
    # The columns' sizes stand below the table: without them counts of unequal columns mislead.
    return View(name, message("{name}: {measure}", name=kind, measure=measure_named(measure)), found.rows,
                table.columns, made[measure](), (FORMATS.get(measure, "count"),) * len(table.columns),
                _against_about(measure, unit, table.n, int(table.column_n.max(initial=0))),
                facts(name, table.unit, table.n, codings, found.where, folded),
                row_totals=tuple(totals.tolist()), column_totals=tuple(carried.tolist()),
                total=None if measure == "binary" else table.n, counted=_small_columns(found, measure),
                cautions=no_group(reading, table.unit))


def dimension_named(found: NamedCrossTable) -> Message | str:
    """What codes are set against."""
    if found.dimension == "attribute":
        return found.attribute
    return {"document": message("documents"), "group": message("respondent groups"), "kind": message("kinds"),
            "coder": message("coders")}[found.dimension]


def _against_about(measure: CrossMeasure, unit: Message, n: int, largest: int) -> Message:
    return {
        "count": message("Number of {unit} with the code in the column. At the right all {unit} with the code; below "
                         "how many {unit} the column holds.", unit=unit),
        "row": message("Of the {unit} with the code, the share that lies in the column. Denominator: the total at the "
                       "right.", unit=unit),
        "column": message("Of the {unit} of the column, the share with the code; comparable between columns of unequal "
                          "size. Denominator: the number below the column.", unit=unit),
        "total": message("Of all {n} {unit}, the share with the code in the column.", n=n, unit=unit),
        "normalised": message("What the counts would be if every column held {largest} {unit}, as the largest does: "
                              "count × {largest} / the number below the column.", largest=largest, unit=unit),
        "binary": message("1 where the code occurs in the column at all, however often. Totals count the columns with "
                          "the code, and the codes in the column.")}[measure]


def _small_columns(found: NamedCrossTable, measure: CrossMeasure) -> dict[Cell, tuple[int, int]]:
    table = found.table
    if measure not in ("row", "column"):
        return {}
    below = np.broadcast_to(table.row_totals[:, None] if measure == "row" else table.column_n, table.counts.shape)
    places = np.argwhere((below > 0) & (below < SMALL) & (table.counts > 0)).tolist()
    return {(r, c): (int(table.counts[r, c]), int(below[r, c])) for r, c in places}


# -- how often ----------------------------------------------------------------------------------------------------


def often(reading: Reading, axis: NamedAxis, *, codings: str = ANY, where: str | None = None,
          text: TextSearch | None = None, heard: Respondents | None = None) -> View:
    """Of every code: the narratieven, documents and respondents that have it, with their share of all; and how often
    it was given, by how many coders."""
    index, universe = reading.index, within(reading, where, codings, text)
    found = counting.frequencies(index, axis.folds, reading.catalogue, codings=reading.codings(codings), where=universe)
    live = index.live if universe is None else index.live & universe
    persons = units(reading, "respondent", heard or people(reading))
    heard_in = [bits.count(persons.packed(_held(reading, fold, codings) & live)) for fold in axis.folds]
    n, documents = bits.count(live), int(np.count_nonzero(index.document_mask(live)))
    respondents = bits.count(persons.packed(live))
    rows: Shares = [[f.narratieven, f.share, f.documents, _share(f.documents, documents), r, _share(r, respondents),
                     f.codings, f.coders] for f, r in zip(found, heard_in, strict=True)]
    of_all = message("% of all")
    columns = (message("narratieven"), of_all, message("documents"), of_all, message("respondents"), of_all,
               message("codings"), message("coders"))
    formats: tuple[Format, ...] = ("count", "share", "count", "share", "count", "share", "count", "count")
    about = message("How often each code occurs. Denominators: {n} narratieven, {documents} documents, {respondents} "
                    "respondents. A narratief counts once per code, whoever gave it; codings count once per coder.",
                    n=n, documents=documents, respondents=respondents)
    return View(axis.name, message("{facet}: how often", facet=axis.name), axis.labels, columns, rows, formats, about,
                facts(axis.name, "narratief", n, codings, where, is_folded(axis.folds)))


def _held(reading: Reading, fold: int | tuple[int, ...], codings: str) -> bits.Bits:
    return reading.index.any_of([fold] if isinstance(fold, int) else list(fold), reading.codings(codings))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
