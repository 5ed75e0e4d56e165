"""Large projects for measuring: Dutch-like interviews, cut and coded by chance, the same for the same seed.

    python -m workbench.generate OUT.narratief --narratieven 100000 --codes 60 --seed 1

The words come from a chain over the sample study, so that they look Dutch and are as frequent as in speech. Codes are
as frequent as codes are: a few everywhere, many rare (Zipf), one to three per facet and coder.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook import codes, coding, founding
from codebook.models import Code, Coding, NotMentioned
from corpora import search
from corpora.documents import group_id, text_hash
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.models import Document, Narratief, Respondent, Speaker, TextContent, Turn
from corpora.readers import read
from corpora.store.base import now
from corpora.store.writing import insert_rows
from workbench.demo import SAMPLES

PER_DOCUMENT = 40
STEP = 10_000
"""Narratieven per document, and per step: what one transaction holds in memory."""
GROUPS = ("Managers", "Facilitators", "Leercoaches", "Wijkteamleden")
CODERS = ("Noor", "Sem", "Yara", "Bo")
SECOND_SHARE = 0.3
"""Share of the narratieven that a second coder codes too."""
HOW_MANY = (0.55, 0.33, 0.12)
"""Chances of one, two, three codes in a facet."""
SENTENCES = 20_000
"""Different sentences in a project."""
ABSENT_SHARE = 0.03
"""Chance that a facet is *niet genoemd*."""


class Words:
    """Dutch-like sentences: a store of them, made by a chain of word pairs over the sample study."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._next: dict[str, list[str]] = {}
        self._first: list[str] = []
        for path in sorted(SAMPLES.iterdir()):
            if path.suffix in (".txt", ".md", ".rtf"):
                self._learn([word for word in read(path).text.split() if not word.endswith(":")])
        self._sentences = [self._sentence() for _ in range(SENTENCES)]

    def _learn(self, words: Sequence[str]) -> None:
        before = "."
        for word in words:
            if before[-1] in ".?!":
                self._first.append(word)
            else:
                self._next.setdefault(before, []).append(word)
            before = word

    def _sentence(self) -> tuple[str, int]:
        said = [self.random.choice(self._first)]
        while said[-1][-1] not in ".?!":
            said.append(self.random.choice(self._next.get(said[-1], self._first)))
        return " ".join(said), len(said)

    def words(self, least: int) -> str:
        """Whole sentences of at least this many words together."""
        said: list[str] = []
        long, chance = 0, self.random.random
        while long < least:
            sentence, words = self._sentences[int(chance() * SENTENCES)]
            said.append(sentence)
            long += words
        return " ".join(said)


@dataclass
class Interview:
    """A text with its turns (interviewer, start, end) and narratieven (start, end)."""

    text: str
    turns: list[tuple[bool, int, int]]
    pieces: list[tuple[int, int]]


def interview(words: Words, narratieven: int) -> Interview:
    """A conversation in which every answer is a narratief."""
    lines: list[str] = []
    turns: list[tuple[bool, int, int]] = []
    pieces: list[tuple[int, int]] = []
    at = 0
    for _ in range(narratieven):
        begin = at
        for interviewer, least in ((True, 4), (False, words.random.randint(20, 90))):
            said = words.words(least)
            lines.append(("I: " if interviewer else "R: ") + said)
            turns.append((interviewer, at + 3, at + 3 + len(said)))
            at += 3 + len(said) + 1
        pieces.append((begin, at - 1))
    return Interview("\n".join(lines), turns, pieces)


