"""The history of one coding, or of all codes of a narratief, oldest first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from codebook import trail_history
from codebook.blind import Veil
from codebook.trail_history import Event
from codebook.trail_words import Names
from corpora.store.project import Project
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button, heading, quiet


class HistoryView(QWidget):
    """`openNarratief(id)` to see it in its text, `left()` to go back to the log."""

    openNarratief = Signal(int)
    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._asked: tuple[int, int | None] | None = None
        self.events: list[Event] = []
        self.title, self.said, self.table = heading(""), quiet(), QTableWidget()
        self._arrange()

    def _arrange(self) -> None:
        px, box, top = theme().px, QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        top.setSpacing(px(12))
        top.addWidget(self.title)
        top.addWidget(self.said, 1)
        top.addWidget(button(_("Open"), self._open, _("In its transcript")))
        top.addWidget(button(_("Back to the log"), self.left.emit, "Esc", "link"))
        box.addLayout(top)
        box.addWidget(self.table, 1)
        self.table.setAccessibleName(_("History of this coding"))
        self.table.setColumnCount(5)
        self.table.setHorizontalHeaderLabels([_("When"), _("Who"), _("What"), _("Coding of"), _("Why")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for column, width in enumerate((150, 120, 320, 120)):
            self.table.setColumnWidth(column, px(width))
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        for n in range(5):
            head = self.table.horizontalHeaderItem(n)
            if head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.table)

    def show_of(self, narratief: int, code: int | None) -> None:
        """Look a history up, in the background: a long log is read through for it."""
        self._asked = (narratief, code)
        with self._opened.project.read() as session:
            names = Names(session)
            place = names.place(narratief)
            label = names.code(code) if code is not None else _("all codes")
        self.title.setText(f"{place} · {label}")
        self.said.setText(_("Reading the log…"))
        jobs().run(_history, self._opened.project, narratief, code, self._opened.reading.veil,
                   on_result=lambda found: self._show((narratief, code), found))

    def refresh(self) -> None:
        """Look it up again."""
        if self._asked is not None:
            self.show_of(*self._asked)

    def _show(self, asked: tuple[int, int | None], found: list[Event]) -> None:
        if asked != self._asked:
            return
        self.events = found
        self.said.setText("" if found else _("Nothing happened here yet."))
        self.table.setRowCount(len(found))
        for row, event in enumerate(found):
            what = _(event.what)
            what = _("{what} (undo)", what=what) if event.kind == "undo" else what
            what = _("{what} (redo)", what=what) if event.kind == "redo" else what
            texts = (f"{event.at.astimezone():%d-%m-%Y %H:%M:%S}", event.author or "–",
                     what, event.coder, event.reason)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)

    def _open(self) -> None:
        if self._asked is not None:
            self.openNarratief.emit(self._asked[0])


def _history(_progress: object, project: Project, narratief: int, code: int | None, veil: Veil) -> list[Event]:
    with project.read() as session:
        return trail_history.history(session, narratief, code, veil)
