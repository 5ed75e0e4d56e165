"""Everything about CMO as one value per kernelement: what the command line prints and the exports write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import cmo_sheets, cmo_synthesis, cmo_views, kernelementen
from codebook.analysis.realist import EVERYBODY
from codebook.cmo_counts import ROLES, Board, Cell
from codebook.cmo_sheets import Line, Place, SheetView
from codebook.cmo_synthesis import SynthesisView
from codebook.cmo_views import ConfigurationView, EvidenceView
from codebook.models import Quote
from codebook.reading import Reading
from corpora.models import Document, Narratief, TextContent
from corpora.store.writing import batched


@dataclass(frozen=True)
class Answer:
    """One kernelement: its codes, counts (role, and actor → role), configurations, sheets taken together, synthesis.
    `cells` says of every role and actor ("" for everybody) where its narratieven come from, `compared` per respondent
    group and kind of document how many there are ("group" or "kind" → label → role).
    `places` says where the narratieven behind it stand: number → (document, nr); nr is None for *geen narratief*."""

    id: int
    name: str
    description: str
    codes: tuple[str, ...]
    cell: Cell
    roles: dict[str, int]
    contexts: dict[str, int]
    actors: dict[str, dict[str, int]]
    cells: dict[tuple[str, str], Cell]
    compared: dict[str, dict[str, dict[str, int]]]
    configurations: tuple[ConfigurationView, ...]
    sheets: tuple[SheetView, ...]
    lines: dict[Place, list[Line]]
    synthesis: SynthesisView
    places: dict[int, tuple[str, int | None]]
    quotes: dict[int, str]

    def place(self, evidence: EvidenceView) -> tuple[str, int | None]:
        """Document and nr of a narratief that is evidence; of one that is gone, where it stood."""
        return self.places.get(evidence.narratief_id, (evidence.place, None))


@dataclass(frozen=True)
class Answers:
    """All that was asked for. `codings` says whose codings were counted."""

    codings: str
    facet: str
    kernelementen: tuple[Answer, ...]


def ask(reading: Reading, codings: str = "any", kernelement: str | None = None) -> Answers:
    """Count and gather every kernelement, or one by name."""
    board = Board(reading, codings)
    with reading.project.read() as session:
        chosen = [kernelementen.find(session, kernelement)] if kernelement else kernelementen.in_order(session)
        found = tuple(_answer(session, board, one.id, one.label, one.description) for one in chosen)
    return Answers(codings, board.facet, found)


def _answer(session: Session, board: Board, number: int, name: str, description: str) -> Answer:
    counted, apart = board.matrix(number), board.matrix(number, apart=True)
    table = counted.all_counts.tolist()
    actors = {board.labels[actor]: {role: table[row][column] for row, role in enumerate(counted.roles)}
              for column, actor in enumerate(board.actors)}
    configurations = cmo_views.configurations(session, number)
    sheets = cmo_sheets.sheets(session, number)
    evidence = [e for one in configurations for e in one.all_evidence]
    return Answer(
        number, name, description, tuple(board.labels[c] for c in board.codes_of(number)), board.cell(number),
        {role: table[row][-1] for row, role in enumerate(counted.roles)},
        dict(zip(apart.roles, apart.totals.tolist(), strict=True)), actors, _cells(board, number),
        {by: dict(board.compared(number, by)) for by in ("group", "kind")},
        tuple(configurations), tuple(sheets), cmo_sheets.aggregated(sheets), cmo_synthesis.view(session, board, number),
        places_of(session, board.reading, {e.narratief_id for e in evidence}),
        quoted(session, {e.quote_id for e in evidence if e.quote_id is not None}))


def _cells(board: Board, number: int) -> dict[tuple[str, str], Cell]:
    actors = {EVERYBODY: ""} | {actor: board.labels[actor] for actor in board.actors}
    return {(role, label): board.cell(number, role, actor) for role in ROLES for actor, label in actors.items()}


def places_of(session: Session, reading: Reading, ids: Iterable[int]) -> dict[int, tuple[str, int | None]]:
    """Narratief → title of its document and nr; those that do not count have no nr."""
    wanted = list(ids)
    found: dict[int, tuple[str, int | None]] = {}
    for some in batched(wanted, 500):
        for number, title in session.execute(select(Narratief.id, Document.title).join(
                Document, Document.id == Narratief.document_id).where(Narratief.id.in_(some))):
            found[number] = (title, None)
    known = reading.index.ids(reading.index.of_ids(wanted)).tolist() if wanted else []
    return found | {place.narratief_id: (place.document, place.nr) for place in reading.places(known)}


def quoted(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Quote → its words."""
    query = (select(Quote.id, Quote.start, Quote.end, TextContent.body)
             .join(Document, Document.id == Quote.document_id)
             .join(TextContent, TextContent.hash == Document.content_hash).where(Quote.id.in_(list(ids))))
    return {number: body[start:end] for number, start, end, body in session.execute(query)}


def as_json(answers: Answers) -> dict[str, Any]:
    """The answer with the keys of the command line."""
    return {"codings": answers.codings, "kernelementen": [_kernelement(one) for one in answers.kernelementen]}


def _kernelement(one: Answer) -> dict[str, Any]:
    return {"name": one.name, "codes": list(one.codes), "narratieven": one.cell.narratieven,
            "documents": one.cell.documents, "respondents": one.cell.respondents, "groups": one.cell.groups,
            "roles": one.roles, "contexts": {role: n for role, n in one.contexts.items() if role not in ROLES[1:]},
            "actors": one.actors, "compared": one.compared,
            "configurations": [_configuration(one, c) for c in one.configurations],
            "sheet": cmo_sheets.as_findings(one.lines), "opmerking": _remark(one.sheets),
            "synthesis": _synthesis(one.synthesis)}


def _remark(sheets: Sequence[SheetView]) -> str:
    return "\n".join(dict.fromkeys(sheet.note for sheet in sheets if sheet.note))


def _configuration(answer: Answer, one: ConfigurationView) -> dict[str, Any]:
    return {"title": one.title, "status": one.status, "statement": one.statement, "intervention": one.intervention,
            "note": one.note,
            "elements": [{"role": e.role, "actor": e.actor, "text": e.text, "basis": e.basis, "valence": e.valence,
                          "evidence": [_evidence(answer, x) for x in e.evidence]} for e in one.elements],
            "evidence": [_evidence(answer, x) for x in one.evidence],
            "gaps": [gap.part for gap in cmo_views.gaps(one)],
            "links": [{"kind": link.kind, "title": link.other_title} for link in one.links if link.outgoing]}


def _evidence(answer: Answer, one: EvidenceView) -> dict[str, Any]:
    document, nr = answer.place(one)
    found: dict[str, Any] = {"document": document, "nr": nr, "direction": one.direction, "note": one.note}
    return found | ({"quote": answer.quotes.get(one.quote_id, "")} if one.quote_id is not None else {})


def _synthesis(one: SynthesisView) -> dict[str, Any]:
    return {"wording": one.wording, "counter": one.counter, "conclusion": one.conclusion, "reply": one.reply,
            "configurations": [c.title for c in one.configurations], "narratieven": one.sources.narratieven,
            "respondents": one.sources.respondents, "groups": one.sources.groups,
            "against": len(one.against), "replies": len(one.replies), "reflector": one.reflector}
