"""Full text: every text's passages in an index of words, diacritics folded.

The index belongs to a text's hash, not to a document, so undo and redo never leave it behind. It finds the passages
that come into question; where exactly the words stand is read from the passages themselves.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from corpora.errors import UsageError
from corpora.lemmas import forms
from corpora.messages import Message, message
from corpora.models import Document, Narratief

PASSAGE = 2_000
"""A passage ends at the first line end after this many characters, or at a space after twice as many."""


def passages(body: str) -> Iterator[tuple[int, str]]:
    """A text in passages with their offsets; cut at line ends, else at spaces, never inside a word."""
    start = 0
    while start < len(body):
        end = body.find("\n", start + PASSAGE, start + 2 * PASSAGE)
        if end < 0:
            end = body.find(" ", start + 2 * PASSAGE, start + 3 * PASSAGE)
        end = min(start + 3 * PASSAGE, len(body)) if end < 0 else end + 1
        yield start, body[start:end]
        start = end


def add_text(session: Session, key: str, body: str) -> None:
    """Put a text's words in the index under its hash."""
    rows = [{"body": part, "hash": key, "start": start} for start, part in passages(body)]
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO passage_index (body, hash, start) VALUES (:body, :hash, :start)"), rows)
    else:
        # PostgreSQL's index does not fold diacritics by itself.
        connection.execute(text("INSERT INTO passage_index (body, folded, hash, start) "
                                "VALUES (:body, :folded, :hash, :start)"),
                           [{**row, "folded": fold(str(row["body"]))} for row in rows])


def remove_text(session: Session, key: str) -> None:
    """Take a text's words out of the index."""
    session.connection().execute(text("DELETE FROM passage_index WHERE hash = :hash"), {"hash": key})


def purge(session: Session) -> None:
    """Build the index anew from what it still holds, so that no trace of removed words stays in it."""
    if session.connection().dialect.name == "sqlite":
        session.connection().execute(text("INSERT INTO passage_index(passage_index) VALUES ('rebuild')"))


@dataclass(frozen=True)
class Hit:
    """Words found: `[start, end)` in a document's text; `narratief_id` and `nr` when they lie in a narratief that
    counts; `context` is what stands around them, in which they begin at `context_at`."""

    document_id: int
    document: str
    narratief_id: int | None
    nr: int | None
    start: int
    end: int
    text: str
    context: str
    context_at: int = 0


@dataclass(frozen=True)
class Term:
    """A part of a search: `places` finds it in a passage, `asked` asks the index for passages (None: all)."""

    places: Callable[[str], list[tuple[int, int]]]
    asked: str | None


Kind = Literal["word", "phrase", "pattern"]
Report = Callable[[float, float], object]
"""Called now and then with how much is done of how much; what it raises ends the search."""


@dataclass(frozen=True)
class Part:
    """A part of what is searched for, as it was typed, without quotes or slashes."""

    kind: Kind
    text: str


AROUND = 80
"""Characters of context on either side of a hit."""

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|/((?:[^/\\]|\\.)+)/|(\S+)')


