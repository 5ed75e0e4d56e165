"""Team: who codes, who codes what, how far everybody is, and whether the project is coded blind."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from corpora.store.project import Changed
from workbench.panels.team_coders import CodersTable
from workbench.project import OpenProject
from workbench.theme import theme

SHOWN = {"coder", "coding", "not_mentioned", "done", "assignment", "document", "narratief", "setting", "facet", "code",
         "respondent_group"}


class TeamPage(QWidget):
    """`openDocument(place key, number)` to code a document."""

    openDocument = Signal(str, int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.coders = CodersTable(opened)
        self._stale = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        box.addWidget(self.coders, 1)
        self.setFocusProxy(self.coders)
        opened.changed.connect(self._changed)

    def _changed(self, changed: Changed) -> None:
        if changed.tables() & SHOWN:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        self._stale = False
        self.coders.refresh()
