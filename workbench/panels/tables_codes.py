"""Rows or columns of one's own choice: codes picked one by one, from any facet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from codebook import tabling
from codebook.asking import NamedAxis
from codebook.reading import Reading
from workbench.i18n import _
from workbench.itemmodels.question_names import Operand, QuestionNames
from workbench.shared.choices import Choice
from workbench.shared.operands import OperandField
from workbench.theme import theme
from workbench.widgets.chips import ChipSpec
from workbench.widgets.flow import FlowLayout

OWN = "own:"
"""The value of a choice that stands for codes of one's own choice."""


class CodeStrip(QWidget):
    """Chosen codes as buttons that take themselves away, and a field to add one. `changed()` after each."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QuestionNames()
        self._codes: list[int] = []
        self._title = QLabel(title)
        self._title.setProperty("role", "quiet")
        self.field = OperandField(_("Add a code…"), codes_only=True)
        self.field.setFixedWidth(theme().px(180))
        self.field.chosen.connect(self._add)
        self._flow = FlowLayout(gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._flow)
        self._flow.addWidget(self._title)
        self._flow.addWidget(self.field)
        self.buttons: list[QPushButton] = []

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project; codes that are gone leave the choice."""
        self._names = names
        self.field.set_names(names)
        known = {spec.key for spec in names.chips.values()}
        self._codes = [code for code in self._codes if code in known]
        self._fill()

    def codes(self) -> list[int]:
        """The chosen codes, by number."""
        return list(self._codes)

    def _add(self, operand: Operand) -> None:
        chip = self._names.shown(operand.node)
        if chip.key is not None and int(str(chip.key)) not in self._codes:
            self._codes.append(int(str(chip.key)))
            self._fill()
            self.changed.emit()
        self.field.setFocus()

    def _drop(self, code: int) -> None:
        self._codes.remove(code)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        specs = {spec.key: spec for spec in self._names.chips.values()}
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._flow.removeWidget(self.field)
        self.buttons = [self._button(specs[code], code) for code in self._codes]
        for button in self.buttons:
            self._flow.addWidget(button)
        self._flow.addWidget(self.field)

    def _button(self, spec: ChipSpec, code: int) -> QPushButton:
        button = QPushButton(f"{spec.label}  ×")
        button.setToolTip(_("Take {code} out of the table", code=f"{spec.facet}:{spec.label}"))
        button.clicked.connect(lambda: self._drop(code))
        return button


def axis_of(reading: Reading, choice: Choice, strip: CodeStrip, folded: bool) -> NamedAxis:
    """The rows or columns that are chosen; UsageError as long as there are none."""
    if choice.value() == OWN:
        return tabling.chosen_axis(reading, strip.codes(), folded=folded)
    return tabling.facet_axis(reading, choice.value(), folded=folded)
