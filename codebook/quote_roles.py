"""The role that stands under a quote, from who speaks: a respondent group in the singular, never a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora.models import Document, Respondent, RespondentGroup, Speaker, Turn
from corpora.store.writing import batched

UNKNOWN = "respondent"
INTERVIEWER = "interviewer"
_Turn = tuple[int, int, bool, int | None]
ENDINGS = ((r"leden$", "lid"), (r"lieden$", "man"), (r"(at|it|ct|as|us)oren$", r"\1or"), (r"'s$", ""),
           (r"(ch|sh)es$", r"\1"), (r"([^s])s$", r"\1"), (r"ieën$", "ie"), (r"(ig|er)en$", r"\1e"),
           (r"(bb|dd|ff|gg|kk|ll|mm|nn|pp|rr|ss|tt)en$", r"\1"),
           (r"zen$", "s"), (r"ven$", "f"))
"""Dutch plurals, the first that fits; what stands in its place."""
SHORT = re.compile(r"(.*[^aeiou])([aeou])([bdfgklmnprst])en$")
DOUBLED = re.compile(r"(bb|dd|ff|gg|kk|ll|mm|nn|pp|rr|ss|tt)$")


class RoleFinder:
    """Finds the role of what was said in a stretch of one of these documents, which are read beforehand."""

    def __init__(self, session: Session, document_ids: Iterable[int]) -> None:
        self._roles: dict[int | None, str] = {
            n: singular(label) for n, label in session.execute(select(RespondentGroup.id, RespondentGroup.label))}
        self._turns: dict[int, list[_Turn]] = {}
        self._own: dict[int, int | None] = {}
        for some in batched(document_ids, 500):
            self._read(session, some)

    def role(self, document_id: int, start: int, end: int) -> str:
        """The respondent group of who says most of the stretch, in the singular; else that of the document."""
        turns = self._turns.get(document_id, [])
        # Turns do not overlap: those that a stretch touches stand together, from the one before its beginning on.
        near = turns[max(0, bisect_left(turns, (start,)) - 1):bisect_left(turns, (end,))]
        spoken = [(min(end, stop) - max(start, begin), is_interviewer, group)
                  for begin, stop, is_interviewer, group in near if begin < end and stop > start]
        if spoken:
            _, is_interviewer, group = max(spoken, key=lambda each: each[0])
            if is_interviewer:
                return INTERVIEWER
            if group in self._roles:
                return self._roles[group]
        return self._roles.get(self._own.get(document_id), UNKNOWN)

    def _read(self, session: Session, document_ids: Sequence[int]) -> None:
        self._own.update((n, group) for n, group in session.execute(
            select(Document.id, Document.group_id).where(Document.id.in_(document_ids))))
        found = session.execute(
            select(Turn.document_id, Turn.start, Turn.end, Speaker.interviewer, Respondent.group_id)
            .join(Speaker, Speaker.id == Turn.speaker_id)
            .outerjoin(Respondent, Respondent.id == Speaker.respondent_id)
            .where(Turn.document_id.in_(document_ids)).order_by(Turn.document_id, Turn.start))
        for number, start, end, is_interviewer, group in found:
            self._turns.setdefault(number, []).append((start, end, bool(is_interviewer), group))


def singular(group: str) -> str:
    """A Dutch plural as one of them: Wijkteamleden → wijkteamlid. A word that is no plural stays as it is."""
    head, gap, last = group.strip().rpartition(" ")
    return (head + gap + _one(last)).lower() if not last.isupper() else group.strip()


def _one(word: str) -> str:
    for ending, instead in ENDINGS:
        if re.search(ending, word, re.IGNORECASE):
            made = re.sub(ending, instead, word, flags=re.IGNORECASE)
            return made[:-1] if DOUBLED.search(made) and word.lower().endswith("en") else made
    short = SHORT.match(word)
    if short:
        return f"{short[1]}{short[2] * 2}{short[3]}"
    return word[:-2] if word.lower().endswith("en") and len(word) > 4 else word
