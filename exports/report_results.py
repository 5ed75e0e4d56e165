"""The chapters on results and conclusion: a section per deelvraag, in it the patterns by kind of result, each with its
quotes and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select

from codebook import picturing, questions, report_texts
from codebook.models import ANALYSIS_PHASES, PATTERN_TYPES, RESULTS, AnalysisPhase, Deelvraag, Pattern, Synthesis, Theme
from exports import figures
from exports.paper import Figure, Heading, Own, Part, Run, Source, Table, paragraphs, plain
from exports.paper import Paragraph as Words
from exports.report_grounds import NOTHING, SUPPORTS, Grounds, Say, count, listed

MOST_BARS, MOST_ROWS = 12, 18
"""Codes per facet in the figure of frequencies, and rows in the heat map; a figure must fit on a page."""


def results(ground: Grounds) -> Iterator[Part]:
    """All that stands under the heading Resultaten."""
    yield from own(ground, "resultaten", ground.translate("Introduction to the results"),
                   ground.translate("Type here what the reader should know before the results."))
    yield Heading(ground.translate("What the narratieven are about"), 2, "beeld")
    yield from pictures(ground)
    for deelvraag in questions.deelvragen(ground.session):
        yield from _deelvraag(ground, deelvraag)


def own(ground: Grounds, place: str, title: str, prompt: str) -> Iterator[Part]:
    """A place for own words."""
    found = ground.texts.get(place)
    yield Own(place, title, prompt, found.body if found else "",
              Source(f"T{found.id}", "report_text", found.id) if found else None)


# figures


def pictures(ground: Grounds) -> Iterator[Part]:
    """How often codes occur, and which go together."""
    _, facets = ground.translate, tuple(f.label for f in ground.reading.catalogue.facets)
    found = picturing.bars(ground.reading, picturing.Wanted(facets, codings=ground.codings)) if facets else None
    if found is None or not any(found.codes):
        yield plain(_("No codes have been given yet, so there is nothing to show."), style="quiet", key="beeld")
        return
    groups = [(facet, [(c.label, c.count) for c in sorted(codes, key=lambda c: -c.count)[:MOST_BARS]])
              for facet, codes in zip(found.facets, found.codes, strict=True) if codes]
    most = [_("{code} ({n}, {facet})", code=rows[0][0], n=rows[0][1], facet=facet) for facet, rows in groups]
    yield plain(_("Figure 1 shows how many of the {n} narratieven carry each code. The codes found most are {most}.",
                    n=found.n, most=listed(_, most)), key="beeld")
    yield Figure(_("Narratieven per code, the most frequent codes of each facet"),
                 _("Bars: {most}.", most="; ".join(f"{name}: " + ", ".join(f"{c} {n}" for c, n in rows)
                                                     for name, rows in groups)), figures.bars(groups), "beeld")
    if len(groups) > 1:
        yield from _heat(ground, groups[0][0], groups[-1][0])


def _heat(ground: Grounds, rows: str, columns: str) -> Iterator[Part]:
    _ = ground.translate
    found = picturing.heat(ground.reading, picturing.Wanted((rows, columns), codings=ground.codings))
    order = sorted(range(len(found.rows)), key=lambda r: -int(found.counts[r].sum()))[:MOST_ROWS]
    chosen = sorted(order)
    if not chosen or not found.columns:
        return
    counts = [[int(n) for n in found.counts[r]] for r in chosen]
    at = max(((n, r, c) for r, row in enumerate(counts) for c, n in enumerate(row)), default=(0, 0, 0))
    names = [found.rows[r].label for r in chosen]
    yield plain(_("Figure 2 shows how often codes of {rows} and {columns} stand on one narratief; most often that is "
                    "{one} with {other} ({n}).", rows=rows, columns=columns, one=names[at[1]],
                    other=found.columns[at[2]].label, n=at[0]), key="beeld")
    yield Figure(_("Narratieven with both codes: {rows} against {columns}", rows=rows, columns=columns),
                 _("Heat map of {n} codes of {rows} and {m} of {columns}.", n=len(names), m=len(found.columns),
                     rows=rows, columns=columns),
                 figures.heat(names, [c.label for c in found.columns], counts), "beeld")


# deelvragen and patterns


def _deelvraag(ground: Grounds, deelvraag: Deelvraag) -> Iterator[Part]:
    _ = ground.translate
    yield Heading(deelvraag_named(deelvraag), 2, report_texts.place_of(report_texts.DEELVRAAG, deelvraag.uuid),
                  Source(f"D{deelvraag.id}", "deelvraag", deelvraag.id))
    if deelvraag.question:
        yield Words((Run(deelvraag.question, italic=True),))
    yield from own(ground, report_texts.place_of(report_texts.DEELVRAAG, deelvraag.uuid),
                   _("Own words with «{name}»", name=deelvraag.label),
                   _("Type here what holds the findings of this deelvraag together."))
    found = patterns_of(ground, deelvraag.id)
    if not found:
        yield plain(_("No patterns have been described for this deelvraag yet."), style="quiet")
    for result, some in groupby(found, key=lambda p: result_rank(p.result)):
        yield Heading(result_heading(_, result), 3, f"{deelvraag.uuid.hex}:{result}")
        for pattern in some:
            yield from _pattern(ground, pattern)
    yield from _phases(ground, deelvraag)


def deelvraag_named(deelvraag: Deelvraag) -> str:
    """A deelvraag as a heading; a label such as «1 Wat werkt» would look like a number of the chapter."""
    return deelvraag.label if not deelvraag.label[:1].isdigit() else f"Deelvraag {deelvraag.label}"


def result_rank(result: str) -> int:
    """Where a kind of result stands in the report; own kinds last."""
    return RESULTS.index(result) if result in RESULTS else len(RESULTS)


def result_heading(_: Say, rank: int) -> str:
    """The heading above the findings of a kind of result."""
    names = ("Werkzame factoren", "Effecten", "Ervaringen", "Verbeterpunten")
    return names[rank] if rank < len(names) else _("Other findings")


def patterns_of(ground: Grounds, deelvraag_id: int) -> list[Pattern]:
    """The patterns of a deelvraag in the order of the report: by result, theme and place."""
    themes = {t.id: t.position for t in ground.session.scalars(select(Theme))}
    found = ground.session.scalars(select(Pattern).where(Pattern.deelvraag_id == deelvraag_id)).all()
    return sorted(found, key=lambda p: (result_rank(p.result), themes.get(p.theme_id or 0, 10**6), p.position, p.id))


def _pattern(ground: Grounds, pattern: Pattern) -> Iterator[Part]:
    _, source = ground.translate, Source(f"P{pattern.id}", "pattern", pattern.id)
    behind = ground.patterns.get(pattern.id, NOTHING)
    yield Heading(pattern.label, 4, f"pattern:{pattern.uuid.hex}", source)
    yield from paragraphs(pattern.description, source=source)
    for label, text in ((_("What goes unsaid:"), pattern.taboos),
                        (_("What contradicts it:"), pattern.contradictions)):
        if text.strip():
            yield Words((Run(f"{label} ", bold=True), Run(" ".join(text.split()))), source=source)
    yield from ground.quotations(behind)
    yield plain(_kind(ground, pattern) + ground.carried(behind), style="small", source=source)


def _kind(ground: Grounds, pattern: Pattern) -> str:
    theme = ground.session.get(Theme, pattern.theme_id) if pattern.theme_id else None
    parts = [ground.translate("Theme: {theme}.", theme=theme.label)] if theme else []
    if pattern.kind:
        parts.append(ground.translate("Vraagpatroon: {kind}.", kind=kind_named(ground.translate, pattern.kind)))
    return "".join(f"{part} " for part in parts)


def kind_named(_: Say, kind: str) -> str:
    """A type of vraagpatroon in words; own types as they are."""
    names = dict(zip(PATTERN_TYPES, (_("what people need"), _("what people require"), _("what people want"),
                                     _("what people can and will contribute")), strict=True))
    return names.get(kind, kind)


def _phases(ground: Grounds, deelvraag: Deelvraag) -> Iterator[Part]:
    """What was noted with the phases of the analysis."""
    rows = {row.phase: row for row in ground.session.scalars(
        select(AnalysisPhase).where(AnalysisPhase.deelvraag_id == deelvraag.id))}
    notes = [f"{phase} ({rows[phase].state}): {' '.join(rows[phase].note.split()).rstrip('.')}."
             for phase in ANALYSIS_PHASES if phase in rows and rows[phase].note.strip()]
    if notes:
        yield plain(ground.translate("Course of the analysis. {notes}", notes=" ".join(notes)), style="small")


# conclusion


def conclusion(ground: Grounds) -> Iterator[Part]:
    """The table that answers the deelvragen."""
    _ = ground.translate
    rows, sources = _conclusions(ground)
    yield from own(ground, "conclusie", _("Conclusion in own words"),
                   _("Type here the answer to the main question."))
    if not rows:
        yield plain(_("There are no patterns and syntheses yet to conclude from."), style="quiet")
        return
    yield Table(_("Conclusions per deelvraag and kernelement"),
                (_("About"), _("Finding"), _("Conclusion"), _("Rests on")), tuple(rows),
                (2.6, 3.6, 5.2, 2.6), sources=tuple(sources), key="conclusie")


def _conclusions(ground: Grounds) -> tuple[list[tuple[str, ...]], list[Source | None]]:
    rows: list[tuple[str, ...]] = []
    sources: list[Source | None] = []
    for deelvraag in questions.deelvragen(ground.session):
        for pattern in patterns_of(ground, deelvraag.id):
            behind = ground.patterns.get(pattern.id, NOTHING)
            rows.append((deelvraag.label, pattern.label, pattern.conclusion or "–",
                         weighed(ground, behind.narratieven.get(SUPPORTS, ()))))
            sources.append(Source(f"P{pattern.id}", "pattern", pattern.id))
    for synthesis, label, ids in syntheses(ground):
        if synthesis.conclusion.strip():
            rows.append((label, " ".join(synthesis.wording.split()) or "–", synthesis.conclusion,
                         weighed(ground, ids)))
            sources.append(Source(f"S{synthesis.id}", "synthesis", synthesis.id))
    return rows, sources


def weighed(ground: Grounds, ids: Sequence[int]) -> str:
    """How much is behind a finding, in the cell of a table."""
    at = ground.standing(ids)
    if not at.narratieven:
        return "–"
    return "\n".join(count(ground.translate, n, what) for n, what in ((at.narratieven, "narratief"),
                                                                     (at.respondents, "respondent")))


def syntheses(ground: Grounds) -> Iterator[tuple[Synthesis, str, list[int]]]:
    """Every synthesis with its kernelement and the narratieven behind it."""
    from codebook import kernelementen

    found = {one.kernelement_id: one for one in ground.session.scalars(select(Synthesis))}
    for kernelement in kernelementen.in_order(ground.session):
        if kernelement.id in found:
            yield found[kernelement.id], kernelement.label, ground.behind_synthesis(found[kernelement.id].id)


