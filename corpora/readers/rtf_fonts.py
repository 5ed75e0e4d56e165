"""The font table of an RTF document: which character set a font number stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpora.readers.rtf_words import CHARSETS, SYMBOL_CHARSET
from corpora.readers.symbols import SYMBOL_FONTS

_TABLE = re.compile(rb"\{\\fonttbl\b")
_BRACE = re.compile(rb"\\[{}\\]|([{}])")
_FONT = re.compile(rb"\\f(\d{1,6})(?!\d)[^;]{0,400}?\\fcharset(\d{1,3})")
_NAME = re.compile(rb"\b(wingdings|symbol)\b", re.IGNORECASE)
_STYLE = re.compile(rb"\{\\s(\d{1,5})(?!\d)[^{};]{0,600}? (?:heading [1-9]|title|subtitle);\}", re.IGNORECASE)
_STYLESHEET = re.compile(rb"\{\\stylesheet\b")
_LONGEST = 400_000


@dataclass(frozen=True)
class Font:
    """How the bytes of a font become letters: by a codec, or as pictures of a symbol font."""

    codec: str | None
    symbol: str | None = None


def font_table(data: bytes) -> dict[int, Font]:
    """Fonts by number; one whose character set says "default" has no codec of its own."""
    table = _group(data, _TABLE)
    fonts: dict[int, Font] = {}
    for found in _FONT.finditer(table):
        charset = int(found[2])
        end = table.find(b";", found.end())
        name = _NAME.search(table, found.end(), end if end >= 0 else len(table))
        known = name[1].decode().lower() if name else None
        is_symbol = charset == SYMBOL_CHARSET and known in SYMBOL_FONTS
        fonts[int(found[1])] = Font(CHARSETS.get(charset), known if is_symbol else None)
    return fonts


def heading_styles(data: bytes) -> frozenset[int]:
    """Numbers of the paragraph styles that are headings."""
    return frozenset(int(found[1]) for found in _STYLE.finditer(_group(data, _STYLESHEET)))


def _group(data: bytes, opening: re.Pattern[bytes]) -> bytes:
    """The group that begins with `opening`, or nothing."""
    start = opening.search(data, 0, _LONGEST)
    if start is None:
        return b""
    depth = 1
    for brace in _BRACE.finditer(data, start.end(), start.end() + _LONGEST):
        if brace[1]:
            depth += 1 if brace[1] == b"{" else -1
        if depth == 0:
            return data[start.start():brace.end()]
    return data[start.start():start.end() + _LONGEST]
