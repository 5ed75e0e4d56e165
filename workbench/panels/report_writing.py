"""The buttons of the place Rapport: write the report, the factsheets, and read a report back that was typed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from codebook import memberchecks
from corpora.errors import NarratiefError
from corpora.messages import Message, message
from workbench.giving import write_out
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button

WORD, PDF = "Word (*.docx)", "PDF (*.pdf)"


class ReportWriting(QWidget):
    """`leaving()` before anything is written, so that what is being typed goes in."""

    leaving = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.line = QLabel()
        self.report = button(_("Write report…"), self._ask_report, _("Write the report to Word or PDF   Ctrl+Shift+R"),
                             "primary")
        self.sheets = QPushButton(_("Factsheets…"))
        self.back = button(_("Read back…"), self._ask_back,
                           _("Take over what somebody typed in a Word report that was written earlier"))
        self.menu = QMenu(self)
        self._arrange()

    def _arrange(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        self.line.setProperty("role", "quiet")
        self.sheets.setToolTip(_("Write the factsheet of a respondent group to Word or PDF"))
        self.sheets.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)
        box.addWidget(self.line, 1)
        for widget in (self.back, self.sheets, self.report):
            box.addWidget(widget)

    def _fill_menu(self) -> None:
        self.menu.clear()
        with self._opened.project.read() as session:
            groups = [one.label for one in memberchecks.groups(session)]
        for label in groups:
            self.menu.addAction(label, partial(self._ask_sheet, label))
        if len(groups) > 1:
            self.menu.addSeparator()
            self.menu.addAction(_("All groups, to a folder…"), lambda: self._ask_all(groups))
        if not groups:
            self.menu.addAction(_("There are no respondent groups yet")).setEnabled(False)

    # asking where to

    def _ask(self, name: str) -> Path | None:
        chosen, kind = QFileDialog.getSaveFileName(self, _("Write"), self._opened.beside(f"{name}.docx"),
                                                   f"{WORD};;{PDF}", options=QFileDialog.Option.DontConfirmOverwrite)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(".pdf" if kind == PDF else ".docx")

    def _ask_report(self) -> None:
        path = self._ask(_("Report {project}", project=self._opened.project.name))
        if path is not None:
            self.write_report(path)

    def _ask_sheet(self, group: str) -> None:
        path = self._ask(_("Factsheet {group}", group=group))
        if path is not None:
            self.write_sheets([(group, path)])

    def _ask_all(self, groups: list[str]) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder for the factsheets"), self._opened.beside())
        if folder:
            self.write_sheets([(group, Path(folder) / f"{_('Factsheet {group}', group=group)}{ending}")
                               for group in groups for ending in (".docx", ".pdf")])

    def _ask_back(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("A report that was written earlier"), self._opened.beside(),
                                                    WORD)
        if chosen:
            self.read_back(Path(chosen))

    # doing

    def write_report(self, path: Path) -> None:
        """Write the report in the background."""
        self.leaving.emit()
        self._run(_("Writing {file}", file=path.name), write_out, path, "report")

    def write_sheets(self, wanted: list[tuple[str, Path]]) -> None:
        """Write factsheets in the background, one after the other."""
        self.leaving.emit()
        self._run(_("Writing factsheets"), _write_sheets, wanted)

    def read_back(self, path: Path) -> None:
        """Take over what was typed in an earlier report, as a step."""
        from exports import report_return

        self.leaving.emit()
        try:
            found = report_return.read_back(self._opened.project, path, self._opened.coder or "onderzoeker")
        except NarratiefError as error:
            self._opened.failed.emit(error.message)
            return
        if found is None:
            self._opened.failed.emit(message("{file} is no report that Narratief wrote.", file=path.name))
        elif not found.taken:
            self._opened.message.emit(message("Nothing new was typed in {file}.", file=path.name), False)

    def _run(self, title: str, work: Callable[..., Any], *args: Any) -> None:
        for one in (self.report, self.sheets):
            one.setEnabled(False)
        job = jobs().run(work, self._opened.project, *args, title=title, on_result=self._told, on_error=self._failed)
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        for one in (self.report, self.sheets):
            one.setEnabled(True)

    def _told(self, lines: list[Message]) -> None:
        self._opened.message.emit(message("{lines}", lines="  ".join(_(line) for line in lines)), False)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)


def _write_sheets(progress: Any, project: Any, wanted: list[tuple[str, Path]]) -> list[Message]:
    """Write factsheets; runs in a thread."""
    lines: list[Message] = []
    for n, (group, path) in enumerate(wanted):
        progress(n, len(wanted), path.name)
        lines += write_out(progress, project, path, "factsheet", group=group)
    return lines if len(wanted) < 3 else [message("{n} factsheets were written.", n=len(wanted))]
