"""The sheets of a workbook about CMO: counts, configurations, their evidence, lines of the focus groups, syntheses."""

from __future__ import annotations

from collections.abc import Iterator

from codebook.cmo_answers import Answer, Answers
from codebook.cmo_counts import ROLE_NAMES, ROLES
from codebook.cmo_sheets import place_name
from codebook.cmo_views import ELEMENT_NAMES, ConfigurationView, EvidenceView, gaps
from corpora.messages import Translator
from exports.tables import Column, Sheet, Value, moment

Row = list[Value]


def sheets_of(answers: Answers, _: Translator) -> list[Sheet]:
    """All sheets, in the order in which one reads them."""
    return [_overview(answers, _), _cells(answers, _), _compared(answers, _), _configurations(answers, _),
            _elements(answers, _),
            _evidence(answers, _), _lines(answers, _), _entries(answers, _), _syntheses(answers, _)]


def _kernelement(_: Translator) -> Column:
    return Column(_("Kernelement"), "word", 30, _("The kernelement that it is about."))


def _overview(answers: Answers, _: Translator) -> Sheet:
    contexts = ("context-steunend", "context-belemmerend")
    columns = (_kernelement(_), Column(_("Codes"), "text", 30, _("The codes that name it.")),
               Column(_("Narratieven"), "number", 13, _("Narratieven that carry one of its codes, each once.")),
               Column(_("Documents"), "number", 12), Column(_("Respondents"), "number", 14),
               Column(_("Groups"), "number", 10),
               *(Column(_(ROLE_NAMES[role]), "number", 14) for role in (*ROLES, *contexts)),
               Column(_("Configurations"), "number", 15), Column(_("Sheets"), "number", 10))
    rows: list[Row] = [[one.name, "; ".join(one.codes), one.cell.narratieven, one.cell.documents, one.cell.respondents,
                        one.cell.groups, *(one.roles[role] for role in ROLES), *(one.contexts[c] for c in contexts),
                        len(one.configurations), len(one.sheets)] for one in answers.kernelementen]
    return Sheet(_("Kernelementen"), columns, rows, about=_("What is known of every kernelement."))


def _cells(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Role"), "word", 16, _("What the code of the narratief is in CMO.")),
               Column(_("Actor"), "word", 26, _("From whose perspective it is told; «–»: whoever tells it.")),
               Column(_("Narratieven"), "number", 13, _("Narratieven with a code of the kernelement, of the role and "
                                                        "of the actor, each once.")),
               Column(_("Documents"), "number", 12), Column(_("Respondents"), "number", 14),
               Column(_("Groups"), "number", 10))
    rows: list[Row] = [[one.name, _(ROLE_NAMES[role]), actor or "–", c.narratieven, c.documents, c.respondents,
                        c.groups] for one in answers.kernelementen for (role, actor), c in one.cells.items()]
    return Sheet(_("Role and actor"), columns, rows, kept=3,
                 about=_("Role × actor within every kernelement, empty cells too."))


def _compared(answers: Answers, _: Translator) -> Sheet:
    named = {"group": _("respondent group"), "kind": _("kind of document")}
    columns = (_kernelement(_), Column(_("Compared by"), "word", 18), Column(_("Group or kind"), "word", 26, _(
        "«–»: documents that belong to no group.")), Column(_("Narratieven"), "number", 13, _(
            "Narratieven of the kernelement in these documents.")),
        *(Column(_(ROLE_NAMES[role]), "number", 14) for role in ROLES))
    rows: list[Row] = [[one.name, named[by], label or "–", counts["narratieven"], *(counts[role] for role in ROLES)]
                       for one in answers.kernelementen for by, found in one.compared.items()
                       for label, counts in found.items()]
    return Sheet(_("Comparison"), columns, rows, kept=3,
                 about=_("Every kernelement within respondent groups and kinds of documents."))


def _configurations(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Configuration"), "text", 36), Column(_("Status"), "word", 13),
               Column(_("In own words"), "text", 60, _("The restatement: als … dan … omdat …")),
               Column(_("Intervention"), "text", 30), Column(_("Narratieven"), "number", 13),
               Column(_("Open"), "text", 40, _("What it lacks still.")), Column(_("Links"), "text", 36),
               Column(_("Note"), "text", 36), Column(_("Made by"), "word", 16),
               Column(_("Made at (UTC)"), "moment", 17))
    rows: list[Row] = [[one.name, c.title, c.status, c.statement, c.intervention, len(c.narratief_ids),
                        "\n".join(_(gap.text) for gap in gaps(c)), _links(c), c.note, c.coder, moment(c.made_at)]
                       for one in answers.kernelementen for c in one.configurations]
    return Sheet(_("Configurations"), columns, rows, kept=2, about=_("One line per configuration."))


def _links(one: ConfigurationView) -> str:
    return "\n".join(f"{link.kind} → {link.other_title}" for link in one.links if link.outgoing)


