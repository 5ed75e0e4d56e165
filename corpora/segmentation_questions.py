"""Which words of the interviewer begin a narratief.

Each turn of the interviewer gets a score, the sum of a few readable weights: a question of six words or more counts
for a beginning, a follow-up on what was just told against it, new subject words for it, a crumb before or after
against it. Above zero a narratief begins. A wrong boundary and a missed one cost about the same, so zero is meant
to lie where a person would cut in half of the cases.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpora import segmentation_cues as cues
from corpora.segmentation_cohesion import content_lemmas

LONG_QUESTION = 6
SHORT_QUESTION = 4


@dataclass(frozen=True)
class Exchange:
    """An interviewer's turn with what stands around it; lengths in words.

    `words`: the turn as said; `before`: length of the piece so far; `answer`: what the respondents say until the
    interviewer's next question; `known`: content lemmas of the piece so far.
    """

    words: str
    before: int
    answer: int
    known: frozenset[str]


def is_backchannel(words: str) -> bool:
    """Whether the interviewer only shows to be listening: `Hm hm.`, `Ja, precies.`, `Oké, dat snap ik.`"""
    spoken = content_words(words)
    return "?" not in words and len(spoken) <= 8 and all(word in cues.BACKCHANNEL_WORDS for word in spoken)


def content_words(words: str) -> list[str]:
    return [w for w in (word.strip(".,!?…:;-–'\"“”‘’()[]").lower() for word in words.split()) if w]


def is_question(words: str) -> bool:
    """Whether the interviewer asks something, by question mark or by invitation (`Vertel eens …`)."""
    return "?" in words or cues.ANNOUNCES.search(words.lower()) is not None


def is_consent(words: str) -> bool:
    """Whether the words belong to the opening of the conversation: welcome, recording, consent, anonymity."""
    return cues.CONSENT.search(words.lower()) is not None


def score(exchange: Exchange) -> float:
    """How much speaks for a beginning here: above zero a narratief begins."""
    if is_backchannel(exchange.words):
        return -3.0
    return (_form(exchange.words) + _bond(exchange) + _room(exchange))


def _form(words: str) -> float:
    """Length and kind of the utterance."""
    length = len(content_words(words))
    if not is_question(words):
        return -0.6 if length > LONG_QUESTION else -2.5
    return 1.2 if length >= LONG_QUESTION else 0.1 if length >= SHORT_QUESTION else -0.6


def _bond(exchange: Exchange) -> float:
    """Whether the question turns to something new or goes on about what was told."""
    lowered = exchange.words.lower()
    new = [word for word in dict.fromkeys(content_lemmas(lowered)) if word not in exchange.known]
    value = min(len(new), 3) * 0.3 - (0.4 if not new else 0.0)
    if cues.TOPIC.search(lowered):
        value += 0.7
    if cues.MIRROR.search(lowered):
        value -= 1.5
    if cues.FOLLOW_UP.search(lowered):
        value -= 1.2
    elif cues.REFERRING.search(lowered):
        value -= 0.7 + (0.4 if cues.JUST_TOLD.search(lowered) else 0.0)
    return value


def _room(exchange: Exchange) -> float:
    """Whether both sides are long enough to stand by themselves."""
    before, after = exchange.before, exchange.answer
    value = -1.2 if before < 12 else -0.4 if before < 30 else 0.3 if before > 120 else 0.0
    return value + (-1.6 if after < 12 else -0.9 if after < 25 else 0.4 if after > 60 else 0.0)
