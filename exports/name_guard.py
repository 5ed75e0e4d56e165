"""No name may leave in a report or factsheet: every text that goes in is looked through first, own words included.

Looked for are the names of the key, in every way of writing that replacing knows, and the names by which respondents go
in the project: speakers' labels and descriptions, and respondents' labels, as far as these are names and not roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Code
from corpora import documents, pseudonyms, sentences
from corpora.errors import RefusedError
from corpora.models import Document, Pseudonym, Respondent, RespondentGroup, Speaker
from corpora.naming_lists import key, name_lists
from corpora.naming_words import PARTICLES
from corpora.pseudonym_places import Places
from corpora.speakers_words import NEUTRAL_LABELS, STRONG_INTERVIEWER, STRONG_RESPONDENT, WEAK_RESPONDENT
from exports.paper import Paper

ROLES = STRONG_RESPONDENT | STRONG_INTERVIEWER | WEAK_RESPONDENT | NEUTRAL_LABELS
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True)
class Leak:
    """A name in a document that is about to be written: which, under which heading, in which sentence."""

    name: str
    section: str
    sentence: str


def guarded_names(session: Session) -> list[str]:
    """All names that may not stand in a report or factsheet."""
    found = dict.fromkeys(pseudonyms.known_names(session))
    labels = [name for label in _labels(session) for name in _names_in(label)]
    common = _common(session, {word for name in labels for word in _unknown(name)})
    for name in labels:
        words = [word for word in name.split() if word[0].isupper()]
        if any(_is_given(word) or (word in _unknown(name) and key(word) not in common) for word in words):
            found[name] = None
    return list(found)


def _common(session: Session, words: set[str]) -> set[str]:
    """The words, of those no list knows, that the study uses for something else than a person: in a title, a code or a
    pseudonym, or without a capital in its texts (*de wijkregisseur zei*)."""
    if not words:
        return set()
    columns = (Pseudonym.pseudonym, RespondentGroup.label, Document.title, Code.label)
    texts = [text for column in columns for text in session.scalars(select(column))]
    found = {key(word) for text in texts for word in _WORD.findall(text)}
    wanted = {key(word) for word in words} - found
    lower = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, wanted)))})(?!\w)") if wanted else None
    for document in documents.in_order(session) if lower is not None else ():
        found.update(lower.findall(documents.text_of(session, document)))  # type: ignore[union-attr]
    return found


def _labels(session: Session) -> Iterator[str]:
    """How respondents are called in the project, without the title of their document in front."""
    titles = sorted(session.scalars(select(Document.title)), key=len, reverse=True)
    for label in session.scalars(select(Respondent.label)):
        yield next((label[len(title):] for title in titles if label.startswith(title)), label)
    speakers = select(Speaker.label, Speaker.description).where(Speaker.interviewer.is_(False))
    for label, description in session.execute(speakers):
        yield from (label, description)


def _names_in(label: str) -> Iterator[str]:
    """What may be the names of persons in a label such as «R2: Jan de Boer, wijkteamlid»: the whole and its parts."""
    for piece in re.split(r"[,;:()/\d·–]+|\s-\s", label):
        words = _WORD.findall(piece)
        while words and (_is_role(words[0]) or key(words[0]) in PARTICLES):
            words.pop(0)
        if words and all(_looks_like_name(word) for word in words):
            yield " ".join(words)
            yield from (word for word in words if len(words) > 1 and word[0].isupper())


def _is_role(word: str) -> bool:
    return key(word) in ROLES or len(word) < 3


def _looks_like_name(word: str) -> bool:
    return key(word) in PARTICLES or (word[0].isupper() and not _is_role(word))


def _is_given(word: str) -> bool:
    return key(word) in name_lists().given


def _unknown(name: str) -> set[str]:
    """The words of a name that are in no list of words, places or organisations: family names, names from afar."""
    lists = name_lists()
    return {word for word in name.split() if word[0].isupper() and key(word) not in PARTICLES
            and not (lists.is_word(key(word)) or key(word) in lists.places or key(word) in lists.organisations)}


def leaks(paper: Paper, names: Iterable[str]) -> list[Leak]:
    """Every name that a paper holds, in the order of the text."""
    places, found = Places(names), dict[Leak, None]()
    for section, text in paper.texts():
        for start, end, name in places.find(text):
            found[Leak(name, section, _sentence(text, start, end))] = None
    return list(found)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a stretch, shortened when it is long."""
    begin, stop = next(((a, b) for a, b in sentences.sentences(text) if a <= start < b), (0, len(text)))
    stop = max(stop, end)
    shown = " ".join(text[max(begin, start - 90):min(stop, end + 90)].split())
    return ("…" if begin < start - 90 else "") + shown + ("…" if stop > end + 90 else "")


def require_none(paper: Paper, names: Iterable[str]) -> None:
    """RefusedError when a name stands in a paper; says where, and how many more there are."""
    found = leaks(paper, names)
    if not found:
        return
    first, more = found[0], len(found) - 1
    where = first.section or paper.title
    if more:
        raise RefusedError(
            "«{name}» is a name, and it stands in «{section}»: “{sentence}”. There are {more} more places with a name. "
            "Nothing was written: put a pseudonym or a role in its place, and export again.", name=first.name,
            section=where, sentence=first.sentence, more=more)
    raise RefusedError("«{name}» is a name, and it stands in «{section}»: “{sentence}”. Nothing was written: put a "
                       "pseudonym or a role in its place, and export again.", name=first.name, section=where,
                       sentence=first.sentence)
