"""What is known of every kernelement as a document for people: counts, configurations with their evidence, the sheets
of the focus groups line by line, and the synthesis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from codebook.cmo_answers import Answer, Answers
from codebook.cmo_counts import ROLE_NAMES, ROLES, Cell
from codebook.cmo_sheets import Line, place_name
from codebook.cmo_synthesis import SynthesisView
from codebook.cmo_views import ELEMENT_NAMES, ConfigurationView, EvidenceView, gaps
from codebook.models import ELEMENT_ROLES
from codebook.reading import Reading
from corpora.messages import Translator
from corpora.models import ProjectInfo
from exports.cmo_words import element_said
from exports.name_guard import guarded_names, require_none
from exports.paper import Heading, Paper, Paragraph, Part, Run, Source, Table, paragraphs, plain
from exports.sheets_codes import codings_named


def guarded(reading: Reading, answers: Answers, translator: Translator) -> Paper:
    """The document as it would be written; RefusedError, naming the place, when a name stands in it."""
    with reading.project.read() as session:
        info = session.get(ProjectInfo, 1)
        paper = paper_of(answers, info.title if info else reading.project.name, translator)
        require_none(paper, guarded_names(session))
    return paper


def write_cmo(reading: Reading, answers: Answers, path: Path, translator: Translator) -> None:
    """Write the document for Word."""
    from exports import paper_word

    paper_word.write(guarded(reading, answers, translator), path, translator)


def paper_of(answers: Answers, title: str, translator: Translator) -> Paper:
    """The document in parts."""
    _ = translator
    parts = [part for one in answers.kernelementen for part in _kernelement(one, answers, _)]
    parts += _improvements(answers, _)
    about = _("Codings: {codings}. A number counts narratieven, each once; one that carries several codes stands in "
              "several cells.", codings=codings_named(_, answers.codings))
    return Paper(title, _("Context, mechanism and outcome per kernelement"), (),
                 (plain(about, style="quiet"), _overview(answers, _), *parts), translator.language, title_page=False)


def _overview(answers: Answers, _: Translator) -> Table:
    rows = tuple((one.name, str(one.cell.narratieven), *(str(one.roles[role]) for role in ROLES),
                  str(len(one.configurations))) for one in answers.kernelementen)
    return Table(_("Kernelementen: narratieven per role, and configurations"),
                 (_("Kernelement"), _("Narratieven"), *(_(ROLE_NAMES[role]) for role in ROLES), _("Configurations")),
                 rows, (3.2, 2.4, 1.8, 2.5, 2, 2.7, 2.8), frozenset(range(1, 7)))


def _kernelement(one: Answer, answers: Answers, _: Translator) -> Iterator[Part]:
    yield Heading(one.name, 1, f"kernelement:{one.id}", Source(f"K{one.id}", "kernelement", one.id))
    yield from paragraphs(one.description)
    yield Paragraph((Run(_("Codes:") + " ", bold=True), Run("; ".join(one.codes) or _("none yet"))))
    yield plain(_sources(one.cell, _))
    if one.cell.narratieven:
        yield _matrix(one, answers, _)
    if one.synthesis.wording or one.synthesis.conclusion or one.configurations:
        yield from _synthesis(one.synthesis, one, _)
    for configuration in one.configurations:
        yield from _configuration(one, configuration, _)
    yield from _sheet(one, _)


def _sources(cell: Cell, _: Translator) -> str:
    return _("Narratieven: {narratieven}; documents: {documents}; respondents: {respondents}; respondent groups: "
             "{groups}.", narratieven=cell.narratieven, documents=cell.documents, respondents=cell.respondents,
             groups=cell.groups)


def _matrix(one: Answer, answers: Answers, _: Translator) -> Table:
    """Actors who have anything against roles; whom the table leaves out has nothing anywhere."""
    rows = [(label, *(str(counts[role]) for role in ROLES)) for label, counts in one.actors.items()
            if any(counts.values())]
    rows.append((_("Whoever tells it"), *(str(one.roles[role]) for role in ROLES)))
    return Table(_("{name}: role × actor", name=one.name),
                 (answers.facet or _("Actor"), *(_(ROLE_NAMES[role]) for role in ROLES)), tuple(rows),
                 (4, 2, 2, 2, 2), frozenset(range(1, 5)))


def _synthesis(found: SynthesisView, one: Answer, _: Translator) -> Iterator[Part]:
    yield Heading(_("Synthesis"), 2, f"synthese:{one.id}")
    yield from paragraphs(found.wording)
    for label, text in ((_("Counter-evidence:"), found.counter), (_("Conclusion:"), found.conclusion),
                        (_("What respondents replied:"), found.reply)):
        if text:
            first, *more = paragraphs(text)
            yield Paragraph((Run(f"{label} ", bold=True), *first.runs))
            yield from more
    for reply in found.replies:
        yield plain(f"{reply.recipient} ({reply.group}): {reply.body}", style="bullet")
    if found.configurations:
        yield plain(_("Behind it: {titles}.", titles="; ".join(c.title for c in found.configurations)))
        yield plain(_sources(found.sources, _), style="small")


def _configuration(one: Answer, found: ConfigurationView, _: Translator) -> Iterator[Part]:
    yield Heading(found.title, 2, f"configuration:{found.id}",
                  Source(f"C{found.id}", "configuration", found.id))
    yield from paragraphs(found.statement)
    if found.intervention:
        yield Paragraph((Run(_("Intervention:") + " ", bold=True), Run(" ".join(found.intervention.split()))))
    elements = tuple((_(ELEMENT_NAMES[role]), element_said(_, e))
                     for role in ELEMENT_ROLES for e in found.of_role(role))
    if elements:
        yield Table(_("{title}: its parts", title=found.title), (_("Part"), _("What it says")), elements, (3, 10))
    yield from _evidence(one, found, _)
    open_parts = [_(gap.text) for gap in gaps(found)]
    yield plain(_("Status: {status}.", status=found.status) + (" " + " ".join(open_parts) if open_parts else ""),
                style="small")
    yield from paragraphs(found.note, style="quiet")


def _evidence(one: Answer, found: ConfigurationView, _: Translator) -> Iterator[Part]:
    rows = [_evidence_row(one, x, "–", _) for x in found.evidence]
    rows += [_evidence_row(one, x, e.text or _(ELEMENT_NAMES[e.role]), _) for e in found.elements for x in e.evidence]
    if rows:
        yield Table(_("{title}: evidence", title=found.title),
                    (_("For"), _("Direction"), _("Document"), _("Nr"), _("Quote or note")), _once(rows),
                    (4, 2, 4, 1, 5), frozenset({3}))


def _evidence_row(one: Answer, x: EvidenceView, part: str, _: Translator) -> tuple[str, ...]:
    document, nr = one.place(x)
    words = [f"“{' '.join(one.quotes[x.quote_id].split())}”"] if x.quote_id in one.quotes and x.quote_id else []
    return part, x.direction, document, "–" if nr is None else str(nr), "\n".join([*words, *filter(None, [x.note])])


def _sheet(one: Answer, _: Translator) -> Iterator[Part]:
    rows = tuple((_(place_name(place)), _line(line)) for place, lines in one.lines.items() for line in lines)
    notes = list(dict.fromkeys(sheet.note for sheet in one.sheets if sheet.note))
    if rows or notes:
        yield Heading(_("What the focus groups wrote"), 2, f"blad:{one.id}")
    if rows:
        yield Table(_("{name}: the sheets taken together", name=one.name), (_("Field"), _("Line")), _once(rows),
                    (3.4, 10))
    for note in notes:
        yield from paragraphs(note, style="quiet")


def _improvements(answers: Answers, _: Translator) -> list[Part]:
    """The points for improvement of all kernelementen together; nothing when only one was asked for."""
    rows = [(one.name, _line(line)) for one in answers.kernelementen for line in one.lines["verbeterpunten", ""]]
    if not rows or len(answers.kernelementen) < 2:
        return []
    return [Heading(_("Points for improvement together"), 1, "verbeterpunten"),
            Table(_("Points for improvement from the focus groups"), (_("Kernelement"), _("Line")), _once(rows),
                  (3.4, 10))]


def _line(line: Line) -> str:
    told = [*line.roles, *([f"{line.count}×"] if line.count > 1 else [])]
    return line.text + (f" ({', '.join(told)})" if told else "")


def _once(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows with what stands in front (a field, a part) on the first of its lines only."""
    return tuple((first if n == 0 or rows[n - 1][0] != first else "", *rest) for n, (first, *rest) in enumerate(rows))
