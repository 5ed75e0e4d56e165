"""The two sides of a transcript: numbers of the narratieven at the left, bars and chips at the right."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.chips import ChipSpec, chip_height, chip_width, flow, paint_chip
from workbench.widgets.transcript_values import BoundaryMark, NarrativeSpan, overlapping

if TYPE_CHECKING:
    from workbench.widgets.transcript_view import TranscriptView


class _Side(QWidget):
    """A strip beside the text that scrolls with it; only what is in sight is laid out."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._hits: list[tuple[QRect, NarrativeSpan, ChipSpec | None]] = []

    def extents(self) -> list[tuple[NarrativeSpan, int, int]]:
        """The narratieven in sight with their top and bottom, cut off at the edges of the strip."""
        places, height = self._view.places(), self.height()
        first, last = places.visible()
        found = []
        for span in overlapping(self._view.spans(), first, last):
            top = round(places.line_of(span.start).top()) if span.start >= first else -1
            end = places.line_of(span.end) if span.end <= last else None
            bottom = height + 1 if end is None else round(_end_of(places.is_inside_line(span.end), end))
            found.append((span, top, max(top + 1, bottom)))
        return found

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._view.viewport(), event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        for area, span, chip in self._hits:
            if area.contains(place):
                if chip is not None:
                    self._view.chipClicked.emit(span.id, chip.key)
                self._view.narrativeClicked.emit(span.id)
                return

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spoken = [c.spoken for area, _span, c in self._hits if c is not None and area.contains(event.pos())]
            QToolTip.showText(event.globalPos(), "\n".join(spoken), self)
            return True
        return super().event(event)


def _end_of(inside: bool, line: QRectF) -> float:
    return line.bottom() if inside else line.top()


class NumberGutter(_Side):
    """The number of each narratief, held in sight while any of it is."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().tokens.surface))
        current = self._view.current_span()
        self._hits = []
        for span, top, bottom in self.extents():
            area = QRect(0, max(0, top), self.width(), min(self.height(), bottom) - max(0, top))
            self._hits.append((area, span, None))
            self._paint(painter, span, area, is_current=span is current)

    def _paint(self, painter: QPainter, span: NarrativeSpan, area: QRect, is_current: bool) -> None:
        tokens, px = theme().tokens, theme().px
        if is_current:
            bar = QRect(self.width() - px(4), area.top(), px(4), area.height())
            painter.fillRect(bar, QColor(tokens.accent))
        painter.setFont(theme().ui_font(0, bold=is_current))
        line = QFontMetrics(painter.font()).height() + px(8)
        badge = QRect(0, area.top(), self.width() - px(10), line)
        painter.setPen(QColor(tokens.accent if is_current else tokens.quiet))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(badge, right, "–" if span.nr is None else str(span.nr))
        if span.flag and area.height() > 2 * line:
            painter.setFont(theme().ui_font(-1.5))
            painter.setPen(QColor(tokens.danger))
            room = badge.translated(0, line - px(4))
            painter.drawText(room, right, painter.fontMetrics().elidedText(
                span.flag, Qt.TextElideMode.ElideRight, room.width()))


class ChipMargin(_Side):
    """Bars over the extent of each narratief, one per facet, and its chips; labels of boundaries above them."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().tokens.surface))
        painter.setFont(theme().ui_font(-0.5))
        self._hits = []
        labels = self._paint_boundary_labels(painter)
        for span, top, bottom in self.extents():
            start = labels.get(span.start, max(top, 0)) + theme().px(3)
            self._paint_span(painter, span, start, min(bottom, self.height()) - theme().px(3))

    def _paint_boundary_labels(self, painter: QPainter) -> dict[int, int]:
        """Draw the labels; returns, by boundary, where chips may begin below."""
        places, free = self._view.places(), {}
        first, last = places.visible()
        for mark in self._view.boundaries():
            if first <= mark.at < last:
                free[mark.at] = self._paint_label(painter, mark, round(places.line_of(mark.at).top()))
        return free

    def _paint_label(self, painter: QPainter, mark: BoundaryMark, top: int) -> int:
        tokens, px = theme().tokens, theme().px
        style = Qt.PenStyle.SolidLine if mark.sure else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(tokens.accent), 1.5, style))
        painter.drawLine(0, top, px(12), top)
        if not mark.label:
            return top
        metrics = painter.fontMetrics()
        line = QRect(px(16), top - metrics.height() // 2, self.width() - px(20), metrics.height() + px(2))
        painter.setPen(QColor(tokens.ok if mark.sure else tokens.quiet))
        fits = metrics.horizontalAdvance(mark.label) <= line.width()
        for part in [mark.label] if fits else mark.label.split(" · ", 1):
            shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            line.translate(0, metrics.height())
        return line.top()

    def _paint_span(self, painter: QPainter, span: NarrativeSpan, top: int, bottom: int) -> None:
        self._hits.append((QRect(0, top, self.width(), max(1, bottom - top)), span, None))
        px = theme().px
        if span.excluded:
            painter.setPen(QColor(theme().tokens.quiet))
            place = QRect(px(16), top, self.width() - px(20), max(px(18), painter.fontMetrics().height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _("no narratief"))
            return
        left = self._paint_bars(painter, span, top, bottom)
        self._paint_chips(painter, span, QRect(left, top, self.width() - left - px(8), bottom - top))

    def _paint_bars(self, painter: QPainter, span: NarrativeSpan, top: int, bottom: int) -> int:
        """One bar per facet that has a code; returns where the chips begin."""
        px = theme().px
        facets: dict[Hashable, ChipSpec] = {chip.facet: chip for chip in span.chips}
        for column, chip in enumerate(facets.values()):
            bar = QRect(px(4) + column * px(6), top, px(3), max(1, bottom - top))
            painter.fillRect(bar, QColor(theme().facet(chip.facet).strong))
        return px(10) + max(1, len(facets)) * px(6)

    def _paint_chips(self, painter: QPainter, span: NarrativeSpan, room: QRect) -> None:
        step = chip_height(painter.fontMetrics()) + theme().px(3)
        if room.height() < step * len(span.chips) or room.width() < theme().px(72):
            self._paint_compact(painter, span, room)
            return
        for row, chip in enumerate(span.chips):
            width = min(room.width(), chip_width(chip, painter.fontMetrics()))
            place = QRect(room.left(), room.top() + row * step, width, step - theme().px(3))
            paint_chip(painter, place, chip)
            self._hits.insert(0, (place, span, chip))

    def _paint_compact(self, painter: QPainter, span: NarrativeSpan, room: QRect) -> None:
        """Chips without their labels, for a narratief that is lower than its chips, or a narrow margin."""
        short = [replace(chip, label="" if chip.number else chip.label, coder="") for chip in span.chips]
        places, _height = flow(short, room.width(), painter.fontMetrics())
        for place, brief, chip in zip(places, short, span.chips, strict=True):
            moved = place.translated(room.topLeft())
            paint_chip(painter, moved, brief)
            self._hits.insert(0, (moved, span, chip))
