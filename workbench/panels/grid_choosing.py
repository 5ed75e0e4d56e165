"""The codes of a grid: which facets, which of their codes, and whether sub-codes count with the code above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from codebook.asking import ordered_codes
from codebook.grids import Axis
from codebook.reading import Reading
from workbench.i18n import _
from workbench.theme import theme

NUMBER = Qt.ItemDataRole.UserRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class CodeChoice(QFrame):
    """`chosen()` when *Show* is pressed; `axes()` then says what. A facet without ticked codes takes part with all."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.tree, self.show_button, self.leave = QTreeWidget(), QPushButton(_("Show")), QPushButton(_("Cancel"))
        self.tree.setHeaderLabels([_("Codes"), _("with sub-codes")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(_("Facets and codes of the grid"))
        self.tree.setMinimumHeight(theme().px(300))
        told = QLabel(_("Tick the facets of the grid, and the codes you want of each. A facet without ticked codes "
                        "takes part with all its codes."))
        told.setWordWrap(True)
        told.setProperty("role", "quiet")
        self.show_button.setProperty("role", "primary")
        self.leave.setProperty("role", "flat")
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(*[theme().px(8)] * 4)
        row.addStretch(1)
        for button in (self.leave, self.show_button):
            row.addWidget(button)
        outer.addWidget(told)
        outer.addWidget(self.tree, 1)
        outer.addLayout(row)
        self.show_button.clicked.connect(self._finish)
        self.leave.clicked.connect(self.hide)
        self.tree.itemChanged.connect(self._ticked)
        self.hide()

    def begin(self, reading: Reading, wanted: Sequence[Axis]) -> None:
        """Come into sight with the codes that are chosen now."""
        chosen = {axis.facet_id: axis for axis in wanted}
        parents = {code.parent_id for code in reading.catalogue.codes}
        self.tree.blockSignals(True)
        self.tree.clear()
        for facet in reading.catalogue.facets:
            axis = chosen.get(facet.id)
            top = QTreeWidgetItem([facet.label, ""])
            top.setData(0, NUMBER, facet.id)
            top.setCheckState(0, ON if axis is not None else OFF)
            self.tree.addTopLevelItem(top)
            for code in ordered_codes(reading):
                if code.facet_id == facet.id:
                    top.addChild(_code_item(code.id, code.label, axis, code.id in parents))
            top.setExpanded(axis is not None and axis.codes is not None)
        self.tree.blockSignals(False)
        self.show()
        self.tree.setFocus()

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        """A ticked code brings its facet along, and *with sub-codes* its code."""
        top = item.parent()
        self.tree.blockSignals(True)
        if column == 1 and item.checkState(1) == ON:
            item.setCheckState(0, ON)
        if top is not None and item.checkState(0) == ON:
            top.setCheckState(0, ON)
        self.tree.blockSignals(False)

    def axes(self) -> list[Axis]:
        """The facets and codes ticked."""
        found = []
        for n in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(n)
            if top is not None and top.checkState(0) == ON and top.childCount():
                own = [item for k in range(top.childCount()) if (item := top.child(k)) is not None]
                codes = tuple((item.data(0, NUMBER), item.data(1, NUMBER) is True and item.checkState(1) == ON)
                              for item in own if item.checkState(0) == ON)
                found.append(Axis(top.data(0, NUMBER), codes or None))
        return found

    def _finish(self) -> None:
        if self.axes():
            self.hide()
            self.chosen.emit()


def _code_item(number: int, label: str, axis: Axis | None, has_below: bool) -> QTreeWidgetItem:
    item = QTreeWidgetItem([label, ""])
    codes = dict(axis.codes or ()) if axis is not None else {}
    item.setData(0, NUMBER, number)
    item.setCheckState(0, ON if number in codes else OFF)
    if has_below:
        item.setData(1, NUMBER, True)
        item.setCheckState(1, ON if codes.get(number) else OFF)
    return item
