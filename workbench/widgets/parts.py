"""Small parts that pages share: buttons, labels, keys, calm tables."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex


def button(text: str, run: Callable[[], object], hint: str = "", role: str = "") -> QPushButton:
    """A button that does something, with a hint that names its key."""
    made = QPushButton(text)
    made.setToolTip(hint)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    made.clicked.connect(lambda: run())
    return made


def quiet(text: str = "") -> QLabel:
    """A label in the quiet colour."""
    made = QLabel(text)
    made.setProperty("role", "quiet")
    made.setWordWrap(True)
    return made


def heading(text: str) -> QLabel:
    """The heading of a part."""
    made = QLabel(text)
    made.setProperty("role", "heading")
    return made


def key(widget: QWidget, keys: str, run: Callable[[], object]) -> QShortcut:
    """A key that works while the widget or something in it has the focus."""
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: run())
    return made


def table_view(name: str) -> QTableView:
    """A calm table: whole rows, no grid, heads that sort."""
    made = QTableView()
    made.setAccessibleName(name)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setAlternatingRowColors(True)
    made.setWordWrap(False)
    made.setSortingEnabled(True)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme().px(32))
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return made


def choose_row(table: QTableView, row: int) -> None:
    """Make one row the current and only selected one, whatever keys are held down."""
    model = table.selectionModel()
    if 0 <= row < table.model().rowCount():
        flags = model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows
        model.setCurrentIndex(table.model().index(row, 0), flags)
        table.scrollTo(table.model().index(row, 0))


def free_field(box: QComboBox) -> QLineEdit:
    """The line edit of a box in which other values may be typed: what is typed stays as it was typed."""
    box.setEditable(True)
    field = box.lineEdit()
    assert field is not None
    # Else `facilitator` becomes the `facilitators` of the list.
    field.setCompleter(None)  # type: ignore[arg-type]  # the stubs do not know that there may be none
    return field


class ChoiceDelegate(QStyledItemDelegate):
    """A cell to choose in: `options()` gives value → name. With `free` another value may be typed."""

    def __init__(self, options: Callable[[], dict[str, str]], parent: QWidget, free: bool = False) -> None:
        super().__init__(parent)
        self._options, self._free = options, free

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        box = QComboBox(parent)
        box.setEditable(self._free)
        for value, name in self._options().items():
            box.addItem(name, value)
        box.activated.connect(lambda: self._finish(box))
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, QComboBox)
        value = str(index.data(Qt.ItemDataRole.EditRole))
        place = editor.findData(value)
        editor.setCurrentIndex(place)
        if self._free and place < 0:
            editor.setEditText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(editor, QComboBox)
        place = editor.currentIndex()
        known = place >= 0 and (not self._free or editor.currentText() == editor.itemText(place))
        value = editor.itemData(place) if known else editor.currentText()
        model.setData(index, value, Qt.ItemDataRole.EditRole)
