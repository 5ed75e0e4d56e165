"""The factsheet of a respondent group: one or two pages with findings, quotes and room to reply, for the member check.

What stands in it was chosen in the project; as long as nothing was, it shows the findings that this group carries most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from codebook import memberchecks, questions
from codebook.memberchecks import SheetContent, SheetItem
from codebook.models import Pattern
from codebook.reading import Reading
from corpora.errors import UsageError
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
class Shown:
    """A finding as it stands in a factsheet."""

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
    if label is None:
        raise UsageError("A factsheet is for a respondent group: name it with --group. There are: {groups}.",
                         groups=", ".join(f"«{one.label}»" for one in memberchecks.groups(session)) or "–")
    return memberchecks.group_named(session, label)


def factsheet(reading: Reading, session: Session, translator: Translator, group: RespondentGroup) -> Paper:
    """The factsheet of a group as it would be written now."""
    ground = Grounds(reading, session, translator)
    content = memberchecks.content(session, group.id)
    findings = [_of_item(item) for item in content.items] or _strongest(ground, group)
    for lines in ROOM:
        paper = _paper(ground, content, findings, lines)
        if paper_pdf.page_count(paper, translator) <= PAGES:
            break
    return paper


def _paper(ground: Grounds, content: SheetContent, findings: Sequence[Shown], lines: int) -> Paper:
    _, info = ground.translate, ground.session.get(ProjectInfo, 1)
    study = info.title if info else ground.reading.project.name
    opening = content.opening or _(
        "You took part in this study. Below you read what we think we have learned from what you and others told us. "
        "We would like to know whether you recognise it. Nobody is called by name: with a quote stands a role only.")
    closing = content.closing or _(
        "Thank you for reading along. What you write is worked into the report, and there we say what was changed.")
    parts: list[Part] = [*paragraphs(opening)]
    if not findings:
        parts.append(plain(_("No findings have been chosen for this group yet."), style="quiet"))
    for n, one in enumerate(findings, 1):
        parts += _shown(ground, one, n, lines)
    parts += [Room(_("What do you miss, or want to add?"), lines + 1), *paragraphs(closing)]
    title = content.title or _("What we found: for {group}", group=content.group.lower())
    return Paper(title, study, (), tuple(parts), _.language, title_page=False)


def _shown(ground: Grounds, one: Shown, n: int, lines: int) -> Iterator[Part]:
    yield Heading(f"{n}. {one.title}", 4, one.source.code, one.source)
    yield from paragraphs(one.text)
    yield from one.quotes
    _ = ground.translate
    yield Room(_("Do you recognise this? What is different for you? ({code})", code=one.source.code), lines)


def _of_item(item: SheetItem) -> Shown:
    """A finding that was put into the factsheet, with the quote that was put beside it."""
    letter = "P" if item.finding.about == "pattern" else "S"
    quote = Quotation(item.quote, item.role, Source(f"Q{item.quote_id}", "quote", item.quote_id or 0))
    return Shown(Source(f"{letter}{item.finding.about_id}", item.finding.about, item.finding.about_id),
                 item.finding.label, item.finding.text, (quote,) if item.quote else ())


def _quotes(ground: Grounds, ids: Sequence[int]) -> tuple[Quotation, ...]:
    return tuple(Quotation(ground.quotes[n].shown, ground.quotes[n].role, Source(f"Q{n}", "quote", n))
                 for n in ids if n in ground.quotes)


def _strongest(ground: Grounds, group: RespondentGroup) -> list[Shown]:
    """The patterns that most narratieven of the group support, in the order of the deelvragen."""
    weighed = []
    for deelvraag in questions.deelvragen(ground.session):
        for pattern in patterns_of(ground, deelvraag.id):
            own = [n for n in ground.patterns.get(pattern.id, NOTHING).supporting if ground.group_of(n) == group.label]
            if own:
                weighed.append((len(own), pattern))
    kept = {pattern.id for _, pattern in sorted(weighed, key=lambda one: -one[0])[:MOST]}
    return [Shown(Source(f"P{p.id}", "pattern", p.id), p.label, p.conclusion or p.description,
                  _own_quote(ground, p, group)) for _, p in weighed if p.id in kept]


def _own_quote(ground: Grounds, pattern: Pattern, group: RespondentGroup) -> tuple[Quotation, ...]:
    """A quote of the group itself, if there is one behind the pattern."""
    for number in ground.patterns.get(pattern.id, NOTHING).quotes:
        entry = ground.quotes.get(number)
        if entry is not None and entry.place.group == group.label:
            return _quotes(ground, [number])
    return ()
