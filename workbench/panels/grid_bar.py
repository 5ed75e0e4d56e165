"""What stands above a grid: its codes, which facets go where, which combinations are shown, whose codes count."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from codebook.gridding import Place, WorkGrid
from codebook.grids import ANSWERED, EMPTY, OPEN, READ
from workbench.i18n import _
from workbench.itemmodels.grid_cells import ALL, CHANGED, FILLED, status_word
from workbench.shared.choices import Choice, Choices, labelled
from workbench.shared.textline import QuestionLine
from workbench.theme import theme


class GridBar(QWidget):
    """The choices of a grid; `tabs` are placed by the page. A tab's data is a cell with its codes of the other
    facets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = Choices(with_unit=False)
        self.filter = QuestionLine(_("Only narratieven for which… (nothing: all)"))
        self.down, self.across = Choice(_("Facet down")), Choice(_("Facet across"))
        self.view, self.wanted = Choice(_("Table or list")), Choice(_("Which combinations"))
        self.tabs, self.choose = QTabBar(), QPushButton(_("Codes…"))
        self.next, self.export = QPushButton(_("Next open")), QPushButton(_("Excel…"))
        self._facets: list[str] = []
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.view.offer([("pivot", _("table")), ("list", _("list"))])
        self.wanted.offer([(ALL, _("all combinations")), (FILLED, _("with narratieven")), (EMPTY, _("empty")),
                           (OPEN, status_word(OPEN)), (READ, status_word(READ)), (ANSWERED, status_word(ANSWERED)),
                           (CHANGED, _("changed since"))])
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Codes of the other facets"))
        self.choose.setToolTip(_("Choose the facets and codes of the grid"))
        self.next.setToolTip(_("The next combination with narratieven that is open or changed   N"))
        self.export.setToolTip(_("Write all kept grids to an Excel workbook, a sheet per deelvraag, with the "
                                 "narratieven under each combination"))
        for button in (self.choose, self.next, self.export):
            button.setProperty("role", "flat")

    def _arrange(self) -> None:
        px = theme().px
        column, first, second = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        first.setSpacing(px(8))
        second.setSpacing(px(2))  # all four must fit beside the two other columns at 1366 pixels
        first.addWidget(self.choose)
        first.addLayout(labelled(_("Down"), self.down))
        first.addLayout(labelled(_("Across"), self.across))
        first.addStretch(1)
        first.addWidget(self.view)
        second.addWidget(self.wanted)
        second.addWidget(self.next)
        second.addWidget(self.export)
        second.addStretch(1)
        second.addWidget(self.choices)
        for row in (first, second):
            column.addLayout(row)
        column.addWidget(self.filter)

    def offer(self, grid: WorkGrid) -> None:
        """Offer the facets of a grid, and its tabs; what was chosen stays when it can."""
        names = self._facets = [axis.facet for axis in grid.axes]
        first = not self.down.count()
        self.down.offer([(name, name) for name in names])
        self.across.offer([*((name, name) for name in names), ("", _("none"))] if len(names) > 1 else [("", _("none"))])
        if first and "WAT" in names:
            self.down.choose("WAT")
        if first and "HOE" in names:
            self.across.choose("HOE")
        self._set_apart()
        self._offer_tabs(grid)

    def _set_apart(self) -> None:
        """The facets down and across are never the same one."""
        if self.down.value() == self.across.value():
            other = next((n for n in range(self.across.count()) if self.across.itemData(n) != self.down.value()), 0)
            self.across.setCurrentIndex(other)

    def layer(self) -> tuple[int, int]:
        """The facets down and across, −1 for none."""
        down, across = self.down.value(), self.across.value()
        return (self._facets.index(down) if down in self._facets else 0,
                self._facets.index(across) if across in self._facets else -1)

    def _offer_tabs(self, grid: WorkGrid) -> None:
        layer = self.layer()
        others = [n for n in range(len(grid.axes)) if n not in layer]
        shape = tuple(len(grid.axes[n].labels) for n in others)
        found = []
        for place in np.ndindex(shape):
            tab = [0] * len(grid.axes)
            for n, at in zip(others, place, strict=True):
                tab[n] = at
            found.append((" · ".join(grid.axes[n].labels[tab[n]] for n in others), tuple(tab)))
        if found != [(self.tabs.tabText(n), self.tabs.tabData(n)) for n in range(self.tabs.count())]:
            self._fill_tabs(found)
        self.tabs.setVisible(len(found) > 1 and self.view.value() == "pivot")

    def _fill_tabs(self, wanted: list[tuple[str, Place]]) -> None:
        here = self.tabs.tabText(self.tabs.currentIndex())
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for label, tab in wanted:
            self.tabs.setTabData(self.tabs.addTab(label or _("All")), tab)
        self.tabs.setCurrentIndex(next((n for n, w in enumerate(wanted) if w[0] == here), 0))
        self.tabs.blockSignals(False)
