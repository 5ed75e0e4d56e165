"""The chapter on the CMO analysis: per kernelement its numbers, synthesis, configurations and what the focus groups
wrote on their sheets."""

from __future__ import annotations

from collections.abc import Iterator

from codebook import cmo_sheets, cmo_synthesis, kernelementen, report_texts
from codebook.cmo_counts import ROLES, Board
from codebook.cmo_synthesis import SynthesisView
from codebook.cmo_views import ConfigurationView, configurations
from codebook.models import Kernelement
from exports.cmo_words import element_said
from exports.paper import Heading, Paragraph, Part, Run, Source, Table, paragraphs, plain
from exports.report_grounds import CONTRADICTS, NOTHING, Grounds, Say, count, listed
from exports.report_results import own


def cmo(ground: Grounds) -> Iterator[Part]:
    """All that stands under the heading of the CMO analysis."""
    _, board = ground.translate, Board(ground.reading, ground.codings)
    yield plain(_("Each kernelement was looked at with realist evaluation: in which context (C) does which mechanism "
                    "(M) lead to which outcome (O), and for whom? The numbers are narratieven that carry a code of the "
                    "kernelement together with a code of the role, each counted once."), key="cmo")
    yield from own(ground, "cmo", _("Introduction to the CMO analysis"),
                   _("Type here how the CMO analysis was done, and with whom."))
    yield from _overview(ground, board)
    bare = []
    for kernelement in kernelementen.in_order(ground.session):
        sections = list(_kernelement(ground, board, kernelement))
        yield from sections
        bare += [] if sections else [kernelement.label]
    if bare:
        yield plain(_("No CMO analysis has been made yet of {names}.", names=listed(_, bare)), key="cmo")


def _overview(ground: Grounds, board: Board) -> Iterator[Part]:
    _, found = ground.translate, kernelementen.in_order(ground.session)
    if not found:
        yield plain(_("No kernelementen have been named in this project."), style="quiet")
        return
    whole = {one.id: configurations(ground.session, one.id) for one in found}
    yield Table(_("Kernelementen: narratieven per role, and configurations"),
                (_("Kernelement"), _("Narratieven"), *(role_named(_, role) for role in ROLES),
                 _("Configurations")), tuple(
        (one.label, str(board.narratieven(one.id)), *(str(board.cell(one.id, role).narratieven) for role in ROLES),
         str(len(whole[one.id]))) for one in found), (3.8, 2.2, 1.6, 2.1, 1.7, 2.2, 2.4), frozenset(range(1, 7)),
        tuple(Source(f"K{one.id}", "kernelement", one.id) for one in found), key="cmo")


def _kernelement(ground: Grounds, board: Board, kernelement: Kernelement) -> Iterator[Part]:
    """The section of a kernelement; nothing when nobody worked on it yet."""
    _ = ground.translate
    place = report_texts.place_of(report_texts.KERNELEMENT, kernelement.uuid)
    found = configurations(ground.session, kernelement.id)
    synthesis = cmo_synthesis.view(ground.session, board, kernelement.id)
    sheet = _sheet(ground, kernelement)
    if not (found or synthesis.synthesis_id or sheet or place in ground.texts):
        return
    yield Heading(kernelement.label, 2, place, Source(f"K{kernelement.id}", "kernelement", kernelement.id))
    yield from paragraphs(kernelement.description)
    yield from own(ground, place, _("Own words with «{name}»", name=kernelement.label),
                   _("Type here what the reader should know about this kernelement."))
    if synthesis.synthesis_id is not None:
        yield from _synthesis(ground, synthesis, synthesis.synthesis_id)
    for one in found:
        yield from _configuration(ground, one)
    yield from sheet


