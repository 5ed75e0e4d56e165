"""Dutch words brought back to the form of the dictionary: `gekantelde` → `kantelen`, `huizen` → `huis`.

The tables of spaCy know some 200,000 forms but not which one is meant, for nobody tagged the words. So a form may
have several lemmas, ordered by how usual they are in speech: own list, verbs, nouns, adjectives, the lookup table,
the form itself; then rules for what no table holds (compounds, separable verbs, participles, diminutives, plurals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpora.language import WordTables, tables
from corpora.sentences import word_lists

WORD = re.compile(r"['’]?[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST_PART = 3
_PLURAL = re.compile(r"[^aeious']s$")
_PARTICIPLE = re.compile(r"ge(\w{2,}?[^aeiou])(?:[td]|[td]e)")


def lemma(word: str) -> str:
    """The most usual lemma of a word, in small letters; a word that nothing is known about stays itself."""
    return candidates(word)[0]


@lru_cache(maxsize=200_000)
def candidates(word: str) -> tuple[str, ...]:
    """Every lemma that a word form may have, the most usual first; never empty."""
    form = word.lower().replace("’", "'")
    known = tables()
    found = list(dict.fromkeys(_from_tables(form, known)))
    return tuple(found or dict.fromkeys(_from_rules(form, known)) or (form,))


def _from_tables(form: str, known: WordTables) -> Iterator[str]:
    lists = word_lists()
    if form in lists["lemmas"]:
        yield lists["lemmas"][form]
    if form in lists["verbs_first"]:
        yield form
    noun, verb, adjective = (known.exceptions[pos].get(form) for pos in ("noun", "verb", "adj"))
    if noun and form in known.index["verb"]:
        yield noun
    yield from (found for found in (verb, noun, adjective) if found)
    if form in known.lookup:
        yield known.lookup[form]
    if any(form in known.index[pos] for pos in ("noun", "verb", "adj")):
        yield form


def _known(form: str, known: WordTables) -> str | None:
    return next(_from_tables(form, known), None)


def _from_rules(form: str, known: WordTables) -> Iterator[str]:
    first, hyphen, last = form.rpartition("-")
    if hyphen and first and last:
        yield first + hyphen + lemma(last)
    yield from _separable(form, known)
    yield from _compound(form, known)
    yield from _participle(form)
    yield from _ending(form, known)


def _separable(form: str, known: WordTables) -> Iterator[str]:
    """`doorgekanteld`, `meedenkt`, `af te bouwen` written as one: a particle and a form of a verb."""
    for particle in word_lists()["particles"]:
        rest = form.removeprefix(particle)
        if rest == form or len(rest) < _SHORTEST_PART:
            continue
        for tail in (rest, rest.removeprefix("te")):
            verb = _known(tail, known)
            if verb and verb in known.index["verb"]:
                yield particle + verb
                return


def _compound(form: str, known: WordTables) -> Iterator[str]:
    """`wijkteams` → wijk + teams → wijkteam: the shortest known first part whose remainder is known too."""
    for cut in range(_SHORTEST_PART, len(form) - _SHORTEST_PART + 1):
        first, last = form[:cut].rstrip("-"), form[cut:]
        joint = first[:-1] if first.endswith("s") and len(first) > _SHORTEST_PART else first
        if first not in known.index["noun"] and joint not in known.index["noun"]:
            continue
        head = known.exceptions["noun"].get(last) or known.lookup.get(last) or _plain_noun(last, known)
        if head and head in known.index["noun"]:
            yield form[:cut] + head
            return


def _plain_noun(form: str, known: WordTables) -> str | None:
    if form in known.index["noun"]:
        return form
    return next((stem for stem in _stems(form) if stem in known.index["noun"]), None)


def _participle(form: str) -> Iterator[str]:
    """Regular participles of new verbs: `geappt` → appen, `gemonitorde` → monitoren."""
    found = _PARTICIPLE.fullmatch(form)
    if found:
        yield found[1] + "en"


def _ending(form: str, known: WordTables) -> Iterator[str]:
    yield from (stem for stem in _stems(form) if stem in known.index["noun"] or stem in known.index["adj"])
    if form.endswith("'s") or (len(form) > 4 and _PLURAL.search(form)):
        yield form.removesuffix("s").removesuffix("'")


def _stems(form: str) -> Iterator[str]:
    """What may be left of a plural, diminutive or inflected adjective, spelled as Dutch spells it."""
    bare = form.removesuffix("s") if not form.endswith("ss") else form
    if bare != form:
        yield bare.removesuffix("'")
    for ending, without in (("etje", ""), ("pje", ""), ("kje", "g"), ("tje", ""), ("je", ""),
                            ("heden", "heid"), ("eren", ""), ("en", ""), ("e", ""), ("es", "")):
        if bare.endswith(ending) and len(bare) - len(ending) >= 2:
            yield from _spellings(bare.removesuffix(ending) + without)


def _spellings(stem: str) -> Iterator[str]:
    """`huiz` → huis, `brev` → breef, `gekk` → gek, `grot` → groot: final letters harden, vowels double."""
    hard = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    yield stem[:-1] + hard
    if len(stem) > 2 and stem[-2] in "aeou" and stem[-3] not in "aeiou":
        yield stem[:-1] + stem[-2] + hard


def lemmas(text: str) -> list[tuple[int, int, str]]:
    """Every word of a text as (start, end, lemma), in order; offsets in code points. Numbers are no words."""
    return [(found.start(), found.end(), lemma(found[0])) for found in WORD.finditer(text)]


def forms(lemma_or_form: str, vocabulary: Iterable[str]) -> set[str]:
    """The words of a vocabulary that are a form of the same word: for `kantelen` also `gekanteld`, `kantelt`.

    Any inflected form may be given. A word that may be a form of two words is found for both.
    """
    wanted = {lemma(lemma_or_form), lemma_or_form.lower()}
    return {word for word in vocabulary if not wanted.isdisjoint(candidates(word)) or word.lower() in wanted}
