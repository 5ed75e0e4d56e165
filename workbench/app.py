"""The desktop application: one process, one window, one project at a time."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from corpora.errors import NarratiefError
from workbench.filetypes import make_known
from workbench.i18n import _, install_qt_texts, set_language
from workbench.icons import app_icon
from workbench.jobs import jobs
from workbench.mainwindow import MainWindow, ProjectHandle
from workbench.settings import Settings, load_settings, settings_folder
from workbench.theme import theme
from workbench.tidying import Tidying

Opener = Callable[[str], ProjectHandle]
Furnish = Callable[["Desk", MainWindow], None]


class Desk(QObject):
    """Owns settings, window and open project. `opener` opens a project by path or address (by default as an
    `OpenProject`, with the coder of the settings); `furnish(desk, window)` registers the places and connects
    the window's wishes, every time a window is made (a change of language makes a new one)."""

    def __init__(self, settings: Settings, opener: Opener | None = None, furnish: Furnish | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.project: ProjectHandle | None = None
        self._opener, self._furnish = opener or self._open, furnish
        self.window = self._make_window()

    def open_project(self, path: str) -> bool:
        """Open a project in the place of the present one; False, with a message at the foot, when it cannot be."""
        try:
            project = self._opener(path)
        except NarratiefError as error:
            self.window.show_message(error.message, error=True)
            return False
        self.close_project()
        self.project = project
        project.coderRenamed.connect(self._coder_renamed)
        self.settings.remember_project(project.path if "://" in path else path)  # never with a password
        self.settings.save()
        try:
            self.window.set_project(project)
        except NarratiefError as error:  # it opened, but what stands in it cannot be read
            self.close_project()
            self.window.show_message(error.message, error=True)
            return False
        return True

    def ask_open(self, path: str) -> None:
        """Open a project; one on a server when it turned out that it can be reached, so that nobody waits for it."""
        if "://" in path and self._furnish is not None:
            self.window.serverRequested.emit(path)
        else:
            self.open_project(path)

    def _open(self, path: str) -> ProjectHandle:
        from workbench.project import OpenProject  # the database layer, not needed for the first page

        return OpenProject.open(path, self.settings.coder)

    def _coder_renamed(self, name: str) -> None:
        self.settings.coder = name
        self.settings.save()
        self.window.title_row.set_coder(name)

    def close_project(self) -> None:
        """Close the project, if any, and show the first page."""
        project, self.project = self.project, None
        if project is not None:
            self.window.set_project(None)
            jobs().cancel_all()
            project.close()

    def choose_language(self, language: str | None) -> None:
        """Speak another language: the window is built anew, the project stays open."""
        self.settings.language = language
        self.settings.save()
        set_language(language)
        app = QApplication.instance()
        if app is not None:
            install_qt_texts(app)
        self.rebuild()

    def rebuild(self) -> None:
        """Make the window anew at the same place on the screen, with the same place open."""
        old, here = self.window, self.window.here()
        self.settings.geometry = bytes(old.saveGeometry().toBase64().data()).decode("ascii")
        self.window = self._make_window()
        self.window.open_place(here)
        self.window.show()
        old.hide()
        old.set_project(None)
        old.deleteLater()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.settings)
        window.openRequested.connect(self.ask_open)
        window.languageChosen.connect(self.choose_language, Qt.ConnectionType.QueuedConnection)
        window.closeProjectRequested.connect(self.close_project)
        if self._furnish is not None:
            self._furnish(self, window)
        window.set_project(self.project)
        return window

    def report_crash(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Whatever nobody caught: into a log file, with one plain sentence at the foot."""
        if isinstance(error, NarratiefError):
            self.window.show_message(error.message, error=True)
            return
        log = settings_folder() / "errors.log"
        lines = "".join(traceback.format_exception(kind, error, trace))
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as target:
                target.write(f"{datetime.now().isoformat(timespec='seconds')}\n{lines}\n")
        except OSError:
            sys.stderr.write(lines)
        text = _("Something went wrong in the program itself. Your work is safe. Details are in {file}.", file=log)
        self.window.show_message(text, error=True)


def make_application() -> QApplication:
    """The Qt application with name, icon, language and look from the settings; the present one if there is one."""
    make_known()
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Narratief")
    app.setApplicationDisplayName("Narratief")
    QGuiApplication.setDesktopFileName("narratief")
    return app


def start(opener: Opener | None = None, furnish: Furnish | None = None) -> Desk:
    """Settings, language, look and window; the window is not yet shown."""
    app = make_application()
    settings = load_settings()
    set_language(settings.language)
    install_qt_texts(app)
    theme().start(settings.theme, settings.zoom)
    app.setWindowIcon(app_icon())
    return Desk(settings, opener, furnish)


def run(project_path: str | None, opener: Opener | None = None, furnish: Furnish | None = None) -> int:
    """Open the window, with a project if one is named, and stay until it is closed; returns the exit code."""
    desk = start(opener, furnish)
    sys.excepthook = desk.report_crash
    tidying = Tidying(desk)
    desk.window.show()
    if project_path:
        try:
            desk.ask_open(project_path)
        except Exception as error:  # else the window would be gone before anybody could read what happened
            desk.report_crash(type(error), error, error.__traceback__)
    code = QApplication.exec()
    desk.close_project()
    jobs().shut_down()
    tidying.stop()
    return code
