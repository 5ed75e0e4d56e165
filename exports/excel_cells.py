"""What a cell of a workbook may hold: text that stays text, no control characters, no more than Excel takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from exports.tables import Column, Kind, Losses, Value

LIMIT = 32_767
"""UTF-16 units that a cell of Excel holds."""
LINE = 15
HIGHEST = 409
"""Height of a line of text, and the highest that Excel makes a row, in points."""
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


class Pen:
    """Writes the rows of one worksheet as Excel's XML.

    By hand, since openpyxl takes four times as long for a styled cell and the workbook of 100,000 narratieven has five
    million of them; openpyxl still writes everything around the rows.
    """

    def __init__(self, sheet: Any, columns: Sequence[Column], losses: Losses) -> None:
        self._sheet = sheet
        self._columns = [(get_column_letter(n), column.kind) for n, column in enumerate(columns, 1)]
        self._wrapped = [column.width if column.kind == "text" else 0 for column in columns]
        self._widths = [column.width for column in columns]
        self._losses = losses
        self._styles: dict[tuple[str, bool], int] = {}

    def row(self, number: int, values: Sequence[Value], look: str = "") -> str:
        """A row; `look` is "", "head" or "strong"."""
        cells = [self._cell(f"{letter}{number}", value, kind, look)
                 for (letter, kind), value in zip(self._columns, values, strict=False)]
        return f'<row r="{number}"{self._height(values, bool(look))}>{"".join(cells)}</row>'

    def _height(self, values: Sequence[Value], all_wrapped: bool) -> str:
        """Room for wrapped text: not every program finds it by itself."""
        widths = self._widths if all_wrapped else self._wrapped
        lines = max((_lines(v, width) for v, width in zip(values, widths, strict=False)
                     if width and isinstance(v, str) and (len(v) >= width - 2 or "\n" in v)), default=1)
        return "" if lines == 1 else f' ht="{min(lines * LINE, HIGHEST)}" customHeight="1"'

    def _cell(self, place: str, value: Value, kind: Kind, look: str) -> str:
        if value is None or value == "" or value != value:  # nothing, or not a number
            return f'<c r="{place}" s="{self._style(look)}"/>' if look else ""
        if isinstance(value, str):
            return self._text(place, value, kind, look)
        if isinstance(value, date):
            style = self._style("moment" if isinstance(value, datetime) else "day")
            return f'<c r="{place}" s="{style}"><v>{_serial(value)}</v></c>'
        shown = "strong share" if look and kind == "share" else look or ("share" if kind == "share" else "number")
        return f'<c r="{place}" s="{self._style(shown)}"><v>{value!r}</v></c>'

    def _text(self, place: str, value: str, kind: Kind, look: str) -> str:
        text = fitted(clean(value, self._losses, self._sheet.title), self._losses, self._sheet.title)
        style = self._style(look or ("text" if kind == "text" else "word"), text.startswith(FORMULA))
        # An inline string is text whatever it begins with: "=1+1" and "#N/A" are neither formula nor error.
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    def _style(self, look: str, quoted: bool = False) -> int:
        """The number of a style in the book; `quoted` keeps a text text when somebody edits the cell."""
        found = self._styles.get((look, quoted))
        if found is None:
            found = self._styles[look, quoted] = _style(self._sheet, look, quoted)
        return found


_LINE = Side(style="thin", color="DFDAD0")
_TOP = Alignment(vertical="top")
_WRAP = Alignment(vertical="top", wrap_text=True)
_BOLD: dict[str, Any] = {"name": "Calibri", "size": 11, "bold": True}
_STRONG: dict[str, Any] = {
    "alignment": _WRAP, "font": Font(**_BOLD), "fill": PatternFill("solid", start_color="EFE4F2"),
    "border": Border(top=_LINE, bottom=_LINE)}
_LOOKS: dict[str, dict[str, Any]] = {
    "word": {"alignment": Alignment(horizontal="left", vertical="top", indent=1)},
    "text": {"alignment": Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)},
    "number": {"alignment": _TOP},
    "share": {"alignment": _TOP, "number_format": "0.0%"},
    "moment": {"alignment": _TOP, "number_format": "yyyy-mm-dd hh:mm"},
    "day": {"alignment": _TOP, "number_format": "yyyy-mm-dd"},
    "head": {"alignment": Alignment(vertical="center", wrap_text=True), "font": Font(**_BOLD, color="FFFFFF"),
             "fill": PatternFill("solid", start_color="6D3A7C")},
    "strong": _STRONG,
    "strong share": {**_STRONG, "number_format": "0.0%"},
}


def _style(sheet: Any, look: str, quoted: bool) -> int:
    model = WriteOnlyCell(sheet)
    for name, value in _LOOKS[look].items():
        setattr(model, name, value)
    if quoted:
        model.quotePrefix = True
    return int(model.style_id)


def _lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column; words that do not fit leave some room at the ends."""
    return sum(1 + int(len(line) / max(width - 2, 4)) for line in text[:20_000].split("\n"))


def _serial(at: date) -> float:
    """A moment as Excel counts: days since the last day of 1899."""
    return float(to_excel(at))  # type: ignore[no-untyped-call]
