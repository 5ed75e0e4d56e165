"""The tree of the codebook: a branch per facet, codes to choose, to drag and to move by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workbench.i18n import _
from workbench.panels.coding_book_values import CodeLine
from workbench.panels.coding_values import changed_text
from workbench.theme import theme
from workbench.widgets.chips import paint_form
from workbench.widgets.facet_values import folded

KEY = Qt.ItemDataRole.UserRole
Above, Below = QAbstractItemView.DropIndicatorPosition.AboveItem, QAbstractItemView.DropIndicatorPosition.BelowItem


class CodeTree(QTreeWidget):
    """`chosen(code or None)`, `moved(code, parent or None, before or None)`; Alt with the arrows moves a code up, down,
    under the one above it, or a level up."""

    chosen = Signal(object)
    moved = Signal(int, object, object)
    removeWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[int, QTreeWidgetItem] = {}
        self._facets: dict[int, QTreeWidgetItem] = {}
        self.setColumnCount(3)
        self.setHeaderLabels([_("Code"), _("Nr"), _("Narratieven")])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setAccessibleName(_("Codes per facet"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setUniformRowHeights(True)
        self.setIndentation(theme().px(18))
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.current_code()))

    def show_codes(self, facets: Mapping[int, str], lines: Sequence[CodeLine], current: int | None = None) -> None:
        """Show a codebook; what was selected stays so."""
        keep = {current} if current is not None else set(self.selected_codes())
        closed = {facet for facet, item in self._facets.items() if not item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self._items = {line.id: _code_item(line) for line in lines}
        self._facets = {number: _facet_item(number, label) for number, label in facets.items()}
        self.addTopLevelItems(list(self._facets.values()))
        for line in lines:
            above = self._items.get(line.parent_id or 0) or self._facets[line.facet_id]
            above.addChild(self._items[line.id])
        self.expandAll()
        for facet in closed & set(self._facets):
            self._facets[facet].setExpanded(False)
        for code in keep & set(self._items):
            self._items[code].setSelected(True)
            self.setCurrentItem(self._items[code], 0, self.selectionModel().SelectionFlag.NoUpdate)
        self.blockSignals(False)

    def choose(self, code: int) -> None:
        """Select one code."""
        if code in self._items:
            self.clearSelection()
            self.setCurrentItem(self._items[code])
            self.scrollToItem(self._items[code])

    def selected_codes(self) -> list[int]:
        """The selected codes."""
        return [code for code, item in self._items.items() if item.isSelected()]

    def current_code(self) -> int | None:
        """The code in hand: the current one of those selected."""
        found, item = self.selected_codes(), self.currentItem()
        number = _code_of(item)
        return number if number in found else (found[0] if found else None)

    def current_facet(self) -> int | None:
        """The facet in hand."""
        item = self.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        first = next(iter(self._facets), None)
        return next((f for f, own in self._facets.items() if own is item), first)

    def filter(self, typed: str) -> None:
        """Show only codes whose name has these letters, with what is above them."""
        wanted = folded(typed.strip())
        for item in self._items.values():
            item.setHidden(bool(wanted))
        for item in self._items.values():
            if wanted and wanted in folded(item.text(0)):
                above: QTreeWidgetItem | None = item
                while above is not None:
                    above.setHidden(False)
                    above = above.parent()

    # moving

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the tree is shown anew when it has been made."""
        code, target = self.current_code(), self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if code is None or target is None or target is self._items.get(code):
            return
        if where in (Above, Below) and target.parent() is not None:
            self._ask(code, target.parent(), target if where == Above else self._beside(target, 1))
        else:
            self._ask(code, target, None)

    def _ask(self, code: int, parent: QTreeWidgetItem | None, before: QTreeWidgetItem | None) -> None:
        self.moved.emit(code, _code_of(parent), _code_of(before))

    def _beside(self, item: QTreeWidgetItem, direction: int) -> QTreeWidgetItem | None:
        above = item.parent()
        at = above.indexOfChild(item) + direction if above is not None else -1
        return above.child(at) if above is not None and 0 <= at < above.childCount() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        code = self.current_code()
        if event.key() == Qt.Key.Key_Delete and code is not None:
            self.removeWanted.emit()
        elif code is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move_by_key(code, Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def _move_by_key(self, code: int, key: Qt.Key) -> None:
        item = self._items[code]
        above, previous, following = item.parent(), self._beside(item, -1), self._beside(item, 1)
        if key == Qt.Key.Key_Up and previous is not None:
            self._ask(code, above, previous)
        elif key == Qt.Key.Key_Down and following is not None:
            self._ask(code, above, self._beside(following, 1))
        elif key == Qt.Key.Key_Right and previous is not None:
            self._ask(code, previous, None)
        elif key == Qt.Key.Key_Left and above is not None and above.parent() is not None:
            self._ask(code, above.parent(), self._beside(above, 1))


def _code_of(item: QTreeWidgetItem | None) -> int | None:
    found = item.data(0, KEY) if item is not None else None
    return int(found) if found is not None else None


def _facet_item(number: int, label: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([label])
    item.setFont(0, theme().ui_font(0, bold=True))
    item.setIcon(0, _form_icon(label))
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
    return item


def _code_item(line: CodeLine) -> QTreeWidgetItem:
    marks = ("" if line.certain else " ?") + (" △" if line.changed else "")
    item = QTreeWidgetItem([line.label + marks, str(line.number or ""), str(line.codings or "–")])
    item.setData(0, KEY, line.id)
    for column in (1, 2):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    tips = [] if line.certain else [_("The source is not certain about this code.") + f" {line.note}".rstrip()]
    item.setToolTip(0, "\n".join([*tips, *(changed_text(c) for c in line.changed)]))
    if line.color:
        item.setIcon(0, _dot(line.color))
    return item


def _form_icon(facet: str) -> QIcon:
    look = theme().facet(facet)
    return _painted(lambda painter, box: paint_form(painter, look.form, box, QColor(look.strong)))


def _dot(colour: str) -> QIcon:
    return _painted(lambda painter, box: paint_form(painter, "round", box, QColor(colour)))


def _painted(draw: object) -> QIcon:
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if callable(draw):
        draw(painter, QRectF(6, 6, 20, 20))
    painter.end()
    return QIcon(picture)
