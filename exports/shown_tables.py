"""Tables as they stand on the screen: to a workbook, and as text for another program."""

from __future__ import annotations

from collections.abc import Callable

from codebook.tabling import Format, View, column_name, written
from corpora.messages import Message, Translator
from exports.tables import Area, Column, Kind, Sheet, Strong, Value

KINDS: dict[Format, Kind] = {"count": "number", "share": "share", "two": "number", "one": "number", "p": "number"}
DECIMALS: dict[Format, int] = {"count": 0, "share": 3, "two": 2, "one": 1, "p": 3}


def shown_sheet(view: View, _: Translator) -> Sheet:
    """The table with its totals; numbers are numbers, rounded as they are shown, and a share with a small denominator
    is «3 of 7» here too. The first head says what the numbers are."""
    kinds = [*(KINDS[form] for form in view.formats)]
    heads = [column_name(name, _) for name in view.columns]
    columns = [Column(_(view.corner), "text", 34, _(view.about)),
               *(Column(head, kind, 13) for head, kind in zip(heads, kinds, strict=True))]
    if view.row_totals:
        columns.append(Column(_("Total"), "number", 10))
    rows: list[list[Value]] = [[label, *(_value(view, r, c, _) for c in range(len(heads))), *view.row_totals[r:r + 1]]
                               for r, label in enumerate(view.rows)]
    if view.column_totals:
        corner = [view.total] if view.row_totals else []
        rows.append(Strong([_("Total"), *view.column_totals, *corner]))  # type: ignore[arg-type]
    return Sheet(view.name, tuple(columns), rows, filtered=False, about=_(view.about), heat=tuple(_heat(view)))


def _value(view: View, row: int, column: int, say: Callable[[Message | str], str]) -> Value:
    value, form = view.values[row][column], view.formats[column]
    if value is None or (row, column) in view.counted or (form == "p" and value < 0.0005):
        return view.text(row, column, say)
    return round(value) if form == "count" else round(value, DECIMALS[form])


def _heat(view: View) -> list[Area]:
    """Coloured as a whole; column by column where the columns count different things."""
    bottom, right = len(view.rows) + 1, len(view.columns) + 1
    if len(set(view.formats)) == 1:
        return [Area(2, 2, bottom, right)]
    return [Area(2, column, bottom, column) for column in range(2, right + 1)]


def warnings_sheet(view: View, _: Translator) -> Sheet:
    """The cells in which the measure misleads, and why."""
    columns = (Column(_("Row"), "text", 30), Column(_("Column"), "text", 30), Column(_("Shown"), "word", 12),
               Column(_("What misleads here"), "text", 90))
    rows: list[list[Value]] = [
        [view.rows[r], column_name(view.columns[c], _), written(view.values[r][c], view.formats[c]),
         " ".join(_(one) for one in told)] for (r, c), told in sorted(view.warned.items())]
    return Sheet(_("Cautions"), columns, rows, about=_("Cells whose number is easily read wrongly, and why."))


def as_text(view: View, _: Translator, decimal: str = ".") -> str:
    """The table with what it counts, its denominator and its cautions; tabs between the columns."""
    lines = ["\t".join(cells) for cells in view.lines(_, decimal)]
    facts = [f"{_(name)}\t{_(value) if isinstance(value, Message) else value}" for name, value in view.facts]
    return "\n".join([*lines, "", _(view.about), *facts, *(_(caution) for caution in view.cautions), ""])
