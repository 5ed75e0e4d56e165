"""The codebook for those who decide: facets with their codes in full, and how codes are called (no Qt here)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from codebook import codes
from workbench.widgets.facet_values import PickerCode, PickerFacet


@dataclass(frozen=True)
class Book:
    """Facets in order; `codes` by number with the name of their facet, `labels` with the number that one types."""

    facets: tuple[PickerFacet, ...] = ()
    codes: Mapping[int, tuple[str, PickerCode]] = field(default_factory=dict)

    @classmethod
    def read(cls, session: Session) -> Book:
        """The codebook of the project."""
        found: dict[int, list[PickerCode]] = {f.id: [] for f in codes.facets(session)}
        for entry in codes.entries(session):
            code = entry.code
            found[entry.facet.id].append(PickerCode(
                code.id, code.number or 0, code.label, code.definition, code.use_when, code.not_when, code.example,
                tuple(codes.synonyms_of(code)), "", code.certain))
        facets = tuple(PickerFacet(f.id, f.label, tuple(found[f.id])) for f in codes.facets(session))
        return cls(facets, {int(str(c.id)): (f.name, c) for f in facets for c in f.codes})

    @property
    def labels(self) -> dict[int, str]:
        """Code → how it is shown."""
        return {number: f"{code.number} {code.label}" if code.number else code.label
                for number, (_facet, code) in self.codes.items()}

    def label(self, code: int) -> str:
        """The label of a code."""
        return self.codes[code][1].label if code in self.codes else ""
