"""A project to put away: the project file itself, and its contents as tables that any program reads."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from codebook import codebook_files
from codebook.query.index import ANY
from codebook.reading import Reading
from corpora.errors import RefusedError
from corpora.messages import Translator
from corpora.models import Pseudonym
from exports.audit_trail import write_audit
from exports.codebooks import write_codebook
from exports.delimited import write_codings, write_delimited
from exports.files import SteadyZip, written
from exports.sheets_material import documents_sheet, narratives_sheet
from exports.tables import Lost, Sheet

NO_COPY = "project file: a project on a server has none"


def write_archive(reading: Reading, path: Path, translator: Translator, codings: str = ANY) -> list[Lost]:
    """Write a `.zip` with a copy of the project file, documents, narratieven, codebook, codings and change log as CSV,
    and a note on what is what. Returns what could not be taken along."""
    if reading.veil.on:
        raise RefusedError("This project is coded blind, and its archive holds everybody's codes. Ask the onderzoeker "
                           "for it.")
    with written(path) as draft, tempfile.TemporaryDirectory(dir=path.parent, prefix=".narratief-") as folder:
        place = Path(folder)
        lost = _fill(reading, place, translator, codings)
        with SteadyZip(draft) as archive:
            for file in sorted(place.iterdir(), key=lambda file: file.name):
                archive.write(file, file.name)
    return lost


def holds_key(reading: Reading) -> bool:
    """Whether the project still has the key that leads from pseudonyms to names."""
    with reading.project.read() as session:
        return bool(session.scalar(select(func.count(Pseudonym.id))))


def _fill(reading: Reading, place: Path, _: Translator, codings: str) -> list[Lost]:
    _table(documents_sheet(reading, _), place / _("documents.csv"))
    _table(narratives_sheet(reading, _, codings, split=False), place / _("narratieven.csv"))
    with reading.project.read() as session:
        write_codebook(codebook_files.rows_from(session), place / _("codebook.csv"))
    write_codings(reading, place / _("codings.csv"), codings)
    write_audit(reading.project, place / _("changes.csv"), _)
    (place / _("READ ME.txt")).write_text(_note(reading, _), encoding="utf-8", newline="\r\n")
    if reading.project.path is None:
        return [Lost(NO_COPY, reading.project.name, 1)]
    _copy(reading.project.path, place / reading.project.path.name)
    return []


def _table(sheet: Sheet, path: Path) -> None:
    write_delimited([column.head for column in sheet.columns], sheet.rows, path)


def _note(reading: Reading, _: Translator) -> str:
    key = _("The project file holds the key that leads from pseudonyms to names. Destroy the key first if this "
            "archive goes to others.") if holds_key(reading) else _("There is no key to names in this archive.")
    return "\n".join([
        _("Archive of {name}, made by Narratief.", name=reading.project.name), "", key, "",
        _("The tables are in UTF-8, with commas; a text that begins with =, +, - or @ has an apostrophe in front, so "
          "that a spreadsheet does not take it for a formula."),
        _("The file that ends in .narratief is the project itself and opens in Narratief; it is also a SQLite "
          "database."), ""])


def _copy(source: Path, target: Path) -> None:
    """A copy of one moment of the project, work that is under way left out."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old, \
            closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
