"""The tables of Vragen, driven as a researcher would: own codes, units, coefficients, the test, cells, Excel, text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from codebook import asking, codes, coding, table_views, tabling
from corpora.messages import message
from tests.workbench.test_questions import HOE, WAT, opened, panel  # noqa: F401
from workbench import i18n
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject


def shown(page: Any) -> list[list[str]]:
    """The texts of the table's cells and totals as they are painted."""
    model = page.table.model()
    return [[str(model.data(model.index(r, c)) or "") for c in range(model.columnCount())]
            for r in range(model.rowCount())]


@pytest.fixture
def page(panel: QuestionsPanel) -> Any:  # noqa: F811
    panel.tabs.setCurrentWidget(panel.cooccurrence)
    return panel.cooccurrence


def show(page: Any, measure: str) -> None:
    page.measure.choose(measure)
    page.refresh()


def choose(strip: Any, qtbot: Any, label: str) -> None:
    qtbot.keyClicks(strip.field, label)
    at = next(n for n, operand in enumerate(strip.field.suggestions()) if operand.label == label)
    strip.field.pick(at)


def test_every_measure_is_shown_with_its_denominator(page: Any, opened: OpenProject) -> None:  # noqa: F811
    found = asking.cooccurrence(opened.reading, "WAT", "HOE")
    for measure in ("count", "row", "column", "total", "jaccard", "expected", "lift"):
        show(page, measure)
        view = table_views.crossing(opened.reading, found, measure)
        assert page._data.values == view.values
        assert str(view.about) in page.line.text()
        assert page.line.text().startswith(f"n = {found.n} narratieven · codes of everyone")


@pytest.mark.parametrize("unit", ["document", "respondent", "group"])
def test_the_unit_is_chosen_and_said(page: Any, opened: OpenProject, unit: Any) -> None:  # noqa: F811
    page.choices.unit.choose(unit)
    page.refresh()
    found = asking.cooccurrence(opened.reading, "WAT", "HOE", unit=unit)
    assert page._data.values == found.table.counts.tolist()
    assert page.line.text().startswith(f"n = {found.n} {unit}" if unit != "group" else "n = 2 respondent groups")
    row, column = page._data.rows.index("Outcome"), page._data.columns.index("positief")
    page.table.cellActivated.emit(row, column)
    assert page.found.ids() == asking.cell_ids(opened.reading, found, row, column)


def test_codes_of_ones_own_choice_by_typing(page: Any, qtbot: Any, opened: OpenProject) -> None:  # noqa: F811
    page.rows.choose("own:")
    page.refresh()
    assert "at least one code" in page.line.text()
    for label in ("Outcome", "facilitator"):
        choose(page.row_codes, qtbot, label)
    assert page._data.rows == ("WAT:Outcome", "WIE:facilitator")
    column = page._data.columns.index("negatief")
    assert page._data.values[1][column] == opened.reading.ask("facilitator and negatief").count
    qtbot.mouseClick(page.row_codes.buttons[0], Qt.MouseButton.LeftButton)
    assert page._data.rows == ("facilitator",)


def test_a_cell_says_both_proportions_and_what_misleads(page: Any, opened: OpenProject) -> None:  # noqa: F811
    show(page, "jaccard")
    row, column = page._data.rows.index("Outcome"), page._data.columns.index("positief")
    page.table.cellActivated.emit(row, column)
    both, one = opened.reading.ask("Outcome and positief").count, opened.reading.ask("Outcome").count
    told = page.found.line.text()
    assert f"{both} of {one} narratieven with Outcome also carry positief" in told
    assert "occurs only 5 × here" in told
    assert "occurs only" in page.table.model()._spoken(row, column)


def test_sub_codes_are_folded(page: Any, opened: OpenProject) -> None:  # noqa: F811
    assert page.folded.isHidden()
    with opened.project.read() as session:
        number = {e.code.label: e.code.id for e in codes.entries(session)}
    opened.do(message("Move"), codes.move, number["Outcome"], parent_id=number["Werkzame factor"])
    assert not page.folded.isHidden()
    page.folded.setChecked(True)
    assert "Outcome" not in page._data.rows
    column = page._data.columns.index("positief")
    assert page._data.values[page._data.rows.index("Werkzame factor")][column] == opened.reading.ask(
        '("Werkzame factor" or Outcome) and positief').count


def test_the_test_is_off_until_asked_for_and_explained(page: Any, qtbot: Any,
                                                       opened: OpenProject) -> None:  # noqa: F811
    assert page.correction.value() == ""
    assert page.measure.findData("p") == -1
    double_the_material(opened)
    page.correction.choose("holm")
    page.correction.picked.emit()
    qtbot.waitUntil(lambda: page._tests is not None, timeout=20_000)
    assert "within each document" in page.cautions.text()
    row, column = page._data.rows.index("Outcome"), page._data.columns.index("positief")
    test = page._tests.tests[row, column]
    assert page.view.values[row][column] == page._tests.adjusted[row, column]
    page.table.cellActivated.emit(row, column)
    assert f"smallest p within reach {tabling.written(test.smallest_p, 'p')}" in page.found.line.text()
    before = page._tests
    opened.do(message("Off"), coding.remove, opened.coder_id, page.found.ids()[:1], list(page._found.table.rows))
    qtbot.waitUntil(lambda: page._tests is not None and page._tests is not before, timeout=20_000)


