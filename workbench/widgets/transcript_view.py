"""One document to read, mark and select in: text in the middle, narratief numbers left, chips right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets import transcript_ink as ink
from workbench.widgets.transcript_layout import Places
from workbench.widgets.transcript_margin import ChipMargin, NumberGutter
from workbench.widgets.transcript_values import BoundaryMark, NarrativeSpan, TurnSpan, overlapping
from workbench.widgets.utf16 import Utf16Map

Snap = Callable[[int], int]
KeyFilter = Callable[[QKeyEvent], bool]


class TranscriptView(QTextEdit):
    """A read-only transcript. Give it values with the `set_…` methods; offsets are code points.

    Signals: `selectionMade(start, end)` when a non-empty selection is finished (mouse released or Shift
    released); `caretMoved(point)`; `narrativeClicked(id)` by a click in the text, on the number or in the
    margin; `chipClicked(narrative_id, chip_key)`; `boundaryMoved(boundary_key, new_point)` after a drag. The
    mouse drags a boundary line; `set_snap` decides where it may land. `set_key_filter` lets another widget
    (the facet picker) take keys while the text has the focus.
    """

    selectionMade = Signal(int, int)
    caretMoved = Signal(int)
    narrativeClicked = Signal(object)
    chipClicked = Signal(object, object)
    boundaryMoved = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._units = Utf16Map("")
        self._turns: tuple[TurnSpan, ...] = ()
        self._spans: tuple[NarrativeSpan, ...] = ()
        self._boundaries: tuple[BoundaryMark, ...] = ()
        self._found: tuple[tuple[int, int], ...] = ()
        self._current: Hashable = None
        self._dragged: BoundaryMark | None = None
        self._drag_point = 0
        self._snap: Snap = lambda point: point
        self._key_filter: KeyFilter | None = None
        self._last_selection = (0, 0)
        self._to_reveal: tuple[int, int] | None = None
        self._gutter = NumberGutter(self)
        self._margin = ChipMargin(self)
        self._prepare()

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; padding: 0; border-radius: 0; }")
        self.setUndoRedoEnabled(False)
        how = Qt.TextInteractionFlag
        self.setTextInteractionFlags(how.TextSelectableByMouse | how.TextSelectableByKeyboard)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Transcript"))
        self.verticalScrollBar().valueChanged.connect(self._repaint_sides)
        self.document().documentLayout().documentSizeChanged.connect(self._repaint_sides)
        self.cursorPositionChanged.connect(lambda: self.caretMoved.emit(self.caret()))
        theme().changed.connect(self._restyle)

    # values in

    def set_document(self, text: str, turns: Sequence[TurnSpan] = ()) -> None:
        """Show a text; narratieven, boundaries and highlights of the earlier one are forgotten."""
        self._text, self._units, self._turns = text, Utf16Map(text), tuple(turns)
        self._spans, self._boundaries, self._found, self._current = (), (), (), None
        self._restyle()
        self.verticalScrollBar().setValue(0)

    def set_narratives(self, spans: Sequence[NarrativeSpan]) -> None:
        """Narratieven and *geen narratief* stretches in text order, with their chips."""
        self._spans = tuple(spans)
        self._ink_changed()

    def set_boundaries(self, marks: Sequence[BoundaryMark]) -> None:
        """The boundary lines to draw (none while coding, all while segmenting)."""
        self._boundaries = tuple(sorted(marks, key=lambda m: m.at))
        self._repaint_all()

    def set_current(self, narrative_id: Hashable, show: bool = True) -> None:
        """Make one narratief bright and its neighbours quiet; None lights all. `show` scrolls it into sight."""
        self._current = narrative_id
        self._ink_changed()
        span = self.current_span()
        if show and span is not None:
            self.reveal(span.start, span.end)

    def set_highlights(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Mark what a search found."""
        self._found = tuple(ranges)
        self._ink_changed()

    def set_snap(self, snap: Snap) -> None:
        """`snap(point)` gives the nearest place where a dragged boundary may stand."""
        self._snap = snap

    def set_key_filter(self, takes: KeyFilter | None) -> None:
        """`takes(event)` is asked first for every key; True means that it has dealt with it."""
        self._key_filter = takes

    # what is shown

    def text(self) -> str:
        """The text as it was given."""
        return self._text

    def spans(self) -> tuple[NarrativeSpan, ...]:
        """The narratieven as they were given."""
        return self._spans

    def boundaries(self) -> tuple[BoundaryMark, ...]:
        """The boundary lines as they were given."""
        return self._boundaries

    def current_span(self) -> NarrativeSpan | None:
        """The bright narratief."""
        return next((s for s in self._spans if s.id == self._current), None)

    def places(self) -> Places:
        """Where things stand on the screen now."""
        return Places(self, self._units)

    def caret(self) -> int:
        """The place of the caret."""
        return self._units.point(self.textCursor().position())

    def selection(self) -> tuple[int, int]:
        """The selected range; both are the caret when nothing is selected."""
        cursor = self.textCursor()
        return self._units.point(cursor.selectionStart()), self._units.point(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a range and bring it into sight."""
        cursor = self.textCursor()
        cursor.setPosition(self._units.unit(start))
        cursor.setPosition(self._units.unit(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.reveal(start, end)

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll so that a range begins in the upper third, unless it is wholly in sight."""
        self._to_reveal = None
        if not self.isVisible():
            self._to_reveal = (start, start if end is None else end)
            return
        top, page = self.places().line_of(start), self.viewport().height()
        bottom = self.places().line_of(end if end is not None else start).bottom()
        if top.top() < theme().px(8) or bottom > page:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round(top.top() - page / 4))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        """Scroll to what was to be revealed before there was a size."""
        if self._to_reveal is not None:
            self.reveal(*self._to_reveal)
        self._repaint_all()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        seen = self.places().visible()
        ink.paint_grounds(painter, self.places(), overlapping(self._spans, *seen), self._current)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for mark in self._boundaries:
            if seen[0] <= mark.at < seen[1] and mark is not self._dragged:
                ink.paint_boundary(painter, self.places(), mark, self.viewport().width())
        if self._dragged is not None:
            moved = BoundaryMark(self._drag_point, "", True)
            ink.paint_boundary(painter, self.places(), moved, self.viewport().width(), lively=True)

    def _restyle(self) -> None:
        """Write the text anew in the faces and colours in force, keeping the place."""
        scrolled, caret = self.verticalScrollBar().value(), self.textCursor().position()
        ink.write_document(self, self._text, self._turns, self._units)
        self._set_columns()
        cursor = self.textCursor()
        cursor.setPosition(min(caret, self._units.units))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)
        self._ink_changed()

    def _ink_changed(self) -> None:
        self.setExtraSelections(ink.extra_selections(self, self._units, self.current_span(), self._found))
        self._repaint_all()

    def _repaint_sides(self, _change: object = None) -> None:
        self._gutter.update()
        self._margin.update()

    def _repaint_all(self) -> None:
        self.viewport().update()
        self._repaint_sides()

    def _set_columns(self) -> None:
        columns = ink.columns(self.width() - self.verticalScrollBar().sizeHint().width(), self.document())
        self.setViewportMargins(columns.before, 0, columns.after, 0)
        self._gutter.setGeometry(columns.before - columns.gutter, 0, columns.gutter, self.height())
        left = self.width() - self.verticalScrollBar().sizeHint().width() - columns.after
        self._margin.setGeometry(left, 0, columns.margin, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._anchor()
        self._set_columns()
        super().resizeEvent(event)
        if anchor is not None:
            moved = self.places().line_of(anchor[0]).top() - anchor[1]
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(moved))
        QTimer.singleShot(0, self, self._repaint_all)

    def _anchor(self) -> tuple[int, float] | None:
        """A code point in sight and its height, to be kept when the width changes."""
        if not self._text or not self.isVisible():
            return None
        first, last = self.places().visible()
        span = self.current_span()
        point = span.start if span is not None and first <= span.start < last else first
        return point, self.places().line_of(point).top()

    # mouse and keyboard

    def boundary_near(self, y: float) -> BoundaryMark | None:
        """The movable boundary line within reach of the mouse."""
        reach, seen = theme().px(5), self.places().visible()
        near = [m for m in self._boundaries if m.movable and seen[0] <= m.at < seen[1]]
        distance = {id(m): abs(self.places().line_of(m.at).top() - y) for m in near}
        best = min(near, key=lambda m: distance[id(m)], default=None)
        return best if best is not None and distance[id(best)] <= reach else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.boundary_near(event.position().y())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged, self._drag_point = mark, mark.at
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            at = event.position()
            self._drag_point = self._snap(self.places().point_at(at.x(), at.y()))
            self.viewport().update()
            return
        near = self.boundary_near(event.position().y()) is not None
        self.viewport().setCursor(Qt.CursorShape.SplitVCursor if near else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            mark, self._dragged = self._dragged, None
            self.viewport().update()
            if self._drag_point != mark.at:
                self.boundaryMoved.emit(mark.key, self._drag_point)
            return
        super().mouseReleaseEvent(event)
        self._tell_selection()
        if not self.textCursor().hasSelection():
            self._click_narrative(event.position())

    def _click_narrative(self, at: QPointF) -> None:
        point = self.places().point_at(at.x(), at.y())
        for span in overlapping(self._spans, point, point + 1):
            self.narrativeClicked.emit(span.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dragged is not None and event.key() == Qt.Key.Key_Escape:
            self._dragged = None
            self.viewport().update()
        elif self._key_filter is None or not self._key_filter(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift:
            self._tell_selection()

    def _tell_selection(self) -> None:
        chosen = self.selection()
        if chosen[0] < chosen[1] and chosen != self._last_selection:
            self.selectionMade.emit(*chosen)
        self._last_selection = chosen
