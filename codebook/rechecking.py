"""Codings that were made under another definition than the code has now, to look at again.

A coding is touched when the definition, or a rule for using the code, read differently at the moment it was made, or
was last looked at again. A change that was taken back touches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from codebook import asking, coding, deciding
from codebook.models import Code, Coding, Decision, Rechecked
from codebook.reading import Place, Reading
from corpora.store.base import now
from corpora.store.changes import row_history
from corpora.store.writing import insert_rows, update_rows

RULES = ("definition", "use_when", "not_when")
Text = tuple[str, ...]


@dataclass(frozen=True)
class Touched:
    """A code on a narratief, given under older words by `coders`; `old` and `new` are the rules (see `RULES`)."""

    place: Place
    code_id: int
    coders: tuple[int, ...]
    old: Text
    new: Text


def touched(reading: Reading, viewer: int, coder: int | None = None) -> list[Touched]:
    """The codings to look at again, of one coder or of everybody, in order of title, nr and codebook. What the viewer
    looked at again since the change, or what is decided against, is left out."""
    with reading.project.read() as session:
        stories = {code.id: _Story.read(session, code) for code in session.scalars(select(Code))}
        moved = [(Coding.code_id == number) & (Coding.made_at < story.changes[-1][0])
                 for number, story in stories.items() if any(old != story.now for _at, old in story.changes)]
        if not moved:
            return []
        seen = _seen(session, viewer)
        refused = {(n, c) for n, c in session.execute(
            select(Decision.narratief_id, Decision.code_id).where(~Decision.yes))}
        query = select(Coding.narratief_id, Coding.code_id, Coding.coder_id, Coding.made_at).where(or_(*moved))
        rows = session.execute(query if coder is None else query.where(Coding.coder_id == coder)).all()
    found: dict[tuple[int, int], list[tuple[int, Text]]] = {}
    for narratief, code, who, made in rows:
        old = stories[code].text_at(max(made, seen.get((narratief, code), made)))
        if old != stories[code].now and (narratief, code) not in refused and not reading.hides(narratief, who):
            found.setdefault((narratief, code), []).append((who, old))
    return _in_order(reading, found, stories)


def _in_order(reading: Reading, found: dict[tuple[int, int], list[tuple[int, Text]]],
              stories: dict[int, _Story]) -> list[Touched]:
    rank = {int(n): at for at, n in enumerate(reading.index.ids(reading.index.live).tolist())}
    in_book = {code.id: at for at, code in enumerate(asking.ordered_codes(reading))}
    keys = sorted((key for key in found if key[0] in rank and key[1] in in_book),
                  key=lambda key: (rank[key[0]], in_book[key[1]]))
    places = reading.places([narratief for narratief, _code in keys])
    return [Touched(place, key[1], tuple(sorted(who for who, _old in found[key])), found[key][0][1],
                    stories[key[1]].now) for place, key in zip(places, keys, strict=True)]


def _seen(session: Session, viewer: int) -> dict[tuple[int, int], datetime]:
    rows = session.execute(select(Rechecked.narratief_id, Rechecked.code_id, Rechecked.made_at)
                           .where(Rechecked.coder_id == viewer))
    return {(narratief, code): at for narratief, code, at in rows}


@dataclass(frozen=True)
class _Story:
    """The rules of a code as they are, and each change with what they were before it, oldest first."""

    now: Text
    changes: tuple[tuple[datetime, Text], ...]

    @classmethod
    def read(cls, session: Session, code: Code) -> _Story:
        """From the change log, backwards from how the code is now."""
        words = {name: str(getattr(code, name)) for name in RULES}
        now_text, changes = tuple(words.values()), []
        for step, change in reversed(row_history(session.connection(), "code", code.id)):
            if change.op != "update" or not change.before or not set(RULES) & set(change.columns):
                continue
            before = dict(zip(change.columns, change.before[0], strict=True))
            words |= {name: str(before[name]) for name in RULES if name in before}
            changes.append((step.at, tuple(words.values())))
        return cls(now_text, tuple(reversed(changes)))

    def text_at(self, moment: datetime) -> Text:
        """What the rules were at a moment."""
        return next((before for at, before in self.changes if at > moment), self.now)


def refuse(session: Session, coder: int, one: Touched, instead: int | None = None) -> None:
    """The code fits no longer: the coder's own coding goes, or becomes another code; those of others are decided
    against, and the other code is decided for."""
    narratief = one.place.narratief_id
    if coder in one.coders and instead is not None:
        coding.replace(session, coder, [narratief], one.code_id, instead)
    elif coder in one.coders:
        coding.remove(session, coder, [narratief], [one.code_id])
    if any(other != coder for other in one.coders):
        session.flush()
        deciding.settle(session, coder, narratief, {one.code_id: False} | ({instead: True} if instead else {}))


def keep(session: Session, coder: int, narratief_ids: Sequence[int], code_id: int) -> int:
    """Say that one looked at a code on narratieven again; returns how many."""
    standing = {narratief: key for key, narratief in session.execute(
        select(Rechecked.id, Rechecked.narratief_id).where(Rechecked.coder_id == coder, Rechecked.code_id == code_id))}
    moment, wanted = now(), list(dict.fromkeys(narratief_ids))
    update_rows(session, Rechecked, {standing[n]: {"made_at": moment} for n in wanted if n in standing})
    insert_rows(session, Rechecked, [{"narratief_id": n, "code_id": code_id, "coder_id": coder, "made_at": moment}
                                     for n in wanted if n not in standing])
    return len(wanted)
