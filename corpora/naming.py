"""Names in transcripts: which words are probably a person, a place or an organisation, and where given names stand.

Suggesting is for a researcher who accepts or rejects; nothing is replaced here. The rules, the lists and what is
left alone on purpose (countries, national bodies, laws, brands) are told in docs/decisions/0005-names.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase

from corpora.messages import Message, message
from corpora.naming_candidates import Candidate, candidates
from corpora.naming_lists import Kind, key, name_lists
from corpora.naming_search import NameIndex, find_names
from corpora.naming_stretch import Ground, Reading
from corpora.naming_tokens import WORD, opens_sentence, word_after
from corpora.naming_words import PARTICLES, word_set

__all__ = ["Kind", "Suggestion", "find_names", "propose_pseudonym", "suggest"]

KINDS: tuple[Kind, ...] = ("persoon", "plaats", "organisatie")
Span = tuple[int, int]


@dataclass(frozen=True)
class Suggestion:
    """A probable name. `documents` are the keys of the texts that hold it, `spans` where, in code points, half-open;
    `certainty` runs from 0 to 1; `count` is the number of spans."""

    name: str
    kind: Kind
    count: int
    documents: tuple[str, ...]
    spans: dict[str, tuple[Span, ...]]
    certainty: float
    why: Message


@dataclass
class _Evidence:
    kinds: Counter[Kind] = field(default_factory=Counter)
    grounds: set[Ground] = field(default_factory=set)

    def add(self, reading: Reading) -> None:
        self.kinds[reading.kind] += round(reading.ground.value * 100)
        self.grounds.add(reading.ground)


def suggest(texts: Mapping[str, str], *, ignored: Collection[str] = (),
            known: Collection[str] = ()) -> list[Suggestion]:
    """The names that the texts (title → text) probably hold, by kind and then by name.

    A full name and the first name that is used alone are two suggestions, since both must be replaced. `ignored` holds
    words that the researcher rejected and pseudonyms; `known` the names of the key, which are suggested wherever they
    still stand, with certainty 1.
    """
    evidence = _evidence(texts)
    skipped = {key(word) for word in ignored}
    names = [name for name in evidence if key(name) not in skipped]
    names += [part for part in _parts_alone(texts, evidence, names) if key(part) not in skipped]
    spans = _spans(texts, {*names, *known}, ignored)
    known_keys = {key(name) for name in known}
    found = [_suggestion(name, evidence.get(name), spans[name], key(name) in known_keys) for name in sorted(spans)]
    return sorted(found, key=lambda s: (KINDS.index(s.kind), s.name.casefold(), s.name))


def propose_pseudonym(name: str, kind: Kind, taken: Collection[str]) -> str:
    """A neutral pseudonym that is not taken yet: *Persoon A*, *Plaats B* … *Persoon AA*.

    It tells nothing of origin or gender and cannot be mistaken for a real name or, with square brackets, for the
    interviewer's words. The same name gets the same proposal as long as `taken` is the same.
    """
    used = {key(word) for word in taken} | {key(name)}
    label = {"persoon": "Persoon", "plaats": "Plaats", "organisatie": "Organisatie"}[kind]
    number = 1
    while key(f"{label} {_letters(number)}") in used:
        number += 1
    return f"{label} {_letters(number)}"


def _letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA, as the columns of a sheet."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = ascii_uppercase[rest] + found
    return found


def _evidence(texts: Mapping[str, str]) -> dict[str, _Evidence]:
    """All names that a rule took for one, with what speaks for them."""
    found: dict[str, _Evidence] = {}
    ordinary = _lower_case_words(texts.values())
    for text in texts.values():
        for candidate in [*candidates(text), *_from_model(text), *_after_title(text)]:
            if not _mere_word(candidate, ordinary):
                name = re.sub(r"\s+", " ", candidate.name)
                found.setdefault(name, _Evidence()).add(candidate.reading)
    return _one_spelling(found)


def _parts_alone(texts: Mapping[str, str], evidence: dict[str, _Evidence],
                 names: Collection[str]) -> list[str]:
    """Parts of full names, where they stand alone inside a sentence (*Piet Kramer*, later *Kramer*)."""
    parts: set[str] = set()
    for name in names:
        if " " in name and evidence[name].kinds.most_common(1)[0][0] == "persoon":
            first, _, rest = name.partition(" ")
            parts |= {p for p in (first, rest) if p[-1].islower() and key(p) not in PARTICLES and len(p) > 2}
    parts -= set(names)
    index = NameIndex({*names, *parts})
    found = {name for text in texts.values() for start, _, name in index.find(text)
             if name in parts and (not opens_sentence(text, start) or _acts(text, start, name))}
    return sorted(found)


_PRONOUNS = word_set("je jij u ik we wij hij ze zij jullie het er de een dat dit men")


def _acts(text: str, start: int, name: str) -> bool:
    """Whether a known first name that opens a sentence is one there too (*Wil je …* is not)."""
    after = word_after(text, start + len(name))
    return key(name) in name_lists().given and bool(after) and after not in _PRONOUNS


def _one_spelling(found: dict[str, _Evidence]) -> dict[str, _Evidence]:
    """Names that differ only in the case of a particle (*de Vries*, *De Vries*) are one."""
    chosen: dict[str, str] = {}
    for name in sorted(found, key=lambda n: -sum(found[n].kinds.values())):
        main = chosen.setdefault(key(name), name)
        if main != name:
            found[main].kinds.update(found[name].kinds)
            found[main].grounds |= found[name].grounds
    return {name: found[name] for name in chosen.values()}


def _lower_case_words(texts: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for text in texts:
        words.update(w for w in set(WORD.findall(text)) if w[0].islower())
    return words


def _mere_word(candidate: Candidate, ordinary: set[str]) -> bool:
    """A bare capital says nothing when the same texts write the word without one."""
    return candidate.reading.ground in (Ground.CAPITAL, Ground.OPENING) and key(candidate.name) in ordinary


_TITLE_LOWER = re.compile(
    rf"(?<!\w)(?:meneer|mevrouw|dhr\.?|mw\.?|mevr\.?) "
    rf"(?P<name>(?:(?:{'|'.join(sorted(PARTICLES))}) )*[a-zà-ÿ][\w-]{{2,}})",
    re.IGNORECASE)


def _after_title(text: str) -> list[Candidate]:
    """Known surnames that were typed without a capital: *meneer jansen*."""
    lists, found = name_lists(), []
    for match in _TITLE_LOWER.finditer(text):
        last = match["name"].split(" ")[-1]
        spaced = " " in match["name"]
        if last[0].islower() and key(match["name"]) in lists.families and (spaced or not lists.is_word(last)):
            found.append(Candidate(*match.span("name"), match["name"], Reading("persoon", Ground.TITLED)))
    return found


def _from_model(text: str) -> list[Candidate]:
    """What an installed Dutch model takes for a name, where a capital says so too; nothing without a model."""
    from corpora import language
    if language.entity_model() is None:
        return []
    kinds: dict[str, Kind] = {"person": "persoon", "place": "plaats", "organisation": "organisatie"}
    lists, found = name_lists(), []
    for entity in language.entities(text):
        name = text[entity.start:entity.end]
        word = key(name)
        if name[:1].isupper() and not name.isupper() and "\n" not in name and word not in lists.words | lists.not_names:
            found.append(Candidate(entity.start, entity.end, name, Reading(kinds[entity.kind], Ground.CAPITAL)))
    return found


def _spans(texts: Mapping[str, str], names: Collection[str],
           ignored: Collection[str]) -> dict[str, dict[str, tuple[Span, ...]]]:
    """Name → title → spans; what lies inside an ignored phrase does not count."""
    found: dict[str, dict[str, list[Span]]] = {}
    silent = {word for word in ignored if " " in word}
    index = NameIndex({*names, *silent})
    for title, text in texts.items():
        for start, end, name in index.find(text):
            if name not in silent:
                found.setdefault(name, {}).setdefault(title, []).append((start, end))
    return {name: {title: tuple(spans) for title, spans in per.items()} for name, per in found.items()}


def _suggestion(name: str, evidence: _Evidence | None, spans: dict[str, tuple[Span, ...]], known: bool) -> Suggestion:
    count = sum(len(per) for per in spans.values())
    kind: Kind = evidence.kinds.most_common(1)[0][0] if evidence else "persoon"
    ground = max(evidence.grounds, key=lambda g: g.value) if evidence else Ground.LISTED
    certainty = 1.0 if known else round(min(0.99, ground.value + 0.02 * (count - 1)), 2)
    return Suggestion(name, kind, count, tuple(sorted(spans)), spans, certainty, _why(ground, known))


def _why(ground: Ground, known: bool) -> Message:
    if known:
        return message("This name is in the key already.")
    return {
        Ground.TITLED: message("A title or form of address stands before it."),
        Ground.FULL: message("It has the form of a first name with a surname."),
        Ground.LISTED: message("It is in the list of names."),
        Ground.CUED: message("The words before it announce a name."),
        Ground.FORM: message("It has the form of a street, neighbourhood or organisation."),
        Ground.CAPITAL: message("It has a capital in the middle of a sentence."),
        Ground.OPENING: message("It begins a sentence as a person does."),
    }[ground]
