"""The figures of agreement as lines of a table: what a cell says, sorts by, and which narratieven stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codebook.agreeing import Agreement, Behind, NamedCode
from codebook.analysis.agreement import CodeAgreement, SetAgreement
from codebook.analysis.agreement_intervals import Interval
from codebook.analysis.agreement_kappas import positive_agreement
from workbench.i18n import _
from workbench.widgets.heat_table import number_text

Number = float | int | None


def figure(value: Number, decimals: int = 2) -> str:
    """A figure in the language of the interface; a dash for what is undefined."""
    return "–" if value is None else number_text(value, 0 if isinstance(value, int) else decimals)


def percent(value: float | None) -> str:
    """A share of 1 as a percentage."""
    return "–" if value is None else f"{100 * value:.0f} %"


def interval_words(ci: Interval | None) -> str:
    """An interval in words."""
    return _("no interval") if ci is None else _("95 %: {low} to {high}", low=figure(ci[0]), high=figure(ci[1]))


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: `text`, what it sorts by, and which narratieven are behind it (None: nothing)."""

    text: str
    sort: Number = None
    behind: Behind | None = None
    told: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the table: `facet` and `name` head it; `value` and `ci` are drawn as dot and line, `parts` (both, A
    only, B only, neither) as a bar."""

    facet: str
    name: str
    codes: tuple[int, ...]
    cells: tuple[Cell, ...]
    value: float | None = None
    ci: Interval | None = None
    parts: tuple[int, int, int, int] | None = None


BAR, DOT = "bar", "dot"


@dataclass(frozen=True)
class Head:
    """A column: its head, what it means, and how it is drawn ("" as text)."""

    title: str
    told: str
    drawn: str = ""


def code_heads(coders: Sequence[str]) -> tuple[Head, ...]:
    """The columns of the table of codes, behind the name; of two coders with their 2 × 2 table."""
    two = len(coders) == 2
    counts = () if not two else (
        Head("", _("Both, only {a}, only {b}, neither: how the narratieven divide", a=coders[0], b=coders[1]), BAR),
        Head(_("both"), _("Narratieven with the code from both")),
        Head(coders[0], _("Narratieven with the code from {coder} only", coder=coders[0])),
        Head(coders[1], _("Narratieven with the code from {coder} only", coder=coders[1])),
        Head(_("none"), _("Both looked, neither gave it")),
        Head(_("agree"), _("Share of narratieven on which they agree, by chance too")),
        Head(_("positive"), _("Positive agreement: how much of the code's use they share")),
        Head(_("kappa"), _("Cohen's kappa")))
    some = () if two else (Head(_("not all"), _("Narratieven where some gave it and some did not")),)
    return (*counts, *some, Head(_("alpha"), _("Krippendorff's alpha, with its 95 % interval"), DOT),
            Head(_("AC1"), _("Gwet's AC1, which a rare code pulls down less")),
            Head(_("in"), _("Narratieven in which anybody gave it; with fewer than 10 no interval is honest")))


def code_lines(found: Agreement, pair: tuple[str, str] | None, code_ids: dict[tuple[str, str], int]) -> list[Line]:
    """A line per code, of all coders or of one pair of more."""
    codes = found.codes
    if pair is not None and len(found.coders) > 2:
        codes = next(p.codes for p in found.pairs if p.coders == pair)
    coders = pair if pair is not None else found.coders
    return [_code_line(one, len(coders) == 2, code_ids.get((one.facet, one.code), 0)) for one in codes]


def _code_line(one: NamedCode, two: bool, number: int) -> Line:
    found = one.found
    cells = _two(found) if two else (Cell(figure(found.apart), found.apart, "apart"),)
    parts = None
    if found.both is not None and found.only_a is not None and found.only_b is not None and found.neither is not None:
        parts = (found.both, found.only_a, found.only_b, found.neither)
    tail = (Cell(figure(found.alpha), found.alpha, "apart", interval_words(found.ci)),
            Cell(figure(found.ac1), found.ac1, "apart"), Cell(figure(found.units), found.units, "units"))
    return Line(one.facet, one.code, (number,), (*cells, *tail), found.alpha, found.ci, parts)


def _two(found: CodeAgreement) -> tuple[Cell, ...]:
    both, a, b = found.both or 0, found.only_a or 0, found.only_b or 0
    told = _("both {both}, one of them {a} and {b}, neither {neither}", both=both, a=a, b=b, neither=found.neither or 0)
    counts: tuple[tuple[Number, Behind], ...] = (
        (found.both, "both"), (found.only_a, "only_a"), (found.only_b, "only_b"), (found.neither, "neither"))
    return (Cell("", a + b, "apart", told), *(Cell(figure(value), value, what) for value, what in counts),
            Cell(percent(found.percent), found.percent, "apart"),
            Cell(percent(positive_agreement(both, a, b)), positive_agreement(both, a, b), "units"),
            Cell(figure(found.kappa), found.kappa, "apart"))


def facet_heads() -> tuple[Head, ...]:
    """The columns of the table of facets, behind the name."""
    return (Head(_("mv-alpha"), _("Krippendorff & Craggs' alpha for sets of codes, with its 95 % interval"), DOT),
            Head(_("Jaccard"), _("The alpha of whole sets with Jaccard's distance")),
            Head(_("MASI"), _("The alpha of whole sets with the MASI distance")),
            Head(_("different in"), _("Narratieven where the sets of codes are not the same")),
            Head(_("n"), _("Narratieven that two or more coders looked at")))


def facet_lines(found: Agreement, codes_of: Callable[[str], tuple[int, ...]]) -> list[Line]:
    """A line per facet, and one over all codes."""
    lines = [_set_line(one.facet, one.facet, codes_of(one.facet), one.found, found.n, _(one.meaning))
             for one in found.facets]
    every = tuple(code for line in lines for code in line.codes)
    return [*lines, _set_line("", _("all codes together"), every, found.overall, found.n, _(found.meaning))]


def _set_line(facet: str, name: str, codes: tuple[int, ...], found: SetAgreement, n: int, told: str) -> Line:
    words = "\n".join((interval_words(found.ci), told))
    return Line(facet, name, codes, (
        Cell(figure(found.alpha_mv), found.alpha_mv, "apart", words),
        Cell(figure(found.alpha_jaccard), found.alpha_jaccard, "apart"),
        Cell(figure(found.alpha_masi), found.alpha_masi, "apart"),
        Cell(figure(found.apart), found.apart, "apart"), Cell(figure(n), n, "n")), found.alpha_mv, found.ci)
