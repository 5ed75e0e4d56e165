"""The grids under their deelvragen, each with how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import gridding, grids, questions
from codebook.gridding import Progress, WorkGrid
from codebook.models import Deelvraag, GridTemplate
from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.project import OpenProject
from workbench.theme import theme

DEELVRAAG, GRID = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Tree(QTreeWidget):
    removeWanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removeWanted.emit()
        else:
            super().keyPressEvent(event)


class GridTree(QWidget):
    """`opened(number or None)` when a grid is chosen, None for that of all combinations; `keepWanted(deelvraag number
    or None)` when the grid in sight is to be kept."""

    opened = Signal(object)
    keepWanted = Signal(object)

    def __init__(self, project: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._asker = project, asker
        self._filling = False
        self._grids: dict[int, GridTemplate] = {}
        self._counted: dict[int, WorkGrid] = {}
        self.tree, self.keep = _Tree(), QPushButton(_("+ Keep grid"))
        self.name, self.delete = QPushButton(_("Name")), QPushButton(_("Delete"))
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        tree = self.tree
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setIndentation(theme().px(14))
        tree.setAccessibleName(_("Deelvragen with their grids"))
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.currentItemChanged.connect(lambda now, _old: self._open(now))
        tree.itemChanged.connect(self._renamed)
        tree.removeWanted.connect(self._remove)
        self.keep.setToolTip(_("Keep the grid in sight, with its codes and filter, under the deelvraag in hand"))
        self.name.setToolTip(_("Rename   F2"))
        self.delete.setToolTip(_("Take away   Del"))
        for button, work in ((self.keep, self._keep), (self.name, self._begin_name), (self.delete, self._remove)):
            button.setProperty("role", "flat" if button is self.keep else "link")
            button.clicked.connect(work)

    def _arrange(self) -> None:
        outer, row, heading = QVBoxLayout(self), QHBoxLayout(), QLabel(_("Deelvragen"))
        heading.setProperty("role", "heading")
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        row.setSpacing(theme().px(2))
        for button in (self.keep, self.name, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        outer.addWidget(heading)
        outer.addLayout(row)
        outer.addWidget(self.tree, 1)

    def refresh(self) -> None:
        """Read deelvragen and grids again."""
        with self._project.project.read() as session:
            deelvragen = questions.deelvragen(session)
            self._grids = {t.id: t for t in grids.templates(session)}
        chosen = self.chosen()
        self._filling = True
        self.tree.clear()
        self._add(None, None, None, _("All combinations"))
        for deelvraag in deelvragen:
            self._add_deelvraag(deelvraag)
        for number, kept in self._grids.items():
            if kept.deelvraag_id is None:
                self._add(None, None, number, kept.name)
        self.tree.expandAll()
        self.choose(chosen if chosen in self._grids else None)
        self._filling = False
        self.refresh_progress()

    def _add_deelvraag(self, deelvraag: Deelvraag) -> None:
        top = self._add(None, deelvraag.id, None, deelvraag.label)
        top.setToolTip(0, deelvraag.question or deelvraag.label)
        font = top.font(0)
        font.setWeight(font.Weight.DemiBold)
        top.setFont(0, font)
        for number, kept in self._grids.items():
            if kept.deelvraag_id == deelvraag.id:
                self._add(top, deelvraag.id, number, kept.name)

    def _add(self, parent: QTreeWidgetItem | None, deelvraag: int | None, grid: int | None,
             label: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([label, ""])
        item.setData(0, DEELVRAAG, deelvraag)
        item.setData(0, GRID, grid)
        item.setToolTip(0, label)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if grid is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def work_grid(self, number: int) -> WorkGrid:
        """A kept grid as it stands now, counted once until something changes; Waiting while words are searched."""
        if number not in self._counted:
            with self._project.project.read() as session:
                self._counted[number] = gridding.work_grid(self._project.reading, session, number, self._asker.text)
        return self._counted[number]

    def forget(self) -> None:
        """Count every grid anew when it is next asked for."""
        self._counted.clear()

    def read_notes(self) -> None:
        """Only what was noted in cells has changed: the counts stand."""
        with self._project.project.read() as session:
            self._counted = {number: grid.with_notes(grids.notes_of(session, number))
                             for number, grid in self._counted.items()}
        self.refresh_progress()

    def refresh_progress(self) -> None:
        """Count again how far every grid is, and every deelvraag."""
        self._filling = True
        for n in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(n)
            if top is not None:
                own = [top.child(k) for k in range(top.childCount())]
                found = [self._show_progress(item) for item in [*own, top] if item is not None and item.data(0, GRID)]
                if own:
                    _say(top, sum((p for p in found if p is not None), Progress()))
        self._filling = False

    def _show_progress(self, item: QTreeWidgetItem) -> Progress | None:
        try:
            found = self.work_grid(item.data(0, GRID)).progress
        except Waiting:
            item.setText(1, "…")
            return None
        except NarratiefError as error:
            item.setText(1, "!")
            item.setToolTip(1, _(error.message))
            return None
        _say(item, found)
        return found

    # choosing

    def chosen(self) -> int | None:
        """The grid in hand; None for that of all combinations."""
        item = self.tree.currentItem()
        return None if item is None else item.data(0, GRID)

    def choose(self, number: int | None) -> None:
        """Take a grid in hand."""
        found = next((item for item in self._items() if item.data(0, GRID) == number), None)
        if found is not None:
            self.tree.setCurrentItem(found)

    def deelvraag_id(self) -> int | None:
        """The deelvraag in hand; the first when none is."""
        item = self.tree.currentItem()
        found = None if item is None else item.data(0, DEELVRAAG)
        return found or next((i.data(0, DEELVRAAG) for i in self._items() if i.data(0, DEELVRAAG)), None)

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [t for n in range(self.tree.topLevelItemCount()) if (t := self.tree.topLevelItem(n)) is not None]
        found = [item for top in tops for item in (top, *(top.child(n) for n in range(top.childCount())))]
        return [item for item in found if item is not None]

    def _open(self, item: QTreeWidgetItem | None) -> None:
        number = None if item is None else item.data(0, GRID)
        for button in (self.name, self.delete):
            button.setEnabled(number is not None)
        if not self._filling and item is not None and (number is not None or item.data(0, DEELVRAAG) is None):
            self.opened.emit(number)

    # work

    def _keep(self) -> None:
        self.keepWanted.emit(self.deelvraag_id())

    def _begin_name(self) -> None:
        item = self.tree.currentItem()
        if item is not None and item.data(0, GRID) is not None:
            self.tree.setFocus()
            self.tree.editItem(item, 0)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            # The tree is written anew by the change, and its field is still at work on this item.
            number, text = item.data(0, GRID), item.text(0).strip()
            QTimer.singleShot(0, self, lambda: self.rename(number, text))

    def rename(self, number: int, name: str) -> None:
        """Give a grid another name; an empty one changes nothing."""
        if name and number in self._grids and name != self._grids[number].name:
            self._project.do(message("Rename grid to «{name}»", name=name), grids.rename, number, name)
        self.refresh()

    def _remove(self) -> None:
        number = self.chosen()
        if number is not None:
            self._project.do(message("Take away grid «{name}»", name=self._grids[number].name), grids.remove, number)


def _say(item: QTreeWidgetItem, progress: Progress) -> None:
    item.setText(1, f"{progress.handled}/{progress.total}")
    item.setToolTip(1, _("{handled} of {total} combinations with narratieven read or answered",
                         handled=progress.handled, total=progress.total))
