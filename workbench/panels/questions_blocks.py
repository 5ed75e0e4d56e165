"""One block, bracket or joint of a question, as a small widget."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QWidget

from workbench.i18n import _
from workbench.itemmodels.expression_blocks import Block
from workbench.theme import theme
from workbench.widgets.chips import ChipSpec, chip_height, chip_width, paint_chip

MIME = "application/x-narratief-block"


def operator_word(operator: str) -> str:
    """An operator as it stands between blocks."""
    return {"and": _("and"), "or": _("or"), "xor": _("either … or"), "oneof": ","}[operator]


class BlockWidget(QWidget):
    """An operand or a bracket (`bracket` is "(" or ")"), with its hits below. `pressed(block, modifiers)`,
    `keyed(block, QKeyEvent)`, `dropped(path text, block, after)`, `menuWanted(block, QPoint)`."""

    pressed = Signal(object, object)
    keyed = Signal(object, object)
    dropped = Signal(str, object, bool)
    menuWanted = Signal(object, QPoint)

    def __init__(self, block: Block, spec: ChipSpec, bracket: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("with_next", bracket == "(")
        self.block, self.spec, self.bracket = block, spec, bracket
        self.count: int | None = None
        self.is_selected = False
        self._edge = 0
        self._pressed_at = QPoint()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if bracket != ")" else Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.setFont(theme().ui_font())
        self._say()

    def set_count(self, count: int | None) -> None:
        """The hits of this part; None when they are not known."""
        self.count = count
        self._say()
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Show whether keys and buttons work on this block."""
        self.is_selected = selected
        self.update()

    def _say(self) -> None:
        name = _("group in brackets") if self.bracket else self.spec.spoken.strip()
        name = _("not {name}", name=name) if self.block.negated else name
        hits = "" if self.count is None else _("{n} hits", n=self.count)
        self.setAccessibleName(f"{name}, {hits}" if hits else name)
        keys = _("Del takes it out · ! not · Alt+← → moves · ( brackets · right button: order")
        self.setToolTip(f"{name} {hits}".strip() + f"\n{keys}")

    # size and paint

    def _not_width(self) -> int:
        shown = self.block.negated and self.bracket != ")"
        return self.fontMetrics().horizontalAdvance(_("not")) + theme().px(8) if shown else 0

    def sizeHint(self) -> QSize:
        metrics, px = self.fontMetrics(), theme().px
        body = metrics.horizontalAdvance("(") + px(8) if self.bracket else min(chip_width(self.spec, metrics), px(300))
        small = QFontMetrics(theme().ui_font(-1))
        count = small.horizontalAdvance(self._count_text()) + px(4)
        return QSize(max(self._not_width() + body, count) + px(6), chip_height(metrics) + small.height() + px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _count_text(self) -> str:
        return "" if self.bracket == "(" or self.count is None else str(self.count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, metrics = theme().px, self.fontMetrics()
        body = QRect(px(3) + self._not_width(), px(3), self.width() - px(6) - self._not_width(), chip_height(metrics))
        self._paint_ground(painter, QRect(1, 1, self.width() - 2, body.height() + px(4)))
        painter.setPen(QColor(theme().tokens.danger))
        if self._not_width():
            painter.drawText(QRect(px(5), body.y(), self._not_width(), body.height()), Qt.AlignmentFlag.AlignVCenter,
                             _("not"))
        if self.bracket:
            painter.setPen(QColor(theme().tokens.text))
            painter.setFont(theme().ui_font(3))
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter, self.bracket)
        else:
            paint_chip(painter, body, self.spec)
        self._paint_count(painter, body)
        self._paint_edge(painter, body)

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        tokens = theme().tokens
        if self.is_selected:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(QColor(tokens.accent_tint))
            painter.drawRoundedRect(area, theme().px(6), theme().px(6))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, theme().px(6), theme().px(6))

    def _paint_count(self, painter: QPainter, body: QRect) -> None:
        painter.setFont(theme().ui_font(-1))
        painter.setPen(QColor(theme().tokens.quiet))
        below = QRect(0, body.bottom() + theme().px(4), self.width(), self.height() - body.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._count_text())

    def _paint_edge(self, painter: QPainter, body: QRect) -> None:
        if self._edge:
            x = 1 if self._edge < 0 else self.width() - 2
            painter.setPen(QPen(QColor(theme().tokens.accent), 3))
            painter.drawLine(x, body.top(), x, body.bottom())

    # mouse, keys, drag and drop

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self.pressed.emit(self.block, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            drag, data = QDrag(self), QMimeData()
            data.setData(MIME, ".".join(map(str, self.block.path())).encode())
            drag.setMimeData(data)
            drag.setPixmap(self.grab())
            drag.exec(Qt.DropAction.MoveAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menuWanted.emit(self.block, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.keyed.emit(self.block, event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._edge = 1 if event.position().x() > self.width() / 2 else -1
        event.acceptProposedAction()
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._edge = 0
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._edge = 0
        after = event.position().x() > self.width() / 2
        path = bytes(event.mimeData().data(MIME).data()).decode()
        event.acceptProposedAction()
        self.dropped.emit(path, self.block, after)


class Joint(QToolButton):
    """The operator between two blocks. A click turns *and* into *or* and back; the menu key offers all."""

    turned = Signal(object, int)
    menuWanted = Signal(object, QPoint)

    def __init__(self, group: Block, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group, self._place = group, place
        self.setProperty("role", "joint")
        self.setProperty("with_next", True)
        self.setText(operator_word(group.operator))
        self.setAccessibleName(_("{operator}, between two parts", operator=self.text()))
        self.setToolTip(_("Click: and ↔ or · right button: more"))
        self.setAutoRaise(True)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.clicked.connect(lambda: self.turned.emit(self._group, self._place))

    def _restyle(self) -> None:
        tokens, px = theme().tokens, theme().px
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid transparent; background: transparent; color: {tokens.accent};"
            f" padding: {px(3)}px {px(5)}px; min-height: 0; font-weight: 600; }}"
            f"QToolButton:hover {{ background: {tokens.accent_tint}; border-color: {tokens.accent}; }}"
            f"QToolButton:focus {{ border: 2px solid {tokens.focus}; }}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menuWanted.emit(self._group, event.globalPos())
