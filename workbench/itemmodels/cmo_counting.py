"""The counts of the kernelementen for the place CMO: made when asked for, kept until something they rest on changes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from codebook import cmo_counts
from codebook.query.index import ANY
from corpora.store.project import Changed
from workbench.itemmodels.asker import ANSWERS
from workbench.project import OpenProject

COUNTED = ANSWERS | {"kernelement", "kernelement_code"}
"""Tables whose change may change a count."""
BOARD = {"configuration", "configuration_element", "configuration_link", "evidence", "rewording", "quote"}
SHEETS = {"cmo_sheet", "cmo_sheet_entry"}
SYNTHESIS = {"synthesis", "synthesis_configuration"}


class Counting(QObject):
    """One per place: whose codings count, and the counts."""

    def __init__(self, opened: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.codings = ANY
        self._board: cmo_counts.Board | None = None

    def choose(self, codings: str) -> None:
        """Count the codings of somebody else."""
        self.codings, self._board = codings, None

    def take_in(self, changed: Changed) -> None:
        """Forget counts that may be other ones now."""
        if changed.tables() & COUNTED:
            self._board = None

    @property
    def board(self) -> cmo_counts.Board:
        """The counts."""
        if self._board is None:
            known = {coder.name for coder in self._opened.reading.catalogue.coders}
            if self.codings not in (ANY, "decided") and self.codings not in known:
                self.codings = ANY
            self._board = cmo_counts.Board(self._opened.reading, self.codings)
        return self._board

    def label(self, kernelement_id: int) -> str:
        """What a kernelement is called, empty when it is gone."""
        return next((one.label for one in self.board.kernelementen if one.id == kernelement_id), "")

    def codes(self, kernelement_id: int) -> tuple[int, ...]:
        """The codes of a kernelement."""
        return next((one.codes for one in self.board.kernelementen if one.id == kernelement_id), ())
