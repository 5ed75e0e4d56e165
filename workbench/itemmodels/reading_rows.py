"""Rows of the reader: like those of any list of narratieven, with memos, flags and quotes in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from codebook import coded
from codebook.coded import CodedNarratief
from codebook.models import Quote
from workbench.i18n import _
from workbench.itemmodels.question_rows import FoundRows
from workbench.widgets.narrative_rows import NarrativeRow


class ReadingRows(FoundRows):
    """Words that are quotes are marked; a line below tells of memos and flags, whoever made them."""

    def _fetch(self, ids: Sequence[int]) -> list[NarrativeRow]:
        wanted = [int(number) for number in ids]
        with self._reading.project.read() as session:
            noted = coded.again(session, [CodedNarratief(number, None, 0, 0) for number in wanted],
                                self._reading.veil)
            quotes: dict[int, list[tuple[int, int]]] = {}
            for number, start, end, who in session.execute(
                    select(Quote.narratief_id, Quote.start, Quote.end, Quote.coder_id)
                    .where(Quote.narratief_id.in_(wanted)).order_by(Quote.start)):
                if not self._reading.hides(number, who):
                    quotes.setdefault(number, []).append((start, end))
        self._highlights = quotes
        names = {c.id: c.name for c in self._reading.catalogue.coders}
        return [replace(row, note=note_of(one, names))
                for row, one in zip(super()._fetch(wanted), noted, strict=True)]


def note_of(narratief: CodedNarratief, names: dict[int, str]) -> str:
    """Memos and flags of a narratief on one line."""
    said = [_("{coder} wants to discuss it: {reason}", coder=names.get(who, ""), reason=reason) if reason
            else _("{coder} wants to discuss it", coder=names.get(who, "")) for who, reason in narratief.flags.items()]
    said += [_("Memo of {coder}: {memo}", coder=names.get(who, ""), memo=" ".join(body.split()))
             for who, body in narratief.memos.items()]
    return " · ".join(said)