class Chances:
    """Which codes narratieven get."""

    def __init__(self, code_ids: dict[int, list[int]], seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._facets = {facet: (np.array(ids), self._weights(len(ids))) for facet, ids in code_ids.items()}

    def _weights(self, n: int) -> NDArray[np.float64]:
        weights = 1 / np.arange(1, n + 1)
        return np.log(self._random.permutation(weights / weights.sum()))

    def codings(self, narratief_ids: NDArray[np.int64]) -> Iterator[tuple[int, int | None, int]]:
        """(narratief, code, facet), the code None for *niet genoemd*."""
        for facet, (ids, weights) in self._facets.items():
            # The k largest of log weight + Gumbel noise are k codes drawn without putting back.
            noise = self._random.gumbel(size=(narratief_ids.size, ids.size)) + weights
            ranked = np.argsort(-noise, axis=1)
            many = self._random.choice(3, size=narratief_ids.size, p=HOW_MANY) + 1
            many[self._random.random(narratief_ids.size) < ABSENT_SHARE] = 0
            for narratief, order, k in zip(narratief_ids.tolist(), ids[ranked[:, :3]].tolist(), many.tolist(),
                                           strict=True):
                if k == 0:
                    yield narratief, None, facet
                for code in order[:k]:
                    yield narratief, code, facet

    def some(self, narratief_ids: NDArray[np.int64], share: float) -> NDArray[np.int64]:
        """A share of the narratieven."""
        found: NDArray[np.int64] = narratief_ids[self._random.random(narratief_ids.size) < share]
        return found


def generate(place: str | Path, narratieven: int, *, code_count: int = 60, coders: int = 3, seed: int = 1) -> None:
    """Write a project of this many narratieven; never overwrites."""
    project = founding.found(place, author="Generator", title="Generated")
    try:
        code_ids, coder_ids = project.step(message("Prepare"), _prepare, code_count, coders)
        words, chances = Words(seed), Chances(code_ids, seed)
        for first in range(0, narratieven, STEP):
            project.step(message("Generate narratieven from {n}", n=first + 1), _some, words, chances, coder_ids,
                         first, min(STEP, narratieven - first))
    finally:
        project.close()


def _prepare(session: Session, code_count: int, coders: int) -> tuple[dict[int, list[int]], list[int]]:
    facets = codes.facets(session)
    have = len(codes.entries(session))
    for n in range(have + 1, code_count + 1):
        codes.add(session, facets[0].id, f"Thema {n}")
    found: dict[int, list[int]] = {}
    for number, facet in session.execute(select(Code.id, Code.facet_id).order_by(Code.id)):
        found.setdefault(facet, []).append(number)
    for label in GROUPS:
        group_id(session, label)
    return found, [coding.coder_id(session, name) for name in CODERS[:coders]]


def _some(session: Session, words: Words, chances: Chances, coders: Sequence[int], first: int, n: int) -> None:
    made = [interview(words, min(PER_DOCUMENT, n - k)) for k in range(0, n, PER_DOCUMENT)]
    numbers = _documents(session, made, first // PER_DOCUMENT)
    pieces = _cut(session, made, numbers)
    _code(session, chances, coders, np.array(pieces, dtype=np.int64))


def _documents(session: Session, made: Sequence[Interview], before: int) -> list[int]:
    rows = []
    for n, one in enumerate(made, before + 1):
        key = text_hash(one.text)
        session.add(TextContent(hash=key, body=one.text, length=len(one.text), words=len(one.text.split())))
        search.add_text(session, key, one.text)
        rows.append({"title": f"Interview {n}", "kind": "interview", "content_hash": key, "source_hash": key,
                     "group_id": group_id(session, GROUPS[n % len(GROUPS)]), "file_name": "", "uuid": _uuid(key)})
    return insert_rows(session, Document, rows)


def _uuid(key: str) -> UUID:
    return UUID(key[:32])


def _cut(session: Session, made: Sequence[Interview], numbers: Sequence[int]) -> list[int]:
    people = insert_rows(session, Respondent, [{"label": f"R {n}", "group_id": None} for n in numbers])
    asking = insert_rows(session, Speaker, [{"document_id": d, "label": "I", "interviewer": True,
                                             "respondent_id": None} for d in numbers])
    telling = insert_rows(session, Speaker, [{"document_id": d, "label": "R", "interviewer": False, "respondent_id": r}
                                             for d, r in zip(numbers, people, strict=True)])
    turns: list[dict[str, Any]] = []
    pieces: list[dict[str, Any]] = []
    for d, i, r, one in zip(numbers, asking, telling, made, strict=True):
        turns += [{"document_id": d, "speaker_id": i if interviewer else r, "start": start, "end": end,
                   "seconds": None} for interviewer, start, end in one.turns]
        pieces += [{"document_id": d, "start": start, "end": end, "counts": True, "proposed": False,
                    "certainty": None, "reason": ""} for start, end in one.pieces]
    insert_rows(session, Turn, turns)
    return insert_rows(session, Narratief, pieces)


def _code(session: Session, chances: Chances, coders: Sequence[int], ids: NDArray[np.int64]) -> None:
    """Every coder has documents of their own; a share is coded by the next coder too."""
    moment = now()
    given: list[dict[str, Any]] = []
    absent: list[dict[str, Any]] = []
    for n, coder in enumerate(coders):
        own = ids[(np.arange(ids.size) // PER_DOCUMENT) % len(coders) == n]
        after = (n + 1) % len(coders)
        second = [(chances.some(own, SECOND_SHARE), coders[after])] if after != n else []
        for some, who in [(own, coder), *second]:
            for narratief, code, facet in chances.codings(some):
                place = {"narratief_id": narratief, "coder_id": who, "made_at": moment}
                if code is None:
                    absent.append({**place, "facet_id": facet, "reason": ""})
                else:
                    given.append({**place, "code_id": code})
    insert_rows(session, Coding, given)
    insert_rows(session, NotMentioned, absent)


def main() -> int:
    """Read the options and write the project."""
    parser = argparse.ArgumentParser(prog="python -m workbench.generate", description="A large project to measure.")
    parser.add_argument("project")
    parser.add_argument("--narratieven", type=int, default=1_348)
    parser.add_argument("--codes", type=int, default=60)
    parser.add_argument("--coders", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        generate(options.project, options.narratieven, code_count=options.codes, coders=options.coders,
                 seed=options.seed)
    except NarratiefError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
