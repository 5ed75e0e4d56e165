"""Narratieven, quotes, evidence and earlier wordings of the board as rows of a reading list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import asking
from codebook.cmo_counts import Proposal
from codebook.cmo_views import EvidenceView, RewordingView
from codebook.models import Quote
from codebook.reading import Reading
from corpora import documents
from corpora.models import Document
from workbench.i18n import _
from workbench.itemmodels.question_names import QuestionNames
from workbench.itemmodels.question_rows import FoundRows
from workbench.widgets.board import words
from workbench.widgets.narrative_rows import ListRows, NarrativeRow


class TrayRows(FoundRows):
    """Narratieven with, quietly below, what their codes propose."""

    def __init__(self, reading: Reading, names: QuestionNames, proposals: Sequence[Proposal], codings: str,
                 labels: Mapping[int, str]) -> None:
        super().__init__(reading, names, [one.narratief_id for one in proposals], codings)
        self._proposals, self._labels = {one.narratief_id: one for one in proposals}, labels

    def _row(self, shown: asking.Shown, group: str) -> NarrativeRow:
        told = hint(self._proposals[shown.id], self._labels)
        return replace(super()._row(shown, group), heading=f"{shown.document} · {shown.nr}", note=told)


def hint(one: Proposal, labels: Mapping[int, str]) -> str:
    """What the codes of a narratief propose, in words; nothing when they propose nothing."""
    roles: dict[str, list[str]] = {}
    for role, _valence, code in one.roles:
        roles.setdefault(role, []).append(labels.get(code, ""))
    parts = [f"{words.LETTERS[role]}? {', '.join(names)}" for role, names in roles.items()]
    if one.actors:
        parts.append(_("actor? {names}", names=", ".join(one.actors)))
    return " · ".join(parts)


def quotes_of(session: Session, narratief_ids: Sequence[int]) -> dict[int, tuple[int, str, str]]:
    """Quotes in these narratieven: number → narratief, document, words; in order of the text."""
    wanted = set(narratief_ids)
    found: dict[int, tuple[int, str, str]] = {}
    texts: dict[int, tuple[str, str]] = {}
    for quote in session.scalars(select(Quote).order_by(Quote.document_id, Quote.start, Quote.id)):
        if quote.narratief_id not in wanted:
            continue
        if quote.document_id not in texts:
            document = session.get_one(Document, quote.document_id)
            texts[quote.document_id] = (document.title, documents.text_of(session, document))
        title, body = texts[quote.document_id]
        found[quote.id] = (quote.narratief_id, title, body[quote.start:quote.end])
    return found


def quote_rows(reading: Reading, found: Mapping[int, tuple[int, str, str]],
               hints: Mapping[int, str]) -> ListRows:
    """Quotes as rows; their number is negative, so that none is taken for a narratief."""
    places = {p.narratief_id: p.nr for p in reading.places([narratief for narratief, *_rest in found.values()])}
    return ListRows([NarrativeRow(-number, f"{title} · {places[narratief]} · {_('quote')}", f"“{text}”",
                                  note=hints.get(narratief, ""))
                     for number, (narratief, title, text) in found.items()])


def evidence_rows(reading: Reading, session: Session, evidence: Sequence[EvidenceView]) -> ListRows:
    """Evidence as rows: what it does, where it stands, its words, its note."""
    there = [one.narratief_id for one in evidence if not one.is_lost]
    quotes = quotes_of(session, [one.narratief_id for one in evidence if one.quote_id is not None])
    texts = asking.texts_of(reading, there)
    places = {p.narratief_id: f"{p.document} · {p.nr}" for p in reading.places(n for n in there if _counts(reading, n))}
    rows = []
    for one in evidence:
        text = f"“{quotes[one.quote_id][2]}”" if one.quote_id in quotes else texts.get(one.narratief_id, "")
        lost = _("The narratief was taken away since.") if one.is_lost else _(
            "The quote was let go of since.") if one.is_quote_lost else ""
        head = f"{words.SIGNS[one.direction]} {places.get(one.narratief_id, one.place)}"
        told = " · ".join(part for part in (words.direction_word(one.direction), one.coder, one.note, lost) if part)
        rows.append(NarrativeRow(one.id, head, text, note=told))
    return ListRows(rows)


def _counts(reading: Reading, narratief_id: int) -> bool:
    """Whether a narratief still counts."""
    try:
        return reading.index.slot(narratief_id) >= 0
    except KeyError:
        return False


def history_rows(history: Sequence[RewordingView]) -> ListRows:
    """Earlier wordings as rows, the newest first."""
    return ListRows([_rewording(n, one) for n, one in reversed(list(enumerate(history)))])


def _rewording(n: int, one: RewordingView) -> NarrativeRow:
    old, new = (words.value_word(one.field, value) or "–" for value in (one.old, one.new))
    why = _("Why: {reason}", reason=one.reason) if one.reason else _("No reason given")
    head = f"{moment(one.at)} · {one.coder} · {words.field_word(one.field)}"
    return NarrativeRow(n, head, f"{old}\n→ {new}", note=why)


def moment(at: datetime) -> str:
    """A moment in the reader's time."""
    return at.astimezone().strftime("%d-%m-%Y %H:%M") if at.tzinfo else at.strftime("%d-%m-%Y %H:%M")
