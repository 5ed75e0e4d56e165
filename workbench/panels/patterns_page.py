"""The board of a deelvraag: themes and patterns to group and order, one pattern beside it, and where its evidence is
picked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from codebook import evidence, patterns, questions
from codebook.models import Pattern, Theme
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.asker import ANSWERS, Asker
from workbench.itemmodels.pattern_board import board
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.patterns_detail import PatternDetail
from workbench.panels.patterns_phases import PhaseBar, PhaseStrip
from workbench.panels.patterns_sources import SourcePicker
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.fresh_page import FreshPage
from workbench.shared.name_strip import NameStrip
from workbench.theme import theme
from workbench.widgets.board.places import Carried, unpacked
from workbench.widgets.card_board import CardBoard
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.flow import FlowLayout
from workbench.widgets.parts import button

SHOWN = {"deelvraag", "theme", "pattern", "pattern_evidence", "analysis_phase", "quote", "quote_cut", "quote_card",
         "factsheet_reply", "narratief", "document", "turn", "speaker", "respondent", "respondent_group"}
"""Tables whose change may change what the board shows."""
NEW = "new"


class BoardPage(FreshPage):
    """`openNarratief(id)` shows a narratief in its transcript, `readWanted(ids, title)` several to read one by one,
    `openPlace(key)` goes to another place."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    openPlace = Signal(str)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, SHOWN | ANSWERS, parent)
        self.deelvraag, self.phases, self.strip = Choice(_("Deelvraag")), PhaseBar(), PhaseStrip(opened)
        self._shown = ""
        self.names, self.board = NameStrip(), CardBoard()
        self.detail, self.picker = PatternDetail(opened), SourcePicker(opened, asker)
        self.new = button(_("+ Pattern"), self.begin_pattern, _("Make a pattern   N"))
        self.new_theme = button(_("+ Theme"), self.begin_theme, _("Make a theme   T"), "flat")
        self.merge = button(_("Merge"), self._merge, _("Make the marked patterns one with the pattern in hand   M"),
                            "flat")
        self._left, self._split, self._whole = QStackedWidget(), QSplitter(Qt.Orientation.Horizontal), QStackedWidget()
        self._none = EmptyState(_("Patterns answer a deelvraag. Make the first deelvraag: a short name will do."),
                                _("Make a deelvraag"), "patterns")
        self._bare = EmptyState(_("No patterns yet. Write down what you see come back in the narratieven; the evidence "
                                  "comes next."), _("Make a pattern"), "patterns")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer, top, page = theme().px, QVBoxLayout(self), FlowLayout(), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.deelvraag.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.deelvraag.setMinimumContentsLength(20)
        for widget in (self.deelvraag, self.phases, self.new, self.new_theme, self.merge):
            top.addWidget(widget)
        column.addLayout(top)
        column.addWidget(self.strip)
        for stacked in (self.board, self._bare, self.picker):
            self._left.addWidget(stacked)
        self._split.setHandleWidth(px(12))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left)
        self._split.addWidget(self.detail)
        self._split.setSizes([px(700), px(446)])
        self.detail.setMinimumWidth(px(446))  # room for the tools of the evidence in two rows
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        column.addWidget(self._split, 1)
        self._whole.addWidget(page)
        self._whole.addWidget(self._none)
        outer.addWidget(self.names)
        outer.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.deelvraag.picked.connect(self._change_deelvraag)
        self.phases.phaseChosen.connect(self._show_phase)
        self._none.clicked.connect(self._begin_deelvraag)
        self._bare.clicked.connect(self.begin_pattern)
        board, detail = self.board, self.detail
        board.chosen.connect(self._take)
        board.opened.connect(lambda _card: detail.begin_rename())
        board.headOpened.connect(self._rename_theme)
        board.moved.connect(self._place)
        board.columnMoved.connect(self._place_theme)
        board.keyed.connect(self._keyed)
        board.dropped.connect(self._dropped)
        board.marksChanged.connect(self._show_marks)
        for part in (detail, self.picker):
            part.openNarratief.connect(self.openNarratief)
            part.readWanted.connect(self.readWanted)
        detail.moreWanted.connect(self.pick)
        detail.splitWanted.connect(self._begin_split)
        detail.removeWanted.connect(self._remove)
        self.picker.picked.connect(self._put)
        self.picker.left.connect(self.show_board)
        self.names.left.connect(self.board.focus_first)

    # keeping up with the project

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self.picker.set_names(names)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.board.focus_first() if any(self.board.columns) else self.deelvraag.setFocus()

    def read_anew(self) -> None:
        with self._opened.project.read() as session:
            known = [(str(d.id), d.label) for d in questions.deelvragen(session)]
            self._whole.setCurrentIndex(0 if known else 1)
            self.deelvraag.offer([*known, (NEW, _("+ new deelvraag…"))] if known else [])
            if not known:
                return
            self._shown = self.deelvraag.value()
            number = self.number()
            columns = board(session, number, self._opened.reading.respondents)
            found = patterns.phases(session, number)
            question = {str(d.id): d.question for d in questions.deelvragen(session)}[self.deelvraag.value()]
        self.deelvraag.setToolTip(question or _("Deelvraag"))
        self.phases.show_phases(found)
        if self.strip.isVisible():
            self.strip.show_phase(number, self.strip.phase, found[self.strip.phase])
        self.board.show_columns(columns)
        self._show_left()
        shown = self.board.current() if self._left.currentWidget() is not self.picker else self.detail.pattern
        if self.board.card(shown):
            self.detail.show_pattern(shown)
        else:
            self._take_first()
        if self._left.currentWidget() is self.picker:
            self._refresh_picker()
        self._show_marks()

    def _take_first(self) -> None:
        """Take the first pattern in hand, which shows it; without one nothing is shown."""
        first = next(self.board.cards(), None)
        if first is not None:
            self.board.choose(first.key, with_focus=False)
        else:
            self.detail.show_pattern(0)

    def _show_left(self) -> None:
        has_cards = any(column.cards or column.key for column in self.board.columns)
        if self._left.currentWidget() is not self.picker or not self.detail.pattern:
            self._left.setCurrentWidget(self.board if has_cards else self._bare)

    def number(self) -> int:
        """The deelvraag in sight."""
        return int(self.deelvraag.value() or 0)

    def show_deelvraag(self, number: int) -> None:
        """Show the board of a deelvraag."""
        self.refresh()
        self.deelvraag.choose(str(number))
        self._change_deelvraag()

    def show_pattern(self, number: int) -> None:
        """Show a pattern on its board."""
        with self._opened.project.read() as session:
            found = session.get(Pattern, number)
            deelvraag = found.deelvraag_id if found else 0
        if deelvraag:
            self.show_deelvraag(deelvraag)
            self.show_board()
            self.board.choose(number)

    def _change_deelvraag(self) -> None:
        if self.deelvraag.value() == NEW:
            self.deelvraag.choose(self._shown)
            self._begin_deelvraag()
            return
        self.show_board()
        self.board.clear_marks()
        self.refresh()

    def _take(self, number: int) -> None:
        self.detail.show_pattern(number)
        self._show_marks()

    # phases

    def _show_phase(self, phase: str) -> None:
        self.strip.setVisible(bool(phase))
        if phase:
            with self._opened.project.read() as session:
                found = patterns.phases(session, self.number())[phase]
            self.strip.show_phase(self.number(), phase, found)
            self.strip.note.setFocus()

    # themes and patterns

    def _begin_deelvraag(self) -> None:
        self.names.ask(_("Name of the deelvraag"), "", self._add_deelvraag)

    def _add_deelvraag(self, name: str) -> None:
        made = self._opened.do(message("New deelvraag «{label}»", label=name), questions.add_deelvraag, name)
        if made is not None:
            self.show_deelvraag(made)

    def begin_pattern(self) -> None:
        """Ask for the name of a new pattern, in the column in hand."""
        if self.number():
            self.names.ask(_("Name of the pattern"), "", self._add)

    def _add(self, name: str) -> None:
        column = self.board.current_column() or None
        made = self._opened.do(message("New pattern «{label}»", label=name), patterns.add, self._opened.coder_id,
                               self.number(), name, theme_id=column)
        if made is not None:
            self.show_board()
            self.board.choose(made)

    def begin_theme(self) -> None:
        """Ask for the name of a new theme."""
        if self.number():
            self.names.ask(_("Name of the theme"), "", self._add_theme)

    def _add_theme(self, name: str) -> None:
        made = self._opened.do(message("New theme «{label}»", label=name), patterns.add_theme, self.number(), name)
        if made is not None:
            self.show_board()
            self.board.take_column(made)

    def _rename_theme(self, theme_id: int) -> None:
        if theme_id:
            with self._opened.project.read() as session:
                standing = session.get_one(Theme, theme_id).label
            self.names.ask(_("Name of the theme"), standing, lambda name: self._opened.do(
                message("Rename theme to «{label}»", label=name), patterns.change_theme, theme_id, name))

    def _place(self, number: int, column: int, at: int) -> None:
        self._opened.do(message("Move pattern «{label}»", label=self._label(number)), patterns.place, number,
                        column or None, at)
        self.board.choose(number)

    def _place_theme(self, theme_id: int, at: int) -> None:
        with self._opened.project.read() as session:
            label = session.get_one(Theme, theme_id).label
        # The first column is that of what is not grouped.
        self._opened.do(message("Move theme «{label}»", label=label), patterns.move_theme, theme_id, at - 1)

    def _label(self, number: int) -> str:
        card = self.board.card(number)
        return card.shown.title if card is not None else ""

    def _keyed(self, pressed: int, card: int, column: int) -> None:
        if pressed == Qt.Key.Key_N:
            self.begin_pattern()
        elif pressed == Qt.Key.Key_T:
            self.begin_theme()
        elif pressed == Qt.Key.Key_F2:
            self.detail.begin_rename() if card else self._rename_theme(column)
        elif pressed == Qt.Key.Key_Delete:
            self._remove(card) if card else self._remove_theme(column)
        elif pressed == Qt.Key.Key_M and card:
            self._merge()
        elif pressed == Qt.Key.Key_E and card:
            self.pick()

    def _remove(self, number: int) -> None:
        self._opened.do(message("Take pattern «{label}» away", label=self._label(number)), patterns.remove, number)

    def _remove_theme(self, theme_id: int) -> None:
        if theme_id:
            with self._opened.project.read() as session:
                label = session.get_one(Theme, theme_id).label
            self._opened.do(message("Take theme «{label}» away", label=label), patterns.remove_theme, theme_id)

    def _show_marks(self) -> None:
        others = [one for one in self.board.marked() if one != self.board.current()]
        self.merge.setEnabled(bool(others) and bool(self.board.current()))
        self.merge.setText(_("Merge ({n})", n=len(others) + 1) if others else _("Merge"))

    def _merge(self) -> None:
        into = self.board.current()
        others = [one for one in self.board.marked() if one != into]
        if into and others:
            self._opened.do(message("Merge {n} patterns into «{label}»", n=len(others) + 1, label=self._label(into)),
                            patterns.merge, others, into)
            self.board.clear_marks()
            self.board.choose(into)
        elif into:
            self._opened.message.emit(message("Mark the patterns to merge first: Space on each card."), False)

    def _begin_split(self, evidence_ids: list[int]) -> None:
        self.names.ask(_("Name of the pattern that is split off"), "", lambda name: self._split_off(name,
                                                                                                  evidence_ids))

    def _split_off(self, name: str, evidence_ids: list[int]) -> None:
        made = self._opened.do(message("Split «{label}» off", label=name), patterns.split, self._opened.coder_id,
                               self.detail.pattern, name, evidence_ids)
        if made is not None:
            self.show_board()
            self.board.choose(made)

    # evidence

    def pick(self) -> None:
        """Pick narratieven for the pattern in hand, where the board stands."""
        if self.detail.pattern:
            self._left.setCurrentWidget(self.picker)
            self.picker.show_for(self.number(), self.detail.label.text(), self._held())
            (self.picker.source if self.picker.source.value() else self.picker.line.edit).setFocus()

    def _held(self) -> frozenset[int]:
        with self._opened.project.read() as session:
            return frozenset(evidence.narratieven(session, [self.detail.pattern]))

    def _refresh_picker(self) -> None:
        self.picker.hold(self.detail.label.text(), self._held())
        self.picker.refresh()

    def show_board(self) -> None:
        """Go back from picking to the board."""
        if self._left.currentWidget() is self.picker:
            self._left.setCurrentWidget(self.board)
            self._show_left()
            self.board.choose(self.detail.pattern)

    def _put(self, narratief_ids: list[int], direction: str) -> None:
        self._opened.do(message("{n} narratieven behind «{label}»", n=len(narratief_ids),
                                label=self.detail.label.text()), evidence.add, self._opened.coder_id,
                        self.detail.pattern, narratief_ids, direction)

    def _dropped(self, number: int, data: QMimeData) -> None:
        carried = unpacked(data)
        if carried is not None:
            label = message("{n} narratieven behind «{label}»", n=len(carried.narratieven) + len(carried.quotes),
                            label=self._label(number))
            self._opened.do(label, _put_both, self._opened.coder_id, number, carried)


def _put_both(session: Session, coder: int, pattern: int, carried: Carried) -> None:
    evidence.add(session, coder, pattern, carried.narratieven)
    evidence.add_quotes(session, coder, pattern, carried.quotes)
