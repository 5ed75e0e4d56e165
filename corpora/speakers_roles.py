"""Which labels are the interviewer's: what they mean, what the legend says, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.speakers_words import INTERVIEWER, RESPONDENT, meaning, split_label


@dataclass(slots=True)
class Voice:
    """How one speaker talks: turns, words, turns with a question, and whether this speaker opens the talk."""

    label: str
    turns: int = 0
    words: int = 0
    asking: int = 0
    opens: bool = False

    @property
    def asks(self) -> float:
        """Share of the turns that hold a question, 0-1."""
        return self.asking / max(1, self.turns)

    @property
    def length(self) -> float:
        """Mean number of words of a turn."""
        return self.words / max(1, self.turns)


def interviewers(voices: dict[str, Voice], told: dict[str, str], may_guess: bool) -> tuple[set[str], bool]:
    """The keys of the interviewer's labels, and whether they were guessed from the way people talk.

    `told` is what form heads and legend say (key → role). Guessing is for talks whose labels say nothing
    (names, initials, A and B) and only where `may_guess`.
    """
    sure = {key for key in voices if told.get(key) == INTERVIEWER}
    sure |= {key for key, voice in voices.items() if key not in told and meaning(voice.label) == (INTERVIEWER, 2)}
    if sure:
        return sure, False
    open_ones = {key: voice for key, voice in voices.items() if told.get(key) != RESPONDENT}
    meant = {key for key, voice in open_ones.items() if meaning(voice.label) == (INTERVIEWER, 1)}
    answered = {key for key, voice in voices.items() if key not in meant and _answers(key, voice, told)}
    alike = len({split_label(voices[key].label)[0] for key in meant}) == 1
    if alike and answered and _plausible(voices, meant):
        return meant, False
    if not may_guess or len(voices) < 2:
        return set(), False
    return _guessed(voices, open_ones), True


def _answers(key: str, voice: Voice, told: dict[str, str]) -> bool:
    return told.get(key) == RESPONDENT or meaning(voice.label)[0] == RESPONDENT


def _plausible(voices: dict[str, Voice], meant: set[str]) -> bool:
    """A label such as V: or Student: is believed unless the others do the asking."""
    asked = max(voices[key].asks for key in meant)
    others = [voice.asks for key, voice in voices.items() if key not in meant]
    return asked >= 0.2 or asked >= max(others)


def _guessed(voices: dict[str, Voice], open_ones: dict[str, Voice]) -> set[str]:
    unsure = {key: voice for key, voice in open_ones.items() if meaning(voice.label) != (RESPONDENT, 2)}
    if not unsure or (len(unsure) == 1 and len(voices) > 1 and next(iter(unsure.values())).asks < 0.2):
        unsure = {key: voice for key, voice in open_ones.items() if voice.asks >= 0.4}
    longest = max(voice.length for voice in voices.values()) or 1.0
    scores = {key: _score(voice, longest) for key, voice in unsure.items()}
    if not scores:
        return set()
    best = max(scores, key=lambda key: scores[key])
    quiet = [voice for key, voice in voices.items() if key != best]
    if scores[best] < 0.1 or voices[best].asks + 0.05 < max(voice.asks for voice in quiet) * 0.6:
        return set()
    more = {key for key, score in scores.items()
            if score >= scores[best] - 0.5 and voices[key].asks >= 0.6 and voices[key].length < longest / 2}
    found = {best} | more
    return found if len(found) < len(voices) else {best}


def _score(voice: Voice, longest: float) -> float:
    role, strength = meaning(voice.label)
    prior = 0.25 * strength * (1 if role == INTERVIEWER else -1 if role == RESPONDENT else 0)
    return 2 * voice.asks - voice.length / longest + 0.4 * voice.opens + prior
