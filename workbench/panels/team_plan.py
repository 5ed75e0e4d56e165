"""The strip that plans who codes what: coders, overlap, by narratieven or words; shown in the table before it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from codebook import assigning
from codebook.assigning import Plan
from codebook.blind import STUDENT
from codebook.team_progress import CoderRow
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.itemmodels.division_rows import DivisionRow
from workbench.theme import theme
from workbench.widgets.parts import button, quiet


class PlanStrip(QFrame):
    """`planned(Plan or None)` when what would be changes, `taken(Plan, replace)` to make it, `left()` to not do it."""

    planned = Signal(object)
    taken = Signal(object, bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.overlap, self.times, self.seed = QSpinBox(), QSpinBox(), 1
        self.weight, self.only_new = QComboBox(), QCheckBox(_("Only documents that nobody has yet"))
        self.take = button(_("Assign like this"), self._take, role="primary")
        self.said = quiet()
        self.plan: Plan | None = None
        self._ticks: dict[int, QCheckBox] = {}
        self._names: dict[int, str] = {}
        self._rows: Sequence[DivisionRow] = ()
        self._assigned: Mapping[int, Sequence[int]] = {}
        self._coder_row = QHBoxLayout()
        self._prepare()
        self._arrange()
        self.hide()

    def _prepare(self) -> None:
        for box, least, most, value, name in ((self.overlap, 0, 100, 20, _("Coded double, in percent of the work")),
                                              (self.times, 2, 9, 2, _("How many coders code that"))):
            box.setRange(least, most)
            box.setValue(value)
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMinimumWidth(theme().px(64))
            box.valueChanged.connect(lambda _value: self.count())
        self.overlap.setSuffix(" %")
        self.overlap.setSingleStep(5)
        self.times.setSuffix(" ×")
        self.weight.addItem(_("narratieven"), "narratieven")
        self.weight.addItem(_("words"), "words")
        self.weight.setAccessibleName(_("Divide evenly by"))
        self.weight.activated.connect(lambda _index: self.count())
        self.only_new.toggled.connect(lambda _on: self.count())

    def _arrange(self) -> None:
        px, box = theme().px, QVBoxLayout(self)
        box.setContentsMargins(px(12), px(8), px(12), px(8))
        box.setSpacing(px(8))
        first, last = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(px(8))
        for words, widget in ((_("Coded double"), self.overlap), (_("by"), self.times),
                              (_("divided evenly by"), self.weight)):
            name = QLabel(words)
            name.setBuddy(widget)
            first.addWidget(name)
            first.addWidget(widget)
        first.addWidget(self.only_new)
        first.addStretch(1)
        self._coder_row.setSpacing(px(12))
        last.addWidget(self.said, 1)
        last.addWidget(button(_("Another division"), self.shuffle, _("The same wishes, other documents")))
        last.addWidget(button(_("Not now"), self.left.emit, "Esc", "link"))
        last.addWidget(self.take)
        for row in (first, self._coder_row, last):
            box.addLayout(row)

    # what to divide

    def ask(self, coders: Sequence[CoderRow], rows: Sequence[DivisionRow],
            assigned: Mapping[int, Sequence[int]]) -> None:
        """Show the strip; students are chosen, and everybody when there are none."""
        self._rows, self._assigned = rows, assigned
        students = [c.id for c in coders if c.role == STUDENT] or [c.id for c in coders]
        while (item := self._coder_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._names = {c.id: c.name for c in coders}
        self._ticks = {c.id: QCheckBox(c.name) for c in coders}
        self._coder_row.addWidget(QLabel(_("Over")))
        for number, tick in self._ticks.items():
            tick.setChecked(number in students)
            tick.toggled.connect(lambda _on: self.count())
            self._coder_row.addWidget(tick)
        self._coder_row.addStretch(1)
        self.only_new.setChecked(bool(assigned))
        self.show()
        self.count()
        self.overlap.setFocus()

    def chosen(self) -> list[int]:
        """The coders to divide over."""
        return [number for number, tick in self._ticks.items() if tick.isChecked()]

    def shuffle(self) -> None:
        """Another division of the same kind."""
        self.seed += 1
        self.count()

    def count(self) -> None:
        """Make the plan anew and tell it."""
        material, begun = assigning.material_of(self._rows, self._assigned, only_new=self.only_new.isChecked(),
                                                by_words=self.weight.currentData() == "words")
        try:
            self.plan = assigning.plan(material, self.chosen(), self.overlap.value() / 100, self.seed,
                                       times=self.times.value(), begun=begun)
            self.said.setText(self._told(self.plan, self.weight.currentText()))
        except NarratiefError as error:
            self.plan = None
            self.said.setText(_(error.message))
        self.take.setEnabled(self.plan is not None and bool(self.plan.coders))
        self.planned.emit(self.plan)

    def _told(self, plan: Plan, unit: str) -> str:
        if not plan.coders:
            return _("There are no documents to divide: every document with narratieven is assigned.")
        loads = " · ".join(f"{self._names[coder]} {load}" for coder, load in plan.load.items())
        return _("{loads} ({unit}). {n} of {total} documents coded double, {percent} % of the work.", loads=loads,
                 unit=unit, n=len(plan.doubled), total=len(plan.coders), percent=round(100 * plan.overlap))

    def _take(self) -> None:
        if self.plan is not None:
            self.taken.emit(self.plan, not self.only_new.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
