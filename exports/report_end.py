"""The appendices: the codebook, the code combinations with their counts, what went back to respondents, and for every
claim what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from codebook import codes, gridding, grids, questions
from codebook.analysis.frequencies import frequencies
from codebook.models import Factsheet, Reply, SavedQuery, Sent
from codebook.query.tokens import in_words
from corpora.errors import NarratiefError
from corpora.models import RespondentGroup
from exports.paper import Heading, Part, Source, Table, plain
from exports.report_grounds import Grounds, Say
from exports.report_sources import Trace, traces

MOST_CELLS = 40
"""Combinations of a grid that the report prints; the workbook has them all."""


def codebook(ground: Grounds) -> Iterator[Part]:
    """Every code with its definition and how many narratieven carry it."""
    _, entries = ground.translate, codes.entries(ground.session)
    axis = [entry.code.id for entry in entries]
    counted = {f.code: f.narratieven for f in frequencies(
        ground.reading.index, axis, ground.reading.catalogue, codings=ground.reading.codings(ground.codings))}
    for facet in codes.facets(ground.session):
        own = [entry.code for entry in entries if entry.code.facet_id == facet.id]
        if not own:
            continue
        yield Heading(facet.label, 2, f"facet:{facet.uuid.hex}", appendix=True)
        yield Table(_("Codes of facet {facet}", facet=facet.label),
                    (_("Nr"), _("Code"), _("Definition"), _("Narratieven")), tuple(
            ("" if code.number is None else str(code.number), code.label, " ".join(code.definition.split()) or "–",
             str(counted.get(code.id, 0))) for code in own), (0.9, 3.9, 7.1, 2.1), frozenset({0, 3}),
            key=f"facet:{facet.uuid.hex}")


def combinations(ground: Grounds) -> Iterator[Part]:
    """The saved questions and grids with what they found."""
    _, session = ground.translate, ground.session
    kept, found = questions.queries(session), grids.templates(session)
    if not kept and not found:
        yield plain(_("No questions or grids have been kept in this project."), style="quiet")
        return
    labels = {d.id: d.label for d in questions.deelvragen(session)}
    if kept:
        order = {number: n for n, number in enumerate(labels)}
        rows = [_query(ground, one, labels) for one in sorted(kept, key=lambda q: (
            order.get(q.deelvraag_id or 0, len(order)), q.name.casefold()))]
        yield Table(_("Questions that were kept, with the narratieven they find"),
                    (_("Deelvraag"), _("Question"), _("Combination of codes"), _("Narratieven"),
                     _("Documents")), tuple(rows), (2.4, 3, 5, 2.1, 2.1), frozenset({3, 4}), key="vragen")
    for template in found:
        yield from _grid(ground, template.id, template.name, labels.get(template.deelvraag_id or 0, ""))


def _query(ground: Grounds, query: SavedQuery, labels: Mapping[int, str]) -> tuple[str, ...]:
    where = labels.get(query.deelvraag_id or 0, "–")
    try:
        found = ground.reading.ask(query.expression, unit=query.unit, codings=query.codings)  # type: ignore[arg-type]
    except NarratiefError as error:
        return where, query.name, f"{query.expression}\n{ground.translate(error.message)}", "–", "–"
    asked = in_words(query.expression, _operators(ground.translate))
    return where, query.name, asked, str(found.count), str(found.documents)


def _operators(_: Say) -> dict[str, str]:
    """The words between codes, as a reader says them; the query language reads them too."""
    return {"and": _("and"), "or": _("or"), "not": _("not")}


def _grid(ground: Grounds, template_id: int, name: str, deelvraag: str) -> Iterator[Part]:
    _ = ground.translate
    try:
        grid = gridding.work_grid(ground.reading, ground.session, template_id)
    except NarratiefError as error:
        yield plain(f"{name}: {_(error.message)}", style="quiet")
        return
    filled = [place for place in grid.places() if grid.counts[place]]
    filled.sort(key=lambda place: -int(grid.counts[place]))
    yield plain(_("Grid «{name}»: {filled} of {all} combinations hold narratieven.", name=name, filled=len(filled),
                    all=grid.size) + (f" ({deelvraag})" if deelvraag else ""), key=f"raster:{template_id}")
    if not filled:
        return
    rows = [(*grid.labels(place), str(int(grid.counts[place])), str(grid.documents(place)),
             " ".join(grid.standing(place).interpretation.split()) or "–") for place in filled[:MOST_CELLS]]
    heads = (*(axis.facet for axis in grid.axes), _("Narratieven"), _("Documents"), _("Interpretation"))
    n = len(grid.axes)
    yield Table(_("Combinations of grid «{name}»", name=name), heads, tuple(rows), (*[2.6] * n, 1.9, 1.9, 3.4),
                frozenset({n, n + 1}), key=f"raster:{template_id}")
    if len(filled) > MOST_CELLS:
        yield plain(_("The {n} smaller combinations stand in the Excel workbook.", n=len(filled) - MOST_CELLS),
                    style="small")


# what went back to respondents


def returned(ground: Grounds) -> list[Part]:
    """To whom factsheets went, what they answered and what was changed because of it."""
    _, session = ground.translate, ground.session
    rows = []
    for sheet, label in session.execute(select(Factsheet, RespondentGroup.label).join(
            RespondentGroup, RespondentGroup.id == Factsheet.group_id).order_by(RespondentGroup.label)):
        sent = session.scalars(select(Sent).where(Sent.factsheet_id == sheet.id).order_by(Sent.id)).all()
        replies = session.scalars(select(Reply).where(Reply.sent_id.in_([s.id for s in sent])).order_by(Reply.id)).all()
        if sent:
            rows.append((label, str(len(sent)), str(len({r.sent_id for r in replies})), _replies(replies)))
    if not rows:
        return []
    return [plain(_("The findings went back to the respondents as a factsheet per group; their answers were weighed "
                      "and worked in."), key="terugkoppeling"),
            Table(_("Factsheets sent and answers received"),
                  (_("Respondent group"), _("Sent"), _("Answered"), _("Answers and changes")), tuple(rows),
                  (3, 1.6, 2, 7), frozenset({1, 2}), key="terugkoppeling")]


def _replies(replies: Iterable[Reply]) -> str:
    lines = []
    for reply in replies:
        changed = f" → {' '.join(reply.change.split())}" if reply.change.strip() else ""
        lines.append(f"• {' '.join(reply.body.split())}{changed}")
    return "\n".join(lines) or "–"


# what every claim rests on


def account(ground: Grounds, sources: list[Source], coders: Mapping[str, str]) -> Iterator[Part]:
    """A row per claim: what it is, the narratieven behind it, who coded those, and who wrote it down when."""
    _ = ground.translate
    claims = [one for one in sources if one.about in ("pattern", "configuration", "synthesis", "quote")]
    if not claims:
        yield plain(_("There are no claims yet that rest on narratieven."), style="quiet")
        return
    yield plain(_("The codes behind the sentences of this report lead here. Per claim: the narratieven that it rests "
                    "on (document and number), who coded them, and who wrote the claim down and changed it, with the "
                    "dates."), key="verantwoording")
    yield plain(_("A number with – contradicts the claim, one with ± nuances it."), style="small")
    found = traces(ground.session, claims)
    yield Table(_("What every claim rests on"),
                (_("Claim"), _("Narratieven"), _("Coded by"), _("Written down")),
                tuple(_account(ground, one, coders) for one in found), (4.2, 4.6, 2.8, 3.4),
                sources=tuple(claims), anchors=True, key="verantwoording")


def _account(ground: Grounds, one: Trace, coders: Mapping[str, str]) -> tuple[str, ...]:
    _ = ground.translate
    places: dict[str, list[str]] = {}
    for witness in one.witnesses:
        mark = {"weerspreekt": "–", "nuanceert": "±"}.get(witness.direction, "")
        places.setdefault(witness.place.document, []).append(f"{mark}{witness.place.nr or '?'}")
    where = "\n".join(f"{title}: {', '.join(dict.fromkeys(nrs))}" for title, nrs in places.items())
    when = one.coded_between
    who = ", ".join(coders.get(name, name) for name in one.coders)
    span = "" if when is None else "\n" + (day(when[0]) if day(when[0]) == day(when[1])
                                          else f"{day(when[0])} – {day(when[1])}")
    return (f"{one.source.code}  {one.title}", where or _("none"), (who or "–") + span,
            _written(one, coders) or _put(one, coders))


def _written(one: Trace, coders: Mapping[str, str]) -> str:
    events: dict[str, None] = {}
    for event in one.events:
        events[f"{day(event.at)} {coders.get(event.who, event.who)}"] = None
    return "\n".join(events)


def _put(one: Trace, coders: Mapping[str, str]) -> str:
    return "\n".join(dict.fromkeys(f"{day(w.at)} {coders.get(w.coder, w.coder)}" for w in one.witnesses if w.at))


def day(at: datetime) -> str:
    """A date as Dutch readers write it."""
    return f"{at.day}-{at.month}-{at.year}"

