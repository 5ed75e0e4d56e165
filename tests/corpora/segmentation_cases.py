"""Hand-segmented transcripts for the tests of segmentation, and the measure they are judged by.

Each file in `tests/data/segmentation` holds turns; `¦` stands where a person let a narratief begin.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpora.transcript_types import Turn

FOLDER = Path(__file__).parent.parent / "data" / "segmentation"
MARK = "¦"
TOLERANCE_WORDS = 12


@dataclass(frozen=True)
class Case:
    name: str
    part: str
    text: str
    turns: tuple[Turn, ...]
    boundaries: tuple[int, ...]


def cases(part: str | None = None) -> list[Case]:
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return [case for case in found if part in (None, case.part)]


def _read(path: Path) -> Case:
    stored = json.loads(path.read_text(encoding="utf-8"))
    brackets = stored["convention"] == "brackets"
    text, turns, boundaries = "", [], []
    for speaker, words in stored["turns"]:
        interviewer = speaker == "I"
        before = ("[" if interviewer else "") if brackets else f"{speaker}: "
        after = "]" if brackets and interviewer else ""
        start = len(text) + len(before)
        boundaries += [start + at - nth for nth, at in enumerate(_marks(words))]
        plain = words.replace(MARK, "")
        name = "Interviewer" if brackets and interviewer else speaker
        turns.append(Turn(name, interviewer, start, start + len(plain)))
        text += before + plain + after + "\n"
    return Case(path.stem, stored["part"], text, tuple(turns), tuple(b for b in boundaries if b > 5))


def _marks(words: str) -> list[int]:
    return [at for at, character in enumerate(words) if character == MARK]


def rule_boundaries(case: Case) -> list[int]:
    """The simple rule: every interviewer question of six words or more begins a narratief."""
    return [t.start for t in case.turns
            if t.interviewer and "?" in case.text[t.start:t.end] and len(case.text[t.start:t.end].split()) >= 6
            and t.start > 5]


def matches(text: str, expected: list[int], proposed: list[int]) -> int:
    """How many boundaries of two segmentations lie within a dozen words of each other, each used once."""
    places = [[len(text[:at].split()) for at in boundaries] for boundaries in (expected, proposed)]
    left, found = sorted(places[1]), 0
    for place in sorted(places[0]):
        near = next((p for p in left if abs(p - place) <= TOLERANCE_WORDS), None)
        if near is not None:
            left.remove(near)
            found += 1
    return found


def f1(judged: list[tuple[Case, list[int]]]) -> float:
    """The harmonic mean of precision and recall over the boundaries of several transcripts together."""
    hits = sum(matches(case.text, list(case.boundaries), proposed) for case, proposed in judged)
    given = sum(len(case.boundaries) + len(proposed) for case, proposed in judged)
    return 2 * hits / given if given else 1.0
