"""Asking one question: its blocks, its text, the choices, and the narratieven that answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from codebook import asking, questions, snapshots
from codebook.query.algebra import Expression
from codebook.query.evaluate import Result
from codebook.query.text import parse, to_text
from codebook.query.units import Unit
from codebook.reading import Reading
from corpora.errors import NarratiefError, QueryError
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.expression_blocks import counts_of
from workbench.itemmodels.question_names import QuestionNames, in_words, result_line, whose_shown
from workbench.jobs import jobs
from workbench.panels.grid_sets import moment_name
from workbench.panels.questions_builder import ExpressionBuilder
from workbench.panels.questions_saving import SavingStrip
from workbench.panels.questions_tree import QuestionTree
from workbench.project import OpenProject
from workbench.shared.choices import Choices
from workbench.shared.found import FoundList
from workbench.shared.textline import QuestionLine
from workbench.theme import theme


class AskPage(QWidget):
    """`openNarratief(id)` when a narratief is to be shown in its transcript."""

    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._expression: Expression | None = None
        self._saved: tuple[str, int | None] = ("", None)
        self.result: Result | None = None
        self.tree = QuestionTree(opened, asker)
        self.builder, self.line, self.choices = ExpressionBuilder(), QuestionLine(), Choices()
        self.keep = QPushButton(_("Keep question…"))
        self.keep.setToolTip(_("Keep this question under a deelvraag   Ctrl+S"))
        self.keep.setShortcut("Ctrl+S")
        self.freeze = QPushButton(_("Momentopname"))
        self.freeze.setProperty("role", "flat")
        self.freeze.setToolTip(_("Keep these narratieven as they are now, whatever is coded later; they stand under "
                                 "Sets"))
        self.clear = QPushButton(_("New question"))
        self.clear.setProperty("role", "flat")
        self.clear.setToolTip(_("Empty the question and see all narratieven"))
        self.saving = SavingStrip(opened)
        self.found = FoundList(opened, with_export=True)
        self.found.set_empty_text(_("No narratief answers this question. Take a part out, or turn “and” into “or”."))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px = theme().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, px(8), 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(12))
        split.addWidget(self.tree)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._question_card())
        column.addWidget(self.saving)
        column.addWidget(self.found, 1)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([px(250), px(850)])
        split.setChildrenCollapsible(False)
        outer.addWidget(split)

    def _question_card(self) -> QFrame:
        card, px = QFrame(), theme().px
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(6))
        column.addWidget(self.builder)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.addWidget(self.choices)
        row.addStretch(1)
        row.addWidget(self.clear)
        row.addWidget(self.freeze)
        row.addWidget(self.keep)
        column.addLayout(row)
        return card

    def _connect(self) -> None:
        self.builder.edited.connect(self._built)
        self.line.typed.connect(self._typed)
        self.line.broken.connect(self._doubt)
        self.choices.changed.connect(self.refresh)
        self.keep.clicked.connect(self._begin_saving)
        self.clear.clicked.connect(self.show_all)
        self.freeze.clicked.connect(self._freeze)
        self.saving.wanted.connect(self._save)
        self.tree.opened.connect(self.show_question)
        self.tree.allWanted.connect(self.show_all)
        self.found.openNarratief.connect(self.openNarratief)
        self.found.exportWanted.connect(self._ask_file)

    # the question

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self.builder.set_names(names)
        self.choices.set_names(names)
        self.found.set_names(names)

    def show_all(self) -> None:
        """Empty the question: all narratieven."""
        self._saved = ("", self.tree.deelvraag_id())
        self.tree.show_all()
        self.line.show_expression(None)
        self._set(None)

    def show_question(self, name: str, expression: str, unit: str, codings: str, deelvraag_id: object) -> None:
        """Show a saved question."""
        self._saved = (name, deelvraag_id if isinstance(deelvraag_id, int) else None)
        self.choices.unit.choose(unit)
        self.choices.codings.choose(codings)
        try:
            self.line.edit.setText(in_words(expression))
            self.line.show_error(None)
            self._set(parse(self.line.text()))
        except QueryError as error:
            self.line.edit.setText(expression)
            self.line.show_error(error)
            self._doubt()

    def expression(self) -> Expression | None:
        """The question, None when it is empty."""
        return self._expression

    def _built(self, expression: Expression | None) -> None:
        self.line.show_expression(expression)
        self._set(None if expression is None else parse(self.line.text()))

    def _typed(self, expression: Expression | None) -> None:
        self._set(expression)

    def _doubt(self) -> None:
        """What stands there is no question yet: it cannot be kept, and the list is still the answer to another one."""
        self.result = None
        for button in (self.keep, self.freeze, self.found.export):
            button.setEnabled(False)
        self.saving.hide()
        self.found.line.setText(_("There is a mistake in the question. Below still stands what was asked before."))

    def _set(self, expression: Expression | None) -> None:
        self.tree.follow(expression is None)
        self._expression = expression
        self.builder.show_expression(expression, {})
        self.refresh()

    # the answer

    def refresh(self) -> None:
        """Ask again and show the answer; the question stays as it is."""
        self.keep.setEnabled(self._expression is not None)
        self.freeze.setEnabled(self._expression is not None)
        if self._expression is None:
            self._show_everything()
            return
        try:
            result = self._asker.ask(self._expression, self.choices.chosen_unit(), self.choices.codings.value())
        except Waiting:
            self.result = None
            self.found.line.setText(_("Searching the texts…"))
            return
        except NarratiefError as error:
            self.line.show_error(error)
            self._doubt()
            return
        self.line.show_error(None)
        self.result = result
        self.builder.show_counts(counts_of(result.parts))
        self._show(result)

    def _show(self, result: Result) -> None:
        heard = self._asker.heard(result.slots)
        line = result_line(result.count, result.documents, heard, result.codings, result.unit, result.units)
        if self._expression is not None and (shown := whose_shown(self._expression)):
            line = f"{line} · {shown}"
        self.found.reading_title = self._saved[0] or in_words(self._text())
        self.found.show_found(line, result.ids.tolist(), result.codings)

    def _show_everything(self) -> None:
        index, codings = self._opened.reading.index, self.choices.codings.value()
        slots = index.slots(index.live)
        line = result_line(slots.size, index.document_count(slots), self._asker.heard(slots), codings)
        self.result = None
        self.line.show_error(None)
        self.found.show_found(_("All narratieven: {line}", line=line), index.narratief_id[slots].tolist(), codings)
        self.found.export.setEnabled(False)

    # keeping

    def _begin_saving(self) -> None:
        name, deelvraag = self._saved
        self.saving.begin(name or in_words(self._text())[:80], deelvraag or self.tree.deelvraag_id())

    def _text(self) -> str:
        return "" if self._expression is None else to_text(self._expression)

    def _save(self, name: str, deelvraag_id: int | None) -> None:
        done = self._opened.do(message("Keep question «{name}»", name=name), questions.save_query, name, self._text(),
                               deelvraag_id=deelvraag_id, unit=self.choices.chosen_unit(),
                               codings=self.choices.codings.value())
        if done is not None:
            self._saved = (name, deelvraag_id)
            self.tree.show_query(name)

    def _freeze(self) -> None:
        if self.result is not None:
            name = moment_name(self._saved[0] or in_words(self._text()))
            self._opened.do(message("Momentopname of «{name}»", name=self._saved[0] or self._text()), snapshots.freeze,
                            self._opened.coder_id, name, self.result.ids.tolist(), expression=self._text(),
                            unit=self.result.unit, codings=self.result.codings, deelvraag_id=self._saved[1])

    # Excel

    def _ask_file(self) -> None:
        name = self._saved[0] or _("Question")
        path, _kind = QFileDialog.getSaveFileName(self, _("Write to Excel"), self._opened.beside(f"{name}.xlsx"),
                                                  "Excel (*.xlsx)")
        if path:
            self.export_to(Path(path if path.endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the answer to a workbook, in the background."""
        unit, codings = self.choices.chosen_unit(), self.choices.codings.value()
        jobs().run(_write, self._opened.project, self._text(), unit, codings, path,
                   title=_("Writing {file}", file=path.name), on_result=self._written, on_error=self._opened.tell)

    def _written(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)


def _write(_progress: Any, project: Project, text: str, unit: Unit, codings: str, path: Path) -> Path:
    # A reading of its own, as that of the window may change while the texts are read.
    from exports.excel import write_query
    from workbench.cli.projects import project_translator

    found = asking.query(Reading(project, project.author), text, unit=unit, codings=codings)
    write_query(found, path, project_translator(project))
    return path
