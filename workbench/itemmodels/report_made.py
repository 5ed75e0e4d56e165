"""The report as the place Rapport shows it: made in the background, in sections, with what to look at first (no Qt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import questions, report_texts
from codebook.models import Pattern, PatternEvidence
from codebook.reading import Reading
from corpora.messages import Message, Translator, message
from corpora.models import ProjectInfo
from corpora.store.project import Project
from exports import figures
from exports.name_guard import Leak, guarded_names, leaks
from exports.paper import (
    Contents,
    Figure,
    Heading,
    Own,
    Paper,
    Paragraph,
    Part,
    Quotation,
    Source,
    Table,
    numbered,
)
from exports.report import report

DOTS = 110
"""Dots per inch of figures on the screen."""


@dataclass(frozen=True)
class Warned:
    """Something to look at before the report goes out, and the section that it is in (-1: none)."""

    text: Message
    section: int = -1


@dataclass(frozen=True)
class Section:
    """A stretch of the report that is shown as one: from a heading to the next of level 1 or 2."""

    title: str
    level: int
    parts: tuple[int, ...]
    key: str


@dataclass(frozen=True)
class Made:
    """A report with its sections and warnings; `pictures` are its figures as PNG, by part."""

    paper: Paper
    sections: tuple[Section, ...]
    warnings: tuple[Warned, ...]
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def own(self, section: int) -> list[Own]:
        """The places for own words in a section."""
        return [part for n in self.sections[section].parts if isinstance(part := self.paper.parts[n], Own)]

    def section_of(self, part: int) -> int:
        """The section that a part is in."""
        return next(n for n, one in enumerate(self.sections) if part in one.parts)

    def section_at(self, key: str) -> int:
        """The section with a key or place; -1 when there is none."""
        return next((n for n, one in enumerate(self.sections) if key == one.key or any(
            own.place == key for own in self.own(n))), -1)


def make(progress: Any, project: Project, viewer: str) -> Made:
    """Make the report for the window; runs in a thread, with a reading of its own."""
    reading = Reading(project, viewer)
    with project.read() as session:
        info = session.get(ProjectInfo, 1)
        say = Translator(info.language if info else "nl")
        paper = report(reading, session, say, progress, appendices=False)
        names = tuple(guarded_names(session))
        sections = tuple(_sections(paper, say))
        bare = Made(paper, sections, (), names=names)
        warned = tuple([*_names(bare), *_findings(bare, session), *_lost(bare, session)])
    pictures = {n: figures.png(part.drawing, DOTS) for n, part in enumerate(paper.parts) if isinstance(part, Figure)}
    return replace(bare, warnings=warned, pictures=pictures)


def with_texts(made: Made, session: Session) -> Made:
    """The same report with own words as they are now: nothing is counted again."""
    texts = report_texts.all_of(session)
    parts = tuple(_with_text(part, texts) for part in made.paper.parts)
    found = replace(made, paper=replace(made.paper, parts=parts))
    kept = [one for one in made.warnings if one.text.template not in TEXT_WARNINGS]
    return replace(found, warnings=(*_names(found), *kept, *_lost(found, session)))


def _with_text(part: Part, texts: Mapping[str, Any]) -> Part:
    if not isinstance(part, Own):
        return part
    row = texts.get(part.place)
    return replace(part, body=row.body if row else "",
                   source=Source(f"T{row.id}", "report_text", row.id) if row else None)


# sections


def _sections(paper: Paper, _: Translator) -> Iterator[Section]:
    held: list[int] = []
    title, level, key = _("Title page"), 1, "titelblad"
    for n, (part, number) in enumerate(numbered(paper.parts)):
        if isinstance(part, Heading) and part.level <= 2:
            if held:
                yield Section(title, level, tuple(held), key)
            title, level, key, held = f"{number}  {part.text}".strip(), part.level, part.key, []
        if not isinstance(part, Contents):
            held.append(n)
    yield Section(title, level, tuple(held), key)


# what to look at


NAMED = "«{name}» is a name, in «{section}»."
GONE = "Own words at a place that is gone now: {words}"
BESIDE = "At «{place}» other words were kept when copies were merged; they stand at the right."
TEXT_WARNINGS = (NAMED, GONE, BESIDE)
"""Warnings that follow from own words."""


def _names(made: Made) -> list[Warned]:
    found: list[Warned] = []
    for leak in leaks(made.paper, made.names):
        found.append(Warned(message(NAMED, name=leak.name, section=leak.section or made.paper.title),
                            _where(made, leak)))
    return found


def _where(made: Made, leak: Leak) -> int:
    """The section in which a name stands."""
    last = 0
    for n, (part, number) in enumerate(numbered(made.paper.parts)):
        if isinstance(part, Heading):
            if f"{number} {part.text}".strip() == leak.section:
                return made.section_of(n)
            last = n
    return 0 if last >= 0 else -1


def _findings(made: Made, session: Session) -> list[Warned]:
    """Patterns with nothing behind them, and deelvragen without patterns."""
    carried = set(session.scalars(select(PatternEvidence.pattern_id).where(
        PatternEvidence.narratief_id.is_not(None), PatternEvidence.direction == "steunt")))
    found = []
    for deelvraag in questions.deelvragen(session):
        section = made.section_at(report_texts.place_of(report_texts.DEELVRAAG, deelvraag.uuid))
        own = session.scalars(select(Pattern).where(Pattern.deelvraag_id == deelvraag.id).order_by(Pattern.id)).all()
        if not own:
            found.append(Warned(message("Deelvraag «{label}» has no patterns yet.", label=deelvraag.label), section))
        found += [Warned(message("No narratief supports the pattern «{label}».", label=p.label), section)
                  for p in own if p.id not in carried]
    return found


def _lost(made: Made, session: Session) -> list[Warned]:
    """Own words that have no place in the report any more, and places with words kept beside."""
    titles = {part.place: part.title for part in made.paper.parts if isinstance(part, Own)}
    texts, kept = report_texts.all_of(session), report_texts.kept_beside(session)
    found = [Warned(message(GONE, words=" ".join(row.body.split())[:80]))
             for place, row in texts.items() if row.body and place not in titles]
    return found + [Warned(message(BESIDE, place=titles[place]), made.section_at(place))
                    for place, row in texts.items() if row.id in kept and place in titles]


# the outline


@dataclass(frozen=True)
class Line:
    """A line of the outline: what it says, how deep it stands, the section it opens, and the part that it is."""

    text: str
    level: int
    section: int
    part: int
    kind: str


def outline(made: Made) -> list[Line]:
    """The report as an outline: headings, own words, claims, quotes, tables and figures."""
    found = []
    for section, one in enumerate(made.sections):
        found.append(Line(one.title, one.level, section, one.parts[0] if one.parts else -1, "section"))
        for n in one.parts:
            part = made.paper.parts[n]
            line = _line(part, one.level, section, n)
            if line is not None and not (isinstance(part, Heading) and part.level <= 2):
                found.append(line)
    return found


def _line(part: Part, level: int, section: int, n: int) -> Line | None:
    match part:
        case Heading():
            return Line(_coded(part.text, part.source), min(part.level, level + 2), section, n, "heading")
        case Own():
            return Line(part.title, level + 1, section, n, "written" if part.body else "own")
        case Quotation():
            return Line(_coded(f"“{part.text}”", part.source), level + 3, section, n, "quote")
        case Paragraph() if part.source is not None and part.style != "small":
            return Line(_coded(part.text, part.source), level + 3, section, n, "claim")
        case Table() if part.caption:
            return Line(part.caption, level + 1, section, n, "table")
        case Figure():
            return Line(part.caption, level + 1, section, n, "figure")
        case _:
            return None


def _coded(text: str, source: Source | None) -> str:
    return text if source is None else f"{source.code}  {text}"


def matching(lines: Sequence[Line], words: str) -> set[int]:
    """The places of the lines that hold all the words, with the sections they stand in."""
    wanted = words.casefold().split()
    hits = {n for n, line in enumerate(lines) if all(word in line.text.casefold() for word in wanted)}
    sections = {lines[n].section for n in hits}
    return hits | {n for n, line in enumerate(lines) if line.kind == "section" and line.section in sections}
