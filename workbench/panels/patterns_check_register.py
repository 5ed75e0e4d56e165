"""Who got the factsheet of a group: label or role, when, how, and whether it still reads as it did then."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import memberchecks
from corpora.messages import message
from workbench.i18n import _
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.theme import theme
from workbench.widgets.parts import button, free_field, quiet

NUMBER = Qt.ItemDataRole.UserRole


class _Table(QTreeWidget):
    def __init__(self, register: Register) -> None:
        super().__init__()
        self._register = register

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._register.remove()
        else:
            super().keyPressEvent(event)


class Register(QWidget):
    """The register of one group."""

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._group = 0
        self.who, self.way, self.when = QLineEdit(), Choice(_("How")), QDateEdit(QDate.currentDate())
        self.add = button(_("Keep"), self._add, _("Note that they got the factsheet as it is now   Enter"), "primary")
        self.table = _Table(self)
        self.take = button(_("Take away"), self.remove, _("Take this line and the replies to it away   Del"), "flat")
        self.hint = quiet(_("Write labels or roles, with a comma between them; never names."))
        self._arrange()
        self.who.returnPressed.connect(self._add)

    def _arrange(self) -> None:
        px, column, form = theme().px, QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        self.who.setPlaceholderText(_("Who got it: R1, R2, manager…"))
        self.who.setAccessibleName(_("Who got it: R1, R2, manager…"))
        self.way.offer([(way, way) for way in (_("by e-mail"), _("on paper"), _("at a meeting"))])
        free_field(self.way)
        self.way.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.when.setDisplayFormat("dd-MM-yyyy")
        self.when.setAccessibleName(_("When"))
        form.setSpacing(px(6))
        for widget in (self.way, self.when, self.add):
            form.addWidget(widget)
        form.addStretch(1)
        table = self.table
        table.setAccessibleName(_("Who got it"))
        table.setColumnCount(4)
        table.setHeaderLabels([_("Who"), _("When"), _("How"), _("Version")])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.who)
        column.addLayout(form)
        column.addWidget(self.hint)
        column.addWidget(table, 1)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)

    def show_group(self, group: int) -> None:
        """Show who got the factsheet of a group."""
        self._group = group
        held = self._current()
        with self._opened.project.read() as session:
            found = memberchecks.deliveries(session, group)
        self.table.clear()
        for one in found:
            version = _("as it is now") if one.is_current else _("an earlier one")
            item = QTreeWidgetItem([one.recipient, f"{one.sent_at.astimezone():%d-%m-%Y}", one.way, version])
            item.setData(0, NUMBER, one.id)
            item.setToolTip(3, _("Version {version}, noted by {coder}", version=one.version[:8], coder=one.coder))
            self.table.addTopLevelItem(item)
            if one.id == held:
                self.table.setCurrentItem(item)
        self.take.setEnabled(bool(found))

    def _current(self) -> int:
        item = self.table.currentItem()
        return int(item.data(0, NUMBER)) if item is not None else 0

    def _add(self) -> None:
        day = self.when.date()
        # At noon: the same day in every time zone of this country and its neighbours.
        when = datetime(day.year(), day.month(), day.day(), 12, tzinfo=UTC)
        done = self._opened.do(message("Factsheet given to {who}", who=self.who.text()), memberchecks.send,
                               self._opened.coder_id, self._group, self.who.text().split(","),
                               self.way.currentText(), when)
        if done is not None:
            self.who.clear()

    def remove(self) -> None:
        """Take the line in hand away."""
        number = self._current()
        if number:
            self._opened.do(message("Take a line out of the register"), memberchecks.unsend, number)
