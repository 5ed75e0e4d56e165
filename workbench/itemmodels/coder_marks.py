"""Who codes, with a short mark for each, and without names where they are hidden."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.blind import anonymous_numbers, is_anonymous
from codebook.coded import CodedNarratief
from codebook.models import Coder
from workbench.i18n import _
from workbench.project import OpenProject


def coders(session: Session) -> dict[int, str]:
    """Number → name of all coders, by name."""
    return dict(session.execute(select(Coder.id, Coder.name).order_by(Coder.name)).all())


def initials(names: Mapping[int, str]) -> dict[int, str]:
    """A short mark for every coder, as few letters as tell them apart."""
    found: dict[int, str] = {}
    for number, name in names.items():
        letters = "".join(part[0] for part in name.split()).upper()[:2] or "?"
        tries = [letters[:1], letters, *(name[:n].capitalize() for n in range(2, len(name) + 1)), f"{letters}{number}"]
        found[number] = next(t for t in tries if t not in found.values())
    return found


def shown_names(opened: OpenProject) -> dict[str, str]:
    """Name → how a coder is called where differences are discussed: the name itself, or while coders are anonymous
    «Coder 1 … n», shuffled anew each time the project is opened."""
    names = [coder.name for coder in opened.reading.catalogue.coders]
    with opened.project.read() as session:
        if not is_anonymous(session):
            return {name: name for name in names}
    numbers = anonymous_numbers(names, opened.seed)
    return {name: _("Coder {n}", n=numbers[name]) for name in names}


def given_by_others(narratief: CodedNarratief, own: int, shown: Mapping[int, str]) -> dict[Hashable, tuple[str, ...]]:
    """Code → marks of the other coders in sight who gave it."""
    found: dict[Hashable, tuple[str, ...]] = {}
    for coder, code in narratief.codings:
        if coder != own and coder in shown:
            found[code] = (*found.get(code, ()), shown[coder])
    return found
