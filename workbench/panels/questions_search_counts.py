"""How often each form was found, and in which documents; choosing one narrows the list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.itemmodels.search_hits import Counted
from workbench.theme import theme

KEY = Qt.ItemDataRole.UserRole


class CountList(QWidget):
    """`picked()` when the user chooses; `value()` is the key chosen, None for all."""

    picked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self.list = QLabel(title), QListWidget()
        self._head.setProperty("role", "quiet")
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        self.list.currentItemChanged.connect(lambda *_items: self.picked.emit())

    def offer(self, counts: Sequence[Counted]) -> None:
        """Show these counts; what was chosen stays chosen where it still is there."""
        chosen = self.value()
        self.list.blockSignals(True)
        self.list.clear()
        self._add(_("All"), None, sum(one.n for one in counts))
        for one in counts:
            self._add(one.label, one.key, one.n)
        keys = [None, *(one.key for one in counts)]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.list.blockSignals(False)

    def value(self) -> Hashable:
        """The key chosen, None for all."""
        item = self.list.currentItem()
        key: Hashable = item.data(KEY) if item is not None else None
        return key

    def choose(self, key: Hashable) -> None:
        """Choose a key, as a click would."""
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row)

    def _add(self, label: str, key: Hashable, n: int) -> None:
        item = QListWidgetItem(f"{n}   {label}")
        item.setData(KEY, key)
        item.setToolTip(label)
        self.list.addItem(item)
