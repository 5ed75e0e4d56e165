"""Beelden, by keys and mouse: every mark opens what it says, no labels overlap, files are fit for print."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage

from codebook import codes, coding, founding
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript
from workbench import i18n
from workbench.panels.pictures import PicturesPage
from workbench.panels.questions import QuestionsPanel
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.tokens import DARK
from workbench.widgets.pictures.files import PAPER
from workbench.widgets.pictures.ink import grey, width_of
from workbench.widgets.pictures.shapes import Drawing, Line, Words

KINDS = ("heat", "network", "flow", "bars", "codeline", "portrait")


def fill(session: Writing) -> None:
    chance = random.Random(3)
    every = [e.code.id for e in codes.entries(session)]
    coder = coding.coder_id(session, "Anna")
    for title, size in (("Gesprek 1", 70), ("Gesprek 2", 30)):
        lines = [f"Verhaal {n}." for n in range(size)]
        text = "\n".join(lines)
        document = documents.add(session, Transcript(text, ()), title=title, kind="interview")
        narratives.set_segmentation(session, document, [Span(text.index(line), text.index(line) + len(line))
                                                        for line in lines])
        for one in narratives.of_document(session, document):
            coding.apply(session, coder, [one.id], chance.choices(every, range(1, len(every) + 1), k=5))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that every test gets a copy of."""
    path = tmp_path_factory.mktemp("beelden") / "beelden.narratief"
    project: Project = founding.found(path, author="Anna")
    project.step(message("Fill"), fill)
    project.close()
    return path


@pytest.fixture
def opened(study: Path, tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    shutil.copy(study, tmp_path / "beelden.narratief")
    made = OpenProject.open(tmp_path / "beelden.narratief", "Anna")
    yield made
    made.close()


@pytest.fixture
def page(opened: OpenProject, qtbot: Any) -> PicturesPage:
    panel = QuestionsPanel(opened)
    qtbot.addWidget(panel)
    panel.resize(1190, 690)
    panel.show()
    qtbot.waitExposed(panel)
    panel.tabs.setCurrentWidget(panel.pictures)
    return panel.pictures


def places_of_words(drawing: Drawing) -> list[tuple[str, QRectF]]:
    """Where the ink of every label is."""
    found = []
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            area, tall = shape.area, shape.size * 0.8
            room = area.height() if shape.turned else area.width()
            wide = min(room, width_of(shape.text, shape.size, shape.bold) - 2)
            along = {"left": 0.0, "right": room - wide, "centre": (room - wide) / 2}[shape.align]
            middle = area.center()
            found.append((shape.text, QRectF(middle.x() - tall / 2, area.bottom() - along - wide, tall, wide)
                          if shape.turned else QRectF(area.left() + along, middle.y() - tall / 2, wide, tall)))
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("room", [(560.0, 420.0), (760.0, 520.0), PAPER])
def test_no_label_lies_on_another_or_outside(page: PicturesPage, kind: str, room: tuple[float, float]) -> None:
    page.show_kind(kind)
    drawing = page.drawing(*room)
    words = places_of_words(drawing)
    assert len(words) > 20
    sheet = QRectF(0, 0, drawing.width, drawing.height)
    assert [text for text, area in words if not sheet.contains(area)] == []
    overlapping = [(a, b) for n, (a, one) in enumerate(words) for b, other in words[:n] if one.intersects(other)]
    assert overlapping == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_opens_the_narratieven_it_speaks_of(page: PicturesPage, kind: str) -> None:
    page.show_kind(kind)
    assert page.view.drawing.marks
    for mark in page.view.drawing.marks[::3]:
        page.view.activated.emit(mark)
        said = re.search(r": (\d+) narratie", mark.spoken)
        assert len(page.found.ids()) == (int(said[1]) if said else 1)
        assert page.found.title.text() == mark.spoken
        assert mark.narratief is None or page.found.ids() == [mark.narratief]


def test_a_click_opens_what_lies_under_it(page: PicturesPage, qtbot: Any, opened: OpenProject) -> None:
    page.codes.setFocus()
    mark = page.view.drawing.marks[4]
    assert len(mark.codes) == 2
    qtbot.mouseClick(page.view.sheet, Qt.MouseButton.LeftButton, pos=mark.centre.toPoint())
    index = opened.reading.index
    assert page.found.ids() == index.ids(index.column(mark.codes[0]) & index.column(mark.codes[1])).tolist()


def test_arrows_go_from_number_to_number_and_enter_opens(page: PicturesPage, qtbot: Any) -> None:
    sheet = page.view.sheet
    sheet.setFocus(Qt.FocusReason.TabFocusReason)
    assert sheet.current == 0
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    qtbot.keyClick(sheet, Qt.Key.Key_Down)
    first, here = sheet.drawing.marks[0], sheet.drawing.marks[sheet.current]
    assert here.centre.x() > first.centre.x()
    assert here.centre.y() > first.centre.y()
    assert page.pointed.text() == here.spoken
    qtbot.keyClick(sheet, Qt.Key.Key_Left)
    qtbot.keyClick(sheet, Qt.Key.Key_Up)
    assert sheet.current == 0
    qtbot.keyClick(sheet, Qt.Key.Key_End)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert page.found.title.text() == sheet.drawing.marks[-1].spoken


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_is_reached_by_the_mouse(page: PicturesPage, kind: str) -> None:
    page.show_kind(kind)
    sheet = page.view.sheet
    for n, mark in enumerate(sheet.drawing.marks):
        inside = [mark.path.pointAtPercent(k / 40) for k in range(40)]
        near = [p + step for p in (*inside, mark.centre) for step in (QPointF(1.5, 0.6), QPointF(-1.5, -0.6),
                                                                      QPointF(0.6, -1.5), QPointF(-0.6, 1.5))]
        assert any(sheet.at(p) == n for p in near), mark.spoken


def test_coding_changes_the_picture_and_keeps_the_mark(page: PicturesPage, opened: OpenProject) -> None:
    mark = next(m for m in page.view.drawing.marks if len(m.codes) == 2 and ": 2 narratieven" in m.spoken)
    page.view.sheet.go_to(page.view.drawing.marks.index(mark))
    page.view.activated.emit(mark)
    index = opened.reading.index
    with_one = index.column(mark.codes[0]) & ~index.column(mark.codes[1])
    opened.do(message("Give"), coding.apply, opened.coder_id, index.ids(with_one)[:1].tolist(), [mark.codes[1]])
    assert page.found.title.text().endswith(": 3 narratieven")
    assert len(page.found.ids()) == 3
    assert page.view.drawing.marks[page.view.sheet.current].key == mark.key
    opened.undo()
    assert len(page.found.ids()) == 2


def test_choices_confine_the_picture(page: PicturesPage, qtbot: Any) -> None:
    page.show_kind("bars")
    every = len(page.view.drawing.marks)
    top = page.codes.tree.topLevelItem(0)
    assert top is not None
    top.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: len(page.view.drawing.marks) < every)
    assert page.codes.facets() == ("WIE", "HOE")
    assert "of 46 codes" in page.view.drawing.summary
    page.least.setValue(12)
    assert all(int(m.spoken.split()[-2]) >= 12 for m in page.view.drawing.marks)
    page.filter.edit.setFocus()
    qtbot.keyClicks(page.filter.edit, 'document:"Gesprek 2"')
    assert "n = 30 narratieven" in page.view.drawing.summary
    page.show_kind("heat")
    assert page.least.value() == 1
    page.facets[2].choose("WIE")
    page.facets[2].picked.emit()
    assert page.view.drawing.title != "WAT × HOE"


