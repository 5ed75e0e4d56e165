"""From deelvragen to findings: themes, *vraagpatronen* and how far the analysis of each deelvraag is.

The board of a deelvraag has a column per theme and one for what is not grouped yet; a pattern stands at a place in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.models import (
    ANALYSIS_PHASES,
    PATTERN_TYPES,
    PHASE_STATES,
    RESULTS,
    AnalysisPhase,
    Pattern,
    PatternEvidence,
    Theme,
)
from corpora.errors import UsageError
from corpora.store.base import now
from corpora.store.dependants import delete_with_dependants, move_dependants
from corpora.store.writing import update_rows

EDITABLE = ("label", "kind", "result", "description", "taboos", "contradictions", "conclusion")
LONG = ("description", "taboos", "contradictions", "conclusion")
"""The long texts of a pattern, which are put together when patterns are merged."""


@dataclass(frozen=True)
class PhaseNote:
    """How far a phase of a deelvraag's analysis is, and what was done in it."""

    state: str = "open"
    note: str = ""


# themes


def themes(session: Session, deelvraag_id: int | None = None) -> list[Theme]:
    """The themes of a deelvraag (all, when None) in their order."""
    query = select(Theme).order_by(Theme.deelvraag_id, Theme.position, Theme.id)
    return list(session.scalars(query if deelvraag_id is None else query.where(Theme.deelvraag_id == deelvraag_id)))


def add_theme(session: Session, deelvraag_id: int, label: str, description: str = "") -> int:
    """Make a theme behind the others of its deelvraag; the same name twice is one. Returns its number."""
    wanted = _named(label, UsageError("A theme needs a name."))
    for one in themes(session, deelvraag_id):
        if one.label.casefold() == wanted.casefold():
            return one.id
    last = session.scalar(select(func.max(Theme.position)).where(Theme.deelvraag_id == deelvraag_id)) or 0
    made = Theme(deelvraag_id=deelvraag_id, label=wanted[:200], description=description.strip(), position=last + 1)
    session.add(made)
    session.flush()
    return made.id


def change_theme(session: Session, theme_id: int, label: str, description: str | None = None) -> None:
    """Reword a theme."""
    found = session.get_one(Theme, theme_id)
    found.label = _named(label, UsageError("A theme needs a name."))[:200]
    if description is not None:
        found.description = description.strip()


def move_theme(session: Session, theme_id: int, at: int) -> None:
    """Put a theme at another place in the order of its deelvraag, counted from 0."""
    moved = session.get_one(Theme, theme_id)
    others = [one for one in themes(session, moved.deelvraag_id) if one.id != theme_id]
    others.insert(max(0, at), moved)
    for position, one in enumerate(others, 1):
        one.position = position


def remove_theme(session: Session, theme_id: int) -> None:
    """Take a theme away; its patterns stay, not grouped, behind the others that are not."""
    found = session.get_one(Theme, theme_id)
    kept = column(session, found.deelvraag_id, None) + column(session, found.deelvraag_id, theme_id)
    for position, one in enumerate(kept, 1):
        one.theme_id, one.position = None, position
    session.flush()
    delete_with_dependants(session, Theme, [theme_id])


def _named(label: str, error: UsageError) -> str:
    wanted = " ".join(label.split())
    if not wanted:
        raise error
    return wanted


# patterns


def patterns(session: Session, deelvraag_id: int | None = None) -> list[Pattern]:
    """The patterns of a deelvraag (all, when None): theme by theme in the order of the board, not grouped ones last."""
    rank = {one.id: n for n, one in enumerate(themes(session, deelvraag_id))}
    query = select(Pattern) if deelvraag_id is None else select(Pattern).where(Pattern.deelvraag_id == deelvraag_id)
    return sorted(session.scalars(query), key=lambda p: (
        p.deelvraag_id, rank.get(p.theme_id or 0, len(rank)), p.position, p.id))


def column(session: Session, deelvraag_id: int, theme_id: int | None) -> list[Pattern]:
    """The patterns in one column of the board, from top to bottom."""
    return list(session.scalars(select(Pattern).where(
        Pattern.deelvraag_id == deelvraag_id, Pattern.theme_id == theme_id).order_by(Pattern.position, Pattern.id)))


def add(session: Session, /, coder: int, deelvraag_id: int, label: str, *, theme_id: int | None = None,
        **properties: Any) -> int:
    """Make a pattern at the foot of a column; returns its number."""
    _check(properties)
    _check_theme(session, deelvraag_id, theme_id)
    wanted = _named(label, UsageError("A pattern needs a name."))
    standing = column(session, deelvraag_id, theme_id)
    made = Pattern(deelvraag_id=deelvraag_id, theme_id=theme_id, label=wanted[:300], coder_id=coder,
                   position=1 + max((one.position for one in standing), default=0), **properties)
    session.add(made)
    session.flush()
    return made.id


def _check(properties: Mapping[str, Any]) -> None:
    unknown = set(properties) - set(EDITABLE)
    if unknown:
        raise TypeError(f"no such property: {sorted(unknown)}")


def _check_theme(session: Session, deelvraag_id: int, theme_id: int | None) -> None:
    if theme_id is not None and session.get_one(Theme, theme_id).deelvraag_id != deelvraag_id:
        raise UsageError("That theme belongs to another deelvraag.")


