"""What findings rest on, in numbers: which narratieven, from which documents, respondents and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from codebook.models import Evidence, PatternEvidence, ReportText
from codebook.query.index import ANY
from codebook.quotes import QuoteEntry, bank
from codebook.reading import Reading
from codebook.report_texts import all_of
from corpora.messages import Translator
from exports.paper import Quotation, Source
from exports.report_sources import behind_synthesis

Say = Callable[..., str]
SUPPORTS, CONTRADICTS, NUANCES = "steunt", "weerspreekt", "nuanceert"


@dataclass(frozen=True)
class Standing:
    """How broadly something is carried: how many narratieven, documents and respondents, and which groups."""

    narratieven: int
    documents: int
    respondents: int
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Behind:
    """The evidence of one finding, by direction; `quotes` in the order they were put there, supporting ones first."""

    narratieven: Mapping[str, tuple[int, ...]]
    quotes: tuple[int, ...]

    @property
    def supporting(self) -> tuple[int, ...]:
        """The narratieven that support it."""
        return self.narratieven.get(SUPPORTS, ())

    @property
    def all(self) -> tuple[int, ...]:
        """All narratieven, whatever they do to it."""
        return tuple(dict.fromkeys(n for some in self.narratieven.values() for n in some))


NOTHING = Behind({}, ())


class Grounds:
    """What the sections of a report ask of the project; read once per report. `codings` says whose count."""

    def __init__(self, reading: Reading, session: Session, _: Translator, codings: str = ANY) -> None:
        self.reading, self.session, self.translate, self.codings = reading, session, _, codings

    @cached_property
    def texts(self) -> Mapping[str, ReportText]:
        """The researcher's own words by place."""
        return all_of(self.session)

    @cached_property
    def patterns(self) -> Mapping[int, Behind]:
        """Pattern → its evidence."""
        rows = self.session.scalars(select(PatternEvidence).order_by(PatternEvidence.id)).all()
        return _behind((row.pattern_id, row.direction, row.narratief_id, row.quote_id) for row in rows)

    @cached_property
    def configurations(self) -> Mapping[int, Behind]:
        """Configuration → its evidence, that of its elements included."""
        rows = self.session.scalars(select(Evidence).order_by(Evidence.id)).all()
        return _behind((row.configuration_id, row.direction, row.narratief_id, row.quote_id) for row in rows)

    def behind_synthesis(self, synthesis_id: int) -> list[int]:
        """The narratieven that support the configurations of a synthesis."""
        return list(dict.fromkeys(n for one in self.configurations_of(synthesis_id)
                                  for n in self.configurations.get(one, NOTHING).supporting))

    def configurations_of(self, synthesis_id: int) -> list[int]:
        """The configurations that a synthesis rests on."""
        return behind_synthesis(self.session, synthesis_id)

    @cached_property
    def quotes(self) -> Mapping[int, QuoteEntry]:
        """Every citaat of the bank that may be used."""
        return {one.id: one for one in bank(self.session) if one.is_wanted}

    def quotations(self, behind: Behind) -> list[Quotation]:
        """The quote boxes of a finding."""
        return [Quotation(self.quotes[n].shown, self.quotes[n].role, Source(f"Q{n}", "quote", n))
                for n in behind.quotes if n in self.quotes]

    @cached_property
    def _people(self) -> Mapping[int, tuple[int, ...]]:
        narratieven, respondents = self.reading.respondents
        found: dict[int, list[int]] = {}
        for narratief, respondent in zip(narratieven.tolist(), respondents.tolist(), strict=True):
            found.setdefault(narratief, []).append(respondent)
        return {narratief: tuple(some) for narratief, some in found.items()}

    def standing(self, narratief_ids: Iterable[int]) -> Standing:
        """How broadly narratieven carry a finding; those that are no narratieven any more do not count."""
        groups = self.reading.catalogue.groups_of_documents
        known = [n for n in dict.fromkeys(narratief_ids) if self.counts(n)]
        documents = list(dict.fromkeys(self._document(n) for n in known))
        people = {person for n in known for person in self._people.get(n, ())}
        order = self.reading.catalogue.groups
        heard = {groups.get(document, "") for document in documents} - {""}
        return Standing(len(known), len(documents), len(people), tuple(g for g in order if g in heard))

    def counts(self, narratief_id: int) -> bool:
        """Whether this is a narratief that counts."""
        try:
            slot = self.reading.index.slot(narratief_id)
        except KeyError:
            return False
        return slot >= 0

    def _document(self, narratief_id: int) -> int:
        index = self.reading.index
        return index.document_id(int(index.document_numbers[index.slot(narratief_id)]))

    def group_of(self, narratief_id: int) -> str:
        """The respondent group of the document that a narratief stands in; "" without one."""
        if not self.counts(narratief_id):
            return ""
        return self.reading.catalogue.groups_of_documents.get(self._document(narratief_id), "")

    def carried(self, behind: Behind) -> str:
        """In a sentence: what a finding rests on."""
        _, at = self.translate, self.standing(behind.supporting)
        if not at.narratieven:
            found = _("No narratief stands behind this yet.")
        else:
            found = _("Carried by {narratieven} out of {documents}, {respondents}{groups}.",
                        narratieven=count(_, at.narratieven, "narratief"),
                        documents=count(_, at.documents, "document"),
                        respondents=count(_, at.respondents, "respondent"),
                        groups=f" ({', '.join(at.groups)})" if at.groups else "")
        against, nuance = (len(behind.narratieven.get(way, ())) for way in (CONTRADICTS, NUANCES))
        if against:
            found += " " + _("Contradicted by {narratieven}.", narratieven=count(_, against, "narratief"))
        if nuance:
            found += " " + _("Nuanced by {narratieven}.", narratieven=count(_, nuance, "narratief"))
        return found


def _behind(rows: Iterable[tuple[int, str, int | None, int | None]]) -> dict[int, Behind]:
    ways: dict[int, dict[str, dict[int, None]]] = {}
    quotes: dict[int, list[tuple[bool, int]]] = {}
    for about, way, narratief, quote in rows:
        if narratief is not None:
            ways.setdefault(about, {}).setdefault(way, {})[narratief] = None
        if quote is not None:
            quotes.setdefault(about, []).append((way != SUPPORTS, quote))
    return {about: Behind({way: tuple(some) for way, some in found.items()}, _ordered(quotes.get(about, ())))
            for about in {**ways, **quotes} for found in [ways.get(about, {})]}


def _ordered(quotes: Sequence[tuple[bool, int]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(quote for _late, quote in sorted(quotes, key=lambda one: one[0])))


def count(_: Say, n: int, what: str) -> str:
    """A number with its noun, singular or plural."""
    if what == "narratief":
        return _("1 narratief") if n == 1 else _("{n} narratieven", n=n)
    if what == "document":
        return _("1 document") if n == 1 else _("{n} documents", n=n)
    if what == "respondent":
        return _("1 respondent") if n == 1 else _("{n} respondents", n=n)
    if what == "group":
        return _("1 respondent group") if n == 1 else _("{n} respondent groups", n=n)
    if what == "coder":
        return _("1 coder") if n == 1 else _("{n} coders", n=n)
    return _("1 configuration") if n == 1 else _("{n} configurations", n=n)


def listed(_: Say, names: Sequence[str]) -> str:
    """Names in a row: a, b en c."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])


def share(value: float | None, digits: int = 2) -> str:
    """A number as Dutch readers write it."""
    return "–" if value is None or np.isnan(value) else f"{value:.{digits}f}".replace(".", ",")

