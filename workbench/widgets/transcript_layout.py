"""Where the parts of a transcript stand on the screen: code points to pixels, spans to outlines."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QTextEdit

from workbench.widgets.utf16 import Utf16Map


class Places:
    """Pixel places in a text edit's viewport. They hold until text, width or scroll position changes."""

    def __init__(self, edit: QTextEdit, units: Utf16Map) -> None:
        self._edit, self._units = edit, units

    def line_of(self, point: int) -> QRectF:
        """The line that holds a code point; its left edge is the place of the code point itself."""
        document = self._edit.document()
        unit = min(self._units.unit(point), document.characterCount() - 1)
        block = document.findBlock(unit)
        box = document.documentLayout().blockBoundingRect(block)
        scrolled = self._edit.verticalScrollBar().value()
        line = block.layout().lineForTextPosition(unit - block.position())
        if not line.isValid():
            return QRectF(box.x(), box.y() - scrolled, 0, box.height())
        x = cast(tuple[float, Any], line.cursorToX(unit - block.position()))[0]
        top = block.layout().position().y() + line.y() - scrolled
        return QRectF(block.layout().position().x() + x, top, line.width(), line.height())

    def visible(self) -> tuple[int, int]:
        """The code points in sight, half-open."""
        view = self._edit.viewport().rect()
        scrolled = self._edit.verticalScrollBar().value()
        hit = self._edit.document().documentLayout().hitTest
        fuzzy = Qt.HitTestAccuracy.FuzzyHit
        # Above the first line a layout that is still under way answers with where it has come to.
        top = max(float(scrolled), self._edit.document().documentMargin() + 1)
        first = max(0, hit(QPointF(self._edit.document().documentMargin() + 1, top), fuzzy))
        last = max(first, hit(QPointF(view.width(), scrolled + view.height()), fuzzy))
        return self._units.point(first), self._units.point(last) + 1

    def point_at(self, x: float, y: float) -> int:
        """The code point nearest to a place in the viewport."""
        unit = self._edit.cursorForPosition(QPointF(x, y).toPoint()).position()
        return self._units.point(unit)

    def outline(self, start: int, end: int) -> QPainterPath:
        """The area of a span: whole lines, with a step where it begins or ends inside a line."""
        width = float(self._edit.viewport().width())
        height = float(self._edit.viewport().height())
        seen_from, seen_to = self.visible()
        first = self.line_of(start) if start >= seen_from else QRectF(0, -50, 0, 0)
        last = self.line_of(end) if end <= seen_to else QRectF(0, height + 50, 0, 0)
        path = QPainterPath()
        left, right = 4.0, width - 4.0
        begin = first.left() if self.is_inside_line(start) and start >= seen_from else left
        stop = left
        if self.is_inside_line(end) and end <= seen_to:
            stop = right if self.is_line_end(end) else last.left()
        if abs(first.top() - last.top()) < 1 and stop > begin:
            path.addRect(QRectF(begin, first.top(), stop - begin, first.height()))
            return path
        path.addRect(QRectF(begin, first.top(), right - begin, max(0.0, min(first.height(), last.top() - first.top()))))
        path.addRect(QRectF(left, first.bottom(), right - left, max(0.0, last.top() - first.bottom())))
        if stop > left:
            path.addRect(QRectF(left, last.top(), stop - left, last.height()))
        return path.simplified()

    def is_line_end(self, point: int) -> bool:
        """Whether a paragraph ends right before this code point."""
        unit = self._units.unit(point)
        block = self._edit.document().findBlock(unit)
        return unit == block.position() + block.length() - 1

    def is_inside_line(self, point: int) -> bool:
        """Whether a paragraph runs on from before this code point."""
        unit = self._units.unit(point)
        block = self._edit.document().findBlock(unit)
        return unit > block.position()
