"""The window: title row, rail, places, foot. It shows and connects; what happens is decided by who made it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from corpora.messages import Message
from workbench.i18n import _
from workbench.icons import app_icon
from workbench.jobs import jobs
from workbench.menus import Menus, language_options, theme_options
from workbench.panels.welcome import WelcomePage
from workbench.settings import Settings
from workbench.theme import theme
from workbench.titlerow import TitleRow
from workbench.widgets.command_palette import CommandPalette
from workbench.widgets.message_bar import MessageBar
from workbench.widgets.progress_strip import ProgressStack
from workbench.widgets.rail import Rail

WELCOME = "welcome"
ROOM_FOR_NAMES = 1000  # pixels at 100 %: a narrower window shows the rail without names


class ProjectHandle(Protocol):
    """What the window needs of an open project (`workbench.project.OpenProject`)."""

    changed: Any
    message: Any
    failed: Any
    coderRenamed: Any

    @property
    def title(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def undo_label(self) -> Message | None: ...
    @property
    def redo_label(self) -> Message | None: ...
    def undo(self) -> object: ...
    def redo(self) -> object: ...
    def close(self) -> object: ...


@dataclass
class _Place:
    title: str
    factory: Callable[[], QWidget]
    widget: QWidget | None = None


class MainWindow(QMainWindow):
    """The frame. Places are registered by `register_place` and made when they are first opened. Wishes it
    cannot fulfil by itself go out as signals: `newRequested(path or nothing)`, `openRequested(path)`,
    `sampleRequested()`, `filesDropped(paths)`, `copiesDropped(paths)`, `helpRequested(place key)`,
    `coderRequested()`, `serverRequested(address)`, `languageChosen(language or None)`, `closeProjectRequested()`;
    `placeOpened(key)` after a place came into sight, `projectShown(project or None)` after another project did."""

    newRequested = Signal(str)
    openRequested = Signal(str)
    sampleRequested = Signal()
    filesDropped = Signal(list)
    helpRequested = Signal(str)
    coderRequested = Signal()
    copiesDropped = Signal(list)
    languageChosen = Signal(object)
    closeProjectRequested = Signal()
    serverRequested = Signal(str)
    projectShown = Signal(object)
    placeOpened = Signal(str)

    def __init__(self, settings: Settings, project: ProjectHandle | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.project: ProjectHandle | None = None
        self._places: dict[str, _Place] = {}
        self._here = WELCOME
        self._page: QWidget | None = None
        self.menus = Menus(self)
        self.title_row = TitleRow(self.menus.menus["file"])
        self.rail, self.foot, self.progress = Rail(), MessageBar(), ProgressStack()
        self.welcome = WelcomePage()
        self._stack = QStackedWidget()
        self._rail_holder = _scrolling(self.rail)
        self._build()
        self._build_menus()
        self.palette_panel = CommandPalette(self)
        self.palette_panel.add_provider(self.menus.palette_items)
        self._connect()
        self.set_project(project)

    # building

    def _build(self) -> None:
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(880, 560))
        frame = QWidget()
        frame.setObjectName("place")
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail_holder)
        middle.addWidget(self._stack, 1)
        outer.addWidget(self.title_row)
        outer.addWidget(_line())
        outer.addLayout(middle, 1)
        outer.addWidget(_line())
        outer.addWidget(self.progress)
        outer.addWidget(self.foot)
        self.setCentralWidget(frame)
        self._stack.addWidget(self.welcome)
        self._restore_geometry()

    def _build_menus(self) -> None:
        add = self.menus.add
        add("file", "new", _("&New project…"), self._ask_new, "Ctrl+N")
        add("file", "open", _("&Open project…"), self._ask_open, "Ctrl+O")
        add("file", "sample", _("Open the &sample study"), self.sampleRequested.emit)
        self.menus.add_line("file")
        add("file", "close", _("&Close project"), self.closeProjectRequested.emit, "Ctrl+W", enabled=False)
        add("file", "quit", _("&Quit"), self.close, "Ctrl+Q")
        add("edit", "undo", _("&Undo"), self.undo, "Ctrl+Z", enabled=False)
        add("edit", "redo", _("&Redo"), self.redo, "Ctrl+Shift+Z", enabled=False)
        self.menus.add_line("edit")
        add("edit", "find", _("&Search or do…"), lambda: self.palette_panel.open(), "Ctrl+K")
        add("view", "larger", _("&Larger"), lambda: self._zoom(1), "Ctrl++")
        add("view", "smaller", _("&Smaller"), lambda: self._zoom(-1), "Ctrl+-")
        add("view", "normal", _("&Normal size"), lambda: self._zoom(0), "Ctrl+0")
        self.menus.add_choice("view", _("L&ook"), theme_options(), self.settings.theme, self._set_theme)
        language = self.settings.language
        self.menus.add_choice("view", _("Lan&guage"), language_options(), language, self.languageChosen.emit)
        add("view", "full", _("&Full screen"), self._toggle_full_screen, "F11")
        add("help", "help", _("&Help with this place"), lambda: self.helpRequested.emit(self._here), "F1")
        add("help", "keys", _("&Keys"), lambda: self.helpRequested.emit("keys"), "Shift+F1")
        add("help", "about", _("&About Narratief"), lambda: self.helpRequested.emit("about"))

    def _connect(self) -> None:
        self.title_row.searchRequested.connect(self.palette_panel.open)
        self.title_row.coderRequested.connect(self.coderRequested)
        self.title_row.themeRequested.connect(lambda: self._set_theme("light" if theme().is_dark else "dark"))
        self.rail.placeChosen.connect(self.open_place)
        self.foot.undoRequested.connect(self.undo)
        self.welcome.newRequested.connect(self._ask_new)
        self.welcome.openRequested.connect(self._ask_open)
        self.welcome.sampleRequested.connect(self.sampleRequested)
        self.welcome.recentChosen.connect(self.openRequested)
        self.welcome.recentForgotten.connect(self._forget)
        jobs().started.connect(self.progress.add)
        theme().changed.connect(self._fit_rail)

    # places

    def register_place(self, key: str, title: str, icon_name: str, factory: Callable[[], QWidget]) -> None:
        """Add a place to the rail (and to *Go to* with Ctrl+1…9); `factory` is called when it is first opened
        and whenever another project is opened."""
        self._places[key] = _Place(title, factory)
        self.rail.add_place(key, title, icon_name)
        nr = len(self._places)
        shortcut = f"Ctrl+{nr}" if nr <= 9 else ""
        action = self.menus.add("go", f"go_{key}", title, lambda: self.open_place(key), shortcut)
        action.setEnabled(self.project is not None)
        self._rail_holder.setVisible(self.project is not None)
        self._fit_rail()

    def open_place(self, key: str) -> QWidget | None:
        """Bring a place into sight, making it if need be; returns its widget, None for an unknown key."""
        place = self._places.get(key)
        if place is None:
            return None
        if place.widget is None:
            place.widget = place.factory()
            self._stack.addWidget(place.widget)
        self._here = key
        self._stack.setCurrentWidget(place.widget)
        self.rail.set_current(key)
        place.widget.setFocus()
        self.placeOpened.emit(key)
        return place.widget

    def show_page(self, page: QWidget) -> None:
        """Show a page that is no place, such as the description of a new project, until `leave_page`."""
        self.leave_page()
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def page(self) -> QWidget | None:
        """The page in sight that is no place, if any."""
        return self._page

    def leave_page(self) -> None:
        """Throw the page away and go back to where one was."""
        page, self._page = self._page, None
        if page is None:
            return
        self._stack.removeWidget(page)
        page.deleteLater()
        if self._here == WELCOME:
            self._stack.setCurrentWidget(self.welcome)
        else:
            self.open_place(self._here)

    def here(self) -> str:
        """The key of the place in sight, `"welcome"` for the first page."""
        return self._here

    def place_widget(self, key: str) -> QWidget | None:
        """The widget of a place that has been opened, else None."""
        place = self._places.get(key)
        return place.widget if place is not None else None

    def add_provider(self, provider: Callable[[str], Any]) -> None:
        """Let Ctrl+K find more: documents, codes, questions. `provider(typed)` yields `PaletteItem`s."""
        self.palette_panel.add_provider(provider)

    # the project

    def set_project(self, project: ProjectHandle | None) -> None:
        """Show a project, or the first page when there is none. Places of the earlier project are thrown away."""
        self._drop_places()
        self.project = project
        if project is not None:
            project.changed.connect(self._project_changed)
            project.message.connect(self._project_message)
            project.failed.connect(self._project_failed)
        self._show_project()
        self.projectShown.emit(project)

    def _show_project(self) -> None:
        project = self.project
        self.setWindowTitle(f"{project.title} – Narratief" if project is not None else "Narratief")
        self.title_row.set_project(project.title if project is not None else "")
        self.title_row.set_coder(self.settings.coder if project is not None else None)
        self._rail_holder.setVisible(project is not None and bool(self._places))
        self.menus.actions["close"].setEnabled(project is not None)
        for key in self._places:
            self.menus.actions[f"go_{key}"].setEnabled(project is not None)
        self.update_undo()
        self.foot.clear()
        if project is not None and self._places:
            self.open_place(next(iter(self._places)))
            if not self.settings.coder:
                self.coderRequested.emit()
        else:
            self._here = WELCOME
            self.welcome.set_recent(self.settings.recent)
            self._stack.setCurrentWidget(self.welcome)
            self.welcome.setFocus()

    def _drop_places(self) -> None:
        for place in self._places.values():
            if place.widget is not None:
                self._stack.removeWidget(place.widget)
                place.widget.deleteLater()
                place.widget = None

    def undo(self) -> None:
        """Take the last step back."""
        if self.project is not None:
            self.project.undo()

    def redo(self) -> None:
        """Do the step again that was taken back."""
        if self.project is not None:
            self.project.redo()

    def update_undo(self) -> None:
        """Name what undo and redo would do, in the menu."""
        back = self.project.undo_label if self.project is not None else None
        again = self.project.redo_label if self.project is not None else None
        undo, redo = self.menus.actions["undo"], self.menus.actions["redo"]
        undo.setText(_("&Undo: {step}", step=back) if back is not None else _("&Undo"))
        redo.setText(_("&Redo: {step}", step=again) if again is not None else _("&Redo"))
        undo.setEnabled(back is not None)
        redo.setEnabled(again is not None)

    def _project_changed(self, _change: object) -> None:
        self.update_undo()
        self.title_row.set_project(self.project.title if self.project is not None else "")

    def _project_message(self, text: object, undoable: bool) -> None:
        self.show_message(text, undoable)

    def _project_failed(self, text: object) -> None:
        self.update_undo()
        self.show_message(text, error=True)

    def show_message(self, text: Any, undoable: bool = False, error: bool = False) -> None:
        """Say something at the foot; a `Message` is translated."""
        self.foot.show_message(_(text), undoable, error)

    # wishes

    def _ask_new(self) -> None:
        self.newRequested.emit("")

    def _ask_open(self) -> None:
        kinds = _("Projects") + " (*.narratief)"
        if path := QFileDialog.getOpenFileName(self, _("Open project"), self.settings.folder(), kinds)[0]:
            self.openRequested.emit(path)

    def _forget(self, path: str) -> None:
        self.settings.forget_project(path)
        self.settings.save()
        self.welcome.set_recent(self.settings.recent)

    def _zoom(self, direction: int) -> None:
        if direction:
            theme().step_zoom(direction)
        else:
            theme().set_zoom(100)
        self.settings.zoom = theme().zoom
        self.settings.save()

    def _set_theme(self, mode: str | None) -> None:
        theme().set_mode(mode)
        self.settings.theme = mode
        self.settings.save()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        px = theme().px
        self.rail.set_compact(self.width() < px(ROOM_FOR_NAMES))
        low = self.height() < px(44) * (len(self._places) + 4)
        self._rail_holder.setFixedWidth(self.rail.minimumWidth() + (px(12) if low else 0))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.endswith(".narratief")]
        event.acceptProposedAction()
        if projects and self.project is not None:
            self.copiesDropped.emit(projects)
        elif projects:
            self.openRequested.emit(projects[0])
        elif paths:
            self.filesDropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self.settings.save()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        self.resize(1280, 720)
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.geometry.encode("ascii", "ignore")))


def _scrolling(rail: Rail) -> QScrollArea:
    """The rail in a frame that scrolls, for a low screen at a large zoom."""
    holder = QScrollArea()
    holder.setWidget(rail)
    holder.setWidgetResizable(True)
    holder.setFrameShape(QFrame.Shape.NoFrame)
    holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
    holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return holder


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
