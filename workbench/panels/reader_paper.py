"""A reading list on paper: printed, or as PDF, Word or a page, made in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QObject, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from codebook.reading import Reading
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject

KINDS = {".docx": "Word (*.docx)", ".pdf": "PDF (*.pdf)", ".html": "HTML (*.html)"}
MARGIN = 3
"""Millimetres around the page; Qt's documents keep two centimetres of their own inside it."""


class Paper(QObject):
    """Puts a reading list on paper. `what()` says which narratieven, the title, and whose codes."""

    def __init__(self, opened: OpenProject, what: Callable[[], tuple[Sequence[int], str, str]], over: QWidget) -> None:
        super().__init__(over)
        self._opened, self._what, self._over = opened, what, over

    def ask_file(self, ending: str) -> None:
        """Ask for a name, and write."""
        where = self._opened.beside(f"{self._name()}{ending}")
        path, _kind = QFileDialog.getSaveFileName(self._over, _("Write the reading list"), where, KINDS[ending])
        if path:
            self.write(Path(path if path.lower().endswith(ending) else f"{path}{ending}"))

    def _name(self) -> str:
        """The title as a file may be called."""
        name = "".join(c if c.isalnum() or c in " -_" else " " for c in self._what()[1])
        return " ".join(name.split())[:60] or _("Reading list")

    def write(self, path: Path) -> None:
        """Write to `.docx`, `.pdf` or `.html`."""
        jobs().run(_write, self._opened.project, *self._what(), path, title=_("Writing {file}", file=path.name),
                   on_result=self._written, on_error=self._failed)

    def ask_printer(self) -> None:
        """Let a printer be chosen, and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name())
        printer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
        if QPrintDialog(printer, self._over).exec() == QDialog.DialogCode.Accepted:
            jobs().run(_page, self._opened.project, *self._what(), title=_("Printing the reading list"),
                       on_result=lambda page: _document(page).print_(printer), on_error=self._failed)

    def _written(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)


def _list(project: Project, ids: Sequence[int], title: str, codings: str) -> Any:
    # A reading of its own, as that of the window may change meanwhile.
    from exports.reader import reading_list
    from workbench.cli.projects import project_translator

    return reading_list(Reading(project, project.author), ids, title, codings=codings), project_translator(project)


def _page(_progress: object, project: Project, ids: Sequence[int], title: str, codings: str) -> str:
    from exports.reader import page

    return page(*_list(project, ids, title, codings))


def _write(_progress: object, project: Project, ids: Sequence[int], title: str, codings: str, path: Path) -> Path:
    from exports.files import written
    from exports.reader import page, write_reading_list

    found, translator = _list(project, ids, title, codings)
    if path.suffix.lower() != ".pdf":
        write_reading_list(found, path, translator)
        return path
    with written(path) as draft:
        _write_pdf(page(found, translator), title, draft)
    return path


def _write_pdf(page: str, title: str, path: Path) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Narratief")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    _document(page).print_(writer)


def _document(page: str) -> QTextDocument:
    """The page, set without a size of its own: printing then cuts it into numbered pages."""
    document = QTextDocument()
    document.setPageSize(QSizeF())
    document.setHtml(page)
    return document
