"""How a transcript is written and drawn: faces, colours, grounds, boundary lines."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from workbench.theme import theme
from workbench.widgets.transcript_layout import Places
from workbench.widgets.transcript_values import BoundaryMark, NarrativeSpan, TurnSpan, outside_turns
from workbench.widgets.utf16 import Utf16Map

MEASURE = 74  # characters per line
PARAGRAPH_GAP = 6


@dataclass(frozen=True)
class Columns:
    """Pixels before and after the text, and how much of them the number gutter and the chip margin take."""

    before: int
    after: int
    gutter: int
    margin: int


def columns(width: int, document: QTextDocument) -> Columns:
    """Divide a view's width: the text gets its measure, the rest is air on both sides."""
    px = theme().px
    narrow = width < px(560)
    gutter = px(36 if narrow else 72)
    margin = px(88) if narrow else min(px(280), max(px(132), round(width * 0.27)))
    measure = QFontMetrics(theme().reading_font()).averageCharWidth() * MEASURE + 2 * document.documentMargin()
    spare = max(0, round(width - gutter - margin - measure))
    return Columns(gutter + spare // 3, margin + spare - spare // 3, gutter, margin)


def write_document(edit: QTextEdit, text: str, turns: Sequence[TurnSpan], units: Utf16Map) -> None:
    """Put the text into the edit in the reading face, interviewers quieter, labels set off."""
    document = edit.document()
    document.setDefaultFont(theme().reading_font())
    document.setDocumentMargin(theme().px(16))
    edit.setPlainText(text)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setCharFormat(QTextCharFormat())  # Qt writes a new text in the face of the words at the caret
    paragraph = QTextBlockFormat()
    paragraph.setBottomMargin(theme().px(PARAGRAPH_GAP))
    cursor.setBlockFormat(paragraph)
    for turn in turns:
        if turn.interviewer:
            _write(cursor, units, turn.start, turn.end, _interviewer_format())
    label = _label_format()
    for start, end in outside_turns(turns, len(text)):
        if text[start:end].strip():
            _write(cursor, units, start, end, label)
    cursor.endEditBlock()


def _write(cursor: QTextCursor, units: Utf16Map, start: int, end: int, style: QTextCharFormat) -> None:
    cursor.setPosition(units.unit(start))
    cursor.setPosition(units.unit(end), QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(style)


def _interviewer_format() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme().tokens.quiet))
    made.setFontItalic(True)
    return made


def _label_format() -> QTextCharFormat:
    made = QTextCharFormat()
    font = theme().ui_font(-0.5, bold=True)
    made.setFontFamilies([font.family()])
    made.setFontPointSize(font.pointSizeF())
    made.setFontWeight(font.weight())
    made.setForeground(QColor(theme().tokens.accent))
    return made


def extra_selections(
    edit: QTextEdit, units: Utf16Map, current: NarrativeSpan | None, found: Sequence[tuple[int, int]]
) -> list[QTextEdit.ExtraSelection]:
    """Quiet neighbours of the current narratief, and search hits above everything."""
    made = []
    if current is not None:
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(theme().tokens.quiet))
        made += [_selection(edit, 0, units.unit(current.start), quiet)]
        made += [_selection(edit, units.unit(current.end), units.units, quiet)]
    mark = QTextCharFormat()
    mark.setBackground(QColor(theme().tokens.found))
    mark.setForeground(QColor(theme().tokens.on_found))
    return made + [_selection(edit, units.unit(a), units.unit(b), mark) for a, b in found]


def _selection(edit: QTextEdit, start: int, end: int, style: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    cursor = QTextCursor(edit.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    made.format = style
    return made


def paint_grounds(
    painter: QPainter, places: Places, spans: Sequence[NarrativeSpan], current: Hashable
) -> None:
    """The bright ground of the current narratief and the hatching of *geen narratief*."""
    tokens = theme().tokens
    for span in spans:
        if span.excluded:
            outline = places.outline(span.start, span.end)
            painter.fillPath(outline, QBrush(QColor(tokens.hatch), Qt.BrushStyle.BDiagPattern))
            veil = QColor(tokens.surface)
            veil.setAlphaF(0.62)
            painter.fillPath(outline, veil)
        elif span.id == current:
            painter.fillPath(places.outline(span.start, span.end), QColor(tokens.raised))


def paint_boundary(
    painter: QPainter, places: Places, mark: BoundaryMark, width: int, lively: bool = False
) -> None:
    """A boundary line: solid when sure, dashed when doubtful, stepped when it falls inside a line."""
    tokens = theme().tokens
    line = places.line_of(mark.at)
    style = Qt.PenStyle.SolidLine if mark.sure else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(tokens.accent), 3 if lively else 1.5, style))
    top, bottom, right = line.top() - 1, line.bottom(), float(width)
    if not places.is_inside_line(mark.at):
        painter.drawLine(QPointF(0, top), QPointF(right, top))
    else:
        painter.drawLine(QPointF(0, bottom), QPointF(line.left(), bottom))
        painter.drawLine(QPointF(line.left(), bottom), QPointF(line.left(), top))
        painter.drawLine(QPointF(line.left(), top), QPointF(right, top))
    if mark.movable:
        grip = QRectF(right - theme().px(14), top - theme().px(3), theme().px(10), theme().px(6))
        painter.fillRect(grip, QColor(tokens.accent))
