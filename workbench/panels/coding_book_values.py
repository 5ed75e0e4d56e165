"""The codebook as the editor shows it, as values (no Qt here)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codes, kernelementen
from codebook.codes import DefinitionChange
from codebook.models import Coding
from codebook.reading import Reading
from corpora import documents, narratives
from corpora.models import Document, Narratief
from corpora.store.writing import batched
from workbench.widgets.narrative_rows import NarrativeRow

COLOURS = ("", "#b3261e", "#c2570c", "#a07700", "#3f7d20", "#0f766e", "#1d5fa8", "#5b45ad", "#a02a6b", "#5b6068")
"""The colours offered for a code; the first is the facet's own."""


@dataclass(frozen=True)
class CodeLine:
    """A code in the tree; `changed` when its definition was rewritten after it had been used."""

    id: int
    facet_id: int
    parent_id: int | None
    label: str
    number: int | None
    color: str
    certain: bool
    note: str
    codings: int
    changed: tuple[DefinitionChange, ...] = ()


@dataclass(frozen=True)
class CodeText:
    """All that the form shows of a code."""

    label: str
    number: int
    definition: str
    use_when: str
    not_when: str
    example: str
    synonyms: str
    groups: str
    color: str
    certain: bool
    note: str
    cmo_role: str = ""
    kernelementen: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    """The kernelementen that there are."""


def read_lines(session: Session, counts: Mapping[int, int]) -> tuple[dict[int, str], list[CodeLine]]:
    """Facets in order and all codes; `counts` says how many narratieven have a code."""
    lines = [CodeLine(e.code.id, e.facet.id, e.code.parent_id, e.code.label, e.code.number, e.code.color,
                      e.code.certain, e.code.note, counts.get(e.code.id, 0),
                      tuple(codes.definition_changes(session, e.code.id))) for e in codes.entries(session)]
    return {f.id: f.label for f in codes.facets(session)}, lines


def read_text(session: Session, code_id: int) -> CodeText | None:
    """One code in full; None when it is gone."""
    entry = next((e for e in codes.entries(session) if e.code.id == code_id), None)
    if entry is None:
        return None
    c, groups = entry.code, codes.groups_of(session).get(code_id, [])
    named = tuple(kernelementen.labels_of_codes(session).get(code_id, ()))
    offered = tuple(one.label for one in kernelementen.in_order(session))
    return CodeText(c.label, c.number or 0, c.definition, c.use_when, c.not_when, c.example,
                    "\n".join(codes.synonyms_of(c)), " | ".join(groups), c.color, c.certain, c.note, c.cmo_role, named,
                    offered)


def coded_rows(session: Session, code_id: int, reading: Reading) -> list[NarrativeRow]:
    """The narratieven that have a code, as far as it may be seen, by document and place."""
    given = session.execute(select(Coding.narratief_id, Coding.coder_id).where(Coding.code_id == code_id))
    ids = {number for number, who in given if not reading.hides(number, who)}
    within = {d for some in batched(ids, 500) for d in session.scalars(
        select(Narratief.document_id).where(Narratief.id.in_(some)))}
    found: list[NarrativeRow] = []
    for document in documents.in_order(session):
        if document.id in within:
            found += _rows_of(session, document, ids)
    return found


def _rows_of(session: Session, document: Document, ids: set[int]) -> list[NarrativeRow]:
    text = documents.text_of(session, document)
    pieces = narratives.of_document(session, document.id)
    numbered = narratives.numbers(pieces)
    return [NarrativeRow(p.id, f"{document.title} · {numbered.get(p.id, '–')}", text[p.start:p.end].strip())
            for p in pieces if p.id in ids]
