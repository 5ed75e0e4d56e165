"""Sheets of the focus group as the window shows them: one sheet, and all of a kernelement taken together."""

from __future__ import annotations

from collections.abc import Sequence

from codebook.cmo_sheets import EntryView, Line, Place, SheetView, aggregated
from workbench.i18n import _
from workbench.widgets.board.form import FormLine

LONGEST = 60
PHASE_SIGNS = {"alleen": "①", "samen": "②", "plenair": "③"}


def phase_word(phase: str) -> str:
    """How far a sheet has come."""
    return {"alleen": _("1 alone"), "samen": _("2 with a second"), "plenair": _("3 with all")}[phase]


def sheet_name(view: SheetView) -> str:
    """A sheet in a list."""
    told = " · ".join(part for part in (view.session, view.participant) if part)
    return told if 0 < len(told) <= LONGEST else f"{told[:LONGEST]}…" if told else _("sheet without a name")


def lines_of(view: SheetView) -> dict[Place, list[FormLine]]:
    """The lines of one sheet."""
    found: dict[Place, list[FormLine]] = {}
    for entry in view.entries:
        found.setdefault((entry.field, entry.actor), []).append(_line(entry))
    return found


def _line(entry: EntryView) -> FormLine:
    # Four outcomes stand side by side: there the role is told on pointing only.
    role = entry.author_role if entry.field != "outcome" else ""
    who = f"{PHASE_SIGNS[entry.phase]} {role}".strip()
    told = " · ".join(part for part in (phase_word(entry.phase), entry.author_role) if part)
    return FormLine(entry.id, entry.text, who, told)


def lines_together(views: Sequence[SheetView]) -> dict[Place, list[FormLine]]:
    """The lines of all sheets, equal ones once with how often and by whom."""
    return {place: [_together(line, place) for line in lines] for place, lines in aggregated(views).items()}


def _together(line: Line, place: Place) -> FormLine:
    times = f"{line.count}×" if line.count > 1 else ""
    told = _("Written {n} times", n=line.count) if line.count > 1 else ""
    roles = ", ".join(line.roles)
    shown = (times, roles if place[0] != "outcome" else "")
    return FormLine(line.entry_ids[0], line.text, " ".join(part for part in shown if part),
                    " · ".join(part for part in (told, roles) if part))
