"""The door to spaCy: word tables and named entities for Dutch.

No other module imports spaCy, and this one does so only when a model is installed and asked for names. Nothing
is ever downloaded: the word tables come with spacy-lookups-data, which is MIT-licensed.
The functions are plain and picklable, so that the window runs them in a worker process, with `warm_up` as the
initializer of its `ProcessPoolExecutor`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

from corpora.errors import NarratiefError

ENTITY_MODELS = ("nl_core_news_lg", "nl_core_news_md", "nl_core_news_sm")
_NEEDED = ("lemma_lookup", "lemma_exc", "lemma_index")
_PARTS_OF_SPEECH = ("verb", "noun", "adj")
_LONGEST = 100_000


class LanguageDataError(NarratiefError):
    """The Dutch word tables cannot be read."""


@dataclass(frozen=True)
class WordTables:
    """What is known of Dutch words. `lookup`: form → lemma; `exceptions`: part of speech → form → lemma;
    `index`: part of speech → the lemmas that exist. All in small letters."""

    lookup: Mapping[str, str]
    exceptions: Mapping[str, Mapping[str, str]]
    index: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Entity:
    """A name that a model found: `text[start:end]`, kind `person`, `place` or `organisation`."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=1)
def tables() -> WordTables:
    """The Dutch tables of spaCy's data package, read once per process (0.3 s; through spaCy itself it is 3.5 s).

    Raises `LanguageDataError` when the package is not installed completely.
    """
    try:
        lookup, exceptions, index = (_table(name) for name in _NEEDED)
    except (ImportError, ValueError, OSError) as error:
        raise LanguageDataError(
            "The Dutch word tables cannot be loaded ({reason}). Install Narratief again, with spacy-lookups-data.",
            reason=f"{type(error).__name__}: {error}") from error
    return WordTables(
        lookup=lookup,
        exceptions={pos: {form: found[0] for form, found in exceptions[pos].items()} for pos in _PARTS_OF_SPEECH},
        index={pos: frozenset(index[pos]) for pos in _PARTS_OF_SPEECH})


def _table(name: str) -> dict[str, Any]:
    packed = resources.files("spacy_lookups_data") / "data" / f"nl_{name}.json.gz"
    found: dict[str, Any] = json.loads(gzip.decompress(packed.read_bytes()))
    return found


def warm_up() -> None:
    """Loads the tables; the initializer of a worker process."""
    tables()


@lru_cache(maxsize=1)
def entity_model() -> str | None:
    """The name of the best installed Dutch model that knows names, or None."""
    return next((name for name in ENTITY_MODELS if find_spec(name) is not None), None)


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    name = entity_model()
    if name is None:
        return None
    import spacy
    try:
        return spacy.load(name, disable=["parser", "lemmatizer"])
    except (ImportError, OSError, ValueError):
        return None  # a model made for another spaCy: the rules go on without it


_KINDS = {"PERSON": "person", "PER": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}


def entities(text: str) -> list[Entity]:
    """Names in a text, by an installed Dutch model; an empty list when there is none. Offsets in code points."""
    pipeline = _pipeline()
    if pipeline is None:
        return []
    found: list[Entity] = []
    for start, piece in _pieces(text):
        found += [Entity(start + e.start_char, start + e.end_char, _KINDS[e.label_])
                  for e in pipeline(piece).ents if e.label_ in _KINDS]
    return found


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text in parts that fit a model's memory, cut at line ends where there are any."""
    found: list[tuple[int, str]] = []
    start = 0
    while start < len(text):
        end = min(start + _LONGEST, len(text))
        cut = text.rfind("\n", start, end) + 1 if end < len(text) else end
        end = cut if cut > start else end
        found.append((start, text[start:end]))
        start = end
    return found
