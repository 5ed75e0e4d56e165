"""Files on their way in: asked once what they are, brought in behind the window, and told what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from corpora.errors import NarratiefError
from corpora.importing import Failed, Imported, files_in, guess_group, guess_kind, import_file
from corpora.overview import group_labels
from corpora.store.project import Project
from workbench.i18n import _
from workbench.itemmodels.documents import kind_names
from workbench.itemmodels.files import ASKING, GROUP, KIND, STATE, FileRow, FilesModel
from workbench.jobs import Job, jobs
from workbench.panels.material_parts import ChoiceDelegate, button, free_field, heading, key, quiet, table_view
from workbench.project import OpenProject
from workbench.theme import theme

WIDTHS = (230, 110, 140, 360, 80, 80)


class _Relay(QObject):
    """Carries what the working thread tells to the window's thread."""

    told = Signal(int, object)


class ImportPage(QWidget):
    """`left` when the page has done its work; `namesWanted` when texts hold names of the key."""

    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._relay = opened, _Relay(self)
        self._running: Job | None = None
        self.model, self.table = FilesModel(self), table_view(_("Files"))
        self.kind, self.group = QComboBox(), QComboBox()
        self._head, self._hint = heading(""), quiet()
        self.begin = button(_("Import"), self.start, "Ctrl+Enter", "primary")
        self.stop = button(_("Cancel"), self.cancel, "Esc")
        self.copy = button(_("Copy report"), self.copy_report, "Ctrl+C")
        self._for_all = QWidget()
        self._build()
        self._relay.told.connect(self._note)
        key(self, "Ctrl+Return", self.start)
        key(self, "Esc", self.cancel)
        key(self.table, "Ctrl+C", self.copy_report)
        self.setFocusProxy(self.begin)

    def _build(self) -> None:
        box, px = QVBoxLayout(self), theme().px
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self._head)
        box.addWidget(self._hint)
        box.addWidget(self._choices())
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.stop)
        row.addWidget(self.begin)
        box.addLayout(row)
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.table.setItemDelegateForColumn(KIND, ChoiceDelegate(kind_names, self.table))
        self.table.setItemDelegateForColumn(GROUP, ChoiceDelegate(self._group_options, self.table, free=True))
        self.table.horizontalHeader().setSectionResizeMode(STATE, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, px(width))

    def _choices(self) -> QWidget:
        row = QHBoxLayout(self._for_all)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.group.setMinimumWidth(theme().px(200))
        self.kind.activated.connect(lambda: self._set_all(KIND, self.kind.currentData()))
        self.group.activated.connect(lambda: self._set_all(GROUP, self.group.currentText()))
        free_field(self.group).editingFinished.connect(lambda: self._set_all(GROUP, self.group.currentText()))
        for name, field in ((_("Kind of all:"), self.kind), (_("Respondent group of all:"), self.group)):
            label = quiet(name)
            label.setWordWrap(False)
            row.addWidget(label)
            row.addWidget(field)
            field.setAccessibleName(name)
        row.addStretch(1)
        return self._for_all

    def _group_options(self) -> dict[str, str]:
        with self._opened.project.read() as session:
            labels = group_labels(session)
        typed = [row.group for row in self.model.rows if row.group]
        return {"": "", **{label: label for label in dict.fromkeys([*labels, *typed])}}

    # before

    def ask(self, paths: Sequence[Path]) -> bool:
        """Show the transcripts among files and folders, with a guess for each; False when there are none."""
        if self._running is not None:
            return False
        rows = [FileRow(path, guess_kind(path.name), guess_group(path, paths)) for path in files_in(paths)]
        self.model.fill(rows)
        self._fill_choices()
        self._head.setText(_("What is this file?") if len(rows) == 1 else _("What are these {n} files?", n=len(rows)))
        self._hint.setText(_("The kind is guessed from the name. Set it here for all at once, or per file in "
                             "the table."))
        self._show_stage(before=True)
        return bool(rows)

    def _fill_choices(self) -> None:
        self.kind.clear()
        self.kind.addItem(_("as guessed"), "")
        for value, name in kind_names().items():
            self.kind.addItem(name, value)
        self.group.clear()
        self.group.addItems(list(self._group_options()))

    def _set_all(self, column: int, value: str | None) -> None:
        if self.model.locked or value is None or (column == GROUP and not value.strip()):
            return
        for n, row in enumerate(self.model.rows):
            guessed = value or guess_kind(row.path.name)
            self.model.setData(self.model.index(n, column), guessed)

    # during

    def start(self) -> None:
        """Bring the files in, or leave when that was done."""
        if self.model.locked:
            if self._running is None:
                self.left.emit()
            return
        self.setFocus()
        self.model.locked = True
        for n in range(len(self.model.rows)):
            self.model.note(n, _("waiting"))
        files = [(row.path, row.kind, row.group or None) for row in self.model.rows]
        job = jobs().run(bring_in, self._opened.project, files, self._relay.told.emit, title=_("Importing"))
        self._running = job
        job.ended.connect(self._ended)
        self._head.setText(_("Importing one file…") if len(files) == 1 else _("Importing {n} files…", n=len(files)))
        self._show_stage(before=False)

    def _note(self, n: int, result: Imported | Failed | None) -> None:
        self.model.note(n, _("busy…") if result is None else "", result)
        self.table.scrollTo(self.model.index(n, 0))

    def _ended(self) -> None:
        self._running = None
        done = [row for row in self.model.rows if isinstance(row.result, Imported)]
        failed = [row for row in self.model.rows if isinstance(row.result, Failed)]
        for n, row in enumerate(self.model.rows):
            if row.result is None:
                self.model.note(n, _("not imported"))
        self._head.setText(_told(len(done), len(failed)))
        self._hint.setText(_("What was imported can be undone file by file."))
        self._show_stage(before=False)
        self.table.setWordWrap(True)  # what to do about a file stands at the end of its line
        self.table.resizeRowsToContents()
        for n in range(len(self.model.rows)):
            self.table.setRowHeight(n, self.table.rowHeight(n) + theme().px(8))
        self.table.scrollToTop()
        self.begin.setFocus()

    def cancel(self) -> None:
        """Stop the import at the next file; before and after it, leave the page."""
        if self._running is not None:
            self._running.cancel()
            self._head.setText(_("Stopping after this file…"))
        else:
            self.left.emit()

    @property
    def is_running(self) -> bool:
        """Whether files are being brought in now."""
        return self._running is not None

    def _show_stage(self, *, before: bool) -> None:
        done = self.model.locked and self._running is None
        self._for_all.setVisible(before)
        self.copy.setVisible(done)
        self.stop.setVisible(not done)
        n = len(self.model.rows)
        wish = _("Import one file") if n == 1 else _("Import {n} files", n=n)
        self.begin.setText(wish if before else _("To the documents"))
        self.begin.setEnabled(self._running is None)
        for column in range(ASKING - 2, ASKING + 1):
            self.table.setColumnHidden(column, before)
        self.table.setColumnHidden(GROUP, not before and not any(row.group for row in self.model.rows))

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QApplication.clipboard().setText(self.model.report())
        self._hint.setText(_("The report is on the clipboard: paste it in a mail or a sheet."))


def bring_in(progress: Any, project: Project, files: Sequence[tuple[Path, str, str | None]], told: Any) -> None:
    """Import files one by one in a worker's thread; `told(n, result)` with None when file `n` begins."""
    for n, (path, kind, group) in enumerate(files):
        progress(n, len(files), path.name)
        told(n, None)
        try:
            told(n, import_file(project, path, kind=kind, group=group))
        except NarratiefError as error:
            told(n, Failed(path.name, error.message))
    progress(len(files), len(files))


def _told(done: int, failed: int) -> str:
    """How an import ended, in one line."""
    came = _("One file imported") if done == 1 else _("{n} files imported", n=done)
    if not failed:
        return came
    return came + ", " + (_("one could not be read") if failed == 1 else _("{n} could not be read", n=failed))
