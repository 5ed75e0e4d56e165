"""Small tables that people hand in: CSV (any usual separator and encoding) and Excel, as rows of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import ReadError
from corpora.readers.plain import decode

MAX_ROWS = 5_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Behind an apostrophe at the beginning of a cell, these were written for a spreadsheet: the apostrophe is no text."""


@dataclass(frozen=True)
class Table:
    """A table with its heads in lower case; `rows` are texts, each as long as the heads. Row n of `rows` stands in
    line n + 2 of the file."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def require(self, *names: str) -> None:
        """Check that these columns are there; ReadError names the ones that miss and what was found."""
        missing = [name for name in names if name not in self.heads]
        if missing:
            raise ReadError("{file} has no column {missing}. Its columns are: {found}. Rename the first row's cells.",
                            file=self.name, missing=", ".join(f"«{m}»" for m in missing),
                            found=", ".join(self.heads) or "–")

    def column(self, name: str) -> int | None:
        """The place of a column, None when there is none."""
        return self.heads.index(name) if name in self.heads else None

    def dicts(self) -> list[dict[str, str]]:
        """The rows as head → text."""
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]


def read_table(path: Path) -> Table:
    """Read a `.csv`, `.tsv` or `.xlsx` file (of a workbook the first sheet); the first row holds the heads."""
    try:
        rows = _excel_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv_rows(path)
    except OSError as error:
        raise ReadError("{file} cannot be opened: {reason}. Check that it is still there and that you may read it.",
                        file=path.name, reason=error.strerror or type(error).__name__) from error
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise ReadError("{file} is empty. Choose a table with column heads in its first row.", file=path.name)
    heads = tuple(cell.strip().casefold() for cell in filled[0])
    width = len(heads)
    body = tuple(tuple(c.strip() for c in (*row[:width], *[""] * (width - len(row)))) for row in filled[1:])
    return Table(path.name, heads, body)


def _csv_rows(path: Path) -> list[Sequence[str]]:
    text, _, _ = decode(path.read_bytes(), path.name)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        return [[_plain(cell) for cell in row]
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise ReadError("{file} cannot be read as a table: {why}. Save it again as CSV or Excel.", file=path.name,
                        why=str(error)) from error


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def _excel_rows(path: Path) -> list[Sequence[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise ReadError("{file} is no Excel workbook (.xlsx), or it is damaged. Save it again in Excel.",
                        file=path.name) from error
    sheet = book.worksheets[0]
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS)]
    book.close()
    return list(rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
