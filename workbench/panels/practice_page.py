"""Oefenen: sets to practise on, a round, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from codebook import practice
from codebook.practice import SetRow
from corpora.messages import message
from corpora.store.project import Changed
from workbench.panels.practice_result import ResultPage
from workbench.panels.practice_round import RoundPage
from workbench.panels.practice_sets import SetsView
from workbench.project import OpenProject

SHOWN = {"practice_set", "practice_item", "practice_round", "practice_answer", "coding", "not_mentioned", "decision",
         "coder", "code", "facet", "narratief", "saved_query", "snapshot", "document"}


class PracticePage(QWidget):
    """`openNarratief(id)` shows a narratief where it is coded, `openPlace(key)` when there is nothing to practise on
    yet."""

    openNarratief = Signal(int)
    openPlace = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._stale = True
        self.sets, self.round, self.result = SetsView(opened), RoundPage(opened), ResultPage(opened)
        self.pages = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.pages)
        for page in (self.sets, self.round, self.result):
            self.pages.addWidget(page)
        self._connect()
        self._show(self.sets)

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self.sets.beginWanted.connect(self.begin)
        self.sets.resultWanted.connect(self.show_result)
        self.sets.openPlace.connect(self.openPlace)
        self.round.left.connect(self.leave)
        self.round.ended.connect(self.show_result)
        self.result.left.connect(self.leave)
        self.result.againWanted.connect(self.begin)
        self.result.openNarratief.connect(self.openNarratief)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    def begin(self, wanted: SetRow) -> None:
        """Begin a round on a set, or go on with the one under way."""
        number = self._opened.do(message("Practise on «{name}»", name=wanted.name), practice.begin, wanted.id,
                                 self._opened.coder_id)
        if number is not None and self.round.start(wanted, number):
            self._show(self.round)

    def show_result(self, round_id: int) -> None:
        """What came of a round."""
        if self.result.show_round(round_id):
            self._show(self.result)

    def leave(self) -> None:
        """Back to the sets."""
        self.sets.refresh()
        self._show(self.sets)

    def _changed(self, changed: Changed) -> None:
        if not changed.tables() & SHOWN:
            return
        self._stale = True
        if self.isVisible():
            self._refresh(changed)

    def _refresh(self, changed: Changed | None = None) -> None:
        self._stale = False
        here = self.pages.currentWidget()
        if here is self.sets:
            self.sets.refresh()
        elif (here is self.round and not self.round.refresh(changed)) or (
                here is self.result and not self.result.refresh()):
            self.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()
