"""The numbers of the pictures in Vragen, each from the same analysis as its table; how they look is decided
elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from codebook import asking
from codebook.analysis import cooccurrence as crossing
from codebook.analysis import frequencies as counting
from codebook.query import bits
from codebook.query.bits import Bits, Ints, Mask
from codebook.query.evaluate import TextSearch
from codebook.query.index import ANY
from codebook.reading import Reading

MOST_LINES, MOST_BANDS = 50, 120
"""A network and a flow start with the least number that leaves no more lines or bands than this."""


@dataclass(frozen=True)
class Wanted:
    """What a picture is to show: these facets, without the codes left out; codes (in a network and a flow: ties) of
    at least `least` narratieven, where 0 lets a network or flow be as full as can be read; whose codings; only the
    narratieven of `where`."""

    facets: tuple[str, ...]
    left_out: frozenset[int] = frozenset()
    least: int = 1
    codings: str = ANY
    where: str | None = None


@dataclass(frozen=True)
class PictureCode:
    """A code and the number of narratieven that carry it."""

    id: int
    facet: str
    label: str
    count: int


@dataclass(frozen=True)
class HeatPicture:
    """Codes against codes: `counts` are narratieven with both, `n` all that were looked at."""

    rows: tuple[PictureCode, ...]
    columns: tuple[PictureCode, ...]
    counts: Ints
    n: int


@dataclass(frozen=True)
class Tie:
    """Two nodes, by their place in the network, and the narratieven that carry both codes."""

    one: int
    other: int
    count: int


@dataclass(frozen=True)
class NetworkPicture:
    """Codes that stand together; `alone` have no tie of the number asked for and are not nodes. `least` is that
    number: the one asked for, or found by `MOST_LINES`."""

    nodes: tuple[PictureCode, ...]
    ties: tuple[Tie, ...]
    alone: tuple[PictureCode, ...]
    least: int
    n: int

    def matrix(self) -> Ints:
        """The ties as a symmetric table of nodes."""
        found = np.zeros((len(self.nodes), len(self.nodes)), dtype=np.int64)
        for tie in self.ties:
            found[tie.one, tie.other] = found[tie.other, tie.one] = tie.count
        return found


@dataclass(frozen=True)
class FlowPicture:
    """Codes of facets side by side, with between neighbours the narratieven that carry both (`flows[i]`: codes of
    stage i × codes of stage i + 1; those below `least` are 0). A narratief with several codes of a facet flows through
    each of them."""

    facets: tuple[str, ...]
    stages: tuple[tuple[PictureCode, ...], ...]
    flows: tuple[Ints, ...]
    least: int
    n: int


@dataclass(frozen=True)
class BarsPicture:
    """Per facet how many narratieven carry each code."""

    facets: tuple[str, ...]
    codes: tuple[tuple[PictureCode, ...], ...]
    n: int


@dataclass(frozen=True)
class LinePicture:
    """Codes along a document: `held[code, narratief]`; `nrs` and `ids` are its narratieven in order."""

    title: str
    codes: tuple[PictureCode, ...]
    ids: tuple[int, ...]
    nrs: tuple[int, ...]
    held: Mask


@dataclass(frozen=True)
class PortraitCell:
    """A narratief: its codes per facet, and whether a facet is *niet genoemd*; `asked` False when `where` leaves it
    out."""

    id: int
    nr: int
    codes: tuple[tuple[int, ...], ...]
    absent: tuple[bool, ...]
    asked: bool


@dataclass(frozen=True)
class PortraitPicture:
    """A document as its narratieven in order; `used` are the codes in it, per facet."""

    title: str
    facets: tuple[str, ...]
    cells: tuple[PortraitCell, ...]
    used: tuple[tuple[PictureCode, ...], ...]


class Counter:
    """Counts for one picture: the codes of the facets wanted, within the narratieven wanted."""

    def __init__(self, reading: Reading, wanted: Wanted, text: TextSearch | None = None) -> None:
        self.reading, self.wanted = reading, wanted
        self.whose = reading.codings(wanted.codings)
        where = asking.within(reading, wanted.where, wanted.codings, text)
        self.universe: Bits = reading.index.live if where is None else reading.index.live & where
        self.n = bits.count(self.universe)

    def codes(self, facet: str, least: int | None = None, within: Bits | None = None) -> tuple[PictureCode, ...]:
        """The codes of a facet with their numbers, those of fewer narratieven than `least` left out."""
        index, catalogue = self.reading.index, self.reading.catalogue
        number = catalogue.facet(facet).id
        chosen = [c for c in catalogue.codes if c.facet_id == number and c.id not in self.wanted.left_out]
        universe = self.universe if within is None else self.universe & within
        counted = counting.frequencies(index, [c.id for c in chosen], catalogue, codings=self.whose, where=universe)
        found = (PictureCode(c.id, facet, c.label, f.narratieven) for c, f in zip(chosen, counted, strict=True))
        return tuple(c for c in found if c.count >= (self.wanted.least if least is None else least))

    def crossed(self, rows: Sequence[PictureCode], columns: Sequence[PictureCode]) -> Ints:
        """The co-occurrence table of these codes."""
        return crossing.cooccurrence(self.reading.index, [c.id for c in rows], [c.id for c in columns],
                                     codings=self.whose, where=self.universe).counts


def heat(reading: Reading, wanted: Wanted, text: TextSearch | None = None) -> HeatPicture:
    """The first facet against the last."""
    counter = Counter(reading, wanted, text)
    rows, columns = counter.codes(wanted.facets[0]), counter.codes(wanted.facets[-1])
    return HeatPicture(rows, columns, counter.crossed(rows, columns), counter.n)


def network(reading: Reading, wanted: Wanted, text: TextSearch | None = None) -> NetworkPicture:
    """All codes of the facets; a tie stands for at least `least` narratieven, with 0 for as few as leave a picture
    that can be read."""
    counter = Counter(reading, wanted, text)
    codes = [code for facet in wanted.facets for code in counter.codes(facet, least=1)]
    counts = counter.crossed(codes, codes)
    least = wanted.least or _readable(counts[np.triu_indices(len(counts), 1)], MOST_LINES)
    pairs = [(int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(counts, 1) >= least), strict=True)]
    tied = sorted({place for pair in pairs for place in pair})
    node = {place: n for n, place in enumerate(tied)}
    ties = tuple(Tie(node[a], node[b], int(counts[a, b])) for a, b in pairs)
    return NetworkPicture(tuple(codes[p] for p in tied), ties,
                          tuple(c for p, c in enumerate(codes) if p not in node), least, counter.n)


def _readable(counts: Ints, most: int) -> int:
    """The least number that leaves at most so many of these counts."""
    falling = np.sort(counts.reshape(-1))[::-1]
    return 1 if falling.size <= most else int(falling[most]) + 1


def flow(reading: Reading, wanted: Wanted, text: TextSearch | None = None) -> FlowPicture:
    """The facets side by side, with flows of at least `least` narratieven; codes without one are left out."""
    counter = Counter(reading, wanted, text)
    stages = [counter.codes(facet, least=1) for facet in wanted.facets]
    flows = [counter.crossed(a, b) for a, b in pairwise(stages)]
    least = wanted.least or _readable(np.concatenate([f.reshape(-1) for f in flows]), MOST_BANDS)
    flows = [np.where(f >= least, f, 0) for f in flows]
    kept = [np.flatnonzero(_through(flows, n)) for n in range(len(stages))]
    return FlowPicture(wanted.facets, tuple(tuple(stage[i] for i in keep.tolist())
                                            for stage, keep in zip(stages, kept, strict=True)),
                       tuple(f[np.ix_(kept[n], kept[n + 1])] for n, f in enumerate(flows)), least, counter.n)


def _through(flows: Sequence[Ints], stage: int) -> Ints:
    """What flows in or out of every code of a stage."""
    into = flows[stage - 1].sum(axis=0) if stage > 0 else 0
    out = flows[stage].sum(axis=1) if stage < len(flows) else 0
    return np.asarray(np.maximum(into, out), dtype=np.int64)


def bars(reading: Reading, wanted: Wanted, text: TextSearch | None = None) -> BarsPicture:
    """How often each code of the facets is used."""
    counter = Counter(reading, wanted, text)
    return BarsPicture(wanted.facets, tuple(counter.codes(facet) for facet in wanted.facets), counter.n)


def codeline(reading: Reading, document_id: int, wanted: Wanted, text: TextSearch | None = None) -> LinePicture:
    """The codes used in a document, along its narratieven."""
    counter, index = Counter(reading, wanted, text), reading.index
    own = index.of_documents([document_id])
    slots = index.slots(own)
    codes = tuple(c for facet in wanted.facets for c in counter.codes(facet, max(1, wanted.least), own))
    held = [bits.unpack(index.column(c.id, counter.whose) & counter.universe)[slots] for c in codes]
    return LinePicture(reading.titles[document_id], codes, tuple(index.narratief_id[slots].tolist()),
                       tuple(index.nr[slots].tolist()), np.array(held, dtype=np.bool_).reshape(len(codes), slots.size))


def portrait(reading: Reading, document_id: int, wanted: Wanted, text: TextSearch | None = None) -> PortraitPicture:
    """Every narratief of a document with its codes per facet."""
    counter, index = Counter(reading, wanted, text), reading.index
    own = index.of_documents([document_id])
    slots = index.slots(own)
    used = tuple(counter.codes(facet, 1, own) for facet in wanted.facets)
    given = [frozenset(codes) for codes in index.codes_of(slots, counter.whose)]
    asked = bits.unpack(counter.universe)[slots].tolist()
    facets = [reading.catalogue.facet(f).id for f in wanted.facets]
    absent = [bits.unpack(index.absent(f, reading.catalogue.codes_of(f), counter.whose))[slots] for f in facets]
    cells = [PortraitCell(int(index.narratief_id[s]), int(index.nr[s]), _per_facet(used, given[n]),
                          tuple(bool(mask[n]) for mask in absent), asked[n]) for n, s in enumerate(slots.tolist())]
    return PortraitPicture(reading.titles[document_id], wanted.facets, tuple(cells), used)


def _per_facet(used: Sequence[Sequence[PictureCode]], given: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(c.id for c in codes if c.id in given) for codes in used)


def behind(reading: Reading, wanted: Wanted, codes: Sequence[int], document_id: int | None = None,
           text: TextSearch | None = None) -> list[int]:
    """The narratieven behind a mark: those that carry all its codes, of one document where it stands for one."""
    counter = Counter(reading, wanted, text)
    found = counter.universe.copy()
    for code in codes:
        found &= reading.index.column(code, counter.whose)
    if document_id is not None:
        found &= reading.index.of_documents([document_id])
    return [int(n) for n in reading.index.ids(found)]
