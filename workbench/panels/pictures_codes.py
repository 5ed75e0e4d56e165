"""Choose the codes of a picture: a button that opens the codebook with a tick for each code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget, QWidgetAction

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.facet_values import PickerFacet

CODE_ROLE = Qt.ItemDataRole.UserRole


class CodesChoice(QPushButton):
    """`changed()` after ticks were set or taken; all codes are ticked at first, new ones too."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out: frozenset[int] = frozenset()
        self._facets: Sequence[PickerFacet] = ()
        self._items: list[QTreeWidgetItem] = []
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Codes in the picture"))
        self.tree.setMinimumSize(theme().px(280), theme().px(380))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._take_ticks)
        self.tree.itemChanged.connect(lambda _item, _column: self._settle.start())
        menu, holder = QMenu(self), QWidgetAction(self)
        holder.setDefaultWidget(self.tree)
        menu.addAction(holder)
        menu.aboutToShow.connect(self.tree.setFocus)
        self.setMenu(menu)
        self.setToolTip(_("Which facets and codes are drawn"))
        self._say()

    def set_facets(self, facets: Sequence[PickerFacet]) -> None:
        """Offer the codes of a codebook."""
        if facets == self._facets:
            return
        self._facets = facets
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items.clear()
        for facet in facets:
            self._add(facet)
        self.tree.blockSignals(False)
        self._left_out &= {int(str(c.id)) for f in facets for c in f.codes}
        self._say()

    def _add(self, facet: PickerFacet) -> None:
        top = QTreeWidgetItem(self.tree, [facet.name])
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for code in facet.codes:
            number = int(str(code.id))
            item = QTreeWidgetItem(top, [f"{code.number or ''} {code.label}".strip()])
            item.setData(0, CODE_ROLE, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self._items.append(item)
            item.setCheckState(0, Qt.CheckState.Unchecked if number in self._left_out else Qt.CheckState.Checked)
        top.setExpanded(True)

    def left_out(self) -> frozenset[int]:
        """The codes without a tick."""
        return self._left_out

    def facets(self) -> tuple[str, ...]:
        """The facets that have a code with a tick."""
        return tuple(f.name for f in self._facets if any(int(str(c.id)) not in self._left_out for c in f.codes))

    def _take_ticks(self) -> None:
        found = frozenset(int(item.data(0, CODE_ROLE)) for item in self._items
                          if item.checkState(0) == Qt.CheckState.Unchecked)
        if found != self._left_out:
            self._left_out = found
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        total = sum(len(f.codes) for f in self._facets)
        chosen = total - len(self._left_out)
        self.setText(_("All codes") if chosen == total else _("{n} of {total} codes", n=chosen, total=total))
