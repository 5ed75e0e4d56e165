"""Who codes what, to tick by hand or to plan."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from codebook import assigning
from codebook.analysis.progress import complete_by_document
from codebook.assigning import Plan
from codebook.team_progress import CoderRow, done_by_coder, facet_rules
from corpora.messages import message
from corpora.overview import document_rows
from workbench.i18n import _
from workbench.itemmodels.division_rows import FIXED, ID_ROLE, TITLE, DivisionRow, DivisionRows
from workbench.panels.team_plan import PlanStrip
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.parts import button, heading, key, quiet, table_view

WIDTHS = (240, 90, 130, 90, 80)


class Division(QWidget):
    """`openDocument(place key, number)` to code a document, `openPlace(key)` when there is no material;
    `planning(on)` while a plan is in sight."""

    openDocument = Signal(str, int)
    openPlace = Signal(str)
    planning = Signal(bool)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._coders: list[CoderRow] = []
        self.model, self.table, self.strip = DivisionRows(self), table_view(_("Who codes what")), PlanStrip()
        self.divide = button(_("Divide the documents…"), self.ask,
                             _("Plan who codes what, with overlap for double coding"), "primary")
        self.about = quiet()
        self._stack = QStackedWidget()
        self._empty = EmptyState(_("There are no documents to divide yet."), _("To the material"), "material")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, top = theme().px, QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        top.setSpacing(px(12))
        top.addWidget(heading(_("Who codes what")))
        top.addWidget(self.about, 1)
        top.addWidget(self.divide)
        inner.addLayout(top)
        inner.addWidget(self.strip)
        inner.addWidget(self.table, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        box.addWidget(self._stack)
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, px(width))
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.model.ticked.connect(self._tick)
        self.strip.planned.connect(lambda plan: self.model.show_plan(plan.coders if plan is not None else None))
        self.strip.taken.connect(self._take)
        self.strip.left.connect(self.leave)
        self._empty.clicked.connect(lambda: self.openPlace.emit("material"))
        self.table.doubleClicked.connect(self._open)
        for keys in ("Return", "Enter"):
            key(self.table, keys, lambda: self._open(self.table.currentIndex()))

    # what is shown

    def refresh(self, coders: list[CoderRow]) -> None:
        """Read the documents and who codes them."""
        self._coders = coders
        with self._opened.project.read() as session:
            material, assigned = document_rows(session), assigning.assignments(session)
            rules, done = facet_rules(session), done_by_coder(session)
        counts = {c.id: complete_by_document(self._opened.reading.index, c.id, rules) for c in coders}
        rows = [DivisionRow(d.id, d.title, d.kind, d.group, d.narratieven, d.words, {
            c.id: (counts[c.id].get(d.id, (0, 0))[0], d.id in done.get(c.id, ())) for c in coders}) for d in material]
        self.model.fill(rows, [(c.id, c.name) for c in coders], assigned)
        for column in range(FIXED, self.model.columnCount()):
            self.table.setColumnWidth(column, theme().px(104))
        self._stack.setCurrentIndex(0 if rows else 1)
        self.divide.setEnabled(bool(coders) and bool(rows))
        twice = sum(len(who) > 1 for who in assigned.values())
        self.about.setText(_("{n} of {total} documents assigned, {twice} of them to more than one coder. Space ticks, "
                             "Enter opens a document.", n=len(assigned), total=len(rows), twice=twice))
        if self.strip.isVisible():
            self.ask()

    # what is done

    def ask(self) -> None:
        """Plan a division."""
        self.divide.hide()
        self.planning.emit(True)
        self.strip.ask(self._coders, self.model.rows, self._assigned())

    def _assigned(self) -> dict[int, list[int]]:
        with self._opened.project.read() as session:
            return assigning.assignments(session)

    def leave(self) -> None:
        """Put the plan away."""
        self.strip.hide()
        self.planning.emit(False)
        self.divide.show()
        self.model.show_plan(None)
        self.table.setFocus()

    def _take(self, plan: Plan, replace: bool) -> None:
        self.leave()
        self._opened.do(message("Divide {n} documents over {coders} coders", n=len(plan.coders), coders=len(plan.load)),
                        assigning.apply, plan, replace=replace)

    def _tick(self, document: int, coder: int, on: bool) -> None:
        title = next(row.title for row in self.model.rows if row.id == document)
        name = dict(self.model.coders)[coder]
        label = (message("{name} codes «{title}»", name=name, title=title) if on else
                 message("{name} does not code «{title}»", name=name, title=title))
        self._opened.do(label, assigning.assign, coder, [document], on)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (index.column() == TITLE or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable):
            self.openDocument.emit("coding", int(index.data(ID_ROLE)))
