"""Which of the possible labels of a text are labels: they are known, they recur, they take turns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from corpora.speakers_lines import STAMP, Head, Line, head_of, name_like, seconds_of, trimmed
from corpora.speakers_words import HEADER_KEYS, INTERVIEWER, STOP_LABELS, label_key, meaning, split_label

FORM_KINDS = frozenset({"logboek", "kantelbox"})
"""Kinds that are written, not spoken: nobody interviews there unless the labels say so beyond doubt."""

_FIRM = frozenset(":\t;>")
_LEAST_SHARE = 0.03
"""A talk has a label on at least so many of its lines; a report that names respondents here and there has not."""
_SURE_INSIDE = re.compile(rf"""
    (?<![\w'’"“‘„-])(?:(?P<before>{STAMP})\s{{0,3}})?
    (?P<label>(?:I|R|IV|Int\.?|INT|Interviewer|Respondent|INTERVIEWER|RESPONDENT)[ ]?\d{{0,2}})
    [*_]{{0,2}}(?:\s{{0,2}}(?P<after>{STAMP}))?[ ]?:(?![/\d])(?:[*_]{{1,2}})?(?=\s|$|[A-Z\[(…])
    """, re.VERBOSE)
_SENTENCE_END = frozenset(".?!…\"”’')]*-–—#>|:\n\t[(")
_PLAIN_NOUN_BEFORE = re.compile(r"\b(?:deel|fase|hoofdstuk|type|groep|bijlage|niveau|schaal|as|categorie)\s*$",
                                re.IGNORECASE)


def heads_of(text: str, lines: list[Line]) -> list[Head]:
    """Every possible label: at the beginning of lines, and codes beyond doubt (I:, R1:) inside them."""
    found = [head for number, line in enumerate(lines) if (head := head_of(text, line, number))]
    return sorted([*found, *_inside(text, lines, _SURE_INSIDE, found)], key=lambda head: head.start)


def more_heads(text: str, lines: list[Line], chosen: list[Head]) -> list[Head]:
    """The accepted labels with the places inside lines where the same labels (names too) stand."""
    labels = {head.label for head in chosen if head.separator in _FIRM}
    if not labels:
        return chosen
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w'’\"“‘„-])(?:(?P<before>{STAMP})\s{{0,3}})?(?P<label>{names})\.?[*_]{{0,2}}"
                         rf"(?:\s{{0,2}}(?P<after>{STAMP}))?[ ]?:(?![/\d])(?:[*_]{{1,2}})?(?=\s|$|[A-Z\[(…])")
    return sorted([*chosen, *_inside(text, lines, pattern, chosen)], key=lambda head: head.start)


def _inside(text: str, lines: list[Line], pattern: re.Pattern[str], known: list[Head]) -> Iterable[Head]:
    taken = {head.start for head in known}
    ends = {head.line: head.end for head in known if not head.mid and head.separator in _FIRM}
    for number, line in enumerate(lines):
        begin = max(line.start + 1, ends.get(number, 0))
        for found in pattern.finditer(text, begin, line.end):
            if found.start() not in taken and _may_interrupt(text, line, found):
                stamp = found["after"] or found["before"]
                label = found["label"].strip().rstrip(".")
                yield Head(found.start(), trimmed(text, found.end(), line.end)[0], label, label_key(label), ":", number,
                           seconds_of(stamp) if stamp else None, mid=True)


def _may_interrupt(text: str, line: Line, found: re.Match[str]) -> bool:
    """A label inside a line follows the end of a sentence; only codes such as I: and R1: may follow any word."""
    before = text[max(line.start, found.start() - 20):found.start()].rstrip()
    if not before or before[-1] in _SENTENCE_END:
        return True
    label = found["label"].strip()
    return meaning(label)[1] == 2 and label[0].isupper() and len(label) <= 4 and not _PLAIN_NOUN_BEFORE.search(before)


def accepted(text: str, lines: list[Line], heads: list[Head], above: set[int], kind: str) -> list[Head]:
    """The heads that are labels of speakers. `above` are the lines of the preamble."""
    possible = [head for head in heads if head.line not in above and not _never(head)]
    if kind in FORM_KINDS:
        return _form_labels(possible)
    rest = len(lines) - len(above)
    firm = _scheme(text, rest, [head for head in possible if head.separator in _FIRM])
    keys = {head.key for head in firm}
    chosen = firm + _alone(text, lines, possible, keys)
    if not chosen:
        for signs in ("-", ".", "[]", " "):
            chosen = _scheme(text, rest, [head for head in possible if head.separator == signs], loose=True)
            if chosen:
                break
    return sorted(chosen, key=lambda head: head.start)


def _never(head: Head) -> bool:
    base, _number = split_label(head.label)
    strength = head.strength
    if base in STOP_LABELS or (base in HEADER_KEYS and strength < 2):
        return True
    return strength == 0 and (head.bullet or not name_like(head.label))


def _form_labels(possible: list[Head]) -> list[Head]:
    sure = [head for head in possible if head.strength == 2 and head.separator in _FIRM]
    asking = [head for head in sure if meaning(head.label)[0] == INTERVIEWER]
    return sure if asking and len({head.key for head in sure}) > 1 and len(sure) > 2 else []


def _scheme(text: str, line_count: int, heads: list[Head], loose: bool = False) -> list[Head]:
    """The heads of one way of labelling that are labels, or none if this way is not used here."""
    counts = Counter(head.key for head in heads)
    sure = [head for head in heads if head.strength == 2]
    likely = [head for head in heads if head.strength == 1]
    share = sum(not head.mid for head in heads) / max(1, line_count)
    if loose:
        return _loose(heads, counts, share)
    good = {head.key for head in sure}
    talk = len(good) > 1 or (bool(good) and (share >= 0.2 or len(sure) > 2 or len(sure) >= line_count / 3))
    if not talk or len(sure) < line_count * _LEAST_SHARE:
        good = _recurring(text, heads, counts, share)
    if not good:
        return []
    good |= {head.key for head in likely if counts[head.key] > 1 or share >= 0.5 or talk}
    good |= _taking_turns(heads)
    if share >= 0.8:
        good |= {head.key for head in heads if len(head.label.split()) <= 2}
    return [head for head in heads if head.key in good]


def _loose(heads: list[Head], counts: Counter[str], share: float) -> list[Head]:
    """Labels with a dash, a full stop or nothing behind them: at least two that are known, and often."""
    known = {head.key for head in heads if head.strength}
    sure = {head.key for head in heads if head.strength == 2}
    if len(known) < 2 or not (sure or share >= 0.5):
        names = {key for key, count in counts.items() if count > 1}
        alike = len(names) in (2, 3) and share >= 0.5 and heads[0].separator == "-"
        return [head for head in heads if head.key in names] if alike else []
    if heads[0].separator != "-" and (share < 0.3 or max(counts.values()) < 2):
        return []
    return [head for head in heads if head.key in known or counts[head.key] > 1]


def _recurring(text: str, heads: list[Head], counts: Counter[str], share: float) -> set[str]:
    """Names, initials and roles as labels: at least two that take turns, and somebody asks something."""
    often = {head.key for head in heads if counts[head.key] > 1}
    pair = {head.key for head in heads if head.strength == 1}
    mine = [head for head in heads if head.key in often]
    changes = sum(a.key != b.key for a, b in pairwise(mine))
    frequent = share >= 0.15 or (share >= 0.05 and all(counts[key] > 3 for key in often))
    if len(often) > 1 and changes >= 2 and frequent and _asks(text, heads, often):
        return often
    if len(often) == 2 and share >= 0.9 and changes >= 3:
        return often
    if len(pair) > 1 and share >= 0.5 and _asks(text, heads, pair):
        return pair
    everything = {head.key for head in heads}
    if len(everything) > 1 and share >= 0.8 and (often or pair) and _asks(text, heads, everything):
        return everything
    return set()


def _asks(text: str, heads: list[Head], keys: set[str]) -> bool:
    asked: dict[str, list[bool]] = defaultdict(list)
    for at, head in enumerate(heads):
        stop = heads[at + 1].start if at + 1 < len(heads) else len(text)
        if head.key in keys:
            asked[head.key].append("?" in text[head.end:min(stop, head.end + 1500)])
    return any(sum(found) / len(found) >= 0.25 for found in asked.values())


def _taking_turns(heads: list[Head]) -> set[str]:
    """The labels that come back after another speaker, more than once."""
    left = Counter(a.key for a, b in pairwise(heads) if a.key != b.key)
    return {key for key, count in left.items() if count > 1}


def _alone(text: str, lines: list[Line], possible: list[Head], keys: set[str]) -> list[Head]:
    """Labels on a line of their own, the words on the next, with or without a time ("Anna Jansen  0:03")."""
    heads = [head for head in possible if head.separator == "alone" and not text[head.end:lines[head.line].end].strip()]
    numbers = {head.line for head in heads}
    heads = [head for head in heads if head.line + 1 not in numbers and head.line + 1 < len(lines)]
    counts = Counter(head.key for head in heads)
    timed = {head.key for head in heads if head.seconds is not None}
    bold = {head.key for head in heads if lines[head.line].bold > 0.8 or text[head.start] in "*_"}
    good = {key for key in counts if key in keys}
    sure = [head for head in heads if head.strength == 2]
    if keys or (len(counts) > 1 and len(sure) >= len(lines) * _LEAST_SHARE):
        good |= {head.key for head in sure}
    dense = len(heads) * 3 >= len(lines)
    names = {key for key in counts if key in timed or (counts[key] > 1 and (key in bold or dense))}
    known = {head.key for head in heads if head.strength}
    often = len(heads) * 5 >= len(lines) or sum(head.key in timed for head in heads) * 20 >= len(lines)
    if len(names | known) > 1 and often and sum(counts.values()) > 2:
        good |= names | {key for key in known if counts[key] > 1}
    return [head for head in heads if head.key in good]
