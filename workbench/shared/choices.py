"""The choices that stand with every question and table: the unit, whose codings count, within which narratieven."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from codebook.query.index import ANY, DECIDED
from codebook.query.units import TableUnit, Unit
from workbench.i18n import _
from workbench.itemmodels.question_names import TABLE_UNITS, UNITS, QuestionNames, unit_name, whose
from workbench.theme import theme


class Choice(QComboBox):
    """One of a few, each with a value; `picked()` when the user takes another."""

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _index: self.picked.emit())

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (value, words); the chosen value stays when it still is there."""
        if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] == list(choices):
            return
        chosen = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.choose(chosen)

    def value(self) -> str:
        """The value chosen."""
        return str(self.currentData() or "")

    def showPopup(self) -> None:
        """Drop down as wide as the words need, within the screen."""
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + theme().px(24), theme().px(480)))
        super().showPopup()
        list_, right = self.view().window(), self.screen().availableGeometry().right()
        if list_.geometry().right() > right:
            list_.move(right - list_.width(), list_.y())

    def choose(self, value: str) -> None:
        """Choose a value; the first one when it is not there."""
        self.setCurrentIndex(max(0, self.findData(value)))


class Choices(QWidget):
    """Unit and whose codings; `changed()` when one of them is."""

    changed = Signal()

    def __init__(self, with_unit: bool = True, units: Sequence[TableUnit] = UNITS,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = Choice(_("Where the parts must hold together"))
        self.codings = Choice(_("Whose codes count"))
        self.unit.offer([(unit, unit_name(unit)) for unit in units])
        self.codings.offer([(ANY, whose(ANY)), (DECIDED, whose(DECIDED))])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        for choice in (self.unit, self.codings):
            choice.picked.connect(self.changed)
            row.addWidget(choice)
        self.unit.setVisible(with_unit)

    def set_names(self, names: QuestionNames) -> None:
        """Offer the coders of the project."""
        coders = [(coder.name, whose(coder.name)) for coder in names.catalogue.coders]
        self.codings.offer([(ANY, whose(ANY)), (DECIDED, whose(DECIDED)), *coders])

    def chosen_unit(self) -> Unit:
        """The unit chosen."""
        return next((unit for unit in UNITS if unit == self.unit.value()), "narratief")

    def chosen_table_unit(self) -> TableUnit:
        """The unit chosen, where a table may count respondents too."""
        return next((unit for unit in TABLE_UNITS if unit == self.unit.value()), "narratief")


def labelled(words: str, widget: QWidget) -> QHBoxLayout:
    """A widget with its name before it."""
    row, name = QHBoxLayout(), QLabel(words)
    row.setSpacing(theme().px(6))
    name.setProperty("role", "quiet")
    name.setBuddy(widget)
    row.addWidget(name)
    row.addWidget(widget)
    return row
