"""The quote bank as rows of a list, and which of them are in sight (no Qt here)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from codebook.quotes import QuoteEntry
from codebook.tracing import Use
from workbench.i18n import _
from workbench.itemmodels.pattern_words import SIGNS, direction_word
from workbench.widgets.facet_values import folded
from workbench.widgets.narrative_rows import NarrativeRow

ALL, UNUSED, USED, BARRED, NAMED = "all", "unused", "used", "barred", "named"


def choices() -> list[tuple[str, str]]:
    """Which quotes can be looked at."""
    return [(ALL, _("all quotes")), (UNUSED, _("not used yet")), (USED, _("used")), (BARRED, _("not to be used")),
            (NAMED, _("with a name in it"))]


class Sieve:
    """Quotes to be filtered; what is searched in is made ready when words are first asked for."""

    def __init__(self, entries: Sequence[QuoteEntry] = ()) -> None:
        self.entries = entries

    def in_sight(self, which: str, role: str, words: str) -> list[QuoteEntry]:
        """The quotes of a kind, of a role, in which all words stand (text, place, role, codes, note)."""
        wanted = folded(words).split()
        return [one for n, one in enumerate(self.entries) if _is(one, which) and role in ("", one.role)
                and all(word in self._searched[n] for word in wanted)]

    @cached_property
    def _searched(self) -> list[str]:
        return [_searched(one) for one in self.entries]


def _is(one: QuoteEntry, which: str) -> bool:
    return {UNUSED: not one.is_used and one.is_usable, USED: one.is_used, BARRED: not one.is_wanted,
            NAMED: bool(one.names)}.get(which, True)


def _searched(one: QuoteEntry) -> str:
    return folded(" ".join([one.text, one.place.words, one.place.group, one.role, one.code, one.note, one.coder,
                            *one.codes, *(use.label for use in one.uses)]))


def status(one: QuoteEntry) -> str:
    """Whether a quote is used or may be, in words with a sign."""
    if one.names:
        return _("⚠ holds a name: {names}", names=", ".join(one.names))
    if not one.is_wanted:
        return _("✕ not to be used")
    return _("● used") if one.is_used else _("○ not used yet")


def use_word(kind: str) -> str:
    """What quotes it."""
    return {"pattern": _("pattern"), "configuration": _("configuration"), "factsheet": _("factsheet"),
            "synthesis": _("synthesis"), "quote": _("citaat")}[kind]


def use_line(use: Use) -> str:
    """A use of a narratief on one line: what it is, what it is called, and what the narratief does to it."""
    does = f"{SIGNS[use.direction]} {direction_word(use.direction)}" if use.direction in SIGNS else ""
    said = use.label.replace("&", "&&")
    return " · ".join(part for part in (use_word(use.kind), said, does) if part)


def rows(found: Sequence[QuoteEntry]) -> list[NarrativeRow]:
    """The rows of the list."""
    return [NarrativeRow(one.id, " · ".join([one.place.words, one.role, status(one)]), f"“{one.shown}”", note=one.note)
            for one in found]


def as_text(found: Iterable[QuoteEntry]) -> str:
    """Quotes to paste elsewhere, one a paragraph."""
    return "\n\n".join(one.line for one in found)