def _elements(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Configuration"), "text", 36), Column(_("Part"), "word", 24),
               Column(_("Actor"), "word", 20), Column(_("What it says"), "text", 60),
               Column(_("Supports or hinders"), "number", 12, _("1 supporting, -1 hindering, 0 neither.")),
               Column(_("Known"), "word", 15, _("Whether it was observed, expected or implied.")),
               Column(_("Narratieven"), "number", 13))
    rows: list[Row] = [[one.name, c.title, _(ELEMENT_NAMES[e.role]), e.actor, e.text, e.valence, e.basis,
                        len({x.narratief_id for x in e.evidence})]
                       for one in answers.kernelementen for c in one.configurations for e in c.elements]
    return Sheet(_("Parts of configurations"), columns, rows, kept=3,
                 about=_("One line per context, resource, reasoning and outcome."))


def _evidence(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Configuration"), "text", 36),
               Column(_("Part"), "word", 24, _("«–»: the configuration as a whole.")),
               Column(_("What it says"), "text", 40), Column(_("Direction"), "word", 14),
               Column(_("Document"), "word", 30), Column(_("Nr"), "number", 6), Column(_("Quote"), "text", 50),
               Column(_("Note"), "text", 40), Column(_("Coder"), "word", 16), Column(_("Made at (UTC)"), "moment", 17))
    return Sheet(_("Evidence"), columns, list(_evidence_rows(answers, _)), kept=2,
                 about=_("Every narratief and quote behind a configuration, what speaks against it too."))


def _evidence_rows(answers: Answers, _: Translator) -> Iterator[Row]:
    for one in answers.kernelementen:
        for c in one.configurations:
            for x in c.evidence:
                yield [one.name, c.title, "–", "", *_evidence_cells(one, x)]
            for e in c.elements:
                for x in e.evidence:
                    yield [one.name, c.title, _(ELEMENT_NAMES[e.role]), e.text, *_evidence_cells(one, x)]


def _evidence_cells(one: Answer, x: EvidenceView) -> Row:
    document, nr = one.place(x)
    return [x.direction, document, nr, one.quotes.get(x.quote_id or 0, ""), x.note, x.coder, moment(x.made_at)]


def _lines(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Field"), "word", 32, _("The field of the form.")),
               Column(_("Line"), "text", 70, _("Equal lines stand here once.")),
               Column(_("Times"), "number", 8, _("How often it was written.")),
               Column(_("Roles"), "text", 30, _("Who wrote it.")))
    rows: list[Row] = [[one.name, _(place_name(place)), line.text, line.count, "; ".join(line.roles)]
                       for one in answers.kernelementen for place, lines in one.lines.items() for line in lines]
    return Sheet(_("Sheets together"), columns, rows, kept=2,
                 about=_("All focus-group sheets of a kernelement as one."))


def _entries(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Session"), "text", 26), Column(_("Participant"), "word", 18),
               Column(_("Field"), "word", 32), Column(_("Line"), "text", 70), Column(_("Role"), "word", 18),
               Column(_("Phase"), "word", 11, _("alleen, samen or plenair.")), Column(_("Source"), "text", 26),
               Column(_("Note"), "text", 36))
    rows: list[Row] = []
    for one in answers.kernelementen:
        for sheet in one.sheets:
            rows += [[one.name, sheet.session, sheet.participant, _(place_name((e.field, e.actor))), e.text,
                      e.author_role, e.phase, sheet.source, sheet.note] for e in sheet.entries] or [
                          [one.name, sheet.session, sheet.participant, "", "", "", "", sheet.source, sheet.note]]
    return Sheet(_("Sheets one by one"), columns, rows, kept=1,
                 about=_("Every line of every sheet, with the role of who wrote it."))


def _syntheses(answers: Answers, _: Translator) -> Sheet:
    columns = (_kernelement(_), Column(_("Wording"), "text", 60), Column(_("Configurations"), "text", 36),
               Column(_("Narratieven"), "number", 13), Column(_("Respondents"), "number", 14),
               Column(_("Groups"), "number", 10),
               Column(_("Against"), "number", 10, _("Pieces of evidence that contradict or nuance.")),
               Column(_("Counter-evidence"), "text", 40), Column(_("Conclusion"), "text", 50),
               Column(_("Reply"), "text", 40, _("What respondents said in the member check.")))
    rows: list[Row] = []
    for one in answers.kernelementen:
        s = one.synthesis
        replies = [s.reply, *(f"{r.recipient} ({r.group}): {r.body}" for r in s.replies)]
        rows.append([one.name, s.wording, "; ".join(c.title for c in s.configurations), s.sources.narratieven,
                     s.sources.respondents, s.sources.groups, len(s.against), s.counter, s.conclusion,
                     "\n".join(filter(None, replies))])
    return Sheet(_("Syntheses"), columns, rows, about=_("The synthesis of every kernelement."))
