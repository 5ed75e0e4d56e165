"""What stands above the talk and is not said: title, form heads (Datum: …) and a legend of the labels."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from corpora.speakers_lines import Head, Line, name_like
from corpora.speakers_words import (
    FIRST_PERSON,
    GREETINGS,
    HEADER_KEYS,
    QUESTION_WORDS,
    SECOND_PERSON,
    label_key,
    meaning,
    role_in,
    split_label,
    word_set,
)

_LONGEST = 40
_FIELD = re.compile(r"[\s*_•\-–—>|]*+([^\W\d_][^:\t\n?!]{0,38}?)[*_]*[ \t]*(?::|\t|=)[*_]*(?!\d\d\b)[ \t]*([^\n]*)")
_PAIR = re.compile(r"(?:(?<=[\s,;(/|])|^)[*_]*([^\W\d_][\w.'’-]{0,24}(?: ?\d{1,2})?|(?<![^\n])[A-Z]\w{1,14} \w{1,14})"
                   r"[*_]*[ \t]*(?:[:=\t]|[ \t][-–—](?=[ \t])|(?:staat voor|betekent)\b)[*_]*[ \t]*")
_ROLE_WITH_NAME = re.compile(r"([^\W\d_][\w.'’-]*(?: (?:van|de|der|den|te|ter)\b| [A-Z][\w.'’-]*){0,3})"
                             r"\s*\(([^()\n]{1,40})\)")
_TITLE = re.compile(r"\b(interview|transcript|transcriptie|gesprek|respondent|bijlage|focusgroep\w*|logboek|kantelbox|"
                    r"opname|verslag|verbatim|uitwerking|vraaggesprek|groepsgesprek|deel)\b", re.IGNORECASE)
_CONVENTION = re.compile(r"(?:tussen|in|met) (?:vierkante |rechte )?(?:haken|haakjes)\b|^\[[\s.…]{0,5}\]\s*[=:]|"
                         r"^\[\w{1,14}(?: \w{1,14})?\]\s*=", re.IGNORECASE)
_PARTICLES = word_set("van|de|der|den|te|ter|ten|en|&|von|el|la|d'|'t|in|het")
_LISTING = re.compile(r"\W*(legenda|legende|afkortingen|sprekers|gebruikte afkortingen|gebruikte tekens|deelnemers|"
                      r"aanwezigen|verklaring van tekens|transcriptieregels)\W*", re.IGNORECASE)
_VERBS = word_set("is|ben|bent|was|heb|heeft|had|kan|kunt|wil|ga|gaat|denk|vind|werk|doe|weet|zit|kom")


@dataclass(slots=True)
class Preamble:
    """What was found above the talk: the numbers of its lines, label key → description of the legend, and label
    key → role for names that the form heads or the legend give."""

    lines: set[int] = field(default_factory=set)
    descriptions: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


def preamble_of(text: str, lines: list[Line], heads: list[Head]) -> Preamble:
    """Reads the lines from the top as long as they are title, form head or legend."""
    found = Preamble()
    counts = Counter(head.key for head in heads)
    by_line = {head.line: head for head in heads
               if not head.mid and (head.separator in ":\t" or (head.strength and counts[head.key] > 1))}
    for number, line in enumerate(lines[:_LONGEST]):
        if not _above(text, lines, number, line, found, by_line, counts):
            break
        found.lines.add(number)
    return found


def _above(text: str, lines: list[Line], number: int, line: Line, found: Preamble, by_line: dict[int, Head],
           counts: Counter[str]) -> bool:
    words = text[line.start:line.end]
    if number < 12 and len(words) < 400 and _CONVENTION.search(words):
        return True
    if len(words) > 200 or words.startswith("["):
        return False
    if _legend(words, found) or _LISTING.fullmatch(words):
        return True
    key, value = _field(words)
    if key and _is_field(key, value, _has_fields(text, lines, number), counts):
        _note_names(key, value, found)
        return True
    return number not in by_line and _is_title(words, line, number, lines, text)


def _field(words: str) -> tuple[str, str]:
    found = _FIELD.match(words)
    return (" ".join(found[1].split()), found[2].strip(" *_")) if found else ("", "")


def _has_fields(text: str, lines: list[Line], number: int) -> bool:
    """Whether one of the nearest lines is beyond doubt a form head."""
    for near in [*lines[max(0, number - 3):number], *lines[number + 1:number + 4]]:
        key, value = _field(text[near.start:min(near.end, near.start + 200)])
        if split_label(key)[0] in HEADER_KEYS and not value.endswith("?"):
            return True
    return False


def _is_field(key: str, value: str, among_fields: bool, counts: Counter[str]) -> bool:
    base, _number = split_label(key)
    words = value.split()
    if base in HEADER_KEYS:
        return not value.endswith("?") and len(words) <= 25 and (meaning(key)[1] < 2 or len(words) <= 8)
    if not meaning(key)[1] or not _value_like(value):
        return False
    alone = counts[label_key(key)] <= 1 and any(count > 1 for count in counts.values())
    return among_fields or alone


def _value_like(value: str) -> bool:
    """Whether words are what stands behind a form head (a name, a number, a function) and not speech."""
    words = re.findall(r"[\w'’&-]+", value)
    if not words:
        return True
    folded = {word.casefold() for word in words}
    if value[-1] in "?!…" or (value[-1] == "." and len(words) > 2) or len(words) > 10:
        return False
    if words[0].casefold() in GREETINGS or folded & (FIRST_PERSON | SECOND_PERSON | _VERBS):
        return False
    named = all(word[0].isupper() or word[0].isdigit() or word in _PARTICLES for word in words)
    return named or any(meaning(word)[1] for word in words if len(word) > 2) or "," in value or len(words) <= 2


def _legend(words: str, found: Preamble) -> bool:
    """Reads a line as a legend ("I: Interviewer R1: respondent 1"); every piece of it must describe a speaker."""
    pieces = list(_PAIR.finditer(words))
    if not pieces or words[:pieces[0].start()].strip(" *_-•([") not in ("", "Legenda:", "Sprekers:", "Afkortingen:"):
        return False
    pairs: list[tuple[str, str]] = []
    for at, piece in enumerate(pieces):
        stop = pieces[at + 1].start() if at + 1 < len(pieces) else len(words)
        value = words[piece.end():stop].strip(" \t,;/|*_()[].-–en" if at + 1 < len(pieces) else " \t,;/|*_()[].")
        pairs.append((piece[1], words[piece.end():stop].strip(" \t,;/|*_()[].") if value else ""))
    pairs = [pair for pair in pairs if pair[1]] if _LISTING.fullmatch(pieces[0][1]) else pairs
    if not pairs or not all(_describes(label, value, "=" in words) for label, value in pairs):
        return False
    for label, value in pairs:
        _note_legend(label, value, found)
    return True


def _describes(label: str, value: str, equals: bool) -> bool:
    words = [word.casefold() for word in re.findall(r"[\w'’/-]+", value)]
    if not words or len(words) > 9 or "?" in value or set(words) & (FIRST_PERSON | SECOND_PERSON | _VERBS):
        return False
    if words[0] in GREETINGS or words[0] in QUESTION_WORDS:
        return False
    role = any(meaning(word)[1] == 2 or (meaning(word)[1] and len(word) > 2) for word in words if len(word) > 2)
    if len(label) > 2 and meaning(label)[1] == 2:
        return equals and len(value) <= 3
    return role or (equals and len(label) <= 12)


def _note_legend(label: str, value: str, found: Preamble) -> None:
    if len(label) > len(value) and len(value) <= 3:
        label, value = value, label
    found.descriptions[label_key(label)] = value
    role = role_in(value)
    if role:
        found.roles[label_key(label)] = role


def _note_names(key: str, value: str, found: Preamble) -> None:
    """A form head such as "Interviewer: Sanne de Wit (SW)" tells who "Sanne" and "SW" are in the labels."""
    role = role_in(key)
    for name, aside in _ROLE_WITH_NAME.findall(value):
        inner = role_in(aside)
        _name(name, inner or role, found)
        if not inner and len(aside) <= 4 and role:
            found.roles[label_key(aside)] = role
    if role and name_like(value):
        for name in re.split(r",| en | & |/|\(", value):
            _name(name, role, found)


def _name(name: str, role: str, found: Preamble) -> None:
    parts = [part.strip("().") for part in name.split()]
    capitals = [part for part in parts if part[:1].isupper()]
    if not role or not capitals:
        return
    initials = "".join(part[0] for part in parts if part)
    known = (" ".join(parts), capitals[0], capitals[-1], initials, "".join(part[0] for part in capitals))
    for label in known:
        if len(label) > 1:
            found.roles.setdefault(label_key(label), role)


def _is_title(words: str, line: Line, number: int, lines: list[Line], text: str) -> bool:
    if words[-1] in ".?!…:" or len(words.split()) > 12:
        return False
    if line.heading or _TITLE.search(words):
        return True
    return number < 4 and any(
        split_label(_field(text[near.start:min(near.end, near.start + 200)])[0])[0] in HEADER_KEYS
        for near in lines[number + 1:number + 4])
