"""The places found, each in its context: open, select, and code the narratieven that hold them in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from codebook import coding
from corpora.messages import message
from corpora.search import Hit
from workbench.i18n import _
from workbench.itemmodels.question_names import Operand, QuestionNames
from workbench.itemmodels.search_hits import HitRows, marks_of, outside
from workbench.project import OpenProject
from workbench.shared.operands import OperandField
from workbench.theme import theme
from workbench.widgets.narrative_list import NarrativeList


class HitList(QWidget):
    """`openNarratief(id)` or, for words outside every narratief, `openText(document)` by Enter or a double click."""

    openNarratief = Signal(int)
    openText = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._names = opened, QuestionNames()
        self._hits: Sequence[Hit] = ()
        self.list, self.said = NarrativeList(), QLabel()
        self.list.setAccessibleName(_("Places found"))
        self.said.setProperty("role", "quiet")
        self.said.setWordWrap(True)
        self.all = QPushButton(_("Select all"))
        self.all.setProperty("role", "flat")
        self.all.setToolTip(_("Select every place   Ctrl+A"))
        self.code = OperandField(_("Code the selection…"), codes_only=True)
        self.code.setToolTip(_("Give a code to the narratieven that hold the selected places, in one step"))
        self.code.setFixedWidth(theme().px(190))
        self._arrange()
        self.all.clicked.connect(self.list.select_all)
        self.code.chosen.connect(self._code)
        self.list.activated.connect(self._open)
        self.list.selectionChanged.connect(lambda: self._say(""))
        opened.changed.connect(self._forget_said)

    def _arrange(self) -> None:
        column, tools = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        tools.setSpacing(theme().px(4))
        tools.addWidget(self.all)
        tools.addWidget(self.code)
        tools.addStretch(1)
        column.addLayout(tools)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        self._say("")

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self._names = names
        self.code.set_names(names)

    def show_hits(self, hits: Sequence[Hit], groups: Mapping[int, str]) -> None:
        """Show places; the same ones again leave the list as it is."""
        if list(hits) != list(self._hits):
            self._hits = hits
            self.list.set_rows(HitRows(hits, groups))
        for widget in (self.all, self.code):
            widget.setEnabled(bool(hits))

    def selected(self) -> list[Hit]:
        """The places selected; the one in hand when none is."""
        return [self._hits[int(str(number))] for number in self.list.selected_ids()]

    def _forget_said(self, _changed: object) -> None:
        """What was said of a step is said no longer when the project has changed since, as when it was undone."""
        self._say("")

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _open(self, number: object) -> None:
        hit = self._hits[int(str(number))]
        if hit.narratief_id is not None:
            self.openNarratief.emit(hit.narratief_id)
        else:
            self.openText.emit(hit.document_id)

    def _code(self, operand: Operand) -> None:
        chip, hits = self._names.shown(operand.node), self.selected()
        ids, left_out = list(marks_of(hits)), outside(hits)
        said = []
        if chip.key is not None and ids:
            label = message("Give {code} to {n} narratieven", code=chip.label, n=len(ids))
            new = self._opened.do(label, coding.apply, self._opened.coder_id, ids, [int(str(chip.key))])
            said.append(_("{code}: given to {new} of {n} narratieven; the others had it.", code=chip.label,
                          new=new or 0, n=len(ids)))
        if left_out == 1:
            said.append(_("1 selected place stands outside every narratief and got no code."))
        elif left_out:
            said.append(_("{n} selected places stand outside every narratief and got no code.", n=left_out))
        self._say(" ".join(said))
        self.list.setFocus()
