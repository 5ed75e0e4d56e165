"""Workbooks: the whole project, or the answer to one question.

Every text cell stays text whatever it begins with; numbers and moments are real ones. The same project gives the same
bytes. A file appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from codebook import asking, gridding
from codebook.agreeing import Agreement
from codebook.cmo_answers import Answers
from codebook.query.index import ANY
from codebook.reading import Reading
from codebook.tabling import View
from corpora.messages import Message, Translator
from exports.excel_book import Book, Progress
from exports.files import written
from exports.reading_guide import Fact, Written, guide_sheet, project_facts
from exports.sheets_agreement import agreement_facts, codes_sheet, facets_sheet, pairs_sheet
from exports.sheets_codes import (
    codebook_sheet,
    codings_named,
    codings_sheet,
    figures_sheet,
    queries_sheet,
    units_named,
)
from exports.sheets_grids import Kept, deelvraag_sheet, grids_by_deelvraag
from exports.sheets_material import documents_sheet, narratives_sheet
from exports.sheets_tables import counts_sheet, crossing_name, crossings_sheet, grid_sheet, query_sheet, share_sheets
from exports.shown_tables import shown_sheet, warnings_sheet
from exports.tables import Lost, Sheet

MANY = 4
"""From more sheets than these the reading guide comes first."""


def write_workbook(reading: Reading, path: Path, translator: Translator, codings: str = ANY,
                   progress: Progress | None = None) -> list[Lost]:
    """Write everything: reading guide, documents, narratieven, codebook, codings, queries, co-occurrence, figures.

    `codings` says whose count ("any", "decided" or a coder's name). `progress(done, total, sheet)` is called now and
    then and may raise to stop; then nothing is written. Returns what Excel could not hold.
    """
    _ = translator
    makers: list[Callable[[], Sheet]] = [
        lambda: documents_sheet(reading, _), lambda: narratives_sheet(reading, _, codings),
        lambda: codebook_sheet(reading, _, codings), lambda: codings_sheet(reading, _, codings),
        lambda: queries_sheet(reading, _), lambda: crossings_sheet(reading, _, codings),
        lambda: figures_sheet(reading, _, codings)]
    return _write(path, _, project_facts(reading, _, codings), makers, progress)


def write_query(found: asking.Answer, path: Path, translator: Translator) -> list[Lost]:
    """Write the narratieven that answer a query."""
    _ = translator
    facts: list[Fact] = [
        (_("Expression"), found.expression), (_("Unit"), units_named(_)[found.unit]),
        (_("Whose codings"), codings_named(_, found.codings)), (_("Narratieven"), found.count),
        (_("Documents"), found.documents), (_("Units in which it holds"), found.units)]
    return _write(path, _, facts, [lambda: query_sheet(found, _)])


def write_grid(found: asking.NamedGrid, path: Path, translator: Translator,
               reading: Reading | None = None) -> list[Lost]:
    """Write every combination of the chosen codes, and with a reading also the narratieven under each."""
    _ = translator
    facts: list[Fact] = [
        (_("Facets"), " × ".join(found.facets)), (_("Unit"), units_named(_)["narratief"]),
        (_("Whose codings"), codings_named(_, found.codings)), (_("Narratieven"), found.grid.n),
        (_("Narratieven with a code of every facet here"), found.grid.complete),
        (_("Sum of the combinations"), found.grid.total)]
    note = _("A narratief stands in every combination of its codes, so the combinations may add up to more than the "
             "narratieven.")
    makers: list[Callable[[], Sheet]] = [lambda: grid_sheet(found, _)]
    if reading is not None:
        kept: Kept = (" × ".join(found.facets), gridding.of_named(reading, found))
        makers.append(lambda: deelvraag_sheet(_("Narratieven per combination"), [kept], _))
    return _write(path, _, facts, makers, notes=[note])


def write_grids(reading: Reading, path: Path, translator: Translator, codings: str = ANY,
                progress: Progress | None = None) -> list[Lost]:
    """Write the kept grids, a sheet per deelvraag, with the narratieven under each combination. Without any, the
    combinations of all facets that hold narratieven; `codings` says whose count there (a kept grid says it itself)."""
    _ = translator
    found = grids_by_deelvraag(reading)
    notes = [_("A narratief stands in every combination of its codes, so the combinations may add up to more than the "
               "narratieven.")]
    makers: list[Callable[[], Sheet]] = [
        lambda label=label, kept=kept: deelvraag_sheet(label or _("No deelvraag"), kept, _)  # type: ignore[misc]
        for label, kept in found]
    if not found:
        whole: Kept = (_("All facets"), gridding.everything(reading, codings))
        makers = [lambda: deelvraag_sheet(_("All facets"), [whole], _, with_empty=False)]
        notes.append(_("No grid is kept yet, so these are all combinations that hold narratieven."))
    return _write(path, _, project_facts(reading, _, codings), makers, progress, notes)


def write_cooccurrence(found: asking.NamedCooccurrence, path: Path, translator: Translator) -> list[Lost]:
    """Write a co-occurrence table: counts with totals, Jaccard, and the two shares."""
    _ = translator
    facts: list[Fact] = [
        (_("Facets"), crossing_name(found)), (_("Unit"), units_named(_)[found.unit]), (_("n"), found.n),
        (_("Whose codings"), codings_named(_, found.codings)), (_("Only where"), found.where or "–")]
    notes = [_("Totals are units that carry the code; they are not sums of the cells, as a unit may carry several "
               "codes."), *(_(caution) for caution in found.table.cautions())]
    makers: list[Callable[[], Sheet]] = [lambda: counts_sheet(found, _)]
    makers += [lambda sheet=sheet: sheet for sheet in share_sheets(found, _)]  # type: ignore[misc]
    return _write(path, _, facts, makers, notes=notes)


def write_view(view: View, path: Path, translator: Translator) -> list[Lost]:
    """Write a table as it stands on the screen, and the cells in which it misleads."""
    _ = translator
    facts: list[Fact] = [(_(name), _(value) if isinstance(value, Message) else value) for name, value in view.facts]
    makers: list[Callable[[], Sheet]] = [lambda: shown_sheet(view, _)]
    if view.warned:
        makers.append(lambda: warnings_sheet(view, _))
    return _write(path, _, facts, makers, notes=[_(view.about), *(_(caution) for caution in view.cautions)])


def write_agreement(found: Agreement, path: Path, translator: Translator) -> list[Lost]:
    """Write how far coders agree: per facet, per code, per pair, with what the figures mean and do not."""
    _ = translator
    makers: list[Callable[[], Sheet]] = [lambda: codes_sheet(found, _), lambda: facets_sheet(found, _)]
    if len(found.coders) > 2:
        makers.append(lambda: pairs_sheet(found, _))
    return _write(path, _, agreement_facts(found, _), makers, notes=[_(note) for note in found.notes])


def write_cmo(reading: Reading, answers: Answers, path: Path, translator: Translator) -> list[Lost]:
    """Write what is known of every kernelement; RefusedError when a name of the key stands in it."""
    from exports import cmo_paper, sheets_cmo

    _ = translator
    cmo_paper.guarded(reading, answers, translator)
    makers: list[Callable[[], Sheet]] = [
        lambda sheet=sheet: sheet for sheet in sheets_cmo.sheets_of(answers, _)]  # type: ignore[misc]
    return _write(path, _, project_facts(reading, _, answers.codings), makers)


def _write(path: Path, _: Translator, facts: Sequence[Fact], makers: Sequence[Callable[[], Sheet]],
           progress: Progress | None = None, notes: Sequence[str] = ()) -> list[Lost]:
    """Write the sheets behind a reading guide; the guide is the first sheet and written last, as it tells of all."""
    with written(path) as draft, Book(str(facts[0][1])) as book:
        _fill(book, _, facts, makers, progress, notes)
        _tick(progress, len(makers), len(makers) + 1, path.name)()
        book.save(draft)
    return book.losses.all()


def _fill(book: Book, _: Translator, facts: Sequence[Fact], makers: Sequence[Callable[[], Sheet]],
          progress: Progress | None, notes: Sequence[str]) -> None:
    # The answer to one question stands in front; a book of many sheets opens with its guide.
    guide = book.place(_("Reading guide")) if len(makers) > MANY else None
    written_sheets: list[Written] = []
    for n, make in enumerate(makers):
        sheet = make()
        place = book.place(sheet.title)
        lines = book.fill(place, sheet, _tick(progress, n, len(makers) + 1, sheet.title))
        written_sheets.append(Written(sheet, place.title, lines))
    reader = guide_sheet(_, facts, written_sheets, book.losses.all(), notes)
    book.fill(guide if guide is not None else book.place(reader.title), reader)


def _tick(progress: Progress | None, done: int, total: int, text: str) -> Callable[[], None]:
    def tick() -> None:
        if progress is not None:
            progress(done, total, text)
    tick()
    return tick
