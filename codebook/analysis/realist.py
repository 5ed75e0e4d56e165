"""Realist evaluation counted from the codings: role × actor within the narratieven of one kernelement.

A narratief is of a kernelement when it carries one of its codes, and has a role when it carries a code of that role;
it counts once in a cell, however many such codes it carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebook.query import bits
from codebook.query.bits import Bits, Ints
from codebook.query.index import ANY, CodeIndex, Codings

EVERYBODY = -1
"""Stands in the place of an actor for: whoever tells it."""


@dataclass(frozen=True)
class Matrix:
    """Sets of narratieven of one kernelement, per role and actor. `sets[role, actor]` is a cell, the last column
    (`EVERYBODY`) the role whoever tells it; `whole` is the kernelement. Good as long as no coding changes."""

    index: CodeIndex
    roles: tuple[str, ...]
    actors: tuple[int, ...]
    whole: Bits
    sets: Bits

    @property
    def counts(self) -> Ints:
        """Narratieven per role and actor, without the last column."""
        return self.all_counts[:, :-1]

    @property
    def totals(self) -> Ints:
        """Narratieven per role, whoever tells it."""
        return self.all_counts[:, -1]

    @property
    def all_counts(self) -> Ints:
        """Narratieven per role and actor, with the column of everybody."""
        flat = self.sets.reshape(-1, self.sets.shape[-1])
        return bits.row_counts(flat).reshape(self.sets.shape[:2])

    def cell(self, role: str, actor: int = EVERYBODY) -> Bits:
        """The narratieven of one cell."""
        column = len(self.actors) if actor == EVERYBODY else self.actors.index(actor)
        found: Bits = self.sets[self.roles.index(role), column]
        return found


def whole(index: CodeIndex, codes: Sequence[int], *, codings: Codings = ANY, where: Bits | None = None) -> Bits:
    """The narratieven of a kernelement: those with one of its codes; none when it has no codes."""
    found = index.any_of(codes, codings) & index.live
    return found if where is None else found & where


def matrix(index: CodeIndex, codes: Sequence[int], roles: Mapping[str, Sequence[int]], actors: Sequence[int], *,
           codings: Codings = ANY, where: Bits | None = None) -> Matrix:
    """Count one kernelement: `codes` are its codes, `roles` the codes of every role, `actors` the codes of actors."""
    inside = whole(index, codes, codings=codings, where=where)
    found = np.zeros((len(roles), len(actors) + 1, index.capacity // 64), dtype=np.uint64)
    told = [index.column(actor, codings) for actor in actors]
    for row, wanted in enumerate(roles.values()):
        found[row, -1] = index.any_of(wanted, codings) & inside
        for column, held in enumerate(told):
            np.bitwise_and(found[row, -1], held, out=found[row, column])
    return Matrix(index, tuple(roles), tuple(actors), inside, found)
