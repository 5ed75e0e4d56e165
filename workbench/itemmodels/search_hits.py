"""Places found in the texts: as rows with their context, and counted by form and by document (no Qt here)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpora.search import Hit, fold
from workbench.i18n import _
from workbench.widgets.narrative_rows import NarrativeRow

Span = tuple[int, int]


class HitRows:
    """Rows for a `NarrativeList`, one per place; the id of a row is its number here."""

    def __init__(self, hits: Sequence[Hit], groups: Mapping[int, str]) -> None:
        self.hits = hits
        self._groups = groups

    def count(self) -> int:
        """How many rows there are."""
        return len(self.hits)

    def row_id(self, index: int) -> Hashable:
        """The number of a row."""
        return index

    def row(self, index: int) -> NarrativeRow:
        """A place in its context, the words marked."""
        hit = self.hits[index]
        where = str(hit.nr) if hit.nr is not None else _("no narratief")
        heading = " · ".join(part for part in (hit.document, where, self._groups.get(hit.document_id, "")) if part)
        mark = (hit.context_at, min(len(hit.context), hit.context_at + len(hit.text)))
        return NarrativeRow(index, heading, hit.context, highlights=(mark,))

    def lengths(self) -> Sequence[int]:
        """Characters of every row's text."""
        return [len(hit.context) for hit in self.hits]


@dataclass(frozen=True)
class Counted:
    """How often something was found: `key` tells it apart, `label` is what people read."""

    key: Hashable
    label: str
    n: int


def form_of(hit: Hit) -> str:
    """The form in which the words stand, without capitals and diacritics, white space made one."""
    return " ".join(fold(hit.text).split())


def by_form(hits: Iterable[Hit]) -> list[Counted]:
    """The forms found, the most frequent first."""
    found = Counter(form_of(hit) for hit in hits)
    shown: dict[str, str] = {}
    for hit in hits:
        shown.setdefault(form_of(hit), " ".join(hit.text.lower().split()))
    return [Counted(form, shown[form], n) for form, n in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def by_document(hits: Iterable[Hit]) -> list[Counted]:
    """The documents in the order in which they come, with how often each has the words."""
    found: Counter[tuple[int, str]] = Counter((hit.document_id, hit.document) for hit in hits)
    return [Counted(number, title, n) for (number, title), n in found.items()]


def narrowed(hits: Sequence[Hit], narratieven: Collection[int] | None = None, form: str | None = None,
             document_id: int | None = None) -> list[Hit]:
    """The hits within narratieven, of one form, in one document; None does not narrow."""
    return [hit for hit in hits
            if (narratieven is None or (hit.narratief_id is not None and hit.narratief_id in narratieven))
            and (form is None or form_of(hit) == form) and (document_id is None or hit.document_id == document_id)]


def marks_of(hits: Iterable[Hit]) -> dict[int, list[Span]]:
    """Narratief → the places in it, narratieven in the order in which they come."""
    found: dict[int, list[Span]] = {}
    for hit in hits:
        if hit.narratief_id is not None:
            found.setdefault(hit.narratief_id, []).append((hit.start, hit.end))
    return found


def outside(hits: Iterable[Hit]) -> int:
    """How many places lie in no narratief."""
    return sum(hit.narratief_id is None for hit in hits)
