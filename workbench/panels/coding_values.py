"""What the coding place shows, as values: the codebook for the picker, chips and spans for the text (no Qt here)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from codebook import codes
from codebook.analysis.progress import FacetRule
from codebook.coded import CodedNarratief
from workbench.i18n import _
from workbench.widgets.chips import ChipSpec
from workbench.widgets.facet_values import PickerCode, PickerFacet
from workbench.widgets.transcript_values import NarrativeSpan

CODED = ("coding", "not_mentioned", "flag", "memo")
"""Tables that say what is coded."""


@dataclass(frozen=True)
class CodebookValues:
    """The codebook as plain values: facets in order, per facet its codes."""

    facets: tuple[PickerFacet, ...] = ()
    facet_of: Mapping[int, int] = field(default_factory=dict)
    least: Mapping[int, int] = field(default_factory=dict)
    codes: Mapping[int, PickerCode] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)

    def facet_name(self, code_id: int) -> str:
        """The name of a code's facet."""
        return self.names[self.facet_of[code_id]]

    def rules(self) -> list[FacetRule]:
        """What must be filled, for counting."""
        return [FacetRule(f, [c for c, own in self.facet_of.items() if own == f], n) for f, n in self.least.items()]

    def order(self, code_ids: Iterable[int]) -> list[int]:
        """Codes in the order of the codebook."""
        return sorted((c for c in code_ids if c in self.places), key=self.places.__getitem__)


def read_codebook(session: Session) -> CodebookValues:
    """The codebook of the project; a code's doubt and the history of its definition stand with its definition."""
    entries, groups = codes.entries(session), codes.groups_of(session)
    all_facets = codes.facets(session)
    by_facet: dict[int, list[PickerCode]] = {f.id: [] for f in all_facets}
    for entry in entries:
        by_facet[entry.facet.id].append(_picker_code(session, entry, ", ".join(groups.get(entry.code.id, ()))))
    return CodebookValues(
        tuple(PickerFacet(f.id, f.label, tuple(by_facet[f.id])) for f in all_facets),
        {e.code.id: e.facet.id for e in entries}, {f.id: f.least for f in all_facets},
        {int(str(c.id)): c for found in by_facet.values() for c in found}, {f.id: f.label for f in all_facets},
        {e.code.id: n for n, e in enumerate(entries)})


def _picker_code(session: Session, entry: codes.Entry, group: str) -> PickerCode:
    code = entry.code
    notes = [code.definition, "" if code.certain else code.note]
    changed = codes.definition_changes(session, code.id)
    if changed:
        notes.append(changed_text(changed[-1]))
    return PickerCode(code.id, code.number or 0, code.label, "\n".join(filter(None, notes)), code.use_when,
                      code.not_when, code.example, tuple(codes.synonyms_of(code)), group, code.certain)


def changed_text(change: codes.DefinitionChange) -> str:
    """That a definition was changed after it was used, in words."""
    return _("Definition changed on {day} by {author} (codings before: {n}).", day=f"{change.at.astimezone():%d-%m-%Y}",
             author=change.author or "–", n=change.codings)


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

