"""Rich text (.rtf), read by an own tokenizer without recursion.

striprtf gives no bold, keeps text that a tracked change deleted and takes a bar for a table cell.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from corpora.errors import ReadError
from corpora.readers.base import SourceText
from corpora.readers.builder import MAX_CHARACTERS, Run, TextBuilder, check_size
from corpora.readers.rtf_fonts import Font, font_table, heading_styles
from corpora.readers.rtf_tables import Tables
from corpora.readers.rtf_words import CHARACTERS, DOCUMENT_CODECS, HIDDEN_GROUPS, SYMBOLS
from corpora.readers.symbols import symbol

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)", re.DOTALL)
_MAX_DEPTH = 100_000
_DEFAULT_CODEC = "cp1252"


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and gives back when it closes."""

    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    skipped: bool = False
    box: bool = False
    font: int = -1
    skip_after_unicode: int = 1


def read_rtf(path: Path) -> SourceText:
    """Read an `.rtf`. Paragraphs are joined by a line feed; headers, notes and deleted text are left out."""
    if path.stat().st_size > 10 * MAX_CHARACTERS:
        check_size(path.name, MAX_CHARACTERS + 1, 0)
    data = path.read_bytes()
    reader = _Reader(data, path.name)
    reader.run()
    return reader.finish()


