"""Co-occurrence of coded passages: a project of documents, narratieven and codings with offsets, counted both ways.

Offsets are code points, half-open. Passages overlap when they share at least one character; touching is no overlap.
A coding belongs to every narratief it overlaps. Counts of narratieven, documents and respondents come from the
same index and tables that the program uses everywhere; counts of passages are what other programs report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from codebook.analysis.association import WithinTest, benjamini_hochberg, c_coefficient, within_documents
from codebook.analysis.cooccurrence import cooccurrence
from codebook.analysis.grid import fractional, grid
from codebook.query import bits
from codebook.query.bits import Slots
from codebook.query.index import CodeIndex
from codebook.query.units import Units

Passage = tuple[int, int, int]


@dataclass(frozen=True)
class PassageProject:
    """Codes by number, the passages of each as (document, start, end), and the index over the narratieven."""

    codes: tuple[str, ...]
    dimensions: tuple[tuple[int, ...], ...]
    passages: Mapping[int, Sequence[Passage]]
    index: CodeIndex
    units: Mapping[str, Units]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> PassageProject:
        """From respondents, dimensions, documents (with narratives) and codings, as in a vector file."""
        codes = tuple(code for dimension in data["dimensions"].values() for code in dimension)
        number = {code: at for at, code in enumerate(codes)}
        document = {entry["id"]: at for at, entry in enumerate(data["documents"])}
        passages: dict[int, list[Passage]] = {at: [] for at in range(len(codes))}
        for coding in data["codings"]:
            passages[number[coding["code"]]].append((document[coding["doc"]], coding["start"], coding["end"]))
        index = _index(data["documents"], passages)
        dimensions = tuple(tuple(number[code] for code in d) for d in data["dimensions"].values())
        return cls(codes, dimensions, passages, index, _units(index, data))

    def pair_counts(self) -> dict[str, dict[str, float | None]]:
        """Per pair of codes, "a|b", every count that is in use, in passages and in units."""
        everything = list(range(len(self.codes)))
        tables = {name: cooccurrence(self.index, everything, everything, units=units)
                  for name, units in self.units.items()}
        narratieven = tables["narratief"]
        found: dict[str, dict[str, float | None]] = {}
        for a, b in combinations(everything, 2):
            together = self.index.column(a) & self.index.column(b)
            found[f"{self.codes[a]}|{self.codes[b]}"] = {
                **passage_counts(self.passages[a], self.passages[b]),
                "narratives_a": int(narratieven.row_totals[a]), "narratives_b": int(narratieven.row_totals[b]),
                "narratives_both": int(narratieven.counts[a, b]), "narrative_jaccard": narratieven.jaccard[a][b],
                "documents_both": int(tables["document"].counts[a, b]),
                "documents_with_a_cooccurring_narrative": int(self.units["document"].lifted(together).sum()),
                "respondents_both": int(tables["respondent"].counts[a, b]),
                "respondents_with_a_cooccurring_narrative": int(self.units["respondent"].lifted(together).sum()),
            }
        return found

    def combination_counts(self) -> dict[str, Any]:
        """The grid over all dimensions, counted in narratieven, also as fractions of narratieven."""
        counted = grid(self.index, self.dimensions)
        shares = fractional(self.index, self.dimensions)
        names = ["|".join(self.codes[_single(fold)] for fold in cell.codes) for cell in counted.cells()]
        return {
            "cells": dict(zip(names, counted.counts.ravel().tolist(), strict=True)),
            "n_narratives": counted.n, "n_complete": counted.complete, "sum_of_cells": counted.total,
            "fractional": {name: share for name, share in zip(names, shares.ravel().tolist(), strict=True) if share},
        }

    def within_document_tests(self) -> dict[str, dict[str, float | None]]:
        """The exact test per pair of codes, whatever the number of narratieven, with Benjamini-Hochberg's p."""
        slots = bits.to_slots(self.index.live)
        document = self.index.document_numbers[slots]
        masks = [bits.unpack(self.index.column(code))[slots] for code in range(len(self.codes))]
        tests: dict[str, WithinTest] = {
            f"{self.codes[a]}|{self.codes[b]}": within_documents(masks[a], masks[b], document, always=True)
            for a, b in combinations(range(len(self.codes)), 2)}
        adjusted = benjamini_hochberg([test.p for test in tests.values()])
        return {pair: {"observed": test.observed, "expected_within_documents": test.expected,
                       "p_exact_greater": test.p, "p_bh": p_bh}
                for (pair, test), p_bh in zip(tests.items(), adjusted, strict=True)}


def passage_counts(first: Sequence[Passage], second: Sequence[Passage]) -> dict[str, float | None]:
    """Overlapping pairs of passages, passages on either side that overlap any of the other, characters in both."""
    pairs = [(a, b) for a, one in enumerate(first) for b, other in enumerate(second) if _overlap(one, other)]
    return {
        "events": len(pairs), "codings_a": len(first), "codings_b": len(second),
        "atlas_c": c_coefficient(len(first), len(second), len(pairs)),
        "segments_a_touching_b": len({a for a, _ in pairs}), "segments_b_touching_a": len({b for _, b in pairs}),
        "characters_both": len(_characters(first) & _characters(second)),
    }


def _overlap(one: Passage, other: Passage) -> bool:
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])


def _characters(passages: Sequence[Passage]) -> set[tuple[int, int]]:
    return {(document, at) for document, start, end in passages for at in range(start, end)}


def _single(fold: int | tuple[int, ...]) -> int:
    return fold if isinstance(fold, int) else fold[0]


def _index(documents: Sequence[Mapping[str, Any]], passages: Mapping[int, Sequence[Passage]]) -> CodeIndex:
    """Narratieven numbered in order, each with the codes of the passages that overlap it."""
    places = [(at, nr, narrative["start"], narrative["end"]) for at, document in enumerate(documents)
              for nr, narrative in enumerate(document["narratives"], 1)]
    codings = [(narratief, code, 0) for narratief, (document, _, start, end) in enumerate(places)
               for code, spans in passages.items()
               if any(_overlap(span, (document, start, end)) for span in spans)]
    return CodeIndex.build(range(len(places)), [place[0] for place in places], [place[1] for place in places],
                           codings, [])


def _units(index: CodeIndex, data: Mapping[str, Any]) -> dict[str, Units]:
    """Narratieven, documents and respondents; a respondent's documents make up one unit."""
    names = list(data["respondents"])
    respondent = [names.index(document["respondent"]) for document in data["documents"]]
    of_number: Slots = np.array([respondent[index.document_id(n)] for n in range(index.document_total)] or [0],
                                dtype=np.int32)
    documents = index.document_numbers
    return {
        "narratief": Units("narratief", np.arange(index.capacity), (), index.capacity),
        "document": Units("document", documents, tuple(index.documents), max(1, index.document_total)),
        "respondent": Units("group", of_number[documents], tuple(names), max(1, len(names))),
    }
