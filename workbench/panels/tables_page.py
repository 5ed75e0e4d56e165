"""What the table pages share: a table that tells what it counts, goes to Excel and to the clipboard as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from codebook.analysis.grid import Respondents
from codebook.analysis.shares import Shares
from codebook.tabling import Format, View, column_name, written
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _, current_language
from workbench.itemmodels import question_names
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import TABLE_UNITS, units_counted
from workbench.jobs import jobs
from workbench.panels.questions_table import Table, TablePage
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.heat_table import HeatData

NOTABLE = 0.05
"""Chances up to here are shaded."""


class ViewPage(TablePage):
    """A page says with `_view` what its table is. *Excel…* and *Copy* take what is on the screen."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, units=TABLE_UNITS, parent=parent)
        self.view: View | None = None
        self.second = QHBoxLayout()
        self.second.setSpacing(theme().px(12))
        self.copy = self._button(_("Copy"), _("Copy the table with what it counts, to paste it elsewhere   Ctrl+C"))
        self.excel = self._button(_("Excel…"), _("Write the table as it stands here to an Excel workbook"))
        self.copy.clicked.connect(self.copy_text)
        self.excel.clicked.connect(self._ask_file)
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.table, context=Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy_text)
        self.second.addStretch(1)
        self.second.addWidget(self.copy)
        self.second.addWidget(self.excel)
        self.above.addLayout(self.second)
        self.cautions.setTextFormat(Qt.TextFormat.PlainText)

    def _button(self, words: str, told: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "flat")
        button.setToolTip(told)
        return button

    def refresh(self) -> None:
        try:
            super().refresh()
        except Waiting:
            self.line.setText(_("Reading who speaks…"))

    def _compute(self) -> Table:
        self.view = None
        view = self.view = self._view()
        n = dict((name.template, value) for name, value in view.facts)
        whose = n["Whose codings"]
        counted = units_counted(self._unit_of(view), int(str(n["n"])))
        line = _("n = {units} · {whose}. {about}", units=counted, whose=_(whose) if not isinstance(whose, int) else "",
                 about=_(view.about))
        if (where := self.where()) is not None:
            line = f"{line} {_('Only: {question}.', question=question_names.in_words(where))}"
        return Table(self._heat(view), line, tuple(_(caution) for caution in view.cautions))

    def _unit_of(self, view: View) -> Any:
        """The unit of what is shown."""
        return self.choices.chosen_table_unit()

    def _heat(self, view: View) -> HeatData:
        columns = tuple(column_name(name, _) for name in view.columns)
        texts = [[view.text(r, c, _, decimal()) for c in range(len(columns))] for r in range(len(view.rows))]
        return HeatData(view.rows, columns, _shades(view), view.row_totals, view.column_totals,
                        texts=texts, notes={at: "\n".join(_(one) for one in told) for at, told in view.warned.items()},
                        each_column=len(set(view.formats)) > 1, corner=view.total)

    def _heard(self) -> Respondents | None:
        """Who is heard, when respondents are counted; Waiting while that is being read."""
        return self._asker.people() if self.choices.unit.value() == "respondent" else None

    def _view(self) -> View:
        raise NotImplementedError

    # out

    def copy_text(self) -> None:
        """Put the table on the clipboard."""
        from exports.shown_tables import as_text

        if self.view is not None:
            QGuiApplication.clipboard().setText(as_text(self.view, _, decimal()))  # type: ignore[arg-type]
            self._opened.message.emit(message("The table is on the clipboard"), False)

    def _ask_file(self) -> None:
        if self.view is None:
            return
        start = self._opened.beside(f"{self.view.name}.xlsx")
        path, _kind = QFileDialog.getSaveFileName(self, _("Write to Excel"), start, "Excel (*.xlsx)")
        if path:
            self.export_to(Path(path if path.endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the table to a workbook, in the background."""
        if self.view is not None:
            jobs().run(_write, self._opened.project, self.view, path, on_result=self._told_written,
                       on_error=self._opened.tell)

    def _told_written(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)


def _shades(view: View) -> Shares:
    """What makes a cell dark: its value; of chances the small ones, as those are what one looks for."""
    if "p" not in view.formats:
        return view.values
    return [[None if p is None else 1 - p if p <= NOTABLE else 0.0 for p in row] for row in view.values]


def decimal() -> str:
    """The decimal sign of the language in force."""
    return "," if current_language() == "nl" else "."


def in_words(value: float | None, form: Format) -> str:
    """A number as the language in force writes it."""
    return written(value, form, decimal())


def _write(_progress: Any, project: Project, view: View, path: Path) -> Path:
    from exports.excel import write_view
    from workbench.cli.projects import project_translator

    write_view(view, path, project_translator(project))
    return path
