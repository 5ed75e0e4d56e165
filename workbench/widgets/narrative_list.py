"""A reading list of narratieven that opens as fast with a hundred thousand rows as with ten.

Heights are estimated from text lengths and become exact where the reader is. The anchor (a row and how far it
is scrolled out at the top) is the truth about the position; the scroll bar follows it, so that a row above
that turns out higher or lower than estimated never makes the text jump.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets import narrative_paint as drawing
from workbench.widgets.narrative_rows import ListRows, NarrativeRow, NarrativeRows
from workbench.widgets.row_heights import RowHeights, estimated_heights
from workbench.widgets.row_selection import RowSelection

LAYOUTS_KEPT = 160
UNKNOWN_LENGTH = 450


class NarrativeList(QAbstractScrollArea):
    """Rows from a `NarrativeRows` provider. Keys: arrows, Page Up/Down, Home/End (with Shift: extend the
    selection, with Ctrl: move without selecting), Space or Ctrl+Space select, Ctrl+A all, Enter opens. `delta` makes
    the reading face larger or smaller, for a list at the side."""

    activated = Signal(object)
    currentChanged = Signal(object)
    selectionChanged = Signal()

    def __init__(self, parent: QWidget | None = None, delta: float = 0.0) -> None:
        super().__init__(parent)
        self._delta = delta
        self._rows: NarrativeRows = ListRows([])
        self._heights = RowHeights([])
        self._layouts: OrderedDict[int, drawing.RowLayout] = OrderedDict()
        self._selection = RowSelection()
        self._anchor, self._offset = 0, 0
        self._syncing = False
        self._empty_text = ""
        self._faces = drawing.faces(self._delta)
        self._frame = drawing.row_frame(400, self._faces.reading)
        self._prepare()

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("List of narratieven"))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme().changed.connect(self._restyle)

    # what the list shows

    def set_rows(self, rows: NarrativeRows, keep: bool = False) -> None:
        """Show other rows. With `keep` the current row (by id) and the position stay where they can."""
        old_id = self.current_id() if keep else None
        anchor = (self._anchor, self._offset) if keep else (0, 0)
        self._rows = rows
        self._selection = RowSelection()
        self._estimate()
        self._anchor, self._offset = min(anchor[0], max(0, rows.count() - 1)), anchor[1]
        if rows.count():
            self._selection.current = self._find(old_id) if old_id is not None else 0
        self._settle()
        self.selectionChanged.emit()

    def refresh(self) -> None:
        """Fetch the rows in sight again, as after a coding; count and order are taken to be the same."""
        self._layouts.clear()
        self._settle()

    def set_empty_text(self, text: str) -> None:
        """One sentence for when there are no rows."""
        self._empty_text = text
        self.viewport().update()

    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count()

    def current_index(self) -> int:
        """The current row, -1 when there is none."""
        return self._selection.current if self.count() else -1

    def current_id(self) -> Hashable:
        """The id of the current row, None when there is none."""
        return self._rows.row_id(self._selection.current) if self.count() else None

    def selected_ids(self) -> list[Hashable]:
        """The ids of the selected rows in order; of the current row when none is selected."""
        chosen = self._selection.rows(self.count())
        if not chosen and self.count():
            chosen = [self._selection.current]
        return [self._rows.row_id(row) for row in chosen]

    def select_all(self) -> None:
        """Select every row."""
        self._selection.select_all(self.count())
        self._selection_changed()

    def set_current_index(self, row: int) -> None:
        """Make a row current and bring it into sight."""
        if 0 <= row < self.count():
            self._move_to(row, extend=False, select=False)

    def set_current_id(self, wanted: Hashable) -> bool:
        """Make the row with this id current; False when it is not here."""
        row = self._find(wanted, missing=-1)
        self.set_current_index(row)
        return row >= 0

    def current_row(self) -> NarrativeRow | None:
        """The current row in full, None when there is none."""
        return self._layout_of(self._selection.current).row if self.count() else None

    def _find(self, wanted: Hashable, missing: int = 0) -> int:
        ids = (i for i in range(self.count()) if self._rows.row_id(i) == wanted)
        return next(ids, missing)

    # heights and position

    def _estimate(self) -> None:
        self._layouts.clear()
        self._frame = drawing.row_frame(self.viewport().width(), self._faces.reading)
        known = self._rows.lengths()
        lengths = np.full(self._rows.count(), UNKNOWN_LENGTH) if known is None else np.asarray(known)
        reading = QFontMetrics(self._faces.reading)
        per_line = self._frame.text_width / max(1, reading.averageCharWidth()) * 0.97
        above, below = drawing.row_padding()
        frame = above + below + QFontMetrics(self._faces.heading).height() + theme().px(4)
        self._heights = RowHeights(
            estimated_heights(lengths, per_line, drawing.line_height(self._faces.reading), frame)
        )

    def _layout_of(self, row: int) -> drawing.RowLayout:
        found = self._layouts.get(row)
        if found is None:
            found = drawing.lay_out(self._rows.row(row), self._frame, self._faces)
            self._layouts[row] = found
            self._heights.measured(row, found.height)
            if len(self._layouts) > LAYOUTS_KEPT:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(row)
        return found

    def _measured(self, row: int) -> int:
        return self._layout_of(row).height

    def _scroll_by(self, pixels: int) -> None:
        """Move the anchor by exact heights."""
        self._offset += pixels
        while self._offset < 0 and self._anchor > 0:
            self._anchor -= 1
            self._offset += self._measured(self._anchor)
        while self._anchor < self.count() - 1 and self._offset >= self._measured(self._anchor):
            self._offset -= self._measured(self._anchor)
            self._anchor += 1
        self._settle()

    def _jump_to(self, y: int) -> None:
        self._anchor = self._heights.row_at(y)
        share = (y - self._heights.top(self._anchor)) / max(1, self._heights.height(self._anchor))
        self._offset = round(share * self._measured(self._anchor))
        self._settle()

    def _settle(self) -> None:
        """Keep the end of the list at the bottom edge, tell the scroll bar, repaint."""
        self._offset = max(0, self._offset) if self._anchor == 0 else self._offset
        if self.count():
            self._hold_bottom()
        bar, page = self.verticalScrollBar(), self.viewport().height()
        self._syncing = True
        bar.setRange(0, max(0, self._heights.total - page))
        bar.setPageStep(page)
        bar.setSingleStep(theme().px(48))
        bar.setValue(self._heights.top(self._anchor) + self._offset if self.count() else 0)
        self._syncing = False
        self.viewport().update()

    def _hold_bottom(self) -> None:
        page, filled, row = self.viewport().height(), -self._offset, self._anchor
        while filled < page and row < self.count():
            filled += self._measured(row)
            row += 1
        while filled < page and (self._anchor > 0 or self._offset > 0):
            step = min(page - filled, self._offset) if self._offset > 0 else 0
            self._offset -= step
            filled += step
            if filled < page and self._anchor > 0:
                self._anchor -= 1
                self._offset = self._measured(self._anchor)

    def _scrolled(self, value: int) -> None:
        if self._syncing or not self.count():
            return
        known = self._heights.top(self._anchor) + self._offset
        if value <= 0:
            self._anchor, self._offset = 0, 0
            self._settle()
        elif abs(value - known) <= 3 * self.viewport().height():
            self._scroll_by(value - known)
        else:
            self._jump_to(value)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.count():
            self._paint_empty(painter)
            return
        y, row, bottom = -self._offset, self._anchor, self.viewport().height()
        while y < bottom and row < self.count():
            made = self._layout_of(row)
            is_current = row == self._selection.current
            chosen = self._selection.contains(row)
            drawing.paint_row(painter, y, made, self._frame, self._faces, is_current, chosen)
            if is_current and self.hasFocus():
                drawing.paint_focus(painter, QRect(0, y, self._frame.width, made.height))
            y += made.height
            row += 1

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self.palette().placeholderText().color())
        area = self.viewport().rect().adjusted(theme().px(24), 0, -theme().px(24), 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(flags), self._empty_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if drawing.row_frame(self.viewport().width(), self._faces.reading) != self._frame:
            share = self._offset / max(1, self._heights.height(self._anchor)) if self.count() else 0.0
            self._estimate()
            self._offset = round(share * self._measured(self._anchor)) if self.count() else 0
        self._settle()

    def _restyle(self) -> None:
        self._faces = drawing.faces(self._delta)
        self._estimate()
        self._offset = 0
        self._settle()

    # keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.count() or not self._handle_key(event):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        target = self._target_of(event.key())
        if target is not None:
            self._move_to(target, extend=shift, select=not control)
        elif event.key() == Qt.Key.Key_A and control:
            self.select_all()
        elif event.key() == Qt.Key.Key_Space:
            self._selection.toggle(self._selection.current)
            self._selection_changed()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.current_id())
        else:
            return False
        return True

    def _target_of(self, key: int) -> int | None:
        last, here = self.count() - 1, self._selection.current
        targets = {
            Qt.Key.Key_Up: here - 1, Qt.Key.Key_Down: here + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return self._page_from(here, -1 if key == Qt.Key.Key_PageUp else 1)
        found = targets.get(Qt.Key(key))
        return None if found is None else min(last, max(0, found))

    def _page_from(self, row: int, direction: int) -> int:
        room = self.viewport().height() - self._measured(row)
        target = row
        while 0 <= target + direction < self.count() and room > 0:
            target += direction
            room -= self._measured(target)
        return target

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(round(event.position().y()))
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(row)
            self._selection_changed()
            self._move_to(row, extend=False, select=False)
        else:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_to(row, extend=shift, select=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.row_at(round(event.position().y())) >= 0:
            self.activated.emit(self.current_id())

    def row_at(self, y: int) -> int:
        """The row at a height of the viewport, -1 below the last."""
        top, row = -self._offset, self._anchor
        while row < self.count():
            top += self._measured(row)
            if y < top:
                return row
            row += 1
        return -1

    def _move_to(self, row: int, extend: bool, select: bool) -> None:
        changed = row != self._selection.current
        if self._selection.move(row, extend, select):
            self.selectionChanged.emit()
        self._bring_into_sight(row)
        if changed:
            self._announce()
            self.currentChanged.emit(self._rows.row_id(row))

    def _bring_into_sight(self, row: int) -> None:
        page, height = self.viewport().height(), self._measured(row)
        if row < self._anchor or (row == self._anchor and self._offset > 0):
            self._anchor, self._offset = row, 0
        else:
            self._lower_until_visible(row, page, height)
        self._settle()

    def _lower_until_visible(self, row: int, page: int, height: int) -> None:
        room, first = page - height, row
        while first > self._anchor and room > 0:
            first -= 1
            room -= self._measured(first)
        if first > self._anchor or (first == self._anchor and -room > self._offset):
            self._anchor, self._offset = first, max(0, -room) if height < page else 0

    def _selection_changed(self) -> None:
        self.selectionChanged.emit()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._announce()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _announce(self) -> None:
        """Say the current row to a screen reader: place in the list, heading, codes, text."""
        row = self.current_row()
        if row is None:
            return
        spoken = _("{nr} of {n}: {row}", nr=self._selection.current + 1, n=self.count(), row=row.heading)
        codes = "; ".join(chip.spoken for chip in row.chips)
        text = ". ".join(part for part in (spoken, codes, row.text) if part)
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