def _synthesis(ground: Grounds, synthesis: SynthesisView, number: int) -> Iterator[Part]:
    _, source = ground.translate, Source(f"S{number}", "synthesis", number)
    yield Heading(_("Synthesis"), 3, f"synthesis:{number}", source)
    yield from paragraphs(synthesis.wording, source=source)
    for label, text in ((_("Counter-evidence:"), synthesis.counter), (_("Conclusion:"), synthesis.conclusion),
                        (_("What respondents replied:"), synthesis.reply)):
        if text.strip():
            yield Paragraph((Run(f"{label} ", bold=True), Run(" ".join(text.split()))), source=source)
    for reply in synthesis.replies:
        changed = f" → {' '.join(reply.change.split())}" if reply.change.strip() else ""
        yield plain(f"{reply.group}: {' '.join(reply.body.split())}{changed}", style="bullet")
    yield plain(_("Rests on {configurations}, {narratieven} and {respondents} out of {groups}.",
                  configurations=count(_, len(synthesis.configurations), "configuration"),
                  narratieven=count(_, synthesis.sources.narratieven, "narratief"),
                  respondents=count(_, synthesis.sources.respondents, "respondent"),
                  groups=count(_, synthesis.sources.groups, "group"))
                + _against(ground, synthesis), style="small", source=source)


def _against(ground: Grounds, synthesis: SynthesisView) -> str:
    """How many narratieven speak against what the synthesis rests on."""
    ids = {one.evidence.narratief_id for one in synthesis.against if one.evidence.direction == CONTRADICTS}
    if not ids:
        return ""
    return " " + ground.translate("Contradicted by {narratieven}.",
                                  narratieven=count(ground.translate, len(ids), "narratief"))


def _configuration(ground: Grounds, one: ConfigurationView) -> Iterator[Part]:
    _, source = ground.translate, Source(f"C{one.id}", "configuration", one.id)
    behind = ground.configurations.get(one.id, NOTHING)
    yield Heading(one.title, 3, f"configuration:{one.id}", source)
    yield from paragraphs(one.statement, source=source)
    if one.intervention.strip():
        yield Paragraph((Run(_("Intervention:") + " ", bold=True), Run(" ".join(one.intervention.split()))))
    yield Table(_("Configuration: {title}", title=one.title),
                (_("Context"), _("Mechanism"), _("Outcome")), (_columns(_, one),), (3, 3, 3),
                sources=(source,), key=f"configuration:{one.id}")
    yield from ground.quotations(behind)
    yield plain(_("Status: {status}.", status=one.status) + " " + ground.carried(behind), style="small",
                source=source)


def _columns(_: Say, one: ConfigurationView) -> tuple[str, ...]:
    context = [element_said(_, e) for e in one.of_role("context")]
    resource = [_("Resource: {text}", text=element_said(_, e)) for e in one.of_role("mechanisme-hulpbron")]
    reasoning = [_("Reasoning: {text}", text=element_said(_, e)) for e in one.of_role("mechanisme-redenering")]
    outcome = [element_said(_, e) for e in one.of_role("outcome")]
    return tuple("\n".join(lines) or _("(still open)") for lines in (context, [*resource, *reasoning], outcome))


def role_named(_: Say, role: str) -> str:
    """A role of realist evaluation as a head."""
    return {"context": _("Context"), "mechanisme": _("Mechanism"), "outcome": _("Outcome")}.get(
        role) or _("Verbeterpunt")


# the sheets of the focus groups


def _sheet(ground: Grounds, kernelement: Kernelement) -> list[Part]:
    """What all sheets of a kernelement say, by field; equal contributions are one."""
    _ = ground.translate
    found = cmo_sheets.aggregated(cmo_sheets.sheets(ground.session, kernelement.id))
    rows = [(_(cmo_sheets.place_name(place)), "\n".join(_contribution(line) for line in lines))
            for place, lines in found.items() if lines]
    if not rows:
        return []
    return [Table(_("What the focus group wrote about {name}", name=kernelement.label),
                  (_("Field of the sheet"), _("Contributions")), tuple(rows), (2.6, 9),
                  key=f"blad:{kernelement.id}")]


def _contribution(line: cmo_sheets.Line) -> str:
    roles = [role for role in line.roles if role]
    times = f" ({line.count}×)" if line.count > 1 else ""
    return f"• {' '.join(line.text.split())}{times}" + (f" ({', '.join(roles)})" if roles else "")
