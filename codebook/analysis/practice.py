"""A round of practice against its key: values in, values out. Facets hold sets of codes; *niet genoemd* is an empty
set, and what was not answered counts as empty too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebook.analysis import agreement
from codebook.analysis.agreement import Marks
from codebook.analysis.agreement_sets import mv_alpha


@dataclass(frozen=True)
class CodeScore:
    """A code: how often the key has it, how often it was given, how often both. `precision` is the share of what was
    given that the key has, `recall` the share of the key that was given; None when there is nothing to share."""

    code: int
    wanted: int
    given: int
    both: int
    precision: float | None
    recall: float | None
    alpha: float | None


@dataclass(frozen=True)
class FacetScore:
    """A facet: on how many of `n` narratieven its set is exactly that of the key."""

    facet: int
    n: int
    exact: int
    alpha: float | None

    @property
    def share(self) -> float | None:
        """The share that is exact."""
        return self.exact / self.n if self.n else None


@dataclass(frozen=True)
class Difference:
    """A facet of a narratief where the answer is not the key's."""

    narratief: int
    facet: int
    missed: tuple[int, ...]
    extra: tuple[int, ...]


@dataclass(frozen=True)
class Score:
    """A round: `exact` of `n` narratieven are exactly the key's in every facet; `alpha` is over all codes at once."""

    n: int
    exact: int
    alpha: float | None
    facets: tuple[FacetScore, ...]
    codes: tuple[CodeScore, ...]
    differences: tuple[Difference, ...]

    @property
    def share(self) -> float | None:
        """The share that is exact."""
        return self.exact / self.n if self.n else None


Sets = Mapping[int, set[int]]


def score(narratieven: Sequence[int], key: Sets, answer: Sets, facets: Mapping[int, Sequence[int]],
          documents: Mapping[int, int]) -> Score:
    """Compare an answer with the key (narratief → codes) on all narratieven; `facets` has the codes of each facet in
    order, `documents` the document of each narratief."""
    codes = [code for own in facets.values() for code in own]
    marks = _marks(narratieven, (key, answer), codes, documents)
    found, alphas = [], agreement.code_agreements(marks, intervals=False) if narratieven else []
    for k, code in enumerate(codes):
        wanted, given = marks.given[0, :, k], marks.given[1, :, k]
        found.append(_of_code(code, int(wanted.sum()), int(given.sum()), int((wanted & given).sum()),
                              alphas[k].alpha if alphas else None))
    differences = tuple(_differences(narratieven, key, answer, facets))
    wrong = {(d.narratief, d.facet) for d in differences}
    return Score(len(narratieven), sum(all((n, f) not in wrong for f in facets) for n in narratieven),
                 _alpha(marks, range(len(codes))), tuple(_facets(narratieven, marks, facets, codes, wrong)),
                 tuple(found), differences)


def _marks(narratieven: Sequence[int], sides: tuple[Sets, Sets], codes: Sequence[int],
           documents: Mapping[int, int]) -> Marks:
    given = np.array([[[code in side.get(n, ()) for code in codes] for n in narratieven] for side in sides],
                     dtype=np.bool_).reshape(2, len(narratieven), len(codes))
    return Marks(np.ones((2, len(narratieven)), dtype=np.bool_), given,
                 np.array([documents.get(n, 0) for n in narratieven], dtype=np.int64))


def _of_code(code: int, wanted: int, given: int, both: int, alpha: float | None) -> CodeScore:
    return CodeScore(code, wanted, given, both, both / given if given else None, both / wanted if wanted else None,
                     alpha)


def _facets(narratieven: Sequence[int], marks: Marks, facets: Mapping[int, Sequence[int]], codes: Sequence[int],
            wrong: set[tuple[int, int]]) -> list[FacetScore]:
    place = {code: k for k, code in enumerate(codes)}
    return [FacetScore(facet, len(narratieven), sum((n, facet) not in wrong for n in narratieven),
                       _alpha(marks, [place[c] for c in own])) for facet, own in facets.items()]


def _alpha(marks: Marks, codes: Sequence[int]) -> float | None:
    if not marks.n or not len(codes):
        return None
    return mv_alpha(marks.sets(codes))


def _differences(narratieven: Sequence[int], key: Sets, answer: Sets,
                 facets: Mapping[int, Sequence[int]]) -> list[Difference]:
    found = []
    for n in narratieven:
        wanted, given = key.get(n, set()), answer.get(n, set())
        for facet, own in facets.items():
            missed = tuple(c for c in own if c in wanted - given)
            extra = tuple(c for c in own if c in given - wanted)
            if missed or extra:
                found.append(Difference(n, facet, missed, extra))
    return found
