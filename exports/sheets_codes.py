"""The sheets about what was coded: codebook, codings, queries, and the frequencies behind the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codebook import asking, codes, kernelementen, questions
from codebook.analysis.frequencies import Frequency, frequencies
from codebook.cmo_counts import ROLE_NAMES
from codebook.models import SavedQuery
from codebook.query.index import ANY
from codebook.query.units import Unit
from codebook.reading import Reading
from corpora.errors import NarratiefError
from corpora.messages import Translator
from exports.coded_rows import codings as coded
from exports.tables import Area, Bars, Column, Rows, Sheet, Strong, Value, moment


def units_named(_: Translator) -> dict[str, str]:
    """What a unit is called."""
    return {"narratief": _("narratief"), "document": _("document"), "respondent": _("respondent"),
            "group": _("respondent group")}


def codings_named(_: Translator, codings: str) -> str:
    """Whose codings count, in words."""
    if codings == "any":
        return _("any coder")
    return _("as decided") if codings == "decided" else codings


def code_frequencies(reading: Reading, codings: str = ANY) -> dict[int, Frequency]:
    """How often every code was given."""
    ids = [c.id for c in asking.ordered_codes(reading)]
    found = frequencies(reading.index, ids, reading.catalogue, codings=reading.codings(codings))
    return dict(zip(ids, found, strict=True))


def codebook_sheet(reading: Reading, _: Translator, codings: str = ANY) -> Sheet:
    """A line per code with all that the codebook says of it, and how often it was given."""
    columns = (
        Column(_("Facet"), "word", 10, _("The facet that the code belongs to.")),
        Column(_("Number"), "number", 10, _("What one types for the code.")),
        Column(_("Code"), "text", 30, _("Label of the code.")),
        Column(_("Narratieven"), "number", 13, _("Narratieven that carry the code, each counted once.")),
        Column(_("Share"), "share", 10, _("Of all narratieven, the share with the code.")),
        Column(_("Documents"), "number", 12, _("Documents with at least one narratief that carries the code.")),
        Column(_("Coders"), "number", 10, _("Coders who gave the code.")),
        Column(_("Codings"), "number", 12, _("How often it was given: a narratief counts once per coder.")),
        Column(_("Above it"), "text", 20, _("The code directly above it, if any.")),
        Column(_("Groups"), "text", 26, _("Groups that the code is in.")),
        Column(_("Definition"), "text", 60, _("What the code means.")),
        Column(_("Use when"), "text", 40, _("When to use the code.")),
        Column(_("Not when"), "text", 40, _("When not to use the code.")),
        Column(_("Example"), "text", 40, _("An example from the material.")),
        Column(_("Synonyms"), "text", 26, _("Other words by which the code is found.")),
        Column(_("Certain"), "word", 10, _("«no» where the source of the instrument leaves doubt; see the note.")),
        Column(_("Note"), "text", 40, _("A note on the code.")),
        Column(_("Role in CMO"), "word", 20, _("What the code stands for in realist evaluation.")),
        Column(_("Kernelementen"), "text", 30, _("The kernelementen that it is a code of.")))
    return Sheet(_("Codebook"), columns, list(_code_rows(reading, _, codings)), kept=3,
                 about=_("One line per code, in the order of the codebook."))


def _code_rows(reading: Reading, _: Translator, codings: str) -> Iterator[list[Value]]:
    counted = code_frequencies(reading, codings)
    with reading.project.read() as session:
        groups = codes.groups_of(session)
        entries = codes.entries(session)
        labels, named = {e.code.id: e.code.label for e in entries}, kernelementen.labels_of_codes(session)
        for entry in entries:
            code, often = entry.code, counted[entry.code.id]
            yield [entry.facet.label, code.number, code.label, often.narratieven, often.share, often.documents,
                   often.coders, often.codings, labels.get(code.parent_id or 0), "; ".join(groups.get(code.id, ())),
                   code.definition, code.use_when, code.not_when, code.example, "; ".join(code.synonyms.splitlines()),
                   _("yes") if code.certain else _("no"), code.note, _(ROLE_NAMES[code.cmo_role]) if code.cmo_role
                   else None, "; ".join(named.get(code.id, ()))]


def codings_sheet(reading: Reading, _: Translator, codings: str = ANY) -> Sheet:
    """A line per coding."""
    columns = (
        Column(_("Document"), "word", 30, _("Title of the document.")),
        Column(_("Nr"), "number", 6, _("Number of the narratief, in order of the text.")),
        Column(_("Facet"), "word", 10, _("The facet that the code belongs to.")),
        Column(_("Code"), "word", 34, _("Label of the code, or «niet genoemd»: the facet is not there.")),
        Column(_("Coder"), "word", 18, _("Who gave the code.")),
        Column(_("Given (UTC)"), "moment", 17, _("When the code was given.")),
        Column(_("Reason"), "word", 34, _("Why the facet is not there.")))
    rows: Rows = ([row.document, row.nr, row.facet, row.label, row.coder, moment(row.at), row.reason]
                  for row in coded(reading, codings))
    return Sheet(_("Codings"), columns, rows, kept=2,
                 about=_("One line per narratief, code and coder; «niet genoemd» included."))


def queries_sheet(reading: Reading, _: Translator) -> Sheet:
    """Every saved query, and below each the narratieven that answer it."""
    columns = (
        Column(_("Deelvraag"), "word", 18, _("The deelvraag that the query is kept under.")),
        Column(_("Query"), "text", 26, _("Name of the query.")),
        Column(_("Expression"), "text", 36, _("What is asked.")),
        Column(_("Unit"), "word", 12, _("The unit in which the codes have to stand together.")),
        Column(_("Whose codings"), "word", 16, _("Whose codings count.")),
        Column(_("Count"), "number", 10, _("Narratieven that answer the query; only on the line of the query itself.")),
        Column(_("Documents"), "number", 12, _("Documents that they come from.")),
        Column(_("Document"), "word", 26, _("Title of the document.")),
        Column(_("Nr"), "number", 6, _("Number of the narratief, in order of the text.")),
        Column(_("Text"), "text", 80, _("The words of the narratief.")),
        Column(_("Codes"), "text", 44, _("The codes of the narratief, all facets.")))
    return Sheet(_("Queries"), columns, _query_rows(reading, _), kept=2,
                 about=_("Every saved query on a line of its own, and below it its narratieven."))


def _query_rows(reading: Reading, _: Translator) -> Iterator[Sequence[Value]]:
    with reading.project.read() as session:
        labels = {d.id: (n, d.label) for n, d in enumerate(questions.deelvragen(session))}
        saved = questions.queries(session)
    saved.sort(key=lambda q: (labels.get(q.deelvraag_id or 0, (len(labels), "")), q.name))
    for query in saved:
        yield from _answered(reading, _, query, labels.get(query.deelvraag_id or 0, (0, ""))[1])


def _answered(reading: Reading, _: Translator, query: SavedQuery, deelvraag: str) -> Iterator[Sequence[Value]]:
    begin = [deelvraag, query.name, query.expression, units_named(_).get(query.unit, query.unit),
             codings_named(_, query.codings)]
    try:
        found = asking.query(reading, query.expression, unit=_unit(query.unit), codings=query.codings)
    except NarratiefError as error:
        # A query that names a code that is gone is shown with its reason: it must not stop the workbook.
        yield Strong([*begin, None, None, None, None, _(error.message), None])
        return
    yield Strong([*begin, found.count, found.documents, None, None, None, None])
    for one in found.narratieven:
        yield [deelvraag, query.name, None, None, None, None, None, one.document, one.nr, one.text,
               "; ".join(one.codes)]


def _unit(name: str) -> Unit:
    units: dict[str, Unit] = {"document": "document", "group": "group"}
    return units.get(name, "narratief")


def figures_sheet(reading: Reading, _: Translator, codings: str = ANY) -> Sheet:
    """The codes of every facet by frequency, drawn as bars."""
    columns = (Column(_("Facet"), "word", 10, _("The facet that the code belongs to.")),
               Column(_("Code"), "word", 34, _("Label of the code.")),
               Column(_("Narratieven"), "number", 13, _("Narratieven that carry the code, each counted once.")),
               Column(_("Share"), "share", 10, _("Of all narratieven, the share with the code.")))
    rows: list[list[Value]] = []
    bars: list[Bars] = []
    heat: list[Area] = []
    counted = code_frequencies(reading, codings)
    for facet in reading.catalogue.facets:
        own = [c for c in asking.ordered_codes(reading) if c.facet_id == facet.id]
        own.sort(key=lambda c: -counted[c.id].narratieven)
        if own:
            top, bottom = len(rows) + 2, len(rows) + 1 + len(own)
            bars.append(Bars(_("{facet}: narratieven per code (n = {n})", facet=facet.label, n=reading.index.n), 2, 3,
                             top, bottom))
            heat.append(Area(top, 3, bottom, 3))
        rows += [[facet.label, c.label, counted[c.id].narratieven, counted[c.id].share] for c in own]
    return Sheet(_("Figures"), columns, rows, kept=2, heat=tuple(heat), bars=tuple(bars),
                 about=_("The codes of each facet, most frequent first, with a chart per facet."))
