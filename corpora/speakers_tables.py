"""Speaker tables, as Word transcripts use them: who in one column, the words in another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from corpora.speakers_lines import STAMP, Head, Line, seconds_of
from corpora.speakers_words import (
    HEADER_KEYS,
    INTERVIEWER,
    RESPONDENT,
    label_key,
    meaning,
    role_in,
    split_label,
    word_set,
)

Row = dict[int, tuple[int, int]]
_NO_LINE = -1
_HEAD_WORDS = word_set("spreker|wie|naam|speaker|persoon|rol|label|tekst|uitspraak|transcript|transcriptie|tijd|"
                       "tijdcode|nr|nr.|nummer|regel|uitspraken|inhoud|gesprek|fragment|opmerkingen|codes|code|time|text")
_TIME = re.compile(rf"\s*{STAMP}\s*")
_LABEL = re.compile(r"\s*[\[(]?([^\W\d_][\w.'’&-]*(?: [\w.'’&-]+){0,3}?)[\])]?\s*:?\s*"
                    r"(?:[\[(]?\d{1,2}:\d{2}[\d:.,]*[\])]?)?\s*")


@dataclass(slots=True)
class TableReading:
    """What the tables of a text say: labels with the words behind them, what is not speech, the numbers of the
    lines that were read, and the descriptions and roles (by label key) of a legend in table form."""

    heads: list[Head] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    descriptions: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


def read_tables(text: str, lines: list[Line]) -> TableReading:
    """Reads the speaker tables of a text, and the legends and forms that stand in tables."""
    tables: dict[int, dict[int, Row]] = defaultdict(lambda: defaultdict(dict))
    members: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.cell is not None:
            table, row, column = line.cell
            first, _last = tables[table][row].get(column, (line.start, line.end))
            tables[table][row][column] = (first, line.end)
            members[table].append(number)
    reading = TableReading()
    for table, rows in tables.items():
        ordered = [rows[row] for row in sorted(rows)]
        if _read_table(text, ordered, reading):
            reading.numbers.update(members[table])
    return reading


def _read_table(text: str, rows: list[Row], reading: TableReading) -> bool:
    if _is_form(text, rows, reading):
        return True
    header = rows[0] if _is_header(text, rows[0]) else None
    body = rows[1:] if header else rows
    words = _words_column(body)
    who = _speaker_column(text, body, words)
    if who is None:
        return _two_columns(text, rows, reading)
    if header:
        reading.outside.extend(header.values())
    for row in body:
        _read_row(text, row, who, reading)
    return True


def _is_form(text: str, rows: list[Row], reading: TableReading) -> bool:
    """A small table of form heads (Datum, Locatie) or of labels and what they mean; nobody says it."""
    pairs = [(text[slice(*row[0])].strip(" :"), text[slice(*row[1])].strip()) for row in rows if set(row) == {0, 1}]
    if not pairs or len(pairs) < len(rows) or len(rows) > 20:
        return False
    fields = any(split_label(key)[0] in HEADER_KEYS and not meaning(key)[1] for key, _value in pairs)
    legend = all(len(key) <= 20 and len(value.split()) <= 8 and value[-1] not in ".?!" and role_in(value)
                 for key, value in pairs)
    if not legend and not (fields and all(len(value.split()) <= 20 and "?" not in value for _key, value in pairs)):
        return False
    for key, value in pairs if legend else []:
        reading.descriptions[label_key(key)] = value
        reading.roles[label_key(key)] = role_in(value)
    reading.outside.extend(cell for row in rows for cell in row.values())
    return True


def _is_header(text: str, row: Row) -> bool:
    cells = [text[a:b].strip().casefold() for a, b in row.values()]
    return any(cell in _HEAD_WORDS for cell in cells) and all(len(cell.split()) <= 3 for cell in cells)


def _words_column(rows: list[Row]) -> int:
    size: Counter[int] = Counter()
    for row in rows:
        for column, (start, end) in row.items():
            size[column] += end - start
    return size.most_common(1)[0][0] if size else 0


def _speaker_column(text: str, rows: list[Row], words: int) -> int | None:
    """The column whose cells are labels that recur or are known; none if the table is no conversation."""
    for column in sorted({column for row in rows for column in row} - {words}):
        labels = [label for row in rows if column in row and (label := _label(text, row[column]))]
        filled = sum(column in row for row in rows)
        known = sum(meaning(label)[1] == 2 for label in labels)
        keys = {label_key(label) for label in labels}
        recurring = len(labels) >= 2 * len(keys) and len(keys) > 1
        if labels and len(labels) >= 0.8 * filled and (known >= 0.5 * len(labels) or recurring or _likely(labels)):
            return column
    return None


def _likely(labels: list[str]) -> bool:
    return len(set(labels)) > 1 and all(meaning(label)[1] for label in labels) and \
        any(meaning(label)[0] == INTERVIEWER for label in labels)


def _label(text: str, cell: tuple[int, int]) -> str:
    if cell[1] - cell[0] > 60:
        return ""
    found = _LABEL.fullmatch(text, *cell)
    return found[1].rstrip(".:") if found and len(found[1]) <= 32 else ""


def _read_row(text: str, row: Row, who: int, reading: TableReading) -> None:
    """One row: its label, time and number are no speech, the other cells are."""
    speech = {column: cell for column, cell in row.items() if column != who and not _is_mark(text, cell)}
    times = [text[a:b] for a, b in row.values() if _TIME.fullmatch(text, a, b)]
    reading.outside.extend(cell for column, cell in row.items() if column not in speech and column != who)
    if who not in row:
        return
    label = _label(text, row[who])
    if not label:
        return
    first = min((cell[0] for cell in speech.values()), default=row[who][1])
    if first < row[who][0]:
        reading.outside.append(row[who])
    start = min(first, row[who][0])
    reading.heads.append(Head(start, first, label, label_key(label), ":", _NO_LINE,
                              seconds_of(times[0]) if times else None))


def _is_mark(text: str, cell: tuple[int, int]) -> bool:
    return bool(_TIME.fullmatch(text, *cell)) or not any(char.isalpha() for char in text[cell[0]:cell[1]])


def _two_columns(text: str, rows: list[Row], reading: TableReading) -> bool:
    """A table of questions beside answers: each column belongs to one speaker."""
    names = _column_names(text, rows)
    if not names:
        return False
    body = rows[1:] if any(text[a:b].strip() in names.values() for a, b in rows[0].values()) else rows
    if body is not rows:
        reading.outside.extend(rows[0].values())
    for row in body:
        for column, (start, _end) in row.items():
            if column in names:
                label = names[column]
                reading.heads.append(Head(start, start, label, label_key(label), ":", _NO_LINE))
            else:
                reading.outside.append(row[column])
    return True


def _column_names(text: str, rows: list[Row]) -> dict[int, str]:
    heads = {column: text[a:b].strip() for column, (a, b) in rows[0].items()}
    roles = {column: meaning(name) for column, name in heads.items()}
    known = {column: heads[column] for column, (role, strength) in roles.items() if strength and len(heads[column]) > 1}
    if {roles[column][0] for column in known} >= {INTERVIEWER, RESPONDENT}:
        return known
    full = [row for row in rows if len(row) == 2]
    if len(full) < 2 or len(full) < 0.7 * len(rows):
        return {}
    first, second = sorted(full[0])
    asked = [sum(text[row[column][0]:row[column][1]].endswith("?") for row in full if column in row) / len(full)
             for column in (first, second)]
    return {first: "Interviewer", second: "Respondent"} if asked[0] >= 0.7 and asked[1] <= 0.3 else {}
