"""The report of a study: built from the project as it stands, with the researcher's own words at their places.

The order is that of the method: introduction, method, results per deelvraag, CMO per kernelement, discussion,
conclusion, recommendations, appendices. Made anew after more coding, numbers are new and own words are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import questions, report_texts
from codebook.models import Coder
from codebook.query.index import ANY
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.messages import Translator
from corpora.models import ProjectInfo
from corpora.store.changes import change_step
from exports import report_cmo, report_end, report_method, report_results
from exports.name_guard import guarded_names, leaks, require_none
from exports.paper import Contents, Heading, Own, Paper, Paragraph, Part, Run, Source, plain, sources_of
from exports.report_grounds import Grounds, count
from exports.report_results import own

ENDINGS = (".docx", ".pdf")
Tell = Callable[[float, float, str], Any]


def write_report(reading: Reading, path: Path, translator: Translator, codings: str = ANY,
                 progress: Tell | None = None) -> None:
    """Write the report, as a Word document or a PDF by its ending; RefusedError, and no file, when a name stands in
    it."""
    from exports import report_return

    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("A report can be written to .docx or .pdf: {file} is neither of these.", file=path.name)
    with reading.project.read() as session:
        paper = report(reading, session, translator, progress, codings=codings)
        require_none(paper, guarded_names(session))
        held = set(report_texts.all_of(session))
    if ending == ".docx":
        report_return.write(paper, path, translator, held)
    else:
        from exports import paper_pdf

        paper_pdf.write(paper, path, translator)


def report(reading: Reading, session: Session, translator: Translator, progress: Tell | None = None,
           *, codings: str = ANY, appendices: bool = True) -> Paper:
    """The report as it would be written now."""
    ground = Grounds(reading, session, translator, codings)
    _, info = translator, session.get(ProjectInfo, 1)
    chapters = _chapters(ground)
    parts: list[Part] = []
    for n, (title, key, make) in enumerate(chapters):
        if progress is not None:
            progress(n, len(chapters) + 3, title)
        parts += [Heading(title, 1, key), *make(ground)]
    if appendices:
        parts += _appendices(ground, parts)
    first: list[Part] = [*own(ground, "titelblad", _("On the title page"),
                              _("Type here who made the report, for whom, and the date.")),
                         Contents(_("Contents")), Heading(_("Summary"), 1, "samenvatting", bare=True),
                         *own(ground, "samenvatting", _("Summary"), _("Type here a summary of one page."))]
    return Paper(info.title if info else reading.project.name, _("Report of a narrative analysis"), _facts(ground),
                 (*first, *parts), translator.language)


def _facts(ground: Grounds) -> tuple[str, ...]:
    """What the title page says of the study; the date is that of the last change, not of today: the same project gives
    the same file."""
    _ = ground.translate
    changed: datetime | None = ground.session.scalar(select(func.max(change_step.c.at)))
    facts = [_("{documents} · {narratieven} · {coders}",
                 documents=count(_, len(ground.reading.catalogue.documents), "document"),
                 narratieven=count(_, ground.reading.index.n, "narratief"),
                 coders=count(_, len(coders_of(ground.session)), "coder"))]
    return (*facts, _("State of the project: {day}", day=report_end.day(changed))) if changed else tuple(facts)


def coders_of(session: Session) -> list[str]:
    """Everybody who coded."""
    from codebook.models import Coding

    return list(session.scalars(select(Coder.name).where(Coder.id.in_(select(Coding.coder_id))).order_by(Coder.name)))


Chapter = tuple[str, str, Callable[[Grounds], Iterable[Part]]]


def _chapters(ground: Grounds) -> list[Chapter]:
    _ = ground.translate
    return [(_("Introduction"), "inleiding", _introduction), (_("Method"), "methode", _method),
            (_("Results"), "resultaten", report_results.results), (_("CMO analysis"), "cmo", report_cmo.cmo),
            (_("Discussion"), "discussie", _discussion), (_("Conclusion"), "conclusie", report_results.conclusion),
            (_("Recommendations"), "aanbevelingen", _recommendations)]


def _introduction(ground: Grounds) -> Iterator[Part]:
    _ = ground.translate
    yield from own(ground, "inleiding", _("Introduction"),
                   _("Type here the occasion, the aim and the setting of the study."))
    found = questions.deelvragen(ground.session)
    if found:
        yield Heading(_("Research questions"), 2, "deelvragen")
        yield plain(_("The study answers these questions in part (deelvragen):"))
        for one in found:
            yield Paragraph((Run(one.label, bold=True), Run(f". {one.question}" if one.question else "")),
                            "bullet", Source(f"D{one.id}", "deelvraag", one.id))


def _method(ground: Grounds) -> Iterator[Part]:
    yield from report_method.method(ground)
    _ = ground.translate
    yield Heading(_("Approach of the analysis"), 2, "aanpak")
    yield from own(ground, "methode", _("Approach of the analysis"),
                   _("Type here how respondents were chosen, how interviews went, and how was analysed."))


def _discussion(ground: Grounds) -> Iterator[Part]:
    yield from own(ground, "discussie", ground.translate("Discussion"), ground.translate(
        "Type here how the findings relate to other research, and which limits the study has."))


def _recommendations(ground: Grounds) -> Iterator[Part]:
    yield from own(ground, "aanbevelingen", ground.translate("Recommendations"), ground.translate(
        "Type here the recommendations, each with a line that says it and a few that explain it."))


def _appendices(ground: Grounds, parts: list[Part]) -> list[Part]:
    _ = ground.translate
    found = [Heading(_("Codebook"), 1, "codeboek", appendix=True), *report_end.codebook(ground),
             Heading(_("Code combinations"), 1, "combinaties", appendix=True), *report_end.combinations(ground)]
    returned = report_end.returned(ground)
    if returned:
        found += [Heading(_("What went back to respondents"), 1, "terugkoppeling", appendix=True), *returned]
    sources = list({source.code: source for part in parts for source in sources_of(part)}.values())
    return [*found, Heading(_("Account of the findings"), 1, "verantwoording", appendix=True),
            *report_end.account(ground, sources, shown_coders(ground))]


def shown_coders(ground: Grounds) -> dict[str, str]:
    """How coders are called in the account: by name, but for those whose name is a name of the key as well."""
    names = list(ground.session.scalars(select(Coder.name).order_by(Coder.id)))
    guarded = guarded_names(ground.session)
    return {name: ground.translate("coder {n}", n=n) if _holds(name, guarded) else name
            for n, name in enumerate(names, 1)}


def _holds(text: str, names: list[str]) -> bool:
    return bool(leaks(Paper(text, "", (), ()), names))


def places(paper: Paper) -> list[Own]:
    """The places for own words, in the order of the report."""
    return [part for part in paper.parts if isinstance(part, Own)]
