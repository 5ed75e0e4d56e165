"""Logboek van wijzigingen: who did what when, searched and written to a file, and the history of a coding."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from codebook import trail_history
from codebook.blind import DECIDES, Veil
from codebook.reading import NAMES
from codebook.trail import HIDDEN, Trail, Wanted
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.changes import Step
from corpora.store.project import Changed, Project
from workbench.i18n import _
from workbench.itemmodels.trail_rows import CHANGES, STATE, WHAT, WHEN, WHO, TrailRows, state_name, state_names, when
from workbench.jobs import jobs
from workbench.panels.trail_filter import TrailFilter
from workbench.panels.trail_history import HistoryView
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button, key, quiet, table_view

WIDTHS = {WHEN: 150, WHO: 110, CHANGES: 64}


class TrailPage(QWidget):
    """`openNarratief(id)`, `openDocument(place key, number)` and `openCode(id)` open what a step was about."""

    openNarratief = Signal(int)
    openDocument = Signal(str, int)
    openCode = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._stale = True
        self.filter, self.model = TrailFilter(opened), TrailRows(opened, self)
        self.table, self.detail, self.said = table_view(_("Log of changes")), QTextBrowser(), quiet()
        self.open_button = button(_("Open"), self._open, "Enter")
        self.history_button = button(_("History of this coding"), self._show_history, "H")
        self.history = HistoryView(opened)
        self.pages = QStackedWidget()
        self._later = QTimer(self, singleShot=True, interval=60)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, page, tools = theme().px, QVBoxLayout(self), QWidget(), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([px(800), px(340)])
        split.setHandleWidth(px(12))
        tools.addWidget(self.said, 1)
        for widget in (self.history_button, self.open_button,
                       button(_("To a file…"), self.ask_file, _("The steps shown, as CSV or Excel"))):
            tools.addWidget(widget)
        inner.addWidget(self.filter)
        inner.addWidget(split, 1)
        inner.addLayout(tools)
        self.pages.addWidget(page)
        self.pages.addWidget(self.history)
        self._prepare()

    def _prepare(self) -> None:
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(theme().px(28))
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, theme().px(width))
        words = self.table.fontMetrics()
        self.table.setColumnWidth(STATE, theme().px(24) + max(words.horizontalAdvance(word) for word in state_names()))
        self.table.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.detail.setAccessibleName(_("What the step did"))
        self.detail.setOpenLinks(False)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self.filter.changed.connect(self.refresh)
        self.model.grown.connect(lambda _finished: self._tell())
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._later.start())
        self._later.timeout.connect(self._show_detail)
        self.table.doubleClicked.connect(lambda _index: self._open())
        for keys, run in (("Return", self._open), ("Enter", self._open), ("H", self._show_history)):
            key(self.table, keys, run)
        key(self, "Ctrl+F", self.filter.setFocus)
        self.history.left.connect(self._leave_history)
        self.history.openNarratief.connect(self.openNarratief)

    # what is shown

    def _changed(self, changed: Changed) -> None:
        if changed.tables() & NAMES:
            self.filter.read_names()
        self._stale = True
        if self.isVisible():
            # What is hidden may be another thing now; else nobody who reads on is put back to the top.
            self.refresh() if changed.tables() & DECIDES else self._catch_up()

    def _catch_up(self) -> None:
        self._stale = False
        at_top = self.table.currentIndex().row() <= 0
        self.model.catch_up()
        if at_top:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_detail()
        if self.pages.currentWidget() is self.history:
            self.history.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.filter.read_names()
            self.refresh()

    def refresh(self) -> None:
        """Search anew."""
        self._stale = False
        self.model.ask(self.filter.wanted())
        self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell()
        self._show_detail()
        if self.pages.currentWidget() is self.history:
            self.history.refresh()

    def _tell(self) -> None:
        n = len(self.model.steps)
        if self.model.finished():
            self.said.setText(_("{n} steps", n=n) if n else _("No step answers to this."))
        else:
            self.said.setText(_("{n} steps so far; more as you scroll", n=n))

    def step(self) -> Step | None:
        """The step in hand."""
        at = self.table.currentIndex().row()
        return self.model.steps[at] if 0 <= at < len(self.model.steps) else None

    def _show_detail(self) -> None:
        step = self.step()
        self._target: tuple[str, int] | None = None
        self._coding: tuple[int, int | None] | None = None
        told: list[str] = []
        if step is not None and step.label != HIDDEN:
            with self._opened.project.read() as session:
                changes = Trail(session, _, self._opened.reading.veil).changes(step.id)
                told = [_(line) for line in trail_history.lines(session, changes)]
            self._target, self._coding = trail_history.target(changes), trail_history.coding_of(changes)
        self.open_button.setEnabled(self._target is not None)
        self.history_button.setEnabled(self._coding is not None)
        if step is None:
            self.detail.clear()
            return
        quiet_ink = theme().tokens.quiet
        head = f'<p><b>{escape(_(step.label))}</b><br><span style="color:{quiet_ink}">{escape(when(step))} · ' \
               f'{escape(step.author or "–")} {escape(state_name(step))}</span></p>'
        self.detail.setHtml(head + "".join(f'<p style="margin:0 0 6px 0">{escape(line)}</p>' for line in told))

    # deeds

    def _open(self) -> None:
        self._show_detail()
        if self._target is None:
            return
        kind, number = self._target
        if kind == "narratief":
            self.openNarratief.emit(number)
        elif kind == "code":
            self.openCode.emit(number)
        else:
            self.openDocument.emit("fragments", number)

    def _show_history(self) -> None:
        self._show_detail()
        if self._coding is not None:
            self.show_history(*self._coding)

    def show_history(self, narratief: int, code: int | None = None) -> None:
        """What happened to a coding, or to all codes of a narratief."""
        self.pages.setCurrentWidget(self.history)
        self.history.show_of(narratief, code)
        self.history.setFocus()

    def _leave_history(self) -> None:
        self.pages.setCurrentIndex(0)
        self.table.setFocus()

    def ask_file(self) -> None:
        """Ask where to, and write the steps shown."""
        start = self._opened.beside(_("log of changes.csv"))
        path, _kind = QFileDialog.getSaveFileName(self, _("Log of changes"), start, "CSV (*.csv);;Excel (*.xlsx)")
        if path:
            self.write(Path(path if Path(path).suffix else f"{path}.csv"))

    def write(self, path: Path) -> None:
        """Write the steps that are wanted now, in the background."""
        jobs().run(_write, self._opened.project, path, self.filter.wanted(), self._opened.reading.veil,
                   title=_("Writing {file}", file=path.name), on_error=self._failed,
                   on_result=lambda _n: self._opened.message.emit(message("Written: {file}", file=path.name), False))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is self.history:
            self._leave_history()
        else:
            super().keyPressEvent(event)


def _write(_progress: Any, project: Project, path: Path, wanted: Wanted, veil: Veil) -> int:
    from exports.audit_trail import write_audit
    from workbench.cli.projects import project_translator

    return write_audit(project, path, project_translator(project), wanted, veil)
