"""The rules that read a stretch of capitalised words as a person, a place or an organisation, or as nothing.

Each rule answers a `Reading`, `REFUSED` (surely no name) or None (the next rule may know). Their order is their weight:
what the sentence says (a title, *heet*, *stichting*) goes before the lists, the lists before a bare capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpora.naming_lists import Kind, NameLists, key
from corpora.naming_stretch import Ground, Reading, Stretch, bare, is_given, without_ending
from corpora.naming_tokens import Token, words_before
from corpora.naming_words import (
    ARTICLES,
    AT,
    CALLED,
    DEMONYM_ENDINGS,
    DETERMINERS,
    EVERYDAY_ENDINGS,
    KINDS_OF_DISTRICT,
    LOCATIVE,
    OLD_AND_NEW,
    ORGANISATION_CUES,
    ORGANISATION_HEADS,
    ORGANISATION_TAILS,
    PARTICLES,
    PERSON_SPEAKS,
    PLACE_CUES,
    RELATIONS,
    ROYAL,
    STREET,
    STREET_TITLES,
    SURNAME_TITLES,
    TITLES,
    TOPOGRAPHIC,
)


class _Refused:
    """The answer of a rule that is sure there is no name."""


REFUSED = _Refused()
Answer = Reading | _Refused | None


def chunk_reading(text: str, tokens: list[Token], lists: NameLists) -> tuple[Reading | None, int, int]:
    """What the words are, and the span that the name takes."""
    before = words_before(text, tokens[0].start)
    if len(tokens) > 1 or not (set(before[:1]) & (AT | ARTICLES) and tokens[0].shouted and len(tokens[0].text) > 2):
        tokens = bare(tokens, lists)
        if not tokens:
            return None, 0, 0
        before = words_before(text, tokens[0].start)
    stretch = Stretch(text, tokens, lists, tokens[0].start, tokens[-1].end, before)
    for rule in RULES:
        answer = rule(stretch)
        if isinstance(answer, Reading):
            return answer, stretch.begin, without_ending(stretch)
        if answer is REFUSED:
            break
    return None, 0, 0


def _shouting(stretch: Stretch) -> Answer:
    if not all(t.shouted for t in stretch.tokens):
        named = stretch.head.shouted and stretch.head.key not in ORGANISATION_HEADS
        return Reading("organisatie", Ground.CAPITAL) if named and not stretch.single else None
    word, lists = stretch.head.key, stretch.lists
    if word in lists.organisations:
        return Reading("organisatie", Ground.LISTED)
    least = 3 if stretch.previous in AT | ARTICLES else 5
    near = stretch.previous in AT | ARTICLES | {"van"}
    named = stretch.single and len(word) >= least and near and not stretch.head.first
    unknown = not stretch.common() and word not in lists.not_names
    return Reading("organisatie", Ground.CAPITAL) if named and unknown else REFUSED


def _organisation_head(stretch: Stretch) -> Answer:
    """*Stichting X*, *GGZ X*; a head that only opens the sentence is left out when a listed place follows."""
    head = stretch.head
    if head.key not in ORGANISATION_HEADS or stretch.single:
        return None
    rest = stretch.tokens[1:]
    if head.first and rest[0].key in ARTICLES and not head.shouted:
        stretch.begin = rest[0].start
    if head.first and rest[0].key in stretch.lists.places and len(rest) == 1 and not head.shouted:
        stretch.begin = rest[0].start
        return Reading("plaats", Ground.LISTED)
    return Reading("organisatie", Ground.FORM)


def _organisation_tail(stretch: Stretch) -> Answer:
    if stretch.single or stretch.tokens[-1].key not in ORGANISATION_TAILS:
        return None
    return Reading("organisatie", Ground.FORM)


def _titled(stretch: Stretch) -> Answer:
    """*mevrouw de Vries*: lower-case particles between the title and the capital belong to the name."""
    particles = 0
    while particles < len(stretch.before) and stretch.before[particles] in PARTICLES:
        particles += 1
    title = stretch.before[particles] if particles < len(stretch.before) else ""
    if title not in TITLES or (particles and (title not in SURNAME_TITLES or stretch.head.key in stretch.lists.given)):
        return None
    if particles and stretch.before[particles - 1] in ("in", "op", "aan") and not _family(stretch, particles):
        return None
    stretch.begin = _back(stretch.text, stretch.begin, particles)
    if title in STREET_TITLES and not particles and STREET.match(stretch.tokens[-1].key):
        stretch.begin = _back(stretch.text, stretch.begin, 1)
        return Reading("plaats", Ground.FORM)
    return Reading("persoon", Ground.TITLED)


def _family(stretch: Stretch, particles: int) -> bool:
    start = _back(stretch.text, stretch.begin, particles)
    return key(stretch.text[start:stretch.end]) in stretch.lists.families


def _back(text: str, start: int, words: int) -> int:
    for _ in range(words):
        start = text.rfind(" ", 0, start - 1) + 1
    return start


def _called(stretch: Stretch) -> Answer:
    """*mijn collega Sanne*, *ze heet Noor*, *mijn naam is …*."""
    called = stretch.previous in CALLED or stretch.before[:2] in (("is", "naam"), ("was", "naam"))
    if not (called or stretch.previous in RELATIONS) or stretch.head.first:
        return None
    head, lists = stretch.head.key, stretch.lists
    if head in ("de", "het") or (lists.listed(head) and head not in lists.given):
        return None
    if called and set(stretch.before) & ORGANISATION_CUES:
        return None
    if stretch.common() and head not in lists.given and head not in lists.surnames:
        return REFUSED
    return Reading("persoon", Ground.CUED)


def _place_or_firm_before_person(stretch: Stretch) -> Answer:
    """First names that are places or organisations too: what stands before decides."""
    lists, head = stretch.lists, stretch.head.key
    if not stretch.single or stretch.head.first:
        return None
    if head in lists.places and (stretch.previous in LOCATIVE or stretch.cue() in PLACE_CUES):
        return Reading("plaats", Ground.LISTED)
    if head in lists.organisations and (stretch.previous in AT | DETERMINERS or stretch.cue() in ORGANISATION_CUES):
        return Reading("organisatie", Ground.LISTED)
    return None


def _organisation_cued(stretch: Stretch) -> Answer:
    """*basisschool De Regenboog*, *een stichting, die heet Samen Verder*."""
    cued = stretch.cue() in ORGANISATION_CUES or (
        stretch.previous in CALLED and bool(set(stretch.before) & ORGANISATION_CUES))
    if not cued or stretch.head.first:
        return None
    head, lists = stretch.head.key, stretch.lists
    if head in lists.places and not lists.is_word(head):
        return Reading("plaats", Ground.LISTED)
    if is_given(head, lists) and stretch.previous not in ORGANISATION_CUES:
        return None
    return Reading("organisatie", Ground.CUED)


def _initials(stretch: Stretch) -> Answer:
    """*J. Pietersen*, *A.B. de Groot*: initials with their full stops, and a surname."""
    last = stretch.tokens[-1].key
    dotted = stretch.text[stretch.head.end:stretch.head.end + 1] == "."
    if len(stretch.head.text) > 1 or not dotted or len(last) < 2:
        return None
    if stretch.tokens[1].key in stretch.lists.given and stretch.tokens[1].key not in stretch.lists.surnames:
        stretch.tokens = stretch.tokens[1:]
        stretch.begin = stretch.head.start
        return None
    known = last in stretch.lists.surnames or not stretch.lists.is_word(last)
    return Reading("persoon", Ground.FULL) if known else REFUSED


def _person(stretch: Stretch) -> Answer:
    """A first name of the lists, with the surname that follows."""
    lists, head = stretch.lists, stretch.head
    if not is_given(head.key, lists):
        return None
    if not stretch.single:
        return Reading("persoon", Ground.FULL)
    if head.key in lists.not_names and stretch.after() not in PERSON_SPEAKS:
        return REFUSED
    if stretch.common():
        if head.first:
            return Reading("persoon", Ground.OPENING) if stretch.after() in PERSON_SPEAKS else REFUSED
        if stretch.previous in DETERMINERS:
            return None
    return Reading("persoon", Ground.LISTED)


_FIRM_BEFORE = (("bij",), ("naar",), ("van",))


def _listed(stretch: Stretch) -> Answer:
    """A listed place or organisation; one that is an ordinary word too needs *in*, *uit*, *bij* before it."""
    lists, head = stretch.lists, stretch.head
    common = stretch.common()
    if head.key in lists.places and (not common or _in_place(stretch) or _by_water(stretch)):
        return _one(stretch, "plaats")
    vague = common and (head.first or (stretch.previous in DETERMINERS and stretch.before[1:2] not in _FIRM_BEFORE))
    if head.key in lists.organisations and not vague:
        return _one(stretch, "organisatie")
    return None


def _one(stretch: Stretch, kind: Kind) -> Reading:
    """The head alone, unless all the words are of the list."""
    listed = stretch.lists.places if kind == "plaats" else stretch.lists.organisations
    keep = 1
    while keep < len(stretch.tokens) and stretch.tokens[keep].key in listed:
        keep += 1
    stretch.tokens = stretch.tokens[:keep]
    stretch.end = stretch.tokens[-1].end
    return Reading(kind, Ground.LISTED)


def _in_place(stretch: Stretch) -> bool:
    near = stretch.previous in LOCATIVE or stretch.previous in PLACE_CUES
    return not stretch.head.first and (near or (stretch.before[1:2] != () and stretch.previous in ARTICLES
                                       and stretch.before[1] in LOCATIVE | PLACE_CUES))


def _by_water(stretch: Stretch) -> bool:
    """*aan de Maas*, *over de IJssel*, and a club's opponent or destination: *tegen Hoorn*, *op Goes*."""
    near = stretch.before[1:2] and stretch.previous in ARTICLES and stretch.before[1] in ("aan", "over", "op")
    return not stretch.head.first and bool(near or stretch.previous in ("tegen", "bij"))


