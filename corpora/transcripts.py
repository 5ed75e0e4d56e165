"""Who speaks: a text becomes a transcript of turns, each with its speaker and whether that is the interviewer.

Dutch transcripts show it in many ways, and often in several at once: the interviewer between square brackets (the
method's convention), labels before or inside lines, a legend that explains them, a speaker table, bold questions.
The order here: tables, preamble (title, form heads, legend), labels, brackets; typography only where nothing
else shows who speaks. Values in, values out; linear in the length of the text.
"""

from __future__ import annotations

import re

from corpora.messages import Message, message
from corpora.readers.base import Block, SourceText
from corpora.speakers_brackets import Bracket, brackets_of, questions_of
from corpora.speakers_labels import FORM_KINDS, accepted, heads_of, more_heads
from corpora.speakers_lines import Head, Line, lines_of
from corpora.speakers_preamble import Preamble, preamble_of
from corpora.speakers_roles import Voice, interviewers
from corpora.speakers_tables import TableReading, read_tables
from corpora.speakers_turns import TurnMaker, asides_of
from corpora.speakers_typography import RESPONDENT_NAME, heads_by_style
from corpora.speakers_words import RESPONDENT, label_key, meaning
from corpora.transcript_types import Transcript, Turn

_THE_END = re.compile(r"\W*(?:einde?|end)(?: van)?(?: het| de| dit)?[ -]*(?:interview|opname|gesprek|transcript|"
                      r"transcriptie|bandopname|geluidsopname)?\W*", re.IGNORECASE)
_LONGEST_PREAMBLE = 80
_TALKS = frozenset({"interview", "focusgroep"})


