"""Materiaal as a person uses it: the real panel on a real project, asserted in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from codebook import founding
from corpora import documents, narratives, pseudonyms
from corpora.importing import guess_group, guess_kind, import_file
from corpora.messages import message
from corpora.models import Document, NameDecision, Respondent
from corpora.narratives import Span
from corpora.overview import document_rows, speaker_rows
from workbench import i18n
from workbench.field_keys import FieldKeys
from workbench.itemmodels.documents import FIXED, GROUP, KIND, STATUS, TITLE, WORDS
from workbench.itemmodels.files import STATE
from workbench.itemmodels.speakers import INTERVIEWER, LABEL, RESPONDENT
from workbench.panels.beginning import NewProject, NewProjectPage
from workbench.panels.material import DOCUMENTS, IMPORT, KEY, NAMES, SPEAKERS, MaterialPanel
from workbench.panels.material_parts import choose_row
from workbench.project import OpenProject

TALK = """Interviewer: Hoe lang woont u hier?
R1: Ik ben Fatima El Amrani en ik woon in Overvecht. Ik werk samen met mijn collega Sanne.
Interviewer: En hoe bevalt dat?
R1: Goed. Sanne belt elke week en dan gaan we samen op pad.
R2: Dat klopt, zo gaat het.
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    i18n.set_language("en")


@pytest.fixture
def opened(tmp_path: Path, qtbot: Any) -> Iterator[OpenProject]:
    project = founding.found(tmp_path / "p.narratief", codebook="leeg", author="Anna")
    for name in ("Interview 1", "Logboek 2"):
        file = tmp_path / f"{name}.txt"
        file.write_text(TALK.replace("Goed.", f"Goed {name}."), encoding="utf-8")
        import_file(project, file)
    made = OpenProject(project, "Anna")
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> MaterialPanel:
    made = MaterialPanel(opened)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def cell(panel: MaterialPanel, row: int, column: int) -> str:
    return str(panel.documents.table.model().index(row, column).data())


def write(panel: MaterialPanel, row: int, column: int, value: str) -> None:
    model = panel.documents.table.model()
    model.setData(model.index(row, column), value, Qt.ItemDataRole.EditRole)


def titles(opened: OpenProject) -> list[str]:
    with opened.project.read() as session:
        return [d.title for d in documents.in_order(session)]


def test_the_table_says_what_is_there_and_edits_in_place(panel: MaterialPanel, opened: OpenProject) -> None:
    assert [cell(panel, n, TITLE) for n in range(2)] == ["Interview 1", "Logboek 2"]
    assert cell(panel, 0, STATUS) == "imported" and int(cell(panel, 0, WORDS)) > 30
    write(panel, 0, TITLE, "Gesprek A")
    write(panel, 1, KIND, "logboek")
    write(panel, 1, GROUP, "Managers")
    panel.documents.new_attribute.setText("leeftijd")
    panel.documents.new_attribute.returnPressed.emit()
    write(panel, 0, FIXED, "44")
    with opened.project.read() as session:
        rows = document_rows(session)
    assert [(r.title, r.kind, r.group, dict(r.attributes)) for r in rows] == [
        ("Gesprek A", "interview", "", {"leeftijd": "44"}), ("Logboek 2", "logboek", "Managers", {})]
    for _ in range(5):
        opened.undo()
    assert titles(opened) == ["Interview 1", "Logboek 2"]
    assert cell(panel, 0, TITLE) == "Interview 1"


def test_a_selection_is_changed_and_removed_together(panel: MaterialPanel, opened: OpenProject, qtbot: Any) -> None:
    page = panel.documents
    page.table.selectAll()
    page.group.setEditText("Bewoners")
    page.group.lineEdit().returnPressed.emit()
    with opened.project.read() as session:
        assert [r.group for r in document_rows(session)] == ["Bewoners", "Bewoners"]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert titles(opened) == [] and page._stack.currentIndex() == 0
    opened.undo()
    assert titles(opened) == ["Interview 1", "Logboek 2"]


