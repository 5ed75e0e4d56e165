"""Copies in the File menu: one made for a coder, and those that come back merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.mainwindow import MainWindow

if TYPE_CHECKING:
    from workbench.app import Desk

SUFFIX = ".narratief"


class Copying(QObject):
    """Adds the actions to a window and carries them out; it lives as long as the window does."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        window.menus.add_line("file")
        window.menus.add("file", "package", _("Make a &copy for a coder…"), self.ask_package)
        window.menus.add("file", "merge", _("&Merge copies…"), self.merge, "Ctrl+Shift+M")
        window.copiesDropped.connect(self.merge)

    def merge(self, paths: Sequence[str] = ()) -> None:
        """Show what merging copies would do."""
        from workbench.panels.copies_merge import MergePage

        project = self._project()
        if project is None:
            return
        shown = self._window.page()
        if isinstance(shown, MergePage):
            shown.add(paths)
            return
        page = MergePage(project, paths)
        page.left.connect(self._window.leave_page)
        self._window.show_page(page)

    def ask_package(self, name: str = "") -> None:
        """Show the page that describes a copy for a coder."""
        from codebook import team
        from workbench.panels.copies_package import PackagePage

        project = self._project()
        if project is None:
            return
        page = PackagePage(sorted(team.roles(project.project)), name)
        page.left.connect(self._window.leave_page)
        page.wanted.connect(self._ask_place)
        self._window.show_page(page)

    def _ask_place(self, name: str, blind: bool) -> None:
        project = self._project()
        path, _kind = QFileDialog.getSaveFileName(self._window, _("A copy for a coder"), project.beside(
            f"{project.project.name} - {name}{SUFFIX}"), f"*{SUFFIX}")
        if path:
            self.package(Path(path if path.endswith(SUFFIX) else f"{path}{SUFFIX}"), name, blind)

    def package(self, path: Path, name: str, blind: bool) -> None:
        """Make a copy in the background and say at the foot what is in it."""
        self._window.leave_page()
        jobs().run(_pack, self._project().project, path, name, blind, title=_("Making {file}", file=path.name),
                   on_result=lambda packed: self._window.show_message(
                       _("{file} is ready for {coder}: {documents} documents, {codings} codings.", file=packed.file,
                         coder=packed.coder, documents=packed.documents, codings=packed.codings)),
                   on_error=self._tell)

    def _project(self) -> Any:
        project = cast(Any, self._desk.project)
        if project is None:
            self._window.show_message(_("Open a project first."), error=True)
        return project

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._window.show_message(error.message, error=True)


def _pack(progress: Any, project: Any, path: Path, name: str, blind: bool) -> Any:
    from codebook.packages import package

    progress(0)
    return package(project, path, name, blind=blind)
