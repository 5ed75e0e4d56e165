"""A small picture of rounds: per person a line of shares from 0 to 100 %, round after round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from workbench.theme import theme

MARGINS = (40, 12, 84, 24)
"""Left, top, right, bottom: room for the scale, the names and the numbers of the rounds."""


class RoundChart(QWidget):
    """Give it values with `show_rounds`. Persons differ by the form of their dots, by dashes and by their name at the
    end of the line, not by colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Mapping[str, Sequence[float]] = {}
        self.setAccessibleName(name)
        self.setMinimumHeight(theme().px(120))
        theme().changed.connect(self.update)

    def show_rounds(self, lines: Mapping[str, Sequence[float]]) -> None:
        """Person → the share of every round, 0 to 1."""
        self._lines = {name: list(values) for name, values in lines.items() if values}
        self.setAccessibleDescription("; ".join(f"{name}: " + ", ".join(f"{v:.0%}" for v in values)
                                                for name, values in self._lines.items()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(360), theme().px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().ui_font(-1))
        left, top, right, bottom = (theme().px(n) for n in MARGINS)
        ground = QRectF(left, top, self.width() - left - right, self.height() - top - bottom)
        most = max((len(values) for values in self._lines.values()), default=1)
        self._scale(painter, ground, most)
        taken: list[float] = []
        for n, (name, values) in enumerate(self._lines.items()):
            points = [_place(ground, k, most, value) for k, value in enumerate(values)]
            self._line(painter, n, points)
            taken.append(_free(points[-1].y(), taken, theme().px(14)))
            painter.setPen(QColor(theme().tokens.text))
            painter.drawText(QPointF(points[-1].x() + theme().px(10), taken[-1] + theme().px(4)), name)

    def _scale(self, painter: QPainter, ground: QRectF, most: int) -> None:
        for share in (0.0, 0.5, 1.0):
            y = ground.bottom() - share * ground.height()
            painter.setPen(QColor(theme().tokens.line))
            painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            painter.setPen(QColor(theme().tokens.quiet))
            painter.drawText(QRectF(0, y - theme().px(8), ground.left() - theme().px(6), theme().px(16)),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share * 100:.0f} %")
        for k in range(most):
            x = _place(ground, k, most, 0).x()
            box = QRectF(x - theme().px(16), ground.bottom() + theme().px(4), theme().px(32), theme().px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(k + 1))

    def _line(self, painter: QPainter, n: int, points: Sequence[QPointF]) -> None:
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
        looks = theme().tokens.facets
        ink = QColor(theme().tokens.accent if n == 0 else looks[(n - 1) % len(looks)].strong)
        painter.setPen(QPen(ink, theme().px(2), styles[n % len(styles)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(list(points)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        r = theme().px(4)
        for point in points:
            box = QRectF(point.x() - r, point.y() - r, 2 * r, 2 * r)
            painter.drawEllipse(box) if n % 2 == 0 else painter.drawRect(box)


def _place(ground: QRectF, k: int, most: int, share: float) -> QPointF:
    step = ground.width() / max(1, most - 1)
    return QPointF(ground.left() + (k * step if most > 1 else ground.width() / 2),
                   ground.bottom() - share * ground.height())


def _free(y: float, taken: Sequence[float], height: float) -> float:
    """A height for a name that no other name has."""
    while any(abs(y - other) < height for other in taken):
        y += height
    return y
