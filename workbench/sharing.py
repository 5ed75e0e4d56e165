"""Working together on a server, in the window: sharing a project, opening one, and what is told while one works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.jobs import Progress, jobs
from workbench.mainwindow import MainWindow
from workbench.overtaken import Overtaken
from workbench.widgets.overtaken_strip import OvertakenStrip, TwoTexts

if TYPE_CHECKING:
    from workbench.app import Desk
    from workbench.panels.server import ServerPage


class Sharing(QObject):
    """Adds its entries to the File menu, and shows the state of the server and texts that were overtaken."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.page: ServerPage | None = None
        self.strip = OvertakenStrip()
        add = window.menus.add
        add("file", "open_server", _("Open a project on a server…"), self.ask_open, before="sample")
        self._share = add("file", "share", _("Share this project on a server…"), self.ask_share, before="close",
                          enabled=False)
        middle = cast(QWidget, window.centralWidget()).layout()
        assert isinstance(middle, QBoxLayout)
        middle.insertWidget(middle.indexOf(window.progress), self.strip)
        window.projectShown.connect(self._show)
        window.serverRequested.connect(self.open)

    # what is told while one works

    def _show(self, project: Any) -> None:
        self.strip.clear()
        shared = project is not None and project.project.shared
        self._share.setEnabled(project is not None and not shared)
        self._window.title_row.set_line(None)
        if shared:
            self._window.title_row.set_line(project.is_online)
            project.online.connect(self._window.title_row.set_line)
            project.overtaken.connect(self._tell_overtaken)

    def _tell_overtaken(self, found: Overtaken) -> None:
        self.strip.add(TwoTexts(_(found.said), found.mine, found.theirs, found.again))

    # opening

    def ask_open(self, address: str = "", trouble: str = "") -> None:
        """Show the page on which a project on a server is described."""
        page = self._new_page(False, address)
        page.sent.connect(self.open)
        page.say(trouble)

    def open(self, address: str) -> None:
        """Open a project on a server, once it turned out in the background that it can be reached."""
        job = jobs().run(_reach, address, title=_("Looking for the server"), on_result=self._open,
                         on_error=lambda error: self._failed(error, address))
        job.cancelled.connect(self._broken_off)

    def _open(self, address: str) -> None:
        self._leave()
        self._desk.open_project(address)

    # sharing

    def ask_share(self) -> None:
        """Show the page on which is said where the project that is open goes."""
        page = self._new_page(True)
        page.sent.connect(self.share)

    def share(self, address: str) -> None:
        """Copy the project that is open to a server and go on there."""
        project = cast(Any, self._desk.project)
        if project is not None:
            job = jobs().run(_move, project.path, address, title=_("Sharing the project"), on_result=self._shared,
                             on_error=lambda error: self._failed(error, address))
            job.cancelled.connect(self._broken_off)

    def _shared(self, address: str) -> None:
        self._open(address)
        self._window.show_message(message("The project is shared now. The others open it with «Open a project on a "
                                          "server»."))

    # the page

    def _new_page(self, sharing: bool, address: str = "") -> ServerPage:
        from workbench.panels.server import ServerPage

        self._leave()
        self.page = ServerPage(sharing, address)
        self.page.left.connect(self._leave)
        self.page.destroyed.connect(self._forget)
        self._window.show_page(self.page)
        return self.page

    def _leave(self) -> None:
        if self.page is not None:
            self.page = None
            self._window.leave_page()

    def _forget(self) -> None:
        self.page = None

    def _broken_off(self) -> None:
        if self.page is not None:
            self.page.say("")

    def _failed(self, error: BaseException, address: str) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        if self.page is None:
            self.ask_open(address)
        if self.page is not None:
            self.page.say(_(error.message))


def _reach(progress: Progress, address: str) -> str:
    """Whether a project can be opened at an address; returns the address without password."""
    from corpora.store import server
    from corpora.store.project import Project

    progress(0)
    Project.open(address).close()
    return server.bare(address)


def _move(progress: Progress, place: str, address: str) -> str:
    from corpora import moving
    from corpora.store import server

    moving.move(place, address, progress)
    return server.bare(address)