def double_the_material(opened: OpenProject) -> None:  # noqa: F811
    """More than the twenty narratieven that a test asks for."""
    from corpora import documents, narratives
    from corpora.narratives import Span
    from corpora.transcript_types import Transcript

    def add(session: Any) -> None:
        text = "Nog iets. " * 12
        document = documents.add(session, Transcript(text, ()), title="Gesprek 3", kind="interview")
        narratives.set_segmentation(session, document, [Span(n, n + 9) for n in range(0, 120, 10)])

    opened.do(message("More"), add)


def test_counts_follow_the_coding(page: Any, opened: OpenProject) -> None:  # noqa: F811
    row, column = page._data.rows.index("Outcome"), page._data.columns.index("positief")
    page.table.cellActivated.emit(row, column)
    before, ids = page._data.values[row][column], page.found.ids()
    with opened.project.read() as session:
        number = codes.Lookup(session).code("HOE:positief").code.id
    opened.do(message("Off"), coding.remove, opened.coder_id, ids[:1], [number])
    assert page._data.values[row][column] == before - 1
    assert page.found.ids() == ids[1:]


@pytest.mark.parametrize("measure", ["count", "row", "jaccard", "expected", "lift"])
def test_excel_equals_the_screen(page: Any, qtbot: Any, tmp_path: Path, measure: str) -> None:
    show(page, measure)
    told: list[str] = []
    page._opened.message.connect(lambda text, _undo: told.append(str(text)))
    page.export_to(tmp_path / "tabel.xlsx")
    qtbot.waitUntil(lambda: told == ["Written: tabel.xlsx"], timeout=60_000)
    book = load_workbook(tmp_path / "tabel.xlsx")
    sheet = book.worksheets[0]
    form = page.view.formats[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows[:-1]] == list(page._data.rows)
    width = len(page._data.columns)
    written = [[value.replace("van", "of") if isinstance(value, str) else tabling.written(float(str(value)), form)
                for value in row[1:width + 1]] for row in rows[:-1]]
    assert written == [row[:width] for row in shown(page)[:-1]]
    totals = [str(value) if value else "–" for value in rows[-1][1:]]
    assert totals == shown(page)[-1]
    assert len(page.view.warned) == (book["Kanttekeningen"].max_row - 1 if page.view.warned else 0)


def test_the_table_is_copied_as_text(page: Any, qtbot: Any) -> None:
    page.table.setFocus()
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[0] == "WAT × HOE: counts"
    assert [line.split("\t")[1:] for line in lines[1:len(page._data.rows) + 1]] == [
        [text if n < len(page._data.columns) else text.replace("–", "0") for n, text in enumerate(row)]
        for row in shown(page)[:-1]]
    assert "Whose codings\tcodes of everyone" in lines


def test_in_dutch_numbers_have_a_comma(panel: QuestionsPanel) -> None:  # noqa: F811
    i18n.set_language("nl")
    try:
        panel.tabs.setCurrentWidget(panel.cooccurrence)
        show(panel.cooccurrence, "expected")
        texts = shown(panel.cooccurrence)
        row = panel.cooccurrence._data.rows.index(WAT[0])
        column = panel.cooccurrence._data.columns.index(HOE[0])
        assert "," in texts[row][column]
        assert "Zo veel narratieven" in panel.cooccurrence.line.text()
    finally:
        i18n.set_language("en")


def test_how_often_every_code_occurs(panel: QuestionsPanel, opened: OpenProject) -> None:  # noqa: F811
    panel.tabs.setCurrentWidget(panel.crosstable)
    made = panel.crosstable
    made.against.choose("often:")
    made.refresh()
    row = made._data.rows.index("Outcome")
    found = opened.reading.ask("Outcome")
    assert made._data.values[row][:3] == [found.count, found.count / opened.reading.index.n, found.documents]
    made.table.cellActivated.emit(row, 2)
    assert made.found.ids() == found.ids.tolist()
    assert made.line.text().startswith(f"n = {opened.reading.index.n} narratieven")


def test_yes_or_no_and_normalised(panel: QuestionsPanel) -> None:  # noqa: F811
    panel.tabs.setCurrentWidget(panel.crosstable)
    made = panel.crosstable
    made.against.choose("document")
    show(made, "binary")
    row = made._data.rows.index("Outcome")
    assert made._data.values[row] == [1, 1]
    assert made._data.row_totals[row] == 2
    show(made, "normalised")
    assert made._found is not None
    table = made._found.table
    largest = max(table.column_n.tolist())
    assert made._data.values[row] == [c * largest / n for c, n in zip(
        table.counts[row].tolist(), table.column_n.tolist(), strict=True)]
    assert f"× {largest} /" in made.line.text()
