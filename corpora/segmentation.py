"""Proposes narratieven: manageable yet sufficiently elementary pieces, coherent, with a beginning and a plot.

A proposal, for a person to accept or shift. Every boundary lies at the edge of a sentence and says why it is there.
The words of the interviewer belong to the narratief that they introduce.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp

from corpora import segmentation_questions as questions
from corpora.messages import Message, message
from corpora.segmentation_answers import LEAST_PARAGRAPH, LEAST_WORDS, Sentence, Split, splits
from corpora.segmentation_cohesion import content_lemmas
from corpora.segmentation_cues import CLOSING
from corpora.segmentation_prose import prose_starts
from corpora.sentences import DEFAULT_ABBREVIATIONS, sentences
from corpora.transcript_types import Turn

CONVERSATIONS = frozenset({"interview", "focusgroep"})
_OPENING_TURNS = 12
_LEAST_CLOSING = 12
_LONG_ANSWER = 100


@dataclass(frozen=True)
class Proposal:
    """A proposed narratief `[start, end)` in code points, with the reasons for its beginning.

    `certainty` (0-1) is how surely a narratief begins here. `narratief` is False for a stretch that seems to be no
    narratief: the opening of the conversation (welcome, recording, consent) or its closing.
    """

    start: int
    end: int
    reasons: tuple[Message, ...]
    certainty: float
    narratief: bool = True


@dataclass(frozen=True)
class _Start:
    place: int
    heard: int
    score: float
    reasons: tuple[Message, ...]
    narratief: bool = True


def propose(text: str, turns: Sequence[Turn], *, kind: str = "interview",
            abbreviations: Collection[str] = DEFAULT_ABBREVIATIONS) -> list[Proposal]:
    """Narratieven for a text, in order, not overlapping, together covering everything that is said.

    A narratief starts at the label, time stamp or bracket that introduces its first words, so that it reads as a
    whole, and never inside a sentence. `kind` is that of the document: interviews and focus groups with an
    interviewer are cut by questions and by stories inside long answers, everything else (logboek, kantelbox,
    reports) by headings, fields and paragraphs. An empty text gives an empty list.
    """
    if kind in CONVERSATIONS and any(turn.interviewer for turn in turns):
        starts = _with_answers(text, turns, _question_starts(text, turns), abbreviations)
    else:
        starts = [_Start(s.place, 0, s.score, s.reasons, s.narratief) for s in prose_starts(text, turns, abbreviations)]
    return _proposals(text, starts)


def _proposals(text: str, starts: Sequence[_Start]) -> list[Proposal]:
    ends = [start.place for start in starts[1:]] + [len(text)] if starts else []
    return [Proposal(s.place, s.place + len(text[s.place:end].rstrip()), s.reasons, _certainty(s.score), s.narratief)
            for s, end in zip(starts, ends, strict=True)]


def _certainty(score: float) -> float:
    return round(1 / (1 + exp(-1.5 * score)), 2)


def intro(text: str, turns: Sequence[Turn], nth: int) -> int:
    """Where the label, time stamp or bracket begins that introduces a turn."""
    turn = turns[nth]
    before = turns[nth - 1].end if nth else text.rfind("\n", 0, turn.start) + 1
    gap = text[before:turn.start]
    line = gap.find("\n")
    skipped = line if line >= 0 else len(gap) - len(gap.lstrip("])} \t"))
    return before + skipped + len(gap[skipped:]) - len(gap[skipped:].lstrip())


def _lengths(text: str, turns: Sequence[Turn]) -> list[int]:
    return [len(text[turn.start:turn.end].split()) for turn in turns]


def _question_starts(text: str, turns: Sequence[Turn]) -> list[_Start]:
    """The beginnings that the interviewer makes, from left to right: each looks at the piece so far."""
    lengths = _lengths(text, turns)
    opening, capitals = _opening_end(text, turns), _writes_capitals(text, turns)
    starts = [_first(text, turns, opening)]
    heard = lengths[0]
    known = set(content_lemmas(text[turns[0].start:turns[0].end]))
    for nth in range(1, len(turns)):
        if turns[nth].interviewer and (nth == opening or not turns[nth - 1].interviewer):
            exchange = questions.Exchange(_said_together(text, turns, nth), heard - starts[-1].heard,
                                          _answer(text, turns, lengths, nth), frozenset(known))
            found = _beginning(text, turns, nth, exchange, opening)
            if found is not None and not (capitals and _interrupts(text, turns, nth)):
                starts.append(_Start(intro(text, turns, nth), heard, *found))
                known.clear()
        known.update(content_lemmas(text[turns[nth].start:turns[nth].end]))
        heard += lengths[nth]
    return starts


def _said_together(text: str, turns: Sequence[Turn], nth: int) -> str:
    """The words of an interviewer's turn with those of the interviewer's turns that follow it directly."""
    last = nth
    while last + 1 < len(turns) and turns[last + 1].interviewer:
        last += 1
    return " ".join(text[turn.start:turn.end] for turn in turns[nth:last + 1])


def _first(text: str, turns: Sequence[Turn], opening: int) -> _Start:
    if opening:
        return _Start(intro(text, turns, 0), 0, 1.0, (message("opening of the conversation"),), narratief=False)
    return _Start(intro(text, turns, 0), 0, 2.0, (message("beginning of the text"),))


def _beginning(text: str, turns: Sequence[Turn], nth: int, exchange: questions.Exchange,
               opening: int) -> tuple[float, tuple[Message, ...], bool] | None:
    """Score, reasons and whether a narratief begins with this turn of the interviewer, or None."""
    if nth < opening:
        return None
    if nth == opening:
        return 1.5, (message("first question after the opening"),), True
    if _is_closing(text, turns, nth):
        return 0.5, (message("closing of the conversation"),), False
    score = questions.score(exchange)
    return (score, (message("new question of the interviewer"),), True) if score > 0 else None


def _opening_end(text: str, turns: Sequence[Turn]) -> int:
    """The turn of the first real question, when welcome and consent come before it; else 0."""
    consent = False
    for nth, turn in enumerate(turns[:_OPENING_TURNS]):
        words = text[turn.start:turn.end]
        if not turn.interviewer:
            continue
        last = sentences(words)[-1] if words.strip() else (0, 0)
        asks = questions.is_question(words[last[0]:]) and not questions.is_consent(words[last[0]:])
        if asks and len(questions.content_words(words)) >= questions.SHORT_QUESTION:
            return nth if consent else 0
        consent = consent or questions.is_consent(words)
    return 0


def _is_closing(text: str, turns: Sequence[Turn], nth: int) -> bool:
    """Whether thanks and good-byes begin here, near the end and long enough to be a stretch of their own."""
    if len(turns) - nth > 6 or not CLOSING.search(text[turns[nth].start:turns[nth].end].lower()):
        return False
    return sum(_lengths(text, turns[nth:])) >= _LEAST_CLOSING


def _answer(text: str, turns: Sequence[Turn], lengths: Sequence[int], nth: int) -> int:
    """Words of the respondents until the interviewer asks something again (listening noises do not count as asking),
    counted no further than matters."""
    total = 0
    for later in range(nth + 1, len(turns)):
        words = text[turns[later].start:turns[later].end]
        if not turns[later].interviewer:
            total += lengths[later]
        elif questions.is_question(words) and total:
            break
        if total > _LONG_ANSWER:
            break
    return total


def _interrupts(text: str, turns: Sequence[Turn], nth: int) -> bool:
    """Whether the respondent's sentence runs on through this turn: no full stop before it, a small letter after."""
    if nth + 1 >= len(turns) or turns[nth - 1].interviewer or turns[nth + 1].interviewer:
        return False
    before = text[turns[nth - 1].start:turns[nth - 1].end].rstrip("\"'”’»)] ")
    after = text[turns[nth + 1].start:turns[nth + 1].end].lstrip("\"'“‘«([.…-– ")
    runs_on = before[-1:].isalpha() or before[-1:] == ","
    return runs_on and after[:1].islower()


