"""The field in which an operand is found by typing, or picked from the list of all."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from codebook.query.algebra import Code
from workbench.i18n import _
from workbench.itemmodels.question_names import Operand, QuestionNames
from workbench.theme import theme
from workbench.widgets.chips import paint_form

OPERAND = Qt.ItemDataRole.UserRole
ROWS_IN_SIGHT = 14


class OperandField(QLineEdit):
    """`chosen(Operand)` when one is picked with Enter or the mouse. A click or ↓ shows all; letters filter on label,
    number, synonym and definition. `codes_only` leaves out what is no code. `left` when Esc or Backspace is pressed
    in an empty field."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, placeholder: str, codes_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QuestionNames()
        self._codes_only = codes_only
        self._icons: dict[str, QIcon] = {}
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(_("Type a name, number or word of the definition, or click for the whole list"))
        self._model = QStandardItemModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(ROWS_IN_SIGHT)
        self._popup = QListView()
        self._popup.setIconSize(QSize(theme().px(14), theme().px(14)))
        self._list.setPopup(self._popup)
        self._list.setWidget(self)
        self._list.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        self.textEdited.connect(self.suggest)
        theme().changed.connect(self._icons.clear)

    def set_names(self, names: QuestionNames) -> None:
        """The names to choose from."""
        self._names = names

    def suggest(self, typed: str = "") -> None:
        """Show what answers to the letters."""
        self._model.clear()
        for operand in self._names.operands(typed):
            if not self._codes_only or isinstance(operand.node, Code):
                self._model.appendRow(self._item(operand))
        if not self._model.rowCount():
            self._popup.hide()
            return
        wanted = max(self.width(), theme().px(420))
        self._popup.setMinimumWidth(wanted)
        self._list.complete()
        self._popup.setCurrentIndex(self._list.completionModel().index(0, 0))

    def suggestions(self) -> list[Operand]:
        """What is offered now."""
        return [self._model.item(row).data(OPERAND) for row in range(self._model.rowCount())]

    def pick(self, row: int) -> None:
        """Take one of the suggestions."""
        self._take(self._model.item(row).data(OPERAND))

    def _item(self, operand: Operand) -> QStandardItem:
        is_code = isinstance(operand.node, Code)
        lead = f"{operand.number}  " if operand.number else ""
        if not operand.facet and operand.detail:
            lead = f"{operand.detail}: "
        item = QStandardItem(self._icon(operand.facet), f"{lead}{operand.label}")
        item.setData(operand, OPERAND)
        spoken = " ".join(part for part in (operand.facet, operand.number, operand.label) if part)
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        if operand.detail:
            item.setToolTip(f"<p>{operand.detail}</p>" if is_code else operand.detail)
        return item

    def _icon(self, facet: str) -> QIcon:
        if facet not in self._icons:
            side = theme().px(14)
            picture = QPixmap(side * 2, side * 2)
            picture.fill(Qt.GlobalColor.transparent)
            if facet:
                look = theme().facet(facet)
                painter = QPainter(picture)
                paint_form(painter, look.form, QRectF(4, 4, side * 2 - 8, side * 2 - 8), QColor(look.strong))
                painter.end()
            picture.setDevicePixelRatio(2)
            self._icons[facet] = QIcon(picture)
        return self._icons[facet]

    def _picked(self, index: Any) -> None:
        operand = index.data(OPERAND)
        if operand is not None:
            # The completer is still at work on the text; empty it afterwards.
            QTimer.singleShot(0, lambda: self._take(operand))

    def _take(self, operand: Operand) -> None:
        self.clear()
        self._popup.hide()
        self.chosen.emit(operand)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.suggest(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.suggest(self.text())
        elif not self.text() and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