def _street(stretch: Stretch) -> Answer:
    """*Kanaalstraat*, *Vogelbuurt*, by their ending; *Oude Schans* by its beginning."""
    head = stretch.tokens[-1]
    if not stretch.single and stretch.head.key in OLD_AND_NEW and not stretch.head.first:
        return Reading("plaats", Ground.FORM)
    if not STREET.match(head.key) or head.key in KINDS_OF_DISTRICT:
        return None
    numbered = bool(re.match(r" \d", stretch.text[head.end:head.end + 2]))
    before = stretch.text[max(0, stretch.begin - 14):stretch.begin].split(" ")
    if stretch.single and len(before) > 1 and before[-2].lower() in ROYAL and not before[-1]:
        stretch.begin -= len(before[-2]) + 1
        return Reading("plaats", Ground.FORM)
    if not head.first or numbered:
        return Reading("plaats", Ground.FORM)
    return None


def _named_with_article(stretch: Stretch) -> Answer:
    """*bij De Schakel*, *in Het Zonnehuis*: an article with a capital inside a sentence."""
    head = stretch.head
    if stretch.previous == "t" and stretch.text[stretch.begin - 2:stretch.begin] == "t " and not head.first:
        stretch.begin -= 3
        return Reading("organisatie", Ground.CAPITAL)
    if head.first or stretch.single or head.key not in ARTICLES:
        return None
    if stretch.tokens[1].key in stretch.lists.surnames and stretch.previous not in AT | LOCATIVE | {"van"}:
        return Reading("persoon", Ground.CAPITAL)
    return Reading("organisatie", Ground.CAPITAL)


