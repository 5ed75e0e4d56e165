"""Codes against documents, respondent groups, kinds, attributes or coders."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from codebook import asking
from codebook.asking import Against, NamedCrossTable
from workbench.i18n import _
from workbench.itemmodels.asker import Asker
from workbench.itemmodels.question_names import QuestionNames, documents, narratieven, whose
from workbench.panels.questions_choices import Choice, labelled
from workbench.panels.questions_table import Table, TablePage, percent
from workbench.project import OpenProject
from workbench.widgets.heat_table import HeatData

ATTRIBUTE = "attribute:"
SIMPLE: tuple[Against, ...] = ("group", "document", "kind", "coder")
ATTRIBUTES: Against = "attribute"


class CrossTablePage(TablePage):
    """A facet down, and across what the material is made of."""

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(opened, asker, with_unit=False, parent=parent)
        self.rows, self.against = Choice(_("Facet down")), Choice(_("Across"))
        self.measure, self.counted = Choice(_("What the numbers say")), Choice(_("What is counted"))
        self.measure.offer([("count", _("counts")), ("row", _("% of row")), ("column", _("% of column")),
                            ("total", _("% of all"))])
        self.counted.offer([("narratief", _("narratieven")), ("document", _("documents"))])
        for words, choice in ((_("Down"), self.rows), (_("Across"), self.against), (_("Show"), self.measure),
                              (_("Count"), self.counted)):
            self.own_row.addLayout(labelled(words, choice))
            choice.picked.connect(self.refresh)
        self._found: NamedCrossTable | None = None

    def set_names(self, names: QuestionNames) -> None:
        super().set_names(names)
        self.rows.offer([(f.name, f.name) for f in names.facets])
        words: dict[Against, str] = {"document": _("documents"), "group": _("respondent groups"), "kind": _("kinds"),
                                     "coder": _("coders")}
        attributes = [(ATTRIBUTE + name, name) for name in names.catalogue.attributes]
        self.against.offer([*((key, words[key]) for key in SIMPLE), *attributes])

    def _compute(self) -> Table:
        chosen = self.against.value()
        attribute = chosen.removeprefix(ATTRIBUTE) if chosen.startswith(ATTRIBUTE) else ""
        dimension = next((d for d in SIMPLE if d == chosen), ATTRIBUTES)
        counted = "document" if self.counted.value() == "document" and dimension != "coder" else "narratief"
        self.counted.setEnabled(dimension != "coder")
        self.choices.codings.setEnabled(dimension != "coder")
        found = asking.cross_table(self._opened.reading, self.rows.value(), dimension, attribute=attribute,
                                   unit="document" if counted == "document" else "narratief",
                                   codings=self.choices.codings.value(), where=self.where(), text=self._asker.text)
        self._found = found
        n = documents(found.table.n) if counted == "document" else narratieven(found.table.n)
        codings = _("each coder's own codes") if dimension == "coder" else whose(found.codings)
        return Table(self._data_of(found), _("n = {units} · {whose}.", units=n, whose=codings), self._sizes(found))

    def _sizes(self, found: NamedCrossTable) -> tuple[str, ...]:
        """How much each column holds; without it counts of unequal columns mislead."""
        each = zip(self._column_names(found), found.table.column_n.tolist(), strict=True)
        return (_("In each column: {sizes}", sizes=" · ".join(f"{name} {n}" for name, n in each)),)

    def _column_names(self, found: NamedCrossTable) -> tuple[str, ...]:
        return tuple(name or _("(none)") for name in found.table.columns)

    def _data_of(self, found: NamedCrossTable) -> HeatData:
        table, columns, measure = found.table, self._column_names(found), self.measure.value()
        totals = tuple(table.row_totals.tolist())
        if measure == "row":
            return HeatData(found.rows, columns, percent(table.row_share), totals, unit=_("% of row"))
        if measure == "column":
            return HeatData(found.rows, columns, percent(table.column_share), totals, unit=_("% of column"))
        if measure == "total":
            return HeatData(found.rows, columns, percent(table.total_share), totals, unit=_("% of all"))
        unit = _("narratieven") if table.unit == "narratief" else _("documents")
        return HeatData(found.rows, columns, table.counts.tolist(), totals, unit=unit)

    def _cell(self, row: int, column: int) -> tuple[str, list[int], str]:
        assert self._found is not None, "a cell is opened in a table"
        ids = asking.cross_ids(self._opened.reading, self._found, row, column, self._asker.text)
        is_coder = self._found.dimension == "coder" and column >= 0
        return self._title(row, column), ids, self._found.table.columns[column] if is_coder else self._found.codings
