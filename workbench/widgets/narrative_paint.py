"""Layout and painting of one row of a narrative list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from workbench.theme import theme
from workbench.widgets.chips import flow, paint_chip
from workbench.widgets.narrative_rows import NarrativeRow
from workbench.widgets.utf16 import Utf16Map

LINE_SPACING = 1.45
MEASURE = 74  # characters: a comfortable line
MARGIN_FROM = 640  # pixels at 100 %: from here on chips stand beside the text


@dataclass(frozen=True)
class RowFrame:
    """The columns of a list at one width: where text and chips stand."""

    width: int
    left: int
    text_width: int
    chips_left: int
    chips_width: int
    beside: bool


@dataclass
class RowLayout:
    """A row measured at one width; all places are relative to the row's own top left corner."""

    row: NarrativeRow
    text: QTextLayout
    text_top: int
    chips: list[QRect]
    note: QRect
    height: int


@dataclass(frozen=True)
class Faces:
    """The three faces of a row."""

    reading: QFont
    heading: QFont
    small: QFont


def faces(delta: float = 0.0) -> Faces:
    """The faces at the present zoom; the reading face `delta` points larger or smaller."""
    return Faces(theme().reading_font(delta), theme().ui_font(-0.5), theme().ui_font(-0.5))


def row_frame(width: int, reading: QFont) -> RowFrame:
    """Columns for a list `width` pixels wide."""
    px = theme().px
    left = px(20)
    measure = round(QFontMetrics(reading).averageCharWidth() * MEASURE)
    if width < px(MARGIN_FROM):
        room = max(px(80), width - left - px(16))
        return RowFrame(width, left, min(room, measure), left, room, False)
    chips_width = min(px(260), max(px(180), width // 4))
    text_width = min(measure, width - left - chips_width - px(40))
    return RowFrame(width, left, text_width, left + text_width + px(24), chips_width, True)


def row_padding() -> tuple[int, int]:
    """Pixels above and below a row's content."""
    return theme().px(10), theme().px(14)


def line_height(reading: QFont) -> int:
    """Pixels from one line of text to the next."""
    return round(QFontMetrics(reading).height() * LINE_SPACING / 1.2)


def lay_out(row: NarrativeRow, frame: RowFrame, kind: Faces) -> RowLayout:
    """Measure a row."""
    above, below = row_padding()
    metrics = QFontMetrics(kind.small)
    text_top = above + QFontMetrics(kind.heading).height() + theme().px(4)
    text = _text_layout(row, kind.reading)
    text_height = _break_lines(text, frame.text_width, line_height(kind.reading))
    places, chips_height = flow(row.chips, frame.chips_width, metrics)
    bottom = text_top + text_height
    chips_top = text_top if frame.beside else bottom + theme().px(6)
    if places:
        bottom = max(bottom, chips_top + chips_height)
    note = QRect()
    if row.note:
        note = QRect(frame.left, bottom + theme().px(4), frame.text_width, metrics.height())
        bottom = note.bottom()
    chips = [place.translated(frame.chips_left, chips_top) for place in places]
    return RowLayout(row, text, text_top, chips, note, bottom + below)


def _text_layout(row: NarrativeRow, font: QFont) -> QTextLayout:
    layout = QTextLayout(row.text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    if row.highlights:
        layout.setFormats(_found_formats(row))
    return layout


def _found_formats(row: NarrativeRow) -> list[QTextLayout.FormatRange]:
    tokens, places = theme().tokens, Utf16Map(row.text)
    mark = QTextCharFormat()
    mark.setBackground(QColor(tokens.found))
    mark.setForeground(QColor(tokens.on_found))
    ranges = []
    for start, end in row.highlights:
        one = QTextLayout.FormatRange()
        one.start, one.length = places.unit(start), places.unit(end) - places.unit(start)
        one.format = mark
        ranges.append(one)
    return ranges


def _break_lines(layout: QTextLayout, width: int, step: int) -> int:
    y = 0
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += step
        line = layout.createLine()
    layout.endLayout()
    return max(step, y)


def paint_row(
    painter: QPainter, top: int, made: RowLayout, frame: RowFrame, kind: Faces, current: bool, selected: bool
) -> None:
    """Draw a measured row with its top at `top`."""
    tokens, px = theme().tokens, theme().px
    area = QRect(0, top, frame.width, made.height)
    if selected:
        painter.fillRect(area.adjusted(px(4), px(2), -px(4), -px(2)), QColor(tokens.accent_tint))
    if current:
        painter.fillRect(QRect(px(4), top + px(2), px(3), made.height - px(4)), QColor(tokens.accent))
    painter.setFont(kind.heading)
    painter.setPen(QColor(tokens.quiet))
    line = QRect(frame.left, top + row_padding()[0], frame.width - frame.left - px(12), made.text_top)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, made.row.heading)
    painter.setPen(QColor(tokens.text))
    made.text.draw(painter, QPointF(frame.left, top + made.text_top))
    painter.setFont(kind.small)
    for place, spec in zip(made.chips, made.row.chips, strict=True):
        paint_chip(painter, place.translated(0, top), spec)
    if made.row.note:
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(made.note.translated(0, top), Qt.AlignmentFlag.AlignLeft, made.row.note)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.drawLine(frame.left, area.bottom(), frame.width - px(12), area.bottom())


def paint_focus(painter: QPainter, area: QRect) -> None:
    """Draw the focus ring around a row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme().tokens.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(3, 1, -3, -2), theme().px(4), theme().px(4))
    painter.restore()
