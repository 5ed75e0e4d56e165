"""Plain text: which encoding it is in, and its lines."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpora.errors import ReadError
from corpora.messages import Message, message
from corpora.readers.base import Block, SourceText
from corpora.readers.builder import MAX_BLOCKS, MAX_CHARACTERS, check_size

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000
_HEADING = re.compile(r"#{1,6}\s")
_MARKDOWN_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,300})(?<=\S)\1")


def read_plain(path: Path) -> SourceText:
    """Read `.txt` or `.md`: the decoded file without byte order mark, CRLF and CR as LF, else unchanged."""
    if path.stat().st_size > 4 * MAX_CHARACTERS:
        check_size(path.name, MAX_CHARACTERS + 1, 0)
    text, encoding, warnings = decode(path.read_bytes(), path.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError("{file} is empty: there is nothing but white space in it. "
                        "Choose the file that holds the transcript.", file=path.name)
    check_size(path.name, len(text), text.count("\n"))
    return SourceText(text, _lines(text, path.suffix.lower() == ".md"), encoding, warnings)


def decode(data: bytes, file: str) -> tuple[str, str, tuple[Message, ...]]:
    """Text, encoding and warnings: byte order mark, UTF-16 where evident, strict UTF-8, then Windows-1252.

    Guessing by letter frequency is left out on purpose: it takes Dutch in Windows-1252 for Central European.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark):], encoding, file), encoding, ()
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide, file), wide, (_encoding_warning(wide.upper()),)
    _refuse_binary(data, file)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        return _western(data, file, error), "windows-1252", (_encoding_warning("Windows-1252"),)


def _encoding_warning(encoding: str) -> Message:
    return message("The text does not say its encoding and is not UTF-8; it was read as {encoding}. "
                   "Look whether letters such as é and ë are right.", encoding=encoding)


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, encoding, file) from error
    if "\x00" in text:
        raise _binary(file, text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str, file: str) -> ReadError:
    before = data[:error.start].decode(encoding, errors="replace")
    return ReadError("{file} says it is {encoding}, but line {line} holds bytes that are not. "
                     "Open it in a text editor, mend that line and save it as UTF-8.",
                     file=file, encoding=encoding.upper(), line=before.count("\n") + 1)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows by NULs (the other half of spaces and Latin letters) on one side only."""
    sample = data[:_SAMPLE - _SAMPLE % 2]
    if len(data) % 2 or not sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 40 or max(even, odd) < 20 * min(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(encoding, errors="replace")
    return None if _NO_TEXT.search(text) or "\ufffd" in text[:-1] else encoding


def _refuse_binary(data: bytes, file: str) -> None:
    nul = data.find(0)
    if nul >= 0:
        raise _binary(file, data.count(b"\n", 0, nul) + 1)
    sample = data[:_SAMPLE].decode("latin-1")
    if len(_NO_TEXT.findall(sample)) > len(sample) / 100:
        raise _binary(file, 1)


def _binary(file: str, line: int) -> ReadError:
    return ReadError("{file} is no text: line {line} holds bytes that no text has. "
                     "Perhaps it is another kind of file with the wrong ending; "
                     "open it in the program it was made with and save it as .docx or .txt.",
                     file=file, line=line)


def _western(data: bytes, file: str, error: UnicodeDecodeError) -> str:
    """Windows-1252, unless the bytes speak for damaged UTF-8 or for neither."""
    line = data.count(b"\n", 0, error.start) + 1
    if _mostly_utf8(data):
        raise ReadError("{file} is UTF-8 text with damaged bytes on line {line}. "
                        "Open it in a text editor, mend that line and save it again as UTF-8.",
                        file=file, line=line) from error
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise ReadError("{file} is neither UTF-8 nor Windows-1252 text (line {line}). "
                        "Open it in the program it was made with and save it as UTF-8.",
                        file=file, line=line) from wrong


def _mostly_utf8(data: bytes) -> bool:
    """Whether many letters are right UTF-8 and few bytes are not: then Windows-1252 would spoil them all."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good >= 3 and good >= 3 * bad


def _lines(text: str, markdown: bool) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    while start < len(text) and len(blocks) <= MAX_BLOCKS:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        blocks.append(_markdown_line(text, start, end) if markdown else Block(start, end))
        start = end + 1
    return tuple(blocks)


def _markdown_line(text: str, start: int, end: int) -> Block:
    bold = tuple(found.span(2) for found in _MARKDOWN_BOLD.finditer(text, start, end))
    return Block(start, end, bold, heading=bool(_HEADING.match(text, start, end)))
