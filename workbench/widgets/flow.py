"""A layout that runs from left to right and goes on in the next row.

A widget with the property `with_next` stays in one row with what follows it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from workbench.theme import theme


class FlowLayout(QLayout):
    """Items of one row stand on its middle line."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, area: QRect, place: bool) -> int:
        y = area.y()
        for row in self._rows(area.width()):
            height = max(item.sizeHint().height() for item in row)
            x = area.x()
            for item in row:
                size = item.sizeHint()
                if place:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + theme().px(self._gap)
            y += height + theme().px(self._gap)
        return max(0, y - area.y() - theme().px(self._gap))

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used, gap = 0, theme().px(self._gap)
        for run in self._runs():
            wanted = sum(item.sizeHint().width() + gap for item in run)
            if not rows or (used and used + wanted - gap > width):
                rows.append([])
                used = 0
            rows[-1] += run
            used += wanted
        return rows

    def _runs(self) -> list[list[QLayoutItem]]:
        """What must stay together."""
        runs: list[list[QLayoutItem]] = []
        is_open = False
        for item in self._items:
            if is_open:
                runs[-1].append(item)
            else:
                runs.append([item])
            widget = item.widget()
            is_open = widget is not None and bool(widget.property("with_next"))
        return runs