def _with_place(stretch: Stretch) -> Answer:
    """*Kredietbank Limburg*: words with a capital inside a sentence that end in a listed place."""
    last = stretch.tokens[-1].key
    ends = last in stretch.lists.places and not stretch.lists.is_word(last)
    if stretch.single or stretch.head.first or not ends or stretch.head.key in stretch.lists.places:
        return None
    return Reading("organisatie", Ground.CAPITAL)


def _ordinary(stretch: Stretch) -> Answer:
    """Ordinary words, inhabitants, languages and compounds are no names."""
    lists, word = stretch.lists, stretch.head.key
    if _at_firm(stretch):
        return Reading("organisatie", Ground.CAPITAL)
    if len(word) < 3 or (stretch.common() and not (len(stretch.tokens) > 1 and not stretch.head.first
                                                   and not lists.is_word(stretch.tokens[1].key))):
        return REFUSED
    if _demonym(word, lists) or (not stretch.single and _word_only(stretch.tokens[1].key, lists)):
        return REFUSED
    if word in lists.surnames or not stretch.single:
        return None
    if EVERYDAY_ENDINGS.match(word) or "&" in word:
        return REFUSED
    compound = lists.is_compound(word)
    return REFUSED if compound and not (TOPOGRAPHIC.match(word) and _in_place(stretch)) else None