def test_an_empty_picture_says_why(page: PicturesPage) -> None:
    for kind in ("heat", "network", "flow", "bars", "codeline"):
        page.show_kind(kind)
        page.least.setValue(5000)
        assert not page.view.drawing.marks
        assert any("least number" in text or "no code" in text.lower() for text, _ in
                   places_of_words(page.view.drawing))


@pytest.mark.parametrize("kind", KINDS)
def test_svg_and_png_for_print(page: PicturesPage, kind: str, tmp_path: Path,
                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme(), "tokens", DARK)
    page.show_kind(kind)
    page.refresh()
    assert page.view.drawing.ground == DARK.surface
    drawing = page.drawing(*PAPER, on_paper=True)
    for ending in ("svg", "png"):
        page.save_to(tmp_path / f"beeld.{ending}")
    root = etree.parse(str(tmp_path / "beeld.svg")).getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=space) == drawing.title
    written = {"".join(node.itertext()).strip() for node in root.iterfind(".//s:text", space)}
    missing = {shape.text for shape in drawing.shapes if isinstance(shape, Words)} - written
    assert {text for text in missing if not any(w.endswith("…") and text.startswith(w[:-1]) for w in written)} == set()
    image = QImage(str(tmp_path / "beeld.png"))
    assert image.width() == round(drawing.width * 300 / 96)
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_a_file_that_cannot_be_written_is_told(page: PicturesPage, opened: OpenProject, qtbot: Any,
                                               tmp_path: Path) -> None:
    with qtbot.waitSignal(opened.failed) as told:
        page.save_to(tmp_path / "nowhere" / "beeld.svg")
    assert "nowhere" in str(told.args[0].values)


def test_in_grey_there_is_no_colour_and_facets_keep_their_form(page: PicturesPage) -> None:
    page.show_kind("network")
    page.grey.setChecked(True)
    for on_paper in (False, True):
        drawing = page.drawing(*PAPER, on_paper=on_paper)
        colours = {getattr(s, name) for s in drawing.shapes if not isinstance(s, Words)
                   for name in ("fill", "edge", "colour", "hatched") if getattr(s, name, "")}
        assert all(len(set(re.findall("..", colour[1:]))) == 1 for colour in colours)
        assert {s.form for s in drawing.shapes if hasattr(s, "form")} == {"square", "round", "diamond"}


def test_thicker_lines_for_more_narratieven(page: PicturesPage) -> None:
    page.show_kind("network")
    widths = sorted(s.width for s in page.view.drawing.shapes if isinstance(s, Line))
    assert widths[0] < widths[-1] == 8


def test_grey_is_as_light_as_the_colour() -> None:
    assert grey("#ffffff") == "#ffffff"
    assert grey("#00ff00") > grey("#ff0000") > grey("#0000ff")
