"""Combination grids as analysts get them: each combination on a line of its own, its narratieven below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from codebook import asking, gridding, grids, questions
from codebook.gridding import Place, WorkGrid
from codebook.reading import Reading
from corpora.errors import NarratiefError
from corpora.messages import Translator
from exports.sheets_codes import codings_named
from exports.tables import Column, Sheet, Strong, Value

Kept = tuple[str, WorkGrid | NarratiefError]
"""A grid with its name, or why it cannot be counted."""


def status_named(_: Translator, standing: gridding.Standing) -> str:
    """How far a cell is, in words, with what came and went since it was marked."""
    word = {grids.OPEN: _("open"), grids.READ: _("read"), grids.ANSWERED: _("answered"),
            grids.EMPTY: _("empty")}[standing.status]
    return _("{status}; since then {new} new, {gone} gone", status=word, new=standing.new,
             gone=standing.gone) if standing.is_changed else word


def grids_by_deelvraag(reading: Reading) -> list[tuple[str, list[Kept]]]:
    """The kept grids under their deelvragen, in order; "" for those under none."""
    with reading.project.read() as session:
        order = {d.id: (n, d.label) for n, d in enumerate(questions.deelvragen(session))}
        kept = sorted(grids.templates(session), key=lambda t: order.get(t.deelvraag_id or 0, (len(order), ""))[0])
        return [(label, [(t.name, _counted(reading, session, t.id)) for t in some])
                for label, some in groupby(kept, key=lambda t: order.get(t.deelvraag_id or 0, (0, ""))[1])]


def _counted(reading: Reading, session: Session, template_id: int) -> WorkGrid | NarratiefError:
    try:
        return gridding.work_grid(reading, session, template_id)
    except NarratiefError as error:
        return error


def deelvraag_sheet(title: str, kept: Sequence[Kept], _: Translator, *, with_empty: bool = True) -> Sheet:
    """The grids of a deelvraag on one sheet."""
    columns = (
        Column(_("Grid"), "word", 20, _("Name of the grid.")),
        Column(_("Combination"), "text", 34, _("The codes that the narratieven carry, one of each facet.")),
        Column(_("Question"), "text", 44, _("What the combination asks.")),
        Column(_("Status"), "word", 14, _("How far the combination is; empty ones have no narratieven.")),
        Column(_("Interpretation"), "text", 44, _("What was concluded from the combination.")),
        Column(_("Narratieven"), "number", 12, _("Narratieven that carry all these codes.")),
        Column(_("Documents"), "number", 12, _("Documents that they come from.")),
        Column(_("Respondents"), "number", 13, _("Respondents who are heard in them.")),
        Column(_("Document"), "word", 26, _("Title of the document.")),
        Column(_("Nr"), "number", 6, _("Number of the narratief, in order of the text.")),
        Column(_("Text"), "text", 80, _("The words of the narratief.")),
        Column(_("Codes"), "text", 44, _("The codes of the narratief, all facets.")))
    return Sheet(title, columns, _rows(kept, _, with_empty), kept=2, about=_(
        "Every combination on a line of its own, and below it its narratieven; a narratief stands under each of its "
        "combinations. Codings: {codings}.", codings=_whose(kept, _)))


def _whose(kept: Sequence[Kept], _: Translator) -> str:
    names = [codings_named(_, grid.codings) for _name, grid in kept if isinstance(grid, WorkGrid)]
    return ", ".join(dict.fromkeys(names)) or "–"


def _rows(kept: Sequence[Kept], _: Translator, with_empty: bool) -> Iterator[Sequence[Value]]:
    for name, grid in kept:
        if isinstance(grid, NarratiefError):
            # A grid whose condition names something that is gone must not stop the workbook.
            yield Strong([name, None, _(grid.message), *[None] * 9])
            continue
        for place in grid.places():
            if with_empty or grid.counts[place]:
                yield from _cell(name, grid, place, _)


def _cell(name: str, grid: WorkGrid, place: Place, _: Translator) -> Iterator[Sequence[Value]]:
    codes, standing = " × ".join(grid.labels(place)), grid.standing(place)
    yield Strong([name, codes, _(grid.question(place)).replace("*", ""), status_named(_, standing),
                  standing.interpretation or None, int(grid.counts[place]), grid.documents(place),
                  grid.respondents(place), None, None, None, None])
    if grid.counts[place]:
        for one in asking.shown(grid.reading, grid.ids(place), codings=grid.codings):
            yield [name, codes, None, None, None, None, None, None, one.document, one.nr, one.text,
                   "; ".join(one.codes)]
