"""The outline of the report: every section, own text, claim, quote, table and figure, with what to look at below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.icons import icon
from workbench.itemmodels.report_made import Line, Made, Warned, matching, outline
from workbench.theme import theme

ICONS = {"own": "edit", "written": "edit", "quote": "quote", "table": "table", "figure": "questions"}
PART = Qt.ItemDataRole.UserRole


class ReportOutline(QWidget):
    """`chosen(section, part)` when another line is in hand; `writeWanted()` by Enter on it."""

    chosen = Signal(int, int)
    writeWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self.filter, self.tree, self.warned = QLineEdit(), QTreeWidget(), QListWidget()
        self.head = QLabel()
        self._arrange()
        self.filter.textChanged.connect(lambda _text: self._sift())
        self.filter.returnPressed.connect(self._to_first)
        self.tree.currentItemChanged.connect(lambda *_items: self._choose())
        self.tree.itemActivated.connect(lambda *_items: self.writeWanted.emit())
        self.warned.itemActivated.connect(self._show_warned)
        self.warned.itemClicked.connect(self._show_warned)
        theme().changed.connect(self._redress)

    def _arrange(self) -> None:
        box, px = QVBoxLayout(self), theme().px
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self.filter.setPlaceholderText(_("Search the report, or a code such as P12"))
        self.filter.setAccessibleName(_("Search the report"))
        self.filter.setClearButtonEnabled(True)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Outline of the report"))
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setIndentation(px(14))
        self.tree.setUniformRowHeights(True)
        self.head.setProperty("role", "heading")
        self.warned.setAccessibleName(_("To look at before the report goes out"))
        self.warned.setWordWrap(True)
        self.warned.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.warned.setMaximumHeight(px(150))
        box.addWidget(self.filter)
        box.addWidget(self.tree, 1)
        box.addWidget(self.head)
        box.addWidget(self.warned)
        self.setFocusProxy(self.tree)

    def show_made(self, made: Made) -> None:
        """Show a report; the line in hand stays in hand."""
        held = self.current()
        lines = outline(made)
        if lines != self._lines:
            self._fill(lines)
        self._warn(made.warnings)
        self._hold(held)
        self._sift()

    def current(self) -> Line | None:
        """The line in hand."""
        item = self.tree.currentItem()
        return self._lines[item.data(0, PART)] if item is not None else None

    def choose(self, section: int, part: int = -1) -> None:
        """Take a section, or a part of it, in hand."""
        wanted = next((n for n, line in enumerate(self._lines) if line.section == section and line.part == part),
                      next((n for n, line in enumerate(self._lines) if line.section == section), -1))
        item = self._item(wanted)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _fill(self, lines: list[Line]) -> None:
        self._lines = lines
        self.tree.blockSignals(True)
        self.tree.clear()
        above: list[tuple[int, QTreeWidgetItem]] = []
        for n, line in enumerate(lines):
            while above and above[-1][0] >= line.level:
                above.pop()
            item = QTreeWidgetItem(above[-1][1] if above else self.tree.invisibleRootItem(), [line.text])
            item.setData(0, PART, n)
            item.setToolTip(0, line.text)
            self._dress(item, line)
            above.append((line.level, item))
        for n, line in enumerate(lines):
            found = self._item(n)
            if found is not None and line.level == 1:
                found.setExpanded(True)
        self.tree.blockSignals(False)

    def _dress(self, item: QTreeWidgetItem, line: Line) -> None:
        if line.kind in ICONS:
            item.setIcon(0, icon(ICONS[line.kind]))
        if line.kind == "section":
            item.setFont(0, theme().ui_font(0, bold=line.level == 1))
        if line.kind == "own":
            item.setText(0, _("{title} (empty)", title=line.text))

    def _redress(self) -> None:
        for item, line in zip(self._all_items(), self._lines, strict=True):
            self._dress(item, line)
        for n in range(self.warned.count()):
            self.warned.item(n).setIcon(icon("flag"))

    def _warn(self, warnings: Sequence[Warned]) -> None:
        self.head.setText(_("To look at ({n})", n=len(warnings)))
        self.warned.clear()
        for one in warnings:
            item = QListWidgetItem(icon("flag"), _(one.text))
            item.setData(PART, one.section)
            self.warned.addItem(item)
        self.head.setVisible(bool(warnings))
        self.warned.setVisible(bool(warnings))

    def _hold(self, held: Line | None) -> None:
        if held is None:
            self.choose(0)
            return
        same = [line for line in self._lines if (line.text, line.kind) == (held.text, held.kind)]
        near = same or [line for line in self._lines if line.section == held.section]
        if near:
            self.choose(near[0].section, near[0].part)

    def _item(self, n: int) -> QTreeWidgetItem | None:
        found = self._all_items()
        return found[n] if 0 <= n < len(found) else None

    def _all_items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.topLevelItem(n) for n in reversed(range(self.tree.topLevelItemCount()))]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(n) for n in reversed(range(item.childCount()))]
        return found

    def _sift(self) -> None:
        words = self.filter.text().strip()
        shown = matching(self._lines, words) if words else set(range(len(self._lines)))
        for n, item in reversed(list(enumerate(self._all_items()))):
            below = any(not one.isHidden() for k in range(item.childCount()) if (one := item.child(k)) is not None)
            item.setHidden(n not in shown and not below)
            if words and below:
                item.setExpanded(True)

    def _to_first(self) -> None:
        words = self.filter.text().strip().casefold()
        hit = next((n for n, line in enumerate(self._lines) if words and words in line.text.casefold()), -1)
        item = self._item(hit)
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.setFocus()

    def _choose(self) -> None:
        line = self.current()
        if line is not None:
            self.chosen.emit(line.section, line.part)

    def _show_warned(self, item: QListWidgetItem) -> None:
        if item.data(PART) >= 0:
            self.choose(item.data(PART))