class _Folding(dict[int, int]):
    """Each character to its base letter in lower case, one for one, so that offsets stay."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_folding = _Folding()


def fold(body: str) -> str:
    """A text without capitals and diacritics, character for character."""
    return body.lower() if body.isascii() else body.translate(_folding)


def parts_of(words: str) -> list[Part]:
    """What is searched for, part by part."""
    return [Part("phrase", phrase) if phrase else Part("pattern", pattern) if pattern else Part("word", word)
            for phrase, pattern, word in _TERM.findall(words) if phrase or pattern or word]


def find(session: Session, words: str, *, most: int | None = None, report: Report | None = None) -> list[Hit]:
    """Every place where the words stand, in order of title and text. A bare word is found in any inflection, `"…"`
    as literal phrase, `/…/` as regular expression; of several terms all must stand in the same narratief (outside
    narratieven: in the same passage). After `most` places no more passages are read, so that some documents may be
    left out."""
    terms = [term_of(session, *groups) for groups in _TERM.findall(words)]
    if not terms:
        raise UsageError("What should be searched for? Give one or more words.")
    return find_terms(session, terms, most, report)


def find_terms(session: Session, terms: list[Term], most: int | None = None,
               report: Report | None = None) -> list[Hit]:
    """The places of terms that were made with `term_of`, as in `find`."""
    found: list[tuple[Hit, int, tuple[int, int | None, int]]] = []
    known: dict[int, _Pieces] = {}
    passages_read = _passages_with(session, terms)
    for read, (document, start, body) in enumerate(passages_read):
        if report is not None:
            report(read, len(passages_read))
        if most is not None and len(found) >= most:
            break
        places = known.get(document.id) or known.setdefault(document.id, _Pieces(session, document))
        for n, term in enumerate(terms):
            for at, end in term.places(body):
                hit = places.hit(start + at, start + end, body, at, end)
                found.append((hit, n, (document.id, hit.narratief_id, -1 if hit.narratief_id else start)))
    have: dict[tuple[int, int | None, int], set[int]] = {}
    for _, n, unit in found:
        have.setdefault(unit, set()).add(n)
    hits = [hit for hit, _, unit in found if len(have[unit]) == len(terms)]
    return sorted(dict.fromkeys(hits), key=lambda h: (h.document.casefold(), h.document, h.start, h.end))


def narratieven_with(session: Session, words: str, literal: bool) -> list[int]:
    """Narratieven whose text holds a word in any inflected form, or with `literal` a phrase as it stands."""
    term = term_of(session, words, "", "") if literal else term_of(session, "", "", words)
    hits = find_terms(session, [term])
    return sorted({hit.narratief_id for hit in hits if hit.narratief_id is not None})


def term_of(session: Session, phrase: str, pattern: str, word: str) -> Term:
    """A term from its text: a phrase, a regular expression or a word."""
    if phrase:
        return _phrase(phrase)
    if pattern:
        return _pattern(pattern)
    tokens = _WORD.findall(fold(word))
    return _words(session, tokens[0]) if len(tokens) == 1 else _phrase(word)


def _phrase(phrase: str) -> Term:
    tokens = _WORD.findall(fold(phrase))
    if not tokens:
        raise UsageError("«{words}» holds no word to search for.", words=phrase)
    wanted = re.compile(r"(?<!\w)" + r"\s+".join(re.escape(part) for part in fold(phrase).split()) + r"(?!\w)")
    return Term(lambda body: [m.span() for m in wanted.finditer(fold(body))], '"' + " ".join(tokens) + '"')


def _pattern(pattern: str) -> Term:
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise UsageError("The pattern «{pattern}» cannot be read at character {place}: {why}.", pattern=pattern,
                         place=(error.pos or 0) + 1, why=_fault(error.msg)) from error
    return Term(lambda body: [m.span() for m in wanted.finditer(body) if m.end() > m.start()], None)


def _fault(told: str) -> Message:
    """What is wrong with a pattern, where Python says it in English only."""
    faults = {
        "missing )": message("a bracket that opens here is never closed"),
        "unbalanced parenthesis": message("a bracket closes that was never opened"),
        "unterminated character set": message("a [ is never closed with ]"),
        "nothing to repeat": message("before *, + or ? must stand what is to be repeated"),
        "multiple repeat": message("two signs of repetition stand behind each other"),
        "bad escape": message("a backslash stands before something that it does not go with"),
        "bad character range": message("a range in [ ] goes from high to low"),
        "min repeat greater than max": message("the least number of times is greater than the most"),
        "look-behind requires": message("what (?<=…) or (?<!…) looks back at must have a fixed length")}
    return next((said for sign, said in faults.items() if told.startswith(sign)), message("this is no pattern"))


def _words(session: Session, word: str) -> Term:
    wanted = {fold(form) for form in forms(word, vocabulary(session))} | {word}
    asked = " OR ".join(f'"{form}"' for form in sorted(wanted))
    either = "|".join(re.escape(form) for form in sorted(wanted, key=len, reverse=True))
    whole = re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")
    return Term(lambda body: [m.span() for m in whole.finditer(fold(body))], asked)


def vocabulary(session: Session) -> list[str]:
    """Every word of the material, folded."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_words "
                                "USING fts5vocab(main, passage_index, row)"))
        return list(connection.execute(text("SELECT term FROM temp.passage_words")).scalars())
    words = "SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', folded) FROM passage_index')"
    return list(connection.execute(text(words)).scalars())


def _passages_with(session: Session, terms: list[Term]) -> list[tuple[Document, int, str]]:
    in_force: dict[str, list[Document]] = {}
    for document in session.scalars(select(Document).order_by(Document.id)):
        in_force.setdefault(document.content_hash, []).append(document)
    chosen: dict[tuple[str, int], str] = {}
    for asked in dict.fromkeys(term.asked for term in terms):
        chosen |= {(key, start): body for key, start, body in _asked(session, asked)}
    return [(document, start, body) for (key, start), body in sorted(chosen.items())
            for document in in_force.get(key, ())]


def _asked(session: Session, asked: str | None) -> list[tuple[str, int, str]]:
    connection = session.connection()
    if asked is None:
        found = connection.execute(text("SELECT hash, start, body FROM passage_index"))
    elif connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT hash, start, body FROM passage_index WHERE passage_index MATCH :q"),
                                   {"q": asked})
    else:
        found = connection.execute(text("SELECT hash, start, body FROM passage_index "
                                        "WHERE to_tsvector('simple', folded) @@ websearch_to_tsquery('simple', :q)"),
                                   {"q": asked})
    return [(key, int(start), body) for key, start, body in found]


def around(body: str, at: int, until: int) -> tuple[int, int]:
    """Where the context of `[at, until)` begins and ends: whole words, no white space at its edges."""
    left, right = max(0, at - AROUND), min(len(body), until + AROUND)
    before, behind = body[left:at], body[until:right]
    if left and not body[left - 1].isspace():
        before = before[before.find(" ") + 1:]
    if right < len(body) and not body[right].isspace():
        behind = behind[:behind.rfind(" ") + 1] if " " in behind else behind
    return at - len(before.lstrip()), until + len(behind.rstrip())


class _Pieces:
    """Tells in which narratief of a document an offset lies."""

    def __init__(self, session: Session, document: Document) -> None:
        self._document = document
        rows = session.execute(select(Narratief.start, Narratief.end, Narratief.id).where(
            Narratief.document_id == document.id, Narratief.counts).order_by(Narratief.start))
        self._rows = list(rows)
        self._starts = [row[0] for row in self._rows]

    def hit(self, start: int, end: int, body: str, at: int, until: int) -> Hit:
        n = bisect_right(self._starts, start) - 1
        inside = n >= 0 and start < self._rows[n][1]
        left, right = around(body, at, until)
        return Hit(self._document.id, self._document.title, self._rows[n][2] if inside else None,
                   n + 1 if inside else None, start, end, body[at:until],
                   body[left:right], at - left)
