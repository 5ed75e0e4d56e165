"""The sheets of answers: a query, a combination grid, a co-occurrence table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from codebook import asking
from codebook.analysis.shares import Shares
from codebook.query.index import ANY
from codebook.reading import Reading
from corpora.messages import Translator
from exports.sheets_codes import codings_named, units_named
from exports.tables import Area, Column, Heads, Kind, Rows, Sheet, Strong, Value


def query_sheet(found: asking.Answer, _: Translator) -> Sheet:
    """The narratieven that answer a query, the codes of each facet in a column."""
    facets = list(dict.fromkeys(code.partition(":")[0] for one in found.narratieven for code in one.codes))
    columns = (Column(_("Document"), "word", 30, _("Title of the document.")),
               Column(_("Nr"), "number", 6, _("Number of the narratief, in order of the text.")),
               Column(_("Text"), "text", 90, _("The words of the narratief.")),
               *(Column(f, "text", 30, _("Codes of facet {facet}, «; » between them.", facet=f)) for f in facets))
    rows: Rows = ([one.document, one.nr, one.text, *(_of_facet(one.codes, facet) for facet in facets)]
                  for one in found.narratieven)
    return Sheet(_("Query"), columns, rows, kept=2, about=_("The narratieven that answer the query."))


def _of_facet(codes: Sequence[str], facet: str) -> str:
    return "; ".join(code.partition(":")[2] for code in codes if code.partition(":")[0] == facet)


def grid_sheet(found: asking.NamedGrid, _: Translator) -> Sheet:
    """Every combination, empty ones too, on a line of its own."""
    columns = (*(Column(facet, "word", 32, _("Code of facet {facet}.", facet=facet)) for facet in found.facets),
               Column(_("Narratieven"), "number", 13, _("Narratieven that carry all these codes.")),
               Column(_("Documents"), "number", 12, _("Documents that they come from.")),
               Column(_("Respondents"), "number", 14, _("Respondents who are heard in them.")))
    rows: list[list[Value]] = [[*cell.codes, cell.count, cell.documents, cell.respondents]
                               for cell in found.cells]
    at = len(found.facets) + 1
    return Sheet(_("Combinations"), columns, rows, kept=len(found.facets), heat=(Area(2, at, len(rows) + 1, at),),
                 about=_("Every combination of the chosen codes, those without narratieven too."))


def crossing_name(found: asking.NamedCooccurrence) -> str:
    """`WAT × HOE`."""
    return f"{found.row_facet} × {found.column_facet}"


def counts_sheet(found: asking.NamedCooccurrence, _: Translator) -> Sheet:
    """The counts of a co-occurrence table with its totals."""
    rows = list(_count_rows(found, _))
    return Sheet(crossing_name(found), _crossing_columns(found, _, "number"), rows[1:], filtered=False,
                 heat=(Area(2, 2, len(found.rows) + 1, len(found.columns) + 1),),
                 about=_("Units that carry both the code of the row and the code of the column."))


def _crossing_columns(found: asking.NamedCooccurrence, _: Translator, kind: Kind,
                      total: bool = True) -> tuple[Column, ...]:
    last = (Column(_("Total"), "number", 10),) if total else ()
    return (Column(crossing_name(found), "text", 30), *(Column(label, kind, 13) for label in found.columns), *last)


def _count_rows(found: asking.NamedCooccurrence, _: Translator) -> Iterator[Sequence[Value]]:
    table = found.table
    yield Heads([crossing_name(found), *found.columns, _("Total")])
    for label, counts, total in zip(found.rows, table.counts.tolist(), table.row_totals.tolist(), strict=True):
        yield [label, *counts, total]
    yield Strong([_("Total"), *table.column_totals.tolist(), table.n])


def share_sheets(found: asking.NamedCooccurrence, _: Translator) -> list[Sheet]:
    """Jaccard and the two conditional shares, a sheet each."""
    table = found.table
    return [_share_sheet(found, _, _("Jaccard"), "number", table.jaccard,
                         _("Units with both codes, divided by units with at least one of them.")),
            _share_sheet(found, _, _("Share of row"), "share", table.p_column_given_row,
                         _("Of the units with the code of the row, the share that carries the code of the column.")),
            _share_sheet(found, _, _("Share of column"), "share", table.p_row_given_column,
                         _("Of the units with the code of the column, the share that carries the code of the row."))]


def _share_sheet(found: asking.NamedCooccurrence, _: Translator, title: str, kind: Kind, values: Shares,
                 about: str) -> Sheet:
    rows = [[label, *shares] for label, shares in zip(found.rows, values, strict=True)]
    return Sheet(title, _crossing_columns(found, _, kind, total=False), rows, filtered=False, about=about,
                 heat=(Area(2, 2, len(found.rows) + 1, len(found.columns) + 1),))


def crossings_sheet(reading: Reading, _: Translator, codings: str = ANY) -> Sheet:
    """Every two facets against each other, one table below the other."""
    rows: list[Sequence[Value]] = []
    heat: list[Area] = []
    for one, other in _pairs(reading):
        found = asking.cooccurrence(reading, one, other, codings=codings)
        # The sheet's first row holds a title, so row n of the list stands in row n + 2.
        heat.append(Area(len(rows) + 3, 2, len(rows) + 2 + len(found.rows), len(found.columns) + 1))
        rows += [*_count_rows(found, _), []]
    wide = max((len(row) for row in rows), default=2)
    title = _("Co-occurrence: {unit}, n = {n}, codings: {codings}", unit=units_named(_)["narratief"],
              n=reading.index.n, codings=codings_named(_, codings))
    columns = (Column(title, "text", 34), *(Column("", "number", 13) for _column in range(wide - 1)))
    return Sheet(_("Co-occurrence"), columns, rows, filtered=False, heat=tuple(heat), about=_(
        "How many narratieven carry the code of the row and the code of the column. Totals count narratieven that "
        "carry the code; they are not sums of the cells, as a narratief may carry several codes."))


def _pairs(reading: Reading) -> list[tuple[str, str]]:
    used = {c.facet_id for c in reading.catalogue.codes}
    labels = [f.label for f in reading.catalogue.facets if f.id in used]
    return list(combinations(labels, 2)) or [(label, label) for label in labels]
