"""Tables made to be defended: which codes stand against what, in which unit, and every number with its denominator.

The rows and columns are all codes of a facet or a choice of codes, each alone or folded with the codes below it. A
`View` is a table of one measure with all that is needed to read it; the window, the clipboard and the workbook show
the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from codebook import asking
from codebook.analysis.axes import Fold
from codebook.analysis.shares import Shares
from codebook.asking import NamedAxis
from codebook.query.algebra import Code
from codebook.query.index import ANY, DECIDED
from codebook.query.units import TableUnit
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.messages import Message, message

Format = Literal["count", "share", "two", "one", "p"]
"""How a number is written: whole, as a percentage with one decimal, with two or one decimals, as a chance."""

Cell = tuple[int, int]
UNDEFINED = "·"
NONE = "–"

# -- rows and columns ---------------------------------------------------------------------------------------------


def facet_axis(reading: Reading, facet: str, *, folded: bool = False) -> NamedAxis:
    """All codes of a facet; `folded` counts every code below another with it, so that only the upper ones stand."""
    whole = asking.axis(reading, facet)
    if not folded:
        return whole
    own = reading.catalogue.facet(facet).id
    upper = [c for c in asking.ordered_codes(reading) if c.facet_id == own and c.parent_id is None]
    return NamedAxis(whole.name, tuple(c.label for c in upper), tuple(_fold(reading, c.id) for c in upper))


def chosen_axis(reading: Reading, codes: Sequence[int], *, folded: bool = False) -> NamedAxis:
    """A choice of codes by number, from any facet, in the order given; codes of several facets say which."""
    known = {c.id: c for c in reading.catalogue.codes}
    found = [known[number] for number in dict.fromkeys(codes) if number in known]
    if not found:
        raise UsageError("Choose at least one code for the rows and one for the columns.")
    names = asking.code_names(reading)
    facets = list(dict.fromkeys(names[c.id].partition(":")[0] for c in found))
    labels = tuple(names[c.id] if len(facets) > 1 else c.label for c in found)
    return NamedAxis(" + ".join(facets), labels, tuple(_fold(reading, c.id) if folded else c.id for c in found))


def read_axis(reading: Reading, words: str, *, folded: bool = False) -> NamedAxis:
    """`FACET`, `FACET=*` or `FACET=code,code`, as the command line has it."""
    facet, equals, chosen = words.partition("=")
    labels = [label.strip().strip('"') for label in chosen.split(",") if label.strip()]
    if not equals or labels == [asking.EVERY]:
        return facet_axis(reading, facet.strip(), folded=folded)
    if not labels:
        raise UsageError("Write FACET or FACET=code,code: «{choice}» has no codes.", choice=words)
    own = reading.catalogue.facet(facet.strip())
    codes = [reading.catalogue.code(Code(label=label, facet=own.label)).id for label in labels]
    return chosen_axis(reading, codes, folded=folded)


def _fold(reading: Reading, code: int) -> Fold:
    below = reading.catalogue.below(code)
    return code if below == [code] else tuple(below)


def has_sub_codes(reading: Reading) -> bool:
    """Whether any code stands below another."""
    return any(c.parent_id is not None for c in reading.catalogue.codes)


# -- a table as it is shown ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """A table of one measure. `values` are None where undefined; `formats` say per column how they are written;
    `counted` are shares to be read as so many of so many, as the denominator is small; `warned` holds per cell what
    misleads there, `about` what the numbers say with their denominator."""

    name: str
    corner: Message
    rows: tuple[str, ...]
    columns: tuple[str | Message, ...]
    values: Shares
    formats: tuple[Format, ...]
    about: Message
    facts: tuple[tuple[Message, str | int | Message], ...]
    row_totals: tuple[int, ...] = ()
    column_totals: tuple[int, ...] = ()
    total: int | None = None
    counted: Mapping[Cell, tuple[int, int]] = field(default_factory=dict)
    warned: Mapping[Cell, tuple[Message, ...]] = field(default_factory=dict)
    cautions: tuple[Message, ...] = ()

    def text(self, row: int, column: int, say: Callable[[Message | str], str], decimal: str = ".") -> str:
        """A number as it is written; `say` puts messages into the reader's language."""
        if (row, column) in self.counted:
            part, whole = self.counted[row, column]
            return say(message("{part} of {whole}", part=part, whole=whole))
        return written(self.values[row][column], self.formats[column], decimal)

    def lines(self, say: Callable[[Message | str], str], decimal: str = ".") -> list[list[str]]:
        """Heads, rows and totals as texts, in the reader's language."""
        heads = [say(self.corner), *(column_name(name, say) for name in self.columns)]
        rows = [[label, *(self.text(r, c, say, decimal) for c in range(len(self.columns))),
                 *(str(n) for n in self.row_totals[r:r + 1])] for r, label in enumerate(self.rows)]
        if self.row_totals:
            heads.append(say(message("Total")))
        if self.column_totals:
            rows.append([say(message("Total")), *map(str, self.column_totals),
                         *([str(self.total)] if self.row_totals and self.total is not None else [])])
        return [heads, *rows]


