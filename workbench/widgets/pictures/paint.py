"""Paints a drawing: the same function for the window, for SVG and for PNG."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from workbench.widgets.chips import paint_form
from workbench.widgets.pictures.ink import font, metrics
from workbench.widgets.pictures.shapes import Box, Drawing, Form, Line, Ribbon, Shape, Words

HATCH = 5.0


def paint(painter: QPainter, drawing: Drawing, clip: QRectF | None = None) -> None:
    """Paint a drawing in its own pixels; the painter's scale makes it larger. With `clip` only what lies there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, drawing.width, drawing.height) if clip is None else clip, QColor(drawing.ground))
    for shape in drawing.shapes:
        if clip is None or clip.intersects(bounds(shape)):
            _paint(painter, shape)


def bounds(shape: Shape) -> QRectF:
    """Where a shape can leave a trace."""
    if isinstance(shape, Ribbon):
        return shape.path.boundingRect()
    if isinstance(shape, Line):
        return QRectF(shape.start, shape.end).normalized().adjusted(-shape.width, -shape.width, shape.width,
                                                                    shape.width)
    return shape.area.adjusted(-2, -2, 2, 2)


def _paint(painter: QPainter, shape: Shape) -> None:
    if isinstance(shape, Words):
        _paint_words(painter, shape)
    elif isinstance(shape, Box):
        _paint_box(painter, shape)
    elif isinstance(shape, Line):
        _paint_line(painter, shape)
    elif isinstance(shape, Ribbon):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_tinted(shape.fill, shape.opacity))
        painter.drawPath(shape.path)
    else:
        _paint_form(painter, shape)


def _tinted(colour: str, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made


def _paint_form(painter: QPainter, shape: Form) -> None:
    painter.save()
    paint_form(painter, shape.form, shape.area, QColor(shape.colour), hollow=shape.hollow)
    painter.restore()


def _paint_line(painter: QPainter, shape: Line) -> None:
    painter.setPen(QPen(_tinted(shape.colour, shape.opacity), shape.width, Qt.PenStyle.SolidLine,
                        Qt.PenCapStyle.RoundCap))
    painter.drawLine(shape.start, shape.end)


def _paint_box(painter: QPainter, shape: Box) -> None:
    painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(shape.edge), shape.width) if shape.edge else Qt.PenStyle.NoPen)
    if shape.fill or shape.edge:
        painter.drawRoundedRect(shape.area, shape.radius, shape.radius)
    if shape.hatched:
        painter.setPen(QPen(QColor(shape.hatched), 1))
        for start, end in _strokes(shape.area):
            painter.drawLine(start, end)


def _strokes(area: QRectF) -> list[tuple[QPointF, QPointF]]:
    """Slanting strokes that end at the edges, drawn one by one as patterns print differently everywhere."""
    found, at = [], HATCH
    while at < area.width() + area.height():
        left, top = max(0.0, at - area.height()), min(at, area.height())
        right, bottom = min(at, area.width()), max(0.0, at - area.width())
        found.append((area.topLeft() + QPointF(left, top), area.topLeft() + QPointF(right, bottom)))
        at += HATCH
    return found


def _paint_words(painter: QPainter, shape: Words) -> None:
    known = metrics(shape.size, shape.bold)
    area, text = shape.area, shape.text
    room = area.height() if shape.turned else area.width()
    if known.horizontalAdvance(text) > room + 1:
        text = known.elidedText(text, Qt.TextElideMode.ElideRight, room)
    wide = known.horizontalAdvance(text)
    along = {"left": 0.0, "right": room - wide, "centre": (room - wide) / 2}[shape.align]
    drop = (known.ascent() - known.descent()) / 2
    painter.setFont(font(shape.size, shape.bold))
    painter.setPen(QColor(shape.colour))
    if not shape.turned:
        painter.drawText(QPointF(area.left() + along, area.center().y() + drop), text)
        return
    painter.save()
    painter.translate(area.center().x() + drop, area.bottom() - along)
    painter.rotate(-90)
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


def outline(painter: QPainter, path: QPainterPath, halo: str, colour: str) -> None:
    """The ring around the mark in hand, on a halo that keeps it clear of what lies below."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for tone, width in ((halo, 5.0), (colour, 2.5)):
        painter.setPen(QPen(QColor(tone), width))
        painter.drawPath(path)
