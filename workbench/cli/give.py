"""The command that gives out: export."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from codebook import codebook_files
from codebook.reading import Reading
from corpora import documents
from corpora.errors import UsageError
from corpora.messages import Translator
from exports.tables import Lost
from workbench.cli.output import say, show
from workbench.cli.projects import opened, project_translator
from workbench.i18n import _

DEFAULTS = {".xlsx": "workbook", ".csv": "codings", ".tsv": "codings", ".jsonl": "codings", ".zip": "archive",
            ".html": "transcript", ".docx": "report", ".pdf": "report"}
"""What an ending stands for when `--as` does not say."""
WRITES = {"workbook": (".xlsx",), "codings": (".csv", ".tsv", ".jsonl"), "long": (".csv", ".tsv"),
          "codebook": (".csv", ".tsv", ".xlsx"), "audit": (".csv", ".tsv"),
          "transcript": (".html", ".docx", ".csv", ".tsv"), "archive": (".zip",)}
"""What can be written now, and to which endings."""


def export(options: Namespace) -> int:
    """`export PROJECT FILE [--as …]`"""
    path = Path(options.file)
    form = _form(path, options.form)
    _check_options(options, form)
    with opened(options.project) as project:
        if project.path is not None and _same(path, project.path):
            raise UsageError("{file} is the project itself. Give the export another name.", file=path.name)
        lost = _write(Reading(project), path, form, options, project_translator(project))
    for one in lost:
        say(_("Not taken along: {what} ({name}): {count}", what=_(one.what), name=one.name, count=one.count))
    if options.json:
        show({"lost": [one.as_json() for one in lost]})
    else:
        say(_("{file} was written.", file=path.name))
    return 0


def _form(path: Path, asked: str | None) -> str:
    """What is to be written; UsageError says what can be."""
    ending = path.suffix.lower()
    form = asked or DEFAULTS.get(ending, "")
    if form not in WRITES:
        raise UsageError("{what} cannot be written yet. What can: {choices}. Name one with --as, or by the ending.",
                         what=form or ending or path.name, choices=_choices(WRITES))
    if ending not in WRITES[form]:
        raise UsageError("{form} cannot be written to {file}: give it the ending {endings}.", form=form,
                         file=path.name, endings=" / ".join(WRITES[form]))
    return form


def _choices(writes: dict[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{form} ({' '.join(endings)})" for form, endings in writes.items())


def _check_options(options: Namespace, form: str) -> None:
    if options.group is not None:
        raise UsageError("--group belongs to factsheets, which cannot be written yet. Leave it out.")
    if options.document is not None and form != "transcript":
        raise UsageError("--document belongs to --as transcript. Leave it out, or ask for a transcript.")


def _same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _write(reading: Reading, path: Path, form: str, options: Namespace, translate: Translator) -> Sequence[Lost]:
    from exports import archive, codebooks, delimited, excel, transcript

    def lines() -> list[Lost]:
        write = {".jsonl": delimited.write_json_lines}.get(path.suffix.lower(), delimited.write_codings)
        write(reading, path, options.codings)
        return []

    def book() -> list[Lost]:
        with reading.project.read() as session:
            return codebooks.write_codebook(codebook_files.rows_from(session), path)

    writers: dict[str, Callable[[], Sequence[Lost] | int | None]] = {
        "workbook": lambda: excel.write_workbook(reading, path, translate, options.codings),
        "codings": lines, "codebook": book,
        "long": lambda: delimited.write_long(reading, path, options.codings),
        "audit": lambda: delimited.write_audit(reading.project, path, translate),
        "transcript": lambda: transcript.write_transcript(reading, _title(reading, options.document), path, translate,
                                                          options.codings),
        "archive": lambda: archive.write_archive(reading, path, translate, options.codings)}
    done = writers[form]()
    if form == "archive" and archive.holds_key(reading):
        say(_("The archive holds the key that leads from pseudonyms to names. Keep it to yourself, or destroy the key "
              "and export again."))
    return done if isinstance(done, list) else []


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