def recognise_text(text: str, kind: str = "interview") -> Transcript:
    """Who speaks in plain text: its lines are its paragraphs; `kind` as in `recognise`."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return recognise(SourceText(text, tuple(blocks)), kind)


def recognise(source: SourceText, kind: str = "interview") -> Transcript:
    """Who speaks in a text that was read from a file.

    `kind` is the kind of document ("interview", "focusgroep", "logboek", "kantelbox", "overig"): a logboek or
    kantelbox has no interviewer unless its labels say so. Turns lie in order, do not overlap, are trimmed and never
    empty; all that is said lies in a turn. A text without any mark is one turn of one speaker. Never fails.
    """
    lines = lines_of(source)
    if not lines:
        return Transcript(source.text, (), {}, source.warnings)
    return _Recognition(source, lines, kind).transcript()


class _Recognition:
    """The steps of one recognition, with what they share."""

    def __init__(self, source: SourceText, lines: list[Line], kind: str) -> None:
        self._source = source
        self._text = source.text
        self._kind = kind
        self._tables = TableReading() if kind in FORM_KINDS else read_tables(source.text, lines)
        self._lines = [line for number, line in enumerate(lines) if number not in self._tables.numbers]
        self._preamble = Preamble()
        self._warnings: list[Message] = []

    def transcript(self) -> Transcript:
        """Reads labels, then brackets, then typography, and cuts the turns."""
        heads = self._labels()
        if self._kind in FORM_KINDS and not heads:
            self._preamble = Preamble()
        brackets = brackets_of(self._text, self._lines) if "[" in self._text or "]" in self._text else []
        heads, asking, questions = self._speakers(heads, brackets)
        asides, heads = asides_of(self._text, questions, brackets, heads)
        outside = self._outside(heads, asides[0].start if asides else len(self._text))
        turns = TurnMaker(self._text, asking, brackets).turns_of(heads, asides, outside)
        self._warn(turns, brackets, questions)
        return Transcript(self._text, tuple(turns), self._described(turns),
                          (*self._source.warnings, *self._warnings))

    def _labels(self) -> list[Head]:
        possible = heads_of(self._text, self._lines)
        self._preamble = preamble_of(self._text, self._lines, possible)
        self._preamble.roles.update(self._tables.roles)
        self._preamble.descriptions.update(self._tables.descriptions)
        chosen = accepted(self._text, self._lines, possible, self._preamble.lines, self._kind)
        chosen = more_heads(self._text, self._lines, chosen)
        return sorted([*chosen, *self._tables.heads], key=lambda head: (head.start, head.end))

    def _speakers(self, heads: list[Head], brackets: list[Bracket]) -> tuple[list[Head], set[str], list[Bracket]]:
        """The heads completed, the keys of the interviewer's labels, and the brackets that are questions."""
        form = self._kind in FORM_KINDS
        free = [] if form else questions_of(self._text, self._lines, brackets, False)
        asking, guessed = self._interviewers(heads, may_guess=not form and len(free) < 2)
        if heads:
            questions = questions_of(self._text, self._lines, brackets, bool(asking)) if free else []
            if guessed and asking:
                self._warn_guess(heads, asking)
            return self._completed(heads, asking, bool(questions)), asking | {"interviewer"}, questions
        if free or form:
            return [], set(), free
        below = [line for number, line in enumerate(self._lines) if number not in self._preamble.lines]
        return heads_by_style(self._text, below), {"interviewer"}, []

    def _interviewers(self, heads: list[Head], may_guess: bool) -> tuple[set[str], bool]:
        voices: dict[str, Voice] = {}
        for at, head in enumerate(heads):
            words = self._text[head.end:heads[at + 1].start if at + 1 < len(heads) else len(self._text)]
            voice = voices.setdefault(head.key, Voice(head.label, opens=not voices))
            voice.turns += 1
            voice.words += words.count(" ") + 1
            voice.asking += "?" in words
        told = {head.key: head.role for head in heads if head.role}
        return interviewers(voices, {**told, **self._preamble.roles}, may_guess)

    def _completed(self, heads: list[Head], asking: set[str], bracketed: bool) -> list[Head]:
        """Adds the speaker that carries no label where only one of the two does."""
        keys = {head.key for head in heads}
        if self._tables.heads:
            return heads
        if keys <= asking:
            return self._with_answers(heads)
        if not asking and not bracketed and all(self._is_respondent(head) for head in heads):
            return self._with_questions(heads)
        return heads

    def _is_respondent(self, head: Head) -> bool:
        return self._preamble.roles.get(head.key) == RESPONDENT or meaning(head.label) == (RESPONDENT, 2)

    def _with_answers(self, heads: list[Head]) -> list[Head]:
        """Only the interviewer is labelled: the paragraphs below a labelled one are the answer."""
        labelled = {head.line for head in heads}
        spoken = {head.line for head in heads if head.end < self._lines[head.line].end}
        added = [_unseen(self._lines[number + 1], number + 1, RESPONDENT_NAME) for number in sorted(spoken)
                 if number + 1 < len(self._lines) and number + 1 not in labelled]
        return sorted([*heads, *added], key=lambda head: (head.start, head.end))

    def _with_questions(self, heads: list[Head]) -> list[Head]:
        """Only the respondent is labelled: a question right above a labelled paragraph is the interviewer's."""
        labelled = {head.line for head in heads}
        above = [number - 1 for number in sorted(labelled) if number and number - 1 not in labelled]
        asked = [number for number in above if self._text[self._lines[number].end - 1] == "?"]
        if len(asked) < 2 or len(asked) * 2 < len(labelled):
            return heads
        added = [_unseen(self._lines[number], number, "Interviewer") for number in above]
        return sorted([*heads, *added], key=lambda head: (head.start, head.end))

    def _outside(self, heads: list[Head], first_aside: int) -> list[tuple[int, int]]:
        """What nobody says: preamble, headings between the turns, cells with time or number, "Einde interview"."""
        found = list(self._tables.outside)
        labelled = {head.line for head in heads}
        found += [(self._lines[number].start, self._lines[number].end) for number in self._preamble.lines]
        if heads:
            found += [(line.start, line.end) for number, line in enumerate(self._lines)
                      if line.heading and number not in labelled]
            found += self._above(min(heads[0].start, first_aside))
        last = self._lines[-1] if self._lines else None
        if last and self._kind not in FORM_KINDS and _THE_END.fullmatch(self._text, last.start, last.end):
            found.append((last.start, last.end))
        return found

    def _above(self, stop: int) -> list[tuple[int, int]]:
        """The lines above the first label are an introduction, unless they are long."""
        above = [(line.start, line.end) for line in self._lines if line.end <= stop]
        words = sum(self._text.count(" ", start, end) + 1 for start, end in above)
        return above if words <= _LONGEST_PREAMBLE else []

    def _described(self, turns: list[Turn]) -> dict[str, str]:
        from_legend = self._preamble.descriptions
        return {turn.speaker: from_legend.get(label_key(turn.speaker), "") for turn in turns}

    def _warn_guess(self, heads: list[Head], asking: set[str]) -> None:
        names = dict.fromkeys(head.label for head in heads if head.key in asking)
        self._warnings.append(message("{who} asks the questions and is taken to be the interviewer. Check this "
                                      "under who speaks.", who=", ".join(names)))

    def _warn(self, turns: list[Turn], brackets: list[Bracket], questions: list[Bracket]) -> None:
        for bracket in [bracket for bracket in brackets if not bracket.closed][:3]:
            words = " ".join(self._text[bracket.start:bracket.start + 40].split())
            self._warnings.append(message("A square bracket has no partner near “{words}”. Check who speaks there.",
                                          words=words))
        if self._kind in _TALKS and len(turns) == 1 and not questions:
            self._warnings.append(message("Nothing in the text shows who speaks; it is taken as the words of one "
                                          "speaker. Mark the turns by hand, or put the interviewer's words in "
                                          "square brackets and import the text again."))


def _unseen(line: Line, number: int, name: str) -> Head:
    return Head(line.start, line.start, name, name.casefold(), ":", number)
