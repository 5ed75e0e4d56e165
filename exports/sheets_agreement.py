"""The sheets of agreement: facets, codes, pairs of coders, and what to know about the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codebook.agreeing import Agreement
from codebook.analysis.agreement import CodeAgreement, SetAgreement
from codebook.analysis.agreement_intervals import Interval
from corpora.messages import Translator
from exports.reading_guide import Fact
from exports.tables import Column, Sheet, Value


def agreement_facts(found: Agreement, _: Translator) -> list[Fact]:
    """Who was compared, on what, and how coders' own segmentations compare."""
    looked = ", ".join(f"{name}: {n}" for name, n in found.looked.items())
    facts: list[Fact] = [
        (_("Coders"), ", ".join(found.coders)), (_("Whose codings"), _("each coder's own, side by side")),
        (_("Unit"), _("narratief")), (_("Narratieven that two or more coders looked at"), found.n),
        (_("Narratieven in all"), found.total), (_("Looked at, per coder"), looked),
        (_("Only where"), found.where or "–"), (_("What it means"), _(found.meaning))]
    cut = found.segmentation.found
    if cut is not None:
        facts += [(_("Segmentation: boundary similarity (1 is best)"), cut.boundary_similarity),
                  (_("Segmentation: WindowDiff (0 is best)"), cut.window_diff),
                  (_("Segmentation: alpha of cut or no cut"), cut.alpha),
                  (_("Documents cut by two or more coders themselves"), cut.texts)]
    return facts


def facets_sheet(found: Agreement, _: Translator) -> Sheet:
    """Per facet, and over all codes, the alphas of sets of codes."""
    columns = (Column(_("Facet"), "word", 20, _("A facet's codes on a narratief are compared as one set.")),
               *_interval_columns(_("mv-alpha"), _("Krippendorff & Craggs' alpha for sets of codes."), _),
               Column(_("alpha, Jaccard"), "number", 15, _("The alpha of whole sets with Jaccard's distance.")),
               Column(_("alpha, MASI"), "number", 15, _("The alpha of whole sets with the MASI distance.")),
               Column(_("n"), "number", 8, _("Narratieven that two or more coders looked at.")),
               Column(_("What it means"), "text", 80))
    rows = [[one.facet, *_alphas(one.found), found.n, _(one.meaning)] for one in found.facets]
    rows.append([_("all codes together"), *_alphas(found.overall), found.n, _(found.meaning)])
    return Sheet(_("Facets"), columns, rows, about=_("Agreement per facet, as sets of codes."))


def _interval_columns(name: str, meaning: str, _: Translator) -> tuple[Column, Column, Column]:
    return (Column(name, "number", 12, meaning),
            Column(_("95 % from"), "number", 11, _("Lower end of the interval.")),
            Column(_("95 % to"), "number", 11, _("Upper end of the interval.")))


def _alphas(found: SetAgreement) -> list[Value]:
    return [found.alpha_mv, *_ends(found.ci), found.alpha_jaccard, found.alpha_masi]


def _ends(ci: Interval | None) -> tuple[Value, Value]:
    return (None, None) if ci is None else ci


def codes_sheet(found: Agreement, _: Translator) -> Sheet:
    """A line per code, over all coders."""
    rows = [[one.facet, one.code, *_figures(one.found), *_ends(one.found.ci)] for one in found.codes]
    return Sheet(_("Codes"), (*_code_columns(found.coders, _), *_interval_columns("", "", _)[1:]), rows, kept=2,
                 about=_("Agreement per code, given or not given. An empty cell is undefined."))


def pairs_sheet(found: Agreement, _: Translator) -> Sheet:
    """A line per two coders and code that one of them gave."""
    columns = (Column(_("First coder (A)"), "word", 18), Column(_("Second coder (B)"), "word", 18),
               *_code_columns((), _))
    return Sheet(_("Pairs"), columns, _pair_rows(found), kept=4,
                 about=_("The same per two coders; codes that neither of them gave are left out."))


def _pair_rows(found: Agreement) -> Iterator[Sequence[Value]]:
    for pair in found.pairs:
        for one in pair.codes:
            if one.found.units:
                yield [*pair.coders, one.facet, one.code, *_figures(one.found)]


def _figures(one: CodeAgreement) -> list[Value]:
    counted = (one.both, one.only_a, one.only_b, one.neither)
    return [*counted, one.percent, one.positive, one.kappa, one.alpha, one.ac1, one.units]


def _code_columns(coders: Sequence[str], _: Translator) -> tuple[Column, ...]:
    a, b = coders if len(coders) == 2 else ("A", "B")
    return (Column(_("Facet"), "word", 10), Column(_("Code"), "word", 30),
            Column(_("both"), "number", 8, _("Narratieven with the code from both coders; two coders only.")),
            Column(_("{coder} only", coder=a), "number", 11, _("From the first coder and not from the second.")),
            Column(_("{coder} only", coder=b), "number", 11, _("From the second coder and not from the first.")),
            Column(_("neither"), "number", 9, _("Both looked, neither gave it.")),
            Column(_("agreement"), "share", 13, _("Share of narratieven on which they agree, by chance too.")),
            Column(_("positive agreement"), "share", 13, _("How much of the code's use the two share.")),
            Column(_("kappa"), "number", 9, _("Cohen's kappa.")),
            Column(_("alpha"), "number", 9, _("Krippendorff's alpha, given or not given.")),
            Column(_("AC1"), "number", 9, _("Gwet's AC1, which rare codes pull down less.")),
            Column(_("in narratieven"), "number", 13, _("Narratieven in which anybody gave the code.")))

