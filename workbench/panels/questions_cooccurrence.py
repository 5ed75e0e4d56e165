"""Which codes stand together: facets or codes of one's own choice, every coefficient, and a test that respects
documents."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QCheckBox, QWidget

from codebook import asking, table_views, tabling
from codebook.analysis.association import benjamini_hochberg, holm
from codebook.analysis.association_table import Marks, TestTable, association_tests, marks
from codebook.asking import NamedCooccurrence
from codebook.table_views import Measure
from codebook.tabling import View
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames
from workbench.jobs import jobs
from workbench.panels.questions_table import Table
from workbench.panels.tables_codes import OWN, CodeStrip, axis_of
from workbench.panels.tables_page import ViewPage, in_words
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled

MEASURES: tuple[Measure, ...] = ("count", "row", "column", "total", "jaccard", "expected", "lift")
TESTED: tuple[Measure, ...] = ("p", "adjusted")
CORRECTIONS = {"bh": benjamini_hochberg, "holm": holm}


class CooccurrencePage(ViewPage):
    """A facet or own codes down and across, a choice of what the numbers say, and a test that is off by default."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, parent)
        self.rows, self.columns = Choice(_("Facet down")), Choice(_("Facet across"))
        self.measure, self.correction = Choice(_("What the numbers say")), Choice(_("Test for association"))
        self.row_codes, self.column_codes = CodeStrip(_("Rows:")), CodeStrip(_("Columns:"))
        self.folded = QCheckBox(_("Sub-codes with their code"))
        self.folded.setToolTip(_("Count every code below another with it"))
        self._found: NamedCooccurrence | None = None
        self._tests: TestTable | None = None
        self._wanted: object = None
        self._arrange_choices()

    def _arrange_choices(self) -> None:
        self.own_row.addLayout(labelled(_("Down"), self.rows))
        self.own_row.addLayout(labelled(_("Across"), self.columns))
        self.own_row.addLayout(labelled(_("Show"), self.measure))
        self.second.insertLayout(0, labelled(_("Test"), self.correction))
        self.second.insertWidget(1, self.folded)
        self.correction.offer([("", _("no test")), ("bh", _("within documents, Benjamini-Hochberg")),
                               ("holm", _("within documents, Holm"))])
        self._offer_measures()
        for strip in (self.row_codes, self.column_codes):
            self.above.addWidget(strip)
            strip.changed.connect(self.refresh)
            strip.hide()
        for choice in (self.rows, self.columns, self.measure):
            choice.picked.connect(self.refresh)
        self.correction.picked.connect(self._test_changed)
        self.folded.toggled.connect(lambda _on: self.refresh())

    def _offer_measures(self) -> None:
        offered = (*MEASURES, *TESTED) if self.correction.value() else MEASURES
        self.measure.offer([(one, _(table_views.measure_named(one))) for one in offered])

    def _test_changed(self) -> None:
        before = self.measure.value()
        self._offer_measures()
        if not self.correction.value() and before in TESTED:
            self.measure.choose("count")
        elif self.correction.value():
            self.measure.choose("adjusted")
        self.refresh()

    def set_names(self, names: QuestionNames) -> None:
        first = not self.rows.count()
        super().set_names(names)
        labels = [f.name for f in names.facets]
        for choice, preferred in ((self.rows, "WAT"), (self.columns, "HOE")):
            choice.offer([*((label, label) for label in labels), (OWN, _("codes of my choice"))])
            if first:
                choice.choose(preferred if preferred in labels else labels[-1] if labels else "")
        for strip in (self.row_codes, self.column_codes):
            strip.set_names(names)
        self.folded.setVisible(tabling.has_sub_codes(self._opened.reading))

    # the table

    def refresh(self) -> None:
        self.row_codes.setVisible(self.rows.value() == OWN)
        self.column_codes.setVisible(self.columns.value() == OWN)
        super().refresh()

    def _view(self) -> View:
        reading, folded = self._opened.reading, self.folded.isChecked()
        rows = axis_of(reading, self.rows, self.row_codes, folded)
        columns = axis_of(reading, self.columns, self.column_codes, folded)
        found = self._found = asking.cooccurrence(
            reading, rows, columns, unit=self.choices.chosen_table_unit(), codings=self.choices.codings.value(),
            where=self.where(), text=self._asker.text, heard=self._heard())
        self._want_tests(found)
        return table_views.crossing(reading, found, self._measure(), self._tests)

    def _measure(self) -> Measure:
        return next((one for one in (*MEASURES, *TESTED) if one == self.measure.value()), "count")

    def _compute(self) -> Table:
        made = super()._compute()
        if not self.correction.value():
            return made
        told = [_("Testing…")] if self._tests is None else []
        told.append(_("The test asks: within each document, do two codes share narratieven more often than chance? "
                      "That two themes merely belong to the same conversations does not count. The correction "
                      "accounts for the many pairs: among 100 tests about 5 have p < .05 by chance alone."))
        return Table(made.data, made.line, (*told, *made.cautions))

    # the test

    def _want_tests(self, found: NamedCooccurrence) -> None:
        """Test in the background; what was tested stands until the codings are others."""
        correction = self.correction.value()
        if not correction:
            self._tests, self._wanted = None, None
            return
        reading = self._opened.reading
        taken = marks(reading.index, found.table.rows, found.table.columns, codings=reading.codings(found.codings),
                      where=asking.within(reading, found.where, found.codings, self._asker.text))
        wanted = (correction, taken.rows, taken.columns, _fingerprint(taken))
        if wanted != self._wanted:
            self._tests, self._wanted = None, wanted
            jobs().run(_test, taken, correction, title=_("Testing which codes go together"),
                       on_result=lambda tests: self._tested(wanted, tests))

    def _tested(self, wanted: object, tests: TestTable) -> None:
        if wanted == self._wanted:
            self._tests = tests
            self.refresh()

    # a cell

    def _cell(self, row: int, column: int) -> tuple[str, list[int], str]:
        assert self._found is not None, "a cell is opened in a table"
        ids = asking.cell_ids(self._opened.reading, self._found, row, column, self._asker.text, self._heard())
        return self._title(row, column), ids, self._found.codings

    def _told(self, row: int, column: int) -> list[str]:
        if self._found is None or row < 0 or column < 0:
            return []
        return [_(one) for one in table_views.explained(self._found, row, column, in_words, self._tests)]


def _fingerprint(taken: Marks) -> int:
    packed = np.packbits(np.array([*taken.row_masks, *taken.column_masks]))
    return hash((packed.tobytes(), taken.strata.tobytes()))


def _test(progress: Any, taken: Marks, correction: str) -> TestTable:
    return association_tests(taken, CORRECTIONS[correction], progress)
