"""The first sheet of a workbook: what is in it, what it counts, and what every column means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from codebook.coding import NOT_MENTIONED
from codebook.counts import counts_of
from codebook.models import Coder, Coding, NotMentioned
from codebook.reading import Reading
from corpora.messages import Translator
from corpora.models import Narratief, ProjectInfo
from corpora.store.changes import change_step
from exports import coded_rows
from exports.sheets_codes import codings_named, units_named
from exports.tables import Column, Lost, Sheet, Value, moment

Fact = tuple[str, Value]


@dataclass(frozen=True)
class Written:
    """A sheet as it stands in the book: its title there and how many lines it has."""

    sheet: Sheet
    title: str
    lines: int


def guide_sheet(_: Translator, facts: Iterable[Fact], sheets: Sequence[Written], lost: Sequence[Lost] = (),
                notes: Sequence[str] = ()) -> Sheet:
    """Facts on top, then the sheets with their columns, then what is to be kept in mind and what was lost."""
    columns = (Column(_("Sheet"), "word", 22), Column(_("Subject"), "text", 34), Column(_("Explanation"), "text", 90))
    rows: list[list[Value]] = [["", name, value] for name, value in facts]
    for one in sheets:
        rows.append([one.title, _("What is in it"), _("{about} {n} lines.", about=one.sheet.about, n=one.lines)])
        rows += [[one.title, c.head, c.meaning] for c in one.sheet.columns if c.head and c.meaning]
    rows += [["", _("Note"), note] for note in (*notes, *always(_))]
    rows += [[one.name, _("Not taken along"), f"{_(one.what)}: {one.count}"] for one in lost]
    return Sheet(_("Reading guide"), columns, rows, kept=1)


def always(_: Translator) -> list[str]:
    """What holds for every workbook."""
    return [_("Times are in UTC, whatever the clock of the computer."),
            _("A cell that begins with =, +, - or @ is text, and stays text when you edit it."),
            _("Control characters, which a spreadsheet cannot hold, are shown as «{mark}».", mark="\ufffd")]


def project_facts(reading: Reading, _: Translator, codings: str) -> list[Fact]:
    """What the project holds, as numbers with their unit. The date is that of the last change, not of today: the
    same project gives the same file."""
    counts = counts_of(reading.project)
    with reading.project.read() as session:
        info = session.get(ProjectInfo, 1)
        changed: datetime | None = session.scalar(select(func.max(change_step.c.at)))
        coders = list(session.scalars(select(Coder.name).order_by(Coder.name)))
        given = session.scalar(select(func.count(Coding.id)).join(Narratief, Narratief.id == Coding.narratief_id)
                               .where(Narratief.counts)) or 0
        absent = session.scalar(select(func.count(NotMentioned.id)).join(
            Narratief, Narratief.id == NotMentioned.narratief_id).where(Narratief.counts)) or 0
    if reading.veil.on:
        given, absent = _in_sight(reading)
    return [(_("Project"), info.title if info else reading.project.name),
            (_("Last change (UTC)"), moment(changed) if changed else None),
            (_("Documents"), counts["documents"]), (_("Narratieven"), reading.index.n),
            (_("Words"), counts["words"]), (_("Codes"), counts["codes"]),
            (_("Coders"), "; ".join(coders) or "–"), (_("Codings"), given), (_("Times «niet genoemd»"), absent),
            (_("Unit of counting"), units_named(_)["narratief"]),
            (_("Whose codings"), codings_named(_, codings))]


def _in_sight(reading: Reading) -> tuple[int, int]:
    """Codings and *niet genoemd* that blind coding leaves in sight."""
    rows = [row.label == NOT_MENTIONED for row in coded_rows.codings(reading)]
    return rows.count(False), rows.count(True)
