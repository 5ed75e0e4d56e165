"""A page that is read again when something that it shows has changed: at once in sight, else when it comes there."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from corpora.store.project import Changed
from workbench.project import OpenProject


class FreshPage(QWidget):
    """For pages that read themselves whole in `read_anew`."""

    def __init__(self, opened: OpenProject, tables: Set[str], parent: QWidget | None = None) -> None:
        """`tables` are those whose change may change what the page shows."""
        super().__init__(parent)
        self._opened, self._tables = opened, tables
        self._is_stale = True
        opened.changed.connect(self._changed)

    def read_anew(self) -> None:
        """Read the project again and show it; what is in hand stays in hand."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read it again, whether it changed or not."""
        self._is_stale = False
        self.read_anew()

    def _changed(self, changed: Changed) -> None:
        if changed.tables() & self._tables:
            self._is_stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()
