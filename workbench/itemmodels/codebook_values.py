"""The codebook as plain values, as a facet picker and what stands beside it want it (no Qt here)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from codebook import codes
from codebook.analysis.progress import FacetRule
from workbench.i18n import _
from workbench.widgets.facet_values import PickerCode, PickerFacet


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
