"""A transcript as value: who says what, where."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpora.messages import Message


@dataclass(frozen=True)
class Turn:
    """What one speaker says without interruption: `text[start:end]` without label, time stamp and the square
    brackets around interviewer text. `speaker` is the label as the transcript gives it ("I", "R1", "Interviewer")
    or a plain name given by the program ("Interviewer", "Respondent"); `seconds` is the time stamp, if any."""

    speaker: str
    interviewer: bool
    start: int
    end: int
    seconds: float | None = None


@dataclass(frozen=True)
class Transcript:
    """A text with its turns in order, not overlapping. `speakers` maps label → description from a legend
    ("R1" → "respondent 1") or an empty string, in order of appearance."""

    text: str
    turns: tuple[Turn, ...]
    speakers: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
