"""What the window wishes and no place can do alone: begin a project, open the sample study, bring files in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.mainwindow import MainWindow

if TYPE_CHECKING:
    from workbench.app import Desk
    from workbench.panels.beginning import NewProject


class Wishes(QObject):
    """Answers the wishes of one window; it lives as long as the window does. `copyWanted(name)`: a copy of the project
    for a coder."""

    copyWanted = Signal(str)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def begin_project(self, path: str = "") -> None:
        """Show the page on which a new project is described."""
        from workbench.panels.beginning import NewProjectPage

        page = NewProjectPage(path, self._desk.settings.coder)
        page.made.connect(self._make_project)
        page.left.connect(self._window.leave_page)
        self._window.show_page(page)

    def _make_project(self, wanted: NewProject) -> None:
        from codebook import founding

        try:
            founding.found(wanted.path, codebook=wanted.codebook, author=wanted.coder, title=wanted.title).close()
        except NarratiefError as error:
            self._window.show_message(error.message, error=True)
            return
        self._remember(wanted.coder, self._desk.settings.role or "onderzoeker")
        self._window.leave_page()
        if self._desk.open_project(wanted.path):
            self._join_in(wanted.coder, self._desk.settings.role)

    def open_sample(self) -> None:
        """Open the sample study, made first if it is not there yet."""
        from workbench import demo

        place = demo.default_place()
        if place.exists():
            self._desk.open_project(str(place))
            return
        jobs().run(_make_sample, str(place), title=_("Making the sample study"),
                   on_result=self._desk.open_project, on_error=self._tell)

    def ask_who(self) -> None:
        """Show the page on which somebody says who they are."""
        from codebook import team
        from workbench.panels.who import WhoPage

        project = self._desk.project
        if project is None:
            return
        name = self._desk.settings.coder or self._made_for()
        page = WhoPage(team.roles(cast(Any, project).project), name, self._desk.settings.role)
        page.chosen.connect(self._work_as)
        page.left.connect(self._window.leave_page)
        self._window.show_page(page)

    def _made_for(self) -> str:
        """The coder for whom the open project is a copy; empty when it is none."""
        from codebook import packages

        with cast(Any, self._desk.project).project.read() as session:
            return packages.made_for(session)

    def greet(self) -> None:
        """Ask for a name when a project is opened without one, or under another than the copy was made for."""
        if self._desk.project is None:
            return
        coder, wanted = self._desk.settings.coder, self._made_for()
        if not coder:
            self._window.show_message(_("Say who you are, at the top right: then your codings carry your name."))
        elif wanted and wanted.casefold() != coder.casefold():
            self._window.show_message(_("This copy was made for {wanted}, and you work as {coder}. Are you {wanted}? "
                                        "Say so at the top right.", wanted=wanted, coder=coder))

    def _work_as(self, name: str, role: str) -> None:
        self._remember(name, role)
        here = self._window.here()
        self._window.leave_page()
        if self._desk.project is not None and self._desk.open_project(self._desk.project.path):
            self._join_in(name, role)
            self._window.open_place(here)

    def _remember(self, name: str, role: str) -> None:
        self._desk.settings.coder, self._desk.settings.role = name, role
        self._desk.settings.save()

    def _join_in(self, name: str, role: str) -> None:
        """Be a coder of the open project, with this role when new there."""
        from codebook import team

        project = cast(Any, self._desk.project)
        if project is not None and name.casefold() not in (known.casefold() for known in team.roles(project.project)):
            project.do(message("Add coder {name}", name=name), team.be, name, role)

    def bring_in(self, paths: list[str]) -> None:
        """Hand dropped files to Materiaal; without a project one is begun first."""
        if self._desk.project is None:
            self._window.show_message(_("Open or begin a project first, then drop the transcripts again."), error=True)
            self.begin_project()
            return
        material: Any = self._window.open_place("material")
        if material is not None:
            material.import_paths([Path(path) for path in paths])

    def read(self, ids: Sequence[int], title: str) -> None:
        """Show narratieven as a reading list."""
        from workbench.panels.reader import ReaderPage

        page = ReaderPage(cast(Any, self._desk.project), ids, title)
        page.left.connect(self._window.leave_page)
        page.openNarratief.connect(self.show_narratief)
        page.historyWanted.connect(self.show_history)
        page.findingWanted.connect(self.show_finding)
        self._window.show_page(page)

    def show_finding(self, kind: str, number: int) -> None:
        """Show what a narratief stands behind, in its own place."""
        self._window.leave_page()
        place = "cmo" if kind in ("configuration", "synthesis") else "patterns"
        panel: Any = self._window.open_place(place)
        if panel is not None:
            panel.show_finding(kind, number)

    def show_narratief(self, number: int) -> None:
        """Take a narratief in hand where it is coded."""
        self._window.leave_page()
        coding: Any = self._window.open_place("coding")
        if coding is not None:
            coding.show_narratief(number)

    def show_document(self, key: str, number: int) -> None:
        """Open a document in a place of the window."""
        self._window.leave_page()
        panel: Any = self._window.open_place(key)
        if panel is not None and hasattr(panel, "show_document"):
            panel.show_document(number)

    def show_code(self, code: int) -> None:
        """Show a code in the codebook."""
        self._window.leave_page()
        coding: Any = self._window.open_place("coding")
        if coding is not None:
            coding.show_codebook(code)

    def show_history(self, narratief: int, code: object = None) -> None:
        """Show what happened to a coding, or to all codes of a narratief."""
        self._window.leave_page()
        together: Any = self._window.open_place("agreement")
        if together is not None:
            together.show_tab("trail").show_history(narratief, code)

    def show_help(self, place: str) -> None:
        """Open the guide at the page for a place of the window."""
        from workbench.panels.help import HelpPage

        page = HelpPage(place)
        page.left.connect(self._window.leave_page)
        self._window.show_page(page)

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._window.show_message(error.message, error=True)


def _make_sample(_progress: object, place: str) -> str:
    from workbench import demo

    demo.make(place)
    return place
