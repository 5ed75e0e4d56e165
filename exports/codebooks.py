"""Codebooks as files, with the heads by which they are read back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from codebook.codebook_files import HEADS, CodeRow, cells_of
from corpora.errors import UsageError
from exports.delimited import write_delimited
from exports.excel_book import Book
from exports.files import written
from exports.tables import Column, Lost, Sheet

WIDTHS = {"label": 32, "groups": 28, "definition": 60, "use_when": 44, "not_when": 44, "example": 44, "note": 44,
          "synonyms": 28, "parent": 24}


def write_codebook(rows: Iterable[CodeRow], path: Path) -> list[Lost]:
    """Write a codebook to `.csv`, `.tsv` or `.xlsx`; returns what the file could not hold."""
    cells = [list(cells_of(row).values()) for row in rows]
    if path.suffix.lower() in (".csv", ".tsv"):
        write_delimited(list(HEADS), cells, path)
        return []
    if path.suffix.lower() != ".xlsx":
        raise UsageError("A codebook can be written to .csv, .tsv or .xlsx: {file} is none of these.", file=path.name)
    columns = tuple(Column(head, "text" if head in WIDTHS else "word", WIDTHS.get(head, 12)) for head in HEADS)
    with written(path) as draft, Book("codebook") as book:
        book.add(Sheet("codebook", columns, cells, kept=2))
        book.save(draft)
    return book.losses.all()
