"""What stands on a board of cards: the cards themselves and the heads of the columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.tokens import FacetLook
from workbench.widgets.board.places import unpacked
from workbench.widgets.card_values import BoardCard
from workbench.widgets.chips import paint_form


class Spot(QWidget):
    """What can be gone to on the board. `focused(spot)`, `pressed(spot, QKeyEvent)`, `opened(spot)`."""

    focused = Signal(object)
    pressed = Signal(object, object)
    opened = Signal(object)

    def __init__(self, key: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.focused.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pressed.emit(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self)

    def paint_ring(self, painter: QPainter) -> None:
        """The focus around it."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme().tokens.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme().px(6), theme().px(6))


class Head(Spot):
    """The head of a column: what it is called and how many cards it has."""

    def __init__(self, key: int, title: str, n: int, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.title, count = QLabel(title), QLabel(str(n))
        self.title.setWordWrap(True)
        self.title.setFont(theme().ui_font(0.5, bold=True))
        count.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(4), theme().px(4), theme().px(4), theme().px(4))
        row.addWidget(self.title, 1)
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        self.setToolTip("\n".join(filter(None, [detail, _("F2 renames · Ctrl+← → moves the theme · Del takes it away")
                                                if key else ""])))
        self.setAccessibleName(_("Theme {title}, {n} patterns", title=title, n=n) if key else _(
            "{title}, {n} patterns", title=title, n=n))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint_ring(QPainter(self))


class _Kind(QWidget):
    """The type of a card, as form and word."""

    def __init__(self, word: str, look: FacetLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._look = word, look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._word) + theme().px(24), theme().px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), theme().px(10)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        paint_form(painter, self._look.form, box, QColor(self._look.strong))
        painter.setPen(QColor(theme().tokens.quiet))
        room = self.rect().adjusted(side + theme().px(7), 0, 0, 0)
        word = painter.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)


class Card(Spot):
    """A card that can be carried: `dragged(card, global position)`, `released(card, global position)`; `dropped(
    QMimeData)` when narratieven are dropped on it."""

    dragged = Signal(object, QPoint)
    released = Signal(object, QPoint)
    dropped = Signal(object)

    def __init__(self, shown: BoardCard, parent: QWidget | None = None) -> None:
        super().__init__(shown.key, parent)
        self.shown = shown
        self.look = theme().tokens.neutral_facet if shown.look < 0 else theme().tokens.facets[shown.look]
        self.is_marked = self.is_current = self.is_target = False
        self._pressed_at: QPointF | None = None
        self._arrange()
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._tell()

    def _arrange(self) -> None:
        px, box = theme().px, QVBoxLayout(self)
        box.setContentsMargins(px(12), px(6), px(8), px(6))
        box.setSpacing(px(2))
        title = QLabel(self.shown.title)
        title.setWordWrap(True)
        box.addWidget(_Kind(self.shown.word, self.look))
        box.addWidget(title)
        for text, role in ((self.shown.counts, "quiet"), (self.shown.warning, "danger")):
            if text:
                label = QLabel(text)
                label.setWordWrap(True)
                label.setProperty("role", role)
                box.addWidget(label)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_state(self, marked: bool, current: bool) -> None:
        """Whether the card is marked, and whether it is the one in hand."""
        if (marked, current) != (self.is_marked, self.is_current):
            self.is_marked, self.is_current = marked, current
            self._tell()
            self.update()

    def _tell(self) -> None:
        parts = [self.shown.title, self.shown.word, self.shown.counts, self.shown.warning,
                 _("marked") if self.is_marked else ""]
        self.setAccessibleName(", ".join(part for part in parts if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px = QPainter(self), theme().tokens, theme().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(tokens.accent_tint if self.is_current or self.is_target else tokens.raised))
        painter.setPen(QPen(QColor(tokens.accent if self.is_marked or self.is_current else tokens.line),
                            2 if self.is_marked else 1))
        painter.drawRoundedRect(box, px(6), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.strong))
        painter.drawRoundedRect(QRectF(box.x(), box.y() + px(6), px(4), box.height() - px(12)), px(2), px(2))
        if self.is_marked:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(self.rect().adjusted(0, px(5), -px(8), 0), Qt.AlignmentFlag.AlignRight, "✓")
        self.paint_ring(painter)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.globalPosition() - self._pressed_at).manhattanLength()
        if way >= QApplication.startDragDistance():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.released.emit(self, event.globalPosition().toPoint())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if unpacked(event.mimeData()) is not None:
            self._aim(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _aim(self, on: bool) -> None:
        self.is_target = on
        self.update()
