"""How far a coder is: complete narratieven per document, from the index, so that it is quick in any project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebook.query import bits
from codebook.query.index import CodeIndex


@dataclass(frozen=True)
class FacetRule:
    """The codes of a facet and the least number of them that a narratief needs."""

    facet_id: int
    codes: Sequence[int]
    least: int = 1


def complete_by_document(index: CodeIndex, coder: int, rules: Sequence[FacetRule]) -> Mapping[int, tuple[int, int]]:
    """Document → (narratieven in which every facet is filled or *niet genoemd* by this coder, narratieven)."""
    live = bits.unpack(index.live)
    done = live.copy()
    for rule in rules:
        given = np.zeros(live.size, dtype=np.int16)
        for code in rule.codes:
            given += bits.unpack(index.column(code, coder))
        done &= (given >= rule.least) | bits.unpack(index.not_mentioned(rule.facet_id, coder))
    numbers = index.document_numbers
    complete = np.bincount(numbers[done], minlength=index.document_total)
    total = np.bincount(numbers[live], minlength=index.document_total)
    return {index.document_id(n): (int(complete[n]), int(total[n])) for n in range(index.document_total)}
