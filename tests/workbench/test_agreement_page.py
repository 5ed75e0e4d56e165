"""Overeenstemming in the window: figures computed behind, each opens its narratieven, pairs, Excel, one coder."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from codebook import agreeing, blind, coding
from codebook.reading import Reading
from corpora.messages import message
from tests.workbench import deciding_study as study
from workbench import i18n
from workbench.jobs import jobs
from workbench.panels.agreement_page import AgreementPage
from workbench.project import OpenProject


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    i18n.set_language("nl")
    yield
    i18n.set_language("en")


def page_of(qtbot: QtBot, opened: OpenProject) -> AgreementPage:
    page = AgreementPage(opened)
    qtbot.addWidget(page)
    page.resize(1160, 640)
    page.show()
    qtbot.waitUntil(lambda: page.found is not None or page.empty.isVisible(), timeout=20_000)
    return page


def opened_study(qtbot: QtBot, folder: Path, *how: Any) -> Iterator[OpenProject]:
    made = OpenProject(study.make(folder, *how), "Mirthe")
    yield made
    jobs().cancel_all()
    qtbot.waitUntil(lambda: not jobs().running, timeout=20_000)
    made.close()
    gc.collect()  # here, and not in the thread of the next job: Qt's objects must go in this one


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenProject]:
    yield from opened_study(qtbot, tmp_path, 20, 10)


@pytest.fixture
def three(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenProject]:
    yield from opened_study(qtbot, tmp_path, 20, 10, ("Noor", "Sem", "Yara"))


@pytest.fixture
def one(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenProject]:
    yield from opened_study(qtbot, tmp_path, 3, 0, ("Noor",))


def row_of(page: AgreementPage, name: str) -> int:
    return next(n for n, line in enumerate(page.codes.lines.lines) if line.name == name)


def column_of(page: AgreementPage, title: str) -> int:
    return next(n for n, head in enumerate(page.codes.lines.heads, 1) if head.title == title)


def test_the_figures_are_those_of_the_analysis_and_open_their_narratieven(qtbot: QtBot, two: OpenProject) -> None:
    page = page_of(qtbot, two)
    found = agreeing.agreement(Reading(two.project))
    assert page.meaning.text() == i18n._(found.meaning)
    assert "Codes van Noor, Sem" in page.looked.text()
    row = row_of(page, "Werkzame factor")
    texts = [page.codes.model().index(row, column_of(page, title)).data() for title in ("beide", "Noor", "Sem", "geen")]
    assert texts == ["10", "20", "0", "0"]
    page.codes.setFocus()
    page.codes.setCurrentIndex(page.codes.model().index(row, column_of(page, "Noor")))
    qtbot.keyClick(page.codes, Qt.Key.Key_Return)
    assert page.list.ids() == agreeing.behind(two.reading, ["Noor", "Sem"], "only_a",
                                              [study.code_ids(two.project)["Werkzame factor"]])
    assert len(page.list.ids()) == 20
    assert "alleen door Noor gegeven" in page.list.title.text()
    assert "codes van Noor, Sem" in page.list.line.text()
    facets = [page.facets.model().index(n, 0).data() for n in range(page.facets.model().rowCount())]
    assert facets == ["WAT", "WIE", "HOE", "alle codes samen"]
    qtbot.mouseClick(page.facets.viewport(), Qt.MouseButton.LeftButton,
                     pos=page.facets.visualRect(page.facets.model().index(0, 4)).center())
    assert len(page.list.ids()) == 20


def test_sorting_puts_what_is_undefined_last(qtbot: QtBot, two: OpenProject) -> None:
    page = page_of(qtbot, two)
    alpha = column_of(page, "alfa")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.codes.sortByColumn(alpha, order)
        shown = [page.codes.model().index(n, alpha).data() for n in range(page.codes.model().rowCount())]
        assert shown[-1] == "–"
        assert shown[0] != "–"
    page.codes.sortByColumn(column_of(page, "Noor"), Qt.SortOrder.DescendingOrder)
    assert page.codes.model().index(0, 0).data() == "Werkzame factor"


def test_more_coders_in_pairs_and_some_of_them(qtbot: QtBot, three: OpenProject) -> None:
    page = page_of(qtbot, three)
    assert page.pair.isVisible()
    assert "beide" not in [head.title for head in page.codes.lines.heads]
    page.pair.choose("Noor – Yara")
    page.pair.picked.emit()
    row = row_of(page, "Werkzame factor")
    assert page.codes.model().index(row, column_of(page, "beide")).data() == "30"
    page.bar.coders.chosen = {"Noor", "Sem"}
    page.bar.coders.changed.emit()
    qtbot.waitUntil(lambda: page.found is not None and page.found.coders == ("Noor", "Sem"), timeout=20_000)
    assert not page.pair.isVisible()


def test_a_condition_and_documents_confine_it(qtbot: QtBot, two: OpenProject) -> None:
    page = page_of(qtbot, two)
    page.bar.where.setText("positief en")
    page.bar.where.editingFinished.emit()
    assert page.found is not None
    assert page.meaning.text() != i18n._(page.found.meaning)  # it says what is wrong with the question
    page.bar.documents.chosen = {"Gesprek 2"}
    page.bar.where.clear()
    page.refresh()
    qtbot.waitUntil(lambda: page.found is not None and page.found.n == 15, timeout=20_000)


def test_it_follows_the_project(qtbot: QtBot, two: OpenProject) -> None:
    page = page_of(qtbot, two)
    assert page.found is not None
    before = page.found
    two.do(message("Code"), coding.remove, two.reading.catalogue.coder("Sem").id,
           [int(two.reading.index.narratief_id[0])], [study.code_ids(two.project)["Outcome"]])
    qtbot.waitUntil(lambda: page.found is not before, timeout=20_000)
    assert page.found.facets[0].found.alpha_mv != before.facets[0].found.alpha_mv


def test_it_can_be_stopped(qtbot: QtBot, two: OpenProject) -> None:
    page = page_of(qtbot, two)
    page.refresh()
    running = [job for job in jobs().running if job.title]
    assert running
    for job in running:
        job.cancel()
    qtbot.waitUntil(lambda: not [job for job in jobs().running if job.title], timeout=20_000)
    assert page.meaning.text().startswith("Afgebroken")


def test_coders_may_stay_anonymous(qtbot: QtBot, two: OpenProject) -> None:
    two.do(message("Anonymous"), blind.set_anonymous, True)
    page = page_of(qtbot, two)
    heads = [head.title for head in page.codes.lines.heads]
    assert {"Codeur 1", "Codeur 2"} <= set(heads)
    page.codes._open(page.codes.model().index(row_of(page, "Werkzame factor"), heads.index("Codeur 1") + 1))
    told = page.looked.text() + page.list.title.text() + page.list.line.text() + page.bar.coders.text()
    assert "Noor" not in told
    assert "Sem" not in told


def test_excel_does_not_name_anonymous_coders(qtbot: QtBot, two: OpenProject, tmp_path: Path) -> None:
    two.do(message("Anonymous"), blind.set_anonymous, True)
    page = page_of(qtbot, two)
    page.export_to(tmp_path / "eens.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "eens.xlsx").exists(), timeout=20_000)
    cells = [str(cell.value) for sheet in load_workbook(tmp_path / "eens.xlsx") for row in sheet for cell in row]
    assert any("Codeur 1" in cell for cell in cells)
    assert not [cell for cell in cells if "Noor" in cell or "Sem" in cell]


def test_excel(qtbot: QtBot, two: OpenProject, tmp_path: Path) -> None:
    page = page_of(qtbot, two)
    page.export_to(tmp_path / "eens.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "eens.xlsx").exists(), timeout=20_000)
    assert load_workbook(tmp_path / "eens.xlsx").sheetnames == ["Codes", "Facetten", "Leeswijzer"]


def test_one_coder_alone_is_told_what_to_do(qtbot: QtBot, one: OpenProject) -> None:
    page = page_of(qtbot, one)
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.openTab) as told:
        page.empty.clicked.emit()
    assert told.args == ["team"]
