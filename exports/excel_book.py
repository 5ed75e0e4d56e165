"""Sheets into a workbook: heads that stay in sight, filters, widths, print setup, colours by value, charts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from exports.excel_cells import Pen
from exports.files import SteadyZip
from exports.tables import Area, Bars, Heads, Losses, Sheet, Strong

Progress = Callable[[float, float, str], Any]
MOST_ROWS = 1_048_576
"""Rows that a worksheet of Excel holds, the heads included."""
A4 = 9
WIDEST = 90
"""Paper as Excel numbers it, and the widest column in characters."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Book:
    """A workbook in the making: `with Book(…) as book`. `losses` gathers what Excel cannot hold."""

    def __init__(self, title: str, *, most_rows: int = MOST_ROWS) -> None:
        self.losses = Losses()
        self._most_rows = most_rows
        self._book = Workbook(write_only=True)
        # Fixed, so that the same project gives the same bytes.
        self._book.properties.created = self._book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(
            tzinfo=None)
        self._book.properties.creator = "Narratief"
        self._book.properties.title = title
        self._folder = TemporaryDirectory(prefix="narratief-")
        self._rows: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._folder.cleanup()

    def place(self, title: str) -> Any:
        """A worksheet behind the others, to be filled later; its title is made fit and unique."""
        plain = " ".join(title.translate(_FORBIDDEN).split()).strip("'")[:31] or "-"
        taken = {name.casefold() for name in self._book.sheetnames}
        found, n = plain, 1
        while found.casefold() in taken:
            n += 1
            found = f"{plain[:31 - len(f' ({n})')]} ({n})"
        return self._book.create_sheet(found)

    def add(self, sheet: Sheet, tick: Callable[[], Any] = lambda: None) -> int:
        """Write a sheet behind the others; what does not fit goes on in the next. Returns how many rows it had."""
        return self.fill(self.place(sheet.title), sheet, tick)

    def fill(self, worksheet: Any, sheet: Sheet, tick: Callable[[], Any] = lambda: None) -> int:
        """Write a sheet into a worksheet that was placed before. `tick` is called now and then, and may raise."""
        rows, total = iter(sheet.rows), 0
        while True:
            done = self._fill_one(worksheet, sheet, islice(rows, self._most_rows - 1), tick)
            total += done
            following = next(rows, None) if done == self._most_rows - 1 else None
            if following is None:
                return total
            rows = chain([following], rows)
            worksheet = self.place(sheet.title)

    def _fill_one(self, worksheet: Any, sheet: Sheet, rows: Any, tick: Callable[[], Any]) -> int:
        _prepare(worksheet, sheet)
        pen, n = Pen(worksheet, sheet.columns, self.losses), 0
        path = self._rows[worksheet.title] = Path(self._folder.name) / f"{len(self._rows)}.xml"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(pen.row(1, [c.head for c in sheet.columns], "head"))
            for n, row in enumerate(rows, 1):
                file.write(pen.row(n + 1, row, _look(row)))
                if n % 500 == 0:
                    tick()
        if sheet.filtered:
            worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{n + 1}"
        for bars, place in zip(sheet.bars, _places(sheet), strict=True):
            worksheet.add_chart(_chart(worksheet, bars), place)
        return n

    def save(self, path: Path) -> None:
        """Write the workbook to a place of its own; `files.written` gives one."""
        rows = {f"xl/worksheets/sheet{n}.xml": self._rows[name] for n, name in enumerate(self._book.sheetnames, 1)}
        ExcelWriter(self._book, _BookZip(path, rows)).save()


class _BookZip(SteadyZip):
    """The archive of a workbook; puts the rows into the worksheets that openpyxl wrote without any."""

    def __init__(self, path: Path, rows: dict[str, Path]) -> None:
        super().__init__(path)
        self._rows_of = rows

    def write(self, filename: Any, arcname: Any = None, compress_type: int | None = None,
              compresslevel: int | None = None) -> None:
        """Write a worksheet."""
        around = re.split(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>", Path(filename).read_bytes())
        if len(around) != 2:
            raise RuntimeError(f"openpyxl wrote {arcname} in a way that is not known")
        with self.opened(str(arcname)) as target, self._rows_of[str(arcname)].open("rb") as rows:
            target.write(around[0] + b"<sheetData>")
            shutil.copyfileobj(rows, target, 1 << 20)
            target.write(b"</sheetData>" + around[1])


def _look(row: object) -> str:
    return "strong" if isinstance(row, Strong) else "head" if isinstance(row, Heads) else ""


def _prepare(worksheet: Any, sheet: Sheet) -> None:
    """What must be known before the first row is written."""
    for n, column in enumerate(sheet.columns, 1):
        worksheet.column_dimensions[get_column_letter(n)].width = min(column.width, WIDEST)
    worksheet.freeze_panes = f"{get_column_letter(min(sheet.kept, len(sheet.columns)) + 1)}2"
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = "1:1"
    worksheet.oddFooter.left.text, worksheet.oddFooter.right.text = "&A", "&P / &N"
    for area in sheet.heat:
        rule: Any = ColorScaleRule(  # type: ignore[no-untyped-call]
            start_type="num", start_value=0, start_color="FDFCF9", end_type="max", end_color="C09DCA")
        worksheet.conditional_formatting.add(_reference(area), rule)


def _reference(area: Area) -> str:
    return f"{get_column_letter(area.left)}{area.top}:{get_column_letter(area.right)}{area.bottom}"


def _places(sheet: Sheet) -> list[str]:
    """Where charts go: beside the table, below each other, each as high as its bars ask."""
    column, row, found = get_column_letter(len(sheet.columns) + 2), 2, []
    for bars in sheet.bars:
        found.append(f"{column}{row}")
        row += round(_height(bars) / 0.53) + 2
    return found


def _height(bars: Bars) -> float:
    """Centimetres."""
    return 3 + 0.55 * (bars.bottom - bars.top + 1)


def _chart(worksheet: Any, bars: Bars) -> Any:
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, bars.title
    chart.legend, chart.gapWidth = None, 40
    chart.height, chart.width = _height(bars), 20
    # Without this Excel hides both axes; the first row is to be the uppermost bar.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min, chart.y_axis.number_format = 0, "0"
    chart.add_data(Reference(worksheet, min_col=bars.numbers, min_row=bars.top, max_row=bars.bottom))
    chart.set_categories(Reference(worksheet, min_col=bars.labels, min_row=bars.top, max_row=bars.bottom))
    chart.series[0].graphicalProperties.solidFill = "6D3A7C"
    return chart

