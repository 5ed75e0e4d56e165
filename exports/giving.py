"""Everything that can be written out, under one roof: what to which ending, for the command line and the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from codebook import codebook_files
from codebook.reading import Reading
from corpora import documents
from corpora.errors import UsageError
from corpora.messages import Message, Translator
from exports.tables import Lost

DEFAULTS = {".xlsx": "workbook", ".csv": "codings", ".tsv": "codings", ".jsonl": "codings", ".zip": "archive",
            ".html": "transcript", ".docx": "report", ".pdf": "report"}
"""What an ending stands for when nothing else is said."""
WRITES = {"workbook": (".xlsx",), "codings": (".csv", ".tsv", ".jsonl"), "long": (".csv", ".tsv"),
          "matrix": (".csv", ".tsv"),
          "codebook": (".csv", ".tsv", ".xlsx"), "audit": (".csv", ".tsv", ".xlsx"),
          "transcript": (".html", ".docx", ".csv", ".tsv"), "archive": (".zip",), "grid": (".xlsx",),
          "report": (".docx", ".pdf"), "factsheet": (".docx", ".pdf")}
"""What can be written now, and to which endings."""

Tell = Callable[[float, float, str], object]


@dataclass(frozen=True)
class Wanted:
    """An export: the file, what to write (a key of `WRITES`), whose codings, for a transcript which document, and for
    a factsheet which respondent group."""

    path: Path
    form: str
    codings: str = "any"
    document: str | None = None
    group: str | None = None


def form_of(path: Path, asked: str | None) -> str:
    """What is to be written to a file; UsageError says what can be."""
    ending = path.suffix.lower()
    form = asked or DEFAULTS.get(ending, "")
    if form not in WRITES:
        raise UsageError("{what} cannot be written yet. What can: {choices}. Name one with --as, or by the ending.",
                         what=form or ending or path.name, choices=_choices())
    if ending not in WRITES[form]:
        raise UsageError("{form} cannot be written to {file}: give it the ending {endings}.", form=form,
                         file=path.name, endings=" / ".join(WRITES[form]))
    return form


def _choices() -> str:
    return "; ".join(f"{form} ({' '.join(endings)})" for form, endings in WRITES.items())


def write(reading: Reading, wanted: Wanted, translate: Translator, progress: Tell | None = None) -> list[Lost]:
    """Write an export whole or not at all; returns what could not be taken along. The project itself is never
    overwritten."""
    own = reading.project.path
    if own is not None and wanted.path.exists() and wanted.path.samefile(own):
        raise UsageError("{file} is the project itself. Give the export another name.", file=wanted.path.name)
    return list(_WRITERS[wanted.form](reading, wanted, translate, progress))


def _workbook(reading: Reading, wanted: Wanted, translate: Translator, progress: Tell | None) -> Sequence[Lost]:
    from exports import excel

    return excel.write_workbook(reading, wanted.path, translate, wanted.codings, progress)


def _codings(reading: Reading, wanted: Wanted, _translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import delimited

    lines = wanted.path.suffix.lower() == ".jsonl"
    (delimited.write_json_lines if lines else delimited.write_codings)(reading, wanted.path, wanted.codings)
    return ()


def _long(reading: Reading, wanted: Wanted, _translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import delimited

    delimited.write_long(reading, wanted.path, wanted.codings)
    return ()


def _matrix(reading: Reading, wanted: Wanted, _translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import matrix

    matrix.write_matrix(reading, wanted.path, wanted.codings)
    return ()


def _audit(reading: Reading, wanted: Wanted, translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import audit_trail

    audit_trail.write_audit(reading.project, wanted.path, translate, veil=reading.veil)
    return ()


def _report(reading: Reading, wanted: Wanted, translate: Translator, progress: Tell | None) -> Sequence[Lost]:
    from exports import report

    report.write_report(reading, wanted.path, translate, wanted.codings, progress)
    return ()


def _factsheet(reading: Reading, wanted: Wanted, translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import factsheet

    factsheet.write_factsheet(reading, wanted.group, wanted.path, translate)
    return ()


def _codebook(reading: Reading, wanted: Wanted, _translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import codebooks

    with reading.project.read() as session:
        return codebooks.write_codebook(codebook_files.rows_from(session), wanted.path)


def _transcript(reading: Reading, wanted: Wanted, translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import transcript

    transcript.write_transcript(reading, _title(reading, wanted.document), wanted.path, translate, wanted.codings)
    return ()


def _archive(reading: Reading, wanted: Wanted, translate: Translator, _progress: Tell | None) -> Sequence[Lost]:
    from exports import archive

    return archive.write_archive(reading, wanted.path, translate, wanted.codings)


def _grid(reading: Reading, wanted: Wanted, translate: Translator, progress: Tell | None) -> Sequence[Lost]:
    from exports import excel

    return excel.write_grids(reading, wanted.path, translate, wanted.codings, progress)


_WRITERS: dict[str, Callable[[Reading, Wanted, Translator, Tell | None], Sequence[Lost]]] = {
    "workbook": _workbook, "codings": _codings, "long": _long, "matrix": _matrix, "audit": _audit,
    "codebook": _codebook, "transcript": _transcript, "archive": _archive, "grid": _grid,
    "report": _report, "factsheet": _factsheet}


def prepare(reading: Reading, wanted: Wanted) -> list[Message]:
    """What is done before an export, and told: own words that were typed in an earlier report come into the project."""
    if wanted.form != "report":
        return []
    from exports import report_return

    return report_return.prepare(reading.project, wanted.path)


def holds_key(reading: Reading, wanted: Wanted) -> bool:
    """Whether what is written leads from pseudonyms to names, which must be told."""
    if wanted.form != "archive":
        return False
    from exports import archive

    return archive.holds_key(reading)


def _title(reading: Reading, asked: str | None) -> str:
    """The document to write; when the project has only one, it need not be named."""
    if asked is not None:
        return asked
    with reading.project.read() as session:
        titles = [d.title for d in documents.in_order(session)]
    if len(titles) != 1:
        raise UsageError("Which document? Name it with --document. There are: {titles}.",
                         titles=", ".join(f"«{title}»" for title in titles[:12]) or "–")
    return titles[0]