def change(session: Session, /, pattern_id: int, **properties: Any) -> None:
    """Change name, type, kind of result or texts (see EDITABLE)."""
    _check(properties)
    found = session.get_one(Pattern, pattern_id)
    if "label" in properties:
        properties["label"] = _named(properties["label"], UsageError("A pattern needs a name."))[:300]
    for name, value in properties.items():
        setattr(found, name, value.strip())


def place(session: Session, pattern_id: int, theme_id: int | None, at: int) -> None:
    """Put a pattern in a column of its board, at a place counted from 0 among the others there."""
    moved = session.get_one(Pattern, pattern_id)
    _check_theme(session, moved.deelvraag_id, theme_id)
    others = [one for one in column(session, moved.deelvraag_id, theme_id) if one.id != pattern_id]
    others.insert(min(max(0, at), len(others)), moved)
    moved.theme_id = theme_id
    for position, one in enumerate(others, 1):
        one.position = position


def file_under(session: Session, pattern_id: int, deelvraag_id: int) -> None:
    """Put a pattern under another deelvraag, not grouped."""
    found = session.get_one(Pattern, pattern_id)
    last = max((one.position for one in column(session, deelvraag_id, None)), default=0)
    found.deelvraag_id, found.theme_id, found.position = deelvraag_id, None, last + 1


def remove(session: Session, pattern_id: int) -> None:
    """Take a pattern away with its evidence; replies of respondents to it stay."""
    delete_with_dependants(session, Pattern, [pattern_id])


def merge(session: Session, pattern_ids: Sequence[int], into_id: int) -> int:
    """Make patterns one: evidence, factsheets and replies go to `into_id`, and what was written is put below its
    texts. Returns how many patterns went in."""
    target = session.get_one(Pattern, into_id)
    others = [session.get_one(Pattern, n) for n in dict.fromkeys(pattern_ids) if n != into_id]
    for other in others:
        for name in LONG:
            setattr(target, name, _joined(getattr(target, name), getattr(other, name)))
        target.description = _joined(target.description, _origin(target, other))
        target.kind, target.result = target.kind or other.kind, target.result or other.result
        session.flush()
        move_dependants(session, Pattern, other.id, into_id)
        delete_with_dependants(session, Pattern, [other.id])
    return len(others)


def _origin(target: Pattern, other: Pattern) -> str:
    """A line that keeps the name of a pattern that went in, and what it was when the target is something else."""
    differing = [mine for theirs, mine in ((target.kind, other.kind), (target.result, other.result))
                 if theirs and mine and mine != theirs]
    return f"← «{other.label}»" + (f" ({', '.join(differing)})" if differing else "")


def _joined(one: str, other: str) -> str:
    return "\n\n".join(filter(None, dict.fromkeys([one.strip(), other.strip()])))


def split(session: Session, coder: int, pattern_id: int, label: str, evidence_ids: Iterable[int]) -> int:
    """Make a new pattern beside one, below it in its column, and give it some of its evidence. Returns the new one."""
    whole = session.get_one(Pattern, pattern_id)
    made = add(session, coder, whole.deelvraag_id, label, theme_id=whole.theme_id, kind=whole.kind,
               result=whole.result)
    order = [one.id for one in column(session, whole.deelvraag_id, whole.theme_id)]
    place(session, made, whole.theme_id, order.index(pattern_id) + 1)
    own = set(session.scalars(select(PatternEvidence.id).where(PatternEvidence.pattern_id == pattern_id)))
    update_rows(session, PatternEvidence, {n: {"pattern_id": made} for n in sorted(own & set(evidence_ids))})
    return made


def kinds(session: Session) -> list[str]:
    """The types of patterns: those of the method, then the study's own."""
    return _with_own(PATTERN_TYPES, session.scalars(select(Pattern.kind).distinct()))


def results(session: Session) -> list[str]:
    """The kinds of results: those of the method, then the study's own."""
    return _with_own(RESULTS, session.scalars(select(Pattern.result).distinct()))


def _with_own(fixed: Sequence[str], used: Iterable[str]) -> list[str]:
    return [*fixed, *sorted({one for one in used if one} - set(fixed), key=str.casefold)]


# phases


def phases(session: Session, deelvraag_id: int) -> dict[str, PhaseNote]:
    """The three phases of a deelvraag's analysis, each with how far it is and what was done."""
    rows = session.scalars(select(AnalysisPhase).where(AnalysisPhase.deelvraag_id == deelvraag_id))
    found = {row.phase: PhaseNote(row.state, row.note) for row in rows}
    return {phase: found.get(phase, PhaseNote()) for phase in ANALYSIS_PHASES}


def set_phase(session: Session, coder: int, deelvraag_id: int, phase: str, *, state: str | None = None,
              note: str | None = None) -> None:
    """Say how far a phase is, or what was done in it; None leaves what is there."""
    if phase not in ANALYSIS_PHASES or state not in (None, *PHASE_STATES):
        raise UsageError("The phases are {phases}, and each is {states}.", phases=", ".join(ANALYSIS_PHASES),
                         states=", ".join(PHASE_STATES))
    found = session.scalars(select(AnalysisPhase).where(
        AnalysisPhase.deelvraag_id == deelvraag_id, AnalysisPhase.phase == phase)).first()
    if found is None:
        found = AnalysisPhase(deelvraag_id=deelvraag_id, phase=phase, coder_id=coder)
        session.add(found)
    found.state = found.state or "open" if state is None else state
    found.note = found.note or "" if note is None else note.strip()
    found.coder_id, found.changed_at = coder, now()
    session.flush()
