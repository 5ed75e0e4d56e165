"""CSV, TSV and JSON lines.

Their heads are fixed words, the same in every language, so that a script and `narratief code` can read them back. CSV
and TSV begin with a byte order mark, by which Excel knows UTF-8. A text that a spreadsheet would take for a formula
gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from codebook.coding import NOT_MENTIONED
from codebook.query.index import ANY
from codebook.reading import Reading
from exports.coded_rows import CodingRow
from exports.coded_rows import codings as coded
from exports.excel_cells import FORMULA
from exports.files import written
from exports.sheets_material import places_of
from exports.tables import Value, moment

CODING_HEADS = ("document", "narratief", "code", "reason", "facet", "label", "number", "coder", "at")
LONG_HEADS = ("document", "kind", "group", "narratief", "words", "begin", "end", "facet", "code", "number", "coder",
              "at", "reason")
AUDIT_HEADS = ("step", "at", "coder", "kind", "state", "label", "changes")
BEGINNINGS = (*FORMULA, "\t", "\r")
"""What a text may begin with that a spreadsheet would take for a formula, or skip to find one."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(BEGINNINGS) else text


def write_delimited(heads: Sequence[str], rows: Iterable[Sequence[Value]], path: Path) -> int:
    """Write rows to `.csv` (commas) or `.tsv` (tabs), UTF-8; returns how many."""
    done = 0
    with written(path) as draft, draft.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        writer.writerow([guarded(head) for head in heads])
        for row in rows:
            writer.writerow([_cell(value) for value in row])
            done += 1
    return done


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, str):
        return guarded(value.replace("\x00", "\ufffd"))
    return str(value) if isinstance(value, date) else value


def write_codings(reading: Reading, path: Path, codings: str = ANY) -> int:
    """Write a line per coding, which `narratief code` reads back (for one coder: `codings` a name); returns how
    many."""
    return write_delimited(CODING_HEADS, (_coding(row) for row in coded(reading, codings)), path)


def _coding(row: CodingRow) -> list[Value]:
    return [row.document, row.nr, row.qualified, row.reason, row.facet, row.label, row.number, row.coder,
            moment(row.at)]


def write_json_lines(reading: Reading, path: Path, codings: str = ANY) -> int:
    """Write a JSON object per coding, one a line, UTF-8; *niet genoemd* has no label but a reason."""
    done = 0
    with written(path) as draft, draft.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for row in coded(reading, codings):
            file.write(json.dumps(dict(zip(CODING_HEADS, _plain(row), strict=True)), ensure_ascii=False) + "\n")
            done += 1
    return done


def _plain(row: CodingRow) -> list[Value]:
    absent = row.label == NOT_MENTIONED
    values = _coding(row)
    values[3], values[5] = (row.reason, None) if absent else (None, row.label)
    return [*values[:-1], moment(row.at).isoformat() + "Z"]


def write_long(reading: Reading, path: Path, codings: str = ANY) -> int:
    """Write a tidy table for statistics: a line per coding with all that is known of its narratief and document, and
    a line without a code for every narratief that has none. Returns how many."""
    documents = reading.catalogue.documents
    names = sorted({name for d in documents for name in d.attributes})
    heads = [*LONG_HEADS, *(f"attribute:{name}" for name in names)]
    return write_delimited(heads, _long_rows(reading, names, codings), path)


def _long_rows(reading: Reading, names: Sequence[str], codings: str) -> Iterator[list[Value]]:
    given: dict[int, dict[int, list[CodingRow]]] = {}
    for row in coded(reading, codings):
        given.setdefault(row.document_id, {}).setdefault(row.nr, []).append(row)
    for document, nr, words, begin, end in places_of(reading):
        place: list[Value] = [document.title, document.kind, document.group, nr, words, begin, end]
        attributes: list[Value] = [document.attributes.get(name) for name in names]
        for one in given.get(document.id, {}).get(nr, [None]):
            code: list[Value] = [None] * 6 if one is None else [one.facet, one.label, one.number, one.coder,
                                                                moment(one.at), one.reason]
            yield [*place, *code, *attributes]