def _at_firm(stretch: Stretch) -> bool:
    """*bij Vonk*, *van Woonplus*: directly after *bij* an ordinary word, and after *van* a compound without an
    article, has a capital for being a name."""
    word = stretch.head.key
    bare_compound = stretch.previous in ("van", "door", "met") and not word.endswith(("en", "ers", "els", "tjes")) and (
        not stretch.common() and stretch.lists.is_compound(word))
    near = stretch.previous in AT or bare_compound
    at = stretch.single and not stretch.head.first and near and len(word) > 2
    everyday = word in stretch.lists.not_names or EVERYDAY_ENDINGS.match(word) or _demonym(word, stretch.lists)
    return at and not everyday


def _word_only(word: str, lists: NameLists) -> bool:
    return lists.is_word(word) and word not in lists.surnames and word not in PARTICLES


def _demonym(word: str, lists: NameLists) -> bool:
    for ending in DEMONYM_ENDINGS:
        stem = word[:-len(ending)]
        if word.endswith(ending) and len(stem) > 3 and (stem in lists.places or stem[:-1] in lists.places):
            return word not in lists.surnames
    return False


def _capital(stretch: Stretch) -> Answer:
    """An unknown word with a capital: inside a sentence a name, at its beginning only when it acts as a person."""
    if stretch.head.first:
        return _opening(stretch)
    if _in_place(stretch):
        return Reading("plaats", Ground.CUED)
    if stretch.previous in AT or (stretch.previous in ARTICLES and stretch.head.key not in stretch.lists.surnames):
        return Reading("organisatie", Ground.CAPITAL)
    return Reading("persoon", Ground.CAPITAL if stretch.single else Ground.FULL)


def _labels_turn(stretch: Stretch) -> bool:
    """Whether the word is the label of a turn: a short word alone before a colon at the beginning of a line."""
    line = stretch.text[stretch.text.rfind("\n", 0, stretch.begin) + 1:stretch.begin]
    return stretch.text[stretch.end:stretch.end + 1] == ":" and not line.strip() and len(stretch.head.text) < 12


def _opening(stretch: Stretch) -> Answer:
    speaks = stretch.after() in PERSON_SPEAKS or _labels_turn(stretch)
    named = stretch.head.key in stretch.lists.surnames or not stretch.single
    return Reading("persoon", Ground.OPENING) if speaks or named else REFUSED


RULES: tuple[Callable[[Stretch], Answer], ...] = (
    _shouting, _organisation_head, _organisation_tail, _titled, _called, _place_or_firm_before_person,
    _organisation_cued, _initials, _person, _street, _listed, _named_with_article, _with_place, _ordinary, _capital)