def test_who_speaks_is_about_the_document_that_was_selected(panel: MaterialPanel, qtbot: Any) -> None:
    panel.show_page(DOCUMENTS)
    last = [panel.documents.model.rows[-1].id]
    panel.documents.select(last)
    qtbot.keyClick(panel, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert panel.page() == SPEAKERS
    assert panel.speakers.document == last[0] != panel.documents.model.rows[0].id


def test_the_filter_and_the_status_of_a_segmented_document(panel: MaterialPanel, opened: OpenProject) -> None:
    opened.do(message("Segment"), narratives.set_segmentation, 1, [Span(0, 40), Span(40, 90)])
    assert cell(panel, 0, STATUS) == "segmented"
    panel.documents.filter.setText("logb")
    assert panel.documents.table.model().rowCount() == 1


def test_attributes_come_from_a_table(panel: MaterialPanel, opened: OpenProject, tmp_path: Path) -> None:
    table = tmp_path / "kenmerken.csv"
    table.write_text("document;wijk\nInterview 1;Noord\nLogboek 2.txt;Zuid\n", encoding="utf-8")
    panel.documents.import_attributes(table)
    assert [cell(panel, n, FIXED) for n in range(2)] == ["Noord", "Zuid"]


def test_dropped_files_are_asked_about_once_and_come_in_behind(panel: MaterialPanel, opened: OpenProject, qtbot: Any,
                                                               tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    (folder / "Managers").mkdir(parents=True)
    (folder / "Managers" / "Kantelbox 7.txt").write_text("Een kantelpunt was het gesprek in maart.\n", encoding="utf-8")
    (folder / "leeg.txt").write_bytes(b"")
    (folder / "stuk.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "gesprek.txt").write_text(TALK + "R1: Nog iets.\n", encoding="utf-8")
    panel.import_paths([folder])
    page = panel.importing
    assert panel.page() == IMPORT
    assert {r.path.name: (r.kind, r.group) for r in page.model.rows}["Kantelbox 7.txt"] == ("kantelbox", "Managers")
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.is_running, timeout=20_000)
    assert titles(opened) == ["gesprek", "Interview 1", "Kantelbox 7", "Logboek 2"]
    page.copy_report()
    report = QApplication.clipboard().text()
    assert "leeg.txt" in report and "✕" in report and report.count("✓") == 2
    page.begin.click()
    assert panel.page() == DOCUMENTS and panel.documents.table.model().rowCount() == 4


def test_what_to_do_about_a_file_can_be_read_and_enter_goes_on(panel: MaterialPanel, qtbot: Any,
                                                               tmp_path: Path) -> None:
    folder, keys = tmp_path / "map", FieldKeys(panel)
    folder.mkdir()
    (folder / "oud.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le") * 60)
    panel.import_paths([folder])
    page = panel.importing
    page.begin.setFocus()
    keys._moved(None, page.begin)
    qtbot.keyClick(page.begin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.model.rows[0].result) and not page.is_running, timeout=20_000)
    told = page.model.index(0, STATE)
    assert "Open it in Word or LibreOffice" in told.data()
    wide = page.table.fontMetrics().horizontalAdvance(told.data())
    assert page.table.rowHeight(0) >= page.table.fontMetrics().height() * -(-wide // page.table.columnWidth(STATE))


def test_an_import_can_be_stopped_and_what_was_in_stays(panel: MaterialPanel, opened: OpenProject, qtbot: Any,
                                                        tmp_path: Path) -> None:
    folder = tmp_path / "veel"
    folder.mkdir()
    for n in range(60):
        (folder / f"gesprek {n:02}.txt").write_text(TALK * 20 + str(n), encoding="utf-8")
    panel.import_paths([folder])
    panel.importing.start()
    qtbot.waitUntil(lambda: any(r.result is not None for r in panel.importing.model.rows), timeout=20_000)
    panel.importing.cancel()
    qtbot.waitUntil(lambda: not panel.importing.is_running, timeout=20_000)
    brought = [r for r in panel.importing.model.rows if r.result is not None]
    assert 0 < len(brought) < 60 and len(titles(opened)) == 2 + len(brought)


@pytest.mark.parametrize(("name", "kind"), [
    ("Logboek_3 team west.docx", "logboek"), ("kantelbox-7.txt", "kantelbox"), ("Focusgroep 1.odt", "focusgroep"),
    ("Interview 4.docx", "interview"), ("R12.txt", "interview"), ("Interview over het logboek.docx", "interview"),
    ("Interview focusgroep 2.docx", "focusgroep"), ("focus group B.docx", "focusgroep")])
def test_the_kind_is_guessed_from_the_name(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


def test_the_group_is_guessed_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "Managers").mkdir()
    assert guess_group(tmp_path / "Managers" / "a.txt", [tmp_path]) == "Managers"
    assert guess_group(tmp_path / "a.txt", [tmp_path]) == ""


# who speaks


def at(panel: MaterialPanel, words: str) -> int:
    found = panel.speakers.text.text().index(words)
    panel.speakers.text.select(found, found)
    return found


def said(opened: OpenProject) -> list[tuple[str, bool, str]]:
    with opened.project.read() as session:
        text = documents.text_of(session, session.get_one(Document, 1))
        return [(s.label, s.interviewer, text[t.start:t.end]) for t, s in documents.turns_of(session, 1)]


def test_speakers_are_corrected_by_key(panel: MaterialPanel, opened: OpenProject, qtbot: Any) -> None:
    before = said(opened)
    panel.show_document(1)
    text = panel.speakers.text
    assert panel.page() == SPEAKERS and [b[0] for b in before] == ["Interviewer", "R1", "Interviewer", "R1", "R2"]
    at(panel, "Dat klopt")
    qtbot.keyClick(text, Qt.Key.Key_2)
    assert said(opened)[4][0] == "R1"
    at(panel, "Sanne belt")
    qtbot.keyClick(text, Qt.Key.Key_S)
    assert [t[2] for t in said(opened)][3].strip() == "Goed Interview 1."
    at(panel, "Hoe lang")
    qtbot.keyClick(text, Qt.Key.Key_I)
    assert not said(opened)[0][1]
    for _ in range(3):
        opened.undo()
    assert said(opened) == before


def test_speakers_are_renamed_joined_linked_and_recognised_again(panel: MaterialPanel, opened: OpenProject,
                                                                 qtbot: Any) -> None:
    panel.show_document(1)
    model = panel.speakers.model
    labels = [row.label for row in model.rows]
    model.setData(model.index(labels.index("R2"), LABEL), "R1")
    assert {label for label, _, _ in said(opened)} == {"Interviewer", "R1"}
    model.setData(model.index(1, RESPONDENT), "Bewoonster 4")
    with opened.project.read() as session:
        assert speaker_rows(session, 1)[1].respondent == "Bewoonster 4"
        assert session.query(Respondent).filter_by(label="Bewoonster 4").count() == 1
    model.setData(model.index(1, INTERVIEWER), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert all(asks for _, asks, _ in said(opened))
    panel.speakers.recognise_again()
    assert {label for label, asks, _ in said(opened) if not asks} == {"R1", "R2"}


def test_words_are_corrected_and_everything_stays_at_its_words(panel: MaterialPanel, opened: OpenProject,
                                                               qtbot: Any) -> None:
    panel.show_document(1)
    at(panel, "Dat klopt")
    qtbot.keyClick(panel.speakers.text, Qt.Key.Key_E)
    assert panel.speakers.words.toPlainText() == "Dat klopt, zo gaat het."
    panel.speakers.words.setPlainText("Dat klopt 🙂, zo gaat het wel eens.")
    qtbot.keyClick(panel.speakers.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said(opened)[4][2] == "Dat klopt 🙂, zo gaat het wel eens."
    assert panel.speakers.text.text().count("🙂") == 1
    opened.undo()
    assert said(opened)[4][2] == "Dat klopt, zo gaat het."


# names


def search(panel: MaterialPanel, qtbot: Any) -> dict[str, int]:
    panel.show_page(NAMES)
    panel.names.search()
    qtbot.waitUntil(lambda: panel.names._job is None, timeout=60_000)
    return {row.name: n for n, row in enumerate(panel.names.model.rows)}


def test_codes_of_the_method_are_no_names(opened: OpenProject, panel: MaterialPanel, tmp_path: Path,
                                          qtbot: Any) -> None:
    file = tmp_path / "verslag.txt"
    file.write_text("R1: Dan kijken we samen naar Outcome en naar Sanne. Later vroeg Outcome weer meer tijd.\n",
                    encoding="utf-8")
    import_file(opened.project, file)
    found = search(panel, qtbot)
    assert "Sanne" in found and "Outcome" not in found


def test_names_are_suggested_accepted_and_replaced_in_one_step(panel: MaterialPanel, opened: OpenProject, qtbot: Any,
                                                               tmp_path: Path) -> None:
    found = search(panel, qtbot)
    assert {"Fatima El Amrani", "Sanne", "Overvecht"} <= set(found)
    table = panel.names.table
    choose_row(table, found["Sanne"])
    assert "belt elke week" in panel.names.context.toPlainText()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert [row.name for row in panel.names.model.accepted()] == ["Sanne"]
    choose_row(table, found["Overvecht"])
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    with opened.project.read() as session:
        assert [d.word for d in session.query(NameDecision)] == ["Overvecht"]
    panel.speakers.show_document(1)
    start = panel.speakers.text.text().index("Fatima")
    panel.speakers.text.select(start, start + len("Fatima El Amrani"))
    panel.speakers.name()
    steps = len(opened.project.log())
    panel.names.replace()
    qtbot.waitUntil(lambda: panel.names._job is None, timeout=20_000)
    assert len(opened.project.log()) == steps + 1
    with opened.project.read() as session:
        key = pseudonyms.known_names(session)
        text = documents.text_of(session, session.get_one(Document, 1))
    assert key == ["Fatima El Amrani", "Sanne"] and "Sanne" not in text and "Overvecht" in text
    qtbot.waitUntil(lambda: len(panel.key.model.rows) == 2)
    panel.key.export(tmp_path / "sleutel.csv")
    assert "Sanne" in (tmp_path / "sleutel.csv").read_text(encoding="utf-8-sig")
    panel.show_page(KEY)
    panel.key.model.setData(panel.key.model.index(1, 1), "Naima")
    assert "Naima belt elke week" in "".join(words for _, _, words in said(opened))


def test_a_later_text_with_a_known_name_is_warned_about_and_the_key_destroyed(
        panel: MaterialPanel, opened: OpenProject, qtbot: Any, tmp_path: Path) -> None:
    opened.do(message("Replace names"), pseudonyms.replace_names, {"Sanne": "Persoon A"})
    later = tmp_path / "later.txt"
    later.write_text("R: Toen kwam Sanne weer langs bij ons.\n", encoding="utf-8")
    import_file(opened.project, later)
    panel.show_page(NAMES)
    qtbot.waitUntil(lambda: "later" in panel.names.warning.text(), timeout=20_000)
    panel.names.replace_known()
    qtbot.waitUntil(lambda: panel.names.warning.text() == "", timeout=20_000)
    with qtbot.waitSignal(opened.message, timeout=20_000):
        panel.key.destroy_key()
    qtbot.waitUntil(lambda: panel.key.model.rows == [], timeout=20_000)
    assert opened.undo_label is None
    path = opened.project.path
    assert path is not None and b"Sanne" not in path.read_bytes()


def test_the_key_goes_only_after_the_word_was_typed(qtbot: Any) -> None:
    from workbench.dialogs.destroy_key import DestroyKeyDialog

    dialog = DestroyKeyDialog(3)
    qtbot.addWidget(dialog)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.typed, "Destroy")
    assert dialog.go.isEnabled()


# a new project


def test_a_new_project_is_described_on_one_page(qtbot: Any, tmp_path: Path) -> None:
    page = NewProjectPage(coder="")
    qtbot.addWidget(page)
    page.folder.setText(str(tmp_path))
    page.title.setText("Wijkteams 2026")
    assert not page.make.isEnabled()
    qtbot.keyClicks(page.coder, "Anna")
    with qtbot.waitSignal(page.made) as made:
        qtbot.keyClick(page.coder, Qt.Key.Key_Return)
    assert made.args == [NewProject("Wijkteams 2026", str(tmp_path / "Wijkteams 2026.narratief"),
                                    "narratieve-analyse", "Anna")]
    (tmp_path / "Wijkteams 2026.narratief").touch()
    page.title.setText("Wijkteams 2026 ")
    assert not page.make.isEnabled()
