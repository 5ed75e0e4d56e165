"""Chips: one code as form, number, label and coder; painted in lists and margins, or as a widget of its own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.i18n import _
from workbench.theme import theme


@dataclass(frozen=True)
class ChipSpec:
    """What a chip says. `facet` decides form and hue, `number` and `label` name the code, `coder` is an
    initial (empty when one coder is shown), `absent` marks *niet genoemd*, `key` is handed back by
    signals."""

    facet: str
    label: str
    number: str = ""
    coder: str = ""
    absent: bool = False
    key: Hashable = None

    @property
    def text(self) -> str:
        """Number and label as one text."""
        return f"{self.number} {self.label}".strip()

    @property
    def spoken(self) -> str:
        """The chip in words, for a screen reader."""
        by = f", {self.coder}" if self.coder else ""
        return f"{self.facet} {self.text}{by}"


_FORM_POINTS = {
    "diamond": ((0.5, -0.08), (1.08, 0.5), (0.5, 1.08), (-0.08, 0.5)),
    "triangle": ((0.5, 0.0), (1.05, 1.0), (-0.05, 1.0)),
    "hexagon": ((0.25, 0.05), (0.75, 0.05), (1.0, 0.5), (0.75, 0.95), (0.25, 0.95), (0.0, 0.5)),
}


def paint_form(painter: QPainter, form: str, box: QRectF, colour: QColor, hollow: bool = False) -> None:
    """Draw a facet's form (square, round, diamond, triangle, hexagon, bar) inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
    if form == "round":
        painter.drawEllipse(box)
    elif form in _FORM_POINTS:
        points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in _FORM_POINTS[form]]
        painter.drawPolygon(QPolygonF(points))
    elif form == "bar":
        painter.drawRect(box.adjusted(box.width() * 0.3, 0, -box.width() * 0.3, 0))
    else:
        painter.drawRoundedRect(box, 1.5, 1.5)
    painter.restore()


def chip_height(metrics: QFontMetrics) -> int:
    """The height of a chip in pixels for a font."""
    return metrics.height() + theme().px(4)


def chip_width(spec: ChipSpec, metrics: QFontMetrics) -> int:
    """The width a chip wants in pixels for a font."""
    px = theme().px
    coder = metrics.horizontalAdvance(spec.coder) + px(8) if spec.coder else 0
    return px(6) + metrics.ascent() - px(2) + px(6) + metrics.horizontalAdvance(spec.text) + coder + px(8)


def flow(specs: Sequence[ChipSpec], width: int, metrics: QFontMetrics) -> tuple[list[QRect], int]:
    """Places of chips that run from left to right and wrap at `width`, with the height they take together."""
    gap, height = theme().px(4), chip_height(metrics)
    x = y = 0
    places = []
    for spec in specs:
        wanted = min(width, chip_width(spec, metrics))
        if x and x + wanted > width:
            x, y = 0, y + height + gap
        places.append(QRect(x, y, wanted, height))
        x += wanted + gap
    return places, (y + height if places else 0)


def paint_chip(painter: QPainter, place: QRect, spec: ChipSpec) -> None:
    """Draw a chip with the painter's font; a label that does not fit ends in an ellipsis."""
    look, px = theme().facet(spec.facet), theme().px
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.strong), 1, Qt.PenStyle.DashLine) if spec.absent else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if spec.absent else QColor(look.tint))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    metrics = painter.fontMetrics()
    side = metrics.ascent() - px(2)
    box = QRectF(place.x() + px(6), place.center().y() - side / 2 + 0.5, side, side)
    paint_form(painter, look.form, box.adjusted(1, 1, -1, -1), QColor(look.strong), hollow=spec.absent)
    left = round(box.right()) + px(6)
    coder = metrics.horizontalAdvance(spec.coder) + px(8) if spec.coder else 0
    room = place.right() - left - coder - px(4)
    painter.setPen(QColor(theme().tokens.text if spec.absent else look.on_tint))
    label = metrics.elidedText(spec.text, Qt.TextElideMode.ElideRight, max(0, room))
    vertical = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(left, place.y(), max(0, room) + px(4), place.height()), vertical, label)
    if spec.coder:
        _paint_coder(painter, QRect(place.right() - coder, place.y(), coder, place.height()), spec)
    painter.restore()


def _paint_coder(painter: QPainter, place: QRect, spec: ChipSpec) -> None:
    look, px = theme().facet(spec.facet), theme().px
    badge = place.adjusted(0, px(2), -px(2), -px(2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.strong))
    painter.drawRoundedRect(badge, px(3), px(3))
    painter.setPen(QColor(look.on_strong))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, spec.coder)


class Chip(QWidget):
    """A chip that stands by itself. `clicked(key)` by mouse, Space or Enter; with `removable`, Delete or a
    click on its cross gives `removed(key)`."""

    clicked = Signal(object)
    removed = Signal(object)

    def __init__(self, spec: ChipSpec, removable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._removable = removable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spec.spoken)
        self.setToolTip(_("{code} (Delete removes it)", code=spec.spoken) if removable else spec.spoken)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        cross = chip_height(metrics) if self._removable else 0
        return QSize(chip_width(self.spec, metrics) + cross + 2, chip_height(metrics) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cross = chip_height(self.fontMetrics()) if self._removable else 0
        paint_chip(painter, self.rect().adjusted(1, 1, -1 - cross, -1), self.spec)
        if self._removable:
            painter.setPen(QColor(theme().tokens.quiet))
            painter.drawText(self._cross(), Qt.AlignmentFlag.AlignCenter, "×")
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme().tokens.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        on_cross = self._removable and self._cross().contains(event.position().toPoint())
        (self.removed if on_cross else self.clicked).emit(self.spec.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.spec.key)
        elif self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.spec.key)
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRect:
        side = chip_height(self.fontMetrics())
        return QRect(self.width() - side, 0, side, self.height())
