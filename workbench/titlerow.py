"""The row on top of the window: program, project, search, coder, light or dark."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from workbench.i18n import _
from workbench.icons import icon, pixmap
from workbench.theme import theme


class TitleRow(QFrame):
    """`searchRequested`, `coderRequested` (the coder's button was pressed), `themeRequested` (light ↔ dark)."""

    searchRequested = Signal()
    coderRequested = Signal()
    themeRequested = Signal()

    def __init__(self, project_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel()
        self._project, self._search, self._coder = QPushButton(), QPushButton(), QPushButton()
        self._theme, self.line = QToolButton(), QLabel()
        self._project.setMenu(project_menu)
        self._build()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(4), px(12), px(6))
        row.setSpacing(px(8))
        self._search.setText(_("Search or do…   Ctrl+K"))
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search.setMaximumWidth(px(460))
        self._search.setStyleSheet(f"text-align: left; color: {theme().tokens.quiet}; font-weight: 400;")
        self._theme.setToolTip(_("Light or dark"))
        self._theme.setAccessibleName(_("Light or dark"))
        for flat in (self._project, self._coder, self._theme):
            flat.setProperty("role", "flat")
        self._search.clicked.connect(self.searchRequested)
        self._coder.clicked.connect(self.coderRequested)
        self._theme.clicked.connect(self.themeRequested)
        row.addWidget(self._mark)
        row.addWidget(self._project)
        row.addWidget(self.line)
        row.addStretch(1)
        row.addWidget(self._search, 3)
        row.addStretch(1)
        row.addWidget(self._coder)
        row.addWidget(self._theme)
        self.set_project("")
        self.set_line(None)
        self.set_coder(None)

    def set_project(self, title: str) -> None:
        """Show which project is open."""
        self._project.setText((title or _("No project")) + "  ▾")
        self._project.setAccessibleName(_("Project: {title}", title=title or _("No project")))

    def set_line(self, is_online: bool | None) -> None:
        """Show whether the server of the project answers; None for a project in a file."""
        self.line.setVisible(is_online is not None)
        self.line.setText(_("On the server") if is_online else _("! No connection to the server"))
        self.line.setProperty("role", "quiet" if is_online else "danger")
        self.line.style().polish(self.line)
        self.line.setToolTip(_("Several people work in this project; you see what the others do.") if is_online else
                             _("Narratief tries to get the connection back by itself. Nothing can be kept meanwhile."))

    def set_coder(self, name: str | None) -> None:
        """Show who codes; None hides the button, an empty name asks."""
        self._coder.setText(name or _("Who are you?"))
        self._coder.setProperty("role", "primary" if name == "" else "flat")
        self._coder.style().polish(self._coder)
        self._draw_icons()
        self._coder.setVisible(name is not None)
        self._coder.setAccessibleName(_("Coder: {name}", name=name or "–"))

    def _restyle(self) -> None:
        side = theme().px(18)
        self._mark.setPixmap(pixmap("narratief", theme().px(26), ""))
        self._search.setStyleSheet(f"text-align: left; color: {theme().tokens.quiet}; font-weight: 400;")
        for button in (self._search, self._coder, self._theme):
            button.setIconSize(QSize(side, side))
        self._draw_icons()

    def _draw_icons(self) -> None:
        asks = self._coder.property("role") == "primary"
        self._search.setIcon(icon("search"))
        self._coder.setIcon(icon("person", theme().tokens.on_accent if asks else None))
        self._theme.setIcon(icon("theme"))
