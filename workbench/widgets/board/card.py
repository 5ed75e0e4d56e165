"""A card of the board: an element of a configuration, or the slot where one is missing or can be added."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from codebook.cmo_views import ElementView
from workbench.i18n import _
from workbench.theme import theme
from workbench.tokens import FacetLook
from workbench.widgets.board import words
from workbench.widgets.board.places import Place, packed_card

CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class Spot(QWidget):
    """What can be gone to on the board. `focused(place)`; `opened(place)` by a double click."""

    focused = Signal(object)
    opened = Signal(object)

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.is_target = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_target(self, on: bool) -> None:
        """Show whether what is carried would fall here."""
        if on != self.is_target:
            self.is_target = on
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.focused.emit(self.place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.place)

    def ring(self, painter: QPainter, box: QRectF) -> None:
        """The focus, or the mark of a drop target, around a box."""
        tokens = theme().tokens
        if self.is_target or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            style = Qt.PenStyle.DashLine if self.is_target else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(tokens.accent if self.is_target else tokens.focus), 2, style))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme().px(6), theme().px(6))


class Card(Spot):
    """An element: its words, actor, how it is known and the evidence behind it. Outcomes stand under their actor."""

    def __init__(self, place: Place, element: ElementView, look: FacetLook, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.element, self._look = element, look
        self._pressed: QPoint | None = None
        self.text, self.said, self.count, self.actor = QLabel(), QLabel(), QLabel(), QLabel(element.actor)
        self._arrange()
        self._fill()

    def _arrange(self) -> None:
        px = theme().px
        box, foot = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(px(14), px(6), px(8), px(6))
        box.setSpacing(px(2))
        foot.setSpacing(px(6))
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.actor.setWordWrap(True)
        for label in (self.said, self.count, self.actor):
            label.setFont(theme().ui_font(-1, bold=label is self.actor))
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "quiet")
        self.said.setWordWrap(True)
        foot.addWidget(self.said, 10)
        foot.addStretch(1)
        foot.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.actor, self.text):
            box.addWidget(widget)
        box.addLayout(foot)
        self.actor.setVisible(bool(self.element.actor) and self.element.role != "outcome")

    def _fill(self) -> None:
        element = self.element
        told = element.text or _("still without words")
        font = theme().ui_font()
        font.setItalic(not element.text)
        self.text.setFont(font)
        self.text.setText(told)
        parts = [words.valence_word(element.valence, element.role)] if element.valence else []
        parts += [words.basis_word(element.basis)] if element.basis != "waargenomen" else []
        self.said.setText(" · ".join(parts))
        self.count.setText(words.counts(element.evidence))
        self.said.setVisible(bool(parts))
        self.count.setVisible(bool(element.evidence))
        spoken = [words.role_word(element.role), element.actor, told, *parts, words.counts_spoken(element.evidence)]
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.setToolTip("\n".join((words.counts_spoken(element.evidence),
                                   _("Enter changes · Alt+arrows or the mouse move it · Del takes away · "
                                     "E evidence · H earlier wordings"))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        if self._pressed is not None and (event.position().toPoint() - self._pressed).manhattanLength() >= far:
            self._pressed = None
            self.drag().exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def drag(self) -> QDrag:
        """The drag of this card."""
        drag = QDrag(self)
        drag.setMimeData(packed_card(self.place))
        drag.setPixmap(self.grab())
        return drag

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px = QPainter(self), theme().tokens, theme().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.accent_tint if self.is_target else tokens.raised))
        painter.drawRoundedRect(box, px(6), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.strong))
        painter.drawRoundedRect(QRectF(box.left() + px(4), box.top() + px(6), px(3), box.height() - px(12)), 1.5, 1.5)
        self.ring(painter, box)


class Slot(Spot):
    """Where a part is missing (`gap` says which), or a further card can be added."""

    def __init__(self, place: Place, gap: str = "", parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.gap = gap
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme().px(44 if gap else 22))
        key = words.LETTERS[place.role]
        self.setAccessibleName(f"{words.role_word(place.role)}: {gap or _('another')}")
        self.setToolTip(_("Click, Enter or {key} writes it; or drop a narratief here", key=key))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opened by the first click already."""

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px = QPainter(self), theme().tokens, theme().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lit = self.underMouse() or self.is_target
        if self.gap or lit:
            painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.accent_tint) if lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, px(6), px(6))
        painter.setFont(theme().ui_font(-0.5 if self.gap else 1))
        painter.setPen(QColor(tokens.quiet))
        room = box.adjusted(px(2), 0, -px(2), 0)
        painter.drawText(room, CENTRED, f"+ {self.gap}" if self.gap else "+")
        self.ring(painter, box)
