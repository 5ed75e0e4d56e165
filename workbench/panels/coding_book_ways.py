"""Merging and splitting a code, beside the tree, with what it means in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.narrative_rows import ListRows, NarrativeRow


class _Way(QWidget):
    """Head, something to choose, two buttons; `left` when one goes back to the form."""

    left = Signal()

    def __init__(self, doing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setSpacing(theme().px(8))
        self.head, self.what = QLabel(), QLabel()
        self.head.setProperty("role", "heading")
        for label in (self.head, self.what):
            label.setWordWrap(True)
            self.box.addWidget(label)
        self.do, self.back = QPushButton(doing), QPushButton(_("Back"))
        self.do.setProperty("role", "primary")
        self.back.clicked.connect(self.left)

    def add_buttons(self) -> None:
        """The buttons below what was added to `box`."""
        row = QHBoxLayout()
        row.addWidget(self.do)
        row.addWidget(self.back)
        row.addStretch(1)
        self.box.addLayout(row)


class MergeWay(_Way):
    """`wanted(into)`: the codes in hand go into this one."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Merge"), parent)
        self.into = QComboBox()
        self.into.setAccessibleName(_("The code that stays"))
        self.box.addWidget(self.into)
        self.add_buttons()
        self.box.addStretch(1)
        self.do.clicked.connect(lambda: self.wanted.emit(int(self.into.currentData())))

    def ask(self, names: Sequence[str], into: Sequence[tuple[int, str]]) -> None:
        """Ask in which code these go."""
        self.head.setText(_("Merge {codes} with", codes=", ".join(names)))
        self.what.setText(_("The code that stays gets all codings, decisions and quotes; the other names become its "
                            "synonyms. Undo brings all of it back."))
        self.into.clear()
        for number, name in into:
            self.into.addItem(name, number)
        self.do.setEnabled(bool(into))
        self.into.setFocus()


class SplitWay(_Way):
    """`wanted(name, narratieven)`: these narratieven get a new code of this name instead."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Split"), parent)
        self.name, self.list = QLineEdit(), NarrativeList()
        self.name.setPlaceholderText(_("Name of the new code"))
        self.name.setAccessibleName(_("Name of the new code"))
        self.list.set_empty_text(_("No narratief has this code yet."))
        self.box.addWidget(self.name)
        self.box.addWidget(self.list, 1)
        self.add_buttons()
        self.list.selectionChanged.connect(self._count)
        self.name.textChanged.connect(lambda _text: self._count())
        self.do.clicked.connect(lambda: self.wanted.emit(self.name.text().strip(), self.chosen()))

    def ask(self, code: str, rows: Sequence[NarrativeRow]) -> None:
        """Ask for a name, and which narratieven go along."""
        self.head.setText(_("Split {code}", code=code))
        self.what.setText(_("Choose the narratieven that get the new code (Ctrl or Shift for several)."))
        self.name.clear()
        self.list.set_rows(ListRows(rows))
        self._count()
        self.name.setFocus()

    def chosen(self) -> list[int]:
        """The narratieven chosen."""
        return [int(str(n)) for n in self.list.selected_ids()]

    def _count(self) -> None:
        n = len(self.chosen())
        self.do.setText(_("Split off {n}", n=n))
        self.do.setEnabled(bool(n and self.name.text().strip()))
