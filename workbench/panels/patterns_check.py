"""Giving findings back: a factsheet per respondent group, who got it, what they answered, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from codebook import memberchecks
from codebook.models import Factsheet
from workbench.i18n import _
from workbench.panels.patterns_check_register import Register
from workbench.panels.patterns_check_replies import Replies
from workbench.panels.patterns_check_sheet import SheetEditor
from workbench.project import OpenProject
from workbench.shared.fresh_page import FreshPage
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.parts import quiet

SHOWN = {"factsheet", "factsheet_item", "factsheet_sent", "factsheet_reply", "pattern", "pattern_evidence", "synthesis",
         "synthesis_configuration", "kernelement", "deelvraag", "theme", "quote", "quote_card", "quote_cut",
         "respondent_group", "respondent", "document", "pseudonym", "narratief", "evidence"}


class CheckPage(FreshPage):
    """`openNarratief(id)`, `readWanted(ids, title)`, `openPlace(key)`, `openPattern(number)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    openPlace = Signal(str)
    openPattern = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, SHOWN, parent)
        self.groups, self.sheet = QListWidget(), SheetEditor(opened)
        self.register, self.replies = Register(opened), Replies(opened)
        self.tabs, self._stack = QTabWidget(), QStackedWidget()
        self._none = EmptyState(_("A factsheet goes to a respondent group, and there is none yet. Give the documents "
                                  "their groups first."), _("To Material"), "people")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer, split = theme().px, QVBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(quiet(_("Respondent groups")))
        column.addWidget(self.groups, 1)
        self.groups.setAccessibleName(_("Respondent groups"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.register, _("Who got it"))
        self.tabs.addTab(self.replies, _("Replies"))
        split.setHandleWidth(px(12))
        split.setChildrenCollapsible(False)
        for widget in (left, self.sheet, self.tabs):
            split.addWidget(widget)
        split.setSizes([px(170), px(540), px(440)])
        split.setStretchFactor(1, 3)
        split.setStretchFactor(2, 2)
        self._stack.addWidget(split)
        self._stack.addWidget(self._none)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.groups.currentItemChanged.connect(lambda _now, _old: self._show_group())
        self._none.clicked.connect(lambda: self.openPlace.emit("material"))
        for part in (self.sheet, self.replies):
            part.openPattern.connect(self.openPattern)
        self.sheet.readWanted.connect(self.readWanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.groups.setFocus()

    def read_anew(self) -> None:
        held = self.group()
        with self._opened.project.read() as session:
            found = [(one.id, one.label) for one in memberchecks.groups(session)]
            waiting = memberchecks.replies(session, only_open=True)
        with QSignalBlocker(self.groups):
            self.groups.clear()
            for number, label in found:
                self._add_group(number, label, sum(one.group == label for one in waiting), number == held)
            if self.groups.currentRow() < 0 and found:
                self.groups.setCurrentRow(0)
        self._stack.setCurrentIndex(0 if found else 1)
        self.tabs.setTabText(1, _("Replies ({n} open)", n=len(waiting)) if waiting else _("Replies"))
        self._show_group()

    def _add_group(self, number: int, label: str, n: int, is_held: bool) -> None:
        item = QListWidgetItem(f"{label} · {_('{n} open', n=n)}" if n else label)
        item.setData(Qt.ItemDataRole.UserRole, number)
        item.setToolTip(_("{n} open replies", n=n) if n else label)
        self.groups.addItem(item)
        if is_held:
            self.groups.setCurrentItem(item)

    def group(self) -> int:
        """The group in hand; 0 when there is none."""
        item = self.groups.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else 0

    def choose_group(self, number: int) -> None:
        """Take a group in hand."""
        for row in range(self.groups.count()):
            if self.groups.item(row).data(Qt.ItemDataRole.UserRole) == number:
                self.groups.setCurrentRow(row)

    def show_factsheet(self, number: int) -> None:
        """Show a factsheet, by its number."""
        self.refresh()
        with self._opened.project.read() as session:
            found = session.get(Factsheet, number)
            group = found.group_id if found else 0
        self.choose_group(group)

    def show_replies(self) -> None:
        """Show the replies."""
        self.tabs.setCurrentWidget(self.replies)

    def _show_group(self) -> None:
        number = self.group()
        if number:
            for part in (self.sheet, self.register, self.replies):
                part.show_group(number)