def _writes_capitals(text: str, turns: Sequence[Turn]) -> bool:
    large = sum(text[turn.start:turn.start + 1].isupper() for turn in turns)
    return large * 2 > len(turns)


def _with_answers(text: str, turns: Sequence[Turn], starts: list[_Start],
                  abbreviations: Collection[str]) -> list[_Start]:
    """The beginnings of the interviewer, with those inside long answers between them."""
    spoken = _respondent_sentences(text, turns, abbreviations)
    total = sum(_lengths(text, turns))
    found: list[_Start] = []
    at = 0
    for nth, start in enumerate(starts):
        last = nth + 1 == len(starts)
        stop, end = (len(text), total) if last else (starts[nth + 1].place, starts[nth + 1].heard)
        until = next((i for i in range(at, len(spoken)) if spoken[i].start >= stop), len(spoken))
        found.append(start)
        if start.narratief:
            found += [_inner(split) for split in splits(spoken[at:until], start.heard, end)]
        at = until
    return found


def _inner(split: Split) -> _Start:
    return _Start(split.place, 0, split.score, split.reasons)


def _respondent_sentences(text: str, turns: Sequence[Turn], abbreviations: Collection[str]) -> list[Sentence]:
    found: list[Sentence] = []
    heard = 0
    for nth, turn in enumerate(turns):
        words = text[turn.start:turn.end]
        if not turn.interviewer:
            found += _sentences_of(text, turns, nth, heard, abbreviations)
        heard += len(words.split())
    return found


def _sentences_of(text: str, turns: Sequence[Turn], nth: int, heard: int,
                  abbreviations: Collection[str]) -> list[Sentence]:
    turn = turns[nth]
    found: list[Sentence] = []
    pieces = sentences(text[turn.start:turn.end], abbreviations)
    wrapped = any("\n" in text[turn.start + start:turn.start + end] for start, end in pieces)
    previous = turns[nth - 1] if nth else None
    voice = previous is not None and not previous.interviewer and previous.speaker != turn.speaker and (
        len(text[turn.start:turn.end].split()) >= LEAST_WORDS)
    again = previous is not None and previous.speaker == turn.speaker
    for start, end in pieces:
        at, words = turn.start + start, text[turn.start + start:turn.start + end]
        fresh = again if not found else not wrapped and "\n" in text[found[-1].end:at]
        fresh = fresh and _paragraph_length(text, at, turn.end) >= LEAST_PARAGRAPH
        place = at if found else intro(text, turns, nth)
        found.append(Sentence(at, turn.start + end, place, heard, words, fresh, voice and not found))
        heard += len(words.split())
    return found


def _paragraph_length(text: str, start: int, end: int) -> int:
    stop = text.find("\n", start, end)
    return len(text[start:stop if stop >= 0 else end].split())