class _Reader:
    """Goes through the tokens once; groups live on an own stack."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._builder = TextBuilder(file)
        self._fonts = font_table(data)
        self._headings = heading_styles(data)
        self._tables = Tables()
        self._state = _State()
        self._stack: list[_State] = []
        self._codec = _DEFAULT_CODEC
        self._default_font = -1
        self._bytes = bytearray()
        self._runs: list[Run] = []
        self._high = 0
        self._to_skip = 0
        self._starred = False
        self._heading = False

    def run(self) -> None:
        """Read all tokens, up to the brace that closes the document."""
        position = self._data.find(b"{")
        while position < len(self._data):
            found = _TOKEN.match(self._data, position)
            if found is None:
                position += 1
                continue
            position = found.end()
            if found[1]:
                position = self._word(found[1].decode("ascii"), found[2], position)
            elif found[5] == b"}" and len(self._stack) <= 1:
                return
            else:
                self._other(found)
        raise ReadError("{file} is cut off: {groups} groups are left open at its end. "
                        "Copy it again from where it came, or open it in Word and save it as .docx.",
                        file=self._builder.file, groups=len(self._stack))

    def finish(self) -> SourceText:
        """The text that was read."""
        self._flush()
        if self._runs:
            self._end_block(self._tables.place())
        return self._builder.finish()

    def _other(self, found: re.Match[bytes]) -> None:
        if found[5] == b"{":
            self._open()
        elif found[5]:
            self._close()
        elif found[3]:
            self._starred = False
            self._byte(int(found[3], 16))
        elif found[4]:
            self._control_symbol(found[4])
        elif found[6]:
            self._plain(found[6])

    def _open(self) -> None:
        self._flush()
        self._to_skip, self._starred = 0, False
        self._stack.append(self._state)
        if len(self._stack) > _MAX_DEPTH:
            raise ReadError("{file} is nested more than {depth} groups deep, which no program writes: it is damaged. "
                            "Open it in Word and save it as .docx.", file=self._builder.file, depth=_MAX_DEPTH)

    def _close(self) -> None:
        self._flush()
        self._to_skip, self._starred = 0, False
        was_box = self._state.box
        self._state = self._stack.pop()
        if was_box and not self._state.box and self._runs:
            self._end_block(self._tables.place())

    def _control_symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            self._paragraph()
        elif sign in SYMBOLS:
            self._show(SYMBOLS[sign])

    def _plain(self, text: bytes) -> None:
        self._starred = False
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if text and self._is_shown():
            self._high = 0
            self._bytes += text

    def _byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._is_shown():
            self._high = 0
            self._bytes.append(value)

    def _is_shown(self) -> bool:
        state = self._state
        return not (state.skipped or state.hidden or state.deleted)

    def _show(self, text: str) -> None:
        """Add decoded text; the stand-in after a Unicode character is passed over."""
        if self._to_skip:
            self._to_skip -= 1
        elif self._is_shown():
            self._flush()
            self._high = 0
            self._runs.append((text, self._state.bold))

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        font = self._fonts.get(self._state.font, Font(None))
        if font.symbol:
            text = "".join(symbol(font.symbol, 0xF000 + byte) for byte in data)
        else:
            text = data.decode(font.codec or self._codec, errors="replace")
        self._runs.append((text, self._state.bold))

    def _word(self, word: str, number: bytes | None, position: int) -> int:
        """Obey a control word; gives where to read on, which is further along only after binary data."""
        value = int(number) if number else None
        starred, self._starred = self._starred, False
        if word == "bin":
            return position + max(0, value or 0)
        if word in HIDDEN_GROUPS or (starred and word not in ("shptxt", "fldrslt")):
            self._set(skipped=True)
        elif word == "shptxt":
            self._open_box()
        elif word in CHARACTERS:
            self._show(CHARACTERS[word])
        elif word == "u":
            self._unicode(value or 0)
        elif word in _FORMATTING:
            self._formatting(word, value)
        else:
            self._structure(word, value)
        return position

    def _formatting(self, word: str, value: int | None) -> None:
        """Properties of characters; without a number they are switched on."""
        if word == "plain":
            self._set(bold=False, hidden=False, deleted=False, font=self._default_font)
        elif word == "f":
            self._set(font=-1 if value is None else value)
        elif word == "uc":
            self._set(skip_after_unicode=min(max(0, value if value is not None else 1), 100))
        else:
            self._set(**{_FORMATTING[word]: value != 0})

    def _structure(self, word: str, value: int | None) -> None:
        if word in ("par", "sect"):
            self._paragraph()
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._table_word(word)
        elif word == "pard":
            self._tables.leave()
            self._heading = False
        elif word in ("intbl", "itap"):
            self._tables.enter(1 if value is None else value)
        elif word == "outlinelevel" or (word == "s" and value in self._headings):
            self._heading = value != 9
        elif word == "deff":
            self._default_font = value or 0
            self._set(font=self._default_font)
        elif word == "ansicpg" or word in DOCUMENT_CODECS:
            self._codec = _document_codec(word, value)

    def _set(self, **changes: bool | int) -> None:
        self._flush()
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _open_box(self) -> None:
        """A text box comes out of a drawing that is otherwise passed over; it begins a paragraph of its own."""
        self._flush()
        if self._runs:
            self._end_block(self._tables.place())
        self._set(skipped=False, box=True)

    def _unicode(self, value: int) -> None:
        """A UTF-16 unit, which may be written as a negative number; two of them make one code point."""
        self._to_skip = 0
        unit, high = value & 0xFFFF, self._high
        if 0xD800 <= unit < 0xDC00:
            self._flush()
            self._high = unit
        elif 0xDC00 <= unit < 0xE000:
            self._show(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else "\ufffd")
        else:
            self._show(symbol("", unit) if 0xF000 <= unit <= 0xF0FF else chr(unit))
        self._to_skip = self._state.skip_after_unicode

    def _paragraph(self) -> None:
        """A paragraph mark; one that a tracked change deleted joins its paragraph with the next."""
        if self._state.skipped or self._state.deleted:
            return
        self._flush()
        self._end_block(self._tables.place())

    def _table_word(self, word: str) -> None:
        if self._state.skipped and word != "nestrow":  # stands in a group for newer readers only
            return
        self._flush()
        if word.endswith("cell"):
            self._end_block(self._tables.close_cell(nested=word == "nestcell"))
        else:
            self._tables.close_row(nested=word == "nestrow")

    def _end_block(self, place: tuple[int, int, int] | None) -> None:
        self._builder.block(self._runs, place, self._heading)
        self._runs = []


_FORMATTING = {"b": "bold", "v": "hidden", "deleted": "deleted", "plain": "", "f": "", "uc": ""}


def _document_codec(word: str, value: int | None) -> str:
    name = DOCUMENT_CODECS.get(word) or ("utf-8" if value == 65001 else f"cp{value}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _DEFAULT_CODEC
