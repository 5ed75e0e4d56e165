"""A flat list whose first column wraps: every line is as high as its words need."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workbench.theme import theme


class WrappedTree(QTreeWidget):
    """Two columns without a head: words, and a few words at the right that say more. `lead` is the room before the
    words, as of a box to tick."""

    def __init__(self, parent: QWidget | None = None, lead: int = 0) -> None:
        super().__init__(parent)
        self._lead = lead
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setIndentation(0)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def items(self) -> list[QTreeWidgetItem]:
        """The lines."""
        found = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> int:
        """Give every line the height that its words need at this width; returns the height of all. What stands at the
        right has at most half of it."""
        asked = max(self.sizeHintForColumn(1), 0 if self.isHeaderHidden() else self.header().sectionSizeHint(1))
        self.header().resizeSection(1, min(asked, max(theme().px(24), self.viewport().width() // 2)))
        wide, whole = max(theme().px(60), self.columnWidth(0) - theme().px(24 + self._lead)), 0
        # A height is a change to Qt too, and would be taken for other words.
        self.blockSignals(True)
        for item in self.items():
            words = self.fontMetrics().boundingRect(QRect(0, 0, wide, 10_000), int(Qt.TextFlag.TextWordWrap),
                                                    item.text(0))
            item.setSizeHint(0, QSize(wide, words.height() + theme().px(10)))
            whole += words.height() + theme().px(10)
        self.blockSignals(False)
        self.scheduleDelayedItemsLayout()
        return whole
