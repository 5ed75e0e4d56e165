"""What a cell of a workbook may hold: text that stays text, no control characters, no more than Excel takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from exports.tables import Kind, Losses, Value

LIMIT = 32_767
"""UTF-16 units that a cell of Excel holds."""
FORMULA = ("=", "+", "-", "@")
"""What a text may begin with that a spreadsheet would take for a formula."""
CONTROL = "control characters"
CUT = "characters of a text that is too long for a cell"
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def length(text: str) -> int:
    """The length of a text as Excel counts it: characters beyond the first 65,536 count twice."""
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def parts(text: str, size: int = LIMIT) -> list[str]:
    """A text in pieces that fit a cell; put behind each other they are the text."""
    if 2 * len(text) <= size or length(text) <= size:
        return [text]
    found, begin, taken = [], 0, 0
    for at, character in enumerate(text):
        taken += 2 if character > "\uffff" else 1
        if taken > size:
            found.append(text[begin:at])
            begin, taken = at, 2 if character > "\uffff" else 1
    return [*found, text[begin:]]


def clean(text: str, losses: Losses, place: str) -> str:
    """A text as XML can hold it: soft line and page breaks become line breaks, other control characters and halves of
    characters become `�`, told as a loss."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if _BAD.search(text) is None:
        return text
    text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    text, many = _BAD.subn("\ufffd", text)
    if many:
        losses.add(CONTROL, place, many)
    return text


def fitted(text: str, losses: Losses, place: str) -> str:
    """A text that fits a cell; one that is too long is cut with a mark that says so, and told as a loss."""
    if 2 * len(text) <= LIMIT or length(text) <= LIMIT:
        return text
    kept = parts(text, LIMIT - 20)[0]
    losses.add(CUT, place, len(text) - len(kept))
    return f"{kept} … [+{len(text) - len(kept)}]"


@dataclass
class Pen:
    """Makes the cells of one worksheet, with the styles of the book."""

    sheet: Any
    losses: Losses

    def __post_init__(self) -> None:
        self._styles: dict[tuple[str, bool], Any] = {}

    def cell(self, value: Value, kind: Kind, look: str = "") -> Any:
        """A value as the worksheet takes it; `look` is "", "head" or "strong"."""
        if value is None or value == "":
            return None if not look else self._cell("", look, False, "s")
        if isinstance(value, str):
            return self._text(value, kind, look)
        style = look or ("moment" if isinstance(value, datetime) else "day" if isinstance(value, date) else kind)
        return self._cell(value, style if style in _LOOKS else "number", False, "")

    def _text(self, value: str, kind: Kind, look: str) -> Any:
        text = fitted(clean(value, self.losses, self.sheet.title), self.losses, self.sheet.title)
        return self._cell(text, look or ("text" if kind == "text" else "word"), text.startswith(FORMULA), "s")

    def _cell(self, value: Any, look: str, quoted: bool, data_type: str) -> Any:
        style = self._styles.get((look, quoted))
        if style is None:
            style = self._styles[look, quoted] = _style(self.sheet, look, quoted)
        cell: Any = WriteOnlyCell(self.sheet)
        cell._style = style
        if data_type:
            # Set after the fact, so that "=1+1" and "#N/A" are not taken for a formula or an error.
            cell._value, cell.data_type = value, data_type
        else:
            cell.value = value
        return cell


_LINE = Side(style="thin", color="DFDAD0")
_TOP = Alignment(vertical="top")
_WRAP = Alignment(vertical="top", wrap_text=True)
_LOOKS: dict[str, dict[str, Any]] = {
    "word": {"alignment": _TOP},
    "text": {"alignment": _WRAP},
    "number": {"alignment": _TOP, "number_format": "General"},
    "share": {"alignment": _TOP, "number_format": "0.0%"},
    "moment": {"alignment": _TOP, "number_format": "yyyy-mm-dd hh:mm"},
    "day": {"alignment": _TOP, "number_format": "yyyy-mm-dd"},
    "head": {"alignment": Alignment(vertical="center", wrap_text=True), "font": Font(bold=True, color="FFFFFF"),
             "fill": PatternFill("solid", start_color="6D3A7C")},
    "strong": {"alignment": _WRAP, "font": Font(bold=True), "fill": PatternFill("solid", start_color="EFE4F2"),
               "border": Border(top=_LINE, bottom=_LINE)},
}


def _style(sheet: Any, look: str, quoted: bool) -> Any:
    """The style of a look; `quoted` keeps a text text when somebody edits the cell."""
    model: Any = WriteOnlyCell(sheet)
    for name, value in _LOOKS[look].items():
        setattr(model, name, value)
    if quoted:
        model.quotePrefix = True
    return model._style
