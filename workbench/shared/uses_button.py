"""Where a narratief is used: a button that names the findings it stands behind, and goes to them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from codebook import tracing
from codebook.tracing import Use
from workbench.i18n import _
from workbench.itemmodels.quote_rows import use_line
from workbench.project import OpenProject


class UsesButton(QPushButton):
    """`wanted(kind, number)` when a pattern, configuration, synthesis, quote or factsheet is chosen."""

    wanted = Signal(str, int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.uses: list[Use] = []
        self.setProperty("role", "flat")
        self.setToolTip(_("The patterns, configurations and factsheets that this narratief stands behind"))
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        self.show_for(0)

    def show_for(self, narratief: int) -> None:
        """Show where a narratief is used; 0 for none."""
        with self._opened.project.read() as session:
            found = tracing.uses_of(session, [narratief]).get(narratief, []) if narratief else []
        self.uses = found
        self.choices.clear()
        for use in found:
            action = self.choices.addAction(use_line(use))
            action.triggered.connect(partial(self._go, use))
        self.setText(_("Findings ({n})", n=len(found)) if found else _("Findings"))
        self.setEnabled(bool(found))

    def _go(self, use: Use, _checked: bool = False) -> None:
        self.wanted.emit(use.kind, use.id)
