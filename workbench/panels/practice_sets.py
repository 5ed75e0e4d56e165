"""The sets to practise on, and how it went round after round; the onderzoeker sees everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from codebook import practice, practice_scores, team
from codebook.blind import RESEARCHER
from codebook.practice import RoundRow, SetRow
from codebook.practice_scores import Compared
from corpora.messages import message
from workbench.i18n import _
from workbench.panels.practice_new import NewSet
from workbench.panels.practice_result import coefficient, percent
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.parts import button, choose_row, heading, key, quiet, table_view
from workbench.widgets.round_chart import RoundChart

AnyIndex = QModelIndex | QPersistentModelIndex


class Lines(QAbstractTableModel):
    """Rows of texts; the first `left` columns stand left, the others right."""

    def __init__(self, left: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left, self._heads, self._lines = left, list[str](), list[list[str]]()

    def fill(self, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads, self._lines = list(heads), [list(line) for line in lines]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._lines[index.row()][index.column()]
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column < self._left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class SetsView(QWidget):
    """`beginWanted(SetRow)`, `resultWanted(round id)`, `openPlace(key)`."""

    beginWanted = Signal(object)
    resultWanted = Signal(int)
    openPlace = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.rows: list[SetRow] = []
        self.rounds: list[RoundRow] = []
        self._scores: dict[int, Compared] = {}
        self._sets, self._rounds = Lines(2, self), Lines(1, self)
        self.table, self.progress = table_view(_("Practice sets")), table_view(_("Rounds"))
        self.chart, self.about = RoundChart(_("Share exactly as the key, round after round")), quiet()
        self.begin = button(_("Begin"), self._begin, "Enter", "primary")
        self.remove_button = button(_("Remove"), self._remove, "Delete")
        self.new_button = button(_("New set…"), self._ask_new)
        self.new = NewSet(opened)
        self.pages, self.empty = QStackedWidget(), EmptyState(
            _("There is nothing to practise on yet. The researcher makes a set."), _("Make a set…"), "coding")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, page = theme().px, QVBoxLayout(self), QWidget()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.new)
        box.addWidget(self.pages, 1)
        self.pages.addWidget(page)
        self.pages.addWidget(self.empty)
        inner, tools, split = QVBoxLayout(page), QHBoxLayout(), QSplitter(Qt.Orientation.Vertical)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        tools.addWidget(self.about, 1)
        for one in (self.new_button, self.remove_button, self.begin):
            tools.addWidget(one)
        inner.addLayout(tools)
        below, beside = QWidget(), QHBoxLayout()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(_("How it went")))
        beside.setSpacing(px(12))
        beside.addWidget(self.progress, 3)
        beside.addWidget(self.chart, 2)
        column.addLayout(beside, 1)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([px(220), px(320)])
        split.setHandleWidth(px(12))
        inner.addWidget(split, 1)
        for table, model in ((self.table, self._sets), (self.progress, self._rounds)):
            table.setModel(model)
            table.setSortingEnabled(False)
            table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_rounds())
        self.table.doubleClicked.connect(lambda _index: self._begin())
        self.progress.doubleClicked.connect(lambda _index: self._show_result())
        for keys in ("Return", "Enter"):
            key(self.table, keys, self._begin)
            key(self.progress, keys, self._show_result)
        key(self.table, "Delete", self._remove)
        self.empty.clicked.connect(self._ask_new)
        self.new.left.connect(self._leave_new)
        self.new.made.connect(self._made)

    # what is shown

    def refresh(self) -> None:
        """Read sets and rounds again."""
        held = self.current()
        with self._opened.project.read() as session:
            self.rows = practice.sets(session)
        lead = self.leads()
        self.new_button.setVisible(lead)
        self.remove_button.setVisible(lead)
        self.empty.set_sentence(_("Practise coding: a fixed set of narratieven, compared with the researcher's codes. "
                                  "There is no set yet.") if lead else
                                _("There is nothing to practise on yet. The researcher makes a set."))
        self.empty.set_button(_("Make a set…") if lead else "")
        lines = [self._line(row) for row in self.rows]
        self._sets.fill([_("Set"), _("Key"), _("Narratieven"), _("Your rounds"), _("Last"), _("Best")], lines)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.pages.setCurrentIndex(0 if self.rows else 1)
        self.setFocusProxy(self.table if self.rows else self.empty)
        ids = [row.id for row in self.rows]
        choose_row(self.table, ids.index(held.id) if held is not None and held.id in ids else 0)
        self._show_rounds()

    def leads(self) -> bool:
        """Whether the one at work makes sets and sees everybody: an onderzoeker, or anybody while there is none."""
        roles = team.roles(self._opened.project)
        mine = next((role for name, role in roles.items() if name.casefold() == self._opened.coder.casefold()), "")
        return mine == RESEARCHER or RESEARCHER not in roles.values()

    def _me(self) -> int:
        found = (c.id for c in self._opened.reading.catalogue.coders
                 if c.name.casefold() == self._opened.coder.casefold())
        return next(found, 0)

    def _line(self, row: SetRow) -> list[str]:
        with self._opened.project.read() as session:
            shares = [c.score.share for c in practice_scores.of_set(session, row.id, self._me())]
        known = [share for share in shares if share is not None]
        return [row.name, row.key or _("the decided set"), str(row.n), str(len(shares)) if shares else "–",
                percent(known[-1] if known else None), percent(max(known, default=None))]

    def current(self) -> SetRow | None:
        """The set in hand."""
        at = self.table.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _show_rounds(self) -> None:
        row = self.current()
        everybody, me = self.leads(), self._me()
        with self._opened.project.read() as session:
            rounds = practice.rounds(session, row.id) if row is not None else []
            found = practice_scores.of_set(session, row.id, None if everybody else me) if row is not None else []
        self.rounds = [r for r in rounds if everybody or r.coder_id == me]
        self._scores = {c.round.id: c for c in found}
        facets = [f.label for f in self._opened.reading.catalogue.facets]
        self._rounds.fill([_("Coder"), _("Round"), _("Finished"), _("Exact"), *facets, _("Alpha")],
                          [self._round_line(r, len(facets)) for r in self.rounds])
        self.progress.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        lines: dict[str, list[float]] = {}
        for one in found:
            lines.setdefault(one.round.coder, []).append(one.score.share or 0.0)
        self.chart.show_rounds(lines)
        self._tell(row, me)

    def _round_line(self, one: RoundRow, facets: int) -> list[str]:
        found = self._scores.get(one.id)
        if found is None or one.ended is None:
            return [one.coder, str(one.nr), _("under way"), *["–"] * (facets + 2)]
        return [one.coder, str(one.nr), f"{one.ended.astimezone():%d-%m-%Y %H:%M}", percent(found.score.share),
                *[percent(f.share) for f in found.score.facets], coefficient(found.score.alpha)]

    def _tell(self, row: SetRow | None, me: int) -> None:
        goes_on = any(r.coder_id == me and r.ended is None for r in self.rounds)
        mine = sum(r.coder_id == me for r in self.rounds)
        self.begin.setText(_("Go on") if goes_on else _("Another round") if mine else _("Begin"))
        self.begin.setEnabled(row is not None)
        self.remove_button.setEnabled(row is not None)
        self.about.setText(_("Code the set as you would code the study. Your answers stay apart from the study, and "
                             "the key stays hidden until you finish. Enter on a round shows its differences."))

    # deeds

    def _begin(self) -> None:
        row = self.current()
        if row is not None:
            self.beginWanted.emit(row)

    def _show_result(self) -> None:
        at = self.progress.currentIndex().row()
        if not 0 <= at < len(self.rounds):
            return
        one, row = self.rounds[at], self.current()
        if one.ended is not None:
            self.resultWanted.emit(one.id)
        elif one.coder_id == self._me() and row is not None:
            self.beginWanted.emit(row)

    def _remove(self) -> None:
        row = self.current()
        if row is not None and self.leads():
            self._opened.do(message("Remove practice set «{name}»", name=row.name), practice.remove_set, row.id)

    def _ask_new(self) -> None:
        if not self._opened.reading.index.n:
            self.openPlace.emit("fragments")
            return
        self.new.ask()

    def _leave_new(self) -> None:
        self.new.hide()
        self.table.setFocus()

    def _made(self, set_id: int) -> None:
        self._leave_new()
        self.refresh()
        choose_row(self.table, next((n for n, row in enumerate(self.rows) if row.id == set_id), 0))
