"""Team: who codes, who codes what, how far everybody is, and whether the project is coded blind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.panels.team_coders import CodersTable
from workbench.panels.team_division import Division
from workbench.project import OpenProject
from workbench.shared.fresh_page import FreshPage
from workbench.theme import theme

SHOWN = {"coder", "coding", "not_mentioned", "done", "assignment", "document", "narratief", "setting", "facet", "code",
         "respondent_group"}


class TeamPage(FreshPage):
    """`openDocument(place key, number)` to code a document, `openPlace(key)` for another place, `copyWanted(name)`
    for a copy of the project for a coder."""

    openDocument = Signal(str, int)
    openPlace = Signal(str)
    copyWanted = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, SHOWN, parent)
        self.opened = opened
        self.coders, self.division = CodersTable(opened), Division(opened)
        box, split = QVBoxLayout(self), QSplitter(Qt.Orientation.Vertical)
        box.setContentsMargins(0, 0, 0, 0)
        split.setHandleWidth(theme().px(12))
        split.setChildrenCollapsible(False)
        for part in (self.coders, self.division):
            split.addWidget(part)
        split.setSizes(px_sizes(False))
        box.addWidget(split)
        self.setFocusProxy(self.coders)
        self.division.planning.connect(lambda on: split.setSizes(px_sizes(on)))
        self.division.openDocument.connect(self.openDocument)
        self.coders.copyWanted.connect(self.copyWanted)
        self.division.openPlace.connect(self.openPlace)

    def read_anew(self) -> None:
        self.coders.refresh()
        self.division.refresh(self.coders.model.rows)


def px_sizes(planning: bool) -> list[int]:
    """How high coders and documents are; a plan needs room to be looked at."""
    return [theme().px(n) for n in ((160, 430) if planning else (250, 340))]
