"""What is known of the kernelementen as a file: a Word document to read, an Excel workbook to count on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from codebook import cmo_answers
from codebook.reading import Reading
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import Counting
from workbench.jobs import jobs
from workbench.project import OpenProject


class GiveButton(QPushButton):
    """Writes a file in the background. `current` is the kernelement in hand."""

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(_("Write to a file…"), parent)
        self._opened, self._counting = opened, counting
        self.current = 0
        self.setProperty("role", "flat")
        self.setToolTip(_("Matrix, configurations with their evidence, form and synthesis as a Word document or an "
                          "Excel workbook"))
        menu = QMenu(self)
        for text, ending, whole in ((_("This kernelement, Word"), ".docx", False),
                                    (_("This kernelement, Excel"), ".xlsx", False),
                                    (_("All kernelementen, Word"), ".docx", True),
                                    (_("All kernelementen, Excel"), ".xlsx", True)):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, e=ending, w=whole: self._ask(e, w))
        self.setMenu(menu)

    def _ask(self, ending: str, whole: bool) -> None:
        name = _("all kernelementen") if whole else self._counting.label(self.current)
        start = self._opened.beside(f"CMO {name.replace('/', '-')}{ending}")
        path, _kind = QFileDialog.getSaveFileName(self, _("Write to a file…"), start, f"*{ending}")
        if path:
            self.write(Path(path if path.endswith(ending) else f"{path}{ending}"), whole)

    def write(self, path: Path, whole: bool = False) -> None:
        """Write this kernelement, or all."""
        name = None if whole else self._counting.label(self.current)
        jobs().run(_write, self._opened.project, path, self._counting.codings, name, title=_("Writing the file"),
                   on_result=self._told, on_error=self._failed)

    def _told(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)


def _write(_progress: Any, project: Project, path: Path, codings: str, kernelement: str | None) -> Path:
    from workbench.cli.projects import project_translator

    reading, translate = Reading(project), project_translator(project)
    found = cmo_answers.ask(reading, codings, kernelement)
    if path.suffix == ".xlsx":
        from exports.excel import write_cmo as write_book

        write_book(reading, found, path, translate)
    else:
        from exports.cmo_paper import write_cmo

        write_cmo(reading, found, path, translate)
    return path
