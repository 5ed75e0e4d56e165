"""From marks in a text (labels, brackets, what is not speech) to turns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpora.speakers_brackets import Bracket
from corpora.speakers_lines import SURE_STAMP, Head, seconds_of, trimmed
from corpora.speakers_typography import INTERVIEWER_NAME, RESPONDENT_NAME
from corpora.transcript_types import Turn

_LEAD_STAMP = re.compile(rf"(?:{SURE_STAMP})\s*")
_TAIL_STAMP = re.compile(rf"\s*(?:{SURE_STAMP})$")
_NOTES_ONLY = re.compile(r"(?:\[[^\[\]]{0,200}\][\W_]*)+")
_TAIL_REACH = 40
_MARKS = "*_|"


@dataclass(frozen=True, slots=True)
class Aside:
    """Words of another speaker between brackets, after which the first goes on: `[start, end)` with brackets."""

    start: int
    end: int
    inner: tuple[int, int]
    head: Head | None = None


def asides_of(text: str, questions: list[Bracket], brackets: list[Bracket], heads: list[Head],
              ) -> tuple[list[Aside], list[Head]]:
    """Bracketed questions and brackets with a label inside ("[I: en toen?]", "(Interviewer: ja)"), and the heads
    that are left to begin turns."""
    labelled: list[Aside] = []
    rest: list[Head] = []
    starts = {bracket.start: bracket for bracket in brackets}
    for head in heads:
        found = _around(text, head, starts)
        if found:
            labelled.append(found)
        else:
            rest.append(head)
    taken = [(aside.start, aside.end) for aside in labelled] + [(head.start, head.end) for head in rest]
    plain = [Aside(found.start, found.end, found.inner) for found in _clear(questions, sorted(taken))]
    return sorted([*labelled, *plain], key=lambda aside: aside.start), rest


def _around(text: str, head: Head, starts: dict[int, Bracket]) -> Aside | None:
    at = head.start if text[head.start] in "[(" else head.start - 1
    bracket = starts.get(at)
    if bracket is not None:
        inside = bracket.closed and bracket.end > head.end
        return Aside(at, bracket.end, (head.end, bracket.inner[1]), head) if inside else None
    if at < 0 or text[at] != "(":
        return None
    stop = text.find(")", head.end, head.end + 400)
    if stop < 0 or ")" in text[at:head.end] or "\n" in text[head.end:stop]:
        return None
    return Aside(at, stop + 1, trimmed(text, head.end, stop), head)


def _clear(questions: list[Bracket], taken: list[tuple[int, int]]) -> list[Bracket]:
    """The brackets that do not lie inside one of the taken stretches; both in order."""
    found: list[Bracket] = []
    at = 0
    for question in questions:
        while at < len(taken) and taken[at][1] <= question.start:
            at += 1
        if at == len(taken) or taken[at][0] > question.start:
            found.append(question)
    return found


class TurnMaker:
    """Walks through a text once and cuts it into turns."""

    def __init__(self, text: str, interviewers: set[str], brackets: list[Bracket]) -> None:
        self._text = text
        self._interviewers = interviewers
        self._brackets = {bracket.start: bracket for bracket in brackets}
        self._asker = INTERVIEWER_NAME
        self._names: dict[str, str] = {}
        self.turns: list[Turn] = []

    def turns_of(self, heads: list[Head], asides: list[Aside], outside: list[tuple[int, int]]) -> list[Turn]:
        """The turns in order. `outside` are stretches that nobody says."""
        self._learn_names(heads)
        speaker: Head | None = None
        position = 0
        marks: list[tuple[int, int, Head | Aside | None]] = [(head.start, head.end, head) for head in heads]
        marks += [(aside.start, aside.end, aside) for aside in asides]
        marks += [(start, end, None) for start, end in outside]
        fresh = True
        for start, end, mark in sorted(marks, key=lambda mark: mark[:2]):
            if start < position or (isinstance(mark, Aside) and self._own_words(speaker, mark)):
                continue
            self._say(speaker, position, start, fresh)
            if isinstance(mark, Aside):
                self._ask(mark)
            elif mark is not None:
                speaker = mark
            fresh = mark is speaker
            position = end
        self._say(speaker, position, len(self._text), fresh)
        return self.turns

    def _learn_names(self, heads: list[Head]) -> None:
        for head in heads:
            self._names.setdefault(head.key, head.label)
        asking = [name for key, name in self._names.items() if key in self._interviewers]
        if len(asking) == 1:
            self._asker = asking[0]

    def _own_words(self, speaker: Head | None, aside: Aside) -> bool:
        """A bracket in the interviewer's own turn changes no speaker."""
        return aside.head is None and speaker is not None and speaker.key in self._interviewers

    def _ask(self, aside: Aside) -> None:
        if aside.head is not None:
            self._say(aside.head, *aside.inner, True)
            return
        start, end, seconds = self._bare(*aside.inner)
        if start < end:
            self.turns.append(Turn(self._asker, True, start, end, seconds))

    def _say(self, speaker: Head | None, start: int, end: int, fresh: bool) -> None:
        """Adds a turn, if anything is said in the stretch. `fresh`: the label stands right before it."""
        start, end, seconds = self._bare(start, end)
        labelled = speaker is not None and speaker.end > speaker.start and fresh
        if not labelled:
            start = self._without_sentence_end(start, end)
            if _NOTES_ONLY.fullmatch(self._text[start:end] if end - start < 400 else ""):
                return
        asking = speaker is not None and speaker.key in self._interviewers
        whole = self._brackets.get(start)
        if asking and whole is not None and whole.end == end:
            start, end = whole.inner
        if start >= end or not any(char.isalnum() for char in self._text[start:end]):
            return
        if fresh and speaker is not None and speaker.seconds is not None:
            seconds = speaker.seconds
        name = self._names.get(speaker.key, speaker.label) if speaker else RESPONDENT_NAME
        self.turns.append(Turn(name, asking, start, end, seconds))

    def _bare(self, start: int, end: int) -> tuple[int, int, float | None]:
        """The stretch without white space, typographic marks and time stamps at its ends."""
        seconds: float | None = None
        while True:
            before = start, end
            start, end = trimmed(self._text, start, end)
            lead = _LEAD_STAMP.match(self._text, start, end)
            if lead:
                seconds = seconds_of(lead.group()) if seconds is None else seconds
                start = lead.end()
            tail = _TAIL_STAMP.search(self._text, max(start, end - _TAIL_REACH), end)
            end = tail.start() if tail else end
            while start < end and self._text[start] in _MARKS:
                start += 1
            while end > start and self._text[end - 1] in _MARKS:
                end -= 1
            if (start, end) == before:
                return start, end, seconds

    def _without_sentence_end(self, start: int, end: int) -> int:
        """What follows a bracket may begin with the full stop of the sentence before it."""
        if start > 0 and self._text[start - 1] in "])":
            while start < end and (self._text[start] in ".,;:!?" or self._text[start].isspace()):
                start += 1
        return start
