"""Verschillen: deciding where coders differ, what to discuss, what to look at again after a definition changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from corpora.store.project import Changed
from workbench.i18n import _
from workbench.panels.deciding_differences import DifferencesPage
from workbench.panels.deciding_flags import FlagsPage
from workbench.panels.deciding_recheck import RecheckPage
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState

SHOWN = {"coding", "not_mentioned", "decision", "flag", "done", "narratief", "document", "code", "facet", "coder",
         "setting", "rechecked", "text_version"}


NAMED = {"narratief", "document", "coder", "setting", "code", "facet", "text_version"}
FLAGGED = NAMED | {"flag"}
RECHECKED = NAMED | {"coding", "rechecked", "done"}


class DecidingPage(QWidget):
    """Three walks, Alt+1 to Alt+3. `openNarratief(id)`, `openPlace(key)` and `openTab(key)` are wishes for others."""

    openNarratief = Signal(int)
    openPlace = Signal(str)
    openTab = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.differences, self.flags, self.recheck = DifferencesPage(opened), FlagsPage(opened), RecheckPage(opened)
        self._walks: tuple[DifferencesPage | FlagsPage | RecheckPage, ...] = (
            self.differences, self.flags, self.recheck)
        self._stale, self._choice, self._stack = set(range(3)), QButtonGroup(self), QStackedWidget()
        self.buttons: list[QPushButton] = []
        self.empty = EmptyState("", _("To Team"), "agreement")
        self._holder = QStackedWidget()
        self._arrange()
        opened.changed.connect(self._changed)
        self.empty.clicked.connect(lambda: self.openTab.emit("team"))

    def _arrange(self) -> None:
        px, outer, body = theme().px, QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        column, row = QVBoxLayout(body), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for n, walk in enumerate(self._walks):
            button = QPushButton()
            button.setCheckable(True)
            button.setShortcut(f"Alt+{n + 1}")
            self._choice.addButton(button, n)
            self.buttons.append(button)
            row.addWidget(button)
            self._name(n, 0)
            self._stack.addWidget(walk)
            walk.openNarratief.connect(self.openNarratief)
            walk.counted.connect(lambda count, n=n: self._name(n, count))
        whose = QLabel(_("«As decided» in tables is this; where nothing is decided, everyone's codes count."))
        whose.setProperty("role", "quiet")
        whose.setToolTip(whose.text())
        whose.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addSpacing(px(8))
        row.addWidget(whose, 1)
        row.addWidget(self.differences.accept)
        self.buttons[0].setChecked(True)
        self._choice.idClicked.connect(self.show_walk)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._holder.addWidget(body)
        self._holder.addWidget(self.empty)
        outer.addWidget(self._holder)
        self.setFocusProxy(self.differences)

    def _name(self, n: int, count: int) -> None:
        names = (_("Differences"), _("To discuss"), _("Definition changed"))
        self.buttons[n].setText(f"{names[n]}  {count}")

    def show_walk(self, n: int) -> None:
        """Go to the differences (0), what to discuss (1), what to look at again (2)."""
        self.buttons[n].setChecked(True)
        self._stack.setCurrentIndex(n)
        self.differences.accept.setVisible(n == 0)
        self._refresh_in_sight()
        self._walks[n].frame.list.setFocus()

    # keeping up

    def _changed(self, changed: Changed) -> None:
        if not changed.tables() & SHOWN:
            return
        if not self.isVisible():  # coding must not wait for a page that nobody sees
            self._stale = {0, 1, 2}
            return
        if 0 not in self._stale and not self.differences.take_in(changed):
            self._stale.add(0)
        tables = changed.tables()
        if tables & FLAGGED:
            self._stale.add(1)
        if tables & RECHECKED or (self.recheck.touched and "decision" in tables):
            self._stale.add(2)
        self._refresh_in_sight()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_in_sight()

    def _refresh_in_sight(self) -> None:
        for n in sorted(self._stale):
            self._walks[n].refresh()
        self._stale.clear()
        coders = len(self.differences.walk.coders())
        nothing = coders < 2 and not self.flags.flags and not self.recheck.touched
        if nothing:
            self.empty.set_sentence(_("There is nothing to decide before two coders have coded the same narratieven. "
                                      "Divide the documents, hand out copies and take them in again, under Team."))
        self._holder.setCurrentIndex(1 if nothing else 0)
        self.setFocusProxy(self.empty if nothing else self.differences)
