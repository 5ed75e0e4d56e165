"""PDF documents that hold text, read with pdfium."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpora.errors import ReadError
from corpora.messages import Message, message
from corpora.readers.base import SourceText
from corpora.readers.builder import Run, TextBuilder, check_size
from corpora.readers.pdf_layout import Line, drop_running_lines, paragraphs

MAX_PAGES = 3000
_MAX_FILE = 300_000_000
_LOCK = threading.Lock()
"""pdfium keeps state of its own and is not safe to use in two threads."""
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_LINE = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?")
"""A line of text; pdfium writes one of the last two signs for a hyphen at a line's end, and no line end after it."""
_WORD = re.compile(r"\s*\S+\s*")
_LETTERS = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": "-", "\ufffe": "-"})
"""Ligatures as letters; pdfium's signs for a hyphen at a line's end as a hyphen."""


def read_pdf(path: Path) -> SourceText:
    """Read a `.pdf`: lines joined to paragraphs, broken words mended, page numbers and running headers left out.

    Raises `ReadError` for a scan (no text in it), a password, damage.
    """
    if path.stat().st_size > _MAX_FILE:
        raise _too_large(path.name)
    with _LOCK:
        pages = _pages(path)
    if not any(line.text.strip() for page in pages for line in page):
        raise ReadError("{file} is a scan: it holds pictures of pages and no text. Let a program recognise the text "
                        "(OCR) or ask for the document it was made from.", file=path.name)
    return _composed(path.name, pages)


def _composed(file: str, pages: list[list[Line]]) -> SourceText:
    kept, dropped = drop_running_lines(pages)
    builder = TextBuilder(file)
    for runs in paragraphs(kept):
        builder.block(_trimmed(runs))
    return builder.finish(_warnings(pages, dropped))


def _warnings(pages: list[list[Line]], dropped: list[str]) -> list[Message]:
    found = [message("A PDF holds no paragraphs; they were put together from its lines. Look it over.")]
    if dropped:
        lines = ", ".join(f"“{text}”" for text in dropped[:5])
        found.append(message("Headers, footers or page numbers were left out: {lines}.", lines=lines))
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    if empty:
        found.append(message("Pages without text, perhaps pictures: {pages}.", pages=", ".join(empty[:20])))
    return found


def _trimmed(runs: list[Run]) -> list[Run]:
    last = len(runs) - 1
    return [(text.rstrip() if at == last else text, bold) for at, (text, bold) in enumerate(runs)]


def _pages(path: Path) -> list[list[Line]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _open_error(path.name, error) from error
    try:
        if len(document) > MAX_PAGES:
            raise _too_large(path.name)
        return _all_lines(document, path.name)
    finally:
        document.close()


def _all_lines(document: Any, file: str) -> list[list[Line]]:
    pages: list[list[Line]] = []
    characters = 0
    for number in range(len(document)):
        try:
            pages.append(_page_lines(document, number, file))
        except pypdfium2.PdfiumError as error:
            raise ReadError("{file} is damaged: page {page} cannot be read. Open it in a PDF viewer and print it "
                            "to a new PDF.", file=file, page=number + 1) from error
        characters += sum(len(line.text) for line in pages[-1])
        check_size(file, characters, 0)
    return pages


def _page_lines(document: Any, number: int, file: str) -> list[Line]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        check_size(file, count, 0)
        text = _characters(text_page, count)
        return [line for found in _LINE.finditer(text) for line in _line(text_page, text, found.span())]
    finally:
        text_page.close()
        page.close()


def _characters(text_page: Any, count: int) -> str:
    """One code point per pdfium index, so that places in the text are places on the page."""
    whole = str(text_page.get_text_range(0, count)) if count else ""
    if len(whole) == count:
        return whole
    unit = pdfium.FPDFText_GetUnicode
    raw = text_page.raw
    codes = [unit(raw, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _line(text_page: Any, text: str, span: tuple[int, int]) -> Iterator[Line]:
    """The line at these indices, unless it is empty; broken words end in a plain hyphen."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    first, last = _box(text_page, start), _box(text_page, end - 1)
    word_end = next((at for at in range(start, end) if text[at].isspace()), end)
    word = _box(text_page, word_end - 1)
    yield Line(tuple(_runs(text_page, text, start, end)), left=first[0], right=max(first[1], last[1]),
               bottom=first[2], height=max(1.0, first[3] - first[2]), first_word=max(0.0, word[1] - first[0]))


def _box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of the character with its font's full height, so that lines can be compared."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top


def _runs(text_page: Any, text: str, start: int, end: int) -> Iterator[Run]:
    """Stretches of the same weight; the weight is asked once per word."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    parts: list[str] = []
    current = False
    for word in _WORD.finditer(text, start, end):
        size = pdfium.FPDFText_GetFontInfo(text_page.raw, word.start(), name, 128, ctypes.byref(flags))
        bold = bool(size and (_BOLD.search(name.value) or flags.value & _FORCE_BOLD))
        if parts and bold != current:
            yield "".join(parts), current
            parts = []
        current = bold
        parts.append(word[0].translate(_LETTERS))
    if parts:
        yield "".join(parts), current


def _open_error(file: str, error: Any) -> ReadError:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ReadError("{file} is locked with a password. Open it in a PDF viewer, save or print it without one "
                         "and import that.", file=file)
    return ReadError("{file} is damaged or cut off: it cannot be opened as a PDF. Copy it again from where it came.",
                     file=file)


def _too_large(file: str) -> ReadError:
    return ReadError("{file} is too large to be a transcript: more than {pages} pages or {megabytes} MB. "
                     "Take out the pages you need.", file=file, pages=MAX_PAGES, megabytes=_MAX_FILE // 1_000_000)
