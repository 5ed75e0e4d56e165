"""From capitalised words to candidates: which stretch is a name, of what kind, and on what ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpora.naming_kinds import chunk_reading
from corpora.naming_lists import Kind, NameLists, key, name_lists
from corpora.naming_stretch import Ground, Reading
from corpora.naming_tokens import Token, capitalised, gap_kind
from corpora.naming_words import ORGANISATION_HEADS, ORGANISATION_TAILS, PARTICLES, TITLES

__all__ = ["Candidate", "Ground", "candidates"]


@dataclass(frozen=True)
class Candidate:
    """A stretch `text[start:end]` that may be a name."""

    start: int
    end: int
    name: str
    reading: Reading


def candidates(text: str) -> Iterator[Candidate]:
    """All stretches of a text that its capitals, neighbours or the lists make a name."""
    lists = name_lists()
    tokens = list(capitalised(text))
    at = 0
    while at < len(tokens):
        phrase = _phrase(text, tokens[at], lists)
        if phrase:
            end, kind = phrase
            if kind:
                name = text[tokens[at].start:end]
                yield Candidate(tokens[at].start, end, name, Reading(kind, Ground.LISTED))
            at = _after(tokens, at, end)
            continue
        chunk = _chunk(text, tokens, at, lists)
        yield from _read(text, chunk, lists)
        at += len(chunk)


def _after(tokens: list[Token], at: int, end: int) -> int:
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _phrase(text: str, token: Token, lists: NameLists) -> tuple[int, Kind | None] | None:
    """The longest listed phrase that starts here, as (end, kind); kind is None for what is no name."""
    for phrase, kind in lists.phrases.get(token.key, ()):
        end = token.start + len(phrase)
        whole = key(text[token.start:end]) == phrase and not text[end:end + 1].isalnum()
        if whole and _capital_end(text, token.start, end):
            return end, kind
    return None


def _capital_end(text: str, start: int, end: int) -> bool:
    return text[start:end].split(" ")[-1].lstrip("'’")[:1].isupper()


def _chunk(text: str, tokens: list[Token], at: int, lists: NameLists) -> list[Token]:
    """Capitalised words that stand together, with the particles and links between them."""
    chunk = [tokens[at]]
    for token in tokens[at + 1:]:
        gap = gap_kind(text[chunk[-1].end:token.start])
        if not _joins(chunk, token, gap, lists):
            break
        if chunk[0].key not in ORGANISATION_HEADS and _phrase(text, token, lists):
            break
        chunk.append(token)
    return chunk


def _joins(chunk: list[Token], token: Token, gap: str, lists: NameLists) -> bool:
    last = chunk[-1]
    if gap == "initial":
        return last.text.isupper() and len(last.text) <= 2 and not token.first
    if token.first or gap == "none":
        return False
    if gap == "space":
        return True
    if chunk[0].key in ORGANISATION_HEADS:
        return gap != "prepositions" and token.key not in lists.given
    if gap == "prepositions":
        return last.key in lists.given and token.key in lists.surnames
    return gap == "particle" and _names_person(last, lists) and not _belongs_elsewhere(token, lists)


def _belongs_elsewhere(token: Token, lists: NameLists) -> bool:
    """Whether *van X* tells where somebody is from, not what they are called (*Karin van Humanitas*)."""
    if token.key in lists.surnames:
        return False
    elsewhere = (ORGANISATION_HEADS, lists.organisations, lists.places, lists.not_names)
    return token.shouted or any(token.key in listed for listed in elsewhere)


def _names_person(token: Token, lists: NameLists) -> bool:
    named = token.key in lists.given or token.key in ("van", "de", "el", "ben") or len(token.text) == 1
    other = (lists.words, lists.not_names, lists.places, lists.organisations)
    unknown = not any(token.key in listed for listed in other)
    return named or (unknown and not token.shouted)


def _read(text: str, chunk: list[Token], lists: NameLists) -> Iterator[Candidate]:
    """Splits a chunk at what can be no part of a name and reads each part."""
    for part in _parts(chunk, lists):
        reading, begin, end = chunk_reading(text, part, lists)
        if reading is not None:
            yield Candidate(begin, end, text[begin:end], reading)


def _parts(chunk: list[Token], lists: NameLists) -> Iterator[list[Token]]:
    part: list[Token] = []
    for at, token in enumerate(chunk):
        if token.key in ORGANISATION_HEADS and at + 1 < len(chunk) and not part:
            yield chunk[at:]
            return
        if _breaks(token, part, lists):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _breaks(token: Token, part: list[Token], lists: NameLists) -> bool:
    """Whether a word ends a name: a title, a word of the stop list, or an ordinary word that opens the sentence."""
    if part and (part[-1].key in PARTICLES or (part[0].key in lists.given and token.key in lists.surnames)):
        return False
    if part and token.key in ORGANISATION_TAILS:
        return False
    if part and len(part[-1].text) == 1:
        return False
    if (token.key in lists.not_names and token.key not in lists.given) or token.key in TITLES:
        return len(token.text) > 1 or not token.text.isupper()
    return token.first and not part and lists.is_word(token.key) and token.key not in lists.given
