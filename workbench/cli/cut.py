"""Commands that cut and code: segment, codebook, code."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from codebook import codebook_files, codes, coding, kernelementen
from codebook.counts import codings_of
from codebook.models import Coder
from corpora import documents, fragments, narratives
from corpora.errors import UsageError, WrongUsageError
from corpora.messages import message
from corpora.narratives import Span
from corpora.numerals import whole
from corpora.store.project import Project
from corpora.tables import Table, read_table
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened
from workbench.i18n import _


def segment(options: Namespace) -> int:
    """`segment PROJECT [TITLE…]`"""
    with opened(options.project) as project:
        wanted = fragments.of_table(read_table(Path(options.boundaries))) if options.boundaries else None
        if wanted is None:
            with project.read() as session:
                titles = options.titles or [d.title for d in documents.in_order(session)]
            wanted = fragments.proposals(project, titles)
        else:
            wanted = _by_title(project, wanted, options.titles)
        project.step(message("Segment {n} documents", n=len(wanted)), _segment, wanted, options)
    say(_("{n} documents segmented, {m} narratieven.", n=len(wanted),
                     m=sum(s.counts for spans in wanted.values() for s in spans)))
    return 0


def _by_title(project: Project, found: dict[str, list[Span]], chosen: list[str]) -> dict[str, list[Span]]:
    """Boundaries under the titles as the project has them, however the table spells them; with `chosen` titles those
    alone. NotFoundError for a title that is not there."""
    wanted: dict[str, list[Span]] = {}
    with project.read() as session:
        only = {documents.find(session, title).title for title in chosen}
        for spelled, spans in found.items():
            title = documents.find(session, spelled).title
            if not only or title in only:
                wanted.setdefault(title, []).extend(spans)
    return wanted


def _segment(session: Any, wanted: dict[str, list[Span]], options: Namespace) -> None:
    coder = session.get_one(Coder, coding.coder_id(session, options.coder)) if options.coder else None
    for title, spans in wanted.items():
        document = documents.find(session, title)
        if coder is not None:
            narratives.set_own(session, document.id, coder.uuid, spans)
        else:
            narratives.set_segmentation(session, document.id, spans, replace=options.replace)


def codebook(options: Namespace) -> int:
    """`codebook PROJECT list|import FILE|export FILE`"""
    with opened(options.project) as project:
        if options.what == "list":
            _list(project, as_json=options.json)
            return 0
        if not options.file:
            raise WrongUsageError("Give a file to {what}.", what=options.what)
        path = Path(options.file)
        if options.what == "import":
            rows = codebook_files.read(path)
            codebook_files.require_rows(rows, path.name)
            made = project.step(message("Import codebook {file}", file=path.name), codebook_files.put, rows)
            say(_("{n} codes read, {made} of them new.", n=len(rows), made=made))
        else:
            from exports.codebooks import write_codebook

            with project.read() as session:
                write_codebook(codebook_files.rows_from(session), path)
    return 0


def _list(project: Project, *, as_json: bool) -> None:
    with project.read() as session:
        counts = codings_of(session)
        groups = codes.groups_of(session)
        entries = codes.entries(session)
        labels = {e.code.id: e.code.label for e in entries}
        named = kernelementen.labels_of_codes(session)
        rows = [{"facet": e.facet.label, "label": e.code.label, "parent": labels.get(e.code.parent_id or 0),
                 "groups": groups.get(e.code.id, []), "definition": e.code.definition, "color": e.code.color,
                 "codings": counts.get(e.code.id, 0), "number": e.code.number, "certain": e.code.certain,
                 "note": e.code.note, "cmo_role": e.code.cmo_role, "kernelementen": named.get(e.code.id, [])}
                for e in entries]
    if as_json:
        show(rows)
    else:
        show_lines([[row["facet"], row["number"], row["label"], row["codings"]] for row in rows])


def code(options: Namespace) -> int:
    """`code PROJECT FILE.csv --coder NAME [--remove]`"""
    path = Path(options.file)
    rows = bulk_rows(read_table(path))
    label = message("Take codings of {file} off" if options.remove else "Code from {file}", file=path.name)
    with opened(options.project, options.coder) as project:
        done = project.step(label, coding.apply_bulk, options.coder, rows, take_off=options.remove)
    say(_("{n} codings changed ({rows} rows).", n=done, rows=len(rows)))
    return 0


def bulk_rows(table: Table) -> list[coding.BulkRow]:
    """The codings of a table with the columns `document, narratief, code` and perhaps `reason`."""
    table.require("document", "narratief", "code")
    found = []
    for place, row in enumerate(table.dicts(), 2):
        nr = whole(row["narratief"])
        if nr is None:
            raise UsageError("{file}, row {row}: «{value}» is no number of a narratief.", file=table.name, row=place,
                             value=row["narratief"])
        found.append(coding.BulkRow(row["document"], nr, row["code"], row.get("reason", ""), place))
    return found
