"""The factsheet of a respondent group: one or two pages with findings, quotes and room to reply, for the member check.

What stands in it was chosen in the project; as long as nothing was, it shows the findings that this group carries most.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import questions
from codebook.models import Factsheet, FactsheetItem, Kernelement, Pattern, Synthesis
from codebook.reading import Reading
from corpora.errors import NotFoundError, UsageError
from corpora.messages import Translator
from corpora.models import ProjectInfo, RespondentGroup
from exports import paper_pdf, paper_word
from exports.name_guard import guarded_names, require_none
from exports.paper import Heading, Paper, Part, Quotation, Room, Source, paragraphs, plain
from exports.report_grounds import NOTHING, Grounds
from exports.report_results import patterns_of

ENDINGS = (".docx", ".pdf")
MOST = 5
"""Findings in a factsheet that nobody has put together."""
ROOM = (3, 2, 1)
"""Lines to reply on below each finding: as many as let it stay within two pages."""
PAGES = 2


@dataclass(frozen=True)
class Finding:
    """A pattern or synthesis as it stands in a factsheet."""

    source: Source
    title: str
    text: str
    quotes: tuple[Quotation, ...] = ()


def write_factsheet(reading: Reading, group: str | None, path: Path, translator: Translator) -> None:
    """Write the factsheet of a group, as a Word document or a PDF by its ending; RefusedError, and no file, when a name
    stands in it."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("A factsheet can be written to .docx or .pdf: {file} is neither of these.", file=path.name)
    with reading.project.read() as session:
        paper = factsheet(reading, session, translator, find_group(session, group))
        require_none(paper, guarded_names(session))
    if ending == ".docx":
        paper_word.write(paper, path, translator)
    else:
        paper_pdf.write(paper, path, translator)


def find_group(session: Session, label: str | None) -> RespondentGroup:
    """The respondent group of this name, capitals apart; an error tells which there are."""
    found = list(session.scalars(select(RespondentGroup).order_by(RespondentGroup.label)))
    names = ", ".join(f"«{one.label}»" for one in found) or "–"
    if label is None:
        raise UsageError("A factsheet is for a respondent group: name it with --group. There are: {groups}.",
                         groups=names)
    wanted = " ".join(label.split()).casefold()
    for one in found:
        if one.label.casefold() == wanted:
            return one
    near = difflib.get_close_matches(wanted, [one.label.casefold() for one in found], 1)
    meant = next((one.label for one in found if near and one.label.casefold() == near[0]), "")
    if meant:
        raise NotFoundError("There is no respondent group «{name}». Did you mean «{meant}»? There are: {groups}.",
                            name=label, meant=meant, groups=names)
    raise NotFoundError("There is no respondent group «{name}». There are: {groups}.", name=label, groups=names)


def factsheet(reading: Reading, session: Session, translator: Translator, group: RespondentGroup) -> Paper:
    """The factsheet of a group as it would be written now."""
    ground = Grounds(reading, session, translator)
    sheet = session.scalars(select(Factsheet).where(Factsheet.group_id == group.id)).first()
    findings = _chosen(ground, sheet.id) if sheet is not None else []
    findings = findings or _strongest(ground, group)
    for lines in ROOM:
        paper = _paper(ground, group, sheet, findings, lines)
        if paper_pdf.page_count(paper, translator) <= PAGES:
            break
    return paper


def _paper(ground: Grounds, group: RespondentGroup, sheet: Factsheet | None, findings: Sequence[Finding],
           lines: int) -> Paper:
    say, info = ground.say, ground.session.get(ProjectInfo, 1)
    study = info.title if info else ground.reading.project.name
    opening = (sheet.opening if sheet else "") or say(
        "You took part in this study. Below you read what we think we have learned from what you and others told us. We "
        "would like to know whether you recognise it. Nobody is called by name: with a quote stands a role only.")
    closing = (sheet.closing if sheet else "") or say(
        "Thank you for reading along. What you write is worked into the report, and there we say what was changed.")
    parts: list[Part] = [*paragraphs(opening)]
    if not findings:
        parts.append(plain(say("No findings have been chosen for this group yet."), style="quiet"))
    for n, one in enumerate(findings, 1):
        parts += _shown(ground, one, n, lines)
    parts += [Room(say("What do you miss, or want to add?"), lines + 1), *paragraphs(closing)]
    title = (sheet.title if sheet else "") or say("What we found: for {group}", group=group.label.lower())
    return Paper(title, study, (), tuple(parts), say.language, title_page=False)


def _shown(ground: Grounds, one: Finding, n: int, lines: int) -> Iterator[Part]:
    yield Heading(f"{n}. {one.title}", 4, one.source.code, one.source)
    yield from paragraphs(one.text)
    yield from one.quotes
    yield Room(ground.say("Do you recognise this? What is different for you? ({code})", code=one.source.code), lines)


def _chosen(ground: Grounds, factsheet_id: int) -> list[Finding]:
    """The findings that were put into a factsheet, in their order."""
    items = ground.session.scalars(select(FactsheetItem).where(FactsheetItem.factsheet_id == factsheet_id).order_by(
        FactsheetItem.position, FactsheetItem.id))
    found = []
    for item in items:
        finding = finding_of(ground, item.about, item.about_id, item.quote_id)
        found += [finding] if finding is not None else []
    return found


def finding_of(ground: Grounds, about: str, about_id: int, quote_id: int | None) -> Finding | None:
    """A pattern or synthesis with the quote beside it; None when it is gone."""
    quotes = _quotes(ground, [] if quote_id is None else [quote_id])
    if about == "pattern":
        pattern = ground.session.get(Pattern, about_id)
        return pattern and Finding(Source(f"P{about_id}", about, about_id), pattern.label, pattern.description, quotes)
    synthesis = ground.session.get(Synthesis, about_id) if about == "synthesis" else None
    if synthesis is None:
        return None
    kernelement = ground.session.get_one(Kernelement, synthesis.kernelement_id)
    text = "\n".join(filter(None, (synthesis.wording, synthesis.conclusion)))
    return Finding(Source(f"S{about_id}", about, about_id), kernelement.label, text, quotes)


def _quotes(ground: Grounds, ids: Sequence[int]) -> tuple[Quotation, ...]:
    return tuple(Quotation(ground.quotes[n].shown, ground.quotes[n].role, Source(f"Q{n}", "quote", n))
                 for n in ids if n in ground.quotes)


def _strongest(ground: Grounds, group: RespondentGroup) -> list[Finding]:
    """The patterns that most narratieven of the group support, in the order of the deelvragen."""
    weighed = []
    for deelvraag in questions.deelvragen(ground.session):
        for pattern in patterns_of(ground, deelvraag.id):
            own = [n for n in ground.patterns.get(pattern.id, NOTHING).supporting if ground.group_of(n) == group.label]
            if own:
                weighed.append((len(own), pattern))
    kept = {pattern.id for _, pattern in sorted(weighed, key=lambda one: -one[0])[:MOST]}
    return [Finding(Source(f"P{p.id}", "pattern", p.id), p.label, p.description, _own_quote(ground, p, group))
            for _, p in weighed if p.id in kept]


def _own_quote(ground: Grounds, pattern: Pattern, group: RespondentGroup) -> tuple[Quotation, ...]:
    """A quote of the group itself, if there is one behind the pattern."""
    for number in ground.patterns.get(pattern.id, NOTHING).quotes:
        entry = ground.quotes.get(number)
        if entry is not None and entry.place.group == group.label:
            return _quotes(ground, [number])
    return ()
