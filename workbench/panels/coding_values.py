"""What the coding place shows, as values: chips and spans for the text (no Qt here)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codebook.coded import CodedNarratief
from workbench.i18n import _
from workbench.itemmodels.codebook_values import CodebookValues, changed_text, read_codebook
from workbench.widgets.chips import ChipSpec
from workbench.widgets.transcript_values import NarrativeSpan

__all__ = ["CODED", "CodebookValues", "Spans", "changed_text", "chips", "read_codebook", "span", "words_around"]

CODED = ("coding", "not_mentioned", "flag", "memo")
"""Tables that say what is coded."""


def chips(narratief: CodedNarratief, shown: Mapping[int, str], book: CodebookValues) -> tuple[ChipSpec, ...]:
    """The chips of a narratief for the coders in `shown` (number → mark; one coder alone gets no mark)."""
    found = []
    alone = len(shown) == 1
    for facet in book.facets:
        for coder, mark in shown.items():
            own = [c for c in book.order(narratief.codes_of(coder)) if book.facet_of[c] == facet.id]
            badge = "" if alone else mark
            found += [ChipSpec(facet.name, book.codes[c].label, str(book.codes[c].number), badge, key=(coder, c))
                      for c in own]
            if facet.id in narratief.absent_of(coder):
                found.append(ChipSpec(facet.name, _("not mentioned"), "", badge, absent=True,
                                      key=(coder, -int(str(facet.id)))))
    return tuple(found)


def span(n: CodedNarratief, shown: Mapping[int, str], book: CodebookValues) -> NarrativeSpan:
    """A narratief as the transcript view takes it."""
    return NarrativeSpan(n.id, n.nr, n.start, n.end, chips(n, shown, book), n.nr is None, _mark(n, shown))


class Spans:
    """The narratieven as the transcript view takes them; only those that changed are made anew."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[CodedNarratief, NarrativeSpan]] = {}
        self._for: tuple[Mapping[int, str], CodebookValues] | None = None

    def of(self, pieces: Sequence[CodedNarratief], shown: Mapping[int, str],
           book: CodebookValues) -> list[NarrativeSpan]:
        """The spans of a document for the coders in sight."""
        if self._for is None or self._for[0] != shown or self._for[1] is not book:
            self._made, self._for = {}, (shown, book)
        old = self._made
        self._made = {n.id: old[n.id] if n.id in old and old[n.id][0] is n else (n, span(n, shown, book))
                      for n in pieces}
        return [made for _piece, made in self._made.values()]


def _mark(narratief: CodedNarratief, shown: Mapping[int, str]) -> str:
    if any(coder in shown for coder in narratief.flags):
        return _("discuss")
    return _("memo") if any(coder in shown for coder in narratief.memos) else ""


def words_around(text: str, start: int, end: int, most: int = 60) -> str:
    """A stretch of text on one line, cut short at a word."""
    line = " ".join(text[start:end].split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"

