"""The places of the method, in its order, with how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.icons import pixmap
from workbench.theme import theme


@dataclass
class _State:
    share: float | None = None
    count: str = ""


class RailButton(QAbstractButton):
    """One place: drawing, name, and a quiet ring (`share`) or count."""

    def __init__(self, nr: int, title: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nr, self._title, self._icon = nr, title, icon_name
        self._state = _State()
        self.compact = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_progress(self, share: float | None, count: str = "") -> None:
        """How far the place is, 0 to 1 (None for no ring), and a short count."""
        self._state = _State(share, count)
        self._describe()
        self.update()

    def _describe(self) -> None:
        share = self._state.share
        done = _("{percent} % done", percent=round(share * 100)) if share is not None else ""
        spoken = ", ".join(part for part in (self._title, done, self._state.count) if part)
        self.setAccessibleName(spoken)
        keys = f"Ctrl+{self._nr}" if self._nr <= 9 else ""
        self.setToolTip(f"{spoken}  ({keys})" if keys else spoken)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(148), theme().px(40))

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(px(6), px(2), -px(6), -px(2))
        painter.setPen(QPen(QColor(tokens.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        lit = self.isChecked() or self.underMouse()
        painter.setBrush(QColor(tokens.accent_tint) if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, px(6), px(6))
        if self.isChecked():
            painter.fillRect(QRectF(px(2), box.top() + px(8), px(3), box.height() - px(16)), QColor(tokens.accent))
        ink = tokens.accent if self.isChecked() else tokens.text
        side = px(20)
        painter.drawPixmap(QRect(px(14), (self.height() - side) // 2, side, side), pixmap(self._icon, side, ink))
        if not self.compact:
            self._paint_text(painter, ink, side)

    def _paint_text(self, painter: QPainter, ink: str, side: int) -> None:
        px, tokens = theme().px, theme().tokens
        right = self.width() - px(14)
        if self._state.share is not None:
            ring = QRectF(right - px(14), (self.height() - px(14)) / 2, px(14), px(14))
            _paint_ring(painter, ring, self._state.share)
            right -= px(20)
        if self._state.count:
            painter.setFont(theme().ui_font(-1.5))
            painter.setPen(QColor(tokens.quiet))
            width = painter.fontMetrics().horizontalAdvance(self._state.count)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(right - width, 0, width + 2, self.height()), middle, self._state.count)
            right -= width + px(6)
        painter.setFont(theme().ui_font(0, bold=self.isChecked()))
        painter.setPen(QColor(ink))
        left = px(14) + side + px(10)
        room = QRect(left, 0, right - left, self.height())
        name = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)


def _paint_ring(painter: QPainter, box: QRectF, share: float) -> None:
    tokens = theme().tokens
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.line), 2.5))
    painter.drawEllipse(box)
    painter.setPen(QPen(QColor(tokens.ok if share >= 1 else tokens.accent), 2.5))
    painter.drawArc(box, 90 * 16, -round(share * 360 * 16))


class Rail(QFrame):
    """The column of places. `placeChosen(key)` by click, Enter or Space; ↑ and ↓ walk."""

    placeChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, RailButton] = {}
        self._compact = False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, theme().px(8), 0, theme().px(8))
        self._box.setSpacing(theme().px(2))
        self._box.addStretch(1)
        self.setProperty("role", "rail")
        self.setAccessibleName(_("Places"))
        theme().changed.connect(self._restyle)
        self._restyle()

    def add_place(self, key: str, title: str, icon_name: str) -> None:
        """Add a place below the others."""
        button = RailButton(len(self._buttons) + 1, title, icon_name)
        self._buttons[key] = button
        self._box.insertWidget(self._box.count() - 1, button)
        button.clicked.connect(lambda: self.placeChosen.emit(key))
        self._restyle()

    def set_compact(self, compact: bool) -> None:
        """Drawings only, for a narrow window at a large zoom; names stay as tips and for screen readers."""
        self._compact = compact
        self._restyle()

    def set_current(self, key: str) -> None:
        """Show which place is open."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_progress(self, key: str, share: float | None, count: str = "") -> None:
        """Show how far a place is."""
        if key in self._buttons:
            self._buttons[key].set_progress(share, count)

    def keys(self) -> list[str]:
        """The places in order."""
        return list(self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setFixedWidth(theme().px(50 if self._compact else 192))
        for button in self._buttons.values():
            button.compact = self._compact
            button.setFixedHeight(theme().px(40))
            button.update()
