"""The role that stands under a quote, from who speaks: a respondent group in the singular, never a name."""

from __future__ import annotations

import re
from bisect import bisect_left

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpora.models import Document, Respondent, RespondentGroup, Speaker, Turn

UNKNOWN = "respondent"
INTERVIEWER = "interviewer"
ENDINGS = ((r"leden$", "lid"), (r"lieden$", "man"), (r"(at|it|ct|as|us)oren$", r"\1or"), (r"'s$", ""),
           (r"(ch|sh)es$", r"\1"), (r"([^s])s$", r"\1"), (r"ieën$", "ie"), (r"(ig|er)en$", r"\1e"),
           (r"(bb|dd|ff|gg|kk|ll|mm|nn|pp|rr|ss|tt)en$", r"\1"),
           (r"zen$", "s"), (r"ven$", "f"))
"""Dutch plurals, the first that fits; what stands in its place."""
SHORT = re.compile(r"(.*[^aeiou])([aeou])([bdfgklmnprst])en$")
DOUBLED = re.compile(r"(bb|dd|ff|gg|kk|ll|mm|nn|pp|rr|ss|tt)$")


class RoleFinder:
    """Finds the role of what was said in a stretch of a document; documents are read when first asked about."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._groups = {n: label for n, label in session.execute(select(RespondentGroup.id, RespondentGroup.label))}
        self._turns: dict[int, list[tuple[int, int, bool, int | None]]] = {}

    def role(self, document_id: int, start: int, end: int) -> str:
        """The respondent group of who says most of the stretch, in the singular; else that of the document."""
        turns = self._of(document_id)
        # Turns do not overlap: those that a stretch touches stand together, from the one before its beginning on.
        near = turns[max(0, bisect_left(turns, (start,)) - 1):bisect_left(turns, (end,))]
        spoken = [(min(end, stop) - max(start, begin), is_interviewer, group)
                  for begin, stop, is_interviewer, group in near if begin < end and stop > start]
        if spoken:
            _, is_interviewer, group = max(spoken, key=lambda each: each[0])
            if is_interviewer:
                return INTERVIEWER
            if group in self._groups:
                return singular(self._groups[group])
        own = self._session.get_one(Document, document_id).group_id
        return singular(self._groups[own]) if own in self._groups else UNKNOWN

    def _of(self, document_id: int) -> list[tuple[int, int, bool, int | None]]:
        if document_id not in self._turns:
            found = self._session.execute(
                select(Turn.start, Turn.end, Speaker.interviewer, Respondent.group_id)
                .join(Speaker, Speaker.id == Turn.speaker_id)
                .outerjoin(Respondent, Respondent.id == Speaker.respondent_id)
                .where(Turn.document_id == document_id).order_by(Turn.start))
            self._turns[document_id] = [(a, b, bool(who), group) for a, b, who, group in found]
        return self._turns[document_id]


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
