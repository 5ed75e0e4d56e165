"""One facet as a list of numbered codes with their state."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.chips import paint_form
from workbench.widgets.facet_values import PickerFacet

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class ColumnRow:
    """A line of a column: a code, or *niet genoemd* (`code` −1)."""

    code: int
    number: int
    label: str
    given: bool
    others: tuple[str, ...]
    certain: bool = True

    @property
    def spoken(self) -> str:
        """The line in words, state included."""
        parts = [f"{self.number} {self.label}"]
        if self.given:
            parts.append(_("given"))
        if self.others:
            parts.append(_("given by {coders}", coders=", ".join(self.others)))
        return ", ".join(parts)


class ColumnModel(QAbstractListModel):
    """The lines in sight of one facet."""

    def __init__(self, facet: PickerFacet, parent: QWidget) -> None:
        super().__init__(parent)
        self.facet = facet
        self.rows: list[ColumnRow] = []

    def fill(self, rows: list[ColumnRow]) -> None:
        """Show these lines."""
        if [r.code for r in rows] == [r.code for r in self.rows]:
            changed = [n for n, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            self.rows = rows
            for n in changed:
                self.dataChanged.emit(self.index(n), self.index(n))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.label
        return row if role == ROW_ROLE else None


class ColumnDelegate(QStyledItemDelegate):
    """Number, label, other coders' initials and the facet's form for a code that is given."""

    def __init__(self, facet: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._facet = facet

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme().px(90), QFontMetrics(theme().ui_font()).height() + theme().px(6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ColumnRow = index.data(ROW_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, row, bool(state & QStyle.StateFlag.State_Selected))
        self._paint_text(painter, area, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, row: ColumnRow, marked: bool) -> None:
        look, tokens = theme().facet(self._facet), theme().tokens
        box = QRectF(area).adjusted(2.5, 1.5, -2.5, -1.5)
        painter.setPen(QPen(QColor(tokens.focus), 1.5) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.tint) if row.given else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme().px(4), theme().px(4))

    def _paint_text(self, painter: QPainter, area: QRect, row: ColumnRow) -> None:
        look, tokens, px = theme().facet(self._facet), theme().tokens, theme().px
        painter.setFont(theme().ui_font(-0.5, bold=row.given))
        metrics = painter.fontMetrics()
        numbers = QRect(area.left() + px(4), area.top(), metrics.horizontalAdvance("00") + px(4), area.height())
        painter.setPen(QColor(look.on_tint if row.given else tokens.quiet))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(numbers, middle | Qt.AlignmentFlag.AlignRight, str(row.number))
        right = area.right() - px(8)
        if row.given:
            side = px(9)
            right -= side
            box = QRectF(right, area.center().y() - side / 2 + 0.5, side, side)
            paint_form(painter, look.form, box, QColor(look.strong), hollow=row.code < 0)
            right -= px(4)
        others = " ".join(row.others)
        if others:
            width = metrics.horizontalAdvance(others)
            right -= width
            painter.drawText(QRect(right, area.top(), width + 2, area.height()), middle, others)
            right -= px(6)
        painter.setPen(QColor(look.on_tint if row.given else tokens.text if row.code >= 0 else tokens.quiet))
        room = QRect(numbers.right() + px(8), area.top(), max(0, right - numbers.right() - px(8)), area.height())
        label = row.label if row.certain else f"{row.label} ?"
        painter.drawText(room, middle, metrics.elidedText(label, Qt.TextElideMode.ElideRight, room.width()))


class FacetColumn(QFrame):
    """Head and list of one facet. `picked(code)` with the code's index, −1 for *niet genoemd*;
    `pointed(code)` when the mouse rests on a code; `menuWanted(code, global position)` by the right
    button."""

    picked = Signal(int)
    pointed = Signal(int)
    menuWanted = Signal(int, QPoint)

    def __init__(self, facet: PickerFacet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facet = facet
        self._in_hand = False
        self._filled = False
        self._head = QLabel(facet.name)
        self._view = QListView()
        self._view.setUniformItemSizes(True)
        self._model = ColumnModel(facet, self)
        self._prepare()

    def _prepare(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(px(2), px(4), px(2), px(2))
        box.setSpacing(px(2))
        self._head.setIndent(px(26))
        box.addWidget(self._head)
        box.addWidget(self._view, 1)
        self._view.setModel(self._model)
        self._view.setItemDelegate(ColumnDelegate(self.facet.name, self))
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setStyleSheet("QListView { border: none; background: transparent; }")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.setAccessibleName(_("Codes of {facet}", facet=self.facet.name))
        self._view.clicked.connect(lambda index: self.picked.emit(self._model.rows[index.row()].code))
        self._view.entered.connect(lambda index: self.pointed.emit(self._model.rows[index.row()].code))
        self._view.customContextMenuRequested.connect(self._ask_menu)

    def show_codes(
        self,
        codes: Sequence[int],
        given: Collection[Hashable],
        others: Mapping[Hashable, tuple[str, ...]],
        absent: bool,
        with_absent: bool,
    ) -> None:
        """Show these codes (indices) with their state; `absent` is the state of *niet genoemd*."""
        rows = []
        for c in codes:
            code = self.facet.codes[c]
            state = (code.id in given, others.get(code.id, ()))
            rows.append(ColumnRow(c, code.number, code.label, *state, code.certain))
        if with_absent:
            rows.append(ColumnRow(-1, 0, _("not mentioned"), absent, ()))
        self._model.fill(rows)
        self._filled = absent or any(code.id in given for code in self.facet.codes)
        self.update()

    def set_in_hand(self, in_hand: bool) -> None:
        """Mark the column whose codes digits choose."""
        self._in_hand = in_hand
        self._head.setFont(theme().ui_font(0, bold=True))
        self.update()

    def mark(self, code: int | None) -> None:
        """Put the frame around a code, or take it away."""
        row = next((r for r, line in enumerate(self._model.rows) if line.code == code), -1)
        self._view.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def shown(self) -> list[int]:
        """The codes in sight, in order, −1 for *niet genoemd*."""
        return [row.code for row in self._model.rows]

    def _ask_menu(self, at: QPoint) -> None:
        index = self._view.indexAt(at)
        if index.isValid() and self._model.rows[index.row()].code >= 0:
            self.menuWanted.emit(self._model.rows[index.row()].code, self._view.viewport().mapToGlobal(at))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, tokens, px = theme().facet(self.facet.name), theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.strong if self._in_hand else tokens.line), 2 if self._in_hand else 1))
        painter.setBrush(QColor(tokens.raised if self._in_hand else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))
        side, middle = px(10), self._head.geometry().center().y()
        box = QRectF(px(11), middle - side / 2 + 1, side, side)
        paint_form(painter, look.form, box, QColor(look.strong), hollow=not self._filled)
