"""The place Rapport in the window: made in the background, every sentence open to its sources, own words kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtWidgets import QApplication

from codebook import coding, memberchecks, memos, patterns, questions, report_texts
from corpora.messages import message
from exports.paper import Heading, Own, Table
from tests.exports.findings import study, words
from tests.exports.test_report_return import typed
from workbench.app import Desk
from workbench.panels.report import ReportPanel
from workbench.places import furnish
from workbench.project import OpenProject
from workbench.settings import Settings


@pytest.fixture
def opened(tmp_path: Path, qtbot: Any) -> Iterator[OpenProject]:
    study(tmp_path).close()
    found = OpenProject.open(tmp_path / "studie.narratief", "Mirthe")
    yield found
    found.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> ReportPanel:
    made = ReportPanel(opened)
    qtbot.addWidget(made)
    made.resize(1160, 660)
    made.show()
    qtbot.waitExposed(made)
    settle(made, qtbot)
    return made


def settle(panel: ReportPanel, qtbot: Any) -> None:
    """Wait until the report is made and nothing is to come."""
    qtbot.waitUntil(lambda: panel.made is not None and panel._job is None and not panel._wait.isActive()
                    and not panel._stale, timeout=30_000)


def go(panel: ReportPanel, key: str) -> int:
    """Take a section in hand."""
    assert panel.made is not None
    at = panel.made.section_at(key)
    panel.outline.choose(at)
    return at


def part_of(panel: ReportPanel, text: str) -> int:
    assert panel.made is not None
    return next(n for n, p in enumerate(panel.made.paper.parts) if text in getattr(p, "text", ""))


def lines(panel: ReportPanel) -> list[str]:
    return [item.text(0) for item in panel.outline._all_items()]


def test_the_outline_has_chapters_findings_quotes_and_places(panel: ReportPanel) -> None:
    found = lines(panel)
    assert [one for one in found if one[:1].isdigit() and one[1] == " "] == [
        "1  Inleiding", "2  Methode", "3  Resultaten", "4  CMO-analyse", "5  Discussie", "6  Conclusie",
        "7  Aanbevelingen"]
    assert "P1  Samen aan een casus" in found and "Q1  “Een echte casus op tafel, daar leer ik het meest van.”" in found
    assert "C1  Doorvragen" in found and "Discussie (empty)" in found and "Inleiding" in found


def test_the_title_page_shows_what_the_program_puts_there(panel: ReportPanel) -> None:
    go(panel, "titelblad")
    assert panel.made is not None
    words = panel.page.text.toPlainText()
    paper = panel.made.paper
    assert all(text in words for text in (paper.title, paper.subtitle, *paper.facts))
    go(panel, "discussie")
    assert paper.subtitle not in panel.page.text.toPlainText()


class Painted(QObject):
    """Counts how often a widget is painted."""

    n = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


def test_another_place_shows_its_own_hint(panel: ReportPanel, qtbot: Any) -> None:
    go(panel, "titelblad")
    QApplication.processEvents()
    seen = Painted()
    panel.page.editor.viewport().installEventFilter(seen)
    hint = panel.page.editor.placeholderText()
    go(panel, "discussie")
    QApplication.processEvents()
    assert panel.page.editor.placeholderText() != hint and seen.n, "the hint that is seen is another one too"


def test_a_finding_opens_its_narratieven_coders_and_dates(panel: ReportPanel, qtbot: Any) -> None:
    go(panel, "resultaten")
    assert panel.made is not None
    part = part_of(panel, "Samen aan een casus")
    panel.outline.choose(panel.made.section_of(part), part)
    tree = panel.sources.tree
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    assert [one.text(0) for one in tops if one][:4] == ["Gesprek 1 · 1", "Gesprek 2 · 1", "Logboek · 1",
                                                       "Logboek · 4 (contradicts)"]
    below = [tops[0].child(n).text(0) for n in range(tops[0].childCount())]  # type: ignore[union-attr]
    assert any(line.startswith("WAT: Werkzame factor · Noor · ") for line in below)
    assert any(line.startswith("HOE: positief · Sem · ") for line in below)
    assert "Noor, Sem" in panel.sources.about.text()
    with qtbot.waitSignal(panel.openNarratief) as told:
        tree.setCurrentItem(tops[1])
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    with panel.opened.project.read() as session:
        from tests.exports.findings import ids
        assert told.args == ids(session, "Gesprek 2")[:1]
        everyone = [*ids(session, "Gesprek 1")[:1], *ids(session, "Gesprek 2")[:1], ids(session, "Logboek")[0],
                    ids(session, "Logboek")[3]]
    tree.setFocus()
    with qtbot.waitSignal(panel.readWanted) as read:
        qtbot.keyClick(tree, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert read.args[0] == everyone


def test_a_sentence_a_row_and_a_number_can_be_clicked(panel: ReportPanel) -> None:
    go(panel, "materiaal")
    panel.page._follow(QUrl(f"part:{part_of(panel, 'Het materiaal bestaat')}"))
    assert panel.sources.title.text() == "These numbers" and panel.sources.tree.topLevelItemCount() == 2
    assert panel.made is not None
    table = next(n for n, p in enumerate(panel.made.paper.parts) if isinstance(p, Table) and p.key == "conclusie")
    panel.page._follow(QUrl(f"row:{table}:0"))
    assert panel.sources.title.text().startswith("P1")
    panel.page._follow(QUrl(f"part:{part_of(panel, 'Doorvragen helpt.')}"))
    assert panel.sources.title.text().startswith("S1") and panel.sources.tree.topLevelItem(0) is not None
    first = panel.sources.tree.topLevelItem(0)
    panel.sources.tree.setCurrentItem(first)
    panel.sources._open()
    assert panel.sources.title.text().startswith("C1")


def test_own_words_are_kept_on_leaving_and_undone(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    go(panel, "discussie")
    panel.page.editor.setFocus()
    qtbot.keyClicks(panel.page.editor, "Dit past bij ander onderzoek.")
    panel.outline.filter.setFocus()
    assert body(opened, "discussie") == "Dit past bij ander onderzoek."
    assert panel.made is not None and "Dit past bij ander onderzoek." in panel.page.text.toPlainText()
    assert "Discussie" in lines(panel) and "Discussie (empty)" not in lines(panel)
    opened.undo()
    assert body(opened, "discussie") == "" and panel.page.editor.toPlainText() == ""
    opened.redo()
    assert panel.page.editor.toPlainText() == "Dit past bij ander onderzoek."


def body(opened: OpenProject, place: str) -> str:
    with opened.project.read() as session:
        return report_texts.body_at(session, place)


def test_going_to_another_section_keeps_what_was_typed(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    go(panel, "discussie")
    panel.page.editor.setPlainText("Getypt.")
    go(panel, "aanbevelingen")
    assert body(opened, "discussie") == "Getypt." and panel.page.editor.toPlainText() == ""
    go(panel, "discussie")
    assert panel.page.editor.toPlainText() == "Getypt."


def test_new_coding_changes_numbers_and_not_what_is_being_typed(panel: ReportPanel, opened: OpenProject,
                                                                qtbot: Any) -> None:
    go(panel, "discussie")
    panel.page.editor.setFocus()
    qtbot.keyClicks(panel.page.editor, "Half af")
    code = next(c.id for c in opened.reading.catalogue.codes if c.label == "burger")
    opened.do(message("Code"), coding.apply, opened.coder_id, [int(opened.reading.index.narratief_id[0])], [code])
    settle(panel, qtbot)
    assert panel.page.editor.toPlainText() == "Half af"
    go(panel, "codering")
    assert "3 codeurs gaven samen 61 codes." in panel.page.text.toPlainText()
    assert body(opened, "discussie") == "Half af"


def test_what_to_look_at_leads_to_its_section(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    shown = [panel.outline.warned.item(n).text() for n in range(panel.outline.warned.count())]
    assert shown == ["No narratief supports the pattern «Nog zonder bewijs».",
                     "Deelvraag «2 Wat het oplevert» has no patterns yet."]
    panel.outline._show_warned(panel.outline.warned.item(1))
    line = panel.outline.current()
    assert line is not None and "Deelvraag 2 Wat het oplevert" in line.text
    opened.do(message("Own"), report_texts.write, opened.coder_id, "discussie", "Zoals Fatima zei.")
    first = panel.outline.warned.item(0)
    assert "Fatima" in first.text()
    panel.outline._show_warned(first)
    assert "5  Discussie" in panel.outline.current().text  # type: ignore[union-attr]


def test_words_at_a_place_that_is_gone_are_told(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    with opened.project.read() as session:
        second = questions.deelvragen(session)[1]
        place = report_texts.place_of(report_texts.DEELVRAAG, second.uuid)
    opened.do(message("Own"), report_texts.write, opened.coder_id, place, "Nog een gedachte.")
    opened.do(message("Weg"), questions.remove_deelvraag, second.id)
    settle(panel, qtbot)
    shown = [panel.outline.warned.item(n).text() for n in range(panel.outline.warned.count())]
    assert any("Nog een gedachte." in line for line in shown) and body(opened, place) == "Nog een gedachte."


def test_words_kept_at_a_merge_are_told_and_let_go(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    opened.do(message("Own"), report_texts.write, opened.coder_id, "discussie", "Van Noor.")
    with opened.project.read() as session:
        number = report_texts.all_of(session)["discussie"].id
    opened.do(message("Kept"), memos.write, opened.coder_id, "report_text", number, "Van Mirthe.")
    shown = [panel.outline.warned.item(n).text() for n in range(panel.outline.warned.count())]
    assert any("Discussie" in line and "merged" in line for line in shown)
    go(panel, "discussie")
    assert panel.made is not None
    panel._show_sources(next(n for n, p in enumerate(panel.made.paper.parts)
                             if isinstance(p, Own) and p.place == "discussie"), -1)
    tree = panel.sources.tree
    last = tree.topLevelItem(tree.topLevelItemCount() - 1)
    assert last is not None and last.text(0) == "Van Mirthe."
    tree.setFocus()
    tree.setCurrentItem(last)
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    shown = [panel.outline.warned.item(n).text() for n in range(panel.outline.warned.count())]
    assert not any("merged" in line for line in shown)


def test_searching_by_code_leaves_its_lines(panel: ReportPanel, qtbot: Any) -> None:
    qtbot.keyClicks(panel.outline.filter, "P1")
    seen = [item.text(0) for item in panel.outline._all_items() if not item.isHidden()]
    assert "P1  Samen aan een casus" in seen and not [one for one in seen if one.startswith(("C1", "S1", "Q1"))]
    qtbot.keyClick(panel.outline.filter, Qt.Key.Key_Return)
    assert panel.outline.current().text == "P1  Samen aan een casus"  # type: ignore[union-attr]


def test_the_report_and_all_factsheets_are_written(panel: ReportPanel, opened: OpenProject, qtbot: Any,
                                                   tmp_path: Path) -> None:
    go(panel, "discussie")
    panel.page.editor.setPlainText("Nog niet verlaten.")
    with qtbot.waitSignal(opened.message, timeout=60_000, check_params_cb=lambda m, _u: "r.docx" in str(m)):
        panel.writing.write_report(tmp_path / "r.docx")
    assert "Nog niet verlaten." in words(tmp_path / "r.docx")
    with opened.project.read() as session:
        groups = [one.label for one in memberchecks.groups(session)]
    wanted = [(g, tmp_path / f"{g}{ending}") for g in groups for ending in (".docx", ".pdf")]
    with qtbot.waitSignal(opened.message, timeout=60_000, check_params_cb=lambda m, _u: "4" in str(m)):
        panel.writing.write_sheets(wanted)
    assert all(path.stat().st_size > 1000 for _group, path in wanted)


def test_a_name_stops_writing_and_is_told(panel: ReportPanel, opened: OpenProject, qtbot: Any, tmp_path: Path) -> None:
    opened.do(message("Own"), report_texts.write, opened.coder_id, "discussie", "Zoals Fatima zei.")
    with qtbot.waitSignal(opened.failed, timeout=60_000) as told:
        panel.writing.write_report(tmp_path / "r.docx")
    assert "Fatima" in str(told.args[0]) and not (tmp_path / "r.docx").exists()
    qtbot.waitUntil(panel.writing.report.isEnabled, timeout=10_000)


def test_what_was_typed_in_word_comes_into_view(panel: ReportPanel, opened: OpenProject, qtbot: Any,
                                                tmp_path: Path) -> None:
    with qtbot.waitSignal(opened.message, timeout=60_000, check_params_cb=lambda m, _u: "r.docx" in str(m)):
        panel.writing.write_report(tmp_path / "r.docx")
    typed(tmp_path / "r.docx", "discussie", "In Word getypt.")
    go(panel, "discussie")
    panel.writing.read_back(tmp_path / "r.docx")
    qtbot.waitUntil(lambda: panel.page.editor.toPlainText() == "In Word getypt.", timeout=5_000)
    with qtbot.waitSignal(opened.message) as told:
        panel.writing.read_back(tmp_path / "r.docx")
    assert "Nothing new" in str(told.args[0])
    (tmp_path / "x.docx").write_bytes(b"geen rapport")
    with qtbot.waitSignal(opened.failed):
        panel.writing.read_back(tmp_path / "x.docx")


def test_keys_go_through_the_parts(panel: ReportPanel, qtbot: Any) -> None:
    go(panel, "discussie")
    panel.outline.tree.setFocus()
    seen = []
    for _n in range(4):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert seen[:3] == [panel.outline.tree, panel.page.text, panel.page.editor]
    panel.outline.tree.setFocus()
    qtbot.keyClick(panel.outline.tree, Qt.Key.Key_Return)
    assert panel.page.editor.hasFocus()
    qtbot.keyClick(panel.page.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.outline.filter.hasFocus()


def test_closing_the_project_keeps_what_was_being_typed(tmp_path: Path, qtbot: Any,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    study(tmp_path).close()
    desk = Desk(Settings(coder="Mirthe"), furnish=furnish)
    qtbot.addWidget(desk.window)
    desk.window.show()
    assert desk.open_project(str(tmp_path / "studie.narratief"))
    panel: Any = desk.window.open_place("report")
    settle(panel, qtbot)
    go(panel, "discussie")
    panel.page.editor.setPlainText("Vlak voor het sluiten.")
    desk.close_project()
    again = OpenProject.open(tmp_path / "studie.narratief")
    assert body(again, "discussie") == "Vlak voor het sluiten."
    again.close()


def test_an_empty_project_says_what_to_do_first(tmp_path: Path, qtbot: Any) -> None:
    from codebook import founding

    founding.found(tmp_path / "leeg.narratief").close()
    found = OpenProject.open(tmp_path / "leeg.narratief", "Noor")
    made = ReportPanel(found)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made._stack.currentIndex() == 1
    with qtbot.waitSignal(made.openPlace) as told:
        made._empty.clicked.emit()
    assert told.args == ["material"]
    found.close()


def test_the_page_reads_as_the_report_will(panel: ReportPanel) -> None:
    assert panel.made is not None
    for n, section in enumerate(panel.made.sections):
        panel.outline.choose(n)
        text = " ".join(panel.page.text.toPlainText().split())
        for at in section.parts:
            part = panel.made.paper.parts[at]
            wanted = part.text if isinstance(part, Heading) else (part.body or part.prompt) if isinstance(
                part, Own) else part.caption if isinstance(part, Table) else ""
            assert " ".join(wanted.split()) in text, (section.title, wanted)


def test_patterns_that_come_stand_in_the_outline(panel: ReportPanel, opened: OpenProject, qtbot: Any) -> None:
    opened.do(message("Nieuw"), lambda s: patterns.add(s, opened.coder_id, 1, "Een nieuw patroon", result="effect"))
    settle(panel, qtbot)
    assert "P3  Een nieuw patroon" in lines(panel)
