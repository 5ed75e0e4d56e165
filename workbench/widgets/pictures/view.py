"""A picture in the window: its parts can be pointed at, by mouse and by keys, and say what they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QToolTip, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.pictures.paint import outline, paint
from workbench.widgets.pictures.shapes import Drawing, Mark

SETTLE_MILLISECONDS = 60
WAYS = {Qt.Key.Key_Left: QPointF(-1, 0), Qt.Key.Key_Right: QPointF(1, 0), Qt.Key.Key_Up: QPointF(0, -1),
        Qt.Key.Key_Down: QPointF(0, 1)}
ASIDE = 2.2
"""How much farther away a part counts that lies aside of the way of an arrow key."""


class _Sheet(QWidget):
    """The picture itself."""

    activated = Signal(object)
    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.drawing = Drawing(0, 0, "#ffffff", ())
        self.current = -1
        self._pointed = -1
        self._centres: list[QPointF] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Picture"))

    @property
    def scale(self) -> float:
        """Pixels of the screen per pixel of the design."""
        return theme().zoom / 100

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing; the part in hand stays in hand where it still is there."""
        key = self.drawing.marks[self.current].key if self.current >= 0 else None
        self.drawing, self._pointed = drawing, -1
        self._centres = [mark.centre for mark in drawing.marks]
        self.current = next((n for n, m in enumerate(drawing.marks) if m.key == key), -1)
        self.setFixedSize(QSize(round(drawing.width * self.scale), round(drawing.height * self.scale)))
        self.setAccessibleDescription(f"{drawing.title}. {drawing.summary}")
        self.update()

    def at(self, place: QPointF) -> int:
        """The part at a place of the design, -1 where there is none; what lies on top counts."""
        marks = self.drawing.marks
        return next((n for n in reversed(range(len(marks))) if marks[n].path.contains(place)), -1)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.scale(self.scale, self.scale)
        clip = QRectF(event.rect())
        paint(painter, self.drawing, QRectF(clip.topLeft() / self.scale, clip.size() / self.scale))
        tokens, marks = theme().tokens, self.drawing.marks
        if self._pointed >= 0:
            outline(painter, marks[self._pointed].path, tokens.surface, tokens.edge)
        if self.current >= 0:
            outline(painter, marks[self.current].path, tokens.surface,
                    tokens.focus if self.hasFocus() else tokens.edge)

    # mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.at(event.position() / self.scale), event)

    def _point_at(self, n: int, event: QMouseEvent) -> None:
        if n == self._pointed:
            return
        self._pointed = n
        self.setCursor(Qt.CursorShape.PointingHandCursor if n >= 0 else Qt.CursorShape.ArrowCursor)
        if n >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.drawing.marks[n].spoken, self)
        else:
            QToolTip.hideText()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        n = self.at(event.position() / self.scale)
        if n >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(n)
            self.activated.emit(self.drawing.marks[n])

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        marks = self.drawing.marks
        if key in WAYS and marks:
            self.go_to(self._next(WAYS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and marks:
            self.go_to(0 if key == Qt.Key.Key_Home else len(marks) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current >= 0:
            self.activated.emit(marks[self.current])
        else:
            super().keyPressEvent(event)

    def _next(self, way: QPointF) -> int:
        """The nearest part that way; the one in hand when there is none."""
        if self.current < 0:
            return 0
        here, best, nearest = self._centres[self.current], self.current, float("inf")
        for n, centre in enumerate(self._centres):
            step = centre - here
            along = step.x() * way.x() + step.y() * way.y()
            cost = along + ASIDE * abs(step.x() * way.y() - step.y() * way.x())
            if along > 1 and cost < nearest:
                best, nearest = n, cost
        return best

    def go_to(self, n: int) -> None:
        """Take a part in hand."""
        self.current = n
        self.update()
        self.moved.emit(self.drawing.marks[n])
        self._announce()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.drawing.marks and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go_to(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _announce(self) -> None:
        if QAccessible.isActive():
            said = self.drawing.marks[self.current].spoken
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))


class PictureView(QScrollArea):
    """Shows what `set_drawer` gets, drawn anew for every size. `activated(Mark)` by click, Enter or Space; arrow keys
    go from part to part, and `pointed(words)` says where they are."""

    activated = Signal(object)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = _Sheet()
        self._drawer: Callable[[float, float], Drawing] | None = None
        self.setWidget(self.sheet)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.sheet)
        self.viewport().setAutoFillBackground(True)
        self.sheet.activated.connect(self.activated)
        self.sheet.moved.connect(self._bring_into_sight)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.draw)
        theme().changed.connect(self._settle.start)

    def set_drawer(self, drawer: Callable[[float, float], Drawing]) -> None:
        """Show another picture: `drawer(width, height)` lays it out for the room there is."""
        self._drawer = drawer
        self.draw()

    @property
    def drawing(self) -> Drawing:
        """What is shown."""
        return self.sheet.drawing

    def draw(self) -> None:
        """Lay the picture out for the room there is. Room for a scroll bar is always kept free, so that its coming
        changes nothing."""
        if self._drawer is None:
            return
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room, scale = self.maximumViewportSize(), self.sheet.scale
        self.sheet.show_drawing(self._drawer((room.width() - bar) / scale, room.height() / scale))
        colours = self.viewport().palette()
        colours.setColor(self.viewport().backgroundRole(), self.sheet.drawing.ground)
        self.viewport().setPalette(colours)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _bring_into_sight(self, mark: Mark) -> None:
        area, scale = mark.path.boundingRect(), self.sheet.scale
        middle, margin = area.center() * scale, theme().px(24)
        self.ensureVisible(round(middle.x()), round(middle.y()),
                           min(self.viewport().width() // 2, round(area.width() * scale / 2) + margin),
                           min(self.viewport().height() // 2, round(area.height() * scale / 2) + margin))
        self.pointed.emit(mark.spoken)
