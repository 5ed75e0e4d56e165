"""Which codes stand together: any facet against any facet, and the grid with a tab per code of a third."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTabBar, QWidget

from codebook import asking
from codebook.asking import NamedCooccurrence
from codebook.query.text import to_text
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames, units_counted, whose
from workbench.panels.questions_choices import Choice, labelled
from workbench.panels.questions_table import Table, TablePage, percent, plain
from workbench.project import OpenProject
from workbench.widgets.heat_table import HeatData


class CooccurrencePage(TablePage):
    """A facet down, a facet across, and a choice of what the numbers say."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, parent=parent)
        self.rows, self.columns = Choice(_("Facet down")), Choice(_("Facet across"))
        self.measure = Choice(_("What the numbers say"))
        self.measure.offer([("count", _("counts")), ("row", _("% of row")), ("column", _("% of column")),
                            ("jaccard", _("Jaccard"))])
        self.own_row.addLayout(labelled(_("Down"), self.rows))
        self.own_row.addLayout(labelled(_("Across"), self.columns))
        self.own_row.addLayout(labelled(_("Show"), self.measure))
        for choice in (self.rows, self.columns, self.measure):
            choice.picked.connect(self.refresh)
        self._found: NamedCooccurrence | None = None

    def set_names(self, names: QuestionNames) -> None:
        first = not self.rows.count()
        super().set_names(names)
        labels = [f.name for f in names.facets]
        for choice, preferred in ((self.rows, "WAT"), (self.columns, "HOE")):
            choice.offer([(label, label) for label in labels])
            if first:
                choice.choose(preferred if preferred in labels else labels[-1] if labels else "")

    def _condition(self) -> str | None:
        return self.where()

    def _compute(self) -> Table:
        found = asking.cooccurrence(self._opened.reading, self.rows.value(), self.columns.value(),
                                    unit=self.choices.chosen_unit(), codings=self.choices.codings.value(),
                                    where=self._condition(), text=self._asker.text)
        self._found = found
        line = _("n = {units} · {whose}. Totals are all that carry the code, not sums of cells.",
                 units=units_counted(found.unit, found.n), whose=whose(found.codings))
        return Table(self._data_of(found), line, tuple(_(caution) for caution in found.table.cautions()))

    def _data_of(self, found: NamedCooccurrence) -> HeatData:
        table, measure = found.table, self.measure.value()
        rows, columns = tuple(table.row_totals.tolist()), tuple(table.column_totals.tolist())
        if measure == "jaccard":
            return HeatData(found.rows, found.columns, plain(table.jaccard), unit=_("Jaccard"), decimals=2)
        if measure == "row":
            return HeatData(found.rows, found.columns, percent(table.p_column_given_row), row_totals=rows,
                            unit=_("% of row"))
        if measure == "column":
            return HeatData(found.rows, found.columns, percent(table.p_row_given_column), column_totals=columns,
                            unit=_("% of column"))
        unit = {"narratief": _("narratieven"), "document": _("documents"), "group": _("respondent groups")}[found.unit]
        return HeatData(found.rows, found.columns, table.counts.tolist(), rows, columns, unit)

    def _cell(self, row: int, column: int) -> tuple[str, list[int], str]:
        assert self._found is not None, "a cell is opened in a table"
        behind = self._row_behind(row) if row >= 0 else row
        ids = asking.cell_ids(self._opened.reading, self._found, behind, column, self._asker.text)
        return self._title(row, column), ids, self._found.codings

    def _row_behind(self, row: int) -> int:
        """The row of the counts that is shown as this row."""
        return row


class GridPage(CooccurrencePage):
    """Every combination of three facets: one down, one across, a tab per code of the third. Empty cells stay in
    sight, as a combination that nobody mentions can be a finding."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, parent)
        self.choices.unit.hide()
        self.tabs_facet = Choice(_("Facet of the tabs"))
        self.hide_empty = QCheckBox(_("Without empty rows"))
        self.own_row.addLayout(labelled(_("Tabs"), self.tabs_facet))
        self.own_row.addWidget(self.hide_empty)
        self.tabs = QTabBar()
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Codes of the third facet"))
        self.above.addWidget(self.tabs)
        self._shown: list[int] = []
        self.tabs.currentChanged.connect(lambda _index: self.refresh())
        self.tabs_facet.picked.connect(self._third_changed)
        self.hide_empty.toggled.connect(lambda _on: self.refresh())

    def set_names(self, names: QuestionNames) -> None:
        first = not self.tabs_facet.count()
        super().set_names(names)
        labels = [f.name for f in names.facets]
        self.tabs_facet.offer([("", _("none")), *((label, label) for label in labels)])
        if first:
            self.tabs_facet.choose("WIE" if "WIE" in labels else "")
        self._fill_tabs()

    def _fill_tabs(self) -> None:
        wanted = [(_("All"), "")]
        for facet in self._names.facets:
            if facet.name == self.tabs_facet.value():
                wanted += [(c.label, to_text(self._names.code_node(facet.name, c.label))) for c in facet.codes]
        if wanted == [(self.tabs.tabText(n), self.tabs.tabData(n)) for n in range(self.tabs.count())]:
            return
        here = self.tabs.tabText(self.tabs.currentIndex())
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for label, condition in wanted:
            self.tabs.setTabData(self.tabs.addTab(label), condition)
        self.tabs.setCurrentIndex(max(0, next((n for n, w in enumerate(wanted) if w[0] == here), 0)))
        self.tabs.blockSignals(False)

    def _third_changed(self) -> None:
        self._fill_tabs()
        self.refresh()

    def _condition(self) -> str | None:
        tab, where = str(self.tabs.tabData(self.tabs.currentIndex()) or ""), self.where()
        if where is None:
            return tab or None
        return f"({where}) and {tab}" if tab else where

    def _data_of(self, found: NamedCooccurrence) -> HeatData:
        data = super()._data_of(found)
        counts = found.table.counts
        self._shown = [n for n in range(len(found.rows)) if not self.hide_empty.isChecked() or counts[n].any()]
        return HeatData(tuple(data.rows[n] for n in self._shown), data.columns, [data.values[n] for n in self._shown],
                        tuple(data.row_totals[n] for n in self._shown) if data.row_totals else (),
                        data.column_totals, data.unit, data.decimals)

    def _row_behind(self, row: int) -> int:
        return self._shown[row]

    def _title(self, row: int, column: int) -> str:
        title = super()._title(row, column)
        return f"{self.tabs.tabText(self.tabs.currentIndex())} × {title}" if self.tabs.currentIndex() > 0 else title
