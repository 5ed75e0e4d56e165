"""Codes against documents, respondent groups, kinds, attributes or coders; and how often each code occurs."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from codebook import asking, table_views, tabling
from codebook.asking import Against, NamedAxis, NamedCrossTable
from codebook.table_views import CrossMeasure
from codebook.tabling import View
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.tables_codes import OWN, CodeStrip, axis_of
from workbench.panels.tables_page import ViewPage
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled

ATTRIBUTE = "attribute:"
OFTEN = "often:"
SIMPLE: tuple[Against, ...] = ("group", "document", "kind", "coder")
ATTRIBUTES: Against = "attribute"
MEASURES: tuple[CrossMeasure, ...] = ("count", "row", "column", "total", "normalised", "binary")


class CrossTablePage(ViewPage):
    """A facet or own codes down, and across what the material is made of, or the frequencies of the codes."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, parent)
        self.rows, self.against = Choice(_("Facet down")), Choice(_("Across"))
        self.measure = Choice(_("What the numbers say"))
        self.row_codes = CodeStrip(_("Rows:"))
        self.folded = QCheckBox(_("Sub-codes with their code"))
        self.measure.offer([(one, _(table_views.measure_named(one))) for one in MEASURES])
        for words, choice in ((_("Down"), self.rows), (_("Across"), self.against), (_("Show"), self.measure)):
            self.own_row.addLayout(labelled(words, choice))
            choice.picked.connect(self.refresh)
        self.second.insertWidget(0, self.folded)
        self.above.addWidget(self.row_codes)
        self.row_codes.hide()
        self.row_codes.changed.connect(self.refresh)
        self.folded.toggled.connect(lambda _on: self.refresh())
        self._found: NamedCrossTable | None = None
        self._axis: NamedAxis | None = None

    def set_names(self, names: QuestionNames) -> None:
        super().set_names(names)
        self.rows.offer([*((f.name, f.name) for f in names.facets), (OWN, _("codes of my choice"))])
        self.row_codes.set_names(names)
        words: dict[Against, str] = {"document": _("documents"), "group": _("respondent groups"), "kind": _("kinds"),
                                     "coder": _("coders")}
        attributes = [(ATTRIBUTE + name, name) for name in names.catalogue.attributes]
        self.against.offer([*((key, words[key]) for key in SIMPLE), *attributes, (OFTEN, _("how often (all units)"))])
        self.folded.setVisible(tabling.has_sub_codes(self._opened.reading))

    def refresh(self) -> None:
        self.row_codes.setVisible(self.rows.value() == OWN)
        often = self.against.value() == OFTEN
        self.choices.unit.setEnabled(not often)
        self.measure.setEnabled(not often)
        self.choices.codings.setEnabled(self.against.value() != "coder")
        super().refresh()

    def _view(self) -> View:
        reading = self._opened.reading
        axis = self._axis = axis_of(reading, self.rows, self.row_codes, self.folded.isChecked())
        codings, where, text = self.choices.codings.value(), self.where(), self._asker.text
        if self.against.value() == OFTEN:
            self._found = None
            return table_views.often(reading, axis, codings=codings, where=where, text=text,
                                     heard=self._asker.people())
        chosen = self.against.value()
        dimension = next((one for one in SIMPLE if one == chosen), ATTRIBUTES)
        self._found = asking.cross_table(
            reading, axis, dimension, attribute=chosen.removeprefix(ATTRIBUTE) if dimension == ATTRIBUTES else "",
            unit=self.choices.chosen_table_unit(), codings=codings, where=where, text=text, heard=self._heard())
        return table_views.against(reading, self._found, self._measure())

    def _unit_of(self, view: View) -> Any:
        return "narratief" if self._found is None else self._found.table.unit

    def _measure(self) -> CrossMeasure:
        return next((one for one in MEASURES if one == self.measure.value()), "count")

    # a cell

    def _cell(self, row: int, column: int) -> tuple[str, list[int], str]:
        reading, codings = self._opened.reading, self.choices.codings.value()
        if self._found is None:
            assert self._axis is not None, "a cell is opened in a table"
            found = asking.cooccurrence(reading, self._axis, self._axis, codings=codings, where=self.where(),
                                        text=self._asker.text)
            return self._data.rows[row], asking.cell_ids(reading, found, row, -1, self._asker.text), codings
        ids = asking.cross_ids(reading, self._found, row, column, self._asker.text)
        is_coder = self._found.dimension == "coder" and column >= 0
        return self._title(row, column), ids, self._found.table.columns[column] if is_coder else self._found.codings