def column_name(name: str | Message, say: Callable[[Message | str], str]) -> str:
    """A column in words; what has no group or value is called so."""
    if isinstance(name, Message):
        return say(name)
    return name or say(message("(none)"))


def written(value: float | None, form: Format, decimal: str = ".") -> str:
    """A number in words: `·` where it is undefined, `–` where nothing was counted."""
    if value is None:
        return UNDEFINED
    if form == "count":
        return f"{value:.0f}" if value else NONE
    if form == "p":
        return ("<0.001" if value < 0.0005 else f"{value:.3f}").replace(".", decimal)
    if value == 0 and form != "one":
        return NONE
    shown = {"share": f"{100 * value:.1f}%", "two": f"{value:.2f}", "one": f"{value:.1f}"}[form]
    return shown.replace(".", decimal)


# -- words that every table shares --------------------------------------------------------------------------------


def units_named(unit: TableUnit) -> Message:
    """What is counted, in the plural."""
    return {"narratief": message("narratieven"), "document": message("documents"),
            "respondent": message("respondents"), "group": message("respondent groups")}[unit]


def whose_named(codings: str) -> Message:
    """Whose codings count."""
    if codings == ANY:
        return message("codes of everyone")
    return message("codes as decided") if codings == DECIDED else message("codes of {coder}", coder=codings)


def facts(name: str, unit: TableUnit, n: int, codings: str | Message, where: str | None,
          folded: bool) -> tuple[tuple[Message, str | int | Message], ...]:
    """What must stand with a table before anyone can rely on it."""
    whose = codings if isinstance(codings, Message) else whose_named(codings)
    found: list[tuple[Message, str | int | Message]] = [
        (message("Table"), name), (message("Counted in"), units_named(unit)), (message("n"), n),
        (message("Whose codings"), whose), (message("Only where"), where or "–")]
    if folded:
        found.append((message("Sub-codes"), message("counted with the code above them")))
    return tuple(found)


def overlapping(one: Fold, other: Fold) -> bool:
    """Whether two rows or columns share a code, so that they go together by definition."""
    ours, theirs = ({one} if isinstance(one, int) else set(one)), ({other} if isinstance(other, int) else set(other))
    return bool(ours & theirs)


def is_folded(*axes: Sequence[Fold]) -> bool:
    """Whether any row or column stands for several codes."""
    return any(not isinstance(fold, int) for axis in axes for fold in axis)


def no_group(reading: Reading, unit: TableUnit) -> tuple[Message, ...]:
    """What to know when groups are counted and some documents have none."""
    if unit == "group" and any(not group for group in reading.catalogue.groups_of_documents.values()):
        return (message("Documents without a respondent group count together as one group."),)
    return ()
