"""A deelvraag's patterns as columns of a board, and the evidence of one as rows of a list (no Qt here)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from codebook import asking, evidence, patterns, quotes
from codebook.evidence import EvidenceLine, Weight
from codebook.models import Pattern
from codebook.query.bits import Ints
from codebook.reading import Reading
from workbench.i18n import _
from workbench.itemmodels.pattern_words import SIGNS, card_line, direction_word, kind_look, kind_word, warning
from workbench.widgets.card_values import BoardCard, BoardColumn
from workbench.widgets.narrative_rows import NarrativeRow


@dataclass(frozen=True)
class ShownEvidence:
    """A row of evidence with its row in the list."""

    line: EvidenceLine
    row: NarrativeRow


def board(session: Session, deelvraag_id: int, heard: tuple[Ints, Ints]) -> list[BoardColumn]:
    """What is not grouped yet, and a column per theme."""
    themes = patterns.themes(session, deelvraag_id)
    held = {key: patterns.column(session, deelvraag_id, key or None) for key in (0, *(theme.id for theme in themes))}
    weights = evidence.weights(session, [one.id for some in held.values() for one in some], heard)
    columns = [BoardColumn(theme.id, theme.label, _cards(held[theme.id], weights), theme.description)
               for theme in themes]
    return [BoardColumn(0, _("Not grouped"), _cards(held[0], weights)), *columns]


def _cards(found: list[Pattern], weights: dict[int, Weight]) -> tuple[BoardCard, ...]:
    return tuple(BoardCard(one.id, one.label, kind_word(one.kind), kind_look(one.kind), card_line(weights[one.id]),
                           warning(weights[one.id])) for one in found)


def evidence_rows(session: Session, reading: Reading, pattern_id: int) -> list[ShownEvidence]:
    """The evidence of a pattern with its words: of a quote those of the quote, else of the narratief."""
    lines = evidence.lines(session, [pattern_id]).get(pattern_id, [])
    whole = asking.texts_of(reading, [line.narratief_id for line in lines if line.nr and line.narratief_id])
    quoted = {one.id: one for one in quotes.bank(session, [line.quote_id for line in lines if line.quote_id])}
    found = []
    for line in lines:
        one = quoted.get(line.quote_id or 0)
        words = f"“{one.shown}” ({one.role})" if one else whole.get(line.narratief_id or 0, _told_lost(line))
        found.append(ShownEvidence(line, NarrativeRow(line.id, _heading(line), words, note=_note(line))))
    return found


def _heading(line: EvidenceLine) -> str:
    kind = _("citaat") if line.quote_id else ""
    return " · ".join(part for part in (f"{SIGNS[line.direction]} {direction_word(line.direction)}", line.place, kind)
                      if part)


def _told_lost(line: EvidenceLine) -> str:
    if line.narratief_id is None:
        return _("The narratief that stood here was taken away. Put another in its place, or take this row away.")
    return _("This stretch is «geen narratief» now, so it does not count.")


def _note(line: EvidenceLine) -> str:
    lost = _("The citaat was let go of; the narratief is still there.") if line.is_quote_lost and line.nr else ""
    return " · ".join(part for part in (line.note, lost) if part)
