"""The grid as an instrument: every combination of codes, empty ones too, each with its question, its narratieven, and
what was found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from codebook import gridding, grids
from codebook.gridding import Place, WorkGrid
from codebook.grids import Axis
from codebook.query.algebra import Expression
from codebook.query.text import parse, to_text
from codebook.reading import Reading
from corpora.errors import NarratiefError, QueryError
from corpora.messages import message
from corpora.store.project import Changed, Project
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import QuestionNames, in_words, narratieven, whose
from workbench.jobs import jobs
from workbench.panels.grid_bar import GridBar
from workbench.panels.grid_cell import CellSide
from workbench.panels.grid_choosing import CodeChoice
from workbench.panels.grid_table import MEMO, NEXT, GridLines, GridPivot
from workbench.panels.grid_tree import GridTree
from workbench.project import OpenProject
from workbench.theme import theme

KEPT = {"grid_template", "grid_axis", "grid_code", "deelvraag"}
NOTES = {"grid_cell", "grid_cell_code", "grid_seen"}


class GridPage(QWidget):
    """`openNarratief(id)` shows a narratief in its transcript, `questionWanted(expression, codings)` asks a cell on
    the page of questions."""

    openNarratief = Signal(int)
    questionWanted = Signal(str, str)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._template: int | None = None
        self._axes: list[Axis] = []
        self._where: Expression | None = None
        self._is_stale = True
        self.grid: WorkGrid | None = None
        self.place: Place | None = None
        self.tree, self.side = GridTree(opened, asker), CellSide(opened, asker)
        self.pivot, self.lines, self.codes = GridPivot(), GridLines(asker), CodeChoice()
        self.bar, self.line, self._views = GridBar(), QLabel(), QStackedWidget()
        self.line.setWordWrap(True)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer, split = theme().px, QHBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        split.setHandleWidth(px(12))
        for widget in (self.tree, self._middle(), self.side):
            split.addWidget(widget)
        split.setSizes([px(190), px(540), px(400)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        outer.addWidget(split)

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        for view in (self.pivot, self.lines):
            self._views.addWidget(view)
        for widget in (self.bar, self.codes, self.bar.tabs, self.line):
            column.addWidget(widget)
        column.addWidget(self._views, 1)
        return middle

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self.tree.opened.connect(self.open_grid)
        self.tree.keepWanted.connect(self.keep)
        self.bar.choose.clicked.connect(lambda: self.codes.begin(self._opened.reading, self._axes))
        self.codes.chosen.connect(lambda: self._choose_codes(self.codes.axes()))
        self.bar.filter.typed.connect(self._confine)
        self.bar.choices.changed.connect(self._altered)
        self.bar.view.picked.connect(self._show)
        self.bar.wanted.picked.connect(self._show)
        self.bar.down.picked.connect(self._turned)
        self.bar.across.picked.connect(self._turned)
        self.bar.tabs.currentChanged.connect(lambda _index: self._show_layer())
        for view in (self.pivot, self.lines):
            view.placeChosen.connect(self._take)
            view.keyed.connect(self._keyed)
        self.bar.next.clicked.connect(self.go_on)
        self.bar.export.clicked.connect(self._ask_file)
        self.side.statusWanted.connect(self.mark)
        self.side.interpreted.connect(self._interpret)
        self.side.openNarratief.connect(self.openNarratief)
        self.side.questionWanted.connect(lambda text: self.questionWanted.emit(text, self.bar.choices.codings.value()))

    # keeping up with the project

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self.bar.choices.set_names(names)
        self.side.set_names(names)

    def _changed(self, changed: Changed) -> None:
        tables = changed.tables()
        if tables & KEPT or (tables & NOTES and not self.isVisible()):
            self._is_stale = True
            if self.isVisible():
                self.refresh()
        elif tables & NOTES:
            self.tree.read_notes()
            self._count()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the grids and count again; the cell in hand stays in hand."""
        self._is_stale = False
        self.tree.forget()
        self.tree.refresh()
        if self._template is not None and self.tree.chosen() != self._template:
            self.open_grid(None)
        else:
            self._count_anew()

    # the grid in hand

    def open_grid(self, number: int | None) -> None:
        """Show a kept grid; None for that of all combinations."""
        self.side.save()
        self._template, self.place = number, None
        self._axes, codings, condition = [], self.bar.choices.codings.value(), ""
        if number is not None:
            with self._opened.project.read() as session:
                kept = next(t for t in grids.templates(session) if t.id == number)
                codings, condition = kept.codings, kept.condition
        self.bar.choices.codings.choose(codings)
        self.bar.filter.edit.setText(in_words(condition) if condition else "")
        self._where = _parsed(condition)
        self._count_anew()

    def _count_anew(self) -> None:
        if self._template is None and not self._axes:
            used = {code.facet_id for code in self._opened.reading.catalogue.codes}
            self._axes = [Axis(f.id) for f in self._opened.reading.catalogue.facets if f.id in used]
        self._count()

    def _count(self) -> None:
        try:
            self.grid = self._counted()
        except Waiting:
            self.line.setText(_("Searching the texts…"))
            return
        except NarratiefError as error:
            is_filter = isinstance(error, QueryError)
            self.bar.filter.show_error(error if is_filter else None)
            if not is_filter:
                self.line.setText(_(error.message))
            return
        self.bar.filter.show_error(None)
        self.bar.offer(self.grid)
        self._say()
        self._show()

    def _counted(self) -> WorkGrid:
        reading = self._opened.reading
        if self._template is None:
            return WorkGrid(reading, gridding.axes(reading, self._axes), codings=self.bar.choices.codings.value(),
                            where=self._condition() or None, text=self._asker.text)
        with self._opened.project.read() as session:
            self._axes = list(grids.axes_of(session, self._template))
        return self.tree.work_grid(self._template)

    def _condition(self) -> str:
        return "" if self._where is None else to_text(self._where)

    def _say(self) -> None:
        assert self.grid is not None
        progress = self.grid.progress
        if not self.grid.size:
            self.line.setText(_("One facet of this grid has no codes any more. Choose them anew under “Codes…”."))
            return
        only = f" · {_('Only: {question}.', question=in_words(self.grid.where))}" if self.grid.where else ""
        self.line.setText(_("{total} combinations of {n}, {empty} empty · {handled} of {filled} handled · {whose}",
                            total=self.grid.size, n=narratieven(self.grid.counted.n),
                            empty=self.grid.size - progress.total, handled=progress.handled, filled=progress.total,
                            whose=whose(self.grid.codings)) + only)

    def _confine(self, expression: Expression | None) -> None:
        self._where = expression
        self._altered()

    def _choose_codes(self, wanted: list[Axis]) -> None:
        self._axes = wanted
        self._altered()

    def _altered(self) -> None:
        """Other codes, condition or coder: of a kept grid it is a step, else only the view changes."""
        if self._template is None:
            self._count()
            return
        self._opened.do(message("Change grid"), grids.change, self._template, self._axes,
                        codings=self.bar.choices.codings.value(), condition=self._condition())

    def keep(self, deelvraag_id: int | None) -> None:
        """Keep the grid in sight under a deelvraag, and take it in hand."""
        if self.grid is None:
            return
        name = " × ".join(axis.facet for axis in self.grid.axes)
        made = self._opened.do(message("Keep grid «{name}»", name=name), grids.add, name, self._axes,
                               deelvraag_id=deelvraag_id, codings=self.bar.choices.codings.value(),
                               condition=self._condition())
        if made is not None:
            held = self.place
            self.tree.choose(made)
            if held is not None and self._has(held):
                self.bring(held)

    # the views

    def _turned(self) -> None:
        if self.grid is not None:
            self.bar.offer(self.grid)
        self._show()

    def _show(self) -> None:
        if self.grid is None:
            return
        is_list = self.bar.view.value() == "list"
        self._views.setCurrentWidget(self.lines if is_list else self.pivot)
        self.bar.tabs.setVisible(self.bar.tabs.count() > 1 and not is_list)
        if self.place is not None and not self._has(self.place):
            self.place = None
        held = self.place
        if is_list:
            self.lines.show_grid(self.grid, self.bar.wanted.value())
        else:
            self._show_layer()
        if held is not None:
            self._view().bring(held)
        self._take(held)

    def _has(self, place: Place) -> bool:
        return self.grid is not None and len(place) == self.grid.counts.ndim and all(
            at < size for at, size in zip(place, self.grid.counts.shape, strict=True))

    def _show_layer(self) -> None:
        tab = self.bar.tabs.tabData(self.bar.tabs.currentIndex())
        if self.grid is not None and not self.grid.size:
            self.pivot.show_nothing()
        elif self.grid is not None and tab is not None and len(tab) == len(self.grid.axes):
            self.pivot.show_grid(self.grid, *self.bar.layer(), tuple(tab), self.bar.wanted.value())

    def _view(self) -> GridPivot | GridLines:
        return self.lines if self.bar.view.value() == "list" else self.pivot

    # one cell

    def _take(self, place: Place | None) -> None:
        # A view that takes the focus while the grid changes still tells of a cell of the grid before.
        self.place = place if place is not None and self._has(place) else None
        place = self.place
        if self.grid is not None:
            self.side.show_cell(self.grid, place, self._template is not None)

    def bring(self, place: Place) -> None:
        """Take a cell in hand, in the tab in which it stands."""
        down, across = self.bar.layer()
        for n in range(self.bar.tabs.count()):
            tab = self.bar.tabs.tabData(n)
            if all(tab[k] == place[k] for k in range(len(place)) if k not in (down, across)):
                self.bar.tabs.setCurrentIndex(n)
        self._view().bring(place)
        self._take(place)

    def go_on(self) -> None:
        """To the next combination with narratieven that is not handled, from the one in hand on."""
        if self.grid is None:
            return
        places = [p for p in self.grid.places() if self.grid.counts[p] and not self.grid.standing(p).is_handled]
        after = [p for p in places if self.place is not None and p > self.place]
        if places:
            self.bring((after or places)[0])

    def _keyed(self, asked: str) -> None:
        if asked == NEXT:
            self.go_on()
        elif asked == MEMO:
            self.side.note.setFocus()
        else:
            self.mark(asked)

    def mark(self, status: str) -> None:
        """Say how far the cell in hand is."""
        if self.grid is None or self.place is None:
            return
        if self._template is None:
            self._opened.failed.emit(message("Keep the grid first; then its combinations can be marked."))
            return
        self.side.save()
        cell = " × ".join(self.grid.labels(self.place))
        self._opened.do(message("Mark «{cell}» as {status}", cell=cell, status=status), grids.mark,
                        self._opened.coder_id, self._template, self.grid.combination(self.place), status,
                        self.grid.ids(self.place))

    def _interpret(self, place: Place, text: str) -> None:
        if self.grid is not None and self._template is not None:
            self._opened.do(message("Interpret «{cell}»", cell=" × ".join(self.grid.labels(place))), grids.interpret,
                            self._opened.coder_id, self._template, self.grid.combination(place), text)

    # Excel

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Write to Excel"), self._opened.beside(f"{_('Grid')}.xlsx"),
                                                  "Excel (*.xlsx)")
        if path:
            self.export_to(Path(path if path.endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the kept grids to a workbook, in the background."""
        jobs().run(_write, self._opened.project, self.bar.choices.codings.value(), path,
                   title=_("Writing {file}", file=path.name), on_result=self._written, on_error=self._not_written)

    def _written(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)

    def _not_written(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)


def _parsed(condition: str) -> Expression | None:
    try:
        return parse(condition) if condition else None
    except QueryError:
        return None


def _write(progress: Any, project: Project, codings: str, path: Path) -> Path:
    # A reading of its own, as that of the window may change while the texts are read.
    from exports.excel import write_grids
    from workbench.cli.projects import project_translator

    write_grids(Reading(project, project.author), path, project_translator(project), codings)
    return path
