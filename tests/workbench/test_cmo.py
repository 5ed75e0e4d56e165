"""The place CMO in the window: kernelementen, codes and their parts, the matrix, the pictures, and an empty project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from codebook import cmo, cmo_views, codes, coding, kernelementen
from codebook.cmo_counts import ROLES
from codebook.models import Code, Kernelement
from corpora.messages import message
from corpora.store.writing import delete_rows
from tests.workbench.cmo_places import CASES, DIALOGUE, STORIES, configured, founded, ids
from workbench import i18n
from workbench.app import Desk
from workbench.panels.cmo import CmoPanel
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings
from workbench.widgets.pictures.chain import chained


@pytest.fixture
def opened(tmp_path: Path, qapp: Any) -> Iterator[OpenProject]:
    i18n.set_language("en")
    made = founded(tmp_path)
    yield made
    made.close()


def shown(opened: OpenProject, qtbot: Any) -> CmoPanel:
    made = CmoPanel(opened)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> CmoPanel:
    return shown(opened, qtbot)


def names(opened: OpenProject) -> list[str]:
    with opened.project.read() as session:
        return [one.label for one in kernelementen.in_order(session)]


def number(panel: CmoPanel, label: str) -> int:
    return next(one.id for one in panel.counting.board.kernelementen if one.label == label)


def rows(panel: CmoPanel) -> dict[tuple[str, str], float]:
    """What the matrix shows."""
    data = panel.matrix.table._model.data_shown
    return {(row, role): int(data.values[r][c] or 0) for r, row in enumerate(data.rows)
            for c, role in enumerate(ROLES)}


PART = {"WAT:Werkzame factor": "mechanisme", "WAT:Belemmerende factor": "context", "WAT:Outcome": "outcome"}
NAMED = {"WAT:Dialogisch werken": DIALOGUE, "WAT:Casus Leren": CASES}


def brute(kernelement: str) -> dict[tuple[str, str], set[int]]:
    """Which stories stand in a cell, counted from the stories themselves."""
    found: dict[tuple[str, str], set[int]] = {}
    stories = [given for _group, group in STORIES.values() for given in group]
    for n, given in enumerate(stories):
        if kernelement in {NAMED[c] for c in given if c in NAMED}:
            for part in {PART[c] for c in given if c in PART}:
                for actor in (c.removeprefix("WIE:") for c in given if c.startswith("WIE:")):
                    found.setdefault((actor, part), set()).add(n)
    return found


def test_the_matrix_counts_what_stands_in_the_codings(panel: CmoPanel, opened: OpenProject) -> None:
    for label in (DIALOGUE, CASES):
        panel.list.choose(number(panel, label))
        found = {place: n for place, n in rows(panel).items() if n}
        assert found == {place: len(held) for place, held in brute(label).items()} != {}


def test_a_cell_opens_its_narratieven_beside_it_and_to_read(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    panel.list.choose(number(panel, DIALOGUE))
    table = panel.matrix.table
    place = (list(table._model.data_shown.rows).index("burger"), ROLES.index("outcome"))
    table.setCurrentIndex(table._model.index(*place))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    wanted = [ids(opened)[n] for n in sorted(brute(DIALOGUE)["burger", "outcome"])]
    assert panel.matrix.found.ids() == wanted
    assert panel.matrix.found.line.text().startswith("2 narratieven, 2 documents, 2 respondents, 2 respondent groups")
    assert table._model.data(table._model.index(*place), Qt.ItemDataRole.ToolTipRole) == (
        "burger × Outcome: 2 narratieven\n2 narratieven, 2 documents, 2 respondents, 2 respondent groups")
    with qtbot.waitSignal(panel.readWanted) as caught:
        qtbot.mouseClick(panel.matrix.found.read, Qt.MouseButton.LeftButton)
    assert caught.args == [wanted, "Dialogisch werken: burger × Outcome"]
    with qtbot.waitSignal(panel.openNarratief) as caught:
        qtbot.keyClick(panel.matrix.found.list, Qt.Key.Key_Return)
    assert caught.args == wanted[:1]


def test_counts_follow_a_new_coding_and_its_undo(panel: CmoPanel, opened: OpenProject) -> None:
    panel.list.choose(number(panel, DIALOGUE))
    before = rows(panel)
    with opened.project.read() as session:
        outcome = codes.Lookup(session).code("WAT:Outcome").code.id
        burger = codes.Lookup(session).code("WIE:burger").code.id
    opened.do(message("Code"), coding.apply, opened.coder_id, [ids(opened)[6]], [outcome, burger])
    assert rows(panel)["burger", "outcome"] == before["burger", "outcome"] + 1
    opened.undo()
    assert rows(panel) == before


@pytest.mark.parametrize(("kind", "wanted"), [
    ("kernelement", {DIALOGUE: 5, CASES: 2}), ("group", {"Leercoaches": 3, "Managers": 2}),
    ("kind", {"interview": 5})])
def test_it_is_compared(panel: CmoPanel, kind: str, wanted: dict[str, int]) -> None:
    panel.list.choose(number(panel, DIALOGUE))
    panel.matrix.rows.choose(kind)
    panel.matrix.rows.picked.emit()
    data = panel.matrix.table._model.data_shown
    assert {name: n for name, n in zip(data.rows, data.row_totals, strict=True) if n} == wanted


def test_other_units_and_somebody_elses_codings(panel: CmoPanel, opened: OpenProject) -> None:
    panel.list.choose(number(panel, DIALOGUE))
    panel.matrix.unit.choose("document")
    panel.matrix.unit.picked.emit()
    assert rows(panel)["burger", "outcome"] == 2 and rows(panel)["burger", "mechanisme"] == 2
    opened.do(message("Coder"), coding.coder_id, "Bea")
    panel.codings.choose("Bea")
    panel.codings.picked.emit()
    assert not any(rows(panel).values())
    assert "codes of Bea" in panel.matrix.line.text()


def typed(panel: QWidget, qtbot: Any, text: str) -> None:
    """Type in the field of the item that is being named, and finish."""
    [field] = [f for f in panel.findChildren(QLineEdit) if f.hasFocus()]
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_kernelementen_are_made_named_moved_and_taken_away_by_keys(panel: CmoPanel, qtbot: Any,
                                                                   opened: OpenProject) -> None:
    before, tree = names(opened), panel.list.tree
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Insert)
    typed(panel.list, qtbot, "Ruimte geven")
    qtbot.waitUntil(lambda: names(opened) == [*before, "Ruimte geven"])
    qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(opened) == [*before[:-1], "Ruimte geven", before[-1]]
    assert tree.currentItem().text(0) == "Ruimte geven"
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    typed(panel.list, qtbot, "Dialogisch werken")
    qtbot.wait(20)
    assert "Ruimte geven" in names(opened), "a name that is taken is refused"
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert names(opened) == before
    opened.undo()
    assert "Ruimte geven" in names(opened)


def test_codes_are_named_and_given_a_part(panel: CmoPanel, qtbot: Any, opened: OpenProject) -> None:
    panel.show_page("codes")
    panel.list.choose(number(panel, "Collectieve betekenisgeving"))
    tree = panel.codes.tree
    panel.codes.filter.setText("autonomie")
    [item] = [one for one in panel.codes.items() if not one.isHidden()]
    tree.setCurrentItem(item)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    with opened.project.read() as session:
        code = codes.Lookup(session).code("WAT:Autonomie").code.id
    own = number(panel, "Collectieve betekenisgeving")
    qtbot.waitUntil(lambda: panel.counting.codes(own) == (code,))
    [item] = [one for one in panel.codes.items() if not one.isHidden()]
    role: Any = tree.itemWidget(item, 1)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    qtbot.keyClick(role, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: code in panel.counting.board.role_codes["verbeterpunt"])
    opened.undo()
    opened.undo()
    with opened.project.read() as session:
        assert session.get_one(Code, code).cmo_role == ""
        assert own not in kernelementen.codes_of(session)


def test_the_flow_is_counted_from_the_codings(panel: CmoPanel, opened: OpenProject) -> None:
    panel.show_page("pictures")
    panel.list.choose(number(panel, DIALOGUE))
    flow = panel.pictures.flow()
    assert flow.facets == ("Context", "Mechanism", "Outcome", "Actor")
    assert [[(c.label, c.count) for c in stage] for stage in flow.stages] == [
        [("Belemmerende factor", 1)], [("Werkzame factor", 2)], [("Outcome", 2)], [("burger", 3), ("facilitator", 2)]]
    assert [f.tolist() for f in flow.flows] == [[[0]], [[1]], [[2, 1]]]


def test_a_part_of_a_picture_opens_its_narratieven_and_the_picture_is_saved(panel: CmoPanel, qtbot: Any, tmp_path: Path,
                                                                            opened: OpenProject) -> None:
    panel.show_page("pictures")
    panel.list.choose(number(panel, DIALOGUE))
    page = panel.pictures
    mark = next(m for m in page.view.drawing.marks if m.spoken.startswith("Outcome × burger"))
    page.view.activated.emit(mark)
    assert page.found.isVisible()
    assert page.found.ids() == [ids(opened)[2], ids(opened)[4]]
    for ending in ("svg", "png"):
        page.save_to(tmp_path / f"beeld.{ending}")
    assert "Dialogisch werken: Context → Mechanism" in (tmp_path / "beeld.svg").read_text(encoding="utf-8")
    assert (tmp_path / "beeld.png").read_bytes().startswith(b"\x89PNG")


def test_the_chain_stands_in_the_order_of_cause_and_shows_gaps_and_links(panel: CmoPanel,
                                                                         opened: OpenProject) -> None:
    later = configured(opened, number(panel, DIALOGUE))
    first = configured(opened, number(panel, DIALOGUE))
    opened.do(message("Link"), cmo.link, first, later, "outcome-wordt-context")
    panel.show_page("pictures")
    panel.list.choose(number(panel, DIALOGUE))
    panel.pictures.show_kind("chain")
    assert [one.id for one in chained(panel.pictures._shown)] == [first, later]
    said = [getattr(shape, "text", "") for shape in panel.pictures.view.drawing.shapes]
    assert said.count("no reasoning yet") == 2
    assert "outcome becomes context" in said
    assert said.index("CMO 2 · Gehoord worden") < said.index("CMO 1 · Gehoord worden")


def test_without_kernelementen_it_says_what_to_do(tmp_path: Path, qtbot: Any) -> None:
    i18n.set_language("en")
    opened = founded(tmp_path, filled=False)
    opened.do(message("Empty"), _no_kernelementen)
    panel = shown(opened, qtbot)
    assert panel.empty.isVisible()
    qtbot.mouseClick(panel.empty._button, Qt.MouseButton.LeftButton)
    assert not panel.empty.isVisible()
    assert names(opened) == list(kernelementen.SHIPPED)
    for key in panel.tabs.in_order():
        panel.show_page(key)
    assert "0 narratieven" in panel.matrix.line.text()
    opened.undo()
    assert panel.empty.isVisible()
    opened.close()


def _no_kernelementen(session: Any) -> None:
    for one in kernelementen.in_order(session):
        kernelementen.remove(session, one.id)
    delete_rows(session, Kernelement, [])


def test_ctrl_k_finds_kernelementen_and_configurations(qtbot: Any, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path))
    i18n.set_language("en")
    made = founded(tmp_path)
    with made.project.read() as session:
        wanted = kernelementen.find(session, CASES).id
    title = configured(made, wanted)
    made.close()
    desk = Desk(Settings(coder="Anna"), furnish=furnish)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.open_project(str(tmp_path / "cmo.narratief"))
    palette = desk.window.palette_panel
    palette.open()
    qtbot.keyClicks(palette._field, "gehoord worden")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    panel: Any = desk.window.place_widget("cmo")
    assert panel.list.current == wanted
    assert panel.board.board.current.lane == title
    palette.open()
    qtbot.keyClicks(palette._field, "dialogisch werken")
    at = next(n for n, item in enumerate(palette._items) if item.kind == "kernelement")
    palette._choose(at)
    assert panel.list.current == number(panel, DIALOGUE)
    panel.board.new()
    qtbot.keyClicks(panel.board.board.editing().title, "Half af")
    desk.close_project()
    again = OpenProject.open(tmp_path / "cmo.narratief", "Anna")
    with again.project.read() as session:
        assert "Half af" in [one.title for one in cmo_views.configurations(session)]
    again.close()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_it_is_written_to_a_file(panel: CmoPanel, qtbot: Any, tmp_path: Path, opened: OpenProject,
                                 ending: str) -> None:
    configured(opened, number(panel, DIALOGUE))
    panel.list.choose(number(panel, DIALOGUE))
    path = tmp_path / f"cmo.{ending}"
    panel.give.write(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    if ending == "docx":
        words = "\n".join(p.text for p in Document(str(path)).paragraphs)
        assert "Gehoord worden" in words and CASES not in words
    else:
        assert any("Gehoord worden" in row for sheet in load_workbook(path) for row in sheet.values)
